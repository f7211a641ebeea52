"""Losses, gradient and modes over training, as charts; pure functions of a film."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from explainer.concepts.gan.plane.references import references
from explainer.stage.chart import Chart, Curve
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Frame
from explainer.stage.lettering import number
from explainer.stage.smoothing import running_mean, thinned

SMOOTHED = 50  # rounds a loss is averaged over, to be read at all
_POINTS = 300
_PAST = 1.02  # the axis goes on a little behind the last round


def reach(frame: Frame) -> float:
    """Return where every √round axis ends."""
    last = 0 if frame.film is None else max(frame.film.last, frame.film.step)
    return math.sqrt(max(last, 20)) * _PAST


def value_at(frame: Frame, name: str) -> float | None:
    """Return a metric's newest value where the film stands."""
    if frame.film is None:
        return None
    steps, values = frame.film.curve(name)
    place = int(np.searchsorted(steps, frame.film.step, "right")) - 1
    return float(values[place]) if place >= 0 else None


def loss_now(frame: Frame, name: str) -> float | None:
    """Return the running mean of a loss where the film stands."""
    if frame.film is None:
        return None
    steps, values = frame.film.curve(name)
    count = int(np.searchsorted(steps, frame.film.step, "right"))
    return float(values[max(count - SMOOTHED, 0) : count].mean()) if count else None


def strongest(frame: Frame) -> float:
    """Return the largest gradient measured along this film up to where it stands."""
    return _most(frame, "pull")


def most_covered(frame: Frame) -> int:
    """Return the most modes that were covered along this film up to where it stands."""
    return int(_most(frame, "modes"))


def _most(frame: Frame, name: str) -> float:
    if frame.film is None:
        return 0.0
    steps, values = frame.film.curve(name)
    count = int(np.searchsorted(steps, frame.film.step, "right"))
    return float(values[:count].max(initial=0.0))


def loss_range(frame: Frame) -> tuple[float, float]:
    """Return the ends of the axis of the losses: they and the reference lines, with a margin.

    The first rounds may be far off; what lies within the middle 99 of 100 rounds counts.
    """
    found = [ref.value for ref in references(_loss(frame)) if ref is not None]
    for name in ("discriminator_loss", "generator_loss"):
        if frame.film is not None:
            _, values = running_mean(*frame.film.curve(name), SMOOTHED)
            if len(values):
                found += np.percentile(values, (0.5, 99.5)).tolist()
    low, high = min(found), max(found)
    margin = max(0.08 * (high - low), 0.05)
    return low - margin, high + margin


def _loss(frame: Frame) -> str:
    return str(frame.knobs.get("loss", "non-saturating"))


def losses(rect: QRectF, frame: Frame, colours: Colours) -> Chart:
    """Return both losses with the values at which D can only guess, dashed."""
    low, high = loss_range(frame)
    end = reach(frame)
    curves = []
    pairs = zip(references(_loss(frame)), _actors(colours), strict=True)
    for reference, (_, colour) in pairs:
        if reference is not None:
            level = np.full(2, reference.value)
            curves.append(Curve(np.array([0.0, end]), level, fade(colour, 0.75), 1.4, dashed=True))
    for name, colour in _actors(colours):
        curves += _drawn(frame, name, colour, colours, SMOOTHED)
    return _chart("plane-losses", rect, tuple(curves), end, (low, high), frame)


def pull(rect: QRectF, frame: Frame, colours: Colours) -> Chart:
    """Return the gradient that reached the generator, as it was measured along the film."""
    top = 1.12 * max(_largest(frame, "pull"), 1e-6)
    curves = _drawn(frame, "pull", colours.gradient, colours, 1, filled=True)
    return _chart("plane-pull", rect, tuple(curves), reach(frame), (0.0, top), frame)


def history(rect: QRectF, frame: Frame, colours: Colours, modes: int) -> Chart:
    """Return how many modes were covered along the film, with all of them dashed."""
    end = reach(frame)
    every = Curve(np.array([0.0, end]), np.full(2, float(modes)), fade(colours.real, 0.75), 1.4,
                  dashed=True)  # fmt: skip
    curves = (every, *_drawn(frame, "modes", colours.real, colours, 1))
    return _chart("plane-modes", rect, curves, end, (-0.04 * modes, 1.1 * modes), frame)


def _actors(colours: Colours) -> tuple[tuple[str, QColor], tuple[str, QColor]]:
    return (
        ("discriminator_loss", colours.discriminator),
        ("generator_loss", colours.generator),
    )


def _largest(frame: Frame, name: str) -> float:
    return 0.0 if frame.film is None else float(frame.film.curve(name)[1].max(initial=0.0))


def _drawn(
    frame: Frame, name: str, colour: QColor, colours: Colours, over: int, filled: bool = False
) -> list[Curve]:
    """Return a metric as curves: what is past, and faint what the film holds behind it."""
    if frame.film is None:
        return []
    steps, values = running_mean(*frame.film.curve(name), over)
    steps, values = thinned(steps, values, _POINTS)
    thick = 3.2 if colours.is_projector else 2.2
    place = int(np.searchsorted(steps, frame.film.step, "right"))
    parts = [
        (slice(max(place - 1, 0), None), fade(colour, 0.35), False),
        (slice(0, place), colour, filled),
    ]
    return [
        Curve(steps[part] ** 0.5, values[part], hue, thick, filled=is_filled)
        for part, hue, is_filled in parts
        if len(steps[part]) > 1
    ]


def _chart(
    key: str,
    rect: QRectF,
    curves: tuple[Curve, ...],
    end: float,
    y_range: tuple[float, float],
    frame: Frame,
) -> Chart:
    now = None if frame.film is None else float(frame.film.step) ** 0.5
    return Chart(
        key=key,
        rect=rect,
        curves=curves,
        x_range=(0.0, end),
        y_range=y_range,
        x_ticks=(),
        y_ticks=(),
        playhead=now,
        is_bare=True,
    )


def height_of(plot: QRectF, value: float, ends: tuple[float, float]) -> float:
    """Return at which height of a plot a value of its axis lies."""
    low, high = ends
    return plot.bottom() - (value - low) / (high - low) * plot.height()


def said(value: float | None, decimals: int = 2) -> str:
    """Return a value as it is written; a dash where there is none."""
    return "–" if value is None else number(value, decimals)


def small(value: float) -> str:
    """Return a length as it is written; one that three decimals do not show says so."""
    if 0 < value < 0.001:
        return "< 0.001"
    return number(value, 3)
