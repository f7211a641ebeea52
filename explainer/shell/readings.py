"""What the transport says in words and numbers, and the label that makes it fit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from explainer.shell import words
from explainer.stage.lettering import REGULAR, font, number, percent, width
from explainer.stage.look import Look
from explainer.stage.smoothing import SMOOTHED_OVER

LESSON_SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
# Training speed: stops 0..59 are 10^(stop/20) steps a second, 1 to 891; the last is flat out.
FLAT_OUT_STOP = 60
_PER_DECADE = 20


def speed_at(stop: int) -> float | None:
    """Return steps a second at a stop of the speed slider; None is as fast as it goes."""
    return None if stop >= FLAT_OUT_STOP else round(10 ** (stop / _PER_DECADE), 1)


def stop_of(speed: float | None) -> int:
    """Return the stop of a speed."""
    if speed is None:
        return FLAT_OUT_STOP
    return min(max(round(_PER_DECADE * math.log10(max(speed, 1.0))), 0), FLAT_OUT_STOP - 1)


def clock(seconds: float) -> str:
    """Return lesson seconds as minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def film_note(look: Look, session: Any, film: Any) -> str:
    """Return what the line under the film's reading says now."""
    if film is None:
        return look.say(words.PREPARING)
    if not session.trains:
        return look.say(words.FINISHED)
    if not session.shows_own_run:
        return look.say(words.FRESH if session.step.training == "fresh" else words.SHIPPED)
    if session.training:
        return look.say(words.TRAINING_NOW, rate=number(session.report.rate, 0))
    if not film.at_end:
        return look.say(words.REWOUND)
    if film.step == 0:
        return look.say(words.UNTRAINED)
    steps, values = film.curve("test_accuracy")
    known = int(np.searchsorted(steps, film.step, "right"))
    if known:
        return look.say(words.ACCURACY, accuracy=percent(float(values[known - 1])))
    steps, values = film.curve("loss")
    known = int(np.searchsorted(steps, film.step, "right"))
    # The loss of one batch jumps, and where several nets take turns it is only one of theirs.
    newest = values[max(0, known - SMOOTHED_OVER) : known]
    return look.say(words.LOSS, loss=number(float(newest.mean()), 3)) if known else ""


def set_role(label: QLabel, role: str) -> None:
    """Colour a label as the style sheet has it for "muted", "amber" or, empty, plain ink."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)


class Reading(QLabel):
    """One line that takes the room it is given: a longer text is made smaller, not cut."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._px, self._weight = 15.0, REGULAR
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def dress(self, look: Look, design: float, weight: QFont.Weight = REGULAR) -> None:
        """Take on a size and a weight."""
        self._px, self._weight = design * look.scale, weight
        self._fit()

    def say(self, said: str) -> None:
        """Show a text."""
        if said != self.text():
            self.setText(said)
            self._fit()

    def natural(self) -> float:
        """Return the width the text would like."""
        return width(self.text(), round(self._px), self._weight)

    def _fit(self) -> None:
        px = self._px
        while px > 6 and width(self.text(), round(px), self._weight) > self.width():
            px -= 1
        self.setFont(font(px, self._weight))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
