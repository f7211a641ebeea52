"""Where things lie in the drawing scene."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF

from explainer.stage.frame import Room, Target

# The columns of the net: name, number of maps, whether they stand in two staggered columns.
MAPS = {"conv1": 8, "pool1": 8, "conv2": 16, "pool2": 16}
TOP, BOTTOM = 96.0, 640.0


@dataclass(frozen=True, slots=True)
class DrawLayout:
    """Rectangles of the drawing scene, in design units.

    Attributes
    ----------
    room : Room
    pad, preview, buttons : QRectF
        Where to draw, what the network gets, and where undo, eraser and clear stand.
    tiles : mapping of str to tuple of QRectF
        Every map of every column.
    hidden : QRectF
        The strip of hidden neurons.
    bars : tuple of QRectF
        One row a digit.
    zoom : QRectF
        Where a map or a pixel opens.
    legend_top : float
    """

    room: Room
    pad: QRectF
    preview: QRectF
    buttons: QRectF
    tiles: dict[str, tuple[QRectF, ...]]
    hidden: QRectF
    bars: tuple[QRectF, ...]
    zoom: QRectF
    legend_top: float


@lru_cache(maxsize=4)
def draw_layout(room: Room) -> DrawLayout:
    """Return the layout for a room; in a large one the columns grow and legends go."""
    left = 28.0
    pad = QRectF(left, TOP - 4, 264, 264)
    preview = QRectF(left + 34, 420, 196, 196)
    across = (room.width - 28 - 340) / (1192 - 28 - 340)

    def x(at_1192: float) -> float:
        return 340 + (at_1192 - 340) * across

    grow = min(1.12, max(1.0, across))
    tiles = {
        "conv1": _column(x(346), 58 * grow, MAPS["conv1"]),
        "pool1": _column(x(450), 48 * grow, MAPS["pool1"]),
        "conv2": _staggered(x(582), x(582) + 56 * grow, 46 * grow, MAPS["conv2"]),
        "pool2": _staggered(x(734), x(734) + 50 * grow, 40 * grow, MAPS["pool2"]),
    }
    bar_left, bar_right = x(954), room.width - 28
    pitch = (BOTTOM - TOP) / 10
    bars = tuple(QRectF(bar_left, TOP + pitch * i, bar_right - bar_left, pitch) for i in range(10))
    return DrawLayout(
        room=room,
        pad=pad,
        preview=preview,
        buttons=QRectF(pad.right() - 124, 44, 124, 40),
        tiles=tiles,
        hidden=QRectF(x(866), TOP + 8, 14, BOTTOM - TOP - 16),
        bars=bars,
        zoom=QRectF(336, 24, room.width - 336 - 28, 640),
        legend_top=658,
    )


def _column(x: float, side: float, count: int) -> tuple[QRectF, ...]:
    pitch = (BOTTOM - TOP) / count
    return tuple(QRectF(x, TOP + pitch * (i + 0.5) - side / 2, side, side) for i in range(count))


def _staggered(x0: float, x1: float, side: float, count: int) -> tuple[QRectF, ...]:
    """Return two interleaved columns, so that each map keeps a height of its own for its edges."""
    pitch = (BOTTOM - TOP - side) / (count - 1)
    return tuple(QRectF(x1 if i % 2 else x0, TOP + pitch * i, side, side) for i in range(count))


def left_of(tile: QRectF) -> QPointF:
    """Return where edges arrive."""
    return QPointF(tile.left(), tile.center().y())


def right_of(tile: QRectF) -> QPointF:
    """Return where edges leave."""
    return QPointF(tile.right(), tile.center().y())


def hit_net(layout: DrawLayout, point: QPointF, sizes: dict[str, int]) -> Target:
    """Return the map and cell, the bar or the input under a point.

    Parameters
    ----------
    sizes : mapping of str to int
        Rows (and columns) of each column's maps; empty while nothing is drawn.
    """
    for name, tiles in layout.tiles.items():
        for index, tile in enumerate(tiles):
            if tile.contains(point):
                side = sizes.get(name)
                if side is None:
                    return (name, index)
                row = min(int((point.y() - tile.y()) / tile.height() * side), side - 1)
                column = min(int((point.x() - tile.x()) / tile.width() * side), side - 1)
                return (name, index, row, column)
    for digit, bar in enumerate(layout.bars):
        if bar.contains(point):
            return ("bar", digit)
    return ()
