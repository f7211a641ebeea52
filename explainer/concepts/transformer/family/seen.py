"""What the token looked at may see in each of the three models, in words and as chips."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.family import words
from explainer.concepts.transformer.family.layout import FamilyLayout, named
from explainer.concepts.transformer.family.places import Block, looked_at, right_of, twins
from explainer.concepts.transformer.family.questions import Looks, Masks
from explainer.concepts.transformer.pretrained.layout import names_high
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Frame
from explainer.stage.lettering import CENTRE, SEMIBOLD, width, write

_SOFT = 0.42  # opacity of what is open, as in the maps


def said_of_row(frame: Frame, turn: int, rows: Mapping[str, int]) -> str:
    """Return what the token looked at may look at in one of the three models; "" for none."""
    answer: Masks = frame.answer
    name = ("masked", "causal", "encoder")[turn]
    if name in rows:
        looks: Looks = getattr(answer, name)
        row = rows[name]
        count, whole_row = int(looks.is_open[row].sum()), len(looks.columns)
        token = named(looks.rows[row], frame)
        return frame.say(words.SEES, token=token, count=count, whole=whole_row)
    if turn == 2 and "decoder" in rows:
        row = rows["decoder"]
        count, read = int(answer.decoder.is_open[row].sum()), int(answer.cross.is_open[row].sum())
        token = named(answer.decoder.rows[row], frame)
        return frame.say(words.SEES_BOTH, token=token, read=read, count=count)
    return ""


def draw_foot(
    painter: QPainter,
    layout: FamilyLayout,
    frame: Frame,
    turn: int,
    found: tuple[Block, ...],
    colours: Colours,
) -> None:
    """Write under a model what the token looked at may see in it, and show it as chips."""
    rows, t = twins(frame, looked_at(frame)), layout.room.type
    said = said_of_row(frame, turn, rows)
    if not said:
        return
    mine = [block for block in found if block.turn == turn]
    low = mine[-1].rect.bottom()
    under = max(_names_under(block, frame, t) for block in mine if block.rect.bottom() > low - 1)
    foot = low + under + 8
    box = QRectF(mine[0].labels.x(), foot, 0, 26 * t)
    box.setRight(right_of(found, turn))
    write(painter, box, said, 16 * t, colours.ink, SEMIBOLD)
    block = mine[0]
    if block.name in rows:
        free = QRectF(box.x(), box.bottom() + 8, box.width(), layout.body.bottom() - box.bottom())
        _draw_seen(painter, free, frame, block.looks, rows[block.name], t, colours)


def _names_under(block: Block, frame: Frame, t: float) -> float:
    """Return how much height the names of a map's columns take."""
    names = [named(token, frame) for token in block.looks.columns]
    return names_high(names, 14 * t, block.rect.width() / len(names))


def _draw_seen(
    painter: QPainter, free: QRectF, frame: Frame, looks: Looks, row: int, t: float,
    colours: Colours,
) -> None:  # fmt: skip
    """Draw the tokens as chips, those that the row may look at tinted; nothing without room."""
    px, high = 15 * t, 30 * t
    x, y = free.x(), free.y()
    rects = []
    names = [named(token, frame) for token in looks.columns]
    for name in names:
        wide = width(name, px) + 16
        if x + wide > free.right() and x > free.x():
            x, y = free.x(), y + high + 6
        rects.append(QRectF(x, y, wide, high))
        x += wide + 6
    if rects[-1].bottom() > free.bottom():
        return
    is_open = looks.is_open[row]
    for column, (rect, name) in enumerate(zip(rects, names, strict=True)):
        own, seen = column == row, bool(is_open[column])
        hue = colours.amber if own else colours.solid("magnitude")
        painter.setPen(QPen(hue if seen else colours.line, 1.6 if own else 1.0))
        painter.setBrush(fade(colours.solid("magnitude"), _SOFT) if seen else colours.background)
        painter.drawRoundedRect(rect, 6, 6)
        write(painter, rect, name, px, colours.ink if seen else colours.faint, align=CENTRE)
