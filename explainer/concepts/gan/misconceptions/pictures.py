"""The picture of a card: one plane that goes from before to after, or two sides with curves."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.gan.misconceptions import words
from explainer.concepts.gan.misconceptions.layout import CardLayout, card_of
from explainer.concepts.gan.misconceptions.seen import Seen, Trial
from explainer.concepts.gan.misconceptions.state import is_done
from explainer.concepts.gan.misconceptions.told import PAIRED
from explainer.concepts.gan.plane.references import references
from explainer.concepts.gan.plane_geometry import level_line, verdicts_shown
from explainer.concepts.gan.plane_legend import draw_legend
from explainer.concepts.gan.plane_picture import (
    draw_arrows,
    draw_card,
    draw_decision,
    draw_fakes,
    draw_modes,
    draw_real,
    draw_surface,
)
from explainer.concepts.gan.settings import LossName
from explainer.concepts.gan.shapes import modes_of
from explainer.stage.chart import Chart, Curve
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, number, write
from explainer.stage.smoothing import running_mean, thinned

SIDES = ("left", "right")
_GUTTER, _BETWEEN, _POINTS, _MEAN = 50.0, 16.0, 260, 50


def draw_ground(
    painter: QPainter, layout: CardLayout, frame: Frame, come: float, colours: Colours
) -> None:
    """Draw what the judge says everywhere, half way over from before to after."""
    answer: Trial = frame.answer
    if card_of(frame) in PAIRED:
        _draw_sides(painter, layout, frame, colours)
        return
    rect = layout.picture
    draw_card(painter, rect, colours)
    before, after = (_shown(seen, answer.loss) for seen in (answer.before, answer.after))
    mixed = (1 - come) * before + come * after
    draw_surface(painter, rect, mixed, colours)
    draw_decision(painter, rect, level_line(mixed), colours.discriminator)


def _shown(seen: Seen, loss: LossName) -> np.ndarray:
    return verdicts_shown(seen.surface, loss, seen.middle)


def draw_points(
    painter: QPainter, layout: CardLayout, frame: Frame, come: float, colours: Colours
) -> None:
    """Draw real points and fakes on their way, the arrows, and the modes once they lie."""
    answer: Trial = frame.answer
    rect, before, after = layout.picture, answer.before, answer.after
    if card_of(frame) in PAIRED:
        return
    real = before.real + come * (after.real - before.real)
    # Called forged, they are the same round points in the fakes' colour.
    renamed = card_of(frame) == "real" and answer.amount == 2 and come > 0.5
    draw_real(painter, rect, real, colours, 6, colours.generator if renamed else None)
    fakes = before.fakes + come * (after.fakes - before.fakes)
    draw_fakes(painter, rect, fakes, colours, 8)
    pull = before.pull + come * (after.pull - before.pull)
    draw_arrows(painter, rect, fakes, pull, colours)
    modes = modes_of(answer.shape)  # type: ignore[arg-type]
    if modes is not None and card_of(frame) == "frozen":
        covered = (after if come >= 1 else before).covered
        draw_modes(painter, rect, modes, covered, colours, 14 * min(layout.room.type, 1.25))


def draw_under(painter: QPainter, layout: CardLayout, frame: Frame, colours: Colours) -> None:
    """Write what the marks mean."""
    marks = [("real", words.REAL), ("fake", words.FAKE)]
    if card_of(frame) not in (*PAIRED, "zero", "half", "frozen"):
        marks += [("pull", words.PULL)]
    if card_of(frame) not in (*PAIRED, "frozen"):
        marks += [("line", words.LINE)]
    if card_of(frame) in (*PAIRED, "frozen"):
        marks += [("covered", words.COVERED), ("missing", words.MISSING)]
    said = [(mark, frame.say(text)) for mark, text in marks]
    draw_legend(painter, layout.legend, said, 14.5 * layout.room.type, colours)


# -- two sides -----------------------------------------------------------------------------------


def plane_rects(layout: CardLayout) -> tuple[QRectF, QRectF]:
    """Return the two small planes at the foot of the picture."""
    whole = layout.picture
    side = (whole.width() - _BETWEEN) / 2
    side = min(side, 0.5 * whole.height() + 10)
    y = whole.bottom() - side
    left = QRectF(whole.x(), y, side, side)
    return left, QRectF(whole.right() - side, y, side, side)


def plot_rects(layout: CardLayout, frame: Frame) -> tuple[QRectF, ...]:
    """Return the plots over the planes: one for each side, or one for both."""
    t, whole = layout.room.type, layout.picture
    left, right = plane_rects(layout)
    top, gutter = whole.y() + 26 * t, _GUTTER * t
    high = left.y() - 26 * t - 26 * t - top
    if card_of(frame) == "rounds":
        return (QRectF(whole.x() + gutter, top, whole.width() - gutter, high),)
    return tuple(
        QRectF(plane.x() + gutter, top, plane.width() - gutter, high) for plane in (left, right)
    )


def _draw_sides(painter: QPainter, layout: CardLayout, frame: Frame, colours: Colours) -> None:
    answer, t = frame.answer, layout.room.type
    modes = modes_of(answer.shape)
    hidden = card_of(frame) == "collapse" and not is_done(frame)
    names = (words.SIDE_A, words.SIDE_B)
    if card_of(frame) == "rounds":
        names = (words.WITH_R1, words.WITHOUT_R1)
    sides = zip(plane_rects(layout), (answer.before, answer.after), names, strict=True)
    for rect, seen, name in sides:
        title = QRectF(rect.x(), rect.y() - 25 * t, rect.width(), 22 * t)
        write(painter, title, frame.say(name), 15.5 * t, colours.ink, SEMIBOLD)
        draw_card(painter, rect, colours)
        if hidden:
            write(painter, rect, "?", 64 * t, colours.faint, SEMIBOLD, CENTRE)
            below = QRectF(rect.x(), rect.bottom() - 40 * t, rect.width(), 30 * t)
            write(painter, below, frame.say(words.HIDDEN), 15 * t, colours.muted, align=CENTRE)
            continue
        draw_surface(painter, rect, _shown(seen, answer.loss), colours)
        draw_real(painter, rect, seen.real, colours, 4.5)
        draw_fakes(painter, rect, seen.fakes, colours, 6.5)
        if modes is not None:
            draw_modes(painter, rect, modes, seen.covered, colours, 0)
    _draw_axes(painter, layout, frame, colours)


def _draw_axes(painter: QPainter, layout: CardLayout, frame: Frame, colours: Colours) -> None:
    t = layout.room.type
    plots = plot_rects(layout, frame)
    low, high = ends(frame)
    if card_of(frame) == "rounds":
        titles = [frame.say(words.DISTANCE_OVER)]
        ticks = [(0.0, "0"), (high / 1.1, number(high / 1.1, 2))]
    else:
        say = frame.say
        titles = [say(words.LOSSES_OF, side=say(s)) for s in (words.SIDE_A, words.SIDE_B)]
        ticks = [(r.value, r.said) for r in references("non-saturating") if r]
    for plot, title in zip(plots, titles, strict=True):
        x = plot.x() - _GUTTER * t
        head = QRectF(x, plot.y() - 25 * t, plot.right() - x, 21 * t)
        write(painter, head, title, 14.5 * t, colours.muted)
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.background)
        painter.drawRect(plot.adjusted(-1, -1, 1, 1))
        for value, said in ticks:
            y = plot.bottom() - (value - low) / (high - low) * plot.height()
            box = QRectF(x, y - 10 * t, _GUTTER * t - 7, 20 * t)
            write(painter, box, said, 13.5 * t, colours.muted, align=RIGHT)


def ends(frame: Frame) -> tuple[float, float]:
    """Return the ends of the plots' height."""
    if card_of(frame) == "rounds":
        found = [_curve(frame, f"sliced_wasserstein_{side}", 1)[1] for side in SIDES]
        top = max((float(v.max()) for v in found if len(v)), default=1.0)
        return -0.04 * top, 1.1 * top
    found = [
        _curve(frame, f"{actor}_loss_{side}", _MEAN)[1]
        for actor in ("discriminator", "generator")
        for side in SIDES
    ]
    known = [value for values in found if len(values) for value in np.percentile(values, (1, 99))]
    known += [r.value for r in references("non-saturating") if r]
    margin = 0.1 * (max(known) - min(known))
    return min(known) - margin, max(known) + margin


def _curve(frame: Frame, name: str, over: int) -> tuple[np.ndarray, np.ndarray]:
    if frame.film is None:
        return np.zeros(0), np.zeros(0)
    return thinned(*running_mean(*frame.film.curve(name), over), _POINTS)


def charts(layout: CardLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
    """Return the curves of the cards that look at both sides."""
    if card_of(frame) not in PAIRED or frame.film is None:
        return ()
    last = max(frame.film.last, 20) ** 0.5
    plots = plot_rects(layout, frame)
    thick = 3.2 if colours.is_projector else 2.2
    if card_of(frame) == "rounds":
        floor = float(frame.answer.figures["floor"][0])
        curves = [_level(floor, last, colours.muted)]
        for side, hue in zip(SIDES, (colours.real, colours.wrong), strict=True):
            steps, values = _curve(frame, f"sliced_wasserstein_{side}", 1)
            come = steps <= frame.film.step  # what lies ahead would give the answer away
            curves.append(Curve(steps[come] ** 0.5, values[come], hue, thick))
        return (_chart("rounds", plots[0], curves, last, frame),)
    found = []
    hues = (colours.discriminator, colours.generator)
    for side, plot in zip(SIDES, plots, strict=True):
        curves = [
            _level(r.value, last, colours.over(hue, 0.6))
            for r, hue in zip(references("non-saturating"), hues, strict=True)
            if r
        ]
        for actor, hue in zip(("discriminator", "generator"), hues, strict=True):
            steps, values = _curve(frame, f"{actor}_loss_{side}", _MEAN)
            curves.append(Curve(steps**0.5, values, hue, thick))
        found.append(_chart(f"losses-{side}", plot, curves, last, frame))
    return tuple(found)


def _level(value: float, last: float, colour: QColor) -> Curve:
    return Curve(np.array([0.0, last]), np.full(2, value), colour, 1.4, dashed=True)


def _chart(key: str, rect: QRectF, curves: list[Curve], last: float, frame: Frame) -> Chart:
    return Chart(
        key=f"card-{key}",
        rect=rect,
        curves=tuple(curves),
        x_range=(0.0, last),
        y_range=ends(frame),
        x_ticks=(),
        y_ticks=(),
        playhead=float(frame.film.step) ** 0.5,
        is_bare=True,
    )
