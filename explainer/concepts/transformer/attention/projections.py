"""Query, key and value: three views of every token, made at the same time."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import (
    attention_of,
    head_of,
    layer_of,
    names,
    row_of,
)
from explainer.concepts.transformer.attention.layout import (
    READABLE,
    AttentionLayout,
    draw_matrix,
    frame_of,
    label_wide,
    row_at,
    row_rect,
    write_row,
    write_rows,
)
from explainer.concepts.transformer.attention.probe import Listened
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell, cell_at, draw_grid, draw_legend
from explainer.stage.lettering import SEMIBOLD, number, width, write
from explainer.stage.ribbons import draw_ribbon

WHICH = ("q", "k", "v")
TOLERANCE = 1e-5
STRIP = 26.0  # high, where the row's numbers stand under it


def normed(frame: Frame, answer: Listened) -> np.ndarray:
    """Return the vectors the layer's attention reads, shape (T, d_model)."""
    values: np.ndarray = answer.reading.tensors[f"encoder.{layer_of(frame, answer)}.norm1"]
    return values


def made(frame: Frame, answer: Listened) -> tuple[np.ndarray, ...]:
    """Return Q, K and V of the head looked at, shape (T, d_k) each."""
    attention, head = attention_of(frame, answer), head_of(frame, answer)
    return attention.q[head], attention.k[head], attention.v[head]


def rects(layout: AttentionLayout, frame: Frame, answer: Listened) -> tuple[QRectF, ...]:
    """Return the vectors read, then Q, K and V under one another, then their strips."""
    t, body = layout.room.type, layout.body
    label = label_wide(names(frame, answer), 15 * t)
    left = body.width() * 0.3 - label
    right = body.x() + body.width() * 0.3 + 110
    head, legend = 30 * t, 52 * t
    gap = 12.0
    pitch = (body.height() - 3 * head - 2 * gap - legend) / 3
    # Where rows are too low for numbers, those of the marked one stand under each matrix.
    is_low = pitch / len(answer.tokens) * 0.72 < READABLE * 15 * t
    high = pitch - (STRIP * t + 5 if is_low else 0)
    panels = tuple(
        QRectF(right, body.y() + head + i * (pitch + head + gap), body.right() - right, high)
        for i in range(3)
    )
    strips = tuple(
        QRectF(p.x(), p.bottom() + 5, p.width(), pitch - high - 5) if is_low else QRectF()
        for p in panels
    )
    tall = min(46.0 * len(answer.tokens), body.height() - head - legend - 60)
    middle = panels[1].center().y()
    return (QRectF(body.x() + label, middle - tall / 2, left, tall), *panels, *strips)


def focus(frame: Frame, answer: Listened) -> tuple[str, int, int] | None:
    """Return the number looked at as (which, token, place), or None."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("made",):
            which, row, column = str(target[1]), int(target[2]), int(target[3])
            if row < len(answer.tokens) and column < attention_of(frame, answer).q.shape[2]:
                return which, row, column
    return None


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return what is read, then Q, K and V at once: nothing waits for anything."""
    return (Beat("x", 0.0), Beat("q", 0.9), Beat("k", 0.9), Beat("v", 0.9), Beat("v", 2.0))


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at = rects(layout, frame, answer)
    t = layout.room.type
    right = QRectF(at[0].right() + 3, layout.body.y() - 4, layout.room.width, layout.body.height())
    return ((right.adjusted(0, 0, 0, 20 * t), 0.9),)


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw the vectors read and, by ribbons of their colours, the three that are made of them."""
    t, at = layout.room.type, rects(layout, frame, answer)
    said, chosen = names(frame, answer), focus(frame, answer)
    row = row_of(frame, answer) if chosen is None else chosen[1]
    source = normed(frame, answer)
    inks: tuple[QColor, ...] = (colours.query, colours.amber, colours.value)
    texts = (colours.query, colours.amber_text, colours.value)
    heads = (words.QUERY, words.KEY, words.CONTENT)
    band = at[0].height() / 3
    for place in range(3):
        start = QPointF(at[0].right() + 2, at[0].y() + (place + 0.5) * band)
        end = QPointF(at[place + 1].x() - 3, at[place + 1].center().y())
        draw_ribbon(painter, start, band, end, at[place + 1].height(), inks[place], (0.10, 0.34))
    peak = float(np.abs(source).max())
    line = QRectF(layout.body.x(), at[0].y() - 32 * t, at[0].right() - layout.body.x(), 26 * t)
    title = frame.say(words.NORMED, layer=layer_of(frame, answer) + 1)
    write(painter, line, title, 17 * t, colours.ink, SEMIBOLD)
    draw_matrix(painter, at[0], source, peak, "signed", colours, gridded=False)
    draw_grid(painter, at[0], len(said), 1, colours.line)
    write_rows(painter, at[0], said, 15 * t, at[0].x() - layout.body.x(), colours, row)
    bar = QRectF(at[0].x(), at[0].bottom() + 12, min(at[0].width(), 200 * t), 46 * t)
    draw_legend(painter, bar, frame.say(words.VALUE), -peak, peak, "signed", colours, 14 * t)
    frame_of(painter, row_rect(at[0], row, len(said)), colours)
    matrices = made(frame, answer)
    largest = max(float(np.abs(m).max()) for m in matrices)
    for place, values in enumerate(matrices):
        rect = at[place + 1]
        line = QRectF(rect.x(), rect.y() - 28 * t, rect.width(), 26 * t)
        write(painter, line, frame.say(heads[place]), 17 * t, texts[place], SEMIBOLD)
        shape = frame.say(words.SHAPE, rows=values.shape[0], columns=values.shape[1])
        lead = width(frame.say(heads[place]), 17 * t, SEMIBOLD) + 14
        write(painter, line.adjusted(lead, 0, 0, 0), shape, 14 * t, colours.muted)
        draw_matrix(painter, rect, values, largest, "signed", colours)
        strip = at[place + 4]
        if strip.isEmpty():
            write_row(painter, rect, values, row, largest, "signed", colours, 15 * t, 1)
        else:
            numbers = values[row][None, :]
            draw_matrix(painter, strip, numbers, largest, "signed", colours)
            write_row(painter, strip, numbers, 0, largest, "signed", colours, 14 * min(t, 1.4), 1)
        frame_of(painter, row_rect(rect, row, len(said)), colours)
    if chosen is not None:
        which = WHICH.index(chosen[0])
        size = matrices[which].shape
        frame_of(painter, cell(at[which + 1], row, chosen[2], *size), colours, 3.4)
        if not at[which + 4].isEmpty():
            frame_of(painter, cell(at[which + 4], 0, chosen[2], 1, size[1]), colours)
    under = at[3].bottom() if at[6].isEmpty() else at[6].bottom()
    bar = QRectF(at[3].x(), under + 6, 220 * t, 46 * t)
    draw_legend(painter, bar, frame.say(words.VALUE), -largest, largest, "signed", colours, 14 * t)


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return ("made", which, token, place) of a number, or ("row", token)."""
    at = rects(layout, frame, answer)
    for which, rect, strip, values in zip(WHICH, at[1:4], at[4:], made(frame, answer), strict=True):
        found = cell_at(rect, point, *values.shape)
        if found is not None:
            return ("made", which, *found)
        found = cell_at(strip, point, 1, values.shape[1])
        if found is not None:
            chosen = focus(frame, answer)
            row = row_of(frame, answer) if chosen is None else chosen[1]
            return ("made", which, row, found[1])
    row = row_at(at[0], point, len(answer.tokens), at[0].x() - layout.body.x())
    return () if row is None else ("row", row)


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return one number as its sum over the vector read, held against the model's tensor."""
    which, row, column = focus(frame, answer) or ("q", row_of(frame, answer), 0)
    head, layer = head_of(frame, answer), layer_of(frame, answer)
    values = made(frame, answer)[WHICH.index(which)]
    name = f"encoder.{layer}.self_attention.w_{which}"
    place = head * values.shape[1] + column
    terms = answer.weights[f"{name}.weight"][place] * normed(frame, answer)[row]
    bias = float(answer.weights[f"{name}.bias"][place])
    total = float(terms.sum()) + bias
    own = float(values[row, column])
    difference = abs(total - own)
    rows = (
        (frame.say(words.TERMS, count=len(terms)), number(float(terms.sum()), 5)),
        ("b", number(bias, 5)),
        (frame.say(words.TOTAL), number(total, 5)),
        (frame.say(words.TENSOR), number(own, 5)),
        (frame.say(words.DIFFERENCE), f"{difference:.0e}" if difference else "0"),
    )
    title = f"{which.upper()} · {names(frame, answer)[row]} · {column + 1}"
    peak = float(np.abs(terms).max())
    return Lens(title, rows, terms.reshape(8, -1), peak, "signed", difference < TOLERANCE)
