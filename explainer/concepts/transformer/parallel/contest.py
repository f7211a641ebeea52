"""The race: exact match of three nets against updates or against seconds of computing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.transformer.parallel import words
from explainer.concepts.transformer.parallel.layout import ParallelLayout
from explainer.concepts.transformer.parallel.probe import NETS, Net
from explainer.stage.chart import Chart, Curve
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, number, percent, write

GOAL = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """How far one net has come, by evaluation.

    Parameters
    ----------
    updates : ndarray of float64, shape (evaluations,)
        Its own updates until each evaluation.
    seconds : ndarray of float64, shape (evaluations,)
        What these took.
        Not a number where nobody may know them: in an export, what was not measured for its film.
    exact_match : ndarray of float64, shape (evaluations,)
    """

    updates: np.ndarray
    seconds: np.ndarray
    exact_match: np.ndarray

    def at_goal(self) -> int | None:
        """Return the first evaluation at which `GOAL` was reached."""
        reached = np.flatnonzero(self.exact_match >= GOAL)
        return int(reached[0]) if len(reached) else None


def course(frame: Frame, net: Net, until: int | None = None) -> Course:
    """Return a net's way along the film, to a step of it or to its end."""
    if frame.film is None:
        nothing = np.zeros(0)
        return Course(nothing, nothing, nothing)
    turn = NETS.index(net)
    steps, exact_match = frame.film.curve(net)
    if until is not None:
        seen = steps <= until
        steps, exact_match = steps[seen], exact_match[seen]
    taken, costs = frame.film.curve("seconds")
    mine = (taken - 1) % len(NETS) == turn
    summed = np.concatenate([[0.0], np.cumsum(costs[mine])])
    if not frame.measured:
        summed[1:][taken[mine] > frame.film.given] = np.nan
    updates = (steps - turn + len(NETS) - 1) // len(NETS)
    seconds = summed[np.searchsorted(taken[mine], steps, "right")]
    return Course(updates.astype(float), seconds, exact_match)


def by_seconds(frame: Frame) -> bool:
    """Whether the axis counts seconds."""
    return frame.knobs.get("against") == "seconds"


def reach(frame: Frame) -> float:
    """Return where the axis ends: 30 updates or a second at least.

    Seconds end where the first of the nets has none left, so that all three fill the axis.
    """
    ends = [_farthest(_along(frame, course(frame, net))) for net in NETS]
    last = max(min(ends), 1.0) if by_seconds(frame) else max(*ends, 30.0)
    return 1.015 * last  # the last ring is not cut


def _farthest(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known[-1]) if len(known) else 0.0


def _along(frame: Frame, run: Course) -> np.ndarray:
    return run.seconds if by_seconds(frame) else run.updates


def ticks(end: float) -> tuple[float, ...]:
    """Return round numbers from 0 to the end of an axis, at most six."""
    rough = end / 5
    size = 10.0 ** np.floor(np.log10(rough))
    step = next(size * f for f in (1, 2, 5, 10) if size * f >= rough)
    return tuple(float(v) for v in np.arange(0, end + step * 1e-6, step))


def colour_of(net: Net, colours: Colours) -> QColor:
    """Return a net's colour: violet for the transformer, teal and ink for the two GRUs."""
    if net == "transformer":
        return colours.solid("magnitude")
    return colours.value if net == "gru_attention" else colours.ink


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: here training is what moves."""
    return (Beat("", 0.0),)


def draw_still(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    """Draw axes and the table; the chart itself lies over its place."""
    t, plot, end = layout.room.type, layout.plot, reach(frame)
    px = 14 * t
    head = QRectF(layout.body.x(), 14, layout.body.width(), 28 * t)
    write(painter, head, frame.say(words.EXACT), 18 * t, colours.ink, SEMIBOLD)
    for level in (0.0, 0.5, GOAL):
        y = _y(plot, level)
        box = QRectF(plot.x() - 64 * t, y - px, 64 * t - 8, 2 * px)
        write(painter, box, f"{100 * level:.0f} %", px, colours.muted, align=RIGHT)
    marks = ticks(end)
    decimals = 1 if len(marks) > 1 and marks[1] < 1 else 0
    for mark in marks:
        x = plot.x() + mark / end * plot.width()
        box = QRectF(x - 40, plot.bottom() + 4, 80, 20 * t)
        if x < plot.right() - 8:
            write(painter, box, number(mark, decimals), px, colours.muted, align=CENTRE)
    under = QRectF(plot.x(), plot.bottom() + 25 * t, plot.width(), 20 * t)
    axis = words.SECONDS if by_seconds(frame) else words.UPDATES
    write(painter, under, frame.say(axis), px, colours.muted, align=CENTRE)
    if not is_drawn(frame):
        said_instead = words.UNMEASURED if has_learned(frame) else words.PRESS_TRAIN
        write(painter, plot, frame.say(said_instead), 18 * t, colours.muted, align=CENTRE)
    if has_learned(frame):
        line = QRectF(layout.table.x(), layout.table.bottom() + 6, layout.table.width(), 20 * t)
        write(painter, line, origin(frame), px, colours.muted)
    _draw_table(painter, layout, frame, colours)


def has_learned(frame: Frame) -> bool:
    """Whether there is anything to race along."""
    return frame.film is not None and frame.film.last > 0


def is_drawn(frame: Frame) -> bool:
    """Whether there are curves: in an export, seconds are known of the film's own steps only."""
    known = frame.measured or not by_seconds(frame) or frame.film.given > 0
    return has_learned(frame) and known


def origin(frame: Frame) -> str:
    """Return whose seconds they are: of the machine that made the film, of this one, or of both."""
    film = frame.film
    made = " · ".join(
        frame.say(words.MADE, processor=o.processor, device=o.device, date=o.date)
        for o in film.origins
    )
    here = film.tracks[film.branch].last > film.given
    if not made:
        return frame.say(words.MADE_HERE if frame.measured else words.UNMEASURED)
    if not here or not frame.measured:
        return frame.say(words.SECONDS_OF, made=made)
    updates = number(film.given // len(NETS), 0)
    return frame.say(words.SECONDS_OF_BOTH, made=made, updates=updates)


_LOW, _HIGH = -0.03, 1.06


def _y(plot: QRectF, level: float) -> float:
    return plot.bottom() - (level - _LOW) / (_HIGH - _LOW) * plot.height()


def said(frame: Frame, net: Net) -> tuple[str, str, str, str]:
    """Return a net's parameters, exact match now, updates and seconds to the goal, as written."""
    until = None if frame.film is None else frame.film.step
    run = course(frame, net, until)
    size = number(frame.snapshot.parameters[net], 0) if frame.snapshot else words.DASH
    now = percent(float(run.exact_match[-1])) if len(run.exact_match) else words.DASH
    reached = run.at_goal()
    if reached is None:
        return size, now, words.DASH, words.DASH
    cost = float(run.seconds[reached])
    seconds = number(cost, 1) if math.isfinite(cost) else words.DASH
    return size, now, number(float(run.updates[reached]), 0), seconds


def _draw_table(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    t, table = layout.room.type, layout.table
    px, high = 15 * t, table.height() / (1 + len(NETS))
    wide = table.width()
    names = (words.PARAMETERS, words.NOW, words.TO_95["steps"], words.TO_95["seconds"])
    chosen = 3 if by_seconds(frame) else 2
    rights = [table.x() + wide * share for share in (0.50, 0.62, 0.81, 1.0)]
    for i, name in enumerate(names):
        box = QRectF(rights[i] - 0.18 * wide, table.y(), 0.18 * wide, high)
        write(painter, box, frame.say(name), px, colours.muted, align=RIGHT)
    for row, net in enumerate(NETS):
        y = table.y() + (row + 1) * high
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(table.x(), y), QPointF(table.right(), y))
        painter.setPen(QPen(colour_of(net, colours), 3.6))
        painter.drawLine(QPointF(table.x(), y + high / 2), QPointF(table.x() + 26, y + high / 2))
        weight = SEMIBOLD if frame.hover == ("net", net) else REGULAR
        name = QRectF(table.x() + 36, y, 0.32 * wide, high)
        write(painter, name, frame.say(words.NETS[net]), px, colours.ink, weight)
        for i, text in enumerate(said(frame, net)):
            ink = colours.amber_text if i == chosen and text != words.DASH else colours.ink
            bold = SEMIBOLD if i == chosen else REGULAR
            box = QRectF(rights[i] - 0.13 * wide, y, 0.13 * wide, high)
            write(painter, box, text, px, ink, bold, RIGHT)


def draw_moving(
    painter: QPainter, layout: ParallelLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing: the chart over the picture moves with the film."""


def chart(layout: ParallelLayout, frame: Frame, colours: Colours) -> Chart | None:
    """Return the three curves; what lies ahead on the film is faint.

    A ring marks where a net stands now, a dashed line where it reached the goal.
    """
    if not is_drawn(frame):
        return None
    end = reach(frame)
    thick = 3.8 if colours.is_projector else 2.8
    curves = [
        Curve(np.array([0.0, end]), np.array([level, level]), colours.line, 1.0,
              dashed=level == GOAL)
        for level in (0.0, 0.5, GOAL)
    ]  # fmt: skip
    for net in reversed(NETS):
        curves += _curves_of(frame, net, colour_of(net, colours), end, thick, colours)
    return Chart(
        key="parallel-race",
        rect=layout.plot,
        curves=tuple(curves),
        x_range=(0.0, end),
        y_range=(_LOW, _HIGH),
        x_ticks=(),
        y_ticks=(),
        is_bare=True,
    )


def _curves_of(
    frame: Frame, net: Net, hue: QColor, end: float, thick: float, colours: Colours
) -> list[Curve]:
    """Return one net's curves, and its marks as far as they lie on the axis."""
    found = []
    for until, colour in ((None, colours.over(hue, 0.35)), (frame.film.step, hue)):
        run = course(frame, net, until)
        along = _along(frame, run)
        known = np.isfinite(along)
        if known.sum() > 1:
            found.append(Curve(along[known], run.exact_match[known], colour, thick))
    reached = run.at_goal()
    if reached is not None and along[reached] <= end:
        drop = np.array([along[reached], along[reached]])
        found.append(Curve(drop, np.array([_LOW, GOAL]), hue, 1.4, dashed=True))
    if len(along) and along[-1] <= end:
        found.append(Curve(along[-1:], run.exact_match[-1:], hue, thick, ringed=True))
    return found


def hit(layout: ParallelLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("net", name) of the row under a point."""
    table = layout.table
    if not table.contains(point):
        return ()
    row = int((point.y() - table.y()) / table.height() * (len(NETS) + 1)) - 1
    return ("net", NETS[row]) if 0 <= row < len(NETS) else ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return what is known of the net looked at."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("net",):
            net = str(target[1])
            names = (words.PARAMETERS, words.NOW, words.TO_95["steps"], words.TO_95["seconds"])
            rows = zip((frame.say(name) for name in names), said(frame, net), strict=True)
            return Lens(frame.say(words.NETS[net]), tuple(rows))
    return None
