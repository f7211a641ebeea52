"""`main.py` as it starts, with a stopwatch: python -m explainer.bench.opening SECONDS."""

from __future__ import annotations

import json
import sys
import time
from typing import Any


def main(began: float) -> None:
    """Open the program, print when it stood and when it showed numbers, and close it."""
    from explainer.app import create

    qt, window = create(["main.py"])
    session = window.session
    moments: list[float] = []

    def look() -> None:
        # Queued behind the first paint: a window that answers has painted and runs its clock.
        if not moments:
            moments.append(time.time() - began)
        if _is_alive(session):
            window.repaint()
            moments.append(time.time() - began)
            timer.stop()
            qt.quit()

    from PySide6.QtCore import QTimer

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    try:
        qt.exec()
    finally:
        window.close()
        session.close()
    print(json.dumps(moments[:2]))


def _is_alive(session: Any) -> bool:
    if session.problem is not None:
        raise session.problem
    frame = session.frame
    return (
        frame is not None
        and frame.snapshot is not None
        and not session.waiting
        and frame.answer is not None
    )


if __name__ == "__main__":
    main(float(sys.argv[1]))
