"""How the three learn: what each does on unseen sentences, along the film."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.transformer.family import words
from explainer.concepts.transformer.family.layout import FamilyLayout
from explainer.concepts.transformer.family.questions import MODELS
from explainer.stage.chart import Chart, Curve
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, percent, write

METRICS = tuple(words.CURVES)
_DASHED = ("probe_masked", "probe_causal")
_LOW, _HIGH = -0.03, 1.06
_LEVELS = (0.0, 0.5, 1.0)


def colour_of(name: str, colours: Colours) -> QColor:
    """Return a curve's colour, by its model: violet, teal or blue."""
    if name == "prefixes":
        return colours.query
    return colours.solid("magnitude") if name.endswith("masked") else colours.value


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: here training is what moves."""
    return (Beat("", 0.0),)


def reach(frame: Frame) -> float:
    """Return where the √update axis ends."""
    last = 0 if frame.film is None else max(frame.film.last, frame.film.step)
    return float(max(last / len(MODELS), 30.0) ** 0.5)


def value_at(frame: Frame, name: str) -> float | None:
    """Return a metric's newest value where the film stands."""
    if frame.film is None:
        return None
    steps, values = frame.film.curve(name)
    place = int(np.searchsorted(steps, frame.film.step, "right")) - 1
    return float(values[place]) if place >= 0 else None


def _rows(layout: FamilyLayout) -> QRectF:
    t, body = layout.room.type, layout.body
    high = len(METRICS) * 30 * t
    return QRectF(body.x(), body.bottom() - high, body.width(), high)


def plot_rect(layout: FamilyLayout) -> QRectF:
    """Return where the curves lie, their axes outside it."""
    t, body = layout.room.type, layout.body
    top, left = body.y() + 38 * t, 62 * t
    return QRectF(body.x() + left, top, body.width() - left - 12, _rows(layout).y() - 58 * t - top)


def ticks(end: float) -> tuple[int, ...]:
    """Return round numbers of updates that have room on a √update axis."""
    chosen = [0]
    for mark in (1, 3, 10, 30, 100, 200, 400, 700, 1000, 1500, 2000, 3000, 5000, 10000, 20000):
        if chosen[-1] ** 0.5 + 0.1 * end <= mark**0.5 <= end:
            chosen.append(mark)
    return tuple(chosen)


def draw_still(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    """Draw the axes and the table of the values now."""
    t, plot, end, body = layout.room.type, plot_rect(layout), reach(frame), layout.body
    px = 14 * t
    head = QRectF(body.x(), body.y(), body.width(), 28 * t)
    write(painter, head, frame.say(words.LEARNING), 18 * t, colours.ink, SEMIBOLD)
    for level in _LEVELS:
        y = plot.bottom() - (level - _LOW) / (_HIGH - _LOW) * plot.height()
        box = QRectF(body.x(), y - px, plot.x() - body.x() - 8, 2 * px)
        write(painter, box, f"{100 * level:.0f} %", px, colours.muted, align=RIGHT)
    for mark in ticks(end):
        x = plot.x() + mark**0.5 / end * plot.width()
        box = QRectF(x - 40, plot.bottom() + 3, 80, 20 * t)
        if x + 20 < plot.right() + 12:
            write(painter, box, f"{mark:,}", px, colours.muted, align=CENTRE)
    under = QRectF(plot.x(), plot.bottom() + 24 * t, plot.width(), 20 * t)
    write(painter, under, frame.say(words.UPDATES), px, colours.muted, align=CENTRE)
    if frame.film is None or frame.film.last == 0:
        write(painter, plot, frame.say(words.PRESS_TRAIN), 20 * t, colours.muted, align=CENTRE)
    _draw_rows(painter, layout, frame, colours)


def _draw_rows(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    t, rows = layout.room.type, _rows(layout)
    high = rows.height() / len(METRICS)
    for place, name in enumerate(METRICS):
        line = QRectF(rows.x(), rows.y() + place * high, rows.width(), high)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(line.topLeft(), line.topRight())
        pen = QPen(colour_of(name, colours), 3.4)
        if name in _DASHED:
            pen.setDashPattern([2.0, 1.6])
        painter.setPen(pen)
        middle = line.center().y()
        painter.drawLine(QPointF(line.x(), middle), QPointF(line.x() + 30, middle))
        lit = SEMIBOLD if frame.hover == ("curve", name) else REGULAR
        write(painter, line.adjusted(42, 0, -line.width() * 0.3, 0),
              frame.say(words.CURVES[name]), 15 * t, colours.ink, lit)  # fmt: skip
        value = value_at(frame, name)
        said = words.DASH if value is None else percent(value)
        box = line.adjusted(line.width() * 0.75, 0, 0, 0)
        write(painter, box, said, 16 * t, colours.ink, SEMIBOLD, RIGHT)


def draw_moving(
    painter: QPainter, layout: FamilyLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing: the chart draws itself."""


def chart(layout: FamilyLayout, frame: Frame, colours: Colours) -> Chart | None:
    """Return the curves over √update; what lies ahead on the film is faint."""
    if frame.film is None:
        return None
    end, now = reach(frame), frame.film.step
    thick = 3.6 if colours.is_projector else 2.6
    curves = [
        Curve(np.array([0.0, end]), np.array([level, level]), colours.line, 1.0)
        for level in _LEVELS
    ]
    for name in METRICS:
        steps, values = frame.film.curve(name)
        at = (steps / len(MODELS)) ** 0.5
        hue, dashed = colour_of(name, colours), name in _DASHED
        place = int(np.searchsorted(steps, now, "right"))
        for part, colour in (
            (slice(max(place - 1, 0), None), fade(hue, 0.35)),
            (slice(0, place), hue),
        ):
            if len(at[part]) > 1:
                curves.append(Curve(at[part], values[part], colour, thick, dashed=dashed))
    return Chart(
        key="family-learning",
        rect=plot_rect(layout),
        curves=tuple(curves),
        x_range=(0.0, end),
        y_range=(_LOW, _HIGH),
        x_ticks=(),
        y_ticks=(),
        playhead=(now / len(MODELS)) ** 0.5,
        is_bare=True,
    )


def hit(layout: FamilyLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("curve", name) of the row under a point."""
    rows = _rows(layout)
    if not rows.contains(point):
        return ()
    place = int((point.y() - rows.y()) / rows.height() * len(METRICS))
    return ("curve", METRICS[min(place, len(METRICS) - 1)])


def lens(frame: Frame, time: float) -> Lens | None:
    """Return what each model's last batch cost, and how large it is."""
    if frame.snapshot is None or frame.hover[:1] != ("curve",):
        return None
    rows = tuple((words.SHORT[model], f"{frame.snapshot.parameters[model]:,}") for model in MODELS)
    return Lens(frame.say(words.PARAMETERS), rows)
