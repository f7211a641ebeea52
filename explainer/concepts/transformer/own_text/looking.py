"""Which tokens a token looks at: one head's map, all heads beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.own_text import words
from explainer.concepts.transformer.own_text.layout import OwnTextLayout
from explainer.concepts.transformer.own_text.pieces import written
from explainer.concepts.transformer.own_text.probe import Attention
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell_at, draw_legend, draw_map, outline
from explainer.stage.lettering import LEFT, REGULAR, RIGHT, SEMIBOLD, number, width, write

_LISTED = 5  # keys of the row looked at


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles in design units.

    Parameters
    ----------
    whole : QRectF
        The map; each token's name stands right of its diagonal cell, where no one may look.
    small : tuple of tuple of QRectF
        A map a head, a row a layer.
    list : QRectF
        What the row looked at sees most.
    """

    whole: QRectF
    small: tuple[tuple[QRectF, ...], ...]
    list: QRectF


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: the map is there at once."""
    return (Beat("weights", 0.0),)


def head_of(frame: Frame) -> tuple[int, int]:
    """Return the layer and the head looked at, from 0."""
    layers, heads = frame.answer.weights.shape[:2]
    layer, head = frame.knobs.get("layer", 0), frame.knobs.get("head", 0)
    return min(int(layer), layers - 1), min(int(head), heads - 1)


def row_of(frame: Frame) -> int:
    """Return the query looked at: pointed at, chosen, or the last."""
    count = len(frame.answer.pieces)
    for target in (frame.hover, frame.selection):
        if target[:1] == ("cell",) and int(target[1]) < count:
            return int(target[1])
    return count - 1


def places(layout: OwnTextLayout, frame: Frame) -> Places:
    """Return where all lies."""
    answer: Attention = frame.answer
    t, body = layout.room.type, layout.body
    name = max(width(written(piece), 15 * t) for piece in answer.pieces[-1:]) + 16
    side = min(body.height() - 34 * t - 58 * t, 0.56 * body.width() - name)
    whole = QRectF(body.x(), body.y() + 34 * t, side, side)
    x = whole.right() + max(name, 40.0) + 24
    layers, heads = answer.weights.shape[:2]
    tag, gap = 70 * t, 12.0
    small = min((body.right() - x - tag - gap * (heads - 1)) / heads, 92.0)
    rows = tuple(
        tuple(
            QRectF(x + tag + head * (small + gap), body.y() + 34 * t + layer * (small + gap),
                   small, small)
            for head in range(heads)
        )
        for layer in range(layers)
    )  # fmt: skip
    below = rows[-1][0].bottom() + 28 * t
    return Places(whole, rows, QRectF(x, below, body.right() - x, body.bottom() - below))


def draw_still(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    """Draw the map, the small maps, and what the row looked at sees most."""
    answer: Attention = frame.answer
    t, body, at = layout.room.type, layout.body, places(layout, frame)
    layer, head = head_of(frame)
    weights = answer.weights[layer, head]
    title = QRectF(body.x(), body.y() - 2, at.whole.width() + 40, 28 * t)
    said = frame.say(words.HEAD, layer=layer + 1, head=head + 1)
    write(painter, title, said, 18 * t, colours.ink, SEMIBOLD)
    _draw_whole(painter, at.whole, frame, weights, colours, t)
    bar = QRectF(at.whole.x(), at.whole.bottom() + 8, min(at.whole.width(), 200 * t), 48 * t)
    draw_legend(painter, bar, frame.say(words.WEIGHT), 0, 1, "magnitude", colours, 14 * t)
    _draw_small(painter, layout, frame, at, colours)
    _draw_list(painter, frame, at.list, weights, colours, t)


def _draw_whole(
    painter: QPainter, rect: QRectF, frame: Frame, weights: np.ndarray, colours: Colours, t: float
) -> None:
    pieces, row = frame.answer.pieces, row_of(frame)
    count = len(pieces)
    side = rect.width() / count
    draw_map(painter, rect, weights, 1.0, "magnitude", colours)
    # Where no token may look nothing is drawn: that is not a weight of zero.
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.background)
    for place in range(count - 1):
        painter.drawRect(QRectF(rect.x() + (place + 1) * side, rect.y() + place * side,
                                rect.width() - (place + 1) * side + 1, side))  # fmt: skip
    px = min(15 * t, 0.86 * side)
    for place, piece in enumerate(pieces):
        is_row = place == row
        x = rect.x() + (place + 1) * side + 6
        box = QRectF(x, rect.y() + place * side, width(written(piece), px, SEMIBOLD) + 4, side)
        ink = colours.amber_text if is_row else colours.ink
        write(painter, box, written(piece), px, ink, SEMIBOLD if is_row else REGULAR, LEFT)
    looked = QRectF(rect.x(), rect.y() + row * side, (row + 1) * side, side)
    outline(painter, looked, colours, 2.2)


def _draw_small(
    painter: QPainter, layout: OwnTextLayout, frame: Frame, at: Places, colours: Colours
) -> None:
    t, chosen = layout.room.type, head_of(frame)
    for layer, row in enumerate(at.small):
        box = QRectF(at.list.x(), row[0].y(), 64 * t, row[0].height())
        said = frame.say(words.LAYER, layer=layer + 1)
        write(painter, box, said, 15 * t, colours.muted)
        for head, rect in enumerate(row):
            draw_map(painter, rect, frame.answer.weights[layer, head], 1.0, "magnitude", colours)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colours.line)
            painter.drawRect(rect)
            if (layer, head) == chosen or frame.hover == ("head", layer, head):
                outline(painter, rect, colours, 2.4)


def _draw_list(
    painter: QPainter, frame: Frame, rect: QRectF, weights: np.ndarray, colours: Colours, t: float
) -> None:
    pieces, row = frame.answer.pieces, row_of(frame)
    title = frame.say(words.LOOKS, token=written(pieces[row]))
    write(painter, QRectF(rect.x(), rect.y(), rect.width(), 26 * t), title, 16 * t, colours.ink,
          SEMIBOLD)  # fmt: skip
    seen = weights[row, : row + 1]
    high = min(32 * t, (rect.height() - 34 * t) / _LISTED)
    label, end = 104 * t, 58 * t
    for place, key in enumerate(np.argsort(-seen, kind="stable")[:_LISTED].tolist()):
        y = rect.y() + 34 * t + place * high
        name = QRectF(rect.x(), y, label - 10, high)
        write(painter, name, written(pieces[key]), 15 * t, colours.ink, REGULAR, RIGHT)
        wide = (rect.width() - label - end) * float(seen[key])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.solid("magnitude"))
        painter.drawRoundedRect(
            QRectF(rect.x() + label, y + 0.24 * high, max(wide, 1.5), 0.52 * high), 3, 3
        )
        box = QRectF(rect.x() + label + wide + 8, y, end, high)
        write(painter, box, number(float(seen[key]), 2), 14 * t, colours.muted)


def draw_moving(
    painter: QPainter, layout: OwnTextLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing: a map is there at once."""


def hit(layout: OwnTextLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("cell", row, column) or ("head", layer, head)."""
    at = places(layout, frame)
    count = len(frame.answer.pieces)
    found = cell_at(at.whole, point, count, count)
    if found is not None:
        return ("cell", *found)
    for layer, row in enumerate(at.small):
        for head, rect in enumerate(row):
            if rect.contains(point):
                return ("head", layer, head)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the weight of the cell looked at."""
    answer: Attention = frame.answer
    target = frame.hover if frame.hover[:1] == ("cell",) else frame.selection
    if target[:1] != ("cell",):
        return None
    row, column = (min(int(place), len(answer.pieces) - 1) for place in target[1:3])
    if column > row:
        return None
    value = float(answer.weights[(*head_of(frame), row, column)])
    rows = ((frame.say(words.WEIGHT), number(value, 3)),)
    return Lens(f"{written(answer.pieces[row])} → {written(answer.pieces[column])}", rows)
