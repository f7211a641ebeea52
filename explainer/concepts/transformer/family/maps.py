"""The three masks side by side, open or with the weights that the models put there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.family import words
from explainer.concepts.transformer.family.layout import FamilyLayout, named
from explainer.concepts.transformer.family.questions import Looks, Masks
from explainer.concepts.transformer.sentence import whole
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell, cell_at, draw_grid, draw_map, outline
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, number, write
from explainer.stage.motion import share

_START, _PITCH, _GROWING, _REST = 0.3, 1.1, 0.5, 0.8  # seconds; a map every PITCH
_APART = 7.0  # units between the blocks of the prefix model
_SOFT = 0.42  # opacity of an open cell where no weights are shown


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One attention map on the stage.

    Parameters
    ----------
    name : str
        A field of `Masks`.
    turn : int
        Which of the three models it is part of.
    looks : Looks
    rect : QRectF
    labels : QRectF
        Where the names of its rows are written; empty where another block's stand.
    """

    name: str
    turn: int
    looks: Looks
    rect: QRectF
    labels: QRectF


def blocks(layout: FamilyLayout, frame: Frame) -> tuple[Block, ...]:
    """Return the five maps where they lie: one, one, and three that make a square."""
    answer: Masks = frame.answer
    t, body = layout.room.type, layout.body
    lead = 58.0 * min(t, 1.3)
    wide = body.width() - 3 * lead - 2 * 22.0
    top = body.y() + 62 * t
    # The prefix model reads and writes: twice as many rows want more room.
    large = min(wide * 0.42, body.bottom() - top - 62 * t)
    side = min(wide * 0.29, large)
    pitch = lead + side + (body.width() - 3 * lead - 2 * side - large) / 2
    found = []
    for turn, name in enumerate(("masked", "causal")):
        rect = QRectF(body.x() + turn * pitch + lead, top, side, side)
        labels = QRectF(rect.x() - lead, top, lead - 8, side)
        found.append(Block(name, turn, getattr(answer, name), rect, labels))
    x = body.x() + 2 * pitch + lead
    read, written = len(answer.encoder.rows), len(answer.decoder.rows)
    one = (large - _APART) / (read + written)
    first, second = one * read, one * written
    low, right = top + first + _APART, x + first + _APART
    left = x - lead
    found += [
        Block("encoder", 2, answer.encoder, QRectF(x, top, first, first),
              QRectF(left, top, lead - 8, first)),
        Block("cross", 2, answer.cross, QRectF(x, low, first, second),
              QRectF(left, low, lead - 8, second)),
        Block("decoder", 2, answer.decoder, QRectF(right, low, second, second), QRectF()),
    ]  # fmt: skip
    return tuple(found)


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


def looked_at(frame: Frame) -> tuple[str, int, int] | None:
    """Return the map, row and column pointed at or chosen."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("cell",):
            name, row, column = str(target[1]), int(target[2]), int(target[3])
            looks: Looks = getattr(frame.answer, name)
            if row < len(looks.rows) and column < len(looks.columns):
                return name, row, column
    return None


def draw_still(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    """Draw the titles and what the cells are."""
    t, body = layout.room.type, layout.body
    head = QRectF(body.x(), body.y(), body.width(), 22 * t)
    write(painter, head, frame.say(words.ROWS_LOOK), 15 * t, colours.muted)
    found = blocks(layout, frame)
    for block, title in zip(found[:3], (words.FULL, words.TRIANGLE, words.TOGETHER), strict=True):
        # A title may reach over the names of the rows.
        box = QRectF(block.labels.x(), block.rect.y() - 30 * t, 0, 24 * t)
        box.setRight(_right(found, block.turn))
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
        under = QRectF(rect.x(), rect.bottom() + 4, rect.width(), px * 1.4)
        write(painter, under, frame.say(said), px, colours.muted, align=CENTRE)


def _right(found: tuple[Block, ...], turn: int) -> float:
    return max(block.rect.right() for block in found if block.turn == turn)


def draw_moving(
    painter: QPainter, layout: FamilyLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the masks that have come, and the cell that is looked at."""
    at = looked_at(frame)
    for block in blocks(layout, frame):
        began = _START + block.turn * _PITCH
        if time < began:
            continue
        painter.setOpacity(share(time, began, 0.0 if frame.reduced else _GROWING))
        _draw_block(painter, layout, frame, block, at, colours)
        if block.name == "decoder":
            _draw_parts(painter, layout, frame, blocks(layout, frame), colours)
        painter.setOpacity(1.0)


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
        for row, column in np.argwhere(looks.is_open):
            painter.fillRect(cell(rect, int(row), int(column), rows, columns), open_hue)
    closed = [cell(rect, int(r), int(c), rows, columns) for r, c in np.argwhere(~looks.is_open)]
    for box in closed:
        painter.fillRect(box, colours.background)
    draw_grid(painter, rect, rows, columns, colours.line)
    painter.setPen(QPen(colours.faint, 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints([box.center() for box in closed])
    mine = at if at is not None and at[0] == block.name else None
    _draw_names(painter, layout, frame, block, mine, colours)
    if mine is None:
        return
    _, row, column = mine
    line = cell(rect, row, 0, rows, columns)
    line.setRight(rect.right())
    outline(painter, line, colours, 2.2)
    outline(painter, cell(rect, row, column, rows, columns), colours, 2.6)
    px = 16 * t
    token = named(looks.rows[row], frame)
    count = int(looks.is_open[row].sum())
    said = frame.say(words.SEES, token=token, count=count, whole=columns)
    found = blocks(layout, frame)
    first = next(b for b in found if b.turn == block.turn)
    foot = max(b.rect.bottom() for b in found if b.turn == block.turn)
    box = QRectF(first.labels.x(), foot + 10 + 18 * t, 0, 24 * t)
    box.setRight(_right(found, block.turn))
    write(painter, box, said, px, colours.ink, SEMIBOLD)


def _draw_names(
    painter: QPainter,
    layout: FamilyLayout,
    frame: Frame,
    block: Block,
    at: tuple[str, int, int] | None,
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
        lit = at is not None and at[1] == place
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
