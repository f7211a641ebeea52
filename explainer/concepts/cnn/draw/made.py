"""How one map is made: what each channel gives, their sum, the bias, ReLU, pooling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.draw.layout import DrawLayout
from explainer.concepts.cnn.draw.opened import Opened, crumbs, opened_map
from explainer.lesson import Text
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Target
from explainer.stage.heatmap import cell, cell_at, draw_map, outline
from explainer.stage.lettering import BOLD, CENTRE, number, write
from explainer.stage.ribbons import draw_link, draw_ribbon

SOURCE = Text("input", "입력")
KERNEL = Text("kernel", "커널")
TERM = Text("its result", "채널 결과")
BIAS = Text("bias", "편향")
AFTER_THE_SUM = {
    "sum": Text("sum + bias", "합 + 편향"),
    "relu": Text("after ReLU", "ReLU 뒤"),
    "pool": Text("after pooling", "풀링 뒤"),
}


@dataclass(frozen=True, slots=True)
class MadeBoxes:
    """Where the parts lie.

    Parameters
    ----------
    rows : tuple of (QRectF, QRectF, QRectF)
        A channel's input, kernel and result.
    maps : mapping of str to QRectF
        By the keys of `AFTER_THE_SUM`.
    """

    rows: tuple[tuple[QRectF, QRectF, QRectF], ...]
    maps: Mapping[str, QRectF]


def made_boxes(layout: DrawLayout, channels: int) -> MadeBoxes:
    """Return rows of channels at the left, then the three maps made of them."""
    zoom = layout.zoom
    top, high = zoom.y() + 84, zoom.height() - 96
    pitch = min(high / channels, 150.0)
    side = min(pitch - 9, 120.0)
    first = top + (high - pitch * channels) / 2
    x, kernel = zoom.x() + 6, side * 0.62
    rows = []
    for i in range(channels):
        y = first + pitch * (i + 0.5) - side / 2
        beside = QRectF(x + side + 22, y + (side - kernel) / 2, kernel, kernel)
        result = QRectF(x + side + kernel + 46, y, side, side)
        rows.append((QRectF(x, y, side, side), beside, result))
    left = x + side * 2.62 + 110
    big = min(230.0, (zoom.right() - left - 90) / 2.5)
    middle = first + pitch * channels / 2
    total = QRectF(left, middle - big / 2, big, big)
    relu = QRectF(left + big + 54, middle - big / 2, big, big)
    pool = QRectF(relu.right() + 36, middle - big / 4, big / 2, big / 2)
    return MadeBoxes(tuple(rows), {"sum": total, "relu": relu, "pool": pool})


def draw_made(
    painter: QPainter, layout: DrawLayout, frame: Frame, reached: float, colours: Colours
) -> None:
    """Draw how a map was made.

    Parameters
    ----------
    reached : float
        Channels shown so far; beyond their number the sum, then ReLU, then pooling appear.
    """
    found = opened_map(frame)
    if found is None:
        return
    t = min(layout.room.type, 1.35)
    boxes = made_boxes(layout, len(found.terms))
    for box, text in zip(boxes.rows[0], (SOURCE, KERNEL, TERM), strict=True):
        head = QRectF(box.center().x() - 55, layout.zoom.y() + 50, 110, 22)
        write(painter, head, frame.say(text), 15 * t, colours.muted, align=CENTRE)
    for channel in range(len(found.terms)):
        painter.setOpacity(0.15 + 0.85 * max(0.0, min(1.0, reached - channel)))
        _draw_channel(painter, found, channel, boxes, colours)
        painter.setOpacity(1.0)
    total = boxes.maps["sum"]
    plus = QRectF(total.left() - 34, total.center().y() - 16, 28, 32)
    write(painter, plus, "+", 26, colours.ink, BOLD, CENTRE)
    for place, (key, box) in enumerate(boxes.maps.items()):
        shown = max(0.0, min(1.0, reached - len(found.terms) - place))
        painter.setOpacity(0.12 + 0.88 * shown)
        if shown > 0:
            draw_map(painter, box, found.maps[key], found.peak, "signed", colours)
        painter.setPen(QPen(colours.ink, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        head = QRectF(box.center().x() - 80, box.top() - 30, 160, 24)
        said = frame.say(AFTER_THE_SUM[key])
        write(painter, head, said, 15 * t, colours.muted, align=CENTRE)
        if key == "sum":
            under = QRectF(box.x(), box.bottom() + 8, box.width(), 24)
            bias = f"{frame.say(BIAS)} {number(found.bias, 3)}"
            write(painter, under, bias, 16 * t, colours.ink, align=CENTRE)
        painter.setOpacity(1.0)
    for left, right in (("sum", "relu"), ("relu", "pool")):
        y = total.center().y()
        ends = QPointF(boxes.maps[left].right() + 6, y), QPointF(boxes.maps[right].left() - 6, y)
        draw_link(painter, *ends, colours.muted, 2)
    if len(frame.hover) == 4 and frame.hover[:2] == frame.selection[:2]:
        for key in ("sum", "relu"):
            at = int(frame.hover[2]), int(frame.hover[3])
            outline(painter, cell(boxes.maps[key], *at, *found.maps["sum"].shape), colours)


def _draw_channel(
    painter: QPainter, found: Opened, channel: int, boxes: MadeBoxes, colours: Colours
) -> None:
    """Draw what comes in, the kernel, what the channel gives, and its way to the sum."""
    source, kernel, term = boxes.rows[channel]
    gives, total = found.terms[channel], boxes.maps["sum"]
    draw_map(painter, source, found.source[channel], found.source_peak, "signed", colours)
    draw_map(painter, kernel, found.kernels[channel], found.weight_peak, "weight", colours)
    draw_map(painter, term, gives, found.peak, "signed", colours)
    painter.setPen(QPen(colours.faint, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRects([source, kernel, term])
    start = QPointF(term.right() + 4, term.center().y())
    end = QPointF(total.left() - 34, total.center().y())
    thick = 5 + 60 * float(np.abs(gives).mean()) / (found.peak or 1.0)
    colour = colours.solid("signed", 1 if float(gives.sum()) >= 0 else -1)
    draw_ribbon(painter, start, thick, end, thick / 3, colour, (0.30, 0.55))


def hit_made(layout: DrawLayout, frame: Frame, point: QPointF) -> Target:
    """Return the pixel of the opened map under a point, or a level of the path."""
    for box, _, target in crumbs(layout, frame)[:-1]:
        if box.contains(point):
            return ("up", *target)
    found = opened_map(frame)
    if found is None:
        return ()
    boxes = made_boxes(layout, len(found.terms))
    for key in ("sum", "relu"):
        at = cell_at(boxes.maps[key], point, *found.maps["sum"].shape)
        if at is not None:
            return (*frame.selection[:2], *at)
    return ()
