"""True relations on the map, and how often each head finds them, beside chance."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.answers import HeadScores
from explainer.concepts.transformer.attention import heads, words
from explainer.concepts.transformer.attention.focus import (
    head_of,
    layer_of,
    names,
)
from explainer.concepts.transformer.attention.layout import (
    AttentionLayout,
    columns_high,
    frame_of,
    label_wide,
    row_at,
)
from explainer.concepts.transformer.attention.probe import SCORED, Listened
from explainer.concepts.transformer.cuts import Place
from explainer.concepts.transformer.relations import RELATION_NAMES
from explainer.stage.chips import draw_diamond
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell_at, draw_grid, draw_legend, draw_map
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, percent, write


def held(scores: HeadScores) -> list[int]:
    """Return which relations the encoder's maps can hold, by their place in the scores."""
    counts = scores.counts[Place("encoder", 0)]
    return [i for i, count in enumerate(counts) if count and scores.relations[i] != "translation"]


def table(scores: HeadScores, layers: int) -> np.ndarray:
    """Return each head's share of true cells found, (layers · heads, relations held)."""
    kinds = held(scores)
    return np.concatenate(
        [scores.shares[Place("encoder", layer)][:, kinds] for layer in range(layers)]
    )


def rects(layout: AttentionLayout, frame: Frame, answer: Listened) -> tuple[QRectF, QRectF, float]:
    """Return the map, the table of scores, and the width of the map's row names."""
    t, body = layout.room.type, layout.body
    said = names(frame, answer)
    label = label_wide(said, 15 * t)
    if layout.room.large:  # the table alone: the map has had its step
        tag = 150 * t
        top = body.y() + (62 + 34) * t
        high = body.bottom() - top - 2 * 30 * t - 8
        return QRectF(), QRectF(body.x() + tag, top, body.width() - tag, high), 0.0
    left = body.width() * 0.42
    wide = left - label
    high = min(
        body.height() - (32 + 100) * t - columns_high(said, 14 * t, wide / len(said)),
        54.0 * len(said), wide * 1.1,
    )  # fmt: skip
    whole = QRectF(body.x() + label, body.y() + 32 * t, wide, high)
    tag = 146 * t
    x = body.x() + left + 40 + tag
    rows = answer.layers * answer.heads
    top = body.y() + (62 + 34) * t
    high = min(body.bottom() - top - 2 * 34 * t - 12, 44.0 * rows)
    return whole, QRectF(x, top, body.right() - x, high), label


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return the map with what is true, then the scores, then chance."""
    return (Beat("weights", 0.0), Beat("hit", 1.2), Beat("chance", 2.2))


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    _, grid, _ = rects(layout, frame, answer)
    t = layout.room.type
    left = grid.x() - 150 * t
    under = QRectF(left, grid.bottom() + 4, layout.room.width - left, layout.body.bottom())
    return ((QRectF(left, layout.body.y() - 4, layout.room.width - left,
                    grid.bottom() - layout.body.y() + 8), 1.2), (under, 2.2))  # fmt: skip


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw one head's map with the true cells, and every head's score on every relation."""
    t = layout.room.type
    whole, grid, label = rects(layout, frame, answer)
    if not whole.isEmpty():
        _draw_map(painter, layout, frame, answer, whole, label, colours)
    left = grid.x() - 146 * t
    line = QRectF(left, layout.body.y(), layout.body.right() - left, 26 * t)
    write(painter, line, frame.say(words.SCORE_TABLE), 17 * t, colours.ink, SEMIBOLD)
    if answer.scores is None:
        waits = frame.say(words.MEASURING, count=SCORED)
        write(painter, grid, waits, 18 * t, colours.muted, align=CENTRE)
        return
    over = frame.say(words.OVER, count=answer.scores.sentences)
    if answer.scores.sentences < SCORED:
        over = frame.say(words.GOING_ON, said=over)
    write(painter, line.translated(0, 26 * t), over, 14 * t, colours.muted)
    _draw_scores(painter, frame, answer, answer.scores, grid, colours, t)


def _draw_map(
    painter: QPainter,
    layout: AttentionLayout,
    frame: Frame,
    answer: Listened,
    whole: QRectF,
    label: float,
    colours: Colours,
) -> None:
    t, said = layout.room.type, names(frame, answer)
    heads.draw_head_map(painter, layout, frame, answer, whole, label, colours)
    y = whole.bottom() + columns_high(said, 14 * t, whole.width() / len(said)) + 6
    bar = QRectF(whole.x(), y, min(whole.width(), 190 * t), 46 * t)
    draw_legend(painter, bar, frame.say(words.WEIGHT), 0, 1, "magnitude", colours, 14 * t)
    line = QRectF(whole.x(), bar.bottom() + 8, whole.width(), 26 * t)
    if answer.reading.truths:
        size = 6.5 * min(t, 1.3)
        draw_diamond(painter, QPointF(line.x() + size, line.center().y()), size, colours)
        text = frame.say(words.TRUE_RELATION)
        write(painter, line.adjusted(3 * size, 0, 0, 0), text, 15 * t, colours.muted)
    else:
        write(painter, line, frame.say(words.NO_TRUTH), 15 * t, colours.muted)


def _draw_scores(
    painter: QPainter,
    frame: Frame,
    answer: Listened,
    scores: HeadScores,
    grid: QRectF,
    colours: Colours,
    t: float,
) -> None:
    kinds, values = held(scores), table(scores, answer.layers)
    rows, columns = values.shape
    wide, high = grid.width() / columns, grid.height() / rows
    draw_map(painter, grid, values, 1.0, "magnitude", colours)
    draw_grid(painter, grid, rows, columns, colours.line)
    best = values.argmax(axis=0)
    chosen = layer_of(frame, answer) * answer.heads + head_of(frame, answer)
    for column, kind in enumerate(kinds):
        name = frame.say(words.SHORT[scores.relations[kind]])
        box = QRectF(grid.x() + column * wide + 2, grid.y() - 30 * t, wide - 4, 26 * t)
        write(painter, box, name, 15 * t, colours.ink, SEMIBOLD, CENTRE)
    for row in range(rows):
        layer, head = divmod(row, answer.heads)
        name = frame.say(words.HEAD, layer=layer + 1, head=head + 1)
        box = QRectF(grid.x() - 146 * t, grid.y() + row * high, 138 * t, high)
        ink, weight = (colours.ink, SEMIBOLD) if row == chosen else (colours.muted, REGULAR)
        write(painter, box, name, 15 * t, ink, weight, RIGHT)
        for column in range(columns):
            value = float(values[row, column])
            fill = colours.colour_of(value, 1.0, "magnitude")
            box = QRectF(grid.x() + column * wide, grid.y() + row * high, wide, high)
            weight = SEMIBOLD if best[column] == row else REGULAR
            px = min(16 * t, high * 0.62)
            write(painter, box, percent(value, 0), px, colours.text_on(fill), weight, CENTRE)
    band = QRectF(grid.x(), grid.y() + chosen * high, grid.width(), high)
    frame_of(painter, band, colours, 2.4)
    middle = grid.y() + grid.height() / answer.layers
    painter.setPen(QPen(colours.background, 4))
    for layer in range(1, answer.layers):
        y = grid.y() + (middle - grid.y()) * layer
        painter.drawLine(QPointF(grid.x(), y), QPointF(grid.right(), y))
    chance = scores.chance[Place("encoder", 0)]
    counts = scores.counts[Place("encoder", 0)]
    for line, (heading, cells) in enumerate(
        (
            (words.CHANCE, [percent(float(chance[kind]), 0) for kind in kinds]),
            (words.CASES, [f"{int(counts[kind]):,}" for kind in kinds]),
        )
    ):
        y = grid.bottom() + 8 + line * 30 * t
        box = QRectF(grid.x() - 146 * t, y, 138 * t, 28 * t)
        write(painter, box, frame.say(heading), 15 * t, colours.muted, align=RIGHT)
        for column, text in enumerate(cells):
            box = QRectF(grid.x() + column * wide, y, wide, 28 * t)
            write(painter, box, text, 15 * t, colours.muted, align=CENTRE)


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return the cell or row of the map, or ("score", layer, head, relation) of the table."""
    whole, grid, label = rects(layout, frame, answer)
    count = len(answer.tokens)
    found = cell_at(whole, point, count, count)
    if found is not None:
        return ("cell", *found)
    row = row_at(whole, point, count, label)
    if row is not None:
        return ("row", row)
    if answer.scores is None:
        return ()
    found = cell_at(grid, point, answer.layers * answer.heads, len(held(answer.scores)))
    return () if found is None else ("score", *divmod(found[0], answer.heads), found[1])


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return a head's score on a relation beside chance; without one, the cell of the map."""
    target, scores = frame.hover, answer.scores
    if target[:1] != ("score",) or scores is None:
        return heads.lens(frame, answer)
    layer, head, column = (int(part) for part in target[1:])
    kind = held(scores)[column]
    place = Place("encoder", layer)
    rows = (
        (frame.say(words.SCORE_TABLE), percent(float(scores.shares[place][head, kind]))),
        (frame.say(words.CHANCE), percent(float(scores.chance[place][kind]))),
        (frame.say(words.WEIGHT), f"{float(scores.weights[place][head, kind]):.3f}"),
        (frame.say(words.CASES), f"{int(scores.counts[place][kind]):,}"),
    )
    name = frame.say(RELATION_NAMES[scores.relations[kind]])  # type: ignore[index]
    title = f"{frame.say(words.HEAD, layer=layer + 1, head=head + 1)} · {name}"
    return Lens(title, rows)
