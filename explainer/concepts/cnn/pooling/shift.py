"""How far the maps move when the drawing is pushed sideways, without and with pooling."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.cnn.convolution.pad import is_empty
from explainer.concepts.cnn.convolution.words import EXAMPLE, ranked
from explainer.concepts.cnn.pooling import words
from explainer.concepts.cnn.pooling.layout import MARGIN, PoolingLayout, map_index
from explainer.concepts.cnn.pooling.probe import KINDS, SHIFTS, Pooled
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame
from explainer.stage.heatmap import draw_legend, draw_map, outline
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, write
from explainer.stage.motion import share

EVERY = 1.8  # seconds from one push to the next
GROWS = 0.9
# Rounding may leave a beat a hair before the moment it stands for.
ALMOST = 1e-6


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return two moments a push: when it comes, and when its bars have grown.

    So the readout counts a push as soon as the picture shows it.
    """
    result = [Beat("length", 0.0, said_push(frame, 0))]
    for index in range(1, len(SHIFTS)):
        said = said_push(frame, index)
        result += [Beat("pushed", EVERY * index + after, said) for after in (0.0, GROWS)]
    return tuple(result)


def time_of(index: int) -> float:
    """Return when the bars of a push have grown."""
    return EVERY * index + (GROWS if index else 0.0)


def said_push(frame: Frame, index: int) -> str:
    """Return how a push is said, with its direction: "+2 px"."""
    answer: Any = frame.answer
    shift = SHIFTS[index] * answer.direction
    plus = "+" if shift > 0 else ""
    return frame.say(words.PIXELS, shift=plus + number(shift, 0))


def column_at(frame: Frame, time: float) -> int:
    """Return the push shown as the active one: the pointer's, or the latest."""
    if frame.hover[:1] == ("shift",):
        return int(frame.hover[1])
    reached = int(time / EVERY + ALMOST)
    return len(SHIFTS) - 1 if frame.reduced else min(reached, len(SHIFTS) - 1)


def bar_colour(kind: str, colours: Colours) -> QColor:
    """Return the colour of a kind's bars: grey without pooling, then blue and violet."""
    if kind == "none":
        return colours.ribbon
    return colours.solid("signed" if kind == "max" else "magnitude")


def draw_still(
    painter: QPainter, layout: PoolingLayout, frame: Frame, answer: Pooled, colours: Colours
) -> None:
    """Draw the pushed drawings and the chosen map of each, in a row a kind of pooling."""
    t, chosen = layout.room.type, map_index(frame, answer)
    rows = (answer.pictures, *(m[:, chosen] for m in _maps_by_kind(answer)))
    kinds = words.SHORT_KINDS if layout.room.large else words.KINDS
    drawing = EXAMPLE if is_empty(frame.drawing) else words.DRAWING
    names = (drawing, *(kinds[kind] for kind in KINDS))
    for row, (pictures, tiles) in enumerate(zip(rows, layout.tiles, strict=True)):
        middle = tiles[0].center().y()
        if row:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(bar_colour(KINDS[row - 1], colours))
            painter.drawRoundedRect(QRectF(MARGIN, middle - 7, 5, 14), 2, 2)
        place = QRectF(MARGIN + 14, middle - 14 * t, layout.detail.width() - 14, 28 * t)
        write(painter, place, names[row].said(frame.language), 16 * t, colours.ink, SEMIBOLD)
        for picture, tile in zip(pictures, tiles, strict=True):
            ramp = "signed" if row else "image"
            draw_map(painter, tile, picture, answer.peak if row else 1.0, ramp, colours)
            painter.setPen(QPen(colours.line, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(tile)
    if not layout.legend.isEmpty():
        place = frame.say(ranked(chosen + 1, int(frame.knobs["map"])))
        said = frame.say(words.CHANGE_LEGEND, map=place)
        draw_legend(painter, layout.legend, said, 0, answer.peak, "signed", colours, 14 * t)


def _maps_by_kind(answer: Pooled) -> tuple:
    return answer.maps, answer.maximum, answer.average


def draw_moving(
    painter: QPainter,
    layout: PoolingLayout,
    frame: Frame,
    answer: Pooled,
    time: float,
    colours: Colours,
) -> None:
    """Draw the bars as each push comes, and cover the pushes still to come."""
    t = layout.room.type
    active = column_at(frame, time)
    everything = frame.reduced or bool(frame.hover)
    widest = max(1.0, float(max((c for c in answer.changes.flat if math.isfinite(c)), default=1)))
    for index in range(len(SHIFTS)):
        grown = 1.0 if everything or not index else share(time, EVERY * index, GROWS)
        if not everything and index > active:
            _cover(painter, layout, index, colours)
            continue
        tile = layout.tiles[0][index]
        place = beside(layout, 0, index)
        write(painter, place, said_push(frame, index), 18 * t, colours.ink, SEMIBOLD)
        for row, kind in enumerate(KINDS, start=1):
            change = float(answer.changes[row - 1, index])
            _draw_change(painter, beside(layout, row, index), change, widest, grown,
                         bar_colour(kind, colours), colours, t)  # fmt: skip
        if not index:
            # Nothing has moved in this column, so there is room to say what the marks stand for.
            _name_mark(painter, beside(layout, 1, 0), widest, colours, t)
        if index == active:
            outline(painter, tile, colours)


def written(change: float, decimals: int) -> str:
    """Return a relative change as a percentage, a dash where there was nothing to change."""
    return f"{number(100 * change, decimals)} %" if math.isfinite(change) else "–"


def beside(layout: PoolingLayout, row: int, column: int) -> QRectF:
    """Return the room right of a tile, for its number and bar."""
    tiles = layout.tiles[row]
    step = tiles[1].x() - tiles[0].x()
    tile = tiles[column]
    return QRectF(tile.right() + 14, tile.y(), step - tile.width() - 28, tile.height())


def _draw_change(
    painter: QPainter,
    place: QRectF,
    change: float,
    widest: float,
    grown: float,
    colour: QColor,
    colours: Colours,
    t: float,
) -> None:
    middle = place.center().y()
    line = QRectF(place.x(), middle - 30 * t, place.width(), 28 * t)
    write(painter, line, written(change, 0), 20 * t, colours.ink, SEMIBOLD)
    bar = QRectF(place.x(), middle + 4 * t, place.width(), 9 * t)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fade(colours.line, 0.4) if colours.is_projector else colours.line)
    painter.drawRoundedRect(bar, 3, 3)
    if math.isfinite(change) and change > 0:
        bar.setWidth(max(place.width() * change / widest * grown, 3))
        painter.setBrush(colour)
        painter.drawRoundedRect(bar, 3, 3)
    x = place.x() + place.width() / widest
    painter.setPen(QPen(colours.ink, 1.6))
    painter.drawLine(QLineF(x, bar.top() - 3 * t, x, bar.bottom() + 3 * t))


def _name_mark(painter: QPainter, place: QRectF, widest: float, colours: Colours, t: float) -> None:
    """Say under a bar that its mark stands at 100 %."""
    x = place.x() + place.width() / widest
    line = QRectF(place.x(), place.center().y() + 16 * t, x - place.x() + 4, 20 * t)
    write(painter, line, "100 %", 14 * t, colours.muted, align=RIGHT)


def _cover(painter: QPainter, layout: PoolingLayout, index: int, colours: Colours) -> None:
    first, last = layout.tiles[0][index], layout.tiles[-1][index]
    column = QRectF(first.topLeft(), last.bottomRight()).adjusted(-2, -2, 2, 2)
    painter.fillRect(column, colours.background)
    painter.setPen(QPen(colours.faint, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints([row[index].center() for row in layout.tiles])


def hit(layout: PoolingLayout, point: QPointF) -> tuple[str | int, ...]:
    """Return ("shift", index) for the column under the pointer."""
    for index in range(len(SHIFTS)):
        column = QRectF(layout.tiles[0][index].topLeft(), beside(layout, 3, index).bottomRight())
        if column.contains(point):
            return "shift", index
    return ()
