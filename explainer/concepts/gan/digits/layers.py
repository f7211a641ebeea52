"""One fake on its way: noise grown to a picture, the picture shrunk to a verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.gan.digit_pieces import MARGIN, draw_one, heading
from explainer.concepts.gan.digits import words
from explainer.concepts.gan.digits.searching import Layers
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Room, Target
from explainer.stage.heatmap import draw_map, draw_maps
from explainer.stage.lettering import BOLD, CENTRE, SEMIBOLD, number, percent, write
from explainer.stage.motion import share
from explainer.stage.view import Keep

# The parts in their order, and the lesson second at which each stands.
PARTS = ("noise", "seed", "up1", "up2", "down1", "down2", "real")
_PITCH = 1.2


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles in design units: of each part's square, and of the line over each net."""

    parts: tuple[QRectF, ...]
    heads: tuple[QRectF, QRectF]
    picture: QRectF


@lru_cache(maxsize=8)
def places(room: Room) -> Places:
    """Return the generator above, the discriminator below, the fake at their right ends."""
    t = room.type
    head = 30 * min(t, 1.35)
    wide = room.width - 2 * MARGIN
    high = (room.height - 30) / 2
    under = (24 + 2 * 20) * t + 4
    side = min(high - head - under - 4, 0.2 * wide)
    gap = (wide - 4 * side) / 3
    upper = tuple(QRectF(MARGIN + i * (side + gap), 14 + head, side, side) for i in range(4))
    lower_top = 14 + high + head + 8
    lower = [QRectF(MARGIN + i * (side + gap), lower_top, side, side) for i in range(4)]
    parts = (*upper, lower[2], lower[1], lower[0])
    heads = (QRectF(MARGIN, 10, wide, head - 2), QRectF(MARGIN, 10 + high + 8, wide, head - 2))
    return Places(parts, heads, lower[3])


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the layers in the order in which they are computed."""
    return tuple(Beat(part, _PITCH * i) for i, part in enumerate(PARTS))


def seen(frame: Frame, place: int, time: float) -> float:
    """Return how far, 0..1, a part has come."""
    if place == 0:
        return 1.0
    return share(time, _PITCH * place - 0.6, 0.0 if frame.reduced else 0.6)


def draw(
    painter: QPainter, room: Room, frame: Frame, time: float, colours: Colours, keep: Keep
) -> None:
    """Draw what has been computed so far."""
    answer: Layers = frame.answer
    t, where = room.type, places(room)
    heading(painter, where.heads[0], frame.say(words.GENERATOR), colours, t)
    heading(painter, where.heads[1], frame.say(words.DISCRIMINATOR), colours, t)
    tops = (
        (answer.grown[0], 1, colours.generator),
        (answer.grown[1], 2, colours.generator),
        (answer.shrunk[0], 4, colours.query),
        (answer.shrunk[1], 5, colours.query),
    )
    for place in range(len(PARTS)):
        _draw_rule(painter, where, frame, place, seen(frame, place, time), colours, t)
    _draw_noise(painter, where.parts[0], frame, colours, t)
    for maps, place, tint in tops:
        gone = seen(frame, place, time)
        if gone > 0:
            rect = where.parts[place]
            painter.setOpacity(gone)
            _draw_stack(painter, rect, maps, tint, colours, keep, f"maps{place}")
            painter.setOpacity(1.0)
            said = frame.say(words.MAPS, n=len(maps), s=maps.shape[-1])
            _under(painter, rect, said, colours, t)
    for place, rect in ((3, where.parts[3]), (3, where.picture)):
        gone = seen(frame, place, time)
        if gone > 0:
            painter.setOpacity(gone)
            draw_one(painter, rect, answer.picture, colours.generator, colours)
            painter.setOpacity(1.0)
            _under(painter, rect, f"{frame.say(words.PICTURE)}, 28×28", colours, t)
    _draw_verdict(painter, where.parts[6], frame, seen(frame, 6, time), colours, t)


def _under(painter: QPainter, rect: QRectF, said: str, colours: Colours, t: float) -> None:
    line = QRectF(rect.x() - 30, rect.bottom() + 2, rect.width() + 60, 24 * t)
    write(painter, line, said, 15 * t, colours.muted, align=CENTRE)


def _draw_noise(painter: QPainter, rect: QRectF, frame: Frame, colours: Colours, t: float) -> None:
    noise = frame.answer.noise.reshape(8, 4)
    box = QRectF(rect.center().x() - rect.height() / 4, rect.y(), rect.height() / 2, rect.height())
    draw_map(painter, box, noise, float(np.abs(noise).max()), "signed", colours)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1.4))
    painter.drawRect(box)
    _under(painter, rect, f"{frame.say(words.NOISE)}, {noise.size}", colours, t)


def _draw_stack(
    painter: QPainter, rect: QRectF, maps: np.ndarray, tint: QColor, colours: Colours, keep: Keep,
    name: str,
) -> None:  # fmt: skip
    """Draw a layer's maps in a square of their own scale."""
    across = math.ceil(math.sqrt(len(maps)))
    down = math.ceil(len(maps) / across)
    pitch = rect.width() / across
    high = rect.height() / down
    side = min(pitch, high) - 3
    rects = [
        QRectF(rect.x() + (i % across + 0.5) * pitch - side / 2,
               rect.y() + (i // across + 0.5) * high - side / 2, side, side)
        for i in range(len(maps))
    ]  # fmt: skip
    ramp = "signed" if float(maps.min()) < 0 else "magnitude"

    def draw_all(part: QPainter) -> None:
        draw_maps(part, rects, maps, float(np.abs(maps).max()), ramp, colours)  # type: ignore[arg-type]
        part.setBrush(Qt.BrushStyle.NoBrush)
        part.setPen(QPen(tint, 2))
        part.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 6, 6)

    keep(painter, name, rect.adjusted(-6, -6, 6, 6), (maps,), draw_all)


def _draw_rule(
    painter: QPainter, where: Places, frame: Frame, place: int, gone: float, colours: Colours,
    t: float,
) -> None:  # fmt: skip
    """Draw the arrow that leads to a part, with what is computed on it."""
    if place == 0:
        return
    before = where.picture if place == 4 else where.parts[place - 1]
    after = where.parts[place]
    ahead = after.x() > before.x()
    start = before.right() + 8 if ahead else before.x() - 8
    end = after.x() - 10 if ahead else after.right() + 10
    y = after.center().y()
    tint = colours.generator if place < 4 else colours.query
    colour = tint if gone > 0.5 else colours.faint
    tip = QPointF(end, y)
    painter.setPen(QPen(colour, 3))
    painter.drawLine(QPointF(start, y), tip)
    back = -9 if ahead else 9
    painter.drawLine(tip, tip + QPointF(back, -6))
    painter.drawLine(tip, tip + QPointF(back, 6))
    ink = tint if gone > 0.5 else colours.muted
    line = 20 * t
    top = after.bottom() + 26 * t
    for i, said in enumerate(frame.say(words.RULES[place - 1]).split("\n")):
        box = QRectF(after.x() - 0.16 * after.width(), top + i * line, 1.32 * after.width(), line)
        write(painter, box, said, 15 * t, ink, SEMIBOLD, CENTRE)


def _draw_verdict(
    painter: QPainter, rect: QRectF, frame: Frame, gone: float, colours: Colours, t: float
) -> None:
    logit = frame.answer.logit
    disc = QRectF(rect.center().x() - 0.34 * rect.width(), rect.center().y() - 0.34 * rect.width(),
                  0.68 * rect.width(), 0.68 * rect.width())  # fmt: skip
    painter.setPen(QPen(colours.query if gone > 0.5 else colours.faint, 3))
    painter.setBrush(colours.surface)
    painter.drawEllipse(disc)
    if gone <= 0.5:
        return
    share_real = 1 / (1 + math.exp(-logit))
    line = QRectF(disc.x(), disc.center().y() - 30 * t, disc.width(), 34 * t)
    write(painter, line, number(logit, 2), 26 * t, colours.ink, BOLD, CENTRE)
    write(painter, line.translated(0, 30 * t), frame.say(words.LOGIT), 15 * t, colours.muted,
          align=CENTRE)  # fmt: skip
    _under(painter, rect, frame.say(words.VERDICT, p=percent(share_real, 0)), colours, t)


def hit(room: Room, frame: Frame, point: QPointF) -> Target:
    """Return nothing: the fake is chosen by the knob."""
    return ()
