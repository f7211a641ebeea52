"""Training history: every step's metrics, and whole states at chosen steps within a budget."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from explainer.engine.branch import Branch, Series
from explainer.engine.branch import Kept as Kept
from explainer.engine.origin import Origin
from explainer.engine.strip import Strip as Strip
from explainer.engine.strip import Track as Track
from explainer.engine.strip import path

BUDGET = 256 * 2**20  # bytes of kept states; about 240 frames of the digit net
MOST_BRANCHES = 4
# Frames lie this far apart on a √step axis while the budget lasts: dense where learning is quick.
_SPACING = 0.35


class Film:
    """The history of one run.

    Parameters
    ----------
    first : Kept
        The frame it begins with; always kept, as is the newest.
    budget : int
        Bytes of kept states, shared by all branches.
    origins : tuple of Origin
        Where the steps were made that come with a film on disk.

    Attributes
    ----------
    branch : int
        Index of the branch that is followed.
    size : int
        Bytes of all kept states.
    """

    def __init__(self, first: Kept, budget: int = BUDGET, origins: tuple[Origin, ...] = ()) -> None:
        self.budget = budget
        self.size = 0
        self.branch = 0
        self._reserved = 0
        self._branches = [Branch(None, first.step, first.step, origins=origins)]
        self._put(self._now, first)

    @property
    def _now(self) -> Branch:
        return self._branches[self.branch]

    @property
    def last(self) -> int:
        """The newest step of the branch that is followed."""
        return self._now.last

    @property
    def newest(self) -> int:
        """The newest step of any branch."""
        return max(branch.last for branch in self._branches)

    # -- what was measured ------------------------------------------------------------------------

    def record(self, step: int, metrics: Mapping[str, float]) -> None:
        """Note a step's metrics; a replayed step changes nothing."""
        self._now.last = max(self._now.last, step)
        for name, value in metrics.items():
            self._now.series.setdefault(name, Series()).append(step, value)

    def newest_metric(self, step: int, besides: Collection[str]) -> int:
        """Return the newest step, `step` at most, with a metric not named in `besides`; 0: none."""
        found = 0
        for index, until in path(self._branches, self.branch):
            most = step if until is None else min(step, until)
            for name, series in self._branches[index].series.items():
                if name not in besides:
                    found = max(found, series.newest(most) or 0)
        return found

    def note_origin(self, device: str) -> None:
        """Note of every branch that what it holds was made here, on a device that is lost."""
        for branch in self._branches:
            branch.note_origin(device)

    # -- what is kept -----------------------------------------------------------------------------

    def is_due(self, step: int) -> bool:
        """Whether this step's state should be kept."""
        branch = self._now
        if step < branch.last or step in branch.kept:
            return False
        before = max((s for s in branch.kept if s < step), default=branch.start)
        return step**0.5 - before**0.5 >= _SPACING or step <= 8

    def holds(self, step: int) -> bool:
        """Whether the followed branch keeps this step's state."""
        return step in self._now.kept

    def keep(self, kept: Kept) -> None:
        """Store a frame, thinning the film where it is densest once the budget is spent."""
        self._put(self._now, kept)
        self.shrink(self.budget - self._reserved)

    def reserve(self, size: int) -> None:
        """Leave so many bytes of the budget to other films."""
        self._reserved = size
        self.shrink(self.budget - size)

    def shrink(self, size: int) -> None:
        """Thin the film to so many bytes, or as far as it goes."""
        while self.size > size and self._thin():
            pass

    def _put(self, branch: Branch, kept: Kept) -> None:
        replaced = branch.kept.get(kept.step)
        self.size += kept.size - (replaced.size if replaced else 0)
        branch.kept[kept.step] = kept

    def _thin(self) -> bool:
        """Drop the frame whose neighbours lie closest; False if none can be spared."""
        best: tuple[float, Branch, int] | None = None
        for index, branch in enumerate(self._branches):
            steps = sorted(branch.kept)
            forks = {b.start for b in self._branches if b.parent == index}
            for before, step, after in zip(steps, steps[1:], steps[2:], strict=False):
                gap = after**0.5 - before**0.5
                if step not in forks and (best is None or gap < best[0]):
                    best = (gap, branch, step)
        if best is None:
            return False
        self.size -= best[1].kept.pop(best[2]).size
        return True

    # -- going back -------------------------------------------------------------------------------

    def _on_path(self, branch: int) -> dict[int, Kept]:
        """Return the frames that led to a branch's end, by step; at a fork the branch's own."""
        found: dict[int, Kept] = {}
        for index, until in path(self._branches, branch):
            for step, kept in self._branches[index].kept.items():
                if until is None or step <= until:
                    found.setdefault(step, kept)
        return found

    def nearest(self, branch: int, step: int) -> Kept:
        """Return the kept frame nearest to a step of a branch, on the path that led to it."""
        frames = self._on_path(branch)
        return frames[min(frames, key=lambda kept: (abs(kept - step), kept))]

    def frames(self) -> tuple[Kept, ...]:
        """Return the kept frames on the path to the followed branch's end, oldest first."""
        return tuple(kept for _, kept in sorted(self._on_path(self.branch).items()))

    def follow(self, branch: int, step: int) -> Kept:
        """Go to the nearest kept frame of a branch and return it."""
        kept = self.nearest(branch, step)
        self.branch = next(
            index
            for index, _ in path(self._branches, branch)
            if kept.step >= self._branches[index].start
        )
        return kept

    def cut_to_kept(self) -> None:
        """Forget what the followed branch learned after its newest kept frame."""
        self._now.cut(max(self._now.kept))

    def planned(self, step: int) -> dict[str, Any]:
        """Return the settings with which the followed branch went on from a step."""
        frames = self._on_path(self.branch)
        before = max(kept for kept in frames if kept <= step)
        settings = dict(frames[before].settings)
        for at, changes in sorted(self._now.changes.items()):
            if before < at <= step:
                settings |= dict(changes)
        return settings

    def changes_at(self, step: int) -> Sequence[tuple[str, Any]]:
        """Return (knob, value) as they were set at a step of the followed branch, in order."""
        return self._now.changes.get(step, ())

    def note_change(self, step: int, knob: str, value: Any) -> None:
        """Remember that a live setting was changed at the end of the followed branch."""
        self._now.changes.setdefault(step, []).append((knob, value))

    # -- branches ---------------------------------------------------------------------------------

    def index_of(self, track: int) -> int | None:
        """Return the index of the branch with a `Track.id`; None if this film has none such."""
        ids = [branch.id for branch in self._branches]
        return ids.index(track) if track in ids else None

    def fork(self, kept: Kept, changed: tuple[tuple[str, Any], ...]) -> None:
        """Leave the followed branch at a step; the oldest branch gives way beyond four."""
        if len(self._branches) >= MOST_BRANCHES:
            self._drop_oldest()
        branch = Branch(self.branch, kept.step, kept.step, changed)
        self._branches.append(branch)
        self.branch = len(self._branches) - 1
        self.keep(kept)

    def _drop_oldest(self) -> None:
        ancestors = {index for index, _ in path(self._branches, self.branch)}
        parents = {branch.parent for branch in self._branches}
        spare = [i for i in range(len(self._branches)) if i not in ancestors | parents]
        if spare:
            self._remove(spare[0])
        else:
            self._absorb_root()
        self.size = sum(kept.size for b in self._branches for kept in b.kept.values())

    def _remove(self, index: int) -> None:
        del self._branches[index]
        for branch in self._branches:
            if branch.parent is not None and branch.parent > index:
                branch.parent -= 1
        if self.branch > index:
            self.branch -= 1

    def _absorb_root(self) -> None:
        """Give the root's past to the one branch that grew from it.

        Without a spare leaf all branches are one line, which ends in the followed one.
        """
        (child,) = (branch for branch in self._branches if branch.parent == 0)
        child.absorb(self._branches[0])
        self._remove(0)

    def strip(self, step: int) -> Strip:
        """Return what the screen needs, standing at `step` of the followed branch."""
        return Strip(tuple(branch.track() for branch in self._branches), self.branch, step)
