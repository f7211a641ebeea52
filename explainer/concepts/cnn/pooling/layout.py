"""Where things lie in the pooling scene, and which window of the map is which."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRectF

from explainer.concepts.cnn.pooling.probe import SHIFTS, Pooled
from explainer.concepts.cnn.rank import by_strength
from explainer.stage.frame import Frame, Room

MARGIN = 32.0
# A part of the map is at most this many cells wide, so that its numbers can be read.
PART = 9
# Below this share of the map's largest result a result is faint: there is nothing to see in it.
FAINT = 0.1
FIELD_LAYERS = ("relu1", "pool1", "relu2", "pool2")


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a map that is shown, and the block of results it makes.

    Parameters
    ----------
    row, column : int
        The upper left result, counted in the whole pooled map.
    rows, columns : int
        Results shown.
    size, stride : int
        The window.
    high, wide : int
        Cells of the map shown, from `top`, `left`.
    """

    row: int
    column: int
    rows: int
    columns: int
    size: int
    stride: int
    high: int
    wide: int

    @property
    def top(self) -> int:
        """First map row shown."""
        return self.row * self.stride

    @property
    def left(self) -> int:
        """First map column shown."""
        return self.column * self.stride

    @property
    def used(self) -> tuple[int, int]:
        """Rows and columns of the shown cells that some window takes; the rest is left out."""
        beyond = self.size - self.stride
        return self.rows * self.stride + beyond, self.columns * self.stride + beyond

    @property
    def count(self) -> int:
        """How many windows there are."""
        return self.rows * self.columns

    def of(self, values: np.ndarray) -> np.ndarray:
        """Return the shown part of a map, shape (high, wide)."""
        return values[self.top : self.top + self.high, self.left : self.left + self.wide]

    def results(self, pooled: np.ndarray) -> np.ndarray:
        """Return the shown block of a pooled map, shape (rows, columns)."""
        return pooled[self.row : self.row + self.rows, self.column : self.column + self.columns]

    def window(self, index: int, values: np.ndarray) -> np.ndarray:
        """Return the values of window `index`, shape (size, size), from the whole map."""
        row, column = divmod(index, self.columns)
        top, left = (self.row + row) * self.stride, (self.column + column) * self.stride
        return values[top : top + self.size, left : left + self.size]

    def window_at(self, row: int, column: int) -> int | None:
        """Return the last window that holds a shown cell, or None if no window does."""
        at = min(row // self.stride, self.rows - 1), min(column // self.stride, self.columns - 1)
        inside = row < at[0] * self.stride + self.size and column < at[1] * self.stride + self.size
        return at[0] * self.columns + at[1] if inside else None


def map_index(frame: Frame, answer: Pooled) -> int:
    """Return the chosen map, counted from 0, within what the answer's layer has.

    The knob counts by strength, so that the first map on show is never a silent one.
    """
    order = _order(answer)
    return order[min(int(frame.knobs["map"]), len(order)) - 1]


# Asked for several times a paint.
@lru_cache(maxsize=8)
def _order(answer: Pooled) -> tuple[int, ...]:
    return tuple(int(index) for index in by_strength(answer.maps[0]))


def part_of(frame: Frame, answer: Pooled) -> Part:
    """Return the part of the map to show: all of it, where it was clicked, or where it is busiest.

    Parameters
    ----------
    frame : Frame
        Its knobs `extent`, `row` and `column` are heeded.
    answer : Pooled
        The window is the answer's own, so that a late answer still fits.
    """
    knobs = frame.knobs
    whole = knobs["extent"] == "whole"
    return _part(answer, map_index(frame, answer), whole, int(knobs["row"]), int(knobs["column"]))


# Asked for several times a paint, and searching the busiest part takes a third of a millisecond.
@lru_cache(maxsize=8)
def _part(answer: Pooled, chosen: int, whole: bool, clicked_row: int, clicked_column: int) -> Part:
    pooled = answer.average[0, chosen]
    high, wide = answer.maps.shape[2:]
    size, stride = answer.size, answer.stride
    if whole:
        return Part(0, 0, *pooled.shape, size, stride, high, wide)
    rows, columns = (min((min(PART, side) - size) // stride + 1, side) for side in (high, wide))
    rows, columns = min(rows, pooled.shape[0]), min(columns, pooled.shape[1])
    if clicked_row < 0:
        # The block with most results that are not faint; among equals, the one of largest sum.
        seen = np.float64(pooled > FAINT * pooled.max())
        seen += pooled / max(float(pooled.sum()), 1e-9)
        blocks = np.lib.stride_tricks.sliding_window_view(seen, (rows, columns))
        sums = blocks.sum(axis=(2, 3))
        row, column = np.unravel_index(int(sums.argmax()), sums.shape)
    else:
        row, column = clicked_row // stride, clicked_column // stride
    return Part(
        min(int(row), pooled.shape[0] - rows),
        min(int(column), pooled.shape[1] - columns),
        rows,
        columns,
        size,
        stride,
        (rows - 1) * stride + size,
        (columns - 1) * stride + size,
    )


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of pooling: heading, the window enlarged, its result, and all results."""

    kind: str
    heading: QRectF
    operands: QRectF
    result: QRectF
    caption: QRectF
    output: QRectF


@dataclass(frozen=True, slots=True)
class PoolingLayout:
    """Rectangles of the pooling scene, in design units; unused ones are empty.

    Attributes
    ----------
    room : Room
    heading, detail, thumb : QRectF
        Over the input, where the whole map stands small.
    grid : QRectF
        The part of the map, or the drawing in the picture of fields.
    legend : QRectF
    lanes : tuple of Lane
    tiles : tuple of tuple of QRectF
        Maps in rows: before and after; by kind and shift; or one a layer.
    bars : tuple of QRectF
        One row a thing counted.
    """

    room: Room
    heading: QRectF = field(default_factory=QRectF)
    detail: QRectF = field(default_factory=QRectF)
    thumb: QRectF = field(default_factory=QRectF)
    grid: QRectF = field(default_factory=QRectF)
    legend: QRectF = field(default_factory=QRectF)
    lanes: tuple[Lane, ...] = ()
    tiles: tuple[tuple[QRectF, ...], ...] = ()
    bars: tuple[QRectF, ...] = ()


def pooling_layout(frame: Frame, room: Room) -> PoolingLayout:
    """Return the layout of the step's picture in a room."""
    picture = frame.knobs["picture"]
    if picture == "saved":
        return _saved(frame, room)
    if picture == "shift":
        return _shift(room)
    if picture == "place":
        return _place(room)
    return _windows(frame, room)


def _windows(frame: Frame, room: Room) -> PoolingLayout:
    t = room.type
    tallest = 720 - 56 - 60 * t - 66 * t
    both = frame.knobs["kinds"] == "both"
    side = min(room.width * (0.4 if both and not room.large else 0.35), tallest)
    top = 28 + 60 * t + (tallest - side) / 2
    grid = QRectF(MARGIN, top, side, side)
    thumb = 54 * t
    words = QRectF(MARGIN, top - 60 * t, side - thumb - 12, 26 * t)
    lanes = ("max", "average") if both else (str(frame.knobs["kinds"]),)
    low = 28.0
    high = (720 - 2 * low) / len(lanes)
    return PoolingLayout(
        room,
        heading=words,
        detail=words.translated(0, 25 * t),
        thumb=QRectF(grid.right() - thumb, top - thumb - 8, thumb, thumb),
        grid=grid,
        legend=QRectF(MARGIN, grid.bottom() + 16, side, 50 * t),
        lanes=tuple(_lane(kind, grid, low + high * i, high, room) for i, kind in enumerate(lanes)),
    )


def _lane(kind: str, grid: QRectF, top: float, high: float, room: Room) -> Lane:
    """Lay a lane out from the input's right edge to the margin."""
    t, left = room.type, grid.right()
    right = room.width - MARGIN
    free = right - left
    tall = high - (34 + 56) * t
    is_alone = high > 400
    output = min(free * (0.3 if is_alone else 0.33), tall + 16 * t)
    middle = free - output
    operands = min(middle * (0.48 if is_alone else 0.44), tall)
    result = min(middle * 0.22, operands * 0.6)
    gap = (middle - operands - result) / 3
    centre = grid.center().y() if is_alone else top + 34 * t + tall / 2
    first = left + gap * 0.95
    second = first + operands + gap * 1.1
    box = QRectF(first, centre - operands / 2, operands, operands)
    return Lane(
        kind=kind,
        heading=QRectF(first, box.top() - 32 * t, right - output - first - 8, 26 * t),
        operands=box,
        result=QRectF(second, centre - result / 2, result, result),
        caption=QRectF(first, box.bottom() + 8, right - output - first - 16, 46 * t),
        output=QRectF(right - output, centre - output / 2, output, output),
    )


def _saved(frame: Frame, room: Room) -> PoolingLayout:
    t = room.type
    counted = bool(frame.knobs["counted"])
    bars_high = 2 * 74 * t if counted else 0.0
    top = 28 + 60 * t
    gap = 200.0
    side = min(720 - 28 - bars_high - 20 * counted - top, (room.width - 2 * MARGIN - gap) / 2)
    left = (room.width - 2 * side - gap) / 2
    tiles = (QRectF(left, top, side, side), QRectF(left + side + gap, top, side, side))
    wide = room.width - 2 * MARGIN
    first = 720 - 28 - bars_high
    legend = QRectF(left + side + 24, top + side - 52 * t, gap - 48, 48 * t)
    return PoolingLayout(
        room,
        tiles=(tiles,),
        bars=tuple(
            QRectF(MARGIN, first + 74 * t * i + 12 * t, wide, 62 * t) for i in range(2 * counted)
        ),
        legend=legend,
        detail=QRectF(left + side + 16, top + side * 0.4 - 40 * t, gap - 32, 26 * t),
    )


def _shift(room: Room) -> PoolingLayout:
    t = room.type
    names = 128 * min(t, 1.25)
    free = room.width - 2 * MARGIN - names
    column = free / len(SHIFTS)
    foot = 0.0 if room.large else 60.0
    row = (720 - 28 - 24 - foot) / 4
    side = min(row - 18, column * 0.56)
    tiles = tuple(
        tuple(
            QRectF(MARGIN + names + column * i, 28 + row * j + 8, side, side)
            for i in range(len(SHIFTS))
        )
        for j in range(4)
    )
    legend = QRectF() if room.large else QRectF(MARGIN + names, 720 - 24 - 50, 280, 50)
    return PoolingLayout(room, tiles=tiles, legend=legend, detail=QRectF(MARGIN, 0, names - 12, 0))


def _place(room: Room) -> PoolingLayout:
    t = room.type
    side = min(room.width * 0.4, 720 - 64 - 64 * t)
    grid = QRectF(MARGIN, 32 + 34 * t, side, side)
    left = grid.right() + 56
    column = (room.width - MARGIN - left + 24) / 2
    row = (720 - 56) / 2
    tile = min(column - 24, row - 92 * t)
    tiles = tuple(
        QRectF(left + column * (i % 2), 32 + 34 * t + row * (i // 2), tile, tile)
        for i in range(len(FIELD_LAYERS))
    )
    return PoolingLayout(
        room,
        heading=QRectF(MARGIN, 28, side, 28 * t),
        grid=grid,
        detail=QRectF(MARGIN, grid.bottom() + 8, side, 28 * t),
        legend=QRectF() if room.large else QRectF(MARGIN, 720 - 28 - 50, 300, 50),
        tiles=(tiles,),
        bars=(QRectF(0, 0, column - 24, 0),),
    )
