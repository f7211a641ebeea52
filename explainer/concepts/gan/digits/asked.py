"""Ask for a digit: the conditional pair, its fakes, and how many are what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.digit_pieces import (
    MARGIN,
    draw_tiles,
    frames,
    heading,
    said_small,
    tile,
    tiles,
)
from explainer.concepts.gan.digits import words
from explainer.concepts.gan.digits.asking import ASKED, DIGITS, Asked
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Pick, Room, Target
from explainer.stage.heatmap import outline
from explainer.stage.lettering import BOLD, CENTRE, REGULAR, SEMIBOLD, percent, write
from explainer.stage.presses import Painted
from explainer.stage.view import Keep

ACROSS, DOWN = 8, 3
_PACE = 0.12  # seconds a fake


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles in design units."""

    keys: tuple[QRectF, ...]
    wall: QRectF
    score: QRectF
    others: QRectF
    head: float
    note: QRectF


@lru_cache(maxsize=8)
def places(room: Room) -> Places:
    """Return where the parts lie."""
    t = room.type
    head = 30 * min(t, 1.35)
    wide = room.width - 2 * MARGIN
    top = 14.0 + head
    key = min(52 * min(t, 1.25), wide / 10 - 8)
    keys = tuple(QRectF(MARGIN + i * (key + 10), top, key, key) for i in range(DIGITS))
    note = QRectF(MARGIN, room.height - 14 - 24 * t, wide, 24 * t)
    pitch = min(wide / DIGITS, 0.155 * room.height)
    others_top = note.y() - 26 * t - pitch - 6
    others = QRectF(MARGIN, others_top, pitch * DIGITS, pitch)
    wall_top = keys[0].bottom() + 18 + head
    high = others_top - head - 16 - wall_top
    side = min(high / DOWN, 0.74 * wide / ACROSS)
    wall = QRectF(MARGIN, wall_top, side * ACROSS, side * DOWN)
    left = wall.right() + 40
    score = QRectF(left, wall_top, room.width - MARGIN - left, wall.height())
    return Places(keys, wall, score, others, head, note)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the asking, and the end, when all fakes are judged."""
    return (Beat("ask", 0.0), Beat("judged", ASKED * _PACE))


def draw(
    painter: QPainter, room: Room, frame: Frame, time: float, colours: Colours, keep: Keep
) -> None:
    """Draw the ten keys, the fakes that came, and one noise asked for every digit."""
    answer: Asked = frame.answer
    t, where = room.type, places(room)
    _draw_keys(painter, where, frame, colours, t)
    head = QRectF(where.wall.x(), where.wall.y() - where.head, where.wall.width(), where.head - 4)
    heading(painter, head, frame.say(words.CAME, digit=answer.digit), colours, t)
    shown = ASKED if frame.reduced else min(int(time / _PACE + 1e-6), ASKED)

    def draw_wall(part: QPainter) -> None:
        draw_tiles(part, where.wall, tiles(answer.pictures, ACROSS, colours))

    keep(painter, "asked", where.wall, (answer,), draw_wall)
    right = answer.verdict.labels == answer.digit
    wrong = [tile(where.wall, int(i), DOWN, ACROSS) for i in np.flatnonzero(~right[:shown])]
    frames(painter, wrong, colours.wrong, 2.6)
    for i in np.flatnonzero(~right[:shown]):
        box = tile(where.wall, int(i), DOWN, ACROSS)
        tag = QRectF(box.right() - 17 * t, box.y() + 2, 15 * t, 18 * t)
        painter.fillRect(tag, colours.wrong)
        label = str(int(answer.verdict.labels[i]))
        write(painter, tag, label, 14 * t, colours.text_on(colours.wrong), BOLD, CENTRE)
    if shown < ASKED:
        outline(painter, tile(where.wall, shown, DOWN, ACROSS), colours, 2.4)
    _draw_score(painter, where, frame, int(right[:shown].sum()), shown, colours, t)
    keep(painter, "others", where.others.adjusted(-4, -where.head, 4, 28 * t),
         (answer, frame.language),
         lambda part: _draw_others(part, where, frame, colours, t))  # fmt: skip
    said = frame.say(words.THIS_ONE)
    if answer.step is not None:
        said = frame.say(words.SHIPPED_ONE, step=f"{answer.step:,}")
    said_small(painter, where.note, said, colours, t)


def _draw_keys(painter: QPainter, where: Places, frame: Frame, colours: Colours, t: float) -> None:
    first = where.keys[0]
    head = QRectF(first.x(), first.y() - where.head, 600, where.head - 4)
    heading(painter, head, frame.say(words.ASK), colours, t)
    for digit, key in enumerate(where.keys):
        is_asked = digit == frame.answer.digit
        is_lit = frame.hover == ("ask", digit)
        painter.setPen(QPen(colours.amber if is_asked or is_lit else colours.line, 2.2))
        painter.setBrush(colours.amber_soft if is_asked else colours.surface)
        painter.drawRoundedRect(key, 8, 8)
        ink = colours.amber_text if is_asked else colours.ink
        write(painter, key, str(digit), 24 * min(t, 1.3), ink, BOLD, CENTRE)


def _draw_score(
    painter: QPainter, where: Places, frame: Frame, right: int, shown: int, colours: Colours,
    t: float,
) -> None:  # fmt: skip
    answer, area = frame.answer, where.score
    line = QRectF(area.x(), area.y(), area.width(), 40 * t)
    said = frame.say(words.AGREED, n=right, digit=answer.digit)
    half = QRectF(line.x(), line.y(), line.width(), 26 * t)
    write(painter, half, said, 17 * t, colours.ink, SEMIBOLD)
    sure = answer.verdict.probabilities[:, answer.digit]
    row = QRectF(area.x(), half.bottom() + 12, area.width(), 14)
    pitch = row.width() / ASKED
    painter.setPen(Qt.PenStyle.NoPen)
    for i in range(ASKED):
        box = QRectF(row.x() + i * pitch, row.y(), pitch - 2, 46)
        painter.fillRect(box, colours.line)
        if i < shown:
            high = box.height() * float(sure[i])
            bar = QRectF(box.x(), box.bottom() - high, box.width(), high)
            is_right = int(answer.verdict.labels[i]) == answer.digit
            painter.fillRect(bar, colours.generator if is_right else colours.wrong)
    foot = QRectF(area.x(), row.y() + 52, area.width(), 22 * t)
    said_small(painter, foot, f"p({answer.digit})", colours, t)
    under = QRectF(area.x(), foot.bottom() + 10, area.width(), 24 * t)
    said_small(painter, under, frame.say(words.AGREEMENT), colours, t)
    last = QRectF(area.x(), under.bottom(), area.width(), 38 * t)
    painter.setPen(QPen(colours.line, 1))
    write(painter, last, percent(answer.agreement), 28 * t, colours.ink, BOLD)


def _draw_others(
    painter: QPainter, where: Places, frame: Frame, colours: Colours, t: float
) -> None:
    answer, rect = frame.answer, where.others
    head = QRectF(rect.x(), rect.y() - where.head, rect.width(), where.head - 4)
    heading(painter, head, frame.say(words.SAME_NOISE), colours, t)
    draw_tiles(painter, rect, tiles(answer.others, DIGITS, colours))
    for digit in range(DIGITS):
        box = tile(rect, digit, 1, DIGITS)
        line = QRectF(box.x(), box.bottom() + 2, box.width(), 22 * t)
        ink = colours.amber_text if digit == answer.digit else colours.muted
        weight = SEMIBOLD if digit == answer.digit else REGULAR
        write(painter, line, str(digit), 15 * t, ink, weight, CENTRE)
        if digit == answer.digit:
            outline(painter, box, colours, 2.4)


def painted(room: Room, frame: Frame) -> tuple[Painted, ...]:
    """Return the keys as buttons for the keyboard."""
    return tuple(
        Painted(("ask", digit), key, f"{frame.say(words.ASK)}: {digit}")
        for digit, key in enumerate(places(room).keys)
    )


def hit(room: Room, frame: Frame, point: QPointF) -> Target:
    """Return the key under a point; a fake of the lower row asks for its digit."""
    where = places(room)
    for digit, key in enumerate(where.keys):
        if key.contains(point):
            return ("ask", digit)
    if where.others.contains(point):
        share = (point.x() - where.others.x()) / where.others.width()
        return ("ask", min(int(share * DIGITS), DIGITS - 1))
    return ()


def ask(digit: int) -> Pick:
    """Return what a press on a key means."""
    return Pick(knobs={"digit": digit}, time=0.0)
