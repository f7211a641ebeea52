"""Losses, and how far each side has come, over the rounds; pure functions of a film."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.gan.plane.references import references
from explainer.concepts.gan.shapes import modes_of
from explainer.concepts.gan.side_by_side import words
from explainer.concepts.gan.side_by_side.layout import GUTTER, DuelLayout, focus
from explainer.concepts.gan.side_by_side.settings import SIDES, SideName
from explainer.stage.chart import Chart, Curve
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, width, write
from explainer.stage.smoothing import running_mean, thinned

SMOOTHED = 50
_POINTS = 260
# What the second plot of each side shows.
HISTORIES = {
    "same": "distance", "critic": "modes", "calm": "distance", "pull": "pull", "modes": "modes",
    "own": "modes",
}  # fmt: skip
_METRICS = {"modes": "modes", "pull": "pull", "distance": "sliced_wasserstein"}


def history_of(frame: Frame) -> str:
    """Return which measure the second plot shows; a shape without modes has none to count."""
    chosen = HISTORIES[focus(frame)]
    return "distance" if chosen == "modes" and _modes(frame) is None else chosen


def _modes(frame: Frame) -> int | None:
    heaps = modes_of(frame.knobs.get("shape", "ring"))  # type: ignore[arg-type]
    return None if heaps is None else len(heaps.centres)


def end_of(frame: Frame) -> float:
    """Return where the axis of rounds ends, as a root: learning is quickest at first."""
    last = 0 if frame.film is None else max(frame.film.last, frame.film.step)
    return math.sqrt(max(last, 20))


def loss_of(frame: Frame, side: SideName) -> str:
    """Return the loss in force on a side."""
    return str(frame.knobs.get(f"loss_{side}", "non-saturating"))


def loss_now(frame: Frame, name: str) -> float | None:
    """Return the running mean of a loss where the film stands."""
    if frame.film is None:
        return None
    steps, values = frame.film.curve(name)
    count = int(np.searchsorted(steps, frame.film.step, "right"))
    return float(values[max(count - SMOOTHED, 0) : count].mean()) if count else None


def loss_range(frame: Frame, side: SideName) -> tuple[float, float]:
    """Return the ends of a side's axis of losses; both sides have one axis where both have a loss.

    The first rounds may be far off: what the middle 98 of 100 smoothed rounds hold counts.
    """
    alike = loss_of(frame, "left") == loss_of(frame, "right")
    found: list[float] = []
    for each in SIDES if alike else (side,):
        found += [r.value for r in references(loss_of(frame, each)) if r]  # type: ignore[arg-type]
        for actor in ("discriminator", "generator"):
            values = _smoothed(frame, f"{actor}_loss_{each}")[1]
            if len(values):
                found += np.percentile(values, (1, 99)).tolist()
    low, high = min(found, default=0.0), max(found, default=1.0)
    margin = max(0.1 * (high - low), 0.05)
    return low - margin, high + margin


def history_range(frame: Frame) -> tuple[float, float]:
    """Return the ends of the axis of the second plot; both sides have the same."""
    chosen = history_of(frame)
    if chosen == "modes":
        top = float(_modes(frame) or 1)
    else:
        name = _METRICS[chosen]
        found = [v for s in SIDES for v in _smoothed(frame, f"{name}_{s}", 1)[1].tolist()]
        top = max([v for v in found if math.isfinite(v)], default=1.0)
    top = max(top, 1e-6)
    return -0.05 * top, 1.12 * top


def _smoothed(frame: Frame, name: str, over: int = SMOOTHED) -> tuple[np.ndarray, np.ndarray]:
    if frame.film is None:
        return np.zeros(0), np.zeros(0)
    return running_mean(*frame.film.curve(name), over)


def _drawn(frame: Frame, name: str, colour: QColor, colours: Colours, over: int) -> list[Curve]:
    """Return a metric as curves: what is past, and fainter what the film holds behind it."""
    steps, values = _smoothed(frame, name, over)
    if not len(steps):
        return []
    steps, values = thinned(steps, values, _POINTS)
    thick = 3.2 if colours.is_projector else 2.2
    place = int(np.searchsorted(steps, frame.film.step, "right"))
    parts = ((slice(max(place - 1, 0), None), colours.over(colour, 0.35)), (slice(place), colour))
    return [
        Curve(steps[part] ** 0.5, values[part], hue, thick)
        for part, hue in parts
        if len(steps[part]) > 1
    ]


def charts(layout: DuelLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
    """Return the plots of both sides."""
    found = []
    for side in SIDES:
        if not layout.losses[side].isEmpty():
            found.append(_losses(layout, frame, side, colours))
        if not layout.history[side].isEmpty():
            found.append(_history(layout, frame, side, colours))
    return tuple(found)


def _losses(layout: DuelLayout, frame: Frame, side: SideName, colours: Colours) -> Chart:
    end, curves = end_of(frame), []
    hues = (colours.discriminator, colours.generator)
    for reference, hue in zip(references(loss_of(frame, side)), hues, strict=True):  # type: ignore[arg-type]
        if reference is not None:
            level = np.full(2, reference.value)
            curves.append(
                Curve(np.array([0.0, end]), level, colours.over(hue, 0.6), 1.4, dashed=True)
            )
    for actor, hue in zip(("discriminator", "generator"), hues, strict=True):
        curves += _drawn(frame, f"{actor}_loss_{side}", hue, colours, SMOOTHED)
    return _chart(f"losses-{side}", layout.losses[side], curves, loss_range(frame, side), frame)


def _history(layout: DuelLayout, frame: Frame, side: SideName, colours: Colours) -> Chart:
    chosen, end = history_of(frame), end_of(frame)
    hue = colours.gradient if chosen == "pull" else colours.real
    curves = []
    wanted = _wanted(frame, chosen)
    if wanted is not None:
        dashed = Curve(
            np.array([0.0, end]), np.full(2, wanted), colours.over(hue, 0.6), 1.4, dashed=True
        )
        curves.append(dashed)
    curves += _drawn(frame, f"{_METRICS[chosen]}_{side}", hue, colours, 1)
    return _chart(f"history-{side}", layout.history[side], curves, history_range(frame), frame)


def _wanted(frame: Frame, chosen: str) -> float | None:
    """Return what a perfect generator would score."""
    if chosen == "modes":
        return float(_modes(frame) or 0)
    if chosen == "distance" and frame.answer is not None:
        return float(frame.answer.left.standing.floor)
    return None


def _chart(
    key: str, rect: QRectF, curves: list[Curve], ends: tuple[float, float], frame: Frame
) -> Chart:
    return Chart(
        key=f"duel-{key}",
        rect=rect,
        curves=tuple(curves),
        x_range=(0.0, end_of(frame)),
        y_range=ends,
        x_ticks=(),
        y_ticks=(),
        playhead=None if frame.film is None else float(frame.film.step) ** 0.5,
        is_bare=True,
    )


def whole(layout: DuelLayout) -> QRectF:
    """Return what the plots cover on both sides, with what is written round them."""
    plots = [plot for each in (layout.losses, layout.history) for plot in each.values()]
    found = QRectF()
    for plot in plots:
        if not plot.isEmpty():
            found = found.united(plot)
    t = layout.room.type
    return found.adjusted(-(GUTTER + 2) * t, -27 * t, 6, 24 * t)


def draw_axes(painter: QPainter, layout: DuelLayout, frame: Frame, colours: Colours) -> None:
    """Write what stands round the plots."""
    for side in SIDES:
        if not layout.losses[side].isEmpty():
            _draw_round_losses(painter, layout, frame, side, colours)
        if not layout.history[side].isEmpty():
            chosen, (low, high) = history_of(frame), history_range(frame)
            title = frame.say(words.HISTORY[chosen])
            _draw_frame(painter, layout, layout.history[side], title, frame, colours)
            decimals = 0 if chosen == "modes" or high > 20 else 2
            top = high / 1.12
            ticks = ((0.0, "0"), (top, number(top, decimals)))
            _draw_ticks(painter, layout, layout.history[side], ticks, (low, high), colours)


def _draw_round_losses(
    painter: QPainter, layout: DuelLayout, frame: Frame, side: SideName, colours: Colours
) -> None:
    plot, t = layout.losses[side], layout.room.type
    now = []
    for actor, letter in (("discriminator", "D"), ("generator", "G")):
        value = loss_now(frame, f"{actor}_loss_{side}")
        now.append((letter, words.DASH if value is None else number(value, 2)))
    px = 14 * t
    x = plot.right()
    for (letter, value), hue in zip(now, (colours.discriminator, colours.generator), strict=True):
        said = f"{letter} {value}"
        wide = width(said, px, SEMIBOLD)
        box = QRectF(x - wide, plot.y() - 24 * t, wide + 1, 20 * t)
        write(painter, box, said, px, hue, SEMIBOLD, RIGHT)
        x -= wide + 10
    room = QRectF(plot.x(), plot.y(), x - plot.x(), plot.height())
    full, brief = frame.say(words.LOSSES), frame.say(words.SETTING["loss"])
    title = full if width(full, px) < room.width() else brief
    _draw_frame(painter, layout, plot, title, frame, colours, room.width())
    low, high = ends = loss_range(frame, side)
    known = [r for r in references(loss_of(frame, side)) if r]  # type: ignore[arg-type]
    ticks = [(r.value, r.said) for r in known]
    if len(known) < 2:  # a critic's values have one fixed point at most
        ticks += [(v, number(v, 1)) for v in (low, high) if abs(v) > 0.12 * (high - low)]
    _draw_ticks(painter, layout, plot, tuple(ticks), ends, colours)


def _draw_frame(
    painter: QPainter,
    layout: DuelLayout,
    plot: QRectF,
    title: str,
    frame: Frame,
    colours: Colours,
    wide: float | None = None,
) -> None:
    t = layout.room.type
    px = 14 * t
    head = QRectF(plot.x(), plot.y() - 24 * t, wide or plot.width(), 20 * t)
    write(painter, head, title, px, colours.muted)
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.background)
    painter.drawRect(plot.adjusted(-1, -1, 1, 1))
    foot = QRectF(plot.x(), plot.bottom() + 2, plot.width(), 18 * t)
    last = round(end_of(frame) ** 2)
    write(painter, foot, "0", px, colours.muted)
    write(painter, foot, frame.say(words.ROUNDS, step=f"{last:,}"), px, colours.muted, align=RIGHT)


def _draw_ticks(
    painter: QPainter,
    layout: DuelLayout,
    plot: QRectF,
    ticks: tuple[tuple[float, str], ...],
    ends: tuple[float, float],
    colours: Colours,
) -> None:
    """Write values left of a plot, at their heights."""
    t, (low, high) = layout.room.type, ends
    for value, said in ticks:
        y = plot.bottom() - (value - low) / (high - low) * plot.height()
        y = min(max(y, plot.y() + 8 * t), plot.bottom() - 6 * t)
        box = QRectF(plot.x() - GUTTER * t, y - 9 * t, GUTTER * t - 6, 18 * t)
        write(painter, box, said, 13.5 * t, colours.muted, align=RIGHT)
