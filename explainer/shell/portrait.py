"""A picture of the whole window, for the README and for looking at it."""

from __future__ import annotations

import argparse
import time
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer

from explainer.lesson import Problem, Text
from explainer.shell.export import save_image
from explainer.shell.start import start

_PATIENCE = 60.0

_NOT_READY = Text(
    "The model was not ready within a minute; close other programs and try again.",
    "1분 안에 모델이 준비되지 않았습니다. 다른 프로그램을 닫고 다시 해 보세요.",
)


def portrait(place: tuple[str, str, str], given: Any, size: tuple[int, int]) -> None:
    """Open the window unseen at a step, wait for its answers, and save what it shows."""
    asked = argparse.Namespace(
        place="/".join(place),
        lang=given.lang,
        theme=given.theme,
        device=given.device,
        present=False,
        checkpoint=given.checkpoint,
        seed=None,
    )
    qt, window = start(asked, keep=False)
    session = window.session
    try:
        window.resize(*size)
        until = time.monotonic() + _PATIENCE
        while session.preparing or session.waiting or session.problem:
            _let_pass(0.02)
            if session.problem is not None:
                raise session.problem
            if time.monotonic() > until:
                raise Problem(_NOT_READY)
        if given.frame is not None and session.report and session.report.film:
            session.seek_film(session.report.film.branch, given.frame)
        session.playing = False
        _let_pass(0.5)
        session.seek_lesson(session.duration if given.time is None else given.time)
        _let_pass(0.3)
        save_image(window.grab().toImage(), given.out)
    finally:
        window.close()
        session.close()
        qt.processEvents()


def _let_pass(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
