"""Where the style scene's pictures lie."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.stage.frame import Frame, Room

MARGIN = 28.0


@dataclass(frozen=True, slots=True)
class StyleLayout:
    """Rectangles in design units.

    Parameters
    ----------
    body : QRectF
        All that a picture may use.
    head : float
        How high a part's title is.
    """

    room: Room
    body: QRectF
    head: float


def style_layout(room: Room) -> StyleLayout:
    """Return the room within its margins."""
    body = QRectF(MARGIN, 16, room.width - 2 * MARGIN, room.height - 32)
    return StyleLayout(room, body, 30 * min(room.type, 1.35))


def shown(frame: Frame) -> str:
    """Return which picture is on the stage."""
    return str(frame.knobs.get("picture", "clouds"))


def whole(frame: Frame, knob: str, default: int = 0) -> int:
    """Return a knob's whole number."""
    return int(frame.knobs.get(knob, default))  # type: ignore[arg-type]
