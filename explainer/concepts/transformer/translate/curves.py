"""Loss, exact match and alignment over training; pure functions of a film."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from explainer.concepts.transformer.translate import words
from explainer.concepts.transformer.translate.layout import TranslateLayout
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Frame
from explainer.stage.lettering import number, percent
from explainer.stage.plot import Chart, Curve
from explainer.stage.smoothing import running_mean, thinned

EARLY = 400  # where the axis of the early steps ends: the change is over by then
_SHARES = (-0.03, 1.06)  # what the axis of shares spans: lines at its ends are drawn whole
LOSS_STEPS = 10  # training steps the loss is averaged over, to be read at all


def reach(frame: Frame) -> float:
    """Return where the √step axis ends."""
    last = max(frame.film.last, frame.film.step, 20)
    if frame.knobs.get("steps_shown") == "early":
        last = min(last, max(EARLY, frame.film.step))
    return math.sqrt(last)


def plot_rect(layout: TranslateLayout) -> QRectF:
    """Return where the curves lie, the axes' labels outside it."""
    t, body = layout.room.type, layout.body
    side = 58.0 * t
    high = body.height() * (0.36 if layout.room.large else 0.40)
    return QRectF(body.x() + side, body.y() + 28 * t, body.width() - 2 * side, high - 52 * t)


def height_of(plot: QRectF, share: float) -> float:
    """Return at which height of the plot a share of its axis lies."""
    low, high = _SHARES
    return plot.bottom() - (share - low) / (high - low) * plot.height()


def value_at(frame: Frame, name: str) -> float | None:
    """Return a metric's newest value where the film stands."""
    steps, values = frame.film.curve(name)
    if name == "loss":
        steps, values = running_mean(steps, values, LOSS_STEPS)
    place = int(np.searchsorted(steps, frame.film.step, "right")) - 1
    return float(values[place]) if place >= 0 else None


def loss_top(frame: Frame) -> float:
    """Return where the axis of the loss ends, in nats a token: an even number over all of it."""
    film, end, highest = frame.film, reach(frame), 0.0
    for index in range(len(film.tracks)):
        steps, values = running_mean(*film.curve("loss", index), LOSS_STEPS)
        visible = values[steps <= (end + 1) ** 2]
        highest = max(highest, float(visible.max(initial=0.0)))
    return max(2.0 * math.ceil(highest / 2), 2.0)


def value_said(frame: Frame, name: str) -> str:
    """Return a metric as it is written."""
    value = value_at(frame, name)
    if value is None:
        return words.DASH
    return number(value, 3) if name == "loss" else percent(value)


def chart(layout: TranslateLayout, frame: Frame, colours: Colours) -> Chart:
    """Return exact match, alignment and loss over √step; the future faint."""
    film, end = frame.film, reach(frame)
    thick = 3.6 if colours.is_projector else 2.6
    top = loss_top(frame)
    curves = [
        Curve(np.array([0.0, end]), np.array([share, share]), colours.line, 1.0)
        for share in (0.0, 0.5, 1.0)
    ]
    for index in sorted(range(len(film.tracks)), key=lambda i: i == film.branch):
        mine = index == film.branch
        for name, colour in (
            ("loss", colours.ink),
            ("alignment", colours.solid("magnitude")),
            ("exact_match", colours.value),
        ):
            steps, values = film.curve(name, index)
            if name == "loss":
                steps, values = running_mean(steps, values, LOSS_STEPS)
                values = values / top
            visible = steps <= (end + 1) ** 2
            at, line = thinned(steps[visible], values[visible], 400)
            curves += _curves(at, line, film.step, colour, thick, mine)
    return Chart(
        key="translate-learning",
        rect=plot_rect(layout),
        curves=tuple(curves),
        x_range=(0.0, end),
        y_range=_SHARES,
        x_ticks=(),
        y_ticks=(),
        playhead=float(film.step) ** 0.5,
        is_bare=True,
    )


def _curves(
    at: np.ndarray, line: np.ndarray, now: int, colour: QColor, thick: float, mine: bool
) -> list[Curve]:
    if not mine:
        return [Curve(at**0.5, line, fade(colour, 0.45), thick - 0.8, dashed=True)]
    place = int(np.searchsorted(at, now, "right"))
    parts = [
        (slice(max(place - 1, 0), None), fade(colour, 0.4)),
        (slice(0, place), colour),
    ]
    return [Curve(at[p] ** 0.5, line[p], hue, thick) for p, hue in parts if len(at[p]) > 1]
