"""What the marks on the plane are called, and the scale of its colours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from explainer.concepts.gan.plane_picture import triangle
from explainer.stage.colours import Colours, fade
from explainer.stage.heatmap import image
from explainer.stage.lettering import width, write


def draw_legend(
    painter: QPainter,
    rect: QRectF,
    entries: Sequence[tuple[str, str]],
    px: float,
    colours: Colours,
) -> None:
    """Name the marks on one line; type and gaps shrink together where it is narrow.

    Parameters
    ----------
    entries : sequence of (mark, text)
        Marks are "real", "fake", "pull", "line" (the decision line), "grid", "covered", "missing".
    """
    mark, gap = 1.3 * px, 1.1 * px
    wide = sum(mark + width(text, px) + 6 for _, text in entries) + gap * (len(entries) - 1)
    shrink = min(1.0, rect.width() / max(wide, 1.0))
    px, mark, gap = px * shrink, mark * shrink, gap * shrink
    x, y = rect.x(), rect.center().y()
    for kind, text in entries:
        _draw_mark(painter, kind, QRectF(x, y - mark / 2, mark, mark), colours)
        x += mark + 6 * shrink
        room = QRectF(x, rect.y(), width(text, px) + 2, rect.height())
        write(painter, room, text, px, colours.muted)
        x += width(text, px) + gap


def _draw_mark(painter: QPainter, kind: str, rect: QRectF, colours: Colours) -> None:
    middle, left, right = rect.center(), rect.left() + 1, rect.right() - 1
    if kind == "real":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.real)
        painter.drawEllipse(middle, 4, 4)
    elif kind == "fake":
        path = QPainterPath()
        path.addPolygon(triangle(middle, 9))
        painter.fillPath(path, colours.generator)
    elif kind == "pull":
        painter.setPen(QPen(colours.gradient, 1.8))
        painter.drawLine(QPointF(left, middle.y()), QPointF(right - 4, middle.y()))
        tip = QPolygonF(
            [
                QPointF(right, middle.y()),
                QPointF(right - 6, middle.y() - 3.5),
                QPointF(right - 6, middle.y() + 3.5),
            ]
        )
        path = QPainterPath()
        path.addPolygon(tip)
        painter.fillPath(path, colours.gradient)
    elif kind == "line":
        painter.setPen(QPen(colours.discriminator, 2))
        painter.drawLine(QPointF(left, middle.y()), QPointF(right, middle.y()))
    elif kind == "grid":
        painter.setPen(QPen(colours.generator, 1))
        painter.setBrush(fade(colours.generator, 0.25))
        painter.drawRect(rect.adjusted(2, 2, -2, -2))
    else:
        pen = QPen(colours.real if kind == "covered" else colours.wrong, 1.8)
        if kind == "missing":
            pen.setDashPattern([2.5, 1.8])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 5.5, 5.5)


def draw_scale(
    painter: QPainter, rect: QRectF, ends: tuple[str, str], px: float, colours: Colours
) -> None:
    """Draw the ramp of the verdicts with its ends written beside it."""
    left, right = width(ends[0], px) + 8, width(ends[1], px) + 8
    bar = QRectF(rect.x() + left, rect.center().y() - 5, rect.width() - left - right, 10)
    if bar.width() > 20:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(bar, image(np.linspace(-1, 1, 61)[None, :], 1.0, "verdict", colours))
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        painter.setPen(QPen(colours.discriminator, 2))
        middle = bar.center().x()
        painter.drawLine(QPointF(middle, bar.top() - 3), QPointF(middle, bar.bottom() + 3))
    start = QRectF(rect.x(), rect.y(), left, rect.height())
    end = QRectF(bar.right() + 8, rect.y(), right, rect.height())
    write(painter, start, ends[0], px, colours.muted)
    write(painter, end, ends[1], px, colours.muted)
