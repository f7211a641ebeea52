"""What else generators are used for: cards, of which two are live in this scene."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.digit_pieces import draw_tiles, tiles
from explainer.concepts.gan.uses import words
from explainer.concepts.gan.uses.layout import UsesLayout, whole
from explainer.concepts.gan.uses.probe import DrawOut, Examples, Restore, ShowBoth
from explainer.concepts.gan.uses.restoring import clamped
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.lettering import CENTRE, SEMIBOLD, width, write
from explainer.stage.view import Keep

ANSWER = Examples
_PACE = 0.5
_SHOWN = 11  # of the unseen sketches


def request(frame: Frame) -> ShowBoth:
    """Ask for what stands on the two live cards."""
    hole = Restore(
        whole(frame, "digit", 0), whole(frame, "x", 14), whole(frame, "y", 8),
        whole(frame, "side", 14),
    )  # fmt: skip
    return ShowBoth(hole, DrawOut(_SHOWN, 1))


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the cards, one after the other."""
    return tuple(Beat("card", place * _PACE) for place in range(len(words.CARDS)))


def boxes(layout: UsesLayout) -> list[QRectF]:
    """Return where the cards lie: the two live ones large, the others under them."""
    body, gap = layout.body, 22.0
    upper = 0.6 * (body.height() - gap)
    rows = ((2, body.y(), upper), (4, body.y() + upper + gap, body.height() - gap - upper))
    return [
        QRectF(body.x() + column * (body.width() + gap) / count, y,
               (body.width() + gap) / count - gap, high)
        for count, y, high in rows
        for column in range(count)
    ]  # fmt: skip


def draw_still(painter: QPainter, layout: UsesLayout, frame: Frame, colours: Colours) -> None:
    """Draw nothing that stands: cards come one after the other."""


def draw_moving(
    painter: QPainter,
    layout: UsesLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the cards that have come."""
    come = min(int(time / _PACE + 1e-6) + 1, len(words.CARDS))
    lit = frame.hover

    def draw(part: QPainter) -> None:
        for place in range(come):
            _draw_card(part, layout, frame, place, lit == ("card", place), colours)

    area = layout.body.adjusted(-4, -4, 4, 4)
    keep(painter, "cards", area, (frame.answer, come, lit, frame.language), draw)


def _draw_card(
    painter: QPainter,
    layout: UsesLayout,
    frame: Frame,
    place: int,
    is_lit: bool,
    colours: Colours,
) -> None:
    box, t = boxes(layout)[place], min(layout.room.type, 1.35)
    title, said, kind = words.CARDS[place]
    is_live = bool(kind)
    painter.setPen(QPen(colours.amber if is_lit and is_live else colours.line, 2))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(box, 12, 12)
    inner = box.adjusted(20, 16, -20, -16)
    tag = frame.say(words.LIVE if is_live else words.TOLD)
    wide = width(tag, 14 * t, SEMIBOLD) + 20
    pill = QRectF(inner.right() - wide, inner.y(), wide, 26 * t)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.generator if is_live else colours.line)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    ink = colours.text_on(colours.generator) if is_live else colours.ink
    write(painter, pill, tag, 14 * t, ink, SEMIBOLD, CENTRE)
    head = QRectF(inner.x(), inner.y() + 30 * t, inner.width(), 34 * t)
    write(painter, head, frame.say(title), 21 * t, colours.ink, SEMIBOLD)
    lines = _wrapped(frame.say(said), inner.width(), 16 * t)
    for row, line in enumerate(lines):
        rect = QRectF(inner.x(), head.bottom() + 4 + row * 24 * t, inner.width(), 24 * t)
        write(painter, rect, line, 16 * t, colours.muted)
    if not is_live:
        return
    restored, drawn = frame.answer.restored, frame.answer.drawn
    if kind == "sketch":
        pictures = (drawn.sketches[0], drawn.pictures[0])
    else:
        original, known = restored.original, restored.known
        best = restored.pictures[-1, restored.best]
        pictures = (
            clamped(np.zeros_like(original), original, known),
            clamped(best, original, known),
        )
    _draw_pair(painter, inner, head.bottom() + 12 + len(lines) * 24 * t, pictures, colours)


def _draw_pair(
    painter: QPainter,
    inner: QRectF,
    top: float,
    pictures: tuple[np.ndarray, ...],
    colours: Colours,
) -> None:
    side = min(inner.bottom() - top, (inner.width() - 52) / 2)
    if side < 40:
        return
    for place, picture in enumerate(pictures):
        left = inner.center().x() - side - 26 + place * (side + 52)
        rect = QRectF(left, inner.bottom() - side, side, side)
        draw_tiles(painter, rect, tiles(picture[None].astype(np.float32), 1, colours))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.generator if place else colours.ribbon, 2))
        painter.drawRoundedRect(rect, 3, 3)
        if place:
            y = rect.center().y()
            painter.setPen(QPen(colours.faint, 2.5))
            painter.drawLine(QPointF(rect.x() - 40, y), QPointF(rect.x() - 12, y))


def _wrapped(text: str, wide: float, px: float) -> list[str]:
    """Return a text in lines that fit."""
    lines = [""]
    for word in text.split():
        tried = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(tried, px) > wide:
            lines.append(word)
        else:
            lines[-1] = tried
    return lines


def hit(layout: UsesLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("card", place) under a point."""
    for place, box in enumerate(boxes(layout)):
        if box.contains(point):
            return ("card", place)
    return ()


def pick(frame: Frame, target: Target) -> Pick:
    """Choose nothing: the live cards are steps of this lesson."""
    return Pick(selection=())


def lens(frame: Frame) -> Lens | None:
    """Return no card of its own."""
    return None
