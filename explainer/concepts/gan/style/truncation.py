"""Truncation: every style drawn towards the mean of all."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explainer.concepts.gan.digit_pieces import (
    draw_coverage,
    draw_one,
    draw_tiles,
    heading,
    said_small,
    tiles,
)
from explainer.concepts.gan.style import words
from explainer.concepts.gan.style.layout import StyleLayout
from explainer.concepts.gan.style.varied import PSIS, Drawn, Truncate
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import cell, cell_at, outline
from explainer.stage.lettering import CENTRE, number, percent, width, write
from explainer.stage.view import Keep

ROWS, COLUMNS = 5, 8
ANSWER = Drawn


def request(frame: Frame) -> Truncate:
    """Ask for the wall at the truncation that is set."""
    psi = round(float(frame.knobs.get("psi", 1.0)), 2)  # type: ignore[arg-type]
    return Truncate(psi, ROWS * COLUMNS)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: here a slider is what moves."""
    return (Beat("", 0.0),)


def areas(layout: StyleLayout) -> tuple[QRectF, QRectF, QRectF, QRectF]:
    """Return the wall, the mean fake, the curves, and what is covered."""
    body, t = layout.body, layout.room.type
    top = body.y() + layout.head + 6
    wide = 0.56 * body.width()
    side = min(wide / COLUMNS, (0.56 * body.height()) / ROWS)
    wall = QRectF(body.x(), top, side * COLUMNS, side * ROWS)
    lower = wall.bottom() + layout.head + 20
    mean_side = min(body.bottom() - lower - 22 * t, 0.24 * body.width())
    mean = QRectF(body.x(), lower, mean_side, mean_side)
    curves = QRectF(mean.right() + 36, lower, wall.right() - mean.right() - 36,
                    body.bottom() - lower)  # fmt: skip
    covered = QRectF(wall.right() + 40, top, body.right() - wall.right() - 40, body.bottom() - top)
    return wall, mean, curves, covered


def draw_still(painter: QPainter, layout: StyleLayout, frame: Frame, colours: Colours) -> None:
    """Draw the wall with its figures."""
    drawn, t = frame.answer, layout.room.type
    small = min(t, 1.35)
    wall, mean, curves, covered = areas(layout)
    heads = (
        (wall, layout.body.y(), frame.say(words.WALL_AT, psi=number(drawn.psi))),
        (covered, layout.body.y(), frame.say(words.COVERED, n=drawn.tally.classes)),
        (mean, mean.y() - layout.head - 2, frame.say(words.MEAN_FAKE)),
        (curves, curves.y() - layout.head - 2, frame.say(words.OVER_PSI)),
    )
    for rect, y, text in heads:
        heading(painter, QRectF(rect.x(), y, rect.width(), layout.head), text, colours, small, 17)
    draw_tiles(painter, wall, tiles(drawn.wall, COLUMNS, colours))
    draw_one(painter, mean, drawn.mean, colours.generator, colours)
    draw_coverage(painter, covered, frame, drawn.tally, drawn.real, colours, small)
    _draw_curves(painter, curves, frame, drawn, colours, small)
    if frame.hover[:1] == ("fake",):
        row, column = divmod(int(frame.hover[1]), COLUMNS)
        outline(painter, cell(wall, row, column, ROWS, COLUMNS), colours, 2.5)


def _draw_curves(
    painter: QPainter, rect: QRectF, frame: Frame, drawn: Drawn, colours: Colours, t: float
) -> None:
    """Draw sureness and spread over psi, and a line where psi stands."""
    line = 22 * t
    keys = (
        (words.SURENESS, colours.value, drawn.tally.confidence, percent(drawn.tally.confidence, 0)),
        (words.APART, colours.generator, None, ""),
    )
    for place, (text, colour, _, _) in enumerate(keys):
        row = QRectF(rect.x(), rect.y() + place * line, rect.width(), line)
        painter.setPen(QPen(colour, 3.4))
        painter.drawLine(QPointF(row.x(), row.center().y()), QPointF(row.x() + 20,
                         row.center().y()))  # fmt: skip
        said_small(painter, row.adjusted(28, 0, 0, 0), frame.say(text), colours, t)
    label = width("1.00", 14 * t) + 8
    plot = QRectF(rect.x() + label, rect.y() + 2 * line + 10, rect.width() - label - 14,
                  rect.height() - 3 * line - 16)  # fmt: skip
    painter.setPen(QPen(colours.line, 1))
    for share in (0.0, 0.5, 1.0):
        y = plot.bottom() - share * plot.height()
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
        box = QRectF(rect.x(), y - line / 2, label - 6, line)
        write(painter, box, number(share, 1), 14 * t, colours.muted)
    last = PSIS[-1]
    for psi in (0.0, 0.5, 1.0):
        x = plot.x() + psi / last * plot.width()
        box = QRectF(x - 30, plot.bottom() + 3, 60, line)
        write(painter, box, number(psi, 1), 14 * t, colours.muted, align=CENTRE)
    curve = np.array(drawn.curve, float).reshape(-1, 3)
    if len(curve) > 1:
        most = max(float(curve[:, 2].max()), 1e-9)
        for values, colour in ((curve[:, 1], colours.value), (curve[:, 2] / most,
                                                              colours.generator)):  # fmt: skip
            path = QPainterPath()
            for place, (psi, value) in enumerate(zip(curve[:, 0], values, strict=True)):
                spot = QPointF(plot.x() + psi / last * plot.width(),
                               plot.bottom() - float(value) * plot.height())  # fmt: skip
                if place == 0:
                    path.moveTo(spot)
                else:
                    path.lineTo(spot)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 2.6))
            painter.drawPath(path)
    x = plot.x() + drawn.psi / last * plot.width()
    painter.setPen(QPen(colours.amber, 2.4))
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))


def draw_moving(
    painter: QPainter,
    layout: StyleLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw nothing: the slider moves the still part."""


def hit(layout: StyleLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("fake", place) under a point."""
    found = cell_at(areas(layout)[0], point, ROWS, COLUMNS)
    return () if found is None else ("fake", found[0] * COLUMNS + found[1])


def pick(frame: Frame, target: Target) -> Pick:
    """Choose nothing: there is nothing to go into."""
    return Pick(selection=())


def lens(frame: Frame) -> Lens | None:
    """Return the fake that is pointed at, and what it is read as."""
    if frame.hover[:1] != ("fake",):
        return None
    drawn, place = frame.answer, int(frame.hover[1])
    rows = ((frame.say(words.SURE), percent(float(drawn.confidence[place]), 0)),)
    title = frame.say(words.READ_AS, digit=int(drawn.labels[place]))
    return Lens(title, rows, drawn.wall[place], 1.0, "image")
