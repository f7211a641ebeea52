"""Where the parts of the side-by-side scene lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.concepts.gan.side_by_side.settings import SIDES, SideName
from explainer.stage.frame import Frame, Room

MARGIN, GAP = 28.0, 24.0
_TOP, _HEAD, _LINE = 12.0, 32.0, 24.0
_LEAST_CENTRE, _GROWS = 306.0, 150.0  # of the middle column, and by how much with the type
_HIGHEST = 386.0
_MOST_PLOTS = 1.05  # with larger type, one plot a side
GUTTER = 46.0  # left of a plot, for what its height says


@dataclass(frozen=True, slots=True, eq=False)
class DuelLayout:
    """Rectangles in design units.

    Parameters
    ----------
    heads, planes : mapping of side to QRectF
        What a side is called, and its plane under it; both planes are as large.
    legend, scale : QRectF
        The lines under the planes: marks under the left, the ramp of verdicts under the right.
    losses, history : mapping of side to QRectF
        Plots, without what is written round them; `losses` are empty where only one has room.
    centre : QRectF
        The column between the planes.
    """

    room: Room
    heads: Mapping[SideName, QRectF]
    planes: Mapping[SideName, QRectF]
    legend: QRectF
    scale: QRectF
    losses: Mapping[SideName, QRectF]
    history: Mapping[SideName, QRectF]
    centre: QRectF


def focus(frame: Frame) -> str:
    """Return what the step looks at: same, critic, calm, pull, modes or own."""
    return str(frame.knobs.get("focus", "same"))


def duel_layout(frame: Frame, room: Room) -> DuelLayout:
    """Return the layout: a plane at either side with its curves under it, numbers between."""
    t = room.type
    inner = room.width - 2 * MARGIN
    centre = _LEAST_CENTRE + _GROWS * (t - 1)
    side = min((inner - 2 * GAP - centre) / 2, _HIGHEST)
    top = _TOP + _HEAD * t
    lefts = {"left": MARGIN, "right": MARGIN + inner - side}
    planes = {name: QRectF(lefts[name], top, side, side) for name in SIDES}
    heads = {name: QRectF(lefts[name], _TOP, side, _HEAD * t - 6) for name in SIDES}
    under = top + side + 5
    line = _LINE * t
    plot_top = under + line + 28 * t
    high = room.height - 12 - 20 * t - plot_top
    losses, history = {}, {}
    for name in SIDES:
        gutter = GUTTER * t
        whole = QRectF(lefts[name] + gutter, plot_top, side - gutter, high)
        if t > _MOST_PLOTS:
            losses[name], history[name] = (
                (whole, QRectF()) if focus(frame) in ("same", "critic") else (QRectF(), whole)
            )
        else:
            half = (whole.width() - gutter - 12) / 2
            losses[name] = QRectF(whole.x(), plot_top, half, high)
            history[name] = QRectF(whole.right() - half, plot_top, half, high)
    middle = QRectF(MARGIN + side + GAP, _TOP, inner - 2 * side - 2 * GAP, room.height - _TOP - 14)
    return DuelLayout(
        room=room,
        heads=heads,
        planes=planes,
        legend=QRectF(lefts["left"], under, side, line),
        scale=QRectF(lefts["right"], under, side, line),
        losses=losses,
        history=history,
        centre=middle,
    )
