"""The pad, and how a drawing becomes the network's 28×28 picture."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from explainer.concepts.cnn.draw.layout import DrawLayout
from explainer.engine.strokes import CENTRE, Centred, centre
from explainer.lesson import Text
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Frame
from explainer.stage.heatmap import draw_grid, draw_map
from explainer.stage.lettering import CENTRE as MIDDLE
from explainer.stage.lettering import SEMIBOLD, write
from explainer.stage.motion import share

DRAW_HERE = Text("Draw here", "여기에 그리세요")
EMPTY = Text("Draw a digit from 0 to 9", "0부터 9까지 숫자를 그려 보세요")
INPUT = Text("What the network gets: 28×28", "신경망의 입력 28×28")
AS_DRAWN = Text("not centred", "가운데 맞춤 없음")
BY_MASS = Text("centred by mass", "무게중심 맞춤")
PREPARING = Text("Preparing PyTorch …", "PyTorch를 준비하는 중…")


def centred(drawing: np.ndarray) -> Centred | None:
    """Return the drawing as the network gets it, or None for an empty pad.

    One drawing is asked about several times a frame; only the newest is remembered.
    """
    if _newest and _newest[0] is drawing:
        return _newest[1]
    result = centre(drawing)
    _newest[:] = [drawing, result]
    return result


_newest: list = []


def as_drawn(drawing: np.ndarray) -> np.ndarray:
    """Return the whole pad shrunk to 28×28 by averaging, without centring or scaling."""
    return drawing.reshape(28, 10, 28, 10).mean(axis=(1, 3)).astype(np.float32)


def network_input(frame: Frame) -> np.ndarray | None:
    """Return the picture (28, 28) the network is asked about; None for an empty pad."""
    found = centred(frame.drawing)
    if found is None:
        return None
    return found.image if frame.knobs.get("centred", True) else as_drawn(frame.drawing)


def draw_pad(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    """Draw the paper and the ink."""
    t = layout.room.type
    pad = layout.pad
    head = QRectF(pad.x(), 46, layout.buttons.left() - pad.x() - 6, 36)
    write(painter, head, frame.say(DRAW_HERE), 17 * min(t, 1.25), colours.ink, SEMIBOLD)
    painter.setPen(QPen(colours.line, 1.5))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(pad, 10, 10)
    if not frame.drawing.any():
        box = pad.adjusted(16, 0, -16, 0)
        write(painter, box, frame.say(EMPTY), 16 * t, colours.muted, align=MIDDLE)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(pad, _ink(frame.drawing, colours))


def _ink(drawing: np.ndarray, colours: Colours) -> QImage:
    """Return the ink, its opacity the drawing's, without the pad's rounded corners.

    One channel of one colour, and no clip path: that took 1 ms more (measured).
    """
    high, wide = drawing.shape
    alpha = (drawing * _within_corners(high, round(10 / 264 * high))).astype(np.uint8)
    ink = QImage(alpha.data, wide, high, wide, QImage.Format.Format_Indexed8)
    ink.setColorTable(_shades(colours.ink.rgb()))
    # The copy owns its bytes; an image over numpy's would outlive them.
    return ink.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


@lru_cache(maxsize=4)
def _shades(rgb: int) -> list[int]:
    """Return a colour at 256 opacities."""
    return [rgb & 0xFFFFFF | alpha << 24 for alpha in range(256)]


@lru_cache(maxsize=2)
def _within_corners(side: int, radius: int) -> np.ndarray:
    """Return 255 within a square whose corners are rounded, 0 without; (side, side) float32."""
    middle = np.arange(side) + 0.5
    over = np.maximum(np.maximum(radius - middle, middle - (side - radius)), 0)
    inside = np.hypot(over[:, None], over) <= radius
    return np.where(inside, 255, 0).astype(np.float32)


def draw_preview(
    painter: QPainter, layout: DrawLayout, frame: Frame, moved: float, colours: Colours
) -> None:
    """Draw what the network gets, the box it was fitted into and its centre of mass.

    Parameters
    ----------
    moved : float
        0 with the box in the middle .. 1 with the centre of mass in the middle.
    """
    t = layout.room.type
    box = layout.preview
    found = centred(frame.drawing)
    under = QRectF(box.x() - 40, box.bottom() + 6, box.width() + 80, 22)
    write(painter, under, frame.say(INPUT), 16 * min(t, 1.3), colours.ink, SEMIBOLD, MIDDLE)
    image = network_input(frame)
    if image is None or found is None:
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.surface)
        painter.drawRect(box)
        return
    unit = box.width() / 28
    is_centred = bool(frame.knobs.get("centred", True))
    note = frame.say(BY_MASS if is_centred else AS_DRAWN)
    under.translate(0, 23)
    if not layout.room.large:
        write(painter, under, note, 14 * t, colours.muted, align=MIDDLE)
    if not is_centred:
        draw_map(painter, box, image, 1.0, "image", colours)
        _frame_preview(painter, box, colours)
        return
    x, y, wide, high = found.placed
    middle = (28 - wide) / 2, (28 - high) / 2
    dx, dy = (middle[0] - x) * (1 - moved) * unit, (middle[1] - y) * (1 - moved) * unit
    painter.fillRect(box, colours.colour_of(0.0, 1.0, "image"))
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    draw_map(painter, box.translated(dx, dy), image, 1.0, "image", colours)
    painter.restore()
    _frame_preview(painter, box, colours)
    placed = QRectF(box.x() + x * unit + dx, box.y() + y * unit + dy, wide * unit, high * unit)
    dashed = QPen(colours.amber, 1.6, Qt.PenStyle.DashLine)
    painter.setPen(dashed)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(placed)
    _draw_projection(painter, layout, found, placed, colours)
    shown = (
        found.mass[0] + (CENTRE - found.mass[0]) * moved,
        found.mass[1] + (CENTRE - found.mass[1]) * moved,
    )
    ring = QPointF(box.x() + shown[0] * unit, box.y() + shown[1] * unit)
    painter.setPen(QPen(colours.background, 5))
    painter.drawEllipse(ring, 5, 5)
    painter.setPen(QPen(colours.amber, 2.5))
    painter.drawEllipse(ring, 5, 5)
    _draw_marks(painter, box, unit, colours)


def _frame_preview(painter: QPainter, box: QRectF, colours: Colours) -> None:
    if box.width() > 160:
        draw_grid(painter, box, 28, 28, fade(colours.line, 0.45))
    painter.setPen(QPen(colours.faint, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _draw_projection(
    painter: QPainter, layout: DrawLayout, found: Centred, placed: QRectF, colours: Colours
) -> None:
    """Draw the ink's bounding box on the pad and the band that leads to the preview."""
    scale = layout.pad.width() / 280
    x, y, wide, high = found.box
    box = QRectF(layout.pad.x() + x * scale, layout.pad.y() + y * scale, wide * scale, high * scale)
    painter.setPen(QPen(colours.amber, 1.6, Qt.PenStyle.DashLine))
    painter.drawRect(box)
    band = QPainterPath(box.bottomLeft())
    band.lineTo(box.bottomRight())
    top = layout.preview.top()
    if placed.top() > box.bottom():
        share_down = (top - box.bottom()) / max(placed.top() - box.bottom(), 1.0)
        right = box.right() + (placed.right() - box.right()) * share_down
        left = box.left() + (placed.left() - box.left()) * share_down
        band.lineTo(QPointF(right, top))
        band.lineTo(QPointF(left, top))
        band.closeSubpath()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fade(colours.amber, 0.10))
        painter.drawPath(band)
        painter.setPen(QPen(colours.amber, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(box.bottomLeft(), QPointF(left, top))
        painter.drawLine(box.bottomRight(), QPointF(right, top))


def _draw_marks(painter: QPainter, box: QRectF, unit: float, colours: Colours) -> None:
    """Mark the middle of the picture on its four edges."""
    x, y = box.x() + CENTRE * unit, box.y() + CENTRE * unit
    painter.setPen(QPen(colours.amber, 2))
    for start, end in (
        (QPointF(x, box.top() - 8), QPointF(x, box.top() + 4)),
        (QPointF(x, box.bottom() - 4), QPointF(x, box.bottom() + 6)),
        (QPointF(box.left() - 8, y), QPointF(box.left() + 4, y)),
        (QPointF(box.right() - 4, y), QPointF(box.right() + 8, y)),
    ):
        painter.drawLine(start, end)


def moved_at(step_focus: str, time: float, reduced: bool) -> float:
    """Return how far the centring has come at a lesson time; done unless it is the topic."""
    if step_focus != "centre" or reduced:
        return 1.0
    return share(time, 2.0, 1.2)
