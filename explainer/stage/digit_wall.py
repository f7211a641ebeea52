"""A wall of small pictures, the ones that were read wrongly marked with what they were taken for."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from explainer.stage.colours import Colours, levels
from explainer.stage.heatmap import cell, outline
from explainer.stage.lettering import CENTRE, SEMIBOLD, write

RIGHT_OPACITY = 0.72
_GAP = 2  # pixels of the pictures' own grid between two of them


def atlas(images: np.ndarray, dimmed: np.ndarray, columns: int, colours: Colours) -> QImage:
    """Return all pictures as one image.

    Parameters
    ----------
    images : ndarray, shape (n, side, side)
        0 is paper, 1 is ink.
    dimmed : ndarray of bool, shape (n,)
        Which are drawn at `RIGHT_OPACITY`.
    columns : int
        n is a multiple of it.
    """
    count, side = images.shape[:2]
    rows, pitch = count // columns, side + _GAP
    ground = np.array(colours.background.getRgb()[:3], float)
    rgb = colours.tables["image"][levels(images, 1.0)].astype(float)
    rgb[dimmed] = ground + (rgb[dimmed] - ground) * RIGHT_OPACITY
    sheet = np.tile(ground, (rows * pitch, columns * pitch, 1))
    tiles = sheet.reshape(rows, pitch, columns, pitch, 3).swapaxes(1, 2)
    half = _GAP // 2
    tiles[:, :, half : half + side, half : half + side] = rgb.reshape(rows, columns, side, side, 3)
    pixels = np.ascontiguousarray(np.rint(sheet).astype(np.uint8))
    high, wide = pixels.shape[:2]
    return QImage(pixels.data, wide, high, 3 * wide, QImage.Format.Format_RGB888).copy()


def draw_wall(
    painter: QPainter,
    rect: QRectF,
    images: np.ndarray,
    guesses: np.ndarray,
    labels: np.ndarray,
    columns: int,
    colours: Colours,
    px: float,
    lit: int | None = None,
) -> None:
    """Draw the wall: right ones quiet, wrong ones framed with the guess at the corner.

    Parameters
    ----------
    images : ndarray, shape (n, side, side)
    guesses, labels : ndarray of int, shape (n,)
    px : float
        Size of the tags.
    lit : int or None
        The picture the pointer is on.
    """
    rows = len(images) // columns
    wrong = np.flatnonzero(guesses != labels)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(rect, atlas(images, guesses == labels, columns, colours))
    frames, tags = QPainterPath(), QPainterPath()
    boxes = []
    for index in wrong:
        box = cell(rect, *divmod(int(index), columns), rows, columns).adjusted(2, 2, -2, -2)
        frames.addRoundedRect(box, 2, 2)
        tag = QRectF(box.right() + 5 - px, box.top() - 5, px, px * 1.12)
        tags.addRoundedRect(tag, 2, 2)
        boxes.append(tag)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.wrong, 2.5))
    painter.drawPath(frames)
    painter.setPen(QPen(colours.background, 1))
    painter.setBrush(colours.wrong)
    painter.drawPath(tags)
    ink = colours.text_on(colours.wrong)
    for index, tag in zip(wrong, boxes, strict=True):
        write(painter, tag, str(int(guesses[index])), px * 0.98, ink, SEMIBOLD, CENTRE)
    if lit is not None:
        outline(painter, cell(rect, *divmod(lit, columns), rows, columns), colours, 2.5)


def picture_at(rect: QRectF, point: QPointF, rows: int, columns: int) -> int | None:
    """Return the index of the picture under a point, or None."""
    if not rect.contains(point):
        return None
    row = int((point.y() - rect.y()) / rect.height() * rows)
    column = int((point.x() - rect.x()) / rect.width() * columns)
    return min(row, rows - 1) * columns + min(column, columns - 1)
