"""What the layers do: by how many degrees each turns each token's vector."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.attention.layout import (
    draw_matrix,
    frame_of,
    row_rect,
    write_row,
)
from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.focus import reading_of
from explainer.concepts.transformer.pretrained.layout import (
    PretrainedLayout,
    draw_bar,
    draw_title,
    name_columns,
    name_rows,
    names_high,
)
from explainer.concepts.transformer.pretrained.patterns import alike, turned
from explainer.concepts.transformer.pretrained.probe import Reading
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell, cell_at, draw_legend
from explainer.stage.lettering import number, width, write

APART = 0.6  # seconds between one layer and the next
PEAK = 90.0  # degrees: a vector turned so far has nothing left of its old direction


@dataclass(frozen=True, slots=True)
class Places:
    """Where the angles and the bars beside them stand, a row a layer."""

    title: QRectF
    whole: QRectF
    label: float
    aside: QRectF
    bars: tuple[QRectF, ...]
    legend: QRectF


def _found(frame: Frame) -> Reading:
    reading = reading_of(frame)
    assert reading is not None
    return reading


def places(layout: PretrainedLayout, frame: Frame, reading: Reading) -> Places:
    """Return where everything stands; the row above the first layer is where reading starts."""
    t, body = layout.room.type, layout.body
    layers, count = reading.attention.shape[0], len(reading.tokens)
    label = max(width(frame.say(words.LAYER_N, n=layers), 16 * t) + 16, 60 * t)
    side = max(250.0, width(frame.say(words.ALIKE_NOTE), 14 * t) + 8)
    wide = body.width() - label - side - 34
    title = QRectF(body.x(), body.y(), label + wide, 28 * t)
    names = names_high(reading.tokens, 14 * t, wide / count)
    top = title.bottom() + 10
    foot = 52 * t
    pitch = min((body.bottom() - foot - names - top - 4) / (layers + 1), 62.0)
    whole = QRectF(body.x() + label, top + pitch, wide, pitch * layers)
    x = whole.right() + 34
    bars = tuple(QRectF(x, top + i * pitch, side, pitch) for i in range(layers + 1))
    legend = QRectF(whole.x(), body.bottom() - foot, min(300.0, wide), foot)
    return Places(title, whole, label, QRectF(x, body.y(), side, 28 * t), bars, legend)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one layer after another."""
    layers = _found(frame).attention.shape[0]
    said = [frame.say(words.LAYER_N, n=n + 1) for n in range(layers)]
    rows = [Beat("layer", APART * (i + 1), text) for i, text in enumerate(said)]
    return (Beat("start", 0.0), *rows)


def veils(layout: PretrainedLayout, frame: Frame) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    reading = _found(frame)
    at, count = places(layout, frame, reading), reading.attention.shape[0]
    rows = []
    for n in range(count):
        row = row_rect(at.whole, n, count)
        rows.append((row.adjusted(-at.label, 0, at.bars[0].right() - row.right(), 0),
                     APART * (n + 1)))  # fmt: skip
    return tuple(rows)


def draw(painter: QPainter, layout: PretrainedLayout, frame: Frame, colours: Colours) -> None:
    """Draw the angles, and how alike the tokens are before and after each layer."""
    reading, t = _found(frame), layout.room.type
    at = places(layout, frame, reading)
    angles, together = turned(reading.hidden), alike(reading.hidden)
    layers, count = angles.shape
    draw_title(painter, at.title, frame.say(words.TURNS), "", colours, t)
    draw_matrix(painter, at.whole, angles, PEAK, "magnitude", colours, count <= 30)
    said = tuple(frame.say(words.LAYER_N, n=n + 1) for n in range(layers))
    chosen = _cell(frame, layers, count)
    row, column = chosen if chosen is not None else (-1, -1)
    name_rows(painter, at.whole, said, 16 * t, at.label, colours, row)
    name_columns(painter, at.whole, reading.tokens, 14 * t, colours, column)
    for place in range(layers):
        write_row(painter, at.whole, angles, place, PEAK, "magnitude", colours, 15 * t, 0)
    if chosen is not None:
        frame_of(painter, cell(at.whole, row, column, layers, count), colours, 3)
    draw_title(painter, at.aside, frame.say(words.ALIKE), "", colours, t)
    start = QRectF(at.whole.x() - at.label, at.bars[0].y(), at.label - 9, at.bars[0].height())
    if at.bars[0].height() > 16 * t:
        write(painter, start, frame.say(words.START), 16 * t, colours.muted)
        for bar, value in zip(at.bars, together, strict=True):
            draw_bar(painter, bar, max(float(value), 0.0), number(float(value), 2), 15 * t, colours,
                     strong=bar is at.bars[-1])  # fmt: skip
    note = QRectF(at.aside.x(), at.bars[-1].bottom() + 6, at.aside.width(), 22 * t)
    write(painter, note, frame.say(words.ALIKE_NOTE), 14 * t, colours.muted)
    draw_legend(painter, at.legend, "", 0, PEAK, "magnitude", colours, 14 * t, 0)


def _cell(frame: Frame, layers: int, count: int) -> tuple[int, int] | None:
    for target in (frame.hover, frame.selection):
        if target[:1] == ("turn",) and int(target[1]) < layers and int(target[2]) < count:
            return int(target[1]), int(target[2])
    return None


def hit(layout: PretrainedLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("turn", layer, token) under a point."""
    reading = _found(frame)
    at = places(layout, frame, reading)
    found = cell_at(at.whole, point, reading.attention.shape[0], len(reading.tokens))
    return () if found is None else ("turn", *found)


def lens(frame: Frame) -> Lens | None:
    """Return the angle, and the vector after that layer."""
    reading = _found(frame)
    chosen = _cell(frame, reading.attention.shape[0], len(reading.tokens))
    if chosen is None:
        return None
    layer, token = chosen
    vector = reading.hidden[layer + 1][token]
    angle = float(turned(reading.hidden)[layer, token])
    title = f"{frame.say(words.LAYER_N, n=layer + 1)}: {reading.tokens[token]}"
    peak = float(np.quantile(np.abs(vector), 0.99)) or 1.0
    return Lens(
        title, ((frame.say(words.TURNED_BY), f"{number(angle, 1)}°"),), vector[None, :], peak
    )
