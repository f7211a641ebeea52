"""Tokens as vectors, places as vectors, and their sum: what the encoder is given."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import names, row_of
from explainer.concepts.transformer.attention.layout import (
    AttentionLayout,
    draw_matrix,
    frame_of,
    label_wide,
    write_row,
    write_rows,
)
from explainer.concepts.transformer.attention.probe import Listened
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell_at, draw_grid, draw_legend
from explainer.stage.lettering import CENTRE, SEMIBOLD, number, write

TOLERANCE = 1e-5
PRINTED = 4  # numbers of a vector that are written out: more could not be read


def matrices(answer: Listened) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return token vectors, position vectors, and what the first layer gets, (T, d_model) each."""
    reading = answer.reading
    return reading.embedded, reading.positions, reading.input


def rects(layout: AttentionLayout, frame: Frame, answer: Listened) -> tuple[QRectF, ...]:
    """Return where the three matrices stand, and the strip of numbers of each under them."""
    t, body = layout.room.type, layout.body
    label = label_wide(names(frame, answer), 15 * t)
    sign = 40.0
    wide = (body.width() - label - 2 * sign) / 3
    top = body.y() + 32 * t
    strip = 54.0 * min(t, 1.2)
    count = len(answer.tokens)
    high = min(body.bottom() - top - (60 + 38) * t - strip, 52.0 * count)
    xs = [body.x() + label + i * (wide + sign) for i in range(3)]
    low = top + high + (60 + 38) * t
    return (
        *(QRectF(x, top, wide, high) for x in xs),
        *(QRectF(x, low, wide, strip) for x in xs),
    )


def focus(frame: Frame, answer: Listened) -> tuple[int, int]:
    """Return the number looked at: its token and its place in the vector."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("cell",) and int(target[1]) < len(answer.tokens):
            return int(target[1]), int(target[2]) % answer.reading.embedded.shape[1]
    return row_of(frame, answer), 0


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return the token vectors, the positions, and their sum."""
    return (Beat("embedded", 0.0), Beat("positions", 1.4), Beat("sum", 2.8))


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at = rects(layout, frame, answer)
    t = layout.room.type
    found = []
    for place, start in ((1, 1.4), (2, 2.8)):
        whole = QRectF(at[place].topLeft(), at[place + 3].bottomRight())
        found.append((whole.adjusted(-38, -32 * t, 4, 4), start))
    return tuple(found)


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw the three matrices and four numbers of the token looked at."""
    t, at = layout.room.type, rects(layout, frame, answer)
    said = names(frame, answer)
    row, column = focus(frame, answer)
    first = column // PRINTED * PRINTED
    heads = (words.EMBEDDING, words.POSITION, words.SUM)
    title = frame.say(words.NUMBERS, first=first + 1, last=first + PRINTED, token=said[row])
    strip = at[3]
    line = QRectF(strip.x(), strip.y() - 28 * t, layout.body.right() - strip.x(), 26 * t)
    write(painter, line, title, 15 * t, colours.muted)
    for place, values in enumerate(matrices(answer)):
        rect, strip = at[place], at[place + 3]
        peak = float(np.abs(values).max())
        line = QRectF(rect.x(), rect.y() - 30 * t, rect.width(), 26 * t)
        write(painter, line, frame.say(heads[place]), 17 * t, colours.ink, SEMIBOLD)
        draw_matrix(painter, rect, values, peak, "signed", colours, gridded=False)
        draw_grid(painter, rect, len(said), 1, colours.line)
        cells = values.shape[1]
        window = QRectF(
            rect.x() + rect.width() * first / cells,
            rect.y() + rect.height() * row / len(said),
            rect.width() * PRINTED / cells,
            rect.height() / len(said),
        )
        frame_of(painter, window, colours, 2)
        bar = QRectF(rect.x(), rect.bottom() + 10, min(rect.width(), 210 * t), 46 * t)
        draw_legend(painter, bar, frame.say(words.VALUE), -peak, peak, "signed", colours, 14 * t)
        numbers = values[row, first : first + PRINTED][None, :]
        draw_matrix(painter, strip, numbers, peak, "signed", colours)
        write_row(painter, strip, numbers, 0, peak, "signed", colours, 16 * t, 2)
        lit = QRectF(strip.x() + strip.width() * (column - first) / PRINTED, strip.y(),
                     strip.width() / PRINTED, strip.height())  # fmt: skip
        frame_of(painter, lit, colours, 2)
        if place:
            for box in (rect, strip):
                sign = QRectF(box.x() - 40, box.center().y() - 20, 40, 40)
                text = "+" if place == 1 else "="
                write(painter, sign, text, 26 * t, colours.muted, SEMIBOLD, CENTRE)
    write_rows(painter, at[0], said, 16 * t, at[0].x() - layout.body.x(), colours, row)


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return ("cell", token, number) under a point, in a matrix or in its strip."""
    at = rects(layout, frame, answer)
    width = answer.reading.embedded.shape[1]
    row, column = focus(frame, answer)
    for place in range(3):
        found = cell_at(at[place], point, len(answer.tokens), width)
        if found is not None:
            return ("cell", *found)
        found = cell_at(at[place + 3], point, 1, PRINTED)
        if found is not None:
            return ("cell", row, column // PRINTED * PRINTED + found[1])
    label = at[0].x() - layout.body.x()
    if at[0].adjusted(-label, 0, 0, 0).contains(point):
        share = (point.y() - at[0].y()) / at[0].height()
        return ("row", min(int(share * len(answer.tokens)), len(answer.tokens) - 1))
    return ()


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return one number's sum, held against the model's tensor."""
    row, column = focus(frame, answer)
    embedded, positions, given = (float(m[row, column]) for m in matrices(answer))
    difference = abs(embedded + positions - given)
    rows = (
        (frame.say(words.EMBEDDING), number(embedded, 4)),
        (frame.say(words.POSITION), f"+ {number(positions, 4)}"),
        (frame.say(words.SUM), f"= {number(given, 4)}"),
        (frame.say(words.DIFFERENCE), f"{difference:.0e}" if difference else "0"),
    )
    said = names(frame, answer)[row]
    place = frame.say(words.PLACE, row=row, column=column + 1)
    return Lens(f"{said}: {place}", rows, good=difference < TOLERANCE)
