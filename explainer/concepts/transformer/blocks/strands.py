"""The stream of vectors that runs through a stack, one strand a token."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.answers import Floats
from explainer.concepts.transformer.blocks.layout import STRAND, Overview
from explainer.concepts.transformer.blocks.places import BOXES, BRANCHES, Stack
from explainer.concepts.transformer.blocks.probe import Walk
from explainer.concepts.transformer.cuts import LAYERS
from explainer.stage.colours import Colours
from explainer.stage.heatmap import draw_map


def lengths(walk: Walk, stack: Stack) -> Floats:
    """Return the length of every vector on a stream, shape (levels, tokens)."""
    names = [f"{stack}.input"] + [
        f"{stack}.{layer}.residual{number}"
        for layer in range(LAYERS)
        for number in range(1, len(BRANCHES[stack]) + 1)
    ]
    return np.stack([np.linalg.norm(walk.said.tensors[name], axis=1) for name in names])


def longest(walk: Walk) -> float:
    """Return the longest vector on either stream."""
    return max(float(lengths(walk, stack).max()) for stack in BRANCHES)


def draw_stream(
    painter: QPainter,
    map_: Overview,
    stack: Stack,
    walk: Walk,
    peak: float,
    reached: int,
    tokens: int,
    colours: Colours,
) -> None:
    """Draw a stream's strands, one a token, level by level."""
    x, begin, end = map_.streams[stack]
    values = lengths(walk, stack)
    levels, count = values.shape
    wide = min(STRAND * count, 66.0)
    left = x - wide / 2
    adds = [
        map_.boxes[b.name].center().y()
        for b in BOXES.values()
        if b.stack == stack and b.part == "add"
    ]
    ys = [begin, *adds, end]
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.background)
    painter.drawRect(QRectF(left, end, wide, begin - end))
    shown = tokens if stack == "decoder" else count
    done = levels if stack == "decoder" else min(reached, levels)
    if not shown:
        return
    for level in range(done):
        part = QRectF(left, ys[level + 1], wide * shown / count, ys[level] - ys[level + 1])
        draw_map(painter, part, values[level : level + 1, :shown], peak, "magnitude", colours)
