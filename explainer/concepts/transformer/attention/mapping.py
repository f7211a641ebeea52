"""One head's map of any attention: who looks, who is looked at, and what the grammar knows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.answers import Attention, Floats
from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import (
    attention_shown,
    head_of,
    layer_of,
    names,
    row_of,
)
from explainer.concepts.transformer.attention.layout import (
    columns_high,
    frame_of,
    label_wide,
    row_rect,
    write_columns,
    write_row,
    write_rows,
)
from explainer.concepts.transformer.attention.marks import mark_of
from explainer.concepts.transformer.attention.probe import Listened
from explainer.concepts.transformer.cuts import AttentionKind, Place, Truth
from explainer.concepts.transformer.grammar import Pair
from explainer.concepts.transformer.tokens import END, START
from explainer.lesson import Language
from explainer.stage.chips import draw_diamond
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Lens
from explainer.stage.heatmap import cell, draw_grid, draw_map
from explainer.stage.lettering import SEMIBOLD, number, width, write

TOLERANCE = 1e-5
# Whose row is looked at while nobody points: the first of these that the sentence has.
_TELLING = ("homonym", "reflexive", "tense", "negation", "place", "who", "plural", "particle")


@dataclass(frozen=True, slots=True, eq=False)
class HeadMap:
    """A head's weights, and the cell looked at.

    Attributes
    ----------
    place : Place
        The attention it is a head of.
    head : int
    rows, columns : tuple of str
        What looks and what is looked at, as they are called. A row of the decoder's maps is
        called by the token it writes, a column by the token that was read.
    weights : ndarray, shape (rows, columns)
    truths : tuple of Truth
        The cells the grammar knows; in the cross map also each content word's translation.
    row, column : int
    """

    place: Place
    head: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    weights: Floats
    truths: tuple[Truth, ...]
    row: int
    column: int

    def sees(self, row: int, column: int) -> bool:
        """Return whether a row may look there: the decoder never looks ahead."""
        return self.place.kind != "decoder" or column <= row


def kind_of(frame: Frame, answer: Listened) -> AttentionKind:
    """Return which attention is shown; the encoder's where nothing was written."""
    return attention_shown(frame.knobs) if answer.written is not None else "encoder"


def attention_at(answer: Listened, place: Place) -> Attention:
    """Return the numbers of one attention."""
    if place.kind == "encoder" or answer.written is None:
        return answer.reading.attention[Place("encoder", place.layer)]
    return answer.written.attention[place]


def aligned(pair: Pair, source: Language) -> tuple[Truth, ...]:
    """Return the cells of the cross map that join a content word with its translation."""
    links = [(x.english, x.korean) for x in pair.alignment if x.is_content]
    return tuple(Truth("translation", *(link if source == "ko" else link[::-1])) for link in links)


def truths_of(answer: Listened, kind: AttentionKind) -> tuple[Truth, ...]:
    """Return the cells of a map that the grammar knows to matter."""
    written = answer.written
    if kind == "encoder" or written is None:
        return answer.reading.truths
    known = written.truths[kind]
    if kind == "cross" and written.pair is not None and written.alignment:
        known += aligned(written.pair, answer.language)
    return known


def called(frame: Frame, tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return what tokens that were read or written are called."""
    special = {START: frame.say(words.START), END: frame.say(words.END)}
    return tuple(special.get(token, token) for token in tokens)


def head_map(frame: Frame, answer: Listened, relation: str = "") -> HeadMap:
    """Return the map shown: that of the head pointed at, else of the head chosen.

    Parameters
    ----------
    relation : str, optional
        A kind pointed at elsewhere: its first row is looked at.
    """
    kind = kind_of(frame, answer)
    layer, head = layer_of(frame, answer), head_of(frame, answer)
    if frame.hover[:1] in (("head",), ("score",)):
        layer, head = int(frame.hover[1]), int(frame.hover[2])
    place = Place(kind, min(layer, answer.layers - 1))
    head = min(head, answer.heads - 1)
    said = names(frame, answer)
    rows, columns = said, said
    if kind != "encoder" and answer.written is not None:
        rows = called(frame, answer.written.output)
        columns = said if kind == "cross" else called(frame, answer.written.read)
    weights = attention_at(answer, place).weights[head]
    truths = truths_of(answer, kind)
    row, column = _cell_of(frame, answer, kind, weights, truths, relation)
    return HeadMap(place, head, rows, columns, weights, truths, row, column)


def _cell_of(
    frame: Frame,
    answer: Listened,
    kind: AttentionKind,
    weights: Floats,
    truths: tuple[Truth, ...],
    relation: str,
) -> tuple[int, int]:
    rows, columns = weights.shape
    for truth in truths:
        if truth.relation == relation:
            return truth.row, truth.column
    row = None
    for target in (frame.hover, frame.selection):
        if target[:1] in (("cell",), ("row",)) and int(target[1]) < rows:
            row = int(target[1])
            if target[0] == "cell" and int(target[2]) < columns:
                return row, int(target[2])
            break
    if row is None:
        known = {truth.relation: truth.row for truth in truths}
        telling = next((known[name] for name in _TELLING if name in known), rows - 1)
        row = min(row_of(frame, answer), rows - 1) if kind == "encoder" else telling
    return row, int(weights[row].argmax())


def looks_at(frame: Frame, answer: Listened, kind: AttentionKind) -> str:
    """Return who looks at whom in a map."""
    target: Language = "en" if answer.language == "ko" else "ko"
    return frame.say(
        words.LOOK[kind],
        source=frame.say(words.LANGUAGE[answer.language]),
        target=frame.say(words.LANGUAGE[target]),
    )


def map_rect(
    rect: QRectF, rows: tuple[str, ...], columns: tuple[str, ...], t: float, under: float,
    most: float = 56.0,
) -> tuple[QRectF, float]:  # fmt: skip
    """Return a map's cells within a rectangle, and how wide its row names are.

    Parameters
    ----------
    t : float
        Factor on text sizes.
    under : float
        Height kept free under the column names.
    most : float
        How high a row may be.
    """
    label = label_wide(rows, 15 * t)
    wide = rect.width() - label
    named = columns_high(columns, 14 * t, wide / len(columns))
    high = min(rect.height() - 32 * t - named - under, most * len(rows), wide * 1.1)
    return QRectF(rect.x() + label, rect.y() + 32 * t, wide, high), label


def draw_head_map(
    painter: QPainter,
    frame: Frame,
    answer: Listened,
    shown: HeadMap,
    rect: QRectF,
    label: float,
    t: float,
    colours: Colours,
    lit: Collection[str] | None = None,
) -> None:
    """Draw a head's weights with names, the row looked at in numbers, and the true cells.

    Parameters
    ----------
    lit : collection of str, optional
        The relations whose marks stand out; all if not given.
    """
    left = rect.x() - label
    line = QRectF(left, rect.y() - 31 * t, rect.right() - left, 26 * t)
    title = frame.say(words.HEAD, layer=shown.place.layer + 1, head=shown.head + 1)
    write(painter, line, title, 17 * t, colours.ink, SEMIBOLD)
    lead = width(title, 17 * t, SEMIBOLD) + 14
    write(
        painter,
        line.adjusted(lead, 0, 0, 0),
        looks_at(frame, answer, shown.place.kind),
        14 * t,
        colours.muted,
    )
    rows, columns = shown.weights.shape
    draw_map(painter, rect, shown.weights, 1.0, "magnitude", colours)
    if shown.place.kind == "decoder":
        _clear_ahead(painter, rect, rows, columns, colours)
    draw_grid(painter, rect, rows, columns, colours.line)
    write_rows(painter, rect, shown.rows, 15 * t, label, colours, shown.row)
    write_columns(painter, rect, shown.columns, 14 * t, colours, shown.column)
    for row in range(rows) if t < 1.3 else (shown.row,):
        seen = row + 1 if shown.place.kind == "decoder" else columns
        part = QRectF(rect.x(), rect.y(), rect.width() * seen / columns, rect.height())
        write_row(painter, part, shown.weights[:, :seen], row, 1.0, "magnitude", colours, 14 * t, 2)
    frame_of(painter, row_rect(rect, shown.row, rows), colours, 2)
    frame_of(painter, cell(rect, shown.row, shown.column, rows, columns), colours, 3.2)
    if frame.knobs.get("truth"):
        draw_truths(painter, rect, shown, 14 * t, colours, lit)


def _clear_ahead(
    painter: QPainter, rect: QRectF, rows: int, columns: int, colours: Colours
) -> None:
    """Leave empty what was not yet written when a row looked."""
    for row in range(min(rows, columns - 1)):
        box = cell(rect, row, row + 1, rows, columns)
        box.setRight(rect.right())
        painter.fillRect(box, colours.background)


def draw_truths(
    painter: QPainter,
    rect: QRectF,
    shown: HeadMap,
    px: float,
    colours: Colours,
    lit: Collection[str] | None = None,
) -> None:
    """Mark the cells the grammar knows; filled where the row's largest weight is there."""
    for truth in shown.truths:
        box = cell(rect, truth.row, truth.column, *shown.weights.shape)
        if lit is None or truth.relation in lit:
            draw_diamond(painter, *mark_of(box, px), colours, is_found(shown, truth))


def is_found(shown: HeadMap, truth: Truth) -> bool:
    """Return whether the row's largest weight falls on the true cell."""
    return int(shown.weights[truth.row].argmax()) == truth.column


def lens(frame: Frame, shown: HeadMap) -> Lens:
    """Return who looks at whom, how strongly, and whether the row adds up to one."""
    row, column = shown.row, shown.column
    added = float(shown.weights[row].sum())
    ahead = float(np.abs(shown.weights[row, row + 1 :]).sum())
    rows = (
        (
            frame.say(words.LOOKER if shown.place.kind == "encoder" else words.WRITER),
            shown.rows[row],
        ),
        (frame.say(words.LOOKED), shown.columns[column]),
        (frame.say(words.WEIGHT), number(float(shown.weights[row, column]), 4)),
        (frame.say(words.ROW_SUM), number(added, 6)),
    )
    title = frame.say(words.HEAD, layer=shown.place.layer + 1, head=shown.head + 1)
    good = abs(added - 1) < TOLERANCE and (shown.place.kind != "decoder" or ahead == 0)
    return Lens(title, rows, shown.weights[row][None, :], 1.0, "magnitude", good)
