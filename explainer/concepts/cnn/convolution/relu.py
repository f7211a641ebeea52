"""ReLU on a whole map: before, the hinge, after, and how many zeros that makes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.convolution import words
from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.layout import ConvolutionLayout
from explainer.concepts.cnn.convolution.moments import rows_done, window_of
from explainer.concepts.cnn.convolution.parts import (
    draw_filled,
    draw_heading,
    draw_waiting,
)
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.heatmap import cell, draw_grid, draw_legend, draw_map, outline
from explainer.stage.hinge import draw_dot, draw_dots, draw_hinge, on_hinge
from explainer.stage.lettering import CENTRE, REGULAR, number, write
from explainer.stage.ribbons import draw_link


def draw_still(
    painter: QPainter, layout: ConvolutionLayout, frame: Frame, answer: Convolved, colours: Colours
) -> None:
    """Draw the map before ReLU, the headings and the hinge."""
    t = layout.room.type
    layer = frame.say(words.LAYERS[answer.layer])
    place = frame.say(words.ranked(answer.map + 1, int(frame.knobs["map"])))
    detail = frame.say(words.MAP_OF, layer=layer, map=place)
    draw_heading(painter, layout.source, frame.say(words.BEFORE_RELU), detail, t, colours)
    draw_heading(painter, layout.output, frame.say(words.AFTER_RELU), detail, t, colours)
    draw_map(painter, layout.source, answer.conv, answer.peak, "signed", colours)
    draw_grid(painter, layout.source, *answer.conv.shape, colours.line)
    draw_waiting(painter, layout.output, answer.conv.shape, colours)
    draw_hinge(painter, layout.hinge, colours)
    above = layout.hinge.translated(0, -layout.hinge.height() / 2 - 20 * t)
    write(painter, above, "y = max(z, 0)", 17 * t, colours.ink, align=CENTRE)
    negative = int((answer.conv < 0).sum())
    said = frame.say(words.NEGATIVE, count=negative, all=answer.count)
    write(painter, layout.headings[0], said, 16 * t, colours.ink, REGULAR, CENTRE)
    for rect in layout.legends:
        title = frame.say(words.MAP_VALUE)
        peak = answer.peak
        draw_legend(painter, rect, title, -peak, peak, "signed", colours, 14 * t)


def draw_moving(
    painter: QPainter,
    layout: ConvolutionLayout,
    frame: Frame,
    answer: Convolved,
    time: float,
    colours: Colours,
) -> None:
    """Draw the map after ReLU as far as it is, the row at work, and its values on the hinge."""
    rows, columns = answer.conv.shape
    reached = rows_done(frame, answer, time)
    done = min(int(reached), rows)
    passed = done * columns
    draw_filled(painter, layout.output, answer.relu, passed, answer.peak, colours)
    t = layout.room.type
    if done:
        zeros = int((answer.relu[:done] == 0).sum())
        counted = words.ZEROS if done == rows else words.ZEROS_SO_FAR
        said = frame.say(counted, count=zeros, all=passed)
        write(painter, layout.headings[1], said, 16 * t, colours.ink, REGULAR, CENTRE)
    index = window_of(frame.hover, answer)
    row = min(done, rows - 1) if index is None else index // columns
    draw_dots(painter, layout.hinge, answer.conv[row].tolist(), answer.peak, colours)
    if index is None:
        if done >= rows:
            return
        for rect in (layout.source, layout.output):
            first = cell(rect, row, 0, rows, columns)
            outline(painter, QRectF(first.x(), first.y(), rect.width(), first.height()), colours, 2)
        y = cell(layout.source, row, 0, rows, columns).center().y()
        _lead(painter, layout, y, y, colours)
        return
    value = float(answer.conv.flat[index])
    places = [cell(r, row, index % columns, rows, columns) for r in (layout.source, layout.output)]
    if index >= passed:
        after = float(answer.relu.flat[index])
        painter.fillRect(places[1], colours.colour_of(after, answer.peak, "signed"))
    for place in places:
        outline(painter, place, colours)
    _lead(painter, layout, places[0].center().y(), places[1].center().y(), colours)
    draw_dot(painter, on_hinge(layout.hinge, value, answer.peak), colours, 7)
    under = QRectF(layout.hinge.x() - 30, layout.hinge.bottom() + 8, layout.hinge.width() + 60, 28)
    said = f"{number(value, 3)} → {number(max(value, 0), 3)}"
    write(painter, under, said, 17 * t, colours.ink, align=CENTRE)


def _lead(
    painter: QPainter, layout: ConvolutionLayout, before: float, after: float, colours: Colours
) -> None:
    """Lead from the row into the hinge and out of it."""
    middle = layout.hinge.center().y()
    thick = 3 if colours.is_projector else 1.6
    left = QPointF(layout.source.right() + 2, before), QPointF(layout.hinge.left(), middle)
    right = QPointF(layout.hinge.right(), middle), QPointF(layout.output.left() - 2, after)
    painter.setPen(QPen(colours.amber, thick))
    for ends in (left, right):
        draw_link(painter, *ends, colours.amber, thick)
