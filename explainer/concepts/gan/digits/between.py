"""From one chosen fake to another: through the noise between theirs, not through their pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.digit_pieces import (
    MARGIN,
    draw_one,
    draw_tiles,
    heading,
    tile,
    tiles,
)
from explainer.concepts.gan.digits import words
from explainer.concepts.gan.digits.probe import WALL
from explainer.concepts.gan.digits.walking import PATH, Between
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Pick, Room, Target
from explainer.stage.heatmap import outline
from explainer.stage.lettering import BOLD, CENTRE, SEMIBOLD, percent, write
from explainer.stage.motion import in_out_cubic, share
from explainer.stage.share_ribbons import draw_shares, stacked
from explainer.stage.view import Keep

SECONDS = 5.0
ROWS_SHOWN, ACROSS = 3, 20
_STOPS = 9


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles in design units."""

    wall: QRectF
    way: QRectF
    now: QRectF
    shares: QRectF
    mixes: tuple[QRectF, QRectF]
    head: float
    stops: int


@lru_cache(maxsize=8)
def places(room: Room) -> Places:
    """Return where the parts lie."""
    t = room.type
    head = 30 * min(t, 1.35)
    wide = room.width - 2 * MARGIN
    top = 14.0 + head
    side = wide / ACROSS
    wall = QRectF(MARGIN, top, wide, ROWS_SHOWN * side)
    stops = 7 if room.large else _STOPS
    pitch = wide / stops
    way_side = min(pitch - 12, 0.16 * room.height)
    way = QRectF(MARGIN, wall.bottom() + 20 + head, wide, way_side)
    lower = way.bottom() + 22 + head
    high = room.height - 18 - lower
    big = min(high - 30 * t, 0.2 * wide)
    now = QRectF(MARGIN, lower, big, big)
    small = min(high - 30 * t, 0.15 * wide)
    gap = 20.0
    last = room.width - MARGIN - 2 * small - gap
    mixes = (QRectF(last, lower, small, small), QRectF(last + small + gap, lower, small, small))
    shares = QRectF(now.right() + 30, lower, last - 36 - now.right() - 30, high)
    return Places(wall, way, now, shares, mixes, head, stops)


def ends(frame: Frame) -> tuple[int, int]:
    """Return which fakes the walk goes from and to."""
    first, second = (int(str(frame.knobs.get(key, 0))) for key in ("first", "second"))
    return first, second


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the stops on the way."""
    return tuple(Beat("", SECONDS * i / (_STOPS - 1)) for i in range(_STOPS))


def place_at(frame: Frame, time: float) -> int:
    """Return how far the walk has come, of 49 places."""
    gone = time / SECONDS if not frame.reduced else 1.0
    return min(max(round(gone * (PATH - 1)), 0), PATH - 1)


def draw(
    painter: QPainter, room: Room, frame: Frame, time: float, colours: Colours, keep: Keep
) -> None:
    """Draw what may be chosen, the stops, the fake now, what is read, and both mixtures."""
    answer: Between = frame.answer
    t, where = room.type, places(room)
    head = QRectF(where.wall.x(), where.wall.y() - where.head, where.wall.width(), where.head - 4)
    heading(painter, head, frame.say(words.GO_ON), colours, t)

    def draw_still(part: QPainter) -> None:
        draw_tiles(part, where.wall, tiles(answer.wall, ACROSS, colours))
        for place, text in zip(ends(frame), (words.FROM_HERE, words.TO_THERE), strict=True):
            box = tile(where.wall, place, ROWS_SHOWN, ACROSS)
            outline(part, box, colours, 2.4)
            tag = QRectF(box.x() - 6, box.bottom() - 18 * t, box.width() + 12, 18 * t)
            part.fillRect(tag, colours.amber_soft)
            write(part, tag, frame.say(text), 13 * t, colours.amber_text, SEMIBOLD, CENTRE)
        _draw_way(part, where, frame, colours, t)

    area = where.wall.united(where.way).adjusted(-8, -6, 8, 8)
    keep(painter, "way", area, (answer, frame.language, ends(frame)), draw_still)
    place = place_at(frame, time)
    _draw_now(painter, where, frame, place, colours, t)
    _draw_shares(painter, where, frame, place, colours, t, keep)
    seen = share(time, SECONDS / 2, 0.0 if frame.reduced else 0.6, in_out_cubic)
    for box, picture, text in zip(
        where.mixes, (answer.pictures[PATH // 2], answer.faded), (words.MIXED, words.FADED),
        strict=True,
    ):  # fmt: skip
        painter.setOpacity(max(0.2, seen))
        draw_one(painter, box, picture, colours.generator, colours)
        painter.setOpacity(1.0)
        line = QRectF(box.x() - 8, box.y() - where.head, box.width() + 16, where.head - 4)
        write(painter, line, frame.say(text), 14 * t, colours.ink, SEMIBOLD, CENTRE)


def _stop(where: Places, i: int) -> QRectF:
    pitch = where.way.width() / where.stops
    side = where.way.height()
    return QRectF(where.way.x() + (i + 0.5) * pitch - side / 2, where.way.y(), side, side)


def _draw_way(painter: QPainter, where: Places, frame: Frame, colours: Colours, t: float) -> None:
    answer: Between = frame.answer
    head = QRectF(where.way.x(), where.way.y() - where.head, where.way.width(), where.head - 4)
    heading(painter, head, frame.say(words.ON_THE_WAY), colours, t)
    at = np.rint(np.linspace(0, PATH - 1, where.stops)).astype(int)
    middle = where.way.center().y()
    painter.setPen(QPen(colours.line, 3))
    painter.drawLine(QPointF(_stop(where, 0).center().x(), middle),
                     QPointF(_stop(where, where.stops - 1).center().x(), middle))  # fmt: skip
    for i, place in enumerate(at):
        is_end = i in (0, where.stops - 1)
        colour = colours.amber if is_end else colours.line
        draw_one(painter, _stop(where, i), answer.pictures[place], colour, colours)


def _draw_now(
    painter: QPainter, where: Places, frame: Frame, place: int, colours: Colours, t: float
) -> None:
    answer: Between = frame.answer
    first, last = _stop(where, 0).center().x(), _stop(where, where.stops - 1).center().x()
    x = first + place / (PATH - 1) * (last - first)
    y = where.way.bottom() + 11
    painter.setPen(QPen(colours.line, 2))
    painter.drawLine(QPointF(first, y), QPointF(last, y))
    painter.setPen(QPen(colours.background, 2))
    painter.setBrush(colours.amber)
    painter.drawEllipse(QPointF(x, y), 7, 7)
    draw_one(painter, where.now, answer.pictures[place], colours.amber, colours)
    values = answer.verdict.probabilities[place]
    line = QRectF(where.now.x() - 10, where.now.bottom() + 3, where.now.width() + 20, 26 * t)
    digit = int(values.argmax())
    said = f"{frame.say(words.READ_AS, digit=digit)} · {percent(float(values.max()), 0)}"
    write(painter, line, said, 16 * t, colours.ink, BOLD, CENTRE)


def _draw_shares(
    painter: QPainter, where: Places, frame: Frame, place: int, colours: Colours, t: float,
    keep: Keep,
) -> None:  # fmt: skip
    answer: Between = frame.answer
    rect = where.shares
    head = QRectF(rect.x(), rect.y() - where.head, rect.width(), where.head - 4)
    heading(painter, head, frame.say(words.READING), colours, t, 16)
    values = answer.verdict.probabilities.astype(float)
    values = values / values.sum(axis=1, keepdims=True)
    x = np.linspace(0, 1, PATH)

    def draw_ribbons(part: QPainter) -> None:
        stack = stacked(x, values, int(values[0].argmax()), 1.0)
        draw_shares(part, rect, stack, 1.0, colours, 16 * t)

    keep(painter, "shares", rect, (answer,), draw_ribbons)
    here = rect.x() + place / (PATH - 1) * rect.width()
    painter.setPen(QPen(colours.background, 5))
    painter.drawLine(QPointF(here, rect.y()), QPointF(here, rect.bottom()))
    painter.setPen(QPen(colours.amber, 3))
    painter.drawLine(QPointF(here, rect.y()), QPointF(here, rect.bottom()))


def hit(room: Room, frame: Frame, point: QPointF) -> Target:
    """Return the fake under a point."""
    wall = places(room).wall
    if not wall.contains(point):
        return ()
    row = int((point.y() - wall.y()) / wall.height() * ROWS_SHOWN)
    column = int((point.x() - wall.x()) / wall.width() * ACROSS)
    return ("goal", min(min(row, ROWS_SHOWN - 1) * ACROSS + min(column, ACROSS - 1), WALL - 1))


def go_on(frame: Frame, goal: int) -> Pick:
    """Return the walk that goes on from where the last one ended."""
    first, second = ends(frame)
    if goal == second:
        return Pick(knobs={"first": second, "second": first}, time=0.0)
    return Pick(knobs={"first": second, "second": goal}, time=0.0)
