"""Asking what becomes of the nets when a claim is tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch

from explainer.concepts.gan.misconceptions import deeds
from explainer.concepts.gan.misconceptions.seen import Trial
from explainer.concepts.gan.pair import Pair
from explainer.concepts.gan.side_by_side.settings import SideName

# What is done on the left side of the film.
_DEEDS: dict[str, Callable[[int, Pair], deeds.Deed]] = {
    "real": deeds.real_points,
    "frozen": deeds.frozen_judge,
    "judge": deeds.better_judge,
    "zero": deeds.new_judge,
    "half": deeds.new_judge,
    "memorise": deeds.nearest,
}


@dataclass(frozen=True, slots=True)
class Try:
    """Ask what happens when a claim is tried.

    Parameters
    ----------
    card : str
        Which claim. Some look at both sides as they stand, and nothing is done.
    amount : int
        How much is done; 0 is nothing.
    """

    card: str
    amount: int = 0

    def read(self, pairs: Mapping[SideName, Pair]) -> Trial:
        """Return what was before and what is after; the nets stay as they are."""
        settings = pairs["left"].settings
        deed = _DEEDS.get(self.card)
        with torch.enable_grad():
            if deed is None:
                before, after, figures = deeds.both_sides(pairs)
            else:
                before, after, figures = deed(self.amount, pairs["left"])
        loss = "minimax" if self.card == "judge" else settings.loss
        return Trial(self.card, self.amount, before, after, figures, loss, settings.shape)
