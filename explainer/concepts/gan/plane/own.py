"""A person's own cloud: the pad on which it is drawn, and the two nets that learn it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.plane import words
from explainer.concepts.gan.plane.column import numbers_of
from explainer.concepts.gan.plane.diagnosis import diagnose
from explainer.concepts.gan.plane.field import draw_under
from explainer.concepts.gan.plane.layout import PlaneLayout
from explainer.concepts.gan.plane.own_points import PAD_REACH, from_drawing
from explainer.concepts.gan.plane.probe import Board
from explainer.concepts.gan.plane_legend import draw_legend
from explainer.concepts.gan.plane_picture import (
    draw_card,
    draw_fakes,
    draw_real,
)
from explainer.concepts.gan.shapes import EXTENT
from explainer.lesson import Problem
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Target
from explainer.stage.lettering import LEFT, SEMIBOLD, number, write
from explainer.stage.view import Keep

_GAP = 40.0


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: the pad does not move."""
    return (Beat("", 0.0),)


def planes(layout: PlaneLayout) -> tuple[QRectF, QRectF]:
    """Return the plane that is drawn on, and that of the two nets."""
    body, t = layout.body, layout.room.type
    pills = layout.pills[0][1]
    foot = 24 * t * 2 + 14
    side = min((body.width() - _GAP) / 2, pills.y() - body.y() - 28 * t - foot)
    gap = max(_GAP, (body.width() - 2 * side) / 3)
    left = body.x() + (body.width() - 2 * side - gap) / 2
    y = body.y() + 28 * t
    return QRectF(left, y, side, side), QRectF(left + side + gap, y, side, side)


def pad_rect(layout: PlaneLayout) -> QRectF:
    """Return where the pad lies: a little within the plane's edge."""
    plane = planes(layout)[0]
    inset = plane.width() * (1 - PAD_REACH / EXTENT) / 2
    return plane.adjusted(inset, inset, -inset, -inset)


@lru_cache(maxsize=2)
def _drawn(data: bytes) -> np.ndarray:
    side = round((len(data) / 4) ** 0.5)
    try:
        return from_drawing(np.frombuffer(data, np.float32).reshape(side, side))
    except Problem:
        return np.zeros((0, 2), np.float32)


def drawn_points(frame: Frame) -> np.ndarray:
    """Return what is on the pad as points; none where it is empty."""
    return _drawn(np.ascontiguousarray(frame.drawing, np.float32).tobytes())


def message(frame: Frame) -> str:
    """Return why the last file, or the pad, was refused; empty where it was not."""
    if frame.selection[:1] != ("refused",):
        return ""
    return str(frame.selection[1 if frame.language == "en" else 2])


def draw_moving(
    painter: QPainter,
    layout: PlaneLayout,
    frame: Frame,
    board: Board,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the pad with its points, the plane of the nets, and the buttons."""
    left, right = planes(layout)
    t = layout.room.type
    for rect, text in ((left, words.DRAW_HERE), (right, words.THEY_LEARN)):
        head = QRectF(rect.x(), rect.y() - 27 * t, rect.width(), 24 * t)
        write(painter, head, frame.say(text), 16 * t, colours.ink, SEMIBOLD)
    points = drawn_points(frame)

    def draw_pad(p: QPainter) -> None:
        draw_card(p, left, colours)
        inner = pad_rect(layout)
        pen = QPen(colours.line, 1)
        pen.setDashPattern([4, 4])
        p.setPen(pen)
        p.drawRect(inner)
        draw_real(p, left, points, colours, 3.4)

    keep(painter, "pad", left.adjusted(-2, -2, 2, 2), (points,), draw_pad)
    draw_under(painter, right, board, colours, keep)
    draw_fakes(painter, right, board.forged.points, colours, 7)
    line = QRectF(left.x(), left.bottom() + 8, left.width(), 24 * t)
    write(painter, line, frame.say(words.FROM_FILE), 14 * t, colours.muted)
    count = frame.say(words.COUNTED, count=number(len(points), 0))
    below = line.translated(0, 24 * t)
    write(painter, below, count, 14 * t, colours.real, SEMIBOLD)
    legend = QRectF(right.x(), line.y(), right.width(), 24 * t)
    entries = [("real", frame.say(words.REAL)), ("fake", frame.say(words.FAKE)),
               ("grid", "G"), ("line", "D")]  # fmt: skip
    draw_legend(painter, legend, entries, 14 * t, colours)
    found = diagnose(numbers_of(frame, board))
    said = f"{frame.say(words.DIAGNOSIS)}: {frame.say(found.title)}"
    write(painter, legend.translated(0, 24 * t), said, 14 * t, colours.ink, SEMIBOLD)
    for key, rect in layout.pills:
        lit = frame.hover == ("pill", key) or key == "learn"
        draw_pill(painter, rect, frame.say(pill_text(key)), 15 * t, colours, lit)
    refused = message(frame)
    if refused:
        last = layout.pills[-1][1]
        room = QRectF(last.right() + 18, last.y(), layout.body.right() - last.right() - 18,
                      last.height())  # fmt: skip
        write(painter, room, refused, 15 * t, colours.wrong, SEMIBOLD, LEFT)


def pill_text(key: str) -> words.Text:
    """Return what a button says."""
    texts = {"learn": words.LEARN_DRAWN, "open": words.OPEN, "undo": words.UNDO,
             "clear": words.CLEAR}  # fmt: skip
    return texts[key]


def hit(layout: PlaneLayout, point: QPointF) -> Target:
    """Return the button under a point."""
    return next((("pill", key) for key, rect in layout.pills if rect.contains(point)), ())
