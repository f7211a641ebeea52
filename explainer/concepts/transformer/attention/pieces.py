"""A text as tokens, and what other ways to split it would cost."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import eojeols, names, row_of
from explainer.concepts.transformer.attention.layout import READABLE, AttentionLayout
from explainer.concepts.transformer.attention.probe import Listened
from explainer.concepts.transformer.tokens import UNITS, UNKNOWN, Unit, split
from explainer.stage.chips import Row, chip_row, draw_chip
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, number, width, write

COLUMNS = ("here", "mean", "vocabulary")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the chips, the table of splits and its columns of figures stand."""

    chips: Row
    rows: tuple[QRectF, ...]
    figures: tuple[float, ...]
    figure_wide: float


def korean_of(frame: Frame, answer: Listened) -> tuple[str, ...]:
    """Return the sentence in Korean tokens; empty if only English is known."""
    if answer.language == "ko":
        return names(frame, answer)[:-1]
    return answer.reading.pair.korean if answer.reading.pair else ()


def places(layout: AttentionLayout, frame: Frame, answer: Listened) -> Places:
    """Return where everything stands."""
    t, body = layout.room.type, layout.body
    high = 58.0 * min(t, 1.3)
    top = QRectF(body.x(), body.y() + 34 * t, body.width(), high)
    chips = chip_row(names(frame, answer), eojeols(frame, answer), top, 27 * t)
    under = top.bottom() + (34 + 26 + 34 + 26) * t
    row = (body.bottom() - under) / len(UNITS)
    wide = 92.0 * t
    left = body.right() - wide * len(COLUMNS)
    return Places(
        chips,
        tuple(QRectF(body.x(), under + i * row, body.width(), row) for i in range(len(UNITS))),
        tuple(left + wide * i for i in range(len(COLUMNS))),
        wide,
    )


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return the chips, their numbers, then one split after another."""
    said = [frame.say(words.UNITS[unit]) for unit in UNITS]
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
    t = layout.room.type
    first = at.chips.rects[0]
    ids = QRectF(layout.body.x(), first.bottom() + 3, layout.body.width(), 28 * t)
    return ((ids, 0.8), *((row, 1.8 + 0.8 * i) for i, row in enumerate(at.rows)))


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw the chips with their numbers, and the table of splits."""
    t, body = layout.room.type, layout.body
    at, said = places(layout, frame, answer), names(frame, answer)
    lit = row_of(frame, answer) if frame.hover[:1] == ("row",) or frame.selection else -1
    line = QRectF(body.x(), body.y(), body.width(), 26 * t)
    write(painter, line, frame.say(words.READS), 18 * t, colours.ink, SEMIBOLD)
    lead = width(frame.say(words.READS), 18 * t, SEMIBOLD) + 16
    counted = frame.say(words.NUMBERED, count=answer.vocabulary_size)
    write(painter, line.adjusted(lead, 0, 0, 0), counted, 15 * t, colours.muted)
    for place, rect in enumerate(at.chips.rects):
        unknown = answer.tokens[place] == UNKNOWN
        is_end = place == len(said) - 1
        draw_chip(
            painter, at.chips, place, colours, unknown=unknown, faint=is_end, lit=place == lit
        )
        box = QRectF(rect.center().x() - 40 * t, rect.bottom() + 4, 80 * t, 24 * t)
        ink = colours.wrong if unknown else colours.muted
        write(painter, box, number(answer.ids[place], 0), 15 * t, ink, align=CENTRE)
    _draw_table(painter, frame, answer, at, colours, t)


def _draw_table(
    painter: QPainter, frame: Frame, answer: Listened, at: Places, colours: Colours, t: float
) -> None:
    korean = korean_of(frame, answer)
    first = at.rows[0]
    head = QRectF(first.x(), first.y() - 56 * t, at.figures[0] - first.x(), 26 * t)
    write(painter, head, frame.say(words.OTHER_SPLITS), 18 * t, colours.ink, SEMIBOLD)
    if not korean:
        write(painter, first, frame.say(words.NO_KOREAN), 16 * t, colours.muted)
        return
    for x, heading in zip(at.figures, (words.HERE, words.MEAN, words.VOCABULARY), strict=True):
        box = QRectF(x + 4, first.y() - 28 * t, at.figure_wide - 4, 24 * t)
        write(painter, box, frame.say(heading), 14 * t, colours.muted, align=RIGHT)
    costs = {cost.unit: cost for cost in answer.costs}
    longest = max((cost.mean_length for cost in answer.costs), default=1.0)
    name_wide = 112 * t
    for unit, row in zip(UNITS, at.rows, strict=True):
        is_ours = unit == "morpheme"
        middle = row.center().y()
        ink, weight = (colours.ink, SEMIBOLD) if is_ours else (colours.muted, REGULAR)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(row.topLeft(), row.topRight())
        box = QRectF(row.x(), middle - 14 * t, name_wide - 10, 28 * t)
        write(painter, box, frame.say(words.UNITS[unit]), 17 * t, ink, weight)
        pieces = split(korean, unit)
        wide = at.figures[0] - row.x() - name_wide - 16
        strip = QRectF(row.x() + name_wide, middle - 16 * t, wide, 32 * t)
        _draw_pieces(painter, pieces, unit, korean, strip, colours, 16 * t)
        if unit not in costs:
            continue
        cost = costs[unit]
        figures = (
            number(len(pieces), 0), number(cost.mean_length, 1), number(cost.vocabulary_size, 0)
        )  # fmt: skip
        for x, text in zip(at.figures, figures, strict=True):
            box = QRectF(x, middle - 16 * t, at.figure_wide, 28 * t)
            write(painter, box, text, 18 * t, ink, weight, RIGHT)
        x = at.figures[1] + 12
        length = (at.figure_wide - 12) * cost.mean_length / longest
        bar = QRectF(at.figures[1] + at.figure_wide - length, middle + 13 * t, length, 5)
        bar.setLeft(max(bar.left(), x))
        painter.fillRect(bar, colours.solid("magnitude") if is_ours else colours.faint)


def _draw_pieces(
    painter: QPainter,
    pieces: Sequence[str],
    unit: Unit,
    korean: Sequence[str],
    rect: QRectF,
    colours: Colours,
    px: float,
) -> None:
    """Draw small chips; where a letter would be unreadable, the boxes alone."""
    shown = [letter(piece) for piece in pieces]
    pads = 14.0 if unit in ("morpheme", "eojeol") else 8.0
    wides = [max(width(text, px) + pads, px * 0.9) for text in shown]
    gap = 5.0 if unit in ("morpheme", "eojeol") else 2.0
    whole = sum(wides) + gap * (len(wides) - 1)
    shrink = min(1.0, rect.width() / whole)
    size = px * shrink
    x = rect.x()
    painter.setPen(QPen(colours.faint, 1))
    painter.setBrush(colours.surface)
    boxes = []
    for text, wide in zip(shown, wides, strict=True):
        box = QRectF(x, rect.y(), wide * shrink, rect.height())
        x += (wide + gap) * shrink
        if text.strip():
            painter.drawRoundedRect(box, 4, 4)
            boxes.append((box, text))
    if size < READABLE * px:
        return
    for box, text in boxes:
        write(painter, box, text, size, colours.ink, REGULAR, CENTRE)


def letter(piece: str) -> str:
    """Return a conjoining letter of Hangul as it stands alone, which every font can draw."""
    if len(piece) != 1 or not 0x1100 <= ord(piece) <= 0x11FF:
        return piece
    return unicodedata.lookup(f"HANGUL LETTER {unicodedata.name(piece).split(' ', 2)[2]}")


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return ("row", token) of the chip under a point."""
    found = places(layout, frame, answer).chips.at(point, 28 * layout.room.type)
    return () if found is None else ("row", found)


def lens(frame: Frame, answer: Listened) -> Lens | None:
    """Return the token's number and whether it is known."""
    row = row_of(frame, answer)
    is_known = answer.tokens[row] != UNKNOWN
    vector = answer.reading.embedded[row]
    rows = (
        (frame.say(words.ID), str(answer.ids[row])),
        (frame.say(words.KNOWN), frame.say(words.YES if is_known else words.NO)),
    )
    title = f"{frame.say(words.TOKEN, n=row + 1)}: {names(frame, answer)[row]}"
    peak = float(abs(answer.reading.embedded).max())
    return Lens(title, rows, vector.reshape(8, 8), peak, "signed", None if is_known else False)
