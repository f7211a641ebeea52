"""A walk through the noise between four corners, by itself or dragged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF

from explainer.concepts.gan.digit_pieces import (
    MARGIN,
    draw_one,
    draw_probabilities,
    draw_tiles,
    frames,
    heading,
    said_small,
    tile,
    tiles,
)
from explainer.concepts.gan.digits import words
from explainer.concepts.gan.digits.walking import PATH, PLANE, Plane, way_round
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Room, Target
from explainer.stage.lettering import BOLD, RIGHT, number, percent, write
from explainer.stage.view import Keep

SECONDS = 8.0  # once round
_VEIL = 44  # pixels along each side of the veil


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles in design units."""

    plane: QRectF
    picture: QRectF
    said: QRectF
    bars: QRectF
    head: float


@lru_cache(maxsize=8)
def places(room: Room) -> Places:
    """Return where the parts lie."""
    t = room.type
    head = 30 * min(t, 1.35)
    top = 14.0 + head
    side = min(room.height - top - 16 - 26 * t, 0.58 * room.width)
    plane = QRectF(MARGIN, top, side, side)
    left = plane.right() + 44
    rest = room.width - MARGIN - left
    big = min(rest, 0.46 * room.height)
    picture = QRectF(left, top, big, big)
    said = QRectF(left, picture.bottom() + 8, rest, 30 * t)
    bars = QRectF(left, said.bottom() + 8, rest, plane.bottom() - said.bottom() - 8)
    return Places(plane, picture, said, bars, head)


def is_dragged(frame: Frame) -> bool:
    """Whether the person chose where to stand."""
    return float(str(frame.knobs.get("across", -1.0))) >= 0


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return eight places on the way round; one where the person walks."""
    if is_dragged(frame):
        return (Beat("", 0.0),)
    return tuple(Beat("", SECONDS * i / 8) for i in range(9))


def standing(frame: Frame, time: float) -> tuple[QPointF, np.ndarray, np.ndarray]:
    """Return where the walk is, the fake there, and the classifier's probabilities."""
    answer: Plane = frame.answer
    if is_dragged(frame):
        across, down = (float(str(frame.knobs[key])) for key in ("across", "down"))
        return QPointF(across, down), answer.point, answer.verdict.probabilities[0]
    place = min(round(time / SECONDS * (PATH - 1)), PATH - 1)
    (x, y) = way_round(np.array([place / (PATH - 1)]))[0]
    probabilities = answer.path_verdict.probabilities[place]
    return QPointF(float(x), float(y)), answer.path[place], probabilities


def draw(
    painter: QPainter, room: Room, frame: Frame, time: float, colours: Colours, keep: Keep
) -> None:
    """Draw the plane, dimmed away from where the walk is, and the fake there in full."""
    answer: Plane = frame.answer
    t, where = room.type, places(room)
    plane = where.plane
    head = QRectF(plane.x(), plane.y() - where.head, plane.width(), where.head - 4)
    heading(painter, head, frame.say(words.PLANE), colours, t)
    write(painter, head, frame.say(words.DRAG), 15 * t, colours.amber_text, align=RIGHT)

    def draw_plane(part: QPainter) -> None:
        draw_tiles(part, plane, tiles(answer.plane, PLANE, colours))

    keep(painter, "plane", plane, (answer.plane,), draw_plane)
    at, picture, probabilities = standing(frame, time)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(plane, _veil(at.x(), at.y(), colours.background.getRgb()[:3]))
    corners = [tile(plane, i, PLANE, PLANE) for i in (0, PLANE - 1, PLANE * (PLANE - 1),
                                                      PLANE * PLANE - 1)]  # fmt: skip
    frames(painter, corners, colours.generator, 3)
    inner = plane.adjusted(*(s * plane.width() / PLANE / 2 for s in (1, 1, -1, -1)))
    if not is_dragged(frame):
        way = way_round(np.linspace(0, 1, PATH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.over(colours.amber, 0.45), 2, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF([_on(inner, float(x), float(y)) for x, y in way]))
        gone = way[: min(round(time / SECONDS * (PATH - 1)), PATH - 1) + 1]
        painter.setPen(QPen(colours.amber, 3.5))
        painter.drawPolyline(QPolygonF([_on(inner, float(x), float(y)) for x, y in gone]))
    dot = _on(inner, at.x(), at.y())
    painter.setPen(QPen(colours.background, 3))
    painter.setBrush(colours.amber)
    painter.drawEllipse(dot, 11, 11)
    foot = QRectF(plane.x(), plane.bottom() + 4, room.width - 2 * MARGIN, 24 * t)
    said_small(painter, foot, frame.say(words.MIX), colours, t)
    _draw_side(painter, where, frame, at, picture, probabilities, colours, t)


def _on(rect: QRectF, across: float, down: float) -> QPointF:
    return QPointF(rect.x() + across * rect.width(), rect.y() + down * rect.height())


@lru_cache(maxsize=4)
def _veil(across: float, down: float, ground: tuple[int, int, int]) -> QImage:
    """Return the background's colour, thicker the farther from where the walk is."""
    along = (np.arange(_VEIL) + 0.5) / _VEIL
    apart = np.hypot(along[None, :] - across, along[:, None] - down)
    alpha = np.clip((apart - 0.12) / 0.25, 0, 1) * 0.62
    pixels = np.empty((_VEIL, _VEIL, 4))
    for channel, value in enumerate(ground[::-1]):
        pixels[..., channel] = value * alpha
    pixels[..., 3] = 255 * alpha
    data = np.ascontiguousarray(np.rint(pixels), dtype=np.uint8)
    shape = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(data.data, _VEIL, _VEIL, 4 * _VEIL, shape).copy()


def _draw_side(
    painter: QPainter, where: Places, frame: Frame, at: QPointF, picture: np.ndarray,
    probabilities: np.ndarray, colours: Colours, t: float,
) -> None:  # fmt: skip
    head = QRectF(where.picture.x(), where.picture.y() - where.head, where.said.width(),
                  where.head - 4)  # fmt: skip
    heading(painter, head, frame.say(words.PLANE_NOW), colours, t)
    place = frame.say(words.PLACE, a=number(at.x(), 2), d=number(at.y(), 2))
    write(painter, head, place, 15 * t, colours.muted, align=RIGHT)
    draw_one(painter, where.picture, picture, colours.amber, colours)
    digit, sure = int(probabilities.argmax()), float(probabilities.max())
    said = f"{frame.say(words.READ_AS, digit=digit)} · {percent(sure, 0)}"
    write(painter, where.said, said, 19 * t, colours.ink, BOLD)
    draw_probabilities(painter, where.bars, probabilities, colours, t)


def hit(room: Room, frame: Frame, point: QPointF) -> Target:
    """Return ("stand", across, down) in thousandths, on the plane."""
    plane = places(room).plane
    if not plane.contains(point):
        return ()
    margin = plane.width() / PLANE / 2
    inner = plane.adjusted(margin, margin, -margin, -margin)
    across = min(max((point.x() - inner.x()) / inner.width(), 0.0), 1.0)
    down = min(max((point.y() - inner.y()) / inner.height(), 0.0), 1.0)
    return ("stand", round(1000 * across), round(1000 * down))
