"""Window by window in time: which window is active when, and how far its sum has come."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from explainer.concepts.cnn.convolution import words
from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.probe import (
    Filtered,
)
from explainer.lesson import Language
from explainer.stage.frame import Beat, Frame, Target
from explainer.stage.motion import in_out_cubic, linear, out_cubic, share

# The first window, often on blank paper, is slow enough to follow, and so are the first SLOW that
# touch ink. Those between take RUN seconds at most, those after REST, each a little shorter than
# the one before. At last the strongest window is gone back to: the last lies on blank paper.
SLOW, SLOW_SECONDS, RUN, REST, BACK = 3, 1.2, 0.6, 3.3, 0.8
# Shares of a slow window's time at which each part of the arithmetic is done.
PARTS = (
    ("window", 0.2), ("product", 0.5), ("sum", 0.62), ("bias", 0.72), ("relu", 0.84), ("put", 0.94)
)  # fmt: skip
# The share of its time after which any other window has come, its number with it.
COME = 0.4
# Rounding may leave a beat a hair before the moment it stands for.
ALMOST = 1 - 1e-6
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


@dataclass(frozen=True, slots=True)
class Pace:
    """When each window is at work; under ten seconds in all.

    Parameters
    ----------
    slow : frozenset of int
        The windows whose arithmetic is shown part by part.
    ends : tuple of float
        When each window makes way for the next.
    strongest : int
        The window to come back to when all are done.
    """

    slow: frozenset[int]
    ends: tuple[float, ...]
    strongest: int

    @property
    def back(self) -> float:
        """When the strongest window has come back."""
        return self.ends[-1] + BACK

    def start(self, index: int) -> float:
        """Return when a window begins to come."""
        return self.ends[index - 1] if index else 0.0

    def done(self, index: int) -> float:
        """Return when a window's result lies in its pixel."""
        part = PARTS[-1][1] if index in self.slow else COME
        return self.start(index) + part * (self.ends[index] - self.start(index))


@lru_cache(maxsize=256)
def pace(count: int, first: int, strongest: int) -> Pace:
    """Return the pace of `count` windows of which `first` is the first to touch ink."""
    inked = range(first, min(first + SLOW, count))
    run = max(first - 1, 0)
    rest = count - inked.stop
    seconds = np.full(count, SLOW_SECONDS)
    seconds[1 : 1 + run] = min(RUN, 0.3 * run) / max(run, 1)
    passed = min(REST, 0.6 * rest) * np.sqrt(np.arange(rest + 1) / max(rest, 1))
    seconds[inked.stop :] = np.diff(passed)
    ends = tuple(float(end) for end in np.cumsum(seconds))
    return Pace(frozenset((0, *inked)), ends, strongest)


@lru_cache(maxsize=8)
def pace_of(answer: Convolved) -> Pace:
    """Return the pace at which a map is gone through."""
    return pace(answer.count, answer.first_inked, int(answer.conv.argmax()))


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
    return _slide_beats(pace_of(answer), frame.language)


# A frame is made for every move of the pointer, and 700 beats take over a millisecond.
@lru_cache(maxsize=32)
def _slide_beats(pace: Pace, language: Language) -> tuple[Beat, ...]:
    count = len(pace.ends)
    result = [Beat("window", 0.0, _window(0, count, language))]
    for index in range(count):
        said = _window(index, count, language)
        if index in pace.slow:
            start = pace.start(index)
            result += [Beat(key, start + part * SLOW_SECONDS, said) for key, part in PARTS[:-1]]
        result.append(Beat("relu", pace.done(index), said))
    result.append(Beat("relu", pace.back, words.STRONGEST.said(language)))
    return tuple(result)


def _window(index: int, count: int, language: Language) -> str:
    return words.WINDOW.said(language, index=index + 1, count=count)


def _row(frame: Frame, index: int, count: int) -> str:
    return frame.say(words.ROW, index=index + 1, count=count)


def moment(frame: Frame, answer: Convolved, time: float) -> Moment:
    """Return where the animation stands; a pointer on either grid borrows the window."""
    now = _alone(frame, answer, time) if frame.knobs["once"] else _sliding(pace_of(answer), time)
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


def _sliding(pace: Pace, time: float) -> Moment:
    last = len(pace.ends) - 1
    if time >= pace.ends[last] and pace.strongest != last:
        way = share(time, pace.ends[last], BACK, in_out_cubic)
        return Moment(pace.strongest, last, last + 1, way)
    if time >= pace.done(last):
        return Moment(last, last, last + 1)
    index = min(bisect_right(pace.ends, time), last)
    start = pace.start(index)
    long = pace.ends[index] - start
    now = Moment(index, max(index - 1, 0), index)
    if index not in pace.slow:
        way = share(time, start, COME * long)
        # The number is there as soon as the window is; there is no time to watch it come.
        return replace(now, come=way, put=float(way >= ALMOST))
    shares, before = [], 0.0
    for _, part in PARTS:
        shares.append(share(time, start + before * long, (part - before) * long))
        before = part
    come, products, sums, bias, relu, put = shares
    return Moment(index, max(index - 1, 0), index, come, products, sums, bias, relu, put)


def settled(now: Moment) -> tuple[int, bool]:
    """Return the window that has come, and whether its result is there.

    A window under way is not yet counted: what is said of it and the readout, which counts the
    windows that have come, are of the same moment.
    """
    if now.come < 1 - 1e-9 and now.previous != now.index:
        return now.previous, True
    return now.index, now.put >= ALMOST


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
    return pace_of(answer).done(index)


def rows_done(frame: Frame, answer: Convolved, time: float) -> float:
    """Return how many rows ReLU has passed, with the part of the row at work."""
    rows = answer.conv.shape[0]
    reached = min(max(time / SWEEP, 0.0), 1.0) * rows
    return float(round(reached)) if frame.reduced else reached


def tiles_done(frame: Frame, count: int, time: float) -> float:
    """Return how many kernels and maps stand there, with the part of the one at work."""
    return float(count) if frame.reduced else min(time / TILE, float(count))
