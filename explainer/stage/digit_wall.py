"""A wall of small pictures; the ones read wrongly carry what they were taken for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from explainer.stage.colours import Colours, levels
from explainer.stage.heatmap import cell, cell_at, outline, packed
from explainer.stage.lettering import CENTRE, SEMIBOLD, write

RIGHT_OPACITY = 0.72
_GAP = 2  # pixels of the pictures' own grid between two of them


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """All pictures side by side, in full and dimmed; (rows, columns, height, width, 3) uint8."""

    full: np.ndarray
    dimmed: np.ndarray


def sheet(images: np.ndarray, columns: int, colours: Colours) -> Sheet:
    """Return pictures in the theme's colours, parted by a little of the background.

    Parameters
    ----------
    images : ndarray, shape (n, side, side)
        0 is paper, 1 is ink; n is a multiple of `columns`.
    """
    count, side = images.shape[:2]
    table = colours.tables["image"]
    ground = np.array(colours.background.getRgb()[:3], np.uint8)
    faint = np.rint(ground + (table.astype(float) - ground) * RIGHT_OPACITY).astype(np.uint8)
    entries = levels(images, 1.0).reshape(count // columns, columns, side, side)
    both = []
    for palette in (table, faint):
        tiles = np.empty((*entries.shape[:2], side + _GAP, side + _GAP, 3), np.uint8)
        tiles[:] = ground
        half = _GAP // 2
        tiles[:, :, half : half + side, half : half + side] = palette[entries]
        both.append(tiles)
    return Sheet(*both)


def atlas(tiles: np.ndarray) -> QImage:
    """Return tiles (rows, columns, height, width, 3) uint8 as one image."""
    rows, columns, high, wide, _ = tiles.shape
    return packed(tiles.swapaxes(1, 2).reshape(rows * high, columns * wide, 3))


@lru_cache(maxsize=2)  # the wall is read anew less often than it is drawn
def _wall(pictures: Sheet, wrong: bytes) -> QImage:
    is_wrong = np.frombuffer(wrong, bool).reshape(pictures.full.shape[:2])
    tiles = pictures.dimmed.copy()
    tiles[is_wrong] = pictures.full[is_wrong]
    return atlas(tiles)


def draw_wall(
    painter: QPainter,
    rect: QRectF,
    pictures: Sheet,
    guesses: np.ndarray,
    labels: np.ndarray,
    colours: Colours,
    px: float,
    lit: int | None = None,
) -> None:
    """Draw the wall: right ones quiet, wrong ones framed with the guess at the corner.

    Parameters
    ----------
    pictures : Sheet
    guesses, labels : ndarray of int, shape (n,)
    px : float
        Size of the tags.
    lit : int or None
        The picture the pointer is on.
    """
    rows, columns = pictures.full.shape[:2]
    is_wrong = guesses != labels
    wrong = np.flatnonzero(is_wrong)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(rect, _wall(pictures, is_wrong.tobytes()))
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
    found = cell_at(rect, point, rows, columns)
    return None if found is None else found[0] * columns + found[1]
