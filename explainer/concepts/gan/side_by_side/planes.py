"""Both planes: the same axes, the same noise, the same marks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.plane_geometry import level_line, verdicts_shown
from explainer.concepts.gan.plane_legend import draw_legend, draw_scale
from explainer.concepts.gan.plane_picture import (
    draw_arrows,
    draw_card,
    draw_decision,
    draw_fakes,
    draw_grid,
    draw_modes,
    draw_real,
    draw_surface,
    on_plane,
)
from explainer.concepts.gan.shapes import EXTENT, modes_of
from explainer.concepts.gan.side_by_side import words
from explainer.concepts.gan.side_by_side.differences import differing, plain
from explainer.concepts.gan.side_by_side.layout import DuelLayout
from explainer.concepts.gan.side_by_side.probe import Side
from explainer.concepts.gan.side_by_side.settings import SIDES, SideName
from explainer.lesson import Value
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Target
from explainer.stage.lettering import CENTRE, SEMIBOLD, width, write
from explainer.stage.motion import share

# Lesson seconds at which the fakes leave the noise and lie, the arrows come, the measures come.
LEAVE, LIE, PULLED, MEASURED, END = 0.4, 1.8, 2.8, 3.2, 4.2
_NEAR = 14.0


def flown(time: float) -> float:
    """Return how far, 0..1, the fakes have come from their noise."""
    return share(time, LEAVE, LIE - LEAVE)


def pulled(time: float) -> float:
    """Return how far, 0..1, the arrows have grown."""
    return share(time, LIE, PULLED - LIE)


def measured(time: float) -> float:
    """Return how far, 0..1, the bars have grown."""
    return share(time, MEASURED, END - MEASURED)


def flying(side: Side, come: float) -> np.ndarray:
    """Return where the fakes are, (n, 2), on their way from the noise, drawn at ±2 = the edge."""
    noise = side.forged.noise
    start = np.zeros_like(side.forged.points)
    used = min(2, noise.shape[1])
    start[:, :used] = np.clip(noise[:, :used] * (EXTENT / 2.2), -0.97 * EXTENT, 0.97 * EXTENT)
    place: np.ndarray = start + come * (side.forged.points - start)
    return place


def draw_heads(painter: QPainter, layout: DuelLayout, frame: Frame, colours: Colours) -> None:
    """Write what each side is: its letter, and the settings of its own."""
    t = layout.room.type
    for side in SIDES:
        head = layout.heads[side]
        badge = QRectF(head.x(), head.y(), head.height(), head.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.ink)
        painter.drawRoundedRect(badge, 7, 7)
        letter = frame.say(words.SIDE[side])
        write(painter, badge, letter, 17 * t, colours.background, SEMIBOLD, CENTRE)
        box = head.adjusted(badge.width() + 12, 0, 0, 0)
        write(painter, box, title(frame, side, box.width(), 18 * t), 18 * t, colours.ink, SEMIBOLD)


def title(frame: Frame, side: SideName, room: float, px: float) -> str:
    """Return what a side is called: its loss, and of what differs as much as has room."""
    said = frame.say(words.LOSS[str(frame.knobs[f"loss_{side}"])])
    for name, left, right in differing(frame):
        value: Value = left if side == "left" else right
        if name == "loss":
            continue
        longer = f"{said} · {frame.say(words.SETTING[name])} {plain(frame, value)}"
        if width(longer, px, SEMIBOLD) > room:
            break
        said = longer
    return said


def draw_ground(painter: QPainter, rect: QRectF, side: Side, colours: Colours) -> None:
    """Draw a plane without what moves: verdicts, their line, the bent lattice, real points."""
    draw_card(painter, rect, colours)
    settings, middle = side.settings, side.standing.middle
    draw_surface(painter, rect, verdicts_shown(side.surface, settings.loss, middle), colours)
    draw_grid(painter, rect, side.warped, settings.noise, settings.noise_size, colours)
    draw_real(painter, rect, side.real, colours, 5.5)
    line = level_line(side.surface, middle)
    draw_decision(painter, rect, line, colours.discriminator)


def draw_life(
    painter: QPainter, rect: QRectF, side: Side, time: float, t: float, colours: Colours
) -> None:
    """Draw what moves on a plane: fakes, their arrows, the rings of the modes."""
    come = flown(time)
    points = flying(side, come)
    draw_fakes(painter, rect, points, colours, 7.5)
    if pulled(time) > 0:
        draw_arrows(painter, rect, points, side.forged.pull, colours, grown=pulled(time))
    modes, counted = modes_of(side.settings.shape), side.standing.coverage
    if modes is not None and counted is not None and come >= 1:
        covered = counted.covered.tolist()
        draw_modes(painter, rect, modes, covered, colours, 14 * min(t, 1.35))


def draw_chosen(
    painter: QPainter, planes: Mapping[SideName, QRectF], frame: Frame, colours: Colours
) -> None:
    """Ring the fake looked at on both sides: one noise, two fakes."""
    place = chosen(frame)
    if place is None:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.amber, 3))
    for side in SIDES:
        points = frame.answer.of(side).forged.points
        x, y = on_plane(planes[side], points[place]).tolist()
        if planes[side].contains(x, y):
            painter.drawEllipse(QPointF(x, y), 10, 10)


def chosen(frame: Frame) -> int | None:
    """Return the fake that is pointed at or selected."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("fake",) and int(target[1]) < len(frame.answer.left.forged.points):
            return int(target[1])
    return None


def draw_under(painter: QPainter, layout: DuelLayout, frame: Frame, colours: Colours) -> None:
    """Write what the marks mean."""
    px = 14 * layout.room.type
    marks = [("real", words.REAL), ("fake", words.FAKE), ("pull", words.PULL)]
    if modes_of(frame.knobs.get("shape", "ring")) is not None:  # type: ignore[arg-type]
        marks += [("covered", words.COVERED), ("missing", words.MISSING)]
    marks += [("line", words.UNDECIDED)]
    said, room = [], layout.legend.width()
    for mark, text in marks:  # as many as have room: smaller they could not be read
        room -= 2.4 * px + 6 + width(frame.say(text), px)
        if room > -1.1 * px:
            said.append((mark, frame.say(text)))
    draw_legend(painter, layout.legend, said, px, colours)
    ends = frame.say(words.FAKE), frame.say(words.REAL)
    draw_scale(painter, layout.scale, ends, px, colours)


def hit(layout: DuelLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("fake", i) of the fake under a point on either plane."""
    for side in SIDES:
        plane = layout.planes[side]
        if plane.contains(point):
            placed = on_plane(plane, frame.answer.of(side).forged.points)
            away = np.hypot(placed[:, 0] - point.x(), placed[:, 1] - point.y())
            nearest = int(np.nanargmin(away)) if np.isfinite(away).any() else 0
            return ("fake", nearest) if away[nearest] < _NEAR else ()
    return ()
