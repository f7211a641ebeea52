"""How widgets beside the picture look: theme, language and sizes in one value."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from explainer.lesson import Language, Text
from explainer.stage.colours import Colours
from explainer.stage.lettering import REGULAR, font


@dataclass(frozen=True, slots=True)
class Look:
    """What every widget of the window is dressed in.

    Parameters
    ----------
    colours : Colours
    language : "ko" or "en"
    scale : float
        Screen pixels per design pixel of bars, buttons and margins.
    type : float
        Screen pixels per design pixel of what is read: narration, knobs, code.
    """

    colours: Colours
    language: Language
    scale: float = 1.0
    type: float = 1.0

    def px(self, design: float) -> int:
        """Return a length in screen pixels."""
        return round(design * self.scale)

    def font(self, design: float, weight: QFont.Weight = REGULAR) -> QFont:
        """Return the font for bars and buttons; never under 14 design pixels."""
        return font(max(14.0, design) * self.scale, weight)

    def reading(self, design: float, weight: QFont.Weight = REGULAR) -> QFont:
        """Return the font for what is read."""
        return font(max(14.0, design) * self.type, weight)

    def say(self, text: Text, **values: object) -> str:
        """Return a text in the language in force."""
        return text.said(self.language, **values)


def ring(painter: QPainter, rect: QRectF, radius: float, look: Look) -> None:
    """Draw the focus ring just inside a rectangle."""
    painter.setBrush(QColor(0, 0, 0, 0))
    painter.setPen(QPen(look.colours.amber, max(2.0, 2.5 * look.scale)))
    inset = max(1.0, 1.25 * look.scale)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
