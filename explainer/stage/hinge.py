"""ReLU as a picture: a line that is flat below zero and climbs above it, with dots on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from explainer.stage.colours import Colours


def on_hinge(rect: QRectF, z: float, peak: float) -> QPointF:
    """Return where a value lies on the hinge.

    Parameters
    ----------
    rect : QRectF
        Zero lies in the middle of its width, at three quarters of its height.
    z : float
    peak : float
        Magnitude at the edges.
    """
    way = max(-1.0, min(1.0, z / peak if peak > 0 else 0.0))
    inner = rect.adjusted(*(rect.width() * s for s in (0.1, 0.1, -0.1, -0.1)))
    x = inner.center().x() + way * inner.width() / 2
    floor = rect.top() + rect.height() * 0.74
    return QPointF(x, floor - max(way, 0.0) * (floor - inner.top()))


def draw_hinge(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """Draw the card, its axes and the bent line."""
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(rect, 8, 8)
    zero = on_hinge(rect, 0, 1)
    inner = rect.width() * 0.1
    painter.setPen(QPen(colours.line, 1))
    painter.drawLines(
        [
            QLineF(rect.left() + inner, zero.y(), rect.right() - inner, zero.y()),
            QLineF(zero.x(), rect.top() + inner, zero.x(), rect.bottom() - inner),
        ]
    )
    pen = QPen(colours.ink, 3 if colours.is_projector else 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([on_hinge(rect, z, 1) for z in (-1, 0, 1)]))


def draw_dots(
    painter: QPainter, rect: QRectF, values: Sequence[float], peak: float, colours: Colours
) -> None:
    """Draw a dot for each value where it stands on the hinge."""
    pen = QPen(colours.muted, 6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints([on_hinge(rect, float(value), peak) for value in values])


def draw_dot(painter: QPainter, point: QPointF, colours: Colours, radius: float = 5) -> None:
    """Draw the one active dot."""
    painter.setPen(QPen(colours.surface, 1.5))
    painter.setBrush(colours.amber)
    painter.drawEllipse(point, radius, radius)
