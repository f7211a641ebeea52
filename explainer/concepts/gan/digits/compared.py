"""The run on the stage beside one that has collapsed: as sure, but of one thing only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan import digit_words
from explainer.concepts.gan.digit_pieces import (
    MARGIN,
    draw_tiles,
    heading,
    said_small,
    tiles,
)
from explainer.concepts.gan.digits import words
from explainer.concepts.gan.digits.probe import COLUMNS, ROWS, Compared, Wall
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Room, Target
from explainer.stage.lettering import BOLD, CENTRE, RIGHT, SEMIBOLD, number, width, write
from explainer.stage.motion import out_cubic, share
from explainer.stage.view import Keep


@dataclass(frozen=True, slots=True)
class Side:
    """Rectangles of one run, in design units."""

    head: QRectF
    recipe: QRectF
    wall: QRectF
    meters: tuple[QRectF, QRectF]
    bars: QRectF


@lru_cache(maxsize=8)
def places(room: Room) -> tuple[Side, Side]:
    """Return where the parts of both runs lie."""
    t = room.type
    gap = 56.0
    wide = (room.width - 2 * MARGIN - gap) / 2
    line = 30 * min(t, 1.35)
    made = []
    for x in (MARGIN, MARGIN + wide + gap):
        head = QRectF(x, 14, wide, line)
        recipe = QRectF(x, head.bottom(), wide, 24 * t)
        side = min(wide / COLUMNS, 0.45 * room.height / ROWS)
        top = recipe.bottom() + 8
        wall = QRectF(x, top, side * COLUMNS, side * ROWS)
        meter = 34 * min(t, 1.3)
        first = QRectF(x, wall.bottom() + 14, wide, meter)
        second = first.translated(0, meter + 4)
        bars = QRectF(x, second.bottom() + 12, wide, room.height - 16 - second.bottom() - 12)
        made.append(Side(head, recipe, wall, (first, second), bars))
    return made[0], made[1]


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the walls, then how sure, then how many kinds."""
    return (Beat("", 0.0), Beat("sure", 1.4), Beat("kinds", 2.8), Beat("end", 3.6))


def draw(
    painter: QPainter, room: Room, frame: Frame, time: float, colours: Colours, keep: Keep
) -> None:
    """Draw both runs alike."""
    answer: Compared = frame.answer
    t = room.type
    moving = 0.0 if frame.reduced else 0.8
    sure, kinds = (share(time, at, moving, out_cubic) for at in (0.6, 2.0))
    walls = (answer.here, answer.collapsed)
    for place, (side, wall) in enumerate(zip(places(room), walls, strict=True)):
        text = (words.HERE, words.COLLAPSED)[place]
        step = frame.film.step if place == 0 else answer.step
        heading(painter, side.head, frame.say(text, step=f"{step:,}"), colours, t, 19)
        said_small(painter, side.recipe, _recipe(frame, place), colours, t)

        def draw_wall(part: QPainter, side: Side = side, wall: Wall = wall) -> None:
            draw_tiles(part, side.wall, tiles(wall.pictures, COLUMNS, colours))

        keep(painter, f"wall{place}", side.wall, (wall,), draw_wall)
        tally = wall.tally
        assert tally is not None  # both are counted
        figure = number(tally.confidence, 2)
        meter = Meter(frame.say(words.SURE_OF), tally.confidence, figure, wall.real.confidence)
        _draw_meter(painter, side.meters[0], meter, sure, colours, t)
        figure = f"{tally.classes} / 10"
        meter = Meter(frame.say(words.KINDS), tally.classes / 10, figure, wall.real.classes / 10)
        _draw_meter(painter, side.meters[1], meter, kinds, colours, t)
        _draw_bars(painter, side.bars, frame, wall, kinds, colours, t)


def _recipe(frame: Frame, place: int) -> str:
    answer, knobs = frame.answer, frame.knobs
    if place:
        steps, rate = answer.generator_steps, answer.discriminator_rate
    else:
        steps, rate = knobs.get("generator_steps", 1), knobs.get("discriminator_rate", 0.0)
    return frame.say(words.RECIPE, g=steps, d=f"{float(str(rate)):g}")


@dataclass(frozen=True, slots=True)
class Meter:
    """A share, 0 to 1, as it is written, and where real digits stand."""

    title: str
    value: float
    figure: str
    real: float


def _draw_meter(
    painter: QPainter, rect: QRectF, meter: Meter, gone: float, colours: Colours, t: float
) -> None:
    """Draw a share as a bar, with a mark where real digits stand."""
    name = max(width(meter.title, 16 * t) + 14, 90 * t)
    figure = width("10 / 10", 18 * t, BOLD) + 12
    write(painter, rect, meter.title, 16 * t, colours.ink, SEMIBOLD)
    track = QRectF(rect.x() + name, rect.center().y() - 8, rect.width() - name - figure, 16)
    painter.fillRect(track, colours.line)
    bar = QRectF(track)
    bar.setWidth(track.width() * meter.value * gone)
    fine = meter.value > 0.5
    painter.fillRect(bar, colours.generator if fine else colours.wrong)
    x = track.x() + track.width() * meter.real
    painter.fillRect(QRectF(x - 3, track.y() - 4, 3, track.height() + 8), colours.value)
    if gone > 0.98:
        ink = colours.ink if fine else colours.wrong
        write(painter, rect, meter.figure, 18 * t, ink, BOLD, RIGHT)


def _draw_bars(
    painter: QPainter, rect: QRectF, frame: Frame, wall: Wall, gone: float, colours: Colours,
    t: float,
) -> None:  # fmt: skip
    """Draw the share of each digit as columns, from nothing to all, with the fair share."""
    assert wall.tally is not None
    line = 22 * t
    title = QRectF(rect.x(), rect.y(), rect.width(), line)
    said_small(painter, title, frame.say(words.SHARE_OF), colours, t)
    body = QRectF(rect.x(), rect.y() + line + 2, rect.width(), rect.height() - 2 * line - 4)
    pitch = body.width() / 10
    for digit, part in enumerate(wall.tally.shares):
        box = QRectF(body.x() + digit * pitch + 0.16 * pitch, body.y(), 0.68 * pitch,
                     body.height())  # fmt: skip
        painter.fillRect(
            box, colours.surface if colours.is_dark else colours.over(colours.line, 0.4)
        )
        high = body.height() * float(part) * gone
        bar = QRectF(box.x(), body.bottom() - high, box.width(), high)
        covered = bool(wall.tally.covered[digit])
        painter.fillRect(bar, colours.generator if covered else colours.wrong)
        label = QRectF(box.x() - 10, body.bottom(), box.width() + 20, line)
        ink = colours.ink if covered else colours.wrong
        write(painter, label, str(digit), 15 * t, ink, SEMIBOLD, CENTRE)
    y = body.bottom() - 0.1 * body.height()
    painter.setPen(QPen(colours.ink, 1.4, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(body.x(), y), QPointF(body.right(), y))
    said = frame.say(digit_words.FAIR)
    box = QRectF(rect.x(), rect.y(), rect.width(), line)
    write(painter, box, said, 14 * t, colours.muted, align=RIGHT)


def hit(room: Room, frame: Frame, point: QPointF) -> Target:
    """Return nothing: both are to be looked at."""
    return ()
