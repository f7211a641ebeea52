"""The strands of both nets: a chain of states in one, looks from layer to layer in the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from explainer.concepts.transformer.parallel.layout import COLUMNS, ParallelLayout
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.heatmap import draw_maps, outline

LOOKED_BY = 0  # the layer in which the chosen word is looked at: a chip is one look away
_FEWEST = 0.12  # attention weights below it are not drawn


def looked_at(frame: Frame) -> int | None:
    """Return the word pointed at or chosen."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("word",) and int(target[1]) < len(frame.answer.source):
            return int(target[1])
    return None


def peak_of(values: np.ndarray) -> float:
    """Return the largest magnitude, at which the colours end."""
    return float(np.abs(values).max()) or 1.0


def chain_rect(layout: ParallelLayout, frame: Frame) -> QRectF:
    """Return what the chain of states covers."""
    assert layout.upper is not None
    lowest = layout.state_rect(0, frame.answer.states.shape[1]).bottom()
    return _between(layout, layout.upper.rects[0].bottom(), lowest)


def layer_rect(layout: ParallelLayout, frame: Frame, layer: int) -> QRectF:
    """Return what a layer covers."""
    assert layout.lower is not None
    count = frame.answer.vectors.shape[2]
    above = layout.vector_rect(layer - 1, 0, count) if layer else layout.lower.rects[0]
    return _between(layout, above.bottom(), layout.vector_rect(layer, 0, count).bottom())


def _between(layout: ParallelLayout, top: float, bottom: float) -> QRectF:
    """Return a stretch of the stage, with room for an outline."""
    return QRectF(layout.body.x() - 8, top, layout.body.width() + 16, bottom - top + 6)


def draw_chain(
    painter: QPainter,
    layout: ParallelLayout,
    frame: Frame,
    places: range,
    grown: float,
    colours: Colours,
) -> None:
    """Draw some states, each with the word that went in and the state it was made from.

    Parameters
    ----------
    places : range
        Of the words whose states are drawn.
    grown : float
        How far, 0..1, they have come.
    """
    row, states, chosen = layout.upper, frame.answer.states, looked_at(frame)
    assert row is not None
    thick = _thick(colours)
    rects = [layout.state_rect(place, states.shape[1]) for place in range(len(states))]
    for place in places:
        centre, y = rects[place].center().x(), rects[place].y()
        enters = colours.amber if place == chosen else colours.ribbon
        _draw_arrow(painter, QPointF(centre, row.rects[place].bottom() + 4),
                    QPointF(centre, y - 4), enters, thick, grown)  # fmt: skip
        if place:
            left = rects[place - 1].center().x()
            path = QPainterPath(QPointF(left + 5, y - 3))
            path.cubicTo(QPointF(left + 12, y - 26), QPointF(centre - 14, y - 26),
                         QPointF(centre - 5, y - 4))  # fmt: skip
            passed = colours.amber if chosen is not None and place > chosen else colours.value
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.over(passed, grown), thick + 0.6))
            painter.drawPath(path)
    some = [rects[place] for place in places]
    _draw_vectors(painter, some, states[list(places)], grown, peak_of(states), colours)
    if chosen is not None and grown >= 1 and len(states) - 1 in places:
        outline(painter, rects[-1], colours, 2.4)


def _thick(colours: Colours) -> float:
    return 3.0 if colours.is_projector else 2.2


def draw_layer(
    painter: QPainter,
    layout: ParallelLayout,
    frame: Frame,
    layer: int,
    colours: Colours,
) -> None:
    """Draw every word's vector at the same moment, and what it took from where."""
    answer, row, chosen = frame.answer, layout.lower, looked_at(frame)
    assert row is not None
    count, last = answer.vectors.shape[2], len(answer.source) - 1
    tops = list(row.rects)
    if layer:
        tops = [layout.vector_rect(layer - 1, place, count) for place in range(last + 1)]
    rects = [layout.vector_rect(layer, place, count) for place in range(last + 1)]
    thick = _thick(colours)
    violet = colours.solid("magnitude")
    for top, rect in zip(tops, rects, strict=True):
        x = rect.center().x()
        _draw_arrow(painter, QPointF(x, top.bottom() + 4), QPointF(x, rect.y() - 4),
                    colours.over(colours.ribbon, 0.7), thick, 1.0)  # fmt: skip
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for query, key in strongest(answer.weights[layer]):
        if query == key:
            continue
        weight = float(answer.weights[layer, query, key])
        alpha = 0.25 if chosen is not None else 0.35 + 0.6 * min(weight, 1.0)
        painter.setPen(QPen(colours.over(violet, alpha), 1.0 + 3.0 * weight))
        painter.drawPath(_look(tops[key], rects[query]))
    looks = chosen is not None and layer == LOOKED_BY
    if looks:
        weight = float(answer.weights[layer, last, chosen])
        painter.setPen(QPen(colours.amber, look_width(weight)))
        painter.drawPath(_look(tops[chosen], rects[last]))
    _draw_vectors(painter, rects, answer.vectors[layer], 1.0, peak_of(answer.vectors), colours)
    if looks:
        outline(painter, rects[last], colours, 2.4)


def look_width(weight: float) -> float:
    """Return how wide the line of a look is: a hair where the weight is next to nothing."""
    return 0.8 + 12.0 * weight


def strongest(weights: np.ndarray, most: int = 2) -> tuple[tuple[int, int], ...]:
    """Return (query, key) of each row's largest weights, the small ones left out."""
    found = []
    for query, line in enumerate(weights):
        for key in np.argsort(-line)[:most]:
            if line[key] >= _FEWEST:
                found.append((query, int(key)))
    return tuple(found)


def _look(top: QRectF, rect: QRectF) -> QPainterPath:
    """Return the line from what is looked at down to the vector that looks."""
    start = QPointF(top.center().x(), top.bottom() + 3)
    end = QPointF(rect.center().x(), rect.y() - 3)
    middle = (start.y() + end.y()) / 2
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x(), middle), QPointF(end.x(), middle), end)
    return path


def _draw_vectors(
    painter: QPainter,
    rects: Sequence[QRectF],
    vectors: np.ndarray,
    grown: float,
    peak: float,
    colours: Colours,
) -> None:
    """Draw vectors as blocks of cells; those still coming are seen through."""
    if not rects:
        return
    maps = vectors.reshape(len(vectors), -1, COLUMNS)
    whole = painter.opacity()
    painter.setOpacity(whole * grown)
    draw_maps(painter, rects, maps, peak, "signed", colours)
    painter.setOpacity(whole)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1))
    painter.drawRects(list(rects))


def _draw_arrow(
    painter: QPainter, start: QPointF, end: QPointF, colour: QColor, thick: float, grown: float
) -> None:
    painter.setPen(QPen(colour, thick))
    painter.drawLine(start, start + grown * (end - start))
