"""The same words read twice: one state after another, and all at once."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explainer.concepts.transformer.cuts import LAYERS
from explainer.concepts.transformer.parallel import words
from explainer.concepts.transformer.parallel.layout import ParallelLayout, named
from explainer.concepts.transformer.parallel.probe import BothWays
from explainer.stage.chips import Row, draw_chip
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import draw_map, outline
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, width, write
from explainer.stage.motion import share

START, PITCH, GROWING = 0.5, 0.55, 0.4  # seconds; a word takes PITCH
_REST = 0.8
_FALL = 64.0  # units between a chip and its vector
_FEWEST = 0.12  # attention weights below it are not drawn


def read_at(place: int) -> float:
    """Return when the GRU begins to read a word; the transformer reads all at the first's."""
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
    """Return how far, 0..1, a word's state has come."""
    if time < read_at(place):
        return 0.0
    return share(time, read_at(place), 0.0 if frame.reduced else GROWING)


def looked_at(frame: Frame) -> int | None:
    """Return the word pointed at or chosen."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("word",) and int(target[1]) < len(frame.answer.source):
            return int(target[1])
    return None


def strip_rect(layout: ParallelLayout, row: Row, place: int) -> QRectF:
    """Return where a word's vector lies."""
    chip = row.rects[place]
    return QRectF(chip.x() + 2, chip.bottom() + _FALL, chip.width() - 4, layout.strip_high)


def draw_still(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    """Draw titles and chips."""
    t, chosen = layout.room.type, looked_at(frame)
    for row, title in ((layout.upper, words.RECURRENT), (layout.lower, words.AT_ONCE)):
        assert row is not None
        line = _head(layout, row)
        write(painter, line, frame.say(title), 18 * t, colours.ink, SEMIBOLD)
        for place in range(len(row.rects)):
            draw_chip(painter, row, place, colours, lit=place == chosen)


def _head(layout: ParallelLayout, row: Row) -> QRectF:
    t, body = layout.room.type, layout.body
    return QRectF(body.x(), row.rects[0].y() - 34 * t, body.width(), 26 * t)


def draw_moving(
    painter: QPainter, layout: ParallelLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the states that have come, and how many steps that took."""
    answer: BothWays = frame.answer
    assert layout.upper is not None and layout.lower is not None
    t, count = layout.room.type, len(answer.source)
    read = sum(time >= read_at(place) for place in range(count))
    all_at_once = LAYERS if time >= read_at(0) + GROWING or (frame.reduced and read) else 0
    for row, said, done, whole in (
        (layout.upper, words.IN_A_ROW, read, count),
        (layout.lower, words.ONE_A_LAYER, all_at_once, LAYERS),
    ):
        text = frame.say(said, count=done, whole=whole)
        ink = colours.amber_text if 0 < done == whole else colours.muted
        wide = width(text, 18 * t, SEMIBOLD) + 8
        line = _head(layout, row)
        write(painter, QRectF(line.right() - wide, line.y(), wide, line.height()), text, 18 * t,
              ink, SEMIBOLD, RIGHT)  # fmt: skip
    _draw_chain(painter, layout, frame, time, colours)
    _draw_looks(painter, layout, frame, come(frame, 0, time), colours)


def _draw_chain(
    painter: QPainter, layout: ParallelLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw each state, the word that went in and the state it was made from."""
    row, states, chosen = layout.upper, frame.answer.states, looked_at(frame)
    assert row is not None
    thick = 3.0 if colours.is_projector else 2.2
    for place in range(len(states)):
        grown = come(frame, place, time)
        if grown <= 0:
            break
        rect = strip_rect(layout, row, place)
        on_way = chosen is not None and place >= chosen
        centre = rect.center().x()
        enters = colours.amber if place == chosen else colours.ribbon
        _draw_arrow(painter, QPointF(centre, row.rects[place].bottom() + 4),
                    QPointF(centre, rect.y() - 4), enters, thick, grown)  # fmt: skip
        if place:
            before = strip_rect(layout, row, place - 1)
            y = rect.y() - 14
            path = QPainterPath(QPointF(before.center().x() + 5, before.y() - 3))
            path.cubicTo(QPointF(before.center().x() + 12, y - 12), QPointF(centre - 14, y - 12),
                         QPointF(centre - 5, rect.y() - 4))  # fmt: skip
            passed = colours.amber if on_way and place != chosen else colours.value
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(fade(passed, grown), thick + 0.6))
            painter.drawPath(path)
        painter.setOpacity(grown)
        _draw_vector(painter, rect, states[place], 1.0, colours)
        painter.setOpacity(1.0)
        if on_way and grown >= 1 and place == len(states) - 1:
            outline(painter, rect, colours, 2.4)


def _draw_looks(
    painter: QPainter, layout: ParallelLayout, frame: Frame, grown: float, colours: Colours
) -> None:
    """Draw every word's vector at the same moment, and what it took from where."""
    if grown <= 0:
        return
    answer, row, chosen = frame.answer, layout.lower, looked_at(frame)
    assert row is not None
    last = len(answer.source) - 1
    violet = colours.solid("magnitude")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for query, key in strongest(answer.weights):
        if chosen is not None and (query, key) == (last, chosen):
            continue
        weight = float(answer.weights[query, key])
        alpha = grown * (0.25 if chosen is not None else 0.25 + 0.6 * min(weight, 1.0))
        painter.setPen(QPen(fade(violet, alpha), 1.0 + 3.0 * weight))
        painter.drawPath(_look(layout, row, query, key))
    if chosen is not None:
        painter.setPen(QPen(fade(colours.amber, grown), 3.4 if colours.is_projector else 2.8))
        painter.drawPath(_look(layout, row, last, chosen))
    peak = float(np.abs(answer.memory).max()) or 1.0
    painter.setOpacity(grown)
    for place, vector in enumerate(answer.memory):
        _draw_vector(painter, strip_rect(layout, row, place), vector, peak, colours)
    painter.setOpacity(1.0)
    if chosen is not None and grown >= 1:
        outline(painter, strip_rect(layout, row, last), colours, 2.4)


def strongest(weights: np.ndarray, most: int = 2) -> tuple[tuple[int, int], ...]:
    """Return (query, key) of each row's largest weights, the small ones left out."""
    found = []
    for query, line in enumerate(weights):
        for key in np.argsort(-line)[:most]:
            if line[key] >= _FEWEST:
                found.append((query, int(key)))
    return tuple(found)


def _look(layout: ParallelLayout, row: Row, query: int, key: int) -> QPainterPath:
    """Return the line from the word looked at down to the vector that looks."""
    start = QPointF(row.rects[key].center().x(), row.rects[key].bottom() + 3)
    rect = strip_rect(layout, row, query)
    end = QPointF(rect.center().x(), rect.y() - 3)
    middle = (start.y() + end.y()) / 2
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x(), middle), QPointF(end.x(), middle), end)
    return path


def _draw_vector(
    painter: QPainter, rect: QRectF, vector: np.ndarray, peak: float, colours: Colours
) -> None:
    """Draw a vector folded into rows of cells."""
    columns = 4 if rect.width() < 60 else 8
    draw_map(painter, rect, vector.reshape(-1, columns), peak, "signed", colours)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1))
    painter.drawRect(rect)


def _draw_arrow(
    painter: QPainter, start: QPointF, end: QPointF, colour: object, thick: float, grown: float
) -> None:
    painter.setPen(QPen(fade(colour, grown), thick))  # type: ignore[arg-type]
    painter.drawLine(start, start + grown * (end - start))


def hit(layout: ParallelLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("word", place) of the chip or the vector under a point."""
    for row in (layout.upper, layout.lower):
        place = None if row is None else row.at(point, below=_FALL + layout.strip_high)
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
    weight = float(answer.weights[last, place])
    assert math.isfinite(weight)
    return Lens(
        frame.say(words.WAY_TO_LAST, token=named(answer.source[place], frame)),
        (
            (frame.say(words.BY_STATES), f"{last - place}"),
            (frame.say(words.BY_ATTENTION), "1"),
            (frame.say(words.WEIGHT), number(weight, 3)),
        ),
        answer.weights,
        1.0,
        "magnitude",
    )
