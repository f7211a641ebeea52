"""A text as tokens with their numbers, and the table of ways to split it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import eojeols, names, row_of
from explainer.concepts.transformer.attention.layout import AttentionLayout, shortened
from explainer.concepts.transformer.attention.probe import Listened
from explainer.concepts.transformer.attention.splits import Table, draw_table, table_in, unit_at
from explainer.concepts.transformer.tokens import SPECIAL, UNKNOWN_ID
from explainer.concepts.transformer.units import UNIT_NAMES, UNITS
from explainer.stage.chips import Row, chip_row, draw_chip
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, SEMIBOLD, number, width, write

_MOST_LINES = 3
# Of its size, below which type is given another line; a small one is given up less easily.
_LEAST, _LEAST_SMALL = 0.72, 0.56
_HEAD = 34.0


@dataclass(frozen=True, slots=True)
class Places:
    """Where the chips, the translation and the table of splits stand.

    Attributes
    ----------
    lines : tuple of Row
        The chips; a long text needs more than one line.
    starts : tuple of int
        The token each line begins with.
    ids : float
        How high the line of numbers under the chips is.
    said : QRectF
    table : Table
    """

    lines: tuple[Row, ...]
    starts: tuple[int, ...]
    ids: float
    said: QRectF
    table: Table


def places(layout: AttentionLayout, frame: Frame, answer: Listened) -> Places:
    """Return where everything stands."""
    t, body = layout.room.type, layout.body
    lines, starts, ids = chip_lines(
        names(frame, answer),
        eojeols(frame, answer),
        [width(number(each, 0), 15 * t) + 2 for each in answer.ids],
        QRectF(body.x(), body.y() + _HEAD * t, body.width(), body.height()),
        t,
    )
    under = lines[-1].rects[0].bottom() + ids
    said = QRectF(body.x(), under + 4, body.width(), 30 * t)
    top = said.bottom() + 10
    table = table_in(QRectF(body.x(), top, body.width(), body.bottom() - top), layout.room)
    return Places(lines, starts, ids, said, table)


def chip_lines(
    texts: Sequence[str], eojeols: Sequence[int], least: Sequence[float], rect: QRectF, t: float
) -> tuple[tuple[Row, ...], tuple[int, ...], float]:
    """Return chips on as few lines as can be read, each line's first chip, and the ids' height.

    Lines end between written words; no chip is narrower than its `least`, if that can be.
    """
    for count in range(1, _MOST_LINES + 1):
        is_one = count == 1
        high = (58.0 if is_one else 40.0) * min(t, 1.3)
        px, ids = (27 * t, 30 * t) if is_one else (22 * t, 27 * t)
        starts = _starts(texts, eojeols, px, count)
        lines = tuple(
            chip_row(
                texts[first:behind],
                eojeols[first:behind],
                QRectF(rect.x(), rect.y() + line * (high + ids), rect.width(), high),
                px,
                spread=is_one,
            )
            for line, (first, behind) in enumerate(
                zip(starts, (*starts[1:], len(texts)), strict=True)
            )
        )
        smallest = min(row.px for row in lines)
        wides = [box.width() for row in lines for box in row.rects]
        is_wide = all(wide >= needed for wide, needed in zip(wides, least, strict=True))
        if smallest >= (_LEAST if is_one else _LEAST_SMALL) * px and is_wide:
            break
    return lines, starts, ids


def _starts(texts: Sequence[str], eojeols: Sequence[int], px: float, count: int) -> tuple[int, ...]:
    """Return where lines of about the same length begin."""
    ends: list[float] = []
    for text in texts:
        ends.append((ends[-1] if ends else 0.0) + max(width(text, px) + 24, 40.0))
    starts = [0]
    for place in range(1, len(texts)):
        if eojeols[place] == eojeols[place - 1]:
            continue
        if ends[place - 1] >= ends[-1] * len(starts) / count:
            starts.append(place)
    return tuple(starts[:count])


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return the chips, their numbers, then one split after another."""
    said = [frame.say(UNIT_NAMES[unit]) for unit in UNITS]
    return (
        Beat("chips", 0.0),
        Beat("ids", 0.8),
        *(Beat("split", 1.8 + 0.8 * i, text) for i, text in enumerate(said)),
    )


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at = places(layout, frame, answer)
    under = [
        QRectF(layout.body.x(), row.rects[0].bottom() + 3, layout.body.width(), at.ids - 4)
        for row in at.lines
    ]
    said = at.said.adjusted(-2, 0, 2, 0)
    rows = [row.adjusted(-2, 0, 2, 1) for row in at.table.rows]
    return (
        *((rect, 0.8) for rect in (*under, said)),
        *((row, 1.8 + 0.8 * i) for i, row in enumerate(rows)),
        (at.table.foot, 1.8 + 0.8 * (len(rows) - 1)),
    )


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw the chips with their numbers, what they are translated to, and the table of splits."""
    t, body = layout.room.type, layout.body
    at, said = places(layout, frame, answer), names(frame, answer)
    lit = row_of(frame, answer) if frame.hover[:1] == ("row",) or frame.selection else -1
    line = QRectF(body.x(), body.y(), body.width(), 26 * t)
    write(painter, line, frame.say(words.READS), 18 * t, colours.ink, SEMIBOLD)
    lead = width(frame.say(words.READS), 18 * t, SEMIBOLD) + 16
    counted = frame.say(words.NUMBERED, count=answer.vocabulary_size, special=len(SPECIAL))
    write(painter, line.adjusted(lead, 0, 0, 0), counted, 15 * t, colours.muted)
    for row, first in zip(at.lines, at.starts, strict=True):
        for place, rect in enumerate(row.rects):
            token = first + place
            unknown = answer.ids[token] == UNKNOWN_ID
            is_end = token == len(said) - 1
            draw_chip(painter, row, place, colours, unknown=unknown, faint=is_end, lit=token == lit)
            box = QRectF(rect.x() - 2, rect.bottom() + 3, rect.width() + 4, at.ids - 5)
            ink = colours.wrong if unknown else colours.muted
            write(painter, box, number(answer.ids[token], 0), 15 * t, ink, align=CENTRE)
    if answer.said is not None:
        title = frame.say(words.TRANSLATION)
        write(painter, at.said, title, 15 * t, colours.muted)
        box = at.said.adjusted(width(title, 15 * t) + 16, 0, 0, 0)
        text = shortened(answer.said.intact, 19 * t, box.width())
        ink = colours.wrong if answer.said.is_right is False else colours.ink
        write(painter, box, text, 19 * t, ink, SEMIBOLD)
    draw_table(painter, at.table, frame, answer, colours, t)


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return ("row", token) of the chip under a point, or ("unit", name) of a row of the table."""
    at = places(layout, frame, answer)
    for row, first in zip(at.lines, at.starts, strict=True):
        found = row.at(point, at.ids)
        if found is not None:
            return ("row", first + found)
    unit = unit_at(at.table, point)
    return () if unit is None or answer.language != "ko" else ("unit", unit)


def lens(frame: Frame, answer: Listened) -> Lens | None:
    """Return the token's number and whether it is known."""
    row = row_of(frame, answer)
    is_known = answer.ids[row] != UNKNOWN_ID
    vector = answer.reading.embedded[row]
    rows = (
        (frame.say(words.ID), str(answer.ids[row])),
        (frame.say(words.KNOWN), frame.say(words.YES if is_known else words.NO)),
    )
    title = f"{frame.say(words.TOKEN, n=row + 1)}: {names(frame, answer)[row]}"
    peak = float(abs(answer.reading.embedded).max())
    return Lens(title, rows, vector.reshape(8, 8), peak, "signed", None if is_known else False)
