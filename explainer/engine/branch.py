"""One line of training in a film: its metrics, kept states, and settings changed on the way."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from explainer.engine.experiment import State
from explainer.engine.origin import Origin, clipped, concatenated, here
from explainer.engine.strip import Track

# One count for all films, so that a branch can never be taken for another run's.
_IDS = itertools.count(1)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A frame: all that is needed to go on from a step.

    Attributes
    ----------
    step : int
    state : State
    settings : mapping
        Those in force for the next step.
    """

    step: int
    state: State
    settings: Mapping[str, Any]

    @property
    def size(self) -> int:
        """Bytes held."""
        return sum(t.numel() * t.element_size() for t in self.state.values())

    @property
    def is_finite(self) -> bool:
        """Whether every number of it is: what is not cannot be gone on from."""
        floats = (t for t in self.state.values() if t.is_floating_point())
        return all(bool(t.isfinite().all()) for t in floats)


class Series:
    """A growing metric; what was handed out stays valid, since values are only appended."""

    def __init__(self) -> None:
        self.count = 0
        self._steps = np.zeros(256, np.int64)
        self._values = np.zeros(256, np.float64)

    def append(self, step: int, value: float) -> None:
        """Add a value; a step that is not newer than the last changes nothing."""
        if self.count and step <= self._steps[self.count - 1]:
            return
        if self.count == len(self._steps):
            self._steps = np.concatenate([self._steps, np.zeros_like(self._steps)])
            self._values = np.concatenate([self._values, np.zeros_like(self._values)])
        self._steps[self.count], self._values[self.count] = step, value
        self.count += 1

    def newest(self, until: int) -> int | None:
        """Return the newest step with a value, `until` at most; None if there is none."""
        place = int(np.searchsorted(self._steps[: self.count], until, "right"))
        return int(self._steps[place - 1]) if place else None

    def cut(self, until: int) -> None:
        """Forget what is newer than a step."""
        self.count = int(np.searchsorted(self._steps[: self.count], until, "right"))
        # What was handed out must not be written over.
        self._steps, self._values = self._steps.copy(), self._values.copy()

    def read(self) -> tuple[np.ndarray, np.ndarray]:
        """Return (steps, values), read-only."""
        steps, values = self._steps[: self.count], self._values[: self.count]
        steps.flags.writeable = values.flags.writeable = False
        return steps, values


@dataclass(eq=False)
class Branch:
    """A branch while it grows; `changes` are the settings changed at its end, in order.

    `origins` are those of its steps that came with a film, or were made by a device since lost.

    A frame kept at a step holds the settings and the state as they were after that step's changes.
    """

    parent: int | None
    start: int
    last: int
    changed: tuple[tuple[str, Any], ...] = ()
    series: dict[str, Series] = field(default_factory=dict)
    kept: dict[int, Kept] = field(default_factory=dict)
    changes: dict[int, list[tuple[str, Any]]] = field(default_factory=dict)
    id: int = field(default_factory=_IDS.__next__)
    origins: tuple[Origin, ...] = ()

    def absorb(self, root: Branch) -> None:
        """Take over the past of the first branch, which this one left."""
        for name, series in root.series.items():
            joined = Series()
            for step, value in zip(*series.read(), strict=True):
                if step <= self.start:
                    joined.append(int(step), float(value))
            for step, value in zip(*self.series.get(name, Series()).read(), strict=True):
                joined.append(int(step), float(value))
            self.series[name] = joined
        self.kept = {s: k for s, k in root.kept.items() if s <= self.start} | self.kept
        past = {s: c for s, c in root.changes.items() if s <= self.start}
        # What was a fork is now a change on the way, which a replay must make too.
        past[self.start] = past.get(self.start, []) + list(self.changed)
        self.changes = past | {s: c for s, c in self.changes.items() if s > self.start}
        self.origins = concatenated((clipped(root.origins, self.start), self.origins))
        self.start, self.parent, self.changed = root.start, None, ()

    def cut(self, until: int) -> None:
        """Forget what is newer than a kept step."""
        self.last = until
        for series in self.series.values():
            series.cut(until)
        self.kept = {s: k for s, k in self.kept.items() if s <= until}
        self.changes = {s: c for s, c in self.changes.items() if s <= until}
        self.origins = clipped(self.origins, until)

    def note_origin(self, device: str) -> None:
        """Note that what it holds was made here, on a device that will make no more of it."""
        known = self.origins[-1].until if self.origins else self.start
        if self.last > known:
            self.origins = (*self.origins, here(self.last, device))

    def track(self) -> Track:
        """Return what the screen needs."""
        return Track(
            parent=self.parent,
            start=self.start,
            last=self.last,
            changed=self.changed,
            metrics={name: series.read() for name, series in self.series.items()},
            kept=np.array(sorted(self.kept), int),
            changes=tuple(
                (step, knob, value)
                for step, together in sorted(self.changes.items())
                for knob, value in together
            ),
            id=self.id,
            origins=self.origins,
        )
