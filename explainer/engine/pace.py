"""How fast updates follow each other, and how fast they did."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

# A rate is measured over this long, or between the last two stamps where those lie further apart.
_WINDOW_SECONDS = 0.6
_STAMP_SECONDS = 0.05
# After an answer that was waited for, training stands back for as long as showing it takes: both
# threads at once took twice as long over the picture (17 ms instead of 8, measured). What is left
# to training is at least three quarters.
_STANDS_BACK, _SPELL = 0.016, 0.064


class Pace:
    """Says when the next update is due.

    Parameters
    ----------
    clock : callable
        Seconds that never go back.

    Attributes
    ----------
    speed : float or None
        Updates a second; None is as fast as it goes.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.speed: float | None = None
        self._clock = clock
        self._due = self._stands_back_until = 0.0
        self._made = 0
        self._stamps: deque[tuple[float, int]] = deque(maxlen=64)

    def begin(self) -> None:
        """Start anew: the next update is due now and no rate is known."""
        self._due = self._clock()
        self._stamps.clear()

    def set(self, speed: float | None) -> None:
        """Change the speed; the next update is due now."""
        self.speed = speed
        self._due = self._clock()

    def stand_back(self) -> None:
        """Leave the processor to the picture of an answer, unless that was done just now."""
        now = self._clock()
        if now - self._stands_back_until > _SPELL - _STANDS_BACK:
            self._stands_back_until = now + _STANDS_BACK

    @property
    def stands_back(self) -> float:
        """Seconds for which it still stands back, at least 0."""
        return max(0.0, self._stands_back_until - self._clock())

    @property
    def wait(self) -> float:
        """Seconds until the next update is due, at least 0."""
        return max(0.0, self._due - self._clock())

    def note(self) -> None:
        """Count an update that was just made."""
        now = self._clock()
        self._made += 1
        if not self._stamps or now - self._stamps[-1][0] > _STAMP_SECONDS:
            self._stamps.append((now, self._made))
        if self.speed is not None:
            # After a delay it goes on from here instead of catching up in a burst.
            self._due = max(self._due + 1 / self.speed, now - 1 / self.speed)

    def rate(self) -> float:
        """Return updates a second; 0 before two updates were stamped."""
        if len(self._stamps) < 2:
            return 0.0
        now, made = self._stamps[-1]
        recent = [stamp for stamp in self._stamps if now - stamp[0] <= _WINDOW_SECONDS]
        then, before = recent[0] if len(recent) > 1 else self._stamps[-2]
        return (made - before) / (now - then)
