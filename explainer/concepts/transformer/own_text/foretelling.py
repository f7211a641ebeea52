"""What the net expects at each place of a text, beside what stands there."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.own_text import words
from explainer.concepts.transformer.own_text.layout import OwnTextLayout, chance_text
from explainer.concepts.transformer.own_text.pieces import chip_text, words_of, written
from explainer.concepts.transformer.own_text.probe import Foretold
from explainer.stage.chips import Row, chip_row, draw_chip, draw_diamond
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import REGULAR, RIGHT, SEMIBOLD, number, width, write

_SECONDS = 0.7  # a place
_PAD, _GAP, _LEAST = 24.0, 12.0, 40.0  # as chips are laid
_LINES = 2


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a moment a token."""
    if not isinstance(frame.answer, Foretold):
        return (Beat("", 0.0),)
    count = len(frame.answer.pieces)
    return tuple(
        Beat("place", place * _SECONDS, frame.say(words.PLACE, n=place + 1, count=count))
        for place in range(count)
    )


def place_at(frame: Frame, time: float) -> int:
    """Return the place looked at: pointed at, chosen, or where the animation is."""
    count = len(frame.answer.pieces)
    for target in (frame.hover, frame.selection):
        if target[:1] == ("token",) and int(target[1]) < count:
            return int(target[1])
    return min(int(time / _SECONDS + 1e-6), count - 1)


def lines_of(pieces: tuple[bytes, ...], wide: float, px: float) -> tuple[tuple[int, int], ...]:
    """Return where each line of chips begins and ends; a token that fits no line is left out."""
    return _lines(pieces, round(wide, 1), round(px, 1))


@lru_cache(maxsize=64)
def _lines(pieces: tuple[bytes, ...], wide: float, px: float) -> tuple[tuple[int, int], ...]:
    of_word, found, start, x = words_of(pieces), list[tuple[int, int]](), 0, 0.0
    for place, piece in enumerate(pieces):
        chip = max(width(chip_text(piece), px) + _PAD, _LEAST)
        gap = 0.0 if place == start or of_word[place] == of_word[place - 1] else _GAP
        if x + gap + chip > wide and place > start:
            found.append((start, place))
            start, x, gap = place, 0.0, 0.0
            if len(found) == _LINES:
                return tuple(found)
        x += gap + chip
    return (*found, (start, len(pieces)))


def rows(layout: OwnTextLayout, frame: Frame) -> tuple[tuple[int, Row], ...]:
    """Return the lines of chips, each with the place of its first."""
    t, body = layout.room.type, layout.body
    pieces, px = frame.answer.pieces, 17 * t
    high = 38 * min(t, 1.25)
    of_word = words_of(pieces)
    return tuple(
        (
            first,
            chip_row(
                [chip_text(piece) for piece in pieces[first:end]],
                of_word[first:end],
                QRectF(body.x(), body.y() + 30 * t + line * (high + 26), body.width(), high),
                px,
                spread=False,
            ),
        )
        for line, (first, end) in enumerate(lines_of(pieces, body.width(), px))
    )


def draw_still(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    """Write whose text it is."""
    t, body = layout.room.type, layout.body
    whose = words.HELD_OUT if frame.answer.is_held_out else words.TYPED
    line = QRectF(body.x(), body.y(), body.width(), 24 * t)
    write(painter, line, frame.say(whose), 14 * t, colours.muted)


def draw_moving(
    painter: QPainter, layout: OwnTextLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the text up to the place looked at, and what is expected there."""
    place, laid = place_at(frame, time), rows(layout, frame)
    answer: Foretold = frame.answer
    for first, row in laid:
        for index, rect in enumerate(row.rects):
            at = first + index
            draw_chip(painter, row, index, colours, lit=at == place, faint=at > place)
            bar = QRectF(rect.x() + 4, rect.bottom() + 6, rect.width() - 8, 7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.line)
            painter.drawRoundedRect(bar, 3, 3)
            if at <= place:
                painter.setBrush(colours.solid("magnitude"))
                share = float(answer.probability[at])
                filled = QRectF(bar.x(), bar.y(), bar.width() * share, bar.height())
                painter.drawRoundedRect(filled, 3, 3)
    _draw_candidates(painter, layout, frame, place, laid, colours)


def _draw_candidates(
    painter: QPainter,
    layout: OwnTextLayout,
    frame: Frame,
    place: int,
    laid: tuple[tuple[int, Row], ...],
    colours: Colours,
) -> None:
    answer: Foretold = frame.answer
    t, body = layout.room.type, layout.body
    top = laid[-1][1].rects[0].bottom() + 40 * t
    head = QRectF(body.x(), top, body.width(), 28 * t)
    title = frame.say(words.NEXT_OF, n=place + 1)
    write(painter, head, title, 18 * t, colours.ink, SEMIBOLD)
    stands, given = answer.pieces[place], float(answer.probability[place])
    said = frame.say(words.GIVEN, share=chance_text(given))
    x = body.x() + width(title, 18 * t, SEMIBOLD) + 40
    draw_diamond(painter, QPointF(x, head.center().y()), 7 * t, colours)
    write(painter, QRectF(x + 14 * t, head.y(), body.right() - x - 14 * t, head.height()), said,
          15 * t, colours.muted)  # fmt: skip
    listed = list(zip(answer.candidates[place], answer.chances[place].tolist(), strict=True))
    if stands not in answer.candidates[place]:
        listed[-1:] = [(stands, given)]
    room = body.bottom() - head.bottom() - 8
    high = min(room / len(listed), 38 * t)
    label, end = 150 * t, 86 * t
    peak = max(chance for _, chance in listed)
    for row, (piece, chance) in enumerate(listed):
        y = head.bottom() + 8 + row * high
        is_true = piece == stands
        name = QRectF(body.x() + 26 * t, y, label - 40 * t, high)
        weight = SEMIBOLD if is_true else REGULAR
        write(painter, name, written(piece), 17 * t, colours.ink, weight, RIGHT)
        if is_true:
            draw_diamond(painter, QPointF(body.x() + 12 * t, name.center().y()), 7 * t, colours)
        wide = (min(body.width(), 900.0) - label - end) * chance / max(peak, 1e-9)
        bar = QRectF(body.x() + label, y + 0.2 * high, max(wide, 1.5), 0.6 * high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.value if is_true else colours.solid("magnitude"))
        painter.drawRoundedRect(bar, 3, 3)
        box = QRectF(bar.right() + 10, y, end, high)
        write(painter, box, chance_text(chance), 15 * t, colours.ink, weight)


def hit(layout: OwnTextLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("token", place)."""
    for first, row in rows(layout, frame):
        index = row.at(point, below=18)
        if index is not None:
            return ("token", first + index)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return what the token at the place cost."""
    place, answer = place_at(frame, time), frame.answer
    given = float(answer.probability[place])
    order = answer.candidates[place]
    stands = answer.pieces[place]
    rank = f"{order.index(stands) + 1}" if stands in order else f"> {len(order)}"
    rows = (
        (frame.say(words.PROBABILITY), chance_text(given)),
        (frame.say(words.SURPRISE), number(-math.log2(max(given, 1e-12)), 1)),
        (frame.say(words.RANK), rank),
    )
    return Lens(written(stands), rows)
