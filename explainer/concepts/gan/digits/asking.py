"""Asking for a digit: of the pair on the stage, or of the shipped one that can be asked."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from explainer.concepts.gan.digits.experiment import Pair, counted_noise, forged
from explainer.concepts.gan.digits.lesson import CONDITIONAL
from explainer.concepts.gan.digits.probe import Pictures, wall_noise
from explainer.concepts.gan.digits.shipped import as_shipped
from explainer.concepts.gan.judge import (
    Verdict,
    judged,
)
from explainer.engine.arrays import read_only

ASKED = 24  # fakes of a digit that is asked for
DIGITS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What came of asking for a digit; arrays are read-only.

    Parameters
    ----------
    digit : int
    pictures : ndarray, (24, 28, 28)
    verdict : Verdict
    others : ndarray, (10, 28, 28)
        The first noise, asked for every digit in turn.
    others_verdict : Verdict
    agreement : float
        Share of 500 fakes, 50 of each digit, that are read as what was asked for.
    step : int or None
        Rounds the shipped conditional pair had learned for; None if the pair on the stage was
        asked itself.
    """

    digit: int
    pictures: Pictures
    verdict: Verdict
    others: Pictures
    others_verdict: Verdict
    agreement: float
    step: int | None


@dataclass(frozen=True, slots=True)
class ReadAsked:
    """Ask for a digit: of the pair on the stage if it can be asked, else of the shipped one.

    Parameters
    ----------
    digit : int
    """

    digit: int

    def read(self, pair: Pair) -> Asked:
        shipped = None if pair.conditional else as_shipped(CONDITIONAL)
        used = pair if shipped is None else shipped.pair
        noise, _ = wall_noise()
        pictures = forged(used, noise[:ASKED], torch.full((ASKED,), self.digit))
        others = forged(used, noise[:1].expand(DIGITS, -1), torch.arange(DIGITS))
        counted, wanted = counted_noise()
        labels = judged(forged(used, counted, wanted)).labels
        return Asked(
            digit=self.digit,
            pictures=read_only(pictures[:, 0]),
            verdict=judged(pictures),
            others=read_only(others[:, 0]),
            others_verdict=judged(others),
            agreement=float((labels == wanted.numpy()).mean()),
            step=None if shipped is None else shipped.step,
        )
