"""A matrix product in the open: the left row meets the upper column where they cross.

The scores are Q times Kᵀ; the new vectors are the weights times V. Both are the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import (
    attention_of,
    cell_of,
    head_of,
    names,
    shown,
)
from explainer.concepts.transformer.attention.layout import (
    AttentionLayout,
    column_rect,
    columns_high,
    draw_matrix,
    frame_of,
    label_wide,
    row_at,
    row_rect,
    write_columns,
    write_row,
    write_rows,
)
from explainer.concepts.transformer.attention.probe import Listened
from explainer.stage.colours import Colours, RampName
from explainer.stage.heatmap import cell, cell_at, draw_legend
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, write
from explainer.stage.view import Beat, Frame, Lens, Target

TOLERANCE = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class Product:
    """The three matrices of a product.

    Attributes
    ----------
    left : ndarray, shape (rows, inner)
    upper : ndarray, shape (inner, columns)
    result : ndarray, shape (rows, columns)
        As the model computed it.
    left_ramp : str
        How the left matrix is coloured.
    """

    left: np.ndarray
    upper: np.ndarray
    result: np.ndarray
    left_ramp: RampName

    @property
    def peaks(self) -> tuple[float, float, float]:
        """The largest magnitude of each matrix; weights are shown up to 1."""
        left = 1.0 if self.left_ramp == "magnitude" else float(np.abs(self.left).max())
        return left, float(np.abs(self.upper).max()), float(np.abs(self.result).max())

    def terms(self, row: int, column: int) -> np.ndarray:
        """Return the products that add up to a cell, shape (inner,)."""
        terms: np.ndarray = self.left[row] * self.upper[:, column]
        return terms


def product_of(frame: Frame, answer: Listened) -> Product:
    """Return the product of the step: scores, or new vectors."""
    attention, head = attention_of(frame, answer), head_of(frame, answer)
    if shown(frame) == "mix":
        return Product(
            attention.weights[head], attention.v[head], attention.heads[head], "magnitude"
        )
    return Product(attention.q[head], attention.k[head].T, attention.scores[head], "signed")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the three matrices and the sum stand, and how wide the row names are."""

    left: QRectF
    upper: QRectF
    result: QRectF
    terms: QRectF
    label: float


def places(layout: AttentionLayout, frame: Frame, answer: Listened) -> Places:
    """Return the three matrices so that rows and columns meet, and the sum on the right."""
    t, body = layout.room.type, layout.body
    product = product_of(frame, answer)
    rows, inner = product.left.shape
    columns = product.upper.shape[1]
    said = names(frame, answer)
    label = label_wide(said, 15 * t)
    terms = (300.0 if layout.room.large else 316.0) * min(t, 1.25)
    head = 30 * t
    is_mix = shown(frame) == "mix"
    names_high = columns_high(said, 14 * t, 30.0) if not is_mix else 8.0
    tall = body.height() - 2 * head - names_high - 60 * t
    wide = body.width() - label - terms - 3 * 26 - (label if is_mix else 0)
    # Left and result share the height of the rows, upper and result the width of the columns.
    share = rows / (rows + (rows if is_mix else inner * 0.72))
    low = min(tall * share, 40.0 * rows)
    high = min(tall - low, (40.0 if is_mix else 22.0) * inner)
    left_wide = wide * (rows / (rows + 16) if is_mix else 0.5)
    left_wide = min(max(left_wide, wide * 0.36), 44.0 * inner)
    result_wide = min(wide - left_wide, 66.0 * columns)
    x = body.x() + label
    middle = x + left_wide + 26 + (label if is_mix else 0)
    top = body.y() + head
    under = top + high + head + 4
    return Places(
        QRectF(x, under, left_wide, low),
        QRectF(middle, top, result_wide, high),
        QRectF(middle, under, result_wide, low),
        QRectF(body.right() - terms, body.y(), terms, body.height()),
        label,
    )


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return both factors, the result, every row at once, and the sum of one cell."""
    said = names(frame, answer)
    row, column = cell_of(frame, answer, product_of(frame, answer).result)
    if shown(frame) == "mix":
        return (Beat("weights", 0.0), Beat("values", 0.7), Beat("heads", 1.4), Beat("sum", 2.4))
    pair = frame.say(words.SCORE_OF, row=said[row], column=said[column])
    return (Beat("q", 0.0), Beat("k", 0.7), Beat("scores", 1.4), Beat("sum", 2.4, pair))


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at = places(layout, frame, answer)
    t = layout.room.type
    return (
        (at.upper.adjusted(-at.label * (shown(frame) == "mix"), -30 * t, 4, 3), 0.7),
        (at.result.adjusted(-4, -4, 4, 90 * t), 1.4),
        (at.terms, 2.4),
    )


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw the factors, their product, what meets in one cell, and its sum."""
    t, at = layout.room.type, places(layout, frame, answer)
    product, said = product_of(frame, answer), names(frame, answer)
    is_mix = shown(frame) == "mix"
    row, column = cell_of(frame, answer, product.result)
    rows, inner = product.left.shape
    columns = product.upper.shape[1]
    peaks = product.peaks
    heads = (
        (words.WEIGHTS, colours.solid("magnitude"), words.CONTENTS, colours.value, words.MIXED)
        if is_mix
        else (words.QUERIES, colours.query, words.KEYS, colours.amber_text, words.SCORES)
    )
    for rect, text, ink in (
        (at.left, heads[0], heads[1]),
        (at.upper, heads[2], heads[3]),
    ):
        line = QRectF(rect.x(), rect.y() - 28 * t, rect.width(), 26 * t)
        write(painter, line, frame.say(text), 17 * t, ink, SEMIBOLD)
    draw_matrix(painter, at.left, product.left, peaks[0], product.left_ramp, colours)
    draw_matrix(painter, at.upper, product.upper, peaks[1], "signed", colours)
    draw_matrix(painter, at.result, product.result, peaks[2], "signed", colours)
    write_rows(painter, at.left, said, 15 * t, at.label, colours, row)
    if is_mix:
        write_rows(painter, at.upper, said, 15 * t, at.label, colours)
        line = QRectF(at.result.x(), at.result.y() - 28 * t, at.result.width(), 26 * t)
        write(painter, line, frame.say(heads[4]), 17 * t, colours.ink, SEMIBOLD)
        write_columns(painter, at.left, said, 14 * t, colours)
    else:
        write_columns(painter, at.result, said, 14 * t, colours, column)
    write_row(painter, at.left, product.left, row, peaks[0], product.left_ramp, colours, 15 * t, 2)
    write_row(painter, at.result, product.result, row, peaks[2], "signed", colours, 15 * t, 2)
    _draw_meeting(painter, at, row, column, (rows, inner, columns), colours, heads[1], heads[3])
    below = at.left.bottom() + (columns_high(said, 14 * t, at.left.width() / inner) if is_mix else 0)
    bar = QRectF(at.left.x(), min(below + 12, layout.body.bottom() - 46 * t), 190 * t, 46 * t)
    title = frame.say(heads[0])
    if is_mix:
        draw_legend(painter, bar, title, 0, 1, "magnitude", colours, 14 * t)
    else:
        draw_legend(painter, bar, title, -peaks[0], peaks[0], "signed", colours, 14 * t)
    _draw_upper_legends(painter, layout, frame, at, product, colours, heads[4])
    _draw_terms(painter, layout, frame, answer, product, (row, column), colours)


def _draw_upper_legends(painter, layout, frame, at, product, colours, result_name):  # type: ignore[no-untyped-def]
    t = layout.room.type
    _, upper, result = product.peaks
    wide = min(190 * t, at.left.width() * 0.8)
    title = frame.say(words.CONTENTS if shown(frame) == "mix" else words.KEYS)
    for place, (name, peak) in enumerate(((title, upper), (frame.say(result_name), result))):
        bar = QRectF(at.left.x(), at.upper.y() + place * 62 * t, wide, 46 * t)
        if bar.bottom() < at.left.y() - 30 * t:
            draw_legend(painter, bar, name, -peak, peak, "signed", colours, 14 * t)


def _draw_meeting(
    painter: QPainter,
    at: Places,
    row: int,
    column: int,
    sizes: tuple[int, int, int],
    colours: Colours,
    left_ink: QColor,
    upper_ink: QColor,
) -> None:
    """Frame the row and the column, and lead both to the cell where they meet."""
    rows, _, columns = sizes
    left = row_rect(at.left, row, rows)
    upper = column_rect(at.upper, column, columns)
    target = cell(at.result, row, column, rows, columns)
    thick = 3.4 if colours.is_projector else 2.4
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rect, ink in ((left, left_ink), (upper, upper_ink)):
        painter.setPen(QPen(colours.background, thick + 2.4))
        painter.drawRoundedRect(rect, 3, 3)
        painter.setPen(QPen(ink, thick))
        painter.drawRoundedRect(rect, 3, 3)
    painter.setPen(QPen(left_ink, thick))
    painter.drawLine(QPointF(left.right(), left.center().y()),
                     QPointF(target.left(), left.center().y()) if column == 0 else
                     QPointF(at.result.left(), left.center().y()))  # fmt: skip
    painter.setPen(QPen(upper_ink, thick))
    painter.drawLine(
        QPointF(upper.center().x(), upper.bottom()), QPointF(upper.center().x(), at.result.top())
    )
    frame_of(painter, target, colours)


def shown_terms(terms: np.ndarray, most: int) -> tuple[list[int], float, int]:
    """Return which terms are written, in order, the sum of the others, and how many those are."""
    if len(terms) <= most:
        return list(range(len(terms))), 0.0, 0
    largest = sorted(np.argsort(-np.abs(terms), kind="stable")[: most - 1].tolist())
    others = [i for i in range(len(terms)) if i not in set(largest)]
    return largest, float(terms[others].sum()), len(others)


def _draw_terms(
    painter: QPainter,
    layout: AttentionLayout,
    frame: Frame,
    answer: Listened,
    product: Product,
    at_cell: tuple[int, int],
    colours: Colours,
) -> None:
    """Write the products of a cell one under another, with bars, and their sum."""
    t = layout.room.type
    box = places(layout, frame, answer).terms
    row, column = at_cell
    terms = product.terms(row, column)
    said = names(frame, answer)
    is_mix = shown(frame) == "mix"
    title = (
        frame.say(words.MIX_OF, row=said[row], column=column + 1)
        if is_mix
        else frame.say(words.SCORE_OF, row=said[row], column=said[column])
    )
    line = QRectF(box.x(), box.y(), box.width(), 26 * t)
    write(painter, line, title, 17 * t, colours.ink, SEMIBOLD)
    top, px = box.y() + 34 * t, 15 * t
    free = box.bottom() - top - 44 * t
    most = max(int(free / (22 * t)), 4)
    indices, others, hidden = shown_terms(terms, most)
    count = len(indices) + (hidden > 0)
    pitch = min(free / count, 32 * t)
    largest = max(float(np.abs(terms).max()), 1e-9)
    words_wide, bar_wide = box.width() * 0.66, box.width() * 0.3
    zero = box.right() - bar_wide / 2
    for line_no, index in enumerate(indices):
        y = top + line_no * pitch
        term = float(terms[index])
        name = said[index] if is_mix else ""
        formula = (
            f"{number(float(product.left[row, index]), 2)} × "
            f"{number(float(product.upper[index, column]), 2)} = {number(term, 3)}"
        )
        if name:
            tag = QRectF(box.x(), y, words_wide * 0.27, pitch)
            write(painter, tag, name, px, colours.muted)
        place = QRectF(box.x() + words_wide * (0.28 if name else 0), y,
                       words_wide * (0.72 if name else 1), pitch)  # fmt: skip
        write(painter, place, formula, px, colours.ink, align=RIGHT)
        _draw_bar(painter, zero, y, pitch, term / largest * bar_wide / 2, colours)
    if hidden:
        y = top + len(indices) * pitch
        place = QRectF(box.x(), y, words_wide, pitch)
        text = f"{frame.say(words.REST, count=hidden)}: {number(others, 3)}"
        write(painter, place, text, px, colours.muted, align=RIGHT)
        _draw_bar(painter, zero, y, pitch,
                  max(-1.0, min(1.0, others / largest)) * bar_wide / 2, colours)  # fmt: skip
    y = top + count * pitch + 6
    painter.setPen(QPen(colours.ink, 1.4))
    painter.drawLine(QPointF(box.x(), y), QPointF(box.right(), y))
    place = QRectF(box.x(), y + 4, words_wide, 32 * t)
    total = number(float(terms.sum()), 3)
    text = f"{frame.say(words.TOTAL)} = {total}"
    write(painter, place, text, 19 * t, colours.ink, SEMIBOLD, RIGHT)


def _draw_bar(
    painter: QPainter, zero: float, y: float, pitch: float, length: float, colours: Colours
) -> None:
    high = min(pitch * 0.5, 13.0)
    top = y + (pitch - high) / 2
    painter.fillRect(
        QRectF(min(zero, zero + length), top, max(abs(length), 1.0), high),
        colours.solid("signed", 1 if length >= 0 else -1),
    )


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return the cell under a point; on a factor, the cell of the result it helps to make."""
    at, product = places(layout, frame, answer), product_of(frame, answer)
    rows, columns = product.result.shape
    found = cell_at(at.result, point, rows, columns)
    if found is not None:
        return ("cell", *found)
    now = cell_of(frame, answer, product.result)
    row = row_at(at.left, point, rows, at.label)
    if row is not None:
        return ("cell", row, now[1])
    if at.upper.contains(point):
        column = int((point.x() - at.upper.x()) / at.upper.width() * columns)
        return ("cell", now[0], min(column, columns - 1))
    return ()


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return the sum held against the model's tensor."""
    product, said = product_of(frame, answer), names(frame, answer)
    row, column = cell_of(frame, answer, product.result)
    total = float(product.terms(row, column).sum())
    own = float(product.result[row, column])
    difference = abs(total - own)
    title = (
        frame.say(words.MIX_OF, row=said[row], column=column + 1)
        if shown(frame) == "mix"
        else frame.say(words.SCORE_OF, row=said[row], column=said[column])
    )
    rows = (
        (frame.say(words.TOTAL), number(total, 5)),
        (frame.say(words.TENSOR), number(own, 5)),
        (frame.say(words.DIFFERENCE), f"{difference:.0e}" if difference else "0"),
    )
    terms = product.terms(row, column)
    peak = float(np.abs(terms).max())
    return Lens(title, rows, terms[None, :], peak, "signed", difference < TOLERANCE)


