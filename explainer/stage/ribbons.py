"""Ribbons and links that show what flows where."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen

from explainer.stage.colours import Colours, fade


def ribbon_path(start: QPointF, start_high: float, end: QPointF, end_high: float) -> QPainterPath:
    """Return a closed band between two vertical edges, its control points at mid-x."""
    middle = (start.x() + end.x()) / 2
    path = QPainterPath(QPointF(start.x(), start.y() - start_high / 2))
    path.cubicTo(
        QPointF(middle, start.y() - start_high / 2),
        QPointF(middle, end.y() - end_high / 2),
        QPointF(end.x(), end.y() - end_high / 2),
    )
    path.lineTo(QPointF(end.x(), end.y() + end_high / 2))
    path.cubicTo(
        QPointF(middle, end.y() + end_high / 2),
        QPointF(middle, start.y() + start_high / 2),
        QPointF(start.x(), start.y() + start_high / 2),
    )
    path.closeSubpath()
    return path


def draw_ribbon(
    painter: QPainter,
    start: QPointF,
    start_high: float,
    end: QPointF,
    end_high: float,
    colour: QColor,
    alpha: tuple[float, float],
) -> None:
    """Fill a band whose opacity goes from one value to another along it."""
    painter.setPen(Qt.PenStyle.NoPen)
    if alpha[0] == alpha[1]:
        painter.setBrush(fade(colour, alpha[0]))
    else:
        gradient = QLinearGradient(start, QPointF(end.x(), start.y()))
        gradient.setColorAt(0, fade(colour, alpha[0]))
        gradient.setColorAt(1, fade(colour, alpha[1]))
        painter.setBrush(gradient)
    painter.drawPath(ribbon_path(start, start_high, end, end_high))


def link_path(start: QPointF, end: QPointF) -> QPainterPath:
    """Return a curve that leaves and arrives level."""
    middle = (start.x() + end.x()) / 2
    path = QPainterPath(start)
    path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
    return path


def _on_link(start: QPointF, end: QPointF, share: float) -> QPointF:
    """Return the point a share of the way along a link: its curve, whose middle is level."""
    rest = 1 - share
    x = 1.5 * share * rest + share**3  # both control points lie half way across
    y = share * share * (3 - 2 * share)
    return QPointF(start.x() + x * (end.x() - start.x()), start.y() + y * (end.y() - start.y()))


def draw_link(
    painter: QPainter, start: QPointF, end: QPointF, colour: QColor, thick: float, alpha: float = 1
) -> None:
    """Draw one curved line."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(fade(colour, alpha), thick)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPath(link_path(start, end))


def draw_strands(
    painter: QPainter, strands: list[tuple[QPointF, QPointF, float]], colours: Colours
) -> None:
    """Draw many curves a pixel wide: their opacity, not their width, says how strong each is.

    An antialiased curve of one pixel costs a third of a wider one (measured: 0.024 and 0.08 ms),
    and less than half of that if it is opaque. So what an opacity, by 32nds, looks like on the
    background is mixed beforehand; those of one opacity share a path, the strongest on top.

    Parameters
    ----------
    strands : list of (start, end, alpha)
        Opacities are 0..1.
    colours : Colours
    """
    paths: dict[int, QPainterPath] = {}
    for start, end, alpha in strands:
        paths.setdefault(round(32 * alpha), QPainterPath()).addPath(link_path(start, end))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for level, path in sorted(paths.items()):
        painter.setPen(QPen(colours.over(colours.ribbon, level / 32), 0))
        painter.drawPath(path)


def draw_pulse(
    painter: QPainter,
    start: QPointF,
    end: QPointF,
    share: float,
    colour: QColor,
    thick: float = 3,
    length: float = 0.3,
) -> None:
    """Draw the bright piece of a link that has come `share`, 0..1, of the way."""
    tail, head = max(0.0, share - length), min(1.0, share)
    piece = [_on_link(start, end, tail + (head - tail) * part / 8) for part in range(9)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(colour, thick)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPolyline(piece)


def draw_lens_band(
    painter: QPainter, start: QRectF, end: QRectF, colour: QColor, thick: float = 1.6
) -> None:
    """Draw the band that shows one rectangle enlarged as another, right of it."""
    top = QPointF(start.right(), start.top())
    bottom = QPointF(start.right(), start.bottom())
    path = link_path(top, QPointF(end.left(), end.top()))
    middle = (start.right() + end.left()) / 2
    path.lineTo(QPointF(end.left(), end.bottom()))
    path.cubicTo(
        QPointF(middle, end.bottom()), QPointF(middle, bottom.y()), QPointF(bottom.x(), bottom.y())
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fade(colour, 0.12))
    painter.drawPath(path)
    draw_link(painter, top, QPointF(end.left(), end.top()), colour, thick)
    draw_link(painter, bottom, QPointF(end.left(), end.bottom()), colour, thick)
