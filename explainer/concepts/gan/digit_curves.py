"""How many digits are covered, and how sure the classifier is, while the two learn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.gan import digit_words as words
from explainer.concepts.gan.digit_pieces import heading
from explainer.lesson import Text
from explainer.stage.chart import Chart, Curve, root_ticks
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import RIGHT, width, write
from explainer.stage.smoothing import running_mean

TOP = 1.02  # of the axis


def is_shown(frame: Frame) -> bool:
    """Whether the picture has curves."""
    return frame.knobs.get("picture") in ("live", "balance")


def _lines(frame: Frame, colours: Colours) -> tuple[tuple[Text, str, float, QColor], ...]:
    """Return what each curve is called, its metric, the metric's top, and its colour."""
    lines = (
        (words.CONFIDENCE, "confidence", 1.0, colours.generator),
        (words.CLASSES_KEY, "classes", 10.0, colours.value),
    )
    if frame.knobs.get("picture") != "balance":
        return lines
    return (*lines, (words.ACCURACY, "accuracy", 1.0, colours.query))


def _plot(area: QRectF, keys: int, t: float) -> QRectF:
    return area.adjusted(30 * t, keys * 24 * t + 12, -8, -26 * t)


def draw(
    painter: QPainter, area: QRectF, head: float, frame: Frame, colours: Colours, t: float
) -> None:
    """Name the curves; the chart itself lies over its place."""
    title = QRectF(area.x(), area.y() - head, area.width(), head - 4)
    heading(painter, title, frame.say(words.CURVES), colours, t)
    lines = _lines(frame, colours)
    for place, (text, _, _, colour) in enumerate(lines):
        line = QRectF(area.x(), area.y() + place * 24 * t, area.width(), 24 * t)
        y = line.center().y()
        painter.setPen(QPen(colour, 3.4))
        painter.drawLine(QPointF(line.x(), y), QPointF(line.x() + 20, y))
        write(painter, line.adjusted(28, 0, 0, 0), frame.say(text), 15 * t, colours.ink)

    _draw_axes(painter, _plot(area, len(lines), t), frame, colours, t)


def _draw_axes(painter: QPainter, plot: QRectF, frame: Frame, colours: Colours, t: float) -> None:
    """Write the axes' ends and middle, and the steps below, as many as have room."""
    line = 20 * t
    for share, said in ((0.0, "0"), (0.5, "0.5"), (1.0, "1")):
        y = plot.bottom() - share / TOP * plot.height()
        box = QRectF(plot.x() - 30 * t, y - line / 2, 30 * t - 6, line)
        write(painter, box, said, 14 * t, colours.muted, align=RIGHT)
    last, taken = max(frame.film.last, 1), plot.x() - 20.0
    ticks = root_ticks(frame.film.last)
    for at, said in (ticks[0], ticks[-1], *ticks[1:-1]) if len(ticks) > 2 else ticks:
        wide = width(said, 14 * t)
        x = plot.x() + at / last**0.5 * plot.width()
        left = min(max(x - wide / 2, plot.x() - 4), plot.right() + 8 - wide)
        is_end = at == ticks[-1][0]
        if not is_end and (left < taken or left + wide > plot.right() - 60 * t) and at > 0:
            continue
        write(painter, QRectF(left, plot.bottom() + 4, wide + 2, line), said, 14 * t, colours.muted)
        if not is_end:
            taken = left + wide + 16


def charts(area: QRectF, frame: Frame, colours: Colours, t: float) -> tuple[Chart, ...]:
    """Return the chart, over the square root of the step.

    Before any learning it is there without curves: its library takes 0.15 s to load, which the
    first press of T does not wait for.
    """
    last = max(frame.film.last, 1)
    shown = _lines(frame, colours)
    lines = []
    for _, name, top, colour in shown:
        steps, values = frame.film.curve(name)
        if name == "accuracy":
            steps, values = running_mean(steps, values)
        lines.append(Curve(steps**0.5, values / top, colour))
    if len(shown) > 2:
        half = np.array([0.5, 0.5])
        lines.append(Curve(np.array([0.0, last**0.5]), half, colours.muted, 1.4, dashed=True))
    return (
        Chart(
            key="learning",
            rect=_plot(area, len(shown), t),
            curves=tuple(lines),
            x_range=(0.0, last**0.5),
            y_range=(0.0, TOP),
            x_ticks=(),
            y_ticks=(),
            playhead=frame.film.step**0.5,
            is_bare=True,
        ),
    )
