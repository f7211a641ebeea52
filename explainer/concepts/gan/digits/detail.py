"""One fake in full: what it is read as, and what its noise gave before."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.gan.digit_pieces import (
    draw_one,
    draw_probabilities,
    heading,
    said_small,
    tiles,
)
from explainer.concepts.gan.digits import words
from explainer.concepts.gan.digits.strip import Column, columns
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.heatmap import outline
from explainer.stage.lettering import BOLD, percent, write

DOUBT = 0.8  # less sure than this is marked


def draw_detail(
    painter: QPainter, area: QRectF, head: float, most: int, frame: Frame, place: int,
    now: Column, colours: Colours, t: float,
) -> None:  # fmt: skip
    """Draw the fake as it was at the moment that the wall shows.

    Parameters
    ----------
    area : QRectF
        Its heading is `head` high, above it.
    most : int
        Moments in the row below; 0 leaves the row out and shows the fake larger.
    """
    answer = frame.answer
    title = QRectF(area.x(), area.y() - head, area.width(), head - 4)
    heading(painter, title, frame.say(words.FAKE_NO, n=place + 1), colours, t)
    # Under it stand two lines, and the row of earlier moments with its title.
    under = 130 * t if most else 60 * t
    side = min((0.46 if most else 0.42) * area.width(), area.height() - under)
    picture = QRectF(area.x() + 2, area.y() + 2, side, side)
    draw_one(painter, picture, now.pictures[place], colours.generator, colours)
    is_here = now.step == frame.film.step
    verdict = answer.verdict if is_here else dict(frame.along)[now.step].verdict
    values = verdict.probabilities[place]
    label, sure = int(values.argmax()), float(values.max())
    said = QRectF(area.x(), picture.bottom() + 6, max(side, 120 * t), 26 * t)
    ink = colours.ink if sure >= DOUBT else colours.wrong
    write(painter, said, frame.say(words.READ_AS, digit=label), 17 * t, ink, BOLD)
    under = said.translated(0, 25 * t)
    write(painter, under, frame.say(words.SURE, p=percent(sure, 0)), 15 * t, colours.muted)
    right = picture.right() + 24
    rows = QRectF(right, area.y(), area.right() - right, under.bottom() - area.y())
    if most:
        _draw_history(painter, area, most, frame, place, under.bottom() + 12, colours, t)
    draw_probabilities(painter, rows, values, colours, t)


def _draw_history(
    painter: QPainter, area: QRectF, most: int, frame: Frame, place: int, top: float,
    colours: Colours, t: float,
) -> None:  # fmt: skip
    title = QRectF(area.x(), top, area.width(), 22 * t)
    said_small(painter, title, frame.say(words.HISTORY), colours, t)
    pitch = area.width() / most
    side = min(pitch - 6, area.bottom() - title.bottom() - 4)
    if side < 18:
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for i, column in enumerate(columns(frame, most)):
        box = QRectF(area.x() + i * pitch, title.bottom() + 2, side, side)
        painter.drawImage(box, tiles(column.pictures[place][None], 1, colours))
        if column.is_now:
            outline(painter, box, colours, 2)
