"""Training history: every step's metrics, and whole states at chosen steps within a budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from explainer.engine.experiment import State

BUDGET = 256 * 2**20  # bytes of kept states; about 240 frames of the digit net
MOST_BRANCHES = 4
# Frames lie this far apart on a √step axis while the budget lasts: dense where learning is quick.
_SPACING = 0.35


@dataclass(frozen=True, slots=True)
class Kept:
    """A frame: all that is needed to go on from a step."""

    step: int
    state: State
    settings: Mapping[str, Any]

    @property
    def size(self) -> int:
        """Bytes held."""
        return sum(t.numel() * t.element_size() for t in self.state.values())


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
    """

    parent: int | None
    start: int
    last: int
    changed: tuple[tuple[str, Any], ...]
    metrics: Mapping[str, tuple[np.ndarray, np.ndarray]]
    kept: np.ndarray


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

    def curve(self, name: str, branch: int | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Return (steps, values) of a metric along a branch and the branches it grew from."""
        index: int | None = self.branch if branch is None else branch
        until, parts = None, []
        while index is not None:
            track = self.tracks[index]
            steps, values = track.metrics.get(name, (np.zeros(0, int), np.zeros(0)))
            count = len(steps) if until is None else int(np.searchsorted(steps, until, "right"))
            parts.append((steps[:count], values[:count]))
            index, until = track.parent, track.start
        parts.reverse()
        return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


class _Series:
    """A growing metric; what was handed out stays valid, since values are only appended."""

    def __init__(self) -> None:
        self.count = 0
        self._steps = np.zeros(256, np.int64)
        self._values = np.zeros(256, np.float64)

    def append(self, step: int, value: float) -> None:
        if self.count == len(self._steps):
            self._steps = np.concatenate([self._steps, np.zeros_like(self._steps)])
            self._values = np.concatenate([self._values, np.zeros_like(self._values)])
        self._steps[self.count], self._values[self.count] = step, value
        self.count += 1

    @property
    def newest(self) -> int:
        return int(self._steps[self.count - 1]) if self.count else -1

    def read(self) -> tuple[np.ndarray, np.ndarray]:
        steps, values = self._steps[: self.count], self._values[: self.count]
        steps.flags.writeable = values.flags.writeable = False
        return steps, values


@dataclass
class _Branch:
    parent: int | None
    start: int
    changed: tuple[tuple[str, Any], ...] = ()
    last: int = 0
    series: dict[str, _Series] = field(default_factory=dict)
    kept: dict[int, Kept] = field(default_factory=dict)
    # Live settings changed at the branch's end: replaying past that step applies them again.
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)


class Film:
    """The history of one run.

    Parameters
    ----------
    first : Kept
        The frame it begins with; always kept, as is the newest.
    budget : int
        Bytes of kept states, shared by all branches.
    """

    def __init__(self, first: Kept, budget: int = BUDGET) -> None:
        self.budget = budget
        self._branches = [_Branch(None, first.step, last=first.step)]
        self._branches[0].kept[first.step] = first
        self.branch = 0

    @property
    def _now(self) -> _Branch:
        return self._branches[self.branch]

    @property
    def last(self) -> int:
        """The newest step of the branch that is followed."""
        return self._now.last

    def record(self, step: int, metrics: Mapping[str, float]) -> None:
        """Note a step's metrics; a replayed step changes nothing."""
        branch = self._now
        branch.last = max(branch.last, step)
        for name, value in metrics.items():
            series = branch.series.setdefault(name, _Series())
            if step > series.newest:
                series.append(step, value)

    def is_due(self, step: int) -> bool:
        """Whether this step's state should be kept."""
        branch = self._now
        if step < branch.last or step in branch.kept:
            return False
        return step**0.5 - self._before(branch, step) ** 0.5 >= _SPACING or step <= 8

    def _before(self, branch: _Branch, step: int) -> int:
        return max((s for s in branch.kept if s < step), default=branch.start)

    def keep(self, kept: Kept) -> None:
        """Store a frame, thinning the film where it is densest once the budget is spent."""
        self._now.kept[kept.step] = kept
        while self.size > self.budget and self._thin():
            pass

    @property
    def size(self) -> int:
        """Bytes of all kept states."""
        return sum(kept.size for b in self._branches for kept in b.kept.values())

    def _thin(self) -> bool:
        """Drop the frame whose neighbours lie closest; False if none can be spared."""
        best: tuple[float, _Branch, int] | None = None
        for index, branch in enumerate(self._branches):
            steps = sorted(branch.kept)
            forks = {b.start for b in self._branches if b.parent == index}
            for before, step, after in zip(steps, steps[1:], steps[2:], strict=False):
                gap = after**0.5 - before**0.5
                if step not in forks and (best is None or gap < best[0]):
                    best = (gap, branch, step)
        if best is None:
            return False
        del best[1].kept[best[2]]
        return True

    def nearest(self, branch: int, step: int) -> Kept:
        """Return the kept frame nearest to a step of a branch, on the path that led to it."""
        frames: dict[int, Kept] = {}
        index: int | None = branch
        until: int | None = None
        while index is not None:
            current = self._branches[index]
            frames |= {s: k for s, k in current.kept.items() if until is None or s <= until}
            until = current.start if until is None else min(until, current.start)
            index = current.parent
        return frames[min(frames, key=lambda kept: (abs(kept - step), kept))]

    def follow(self, branch: int, step: int) -> Kept:
        """Go to the nearest kept frame of a branch and return it."""
        kept = self.nearest(branch, step)
        while kept.step < self._branches[branch].start:
            parent = self._branches[branch].parent
            if parent is None:
                break
            branch = parent
        self.branch = branch
        return kept

    def changes_at(self, step: int) -> Mapping[str, Any]:
        """Return the settings that were changed just after a step of the followed branch."""
        return self._now.changes.get(step, {})

    def note_change(self, step: int, knob: str, value: Any) -> None:
        """Remember that a live setting was changed at the end of the followed branch."""
        self._now.changes.setdefault(step, {})[knob] = value

    def fork(self, kept: Kept, changed: tuple[tuple[str, Any], ...]) -> None:
        """Leave the followed branch at a step; the oldest branch gives way beyond four."""
        if len(self._branches) >= MOST_BRANCHES:
            self._drop_oldest()
        branch = _Branch(self.branch, kept.step, changed, last=kept.step)
        branch.kept[kept.step] = kept
        self._branches.append(branch)
        self.branch = len(self._branches) - 1

    def _drop_oldest(self) -> None:
        ancestors, index = set(), self.branch
        while index is not None:
            ancestors.add(index)
            parent = self._branches[index].parent
            if parent is None:
                break
            index = parent
        spare = [
            i
            for i in range(len(self._branches))
            if i not in ancestors and all(b.parent != i for b in self._branches)
        ]
        if spare:
            self._remove(spare[0])
        else:
            self._absorb_root()

    def _remove(self, index: int) -> None:
        del self._branches[index]
        for branch in self._branches:
            if branch.parent is not None and branch.parent > index:
                branch.parent -= 1
        if self.branch > index:
            self.branch -= 1

    def _absorb_root(self) -> None:
        """Give the root's past to the branch that grew from it, when all are one line."""
        root = self._branches[0]
        child = next(b for b in self._branches if b.parent == 0)
        for name, series in root.series.items():
            joined = _Series()
            for step, value in zip(*series.read(), strict=True):
                if step <= child.start:
                    joined.append(int(step), float(value))
            own = child.series.get(name)
            if own is not None:
                for step, value in zip(*own.read(), strict=True):
                    joined.append(int(step), float(value))
            child.series[name] = joined
        child.kept = {s: k for s, k in root.kept.items() if s <= child.start} | child.kept
        child.changes = {s: c for s, c in root.changes.items() if s < child.start} | child.changes
        for other in self._branches:
            if other is not child and other.parent == 0:
                other.parent = self._branches.index(child)
        child.start, child.parent, child.changed = root.start, None, ()
        self._remove(0)

    def frames(self) -> tuple[Kept, ...]:
        """Return the kept frames on the path to the followed branch's end, oldest first."""
        found: dict[int, Kept] = {}
        index: int | None = self.branch
        until = self.last
        while index is not None:
            branch = self._branches[index]
            found |= {s: k for s, k in branch.kept.items() if s <= until and s not in found}
            until, index = branch.start, branch.parent
        return tuple(found[step] for step in sorted(found))

    def strip(self, step: int) -> Strip:
        """Return what the screen needs, standing at `step` of the followed branch."""
        tracks = tuple(
            Track(
                parent=b.parent,
                start=b.start,
                last=b.last,
                changed=b.changed,
                metrics={name: series.read() for name, series in b.series.items()},
                kept=np.array(sorted(b.kept), int),
            )
            for b in self._branches
        )
        return Strip(tracks, self.branch, step)
