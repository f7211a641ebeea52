"""One kernel's way: learned, scaled by the style, brought back by demodulation."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.gan.digit_pieces import heading, said_small
from explainer.concepts.gan.style import words
from explainer.concepts.gan.style.layout import StyleLayout, whole
from explainer.concepts.gan.style.opened import Layer, Open, Opened
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import draw_map, draw_numbers, outline
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, number, width, write
from explainer.stage.view import Keep

_PACE = 1.2
ANSWER = Opened


def request(frame: Frame) -> Open:
    """Ask for the fake that is looked at."""
    return Open(whole(frame, "fake"))


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the learned kernel, modulated, demodulated."""
    keys = ("weight", "modulate", "energy", "demodulate")
    return tuple(Beat(key, place * _PACE) for place, key in enumerate(keys))


def looked_at(frame: Frame) -> tuple[Layer, int, int]:
    """Return the layer, and which map goes in and which comes out."""
    layer = frame.answer.layers[whole(frame, "layer", 2) - 1]
    after, before = layer.weight.shape[:2]
    going_in = coming_out = None
    if frame.selection[:1] == ("in",):
        going_in = int(frame.selection[1])
    if frame.selection[:1] == ("out",):
        coming_out = int(frame.selection[1])
    if going_in is None or going_in >= before:  # the map that the style changes most
        going_in = int(np.abs(layer.style - 1).argmax())
    if coming_out is None or coming_out >= after:
        coming_out = int(np.abs(np.log(layer.demodulation)).argmax())
    return layer, going_in, coming_out


def areas(layout: StyleLayout) -> tuple[QRectF, tuple[QRectF, QRectF, QRectF], QRectF, QRectF]:
    """Return the styles, the three kernels, the sum under them, and the factors at the right."""
    body, t = layout.body, layout.room.type
    side_wide = 0.19 * body.width()
    high = body.height() - layout.head - 6
    styles = QRectF(body.x(), body.y() + layout.head + 6, side_wide, high)
    factors = QRectF(body.right() - side_wide, styles.y(), side_wide, high)
    middle = QRectF(styles.right() + 36, styles.y(), factors.x() - styles.right() - 72, high)
    gap = 66.0
    side = min((middle.width() - 2 * gap) / 3, middle.height() * 0.36)
    top = middle.y() + 30 * t + 10
    left = middle.center().x() - (3 * side + 2 * gap) / 2
    kernels = [QRectF(left + place * (side + gap), top, side, side) for place in range(3)]
    sums = QRectF(
        middle.x(), top + side + 60 * t, middle.width(), middle.bottom() - top - side - 60 * t
    )
    return styles, (kernels[0], kernels[1], kernels[2]), sums, factors


def _rows(area: QRectF, count: int) -> list[QRectF]:
    pitch = min(area.height() / count, 56.0)
    return [
        QRectF(area.x(), area.y() + place * pitch, area.width(), pitch) for place in range(count)
    ]


def draw_still(painter: QPainter, layout: StyleLayout, frame: Frame, colours: Colours) -> None:
    """Draw the factors of all maps that go in and that come out."""
    layer, going_in, coming_out = looked_at(frame)
    small = min(layout.room.type, 1.35)
    styles, _, _, factors = areas(layout)
    for area, title, values, lit in (
        (styles, words.STYLES, layer.style, going_in),
        (factors, words.BEFORE_DEMODULATION, 1 / layer.demodulation, coming_out),
    ):
        head = QRectF(area.x(), layout.body.y(), area.width(), layout.head)
        heading(painter, head, frame.say(title), colours, small, 17)
        _bars(painter, area, values, lit, colours, small)


def _bars(
    painter: QPainter, area: QRectF, values: np.ndarray, lit: int, colours: Colours, t: float
) -> None:
    """Draw one signed bar a map, with a line at 1."""
    low, high = min(0.0, float(values.min())), max(1.0, float(values.max()))
    places = _rows(area, len(values))
    px = min(15 * t, 0.86 * places[0].height())
    name, said = width("24", px) + 10, width("−0.00", px) + 10
    left, wide = area.x() + name, area.width() - name - said
    at = {value: left + (value - low) / (high - low) * wide for value in (0.0, 1.0)}
    for place, (row, value) in enumerate(zip(places, values.tolist(), strict=True)):
        ink = colours.amber_text if place == lit else colours.muted
        write(painter, row, str(place + 1), px, ink, SEMIBOLD)
        x = left + (value - low) / (high - low) * wide
        bar = QRectF(min(x, at[0.0]), row.center().y() - 0.28 * row.height(), abs(x - at[0.0]),
                     0.56 * row.height())  # fmt: skip
        painter.fillRect(bar, colours.solid("signed", 1 if value >= 0 else -1))
        if place == lit:
            outline(painter, row.adjusted(-4, 1, 4, -1), colours, 2)
        write(painter, row, number(value), px, ink, align=RIGHT)
    painter.setPen(QPen(colours.ink, 1.4, Qt.PenStyle.DashLine))
    bottom = places[-1].bottom()
    painter.drawLine(QPointF(at[1.0], area.y()), QPointF(at[1.0], bottom))
    painter.setPen(QPen(colours.faint, 1))
    painter.drawLine(QPointF(at[0.0], area.y()), QPointF(at[0.0], bottom))


def draw_moving(
    painter: QPainter,
    layout: StyleLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the kernel's three states, and the sum that demodulation divides by."""
    come = min(int(time / _PACE + 1e-6), 3)
    area = layout.body.adjusted(0, layout.head, 0, 0)

    def draw(part: QPainter) -> None:
        _draw_kernels(part, layout, frame, come, colours)

    keep(painter, "kernels", area, (frame.answer, frame.knobs, frame.selection, come,
                                    frame.language), draw)  # fmt: skip


def _draw_kernels(
    painter: QPainter, layout: StyleLayout, frame: Frame, come: int, colours: Colours
) -> None:
    layer, i, o = looked_at(frame)
    t = layout.room.type
    small = min(t, 1.35)
    _, kernels, sums, _ = areas(layout)
    s, d = float(layer.style[i]), float(layer.demodulation[o])
    learned = layer.weight[o, i]
    states = (learned, s * learned, d * s * learned)
    peak = max(float(np.abs(state).max()) for state in states)
    titles = (words.LEARNED, words.MODULATED, words.DEMODULATED)
    shown_from = (0, 1, 3)
    for place, (rect, state, title) in enumerate(zip(kernels, states, titles, strict=True)):
        upper = QRectF(rect.x() - 30, rect.y() - 30 * t, rect.width() + 60, 26 * t)
        there = come >= shown_from[place]
        write(painter, upper, frame.say(title), 15 * t, colours.ink if there else colours.faint,
              SEMIBOLD, CENTRE)  # fmt: skip
        if there:
            draw_map(painter, rect, state, peak, "weight", colours)
            px = min(18 * t, rect.width() / 3 / 3.1)
            draw_numbers(painter, rect, state, peak, "weight", colours, px)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.line, 1.2))
        painter.drawRect(rect)
        if place:
            between = QRectF(kernels[place - 1].right() + 2, rect.center().y() - 34, 60, 68)
            ink = colours.amber_text if there else colours.faint
            factor = s if place == 1 else d
            write(painter, between.adjusted(0, 0, 0, -34), "× s" if place == 1 else "× d",
                  17 * small, ink, SEMIBOLD, CENTRE)  # fmt: skip
            if there:
                write(painter, between.adjusted(0, 34, 0, 0), number(factor), 17 * small, ink,
                      SEMIBOLD, CENTRE)  # fmt: skip
    if come >= 2:
        _draw_sums(painter, sums, frame, layer, i, o, come, colours, small)


def _draw_sums(
    painter: QPainter,
    area: QRectF,
    frame: Frame,
    layer: Layer,
    i: int,
    o: int,
    come: int,
    colours: Colours,
    t: float,
) -> None:
    """Draw what every map that goes in adds to the sum of squares."""
    energies = np.square(layer.style) * np.square(layer.weight[o]).sum(axis=(1, 2))
    total, d = float(energies.sum()), float(layer.demodulation[o])
    line = 25 * t
    said_small(painter, QRectF(area.x(), area.y(), area.width(), line),
               frame.say(words.ENERGY, n=o + 1), colours, t)  # fmt: skip
    bar = QRectF(area.x(), area.y() + line + 4, area.width(), 26 * t)
    x = bar.x()
    tints = (colours.solid("weight"), colours.over(colours.solid("weight"), 0.6))
    for place, energy in enumerate(energies.tolist()):
        wide = energy / total * bar.width()
        painter.fillRect(QRectF(x, bar.y(), wide, bar.height()), tints[place % 2])
        x += wide
    equations = [f"Σ (s · weight)² = {number(total)}"]
    if come >= 3:
        equations += [
            f"d = 1 / √{number(total)} = {number(d)}",
            f"Σ (d · s · weight)² = {number(total * d * d)}",
        ]
    below = QRectF(area.x(), bar.bottom() + 16, area.width(), area.bottom() - bar.bottom() - 16)
    pitch = min(below.height() / 3, 46 * t)
    for place, text in enumerate(equations):
        row = QRectF(below.x(), below.y() + place * pitch, 0.48 * below.width(), pitch)
        ink: QColor = colours.ink if place < 2 else colours.amber_text
        write(painter, row, text, 20 * t, ink, SEMIBOLD)
    if come >= 3:
        _draw_maps(painter, below, frame, i, o, colours, t)


def _draw_maps(
    painter: QPainter,
    below: QRectF,
    frame: Frame,
    i: int,
    o: int,
    colours: Colours,
    t: float,
) -> None:
    """Draw the map that goes in and the one that comes out of the whole layer."""
    opened, n = frame.answer, whole(frame, "layer", 2)
    going_in = opened.constant if n == 1 else opened.layers[n - 2].maps
    coming_out = opened.layers[n - 1].maps
    line = 24 * t
    side = min(below.height() - line, 0.2 * below.width())
    left = below.right() - 2 * side - 46
    for place, (maps, which, text) in enumerate(
        ((going_in, i, words.MAP_IN), (coming_out, o, words.MAP_OUT))
    ):
        square = QRectF(left + place * (side + 46), below.y(), side, side)
        draw_map(painter, square, maps[which], float(np.abs(maps).max()), "signed", colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.line, 1.2))
        painter.drawRect(square)
        under = QRectF(square.x() - 22, square.bottom() + 2, side + 44, line)
        write(painter, under, frame.say(text, n=which + 1), 14 * t, colours.muted, align=CENTRE)
    y = below.y() + side / 2
    painter.setPen(QPen(colours.faint, 2))
    painter.drawLine(QPointF(left + side + 10, y), QPointF(left + side + 36, y))


def hit(layout: StyleLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("in", map) or ("out", map) of the row under a point."""
    layer, _, _ = looked_at(frame)
    styles, _, _, factors = areas(layout)
    for name, area, count in (
        ("in", styles, len(layer.style)),
        ("out", factors, len(layer.demodulation)),
    ):
        for place, row in enumerate(_rows(area, count)):
            if row.contains(point):
                return (name, place)
    return ()


def pick(frame: Frame, target: Target) -> Pick:
    """Look at another map."""
    return Pick(selection=target)


def lens(frame: Frame) -> Lens | None:
    """Say which kernel is shown."""
    layer, i, o = looked_at(frame)
    return Lens(
        frame.say(words.LAYER, n=whole(frame, "layer", 2)),
        (
            (frame.say(words.MAP_IN, n=i + 1), f"s = {number(float(layer.style[i]))}"),
            (frame.say(words.MAP_OUT, n=o + 1), f"d = {number(float(layer.demodulation[o]))}"),
        ),
    )
