"""A hole is filled in: six noises slide downhill until their fakes fit what is known."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from explainer.concepts.gan.digit_pieces import draw_tiles, heading, said_small, tiles
from explainer.concepts.gan.uses import words
from explainer.concepts.gan.uses.layout import UsesLayout, whole
from explainer.concepts.gan.uses.probe import EVERY, STARTS, STEPS, Restore, Restored
from explainer.concepts.gan.uses.restoring import clamped
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import cell_at, outline
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, number, width, write
from explainer.stage.view import Keep

_PACE = 0.25
ANSWER = Restored
_MOMENTS = STEPS // EVERY + 1


def request(frame: Frame) -> Restore:
    """Ask for the digit at hand with the hole where it is."""
    return Restore(
        whole(frame, "digit", 0), whole(frame, "x", 14), whole(frame, "y", 8),
        whole(frame, "side", 12),
    )  # fmt: skip


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the moments of the search."""
    return tuple(
        Beat("step", place * _PACE, frame.say(words.STEP, n=place * EVERY))
        for place in range(_MOMENTS)
    )


def areas(layout: UsesLayout) -> tuple[QRectF, list[QRectF], QRectF, QRectF, QRectF]:
    """Return the digit with its hole, the starts, the curves, and both results."""
    body, t = layout.body, layout.room.type
    top = body.y() + layout.head + 4
    line = 24 * t
    side = min(0.24 * body.width(), (body.height() - 2 * layout.head - 2 * line - 24) / 2)
    given = QRectF(body.x(), top, side, side)
    lower = body.bottom() - line - side
    result = QRectF(body.x(), lower, side, side)
    right = given.right() + 44
    wide = body.right() - right
    small = min(wide / STARTS, side)
    starts = [QRectF(right + place * small, top, small - 10, small - 10) for place in range(STARTS)]
    curves_top = top + small + line + layout.head + 6
    as_is = QRectF(body.right() - side, lower, side, side)
    curves = QRectF(right, curves_top, as_is.x() - right - 40, body.bottom() - curves_top)
    return given, starts, curves, result, as_is


def moment_at(answer: Restored, time: float) -> int:
    """Return which moment of the search is shown at a lesson time, as far as it has come."""
    return min(int(time / _PACE + 1e-6), len(answer.steps) - 1)


def draw_still(painter: QPainter, layout: UsesLayout, frame: Frame, colours: Colours) -> None:
    """Draw the digit and its hole, and the titles."""
    answer, t = frame.answer, layout.room.type
    small = min(t, 1.35)
    given, starts, curves, result, as_is = areas(layout)
    for rect, y, text in (
        (given, layout.body.y(), words.HOLE),
        (QRectF(starts[0].x(), 0, layout.body.right() - starts[0].x(), 0), layout.body.y(),
         words.STARTS),
        (curves, curves.y() - layout.head, words.KNOWN_LOSS),
        (result.adjusted(0, 0, 30, 0), result.y() - layout.head, words.BEST),
        (as_is, as_is.y() - layout.head, words.BEST_WHOLE),
    ):  # fmt: skip
        head = QRectF(rect.x(), y, rect.width(), layout.head)
        heading(painter, head, frame.say(text), colours, small, 17)
    _draw_holed(painter, given, answer, colours)
    under = QRectF(given.x(), given.bottom() + 2, given.width() + 40, 24 * t)
    said_small(painter, under, frame.say(words.BLANK_READ, digit=answer.read_holed), colours, small)


def _draw_holed(painter: QPainter, rect: QRectF, answer: Restored, colours: Colours) -> None:
    holed = np.where(answer.known, answer.original, 0.0).astype(np.float32)
    draw_tiles(painter, rect, tiles(holed[None], 1, colours))
    hole = hole_rect(rect, answer.known)
    painter.fillRect(hole, colours.over(colours.amber, 0.18))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.amber, 2.5, Qt.PenStyle.DashLine))
    painter.drawRect(hole)
    painter.setPen(QPen(colours.real, 2.5))
    painter.drawRoundedRect(rect, 4, 4)


def hole_rect(rect: QRectF, known: np.ndarray) -> QRectF:
    """Return where a hole lies in a picture's rectangle."""
    rows, columns = np.flatnonzero(~known.all(axis=1)), np.flatnonzero(~known.all(axis=0))
    unit = rect.width() / 30  # a picture has one pixel of the ground on each side
    return QRectF(
        rect.x() + (columns[0] + 1) * unit,
        rect.y() + (rows[0] + 1) * unit,
        len(columns) * unit,
        len(rows) * unit,
    )


def draw_moving(
    painter: QPainter,
    layout: UsesLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the search as far as the lesson time, or the search itself, has come."""
    answer = frame.answer
    now = moment_at(answer, time)

    def draw(part: QPainter) -> None:
        _draw_moment(part, layout, frame, answer, now, colours)

    keep(painter, "search", layout.body, (answer, now, bool(frame.knobs.get("clamped", True)),
                                          frame.language), draw)  # fmt: skip


def _inks(colours: Colours, best: int) -> list[QColor]:
    return [colours.generator if place == best else colours.ribbon for place in range(STARTS)]


def _draw_moment(
    painter: QPainter,
    layout: UsesLayout,
    frame: Frame,
    answer: Restored,
    now: int,
    colours: Colours,
) -> None:
    t = layout.room.type
    small = min(t, 1.35)
    _, starts, curves, result, as_is = areas(layout)
    losses = answer.losses[now]
    best = int(losses.argmin())
    for place, rect in enumerate(starts):
        picture = answer.pictures[now, place]
        draw_tiles(painter, rect, tiles(picture[None], 1, colours))
        if place == best:
            outline(painter, rect, colours, 2.6)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.line, 1))
            painter.drawRoundedRect(rect, 3, 3)
        under = QRectF(rect.x(), rect.bottom() + 2, rect.width(), 24 * t)
        ink = colours.amber_text if place == best else colours.muted
        write(painter, under, number(float(losses[place]), 3), 15 * small, ink, SEMIBOLD, CENTRE)
    _draw_curves(painter, curves, answer, now, best, colours, small)
    chosen = answer.pictures[now, best]
    is_clamped = bool(frame.knobs.get("clamped", True))
    shown = clamped(chosen, answer.original, answer.known) if is_clamped else chosen
    for rect, picture in ((result, shown), (as_is, chosen)):
        draw_tiles(painter, rect, tiles(picture[None].astype(np.float32), 1, colours))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.generator, 2.5))
        painter.drawRoundedRect(rect, 4, 4)
    if is_clamped:
        painter.setPen(QPen(colours.amber, 1.6, Qt.PenStyle.DashLine))
        painter.drawRect(hole_rect(result, answer.known))
    if now == len(answer.steps) - 1:
        under = QRectF(result.x(), result.bottom() + 1, result.width() + 40, 24 * t)
        is_right = answer.read_filled == answer.label
        ink = colours.ink if is_right else colours.wrong
        said = frame.say(words.FILLED_READ, digit=answer.read_filled)
        write(painter, under, said, 14 * small, ink, SEMIBOLD)
        was = QRectF(as_is.x() - 60, under.y(), as_is.width() + 60, under.height())
        write(painter, was, frame.say(words.WAS, digit=answer.label), 14 * small, colours.muted,
              align=RIGHT)  # fmt: skip


def _draw_curves(
    painter: QPainter,
    rect: QRectF,
    answer: Restored,
    now: int,
    best: int,
    colours: Colours,
    t: float,
) -> None:
    """Draw the mismatch of each start over the steps of the search."""
    top = float(answer.losses.max())
    label = width("0.00", 14 * t) + 10
    plot = QRectF(rect.x() + label, rect.y() + 8, rect.width() - label - 8,
                  rect.height() - 24 * t - 12)  # fmt: skip
    for share in (0.0, 0.5, 1.0):
        y = plot.bottom() - share * plot.height()
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
        box = QRectF(rect.x(), y - 12 * t, label - 8, 24 * t)
        write(painter, box, number(share * top), 14 * t, colours.muted, align=RIGHT)
    for step in (0, STEPS // 2, STEPS):
        x = plot.x() + step / STEPS * plot.width()
        box = QRectF(x - 30, plot.bottom() + 2, 60, 24 * t)
        write(painter, box, str(step), 14 * t, colours.muted, align=CENTRE)
    order = [place for place in range(STARTS) if place != best] + [best]
    inks = _inks(colours, best)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for place in order:
        path = QPainterPath()
        for moment in range(now + 1):
            spot = QPointF(
                plot.x() + answer.steps[moment] / STEPS * plot.width(),
                plot.bottom() - float(answer.losses[moment, place]) / top * plot.height(),
            )
            if moment == 0:
                path.moveTo(spot)
            else:
                path.lineTo(spot)
        painter.setPen(QPen(inks[place], 3 if place == best else 1.8))
        painter.drawPath(path)


def hit(layout: UsesLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("pixel", row, column) of the digit under a point."""
    found = cell_at(areas(layout)[0], point, 28, 28)
    return () if found is None else ("pixel", *found)


def pick(frame: Frame, target: Target) -> Pick:
    """Move the hole to where the digit was clicked."""
    if target[:1] != ("pixel",):
        return Pick(selection=())
    return Pick(knobs={"x": int(target[2]), "y": int(target[1])})


def lens(frame: Frame) -> Lens | None:
    """Return the digit as it was written, where it is pointed at."""
    if frame.hover[:1] != ("pixel",):
        return None
    return Lens(frame.say(words.WRITTEN), (), frame.answer.original, 1.0, "image")
