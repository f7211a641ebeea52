"""An open box: its maps side by side, one row a token, and the numbers of one row."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.blocks import words
from explainer.concepts.transformer.blocks.figures import draw_row
from explainer.concepts.transformer.blocks.inside import (
    SHOWN,
    Inside,
    Panel,
    difference,
    inside,
    window,
)
from explainer.concepts.transformer.blocks.layout import (
    COLUMN_NAME,
    FIGURE,
    BlocksLayout,
    Opened,
    named,
    row_names,
    way,
)
from explainer.concepts.transformer.blocks.moments import appeared, focus, rows_shown
from explainer.concepts.transformer.blocks.places import BOXES
from explainer.concepts.transformer.blocks.probe import Walk
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Lens, Target
from explainer.stage.heatmap import (
    cell,
    cell_at,
    draw_grid,
    draw_legend,
    draw_map,
    outline,
)
from explainer.stage.lettering import (
    CENTRE,
    REGULAR,
    RIGHT,
    SEMIBOLD,
    number,
    percent,
    width,
    write,
)

_LEAST = 9.0  # of the type of a row's name
# Boxes that show the numbers of eight neighbouring columns.
_WINDOWED = ("add", "embedding", "norm")


def counted(walk: Walk, name: str, frame: Frame) -> str:
    """Return how many parameters a box has, and their share of all."""
    count = walk.count(name)
    if count:
        return frame.say(words.PARAMETERS, count=f"{count:,}", share=percent(count / walk.total))
    return frame.say(words.TIED if name == "output" else words.NO_PARAMETERS)


def draw_still(painter: QPainter, layout: BlocksLayout, frame: Frame, colours: Colours) -> None:
    """Draw the way back, titles and the names of columns."""
    opened, t = layout.opened, layout.room.type
    assert opened is not None
    px = 16 * t
    for place, (target, text, rect) in enumerate(opened.crumbs):
        if place == 0:
            draw_pill(painter, rect, text, px, colours, frame.hover == ("crumb", target))
            sign = QRectF(rect.right(), rect.y(), 26, rect.height())
            write(painter, sign, "›", px, colours.muted, align=CENTRE)
        else:
            write(painter, rect, text, px, colours.ink, SEMIBOLD)
    for target, text, rect in opened.beside:
        draw_pill(painter, rect, text, px, colours, frame.hover == ("crumb", target))
    for panel, rect in zip(opened.inside.panels, opened.panels, strict=True):
        _draw_head(painter, layout, panel, rect, frame, colours)
    gaps = zip(opened.inside.signs, opened.inside.panels, opened.panels, strict=False)
    for mark, panel, rect in gaps:
        x = rect.right() + len(panel.figures) * FIGURE * t
        box = QRectF(x, rect.y(), 40, rect.height())
        write(painter, box, mark, 28, colours.ink, SEMIBOLD, CENTRE)


def _draw_head(
    painter: QPainter,
    layout: BlocksLayout,
    panel: Panel,
    rect: QRectF,
    frame: Frame,
    colours: Colours,
) -> None:
    assert layout.opened is not None
    t = layout.room.type
    first = layout.opened.crumbs[0][2].bottom() + 8
    title = QRectF(rect.x(), first, rect.width(), 24 * t)
    said, px = frame.say(panel.title), 14 * t
    write(painter, title, said, 16 * t, colours.ink, SEMIBOLD)
    low = 0.0 if panel.ramp == "magnitude" else -panel.peak
    scale = "0 … 1" if panel.ramp == "magnitude" else f"± {number(panel.peak, 1)}"
    if layout.opened.legend:
        bar = QRectF(rect.x(), rect.bottom() + 6, min(rect.width(), 190 * t), 46 * t)
        name = frame.say(words.SCALE)
        draw_legend(painter, bar, name, low, panel.peak, panel.ramp, colours, px)
    elif width(said, 16 * t, SEMIBOLD) + width(scale, px) + 16 < rect.width():
        write(painter, title, scale, px, colours.muted, align=RIGHT)
    pitch = rect.width() / max(len(panel.columns), 1)
    # Measured: leaning names of neighbouring columns part where these are 2.4 sizes apart.
    lean = -50 if pitch > 2.4 * px else -90
    for place, token in enumerate(panel.columns):
        painter.save()
        painter.translate(rect.x() + (place + 0.5) * pitch, rect.y() - 5)
        painter.rotate(lean)
        along = QRectF(0, -px, COLUMN_NAME * t, 2 * px)
        write(painter, along, named(token, frame), min(px, 1.2 * pitch), colours.ink)
        painter.restore()
    for place, (name, _, _) in enumerate(panel.figures):
        x = rect.right() + place * FIGURE * t
        box = QRectF(x + 2, rect.y() - 22 * t, FIGURE * t - 4, 20 * t)
        write(painter, box, frame.say(name), px, colours.muted, align=RIGHT)


def draw_moving(
    painter: QPainter, layout: BlocksLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the maps as far as they have come, and the numbers of the row looked at."""
    opened = layout.opened
    assert opened is not None
    walk, name = frame.answer, opened.name
    is_decoder = BOXES[name].stack == "decoder"
    rows, shown = len(opened.inside.rows), rows_shown(walk, name, time)
    row, column = focus(frame, name, time)
    high = opened.names.height() / rows
    px = min(15 * layout.room.type, high * 0.84)
    said = row_names(frame, walk, name)
    for place, text in enumerate(said):
        # Where a sentence has many pieces, only the one looked at has room for its name.
        if place < shown and (px >= _LEAST or place == row):
            box = cell(opened.names, place, 0, rows, 1).adjusted(-16, 0, -10, 0)
            ink, weight = (colours.ink, SEMIBOLD) if place == row else (colours.muted, REGULAR)
            write(painter, box, text, max(px, _LEAST), ink, weight, RIGHT)
    for place, (panel, rect) in enumerate(zip(opened.inside.panels, opened.panels, strict=True)):
        painter.setOpacity(1.0 if is_decoder else appeared(frame, place, time))
        _draw_panel(painter, panel, rect, shown, px, layout.room.type, colours)
        if shown:
            outline(painter, cell(rect, row, 0, rows, 1).adjusted(-1, -1, 1, 1), colours, 2)
        if shown and panel.values.shape[1] == 64 and BOXES[name].part in _WINDOWED:
            first = window(min(column, 63), 64)
            part = cell(rect, row, first, rows, 64)
            part.setWidth(part.width() * SHOWN)
            painter.setPen(QPen(colours.ink, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(part)
        painter.setOpacity(1.0)
    if shown:
        draw_row(painter, layout, frame, row, column, colours)


def _draw_panel(
    painter: QPainter,
    panel: Panel,
    rect: QRectF,
    shown: int,
    px: float,
    t: float,
    colours: Colours,
) -> None:
    rows, columns = panel.values.shape
    if shown:
        part = QRectF(rect.x(), rect.y(), rect.width(), rect.height() * shown / rows)
        draw_map(painter, part, panel.values[:shown], panel.peak, panel.ramp, colours)
    if panel.is_masked:
        ahead = [
            cell(rect, r, c, rows, columns).center()
            for r in range(shown)
            for c in range(r + 1, columns)
        ]
        painter.setPen(QPen(colours.muted, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(ahead)
    draw_grid(painter, rect, rows, columns if panel.columns else 1, colours.line)
    for place, (_, values, decimals) in enumerate(panel.figures):
        for row in range(shown):
            x = rect.right() + place * FIGURE * t
            box = QRectF(x + 2, rect.y() + row * rect.height() / rows, FIGURE * t - 4,
                         rect.height() / rows)  # fmt: skip
            said = number(float(values[row]), decimals)
            write(painter, box, said, min(px, 14 * t), colours.ink, align=RIGHT)


def shapes_said(found: Inside) -> str:
    """Return the shapes of a box's maps with what stands between them."""
    said = [f"{p.values.shape[0]}×{p.values.shape[1]}" for p in found.panels]
    signs = ("", *(f" {sign} " for sign in found.signs))
    return "".join(sign + shape for sign, shape in zip(signs, said, strict=True))


def hit(layout: BlocksLayout, point: QPointF) -> Target:
    """Return the way back, a neighbour, or the row and column under a point."""
    opened: Opened | None = layout.opened
    assert opened is not None
    for target, _, rect in (opened.crumbs[0], *opened.beside):
        if rect.contains(point):
            return ("crumb", target)
    for panel, rect in zip(opened.inside.panels, opened.panels, strict=True):
        found = cell_at(rect, point, *panel.values.shape)
        if found is not None:
            own = ("box", opened.name, found[0])
            return (*own, found[1]) if panel.values.shape[1] == 64 else own
    named_row = cell_at(opened.names, point, len(opened.inside.rows), 1)
    return ("box", opened.name, named_row[0]) if named_row else ()


def lens(name: str, frame: Frame, time: float) -> Lens:
    """Return the shapes, the parameters, and whether the box's arithmetic comes out."""
    walk = frame.answer
    found = inside(walk, name)
    row, _ = focus(frame, name, time)
    off = difference(walk, name)
    rows = (
        (frame.say(words.SHAPES), shapes_said(found)),
        (frame.say(words.TOTAL), counted(walk, name, frame)),
        (frame.say(words.DIFFERENCE), f"{off:.1e}"),
    )
    last = found.panels[-1]
    values = np.ascontiguousarray(last.values[row][None, :])
    title = way(BOXES[name], frame)
    return Lens(title, rows, values, last.peak, last.ramp, good=off < 1e-5)
