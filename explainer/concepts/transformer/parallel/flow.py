"""The same words read twice: one state after another, and all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from explainer.concepts.transformer.parallel import words
from explainer.concepts.transformer.parallel.layout import COLUMNS, ParallelLayout, named
from explainer.concepts.transformer.parallel.probe import BothWays
from explainer.concepts.transformer.parallel.scale import draw_scale
from explainer.stage.chips import Row, draw_chip
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import draw_maps, outline
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, width, write
from explainer.stage.motion import share

START, PITCH, GROWING = 0.5, 0.55, 0.4  # seconds; a word takes PITCH
_REST = 0.8
LOOKED_BY = 0  # the layer in which the chosen word is looked at: a chip is one look away
_FEWEST = 0.12  # attention weights below it are not drawn


def read_at(place: int) -> float:
    """Return when a step in a row begins: the GRU's word of that place, or a layer's."""
    return START + place * PITCH


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a beat for each word the GRU reads, and the end."""
    count = len(frame.answer.source)
    read = [
        Beat("word", read_at(i), frame.say(words.WORD, n=i + 1, count=count)) for i in range(count)
    ]
    end = Beat("end", read_at(count - 1) + GROWING + _REST, frame.say(words.WORD, n=count,
               count=count))  # fmt: skip
    return (Beat("start", 0.0), *read, end)


def come(frame: Frame, place: int, time: float) -> float:
    """Return how far, 0..1, a step in a row has come."""
    if time < read_at(place):
        return 0.0
    return share(time, read_at(place), 0.0 if frame.reduced else GROWING)


def looked_at(frame: Frame) -> int | None:
    """Return the word pointed at or chosen."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("word",) and int(target[1]) < len(frame.answer.source):
            return int(target[1])
    return None


def draw_still(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    """Draw titles, chips and what the colours mean."""
    t, chosen = layout.room.type, looked_at(frame)
    for row, title in ((layout.upper, words.RECURRENT), (layout.lower, words.AT_ONCE)):
        assert row is not None
        line = _head(layout, row)
        write(painter, line, frame.say(title), 18 * t, colours.ink, SEMIBOLD)
        for place in range(len(row.rects)):
            draw_chip(painter, row, place, colours, lit=place == chosen)
    _draw_legend(painter, layout, frame, colours)


def _head(layout: ParallelLayout, row: Row) -> QRectF:
    t, body = layout.room.type, layout.body
    return QRectF(body.x(), row.rects[0].y() - 34 * t, body.width(), 26 * t)


def peak_of(values: np.ndarray) -> float:
    """Return the largest magnitude, at which the colours end."""
    return float(np.abs(values).max()) or 1.0


def _draw_legend(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    """Draw a colour bar with its ends for each net, in one line."""
    t, answer = layout.room.type, frame.answer
    for place, (said, values) in enumerate(
        ((words.STATE, answer.states), (words.VECTOR, answer.vectors))
    ):
        line = layout.legend.translated(place * layout.legend.width() / 2, 0)
        line.setWidth(layout.legend.width() / 2 - 8)
        text, peak = frame.say(said, count=values.shape[-1]), peak_of(values)
        draw_scale(painter, line, text, -peak, peak, "signed", colours, 14 * t)


def draw_moving(
    painter: QPainter, layout: ParallelLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw what has come: of both, as many steps in a row."""
    answer: BothWays = frame.answer
    assert layout.upper is not None and layout.lower is not None
    t = layout.room.type
    for row, said, whole in (
        (layout.upper, words.IN_A_ROW, len(answer.source)),
        (layout.lower, words.ONE_A_LAYER, len(answer.vectors)),
    ):
        done = sum(time >= read_at(place) for place in range(whole))
        text = frame.say(said, count=done, whole=whole)
        ink = colours.amber_text if done == whole else colours.muted
        wide = width(text, 18 * t, SEMIBOLD) + 8
        line = _head(layout, row)
        write(painter, QRectF(line.right() - wide, line.y(), wide, line.height()), text, 18 * t,
              ink, SEMIBOLD, RIGHT)  # fmt: skip
    _draw_chain(painter, layout, frame, time, colours)
    for layer in range(len(answer.vectors)):
        _draw_layer(painter, layout, frame, layer, come(frame, layer, time), colours)


def _draw_chain(
    painter: QPainter, layout: ParallelLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw each state, the word that went in and the state it was made from."""
    row, states, chosen = layout.upper, frame.answer.states, looked_at(frame)
    assert row is not None
    thick = 3.0 if colours.is_projector else 2.2
    rects = [layout.state_rect(place, states.shape[1]) for place in range(len(states))]
    for place, rect in enumerate(rects):
        grown = come(frame, place, time)
        if grown <= 0:
            break
        centre = rect.center().x()
        enters = colours.amber if place == chosen else colours.ribbon
        _draw_arrow(painter, QPointF(centre, row.rects[place].bottom() + 4),
                    QPointF(centre, rect.y() - 4), enters, thick, grown)  # fmt: skip
        if place:
            left, y = rects[place - 1].center().x(), rect.y() - 14
            path = QPainterPath(QPointF(left + 5, rect.y() - 3))
            path.cubicTo(QPointF(left + 12, y - 12), QPointF(centre - 14, y - 12),
                         QPointF(centre - 5, rect.y() - 4))  # fmt: skip
            passed = colours.amber if chosen is not None and place > chosen else colours.value
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.over(passed, grown), thick + 0.6))
            painter.drawPath(path)
    _draw_vectors(painter, rects, states, [come(frame, p, time) for p in range(len(rects))],
                  peak_of(states), colours)  # fmt: skip
    if chosen is not None and come(frame, len(states) - 1, time) >= 1:
        outline(painter, rects[-1], colours, 2.4)


def _draw_layer(
    painter: QPainter,
    layout: ParallelLayout,
    frame: Frame,
    layer: int,
    grown: float,
    colours: Colours,
) -> None:
    """Draw every word's vector at the same moment, and what it took from where."""
    if grown <= 0:
        return
    answer, row, chosen = frame.answer, layout.lower, looked_at(frame)
    assert row is not None
    count, last = answer.vectors.shape[2], len(answer.source) - 1
    tops = list(row.rects)
    if layer:
        tops = [layout.vector_rect(layer - 1, place, count) for place in range(last + 1)]
    rects = [layout.vector_rect(layer, place, count) for place in range(last + 1)]
    thick = 3.0 if colours.is_projector else 2.2
    violet = colours.solid("magnitude")
    for top, rect in zip(tops, rects, strict=True):
        x = rect.center().x()
        _draw_arrow(painter, QPointF(x, top.bottom() + 4), QPointF(x, rect.y() - 4),
                    colours.over(colours.ribbon, 0.7), thick, grown)  # fmt: skip
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for query, key in strongest(answer.weights[layer]):
        if query == key:
            continue
        weight = float(answer.weights[layer, query, key])
        alpha = grown * (0.25 if chosen is not None else 0.35 + 0.6 * min(weight, 1.0))
        painter.setPen(QPen(colours.over(violet, alpha), 1.0 + 3.0 * weight))
        painter.drawPath(_look(tops[key], rects[query]))
    looks = chosen is not None and layer == LOOKED_BY
    if looks:
        painter.setPen(QPen(colours.over(colours.amber, grown), thick + 0.6))
        painter.drawPath(_look(tops[chosen], rects[last]))
    shown = [grown] * len(rects)
    _draw_vectors(painter, rects, answer.vectors[layer], shown, peak_of(answer.vectors), colours)
    if looks and grown >= 1:
        outline(painter, rects[last], colours, 2.4)


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
    start, end = (
        QPointF(top.center().x(), top.bottom() + 3),
        QPointF(rect.center().x(), rect.y() - 3),
    )
    middle = (start.y() + end.y()) / 2
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x(), middle), QPointF(end.x(), middle), end)
    return path


def _draw_vectors(
    painter: QPainter,
    rects: Sequence[QRectF],
    vectors: np.ndarray,
    grown: Sequence[float],
    peak: float,
    colours: Colours,
) -> None:
    """Draw vectors as blocks of cells; those still coming are seen through."""
    maps = vectors.reshape(len(vectors), -1, COLUMNS)
    begun = [place for place, of in enumerate(grown) if of > 0]
    for of in sorted({grown[place] for place in begun}):
        some = [place for place in begun if grown[place] == of]
        painter.setOpacity(of)
        draw_maps(painter, [rects[p] for p in some], maps[some], peak, "signed", colours)
    painter.setOpacity(1.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1))
    painter.drawRects([rects[place] for place in begun])


def _draw_arrow(
    painter: QPainter, start: QPointF, end: QPointF, colour: QColor, thick: float, grown: float
) -> None:
    painter.setPen(QPen(colour, thick))
    painter.drawLine(start, start + grown * (end - start))


def hit(layout: ParallelLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("word", place) of the chip or the vectors under a point."""
    answer: BothWays = frame.answer
    layers, _, count = answer.vectors.shape
    ends = (
        layout.state_rect(0, answer.states.shape[1]).bottom(),
        layout.vector_rect(layers - 1, 0, count).bottom(),
    )
    for row, bottom in zip((layout.upper, layout.lower), ends, strict=True):
        place = None if row is None else row.at(point, below=bottom - row.rects[0].bottom())
        if place is not None:
            return ("word", place)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return how far a word is from the end in both."""
    place = looked_at(frame)
    if place is None:
        return None
    answer: BothWays = frame.answer
    last = len(answer.source) - 1
    weights = answer.weights[LOOKED_BY]
    return Lens(
        frame.say(words.WAY_TO_LAST, token=named(answer.source[place], frame)),
        (
            (frame.say(words.BY_STATES), f"{last - place}"),
            (frame.say(words.BY_ATTENTION), "1"),
            (frame.say(words.WEIGHT), number(float(weights[last, place]), 3)),
        ),
        weights,
        1.0,
        "magnitude",
    )
