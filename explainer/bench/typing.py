"""From a key typed into the sentence to the new attention on screen."""

from __future__ import annotations

import statistics
import time
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from explainer.bench.opened import let_pass, opened, settle
from explainer.bench.rows import Quiet, Row, at_most, percentile
from explainer.lesson import Problem, Text

_PLACE, _STEP = "transformer/attention", ("transformer", "attention", "heads")
_SENTENCES = ("작은 고양이들이 침대 밑에 숨어 있다", "소녀가 자기 배를 먹고 있다")
_TIMES, _PATIENCE = 3, 5.0
_BETWEEN_KEYS = 0.06  # seconds after a key is answered: faster than anyone types

_NEVER = Text(
    "The attention did not follow the keys within 5 seconds; close other programs and measure"
    " again.",
    "5초 안에 어텐션이 글쇠를 따라오지 않았습니다. 다른 프로그램을 닫고 다시 재 보세요.",
)


class _Painted(QObject):
    """Notes with which answer the stage was last painted."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._view = view
        self.answer: Any = None
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            frame = self._view.frame  # type: ignore[attr-defined]
            self.answer = None if frame is None else frame.answer
        return False


def typing() -> list[Row]:
    """Return how long the maps take to follow the keys, at rest and while the model trains.

    Of three sentences typed the median, so that what else the machine did does not count.
    """
    rows = []
    with opened(_PLACE) as (window, meter):
        meter.loops = False
        window.session.go(*_STEP)
        settle(window)
        for name, trains in (("idle", False), ("training", True)):
            quiet = Quiet()
            window.session.train(trains)
            let_pass(1.0)
            slowest = [percentile(_type(window), 95) for _ in range(_TIMES)]
            rows.append(
                at_most(f"typing.{name}.p95", statistics.median(slowest), "ms", 30, quiet.judged())
            )
        window.session.train(False)
    return rows


def _type(window: Any) -> list[float]:
    """Type sentences key by key; milliseconds from each key to its maps."""
    session = window.session
    field = window.findChild(QLineEdit, "sentenceField")
    painted = _Painted(session.view)
    late = []
    for sentence in _SENTENCES:
        for end in range(1, len(sentence) + 1):
            text = sentence[:end]
            before = session.frame.answer
            began = time.perf_counter()
            field.setText(text)
            field.textEdited.emit(text)
            if not session.waiting:  # a space, or half a syllable: the same tokens as before
                let_pass(_BETWEEN_KEYS)
                continue
            until = began + _PATIENCE
            while (
                session.waiting
                or session.frame.answer in (None, before)
                or (painted.answer is not session.frame.answer)
            ):
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
                if time.perf_counter() > until:
                    raise Problem(_NEVER)
            late.append(1000 * (time.perf_counter() - began))
            let_pass(_BETWEEN_KEYS)
    return late
