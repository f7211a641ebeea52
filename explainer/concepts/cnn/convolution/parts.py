"""What the pictures of the convolution scene share: both grids, the window, its numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen

from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.moments import Moment
from explainer.stage.colours import Colours, RampName, fade
from explainer.stage.frame import Target
from explainer.stage.heatmap import cell, draw_grid, draw_map, draw_numbers, outline
from explainer.stage.lettering import SEMIBOLD, number, width, write
from explainer.stage.ribbons import draw_lens_band

NUMBERS_FROM = 36.0  # units a cell must be wide to hold a number
FILLED = 0.84  # share of a cell that its number may fill
SMALLEST = 14.0  # size of the smallest number, before the room's factor


def source_ramp(answer: Convolved) -> RampName:
    """Return how the input is coloured: a drawing as ink, maps as signed values."""
    return "signed" if answer.layer == "conv2" else "image"


def draw_heading(
    painter: QPainter, rect: QRectF, title: str, detail: str, t: float, colours: Colours
) -> None:
    """Write a title and a detail over a grid."""
    above = QRectF(rect.x(), rect.top() - 50 * t, max(rect.width(), 210 * t), 25 * t)
    if not detail:
        above.translate(0, 22 * t)
    write(painter, above, title, 18 * t, colours.ink, SEMIBOLD)
    if detail:
        write(painter, above.translated(0, 24 * t), detail, 15 * t, colours.muted)


def draw_label(painter: QPainter, rect: QRectF, text: str, t: float, colours: Colours) -> None:
    """Write a word over the middle of a small grid."""
    above = QRectF(rect.x() - 20, rect.top() - 26 * t, rect.width() + 40, 22 * t)
    write(painter, above, text, 15 * t, colours.muted, align=Qt.AlignmentFlag.AlignCenter)


def draw_values(
    painter: QPainter,
    rect: QRectF,
    values: np.ndarray,
    peak: float,
    ramp: RampName,
    colours: Colours,
    px: float,
    decimals: int = 2,
    wide_enough: float = NUMBERS_FROM,
) -> None:
    """Draw a grid of cells, with their numbers in cells of `wide_enough` units."""
    rows, columns = values.shape
    draw_map(painter, rect, values, peak, ramp, colours)
    draw_grid(painter, rect, rows, columns, colours.line)
    if rect.width() / columns >= wide_enough:
        draw_numbers(painter, rect, values, peak, ramp, colours, px, decimals)


def least_cell(values: np.ndarray, decimals: int, t: float) -> float:
    """Return how wide a cell must be for the widest of its numbers to be read, in units."""
    return 5 + max(width(number(float(v), decimals), SMALLEST * t) for v in values.flat)


def most_decimals(cell_width: float, peak: float, t: float) -> int:
    """Return how many decimals, 2 to 5, a cell has room for; `peak` is its largest magnitude."""
    room = (d for d in (5, 4, 3) if width(number(-peak, d), SMALLEST * t) <= cell_width - 5)
    return next(room, 2)


def fitted_px(px: float, cell_width: float, peak: float, decimals: int, t: float) -> float:
    """Return the size of numbers up to `peak` in magnitude, with air between the cells."""
    filling = FILLED * cell_width / width(number(-peak, decimals), 1000) * 1000
    return max(min(px, filling), SMALLEST * t)


def decimals_of(*arrays: np.ndarray) -> int:
    """Return how many decimals numbers need, 0 to 2: none where all are whole."""
    for decimals in (0, 1):
        if all(np.allclose(a, np.round(a, decimals), rtol=0, atol=1e-5) for a in arrays):
            return decimals
    return 2


def draw_source(
    painter: QPainter, rect: QRectF, answer: Convolved, channel: int, colours: Colours, px: float
) -> None:
    """Draw one channel of the input, its padding hatched: those zeros are no part of it."""
    rows, columns = answer.sides
    values = answer.padded[channel]
    ramp = source_ramp(answer)
    if answer.padding:
        draw_map(painter, rect, values, answer.source_peak, ramp, colours)
        inner = inside(rect, answer)
        frame = QPainterPath()
        frame.addRect(rect)
        frame.addRect(inner)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(frame, colours.background)
        painter.fillPath(frame, QBrush(colours.faint, Qt.BrushStyle.BDiagPattern))
        draw_grid(painter, rect, rows, columns, colours.line)
        painter.setPen(QPen(colours.muted, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inner)
        if rect.width() / columns >= NUMBERS_FROM:
            source, peak = answer.source[channel], answer.source_peak
            draw_numbers(painter, inner, source, peak, ramp, colours, px, decimals_of(source))
        return
    decimals = decimals_of(answer.padded)
    draw_values(painter, rect, values, answer.source_peak, ramp, colours, px, decimals)


def inside(rect: QRectF, answer: Convolved) -> QRectF:
    """Return the part of the input's rectangle that is no padding."""
    rows, columns = answer.sides
    high, wide = rect.height() / rows * answer.padding, rect.width() / columns * answer.padding
    return rect.adjusted(wide, high, -wide, -high)


def window_rect(rect: QRectF, answer: Convolved, index: int) -> QRectF:
    """Return the rectangle that a window spans on the input."""
    top, left = answer.corner(index)
    corner = cell(rect, top, left, *answer.sides)
    reach = answer.reach
    return QRectF(corner.x(), corner.y(), corner.width() * reach, corner.height() * reach)


def between(start: QRectF, end: QRectF, way: float) -> QRectF:
    """Return the rectangle `way`, 0 to 1, from one to another."""
    return QRectF(
        start.x() + (end.x() - start.x()) * way,
        start.y() + (end.y() - start.y()) * way,
        start.width() + (end.width() - start.width()) * way,
        start.height() + (end.height() - start.height()) * way,
    )


def draw_window(
    painter: QPainter, rect: QRectF, answer: Convolved, now: Moment, colours: Colours
) -> QRectF:
    """Draw the window on the input, with the single pixels it takes where they lie apart."""
    way = between(
        window_rect(rect, answer, now.previous), window_rect(rect, answer, now.index), now.come
    )
    if answer.dilation > 1:
        taps = QPainterPath()
        for row in range(answer.size):
            for column in range(answer.size):
                at = cell(way, row * answer.dilation, column * answer.dilation, *[answer.reach] * 2)
                taps.addRect(at)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.background, 4))
        painter.drawPath(taps)
        painter.setPen(QPen(colours.amber, 2.4 if colours.is_projector else 2))
        painter.drawPath(taps)
        painter.setPen(QPen(colours.amber, 1.2))
        painter.drawRect(way)
    else:
        outline(painter, way, colours)
    return way


def draw_enlarged(
    painter: QPainter, grid: QRectF, window: QRectF, target: QRectF, colours: Colours
) -> None:
    """Lead from the window to its enlargement; over the input only by two lines."""
    thick = 2.4 if colours.is_projector else 1.4
    painter.setPen(QPen(colours.amber, thick))
    painter.drawLines(
        [QLineF(window.right(), y, grid.right(), y) for y in (window.top(), window.bottom())]
    )
    edge = QRectF(grid.right() - 1, window.top(), 1, window.height())
    draw_lens_band(painter, edge, target, colours.amber, thick)


def draw_output(
    painter: QPainter,
    rect: QRectF,
    answer: Convolved,
    values: np.ndarray,
    now: Moment,
    colours: Colours,
    px: float,
) -> QRectF:
    """Draw the output as far as it is filled, over the dots; return the pixel at work."""
    rows, columns = values.shape
    target = cell(rect, *divmod(now.index, columns), rows, columns)
    before = cell(rect, *divmod(now.previous, columns), rows, columns)
    draw_filled(painter, rect, values, now.revealed, answer.peak, colours)
    if rect.width() / columns >= NUMBERS_FROM:
        draw_first_numbers(painter, rect, values, now.revealed, answer.peak, colours, px)
    if now.put > 0 and now.index >= now.revealed:
        value = float(values.flat[now.index])
        fill = colours.colour_of(value, answer.peak, "signed")
        painter.fillRect(target, fade(fill, now.put))
        if target.width() >= NUMBERS_FROM and now.put >= 1:
            one = np.array([[value]])
            decimals = decimals_of(values)
            draw_values(painter, target, one, answer.peak, "signed", colours, px, decimals)
    # It travels with the window, so that both frames always stand for the same place.
    target = between(before, target, now.come)
    outline(painter, target, colours, 2.4)
    return target


def draw_filled(
    painter: QPainter,
    rect: QRectF,
    values: np.ndarray,
    count: int,
    peak: float,
    colours: Colours,
) -> None:
    """Draw the first `count` cells of a matrix: its whole rows, and the row begun."""
    rows, columns = values.shape
    whole, begun = divmod(count, columns)
    wide, high = rect.width() / columns, rect.height() / rows
    parts = (
        (QRectF(rect.x(), rect.y(), rect.width(), high * whole), values[:whole]),
        (QRectF(rect.x(), rect.y() + high * whole, wide * begun, high), values[whole:, :begun][:1]),
    )
    for place, part in parts:
        if part.size:
            draw_map(painter, place, part, peak, "signed", colours)
            draw_grid(painter, place, *part.shape, colours.line)


def draw_first_numbers(
    painter: QPainter,
    rect: QRectF,
    values: np.ndarray,
    count: int,
    peak: float,
    colours: Colours,
    px: float,
) -> None:
    """Write the numbers of the first `count` cells."""
    rows, columns = values.shape
    decimals = decimals_of(values)
    for index in range(count):
        row, column = divmod(index, columns)
        box = cell(rect, row, column, rows, columns)
        one = values[row : row + 1, column : column + 1]
        draw_numbers(painter, box, one, peak, "signed", colours, px, decimals)


def draw_waiting(painter: QPainter, rect: QRectF, shape: tuple[int, ...], colours: Colours) -> None:
    """Draw a grid of dots: a dot means not computed yet, which is not a computed zero."""
    rows, columns = shape
    draw_grid(painter, rect, rows, columns, colours.line)
    wide, high = rect.width() / columns, rect.height() / rows
    xs = rect.x() + (np.arange(columns) + 0.5) * wide
    ys = rect.y() + (np.arange(rows) + 0.5) * high
    pen = QPen(colours.faint, min(2.4, wide * 0.17))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints([QPointF(x, y) for y in ys for x in xs])


def draw_met(
    painter: QPainter, rect: QRectF, answer: Convolved, hover: Target, colours: Colours
) -> None:
    """Mark every pixel of the input that one weight is ever multiplied by."""
    weight = weight_of(hover, answer)
    if weight is None:
        return
    rows, columns = answer.sides
    step = answer.dilation
    centres = [
        cell(rect, r * answer.stride + weight[0] * step, c * answer.stride + weight[1] * step,
             rows, columns).center()
        for r in range(answer.conv.shape[0])
        for c in range(answer.conv.shape[1])
    ]  # fmt: skip
    size = max(3.0, rect.width() / columns * 0.34)
    for colour, thick in ((colours.background, size + 1.5), (colours.amber, size)):
        pen = QPen(colour, thick)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(centres)


def weight_of(hover: Target, answer: Convolved) -> tuple[int, int] | None:
    """Return the weight under the pointer as (row, column), or None."""
    if len(hover) != 3 or hover[0] not in ("weight", "pixel", "product"):
        return None
    row, column = int(hover[1]), int(hover[2])
    return (row, column) if max(row, column) < answer.size else None


def draw_weight_links(
    painter: QPainter, grids: tuple[QRectF, ...], answer: Convolved, hover: Target, colours: Colours
) -> None:
    """Frame the same place in the window, the kernel and the products."""
    weight = weight_of(hover, answer)
    if weight is not None:
        for grid in grids:
            if not grid.isEmpty():
                outline(painter, cell(grid, *weight, answer.size, answer.size), colours)
