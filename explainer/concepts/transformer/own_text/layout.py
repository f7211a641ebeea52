"""Where the parts of the own-text scene lie."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.concepts.transformer.own_text import words
from explainer.concepts.transformer.own_text.lesson import NEVER_SPOKEN
from explainer.lesson import Text
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import percent, width

MARGIN = 28.0
_FIELDED = ("tokens", "next", "continue", "attention", "limits")
_WRITING = ("continue", "limits")


@dataclass(frozen=True, slots=True, eq=False)
class OwnTextLayout:
    """Rectangles in design units.

    Parameters
    ----------
    field, another : QRectF
        The text field and the button beside it; empty where no text is asked for.
    body : QRectF
        What is left for the picture.
    """

    room: Room
    field: QRectF
    another: QRectF
    body: QRectF


def shown(frame: Frame) -> str:
    """Return which picture is on the stage."""
    return str(frame.knobs.get("picture", "text"))


def typed(frame: Frame) -> str:
    """Return what was typed; what a step itself begins with, in the language in force."""
    text = str(frame.knobs.get("prompt", ""))
    return frame.say(NEVER_SPOKEN) if text == NEVER_SPOKEN.ko else text


def chance_text(share: float) -> str:
    """Return a probability to a tenth of a percent; one that is less is not none."""
    return "<0.1 %" if 0 < share < 0.0005 else percent(share)


def button_text(frame: Frame) -> Text:
    """Return what the button beside the field is called."""
    return words.DRAW_AGAIN if shown(frame) in _WRITING else words.ANOTHER


def own_text_layout(frame: Frame, room: Room) -> OwnTextLayout:
    """Return the layout of any of the scene's pictures."""
    wide, t = room.width - 2 * MARGIN, room.type
    if shown(frame) not in _FIELDED:
        body = QRectF(MARGIN, 20, wide, room.height - 40)
        return OwnTextLayout(room, QRectF(), QRectF(), body)
    button = width(frame.say(button_text(frame)), 15 * t) + 34
    high = 40 * min(t, 1.25)
    field = QRectF(MARGIN, 18, min(wide - button - 12, 700.0), high)
    another = QRectF(field.right() + 12, field.y() + 4, button, high - 8)
    top = field.bottom() + 22
    return OwnTextLayout(room, field, another, QRectF(MARGIN, top, wide, room.height - top - 20))
