"""The numbers of one row under the maps of an open box."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.answers import Floats
from explainer.concepts.transformer.blocks import words
from explainer.concepts.transformer.blocks.inside import numbers
from explainer.concepts.transformer.blocks.layout import BlocksLayout, line_pitch, named, row_names
from explainer.concepts.transformer.blocks.places import BOXES
from explainer.concepts.transformer.translate.bars import rounded
from explainer.stage.addition import multiplies
from explainer.stage.colours import Colours, RampName
from explainer.stage.frame import Frame
from explainer.stage.heatmap import cell, draw_grid, draw_map, draw_numbers
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, number, width, write

_MOST = 4  # decimals of a factor that its cell has room for


def factors_in(left: Floats, right: Floats, products: Floats) -> int:
    """Return the decimals that make each product of two lines true as written, as far as can be."""
    lines = [tuple(map(float, line)) for line in zip(left, right, products, strict=True)]
    counts = {
        more: sum(multiplies(a, b, c, 2, more) for a, b, c in lines) for more in range(2, _MOST + 1)
    }
    return max(counts, key=lambda more: (counts[more], -more))


def draw_row(
    painter: QPainter,
    layout: BlocksLayout,
    frame: Frame,
    row: int,
    column: int,
    colours: Colours,
) -> None:
    """Draw the numbers of the row looked at, with what they are made of."""
    opened, t = layout.opened, layout.room.type
    assert opened is not None
    area, px = opened.numbers, 15 * t
    token = row_names(frame, frame.answer, opened.name)[row]
    found = numbers(frame.answer, opened.name, row, column, token)
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(area.topLeft(), area.topRight())
    title = QRectF(area.x(), area.y() + 2, area.width(), 26 * t)
    write(painter, title, frame.say(found.title), 16 * t, colours.ink, SEMIBOLD)
    lead = min(215 * t, area.width() * 0.26)
    pitch = min((area.width() - lead) / max(len(found.heads), 1), 110 * t)
    heads = QRectF(area.x() + lead, title.bottom(), pitch * len(found.heads), 20 * t)
    for place, head in enumerate(found.heads):
        box = cell(heads, 0, place, 1, len(found.heads)).adjusted(2, 0, -2, 0)
        write(painter, box, named(head, frame), 14 * t, colours.muted, align=CENTRE)
    y = heads.bottom()
    signs = ("", *opened.inside.signs)
    is_product = BOXES[opened.name].part == "feed_forward"
    decimals = factors_in(*(line[1] for line in found.lines)) if is_product else 2
    for place, (label, values, peak, ramp) in enumerate(found.lines):
        line = QRectF(heads.x(), y, heads.width(), line_pitch(t) - 2 * min(t, 1.2))
        if BOXES[opened.name].part in ("add", "embedding"):
            sign = QRectF(area.x() + lead - 24, y, 20, line.height())
            write(painter, sign, signs[place], px, colours.ink, SEMIBOLD, CENTRE)
        box = QRectF(area.x(), y, lead - 28, line.height())
        write(painter, box, frame.say(label), px, colours.ink)
        if is_product:
            free = box.adjusted(width(frame.say(label), px) + 12, 0, 0, 0)
            _draw_scale(painter, free, peak, ramp, colours, 14 * t)
        block = values[None, :]
        draw_map(painter, line, block, peak, ramp, colours)
        draw_grid(painter, line, 1, len(values), colours.line)
        if label is words.PROBABILITY:
            _draw_shares(painter, line, values, colours, 14 * t)
        else:
            places = 2 if label is words.PRODUCT else decimals
            draw_numbers(painter, line, block, peak, ramp, colours, 14 * t, places)
        y += line_pitch(t)
    if found.total is not None:
        box = QRectF(area.x(), y, area.width(), 26 * t)
        write(painter, box, frame.say(found.total), px, colours.ink)


def _draw_scale(
    painter: QPainter, box: QRectF, peak: float, ramp: RampName, colours: Colours, px: float
) -> None:
    """Draw a line's own colours and their ends, as far as there is room for them."""
    said = f"± {number(peak, 1)}"
    wide = width(said, px) + 4
    if wide > box.width():
        return
    write(painter, box, said, px, colours.muted, align=RIGHT)
    bar = QRectF(box.x(), box.center().y() - 4.5, box.width() - wide - 8, 9)
    if bar.width() >= 36:
        bar.setLeft(max(bar.left(), bar.right() - 70))
        draw_map(painter, bar, np.linspace(-peak, peak, 64)[None, :], peak, ramp, colours)


def _draw_shares(
    painter: QPainter, line: QRectF, values: Floats, colours: Colours, px: float
) -> None:
    """Write probabilities as percentages, so that nearly all is not written as all."""
    for place, value in enumerate(values):
        ink = colours.text_on(colours.colour_of(float(value), 1.0, "magnitude"))
        box = cell(line, 0, place, 1, len(values)).adjusted(2, 0, -2, 0)
        write(painter, box, rounded(float(value)), px, ink, align=CENTRE)
