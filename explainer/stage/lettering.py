"""Type: the bundled font, its sizes, numbers as they are written, text in rectangles."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter

FAMILY = "Pretendard"
MINUS = "−"

REGULAR = QFont.Weight.Normal
SEMIBOLD = QFont.Weight.DemiBold
BOLD = QFont.Weight.Bold

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def load_fonts(files: tuple[Path, ...]) -> None:
    """Register the bundled fonts; needs an application.

    Raises
    ------
    OSError
        If a file is not a font Qt can read.
    """
    for file in files:
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise OSError(f"{file.name} is not a readable font")


@lru_cache(maxsize=512)
def font(px: float, weight: QFont.Weight = REGULAR) -> QFont:
    """Return the bundled font at a pixel size, with figures of equal width."""
    result = QFont(FAMILY)
    result.setPixelSize(max(1, round(px)))
    result.setWeight(weight)
    result.setFeature(QFont.Tag("tnum"), 1)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


@lru_cache(maxsize=4096)
def width(text: str, px: float, weight: QFont.Weight = REGULAR) -> float:
    """Return how wide a text is, in the units of `px`."""
    return QFontMetricsF(font(px, weight)).horizontalAdvance(text)


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    px: float,
    colour: QColor,
    weight: QFont.Weight = REGULAR,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write one line inside a rectangle; a line that is too long is made smaller, not cut."""
    wide = width(text, px, weight)
    if wide > rect.width() > 0:
        px = max(px * rect.width() / wide, 6)
    painter.setFont(font(px, weight))
    painter.setPen(colour)
    painter.drawText(rect, align.value | Qt.TextFlag.TextDontClip.value, text)


def number(value: float, decimals: int = 2) -> str:
    """Return a number with a real minus, thousands commas and no negative zero."""
    written = f"{value:,.{decimals}f}"
    if float(written.replace(",", "")) == 0:
        written = written.lstrip("-")
    return written.replace("-", MINUS)


def percent(share: float, decimals: int = 1) -> str:
    """Return a share as a percentage; what is not quite 1 is never written as 100."""
    limit = 100 - 0.5 * 10**-decimals
    shown = 100 * share
    if share < 1 and shown >= limit:
        shown = 100 - 10**-decimals
    return f"{number(shown, decimals)} %"
