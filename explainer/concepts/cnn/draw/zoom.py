"""One map opened: what each channel gives, their sum, the bias, ReLU; and one pixel of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.draw.layout import DrawLayout
from explainer.concepts.cnn.draw.maps import NAMES
from explainer.lesson import Text
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Frame, Target
from explainer.stage.heatmap import cell, draw_map, draw_numbers, outline
from explainer.stage.lettering import BOLD, CENTRE, SEMIBOLD, number, width, write
from explainer.stage.ribbons import draw_link, draw_ribbon

NETWORK = Text("Network", "신경망")
MAP = Text("Map {n}", "지도 {n}")
PIXEL = Text("Row {row}, column {column}", "행 {row}, 열 {column}")
SOURCE = Text("input", "입력")
KERNEL = Text("kernel", "커널")
TERM = Text("its result", "채널 결과")
SUM = Text("sum + bias", "합 + 편향")
AFTER = Text("after ReLU", "ReLU 뒤")
POOLED = Text("after pooling", "풀링 뒤")
BIAS = Text("bias", "편향")
CHANNEL = Text("channel {n}", "채널 {n}")
SUM_Z = Text("sum z", "합 z")
ADD_UP = Text(
    "{c} channels × {k} products + 1 bias", "채널 {c}개 × 곱 {k}개 + 편향 1개"
)


def pixel_at(frame: Frame) -> tuple[int, int] | None:
    """Return (row, column) of the opened pixel, or None if a whole map is open.

    A selection that ends in "peak" means the pixel that answers most to the drawing.
    """
    chosen = frame.selection
    if len(chosen) == 4:
        return int(chosen[2]), int(chosen[3])
    if len(chosen) == 3 and frame.answer is not None:
        values = frame.answer.layers[f"relu{str(chosen[0])[-1]}"][int(chosen[1])]
        row, column = divmod(int(values.argmax()), values.shape[1])
        return row, column
    return None


def crumbs(layout: DrawLayout, frame: Frame) -> tuple[tuple[QRectF, str, Target], ...]:
    """Return the path back up: rectangle, wording and selection of each level."""
    chosen = frame.selection
    parts: list[tuple[str, Target]] = [(frame.say(NETWORK), ())]
    name, index = str(chosen[0]), int(chosen[1])
    parts.append((f"{frame.say(NAMES[name])} · {frame.say(MAP, n=index + 1)}", chosen[:2]))
    at = pixel_at(frame)
    if at is not None:
        parts.append((frame.say(PIXEL, row=at[0] + 1, column=at[1] + 1), chosen))
    px = 15 * layout.room.type
    x, result = layout.zoom.x(), []
    for wording, target in parts:
        wide = width(wording, px, SEMIBOLD) + 32
        result.append((QRectF(x, layout.zoom.y(), wide, 34), wording, target))
        x += wide + 26
    return tuple(result)


def draw_crumbs(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    """Draw the path back up."""
    found = crumbs(layout, frame)
    for place, (box, wording, _) in enumerate(found):
        is_last = place == len(found) - 1
        painter.setPen(QPen(colours.amber if is_last else colours.line, 2 if is_last else 1))
        painter.setBrush(colours.amber_soft if is_last else colours.surface)
        painter.drawRoundedRect(box, 17, 17)
        ink = colours.ink if is_last else colours.muted
        write(painter, box, wording, 15 * layout.room.type, ink, SEMIBOLD, CENTRE)
        if not is_last:
            gap = QRectF(box.right(), box.y(), 26, box.height())
            write(painter, gap, "›", 18, colours.muted, align=CENTRE)


def parts_of(frame: Frame) -> dict[str, Any] | None:
    """Return the arrays behind the selected map, or None where it is no convolution's."""
    name, index = str(frame.selection[0]), int(frame.selection[1])
    answer = frame.answer
    if answer is None or not name.startswith("conv"):
        return None
    layer = name[-1]
    weights = frame.snapshot.weights
    source = answer.image[None] if layer == "1" else answer.layers["pool1"]
    return {
        "source": source,
        "kernels": weights[f"{name}.weight"][index],
        "terms": answer.conv1_terms[index] if layer == "1" else answer.conv2_terms[index],
        "bias": float(weights[f"{name}.bias"][index]),
        "sum": answer.layers[name][index],
        "relu": answer.layers[f"relu{layer}"][index],
        "pool": answer.layers[f"pool{layer}"][index],
        "weight_peak": float(np.abs(weights[f"{name}.weight"]).max()),
        "peak": float(np.abs(answer.layers[name]).max()),
        "source_peak": float(np.abs(source).max()),
    }


def map_boxes(layout: DrawLayout, channels: int) -> dict[str, Any]:
    """Return the rectangles of level two: rows of channels, then the three big maps."""
    zoom = layout.zoom
    top, high = zoom.y() + 84, zoom.height() - 96
    pitch = min(high / channels, 150.0)
    side = min(pitch - 9, 120.0)
    first = top + (high - pitch * channels) / 2
    rows = []
    for i in range(channels):
        y = first + pitch * (i + 0.5) - side / 2
        kernel = side * 0.62
        rows.append(
            (
                QRectF(zoom.x() + 6, y, side, side),
                QRectF(zoom.x() + 6 + side + 22, y + (side - kernel) / 2, kernel, kernel),
                QRectF(zoom.x() + 6 + side + kernel + 46, y, side, side),
            )
        )
    left = zoom.x() + 6 + side * 2.62 + 110
    room = zoom.right() - left
    big = min(230.0, (room - 90) / 2.5)
    middle = first + pitch * channels / 2
    total = QRectF(left, middle - big / 2, big, big)
    relu = QRectF(left + big + 54, middle - big / 2, big, big)
    small = big / 2
    pool = QRectF(relu.right() + 36, middle - small / 2, small, small)
    return {"rows": rows, "sum": total, "relu": relu, "pool": pool}


def draw_made(
    painter: QPainter, layout: DrawLayout, frame: Frame, reached: float, colours: Colours
) -> None:
    """Draw how a map was made.

    Parameters
    ----------
    reached : float
        Channels shown so far; beyond their number the sum, then ReLU, then pooling appear.
    """
    parts = parts_of(frame)
    if parts is None:
        return
    t = min(layout.room.type, 1.35)
    channels = len(parts["terms"])
    boxes = map_boxes(layout, channels)
    first = boxes["rows"][0]
    heads = (SOURCE, KERNEL, TERM)
    for box, text in zip(first, heads, strict=True):
        head = QRectF(box.center().x() - 55, layout.zoom.y() + 50, 110, 22)
        write(painter, head, frame.say(text), 15 * t, colours.muted, align=CENTRE)
    for i, (source, kernel, term) in enumerate(boxes["rows"]):
        shown = max(0.0, min(1.0, reached - i))
        painter.setOpacity(0.15 + 0.85 * shown)
        draw_map(painter, source, parts["source"][i], parts["source_peak"], "signed", colours)
        draw_map(painter, kernel, parts["kernels"][i], parts["weight_peak"], "weight", colours)
        draw_map(painter, term, parts["terms"][i], parts["peak"], "signed", colours)
        painter.setPen(QPen(colours.faint, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects([source, kernel, term])
        start = QPointF(term.right() + 4, term.center().y())
        end = QPointF(boxes["sum"].left() - 34, boxes["sum"].center().y())
        strength = float(np.abs(parts["terms"][i]).mean()) / (parts["peak"] or 1.0)
        thick = 5 + 60 * strength
        sign = 1 if float(parts["terms"][i].sum()) >= 0 else -1
        colour = colours.solid("signed", sign)
        draw_ribbon(painter, start, thick, end, thick / 3, colour, (0.30, 0.55))
        painter.setOpacity(1.0)
    plus = QRectF(boxes["sum"].left() - 34, boxes["sum"].center().y() - 16, 28, 32)
    write(painter, plus, "+", 26, colours.ink, BOLD, CENTRE)
    for key, text, after in (("sum", SUM, 0), ("relu", AFTER, 1), ("pool", POOLED, 2)):
        shown = max(0.0, min(1.0, reached - channels - after))
        box = boxes[key]
        painter.setOpacity(0.12 + 0.88 * shown)
        if shown > 0:
            draw_map(painter, box, parts[key], parts["peak"], "signed", colours)
        painter.setPen(QPen(colours.ink, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        head = QRectF(box.center().x() - 80, box.top() - 30, 160, 24)
        write(painter, head, frame.say(text), 15 * t, colours.muted, align=CENTRE)
        if key == "sum":
            under = QRectF(box.x(), box.bottom() + 8, box.width(), 24)
            bias = f"{frame.say(BIAS)} {number(parts['bias'], 3)}"
            write(painter, under, bias, 16 * t, colours.ink, align=CENTRE)
        painter.setOpacity(1.0)
    for left, right in (("sum", "relu"), ("relu", "pool")):
        y = boxes[left].center().y()
        ends = QPointF(boxes[left].right() + 6, y), QPointF(boxes[right].left() - 6, y)
        draw_link(painter, *ends, colours.muted, 2)
    if len(frame.hover) == 4 and frame.hover[:2] == frame.selection[:2]:
        for key in ("sum", "relu"):
            box = cell(boxes[key], int(frame.hover[2]), int(frame.hover[3]), *parts["sum"].shape)
            outline(painter, box, colours)


def hit_made(layout: DrawLayout, frame: Frame, point: QPointF) -> Target:
    """Return the pixel of the opened map under a point, or a level of the path."""
    for box, _, target in crumbs(layout, frame)[:-1]:
        if box.contains(point):
            return ("up", *target)
    parts = parts_of(frame)
    if parts is None:
        return ()
    boxes = map_boxes(layout, len(parts["terms"]))
    side = parts["sum"].shape[0]
    for key in ("sum", "relu"):
        box = boxes[key]
        if box.contains(point):
            row = min(int((point.y() - box.y()) / box.height() * side), side - 1)
            column = min(int((point.x() - box.x()) / box.width() * side), side - 1)
            return (*frame.selection[:2], row, column)
    return ()


def pixel_parts(frame: Frame) -> dict[str, Any] | None:
    """Return windows, kernels and sums of one pixel, and the module's own value of it."""
    parts = parts_of(frame)
    at = pixel_at(frame)
    if parts is None or at is None:
        return None
    row, column = at
    k = parts["kernels"].shape[-1]
    windows = parts["source"][:, row : row + k, column : column + k]
    return {
        **parts,
        "at": at,
        "windows": windows,
        "partial": parts["terms"][:, row, column],
        "z": float(parts["sum"][row, column]),
        "y": float(parts["relu"][row, column]),
    }


def draw_pixel(
    painter: QPainter, layout: DrawLayout, frame: Frame, reached: float, colours: Colours
) -> None:
    """Draw one pixel: every channel's window times kernel, the sums, the bias, ReLU.

    Parameters
    ----------
    reached : float
        Channels added so far; one more adds the bias, two more pass ReLU.
    """
    parts = pixel_parts(frame)
    if parts is None:
        return
    channels = len(parts["partial"])
    for i, box in enumerate(_cards(layout.zoom, channels)):
        shown = max(0.0, min(1.0, reached - i))
        painter.setOpacity(0.2 + 0.8 * shown)
        is_now = 0 < reached - i <= 1 and reached < channels
        painter.setPen(QPen(colours.amber if is_now else colours.line, 3 if is_now else 1.2))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(box, 10, 10)
        _draw_channel(painter, layout, frame, parts, i, box, colours)
        painter.setOpacity(1.0)
    _draw_sum(painter, layout, frame, parts, reached, colours)


def _cards(zoom: QRectF, channels: int) -> tuple[QRectF, ...]:
    """Return a card for each channel: two columns, or one large card for one channel."""
    columns = 1 if channels == 1 else 2
    rows = -(-channels // columns)
    wide, high = (zoom.width() + 12) / columns, min((zoom.height() - 140) / rows, 240.0)
    return tuple(
        QRectF(
            zoom.x() + (i % columns) * wide, zoom.y() + 46 + (i // columns) * high,
            wide - 12, high - 10,
        )
        for i in range(channels)
    )  # fmt: skip


def _draw_channel(
    painter: QPainter,
    layout: DrawLayout,
    frame: Frame,
    parts: dict[str, Any],
    i: int,
    box: QRectF,
    colours: Colours,
) -> None:
    """Draw one channel's card: window times kernel gives its partial sum."""
    t = min(layout.room.type, 1.3)
    side = min(box.height() - 12, (box.width() - 150) / 2)
    top = box.center().y() - side / 2
    window = QRectF(box.x() + 8, top, side, side)
    kernel = QRectF(window.right() + 30, top, side, side)
    grids = (
        (window, parts["windows"][i], parts["source_peak"], "signed"),
        (kernel, parts["kernels"][i], parts["weight_peak"], "weight"),
    )
    for grid, values, peak, ramp in grids:
        draw_map(painter, grid, values, peak, ramp, colours)
        if side / len(values) >= 34 * layout.room.type:
            draw_numbers(painter, grid, values, peak, ramp, colours, 14)
        painter.setPen(QPen(colours.faint, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(grid)
    between = QRectF(window.right(), top, 30, side)
    write(painter, between, "×", 20, colours.muted, align=CENTRE)
    after = QRectF(kernel.right() + 4, top, 20, side)
    write(painter, after, "=", 20, colours.muted, align=CENTRE)
    value = QRectF(after.right(), box.center().y() - 26, box.right() - after.right() - 6, 30)
    partial = number(float(parts["partial"][i]), 3)
    write(painter, value, partial, 21 * t, colours.ink, SEMIBOLD, CENTRE)
    label = QRectF(value.x(), value.bottom() + 1, value.width(), 22)
    write(painter, label, frame.say(CHANNEL, n=i + 1), 14 * t, colours.muted, align=CENTRE)


def _draw_sum(
    painter: QPainter,
    layout: DrawLayout,
    frame: Frame,
    parts: dict[str, Any],
    reached: float,
    colours: Colours,
) -> None:
    t = min(layout.room.type, 1.3)
    zoom = layout.zoom
    channels = len(parts["partial"])
    y = zoom.bottom() - 88
    running = float(parts["partial"][: min(channels, int(reached + 1e-6))].sum())
    box = QRectF(zoom.x(), y, zoom.width(), 96)
    painter.setPen(QPen(colours.line, 1.2))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(box, 10, 10)
    has_bias, has_relu = reached >= channels + 1, reached >= channels + 2
    # What is not computed yet has no number.
    cells = [
        ("Σ", number(running, 3), True),
        (frame.say(BIAS), number(parts["bias"], 3), has_bias),
        (frame.say(SUM_Z), number(parts["z"], 3) if has_bias else "·", has_bias),
        ("ReLU → y", number(parts["y"], 3) if has_relu else "·", has_relu),
    ]
    wide = box.width() / 4
    for place, (label, value, on) in enumerate(cells):
        part = QRectF(box.x() + place * wide, box.y(), wide, box.height())
        painter.setOpacity(1.0 if on else 0.25)
        if place == 3:
            inner = QRectF(part.center().x() - 64, part.y() + 10, 128, 46)
            shown = parts["y"] if has_relu else 0.0
            fill = colours.colour_of(shown, parts["peak"], "signed")
            painter.setPen(QPen(colours.amber, 3))
            painter.setBrush(fill)
            painter.drawRoundedRect(inner, 4, 4)
            write(painter, inner, value, 24 * t, colours.text_on(fill), BOLD, CENTRE)
        else:
            inner = QRectF(part.x(), part.y() + 10, wide, 46)
            write(painter, inner, value, 24 * t, colours.ink, SEMIBOLD, CENTRE)
            sign = ("+", "=", "→")[place]
            gap = QRectF(part.right() - 14, part.y() + 10, 28, 46)
            write(painter, gap, sign, 22, colours.muted, align=CENTRE)
        under = QRectF(part.x(), part.y() + 62, wide, 24)
        write(painter, under, label, 15 * t, colours.muted, align=CENTRE)
        painter.setOpacity(1.0)
    k = parts["kernels"][0].size
    note = QRectF(box.x(), box.bottom() + 4, box.width(), 24)
    counted = frame.say(ADD_UP, c=channels, k=k)
    write(painter, note, counted, 15 * t, fade(colours.muted, 1), align=CENTRE)
