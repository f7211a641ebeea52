"""Window by window in time: which window is active when, and how far its sum has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from explainer.concepts.cnn.convolution import words
from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.probe import (
    Filtered,
)
from explainer.lesson import Language
from explainer.stage.motion import in_out_cubic, linear, out_cubic, share
from explainer.stage.view import Beat, Frame, Target

# The first windows are slow enough to follow; the others together take REST seconds at most,
# each a little shorter than the one before.
SLOW, SLOW_SECONDS, REST = 3, 1.5, 4.8
# Shares of a slow window's time at which each part of the arithmetic is done.
PARTS = (("window", 0.22), ("product", 0.5), ("sum", 0.64), ("bias", 0.75), ("relu", 0.87))
# A window shown by itself: seconds for each part; every further channel takes CHANNEL seconds.
ALONE = (("window", 0.7), ("product", 2.2), ("sum", 0.8), ("bias", 0.8), ("relu", 1.0))
CHANNEL, PUT = 0.35, 0.7
SWEEP = 6.0  # seconds for ReLU over the rows of a map
TILE = 0.45  # seconds for each kernel and its map


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the animation stands; shares are 0 to 1.

    Parameters
    ----------
    index, previous : int
        The window at work, and the one it comes from.
    revealed : int
        Output pixels filled so far, in order.
    come, products, sums, bias, relu, put : float
        How far the window has come; products formed; channels summed; bias added; ReLU passed;
        the result put into its pixel.
    """

    index: int
    previous: int
    revealed: int
    come: float = 1.0
    products: float = 1.0
    sums: float = 1.0
    bias: float = 1.0
    relu: float = 1.0
    put: float = 1.0


@lru_cache(maxsize=256)
def ends(count: int) -> tuple[float, ...]:
    """Return when each of `count` windows is done; under ten seconds in all."""
    slow = min(count, SLOW)
    rest = count - slow
    seconds = min(REST, 0.6 * rest)
    later = seconds * np.sqrt(np.arange(1, rest + 1) / max(rest, 1))
    first = SLOW_SECONDS * np.arange(1, slow + 1)
    return (*(float(t) for t in first), *(float(slow * SLOW_SECONDS + t) for t in later))


@lru_cache(maxsize=64)
def ends_alone(channels: int) -> dict[str, float]:
    """Return when each part of a window shown by itself is done, "put" the last."""
    at, result = 0.0, {}
    for key, seconds in ALONE:
        at += seconds + (CHANNEL * (channels - 1) if key == "sum" else 0)
        result[key] = at
    return {**result, "put": at + PUT}


def telling(frame: Frame, answer: Convolved) -> int:
    """Return the window to explain by itself: the one with the largest or the smallest sum."""
    if frame.knobs["window"] == "smallest":
        return int(answer.conv.argmin())
    return int(answer.conv.argmax())


def shown_channel(frame: Frame, answer: Convolved) -> int:
    """Return the channel shown large: under the pointer, chosen, or the one that gives most."""
    if len(frame.hover) == 2 and frame.hover[0] == "channel":
        return min(int(frame.hover[1]), answer.channels - 1)
    chosen = int(frame.knobs["channel"])
    if chosen:
        return min(chosen, answer.channels) - 1
    return int(np.abs(answer.sums(telling(frame, answer))).argmax())


def beats(frame: Frame, answer: Convolved | Filtered) -> tuple[Beat, ...]:
    """Return the moments of the step's picture."""
    if isinstance(answer, Filtered):
        learned, made = len(answer.learned), len(answer.made)
        keys = ["learned"] * learned + ["made"] * made
        return tuple(Beat(key, TILE * i) for i, key in enumerate([*keys, keys[-1]]))
    if frame.knobs["scene"] == "relu":
        rows = answer.conv.shape[0]
        return (
            Beat("before", 0.0),
            *(Beat("after", SWEEP * (i + 1) / rows, _row(frame, i, rows)) for i in range(rows)),
        )
    if frame.knobs["once"]:
        at = ends_alone(answer.channels)
        return (Beat("window", 0.0), *(Beat("relu" if k == "put" else k, t) for k, t in at.items()))
    return _slide_beats(answer.count, frame.language)


# A frame is made for every move of the pointer, and 700 beats take over a millisecond.
@lru_cache(maxsize=32)
def _slide_beats(count: int, language: Language) -> tuple[Beat, ...]:
    done = ends(count)
    result = [Beat("window", 0.0, _window(0, count, language))]
    for index, end in enumerate(done):
        said = _window(index, count, language)
        if index < SLOW:
            start = SLOW_SECONDS * index
            result += [Beat(key, start + part * SLOW_SECONDS, said) for key, part in PARTS]
        result.append(Beat("relu", end, said))
    return tuple(result)


def _window(index: int, count: int, language: Language) -> str:
    return words.WINDOW.said(language, index=index + 1, count=count)


def _row(frame: Frame, index: int, count: int) -> str:
    return frame.say(words.ROW, index=index + 1, count=count)


def moment(frame: Frame, answer: Convolved, time: float) -> Moment:
    """Return where the animation stands; a pointer on either grid borrows the window."""
    now = _alone(frame, answer, time) if frame.knobs["once"] else _sliding(answer.count, time)
    if frame.reduced:
        now = Moment(now.index, now.index, max(now.revealed, now.index + 1))
    hovered = window_of(frame.hover, answer)
    return now if hovered is None else Moment(hovered, hovered, now.revealed)


def _alone(frame: Frame, answer: Convolved, time: float) -> Moment:
    at = ends_alone(answer.channels)
    index = telling(frame, answer)
    start, shares = 0.0, {}
    for key, end in at.items():
        shares[key] = share(time, start, end - start, linear)
        start = end
    return Moment(
        index=index,
        previous=index,
        revealed=0,
        come=in_out_cubic(shares["window"]),
        products=shares["product"],
        sums=shares["sum"],
        bias=in_out_cubic(shares["bias"]),
        relu=in_out_cubic(shares["relu"]),
        put=out_cubic(shares["put"]),
    )


def _sliding(count: int, time: float) -> Moment:
    done = ends(count)
    index = min(int(np.searchsorted(done, time, side="right")), count - 1)
    if time >= done[-1]:
        return Moment(count - 1, count - 1, count)
    start = done[index - 1] if index else 0.0
    long = done[index] - start
    now = Moment(index, max(index - 1, 0), index)
    if index >= SLOW:
        way = share(time, start, 0.6 * long)
        # The number is there as soon as the window is; there is no time to watch it come.
        return replace(now, come=way, put=float(way >= 1))
    shares, before = [], 0.0
    for _, part in (*PARTS, ("put", 1.0)):
        shares.append(share(time, start + before * long, (part - before) * long))
        before = part
    come, products, sums, bias, relu, put = shares
    return Moment(index, max(index - 1, 0), index, come, products, sums, bias, relu, put)


def window_of(target: Target, answer: Convolved) -> int | None:
    """Return the window that a target on the input or on the output belongs to."""
    if len(target) != 3:
        return None
    name, row, column = target
    if name == "output":
        rows, columns = answer.conv.shape
        if int(row) < rows and int(column) < columns:
            return int(row) * columns + int(column)
    if name == "input":
        return answer.window_at(int(row), int(column))
    return None


def time_of(frame: Frame, answer: Convolved, index: int) -> float:
    """Return the moment at which a window's result lies in its pixel."""
    if frame.knobs["once"]:
        return ends_alone(answer.channels)["put"]
    return ends(answer.count)[index]


def rows_done(frame: Frame, answer: Convolved, time: float) -> float:
    """Return how many rows ReLU has passed, with the part of the row at work."""
    rows = answer.conv.shape[0]
    reached = min(max(time / SWEEP, 0.0), 1.0) * rows
    return float(round(reached)) if frame.reduced else reached


def tiles_done(frame: Frame, count: int, time: float) -> float:
    """Return how many kernels and maps stand there, with the part of the one at work."""
    return float(count) if frame.reduced else min(time / TILE, float(count))
