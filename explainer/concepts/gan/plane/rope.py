"""The rope between the two nets, whose knot stands where the balance stands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from explainer.concepts.gan.plane import words
from explainer.concepts.gan.plane.layout import PlaneLayout
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import BOLD, CENTRE, LEFT, RIGHT, SEMIBOLD, percent, width, write

_HIGH = 16.0


def badges(rope: QRectF, t: float) -> tuple[QRectF, QRectF]:
    """Return the badges of the generator and of the discriminator."""
    wide, high = 150 * min(t, 1.2), 50.0
    y = rope.y() + 22 * t
    left = QRectF(rope.x(), y, wide, high)
    return left, QRectF(rope.right() - wide, y, wide, high)


def span(rope: QRectF, t: float) -> QRectF:
    """Return the rope itself, from badge to badge."""
    left, right = badges(rope, t)
    middle = left.center().y()
    return QRectF(left.right(), middle - _HIGH / 2, right.left() - left.right(), _HIGH)


def knot(span: QRectF, accuracy: float) -> float:
    """Return where the knot stands: its left end is an accuracy of 0, its right end one of 1."""
    return span.x() + min(max(accuracy, 0.0), 1.0) * span.width()


def draw_rope(painter: QPainter, layout: PlaneLayout, frame: Frame, colours: Colours) -> None:
    """Draw what stands: badges, rope and scale."""
    rope, t = layout.rope, layout.room.type
    left, right = badges(rope, t)
    bar = span(rope, t)
    _draw_strands(painter, bar, colours)
    px = 14 * t
    painter.setPen(QPen(colours.faint, 1.4))
    for at in (0.25, 0.5, 0.75):
        tick = knot(bar, at)
        painter.drawLine(QPointF(tick, bar.bottom() + 4), QPointF(tick, bar.bottom() + 11))
    y = bar.bottom() + 17
    for at, said in ((0.25, "25 %"), (0.5, frame.say(words.BALANCE)), (0.75, "75 %")):
        wide = width(said, px, SEMIBOLD) + 4
        spot = QRectF(knot(bar, at) - wide / 2, y, wide, 20 * t)
        ink = colours.ink if at == 0.5 else colours.muted
        write(painter, spot, said, px, ink, SEMIBOLD, CENTRE)
    for badge, colour, name, role, align in (
        (left, colours.generator, words.GENERATOR, words.FORGER, LEFT),
        (right, colours.discriminator, words.DISCRIMINATOR, words.JUDGE, RIGHT),
    ):
        draw_badge(painter, badge, frame.say(name), 17 * min(t, 1.2), colour, colours)
        note = QRectF(badge.x(), badge.bottom() + 4, badge.width(), 20 * t)
        write(painter, note, frame.say(role), px, colours.muted, align=align)


def draw_knot(
    painter: QPainter, layout: PlaneLayout, frame: Frame, colours: Colours, accuracy: float
) -> None:
    """Draw the knot for the accuracy measured now, and write it over the rope."""
    t = layout.room.type
    bar = span(layout.rope, t)
    x = knot(bar, accuracy)
    _draw_knot(painter, QPointF(x, bar.center().y()), colours)
    _draw_reading(painter, layout.rope, bar, x, t, frame, colours, accuracy)


def draw_badge(
    painter: QPainter, rect: QRectF, text: str, px: float, colour: QColor, colours: Colours
) -> None:
    """Draw a net as a filled plate with its name."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, 10, 10)
    write(painter, rect.adjusted(8, 0, -8, 0), text, px, colours.text_on(colour), BOLD, CENTRE)


def _draw_strands(painter: QPainter, bar: QRectF, colours: Colours) -> None:
    """Draw the rope."""
    jute = colours.colour_of(-0.55, 1.0, "weight")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.colour_of(-0.3, 1.0, "weight"))
    painter.drawRect(bar)
    painter.save()
    painter.setClipRect(bar)
    painter.setPen(QPen(jute, 2.2))
    pitch, y, half = 26.0, bar.center().y(), _HIGH / 2 - 1
    twists = QPainterPath()
    start = bar.x() - pitch
    while start < bar.right() + pitch:
        for sign in (1, -1):
            twists.moveTo(start, y + sign * half)
            twists.cubicTo(
                QPointF(start + pitch / 2, y + sign * half),
                QPointF(start + pitch / 2, y - sign * half),
                QPointF(start + pitch, y - sign * half),
            )
        start += pitch
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(twists)
    painter.restore()
    painter.setPen(QPen(jute, 1.2))
    painter.drawLine(bar.topLeft(), bar.topRight())
    painter.drawLine(bar.bottomLeft(), bar.bottomRight())


def _draw_knot(painter: QPainter, spot: QPointF, colours: Colours) -> None:
    flag = QPolygonF(
        [QPointF(-4, 8), QPointF(6, 8), QPointF(5, 24), QPointF(0, 19), QPointF(-6, 24)]
    )
    flag.translate(spot)
    painter.setPen(QPen(colours.surface, 1.5))
    painter.setBrush(colours.amber)
    painter.drawPolygon(flag)
    painter.setPen(QPen(colours.surface, 2.5))
    painter.drawEllipse(spot, 16, 13.5)
    painter.setPen(QPen(colours.on_amber, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lines = QPainterPath()
    for up in (-4.0, 4.0):
        lines.moveTo(spot.x() - 11, spot.y() + up)
        lines.quadTo(spot + QPointF(0, up - 5), spot + QPointF(11, up))
    painter.drawPath(lines)


def _draw_reading(
    painter: QPainter,
    rope: QRectF,
    bar: QRectF,
    x: float,
    t: float,
    frame: Frame,
    colours: Colours,
    accuracy: float,
) -> None:
    """Write the accuracy over the knot, and on what it was measured beside it."""
    px = 15 * t
    said = frame.say(words.ACCURACY, share=percent(accuracy, 0))
    wide = width(said, px, SEMIBOLD) + 26
    centre = min(max(x, bar.x() + wide / 2), bar.right() - wide / 2)
    chip = QRectF(centre - wide / 2, rope.y(), wide, 26 * t)
    painter.setPen(QPen(colours.amber, 1.4))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(chip, 8, 8)
    write(painter, chip, said, px, colours.ink, SEMIBOLD, CENTRE)
    note = frame.say(words.MEASURED_ON)
    small = 14 * t
    room = width(note, small) + 4
    if chip.right() + 14 + room <= rope.right():
        spot = QRectF(chip.right() + 14, chip.y(), room, chip.height())
        write(painter, spot, note, small, colours.muted)
    elif chip.left() - 14 - room >= rope.left():
        spot = QRectF(chip.left() - 14 - room, chip.y(), room, chip.height())
        write(painter, spot, note, small, colours.muted, align=RIGHT)
