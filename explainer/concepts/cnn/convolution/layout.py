"""Where things lie in the convolution scene, in design units."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QRectF

from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.probe import (
    HAND_MADE,
    Filtered,
)
from explainer.stage.frame import Frame, Room

MARGIN = 32.0
CHIP_WIDEST = 128.0
# However few pixels it has, the output of one's own kernel keeps this share of the input's side.
OUTPUT_LEAST = 0.3
CARD_LEAST, CARD_GAP = 84.0, 16.0  # a channel's card in the large picture


@dataclass(frozen=True, slots=True)
class ConvolutionLayout:
    """Rectangles of the convolution scene; those a picture lacks are empty.

    Attributes
    ----------
    room : Room
    source, output : QRectF
        What the kernel slides over, and what it makes. Their headings stand above.
    window, kernel, products : QRectF
        One window enlarged: input, weights, their products.
    total : QRectF
        The pill with the sum of the products; large, the first line of an addition whose others
        are `bias` and `z`.
    chips : tuple of QRectF
        A card for each input channel.
    adding : QRectF
        Heading over the cards.
    bias, z, hinge, y : QRectF
        What follows the cards.
    formula : QRectF
    legends : tuple of QRectF
    tiles : tuple of (kernel, map) rectangles
        All kernels: first the learned ones, then those made by hand.
    headings : tuple of QRectF
        Over the rows of tiles.
    """

    room: Room
    source: QRectF = field(default_factory=QRectF)
    output: QRectF = field(default_factory=QRectF)
    window: QRectF = field(default_factory=QRectF)
    kernel: QRectF = field(default_factory=QRectF)
    products: QRectF = field(default_factory=QRectF)
    total: QRectF = field(default_factory=QRectF)
    chips: tuple[QRectF, ...] = ()
    adding: QRectF = field(default_factory=QRectF)
    bias: QRectF = field(default_factory=QRectF)
    z: QRectF = field(default_factory=QRectF)
    hinge: QRectF = field(default_factory=QRectF)
    y: QRectF = field(default_factory=QRectF)
    formula: QRectF = field(default_factory=QRectF)
    legends: tuple[QRectF, ...] = ()
    tiles: tuple[tuple[QRectF, QRectF], ...] = ()
    headings: tuple[QRectF, ...] = ()


def convolution_layout(frame: Frame, room: Room) -> ConvolutionLayout:
    """Return the layout of what the answer holds; only the room while there is none."""
    answer: Any = frame.answer
    if isinstance(answer, Filtered):
        return _filters(len(answer.learned), room)
    if not isinstance(answer, Convolved):
        return ConvolutionLayout(room)
    if answer.layer == "own":
        return _own(answer, room, bool(frame.knobs["sized"]))
    if frame.knobs["scene"] == "relu":
        return _relu(room)
    return _large_pixel(answer, room) if room.large else _pixel(answer, room)


def _pixel(answer: Convolved, room: Room) -> ConvolutionLayout:
    t, wide = room.type, room.width
    top = 26 + 52 * t
    side = wide * 0.235
    right = wide - MARGIN
    source = QRectF(MARGIN, top, side, side)
    output = QRectF(right - side, top, side, side)
    between = 34.0
    first = source.right() + 58
    grid = (output.left() - 34 - first - 2 * between) / 3
    middle = top + 26 * t
    grids = [QRectF(first + (grid + between) * i, middle, grid, grid) for i in range(3)]
    total = QRectF(grids[2].center().x() - 92 * t, 0, 184 * t, 34 * t)
    total.moveTop(middle + grid + 20 + 52 * t + 8)
    total.moveRight(min(total.right(), output.left() - 14))

    formula = QRectF(MARGIN, 720 - 26 - 62 * t, right - MARGIN, 62 * t)
    upper = max(source.bottom(), total.bottom())
    high = min(136.0, formula.top() - upper - 26 * t - 76)
    # What is left over is shared out above, between and below.
    gap = (formula.top() - upper - 34 * t - high - 24) / 2
    adding = QRectF(MARGIN, upper + gap, right - MARGIN, 26 * t)
    chips, bias, z, hinge, y = _chip_row(answer.channels, adding.bottom() + 8, high, room)
    return ConvolutionLayout(
        room,
        source=source,
        output=output,
        window=grids[0],
        kernel=grids[1],
        products=grids[2],
        total=total,
        chips=chips,
        adding=adding,
        bias=bias,
        z=z,
        hinge=hinge,
        y=y,
        formula=formula,
        legends=tuple(QRectF(g.x(), g.bottom() + 18, g.width(), 52 * t) for g in grids),
    )


def _chip_row(
    channels: int, top: float, high: float, room: Room
) -> tuple[tuple[QRectF, ...], QRectF, QRectF, QRectF, QRectF]:
    """Lay out the cards, the bias, the sum, the hinge and the result, left to right."""
    t, sign = room.type, 22.0
    tail = 88 * t + 12 + 74 + 34 + 96
    free = room.width - 2 * MARGIN - sign * (channels + 1) - tail
    card = min(free / (channels + 1), CHIP_WIDEST)
    x = MARGIN
    cards = []
    for _ in range(channels + 1):
        cards.append(QRectF(x, top, card, high))
        x += card + sign
    z = QRectF(x, top, 88 * t, high)
    hinge = QRectF(z.right() + 12, top + (high - 74) / 2, 74, 74)
    y = QRectF(hinge.right() + 34, top + (high - 86) / 2, 96, 86)
    return tuple(cards[:-1]), cards[-1], z, hinge, y


def _large_pixel(answer: Convolved, room: Room) -> ConvolutionLayout:
    t, wide = room.type, room.width
    margin, head = 28.0, 30 * t
    top = 20 + head
    side = min((720 - 2 * top - 26) / 2, (wide - 2 * margin - 150) / 3)
    gap = 26.0  # holds an arrow, or the plus between two rows of cards
    right = wide - margin
    source = QRectF(margin, top, side, side)
    kernel = QRectF(right - side, top, side, side)
    window = QRectF(kernel.left() - 52 - side, top, side, side)
    low = source.bottom() + 24 + head
    # The way of the sum: column of the addition, hinge, result.
    column, hinge, result = 108 * t, 74.0, 98.0
    tail = 14 + column + gap + hinge + gap + result + 32
    columns = (answer.channels + 1) // 2
    free = right - margin - tail
    left = side if answer.channels == 1 else CARD_LEAST * columns + CARD_GAP * (columns - 1)
    small = min(side, free - left)
    output = QRectF(right - small, low + (side - small) / 2, small, small)
    middle = low + side / 2
    y = QRectF(output.left() - 32 - result, middle - result / 2, result, result)
    bend = QRectF(y.left() - gap - hinge, middle - hinge / 2, hinge, hinge)
    line = 36 * t
    added = QRectF(bend.left() - gap - column, middle - 1.5 * line, column, line)
    parts: dict[str, Any] = {"products": QRectF(margin, low, side, side)}
    if answer.channels > 1:
        card = (added.left() - 16 - margin - CARD_GAP * (columns - 1)) / columns
        high = min((side - gap) / 2, 130.0)
        chips = tuple(
            QRectF(
                margin + (card + CARD_GAP) * (i % columns),
                middle - high - gap / 2 + (high + gap) * (i // columns),
                card,
                high,
            )
            for i in range(answer.channels)
        )
        parts = {"chips": chips}
    return ConvolutionLayout(
        room,
        source=source,
        output=output,
        window=window,
        kernel=kernel,
        total=added,
        bias=added.translated(0, line),
        z=added.translated(0, 2 * line),
        hinge=bend,
        y=y,
        **parts,
    )


def _own(answer: Convolved, room: Room, sized: bool) -> ConvolutionLayout:
    t, wide, large = room.type, room.width, room.large
    margin = 28.0 if large else MARGIN
    top = 20 + (60 if large else 52) * t
    high = 82 * t if sized else 0.0
    formula = QRectF(margin, 720 - 22 - high, wide - 2 * margin, high)
    column = 170.0 if large else 196.0
    gaps = (56.0, 48.0)
    below = 0.0 if large else 62 * t
    tall = formula.top() - (16 if sized else 0) - below - top
    side = min((wide - 2 * margin - column - sum(gaps)) / 2, tall)
    spare = (wide - 2 * margin - column - sum(gaps) - 2 * side) / 2
    source = QRectF(margin + spare / 2, top + (tall - side) / 2, side, side)
    rows, columns = answer.conv.shape
    cell = max(side / answer.sides[0], side * OUTPUT_LEAST / rows)
    left = source.right() + gaps[0] + spare / 2
    result = QRectF(0, 0, cell * columns, cell * rows)
    area = QRectF(left + column + gaps[1] + spare / 2, source.y(), side, side)
    result.moveTopLeft(area.topLeft())
    label = 26 * t
    pill = 36 * t
    if large:
        kernel = QRectF(left, source.center().y() - column / 2, column, column)
        window = QRectF()
    else:
        grid = min(column, (side - 2 * label - pill - 30) / 2)
        start = left + (column - grid) / 2
        window = QRectF(start, source.y() + label, grid, grid)
        kernel = QRectF(start, window.bottom() + 14 + label, grid, grid)
    total = QRectF(left - 16, kernel.bottom() + 16, column + 32, pill)
    legends = (
        QRectF(source.x(), source.bottom() + 10, min(side, 240.0), 52 * t),
        QRectF(area.x(), source.bottom() + 10, min(side, 240.0), 52 * t),
    )
    return ConvolutionLayout(
        room,
        source=source,
        output=result,
        window=window,
        kernel=kernel,
        total=total,
        formula=formula,
        legends=() if large else legends,
    )


def _relu(room: Room) -> ConvolutionLayout:
    t = room.type
    margin = 28.0 if room.large else MARGIN
    middle = 200.0 if room.large else 280.0
    foot = 40 * t + (0 if room.large else 60 * t)
    side = min((room.width - 2 * margin - middle) / 2, 720 - 40 - 54 * t - foot)
    top = (720 - side - 54 * t - foot) / 2 + 54 * t
    left = (room.width - 2 * side - middle) / 2
    source = QRectF(left, top, side, side)
    output = source.translated(side + middle, 0)
    hinge = min(middle - 88, 190.0)
    box = QRectF(0, 0, hinge, hinge)
    box.moveCenter(source.center())
    box.moveCenter(box.center() + (output.center() - source.center()) / 2)
    under = QRectF(source.x(), source.bottom() + 6, side, 30 * t)
    legend = QRectF(source.x(), under.bottom() + 8, 280, 52 * t)
    return ConvolutionLayout(
        room,
        source=source,
        output=output,
        hinge=box,
        headings=(under, under.translated(side + middle, 0)),
        legends=() if room.large else (legend,),
    )


def _filters(learned: int, room: Room) -> ConvolutionLayout:
    t = room.type
    margin = 28.0 if room.large else MARGIN
    drawing = 0.0 if room.large else 150.0
    left = margin + (drawing + 64 if drawing else 0)
    columns = max(learned, len(HAND_MADE))
    pitch = (room.width - margin - left + 12) / columns
    row = (720 - 40) / 2
    foot = 26 * t
    kernel = min(pitch * 0.6, 72.0)
    side = min(pitch - 12, row - 34 * t - kernel - 20 - foot - 8)
    high = 34 * t + kernel + 14 + side + foot
    tiles, headings = [], []
    for line, count in enumerate((learned, len(HAND_MADE))):
        top = 20 + row * line + (row - high) / 2
        headings.append(QRectF(left, top, room.width - margin - left, 28 * t))
        for i in range(count):
            x = left + pitch * i
            tile = QRectF(x, top + 34 * t + kernel + 14, side, side)
            small = QRectF(x + (side - kernel) / 2, top + 34 * t, kernel, kernel)
            tiles.append((small, tile))
    source = QRectF(margin, 360 - drawing / 2, drawing, drawing) if drawing else QRectF()
    return ConvolutionLayout(room, source=source, tiles=tuple(tiles), headings=tuple(headings))
