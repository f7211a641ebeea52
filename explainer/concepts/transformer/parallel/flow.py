"""The same words read twice: one state after another, and all at once."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.parallel import words
from explainer.concepts.transformer.parallel.layout import ParallelLayout, named
from explainer.concepts.transformer.parallel.probe import BothWays
from explainer.concepts.transformer.parallel.scale import draw_scale
from explainer.concepts.transformer.parallel.strands import (
    LOOKED_BY,
    draw_chain,
    looked_at,
    peak_of,
)
from explainer.stage.chips import Row, draw_chip
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, width, write
from explainer.stage.motion import share

START, PITCH, GROWING = 0.5, 0.55, 0.4  # seconds; a word takes PITCH
_REST = 0.8


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


def states_come(frame: Frame, time: float) -> int:
    """Return how many of the GRU's states have wholly come."""
    return sum(come(frame, place, time) >= 1 for place in range(len(frame.answer.source)))


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
    """Draw how many steps in a row were made, and the state that is coming."""
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
    count = states_come(frame, time)
    grown = come(frame, count, time)
    if grown > 0 and count < len(answer.source):
        draw_chain(painter, layout, frame, range(count, count + 1), grown, colours)


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
