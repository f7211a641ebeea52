"""The position table as a heat map and as waves, and what is lost without it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import names
from explainer.concepts.transformer.attention.layout import (
    AttentionLayout,
    draw_matrix,
    frame_of,
    shortened,
)
from explainer.concepts.transformer.attention.probe import Listened
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell_at, draw_legend
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, number, percent, write
from explainer.stage.lettering import width as width_of

SHOWN = 24  # places drawn; the rest goes on alike
COLUMNS = (0, 8, 16, 24)  # columns drawn as waves: sines, each slower than the one before
TOLERANCE = 1e-5
SIDE = 116.0  # for a wave's name and its axis
TICKS = range(0, SHOWN, 4)
FINE = 8  # points of a curve from one place to the next


def table(answer: Listened) -> np.ndarray:
    """Return the shown part of the position table, shape (SHOWN, d_model)."""
    part: np.ndarray = answer.weights["positions"][:SHOWN]
    return part


def wave(column: int, places: np.ndarray, width: int) -> np.ndarray:
    """Return a column of the table at any places, also between two tokens.

    Parameters
    ----------
    column : int
        From 0; even ones are sines, odd ones cosines.
    places : ndarray
        The first token's is 0.
    width : int
        Columns of the table.
    """
    rate = 10000 ** (-(column // 2 * 2) / width)
    values: np.ndarray = (np.sin if column % 2 == 0 else np.cos)(places * rate)
    return values


def rects(layout: AttentionLayout) -> tuple[QRectF, tuple[QRectF, ...], QRectF]:
    """Return the table, a strip a wave, and what positions are worth."""
    t, body = layout.room.type, layout.body
    half = body.width() * 0.46
    effect = (148.0 if not layout.room.large else 118.0) * t
    top = body.y() + 32 * t
    free = body.bottom() - top - effect - 20
    legend = 58 * t
    whole = QRectF(body.x() + 30 * t, top, half - 40 * t, free - legend)
    left = body.x() + half + SIDE * t
    pitch = (free - 46 * t) / len(COLUMNS)
    strips = tuple(
        QRectF(left, top + i * pitch, body.right() - left, pitch - 12) for i in range(len(COLUMNS))
    )
    return whole, strips, QRectF(body.x(), body.bottom() - effect, body.width(), effect)


def focus(frame: Frame) -> tuple[int, int]:
    """Return the place and the column looked at."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("cell",):
            return int(target[1]), int(target[2])
    return 4, COLUMNS[1]


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return the table, the waves, and what is lost without them."""
    return (Beat("position", 0.0), Beat("sine", 0.9), Beat("cosine", 1.9), Beat("effect", 2.9))


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    _, strips, effect = rects(layout)
    t = layout.room.type
    waves = QRectF(strips[0].topLeft(), strips[-1].bottomRight())
    return ((waves.adjusted(-SIDE * t, -32 * t, 8, 48 * t), 0.9), (effect, 2.9))


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw the table, four of its columns, and the translation with and without it."""
    t = layout.room.type
    whole, strips, effect = rects(layout)
    values, (row, column) = table(answer), focus(frame)
    line = QRectF(layout.body.x(), whole.y() - 30 * t, whole.right() - layout.body.x(), 26 * t)
    write(painter, line, frame.say(words.TABLE), 17 * t, colours.ink, SEMIBOLD)
    draw_matrix(painter, whole, values, 1.0, "signed", colours, gridded=False)
    high, wide = whole.height() / SHOWN, whole.width() / values.shape[1]
    step = 1 if high > 17 * t else 4
    for place in range(0, SHOWN, step):
        box = QRectF(layout.body.x(), whole.y() + place * high - 10, 30 * t - 8, high + 20)
        write(painter, box, str(place), 14 * t, colours.muted, align=RIGHT)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.ink, 1.4))
    shown = sorted({*COLUMNS, column})
    for index in shown:
        painter.drawRect(QRectF(whole.x() + index * wide, whole.y(), wide, whole.height()))
    frame_of(
        painter, QRectF(whole.x() + column * wide, whole.y() + row * high, wide, high), colours, 2
    )
    bar = QRectF(whole.x(), whole.bottom() + 10, 210 * t, 46 * t)
    draw_legend(painter, bar, frame.say(words.VALUE), -1, 1, "signed", colours, 14 * t)
    _draw_waves(painter, frame, strips, values, row, column, colours, t)
    _draw_effect(painter, frame, answer, effect, colours, t)


def _draw_waves(
    painter: QPainter,
    frame: Frame,
    strips: tuple[QRectF, ...],
    values: np.ndarray,
    row: int,
    column: int,
    colours: Colours,
    t: float,
) -> None:
    first = strips[0]
    left = first.x() - SIDE * t
    line = QRectF(left, first.y() - 30 * t, first.right() - left, 26 * t)
    said = frame.say(words.WAVES, count=values.shape[1])
    write(painter, line, said, 17 * t, colours.ink, SEMIBOLD)
    for index, strip in zip(COLUMNS, strips, strict=True):
        middle = strip.center().y()
        tag = QRectF(left, middle - 14 * t, (SIDE - 34) * t, 28 * t)
        is_lit = index == column
        ink = colours.ink if is_lit else colours.muted
        write(painter, tag, frame.say(words.COLUMN, n=index + 1), 14 * t, ink, align=RIGHT)
        _draw_axes(painter, strip, colours, t)
        fine = np.linspace(0, SHOWN - 1, FINE * (SHOWN - 1) + 1)
        curve = _points(strip, fine, wave(index, fine, values.shape[1]))
        points = _points(strip, np.arange(SHOWN), values[:, index])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.solid("signed"), 2.6 if is_lit else 1.8))
        painter.drawPolyline(QPolygonF(curve))
        pen = QPen(colours.solid("signed"), 6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(points)
        painter.setPen(QPen(colours.ink, 10, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints([points[row]])
        value = number(float(values[row, index]), 2)
        box = _clear_box(points[row], curve, strip, width_of(value, 14 * t, SEMIBOLD) + 4, 20 * t)
        write(painter, box, value, 14 * t, colours.ink, SEMIBOLD, CENTRE)
    last = strips[-1]
    for place in TICKS:
        x = last.x() + last.width() * place / (SHOWN - 1)
        box = QRectF(x - 20 * t, last.bottom() + 6, 40 * t, 20 * t)
        write(painter, box, str(place), 14 * t, colours.muted, align=CENTRE)
    under = QRectF(last.x(), last.bottom() + 4 + 21 * t, last.width(), 22 * t)
    write(painter, under, frame.say(words.ALONG), 14 * t, colours.muted, align=CENTRE)


def _points(strip: QRectF, places: np.ndarray, values: np.ndarray) -> list[QPointF]:
    """Return values from -1 to 1 at places as points of a strip."""
    xs = strip.x() + strip.width() * places / (SHOWN - 1)
    ys = strip.center().y() - strip.height() / 2 * values
    return [QPointF(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]


def _clear_box(
    point: QPointF, curve: list[QPointF], strip: QRectF, wide: float, high: float
) -> QRectF:
    """Return where a point's number crosses its curve least: right or left, below or above.

    It keeps within the strip, whose neighbours have numbers too.
    """
    lowest = max(strip.bottom() - high, strip.y())
    boxes = [
        QRectF(x, min(max(y, strip.y()), lowest), wide, high)
        for x in (point.x() + 8, point.x() - 8 - wide)
        for y in (point.y() + 3, point.y() - 3 - high)
        if x >= strip.x() and x + wide <= strip.right() + 4
    ]
    return min(boxes, key=lambda box: sum(box.contains(other) for other in curve))


def _draw_axes(painter: QPainter, strip: QRectF, colours: Colours, t: float) -> None:
    """Draw zero, a tick at every fourth place, and the ends of the scale."""
    middle = strip.center().y()
    xs = [strip.x() + strip.width() * place / (SHOWN - 1) for place in TICKS]
    painter.setPen(QPen(colours.line, 1))
    painter.drawLines(
        [
            QLineF(strip.x(), middle, strip.right(), middle),
            QLineF(strip.x(), strip.y(), strip.x(), strip.bottom()),
            *(QLineF(strip.x() - 4, y, strip.x(), y) for y in (strip.y(), middle, strip.bottom())),
            *(QLineF(x, strip.bottom() - 3, x, strip.bottom() + 3) for x in xs),
        ]
    )
    high = 18 * t
    for y, text in ((strip.y() - 0.12 * high, "1"), (strip.bottom() - 0.88 * high, "−1")):
        box = QRectF(strip.x() - 32 * t, y, 32 * t - 7, high)
        write(painter, box, text, 14 * t, colours.muted, align=RIGHT)


def _draw_effect(
    painter: QPainter, frame: Frame, answer: Listened, rect: QRectF, colours: Colours, t: float
) -> None:
    """Write the translation as it is now, and draw what positions are worth, measured."""
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(rect.topLeft(), rect.topRight())
    half = rect.width() * 0.46
    if answer.said is not None:
        line = QRectF(rect.x(), rect.y() + 12 * t, half, 26 * t)
        on = answer.cuts.positions_on
        mode = frame.say(words.WITH_POSITIONS if on else words.WITHOUT)
        text = f"{frame.say(words.TRANSLATED)}, {mode}"
        write(painter, line, text, 15 * t, colours.muted)
        said = answer.said.intact if on else answer.said.cut
        wrong = answer.said.is_right is False and not on
        line = line.translated(0, 30 * t)
        ink = colours.wrong if wrong else colours.ink
        line.adjust(0, 0, -20, 6 * t)
        said = shortened(said, 20 * t, line.width())
        write(painter, line, said, 20 * t, ink, SEMIBOLD)
    report = answer.damage
    if report is None:
        return
    is_tight = rect.height() < 140 * t
    left = rect.x() + half
    line = QRectF(left, rect.y() + 12 * t, rect.right() - left, 26 * t)
    title = frame.say(words.RIGHT_OF, count=report.sentences)
    if report.sentences < report.wanted:
        title = frame.say(words.GOING_ON, said=title)
    write(painter, line, title, 15 * t, colours.muted)
    for place, (name, share) in enumerate(
        ((words.WITH_POSITIONS, report.intact), (words.WITHOUT, report.cut))
    ):
        y = line.bottom() + 6 + place * (34 if is_tight else 40) * t
        tag = 150 * t
        write(painter, QRectF(left, y, tag, 32 * t), frame.say(name), 16 * t, colours.ink)
        free = rect.right() - left - tag - 90 * t
        bar = QRectF(left + tag, y + 8 * t, free, 16 * t)
        painter.fillRect(bar, colours.line)
        bar.setWidth(max(free * share, 2))
        painter.fillRect(bar, colours.solid("magnitude") if place == 0 else colours.wrong)
        box = QRectF(left + tag + free + 6, y, 84 * t, 32 * t)
        write(painter, box, percent(share), 18 * t, colours.ink, SEMIBOLD, RIGHT)


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return ("cell", place, column) under a point, in the table or on a wave."""
    whole, strips, _ = rects(layout)
    found = cell_at(whole, point, SHOWN, answer.weights["positions"].shape[1])
    if found is not None:
        return ("cell", *found)
    for index, strip in zip(COLUMNS, strips, strict=True):
        found = cell_at(strip, point, 1, SHOWN)
        if found is not None:
            return ("cell", found[1], index)
    return ()


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return one number of the table as its sine or cosine, held against the buffer."""
    row, column = focus(frame)
    values = answer.weights["positions"]
    width = values.shape[1]
    row, column = min(row, len(values) - 1), min(column, width - 1)
    rate = 10000 ** (-(column // 2 * 2) / width)
    name = "sin" if column % 2 == 0 else "cos"
    computed = float(wave(column, np.array([row]), width)[0])
    own = float(values[row, column])
    difference = abs(computed - own)
    said = names(frame, answer)
    token = f" · {said[row]}" if row < len(said) else ""
    rows = (
        (f"{name}({row} × {number(rate, 5)})", number(computed, 5)),
        (frame.say(words.TENSOR), number(own, 5)),
        (frame.say(words.DIFFERENCE), f"{difference:.0e}" if difference else "0"),
    )
    title = frame.say(words.PLACE, row=row, column=column + 1) + token
    return Lens(title, rows, good=difference < TOLERANCE)
