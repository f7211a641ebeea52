"""From a pen's movement to the new probabilities on screen."""

from __future__ import annotations

import math
import statistics
import time
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from explainer.bench.opened import opened
from explainer.bench.rows import Quiet, Row, at_most, percentile
from explainer.lesson import Problem, Text
from explainer.shell.settling import let_pass

_PLACE = "cnn/draw"
_MOVES, _TIMES = 120, 3
_PATIENCE = 5.0

_NEVER = Text(
    "The bars did not follow the pen within 5 seconds; close other programs and measure again.",
    "5초 안에 막대가 펜을 따라오지 않았습니다. 다른 프로그램을 닫고 다시 재 보세요.",
)


class _Painted(QObject):
    """Notes which probabilities the stage was last painted with."""

    def __init__(self, stage: QWidget, bars: QWidget) -> None:
        super().__init__()
        self._bars = bars
        self.shown: list[float] = []
        stage.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.shown = self._bars.property("probabilities")
        return False


def pen() -> list[Row]:
    """Return how long the bars take to follow the pen, at rest and while the model trains.

    Of three drawings the median, so that what else the machine did for a moment does not count.
    """
    rows = []
    with opened(_PLACE) as (window, meter):
        meter.loops = False
        for name, bar, trains in (("idle", 20, False), ("training", 40, True)):
            quiet = Quiet()
            window.session.train(trains)
            let_pass(1.0)
            slowest = [percentile(_draw(window), 95) for _ in range(_TIMES)]
            rows.append(
                at_most(f"pen.{name}.p95", statistics.median(slowest), "ms", bar, quiet.judged())
            )
        window.session.train(False)
    return rows


def _draw(window: Any) -> list[float]:
    """Draw a spiral on an empty pad; milliseconds from each movement to the bars on screen."""
    canvas = window.findChild(QWidget, "digitCanvas")
    window.findChild(QWidget, "clearButton").click()
    painted = _Painted(window.session.view, window.findChild(QWidget, "predictionBars"))
    middle, reach = canvas.width() / 2, 0.38 * canvas.width()
    late = []
    for move in range(_MOVES):
        turn = 4 * math.pi * move / _MOVES
        far = reach * (0.3 + 0.7 * move / _MOVES)
        point = QPoint(round(middle + far * math.cos(turn)), round(middle + far * math.sin(turn)))
        began = time.perf_counter()
        if move == 0:
            QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=point)
        else:
            QTest.mouseMove(canvas, point)
        _await_bars(window, painted)
        if move > 0:
            late.append(1000 * (time.perf_counter() - began))
        # Movements fall anywhere between two frames: 3 to 20 ms, in no step with the clock.
        let_pass(0.003 + 0.001 * (7 * move % 18))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=point)
    return late


def _await_bars(window: Any, painted: _Painted) -> None:
    """Let the program run until the answer to this drawing is in the bars and painted."""
    session = window.session
    drawn = session.frame
    until = time.perf_counter() + _PATIENCE
    while time.perf_counter() < until:
        if not session.waiting and session.frame is not drawn and session.frame.answer is not None:
            answered = [float(chance) for chance in session.frame.answer.probabilities]
            if painted.shown == answered:
                return
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    raise Problem(_NEVER)
