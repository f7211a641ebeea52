"""The film as the screen sees it: branches, metrics and kept steps; read-only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from explainer.engine.origin import Origin, clipped, concatenated


class Grown(Protocol):
    """What grew from a branch."""

    @property
    def parent(self) -> int | None:
        """Index of the branch it left."""
        ...

    @property
    def start(self) -> int:
        """The step it left at."""
        ...


def path(branches: Sequence[Grown], branch: int) -> Iterator[tuple[int, int | None]]:
    """Yield a branch and those it grew from, each with its last step that counts (None: all).

    The step at a fork belongs to both; what the younger branch holds there goes first.
    """
    index: int | None = branch
    until: int | None = None
    while index is not None:
        yield index, until
        start = branches[index].start
        until = start if until is None else min(until, start)
        index = branches[index].parent


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One branch as the screen sees it; arrays are read-only.

    Attributes
    ----------
    parent : int or None
        Index of the branch it left.
    start, last : int
        The step it left at, and its newest step.
    changed : tuple of (knob, value)
        What was set otherwise when it left.
    metrics : mapping
        Name to (steps, values), its own part only.
    kept : ndarray of int
        Steps whose whole state is stored.
    changes : tuple of (step, knob, value)
        What was set otherwise on the way, in order.
    id : int
        The same for as long as the branch lives; its index changes when an older one goes.
    origins : tuple of Origin
        Where its steps were made that came with a film or are of a lost device; all others were
        made here.
    """

    parent: int | None
    start: int
    last: int
    changed: tuple[tuple[str, Any], ...]
    metrics: Mapping[str, tuple[np.ndarray, np.ndarray]]
    kept: np.ndarray
    changes: tuple[tuple[int, str, Any], ...] = ()
    id: int = 0
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """The film as the screen sees it, and where it stands.

    Attributes
    ----------
    tracks : tuple of Track
    branch, step : int
        What is on the stage now.
    """

    tracks: tuple[Track, ...]
    branch: int
    step: int

    @property
    def last(self) -> int:
        """The newest step of any branch."""
        return max(track.last for track in self.tracks)

    @property
    def at_end(self) -> bool:
        """Whether nothing was learned after the frame on the stage, in its branch."""
        return self.step >= self.tracks[self.branch].last

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where the steps on the branch's path were made, up to those made here and now."""
        parts = [
            self.tracks[index].origins
            if until is None
            else clipped(self.tracks[index].origins, until)
            for index, until in path(self.tracks, self.branch)
        ]
        return concatenated(reversed(parts))

    @property
    def given(self) -> int:
        """The last step on the branch's path that was made elsewhere; 0 if all were made here."""
        origins = self.origins
        return origins[-1].until if origins else 0

    def curve(self, name: str, branch: int | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Return (steps, values) of a metric along a branch and the branches it grew from."""
        parts = []
        for index, until in path(self.tracks, self.branch if branch is None else branch):
            steps, values = self.tracks[index].metrics.get(name, (np.zeros(0, int), np.zeros(0)))
            count = len(steps) if until is None else int(np.searchsorted(steps, until, "right"))
            parts.append((steps[:count], values[:count]))
        parts.reverse()
        return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
