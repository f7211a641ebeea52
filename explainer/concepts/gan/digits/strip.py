"""Moments of the film side by side: nine fakes of the wall each, from the same noise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.digit_pieces import draw_tiles, heading, tiles, waits
from explainer.concepts.gan.digits import words
from explainer.concepts.gan.digits.probe import COLUMNS, ROWS, Moment
from explainer.concepts.gan.film_moments import moments
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.heatmap import outline
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, write
from explainer.stage.view import Keep

SIDE = 3  # fakes along each side of a moment's square


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A moment on the strip: its step, and the wall's fakes as `pieces.tiles` takes them."""

    step: int
    pictures: np.ndarray
    is_now: bool


@lru_cache(maxsize=2)  # a frame's picture asks for them several times
def columns(frame: Frame, most: int) -> tuple[Column, ...]:
    """Return moments of the film, what stands on the stage among them."""
    found = moments(frame, most, Moment)
    return tuple(Column(step, pictures, step == frame.film.step) for step, pictures in found)


def squares(rect: QRectF, count: int, most: int) -> tuple[QRectF, ...]:
    """Return the square of each moment."""
    pitch = rect.width() / most
    side = min(rect.height() - 20, pitch - 14)
    top = rect.center().y() - side / 2
    return tuple(
        QRectF(rect.x() + (i + 0.5) * pitch - side / 2, top, side, side) for i in range(count)
    )


def draw_strip(
    painter: QPainter, strip: QRectF, most: int, head: QRectF, frame: Frame, now: Column,
    colours: Colours, t: float, keep: Keep,
) -> None:  # fmt: skip
    """Draw the strip, at most so many moments on it; the one the wall shows stands out."""
    heading(painter, head, frame.say(words.STRIP), colours, t)
    shown = columns(frame, most)
    boxes = squares(strip, len(shown), most)
    area = strip.adjusted(-2, -2, 2, 30 * t)
    of = (tuple((c.step, c.pictures) for c in shown), frame.language)

    def draw_still(part: QPainter) -> None:
        part.setPen(QPen(colours.line, 1.4))
        part.setBrush(colours.surface)
        part.drawRoundedRect(strip, 10, 10)
        part.setPen(Qt.PenStyle.NoPen)
        part.setBrush(colours.line)
        for x in np.arange(strip.x() + 12, strip.right() - 14, 22):
            for y in (strip.y() + 3, strip.bottom() - 7):
                part.drawRoundedRect(QRectF(float(x), y, 9, 4), 1.5, 1.5)
        for column, box in zip(shown, boxes, strict=True):
            few = column.pictures.reshape(ROWS, COLUMNS, 28, 28)[:SIDE, :SIDE]
            draw_tiles(part, box, tiles(few.reshape(-1, 28, 28), SIDE, colours))
        if frame.film.last == 0:
            rest = QRectF(boxes[0].right() + 30, strip.y(),
                          strip.right() - boxes[0].right() - 50, strip.height())  # fmt: skip
            waits(part, rest, frame.say(words.PRESS_T), colours, min(t, 1.2))

    keep(painter, "strip", area, of, draw_still)
    for place, (column, box) in enumerate(zip(shown, boxes, strict=True)):
        is_now = column.step == now.step
        if is_now:
            outline(painter, box.adjusted(-3, -3, 3, 3), colours, 2.6)
        label = QRectF(box.center().x() - 70, strip.bottom() + 4, 140, 22 * t)
        said = f"{column.step:,}"
        if place == 0:
            said = frame.say(words.STEP, step=said)
        write(painter, label, said, 15 * t, colours.amber_text if is_now else colours.muted,
              SEMIBOLD if is_now else REGULAR, CENTRE)  # fmt: skip
        if place:
            before = boxes[place - 1].center().x() + 0.3 * boxes[0].width()
            _arrow(painter, before, box.center().x() - 0.3 * box.width(), label.center().y(),
                   colours)  # fmt: skip


def _arrow(painter: QPainter, start: float, end: float, y: float, colours: Colours) -> None:
    middle, half = (start + end) / 2, min(22.0, 0.35 * (end - start))
    painter.setPen(QPen(colours.faint, 1.4))
    tip = QPointF(middle + half, y)
    painter.drawLine(QPointF(middle - half, y), tip)
    painter.drawLine(tip, tip + QPointF(-6, -3.5))
    painter.drawLine(tip, tip + QPointF(-6, 3.5))
