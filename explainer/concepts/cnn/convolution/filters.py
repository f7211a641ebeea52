"""Many kernels, many maps: what the net has learned beside what people made."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.convolution import words
from explainer.concepts.cnn.convolution.hand_made import NAMES
from explainer.concepts.cnn.convolution.layout import ConvolutionLayout
from explainer.concepts.cnn.convolution.moments import tiles_done
from explainer.concepts.cnn.convolution.pad import is_empty
from explainer.concepts.cnn.convolution.probe import HAND_MADE, Filtered
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Target
from explainer.stage.heatmap import draw_map, outline
from explainer.stage.lettering import CENTRE, SEMIBOLD, write
from explainer.stage.ribbons import draw_link, draw_ribbon


def tile(answer: Filtered, index: int) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Return a tile's kernel and map, each with the largest magnitude for its colours."""
    count = len(answer.learned)
    if index < count:
        kernel, values = answer.learned[index], answer.learned_maps[index]
    else:
        kernel, values = answer.made[index - count], answer.made_maps[index - count]
    return kernel, values, float(np.abs(kernel).max()), float(np.abs(values).max())


def name_of(frame: Frame, answer: Filtered, index: int) -> str:
    """Return what a tile is called."""
    count = len(answer.learned)
    if index < count:
        return frame.say(words.MAP_N, n=index + 1)
    return frame.say(NAMES[HAND_MADE[index - count]])


def hovered(frame: Frame) -> int | None:
    """Return the tile under the pointer."""
    return int(frame.hover[1]) if len(frame.hover) == 2 and frame.hover[0] == "tile" else None


def draw_still(
    painter: QPainter, layout: ConvolutionLayout, frame: Frame, answer: Filtered, colours: Colours
) -> None:
    """Draw the drawing, all kernels and all maps: the moving part covers what is to come."""
    t = layout.room.type
    for rect, text in zip(layout.headings, (words.LEARNED, words.MADE), strict=True):
        write(painter, rect, frame.say(text), 17 * t, colours.ink, SEMIBOLD)
    if not layout.source.isEmpty():
        above = QRectF(layout.source.x(), layout.source.top() - 30 * t, 200, 24 * t)
        drawing = words.EXAMPLE if is_empty(frame.drawing) else words.DRAWING
        write(painter, above, frame.say(drawing), 16 * t, colours.ink, SEMIBOLD)
        draw_map(painter, layout.source, answer.image, 1.0, "image", colours)
        start = QPointF(layout.source.right(), layout.source.center().y())
        for first in (layout.tiles[0][1], layout.tiles[len(answer.learned)][1]):
            end = QPointF(first.left() - 12, first.center().y())
            high = layout.source.height() * 0.5, first.height() * 0.7
            draw_ribbon(painter, start, high[0], end, high[1], colours.ribbon, (0.26, 0.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for index, (small, large) in enumerate(layout.tiles):
        kernel, values, weight_peak, peak = tile(answer, index)
        draw_map(painter, small, kernel, weight_peak, "weight", colours)
        draw_map(painter, large, values, peak, "signed", colours)
        painter.setPen(QPen(colours.faint, 1))
        painter.drawRects([small, large])
        middle = large.center().x()
        ends = QPointF(middle, small.bottom() + 2), QPointF(middle, large.top() - 2)
        draw_link(painter, *ends, colours.faint, 1.4)
        under = QRectF(large.x() - 4, large.bottom() + 3, large.width() + 8, 22 * t)
        said = name_of(frame, answer, index)
        write(painter, under, said, 14 * t, colours.muted, align=CENTRE)
    if not layout.source.isEmpty():
        _draw_note(painter, layout, frame, colours)


def _draw_note(
    painter: QPainter, layout: ConvolutionLayout, frame: Frame, colours: Colours
) -> None:
    """Say under the drawing how the colours are scaled."""
    t = layout.room.type
    lines = frame.say(words.SCALES).split("\n")
    for place, line in enumerate(lines):
        top = layout.source.bottom() + 10 + 21 * t * place
        box = QRectF(layout.source.x(), top, layout.source.width() + 20, 21 * t)
        write(painter, box, line, 14 * t, colours.muted)


def draw_moving(
    painter: QPainter,
    layout: ConvolutionLayout,
    frame: Frame,
    answer: Filtered,
    time: float,
    colours: Colours,
) -> None:
    """Cover the maps still to come, and frame the one at work."""
    done = tiles_done(frame, len(layout.tiles), time)
    for index in range(int(done), len(layout.tiles)):
        small, large = layout.tiles[index]
        veil = 1.0 if index > int(done) else 1 - (done - index)
        painter.setOpacity(veil)
        painter.fillRect(large.adjusted(1, 1, -1, -1), colours.background)
        painter.setOpacity(0.75 * veil)
        painter.fillRect(small.adjusted(1, 1, -1, -1), colours.background)
    painter.setOpacity(1.0)
    active = hovered(frame)
    if active is None and done < len(layout.tiles):
        active = int(done)
    if active is not None and active < len(layout.tiles):
        for rect in layout.tiles[active]:
            outline(painter, rect, colours, 2.4)


def hit(layout: ConvolutionLayout, point: QPointF) -> Target:
    """Return ("tile", index) under a point."""
    for index, (small, large) in enumerate(layout.tiles):
        if small.united(large).contains(point):
            return ("tile", index)
    return ()
