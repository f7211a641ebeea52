"""The diamonds on true cells: where one stands beside its number, and what the two kinds mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.attention import words
from explainer.stage.chips import RIM, draw_diamond
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import SEMIBOLD, width, write

_LEAST, _CAPITALS = 3.2, 0.37  # size of a mark; half the height of a figure at size 1


def mark_of(box: QRectF, px: float) -> tuple[QPointF, float]:
    """Return the centre and the size of the mark in a cell's corner, clear of its number.

    Parameters
    ----------
    px : float
        Size of the number in the middle of the cell.
    """
    above = box.height() / 2 - _CAPITALS * px
    beside = (box.width() - width("0.00", px, SEMIBOLD)) / 2
    size = max(min(box.width(), box.height()) * 0.12, 4.5)
    size = max(min(size, max(above, beside) / 2 - RIM), _LEAST)
    off = size + RIM
    return QPointF(box.right() - off, box.top() + off), size


def draw_marks_legend(
    painter: QPainter, frame: Frame, line: QRectF, colours: Colours, px: float, more: str = ""
) -> None:
    """Say what a filled and a hollow diamond mean; `more` follows where it has room."""
    size = min(0.44 * px, 8.0)
    parts = [(frame.say(words.FOUND), True), (frame.say(words.MISSED), False)]
    lead, gap = 3.2 * size, 1.1 * px
    wide = sum(lead + width(text, px) + gap for text, _ in parts)
    x = line.x()
    for text, is_filled in parts:
        centre = QPointF(x + size, line.center().y())
        draw_diamond(painter, centre, size, colours, is_filled)
        box = QRectF(x + lead, line.y(), width(text, px) + 2, line.height())
        write(painter, box, text, px, colours.muted)
        x = box.right() + gap
    if more and wide + width(more, px) < line.width():
        box = QRectF(x, line.y(), line.right() - x, line.height())
        write(painter, box, more, px, colours.muted)
