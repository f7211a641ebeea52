"""Letting the window run until it shows all that it will show of where it stands."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer

from explainer.engine.strip import Strip, path
from explainer.lesson import Problem, Text

_NOT_READY = Text(
    "The window was not ready within {seconds} seconds; close other programs and try again.",
    "{seconds}초 안에 창이 준비되지 않았습니다. 다른 프로그램을 닫고 다시 해 보세요.",
)


def let_pass(seconds: float) -> None:
    """Let the program run."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def wait(window: Any, met: Callable[[], bool], patience: float) -> None:
    """Let the program run until something is true.

    Parameters
    ----------
    window : MainWindow
        Whose problems end the waiting.
    met : callable
    patience : float
        Seconds.

    Raises
    ------
    Problem
        If the model has one, or if it takes too long.
    """
    until = time.monotonic() + patience
    while not met():
        if window.session.problem is not None:
            raise window.session.problem
        if time.monotonic() > until:
            raise Problem(_NOT_READY.filled(seconds=f"{patience:g}"))
        let_pass(0.01)


def kept_on_path(film: Strip, branch: int) -> set[int]:
    """Return the steps of the kept frames of a branch and of those it grew from."""
    return {
        int(step)
        for index, until in path(film.tracks, branch)
        for step in film.tracks[index].kept
        if until is None or step <= until
    }


def nearest_kept(film: Strip, branch: int, step: int) -> int:
    """Return the step of the frame that seeking a step shows."""
    return min(kept_on_path(film, branch), key=lambda kept: (abs(kept - step), kept))


def is_settled(window: Any, step: int | None = None) -> bool:
    """Whether the model is there, at a training step if one is named, and has answered all."""
    session = window.session
    frame, report = session.frame, session.report
    if session.preparing or session.waiting or session.problem is not None:
        return False
    if frame is None or frame.snapshot is None or frame.snapshot is not report.snapshot:
        return False
    if report.obeyed < session.runner.sent:  # what the step stands on may not be there yet
        return False
    if step is not None and report.film.step != step:
        return False
    if report.answer is not None and not report.answer.is_whole:
        return False
    if session.view.along(frame) is None:
        return True
    return frame.along is not None and len(frame.along) >= len(
        kept_on_path(report.film, report.film.branch)
    )


def show_all(window: Any, patience: float) -> None:
    """Have the window show what it otherwise shows a moment later: charts, numbers, late parts.

    Raises
    ------
    Problem
        As `wait`.
    """
    window.tick()
    wait(window, lambda: not window.transport.late, patience)
    view = window.session.view
    view.repaint()
    while view.catch_up():
        view.repaint()
