"""Two pairs of nets that learn from the same data, noise, batches and seed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from explainer.concepts.gan.experiment import PlaneExperiment, Snapshot
from explainer.concepts.gan.pair import Pair
from explainer.concepts.gan.side_by_side.settings import (
    OWN,
    SHARED,
    SIDES,
    DuelSettings,
    SideName,
)
from explainer.engine.experiment import State


@dataclass(frozen=True, slots=True)
class Standoff:
    """What the stage sees of both sides without asking.

    Parameters
    ----------
    step : int
        Rounds that each side made.
    left, right : Snapshot
    """

    step: int
    left: Snapshot
    right: Snapshot


class Question(Protocol):
    """A question, as a frozen dataclass that reads both sides and changes nothing."""

    def read(self, pairs: Mapping[SideName, Pair]) -> Any:
        """Return the answer, its arrays read-only."""
        ...


@dataclass(frozen=True, slots=True)
class _Whole:
    """Ask a side for its two nets."""

    def read(self, pair: Pair) -> Pair:
        return pair


class Duel:
    """Two `PlaneExperiment`s under one clock; a step is one round of each.

    Each side is bit for bit what it would be alone: nothing passes between them. Since they have
    one seed and each round has its own, both begin with the same weights, and every round of both
    begins with the same noise and the same real points.

    Parameters
    ----------
    settings : DuelSettings
    device : str
        "cpu", "cuda" or "mps".
    """

    def __init__(self, settings: DuelSettings, device: str = "cpu") -> None:
        self._settings = settings
        self._sides = {side: PlaneExperiment(settings.of(side), device) for side in SIDES}

    @property
    def settings(self) -> DuelSettings:
        return self._settings

    @property
    def steps(self) -> int:
        return self._sides["left"].steps

    def step(self) -> dict[str, float]:
        """Play one round on each side.

        Returns
        -------
        dict
            Each side's losses, such as `generator_loss_left`; `loss` is the mean of both sides'.
        """
        found: dict[str, float] = {}
        total = 0.0
        for side, experiment in self._sides.items():
            metrics = experiment.step()
            total += metrics.pop("loss")
            found |= {f"{name}_{side}": value for name, value in metrics.items()}
        return {"loss": total / len(SIDES), **found}

    def measure(self) -> dict[str, float]:
        """Return what each side measures, such as `modes_right`."""
        return {
            f"{name}_{side}": value
            for side, experiment in self._sides.items()
            for name, value in experiment.measure().items()
        }

    def snapshot(self) -> Standoff:
        left, right = (self._sides[side].snapshot() for side in SIDES)
        return Standoff(self.steps, left, right)

    def answer(self, request: Question, state: State | None = None) -> Any:
        """Answer from both sides as they are, or as they were in a film frame."""
        pairs: dict[SideName, Pair] = {
            side: experiment.answer(_Whole(), None if state is None else _part(state, side))
            for side, experiment in self._sides.items()
        }
        return request.read(pairs)

    def set(self, knob: str, value: Any) -> None:
        """Change how one side learns, or the batch size of both, from the next round on.

        Raises
        ------
        Problem
            If the value makes no sense.
        ValueError
            If there is no such live setting.
        """
        name, _, ending = knob.rpartition("_")
        if knob in SHARED:
            # All or none: a batch size that one side refuses is refused before either has it.
            settings = dataclasses.replace(self._settings, **{knob: value})
            for experiment in self._sides.values():
                experiment.set(knob, value)
        elif name in OWN and ending in SIDES:
            settings = dataclasses.replace(self._settings, **{knob: value})
            self._sides[ending].set(name, value)
        else:
            raise ValueError(f"not a live setting: {knob}")
        self._settings = settings

    def state(self) -> State:
        return {
            f"{side}.{name}": tensor
            for side, experiment in self._sides.items()
            for name, tensor in experiment.state().items()
        }

    def restore(self, state: State) -> None:
        """Go back to a state; the settings in force stay as they are."""
        for side, experiment in self._sides.items():
            experiment.restore(_part(state, side))


def _part(state: State, side: SideName) -> State:
    """Return one side's part of a state."""
    start = f"{side}."
    return {
        name.removeprefix(start): tensor for name, tensor in state.items() if name.startswith(start)
    }
