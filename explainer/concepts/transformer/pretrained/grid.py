"""Every map of the model at once, and how many of them follow a pattern, as measured here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention.layout import frame_of
from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.focus import (
    head_of,
    layer_of,
    model_of,
    reading_of,
)
from explainer.concepts.transformer.pretrained.layout import PretrainedLayout, draw_title, said_of
from explainer.concepts.transformer.pretrained.patterns import (
    MOST_OF_IT,
    PATTERNS,
    Pattern,
    chance,
    shares,
    strongest,
)
from explainer.concepts.transformer.pretrained.probe import Reading
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import draw_legend, draw_maps
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, number, width, write

APART = 0.45  # seconds between one layer and the next


@dataclass(frozen=True, slots=True)
class Places:
    """Where the maps and the list of patterns stand."""

    title: QRectF
    tag: float
    maps: tuple[tuple[QRectF, ...], ...]
    head: QRectF
    rows: tuple[QRectF, ...]
    told: QRectF
    legend: QRectF


def places(layout: PretrainedLayout, frame: Frame, reading: Reading) -> Places:
    """Return where everything stands: maps on the left, a row a layer; patterns on the right."""
    t, body = layout.room.type, layout.body
    layers, heads = reading.attention.shape[:2]
    side_wide = 300 * min(t, 1.2)
    tag = max(width(frame.say(words.LAYER_N, n=layers), 15 * t) + 14, 40)
    free = body.width() - side_wide - 40 - tag
    top = body.y() + 32 * t + 24 * t
    gap = 7.0 if heads <= 12 else 4.0
    side = min((free - gap * (heads - 1)) / heads, (body.bottom() - top) / layers - gap, 88.0)
    down = min(body.bottom() - top, layers * (side + gap) * 1.5) / layers
    maps = tuple(
        tuple(
            QRectF(body.x() + tag + h * (side + gap), top + n * down, side, side)
            for h in range(heads)
        )
        for n in range(layers)
    )
    x = body.right() - side_wide
    head = QRectF(x, body.y(), side_wide, 28 * t)
    y = head.bottom() + 8
    legend = QRectF(x, body.bottom() - 50 * t, side_wide, 50 * t)
    told_high = 52 * t
    pitch = min((legend.y() - told_high - 18 - y) / (len(PATTERNS) + 1), 64 * t)
    rows = tuple(QRectF(x, y + i * pitch, side_wide, pitch) for i in range(len(PATTERNS) + 1))
    told = QRectF(x, rows[-1].bottom() + 8, side_wide, told_high)
    title = QRectF(body.x(), body.y(), body.width() - side_wide - 30, 28 * t)
    return Places(title, tag, maps, head, rows, told, legend)


def _found(frame: Frame) -> Reading:
    reading = reading_of(frame)
    assert reading is not None
    return reading


def chosen_pattern(frame: Frame) -> Pattern | None:
    """Return the pattern whose heads are to stand out."""
    return next((p for p in PATTERNS if p == frame.knobs.get("pattern")), None)


def pattern_name(frame: Frame, reading: Reading, pattern: Pattern) -> str:
    """Return what a pattern is called in this sentence."""
    token = reading.tokens[-1] if pattern == "last" else reading.tokens[0]
    return said_of(frame, words.PATTERN[pattern], token)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one layer after another, then what was counted."""
    layers = _found(frame).attention.shape[0]
    said = [frame.say(words.LAYER_N, n=n + 1) for n in range(layers)]
    rows = [Beat("layer", APART * (i + 1), text) for i, text in enumerate(said)]
    return (Beat("empty", 0.0), *rows, Beat("counted", APART * (layers + 2)))


def veils(layout: PretrainedLayout, frame: Frame) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at = places(layout, frame, _found(frame))
    left = layout.body.x()
    found = [
        (QRectF(left, row[0].y() - 3, row[-1].right() + 3 - left, row[0].height() + 6),
         APART * (i + 1))
        for i, row in enumerate(at.maps)
    ]  # fmt: skip
    side = QRectF(at.head.x(), at.head.bottom(), at.head.width() + 4,
                  at.legend.y() - at.head.bottom())  # fmt: skip
    return (*found, (side, APART * (len(at.maps) + 2)))


def draw(painter: QPainter, layout: PretrainedLayout, frame: Frame, colours: Colours) -> None:
    """Draw all maps and the list; with a pattern chosen, the other maps step back."""
    reading, t = _found(frame), layout.room.type
    at = places(layout, frame, reading)
    layers, heads, count = reading.attention.shape[:3]
    every = frame.say(words.EVERY, count=layers * heads)
    draw_title(painter, at.title, every, frame.say(words.ROWS_LOOK), colours, t)
    pattern = chosen_pattern(frame)
    kinds = strongest(reading.attention)
    veiled: set[int] = set()
    if pattern is not None:
        veiled = {int(i) for i in np.flatnonzero(kinds.ravel() != PATTERNS.index(pattern))}
    rects = [rect for row in at.maps for rect in row]
    flat = reading.attention.reshape(-1, count, count)
    draw_maps(painter, rects, flat, 1.0, "magnitude", colours, veiled)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for n, row in enumerate(at.maps):
        box = QRectF(layout.body.x(), row[0].center().y() - 11 * t, at.tag - 10, 22 * t)
        px = 15 * t
        if row[0].height() > 20 * t or n % 2 == 0:
            write(painter, box, frame.say(words.LAYER_N, n=n + 1), px, colours.muted)
        for h, rect in enumerate(row):
            hovered = frame.hover == ("head", n, h)
            painter.setPen(QPen(colours.muted if hovered else colours.line, 2 if hovered else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect)
            if n == 0:
                said = QRectF(rect.x() - 4, rect.y() - 23 * t, rect.width() + 8, 20 * t)
                if rect.width() + 4 > width("88", 14 * t) or h % 2 == 0:
                    write(painter, said, str(h + 1), 14 * t, colours.muted, align=CENTRE)
    looked_at = at.maps[layer_of(frame, reading)][head_of(frame, reading)]
    frame_of(painter, looked_at, colours, 2.4)
    _draw_list(painter, at, frame, reading, kinds, colours, t)
    draw_legend(painter, at.legend, frame.say(words.WEIGHT), 0, 1, "magnitude", colours, 14 * t)


def _draw_list(
    painter: QPainter,
    at: Places,
    frame: Frame,
    reading: Reading,
    kinds: np.ndarray,
    colours: Colours,
    t: float,
) -> None:
    write(painter, at.head, frame.say(words.OVER_HALF), 16 * t, colours.ink, SEMIBOLD)
    pattern = chosen_pattern(frame)
    for place, row in enumerate(at.rows):
        is_none = place == len(PATTERNS)
        name = frame.say(words.NO_PATTERN)
        if not is_none:
            name = pattern_name(frame, reading, PATTERNS[place])
        found = int((kinds == (-1 if is_none else place)).sum())
        is_chosen = not is_none and PATTERNS[place] == pattern
        hovered = not is_none and frame.hover == ("pattern", PATTERNS[place])
        if is_chosen or hovered:
            painter.setPen(QPen(colours.amber if is_chosen else colours.faint, 1.6))
            painter.setBrush(colours.amber_soft if is_chosen else colours.surface)
            painter.drawRoundedRect(row.adjusted(-8, 2, 4, -2), 8, 8)
        ink, weight = (colours.ink, SEMIBOLD) if is_chosen else (colours.muted, REGULAR)
        high = min(row.height() * 0.62, 26 * t)
        line = QRectF(row.x(), row.center().y() - high * 0.72, row.width(), high)
        said = number(found, 0)
        write(painter, line, said, 16 * t, colours.ink, SEMIBOLD, RIGHT)
        line.setRight(line.right() - width("888", 16 * t) - 6)
        write(painter, line, name, 16 * t, ink, weight)
        bar = QRectF(row.x(), line.bottom() + 1, max(row.width() * found / kinds.size, 1.5), 5)
        painter.fillRect(bar, colours.ribbon if is_none else colours.solid("magnitude"))
    if pattern is None:
        return
    values = shares(reading.attention, pattern)
    layer, head = np.unravel_index(int(values.argmax()), values.shape)
    best = frame.say(
        words.BEST, layer=int(layer) + 1, head=int(head) + 1, share=number(float(values.max()), 2)
    )
    is_causal = model_of(frame).kind == "gpt2"
    even = chance(len(reading.tokens), pattern, is_causal)
    half = at.told.height() / 2
    upper = QRectF(at.told.x(), at.told.y(), at.told.width(), half)
    write(painter, upper, best, 15 * t, colours.ink)
    said = frame.say(words.EVENLY, share=number(even, 2))
    write(painter, upper.translated(0, half), said, 15 * t, colours.muted)


def hit(layout: PretrainedLayout, frame: Frame, point: QPointF) -> Target:
    """Return the map or pattern under a point."""
    at = places(layout, frame, _found(frame))
    for layer, row in enumerate(at.maps):
        for head, rect in enumerate(row):
            if rect.adjusted(-2, -2, 2, 2).contains(point):
                return ("head", layer, head)
    for pattern, rect in zip(PATTERNS, at.rows, strict=False):
        if rect.contains(point):
            return ("pattern", pattern)
    return ()


def lens(frame: Frame) -> Lens | None:
    """Return the map the pointer is on, and what it gives each pattern's place."""
    reading = _found(frame)
    layer, head = layer_of(frame, reading), head_of(frame, reading)
    if frame.hover[:1] == ("head",):
        layer, head = int(frame.hover[1]), int(frame.hover[2])
    rows = tuple(
        (
            pattern_name(frame, reading, pattern),
            number(float(shares(reading.attention, pattern)[layer, head]), 2),
        )
        for pattern in PATTERNS
    )
    title = frame.say(words.HEAD_OF, layer=layer + 1, head=head + 1)
    over = max(float(value) for _, value in rows) > MOST_OF_IT
    values = reading.attention[layer, head]
    return Lens(title, rows, values, 1.0, "magnitude", True if over else None)
