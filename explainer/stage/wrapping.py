"""A sentence on several lines, broken at its spaces."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from explainer.stage.lettering import LEFT, REGULAR, width, write

LINE = 1.4  # of the type's size


def wrapped(text: str, px: float, wide: float, weight: QFont.Weight = REGULAR) -> tuple[str, ...]:
    """Return the lines of a text; a word that is wider than a line has one of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, px, weight) <= wide:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def write_wrapped(
    painter: QPainter,
    rect: QRectF,
    text: str,
    px: float,
    colour: QColor,
    weight: QFont.Weight = REGULAR,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Write a text from the top of a rectangle down, smaller where it is too high.

    Returns
    -------
    float
        Where the last line ends.
    """
    lines = wrapped(text, px, rect.width(), weight)
    while len(lines) * LINE * px > rect.height() + 1 and px > 11:
        px -= 0.5
        lines = wrapped(text, px, rect.width(), weight)
    y = rect.y()
    for line in lines:
        write(
            painter, QRectF(rect.x(), y, rect.width(), LINE * px), line, px, colour, weight, align
        )
        y += LINE * px
    return y
