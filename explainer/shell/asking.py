"""What the stage asks the model: when to ask anew, and which answers still count."""

from __future__ import annotations

import dataclasses
import time
from typing import Any

import numpy as np

from explainer.engine.runner import Report, Runner
from explainer.stage.frame import Frame
from explainer.stage.view import View


def same_question(one: Any, other: Any) -> bool:
    """Return whether two requests ask the same; arrays are compared by value."""
    if one is other:
        return True
    if type(one) is not type(other) or one is None:
        return False
    return all(
        np.array_equal(getattr(one, f.name), getattr(other, f.name))
        for f in dataclasses.fields(one)
    )


class Asking:
    """The standing questions of the scene on the stage.

    Answers carry the id of their question. One that is older than the first question since the
    scene was entered, or since the pad was wiped, has nothing to say about what is shown.

    Attributes
    ----------
    asked_at : float
        When the question last became another one, on the monotonic clock.
    """

    def __init__(self) -> None:
        self.asked_at = 0.0
        self._question: Any = None
        self._along: Any = None
        self._of: tuple[Any, ...] = ()
        self._asked = 0
        self._floor: int | None = None
        self._floor_along: int | None = None

    def forget(self) -> None:
        """Start over: another scene's answers have other shapes."""
        self._question = self._along = None
        self._of = ()
        self._floor = self._floor_along = None

    def is_waiting(self, report: Report | None) -> bool:
        """Whether an answer is outstanding; never where no model could be built to give one."""
        if report is not None and report.snapshot is None and report.problem is not None:
            return False
        answered = report.answer.id if report and report.answer else 0
        return self._question is not None and answered < self._asked

    def ask(self, runner: Runner, view: View, frame: Frame) -> None:
        """Ask what the frame needs to know, if that changed."""
        knobs = tuple(frame.knobs.items())
        of = (id(frame.drawing), frame.selection, frame.hover, frame.step, knobs, frame.live)
        if of == self._of:
            return
        self._of = of
        question = view.request(frame)
        if self._floor is None or not same_question(question, self._question):
            self._asked, self.asked_at = runner.ask(question), time.monotonic()
            if self._floor is None or question is None or self._question is None:
                self._floor = self._asked
            self._question = question
        along = view.along(frame)
        if self._floor_along is None or not same_question(along, self._along):
            self._along = along
            self._floor_along = runner.ask_along(along)

    def answered(self, frame: Frame, report: Report | None) -> Frame:
        """Return the frame with the answers that still count."""
        if report is None:
            return frame
        answer, along = report.answer, report.along
        if answer is not None and self._floor is not None and answer.id >= self._floor:
            frame = dataclasses.replace(frame, answer=answer.value)
        if along is not None and self._floor_along and along.id >= self._floor_along:
            frame = dataclasses.replace(frame, along=along.value)
        return frame
