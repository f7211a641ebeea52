"""The losses of the last round, as a film frame holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch

from explainer.engine.experiment import State

PAIR = ("discriminator_loss", "generator_loss")
# A frame holds finite numbers only: this one, which no such loss can be, is for a loss not known.
BELOW_ALL = -1.0


def as_state(
    losses: Mapping[str, float], names: Sequence[str] = PAIR, unknown: float = BELOW_ALL
) -> State:
    """Return losses as a part of a state; one that is not there is `unknown`."""
    return {
        f"last.{name}": torch.tensor(losses.get(name, unknown), dtype=torch.float64)
        for name in names
    }


def from_state(
    state: State, names: Sequence[str] = PAIR, unknown: float = BELOW_ALL
) -> dict[str, float]:
    """Return the losses that a state knows."""
    found = {name: float(state[f"last.{name}"]) for name in names}
    return {name: loss for name, loss in found.items() if loss > unknown}
