"""The two questions that stand, about the model now and along its film, and their answers."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from typing import Any

from explainer.engine.film import Kept
from explainer.engine.report import Answer
from explainer.engine.run import Run

# Answers along the film are computed in slices, so that a pen stroke never waits for them.
_SLICE_SECONDS = 0.004
# While the model learns, an answer is followed by so many times its own duration of learning: one
# of 20 ms at every report left a net that learns in steps of 10 ms a third of its speed (measured).
_REST = 3.0


def whole(answer: Any) -> Any:
    """Return what an experiment answered; of an answer in parts the last."""
    if isinstance(answer, Iterator):
        *_, answer = answer
    return answer


class Questions:
    """What was asked last, and what was answered.

    About the model now an experiment may answer by an iterator: parts, each of which replaces the
    one before. They are taken one at a time, so that a question that follows never waits for what
    is slow to measure; an update of the model ends them.

    A question that failed is answered by None and not asked of the model again until something
    changes that may mend it.

    Attributes
    ----------
    answer, along : Answer or None
        The newest of each.
    """

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self.along: Answer | None = None
        self._asked: tuple[int, Any] | None = None
        self._asked_along: tuple[int, Any] | None = None
        self._answered_at: tuple[int, int] | None = None
        self._parts: Iterator[Any] | None = None
        self._known: dict[Kept, Any] = {}
        self._is_refused = self._is_along_refused = False
        self._rests_until = self._along_rests_until = 0.0

    def ask(self, number: int, request: Any | None) -> None:
        """Ask of the model as it is; the newest question replaces all before it."""
        self._asked = None if request is None else (number, request)
        self.answer, self._answered_at, self._parts = None, None, None
        self._is_refused = False

    def ask_along(self, number: int, request: Any | None) -> None:
        """Ask of every kept frame."""
        self._asked_along = None if request is None else (number, request)
        self.along = None
        self._known.clear()
        self._is_along_refused = False

    def forget(self) -> None:
        """Drop the answers: another run is on the stage."""
        self.answer = self.along = None
        self._known.clear()
        self.renew()

    def renew(self) -> None:
        """Ask again: the model stands elsewhere or its settings are others."""
        self._answered_at, self._parts = None, None
        self._is_refused = self._is_along_refused = False

    @property
    def is_due(self) -> bool:
        """Whether a question has no answer yet: it goes first, whoever waits for a report."""
        return self._asked is not None and self.answer is None

    def rests(self, run: Run) -> bool:
        """Whether the answer that stands took so long that it should stand for a while yet.

        Nothing newer should be shown meanwhile: it would be of another step than the answer.
        """
        where = (run.film.branch, run.experiment.steps)
        is_old = self.answer is not None and self._answered_at not in (None, where)
        return is_old and time.perf_counter() < self._rests_until

    def answer_now(self, run: Run) -> None:
        """Answer for where a run stands, unless that is done."""
        where = (run.film.branch, run.experiment.steps)
        if self._asked is None or self._is_refused or self._answered_at == where:
            return
        began = time.perf_counter()
        number, request = self._asked
        value, self._parts = run.experiment.answer(request), None
        if isinstance(value, Iterator):
            self._parts, value = value, next(value)
        self.answer = Answer(number, request, value, *where, is_whole=self._parts is None)
        self._answered_at = where
        now = time.perf_counter()
        self._rests_until = now + _REST * (now - began)

    def answer_on(self, run: Run) -> bool:
        """Give the next part of an answer in parts; False if there is none."""
        where = (run.film.branch, run.experiment.steps)
        if self._parts is None or self.answer is None or self._answered_at != where:
            return False
        value = next(self._parts, None)
        if value is None:
            self._parts = None
            self.answer = dataclasses.replace(self.answer, is_whole=True)
        else:
            self.answer = dataclasses.replace(self.answer, value=value)
        return True

    def refuse(self) -> None:
        """Answer by None: the model could not."""
        if self._asked is not None:
            self.answer = Answer(*self._asked, None, 0, 0)
            self._is_refused = True

    def answer_along(self, run: Run, is_learning: bool = False) -> bool:
        """Answer at a few more kept frames; False if there was nothing to do.

        Parameters
        ----------
        is_learning : bool
            Whether the run goes on at once: then answers that took long stand for a while.
        """
        if self._asked_along is None or self._is_along_refused:
            return False
        began = time.perf_counter()
        if is_learning and self.along is not None and began < self._along_rests_until:
            return False
        number, request = self._asked_along
        frames = run.film.frames()
        # What was thinned away, or lies on another branch, is let go with its answer.
        self._known = {kept: self._known[kept] for kept in frames if kept in self._known}
        missing = [kept for kept in frames if kept not in self._known]
        if not missing and self.along is not None:
            return False
        for kept in missing:
            self._known[kept] = run.experiment.answer(request, kept.state)
            if time.perf_counter() > began + _SLICE_SECONDS:
                break
        now = time.perf_counter()
        self._along_rests_until = now + _REST * (now - began)
        done = tuple((kept.step, self._known[kept]) for kept in frames if kept in self._known)
        self.along = Answer(number, request, done, run.film.branch, run.experiment.steps)
        return True

    def refuse_along(self) -> None:
        """Leave it at what was answered: the model could not go on."""
        if self._asked_along is not None:
            value = () if self.along is None else self.along.value
            self.along = Answer(*self._asked_along, value, 0, 0)
            self._is_along_refused = True
