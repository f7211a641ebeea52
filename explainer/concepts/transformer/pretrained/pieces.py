"""The sentence as tokens with their numbers, and the vectors with which reading begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.attention.layout import frame_of, label_wide, row_at, row_rect
from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.focus import model_of, reading_of, row_of
from explainer.concepts.transformer.pretrained.layout import (
    PretrainedLayout,
    draw_title,
    name_rows,
)
from explainer.concepts.transformer.pretrained.probe import Reading
from explainer.stage.chips import Row, chip_row, draw_chip
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import draw_legend, draw_map
from explainer.stage.lettering import CENTRE, number, width, write

_PAD = 12.0 + 12.0 + 12.0  # of a chip, and the gap behind it


@dataclass(frozen=True, slots=True)
class Places:
    """Where the lines of chips and the vectors stand."""

    title: QRectF
    lines: tuple[Row, ...]
    starts: tuple[int, ...]
    under: QRectF
    vectors: QRectF
    label: float
    legend: QRectF


def _broken(reading: Reading, px: float, wide: float) -> list[int]:
    """Return where each line of chips begins; a word is not parted if it fits on a line."""
    starts, x = [0], 0.0
    for place, text in enumerate(reading.tokens):
        x += max(width(text, px) + 24, 40.0) + 12
        if x > wide and place > starts[-1]:
            begin = place
            while begin - 1 > starts[-1] and reading.words[begin - 1] == reading.words[place]:
                begin -= 1
            starts.append(begin)
            x = sum(max(width(w, px) + 24, 40.0) + 12 for w in reading.tokens[begin : place + 1])
    return starts


def places(layout: PretrainedLayout, frame: Frame, reading: Reading) -> Places:
    """Return where everything stands."""
    t, body = layout.room.type, layout.body
    many = len(reading.tokens) > 20
    px = (17 if many else 22) * t
    high = (34 if many else 46) * min(t, 1.3)
    starts = _broken(reading, px, body.width())
    y = body.y() + 34 * t
    rows = []
    for begin, end in zip(starts, [*starts[1:], len(reading.tokens)], strict=True):
        line = QRectF(body.x(), y, body.width(), high)
        rows.append(chip_row(reading.tokens[begin:end], reading.words[begin:end], line, px, False))
        y += high + 36 * t
    under = QRectF(body.x(), y + 10, body.width(), 28 * t)
    label = label_wide(reading.tokens, 14 * t, 150.0)
    foot = 52 * t
    vectors = QRectF(
        body.x() + label, under.bottom() + 8, body.width() - label,
        body.bottom() - foot - under.bottom() - 12,
    )  # fmt: skip
    vectors.setHeight(max(min(vectors.height(), 30 * t * len(reading.tokens)), 40))
    legend = QRectF(body.right() - 260, vectors.bottom() + 6, 260, foot)
    title = QRectF(body.x(), body.y(), body.width(), 26 * t)
    return Places(title, tuple(rows), tuple(starts), under, vectors, label, legend)


def peak_of(reading: Reading) -> float:
    """Return the magnitude at the end of the colours: 99 % of the numbers lie within."""
    return float(np.quantile(np.abs(reading.hidden[0]), 0.99)) or 1.0


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the chips, their numbers, the vectors."""
    return (Beat("chips", 0.0), Beat("numbers", 0.9), Beat("vectors", 1.9))


def veils(layout: PretrainedLayout, frame: Frame) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    reading = reading_of(frame)
    assert reading is not None
    at, t = places(layout, frame, reading), layout.room.type
    numbers = [
        (QRectF(layout.body.x(), row.rects[0].bottom() + 3, layout.body.width(), 26 * t), 0.9)
        for row in at.lines
    ]
    rest = QRectF(layout.body.x(), at.under.y(), layout.body.width(), 704 - at.under.y())
    return (*numbers, (rest, 1.9))


def draw(painter: QPainter, layout: PretrainedLayout, frame: Frame, colours: Colours) -> None:
    """Draw the chips with their numbers, and a row of colour for each vector."""
    reading, model, t = reading_of(frame), model_of(frame), layout.room.type
    assert reading is not None
    at, lit = places(layout, frame, reading), row_of(frame, reading)
    counted = frame.say(words.NUMBERED, count=number(model.vocabulary, 0))
    draw_title(painter, at.title, frame.say(words.READS), counted, colours, t)
    for start, row in zip(at.starts, at.lines, strict=True):
        for place, rect in enumerate(row.rects):
            token = start + place
            faint = reading.special[token]
            draw_chip(painter, row, place, colours, lit=token == lit, faint=faint)
            box = QRectF(rect.x() - 4, rect.bottom() + 4, rect.width() + 8, 22 * t)
            said = str(reading.ids[token])
            px = min(14 * t, row.px)
            write(painter, box, said, px, colours.muted, align=CENTRE)
    begins = frame.say(words.BEGINS, width=model.width)
    draw_title(painter, at.under, begins, "", colours, t)
    draw_map(painter, at.vectors, reading.hidden[0], peak_of(reading), "signed", colours)
    name_rows(
        painter, at.vectors, reading.tokens, 14 * t, at.label, colours, -1 if lit is None else lit
    )
    if lit is not None:
        frame_of(painter, row_rect(at.vectors, lit, len(reading.tokens)), colours, 2)
    peak = peak_of(reading)
    draw_legend(painter, at.legend, "", -peak, peak, "signed", colours, 14 * t, 2)


def hit(layout: PretrainedLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("row", token) of the chip or vector under a point."""
    reading = reading_of(frame)
    assert reading is not None
    at = places(layout, frame, reading)
    for start, row in zip(at.starts, at.lines, strict=True):
        found = row.at(point, 26 * layout.room.type)
        if found is not None:
            return ("row", start + found)
    found = row_at(at.vectors, point, len(reading.tokens), at.label)
    return () if found is None else ("row", found)


def lens(frame: Frame) -> Lens | None:
    """Return the token's number and its vector."""
    reading = reading_of(frame)
    assert reading is not None
    row = row_of(frame, reading)
    if row is None:
        return None
    said = frame.say(words.YES if reading.special[row] else words.NO)
    rows = ((frame.say(words.ID), str(reading.ids[row])), (frame.say(words.SPECIAL), said))
    title = f"{frame.say(words.TOKEN, n=row + 1)}: {reading.tokens[row]}"
    return Lens(title, rows, reading.hidden[0][row][None, :], peak_of(reading), "signed")
