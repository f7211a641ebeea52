"""The last two parts of an update: one weight moves, and its average follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.training.layout import UpdateLayout
from explainer.concepts.cnn.training.written import (
    significant,
    times_written,
    update_written,
    way_share,
)
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
    percent,
    width,
    write,
)

if TYPE_CHECKING:
    from explainer.concepts.cnn.training.probe import Update

WEIGHT = Text("weight", "가중치")
GRADIENT = Text("gradient", "기울기")
MADE = {
    "adam": Text("Adam: mean ÷ usual size", "Adam: 평균 ÷ 평소 크기"),
    "sgd": Text("SGD: with those before", "SGD: 앞선 기울기와 더한 값"),
}
SAME = Text("equal to PyTorch's within {apart}", "PyTorch의 값과 {apart} 이내로 같습니다")
APART = Text("PyTorch has {value}: {apart} apart", "PyTorch의 값은 {value}. {apart}만큼 다릅니다")
FOLLOWS = Text("closes {share} of the gap", "새 값과의 차이를 {share} 좁힙니다")
LATER = Text("closely at first, ever more slowly later", "처음에는 바짝, 갈수록 천천히")
SHOWN = Text(
    "The average is what is tested and shown.",
    "시험하고 화면에 보이는 것은 평균입니다.",
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
    is_large = layout.room.large
    # A large room needs the height for the numbers.
    tile = 64.0 if is_large else min(96.0, body.width() * 0.27)
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
    before, direction, new = update_written(update.before, update.learning_rate, update.direction)
    rows = [
        (frame.say(GRADIENT), significant(update.gradient)),
        (frame.say(MADE[str(frame.knobs.get("optimiser", "adam"))]), direction),
    ]
    if not is_large:
        rows.insert(0, (frame.say(WEIGHT), before))
    count = len(rows) + is_large  # in a large room the sum takes two lines
    y = kernel.bottom() + (6 if is_large else 10)
    line = (body.bottom() - y) / (count + 2)
    px = min(16 * t, line * 0.82)
    for place, (label, value) in enumerate(rows):
        box = QRectF(body.x(), y + place * line, body.width(), line)
        write(painter, box.adjusted(0, 0, -width(value, px) - 12, 0), label, px, colours.muted)
        write(painter, box, value, px, colours.ink, REGULAR, RIGHT)
    sum_box = QRectF(body.x(), y + len(rows) * line, body.width(), line)
    said = f"{before} {MINUS} {times_written(update.learning_rate, direction)}"
    result = f" = {new}"
    whole = said if is_large else said + result
    write(painter, sum_box, whole, px * 1.05, colours.ink, SEMIBOLD)
    if is_large:
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
    line = 22 * t
    before, _, after = update_written(update.before, update.learning_rate, update.direction)
    figures = len(before.partition(".")[2])
    values = (update.average_before, update.average_after, update.before, update.after)
    # The way of the weight is drawn to the right, whichever way that is.
    start, end = (min(values), max(values)) if update.after >= update.before else (
        max(values), min(values)
    )  # fmt: skip
    span = end - start or 1.0
    axis = QRectF(body.x() + 8, 0, body.width() - 16, 0)
    share = way_share(update.average_before, update.average_after, update.after)
    rows = (
        (WEIGHT, (update.before, before), (update.after, after), colours.ink),
        (
            AVERAGED,
            (update.average_before, number(update.average_before, figures)),
            (update.average_after, number(update.average_after, figures)),
            colours.branch,
        ),
    )
    tall = 2 * line + 18
    y = body.y()
    for label, first, last, colour in rows:
        named = QRectF(body.x(), y, body.width(), line)
        write(painter, named, frame.say(label), 15 * t, colours.muted)
        middle = named.bottom() + 9
        spots = [axis.x() + (value - start) / span * axis.width() for value, _ in (first, last)]
        painter.setPen(QPen(colours.line, 2))
        painter.drawLine(QPointF(axis.left(), middle), QPointF(axis.right(), middle))
        painter.setPen(QPen(colour, 4))
        painter.drawLine(QPointF(spots[0], middle), QPointF(spots[1], middle))
        painter.setPen(QPen(colour, 2))
        for spot, fill, size in zip(spots, (colours.background, colour), (5, 6), strict=True):
            painter.setBrush(fill)
            painter.drawEllipse(QPointF(spot, middle), size, size)
        px = 15 * t
        wide = [width(said, px, SEMIBOLD) for _, said in (first, last)]
        lefts = beside_each_other(spots, wide, body.left(), body.right(), 14)
        for left, long, (_, said) in zip(lefts, wide, (first, last), strict=True):
            box = QRectF(left, middle + 9, long + 2, line)
            write(painter, box, said, px, colour, SEMIBOLD)
        y += tall + (4 if is_large else 14)
    if share is not None:
        box = QRectF(body.x(), y, body.width(), 26 * t)
        write(painter, box, frame.say(FOLLOWS, share=percent(share)), 17 * t, colours.ink, SEMIBOLD)
    below = QRectF(body.x(), y + 26 * t, body.width(), line)
    write(painter, below, frame.say(LATER), 15 * t, colours.muted)
    if not is_large:
        under = QRectF(body.x(), body.bottom() - line, body.width(), line)
        write(painter, under, frame.say(SHOWN), 15 * t, colours.muted)


def beside_each_other(
    spots: list[float], wide: list[float], least: float, most: float, gap: float
) -> list[float]:
    """Return the left edges of two labels, each as near under its spot as the other lets it.

    Parameters
    ----------
    spots, wide : list of float, two each
        Where each label should have its middle, and how wide it is; the first one stays left.
    least, most : float
        The room both share.
    gap : float
        What must lie between them.
    """
    first, second = (spot - long / 2 for spot, long in zip(spots, wide, strict=True))
    apart = first + wide[0] + gap - second
    if apart > 0:
        first, second = first - apart / 2, second + apart / 2
    first = max(min(first, most - wide[1] - gap - wide[0]), least)
    second = min(max(second, first + wide[0] + gap), most - wide[1])
    return [min(first, second - gap - wide[0]), second]
