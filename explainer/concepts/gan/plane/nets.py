"""The two nets of a round: who learns glows, who does not stands in ice."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from explainer.concepts.gan.plane import words
from explainer.lesson import Text
from explainer.stage.colours import Colours
from explainer.stage.lettering import BOLD, CENTRE, SEMIBOLD, write


def draw_net(
    painter: QPainter,
    rect: QRectF,
    t: float,
    name: str,
    state: str,
    colour: QColor,
    said: Text,
    colours: Colours,
) -> None:
    """Draw a net: glowing where it learns, in ice with a lock where it is frozen."""
    plate = rect.adjusted(5, 5, -5, -(26 * t))
    is_frozen, learns = said is words.FROZEN, said is words.LEARNS
    if learns:
        for grow, alpha in ((5, 0.18), (2.5, 0.4)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.over(colours.amber, alpha))
            painter.drawRoundedRect(plate.adjusted(-grow, -grow, grow, grow), 14, 14)
    painter.setPen(QPen(colours.frozen, 2.4) if is_frozen else Qt.PenStyle.NoPen)
    painter.setBrush(colours.frozen_soft if is_frozen else colour)
    painter.drawRoundedRect(plate, 10, 10)
    ink = colour if is_frozen else colours.text_on(colour)
    if is_frozen and colours.is_dark:
        ink = colours.ink
    lock = 26.0 if is_frozen else 0.0
    write(painter, plate.adjusted(10 + lock, 0, -10, 0), name, 18 * min(t, 1.25), ink, BOLD, CENTRE)
    if is_frozen:
        draw_lock(painter, QPointF(plate.x() + 24, plate.center().y()), colours.frozen)
    note = QRectF(rect.x(), plate.bottom() + 5, rect.width(), 22 * t)
    shade = colours.amber_text if learns else colours.frozen if is_frozen else colours.muted
    write(painter, note, state, 15 * t, shade, SEMIBOLD, CENTRE)


def draw_lock(painter: QPainter, centre: QPointF, colour: QColor) -> None:
    """Draw a padlock, 18 wide."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(centre.x() - 9, centre.y() - 3, 18, 14), 3, 3)
    path = QPainterPath(QPointF(centre.x() - 5.5, centre.y() - 3))
    path.lineTo(centre.x() - 5.5, centre.y() - 7)
    path.arcTo(QRectF(centre.x() - 5.5, centre.y() - 13, 11, 11), 180, -180)
    path.lineTo(centre.x() + 5.5, centre.y() - 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2.6))
    painter.drawPath(path)
