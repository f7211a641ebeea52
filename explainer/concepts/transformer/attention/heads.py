"""One head's map and its arcs; every head of every layer as a small map to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention import mapping, words
from explainer.concepts.transformer.attention.focus import (
    eojeols,
    head_of,
    layer_of,
    names,
)
from explainer.concepts.transformer.attention.layout import (
    AttentionLayout,
    columns_high,
    frame_of,
    row_at,
)
from explainer.concepts.transformer.attention.mapping import HeadMap, head_map
from explainer.concepts.transformer.attention.probe import Listened
from explainer.concepts.transformer.cuts import AttentionKind, Place
from explainer.stage.arcs import draw_arcs
from explainer.stage.chips import Row, chip_row, draw_chip
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell_at, draw_legend, draw_map
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
    left = body.width() * 0.45
    part = QRectF(body.x(), body.y(), left, body.height())
    whole, label = mapping.map_rect(part, said, said, t, 58 * t, 58.0)
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
    """Return a square for every head, in a row a layer; single heads stand side by side."""
    gap, layers, heads = 14.0, answer.layers, answer.heads
    if heads == 1:
        gap = 28.0
        side = min((rect.width() - gap * (layers - 1)) / layers, rect.height(), 168.0)
        return tuple(
            (QRectF(rect.x() + layer * (side + gap), rect.y(), side, side),)
            for layer in range(layers)
        )
    side = min((rect.width() - gap * (heads - 1)) / heads,
               (rect.height() - gap * (layers - 1)) / layers, 112.0)  # fmt: skip
    return tuple(
        tuple(
            QRectF(rect.x() + h * (side + gap), rect.y() + layer * (side + gap), side, side)
            for h in range(heads)
        )
        for layer in range(layers)
    )


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
    said, shown = names(frame, answer), head_map(frame, answer)
    mapping.draw_head_map(painter, frame, answer, shown, at.whole, at.label, t, colours)
    bar_y = at.whole.bottom() + columns_high(said, 14 * t, at.whole.width() / len(said)) + 6
    bar = QRectF(at.whole.x(), bar_y, min(at.whole.width(), 200 * t), 46 * t)
    draw_legend(painter, bar, frame.say(words.WEIGHT), 0, 1, "magnitude", colours, 14 * t)
    draw_small_maps(painter, frame, answer, "encoder", at.small, colours, t, at.arcs.x())
    line = QRectF(at.arcs.x(), at.arcs.y() - 8 * t, at.arcs.width(), 26 * t)
    text = frame.say(words.LOOKS, token=said[shown.row])
    write(painter, line, text, 17 * t, colours.ink, SEMIBOLD)
    draw_row_arcs(painter, at, shown, colours, 26 * t)
    for place, rect in enumerate(at.chips.rects):
        draw_chip(painter, at.chips, place, colours, faint=place == len(said) - 1)
        if place in (shown.row, shown.column):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ink = colours.ink if place == shown.row else colours.solid("magnitude")
            painter.setPen(QPen(ink, 2.6))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 7, 7)
        value = float(shown.weights[shown.row, place])
        box = QRectF(rect.center().x() - 34 * t, rect.bottom() + 4, 68 * t, 26 * t)
        said_value = number(value, 2)
        if width("0.00", 15 * t) > rect.width() - 4:
            box = QRectF(rect.x() + 2, box.y(), rect.width() - 4, box.height())
            said_value = said_value.removeprefix("0")  # a particle's chip is narrow
        weight = SEMIBOLD if value >= 0.1 else REGULAR
        ink = colours.solid("magnitude") if value >= 0.1 else colours.muted
        write(painter, box, said_value, 15 * t, ink, weight, CENTRE)


def draw_row_arcs(
    painter: QPainter, at: Places, shown: HeadMap, colours: Colours, top: float
) -> None:
    """Draw an arc from the looking token to each, as thick as its weight."""
    tops = [QPointF(rect.center().x(), rect.top() - 2) for rect in at.chips.rects]
    violet, weights = colours.solid("magnitude"), [float(w) for w in shown.weights[shown.row]]
    inks = [
        violet if place == shown.column else fade(violet, 0.3 + 0.5 * value)
        for place, value in enumerate(weights)
    ]
    room = at.chips.rects[0].top() - at.arcs.y() - top
    draw_arcs(painter, tops[shown.row], tops, weights, inks, room)


def draw_small_maps(
    painter: QPainter,
    frame: Frame,
    answer: Listened,
    kind: AttentionKind,
    small: tuple[tuple[QRectF, ...], ...],
    colours: Colours,
    t: float,
    left: float,
) -> None:
    """Draw every head of every layer of one kind of attention, the one looked at framed."""
    chosen = layer_of(frame, answer), head_of(frame, answer)
    for layer, rects in enumerate(small):
        text = frame.say(words.LAYER, layer=layer + 1)
        if len(rects) > 1:
            tag = QRectF(left, rects[0].center().y() - 14 * t, rects[0].x() - left - 10, 28 * t)
            write(painter, tag, text, 15 * t, colours.muted)
        for head, rect in enumerate(rects):
            weights = mapping.attention_at(answer, Place(kind, layer)).weights[head]
            draw_map(painter, rect, weights, 1.0, "magnitude", colours)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            hovered = frame.hover == ("head", layer, head)
            painter.setPen(QPen(colours.muted if hovered else colours.line, 2 if hovered else 1))
            painter.drawRect(rect)
            if (layer, head) == chosen:
                frame_of(painter, rect, colours, 3)
            if layer == 0 or len(rects) == 1:
                box = QRectF(rect.x() - 8, rect.y() - 25 * t, rect.width() + 16, 22 * t)
                above = text if len(rects) == 1 else frame.say(words.HEAD_ONLY, head=head + 1)
                write(painter, box, above, 14 * t, colours.muted, align=CENTRE)


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
    return mapping.lens(frame, head_map(frame, answer))
