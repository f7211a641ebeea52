"""The race: exact match of three nets against updates or against seconds of computing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.transformer.parallel import words
from explainer.concepts.transformer.parallel.layout import ParallelLayout
from explainer.concepts.transformer.parallel.probe import NETS, Net
from explainer.stage.chart import Chart, Curve
from explainer.stage.colours import Colours, fade
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
    updates = (steps - turn + len(NETS) - 1) // len(NETS)
    seconds = summed[np.searchsorted(taken[mine], steps, "right")]
    return Course(updates.astype(float), seconds, exact_match)


def by_seconds(frame: Frame) -> bool:
    """Whether the axis counts seconds."""
    return frame.knobs.get("against") == "seconds"


def reach(frame: Frame) -> float:
    """Return where the axis ends: 30 updates or a second at least."""
    found = [_along(frame, course(frame, net)) for net in NETS]
    last = max((float(values[-1]) for values in found if len(values)), default=0.0)
    return max(last, 1.0 if by_seconds(frame) else 30.0)


def _along(frame: Frame, run: Course) -> np.ndarray:
    if by_seconds(frame):
        return run.seconds if frame.measured else np.zeros(0)
    return run.updates


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
    if frame.film is None or frame.film.last == 0:
        write(painter, plot, frame.say(words.PRESS_TRAIN), 20 * t, colours.muted, align=CENTRE)
    elif by_seconds(frame) and not frame.measured:
        write(painter, plot, frame.say(words.UNMEASURED), 18 * t, colours.muted, align=CENTRE)
    _draw_table(painter, layout, frame, colours)


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
    seconds = number(float(run.seconds[reached]), 1) if frame.measured else words.DASH
    return size, now, number(float(run.updates[reached]), 0), seconds


def _draw_table(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    t, table = layout.room.type, layout.table
    px, high = 15 * t, 30 * t
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
    """Mark where each net stands on the film."""
    if frame.film is None or frame.film.step == 0:
        return
    plot, end = layout.plot, reach(frame)
    painter.setPen(Qt.PenStyle.NoPen)
    for net in NETS:
        run = course(frame, net, frame.film.step)
        along = _along(frame, run)
        if len(along):
            x = plot.x() + float(along[-1]) / end * plot.width()
            painter.setBrush(colour_of(net, colours))
            painter.drawEllipse(QPointF(x, _y(plot, float(run.exact_match[-1]))), 5, 5)


def chart(layout: ParallelLayout, frame: Frame, colours: Colours) -> Chart | None:
    """Return the three curves; what lies ahead on the film is faint."""
    if frame.film is None:
        return None
    end = reach(frame)
    thick = 3.8 if colours.is_projector else 2.8
    curves = [
        Curve(np.array([0.0, end]), np.array([level, level]), colours.line, 1.0,
              dashed=level == GOAL)
        for level in (0.0, 0.5, GOAL)
    ]  # fmt: skip
    for net in reversed(NETS):
        hue = colour_of(net, colours)
        for until, colour in ((None, fade(hue, 0.35)), (frame.film.step, hue)):
            run = course(frame, net, until)
            along = _along(frame, run)
            if len(along) > 1:
                curves.append(Curve(along, run.exact_match, colour, thick))
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
