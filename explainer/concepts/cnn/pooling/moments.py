"""Window by window in time: which window is active when, and how far it has come."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np

from explainer.concepts.cnn.pooling import words
from explainer.concepts.cnn.pooling.layout import FAINT, Part, map_index, part_of
from explainer.concepts.cnn.pooling.probe import Pooled
from explainer.stage.frame import Beat, Frame, Target
from explainer.stage.motion import in_out_cubic, out_cubic, out_quad, share

# The first windows that hold more than faint values are slow enough to read, the others together
# take REST seconds at most.
SLOW = (1.8, 1.5, 1.2)
REST = 4.0
BACK = 0.8  # seconds to the strongest window, when all are done: the last may be blank
ALONE = 4.5  # seconds for a window shown by itself
# When, within a window's time, it has come, the value is found, and the result lies in its place.
COME, FOUND, PUT = 0.25, 0.55, 0.85
# A window that has less time than this brings its result along: it could not be seen to come.
QUICK = 0.4
# Rounding may leave a beat a hair before the moment it stands for.
ALMOST = 1 - 1e-6


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the animation stands.

    Parameters
    ----------
    index, previous : int
        The window, and the one it comes from.
    come, found, put : float
        How far, 0 to 1, it has come, the value is found, the result lies in its place.
    revealed : int
        Results shown so far, in order, but for this window's.
    """

    index: int
    previous: int
    come: float
    found: float
    put: float
    revealed: int


@dataclass(frozen=True, slots=True)
class Pace:
    """When each window is at work; under ten seconds in all.

    Parameters
    ----------
    starts : tuple of float
        When each window sets out; one more, when the last is over.
    """

    starts: tuple[float, ...]

    @property
    def back(self) -> float:
        """When the strongest window has come back."""
        return self.starts[-1] + BACK

    def seconds(self, index: int) -> float:
        """Return how long a window takes."""
        return self.starts[index + 1] - self.starts[index]

    def is_quick(self, index: int) -> bool:
        """Return whether a window brings its result along."""
        return self.seconds(index) < QUICK

    def come(self, index: int) -> float:
        """Return when a window has come."""
        return self.starts[index] + COME * self.seconds(index)

    def done(self, index: int) -> float:
        """Return when a window's result lies in its place."""
        part = COME if self.is_quick(index) else PUT
        return self.starts[index] + part * self.seconds(index)


@lru_cache(maxsize=8)
def pace_of(answer: Pooled, chosen: int, part: Part) -> Pace:
    """Return the pace at which the shown part of a map is gone through."""
    values = answer.maps[0, chosen]
    faint = FAINT * float(values.max())
    is_faint = [bool(part.window(i, values).max() <= faint) for i in range(part.count)]
    slow = sorted(range(part.count), key=lambda i: (is_faint[i], i))[: len(SLOW)]
    rest = part.count - len(slow)
    seconds = [min(SLOW[-1], REST / max(rest, 1))] * part.count
    for index, long in zip(sorted(slow), SLOW, strict=False):
        seconds[index] = long
    return Pace(tuple(accumulate(seconds, initial=0.0)))


def _pace(frame: Frame, answer: Pooled) -> Pace:
    return pace_of(answer, map_index(frame, answer), part_of(frame, answer))


def clearest(part: Part, values: np.ndarray) -> int:
    """Return the shown window with the largest sum: the one to explain first."""
    sums = [float(part.window(index, values).sum()) for index in range(part.count)]
    return int(np.argmax(sums))


def strongest(part: Part, values: np.ndarray) -> int:
    """Return the shown window with the largest value; among equals, that of the largest sum."""
    windows = (part.window(index, values) for index in range(part.count))
    keys = [(float(window.max()), float(window.sum())) for window in windows]
    return max(range(part.count), key=keys.__getitem__)


def settled(now: Moment) -> tuple[int, bool]:
    """Return the window that has come, and whether its result is there."""
    if now.come < 1 - 1e-9 and now.previous != now.index:
        return now.previous, True
    return now.index, now.put >= ALMOST


def beats(frame: Frame, answer: Pooled) -> tuple[Beat, ...]:
    """Return when each window has come and when its result has; alone, one for each thing done."""
    part = part_of(frame, answer)
    alone = bool(frame.knobs["once"])
    kind = "max" if frame.knobs["kinds"] == "both" else str(frame.knobs["kinds"])
    if alone:
        return (Beat("take", 0.0), Beat(kind, FOUND * ALONE), Beat(kind, PUT * ALONE))
    pace = _pace(frame, answer)
    result = [Beat("take", 0.0, frame.say(words.WINDOW, index=1, count=part.count))]
    for index in range(part.count):
        said = frame.say(words.WINDOW, index=index + 1, count=part.count)
        if not pace.is_quick(index):
            result.append(Beat("take", pace.come(index), said))
        result.append(Beat(kind, pace.done(index), said))
    result.append(Beat(kind, pace.back, frame.say(words.STRONGEST)))
    return tuple(result)


def moment(frame: Frame, answer: Pooled, time: float) -> Moment:
    """Return where the animation stands; a pointer on a window borrows it."""
    part = part_of(frame, answer)
    hovered = window_of(frame.hover, part)
    if hovered is not None:
        return Moment(hovered, hovered, 1.0, 1.0, 1.0, hovered)
    alone = bool(frame.knobs["once"])
    if alone:
        index, since, long = clearest(part, answer.maps[0, map_index(frame, answer)]), time, ALONE
    else:
        pace = _pace(frame, answer)
        if time >= pace.starts[-1]:
            best = strongest(part, answer.maps[0, map_index(frame, answer)])
            last = part.count - 1
            is_there = frame.reduced or best == last
            way = 1.0 if is_there else share(time, pace.starts[-1], BACK, in_out_cubic)
            return Moment(best, best if is_there else last, way, 1.0, 1.0, part.count)
        index = min(max(bisect_right(pace.starts, time) - 1, 0), part.count - 1)
        since, long = time - pace.starts[index], pace.seconds(index)
    if frame.reduced:
        return Moment(index, index, 1.0, 1.0, 1.0, index)
    if long < QUICK:
        come = share(since, 0, COME * long)
        return Moment(index, max(index - 1, 0), come, 1.0, float(come >= ALMOST), index)
    return Moment(
        index=index,
        previous=index if alone else max(index - 1, 0),
        come=share(since, 0, COME * long, in_out_cubic),
        found=share(since, COME * long, (FOUND - COME) * long, out_quad),
        put=share(since, FOUND * long, (PUT - FOUND) * long, out_cubic),
        revealed=index,
    )


def window_of(target: Target, part: Part) -> int | None:
    """Return the window that a target of the input or of the results belongs to."""
    if len(target) != 3:
        return None
    name, row, column = target
    if name == "output" and int(row) < part.rows and int(column) < part.columns:
        return int(row) * part.columns + int(column)
    if name == "input":
        return part.window_at(int(row), int(column))
    return None


def time_of(frame: Frame, answer: Pooled, index: int) -> float:
    """Return the moment when a window's result has come."""
    if frame.knobs["once"]:
        return PUT * ALONE
    return _pace(frame, answer).done(index)
