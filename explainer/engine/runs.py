"""Which runs there are, and which one is on the stage; no thread of its own."""

from __future__ import annotations

from explainer.engine.experiment import Factory
from explainer.engine.run import Run


class Runs:
    """The person's own run, the earlier ones, and one that a step sets in its place.

    What the person trained is not lost to a run of less worth: of the earlier runs the newest
    and, beside it, the longest trained are kept. A run that was not trained joins them only
    where there is nothing else, and only if its film holds any training (the shipped one).
    All films together stay within one film's budget.

    Attributes
    ----------
    own : Run or None
    aside : Run or None
        Set on the stage by a step; it becomes the own run once it is changed.
    """

    def __init__(self) -> None:
        self.own: Run | None = None
        self.aside: Run | None = None
        self._earlier: list[Run] = []  # oldest first, two at most

    @property
    def shown(self) -> Run | None:
        """The run on the stage."""
        return self.aside or self.own

    @property
    def has_previous(self) -> bool:
        """Whether an earlier run waits."""
        return bool(self._earlier)

    def move(self, factory: Factory, device: str) -> None:
        """Move every run to another device; if one cannot be built there, none is moved."""
        runs = [run for run in (self.own, self.aside, *self._earlier) if run is not None]
        built = [factory(run.settings, device) for run in runs]
        for run, experiment in zip(runs, built, strict=True):
            run.move(experiment, device)

    def begin(self, run: Run) -> None:
        """Forget all runs but a new one."""
        self.own, self.aside = run, None
        self._earlier.clear()
        self._share()

    def renew(self, run: Run) -> None:
        """Make a new run the person's own; the earlier one waits."""
        self._set_by(self.own)
        self.own, self.aside = run, None
        self._share()

    def place(self, run: Run | None) -> None:
        """Set a run on the stage in place of the person's own; None takes it away."""
        if self.own is not None:
            self.own.keep_end()
        self.aside = run
        self._share()

    def adopt(self) -> Run | None:
        """Make what is on the stage the person's own run, since it is about to be changed."""
        if self.aside is not None:
            self.renew(self.aside)
        return self.own

    def back(self) -> None:
        """Return to the person's own run, or from it to the run before; repeating it goes round."""
        if self.aside is not None:
            self.aside = None
        elif self._earlier:
            left, self.own = self.own, self._earlier.pop()
            if left is not None and self._is_worth_keeping(left):
                left.keep_end()
                self._earlier.insert(0, left)
        self._share()

    def _set_by(self, run: Run | None) -> None:
        if run is None or not self._is_worth_keeping(run):
            return
        run.keep_end()
        # The later of two that were trained alike comes last, and is the one that stays.
        longest = sorted(self._earlier, key=lambda earlier: earlier.learned)[-1:]
        self._earlier = [*longest, run]

    def _is_worth_keeping(self, run: Run) -> bool:
        return run.learned > 0 or (not self._earlier and run.film.last > 0)

    def _share(self) -> None:
        """Thin the films that rest to equal parts of the budget; the own one has what is left."""
        if self.own is None:
            return
        others = [run.film for run in (self.aside, *self._earlier) if run is not None]
        budget = self.own.film.budget
        for film in others:
            film.shrink(budget // (len(others) + 1))
        self.own.film.reserve(sum(film.size for film in others))
