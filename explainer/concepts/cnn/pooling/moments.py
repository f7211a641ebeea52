"""Window by window in time: which window is active when, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from explainer.concepts.cnn.pooling import words
from explainer.concepts.cnn.pooling.layout import Part, map_index, part_of
from explainer.concepts.cnn.pooling.probe import Pooled
from explainer.stage.motion import in_out_cubic, out_cubic, out_quad, share
from explainer.stage.view import Beat, Frame, Target

# The first windows are slow enough to read, the others together take REST seconds at most.
SLOW = (1.8, 1.5, 1.2)
REST = 4.6
ALONE = 4.5  # seconds for a window shown by itself
# When, within a window's time, it has come, the value is found, and the result lies in its place.
COME, FOUND, PUT = 0.25, 0.55, 0.85


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the animation stands.

    Parameters
    ----------
    index, previous : int
        The window, and the one it comes from.
    come, found, put : float
        How far, 0 to 1, it has come, the value is found, the result lies in its place.
    """

    index: int
    previous: int
    come: float
    found: float
    put: float


def seconds_of(count: int, alone: bool) -> list[float]:
    """Return how long each of `count` windows takes; under ten seconds in all."""
    if alone:
        return [ALONE]
    slow = list(SLOW[:count])
    rest = count - len(slow)
    return slow + [min(SLOW[-1], REST / max(rest, 1))] * rest


def clearest(part: Part, values: np.ndarray) -> int:
    """Return the shown window with the largest sum: the one to explain first."""
    sums = [float(part.window(index, values).sum()) for index in range(part.count)]
    return int(np.argmax(sums))


def beats(frame: Frame, answer: Pooled) -> tuple[Beat, ...]:
    """Return one moment a window, when its result has come; alone, one for each thing done."""
    part = part_of(frame, answer)
    alone = bool(frame.knobs["once"])
    kind = "max" if frame.knobs["kinds"] == "both" else str(frame.knobs["kinds"])
    if alone:
        return (Beat("take", 0.0), Beat(kind, FOUND * ALONE), Beat(kind, PUT * ALONE))
    seconds = seconds_of(part.count, alone)
    starts = [0.0, *accumulate(seconds)]
    said = [
        frame.say(words.WINDOW, index=index + 1, count=part.count) for index in range(part.count)
    ]
    return (
        Beat("take", 0.0),
        *(Beat(kind, starts[i] + PUT * seconds[i], said[i]) for i in range(part.count)),
    )


def moment(frame: Frame, answer: Pooled, time: float) -> Moment:
    """Return where the animation stands; a pointer on a window borrows it."""
    part = part_of(frame, answer)
    hovered = window_of(frame.hover, part)
    if hovered is not None:
        return Moment(hovered, hovered, 1.0, 1.0, 1.0)
    alone = bool(frame.knobs["once"])
    seconds = seconds_of(part.count, alone)
    starts = list(accumulate(seconds, initial=0.0))
    at = max(i for i in range(len(seconds)) if starts[i] <= time or i == 0)
    since, long = time - starts[at], seconds[at]
    index = clearest(part, answer.maps[0, map_index(frame, answer)]) if alone else at
    if frame.reduced:
        return Moment(index, index, 1.0, 1.0, 1.0)
    return Moment(
        index=index,
        previous=index if alone else max(index - 1, 0),
        come=share(since, 0, COME * long, in_out_cubic),
        found=share(since, COME * long, (FOUND - COME) * long, out_quad),
        put=share(since, FOUND * long, (PUT - FOUND) * long, out_cubic),
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
    seconds = seconds_of(part_of(frame, answer).count, False)
    return sum(seconds[:index]) + PUT * seconds[index]
