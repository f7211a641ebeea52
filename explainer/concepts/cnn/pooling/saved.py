"""All maps before and after pooling, and what the smaller ones save the next layer."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from explainer.concepts.cnn.pooling import words
from explainer.concepts.cnn.pooling.layout import PoolingLayout
from explainer.concepts.cnn.pooling.probe import Pooled
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame
from explainer.stage.heatmap import draw_legend, draw_map
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, number, percent, width, write
from explainer.stage.motion import share

SHRINK_AT, COUNT_AT, SECONDS = 1.6, 3.4, 1.4


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the moments: the maps as they come, pooled, and counted."""
    after = Beat("after", SHRINK_AT + SECONDS)
    if not frame.knobs["counted"]:
        return (Beat("before", 0.0), after)
    return (Beat("before", 0.0), after, Beat("counted", COUNT_AT + SECONDS))


def places(rect: QRectF, count: int) -> list[QRectF]:
    """Return where each of `count` maps lies in a square block, row by row."""
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    side = rect.width() / columns
    top = rect.y() + (rect.height() - rows * side) / 2
    gap = side * 0.05
    return [
        QRectF(
            rect.x() + (i % columns) * side + gap,
            top + (i // columns) * side + gap,
            side - 2 * gap,
            side - 2 * gap,
        )
        for i in range(count)
    ]


def draw_still(
    painter: QPainter, layout: PoolingLayout, frame: Frame, answer: Pooled, colours: Colours
) -> None:
    """Draw the maps before pooling, headings and what the bars count."""
    t, (before, after) = layout.room.type, layout.tiles[0]
    maps = answer.maps[0]
    results = answer.pooled("max")
    write_head(painter, before, words.LAYERS[answer.layer].said(frame.language), colours, t)
    write_head(painter, after, frame.say(words.AFTER), colours, t)
    for block, shape in ((before, maps.shape), (after, results.shape)):
        size = f"{shape[1]}×{shape[2]}"
        said = frame.say(words.MAPS_OF, count=shape[0], size=size)
        line = QRectF(block.x(), block.y() - 30 * t, block.width(), 24 * t)
        write(painter, line, said, 15 * t, colours.muted)
    for place, values in zip(places(before, len(maps)), maps, strict=True):
        draw_map(painter, place, values, answer.peak, "signed", colours)
    draw_edges(painter, places(before, len(maps)), colours)
    said = frame.say(words.WINDOW_AND_STRIDE, size=answer.size, stride=answer.stride)
    line = layout.detail
    for part in said.split("\n"):
        write(painter, line, part, 16 * t, colours.muted, align=CENTRE)
        line = line.translated(0, 24 * t)
    y = line.top() + 12 * t
    left, right = line.left() + 12, line.right() - 12
    painter.setPen(QPen(colours.muted, 1.6))
    painter.drawLine(QPointF(left, y), QPointF(right, y))
    painter.drawPolyline(
        QPolygonF([QPointF(right - 7, y - 6), QPointF(right, y), QPointF(right - 7, y + 6)])
    )
    said = frame.say(words.VALUES)
    draw_legend(painter, layout.legend, said, 0, answer.peak, "signed", colours, 14 * t)


def draw_edges(painter: QPainter, tiles: list[QRectF], colours: Colours) -> None:
    """Draw the edges of maps, which may be as pale as the stage."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1))
    painter.drawRects(tiles)


def write_head(painter: QPainter, block: QRectF, said: str, colours: Colours, t: float) -> None:
    """Write a block's heading, two lines above it."""
    line = QRectF(block.x(), block.y() - 58 * t, block.width(), 26 * t)
    write(painter, line, said, 18 * t, colours.ink, SEMIBOLD)


def draw_moving(
    painter: QPainter,
    layout: PoolingLayout,
    frame: Frame,
    answer: Pooled,
    time: float,
    colours: Colours,
) -> None:
    """Draw the maps as they shrink, true to scale, and the bars as they follow."""
    shrunk = 1.0 if frame.reduced else share(time, SHRINK_AT, SECONDS)
    counted = 1.0 if frame.reduced else share(time, COUNT_AT, SECONDS)
    maps, results = answer.maps[0], answer.pooled("max")
    scale = 1 - (1 - results.shape[1] / maps.shape[1]) * shrunk
    shown = results if shrunk > 0 else maps
    slots = places(layout.tiles[0][1], len(shown))
    inset = slots[0].width() * (1 - scale) / 2
    small = [slot.adjusted(inset, inset, -inset, -inset) for slot in slots]
    for place, values in zip(small, shown, strict=True):
        draw_map(painter, place, values, answer.peak, "signed", colours)
    draw_edges(painter, small, colours)
    if layout.bars:
        cost = answer.cost
        layer = frame.say(words.LAYERS[cost.layer])
        rows = (
            (frame.say(words.VALUE_COUNT), cost.values),
            (frame.say(words.MULTIPLY_ADDS, layer=layer), cost.multiply_adds),
        )
        for bar, (title, counts) in zip(layout.bars, rows, strict=True):
            _draw_bar(painter, bar, title, counts, counted, frame, colours, layout.room.type)


def _draw_bar(
    painter: QPainter,
    rect: QRectF,
    title: str,
    counts: tuple[int, int],
    counted: float,
    frame: Frame,
    colours: Colours,
    t: float,
) -> None:
    before, after = counts
    line = QRectF(rect.x(), rect.y(), rect.width(), 28 * t)
    write(painter, line, title, 17 * t, colours.ink)
    kept = after / before if before else 1.0
    if counted > 0:
        last = frame.say(words.SHARE_LEFT, share=percent(kept))
        write(painter, line, last, 16 * t, colours.muted, align=RIGHT)
        right = line.right() - width(last, 16 * t) - 22 * t
        result = number(after, 0)
        line.setRight(right)
        write(painter, line, result, 19 * t, colours.ink, SEMIBOLD, RIGHT)
        line.setRight(right - width(result, 19 * t, SEMIBOLD) - 8 * t)
        write(painter, line, f"{number(before, 0)}  →", 17 * t, colours.muted, align=RIGHT)
    else:
        write(painter, line, number(before, 0), 17 * t, colours.muted, align=RIGHT)
    bar = QRectF(rect.x(), line.bottom() + 6 * t, rect.width(), 18 * t)
    radius = 4 * t
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fade(colours.line, 0.5) if colours.is_projector else colours.line)
    painter.drawRoundedRect(bar, radius, radius)
    bar.setWidth(max(bar.width() * (1 - (1 - kept) * counted), radius))
    painter.setBrush(colours.solid("magnitude"))
    painter.drawRoundedRect(bar, radius, radius)
