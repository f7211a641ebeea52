"""One's own kernel on a picture, with padding, stride and dilation, and the size they make."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.convolution import words
from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.layout import ConvolutionLayout
from explainer.concepts.cnn.convolution.moments import moment
from explainer.concepts.cnn.convolution.parts import (
    SMALLEST,
    decimals_of,
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
    least_cell,
    source_ramp,
)
from explainer.concepts.cnn.convolution.probe import (
    output_side,
)
from explainer.stage.colours import Colours, fade
from explainer.stage.formula import Piece, draw_formula, floored
from explainer.stage.frame import Frame
from explainer.stage.heatmap import draw_legend
from explainer.stage.lettering import BOLD, CENTRE, SEMIBOLD, number, write
from explainer.stage.ribbons import draw_link


def shown_values(frame: Frame, answer: Convolved) -> np.ndarray:
    """Return the output as it is shown: before or after ReLU."""
    return answer.relu if frame.knobs["rectified"] else answer.conv


def draw_still(
    painter: QPainter, layout: ConvolutionLayout, frame: Frame, answer: Convolved, colours: Colours
) -> None:
    """Draw the picture, the kernel and the formula of the output's size."""
    t = layout.room.type
    high, wide = answer.source.shape[1:]
    size = f"{high}×{wide}"
    detail = frame.say(words.SOURCES["own"], size=size)
    if answer.padding:
        padded = f"{answer.sides[0]}×{answer.sides[1]}"
        detail = frame.say(words.PADDED, size=size, padded=padded)
    draw_heading(painter, layout.source, frame.say(words.INPUT), detail, t, colours)
    draw_source(painter, layout.source, answer, 0, colours, 15 * min(t, 1.3))

    rows, columns = answer.conv.shape
    after = words.AFTER if frame.knobs["rectified"] else words.BEFORE
    detail = frame.say(after, size=f"{rows}×{columns}")
    draw_heading(painter, layout.output, frame.say(words.OWN_OUTPUT), detail, t, colours)

    draw_waiting(painter, layout.output, answer.conv.shape, colours)
    px = _cell_px(layout.kernel, answer, t)
    weights = answer.kernel[0]
    decimals = decimals_of(weights)
    wide = least_cell(weights, decimals, t)
    peak = answer.weight_peak
    draw_values(painter, layout.kernel, weights, peak, "weight", colours, px, decimals, wide)
    is_read = layout.kernel.width() / answer.size >= wide
    label = words.KERNEL_W if is_read else words.POINT
    draw_label(painter, layout.kernel, frame.say(label), t, colours)
    if not layout.window.isEmpty():
        draw_label(painter, layout.window, frame.say(words.WINDOW_X), t, colours)
    if layout.legends:
        first, second = layout.legends
        ramp = source_ramp(answer)
        value = frame.say(words.VALUE)
        draw_legend(painter, first, value, 0, answer.source_peak, ramp, colours, 14 * t)
        peak = answer.peak
        draw_legend(painter, second, value, -peak, peak, "signed", colours, 14 * t)
    if not layout.formula.isEmpty():
        _draw_size(painter, layout, frame, answer, colours)


def _cell_px(rect: QRectF, answer: Convolved, t: float) -> float:
    return max(min(rect.width() / answer.size * 0.35, 22 * t), SMALLEST * t)


def _draw_size(
    painter: QPainter, layout: ConvolutionLayout, frame: Frame, answer: Convolved, colours: Colours
) -> None:
    """Write the formula of the output's side in words, and below with the numbers in it."""
    t = layout.room.type
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(layout.formula, 10, 10)
    side, k = answer.source.shape[1], answer.size
    p, d, s = answer.padding, answer.dilation, answer.stride
    result = output_side(side, k, s, p, d)
    ink, muted = colours.ink, colours.muted
    numbers = (
        *floored(f"({side} + 2·{p} − {d}·({k} − 1) − 1) ÷ {s}", ink),
        Piece(" + 1 = ", ink),
        Piece(str(result), colours.amber_text, BOLD),
    )
    worded = (*floored(frame.say(words.SIDE), muted), Piece(" + 1", muted))
    line = layout.formula.adjusted(16, 8 * t, -16, -42 * t)
    draw_formula(painter, line, worded, 17 * t)
    line = layout.formula.adjusted(16, 40 * t, -16, -8 * t)
    draw_formula(painter, line, numbers, 21 * t)


def draw_moving(
    painter: QPainter,
    layout: ConvolutionLayout,
    frame: Frame,
    answer: Convolved,
    time: float,
    colours: Colours,
) -> None:
    """Draw the window, its pixels, their sum, and the output as far as it is filled."""
    t = layout.room.type
    now = moment(frame, answer, time)
    draw_met(painter, layout.source, answer, frame.hover, colours)
    window = draw_window(painter, layout.source, answer, now, colours)
    if not layout.window.isEmpty():
        draw_enlarged(painter, layout.source, window, layout.window, colours)
        values = answer.window(now.index)[0]
        px = _cell_px(layout.window, answer, t)
        ramp = source_ramp(answer)
        decimals, peak = decimals_of(answer.padded), answer.source_peak
        wide = least_cell(answer.source[0], decimals, t)
        draw_values(painter, layout.window, values, peak, ramp, colours, px, decimals, wide)
    draw_weight_links(painter, (layout.window, layout.kernel), answer, frame.hover, colours)
    values = shown_values(frame, answer)
    px = 15 * min(t, 1.3)
    target = draw_output(painter, layout.output, answer, values, now, colours, px)
    if now.sums <= 0:
        return
    z = float(answer.sums(now.index).sum())
    said = f"Σ x · w = {number(z, 3)}"
    if frame.knobs["rectified"] and now.relu > 0:
        said = f"ReLU({number(z, 3)}) = {number(max(z, 0.0), 3)}"
    painter.setPen(QPen(fade(colours.amber, now.sums), 1.6))
    painter.setBrush(fade(colours.amber_soft, now.sums))
    high = layout.total.height() / 2
    painter.drawRoundedRect(layout.total, high, high)
    ink = fade(colours.ink, now.sums)
    inner = layout.total.adjusted(10, 0, -10, 0)
    write(painter, inner, said, 16 * t, ink, SEMIBOLD, CENTRE)
    start = QPointF(layout.total.right(), layout.total.center().y())
    # Over the output it runs between two rows, so that it hides no result.
    edge = QPointF(layout.output.left(), target.bottom())
    thick = 3 if colours.is_projector else 1.6
    draw_link(painter, start, edge, colours.amber, thick, now.sums)
    if target.left() > edge.x() + 1:
        painter.setPen(QPen(fade(colours.amber, now.sums), thick))
        painter.drawLine(edge, QPointF(target.left(), edge.y()))
