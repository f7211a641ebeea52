"""The sum of one output pixel: a card for each channel, bias, ReLU, and the way to its place."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explainer.concepts.cnn.convolution import words
from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.layout import ConvolutionLayout
from explainer.concepts.cnn.convolution.moments import Moment
from explainer.concepts.cnn.convolution.parts import (
    most_decimals,
    source_ramp,
)
from explainer.stage.addition import LEAST, Addition, addition
from explainer.stage.colours import Colours, fade
from explainer.stage.formula import Piece, draw_formula
from explainer.stage.frame import Frame
from explainer.stage.heatmap import draw_map, outline
from explainer.stage.hinge import draw_dot, draw_hinge, on_hinge
from explainer.stage.lettering import BOLD, CENTRE, RIGHT, SEMIBOLD, number, write


def draw_cards(
    painter: QPainter, layout: ConvolutionLayout, frame: Frame, answer: Convolved, colours: Colours
) -> None:
    """Draw the cards without their sums: those move."""
    t, large = layout.room.type, layout.room.large
    painter.setPen(QPen(colours.line, 1.2))
    painter.setBrush(colours.surface)
    boxes = layout.chips if large else (*layout.chips, layout.bias)
    for box in boxes:
        painter.drawRoundedRect(box, 8, 8)
    painter.drawRect(layout.y)
    painter.setPen(QPen(colours.faint, 1))
    painter.drawRects(
        [mini.adjusted(-1, -1, 1, 1) for b in layout.chips for mini in _miniatures(b)]
    )
    for channel, box in enumerate(layout.chips):
        _, kernel = _miniatures(box)
        draw_map(painter, kernel, answer.kernel[channel], answer.weight_peak, "weight", colours)
        if large:
            _large_plus(painter, layout.chips, channel, t, colours)
        else:
            plus = QRectF(box.right(), box.y(), 22, box.height())
            write(painter, plus, "+", 18 * t, colours.muted, align=CENTRE)
            name = words.CHANNEL if box.width() > 68 * t else words.SHORT_CHANNEL
            under = QRectF(box.x() + 2, box.bottom() - 32, box.width() - 4, 24)
            said = frame.say(name, n=channel + 1)
            write(painter, under, said, 14 * t, colours.muted, align=CENTRE)
    draw_hinge(painter, layout.hinge, colours)
    for said, rect in (("ReLU", layout.hinge), ("y", layout.y)):
        under = QRectF(rect.x() - 10, rect.bottom() + 2, rect.width() + 20, 22 * t)
        write(painter, under, said, (16 if large else 14) * t, colours.muted, align=CENTRE)
    arrow = QRectF(layout.hinge.right(), layout.y.y(), 26 if large else 34, layout.y.height())
    write(painter, arrow, "→", 20 * t, colours.muted, align=CENTRE)
    if large:
        arrow = QRectF(layout.z.right(), layout.hinge.y(), 26, layout.hinge.height())
        write(painter, arrow, "→", 20 * t, colours.muted, align=CENTRE)
        for said, rect in (("Σ", layout.total), ("+ b", layout.bias), ("z", layout.z)):
            write(painter, rect, said, 17 * t, colours.muted)
        painter.setPen(QPen(colours.muted, 1.4))
        painter.drawLine(layout.z.topLeft(), layout.z.topRight())
        return
    under = QRectF(layout.bias.x(), layout.bias.bottom() - 32, layout.bias.width(), 24)
    write(painter, under, frame.say(words.BIAS), 14 * t, colours.muted, align=CENTRE)
    under = QRectF(layout.z.x(), layout.z.bottom() - 32, layout.z.width(), 24)
    write(painter, under, frame.say(words.SUM_Z), 14 * t, colours.muted, align=CENTRE)


def _large_plus(
    painter: QPainter, chips: tuple[QRectF, ...], channel: int, t: float, colours: Colours
) -> None:
    """Write the plus between a card and the next: beside it, or under a row that ends."""
    if channel + 1 >= len(chips):
        return
    box, following = chips[channel], chips[channel + 1]
    if following.y() > box.y():
        middle = (chips[0].left() + box.right()) / 2
        place = QRectF(middle - 20, box.bottom(), 40, following.y() - box.bottom())
    else:
        place = QRectF(box.right(), box.y(), following.left() - box.right(), box.height())
    write(painter, place, "+", 16 * t, colours.muted, align=CENTRE)


def written_sums(layout: ConvolutionLayout, answer: Convolved, index: int) -> Addition:
    """Return how the channels' sums, the bias and z are written, so that they add up."""
    channels = answer.sums(index).tolist()
    total = sum(channels)
    z = total + answer.bias
    if answer.channels == 1:
        products = answer.products(index).ravel().tolist()
        most = _most(layout, answer)
        sums = (*products, total), (total, answer.bias, z)
        return addition(*sums, least=min(LEAST, most), most=most)
    if layout.room.large:
        return addition((*channels, total), (total, answer.bias, z))
    return addition((*channels, answer.bias, z))


def written_products(
    layout: ConvolutionLayout, answer: Convolved, index: int, channel: int
) -> Addition:
    """Return how a channel's products and their sum are written, so that they add up."""
    if answer.channels == 1:
        return written_sums(layout, answer, index)
    products = answer.products(index)[channel].ravel().tolist()
    most = _most(layout, answer)
    return addition((*products, sum(products)), least=min(LEAST, most), most=most)


def _most(layout: ConvolutionLayout, answer: Convolved) -> int:
    """Return how many decimals the cells of the products hold."""
    peak = answer.source_peak * answer.weight_peak
    cell_width = layout.products.width() / answer.size
    return most_decimals(cell_width, peak, layout.room.type)


def _right_of_name(line: QRectF, t: float) -> QRectF:
    """Return where the number of a line of the addition stands."""
    return line.adjusted(30 * t, 0, 0, 0)


def _miniatures(box: QRectF) -> tuple[QRectF, QRectF]:
    """Return where a card shows its window and its kernel, small."""
    side = min((box.width() - 22) / 2, box.height() * 0.34)
    left = box.center().x() - side - 3
    top = box.y() + 12
    return QRectF(left, top, side, side), QRectF(left + side + 6, top, side, side)


def draw_how(
    painter: QPainter, layout: ConvolutionLayout, frame: Frame, answer: Convolved, colours: Colours
) -> None:
    """Write the same as a formula, and how many products it takes."""
    t = layout.room.type
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(layout.formula, 10, 10)
    x, w = colours.solid("signed"), colours.solid("weight")
    count = answer.size**2
    counted = words.COUNTED if answer.channels > 1 else words.COUNTED_ONE
    said = frame.say(counted, channels=answer.channels, count=count)
    ink = colours.ink
    pieces = (
        Piece("y", ink, BOLD), Piece(" = ReLU( b + Σ", ink), Piece("c ", ink, is_sub=True),
        Piece("Σ", ink), Piece("u,v ", ink, is_sub=True),
        Piece("x", x, BOLD), Piece("c, r+u, s+v", x, is_sub=True), Piece(" · ", ink),
        Piece("w", w, BOLD), Piece("c, u, v", w, is_sub=True), Piece(" )", ink),
        Piece("      ", ink), Piece(said, colours.muted),
    )  # fmt: skip
    draw_formula(painter, layout.formula.adjusted(16, 0, -16, 0), pieces, 20 * t)


def draw_sums(
    painter: QPainter,
    layout: ConvolutionLayout,
    frame: Frame,
    answer: Convolved,
    now: Moment,
    channel: int,
    colours: Colours,
) -> None:
    """Write each channel's partial sum on its card, the shown channel's first."""
    t, large = layout.room.type, layout.room.large
    sums, windows = answer.sums(now.index), answer.window(now.index)
    written = written_sums(layout, answer, now.index)
    order = [channel, *(c for c in range(answer.channels) if c != channel)]
    ramp = source_ramp(answer)
    for place, c in enumerate(order[: len(layout.chips)]):
        box = layout.chips[c]
        known = min(max(now.sums * answer.channels - place, 0.0), 1.0)
        mini, _ = _miniatures(box)
        draw_map(painter, mini, windows[c], answer.source_peak, ramp, colours)
        if known > 0:
            middle = QRectF(box.x() + 3, mini.bottom() + 2, box.width() - 6, 34)
            if layout.room.large:
                middle.setBottom(box.bottom() - 4)
            px = 19 * min(t, 1.4)
            ink = fade(colours.ink, known)
            said = number(float(sums[c]), written.decimals)
            write(painter, middle, said, px, ink, SEMIBOLD, CENTRE)
    if layout.chips:
        outline(painter, layout.chips[channel], colours, 2.4)
    if large:
        # The whole sum is known when the last channel's is.
        ink = fade(colours.ink, float(now.sums >= 1))
        said = number(float(sums.sum()), written.decimals)
        write(painter, _right_of_name(layout.total, t), said, 18 * t, ink, SEMIBOLD, RIGHT)
        return
    if not layout.total.isEmpty() and now.sums > 0:
        known = min(now.sums * answer.channels, 1.0)
        shown = written_products(layout, answer, now.index, channel)
        total = number(float(sums[channel]), shown.decimals)
        said = frame.say(words.SUM_OF, count=answer.size**2, sign=shown.sign, sum=total)
        painter.setOpacity(known)
        painter.setPen(QPen(colours.amber, 1.6))
        painter.setBrush(colours.amber_soft)
        high = layout.total.height() / 2
        painter.drawRoundedRect(layout.total, high, high)
        inner = layout.total.adjusted(8, 0, -8, 0)
        write(painter, inner, said, 16 * t, colours.ink, SEMIBOLD, CENTRE)
        painter.setOpacity(1.0)


def draw_drop(
    painter: QPainter, layout: ConvolutionLayout, target: QRectF, colours: Colours, shown: float
) -> None:
    """Draw the curve along which the result comes into its pixel."""
    start = QPointF(layout.y.right(), layout.y.center().y())
    if layout.room.large:
        end = QPointF(target.left(), target.center().y())
        middle = (start.x() + layout.output.left()) / 2
        path = QPainterPath(start)
        path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
    elif target.center().x() > layout.y.right() + 40:
        end = QPointF(target.center().x(), target.bottom())
        path = QPainterPath(start)
        path.cubicTo(QPointF(end.x(), start.y()), QPointF(end.x(), start.y()), end)
    else:
        start = QPointF(layout.y.center().x(), layout.y.top())
        end = QPointF(target.center().x(), target.bottom())
        bend = layout.output.bottom() + 8
        path = QPainterPath(start)
        path.cubicTo(QPointF(start.x(), bend), QPointF(end.x(), start.y()), QPointF(end.x(), bend))
        path.lineTo(end)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(fade(colours.amber, shown), 3 if colours.is_projector else 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPath(path)


def draw_result(
    painter: QPainter,
    layout: ConvolutionLayout,
    frame: Frame,
    answer: Convolved,
    now: Moment,
    colours: Colours,
) -> None:
    """Write bias, z and y, and move the dot along the hinge."""
    t, large = layout.room.type, layout.room.large
    z = float(answer.sums(now.index).sum()) + answer.bias
    y = max(z, 0.0)
    written = written_sums(layout, answer, now.index)
    decimals = written.decimals
    if not large:
        equals = QRectF(layout.bias.right(), layout.z.y(), 22, layout.z.height())
        write(painter, equals, written.sign, 20 * t, colours.muted, align=CENTRE)
    if now.bias > 0:
        ink = fade(colours.ink, now.bias)
        if large:
            said = number(answer.bias, decimals)
            write(painter, _right_of_name(layout.bias, t), said, 18 * t, ink, SEMIBOLD, RIGHT)
            sign = "" if written.is_exact else "≈ "
            said = sign + number(z, decimals)
            write(painter, _right_of_name(layout.z, t), said, 18 * t, ink, BOLD, RIGHT)
        else:
            bias = QRectF(
                layout.bias.x() + 3, layout.bias.y(), layout.bias.width() - 6, layout.bias.height()
            )
            px = 19 * min(t, 1.4)
            write(painter, bias, number(answer.bias, decimals), px, ink, SEMIBOLD, CENTRE)
            px = 22 * min(t, 1.4)
            write(painter, layout.z, number(z, decimals), px, ink, BOLD, CENTRE)
        # The dot runs along the axis to z, then up to the hinge, where there is a way up.
        floor = on_hinge(layout.hinge, 0, 1).y()
        end = on_hinge(layout.hinge, z, answer.peak)
        zero = layout.hinge.center().x()
        x = zero + (end.x() - zero) * now.bias
        draw_dot(painter, QPointF(x, floor + (end.y() - floor) * now.relu), colours)
    if now.relu > 0:
        fill = colours.colour_of(y, answer.peak, "signed")
        painter.setOpacity(now.relu)
        painter.fillRect(layout.y, fill)
        px = 24 * min(t, 1.4)
        inner = layout.y.adjusted(4, 0, -4, 0)
        write(painter, inner, number(y, decimals), px, colours.text_on(fill), BOLD, CENTRE)
        outline(painter, layout.y, colours)
        painter.setOpacity(1.0)
