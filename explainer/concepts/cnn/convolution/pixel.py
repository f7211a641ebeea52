"""One output pixel of the live net: products, partial sums, bias, ReLU, and where it goes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.cnn.convolution import words
from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.layout import ConvolutionLayout
from explainer.concepts.cnn.convolution.moments import Moment, moment, shown_channel
from explainer.concepts.cnn.convolution.pad import is_empty
from explainer.concepts.cnn.convolution.parts import (
    between,
    draw_enlarged,
    draw_heading,
    draw_label,
    draw_met,
    draw_output,
    draw_source,
    draw_values,
    draw_waiting,
    draw_weight_links,
    draw_window,
    fitted_px,
    most_decimals,
    source_ramp,
)
from explainer.concepts.cnn.convolution.sum import (
    draw_cards,
    draw_drop,
    draw_how,
    draw_result,
    draw_sums,
    written_products,
)
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.heatmap import cell, draw_legend, outline
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, write


def draw_still(
    painter: QPainter, layout: ConvolutionLayout, frame: Frame, answer: Convolved, colours: Colours
) -> None:
    """Draw what stays while the window moves: input, kernel, headings, the cards' kernels."""
    t, large = layout.room.type, layout.room.large
    channel = shown_channel(frame, answer)
    n, count = channel + 1, answer.channels
    title = words.INPUT if count == 1 else words.INPUT_CHANNEL
    high, wide = answer.sides
    size = f"{high}×{wide}"
    named = words.SOURCES[answer.layer]
    if answer.layer == "conv1" and is_empty(frame.drawing):
        named = words.EXAMPLE_SOURCE
    detail = "" if large else frame.say(named, size=size)
    said = frame.say(title, n=n, count=count)
    draw_heading(painter, layout.source, said, detail, t, colours)
    draw_source(painter, layout.source, answer, channel, colours, 14 * t)

    rows, columns = answer.conv.shape
    place = frame.say(words.ranked(answer.map + 1, int(frame.knobs["map"])))
    said = frame.say(words.OUTPUT, map=place)
    if large:
        # The output may be narrow here: its heading ends where it does.
        above = layout.output.adjusted(-200, -28 * t, 0, 0)
        above.setHeight(25 * t)
        write(painter, above, said, 18 * t, colours.ink, SEMIBOLD, RIGHT)
    else:
        detail = frame.say(words.AFTER, size=f"{rows}×{columns}")
        draw_heading(painter, layout.output, said, detail, t, colours)

    draw_waiting(painter, layout.output, answer.conv.shape, colours)
    draw_label(painter, layout.window, frame.say(words.WINDOW_X), t, colours)
    kernel = words.KERNEL_W if count == 1 or large else words.KERNEL_OF
    draw_label(painter, layout.kernel, frame.say(kernel, n=n), t, colours)
    weights = answer.kernel[channel]
    peak, decimals = answer.weight_peak, factor_decimals(layout, answer)
    px = _cell_px(layout, answer, peak, decimals)
    draw_values(painter, layout.kernel, weights, peak, "weight", colours, px, decimals)
    _sign(painter, layout.window, layout.kernel, "×", t, colours)
    if not layout.products.isEmpty():
        draw_label(painter, layout.products, frame.say(words.PRODUCTS), t, colours)
    if layout.legends:
        _sign(painter, layout.kernel, layout.products, "=", t, colours)
        _draw_legends(painter, layout, answer, t, colours)
    if not layout.adding.isEmpty():
        adding = words.ADD_UP if count > 1 else words.ADD_UP_ONE
        said = frame.say(adding, count=answer.size**2)
        write(painter, layout.adding, said, 17 * t, colours.ink, SEMIBOLD)
    draw_cards(painter, layout, frame, answer, colours)
    if not layout.formula.isEmpty():
        draw_how(painter, layout, frame, answer, colours)


def _cell_px(layout: ConvolutionLayout, answer: Convolved, peak: float, decimals: int) -> float:
    cell_width = layout.window.width() / answer.size
    px = min(cell_width * 0.3, 24 * layout.room.type)
    return fitted_px(px, cell_width, peak, decimals, layout.room.type)


def factor_decimals(layout: ConvolutionLayout, answer: Convolved) -> int:
    """Return how many decimals inputs and weights have: three, so that products can be checked."""
    cell_width = layout.window.width() / answer.size
    peak = max(answer.source_peak, answer.weight_peak)
    return min(most_decimals(cell_width, peak, layout.room.type), 3)


def product_peak(answer: Convolved) -> float:
    """Return the largest magnitude a product can have, so that colours keep their meaning."""
    return answer.source_peak * answer.weight_peak


def _sign(
    painter: QPainter, left: QRectF, right: QRectF, sign: str, t: float, colours: Colours
) -> None:
    gap = QRectF(left.right(), left.y(), right.left() - left.right(), left.height())
    write(painter, gap, sign, 24 * t, colours.muted, align=CENTRE)


def _draw_legends(
    painter: QPainter, layout: ConvolutionLayout, answer: Convolved, t: float, colours: Colours
) -> None:
    ramp = source_ramp(answer)
    low = 0.0 if float(answer.padded.min()) >= 0 else -answer.source_peak
    peak = product_peak(answer)
    parts = (
        ("x", low, answer.source_peak, ramp),
        ("w", -answer.weight_peak, answer.weight_peak, "weight"),
        ("x · w", -peak, peak, "signed"),
    )
    for rect, (title, least, most, colour) in zip(layout.legends, parts, strict=True):
        draw_legend(painter, rect, title, least, most, colour, colours, 14 * t)


def draw_moving(
    painter: QPainter,
    layout: ConvolutionLayout,
    frame: Frame,
    answer: Convolved,
    time: float,
    colours: Colours,
) -> None:
    """Draw the window, its numbers, what they add up to, and the output as far as it is filled."""
    t = layout.room.type
    now = moment(frame, answer, time)
    channel = shown_channel(frame, answer)
    draw_met(painter, layout.source, answer, frame.hover, colours)
    window = draw_window(painter, layout.source, answer, now, colours)
    # A window shown by itself grows out of the input; sliding on, it stays where it is read.
    grown = now.come if frame.knobs["once"] else 1.0
    place = between(window, layout.window, grown)
    if place.left() > layout.source.right():
        painter.setOpacity(grown**2)
        draw_enlarged(painter, layout.source, window, place, colours)
        painter.setOpacity(1.0)
    values = answer.window(now.index)[channel]
    ramp = source_ramp(answer)
    peak, decimals = answer.source_peak, factor_decimals(layout, answer)
    px = _cell_px(layout, answer, peak, decimals) * max(grown, 0.1)
    draw_values(painter, place, values, peak, ramp, colours, px, decimals)
    outline(painter, place, colours)
    if not layout.products.isEmpty():
        _draw_products(painter, layout, answer, now, channel, colours)
    draw_weight_links(
        painter, (layout.window, layout.kernel, layout.products), answer, frame.hover, colours
    )
    target = draw_output(painter, layout.output, answer, answer.relu, now, colours, 14 * t)
    draw_sums(painter, layout, frame, answer, now, channel, colours)
    if now.relu > 0:
        draw_drop(painter, layout, target, colours, now.relu)
    draw_result(painter, layout, frame, answer, now, colours)


def _draw_products(
    painter: QPainter,
    layout: ConvolutionLayout,
    answer: Convolved,
    now: Moment,
    channel: int,
    colours: Colours,
) -> None:
    """Draw the products one after the other, then their sum in the pill."""
    rect, size = layout.products, answer.size
    products = answer.products(now.index)[channel]
    formed = round(now.products * size * size)
    shown = np.where(np.arange(size * size).reshape(size, size) < formed, products, 0)
    peak = product_peak(answer)
    decimals = written_products(layout, answer, now.index, channel).decimals
    px = _cell_px(layout, answer, float(np.abs(products).max()), decimals)
    draw_values(painter, rect, shown, peak, "signed", colours, px, decimals)
    for index in range(formed, size * size):
        box = cell(rect, *divmod(index, size), size, size)
        painter.fillRect(box.adjusted(1, 1, -1, -1), colours.background)
    if 0 < formed < size * size:
        for grid in (layout.window, layout.kernel, rect):
            outline(painter, cell(grid, *divmod(formed - 1, size), size, size), colours, 2)
