"""The whole net: maps in columns, what flows between them, and the probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.draw.layout import DrawLayout, left_of, right_of
from explainer.lesson import Text
from explainer.stage.colours import Colours
from explainer.stage.heatmap import draw_legend, draw_map, image, outline
from explainer.stage.lettering import BOLD, CENTRE, RIGHT, SEMIBOLD, percent, width, write
from explainer.stage.motion import share
from explainer.stage.ribbons import draw_link, draw_pulse, draw_ribbon, draw_strands
from explainer.stage.view import Frame, fade

NAMES = {
    "conv1": Text("Conv 1", "합성곱 1"),
    "relu1": Text("ReLU 1", "ReLU 1"),
    "pool1": Text("Pool 1", "풀링 1"),
    "conv2": Text("Conv 2", "합성곱 2"),
    "relu2": Text("ReLU 2", "ReLU 2"),
    "pool2": Text("Pool 2", "풀링 2"),
}
SHAPE = Text("{n} maps · {side}×{side}", "{n}장 · {side}×{side}")
SHAPE_SHORT = Text("{n} of {side}×{side}", "{side}×{side} {n}장")
PROBABILITIES = Text("Probability", "확률")
HIDDEN = Text("Hidden", "은닉층")
LEGEND_WEIGHT = Text("kernel weight", "커널 가중치")
LEGEND_1 = Text("map values, layer 1", "지도 값 · 1층")
LEGEND_2 = Text("map values, layer 2", "지도 값 · 2층")

# Faint edges show the strongest links only; above this many the picture turns to fog.
_FAINT = 44


def shown_maps(frame: Frame, column: str) -> np.ndarray:
    """Return a column's maps (n, rows, columns): conv columns before or after ReLU by the knob."""
    layers = frame.answer.layers
    if column.startswith("conv") and frame.knobs.get("shown") == "relu":
        return layers[column.replace("conv", "relu")]
    return layers[column]


def peak_of(frame: Frame, column: str) -> float:
    """Return the largest magnitude of the column's convolution, so that its pooling agrees."""
    return float(np.abs(frame.answer.layers["conv" + column[-1]]).max())


def spot(frame: Frame) -> tuple[Any, ...]:
    """Return the map in the light: the one hovered, else the one the step points to."""
    if frame.hover and frame.hover[0] in NAMES:
        return frame.hover
    pointed = str(frame.knobs.get("spot", ""))
    if not pointed or frame.hover:
        return ()
    name, index = pointed.split("/")
    return (name, int(index))


def draw_under(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    """Draw what no answer changes: how the columns hang together, and what they are called."""
    if frame.answer is not None:
        _draw_edges(painter, layout, colours, _strength(frame))
    _draw_headings(painter, layout, frame, colours)


def _strength(frame: Frame) -> float:
    """Return the opacity of the edges, 0..1: they give way to what is in the light."""
    return 0.45 if spot(frame) or frame.hover else 1.0


def draw_net(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    """Draw the columns; what is in the light last."""
    lit = spot(frame)
    if frame.answer is not None:
        _draw_flows(painter, layout, frame, colours, _strength(frame))
        if frame.hover and frame.hover[0] == "bar":
            _draw_pushers(painter, layout, frame, colours, int(frame.hover[1]))
        if lit:
            _draw_lit(painter, layout, frame, colours, lit)
    _draw_tiles(painter, layout, frame, colours, lit)
    _draw_hidden(painter, layout, frame, colours)
    _draw_bars(painter, layout, frame, colours)
    if frame.answer is not None and not layout.room.large:
        _draw_legends(painter, layout, frame, colours)


def _draw_headings(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours
) -> None:
    t = layout.room.type
    pitch = layout.tiles["pool1"][0].left() - layout.tiles["conv1"][0].left()
    for name, tiles in layout.tiles.items():
        wide = tiles[1].right() - tiles[0].left() if name[-1] == "2" else tiles[0].width()
        centre = tiles[0].left() + wide / 2
        box = QRectF(centre - pitch / 2 + 2, 34, pitch - 4, 24)
        write(painter, box, frame.say(NAMES[name]), 16 * t, colours.ink, SEMIBOLD, CENTRE)
        if frame.answer is not None and not layout.room.large:
            maps = frame.answer.layers[name]
            facts = {"n": len(maps), "side": maps.shape[-1]}
            said = [frame.say(text, **facts) for text in (SHAPE, SHAPE_SHORT)]
            fitting = [shape for shape in said if width(shape, 14 * t) < pitch - 12]
            if fitting:
                under = QRectF(centre - pitch / 2, 59, pitch, 20)
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


def _draw_edges(
    painter: QPainter, layout: DrawLayout, colours: Colours, strength: float
) -> None:
    tiles = layout.tiles
    start = right_of(layout.preview)
    for tile in tiles["conv1"]:
        alpha = (0.30 * strength, 0.16 * strength)
        draw_ribbon(painter, start, 6, left_of(tile), 10, colours.ribbon, alpha)
    for before, after in (("conv1", "pool1"), ("conv2", "pool2")):
        for source, target in zip(tiles[before], tiles[after], strict=True):
            alpha = (0.05 * strength, 0.18 * strength)
            ends = source.height() * 0.8, target.height() * 0.8
            draw_ribbon(
                painter, right_of(source), ends[0], left_of(target), ends[1], colours.ribbon, alpha
            )


def _draw_flows(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, strength: float
) -> None:
    """Draw the strongest of what flows into the second layer and into the digits."""
    tiles = layout.tiles
    terms = np.abs(frame.answer.conv2_terms).mean(axis=(2, 3))  # (maps out, maps in)
    _draw_strongest(painter, terms.T, tiles["pool1"], tiles["conv2"], colours, strength)
    shares = np.abs(frame.answer.map_shares)  # (10, maps)
    targets = tuple(QRectF(b.left() - 4, b.y(), 1, b.height()) for b in layout.bars)
    _draw_strongest(painter, shares.T, tiles["pool2"], targets, colours, strength)


def _draw_strongest(
    painter: QPainter,
    strengths: np.ndarray,
    sources: tuple[QRectF, ...],
    targets: tuple[QRectF, ...],
    colours: Colours,
    alpha: float,
) -> None:
    order = np.argsort(strengths, axis=None)[::-1][:_FAINT]
    most = float(strengths.max()) or 1.0
    strands = []
    for flat in order:
        i, j = np.unravel_index(flat, strengths.shape)
        share_of_most = float(strengths[i, j]) / most
        ends = right_of(sources[i]), left_of(targets[j])
        strands.append((*ends, (0.1 + 0.45 * share_of_most) * alpha))
    draw_strands(painter, strands, colours.ribbon)


def _draw_lit(
    painter: QPainter,
    layout: DrawLayout,
    frame: Frame,
    colours: Colours,
    lit: tuple[Any, ...],
) -> None:
    """Draw the incoming edges of one map, with their kernels, and what it pushes onwards."""
    name, index = str(lit[0]), int(lit[1])
    tile = layout.tiles[name][index]
    weights = frame.snapshot.weights
    if name == "conv2":
        kernels = weights["conv2.weight"][index]  # (maps in, k, k)
        flow = np.abs(frame.answer.conv2_terms[index]).mean(axis=(1, 2))
        flow = flow / (flow.max() or 1.0)
        peak = float(np.abs(weights["conv2.weight"]).max())
        for source, kernel, strength in zip(layout.tiles["pool1"], kernels, flow, strict=True):
            sign = 1 if kernel.sum() >= 0 else -1
            thick = 3 + 12 * float(strength)
            start = right_of(source)
            colour = colours.solid("weight", sign)
            ends = (start, thick, left_of(tile), max(2.0, thick / 3))
            draw_ribbon(painter, *ends, colour, (0.75, 0.45))
            side = 27 * min(layout.room.type, 1.15)
            box = QRectF(start.x() + 8, start.y() - side / 2, side, side)
            draw_map(painter, box, kernel, peak, "weight", colours)
            painter.setPen(QPen(colours.ink, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
    elif name == "conv1":
        kernel = weights["conv1.weight"][index, 0]
        peak = float(np.abs(weights["conv1.weight"]).max())
        start, end = right_of(layout.preview), left_of(tile)
        sign = 1 if kernel.sum() >= 0 else -1
        draw_ribbon(painter, start, 6, end, 14, colours.solid("weight", sign), (0.7, 0.5))
        box = QRectF(end.x() - 38, end.y() - 15, 30, 30)
        draw_map(painter, box, kernel, peak, "weight", colours)
        painter.setPen(QPen(colours.ink, 1))
        painter.drawRect(box)
    elif name.startswith("pool"):
        source = layout.tiles["conv" + name[-1]][index]
        ends = (right_of(source), source.height() * 0.8, left_of(tile), tile.height() * 0.8)
        draw_ribbon(painter, *ends, colours.amber, (0.35, 0.5))
    if name[-1] == "2":
        if name == "conv2":
            after = layout.tiles["pool2"][index]
            ends = (right_of(tile), tile.height() * 0.8, left_of(after), after.height() * 0.8)
            draw_ribbon(painter, *ends, colours.amber, (0.30, 0.30))
        _draw_pushes(painter, layout, frame, colours, index)


def _draw_pushes(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, index: int
) -> None:
    pushes = frame.answer.map_shares[:, index]  # (10,)
    most = float(np.abs(frame.answer.map_shares).max()) or 1.0
    start = right_of(layout.tiles["pool2"][index])
    for push, bar in zip(pushes, layout.bars, strict=True):
        thick = 1.0 + 11.0 * float(abs(push)) / most
        end = QPointF(bar.left() - 4, bar.center().y())
        colour = colours.solid("signed", 1 if push >= 0 else -1)
        draw_link(painter, start, end, colour, thick, 0.65)


def _draw_pushers(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, digit: int
) -> None:
    """Draw what every pooled map gives to one digit."""
    bar = layout.bars[digit]
    end = QPointF(bar.left() - 4, bar.center().y())
    most = float(np.abs(frame.answer.map_shares).max()) or 1.0
    for tile, push in zip(layout.tiles["pool2"], frame.answer.map_shares[digit], strict=True):
        colour = colours.solid("signed", 1 if push >= 0 else -1)
        thick = 1.0 + 11.0 * float(abs(push)) / most
        draw_link(painter, right_of(tile), end, colour, thick, 0.65)


def _sources(lit: tuple[Any, ...]) -> set[tuple[str, int]]:
    if not lit:
        return set()
    name, index = str(lit[0]), int(lit[1])
    if name == "conv2":
        return {("pool1", i) for i in range(8)} | {("pool2", index)}
    if name.startswith("pool"):
        return {("conv" + name[-1], index)}
    return {("pool1", index)}


def _draw_tiles(
    painter: QPainter,
    layout: DrawLayout,
    frame: Frame,
    colours: Colours,
    lit: tuple[Any, ...],
) -> None:
    near = _sources(lit)
    for name, tiles in layout.tiles.items():
        maps = None if frame.answer is None else shown_maps(frame, name)
        if maps is not None:
            peak = peak_of(frame, name)
            column = image(maps.reshape(-1, maps.shape[-1]), peak, "signed", colours)
            high, wide = maps.shape[-2:]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for index, tile in enumerate(tiles):
            this = bool(lit) and (name, index) == tuple(lit[:2])
            if maps is None:
                painter.setBrush(colours.surface)
            else:
                is_dim = bool(lit) and not this and (name, index) not in near
                painter.setOpacity(0.55 if is_dim else 1.0)
                painter.drawImage(tile, column, QRectF(0, index * high, wide, high))
                painter.setOpacity(1.0)
                painter.setBrush(Qt.BrushStyle.NoBrush)
            strong = (name, index) in near
            painter.setPen(QPen(colours.ink if strong else colours.faint, 1.6 if strong else 1))
            painter.drawRoundedRect(tile, 2, 2)
            if this:
                outline(painter, tile.adjusted(-2, -2, 2, 2), colours, 4)


def _draw_hidden(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    painter.setPen(QPen(colours.faint, 1))
    painter.setBrush(colours.surface)
    if frame.answer is not None:
        hidden = frame.answer.layers["hidden"][:, None]
        draw_map(painter, layout.hidden, hidden, float(hidden.max()) or 1.0, "signed", colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(layout.hidden)


def _draw_bars(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    t = layout.room.type
    chances = None if frame.answer is None else frame.answer.probabilities
    best = -1 if chances is None else int(np.argmax(chances))
    for digit, row in enumerate(layout.bars):
        is_best = digit == best
        weight = BOLD if is_best else SEMIBOLD
        ink = colours.ink if is_best else colours.muted
        label = QRectF(row.left(), row.y(), 20 * t, row.height())
        write(painter, label, str(digit), (22 if is_best else 19) * t, ink, weight, CENTRE)
        value = QRectF(row.right() - 62 * t, row.y(), 62 * t, row.height())
        left = label.right() + 6
        high = 20 * min(t, 1.3)
        track = QRectF(left, row.center().y() - high / 2, value.left() - left - 4, high)
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(track, 3, 3)
        if chances is None:
            continue
        chance = float(chances[digit])
        painter.setPen(Qt.PenStyle.NoPen)
        fill = QRectF(track)
        fill.setWidth(max(2.0, track.width() * chance))
        painter.setBrush(colours.generator)
        painter.drawRoundedRect(fill, 3, 3)
        shown = percent(chance).replace(" %", "")
        write(painter, value, shown, (17 if is_best else 16) * t, ink, weight, RIGHT)
    head = layout.bars[0]
    unit = QRectF(head.right() - 40, head.top() - 20, 40, 20)
    write(painter, unit, "%", 14 * t, colours.muted, align=RIGHT)


def _draw_legends(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours
) -> None:
    top, tiles = layout.legend_top, layout.tiles
    one, two = peak_of(frame, "conv1"), peak_of(frame, "conv2")
    left = tiles["conv1"][0].left()
    wide = tiles["pool1"][0].right() - left
    box = QRectF(left, top, wide, 48)
    draw_legend(painter, box, frame.say(LEGEND_1), -one, one, "signed", colours)
    left = tiles["conv2"][0].left()
    wide = min(180.0, tiles["pool2"][1].right() - left)
    box = QRectF(left, top, wide, 48)
    draw_legend(painter, box, frame.say(LEGEND_2), -two, two, "signed", colours)
    peak = float(np.abs(frame.snapshot.weights["conv2.weight"]).max())
    left, wide = layout.bars[0].left() - 90, 150.0
    box = QRectF(left, top, wide, 48)
    draw_legend(painter, box, frame.say(LEGEND_WEIGHT), -peak, peak, "weight", colours)


def draw_field(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    """Frame, on the preview, what the hovered cell depends on."""
    if len(frame.hover) != 4 or frame.answer is None or frame.hover[0] not in NAMES:
        return
    name, _, row, column = frame.hover
    field = frame.answer.fields[str(name)]
    (top, side), (left, _) = field.span(int(row)), field.span(int(column))
    unit = layout.preview.width() / 28
    box = QRectF(
        layout.preview.x() + left * unit, layout.preview.y() + top * unit, side * unit, side * unit
    )
    outline(painter, box, colours)


def draw_flow(
    painter: QPainter, layout: DrawLayout, frame: Frame, reached: float, colours: Colours
) -> None:
    """Veil what the signal has not reached, and show it running from column to column.

    Parameters
    ----------
    reached : float
        0 at the input, 1 at conv1, 2 at pool1, 3 at conv2, 4 at pool2, 5 at the hidden layer,
        6 at the probabilities.
    """
    if reached >= 6 or frame.answer is None:
        return
    edges = [
        layout.preview.right() + 8,
        layout.tiles["conv1"][0].right() + 4,
        layout.tiles["pool1"][0].right() + 4,
        layout.tiles["conv2"][1].right() + 4,
        layout.tiles["pool2"][1].right() + 4,
        layout.hidden.right() + 4,
        layout.room.width,
    ]
    stage, part = int(reached), reached - int(reached)
    front = edges[stage] + (edges[stage + 1] - edges[stage]) * share(part, 0.0, 1.0)
    veil = QRectF(front, 64, layout.room.width - front, layout.room.height - 64 - 70)
    painter.fillRect(veil, fade(colours.background, 0.86))
    columns: list[list[QRectF]] = [
        [layout.preview],
        list(layout.tiles["conv1"]),
        list(layout.tiles["pool1"]),
        list(layout.tiles["conv2"]),
        list(layout.tiles["pool2"]),
        [layout.hidden],
        [QRectF(b.left() - 4, b.y(), 1, b.height()) for b in layout.bars],
    ]
    sources, targets = columns[stage], columns[stage + 1]
    pairs = (
        zip(sources, targets, strict=True)
        if len(sources) == len(targets)
        else ((s, t) for s in sources for t in targets)
    )
    for count, (source, target) in enumerate(pairs):
        if count >= 40:
            break
        draw_pulse(painter, right_of(source), left_of(target), part, colours.amber, 2.5)
