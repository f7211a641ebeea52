"""Where the uses scene's pictures lie."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.stage.frame import Frame, Room

MARGIN = 28.0


@dataclass(frozen=True, slots=True)
class UsesLayout:
    """Rectangles in design units.

    Parameters
    ----------
    body : QRectF
        All that a picture may use.
    head : float
        How high a part's title is.
    pad, buttons : QRectF
        Empty where nothing is drawn by hand.
    """

    room: Room
    body: QRectF
    head: float
    pad: QRectF
    buttons: QRectF


def uses_layout(frame: Frame, room: Room) -> UsesLayout:
    """Return the room within its margins, and in one picture the pad."""
    body = QRectF(MARGIN, 16, room.width - 2 * MARGIN, room.height - 32)
    head = 34 * min(room.type, 1.35)
    if shown(frame) != "pad":
        return UsesLayout(room, body, head, QRectF(), QRectF())
    side = min(0.43 * body.width(), body.height() - head - 70)
    pad = QRectF(body.x(), body.y() + head + 8, side, side)
    buttons = QRectF(pad.right() - 92, body.y() + (head - 40) / 2, 92, 40)
    return UsesLayout(room, body, head, pad, buttons)


def shown(frame: Frame) -> str:
    """Return which picture is on the stage."""
    return str(frame.knobs.get("picture", "hole"))


def whole(frame: Frame, knob: str, default: int) -> int:
    """Return a knob's whole number."""
    return int(frame.knobs.get(knob, default))  # type: ignore[arg-type]
