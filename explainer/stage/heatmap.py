"""Matrices as pictures: one indexed image each, grid lines, numbers, legends."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from explainer.stage.colours import Colours, RampName, levels
from explainer.stage.lettering import CENTRE, LEFT, REGULAR, RIGHT, number, width, write


def image(values: np.ndarray, peak: float, ramp: RampName, colours: Colours) -> QImage:
    """Return a matrix as an image, one pixel a value.

    Parameters
    ----------
    values : ndarray, (rows, columns)
        Finite.
    peak : float
        Magnitude shown at the end of the ramp.
    ramp : str
        "signed", "weight", "magnitude" or "image".
    colours : Colours
        The theme.
    """
    table = colours.tables[ramp]
    return packed(table[levels(values, peak)])


def packed(rgb: np.ndarray) -> QImage:
    """Return pixels (rows, columns, 3) uint8 as an image of 32-bit pixels.

    Qt enlarges 24-bit pixels five times slower (measured).
    """
    rows, columns = rgb.shape[:2]
    pixels = np.empty((rows, columns, 4), np.uint8)
    pixels[..., :3], pixels[..., 3] = rgb[..., ::-1], 255  # blue first
    # The copy owns its bytes; an image over numpy's would outlive them.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


def draw_map(
    painter: QPainter,
    rect: QRectF,
    values: np.ndarray,
    peak: float,
    ramp: RampName,
    colours: Colours,
) -> None:
    """Draw a matrix into a rectangle with sharp cells."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(rect, image(values, peak, ramp, colours))


def draw_maps(
    painter: QPainter,
    rects: Sequence[QRectF],
    maps: np.ndarray,
    peak: float,
    ramp: RampName,
    colours: Colours,
    veiled: Collection[int] = (),
) -> None:
    """Draw many matrices of one size by one image; one each costs several times as much.

    Parameters
    ----------
    rects : sequence of QRectF
        One a matrix.
    maps : ndarray, (n, rows, columns)
    veiled : collection of int
        Those that step back.
    """
    high, wide = maps.shape[-2:]
    stacked = image(maps.reshape(-1, wide), peak, ramp, colours)
    parts = [QRectF(0, place * high, wide, high) for place in range(len(rects))]
    if veiled:
        # Before they are enlarged: a veil over 40 tiles cost 1.3 ms (measured).
        veil = QColor(colours.background)
        veil.setAlphaF(0.45)
        with QPainter(stacked) as over:
            for place in veiled:
                over.fillRect(parts[place], veil)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    for rect, part in zip(rects, parts, strict=True):
        painter.drawImage(rect, stacked, part)


def cell(rect: QRectF, row: int, column: int, rows: int, columns: int) -> QRectF:
    """Return the rectangle of one cell of a grid."""
    wide, high = rect.width() / columns, rect.height() / rows
    return QRectF(rect.x() + column * wide, rect.y() + row * high, wide, high)


def cell_at(rect: QRectF, point: QPointF, rows: int, columns: int) -> tuple[int, int] | None:
    """Return (row, column) of the cell under a point, or None outside the grid."""
    if not rect.contains(point):
        return None
    row = int((point.y() - rect.y()) / rect.height() * rows)
    column = int((point.x() - rect.x()) / rect.width() * columns)
    return min(row, rows - 1), min(column, columns - 1)


def draw_grid(painter: QPainter, rect: QRectF, rows: int, columns: int, colour: QColor) -> None:
    """Draw hairlines between the cells and round the edge.

    Sharp on purpose: smoothed, those of a 28 x 28 grid are blurred and take 2 ms (measured).
    """
    xs = [rect.x() + rect.width() * c / columns for c in range(columns + 1)]
    ys = [rect.y() + rect.height() * r / rows for r in range(rows + 1)]
    painter.setPen(QPen(colour, 1))
    was_smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawLines(
        [QLineF(x, rect.top(), x, rect.bottom()) for x in xs]
        + [QLineF(rect.left(), y, rect.right(), y) for y in ys]
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, was_smooth)


def draw_numbers(
    painter: QPainter,
    rect: QRectF,
    values: np.ndarray,
    peak: float,
    ramp: RampName,
    colours: Colours,
    px: float,
    decimals: int = 2,
) -> None:
    """Write each value in its cell, in the ink that reads on its colour."""
    rows, columns = values.shape
    for row in range(rows):
        inks = colours.inks_on(values[row], peak, ramp)
        for column, ink in enumerate(inks):
            value = float(values[row, column])
            box = cell(rect, row, column, rows, columns).adjusted(2, 0, -2, 0)
            write(painter, box, number(value, decimals), px, ink, align=CENTRE)


def draw_untouched(
    painter: QPainter, rect: QRectF, rows: int, columns: int, first: int, colours: Colours
) -> None:
    """Cover the cells from index `first` on: not computed yet, which is not a computed zero."""
    painter.setPen(Qt.PenStyle.NoPen)
    row, column = divmod(first, columns)
    if row >= rows:
        return
    wide, high = rect.width() / columns, rect.height() / rows
    top = rect.y() + row * high
    part = QRectF(rect.x() + column * wide, top, rect.width() - column * wide, high)
    rest = QRectF(rect.x(), top + high, rect.width(), rect.bottom() - top - high)
    painter.fillRect(part, colours.background)
    painter.fillRect(rest, colours.background)
    dots = [
        cell(rect, *divmod(index, columns), rows, columns).center()
        for index in range(first, rows * columns)
    ]
    painter.setPen(QPen(colours.faint, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(dots)


def outline(painter: QPainter, rect: QRectF, colours: Colours, thick: float = 3) -> None:
    """Draw the amber frame of the one active thing, with a halo that parts it from data cells."""
    thick *= 1.5 if colours.is_projector else 1
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.background, thick + 3))
    painter.drawRoundedRect(rect, 2, 2)
    painter.setPen(QPen(colours.amber, thick))
    painter.drawRoundedRect(rect, 2, 2)


def draw_legend(
    painter: QPainter,
    rect: QRectF,
    title: str,
    low: float,
    high: float,
    ramp: RampName,
    colours: Colours,
    px: float = 14,
    decimals: int = 1,
) -> None:
    """Draw a colour bar by the very mapping the maps use, with numbers under it.

    Parameters
    ----------
    rect : QRectF
        Title, a bar 9 units high, and numbers fit in it: about 48 units high at 14 px.
    low, high : float
        Ends of the bar; a low below zero puts zero in the middle.
    """
    peak = max(abs(low), abs(high))
    line = px * 1.35
    write(painter, QRectF(rect.x(), rect.y(), rect.width(), line), title, px, colours.muted)
    bar = QRectF(rect.x(), rect.y() + line + 3, rect.width(), 9)
    values = np.linspace(low, high, 128)[None, :]
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(bar, image(values, peak, ramp, colours))
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)
    under = QRectF(rect.x(), bar.bottom() + 2, rect.width(), line)
    ends = number(low, decimals), number(high, decimals)
    write(painter, under, ends[0], px, colours.muted, REGULAR, LEFT)
    write(painter, under, ends[1], px, colours.muted, REGULAR, RIGHT)
    middle = number((low + high) / 2, decimals)
    if width(ends[0] + ends[1] + middle, px) + 2 * px < rect.width():
        write(painter, under, middle, px, colours.muted, REGULAR, CENTRE)
