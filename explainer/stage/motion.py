"""Motion as pure functions of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Ease = Callable[[float], float]


def linear(share: float) -> float:
    """Return the share itself."""
    return share


def out_quad(share: float) -> float:
    """Ease out: fast first."""
    return 1 - (1 - share) ** 2


def out_cubic(share: float) -> float:
    """Ease out, more gently."""
    return 1 - (1 - share) ** 3


def in_out_cubic(share: float) -> float:
    """Ease in and out."""
    return 4 * share**3 if share < 0.5 else 1 - (2 - 2 * share) ** 3 / 2


@dataclass(frozen=True, slots=True)
class Tween:
    """A number that goes from one value to another.

    Parameters
    ----------
    start, end : float
        Values before and after.
    seconds : float
        How long it takes; 0 jumps to the end, which is what 'reduce motion' does.
    ease : callable
        From the share of time gone, 0..1, to the share of the way.
    """

    start: float
    end: float
    seconds: float
    ease: Ease = in_out_cubic

    def at(self, time: float) -> float:
        """Return the value `time` seconds after the start."""
        if self.seconds <= 0 or time >= self.seconds:
            return self.end
        if time <= 0:
            return self.start
        return self.start + (self.end - self.start) * self.ease(time / self.seconds)


def share(time: float, start: float, seconds: float, ease: Ease = in_out_cubic) -> float:
    """Return how far, 0..1, a motion that began at `start` has come."""
    return Tween(0.0, 1.0, seconds, ease).at(time - start)
