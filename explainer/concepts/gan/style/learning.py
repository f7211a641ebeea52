"""Learning as a film: the same noise at every step, and what the classifier says of the fakes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan import digit_curves
from explainer.concepts.gan.digit_pieces import draw_tiles, heading, tiles, waits
from explainer.concepts.gan.film_moments import moments
from explainer.concepts.gan.style import words
from explainer.concepts.gan.style.layout import StyleLayout
from explainer.concepts.gan.style.varied import ReadWall, Wall
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import cell, cell_at, outline
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, percent, write
from explainer.stage.view import Keep

ROWS, COLUMNS = 5, 8
SIDE = 3  # fakes along each side of a moment's square
ANSWER = Wall


def request(frame: Frame) -> ReadWall:
    """Ask for the wall as it is now."""
    return ReadWall(ROWS * COLUMNS)


def along() -> ReadWall:
    """Return the question at every kept frame."""
    return ReadWall(SIDE * SIDE)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: here the film is what moves."""
    return (Beat("", 0.0),)


def areas(layout: StyleLayout) -> tuple[QRectF, QRectF, QRectF]:
    """Return the strip of moments, the wall, and the room of the curves."""
    body, t = layout.body, layout.room.type
    strip = QRectF(body.x(), body.y() + layout.head, body.width(), 150 if t > 1.2 else 176)
    top = strip.bottom() + 26 * t + layout.head + 10
    side = min(0.56 * body.width() / COLUMNS, (body.bottom() - top) / ROWS)
    wall = QRectF(body.x(), top, side * COLUMNS, side * ROWS)
    room = QRectF(wall.right() + 48, top, body.right() - wall.right() - 48, body.bottom() - top)
    return strip, wall, room


def _squares(layout: StyleLayout, count: int) -> list[QRectF]:
    strip = areas(layout)[0]
    most = _most(layout)
    pitch = strip.width() / most
    side = min(strip.height(), pitch - 14)
    return [
        QRectF(strip.x() + place * pitch, strip.y(), side, side)
        for place in range(min(count, most))
    ]


def _most(layout: StyleLayout) -> int:
    return 6 if layout.room.large else 7


def draw_still(painter: QPainter, layout: StyleLayout, frame: Frame, colours: Colours) -> None:
    """Draw moments, wall and curves' names."""
    answer, t = frame.answer, layout.room.type
    small = min(t, 1.35)
    strip, wall, room = areas(layout)
    body = layout.body
    heading(painter, QRectF(body.x(), body.y() - 4, body.width(), layout.head),
            frame.say(words.SAME_NOISE), colours, small)  # fmt: skip
    shown = moments(frame, _most(layout), Wall)
    for (step, pictures), rect in zip(shown, _squares(layout, len(shown)), strict=False):
        draw_tiles(painter, rect, tiles(pictures[: SIDE * SIDE], SIDE, colours))
        is_now = step == frame.film.step
        under = QRectF(rect.x(), rect.bottom() + 4, rect.width(), 24 * t)
        write(painter, under, f"{step:,}", 15 * t, colours.amber_text if is_now else colours.muted,
              SEMIBOLD if is_now else REGULAR, CENTRE)  # fmt: skip
        if is_now:
            outline(painter, rect.adjusted(-3, -3, 3, 3), colours, 2.6)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.line, 1))
            painter.drawRect(rect)
    if frame.film.last == 0:
        free = strip.adjusted(strip.height() + 30, 0, 0, 0)
        waits(painter, free, frame.say(words.PRESS_T), colours, small)
    head = QRectF(wall.x(), wall.y() - layout.head - 2, wall.width(), layout.head)
    heading(painter, head, frame.say(words.WALL_NOW, step=f"{frame.film.step:,}"), colours, small)
    draw_tiles(painter, wall, tiles(answer.pictures, COLUMNS, colours))
    if frame.hover[:1] == ("fake",):
        row, column = divmod(int(frame.hover[1]), COLUMNS)
        outline(painter, cell(wall, row, column, ROWS, COLUMNS), colours, 2.5)
    digit_curves.draw(painter, room, layout.head, frame, colours, small)


def charts(layout: StyleLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
    """Return the curves of sureness and of the digits covered."""
    room = areas(layout)[2]
    return digit_curves.charts(room, frame, colours, min(layout.room.type, 1.35))


def draw_moving(
    painter: QPainter,
    layout: StyleLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw nothing: the film moves the still part."""


def hit(layout: StyleLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("moment", step) or ("fake", place) under a point."""
    shown = moments(frame, _most(layout), Wall)
    for (step, _), rect in zip(shown, _squares(layout, len(shown)), strict=False):
        if rect.contains(point):
            return ("moment", step)
    found = cell_at(areas(layout)[1], point, ROWS, COLUMNS)
    return () if found is None else ("fake", found[0] * COLUMNS + found[1])


def pick(frame: Frame, target: Target) -> Pick:
    """Go to a moment of the film."""
    return Pick(seek=int(target[1])) if target[:1] == ("moment",) else Pick(selection=())


def lens(frame: Frame) -> Lens | None:
    """Return the fake that is pointed at, and what it is read as."""
    if frame.hover[:1] != ("fake",):
        return None
    answer, place = frame.answer, int(frame.hover[1])
    rows = ((frame.say(words.SURE), percent(float(answer.verdict.confidence[place]), 0)),)
    title = frame.say(words.READ_AS, digit=int(answer.verdict.labels[place]))
    return Lens(title, rows, answer.pictures[place], 1.0, "image")
