"""A formula as a run of pieces, each with its colour, some of them lowered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, width, write

SUB_SIZE, SUB_DROP = 0.7, 0.34  # of the formula's own size
# The bundled font has no floor brackets, and another font's cannot be trusted to be there.
FLOOR = ("⌊", "⌋")
FLOOR_WIDE, FLOOR_HIGH = 0.34, 1.1


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a formula.

    Parameters
    ----------
    text : str
        An opening or closing floor bracket, "⌊" or "⌋", must be a piece of its own.
    colour : QColor
    weight : QFont.Weight
    is_sub : bool
        Whether it is a subscript.
    """

    text: str
    colour: QColor
    weight: QFont.Weight = REGULAR
    is_sub: bool = False

    def width(self, px: float) -> float:
        """Return how wide it is in a formula of that size."""
        if self.text in FLOOR:
            return px * FLOOR_WIDE
        return width(self.text, px * (SUB_SIZE if self.is_sub else 1), self.weight)


def floored(inside: str, colour: QColor) -> tuple[Piece, ...]:
    """Return an expression in floor brackets."""
    return Piece(FLOOR[0], colour), Piece(inside, colour), Piece(FLOOR[1], colour)


def draw_formula(
    painter: QPainter,
    rect: QRectF,
    pieces: Sequence[Piece],
    px: float,
    align: Qt.AlignmentFlag = CENTRE,
) -> None:
    """Write a formula in a rectangle, centred or at its right end, smaller where it must be."""
    wide = sum(piece.width(px) for piece in pieces)
    if wide > rect.width():
        px *= rect.width() / wide
        wide = sum(piece.width(px) for piece in pieces)
    x = rect.right() - wide if align == RIGHT else rect.center().x() - wide / 2
    for piece in pieces:
        size = px * (SUB_SIZE if piece.is_sub else 1)
        drop = px * SUB_DROP if piece.is_sub else 0
        if piece.text in FLOOR:
            _draw_bracket(painter, x, rect.center().y(), px, piece)
            x += piece.width(px)
            continue
        box = QRectF(x, rect.y() + drop, piece.width(px) + 1, rect.height())
        write(painter, box, piece.text, size, piece.colour, piece.weight)
        x += piece.width(px)


def _draw_bracket(painter: QPainter, x: float, middle: float, px: float, piece: Piece) -> None:
    """Draw a floor bracket, its foot pointing inwards."""
    left, right = x + 0.08 * px, x + (FLOOR_WIDE - 0.08) * px
    stem, foot = (left, right) if piece.text == FLOOR[0] else (right, left)
    top, bottom = middle - FLOOR_HIGH * px / 2, middle + FLOOR_HIGH * px / 2
    painter.setPen(QPen(piece.colour, px / 14))
    corners = [QPointF(stem, top), QPointF(stem, bottom), QPointF(foot, bottom)]
    painter.drawPolyline(QPolygonF(corners))
