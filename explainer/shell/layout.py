"""Where the parts of the window stand, as a pure function of its size."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

# Below this many design pixels of width the right column becomes a sheet under the stage.
SHEET_BELOW = 1200


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles of the parts, in window pixels.

    Attributes
    ----------
    scale, type : float
        Screen pixels per design pixel: of bars and buttons, and of what is read.
    rail, sheet : bool
        Whether the contents are folded, and whether the narration lies under the stage.
    """

    scale: float
    type: float
    rail: bool
    sheet: bool
    topbar: QRect
    contents: QRect
    stage: QRect
    narration: QRect
    transport: QRect


def arrange(width: int, height: int, font_scale: float, wants_open: bool, code: bool) -> Places:
    """Return the places of all parts.

    Parameters
    ----------
    width, height : int
        Of the window, in pixels.
    font_scale : float
        1-2; what is read follows it fully, bars only as far as the stage keeps its room.
    wants_open : bool
        Whether the contents should be open where there is room.
    code : bool
        Whether the code pane is open, which needs a wider column.
    """
    room = max(1.0, min(width / 1600, height / 900))
    scale = min(room * font_scale, max(room, min(width / 1024, height / 700)))
    type_scale = room * font_scale

    def px(design: float) -> int:
        return round(design * scale)

    wide = width / scale
    sheet = wide < SHEET_BELOW
    # Code needs width; the contents give way to it before the stage does.
    rail = not wants_open or wide < (1800 if code else 1500)
    top = px(52)
    foot = px(104 if sheet else 128)
    side = px((56 if sheet else 64) if rail else 216)
    middle = height - top - foot
    if sheet:
        share = 0.46 if code else min(0.42, 0.24 * max(1.0, type_scale / scale))
        lower = max(px(156), round(middle * share)) if code or type_scale > scale else px(156)
        stage = QRect(side, top, width - side, middle - lower)
        narration = QRect(side, stage.bottom() + 1, width - side, lower)
    else:
        column = px(320 if wide < 1500 else 344)
        # Larger type widens the column, up to where the stage would lose its shape.
        column = min(round(column * max(1.0, type_scale / scale)), round(width * 0.36))
        if code:
            # Lines of code wrap; the stage keeps the room that its numbers need.
            column = max(column, min(px(460), round(width * 0.34)))
        stage = QRect(side, top, width - side - column, middle)
        narration = QRect(width - column, top, column, middle)
    return Places(
        scale=scale,
        type=type_scale,
        rail=rail,
        sheet=sheet,
        topbar=QRect(0, 0, width, top),
        contents=QRect(0, top, side, middle),
        stage=stage,
        narration=narration,
        transport=QRect(0, height - foot, width, foot),
    )
