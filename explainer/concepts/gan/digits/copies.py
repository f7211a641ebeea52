"""A fake beside the training digit nearest to it, and how near real digits come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from explainer.concepts.gan.digit_pieces import (
    MARGIN,
    draw_one,
    draw_tiles,
    heading,
    said_small,
    tile,
    tiles,
)
from explainer.concepts.gan.digits import words
from explainer.concepts.gan.digits.probe import COLUMNS
from explainer.concepts.gan.digits.searching import Copies
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Room, Target
from explainer.stage.heatmap import draw_map, outline
from explainer.stage.lettering import BOLD, CENTRE, SEMIBOLD, number, width, write
from explainer.stage.motion import share
from explainer.stage.view import Keep

OTHERS = (3, 17, 25, 44)  # shown small beside the chosen one
CHOSEN = 13


def chosen(frame: Frame) -> int:
    """Return the wall's fake that is held against the training set."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("fake",):
            return int(target[1])
    return CHOSEN


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles in design units; the small pairs are empty in a large room."""

    wall: QRectF
    big: tuple[QRectF, QRectF, QRectF]
    pairs: tuple[tuple[QRectF, QRectF], ...]
    axis: QRectF
    head: float


@lru_cache(maxsize=8)
def places(room: Room) -> Places:
    """Return where the parts lie."""
    t = room.type
    head = 30 * min(t, 1.35)
    top = 14.0 + head
    wide = room.width - 2 * MARGIN
    wall_wide = 0.36 * wide
    across = 6
    side = min(wall_wide / across, (room.height - top - 50) / COLUMNS)
    wall = QRectF(MARGIN, top, side * across, side * COLUMNS)
    left = wall.right() + 44
    rest = room.width - MARGIN - left
    big = min((rest - 2 * 56) / 3, 0.3 * room.height)
    step = big + (rest - 3 * big) / 2
    three = tuple(QRectF(left + i * step, top + 26 * t, big, big) for i in range(3))
    under = three[0].bottom() + 44 * t
    axis_high = 170.0
    axis = QRectF(left, room.height - 24 - axis_high, rest, axis_high)
    if room.large:  # no pairs: the three stand in the middle of what is left
        down = max(0.0, (axis.y() - 34 * t - under) / 2)
        three = tuple(box.translated(0, down) for box in three)
    pairs: list[tuple[QRectF, QRectF]] = []
    free = axis.y() - 34 * t - under
    if free > 80 + 26 * t:
        pitch = rest / len(OTHERS)
        small = min((pitch - 22) / 2, free - 26 * t)
        for i in range(len(OTHERS)):
            x = left + i * pitch
            pairs.append(
                (QRectF(x, under, small, small), QRectF(x + small + 4, under, small, small))
            )
    return Places(wall, (three[0], three[1], three[2]), tuple(pairs), axis, head)


_WALL_ACROSS = 6


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the search and its end."""
    return (Beat("search", 0.0), Beat("found", 1.4))


def draw(
    painter: QPainter, room: Room, frame: Frame, time: float, colours: Colours, keep: Keep
) -> None:
    """Draw the chosen fake, its nearest digit, the difference, and all distances."""
    answer: Copies = frame.answer
    t, where = room.type, places(room)
    head = QRectF(where.wall.x(), where.wall.y() - where.head, where.wall.width() + 30,
                  where.head - 4)  # fmt: skip
    heading(painter, head, frame.say(words.CHOOSE), colours, t)

    def draw_wall(part: QPainter) -> None:
        draw_tiles(part, where.wall, tiles(answer.wall, _WALL_ACROSS, colours))

    keep(painter, "wall", where.wall, (answer.wall,), draw_wall)
    outline(painter, tile(where.wall, answer.places[0], COLUMNS, _WALL_ACROSS), colours, 2.4)
    gone = share(time, 0.2, 0.0 if frame.reduced else 0.9)
    _draw_big(painter, where, frame, gone, colours, t)
    if where.pairs:
        of = (answer, frame.language)
        area = where.pairs[0][0].united(where.pairs[-1][1]).adjusted(-3, -3, 12, 26 * t)
        keep(painter, "pairs", area, of,
             lambda part: _draw_pairs(part, where, frame, colours, t))  # fmt: skip
    area = where.axis.adjusted(-6, -34 * t, 10, 20)
    keep(painter, "axis", area, (answer, frame.language),
         lambda part: _draw_axis(part, where, frame, colours, t))  # fmt: skip


def _draw_big(
    painter: QPainter, where: Places, frame: Frame, gone: float, colours: Colours, t: float
) -> None:
    answer: Copies = frame.answer
    fake, real, apart = where.big
    titles = (words.FAKE, words.NEAREST, words.DIFFERENCE)
    for box, title in zip(where.big, titles, strict=True):
        line = QRectF(box.x() - 40, box.y() - 28 * t, box.width() + 80, 24 * t)
        said = frame.say(title)
        if title is words.NEAREST and width(said, 16 * t) > line.width() + 10:
            said = frame.say(words.NEAREST_SHORT)
        write(painter, line, said, 16 * t, colours.ink, SEMIBOLD, CENTRE)
    draw_one(painter, fake, answer.pictures[0], colours.generator, colours)
    painter.setOpacity(max(0.15, gone))
    draw_one(painter, real, answer.nearest[0], colours.value, colours)
    difference = answer.pictures[0] - answer.nearest[0]
    draw_map(painter, apart, difference, 1.0, "signed", colours)
    painter.setPen(QPen(colours.line, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(apart)
    painter.setOpacity(1.0)
    for sign, left, right in (("−", fake, real), ("=", real, apart)):
        box = QRectF(left.right(), left.y(), right.x() - left.right(), left.height())
        write(painter, box, sign, 26 * t, colours.muted, SEMIBOLD, CENTRE)
    line = QRectF(real.x() - 70, real.bottom() + 6, real.width() + 140, 26 * t)
    said_small(painter, line, frame.say(words.OF_ALL), colours, t, CENTRE)
    line = QRectF(apart.x() - 40, apart.bottom() + 6, apart.width() + 80, 26 * t)
    said = frame.say(words.DISTANCE, d=number(float(answer.distances[0]), 2))
    write(painter, line, said, 17 * t, colours.amber_text, BOLD, CENTRE)


def _draw_pairs(painter: QPainter, where: Places, frame: Frame, colours: Colours, t: float) -> None:
    answer: Copies = frame.answer
    for i, (fake, real) in enumerate(where.pairs):
        draw_one(painter, fake, answer.pictures[i + 1], colours.generator, colours)
        draw_one(painter, real, answer.nearest[i + 1], colours.value, colours)
        line = QRectF(fake.x(), fake.bottom() + 2, real.right() - fake.x(), 22 * t)
        said = number(float(answer.distances[i + 1]), 2)
        write(painter, line, said, 14 * t, colours.muted, align=CENTRE)


def _draw_axis(painter: QPainter, where: Places, frame: Frame, colours: Colours, t: float) -> None:
    """Draw every distance as a mark: fakes as triangles, real digits as dots."""
    answer, axis = frame.answer, where.axis
    title = QRectF(axis.x(), axis.y() - 32 * t, axis.width(), 26 * t)
    heading(painter, title, frame.say(words.ALL_DISTANCES), colours, t, 16)
    most = float(max(answer.all_distances.max(), answer.real_distances.max())) * 1.02
    line = 24 * t
    bottom = axis.bottom() - line
    lane = (bottom - axis.y()) / 2

    def at(value: float) -> float:
        return axis.x() + 8 + value / most * (axis.width() - 16)

    for place, (values, text, colour) in enumerate(
        (
            (answer.all_distances, words.FAKES_60, colours.generator),
            (answer.real_distances, words.REAL_200, colours.value),
        )
    ):
        top = axis.y() + place * lane
        said = frame.say(text, d=number(float(np.median(values)), 2))
        write(painter, QRectF(axis.x(), top, axis.width(), 22 * t), said, 15 * t, colour, SEMIBOLD)
        y = top + 22 * t + (lane - 22 * t) * 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if place == 0:
            for value in values:
                x = at(float(value))
                painter.drawPolygon(
                    QPolygonF([QPointF(x - 5, y + 5), QPointF(x + 5, y + 5), QPointF(x, y - 5)])
                )
        else:
            pen = QPen(colour, 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints([QPointF(at(float(value)), y) for value in values])
        x = at(float(np.median(values)))
        painter.setPen(QPen(colours.ink, 2))
        painter.drawLine(QPointF(x, y - 11), QPointF(x, y + 11))
    here = at(float(answer.distances[0]))
    painter.setPen(QPen(colours.amber, 3))
    painter.drawLine(QPointF(here, axis.y() + 22 * t), QPointF(here, axis.y() + lane - 2))
    painter.setPen(QPen(colours.muted, 1.4))
    painter.drawLine(QPointF(axis.x(), bottom), QPointF(axis.right(), bottom))
    for value in range(0, int(most) + 1, 2):
        x = at(value)
        painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + 5))
    kept = axis.x() - 1.0
    for value in range(0, int(most) + 1, 2):
        said = frame.say(words.COPY) if value == 0 else str(value)
        half = width(said, 14 * t) / 2
        x = at(value)
        left = axis.x() if value == 0 else x - half
        if left > kept:
            box = QRectF(left, bottom + 5, 2 * half + 2, line)
            painter.setPen(QPen(colours.muted, 1.4))
            write(painter, box, said, 14 * t, colours.muted)
            kept = left + 2 * half + 12


def hit(room: Room, frame: Frame, point: QPointF) -> Target:
    """Return the fake under a point."""
    where = places(room)
    if not where.wall.contains(point):
        return ()
    row = int((point.y() - where.wall.y()) / where.wall.height() * COLUMNS)
    column = int((point.x() - where.wall.x()) / where.wall.width() * _WALL_ACROSS)
    return ("fake", min(row, COLUMNS - 1) * _WALL_ACROSS + min(column, _WALL_ACROSS - 1))
