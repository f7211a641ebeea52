"""Loss and accuracy over training, as a chart; pure functions of a film."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from PySide6.QtGui import QColor

from explainer.concepts.cnn.training.layout import TrainingLayout
from explainer.concepts.cnn.training.words import FIRST_RUN
from explainer.engine.strip import path
from explainer.lesson import Text
from explainer.stage.chart import Chart, Curve, root_ticks
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import number
from explainer.stage.smoothing import running_mean, thinned

_POINTS = 500  # a curve is at most about so many pixels wide
_FUTURE = 0.4
# Ten digits guessed evenly: ln 10 = 2.303 nats. A run that blows up leaves the axis at the top.
_LEAST_TOP, _MOST_TOP = 2.5, 6.0
# The curves' own axis goes on by this share at both ends, so that no line there is cut in half.
OVERHANG = 0.03
EARLY = 1_500  # where an axis of the early steps ends: by then most has been learned
_LEAST_REACH = 20  # steps on the axis of a net that has hardly begun

BRIEF = {
    "learning_rate": Text("rate {value}", "학습률 {value}"),
    "batch_size": Text("batch {value}", "배치 {value}"),
    "optimiser": Text("{value}", "{value}"),
    "augmentation": Text("variation {value}", "변형 {value}"),
}


def reach(frame: Frame) -> float:
    """Return where every √step axis of the scene ends; never before the step on the stage."""
    film = frame.film
    last = film.last
    if frame.knobs.get("steps_shown") == "early":
        last = min(last, max(EARLY, film.step))
    return float(max(last, _LEAST_REACH) ** 0.5)


def loss_curve(film: Any, branch: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return (steps, running mean of the loss) along a branch."""
    return _loss_curves(film)[film.branch if branch is None else branch]


# A picture asks several times for one film's curves; curves of films before would hold 130 bytes
# a training step.
@lru_cache(maxsize=1)
def _loss_curves(film: Any) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    return tuple(running_mean(*film.curve("loss", branch)) for branch in range(len(film.tracks)))


def value_at(steps: np.ndarray, values: np.ndarray, step: int) -> float | None:
    """Return the newest value at or before a step, or None."""
    place = int(np.searchsorted(steps, step, "right")) - 1
    return float(values[place]) if place >= 0 else None


def loss_now(film: Any) -> float | None:
    """Return the running mean of the loss where the film stands."""
    return value_at(*loss_curve(film), film.step)


def accuracy_now(film: Any) -> float | None:
    """Return the newest test accuracy, 0..1, measured at or before where the film stands."""
    return value_at(*film.curve("test_accuracy"), film.step)


def setting_named(frame: Frame, changed: tuple[tuple[str, Any], ...]) -> str:
    """Return changed settings in few words, such as "rate 0.1, SGD"."""
    return ", ".join(
        frame.say(BRIEF[key], value=plain(value)) for key, value in changed if key in BRIEF
    )


def branch_name(frame: Frame, index: int) -> str:
    """Return what a curve is called where it ends: what was set otherwise, or the first run."""
    track = frame.film.tracks[index]
    if track.parent is None:
        return frame.say(FIRST_RUN)
    return setting_named(frame, track.changed) or f"{track.start:,} →"


def changes_shown(frame: Frame) -> tuple[tuple[int, str], ...]:
    """Return (step, what was set) of every change made on the way to the branch on the stage.

    What was set several times at one step is told once, as it was set last.
    """
    film, end = frame.film, reach(frame) ** 2
    found: dict[int, dict[str, Any]] = {}
    for index, until in path(film.tracks, film.branch):
        for step, key, value in film.tracks[index].changes:
            if key in BRIEF and step <= min(end, film.last if until is None else until):
                found.setdefault(step, {})[key] = value
    return tuple((s, setting_named(frame, tuple(found[s].items()))) for s in sorted(found))


def plain(value: Any) -> str:
    """Return a setting as it is written: 0.003, 32, Adam."""
    if value in ("adam", "sgd"):
        return {"adam": "Adam", "sgd": "SGD"}[value]
    if isinstance(value, bool):
        return "✓" if value else "×"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def branch_colour(branch: int, colours: Colours) -> QColor:
    """Return ink for the first run; teal, blue and magenta for the branches."""
    return (colours.ink, colours.branch, colours.query, colours.gradient)[branch % 4]


def accuracy_colour(branch: int, colours: Colours) -> QColor:
    """Return violet, as the right axis has it, or a branch's own colour."""
    return branch_colour(branch, colours) if branch else colours.solid("magnitude")


def ends_of_curves(frame: Frame) -> list[tuple[int, float, float]]:
    """Return (branch, √step, place on the loss axis 0..1) where each loss ends in the picture."""
    film, log = frame.film, is_log(frame)
    low, high, _ = loss_axis(film, log)
    end, found = reach(frame), []
    for index in range(len(film.tracks)):
        steps, values = loss_curve(film, index)
        inside = np.flatnonzero(steps <= end**2 + 0.5)
        if len(inside):
            value = float(values[inside[-1]])
            place = np.log10(max(value, 1e-12)) if log else value
            share = min(max((place - low) / (high - low), 0.0), 1.0)
            found.append((index, float(steps[inside[-1]]) ** 0.5, float(share)))
    return found


def kept_apart(places: list[float], least: float, most: float, gap: float) -> list[float]:
    """Return places moved as little as needed to lie `gap` apart within a range, in their order."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = [0.0] * len(places)
    before = least - gap
    for index in order:
        moved[index] = before = max(places[index], before + gap)
    after = most + gap
    for index in reversed(order):
        moved[index] = after = min(moved[index], after - gap)
    return moved


def name_places(layout: TrainingLayout, frame: Frame) -> list[tuple[int, float]]:
    """Return (branch, share of the plot's height from below) of the name of each curve."""
    ends = ends_of_curves(frame)
    gap = 18 * layout.room.type / layout.plot.height()
    places = kept_apart([share for _, _, share in ends], 0.03, 0.97, gap)
    return [(index, place) for (index, _, _), place in zip(ends, places, strict=True)]


def learning_chart(layout: TrainingLayout, frame: Frame, colours: Colours) -> Chart | None:
    """Return loss and accuracy over √step, the future faint, other branches beside it."""
    film = frame.film
    if film is None:
        return None
    log = is_log(frame)
    losses = [loss_curve(film, index) for index in range(len(film.tracks))]
    low, high, ticks = loss_axis(film, log)
    thick = 3.5 if colours.is_projector else 2.5
    end = reach(frame)
    curves = [
        Curve(np.array([0.0, end]), np.array([place, place]), colours.line, 1.0)
        for place, _ in ticks
    ]
    for index in sorted(range(len(film.tracks)), key=lambda i: i == film.branch):
        steps, values = losses[index]
        on_axis = np.log10(np.maximum(values, 1e-12)) if log else values
        scores = film.curve("test_accuracy", index)
        lines = (
            (scores[0], low + scores[1] * (high - low), accuracy_colour, True),
            (steps, on_axis, branch_colour, False),
        )
        for every, whole, hue_of, is_accuracy in lines:
            visible = every <= (end + 1) ** 2  # a little more, so that a line leaves the picture
            at, line = every[visible], whole[visible]
            hues, dashed = (hue_of(0, colours), hue_of(index, colours)), is_accuracy and index > 0
            if index == film.branch:
                at, line = thinned(at, line, _POINTS)
                curves += _followed(at, line, film, hues, thick, dashed, colours)
            else:
                mine = at >= film.tracks[index].start
                at, line = thinned(at[mine], line[mine], _POINTS)
                curves.append(
                    Curve(at**0.5, line, colours.over(hues[1], 0.65), thick - 0.7, dashed)
                )
    for step, _ in changes_shown(frame):
        x = step**0.5
        curves.append(Curve(np.array([x, x]), np.array([low, high]), colours.faint, 1.5, True))
    if layout.names:
        # A thin line leads from the end of a curve to its name.
        inner = 1 + 2 * OVERHANG
        for (index, x, share), (_, place) in zip(
            ends_of_curves(frame), name_places(layout, frame), strict=True
        ):
            tip = 0.5 + (place - 0.5) * inner
            ends = low + np.array([share, tip]) * (high - low)
            hue = colours.over(branch_colour(index, colours), 0.5)
            curves.append(Curve(np.array([x, end]), ends, hue, 1.0))
    return Chart(
        key="learning",
        rect=layout.plot,
        curves=tuple(curves),
        x_range=(0.0, end),
        y_range=(low - OVERHANG * (high - low), high + OVERHANG * (high - low)),
        x_ticks=(),
        y_ticks=(),
        playhead=float(film.step) ** 0.5,
        is_bare=True,
    )


def _fork(film: Any) -> int:
    """Return where the followed branch, or the one it grew from, left the first run."""
    index = film.branch
    while film.tracks[index].parent:
        index = film.tracks[index].parent
    return int(film.tracks[index].start)


def _followed(
    at: np.ndarray,
    line: np.ndarray,
    film: Any,
    hues: tuple[QColor, QColor],
    thick: float,
    own_dashed: bool,
    colours: Colours,
) -> list[Curve]:
    """Return the curve on the stage: what it shares with the first run, then its own; a ring now.

    Parameters
    ----------
    at, line : ndarray, shape (n,)
        Steps, and values on the chart's axis.
    hues : (QColor, QColor)
        Of the shared stretch and of its own.
    """
    x = at**0.5
    now = int(np.searchsorted(at, film.step, "right"))
    fork = int(np.searchsorted(at, _fork(film), "right")) if film.branch else len(at)
    stretches = ((0, fork, hues[0], False), (max(fork - 1, 0), len(at), hues[1], own_dashed))
    parts = []
    for first, last, colour, dashed in stretches:
        for start, end, hue in (
            (max(first, now - 1), last, colours.over(colour, _FUTURE)),
            (first, min(last, now), colour),
        ):
            if end - start > 1:
                parts.append(Curve(x[start:end], line[start:end], hue, thick, dashed))
    if now:
        parts.append(Curve(x[now - 1 : now], line[now - 1 : now], hues[1], thick, ringed=True))
    return parts


def step_ticks(end: float) -> tuple[tuple[float, str], ...]:
    """Return ticks of a √step axis, without those too close to be read."""
    ticks = root_ticks(round(end**2))
    kept: list[tuple[float, str]] = []
    for place, label in ticks:
        if not kept or place - kept[-1][0] > 0.13 * end:
            kept.append((place, label))
    return tuple(kept)


def is_log(frame: Frame) -> bool:
    """Whether the loss is read in powers of ten."""
    return frame.knobs.get("loss_axis") == "log"


def loss_axis(film: Any, log: bool) -> tuple[float, float, tuple[tuple[float, str], ...]]:
    """Return (low, high, ticks) of the loss axis; on a log axis in powers of ten."""
    values = np.concatenate([loss_curve(film, index)[1] for index in range(len(film.tracks))])
    known = values[np.isfinite(values) & (values > 0)]
    highest = float(known.max()) if len(known) else _LEAST_TOP
    if not log:
        top = float(np.ceil(min(max(highest, _LEAST_TOP), _MOST_TOP)))
        return 0.0, top, tuple((share * top, number(share * top, 1)) for share in (0, 0.5, 1))
    lowest = float(known.min()) if len(known) else 0.1
    first = min(int(np.floor(np.log10(lowest))), -1)
    last = max(int(np.ceil(np.log10(highest))), 1)
    each = max(1, (last - first + 3) // 4)
    ticks = range(first, last + 1, each)
    return float(first), float(last), tuple((float(p), f"{10.0**p:g}") for p in ticks)
