"""One pixel of a map: windows times kernels, their products, the sums, the bias, ReLU."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.draw.layout import DrawLayout
from explainer.concepts.cnn.draw.made import BIAS
from explainer.concepts.cnn.draw.opened import Opened, Pixel, opened_map, opened_pixel
from explainer.lesson import Text
from explainer.stage.addition import addition
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.heatmap import draw_map, draw_numbers
from explainer.stage.lettering import BOLD, CENTRE, SEMIBOLD, number, write

CHANNEL = Text("channel {n}", "채널 {n}")
SUM_Z = Text("sum z", "합 z")
PRODUCTS = Text("channel {n}, its products:", "채널 {n}의 곱:")
ADD_UP = Text("{c} channels × {k} products + 1 bias", "채널 {c}개 × 곱 {k}개 + 편향 1개")


def draw_pixel(
    painter: QPainter, layout: DrawLayout, frame: Frame, reached: float, colours: Colours
) -> None:
    """Draw one pixel: every channel's window times kernel, the sums, the bias, ReLU.

    Parameters
    ----------
    reached : float
        Channels added so far; one more adds the bias, two more pass ReLU.
    """
    found, pixel = opened_map(frame), opened_pixel(frame)
    if found is None or pixel is None:
        return
    channels = len(pixel.partial)
    now = int(reached) if reached < channels else pixel.strongest
    for i, box in enumerate(_cards(layout.zoom, channels)):
        painter.setOpacity(0.2 + 0.8 * max(0.0, min(1.0, reached - i)))
        painter.setPen(QPen(colours.amber if i == now else colours.line, 3 if i == now else 1.2))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(box, 10, 10)
        _draw_channel(painter, layout, frame, found, pixel, i, box, colours)
        painter.setOpacity(1.0)
    zoom = layout.zoom
    line = QRectF(zoom.x(), zoom.bottom() - 118, zoom.width(), 24)
    _write_products(painter, line, layout, frame, pixel, now, colours)
    sums = QRectF(zoom.x(), line.bottom() + 6, zoom.width(), 90)
    _draw_sums(painter, sums, layout, frame, found, pixel, reached, colours)
    note = QRectF(sums.x(), sums.bottom() + 4, sums.width(), 24)
    counted = frame.say(ADD_UP, c=channels, k=found.kernels[0].size)
    write(painter, note, counted, 15 * layout.room.type, colours.muted, align=CENTRE)


def _cards(zoom: QRectF, channels: int) -> tuple[QRectF, ...]:
    """Return a card for each channel: two columns, or one large card for one channel."""
    columns = 1 if channels == 1 else 2
    rows = -(-channels // columns)
    wide, high = (zoom.width() + 12) / columns, min((zoom.height() - 172) / rows, 240.0)
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
    found: Opened,
    pixel: Pixel,
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
        (window, pixel.windows[i], found.source_peak, "signed"),
        (kernel, found.kernels[i], found.weight_peak, "weight"),
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
    partial = number(float(pixel.partial[i]), 3)
    write(painter, value, partial, 21 * t, colours.ink, SEMIBOLD, CENTRE)
    label = QRectF(value.x(), value.bottom() + 1, value.width(), 22)
    write(painter, label, frame.say(CHANNEL, n=i + 1), 14 * t, colours.muted, align=CENTRE)


def _write_products(
    painter: QPainter,
    line: QRectF,
    layout: DrawLayout,
    frame: Frame,
    pixel: Pixel,
    channel: int,
    colours: Colours,
) -> None:
    """Write one channel's products and their sum, so that they add up as written."""
    terms = pixel.products[channel].ravel().tolist()
    total = float(pixel.partial[channel])
    added = addition([*terms, total])
    digits = added.decimals
    parts = [number(terms[0], digits)]
    for term in terms[1:]:
        written = number(abs(term), digits)
        is_negative = term < 0 and float(written) != 0
        parts.append(f"{'−' if is_negative else '+'} {written}")
    sums = f"{' '.join(parts)} {added.sign} {number(total, digits)}"
    said = f"{frame.say(PRODUCTS, n=channel + 1)}  {sums}"
    write(painter, line, said, 16 * min(layout.room.type, 1.3), colours.ink, align=CENTRE)


def _draw_sums(
    painter: QPainter,
    box: QRectF,
    layout: DrawLayout,
    frame: Frame,
    found: Opened,
    pixel: Pixel,
    reached: float,
    colours: Colours,
) -> None:
    """Draw the running sum, the bias, z and y; what is not computed yet has no number."""
    t, channels = min(layout.room.type, 1.3), len(pixel.partial)
    running = float(pixel.partial[: min(channels, int(reached + 1e-6))].sum())
    painter.setPen(QPen(colours.line, 1.2))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(box, 10, 10)
    has_bias, has_relu = reached >= channels + 1, reached >= channels + 2
    cells = (
        ("Σ", number(running, 3), True, "+"),
        (frame.say(BIAS), number(found.bias, 3), has_bias, "="),
        (frame.say(SUM_Z), number(pixel.z, 3) if has_bias else "·", has_bias, "→"),
        ("ReLU → y", number(pixel.y, 3) if has_relu else "·", has_relu, ""),
    )
    wide = box.width() / len(cells)
    for place, (label, value, on, sign) in enumerate(cells):
        part = QRectF(box.x() + place * wide, box.y(), wide, box.height())
        painter.setOpacity(1.0 if on else 0.25)
        inner = QRectF(part.x(), part.y() + 8, wide, 46)
        if sign:
            write(painter, inner, value, 24 * t, colours.ink, SEMIBOLD, CENTRE)
            gap = QRectF(part.right() - 14, inner.y(), 28, 46)
            write(painter, gap, sign, 22, colours.muted, align=CENTRE)
        else:
            inner = QRectF(part.center().x() - 64, inner.y(), 128, 46)
            fill = colours.colour_of(pixel.y if has_relu else 0.0, found.peak, "signed")
            painter.setPen(QPen(colours.amber, 3))
            painter.setBrush(fill)
            painter.drawRoundedRect(inner, 4, 4)
            write(painter, inner, value, 24 * t, colours.text_on(fill), BOLD, CENTRE)
        under = QRectF(part.x(), part.y() + 58, wide, 24)
        write(painter, under, label, 15 * t, colours.muted, align=CENTRE)
        painter.setOpacity(1.0)
