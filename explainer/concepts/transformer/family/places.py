"""Where the five attention maps lie, and which rows belong to the token looked at."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.concepts.transformer.family.layout import FamilyLayout
from explainer.concepts.transformer.family.questions import Looks, Masks
from explainer.stage.frame import Frame

_APART = 7.0  # units between the blocks of the prefix model
_PARTED, _BETWEEN = 28.0, 22.0  # units above what is written by it; least between two models
_NAMES = 3 * 1.4 * 14 + 5  # units that columns' names take at most: three lines
_FOOT = 36.0  # units under the prefix model's maps: what the row looked at may see


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
    """Return the five maps where they lie, all cells alike: one, one, and three in a square."""
    answer: Masks = frame.answer
    t, body = layout.room.type, layout.body
    lead = 58.0 * min(t, 1.3)
    apart = _PARTED * t
    top = body.y() + 62 * t
    read, written = len(answer.encoder.rows), len(answer.decoder.rows)
    counts = (len(answer.masked.rows), len(answer.causal.rows), read + written)
    low = body.bottom() - _FOOT * t - top
    cell = min(
        (body.width() - 3 * lead - 2 * _BETWEEN - _APART) / sum(counts),
        (low - apart - _NAMES * t) / counts[2],
    )
    used = cell * sum(counts) + 3 * lead + _APART
    between = (body.width() - used) / 2
    found, x = [], body.x() + lead
    for turn, name in enumerate(("masked", "causal")):
        side = counts[turn] * cell
        labels = QRectF(x - lead, top, lead - 8, side)
        found.append(Block(name, turn, getattr(answer, name), QRectF(x, top, side, side), labels))
        x += side + between + lead
    first, second = cell * read, cell * written
    y, right, left = top + first + apart, x + first + _APART, x - lead
    found += [
        Block("encoder", 2, answer.encoder, QRectF(x, top, first, first),
              QRectF(left, top, lead - 8, first)),
        Block("cross", 2, answer.cross, QRectF(x, y, first, second),
              QRectF(left, y, lead - 8, second)),
        Block("decoder", 2, answer.decoder, QRectF(right, y, second, second), QRectF()),
    ]  # fmt: skip
    return tuple(found)


def looked_at(frame: Frame) -> tuple[str, int, int] | None:
    """Return the map, row and column pointed at or chosen."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("cell",):
            name, row, column = str(target[1]), int(target[2]), int(target[3])
            looks: Looks = getattr(frame.answer, name)
            if row < len(looks.rows) and column < len(looks.columns):
                return name, row, column
    return None


def twins(frame: Frame, at: tuple[str, int, int] | None) -> dict[str, int]:
    """Return the row of each map that belongs to the token looked at.

    A word of the sentence has a row in all three models; a word that is written has one in the
    decoder and one in its cross-attention.
    """
    if at is None:
        return {}
    name, row, _ = at
    if name in ("cross", "decoder"):
        return {"cross": row, "decoder": row}
    answer: Masks = frame.answer
    whole = len(answer.causal.rows)  # the start and the words; the end is one after the last
    word = row if name == "masked" else row - 1
    rows = {"masked": word, "causal": word + 1, "encoder": word + 1}
    if word == whole - 1:  # the causal model does not read the end
        del rows["causal"]
    return rows if word >= 0 else {name: row}


def right_of(found: tuple[Block, ...], turn: int) -> float:
    """Return where a model's maps end."""
    return max(block.rect.right() for block in found if block.turn == turn)
