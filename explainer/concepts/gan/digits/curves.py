"""How many digits are covered, and how sure the classifier is, while the two learn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.gan.digits import words
from explainer.concepts.gan.digits.pieces import heading
from explainer.lesson import Text
from explainer.stage.chart import Chart, Curve, root_ticks
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import width, write

MEAN_OF = 25  # rounds; the accuracy on one batch is noise


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
    return area.adjusted(0, keys * 24 * t + 4, -4, 0)


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


def smoothed(values: np.ndarray) -> np.ndarray:
    """Return each value averaged with those up to `MEAN_OF` rounds before."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(ends - MEAN_OF, 0)
    found: np.ndarray = (sums[ends] - sums[starts]) / (ends - starts)
    return found


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
            values = smoothed(values)
        lines.append(Curve(steps**0.5, values / top, colour))
    if len(shown) > 2:
        half = np.array([0.5, 0.5])
        lines.append(Curve(np.array([0.0, last**0.5]), half, colours.muted, 1.4, dashed=True))
    ticks = root_ticks(last)
    if width("20,000", 14 * t) * len(ticks) > 0.8 * area.width():
        ticks = (ticks[0], ticks[-1])
    return (
        Chart(
            "learning",
            _plot(area, len(shown), t),
            tuple(lines),
            (0.0, last**0.5),
            (0.0, 1.02),
            ticks,
            ((0.0, "0"), (0.5, "0.5"), (1.0, "1")),
            frame.film.step**0.5,
            14 * t,
        ),
    )
