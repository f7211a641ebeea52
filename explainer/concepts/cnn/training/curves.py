"""Loss and accuracy over training, as a chart; pure functions of a film."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from PySide6.QtGui import QColor

from explainer.concepts.cnn.training.layout import TrainingLayout
from explainer.lesson import Text
from explainer.stage.chart import Chart, Curve, root_ticks
from explainer.stage.colours import Colours, fade
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

LEARNING_RATE = Text("learning rate", "학습률")
CHANGED = {
    "learning_rate": LEARNING_RATE,
    "batch_size": Text("batch", "배치"),
    "optimiser": Text("optimiser", "최적화"),
    "augmentation": Text("augmentation", "데이터 늘리기"),
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


def branch_named(film: Any, frame: Frame) -> tuple[int, str] | None:
    """Return the branch on the stage, else the newest, and what it changed in words; None: none."""
    index = film.branch if film.branch else len(film.tracks) - 1
    if index == 0:
        return None
    said = [
        f"{frame.say(CHANGED[key])} {plain(value)}"
        for key, value in film.tracks[index].changed
        if key in CHANGED
    ]
    return index, ", ".join(said)


def plain(value: Any) -> str:
    """Return a setting as it is written: 0.003, 32, adam."""
    if isinstance(value, bool):
        return "✓" if value else "×"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def loss_colour(branch: int, colours: Colours) -> QColor:
    """Return ink for the first run and teal for a branch."""
    return colours.ink if branch == 0 else colours.branch


def accuracy_colour(colours: Colours) -> QColor:
    """Return violet, as the film under the stage has it."""
    return colours.solid("magnitude")


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
            (scores[0], low + scores[1] * (high - low), accuracy_colour(colours), None),
            (steps, on_axis, loss_colour(0, colours), loss_colour(index, colours)),
        )
        for every, whole, first, own in lines:
            visible = every <= (end + 1) ** 2  # a little more, so that a line leaves the picture
            at, line = every[visible], whole[visible]
            # Both accuracies are violet: a branch's is told apart by its dashes.
            hues, dashed = (first, own or first), own is None and index > 0
            if index == film.branch:
                at, line = thinned(at, line, _POINTS)
                curves += _followed(at, line, film, hues, thick, dashed)
            else:
                mine = at >= film.tracks[index].start
                at, line = thinned(at[mine], line[mine], _POINTS)
                curves.append(Curve(at**0.5, line, fade(hues[1], 0.55), thick - 0.7, dashed))
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
            (max(first, now - 1), last, fade(colour, _FUTURE)),
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
