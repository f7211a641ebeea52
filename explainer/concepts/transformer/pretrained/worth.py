"""What a head is worth: how sharply it looks, beside what changes when it looks evenly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.focus import model_of
from explainer.concepts.transformer.pretrained.layout import (
    Buttons,
    PretrainedLayout,
    draw_bar,
    draw_layer_buttons,
    layer_buttons,
)
from explainer.concepts.transformer.pretrained.patterns import sharpness
from explainer.concepts.transformer.pretrained.probe import Floats, Weighed
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import draw_maps
from explainer.stage.lettering import SEMIBOLD, number, width, write

APART = 0.35  # seconds between one head and the next


@dataclass(frozen=True, slots=True)
class Places:
    """Where the layers and, a row a head, map and both bars stand."""

    layers: Buttons
    heads: tuple[QRectF, ...]
    maps: tuple[QRectF, ...]
    sharp: tuple[QRectF, ...]
    moved: tuple[QRectF, ...]


def sharp_of(frame: Frame) -> Floats:
    """Return how sharply each head of the layer looks, 0 .. 1."""
    answer: Weighed = frame.answer
    is_causal = model_of(frame).kind == "gpt2"
    return sharpness(answer.reading.attention[answer.layer], is_causal)


def places(layout: PretrainedLayout, frame: Frame) -> Places:
    """Return where everything stands."""
    t, body, answer = layout.room.type, layout.body, frame.answer
    layers, heads = answer.reading.attention.shape[:2]
    buttons = layer_buttons(frame, body.x(), body.y(), body.width(), layers, t)
    top = buttons.label.bottom() + 62 * t
    pitch = min((body.bottom() - top) / heads, 52.0)
    lead = width(frame.say(words.HEAD_N, n=88), 15 * t) + 14
    side = pitch - 5
    x = body.x() + lead + side + 26
    half = (body.right() - x - 50) / 2
    rows = [top + i * pitch for i in range(heads)]
    return Places(
        buttons,
        tuple(QRectF(body.x(), y, lead, pitch) for y in rows),
        tuple(QRectF(body.x() + lead, y + 2, side, side) for y in rows),
        tuple(QRectF(x, y, half, pitch) for y in rows),
        tuple(QRectF(x + half + 50, y, half, pitch) for y in rows),
    )


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one head after another."""
    heads = len(frame.answer.moved)
    said = [frame.say(words.HEAD_N, n=n + 1) for n in range(heads)]
    return (Beat("sharp", 0.0), *(Beat("moved", APART * (i + 1), s) for i, s in enumerate(said)))


def veils(layout: PretrainedLayout, frame: Frame) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when: what is missed comes head by head."""
    at = places(layout, frame)
    return tuple((row, APART * (i + 1)) for i, row in enumerate(at.moved))


def draw(painter: QPainter, layout: PretrainedLayout, frame: Frame, colours: Colours) -> None:
    """Draw a row for each head of the layer."""
    answer, t, kind = frame.answer, layout.room.type, model_of(frame).kind
    at, sharp = places(layout, frame), sharp_of(frame)
    draw_layer_buttons(painter, at.layers, frame, answer.layer, colours, t)
    maps = answer.reading.attention[answer.layer]
    draw_maps(painter, at.maps, maps, 1.0, "magnitude", colours)
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRects(list(at.maps))
    for rects, title, note in (
        (at.sharp, words.SHARPNESS, words.SHARP_NOTE),
        (at.moved, words.MOVED[kind], words.MOVED_NOTE[kind]),
    ):
        head = QRectF(rects[0].x(), rects[0].y() - 54 * t, rects[0].width(), 26 * t)
        write(painter, head, frame.say(title), 17 * t, colours.ink, SEMIBOLD)
        write(painter, head.translated(0, 24 * t), frame.say(note), 14 * t, colours.muted)
    peak = float(answer.moved.max()) or 1.0
    best = int(sharp.argmax()), int(answer.moved.argmax())
    pitch = at.heads[0].height()
    fits = pitch >= 17 * t
    for place in range(len(sharp)):
        px = min(15 * t, pitch * 0.8)
        if fits:
            said = frame.say(words.HEAD_N, n=place + 1)
            write(painter, at.heads[place], said, px, colours.muted)
        for rects, value, share, top, decimals in (
            (at.sharp, float(sharp[place]), float(sharp[place]), best[0], 2),
            (at.moved, float(answer.moved[place]), float(answer.moved[place]) / peak, best[1], 4),
        ):
            said = number(value, decimals) if fits or place == top else ""
            draw_bar(painter, rects[place], share, said, px, colours, strong=place == top)


def hit(layout: PretrainedLayout, frame: Frame, point: QPointF) -> Target:
    """Return the layer or head under a point."""
    at = places(layout, frame)
    layer = at.layers.at(point)
    if layer is not None:
        return ("layer", layer)
    for place, (left, right) in enumerate(zip(at.heads, at.moved, strict=True)):
        if left.united(right).contains(point):
            return ("worth", place)
    return ()


def lens(frame: Frame) -> Lens | None:
    """Return the head's map and both numbers."""
    answer, sharp = frame.answer, sharp_of(frame)
    target = next((t for t in (frame.hover, frame.selection) if t[:1] == ("worth",)), None)
    head = int(target[1]) if target else int(np.argmax(answer.moved))
    if head >= len(sharp):
        return None
    rows = (
        (frame.say(words.SHARPNESS), number(float(sharp[head]), 3)),
        (frame.say(words.MOVED[model_of(frame).kind]), number(float(answer.moved[head]), 5)),
    )
    title = frame.say(words.HEAD_OF, layer=answer.layer + 1, head=head + 1)
    values = answer.reading.attention[answer.layer, head]
    return Lens(title, rows, values, 1.0, "magnitude")
