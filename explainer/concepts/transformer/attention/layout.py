"""Where the sentence and the picture lie, and what every picture's matrices share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from explainer.concepts.transformer.notice import Notice, below, notice_in
from explainer.concepts.transformer.sentence_view import field_in
from explainer.stage.colours import Colours, RampName
from explainer.stage.frame import Frame, Room
from explainer.stage.heatmap import draw_grid, draw_map
from explainer.stage.lettering import REGULAR, RIGHT, SEMIBOLD, number, width, write

MARGIN = 32.0
BOTTOM = 704.0
READABLE = 0.88  # of its size, below which a number is left out


@dataclass(frozen=True, slots=True)
class AttentionLayout:
    """Rectangles in design units.

    Attributes
    ----------
    room : Room
    field, another : QRectF
        The sentence, and the button for another one.
    notice : Notice or None
        What is said of a sentence that is not read as it was written.
    body : QRectF
        What is left for the picture.
    """

    room: Room
    field: QRectF
    another: QRectF
    body: QRectF
    notice: Notice | None = None


def attention_layout(frame: Frame, room: Room) -> AttentionLayout:
    """Return the layout of any picture of the scene."""
    wide = room.width - 2 * MARGIN
    field, another = field_in(frame, room)
    notice = notice_in(frame, room, field, another)
    top = below(field, notice) + 18
    body = QRectF(MARGIN, top, wide, BOTTOM - top)
    return AttentionLayout(room, field, another, body, notice)


def label_wide(said: Sequence[str], px: float, most: float = 104.0) -> float:
    """Return how wide a column of row names is."""
    return min(max((width(text, px, SEMIBOLD) for text in said), default=0.0) + 14, most)


def write_rows(
    painter: QPainter,
    rect: QRectF,
    said: Sequence[str],
    px: float,
    wide: float,
    colours: Colours,
    lit: int = -1,
) -> None:
    """Write the name of each row left of a matrix, where its rows are high enough."""
    high = rect.height() / len(said)
    size = min(px, high * 0.82)
    if size < 0.8 * px:
        return
    for row, text in enumerate(said):
        box = QRectF(rect.x() - wide, rect.y() + row * high, wide - 9, high)
        ink, weight = (colours.ink, SEMIBOLD) if row == lit else (colours.muted, REGULAR)
        write(painter, box, text, size, ink, weight, RIGHT)


def _lines(said: Sequence[str], px: float, pitch: float) -> int:
    """Return on how many lines names are staggered so that neighbours do not touch."""
    widest = max(width(text, px, SEMIBOLD) for text in said)
    return next((lines for lines in (1, 2) if widest <= lines * pitch - 5), 3)


def write_columns(
    painter: QPainter,
    rect: QRectF,
    said: Sequence[str],
    px: float,
    colours: Colours,
    lit: int = -1,
) -> None:
    """Write the name of each column under a matrix, in turn on up to three lines."""
    pitch = rect.width() / len(said)
    lines = _lines(said, px, pitch)
    for column, text in enumerate(said):
        ink, weight = (colours.ink, SEMIBOLD) if column == lit else (colours.muted, REGULAR)
        middle = rect.x() + (column + 0.5) * pitch
        line = column % lines
        y = rect.bottom() + 3 + line * 1.4 * px
        wide = lines * pitch - 4
        box = QRectF(middle - wide / 2, y, wide, 1.4 * px)
        if line:
            painter.setPen(QPen(colours.line, 1))
            painter.drawLine(QLineF(middle, rect.bottom() + 2, middle, y + 2))
        write(painter, box, text, px, ink, weight, Qt.AlignmentFlag.AlignCenter)


def columns_high(said: Sequence[str], px: float, pitch: float) -> float:
    """Return how much height `write_columns` needs."""
    return 1.4 * px * _lines(said, px, pitch) + 5


def draw_matrix(
    painter: QPainter,
    rect: QRectF,
    values: np.ndarray,
    peak: float,
    ramp: RampName,
    colours: Colours,
    gridded: bool = True,
) -> None:
    """Draw a matrix; cells that may not be looked at, −∞, are hatched."""
    finite = np.isfinite(values)
    draw_map(painter, rect, np.where(finite, values, 0), peak, ramp, colours)
    rows, columns = values.shape
    if gridded:
        draw_grid(painter, rect, rows, columns, colours.line)
    if not finite.all():
        wide, high = rect.width() / columns, rect.height() / rows
        for row, column in np.argwhere(~finite):
            box = QRectF(rect.x() + column * wide, rect.y() + row * high, wide, high)
            painter.fillRect(box, colours.surface)
            hatch = QBrush(colours.wrong, Qt.BrushStyle.BDiagPattern)
            painter.fillRect(box.adjusted(2, 2, -2, -2), hatch)


def _said(values: np.ndarray, decimals: int) -> list[str]:
    return [number(float(v), decimals) if np.isfinite(v) else "−∞" for v in values]


def row_size(rect: QRectF, values: np.ndarray, row: int, px: float, decimals: int) -> float:
    """Return the size, at most `px`, at which one row's numbers fit into their cells."""
    rows, columns = values.shape
    wide, high = rect.width() / columns, rect.height() / rows
    said = _said(values[row], decimals)
    return min(px, high * 0.72, *(px * (wide - 6) / width(text, px) for text in said))


def write_row(
    painter: QPainter,
    rect: QRectF,
    values: np.ndarray,
    row: int,
    peak: float,
    ramp: RampName,
    colours: Colours,
    px: float,
    decimals: int,
) -> None:
    """Write the numbers of one row of a matrix, if they can be read there."""
    size = row_size(rect, values, row, px, decimals)
    if size < READABLE * px:
        return
    rows, columns = values.shape
    wide, high = rect.width() / columns, rect.height() / rows
    known = np.isfinite(values[row])
    inks = colours.inks_on(np.where(known, values[row], 0.0), peak, ramp)
    for column, text in enumerate(_said(values[row], decimals)):
        box = QRectF(rect.x() + column * wide, rect.y() + row * high, wide, high)
        ink = inks[column] if known[column] else colours.wrong
        write(painter, box, text, size, ink, SEMIBOLD, Qt.AlignmentFlag.AlignCenter)


def frame_of(painter: QPainter, rect: QRectF, colours: Colours, thick: float = 2.4) -> None:
    """Frame what is looked at; in ink, since amber is the colour of keys here."""
    thick *= 1.4 if colours.is_projector else 1
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.background, thick + 2.6))
    painter.drawRoundedRect(rect, 3, 3)
    painter.setPen(QPen(colours.ink, thick))
    painter.drawRoundedRect(rect, 3, 3)


def shortened(text: str, px: float, wide: float) -> str:
    """Return a sentence that fits: what an untrained net writes has no end."""
    pieces = text.split(" ")
    while len(pieces) > 1 and width(" ".join(pieces), px, SEMIBOLD) > wide:
        pieces = [*pieces[:-2], "…"]
    return " ".join(pieces)


def row_rect(rect: QRectF, row: int, rows: int) -> QRectF:
    """Return one row of a matrix."""
    high = rect.height() / rows
    return QRectF(rect.x(), rect.y() + row * high, rect.width(), high)


def column_rect(rect: QRectF, column: int, columns: int) -> QRectF:
    """Return one column of a matrix."""
    wide = rect.width() / columns
    return QRectF(rect.x() + column * wide, rect.y(), wide, rect.height())


def row_at(rect: QRectF, point: QPointF, rows: int, left: float = 0.0) -> int | None:
    """Return the row under a point, its name on the left included."""
    if not rect.adjusted(-left, 0, 0, 0).contains(point):
        return None
    return min(int((point.y() - rect.y()) / rect.height() * rows), rows - 1)
