"""Window by window: what max and average pooling keep, with their numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen

from explainer.concepts.cnn.convolution.words import ranked
from explainer.concepts.cnn.pooling import words
from explainer.concepts.cnn.pooling.lane import (
    between,
    draw_lane,
    draw_still_lane,
    holds_numbers,
    tight_px,
    write_values,
)
from explainer.concepts.cnn.pooling.layout import Part, PoolingLayout, map_index, part_of
from explainer.concepts.cnn.pooling.moments import moment
from explainer.concepts.cnn.pooling.probe import Pooled
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Frame
from explainer.stage.heatmap import cell, draw_grid, draw_legend, draw_map, outline
from explainer.stage.lettering import RIGHT, SEMIBOLD, width, write
from explainer.stage.ribbons import draw_ribbon


def draw_still(
    painter: QPainter, layout: PoolingLayout, frame: Frame, answer: Pooled, colours: Colours
) -> None:
    """Draw the part of the map, where it lies, and all results: the moving part covers some."""
    part, chosen, t = part_of(frame, answer), map_index(frame, answer), layout.room.type
    values, peak = answer.maps[0, chosen], answer.peak
    layer = frame.say(words.LAYERS[answer.layer])
    place = frame.say(ranked(chosen + 1, int(frame.knobs["map"])))
    title = frame.say(words.RANKED, layer=layer, map=place)
    write(painter, layout.heading, title, 18 * t, colours.ink, SEMIBOLD)
    whole = f"{values.shape[0]}×{values.shape[1]}"
    is_part = (part.high, part.wide) != values.shape
    detail = words.PART_OF if is_part else words.WHOLE
    said = frame.say(detail, whole=whole, part=f"{part.high}×{part.wide}")
    write(painter, layout.detail, said, 15 * t, colours.muted)
    if is_part:
        _draw_thumb(painter, layout.thumb, part, values, peak, colours)

    grid = layout.grid
    shown = part.of(values)
    draw_map(painter, grid, shown, peak, "signed", colours)
    draw_grid(painter, grid, part.high, part.wide, colours.line)
    if holds_numbers(grid.width() / part.wide, t):
        write_values(painter, grid, shown, peak, colours, 16 * min(t, 1.4), 1)
    elif px := tight_px(grid.width() / part.wide, t):
        write_values(painter, grid, shown, peak, colours, px, 1, 0.05)
    if part.used != (part.high, part.wide):
        _draw_left_out(painter, layout, frame, part, colours)
    draw_legend(painter, layout.legend, frame.say(words.VALUES), 0, peak, "signed", colours, 14 * t)
    for lane in layout.lanes:
        draw_still_lane(painter, lane, frame, answer, part, colours, t)


def _draw_left_out(
    painter: QPainter, layout: PoolingLayout, frame: Frame, part: Part, colours: Colours
) -> None:
    """Hatch the cells that no window takes, and say so over them."""
    t, grid = layout.room.type, layout.grid
    rows, columns = part.used
    taken = QRectF(grid)
    taken.setSize(QSizeF(grid.width() * columns / part.wide, grid.height() * rows / part.high))
    rest = QPainterPath()
    rest.addRect(grid)
    rest.addRect(taken)
    said = frame.say(words.LEFT_OUT)
    line = QRectF(layout.detail)
    line.setRight(grid.right())
    write(painter, line, said, 15 * t, colours.muted, align=RIGHT)
    side = 14 * t
    left = line.right() - width(said, 15 * t) - 8 * t - side
    swatch = QPainterPath()
    swatch.addRect(QRectF(left, line.center().y() - side / 2, side, side))
    for path in (rest, swatch):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(path, fade(colours.background, 0.6))
        painter.fillPath(path, QBrush(colours.muted, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(colours.muted, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


def _draw_thumb(
    painter: QPainter, rect: QRectF, part: Part, values: np.ndarray, peak: float, colours: Colours
) -> None:
    draw_map(painter, rect, values, peak, "signed", colours)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1))
    painter.drawRect(rect)
    high, wide = rect.height() / values.shape[0], rect.width() / values.shape[1]
    shown = QRectF(
        rect.x() + part.left * wide,
        rect.y() + part.top * high,
        part.wide * wide,
        part.high * high,
    )
    painter.setPen(QPen(colours.ink, 1.6))
    painter.drawRect(shown)


def draw_moving(
    painter: QPainter,
    layout: PoolingLayout,
    frame: Frame,
    answer: Pooled,
    time: float,
    colours: Colours,
) -> None:
    """Draw the window, its values enlarged, what is kept, and the results not yet made."""
    part, now = part_of(frame, answer), moment(frame, answer, time)
    values = answer.maps[0, map_index(frame, answer)]
    box = between(
        _window_rect(layout.grid, part, now.previous),
        _window_rect(layout.grid, part, now.index),
        now.come,
    )
    middle = QPointF(layout.grid.right(), box.center().y())
    thick = 2.4 if colours.is_projector else 1.4
    painter.setPen(QPen(colours.amber, thick))
    painter.drawLines(
        [QLineF(box.right(), y, layout.grid.right(), y) for y in (box.top(), box.bottom())]
    )
    for lane in layout.lanes:
        end = QPointF(lane.operands.left(), lane.operands.center().y())
        reach = lane.operands.height()
        draw_ribbon(painter, middle, box.height(), end, reach, colours.amber, (0.34, 0.14))
    window = part.window(now.index, values)
    for lane in layout.lanes:
        draw_lane(painter, lane, frame, answer, part, now, window, colours, layout.room.type)
    outline(painter, box, colours)


def _window_rect(grid: QRectF, part: Part, index: int) -> QRectF:
    row, column = divmod(index, part.columns)
    corner = cell(grid, row * part.stride, column * part.stride, part.high, part.wide)
    return QRectF(corner.x(), corner.y(), corner.width() * part.size, corner.height() * part.size)
