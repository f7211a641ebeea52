"""Arcs over a row of things: how strongly one of them looks at each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

THINNEST, THICKEST = 1.2, 16.0


def arc_path(start: QPointF, end: QPointF, high: float) -> QPainterPath:
    """Return a curve that leaves and arrives upright, `high` above the higher end."""
    top = min(start.y(), end.y()) - high
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x(), top), QPointF(end.x(), top), end)
    return path


def arc_height(start: QPointF, end: QPointF, room: float) -> float:
    """Return how high the controls of an arc lie, so that its crest stays within `room`.

    A cubic's crest is at three quarters of its controls' height.
    """
    return min(24 + 0.62 * abs(end.x() - start.x()), room / 0.75)


def draw_arcs(
    painter: QPainter,
    start: QPointF,
    ends: Sequence[QPointF],
    weights: Sequence[float],
    colours: Sequence[QColor],
    room: float,
    share: float = 1.0,
) -> None:
    """Draw an arc to each end, the thinnest first, as thick as its weight.

    Parameters
    ----------
    start : QPointF
        An end at the same place becomes a loop.
    weights : sequence of float
        0 .. 1; an arc of no weight is not drawn.
    room : float
        Units above the ends that may be used.
    share : float
        How far, 0 .. 1, the arcs have come.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for place in sorted(range(len(ends)), key=lambda i: weights[i]):
        weight = weights[place]
        if weight <= 0.004 or share <= 0:
            continue
        end = ends[place]
        if abs(end.x() - start.x()) < 1:
            path = _loop(start)
        else:
            path = arc_path(start, end, arc_height(start, end, room))
        thick = THINNEST + (THICKEST - THINNEST) * weight
        # A loop is too small to be as thick as an arc.
        pen = QPen(colours[place], min(thick, 9.0) if end == start else thick)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawPath(path if share >= 1 else _beginning(path, share))


def _loop(start: QPointF) -> QPainterPath:
    path = QPainterPath(start + QPointF(-11, 0))
    path.cubicTo(start + QPointF(-38, -62), start + QPointF(38, -62), start + QPointF(11, 0))
    return path


def _beginning(path: QPainterPath, share: float) -> QPainterPath:
    piece = QPainterPath(path.pointAtPercent(0))
    for part in range(1, 17):
        piece.lineTo(path.pointAtPercent(share * part / 16))
    return piece
