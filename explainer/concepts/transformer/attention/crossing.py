"""A matrix product in the open: the left row meets the upper column where they cross.

The scores are Q times Kᵀ; the new vectors are the weights times V. Both are the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import (
    cell_of,
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
from explainer.concepts.transformer.attention.product import Product, product_of, title_of
from explainer.concepts.transformer.attention.product import lens as lens
from explainer.concepts.transformer.attention.terms import draw_terms
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Target
from explainer.stage.heatmap import cell, cell_at, draw_legend
from explainer.stage.lettering import SEMIBOLD, write


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
    terms = 316.0 * min(t, 1.5)
    head = 30 * t
    is_mix = shown(frame) == "mix"
    wide = body.width() - label - terms - 3 * 26 - (label if is_mix else 0)
    left_wide = wide * max(rows / (rows + 16), 0.4) if is_mix else min(wide * 0.5, 44.0 * inner)
    result_wide = min(wide - left_wide, 66.0 * columns)
    named = left_wide if is_mix else result_wide
    names_high = columns_high(said, 14 * t, named / rows)
    tall = body.height() - 2 * head - names_high - 60 * t
    # Left and result share the height of the rows, upper and result the width of the columns.
    upper = 0.7 * rows if is_mix else inner * (0.42 if layout.room.large else 0.72)
    share = rows / (rows + upper)
    low = min(tall * share, 40.0 * rows)
    high = min(tall - low, (40.0 if is_mix else 22.0) * inner)
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
    row, column = cell_of(frame, answer, product_of(frame, answer).result)
    if shown(frame) == "mix":
        return (Beat("weights", 0.0), Beat("values", 0.7), Beat("heads", 1.4), Beat("sum", 2.4))
    pair = title_of(frame, answer, row, column)
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
        (at.terms.adjusted(-4, -4, 4, 4), 2.4),
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
    below = at.left.bottom() + (
        columns_high(said, 14 * t, at.left.width() / inner) if is_mix else 0
    )
    bar = QRectF(at.left.x(), min(below + 12, layout.body.bottom() - 46 * t), 190 * t, 46 * t)
    title = frame.say(heads[0])
    if is_mix:
        draw_legend(painter, bar, title, 0, 1, "magnitude", colours, 14 * t)
    else:
        draw_legend(painter, bar, title, -peaks[0], peaks[0], "signed", colours, 14 * t)
    _draw_upper_legends(painter, layout, frame, at, product, colours)
    draw_terms(painter, at.terms, t, frame, answer, product, (row, column), colours)


def _draw_upper_legends(
    painter: QPainter,
    layout: AttentionLayout,
    frame: Frame,
    at: Places,
    product: Product,
    colours: Colours,
) -> None:
    """Draw the scales of the upper matrix and of the result in the empty corner."""
    t = layout.room.type
    _, upper, result = product.peaks
    is_mix = shown(frame) == "mix"
    upper_name, result_name = (
        (words.CONTENTS, words.MIXED) if is_mix else (words.KEYS, words.SCORES)
    )
    wide = min(190 * t, at.left.width() * 0.8)
    for place, (name, peak) in enumerate(((upper_name, upper), (result_name, result))):
        bar = QRectF(at.left.x(), at.upper.y() + place * 62 * t, wide, 46 * t)
        if bar.bottom() < at.left.y() - 28 * t:
            draw_legend(painter, bar, frame.say(name), -peak, peak, "signed", colours, 14 * t)


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
