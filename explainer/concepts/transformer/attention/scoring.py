"""The table of how often each head finds each relation, beside chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.answers import HeadScores
from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.layout import frame_of
from explainer.concepts.transformer.attention.mapping import HeadMap
from explainer.concepts.transformer.cuts import AttentionKind, Place
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Target
from explainer.stage.heatmap import cell, cell_at, draw_grid, draw_map
from explainer.stage.lettering import CENTRE, LEFT, REGULAR, SEMIBOLD, percent, width, write

_GAP = 12.0  # between layers, and before chance
_TALLEST, _WIDEST = 66.0, 84.0


@dataclass(frozen=True, slots=True)
class Table:
    """Where the table stands: a row a relation, a column a head, then chance and cases.

    Attributes
    ----------
    kinds : tuple of int
        The relations, by their place in the scores.
    named : QRectF
        The relations' names.
    layers : tuple of QRectF
        A block of cells for each layer.
    chance, cases : QRectF
    """

    kinds: tuple[int, ...]
    named: QRectF
    layers: tuple[QRectF, ...]
    chance: QRectF
    cases: QRectF


def held(scores: HeadScores, kind: AttentionKind) -> tuple[int, ...]:
    """Return which relations the maps of a kind can hold, by their place in the scores."""
    counts = scores.counts[Place(kind, 0)]
    return tuple(place for place, count in enumerate(counts) if count)


def shares(scores: HeadScores, kind: AttentionKind, layer: int) -> np.ndarray:
    """Return each head's share of true cells found, shape (relations held, heads)."""
    found: np.ndarray = scores.shares[Place(kind, layer)][:, held(scores, kind)].T
    return found


def table_in(
    rect: QRectF, frame: Frame, scores: HeadScores, kind: AttentionKind, layers: int, t: float
) -> Table:
    """Return the table within a rectangle, its two lines of headings included."""
    kinds = held(scores, kind)
    heads = scores.shares[Place(kind, 0)].shape[0]
    names = [frame.say(words.SHORT[scores.relations[place]]) for place in kinds]
    named = max(width(name, 15 * t, SEMIBOLD) for name in names) + 14 * t
    counted = max(
        width("8,888", 15 * t), width(frame.say(words.CASES), 14 * t)) + 10  # fmt: skip
    free = rect.width() - named - counted - (layers + 1) * _GAP
    wide = min(free / (layers * heads + 1), _WIDEST * t)
    top = rect.y() + 56 * t
    high = min(rect.bottom() - top, _TALLEST * len(kinds) * min(t, 1.3))
    x = rect.x() + named
    blocks = []
    for _ in range(layers):
        blocks.append(QRectF(x, top, wide * heads, high))
        x += wide * heads + _GAP
    chance = QRectF(x, top, wide, high)
    return Table(
        kinds,
        QRectF(rect.x(), top, named, high),
        tuple(blocks),
        chance,
        QRectF(chance.right() + _GAP, top, counted, high),
    )


def draw_table(
    painter: QPainter,
    frame: Frame,
    scores: HeadScores,
    at: Table,
    shown: HeadMap,
    lit: str,
    colours: Colours,
    t: float,
) -> None:
    """Draw the shares in their colours, the best of a relation in bold, the head shown framed."""
    kind, rows = shown.place.kind, len(at.kinds)
    blocks = [shares(scores, kind, layer) for layer in range(len(at.layers))]
    best = np.concatenate(blocks, axis=1).max(axis=1)
    _draw_names(painter, frame, scores, at, shown, lit, colours, t)
    for layer, (rect, values) in enumerate(zip(at.layers, blocks, strict=True)):
        heads = values.shape[1]
        over = QRectF(rect.x() - 8, rect.y() - 54 * t, rect.width() + 16, 26 * t)
        title = frame.say(words.LAYER, layer=layer + 1)
        write(painter, over, title, 15 * t, colours.ink, SEMIBOLD, CENTRE)
        draw_map(painter, rect, values, 1.0, "magnitude", colours)
        draw_grid(painter, rect, rows, heads, colours.line)
        for head in range(heads):
            column = cell(rect, 0, head, 1, heads)
            above = QRectF(column.x(), rect.y() - 28 * t, column.width(), 24 * t)
            is_shown = (layer, head) == (shown.place.layer, shown.head)
            text = str(head + 1)
            if heads == 1 or width(frame.say(words.HEAD_ONLY, head=8), 14 * t) < column.width() - 6:
                text = frame.say(words.HEAD_ONLY, head=head + 1)
            ink, weight = (colours.ink, SEMIBOLD) if is_shown else (colours.muted, REGULAR)
            write(painter, above, text, 14 * t, ink, weight, CENTRE)
            is_best = (values[:, head] == best) & (best > 0)
            _write_column(painter, column, values[:, head], is_best, colours, t)
    rect = at.layers[shown.place.layer]
    heads = blocks[0].shape[1]
    frame_of(painter, cell(rect, 0, shown.head, 1, heads), colours, 2.6)
    rows_lit = [row for row, place in enumerate(at.kinds) if scores.relations[place] == lit]
    for row in rows_lit:
        frame_of(painter, cell(rect, row, shown.head, rows, heads), colours, 3.2)
    _draw_chance(painter, frame, scores, at, kind, colours, t)


def _write_column(
    painter: QPainter,
    rect: QRectF,
    values: np.ndarray,
    bold: np.ndarray,
    colours: Colours,
    t: float,
) -> None:
    rows, widest = len(values), width("100", 17 * t, SEMIBOLD)
    for row, value in enumerate(values):
        box = cell(rect, row, 0, rows, 1)
        fill = colours.colour_of(float(value), 1.0, "magnitude")
        weight = SEMIBOLD if bold[row] else REGULAR
        said = percent(float(value), 0).removesuffix(" %")
        px = min(17 * t, box.height() * 0.62, 17 * t * (box.width() - 7) / widest)
        write(painter, box, said, px, colours.text_on(fill), weight, CENTRE)


def _draw_names(
    painter: QPainter,
    frame: Frame,
    scores: HeadScores,
    at: Table,
    shown: HeadMap,
    lit: str,
    colours: Colours,
    t: float,
) -> None:
    """Write each relation, and under it what it joins in the sentence on the stage."""
    rows = len(at.kinds)
    for row, place in enumerate(at.kinds):
        name = scores.relations[place]
        box = cell(at.named, row, 0, rows, 1).adjusted(0, 0, -8, 0)
        pairs = joined(frame, shown, name)
        two = bool(pairs) and box.height() > 40 * t
        if two:
            under = QRectF(box.x(), box.center().y(), box.width(), 20 * t)
            text = pairs[0]
            fits = width(text, 14 * t) <= under.width()
            two = fits
            if fits:
                write(painter, under, text, 14 * t, colours.muted, align=LEFT)
        line = QRectF(box.x(), box.center().y() - (23 if two else 12) * t, box.width(), 24 * t)
        ink = colours.value if name == lit else colours.ink
        write(painter, line, frame.say(words.SHORT[name]), 15 * t, ink, SEMIBOLD, LEFT)


def joined(frame: Frame, shown: HeadMap, name: str) -> list[str]:
    """Return what a relation joins in the sentence on the stage."""
    return [
        frame.say(words.PAIR, row=shown.rows[truth.row], column=shown.columns[truth.column])
        for truth in shown.truths
        if truth.relation == name
    ]


def _draw_chance(
    painter: QPainter,
    frame: Frame,
    scores: HeadScores,
    at: Table,
    kind: AttentionKind,
    colours: Colours,
    t: float,
) -> None:
    rows = len(at.kinds)
    place = Place(kind, 0)
    chance = scores.chance[place][list(at.kinds)]
    draw_map(painter, at.chance, chance[:, None], 1.0, "magnitude", colours)
    draw_grid(painter, at.chance, rows, 1, colours.line)
    _write_column(painter, at.chance, chance, np.zeros(rows, bool), colours, t)
    for rect, text in ((at.chance, words.CHANCE), (at.cases, words.CASES)):
        above = QRectF(rect.x() - _GAP, rect.y() - 28 * t, rect.width() + 2 * _GAP, 24 * t)
        write(painter, above, frame.say(text), 14 * t, colours.muted, align=CENTRE)
    for row, relation in enumerate(at.kinds):
        box = cell(at.cases, row, 0, rows, 1)
        said = f"{int(scores.counts[place][relation]):,}"
        write(painter, box, said, 15 * t, colours.muted, align=CENTRE)


def hit(at: Table, point: QPointF) -> Target:
    """Return ("score", layer, head, relation) of a cell, or ("relation", relation) of a name."""
    rows = len(at.kinds)
    heads = round(at.layers[0].width() / at.chance.width())
    for layer, rect in enumerate(at.layers):
        found = cell_at(rect, point, rows, heads)
        if found is not None:
            return ("score", layer, found[1], at.kinds[found[0]])
    for rect in (at.named, at.chance, at.cases):
        found = cell_at(rect, point, rows, 1)
        if found is not None:
            return ("relation", at.kinds[found[0]])
    return ()
