"""The three masks side by side, open or with the weights that the models put there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.family import words
from explainer.concepts.transformer.family.layout import FamilyLayout, named
from explainer.concepts.transformer.family.places import (
    Block,
    blocks,
    looked_at,
    right_of,
    twins,
)
from explainer.concepts.transformer.family.questions import Looks
from explainer.concepts.transformer.family.seen import draw_foot
from explainer.concepts.transformer.pretrained.layout import name_columns
from explainer.concepts.transformer.sentence import whole
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell, cell_at, draw_grid, draw_map, outline
from explainer.stage.lettering import REGULAR, RIGHT, SEMIBOLD, number, write
from explainer.stage.motion import share

_START, _PITCH, _GROWING, _REST = 0.3, 1.1, 0.5, 0.8  # seconds; a map every PITCH
_SOFT = 0.42  # opacity of an open cell where no weights are shown


def has_weights(frame: Frame) -> bool:
    """Whether weights are shown, not only what is open."""
    return frame.knobs.get("cells") == "weights"


def layer_of(frame: Frame, looks: Looks) -> int:
    """Return the layer shown, from 0."""
    return min(whole(frame.knobs, "layer", 2), len(looks.weights)) - 1


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a moment for each model's mask, and the end."""
    keys = ("full", "triangle", "both")
    made = [
        Beat(key, _START + turn * _PITCH, f"{turn + 1} / {len(keys)}")
        for turn, key in enumerate(keys)
    ]
    return (Beat("", 0.0), *made, Beat("end", _START + 2 * _PITCH + _GROWING + _REST))


def draw_still(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    """Draw the titles and what the cells are."""
    t, body = layout.room.type, layout.body
    head = QRectF(body.x(), body.y(), body.width(), 22 * t)
    write(painter, head, frame.say(words.ROWS_LOOK), 15 * t, colours.muted)
    found = blocks(layout, frame)
    for block, title in zip(found[:3], (words.FULL, words.TRIANGLE, words.TOGETHER), strict=True):
        # A title may reach over the names of the rows.
        box = QRectF(block.labels.x(), block.rect.y() - 30 * t, 0, 24 * t)
        box.setRight(right_of(found, block.turn))
        write(painter, box, frame.say(title), 17 * t, colours.ink, SEMIBOLD)


def _draw_parts(
    painter: QPainter,
    layout: FamilyLayout,
    frame: Frame,
    found: tuple[Block, ...],
    colours: Colours,
) -> None:
    """Write what the three blocks of the prefix model are."""
    px = 14 * layout.room.type
    encoder, cross, decoder = (block.rect for block in found[2:])
    beside = QRectF(encoder.right() + 10, encoder.y(), 0, px * 1.4)
    beside.setRight(decoder.right())
    write(painter, beside, frame.say(words.ENCODER), px, colours.muted)
    for rect, said in ((cross, words.CROSS), (decoder, words.DECODER)):
        over = QRectF(rect.x(), rect.y() - px * 1.6, rect.width(), px * 1.4)
        write(painter, over, frame.say(said), px, colours.muted)


def come(frame: Frame, turn: int, time: float) -> float:
    """Return how far, 0..1, a model's maps have come."""
    began = _START + turn * _PITCH
    return 0.0 if time < began else share(time, began, 0.0 if frame.reduced else _GROWING)


def draw_moving(
    painter: QPainter, layout: FamilyLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the masks that have come, and the cell that is looked at."""
    for turn in range(3):
        draw_coming(painter, layout, frame, turn, time, colours)


def draw_coming(
    painter: QPainter, layout: FamilyLayout, frame: Frame, turn: int, time: float, colours: Colours
) -> None:
    """Draw the maps of one model as far as they have come."""
    grown = come(frame, turn, time)
    if grown:
        painter.setOpacity(grown)
        draw_model(painter, layout, frame, turn, colours)
        painter.setOpacity(1.0)


def strip(layout: FamilyLayout, frame: Frame, turn: int) -> QRectF:
    """Return what a model's maps, names and chips cover."""
    found = blocks(layout, frame)
    left = next(block.labels.x() for block in found if block.turn == turn)
    wide = right_of(found, turn) - left
    # The names of the outer columns stand out on both sides.
    return QRectF(left - 8, layout.body.y(), wide + 40, layout.body.height())


def draw_model(
    painter: QPainter, layout: FamilyLayout, frame: Frame, turn: int, colours: Colours
) -> None:
    """Draw the maps of one model, and what the token looked at may see in it."""
    at, found = looked_at(frame), blocks(layout, frame)
    for block in found:
        if block.turn == turn:
            _draw_block(painter, layout, frame, block, at, colours)
    if turn == 2:
        _draw_parts(painter, layout, frame, found, colours)
    draw_foot(painter, layout, frame, turn, found, colours)


def _run(rect: QRectF, row: int, first: int, end: int, rows: int, columns: int) -> QRectF:
    """Return where the cells of a row from one column to before another lie."""
    wide, high = rect.width() / columns, rect.height() / rows
    return QRectF(rect.x() + first * wide, rect.y() + row * high, (end - first) * wide, high)


def _draw_block(
    painter: QPainter,
    layout: FamilyLayout,
    frame: Frame,
    block: Block,
    at: tuple[str, int, int] | None,
    colours: Colours,
) -> None:
    looks, rect, t = block.looks, block.rect, layout.room.type
    rows, columns = looks.is_open.shape
    if has_weights(frame):
        draw_map(painter, rect, looks.weights[layer_of(frame, looks)], 1.0, "magnitude", colours)
    else:
        open_hue = fade(colours.solid("magnitude"), _SOFT)
        for row, count in enumerate(looks.is_open.sum(axis=1)):  # what is open comes first
            painter.fillRect(_run(rect, row, 0, int(count), rows, columns), open_hue)
    for row, count in enumerate(looks.is_open.sum(axis=1)):
        if count < columns:
            painter.fillRect(
                _run(rect, row, int(count), columns, rows, columns), colours.background
            )
    closed = [cell(rect, int(r), int(c), rows, columns) for r, c in np.argwhere(~looks.is_open)]
    draw_grid(painter, rect, rows, columns, colours.line)
    painter.setPen(QPen(colours.faint, 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints([box.center() for box in closed])
    row = twins(frame, at).get(block.name, -1)
    _draw_names(painter, layout, frame, block, row, colours)
    column = at[2] if at is not None and at[0] == block.name else -1
    if block.name != "encoder":
        px = 14 * t
        names = [named(token, frame) for token in looks.columns]
        name_columns(painter, rect, names, px, colours, column)
    if row < 0:
        return
    line = cell(rect, row, 0, rows, columns)
    line.setRight(rect.right())
    outline(painter, line, colours, 2.2)
    if column >= 0:
        outline(painter, cell(rect, row, column, rows, columns), colours, 2.6)


def _draw_names(
    painter: QPainter,
    layout: FamilyLayout,
    frame: Frame,
    block: Block,
    chosen: int,
    colours: Colours,
) -> None:
    """Write the rows' names where there is room for all; else the one that is looked at."""
    if block.labels.isEmpty():
        return
    rows = block.looks.rows
    high = block.rect.height() / len(rows)
    px = 15 * layout.room.type
    fits = high >= 1.2 * px
    if not fits and high >= 1.2 * 14 * layout.room.type * 0.9:
        px, fits = 14 * layout.room.type * 0.9, True
    for place, token in enumerate(rows):
        lit = place == chosen
        if not fits and not lit:
            continue
        box = QRectF(block.labels.x(), block.rect.y() + place * high, block.labels.width(), high)
        ink = colours.amber_text if lit else colours.muted
        write(painter, box, named(token, frame), px, ink, SEMIBOLD if lit else REGULAR, RIGHT)


def hit(layout: FamilyLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("cell", map, row, column) under a point."""
    for block in blocks(layout, frame):
        at = cell_at(block.rect, point, *block.looks.is_open.shape)
        if at is not None:
            return ("cell", block.name, *at)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the card of the cell looked at: is it open, and how much weight it has."""
    at = looked_at(frame)
    if at is None:
        return None
    name, row, column = at
    looks: Looks = getattr(frame.answer, name)
    weights = looks.weights[layer_of(frame, looks)]
    is_open = bool(looks.is_open[row, column])
    title = frame.say(
        words.LOOKS, row=named(looks.rows[row], frame), column=named(looks.columns[column], frame)
    )
    return Lens(
        title,
        (
            (frame.say(words.OPEN), frame.say(words.IS_OPEN[is_open])),
            (frame.say(words.WEIGHT), number(float(weights[row, column]), 3)),
            (frame.say(words.ROW_SUM), number(float(weights[row].sum()), 4)),
        ),
        weights,
        1.0,
        "magnitude",
    )
