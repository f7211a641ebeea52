"""The real program in a test: a window over real runners, and ways to wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest

from explainer.shell import settling


def pump(met: Callable[[], bool], seconds: float = 60.0) -> None:
    """Let the program run until something is true."""
    end = time.monotonic() + seconds
    while not met():
        QTest.qWait(5)
        if time.monotonic() > end:
            raise AssertionError(f"did not happen within {seconds} s")


def is_settled(window: Any) -> bool:
    """Whether the model is there and every question is answered; AssertionError if one failed."""
    if window.session.problem is not None:
        raise AssertionError(window.session.problem.text.en)
    return settling.is_settled(window)


def close(window: Any) -> None:
    """Close everything and let Qt finish."""
    window.close()
    window.session.close()
    QCoreApplication.processEvents()
