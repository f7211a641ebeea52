"""Learning as a film: the same sketches at every step, and how many are read rightly."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.digit_pieces import draw_tiles, heading, said_small, tiles, waits
from explainer.concepts.gan.film_moments import moments
from explainer.concepts.gan.uses import words
from explainer.concepts.gan.uses.layout import UsesLayout
from explainer.concepts.gan.uses.probe import Drawn, DrawOut
from explainer.stage.chart import Chart, Curve
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import outline
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, write
from explainer.stage.view import Keep

ROWS = 4  # sketches that are followed
FIRST = 11  # of the unseen ones
ANSWER = Drawn
_TOP = 1.03  # of the axis


def request(frame: Frame) -> DrawOut:
    """Ask for the sketches as they are drawn out now."""
    return DrawOut(FIRST, ROWS)


along = request


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: here the film is what moves."""
    return (Beat("", 0.0),)


def areas(layout: UsesLayout) -> tuple[list[QRectF], QRectF]:
    """Return the columns (sketch, moments, digit), and the room of the curves."""
    body, t = layout.body, layout.room.type
    small = min(t, 1.35)
    foot = 0.32 * body.height()
    top = body.y() + layout.head + 4
    side = (body.bottom() - foot - 26 * small - top - 16) / ROWS
    count = 7 if layout.room.large else 9
    pitch = min(body.width() / count, side * 1.35)
    left = body.x() + (body.width() - pitch * count) / 2
    columns = [
        QRectF(left + place * pitch + (pitch - side) / 2, top, side, side * ROWS)
        for place in range(count)
    ]
    return columns, QRectF(body.x(), body.bottom() - foot + 10, body.width(), foot - 10)


def draw_still(painter: QPainter, layout: UsesLayout, frame: Frame, colours: Colours) -> None:
    """Draw sketches, moments and digits, and name the curves."""
    answer, t = frame.answer, layout.room.type
    small = min(t, 1.35)
    columns, room = areas(layout)
    body = layout.body
    heading(painter, QRectF(body.x(), body.y(), body.width(), layout.head),
            frame.say(words.ALONG), colours, small)  # fmt: skip
    shown = moments(frame, len(columns) - 2, Drawn)
    titles = [frame.say(words.SKETCH), *(f"{step:,}" for step, _ in shown)]
    images = [answer.sketches, *(pictures for _, pictures in shown)]
    places = [*columns[: len(images)], columns[-1]]
    for rect, title, some in zip(
        places, [*titles, frame.say(words.TRUTH)], [*images, answer.truths], strict=True
    ):
        draw_tiles(painter, rect, tiles(some, 1, colours))
        is_now = title == f"{frame.film.step:,}"
        if is_now:
            outline(painter, rect.adjusted(-3, -3, 3, 3), colours, 2.6)
        under = QRectF(rect.center().x() - 0.65 * rect.width(), rect.bottom() + 4,
                       1.3 * rect.width(), 24 * small)  # fmt: skip
        ink = colours.amber_text if is_now else colours.muted
        write(painter, under, title, 15 * small, ink, SEMIBOLD if is_now else REGULAR, CENTRE)
    if frame.film.last == 0:
        free = columns[2].united(columns[-2])
        waits(painter, free, frame.say(words.PRESS_T), colours, small)
    _draw_axes(painter, plot_rect(room, small), frame.film.last, colours, small)
    x = room.x()
    for text, colour in ((words.AGREEMENT, colours.generator), (words.DISTANCE, colours.ribbon)):
        row = QRectF(x, room.y(), room.width() / 2, 24 * small)
        painter.setPen(QPen(colour, 3.4))
        painter.drawLine(QPointF(x, row.center().y()), QPointF(x + 20, row.center().y()))
        said_small(painter, row.adjusted(28, 0, -10, 0), frame.say(text), colours, small)
        x += room.width() / 2


def plot_rect(room: QRectF, t: float) -> QRectF:
    """Return where the curves lie, without their axes."""
    return room.adjusted(34 * t, 24 * t + 10, -8, -26 * t)


def _draw_axes(painter: QPainter, plot: QRectF, last: int, colours: Colours, t: float) -> None:
    """Write shares at the left, and the first and the last step below."""
    line = 20 * t
    for share, said in ((0.0, "0"), (0.5, "0.5"), (1.0, "1")):
        y = plot.bottom() - share / _TOP * plot.height()
        box = QRectF(plot.x() - 34 * t, y - line / 2, 34 * t - 8, line)
        write(painter, box, said, 14 * t, colours.muted, align=RIGHT)
    below = QRectF(plot.x(), plot.bottom() + 4, plot.width(), line)
    write(painter, below, "0", 14 * t, colours.muted)
    if last:
        write(painter, below, f"{last:,}", 14 * t, colours.muted, align=RIGHT)


def charts(layout: UsesLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
    """Return the curves over the square root of the step.

    Before any learning the chart is there without curves: its library takes 0.15 s to load, which
    the first press of T does not wait for.
    """
    last = max(frame.film.last, 1)
    t = min(layout.room.type, 1.35)
    lines = []
    for name, colour in (("agreement", colours.generator), ("unseen_distance", colours.ribbon)):
        steps, values = frame.film.curve(name)
        lines.append(Curve(steps**0.5, values, colour))
    room = plot_rect(areas(layout)[1], t)
    return (
        Chart(
            key="sketches",
            rect=room,
            curves=tuple(lines),
            x_range=(0.0, last**0.5),
            y_range=(0.0, _TOP),
            x_ticks=(),
            y_ticks=(),
            playhead=frame.film.step**0.5,
            is_bare=True,
        ),
    )


def draw_moving(
    painter: QPainter,
    layout: UsesLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw nothing: the film moves the still part."""


def hit(layout: UsesLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("moment", step) of the column under a point."""
    columns, _ = areas(layout)
    shown = moments(frame, len(columns) - 2, Drawn)
    for (step, _), rect in zip(shown, columns[1:], strict=False):
        if rect.contains(point):
            return ("moment", step)
    return ()


def pick(frame: Frame, target: Target) -> Pick:
    """Go to a moment of the film."""
    return Pick(seek=int(target[1])) if target[:1] == ("moment",) else Pick(selection=())


def lens(frame: Frame) -> Lens | None:
    """Return no card."""
    return None
