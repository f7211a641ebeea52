"""Opening a person's file as a cloud of points: the only place where Qt reads one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from explainer.concepts.gan.plane.own_points import from_picture, from_table, refusal

_SIDE = 200  # pixels of a picture's longer side, as it is read
_MOST_MB = 5  # of a table
_ENCODINGS = ("utf-8-sig", "cp949")


def open_points(path: str) -> np.ndarray:
    """Return the points in a file, (n, 2), fitted to the plane.

    A picture is scaled down while it is read, so that its size does not matter.

    Raises
    ------
    Problem
        If there are none in it, or it cannot be read.
    """
    name = Path(path).name
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    if reader.canRead():
        size = reader.size()
        if size.isValid() and max(size.width(), size.height()) > _SIDE:
            reader.setScaledSize(
                size.scaled(QSize(_SIDE, _SIDE), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(
                    QSize(1, 1)
                )
            )
        # A picture of 10,000 x 10,000 is larger than what Qt gives a picture unless told.
        QImageReader.setAllocationLimit(1024)
        image = reader.read()
        if image.isNull():
            raise refusal("unread", name)
        return from_picture(_grey(image), name)
    return from_table(_text(Path(path), name), name)


def _grey(image: QImage) -> np.ndarray:
    """Return a picture as (rows, columns) uint8; what is transparent is white."""
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)
    with QPainter(flat) as painter:
        painter.drawImage(0, 0, image)
    grey = flat.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()


def _text(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > _MOST_MB * 2**20:
            raise refusal("large", name, most=_MOST_MB)
        data = path.read_bytes()
    except OSError as error:
        raise refusal("unread", name) from error
    if b"\0" in data:
        raise refusal("foreign", name)
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal("foreign", name)
