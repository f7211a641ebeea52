"""The last two parts of an update: one weight moves, and its average follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.training.layout import UpdateLayout
from explainer.lesson import Text
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.heatmap import cell, draw_map
from explainer.stage.lettering import (
    MINUS,
    REGULAR,
    RIGHT,
    SEMIBOLD,
    number,
    write,
)

if TYPE_CHECKING:
    from explainer.concepts.cnn.training.probe import Update

WEIGHT = Text("weight", "가중치")
GRADIENT = Text("gradient", "기울기")
DIRECTION = Text("what {optimiser} makes of it", "{optimiser} 방식으로 고른 값")
SAME = Text("equal to PyTorch's within {apart}", "PyTorch의 값과 {apart} 이내로 같습니다")
APART = Text("PyTorch has {value}: {apart} apart", "PyTorch의 값은 {value}. {apart}만큼 다릅니다")
FOLLOWS = Text(
    "The averaged weight follows slowly:",
    "평균 가중치는 천천히 따라갑니다.",
)
SHOWN = Text(
    "The average is what is tested and shown.",
    "시험하고 보여 주는 것은 이 평균입니다.",
)
AVERAGED = Text("averaged weight", "평균 가중치")
CLOSE = 1e-5


def draw_weight(
    painter: QPainter,
    layout: UpdateLayout,
    frame: Frame,
    update: Update,
    chosen: int,
    colours: Colours,
) -> None:
    """Draw what the optimiser does to one weight, beside PyTorch's own result."""
    t = layout.room.type
    body = layout.bodies[4]
    _, row, column = update.index
    side = len(update.kernel)
    tile = min(96.0, body.width() * 0.27)
    kernel = QRectF(body.x() + 4, body.y() + 22 * t + 4, tile, tile)
    slope = kernel.translated(tile + 26, 0)
    for rect, values, ramp, label in (
        (kernel, update.kernel, "weight", WEIGHT),
        (slope, update.kernel_gradient, "signed", GRADIENT),
    ):
        over = QRectF(rect.x(), body.y(), tile + 24, 22 * t)
        write(painter, over, frame.say(label), 15 * t, colours.muted)
        draw_map(painter, rect, values, float(np.abs(values).max()), ramp, colours)
        spot = cell(rect, row, column, side, side)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.background, 4))
        painter.drawRect(spot)
        painter.setPen(QPen(colours.ink, 2))
        painter.drawRect(spot)
    optimiser = "Adam" if frame.knobs.get("optimiser") == "adam" else "SGD"
    rate = f"{update.learning_rate:.4g}"
    figures = 4 if layout.room.large else 5
    rows = [
        (frame.say(WEIGHT), number(update.before, figures)),
        (frame.say(GRADIENT), number(update.gradient, figures)),
        (frame.say(DIRECTION, optimiser=optimiser), number(update.direction, figures)),
    ]
    if layout.room.large:
        rows = rows[2:]
    count = len(rows) + layout.room.large  # in a large room the sum takes two lines
    y = kernel.bottom() + 10
    line = (body.bottom() - y) / (count + 2)
    px = min(16 * t, line * 0.82)
    for place, (label, value) in enumerate(rows):
        box = QRectF(body.x(), y + place * line, body.width(), line)
        write(painter, box.adjusted(0, 0, -90, 0), label, px, colours.muted)
        write(painter, box, value, px, colours.ink, REGULAR, RIGHT)
    sum_box = QRectF(body.x(), y + len(rows) * line, body.width(), line)
    before, new = number(update.before, figures), number(update.computed, figures)
    direction = number(update.direction, figures)
    shown = f"({direction})" if update.direction < 0 else direction
    said, result = f"{before} {MINUS} {rate} × {shown}", f" = {new}"
    write(
        painter,
        sum_box,
        said if layout.room.large else said + result,
        px * 1.05,
        colours.ink,
        SEMIBOLD,
    )
    if layout.room.large:
        write(painter, sum_box.translated(0, line), result, px * 1.05, colours.ink, SEMIBOLD, RIGHT)
    apart = abs(update.computed - update.after)
    if apart < CLOSE:
        written, colour = frame.say(SAME, apart=f"{CLOSE:.5f}"), colours.value
    else:
        value = number(update.after, 5)
        written, colour = frame.say(APART, value=value, apart=f"{apart:.0e}"), colours.wrong
    below = QRectF(body.x(), y + (count + 1) * line, body.width(), line)
    write(painter, below, written, min(px, 15 * t), colour)


def draw_average(
    painter: QPainter,
    layout: UpdateLayout,
    frame: Frame,
    update: Update,
    chosen: int,
    colours: Colours,
) -> None:
    """Draw how far the averaged weight follows the one that learns."""
    t = layout.room.type
    body = layout.bodies[5]
    is_large = layout.room.large
    figures = 4 if is_large else 5
    line = 24 * t
    # Over each line its name and its numbers: side by side, or one over the other.
    over = line * (2 if is_large else 1)
    top = body.y() + over + 12
    if not is_large:
        says = QRectF(body.x(), body.y(), body.width(), line)
        write(painter, says, frame.say(FOLLOWS), 16 * t, colours.muted)
        top += line + 14
    axis = QRectF(body.x() + 8, top, body.width() - 16, over + 44)
    values = (update.average_before, update.average_after, update.before, update.after)
    low, high = min(values), max(values)
    span = max(high - low, 1e-9)

    def across(value: float) -> float:
        return axis.x() + (value - low) / span * axis.width()

    rows = (
        (WEIGHT, update.before, update.after, colours.ink, axis.top()),
        (AVERAGED, update.average_before, update.average_after, colours.branch, axis.bottom()),
    )
    for label, start, end, colour, y in rows:
        named = QRectF(body.x(), y - over - 12, body.width(), line)
        write(painter, named, frame.say(label), 15 * t, colours.muted)
        said = f"{number(start, figures)} → {number(end, figures)}"
        valued = named.translated(0, over - line)
        write(painter, valued, said, 16 * t, colour, SEMIBOLD, RIGHT)
        painter.setPen(QPen(colours.line, 2))
        painter.drawLine(QPointF(axis.left(), y), QPointF(axis.right(), y))
        painter.setPen(QPen(colour, 4))
        painter.drawLine(QPointF(across(start), y), QPointF(across(end), y))
        painter.setBrush(colours.background)
        painter.setPen(QPen(colour, 2))
        painter.drawEllipse(QPointF(across(start), y), 5, 5)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(across(end), y), 6, 6)
    if not is_large:
        under = QRectF(body.x(), body.bottom() - 22 * t, body.width(), 22 * t)
        write(painter, under, frame.say(SHOWN), 15 * t, colours.muted)
