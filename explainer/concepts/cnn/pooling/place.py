"""What one cell of each layer sees of the drawing, and how pooling stretches it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.convolution.pad import is_empty
from explainer.concepts.cnn.convolution.words import EXAMPLE, ranked
from explainer.concepts.cnn.pooling import words
from explainer.concepts.cnn.pooling.lane import between
from explainer.concepts.cnn.pooling.layout import FIELD_LAYERS, PoolingLayout
from explainer.concepts.cnn.pooling.probe import Pooled
from explainer.concepts.cnn.rank import by_strength
from explainer.concepts.cnn.receptive import Field
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame
from explainer.stage.heatmap import cell, cell_at, draw_legend, draw_map, outline
from explainer.stage.lettering import SEMIBOLD, width, write
from explainer.stage.motion import share

EVERY = 2.2  # seconds from one layer to the next
GROWS = 0.9
# Rounding may leave a beat a hair before the moment it stands for.
ALMOST = 1e-6
CHOSEN = ("relu2", "pool2")  # the layers whose map the knob chooses

Cell = tuple[int, int, int]  # (layer's index along the path, row, column)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return two moments a layer: when its cell is there, and when its field has grown."""
    result = []
    for index, name in enumerate(FIELD_LAYERS):
        ends = (EVERY * index, time_of(index)) if index else (0.0,)
        result += [Beat(name, at, frame.say(words.LAYERS[name])) for at in ends]
    return tuple(result)


def time_of(index: int) -> float:
    """Return when the field of a layer has grown."""
    return EVERY * index + (GROWS if index else 0.0)


def shown_maps(frame: Frame, answer: Pooled) -> dict[str, int]:
    """Return which map of each layer is shown, counted from 0.

    The later layers show the chosen map, the earlier ones the strongest.
    """
    early = int(by_strength(answer.layers["relu1"])[0])
    order = by_strength(answer.layers["relu2"])
    late = int(order[min(int(frame.knobs["map"]), len(order)) - 1])
    return {"relu1": early, "pool1": early, "relu2": late, "pool2": late}


def path(frame: Frame, answer: Pooled) -> tuple[Cell, ...]:
    """Return one cell a layer, each within the window of the next.

    From the strongest cell of the last pooling back: the winner of a pooling window, the middle
    of a kernel's window.
    """
    maps = shown_maps(frame, answer)
    last = len(answer.fields) - 1
    strongest = answer.layers[answer.fields[last].layer][maps[answer.fields[last].layer]]
    row, column = (int(i) for i in np.unravel_index(int(strongest.argmax()), strongest.shape))
    cells: list[Cell] = [(last, row, column)]
    for index in range(last, 0, -1):
        field = answer.fields[index]
        top, left = (at * field.stride - field.padding for at in (row, column))
        before = answer.fields[index - 1].layer
        if field.layer.startswith("pool"):
            values = answer.layers[before][maps[before]]
            window = values[top : top + field.kernel, left : left + field.kernel]
            down, right = np.unravel_index(int(window.argmax()), window.shape)
            row, column = top + int(down), left + int(right)
        else:
            middle = field.dilation * (field.kernel // 2)
            row, column = top + middle, left + middle
        cells.append((index - 1, row, column))
    return tuple(reversed(cells))


def field_rect(grid: QRectF, field: Field, row: int, column: int, side: int = 28) -> QRectF:
    """Return the receptive field of a cell, on the drawing, kept within its edges."""
    pixel = grid.width() / side
    top, size = field.span(row)
    left, _ = field.span(column)
    whole = QRectF(grid.x() + left * pixel, grid.y() + top * pixel, size * pixel, size * pixel)
    return whole.intersected(grid)


def draw_still(
    painter: QPainter, layout: PoolingLayout, frame: Frame, answer: Pooled, colours: Colours
) -> None:
    """Draw the drawing, and one map a layer with what its cells see."""
    t, maps = layout.room.type, shown_maps(frame, answer)
    write(
        painter,
        layout.heading,
        frame.say(EXAMPLE if is_empty(frame.drawing) else words.DRAWING),
        18 * t,
        colours.ink,
        SEMIBOLD,
    )
    draw_map(painter, layout.grid, answer.pictures[0], 1.0, "image", colours)
    _frame(painter, layout.grid, colours)
    peak = max(float(maps_of_layer.max()) for maps_of_layer in answer.layers.values())
    if not layout.legend.isEmpty():
        draw_legend(painter, layout.legend, frame.say(words.VALUES), 0, peak, "signed", colours)
    for field, tile in zip(answer.fields, layout.tiles[0], strict=True):
        values = answer.layers[field.layer][maps[field.layer]]
        draw_map(painter, tile, values, peak, "signed", colours)
        _frame(painter, tile, colours)
        wide = layout.bars[0].width()
        layer_name = frame.say(words.LAYERS[field.layer])
        said = frame.say(words.MAP_OF, layer=layer_name, map=maps[field.layer] + 1)
        if field.layer in CHOSEN:
            place = frame.say(ranked(maps[field.layer] + 1, int(frame.knobs["map"])))
            said = frame.say(words.RANKED, layer=layer_name, map=place)
        above = QRectF(tile.x(), tile.y() - 32 * t, wide, 26 * t)
        write(painter, above, said, 17 * t, colours.ink, SEMIBOLD)
        size = f"{field.size}×{field.size}"
        sees, step = frame.say(words.SEES, size=size), frame.say(words.STEP, jump=field.jump)
        below = QRectF(tile.x(), tile.bottom() + 6, wide, 24 * t)
        both = f"{sees} · {step}"
        if width(both, 16 * t) <= wide:
            write(painter, below, both, 16 * t, colours.muted)
        else:
            write(painter, below, sees, 16 * t, colours.muted)
            write(painter, below.translated(0, 24 * t), step, 16 * t, colours.muted)


def _frame(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1))
    painter.drawRect(rect)


def active(frame: Frame, answer: Pooled, time: float) -> tuple[tuple[Cell, ...], float]:
    """Return the cells shown, the active one last, and how far that one's field has grown."""
    if frame.hover[:1] == ("cell",):
        _, index, row, column = frame.hover
        side = answer.layers[answer.fields[int(index)].layer].shape[-1]
        if int(row) < side and int(column) < side:
            return ((int(index), int(row), int(column)),), 1.0
    cells = path(frame, answer)
    if frame.reduced:
        return cells, 1.0
    reached = min(int(time / EVERY + ALMOST), len(cells) - 1)
    grown = share(time, EVERY * reached, GROWS) if reached else 1.0
    return cells[: reached + 1], grown


def draw_moving(
    painter: QPainter,
    layout: PoolingLayout,
    frame: Frame,
    answer: Pooled,
    time: float,
    colours: Colours,
) -> None:
    """Draw the fields one inside the other, the active one in amber."""
    cells, grown = active(frame, answer, time)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for index, row, column in cells[:-1]:
        place = field_rect(layout.grid, answer.fields[index], row, column)
        for rect in (place, _cell_rect(layout, answer, (index, row, column))):
            painter.setPen(QPen(fade(colours.background, 0.8), 4))
            painter.drawRect(rect)
            painter.setPen(QPen(colours.query, 2.2 if colours.is_projector else 1.6))
            painter.drawRect(rect)
    index, row, column = cells[-1]
    field = answer.fields[index]
    place = field_rect(layout.grid, field, row, column)
    if len(cells) > 1 and grown < 1:
        start = field_rect(layout.grid, answer.fields[cells[-2][0]], *cells[-2][1:])
        place = between(start, place, grown)
    outline(painter, _cell_rect(layout, answer, cells[-1]), colours)
    outline(painter, place, colours)
    t = layout.room.type
    size = f"{field.size}×{field.size}"
    layer = frame.say(words.LAYERS[field.layer])
    said = frame.say(words.FIELD, layer=layer, size=size)
    write(painter, layout.detail, said, 17 * t, colours.amber_text, SEMIBOLD)


def _cell_rect(layout: PoolingLayout, answer: Pooled, at: Cell) -> QRectF:
    index, row, column = at
    rows, columns = answer.layers[answer.fields[index].layer].shape[1:]
    return cell(layout.tiles[0][index], row, column, rows, columns)


def hit(layout: PoolingLayout, answer: Pooled, point: QPointF) -> tuple[str | int, ...]:
    """Return ("cell", layer index, row, column) for the cell under the pointer."""
    for index, (field, tile) in enumerate(zip(answer.fields, layout.tiles[0], strict=True)):
        at = cell_at(tile, point, *answer.layers[field.layer].shape[1:])
        if at is not None:
            return ("cell", index, *at)
    return ()
