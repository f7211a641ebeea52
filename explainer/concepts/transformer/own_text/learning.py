"""Bits per byte along the film, beside what counting alone reaches."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.transformer.own_text import words
from explainer.concepts.transformer.own_text.layout import OwnTextLayout
from explainer.stage.chart import Chart, Curve, root_ticks
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, number, write

NAMES = ("held_out", "learned")
_PAST = 1.015  # of the way to the newest step
COUNTED = ("uniform", "unigram", "bigram")


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: here training is what moves."""
    return (Beat("", 0.0),)


def colour_of(name: str, colours: Colours) -> QColor:
    """Return violet for held-out text and teal for what is learned from."""
    return colours.solid("magnitude") if name == "held_out" else colours.value


def values(frame: Frame, name: str, until: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return the steps and bits per byte of a curve, to a step or to the film's end."""
    if frame.film is None:
        return np.zeros(0), np.zeros(0)
    steps, bits = frame.film.curve(name)
    seen = slice(None) if until is None else steps <= until
    return steps[seen], bits[seen]


def now(frame: Frame, name: str) -> float | None:
    """Return a curve's value where the film stands."""
    step = None if frame.film is None else frame.film.step
    _, bits = values(frame, name, step)
    return float(bits[-1]) if len(bits) else None


def reach(frame: Frame) -> float:
    """Return where the √step axis ends, a little behind the film: its last marker is whole."""
    last = 0 if frame.film is None else max(frame.film.last, frame.film.step)
    return _PAST * math.sqrt(max(last, 100))


def top(frame: Frame) -> float:
    """Return where the axis of bits ends: above the even guess and all curves."""
    found = [frame.snapshot.baselines.uniform]
    found += [float(bits.max()) for name in NAMES if len(bits := values(frame, name)[1])]
    return 1.08 * max(found)


def plot_rect(layout: OwnTextLayout) -> QRectF:
    """Return where the curves lie; axis labels left and under, baselines' names right."""
    t, body = layout.room.type, layout.body
    right = 190 * t
    return QRectF(
        body.x() + 46 * t, body.y() + 44 * t, body.width() - 46 * t - right,
        body.height() - 44 * t - 160 * t,
    )  # fmt: skip


def y_of(plot: QRectF, bits: float, peak: float) -> float:
    """Return the height of a value."""
    return plot.bottom() - bits / peak * plot.height()


def spread(wanted: list[float], apart: float) -> list[float]:
    """Return heights near the wanted ones, downwards in order, `apart` at least."""
    placed: list[float] = []
    for y in wanted:
        placed.append(y if not placed else max(y, placed[-1] + apart))
    return placed


def draw_axes(
    painter: QPainter, plot: QRectF, frame: Frame, colours: Colours, t: float, peak: float
) -> None:
    """Draw whole bits and training steps."""
    px = 14 * t
    for bits in range(int(peak) + 1):
        y = y_of(plot, bits, peak)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
        box = QRectF(plot.x() - 46 * t, y - px, 46 * t - 8, 2 * px)
        write(painter, box, f"{bits}", px, colours.muted, align=RIGHT)
    end = reach(frame)
    taken = -1e9
    for place, label in root_ticks(round((end / _PAST) ** 2)):
        x = plot.x() + place / end * plot.width()
        if x - taken > 76 * t or place == 0:
            box = QRectF(x - 38 * t, plot.bottom() + 4, 76 * t, 20 * t)
            write(painter, box, label, px, colours.muted, align=CENTRE)
            taken = x
    under = QRectF(plot.x(), plot.bottom() + 25 * t, plot.width(), 20 * t)
    write(painter, under, frame.say(words.STEPS), px, colours.muted, align=CENTRE)


def draw_still(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    """Draw the axes, the baselines' names and the table."""
    t, plot, peak = layout.room.type, plot_rect(layout), top(frame)
    head = QRectF(layout.body.x(), layout.body.y() - 4, layout.body.width(), 28 * t)
    write(painter, head, frame.say(words.BITS), 18 * t, colours.ink, SEMIBOLD)
    draw_axes(painter, plot, frame, colours, t, peak)
    counted = [getattr(frame.snapshot.baselines, name) for name in COUNTED]
    order = sorted(range(len(COUNTED)), key=lambda i: -counted[i])
    heights = spread([y_of(plot, counted[i], peak) for i in order], 22 * t)
    for i, y in zip(order, heights, strict=True):
        box = QRectF(plot.right() + 10, y - 11 * t, layout.body.right() - plot.right() - 10, 22 * t)
        name = frame.say(words.BASELINES[COUNTED[i]])
        write(painter, box, f"{number(counted[i], 2)}  {name}", 14 * t, colours.muted)
    if frame.film is None or frame.film.last == 0:
        box = QRectF(plot.x(), plot.bottom() - 60 * t, plot.width(), 30 * t)
        write(painter, box, frame.say(words.PRESS_TRAIN), 17 * t, colours.muted, align=CENTRE)
    _draw_table(painter, layout, frame, colours)


def _draw_table(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    t, body = layout.room.type, layout.body
    line = 32 * t
    first = body.bottom() - (len(NAMES) + 1) * line
    rights = [body.x() + share * body.width() for share in (0.55, 0.75)]
    for right, text in zip(rights, (words.NOW, words.BEST), strict=True):
        box = QRectF(right - 120 * t, first, 120 * t, line)
        write(painter, box, frame.say(text), 14 * t, colours.muted, align=RIGHT)
    for row, name in enumerate(NAMES):
        y = first + (row + 1) * line
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(body.x(), y), QPointF(rights[-1], y))
        painter.setPen(QPen(colour_of(name, colours), 3.6))
        painter.drawLine(QPointF(body.x(), y + line / 2), QPointF(body.x() + 26, y + line / 2))
        label = QRectF(body.x() + 38, y, 0.4 * body.width() - 38, line)
        write(painter, label, frame.say(words.CURVES[name]), 16 * t, colours.ink)
        until = None if frame.film is None else frame.film.step
        _, bits = values(frame, name, until)
        said = [number(float(v), 2) for v in (bits[-1], bits.min())] if len(bits) else []
        for right, text in zip(rights, said or [words.DASH] * 2, strict=True):
            box = QRectF(right - 120 * t, y, 120 * t, line)
            write(painter, box, text, 16 * t, colours.ink, SEMIBOLD, RIGHT)


def draw_moving(
    painter: QPainter, layout: OwnTextLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing: the curves are a chart."""


def chart(rect: QRectF, frame: Frame, colours: Colours, key: str, is_counted: bool) -> Chart:
    """Return the two curves, what lies ahead on the film faint, and the baselines dashed."""
    end, peak = reach(frame), top(frame)
    thick = 3.6 if colours.is_projector else 2.6
    curves = []
    if is_counted:
        for name in COUNTED:
            level = getattr(frame.snapshot.baselines, name)
            pair = np.array([level, level])
            curves.append(Curve(np.array([0.0, end]), pair, colours.muted, 1.4, dashed=True))
    step = 0 if frame.film is None else frame.film.step
    for name in reversed(NAMES):
        hue = colour_of(name, colours)
        for until, colour in ((None, fade(hue, 0.35)), (step, hue)):
            steps, bits = values(frame, name, until)
            if len(steps) > 1:
                curves.append(Curve(steps**0.5, bits, colour, thick))
        steps, bits = values(frame, name, step)
        if len(steps):
            curves.append(Curve(steps[-1:] ** 0.5, bits[-1:], hue, thick, ringed=True))
    return Chart(
        key=key,
        rect=rect,
        curves=tuple(curves),
        x_range=(0.0, end),
        y_range=(0.0, peak),
        x_ticks=(),
        y_ticks=(),
        is_bare=True,
    )


def hit(layout: OwnTextLayout, frame: Frame, point: QPointF) -> Target:
    """Return nothing: there is nothing to choose."""
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return by how much the net is better than counting, where that is known."""
    bits = now(frame, "held_out")
    if bits is None:
        return None
    rows = tuple(
        (
            frame.say(words.BASELINES[name]),
            number(getattr(frame.snapshot.baselines, name) - bits, 2),
        )
        for name in COUNTED[1:]
    )
    return Lens(frame.say(words.BETTER), rows)
