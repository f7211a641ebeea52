"""What is in the light: one map with its kernels and pushes, one digit, one cell's field."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.draw.flows import bar_ends
from explainer.concepts.cnn.draw.layout import DrawLayout, left_of, right_of
from explainer.concepts.cnn.draw.maps import NAMES
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.heatmap import draw_maps, outline
from explainer.stage.ribbons import draw_link, draw_ribbon


def draw_lit(
    painter: QPainter,
    layout: DrawLayout,
    frame: Frame,
    colours: Colours,
    lit: tuple[Any, ...],
) -> None:
    """Draw the incoming edges of one map, with their kernels, and what it pushes onwards."""
    name, index = str(lit[0]), int(lit[1])
    if name == "conv2":
        _draw_channels(painter, layout, frame, colours, index)
    elif name == "conv1":
        _draw_first_kernel(painter, layout, frame, colours, index)
    else:
        source, tile = layout.tiles["conv" + name[-1]][index], layout.tiles[name][index]
        _draw_handed_on(painter, source, tile, colours, (0.35, 0.5))
    if name == "conv2":
        source, tile = layout.tiles["conv2"][index], layout.tiles["pool2"][index]
        _draw_handed_on(painter, source, tile, colours, (0.30, 0.30))
    if name[-1] == "2":
        pushes = frame.answer.map_shares[:, index]  # (10,)
        start = right_of(layout.tiles["pool2"][index])
        ends = [(start, left_of(end)) for end in bar_ends(layout)]
        _draw_pushes(painter, frame, colours, pushes, ends)


def draw_pushers(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, digit: int
) -> None:
    """Draw what every pooled map gives to one digit."""
    pushes = frame.answer.map_shares[digit]  # (16,)
    end = left_of(bar_ends(layout)[digit])
    ends = [(right_of(tile), end) for tile in layout.tiles["pool2"]]
    _draw_pushes(painter, frame, colours, pushes, ends)


def draw_field(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    """Frame, on the preview, what the hovered cell depends on."""
    if len(frame.hover) != 4 or frame.answer is None or frame.hover[0] not in NAMES:
        return
    name, _, row, column = frame.hover
    field = frame.answer.fields[str(name)]
    (top, side), (left, _) = field.span(int(row)), field.span(int(column))
    unit = layout.preview.width() / 28
    box = QRectF(
        layout.preview.x() + left * unit, layout.preview.y() + top * unit, side * unit, side * unit
    )
    outline(painter, box, colours)


def _draw_channels(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, index: int
) -> None:
    kernels = frame.snapshot.weights["conv2.weight"]  # (maps out, maps in, k, k)
    peak = float(np.abs(kernels).max())
    flow = np.abs(frame.answer.conv2_terms[index]).mean(axis=(1, 2))
    flow = flow / (flow.max() or 1.0)
    end = left_of(layout.tiles["conv2"][index])
    boxes = []
    # Opaque, here and below: what lets shine through costs twice as much and more (measured).
    for source, kernel, of_most in zip(layout.tiles["pool1"], kernels[index], flow, strict=True):
        start, thick = right_of(source), 3 + 12 * float(of_most)
        colour = colours.solid("weight", 1 if kernel.sum() >= 0 else -1)
        ends = (start, thick, end, max(2.0, thick / 3))
        draw_ribbon(painter, *ends, colours.over(colour, 0.6), (1, 1))
        side = 27 * min(layout.room.type, 1.15)
        boxes.append(QRectF(start.x() + 8, start.y() - side / 2, side, side))
    _draw_kernels(painter, boxes, kernels[index], peak, colours)


def _draw_first_kernel(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, index: int
) -> None:
    kernels = frame.snapshot.weights["conv1.weight"]  # (maps, 1, k, k)
    kernel = kernels[index]  # (1, k, k)
    start, end = right_of(layout.preview), left_of(layout.tiles["conv1"][index])
    colour = colours.solid("weight", 1 if kernel.sum() >= 0 else -1)
    draw_ribbon(painter, start, 6, end, 14, colour, (0.7, 0.5))
    box = QRectF(end.x() - 38, end.y() - 15, 30, 30)
    _draw_kernels(painter, [box], kernel, float(np.abs(kernels).max()), colours)


def _draw_kernels(
    painter: QPainter, boxes: list[QRectF], kernels: np.ndarray, peak: float, colours: Colours
) -> None:
    """Draw kernels, (n, k, k), into boxes of their own."""
    draw_maps(painter, boxes, kernels, peak, "weight", colours)
    painter.setPen(QPen(colours.ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRects(boxes)


def _draw_handed_on(
    painter: QPainter, source: QRectF, tile: QRectF, colours: Colours, alpha: tuple[float, float]
) -> None:
    ends = (right_of(source), source.height() * 0.8, left_of(tile), tile.height() * 0.8)
    draw_ribbon(painter, *ends, colours.amber, alpha)


def _draw_pushes(
    painter: QPainter,
    frame: Frame,
    colours: Colours,
    pushes: np.ndarray,
    ends: list[tuple[QPointF, QPointF]],
) -> None:
    """Draw what pushes digits up and pulls them down, the strongest on top."""
    most = float(np.abs(frame.answer.map_shares).max()) or 1.0
    for place in np.argsort(np.abs(pushes)).tolist():
        push = float(pushes[place])
        colour = colours.over(colours.solid("signed", 1 if push >= 0 else -1), 0.65)
        draw_link(painter, *ends[place], colour, 1.0 + 11.0 * abs(push) / most)
