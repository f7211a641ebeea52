"""The whole net: its columns of maps, the hidden layer, and the probabilities."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QRegion

from explainer.concepts.cnn.draw.flows import draw_edges, draw_strongest
from explainer.concepts.cnn.draw.layout import DrawLayout
from explainer.concepts.cnn.draw.light import draw_lit, draw_pushers
from explainer.concepts.cnn.draw.maps import NAMES, peak_of, shown_maps, sources_of, spot
from explainer.lesson import Text
from explainer.stage.colours import Colours, RampName
from explainer.stage.frame import Frame
from explainer.stage.heatmap import draw_legend, draw_map, draw_maps, outline
from explainer.stage.lettering import BOLD, CENTRE, RIGHT, SEMIBOLD, number, percent, width, write
from explainer.stage.view import Keep

SHAPE = Text("{n} maps · {side}×{side}", "{n}장 · {side}×{side}")
SHAPE_SHORT = Text("{n} of {side}×{side}", "{side}×{side} {n}장")
PROBABILITIES = Text("Probability", "확률")
HIDDEN = Text("Hidden", "은닉층")
LEGEND_WEIGHT = Text("kernel weight", "커널 가중치")
LEGEND_1 = Text("map values, layer 1", "지도 값 · 1층")
LEGEND_2 = Text("map values, layer 2", "지도 값 · 2층")


def draw_under(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    """Draw what no answer changes: how the columns hang together, and what they are called."""
    if frame.answer is not None:
        draw_edges(painter, layout, colours, _strength(frame))
    _draw_headings(painter, layout, frame, colours)


def _strength(frame: Frame) -> float:
    """Return the opacity of the edges, 0..1: they give way to what is in the light."""
    return 0.45 if spot(frame) or frame.hover else 1.0


def draw_flows(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    """Draw what flows to where, round the columns; what is in the light last."""
    painter.save()
    painter.setClipRegion(_beside_columns(layout), Qt.ClipOperation.IntersectClip)
    draw_strongest(painter, layout, frame, colours, _strength(frame))
    if frame.hover and frame.hover[0] == "bar":
        draw_pushers(painter, layout, frame, colours, int(frame.hover[1]))
    lit = spot(frame)
    if lit:
        draw_lit(painter, layout, frame, colours, lit)
    painter.restore()


def _beside_columns(layout: DrawLayout) -> QRegion:
    """Return where flows are seen: the maps and the hidden layer lie over them."""
    region = QRegion(flows_within(layout).toRect())
    for tiles in layout.tiles.values():
        for tile in tiles:
            region -= QRegion(tile.toRect())
    return region - QRegion(layout.hidden.toRect())


def flows_within(layout: DrawLayout) -> QRectF:
    """Return what `draw_flows` covers."""
    left, top = layout.preview.right(), layout.bars[0].top()
    return QRectF(left, top, layout.bars[0].left() - left, layout.bars[-1].bottom() - top)


def draw_net(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, keep: Keep
) -> None:
    """Draw the columns."""
    lit = spot(frame)
    _draw_maps(painter, layout, frame, colours, lit)
    first, last = layout.tiles["conv1"][0], layout.tiles["pool2"][-1]
    columns = QRectF(first.topLeft(), last.bottomRight()).adjusted(-8, -48, 64, 8)
    keep(
        painter, "tiles", columns, (layout, lit, frame.answer is None),
        partial(_draw_tiles, layout=layout, frame=frame, colours=colours, lit=lit),
    )  # fmt: skip
    _draw_hidden(painter, layout, frame, colours)
    _draw_bars(painter, layout, frame, colours, keep)
    if frame.answer is not None and not layout.room.large:
        _draw_legends(painter, layout, frame, colours, keep)


def _draw_headings(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    t = layout.room.type
    pitch = layout.tiles["pool1"][0].left() - layout.tiles["conv1"][0].left()
    for name, tiles in layout.tiles.items():
        wide = tiles[1].right() - tiles[0].left() if name[-1] == "2" else tiles[0].width()
        centre = tiles[0].left() + wide / 2
        room = max(pitch, wide + 12)  # a double column has a double heading
        box = QRectF(centre - room / 2 + 2, 34, room - 4, 24)
        write(painter, box, frame.say(NAMES[name]), 16 * t, colours.ink, SEMIBOLD, CENTRE)
        if frame.answer is not None and not layout.room.large:
            maps = frame.answer.layers[name]
            facts = {"n": len(maps), "side": maps.shape[-1]}
            said = [frame.say(text, **facts) for text in (SHAPE, SHAPE_SHORT)]
            fitting = [shape for shape in said if width(shape, 14 * t) < room - 12]
            if fitting:
                under = QRectF(centre - room / 2, 59, room, 20)
                write(painter, under, fitting[0], 14 * t, colours.muted, align=CENTRE)
    bar = layout.bars[0]
    box = QRectF(bar.left(), 34, bar.width(), 24)
    write(painter, box, frame.say(PROBABILITIES), 16 * t, colours.ink, SEMIBOLD, CENTRE)
    box = QRectF(layout.hidden.center().x() - 36, 34, 72, 24)
    write(painter, box, frame.say(HIDDEN), 16 * min(t, 1.2), colours.ink, SEMIBOLD, CENTRE)
    if frame.answer is not None and not layout.room.large:
        under = box.translated(0, 23)
        count = str(len(frame.answer.layers["hidden"]))
        write(painter, under, count, 14 * t, colours.muted, align=CENTRE)


def _draw_maps(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, lit: tuple[Any, ...]
) -> None:
    if frame.answer is None:
        return
    bright = {*sources_of(lit), lit[:2]}
    for name, tiles in layout.tiles.items():
        veiled = [i for i in range(len(tiles)) if lit and (name, i) not in bright]
        peak = peak_of(frame, name)
        draw_maps(painter, tiles, shown_maps(frame, name), peak, "signed", colours, veiled)


def _draw_tiles(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, lit: tuple[Any, ...]
) -> None:
    """Draw the edges of the maps."""
    near = sources_of(lit)
    painter.setBrush(colours.surface if frame.answer is None else Qt.BrushStyle.NoBrush)
    for name, tiles in layout.tiles.items():
        for index, tile in enumerate(tiles):
            strong = (name, index) in near
            painter.setPen(QPen(colours.ink if strong else colours.faint, 1.6 if strong else 1))
            painter.drawRoundedRect(tile, 2, 2)
    if lit and frame.answer is not None:
        tile = layout.tiles[str(lit[0])][int(lit[1])]
        outline(painter, tile.adjusted(-2, -2, 2, 2), colours, 4)


def _draw_hidden(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    painter.setPen(QPen(colours.faint, 1))
    painter.setBrush(colours.surface)
    if frame.answer is not None:
        hidden = frame.answer.layers["hidden"][:, None]
        draw_map(painter, layout.hidden, hidden, float(hidden.max()) or 1.0, "signed", colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(layout.hidden)


def _draw_bars(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, keep: Keep
) -> None:
    t = layout.room.type
    chances = None if frame.answer is None else frame.answer.probabilities
    best = -1 if chances is None else int(np.argmax(chances))
    rows = layout.bars[0].united(layout.bars[-1]).adjusted(-4, -24, 4, 4)
    draw_rows = partial(_draw_rows, layout=layout, best=best, colours=colours)
    keep(painter, "rows", rows, (layout, best), draw_rows)
    if chances is None:
        return
    for digit, (row, chance) in enumerate(zip(layout.bars, chances.tolist(), strict=True)):
        fill = _track(row, t)
        fill.setWidth(max(2.0, fill.width() * chance))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.generator)
        painter.drawRoundedRect(fill, 3, 3)
        value = QRectF(row.right() - 62 * t, row.y(), 62 * t, row.height())
        shown = percent(chance).replace(" %", "")
        size, ink, weight = _emphasis(digit == best, colours)
        write(painter, value, shown, size * t, ink, weight, RIGHT)


def _draw_rows(painter: QPainter, layout: DrawLayout, best: int, colours: Colours) -> None:
    """Draw the digits and the tracks their bars run in."""
    t = layout.room.type
    for digit, row in enumerate(layout.bars):
        label = QRectF(row.left(), row.y(), 20 * t, row.height())
        _, ink, weight = _emphasis(digit == best, colours)
        write(painter, label, str(digit), (22 if digit == best else 19) * t, ink, weight, CENTRE)
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(_track(row, t), 3, 3)
    head = layout.bars[0]
    unit = QRectF(head.right() - 40, head.top() - 20, 40, 20)
    write(painter, unit, "%", 14 * t, colours.muted, align=RIGHT)


def _track(row: QRectF, t: float) -> QRectF:
    """Return where a digit's bar runs, between its label and its number."""
    left, right = row.left() + 20 * t + 6, row.right() - 62 * t - 4
    high = 20 * min(t, 1.3)
    return QRectF(left, row.center().y() - high / 2, right - left, high)


def _emphasis(is_best: bool, colours: Colours) -> tuple[float, QColor, QFont.Weight]:
    """Return size, colour and weight of a digit's number: the best guess stands out."""
    return (17, colours.ink, BOLD) if is_best else (16, colours.muted, SEMIBOLD)


def _draw_legends(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, keep: Keep
) -> None:
    top, tiles, bar = layout.legend_top, layout.tiles, layout.bars[0]
    peak = float(np.abs(frame.snapshot.weights["conv2.weight"]).max())
    places: tuple[tuple[Text, float, float, float, RampName], ...] = (
        (LEGEND_1, tiles["conv1"][0].left(), tiles["pool1"][0].right(), peak_of(frame, "conv1"),
         "signed"),
        (LEGEND_2, tiles["conv2"][0].left(), tiles["pool2"][1].right(), peak_of(frame, "conv2"),
         "signed"),
        (LEGEND_WEIGHT, bar.left() - 90, bar.left() + 60, peak, "weight"),
    )  # fmt: skip
    for title, left, right, most, ramp in places:
        box = QRectF(left, top, min(180.0, right - left), 48)
        said = frame.say(title)
        of = (box, said, number(most, 1))  # the bar's colours are the same for every peak
        keep(
            painter, title.en, box.adjusted(-1, 0, 1, 4), of,
            partial(draw_legend, rect=box, title=said, low=-most, high=most, ramp=ramp,
                    colours=colours),
        )  # fmt: skip
