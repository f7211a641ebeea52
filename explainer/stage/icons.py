"""Icons from SVG files, tinted with a theme's colour."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


def icon(svg_path: Path, colour: QColor, px: float, ratio: float = 1.0) -> QPixmap:
    """Return an icon in one colour.

    Parameters
    ----------
    svg_path : Path
        A file drawn in `currentColor`, which QtSvg alone would render black.
    colour : QColor
    px : float
        Side in logical pixels.
    ratio : float
        Device pixels per logical pixel.

    Raises
    ------
    OSError
        If the file cannot be read or is no SVG.
    """
    return _tinted(svg_path, colour.name(), round(px), ratio)


@lru_cache(maxsize=512)
def _tinted(svg_path: Path, colour: str, px: int, ratio: float) -> QPixmap:
    source = svg_path.read_text(encoding="utf-8").replace("currentColor", colour)
    # The set is drawn with strokes of 2 on a 24 grid; 1.75 matches the weight of the type.
    source = source.replace('stroke-width="2"', 'stroke-width="1.75"')
    renderer = QSvgRenderer(QByteArray(source.encode()))
    if not renderer.isValid():
        raise OSError(f"{svg_path.name} is not a readable SVG")
    side = max(1, round(px * ratio))
    result = QPixmap(side, side)
    result.fill(Qt.GlobalColor.transparent)
    with QPainter(result) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, side, side))
    result.setDevicePixelRatio(ratio)
    return result
