"""The real window, unseen, with a meter on its clock."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from explainer.shell.settling import is_settled, let_pass, wait
from explainer.shell.start import start

SIZE = (1920, 1080)
_PATIENCE = 90.0


@dataclass
class Meter:
    """Stamps every tick of the window's clock; stands in for `Session.tick`.

    From one tick to the next the window's thread takes, advances, paints and waits, so the
    thread's own time between them is the work of a frame, and the wall time its interval.

    Attributes
    ----------
    work : list of float
        Milliseconds of the thread's CPU time, of each frame in which something changed, were it
        only what follows a frame late: any that took a millisecond, five times an idle tick.
    gaps : list of float
        Milliseconds of wall time between ticks.
    steps : list of (float, int)
        Seconds at which a report was taken, and the training step it stood at.
    loops : bool
        Whether an animation that has ended starts again.
    """

    session: Any
    work: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    steps: list[tuple[float, int]] = field(default_factory=list)
    loops: bool = True
    _before: tuple[float, float, bool] | None = None

    def __post_init__(self) -> None:
        self._tick: Callable[[float], bool] = self.session.tick
        self.session.tick = self

    def __call__(self, seconds: float) -> bool:
        """Tick, and note what lay between this and the tick before."""
        now, spent = time.perf_counter(), time.thread_time()
        if self._before is not None:
            then, used, changed = self._before
            self.gaps.append(1000 * (now - then))
            if changed or spent - used >= 0.001:
                self.work.append(1000 * (spent - used))
        session = self.session
        if self.loops and not session.playing and session.duration > 0:
            session.play_lesson(True)
        known = session.report
        changed = self._tick(seconds)
        if session.report is not known and session.report.film is not None:
            self.steps.append((now, session.report.film.step))
        self._before = (now, spent, changed)
        return changed

    def clear(self) -> None:
        """Forget what was noted."""
        self.work.clear()
        self.gaps.clear()
        self.steps.clear()
        self._before = None

    def frame_gaps(self) -> list[float]:
        """Return the intervals between frames; ticks that only look for an answer are none."""
        return [gap for gap in self.gaps if gap >= 8]


@contextmanager
def opened(place: str, size: tuple[int, int] = SIZE) -> Iterator[tuple[Any, Meter]]:
    """Yield the window at a place, its model ready and its questions answered, and its meter."""
    given = argparse.Namespace(
        place=place, lang="en", theme=None, device="cpu", present=False, checkpoint=None, seed=None
    )
    qt, window = start(given, keep=False)
    try:
        window.resize(*size)
        settle(window)
        yield window, Meter(window.session)
    finally:
        window.close()
        window.session.close()
        qt.processEvents()


def settle(window: Any) -> None:
    """Let the program run until the model is there and every question is answered.

    Raises
    ------
    Problem
        If that fails or takes too long.
    """
    let_pass(0.05)
    wait(window, lambda: is_settled(window), _PATIENCE)
    let_pass(0.3)
