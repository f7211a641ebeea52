"""The real program in a test: a window over real runners, and ways to wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest


def pump(met: Callable[[], bool], seconds: float = 60.0) -> None:
    """Let the program run until something is true."""
    end = time.monotonic() + seconds
    while not met():
        QTest.qWait(5)
        if time.monotonic() > end:
            raise AssertionError(f"did not happen within {seconds} s")


def is_settled(window: Any) -> bool:
    """Whether the model is there and every question is answered."""
    session = window.session
    if session.problem is not None:
        raise AssertionError(session.problem.text.en)
    if session.preparing or session.waiting or not _is_answered(session.report):
        return False
    frame, report = session.frame, session.report
    if frame is None or report is None or frame.snapshot is not report.snapshot:
        return False
    wanted = session.view.along(frame)
    if wanted is None:
        return True
    if frame.along is None or report.film is None:
        return False
    return len(frame.along) >= _frames_on_path(report.film)


def _is_answered(report: Any) -> bool:
    """Whether all parts of the answer are there."""
    return report is None or report.answer is None or report.answer.is_whole


def _frames_on_path(film: Any) -> int:
    steps: set[int] = set()
    index, until = film.branch, film.tracks[film.branch].last
    while index is not None:
        track = film.tracks[index]
        steps |= {int(s) for s in track.kept if s <= until}
        until, index = track.start, track.parent
    return len(steps)


def close(window: Any) -> None:
    """Close everything and let Qt finish."""
    window.close()
    window.session.close()
    QCoreApplication.processEvents()
