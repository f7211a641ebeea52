"""One map, opened large: its numbers, and lines from who looks to whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explainer.concepts.transformer.attention.layout import (
    READABLE,
    draw_matrix,
    frame_of,
    label_wide,
    row_at,
    row_rect,
)
from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.focus import (
    cell_of,
    head_of,
    layer_of,
    reading_of,
    row_of,
    weights_of,
)
from explainer.concepts.transformer.pretrained.layout import (
    Buttons,
    PretrainedLayout,
    axis_wide,
    draw_layer_buttons,
    draw_title,
    layer_buttons,
    name_columns,
    name_rows,
    names_high,
    rows_fit,
)
from explainer.concepts.transformer.pretrained.patterns import strongest_links
from explainer.concepts.transformer.pretrained.probe import Reading
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell, cell_at, draw_maps
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, number, width, write

WHOLE = 8.0  # seconds for all tokens to look in turn, however many: a longer sentence, typed at
# the end, is then shown at its end too
_MOST_LINES = 70


@dataclass(frozen=True, slots=True)
class Places:
    """Where the two axes of choice, the large map and the lines stand."""

    layers: Buttons
    head: QRectF
    small: tuple[QRectF, ...]
    title: QRectF
    whole: QRectF
    label: float
    aside: QRectF
    left: QRectF
    right: QRectF


def places(layout: PretrainedLayout, frame: Frame, reading: Reading) -> Places:
    """Return where everything stands; the lines begin and end at the height of the map's rows."""
    t, body = layout.room.type, layout.body
    layers, heads, count = reading.attention.shape[:3]
    buttons = layer_buttons(frame, body.x(), body.y(), body.width(), layers, t)
    lead = axis_wide(frame, t)
    side = min((body.width() - lead) / heads - 8, 56.0)
    y = buttons.label.bottom() + 10
    small = tuple(QRectF(body.x() + lead + i * (side + 8), y, side, side) for i in range(heads))
    head = QRectF(body.x(), y, lead, side)
    title = QRectF(body.x(), y + side + 14, body.width() * 0.5, 28 * t)
    label = label_wide(reading.tokens, 15 * t, 150.0)
    wide = body.width() * 0.5 - label
    names = names_high(reading.tokens, 14 * t, wide / count)
    top = title.bottom() + 6
    whole = QRectF(body.x() + label, top, wide, min(body.bottom() - names - top, 58.0 * count))
    x = whole.right() + 44
    figures = 56 * t
    left = QRectF(x, top, label, whole.height())
    right = QRectF(body.right() - label - figures, top, label + figures, whole.height())
    aside = QRectF(x, title.y(), body.right() - x, title.height())
    return Places(buttons, head, small, title, whole, label, aside, left, right)


def _found(frame: Frame) -> Reading:
    reading = reading_of(frame)
    assert reading is not None
    return reading


def apart(reading: Reading) -> float:
    """Return the seconds between one token's look and the next."""
    return WHOLE / (len(reading.tokens) + 1.5)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one token's look after another, then all together."""
    reading = _found(frame)
    pace = apart(reading)
    looks = [Beat("row", pace * (i + 1), token) for i, token in enumerate(reading.tokens)]
    return (Beat("map", 0.0), *looks, Beat("all", WHOLE))


def looking(frame: Frame, reading: Reading, time: float) -> int | None:
    """Return the token that looks: the pointer's, or the one whose turn it is; None is all."""
    row = row_of(frame, reading)
    if row is not None or frame.reduced:
        return row
    turn = int(time / apart(reading)) - 1
    return None if time >= WHOLE - 1e-6 else min(max(turn, 0), len(reading.tokens) - 1)


def veils(layout: PretrainedLayout, frame: Frame) -> tuple[tuple[QRectF, float], ...]:
    """Hide nothing."""
    return ()


def draw(painter: QPainter, layout: PretrainedLayout, frame: Frame, colours: Colours) -> None:
    """Draw the axes and the map with its numbers."""
    reading, t = _found(frame), layout.room.type
    at = places(layout, frame, reading)
    layer, head = layer_of(frame, reading), head_of(frame, reading)
    draw_layer_buttons(painter, at.layers, frame, layer, colours, t)
    write(painter, at.head, frame.say(words.HEAD), 16 * t, colours.muted)
    draw_maps(painter, at.small, reading.attention[layer], 1.0, "magnitude", colours)
    for place, rect in enumerate(at.small):
        hovered = frame.hover == ("small", layer, place)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.muted if hovered else colours.line, 2 if hovered else 1))
        painter.drawRect(rect)
        if place == head:
            frame_of(painter, rect, colours, 3)
    title = frame.say(words.HEAD_OF, layer=layer + 1, head=head + 1)
    draw_title(painter, at.title, title, frame.say(words.ROWS_LOOK), colours, t)
    weights = weights_of(frame, reading)
    gridded = len(weights) <= 30
    draw_matrix(painter, at.whole, weights, 1.0, "magnitude", colours, gridded)
    row = row_of(frame, reading)
    chosen = cell_of(frame, reading)
    lit = -1 if row is None else row
    name_rows(painter, at.whole, reading.tokens, 15 * t, at.label, colours, lit)
    column = -1 if chosen is None else chosen[1]
    name_columns(painter, at.whole, reading.tokens, 14 * t, colours, column)
    _write_weights(painter, at.whole, weights, colours, 14 * t)
    if chosen is not None and at.whole.height() / len(weights) > 16:
        frame_of(painter, cell(at.whole, *chosen, *weights.shape), colours, 3.2)


def written(weight: float, is_short: bool) -> str:
    """Return a weight to two decimals, the nought before the point left out where it is short."""
    said = number(weight, 2)
    return said.removeprefix("0") if is_short else said


def _write_weights(
    painter: QPainter, rect: QRectF, weights: np.ndarray, colours: Colours, px: float
) -> None:
    """Write each weight in its cell, in full or short, whichever can be read there."""
    wide, high = rect.width() / len(weights), rect.height() / len(weights)
    for is_short in (False, True):
        widest = width(written(0.0, is_short), px, SEMIBOLD)
        size = min(px, high * 0.72, px * (wide - 7) / widest)
        if size >= READABLE * px:
            break
    else:
        return
    for (row, column), value in np.ndenumerate(weights):
        fill = colours.colour_of(float(value), 1.0, "magnitude")
        box = cell(rect, row, column, *weights.shape)
        said = written(float(value), is_short)
        if is_short and value >= 0.995:
            said = "1"
        write(painter, box, said, size, colours.text_on(fill), SEMIBOLD, CENTRE)


def draw_moving(
    painter: QPainter, layout: PretrainedLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the lines of the token that looks, or the strongest of all."""
    reading, t = _found(frame), layout.room.type
    at, weights = places(layout, frame, reading), weights_of(frame, reading)
    row = looking(frame, reading, time)
    write(painter, at.aside, frame.say(words.LOOKS_AT), 15 * t, colours.muted)
    violet, high = colours.solid("magnitude"), at.left.height() / len(weights)
    from_x, to_x = at.left.right() + 4, at.right.x() - 6
    painter.setBrush(Qt.BrushStyle.NoBrush)
    links = strongest_links(weights, _MOST_LINES)
    if row is not None:
        links = [(row, int(column)) for column in np.argsort(-weights[row])]
        frame_of(painter, row_rect(at.whole, row, len(weights)), colours, 2)
    for begin, end in reversed(links):  # the strongest last, on top
        weight = float(weights[begin, end])
        if weight < 0.004:
            continue
        start = QPointF(from_x, at.left.y() + (begin + 0.5) * high)
        stop = QPointF(to_x, at.left.y() + (end + 0.5) * high)
        alpha = 0.3 + 0.6 * weight if row is not None else 0.1 + 0.65 * weight
        pen = QPen(fade(violet, alpha), 0.9 + (13 if row is not None else 7) * weight)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawPath(_strand(start, stop))
    _draw_names(painter, at, reading, weights, row, colours, t)


def _strand(start: QPointF, stop: QPointF) -> QPainterPath:
    middle = (start.x() + stop.x()) / 2
    path = QPainterPath(start)
    path.cubicTo(QPointF(middle, start.y()), QPointF(middle, stop.y()), stop)
    return path


def _draw_names(
    painter: QPainter,
    at: Places,
    reading: Reading,
    weights: np.ndarray,
    row: int | None,
    colours: Colours,
    t: float,
) -> None:
    """Write the tokens on both sides; beside those looked at, how much they get."""
    count, high = len(weights), at.left.height() / len(weights)
    fits = rows_fit(count, at.left.height(), 15 * t)
    px = min(15 * t, high * 0.82) if fits else 15 * t
    figures = 56 * t
    best = -1 if row is None else int(weights[row].argmax())
    for place, token in enumerate(reading.tokens):
        middle = at.left.y() + (place + 0.5) * high
        if fits or place == row:
            box = QRectF(at.left.x(), middle - 0.7 * px, at.left.width(), 1.4 * px)
            if place == row:
                wide = min(width(token, px, SEMIBOLD) + 16, box.width())
                back = QRectF(box.right() - wide + 4, box.y(), wide, box.height())
                painter.setPen(QPen(colours.amber, 1.6))
                painter.setBrush(colours.amber_soft)
                painter.drawRoundedRect(back, 5, 5)
            ink, weight = (colours.ink, SEMIBOLD) if place == row else (colours.muted, REGULAR)
            write(painter, box.adjusted(0, 0, -4, 0), token, px, ink, weight, RIGHT)
        if not fits and place != best:
            continue
        ink, weight = (colours.ink, SEMIBOLD) if place == best else (colours.muted, REGULAR)
        box = QRectF(at.right.x(), middle - 0.7 * px, at.right.width() - figures, 1.4 * px)
        write(painter, box, token, px, ink, weight)
        if row is not None:
            box = QRectF(at.right.right() - figures, box.y(), figures, box.height())
            said = number(float(weights[row, place]), 2)
            write(painter, box, said, px, ink, weight, RIGHT)


def hit(layout: PretrainedLayout, frame: Frame, point: QPointF) -> Target:
    """Return the layer, head, cell or token under a point."""
    reading = _found(frame)
    at, count = places(layout, frame, reading), len(reading.tokens)
    layer = at.layers.at(point)
    if layer is not None:
        return ("layer", layer)
    for place, rect in enumerate(at.small):
        if rect.contains(point):
            return ("small", layer_of(frame, reading), place)
    found = cell_at(at.whole, point, count, count)
    if found is not None:
        return ("cell", *found)
    row = row_at(at.whole, point, count, at.label)
    if row is None:
        row = row_at(at.left, point, count)
    return () if row is None else ("row", row)


def lens(frame: Frame) -> Lens | None:
    """Return who looks at whom, how strongly, and whether the row adds up to one."""
    reading = _found(frame)
    chosen = cell_of(frame, reading)
    if chosen is None:
        return None
    row, column = chosen
    weights = weights_of(frame, reading)
    added = float(weights[row].sum())
    title = frame.say(
        words.HEAD_OF, layer=layer_of(frame, reading) + 1, head=head_of(frame, reading) + 1
    )
    rows = (
        (frame.say(words.LOOKER), reading.tokens[row]),
        (frame.say(words.LOOKED), reading.tokens[column]),
        (frame.say(words.WEIGHT), number(float(weights[row, column]), 4)),
        (frame.say(words.ROW_SUM), number(added, 6)),
    )
    return Lens(title, rows, weights[row][None, :], 1.0, "magnitude", abs(added - 1) < 1e-5)
