"""From scores to weights: divided, masked, and made shares of one."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import (
    attention_of,
    cell_of,
    head_of,
    names,
    pairs_in,
)
from explainer.concepts.transformer.attention.layout import (
    READABLE,
    AttentionLayout,
    columns_high,
    draw_matrix,
    frame_of,
    label_wide,
    row_at,
    row_rect,
    row_size,
    write_columns,
    write_row,
    write_rows,
)
from explainer.concepts.transformer.attention.probe import Listened
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours, RampName
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell, cell_at, draw_legend
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, number, width, write
from explainer.stage.ribbons import draw_ribbon

TOLERANCE = 1e-5
LINES = 4  # of the row in numbers
DECIMALS = (1, 1, 2)  # of the numbers in each map


def stages(frame: Frame, answer: Listened) -> tuple[tuple[np.ndarray, float, RampName], ...]:
    """Return scores, scaled and masked scores, and weights, with their peaks and ramps.

    The scale is divided as the scores are, so that the two maps look alike.
    """
    attention, head = attention_of(frame, answer), head_of(frame, answer)
    scores = attention.scores[head]
    peak = float(np.abs(scores).max())
    divided = peak / math.sqrt(attention.q.shape[2])
    return (
        (scores, peak, "signed"),
        (attention.masked[head], divided, "signed"),
        (attention.weights[head], 1.0, "magnitude"),
    )


def rects(layout: AttentionLayout, frame: Frame, answer: Listened) -> tuple[QRectF, ...]:
    """Return the three maps, the row in numbers, and the button that masks."""
    t, body = layout.room.type, layout.body
    said = names(frame, answer)
    label = label_wide(said, 15 * t)
    gap = 30.0 if layout.room.large else 46.0
    wide = (body.width() - label - 2 * gap) / 3
    count = len(said)
    under = columns_high(said, 14 * t, wide / count) + (60 + 34) * t
    high = min(
        body.height() - 32 * t - under - LINES * (23 if layout.room.large else 25) * t, 46.0 * count
    )
    top = body.y() + 32 * t
    xs = [body.x() + label + i * (wide + gap) for i in range(3)]
    below = top + high + columns_high(said, 14 * t, wide / count) + 60 * t
    button = max(width(frame.say(x), 15 * t) for x in (words.MASK, words.UNMASK)) + 34
    return (
        *(QRectF(x, top, wide, high) for x in xs),
        QRectF(body.x(), below + 34 * t, body.width(), body.bottom() - below - 34 * t),
        QRectF(body.right() - button, below, button, 30 * t),
    )


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return scores, division, mask, softmax, and the row in numbers."""
    return (
        Beat("scores", 0.0),
        Beat("scaled", 0.9),
        Beat("masked", 1.7),
        Beat("weights", 2.4),
        Beat("row", 3.4),
    )


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at, t = rects(layout, frame, answer), layout.room.type
    under = at[4].y() - at[0].bottom() - 8
    return (
        *(
            (at[place].adjusted(-44, -32 * t, 5, under), start)
            for place, start in ((1, 0.9), (2, 2.4))
        ),
        (QRectF(layout.body.x(), at[4].y(), layout.body.width(), layout.room.height), 3.4),
    )


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw the three maps, each with its own scale, and the row looked at in numbers."""
    t, at = layout.room.type, rects(layout, frame, answer)
    said = names(frame, answer)
    weights = stages(frame, answer)[2][0]
    row, column = cell_of(frame, answer, weights)
    d_k = attention_of(frame, answer).q.shape[2]
    heads = (words.RAW, words.SCALED, words.SOFTMAX)
    # In all three maps or in none, and of one size: they are the same row.
    px = 14 * min(t, 1.4)
    size = min(
        row_size(rect, values, row, px, decimals)
        for rect, (values, _, _), decimals in zip(
            at[:3], stages(frame, answer), DECIMALS, strict=True
        )
    )
    for place, (values, peak, ramp) in enumerate(stages(frame, answer)):
        rect = at[place]
        line = QRectF(rect.x(), rect.y() - 30 * t, rect.width(), 26 * t)
        title = frame.say(heads[place], d=d_k) if place == 1 else frame.say(heads[place])
        write(painter, line, title, 17 * t, colours.ink, SEMIBOLD)
        draw_matrix(painter, rect, values, peak, ramp, colours)
        write_columns(painter, rect, said, 14 * t, colours, column)
        if size >= READABLE * px:
            write_row(painter, rect, values, row, peak, ramp, colours, size, DECIMALS[place])
        frame_of(painter, row_rect(rect, row, len(said)), colours)
        frame_of(painter, cell(rect, row, column, *values.shape), colours, 3.4)
        if place:
            end = QPointF(rect.x() - 3, row_rect(rect, row, len(said)).center().y())
            start = QPointF(at[place - 1].right() + 3, end.y())
            high = rect.height() / len(said)
            ink = colours.solid(ramp)
            draw_ribbon(painter, start, high, end, high, ink, (0.12, 0.45))
        low = 0.0 if ramp == "magnitude" else -peak
        y = rect.bottom() + columns_high(said, 14 * t, rect.width() / len(said)) + 6
        bar = QRectF(rect.x(), y, min(rect.width(), 190 * t), 46 * t)
        title = frame.say(words.WEIGHTS if place == 2 else heads[0])
        draw_legend(painter, bar, title, low, peak, ramp, colours, 14 * t)
    write_rows(painter, at[0], said, 15 * t, at[0].x() - layout.body.x(), colours, row)
    is_masked = (row, column) in pairs_in(frame.knobs, "edges")
    text = frame.say(words.UNMASK if is_masked else words.MASK)
    draw_pill(painter, at[4], text, 15 * t, colours, frame.hover[:1] == ("mask",))
    _draw_row(painter, layout, frame, answer, at[3], (row, column), colours)


def _draw_row(
    painter: QPainter,
    layout: AttentionLayout,
    frame: Frame,
    answer: Listened,
    rect: QRectF,
    at: tuple[int, int],
    colours: Colours,
) -> None:
    """Write the row as a table: the scaled score, e to it, and its share of the sum."""
    t, said = layout.room.type, names(frame, answer)
    row, column = at
    (_, _, _), (masked, _, _), (weights, _, _) = stages(frame, answer)
    title = QRectF(rect.x(), rect.y() - 32 * t, rect.width() * 0.6, 26 * t)
    text = frame.say(words.ROW_OF, token=said[row])
    write(painter, title, text, 17 * t, colours.ink, SEMIBOLD)
    powers = np.exp(masked[row].astype(float))
    total = float(powers.sum())
    lead = 200.0 * min(t, 1.2)
    sum_wide = 120.0 * t
    pitch = (rect.width() - lead - sum_wide) / len(said)
    lines = (
        ("", said, None),
        (frame.say(words.SCALED, d=attention_of(frame, answer).q.shape[2]),
         [number(float(v), 2) if math.isfinite(v) else "−∞" for v in masked[row]], None),
        (frame.say(words.EXPONENTIAL), [number(float(p), 3) for p in powers], number(total, 3)),
        (frame.say(words.SHARE_OF_SUM), [number(float(w), 3) for w in weights[row]],
         number(float(weights[row].sum()), 3)),
    )  # fmt: skip
    high = min(rect.height() / len(lines), 36 * t)
    px = min(16 * t, high * 0.66)
    for index, (name, cells, added) in enumerate(lines):
        y = rect.y() + index * high
        write(painter, QRectF(rect.x(), y, lead - 8, high), name, px, colours.muted)
        for place, text in enumerate(cells):
            box = QRectF(rect.x() + lead + place * pitch, y, pitch - 6, high)
            lit = place == column
            weight = SEMIBOLD if lit else REGULAR
            ink = colours.ink if lit or index else colours.muted
            write(painter, box, text, px, ink, weight, CENTRE)
        if added is not None:
            box = QRectF(rect.right() - sum_wide, y, sum_wide, high)
            write(painter, box, f"Σ = {added}", px, colours.ink, SEMIBOLD, RIGHT)
    painter.setPen(QPen(colours.line, 1))
    for index in range(1, len(lines)):
        y = rect.y() + index * high
        painter.drawLine(QPointF(rect.x(), y), QPointF(rect.right(), y))


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return ("mask", row, column), or the cell or row under a point."""
    at = rects(layout, frame, answer)
    values = stages(frame, answer)[2][0]
    if at[4].contains(point):
        # What was clicked, not what the pointer passed on its way to the button.
        return ("mask", *cell_of(dataclasses.replace(frame, hover=()), answer, values))
    for rect in at[:3]:
        found = cell_at(rect, point, *values.shape)
        if found is not None:
            return ("cell", *found)
    row = row_at(at[0], point, len(values), at[0].x() - layout.body.x())
    return () if row is None else ("row", row)


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return one cell from score to weight, held against the model's tensor."""
    (scores, _, _), (masked, _, _), (weights, _, _) = stages(frame, answer)
    row, column = cell_of(frame, answer, weights)
    d_k = attention_of(frame, answer).q.shape[2]
    said = names(frame, answer)
    powers = np.exp(masked[row].astype(float))
    total = float(powers.sum())
    share = float(powers[column] / total) if total else 0.0
    scaled = float(scores[row, column]) / math.sqrt(d_k)
    own = float(weights[row, column])
    apart = abs(share - own)
    if math.isfinite(masked[row, column]):
        apart = max(apart, abs(scaled - float(masked[row, column])))
    rows = (
        (frame.say(words.RAW), number(float(scores[row, column]), 4)),
        (frame.say(words.SCALED, d=d_k), number(scaled, 4)
         if math.isfinite(masked[row, column]) else "−∞"),
        (frame.say(words.EXPONENTIAL), number(float(powers[column]), 4)),
        ("Σ", number(total, 4)),
        (frame.say(words.WEIGHT), number(own, 4)),
        (frame.say(words.DIFFERENCE), f"{apart:.0e}" if apart else "0"),
    )  # fmt: skip
    title = f"{said[row]} → {said[column]}"
    return Lens(title, rows, weights[row][None, :], 1.0, "magnitude", apart < TOLERANCE)
