"""One head's map and its arcs; every head of every layer as a small map to choose from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import (
    attention_of,
    cell_of,
    eojeols,
    head_of,
    layer_of,
    names,
)
from explainer.concepts.transformer.attention.layout import (
    AttentionLayout,
    columns_high,
    draw_matrix,
    frame_of,
    label_wide,
    row_at,
    row_rect,
    write_columns,
    write_row,
    write_rows,
)
from explainer.concepts.transformer.attention.probe import Listened
from explainer.stage.arcs import draw_arcs
from explainer.stage.chips import (
    Row,
    chip_row,
    draw_chip,
    draw_diamond,
)
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell, cell_at, draw_legend, draw_map
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, number, width, write


@dataclass(frozen=True, slots=True)
class Places:
    """Where the map, the small maps and the row of chips stand."""

    whole: QRectF
    label: float
    small: tuple[tuple[QRectF, ...], ...]
    arcs: QRectF
    chips: Row


def places(layout: AttentionLayout, frame: Frame, answer: Listened) -> Places:
    """Return the map on the left, the small maps over the arcs on the right."""
    t, body = layout.room.type, layout.body
    said = names(frame, answer)
    label = label_wide(said, 15 * t)
    count = len(said)
    left = body.width() * 0.45
    legend = 58 * t
    wide = left - label
    high = min(
        body.height() - 32 * t - legend - columns_high(said, 14 * t, wide / count),
        58.0 * count, wide * 1.1,
    )  # fmt: skip
    whole = QRectF(body.x() + label, body.y() + 32 * t, wide, high)
    x = body.x() + left + 44
    free = body.right() - x
    tag = 72 * t
    small = small_maps(answer, QRectF(x + tag, body.y() + 26 * t, free - tag, 200 * min(t, 1.2)))
    low = small[-1][0].bottom() if small else body.y()
    arcs = QRectF(x, low + 44 * t, free, body.bottom() - low - 44 * t)
    chip_high = 40.0 * min(t, 1.25)
    line = QRectF(x, arcs.bottom() - 34 * t - chip_high, free, chip_high)
    return Places(whole, label, small, arcs, chip_row(said, eojeols(frame, answer), line, 18 * t))


def small_maps(answer: Listened, rect: QRectF) -> tuple[tuple[QRectF, ...], ...]:
    """Return a square for every head, in a row a layer."""
    gap = 14.0
    side = min((rect.width() - gap * (answer.heads - 1)) / answer.heads,
               (rect.height() - gap * (answer.layers - 1)) / answer.layers, 112.0)  # fmt: skip
    return tuple(
        tuple(
            QRectF(rect.x() + h * (side + gap), rect.y() + layer * (side + gap), side, side)
            for h in range(answer.heads)
        )
        for layer in range(answer.layers)
    )


def weights_of(frame: Frame, answer: Listened) -> np.ndarray:
    """Return the weights of the head looked at, shape (T, T)."""
    values: np.ndarray = attention_of(frame, answer).weights[head_of(frame, answer)]
    return values


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return the map, all heads, the arcs."""
    return (Beat("weights", 0.0), Beat("split", 0.9), Beat("arcs", 1.6), Beat("arcs", 2.4))


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at = places(layout, frame, answer)
    t = layout.room.type
    x = at.arcs.x()
    heads = QRectF(
        x - 6, layout.body.y() - 4, layout.room.width, at.arcs.y() - 12 * t - layout.body.y()
    )
    return ((heads, 0.9), (at.arcs.adjusted(-6, -12 * t, 20, 4), 1.6))


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw the map, the small maps, and the arcs of the row looked at."""
    t, at = layout.room.type, places(layout, frame, answer)
    said, weights = names(frame, answer), weights_of(frame, answer)
    row, column = cell_of(frame, answer, weights)
    draw_head_map(painter, layout, frame, answer, at.whole, at.label, colours)
    bar_y = at.whole.bottom() + columns_high(said, 14 * t, at.whole.width() / len(said)) + 6
    bar = QRectF(at.whole.x(), bar_y, min(at.whole.width(), 200 * t), 46 * t)
    draw_legend(painter, bar, frame.say(words.WEIGHT), 0, 1, "magnitude", colours, 14 * t)
    draw_small_maps(painter, frame, answer, at.small, colours, t, at.arcs.x())
    line = QRectF(at.arcs.x(), at.arcs.y() - 8 * t, at.arcs.width(), 26 * t)
    text = frame.say(words.LOOKS, token=said[row])
    write(painter, line, text, 17 * t, colours.ink, SEMIBOLD)
    draw_row_arcs(painter, at, answer, weights, row, column, colours, 26 * t)
    for place, rect in enumerate(at.chips.rects):
        draw_chip(painter, at.chips, place, colours, faint=place == len(said) - 1)
        if place in (row, column):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ink = colours.ink if place == row else colours.solid("magnitude")
            painter.setPen(QPen(ink, 2.6))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 7, 7)
        value = float(weights[row, place])
        box = QRectF(rect.center().x() - 34 * t, rect.bottom() + 4, 68 * t, 26 * t)
        if width("0.00", 15 * t) > rect.width() - 4:
            box = QRectF(rect.x(), box.y(), rect.width(), box.height())
        weight = SEMIBOLD if value >= 0.1 else REGULAR
        ink = colours.solid("magnitude") if value >= 0.1 else colours.muted
        write(painter, box, number(value, 2), 15 * t, ink, weight, CENTRE)


def draw_row_arcs(
    painter: QPainter,
    at: Places,
    answer: Listened,
    weights: np.ndarray,
    row: int,
    column: int,
    colours: Colours,
    top: float,
) -> None:
    """Draw an arc from the looking token to each, as thick as its weight."""
    tops = [QPointF(rect.center().x(), rect.top() - 2) for rect in at.chips.rects]
    violet = colours.solid("magnitude")
    inks = [
        violet if place == column else fade(violet, 0.3 + 0.5 * float(value))
        for place, value in enumerate(weights[row])
    ]
    room = at.chips.rects[0].top() - at.arcs.y() - top
    draw_arcs(painter, tops[row], tops, [float(w) for w in weights[row]], inks, room)


def draw_head_map(
    painter: QPainter,
    layout: AttentionLayout,
    frame: Frame,
    answer: Listened,
    rect: QRectF,
    label: float,
    colours: Colours,
) -> None:
    """Draw one head's weights with names, the row looked at in numbers, and true relations."""
    t, said = layout.room.type, names(frame, answer)
    weights = weights_of(frame, answer)
    row, column = cell_of(frame, answer, weights)
    layer, head = layer_of(frame, answer), head_of(frame, answer)
    line = QRectF(layout.body.x(), rect.y() - 31 * t, rect.right() - layout.body.x(), 26 * t)
    title = frame.say(words.HEAD, layer=layer + 1, head=head + 1)
    write(painter, line, title, 17 * t, colours.ink, SEMIBOLD)
    lead = width(title, 17 * t, SEMIBOLD) + 14
    under = line.adjusted(lead, 0, 0, 0)
    write(painter, under, frame.say(words.ROWS_LOOK), 14 * t, colours.muted)
    draw_matrix(painter, rect, weights, 1.0, "magnitude", colours)
    write_rows(painter, rect, said, 15 * t, label, colours, row)
    write_columns(painter, rect, said, 14 * t, colours, column)
    for place in range(len(said)) if layout.room.type < 1.3 else (row,):
        write_row(painter, rect, weights, place, 1.0, "magnitude", colours, 14 * t, 2)
    frame_of(painter, row_rect(rect, row, len(said)), colours, 2)
    frame_of(painter, cell(rect, row, column, *weights.shape), colours, 3.2)
    if frame.knobs.get("truth"):
        draw_truths(painter, rect, frame, answer, weights, colours)


def draw_truths(
    painter: QPainter,
    rect: QRectF,
    frame: Frame,
    answer: Listened,
    weights: np.ndarray,
    colours: Colours,
) -> None:
    """Mark the cells the grammar knows; filled where the row's largest weight is there."""
    for truth in answer.reading.truths:
        box = cell(rect, truth.row, truth.column, *weights.shape)
        size = max(min(box.width(), box.height()) * 0.12, 4.5)
        corner = QPointF(box.right() - size * 1.4, box.top() + size * 1.4)
        found = int(weights[truth.row].argmax()) == truth.column
        draw_diamond(painter, corner, size, colours, found)


def draw_small_maps(
    painter: QPainter,
    frame: Frame,
    answer: Listened,
    small: tuple[tuple[QRectF, ...], ...],
    colours: Colours,
    t: float,
    left: float,
) -> None:
    """Draw every head of every layer, the one looked at framed."""
    chosen = layer_of(frame, answer), head_of(frame, answer)
    for layer, rects in enumerate(small):
        tag = QRectF(left, rects[0].center().y() - 14 * t, rects[0].x() - left - 10, 28 * t)
        text = frame.say(words.LAYER, layer=layer + 1)
        write(painter, tag, text, 15 * t, colours.muted)
        for head, rect in enumerate(rects):
            weights = answer.attention(layer).weights[head]
            draw_map(painter, rect, weights, 1.0, "magnitude", colours)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            hovered = frame.hover == ("head", layer, head)
            painter.setPen(QPen(colours.muted if hovered else colours.line, 2 if hovered else 1))
            painter.drawRect(rect)
            if (layer, head) == chosen:
                frame_of(painter, rect, colours, 3)
            if layer == 0:
                box = QRectF(rect.x() - 8, rect.y() - 25 * t, rect.width() + 16, 22 * t)
                text = frame.say(words.HEAD_ONLY, head=head + 1)
                write(painter, box, text, 14 * t, colours.muted, align=CENTRE)


def small_at(small: tuple[tuple[QRectF, ...], ...], point: QPointF) -> Target:
    """Return ("head", layer, head) of the small map under a point."""
    for layer, rects in enumerate(small):
        for head, rect in enumerate(rects):
            if rect.contains(point):
                return ("head", layer, head)
    return ()


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return the cell, row or head under a point; a chip is the column of the row looked at."""
    at = places(layout, frame, answer)
    found = cell_at(at.whole, point, len(answer.tokens), len(answer.tokens))
    if found is not None:
        return ("cell", *found)
    row = row_at(at.whole, point, len(answer.tokens), at.label)
    if row is not None:
        return ("row", row)
    chip = at.chips.at(point, 30 * layout.room.type)
    if chip is not None:
        return ("row", chip)
    return small_at(at.small, point)


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return who looks at whom, how strongly, and whether the row adds up to one."""
    weights, said = weights_of(frame, answer), names(frame, answer)
    row, column = cell_of(frame, answer, weights)
    added = float(weights[row].sum())
    rows = [
        (frame.say(words.LOOKER), said[row]),
        (frame.say(words.LOOKED), said[column]),
        (frame.say(words.WEIGHT), number(float(weights[row, column]), 4)),
        (frame.say(words.ROW_SUM), number(added, 6)),
    ]
    title = frame.say(
        words.HEAD, layer=layer_of(frame, answer) + 1, head=head_of(frame, answer) + 1
    )
    good = abs(added - 1) < 1e-5
    return Lens(title, tuple(rows), weights[row][None, :], 1.0, "magnitude", good)
