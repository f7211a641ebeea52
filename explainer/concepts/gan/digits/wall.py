"""The wall of fakes along the film: moments above, the wall, what is covered, one fake in full."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from explainer.concepts.gan import digit_curves, digit_words
from explainer.concepts.gan.digit_pieces import (
    MARGIN,
    draw_coverage,
    draw_score,
    draw_tiles,
    frames,
    heading,
    said_small,
    tile,
    tiles,
)
from explainer.concepts.gan.digits import words
from explainer.concepts.gan.digits.detail import DOUBT, draw_detail
from explainer.concepts.gan.digits.probe import COLUMNS, ROWS, WALL, Wall
from explainer.concepts.gan.digits.strip import Column, columns, draw_strip, squares
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Room, Target
from explainer.stage.heatmap import outline
from explainer.stage.lettering import BOLD, REGULAR, SEMIBOLD, number, width, write
from explainer.stage.view import Keep

CHOSEN = 13
_PACE = 0.8  # seconds a moment


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles in design units; the strip is empty where the wall is looked at alone."""

    strip: QRectF
    columns: int
    wall: QRectF
    bars: QRectF
    side: QRectF
    head: float


@lru_cache(maxsize=8)
def places(room: Room, alone: bool) -> Places:
    """Return where the parts lie."""
    t = room.type
    head = 30 * min(t, 1.35)
    wide = room.width - 2 * MARGIN
    top = 14.0
    strip = QRectF()
    if not alone:
        high = 150.0 if room.large else 178.0
        strip = QRectF(MARGIN, top + head, wide, high)
        top = strip.bottom() + 26 * t + 12
    bottom = room.height - 16
    body = QRectF(MARGIN, top + head, wide, bottom - top - head)
    gap = 26.0 if room.large else 34.0
    note = 26 * t
    part = 0.44 if room.large and not alone else 0.5
    side = min(part * (wide - 2 * gap) / COLUMNS, (body.height() - note) / ROWS)
    wall = QRectF(body.x(), body.y(), side * COLUMNS, side * ROWS)
    left = wall.right() + gap
    if alone:
        under = wall.bottom() + note + 8 + head
        last = QRectF(body.x(), under, wall.width(), body.bottom() - under)
        bars = QRectF(left, body.y(), body.right() - left, body.height())
        return Places(strip, 0, wall, bars, last, head)
    rest = body.right() - left - gap
    bars = QRectF(left, body.y(), 0.54 * rest, body.height())
    last = QRectF(bars.right() + gap, body.y(), 0.46 * rest, body.height())
    return Places(strip, 5 if room.large else 7, wall, bars, last, head)


def is_alone(frame: Frame) -> bool:
    """Whether the wall is looked at without the film."""
    return frame.knobs.get("picture") == "judge"


def plays(frame: Frame) -> bool:
    """Whether the wall goes through the film: not where it is trained or looked at alone."""
    return frame.knobs.get("picture") == "film" and not frame.live


def beats(frame: Frame, room: Room) -> tuple[Beat, ...]:
    """Return the moments of the film, one after the other, up to what stands on the stage."""
    if not plays(frame):
        return (Beat("", 0.0),)
    shown = _played(frame, room)
    return tuple(
        Beat("", place * _PACE, frame.say(words.STEP, step=f"{column.step:,}"))
        for place, column in enumerate(shown)
    )


def _played(frame: Frame, room: Room) -> tuple[Column, ...]:
    """Return the moments up to the one on the stage."""
    most = places(room, False).columns
    return tuple(c for c in columns(frame, most) if c.step <= frame.film.step)


def played(frame: Frame, room: Room, time: float) -> Column:
    """Return the moment that the wall shows."""
    if not plays(frame):
        return Column(frame.film.step, frame.answer.pictures, True)
    shown = _played(frame, room)
    return shown[min(int(time / _PACE + 1e-6), len(shown) - 1)]


def chosen(frame: Frame) -> int:
    """Return the fake that is shown in full."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("fake",):
            return int(target[1])
    return CHOSEN


def draw(
    painter: QPainter, room: Room, frame: Frame, time: float, colours: Colours, keep: Keep
) -> None:
    """Draw the picture as far as it has come."""
    t, where = room.type, places(room, is_alone(frame))
    answer: Wall = frame.answer
    now = played(frame, room, time)
    if not where.strip.isEmpty():
        strip = where.strip
        head = QRectF(strip.x(), strip.y() - where.head, strip.width(), where.head - 4)
        draw_strip(painter, strip, where.columns, head, frame, now, colours, t, keep)
    head = QRectF(where.wall.x(), where.wall.y() - where.head, where.wall.width(), where.head - 4)
    title = words.WALL_ASKED if answer.conditional else words.WALL
    heading(painter, head, frame.say(title, step=f"{now.step:,}"), colours, t)
    is_end = now.step == frame.film.step
    area = where.wall.adjusted(-4, -4, 4, 4 + 28 * t)

    def draw_wall(part: QPainter) -> None:
        draw_tiles(part, where.wall, tiles(now.pictures, COLUMNS, colours))
        if is_end:
            _draw_doubts(part, where, frame, colours, t)

    keep(painter, "wall", area, (now.pictures, frame.answer, is_end, frame.language), draw_wall)
    place = chosen(frame)
    outline(painter, tile(where.wall, place, ROWS, COLUMNS), colours, 2.4)
    _draw_bars(painter, where, frame, colours, t, keep)
    if digit_curves.is_shown(frame):
        digit_curves.draw(painter, where.side, where.head, frame, colours, t)
        return

    def draw_fake(part: QPainter) -> None:
        draw_detail(part, where.side, where.head, where.columns, frame, place, now, colours, t)

    area = where.side.adjusted(-6, -where.head, 6, 6)
    keep(painter, "fake", area, (now.step, place, answer, frame.along, frame.language), draw_fake)


def _draw_doubts(
    painter: QPainter, where: Places, frame: Frame, colours: Colours, t: float
) -> None:
    """Frame what the classifier takes for another digit, or is not sure of."""
    answer: Wall = frame.answer
    if answer.conditional:
        doubtful = answer.verdict.labels != np.arange(WALL) % COLUMNS
        said = frame.say(words.OTHER, count=int(doubtful.sum()))
    else:
        doubtful = answer.verdict.confidence < DOUBT
        said = frame.say(words.UNSURE, sure=round(100 * DOUBT), count=int(doubtful.sum()))
    if doubtful.mean() < 0.6:  # where nearly all are, frames say no more than the count
        boxes = [tile(where.wall, int(i), ROWS, COLUMNS) for i in np.flatnonzero(doubtful)]
        frames(painter, boxes, colours.wrong, 2)
    line = QRectF(where.wall.x(), where.wall.bottom() + 4, where.wall.width(), 24 * t)
    mark = QRectF(line.x(), line.center().y() - 7, 14, 14)
    frames(painter, [mark.adjusted(-1, -1, 1, 1)], colours.wrong, 2)
    said_small(painter, line.adjusted(22, 0, 0, 0), said, colours, t)


def _draw_bars(
    painter: QPainter, where: Places, frame: Frame, colours: Colours, t: float, keep: Keep
) -> None:
    bars, answer = where.bars, frame.answer
    head = QRectF(bars.x(), bars.y() - where.head, bars.width(), where.head - 4)
    score = width("10", 24 * t, BOLD) + width(" / 10", 15 * t) + 10
    title = head.adjusted(0, 0, -score, 0)
    heading(painter, title, frame.say(words.COVERED), colours, t)
    if answer.tally is None:
        _draw_measured(painter, where, frame, colours, t)
        return
    full = answer.tally.classes == 10
    draw_score(painter, head, str(answer.tally.classes), " / 10",
               colours.value if full else colours.wrong, colours, t)  # fmt: skip
    foot = 26 * t
    rows = bars.adjusted(0, 0, 0, -foot - 4)

    def draw_shares(part: QPainter) -> None:
        draw_coverage(part, rows, frame, answer.tally, answer.real, colours, t)

    keep(painter, "bars", rows.adjusted(-2, -2, 2, 2), (answer, frame.language), draw_shares)
    line = QRectF(bars.x(), bars.bottom() - foot, bars.width(), foot)
    _draw_confidence(painter, line, frame, answer.tally.confidence, answer.real.confidence,
                     colours, t)  # fmt: skip


def _draw_confidence(
    painter: QPainter, line: QRectF, frame: Frame, found: float, real: float, colours: Colours,
    t: float,
) -> None:  # fmt: skip
    left = f"{frame.say(digit_words.CONFIDENCE)} {number(found, 2)}"
    half = QRectF(line.x(), line.y(), 0.66 * line.width(), line.height())
    write(painter, half, left, 15 * t, colours.ink, SEMIBOLD)
    rest = QRectF(half.right(), line.y(), line.right() - half.right(), line.height())
    said = frame.say(words.REAL_CONFIDENCE, p=number(real, 2))
    write(painter, rest, said, 14 * t, colours.value, REGULAR, Qt.AlignmentFlag.AlignRight
          | Qt.AlignmentFlag.AlignVCenter)  # fmt: skip


def _draw_measured(
    painter: QPainter, where: Places, frame: Frame, colours: Colours, t: float
) -> None:
    """While it learns, write what the film measured last; 500 are counted when it pauses."""
    bars = where.bars
    line = 40 * t
    for place, (text, name) in enumerate(
        ((words.COVERED, "classes"), (digit_words.CONFIDENCE, "confidence"))
    ):
        values = frame.film.curve(name)[1]
        row = QRectF(bars.x(), bars.y() + 20 + place * line, bars.width(), line)
        said = words.DASH if not len(values) else number(float(values[-1]), 2 * place)
        write(painter, row, frame.say(text), 15 * t, colours.muted)
        draw_score(painter, row, said, " / 10" if place == 0 else "", colours.ink, colours, t)
    note = QRectF(bars.x(), bars.y() + 28 + 2 * line, bars.width(), 26 * t)
    said_small(painter, note, frame.say(words.AT_REST), colours, t)


def charts(room: Room, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
    """Return confidence and classes along the film, in the picture that shows it learn."""
    if not digit_curves.is_shown(frame):
        return ()
    return digit_curves.charts(places(room, False).side, frame, colours, room.type)


def hit(room: Room, frame: Frame, point: QPointF) -> Target:
    """Return the fake or the moment under a point."""
    where = places(room, is_alone(frame))
    if where.wall.contains(point):
        row = int((point.y() - where.wall.y()) / where.wall.height() * ROWS)
        column = int((point.x() - where.wall.x()) / where.wall.width() * COLUMNS)
        return ("fake", min(row, ROWS - 1) * COLUMNS + min(column, COLUMNS - 1))
    if not where.strip.isEmpty():
        shown = columns(frame, where.columns)
        for column, box in zip(shown, squares(where.strip, len(shown), where.columns), strict=True):
            if box.adjusted(-6, -6, 6, 30).contains(point):
                return ("moment", column.step)
    return ()
