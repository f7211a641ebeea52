"""The sum behind one cell of a product, term by term."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import names, shown
from explainer.concepts.transformer.attention.probe import Listened
from explainer.concepts.transformer.attention.product import Product, title_of
from explainer.stage.addition import Addition, addition, multiplied
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, width, write


def shown_terms(terms: np.ndarray, most: int) -> tuple[list[int], float, int]:
    """Return which terms are written, in order, the sum of the others, and how many those are."""
    if len(terms) <= most:
        return list(range(len(terms))), 0.0, 0
    largest = sorted(np.argsort(-np.abs(terms), kind="stable")[: most - 1].tolist())
    others = [i for i in range(len(terms)) if i not in set(largest)]
    return largest, float(terms[others].sum()), len(others)


def added_in(written: list[float], others: float, is_hiding: bool) -> Addition:
    """Return how the terms and their sum are written, so that they add up as written."""
    shown = [*written, others] if is_hiding else written
    return addition((*shown, sum(written) + others), least=2, most=3)


def formula(left: float, right: float, product: float, decimals: int) -> str:
    """Return a product that is true as written, with as few decimals of its factors as it takes."""
    more = multiplied(left, right, product, decimals)
    sign, more = ("≈", decimals + 3) if more is None else ("=", more)
    return f"{number(left, more)} × {number(right, more)} {sign} {number(product, decimals)}"


def draw_terms(
    painter: QPainter,
    box: QRectF,
    t: float,
    frame: Frame,
    answer: Listened,
    product: Product,
    at_cell: tuple[int, int],
    colours: Colours,
) -> None:
    """Write the products of a cell one under another, with bars, and their sum."""
    row, column = at_cell
    terms = product.terms(row, column)
    said = names(frame, answer)
    is_mix = shown(frame) == "mix"
    title = title_of(frame, answer, row, column)
    line = QRectF(box.x(), box.y(), box.width(), 26 * t)
    write(painter, line, title, 17 * t, colours.ink, SEMIBOLD)
    top, px = box.y() + 34 * t, 15 * t
    free = box.bottom() - top - 44 * t
    most = max(int(free / (22 * t)), 4)
    indices, others, hidden = shown_terms(terms, most)
    count = len(indices) + (hidden > 0)
    pitch = min(free / count, 32 * t)
    largest = max(float(np.abs(terms).max()), 1e-9)
    # Where type is large the numbers need the room of the bars.
    bar_wide = box.width() * (0.2 if t > 1.2 else 0.3)
    words_wide = box.width() - bar_wide - 0.04 * box.width()
    zero = box.right() - bar_wide / 2
    tag_wide = words_wide * 0.24 if is_mix else 0.0
    adding = added_in([float(terms[index]) for index in indices], others, hidden > 0)
    formulas = [
        formula(
            float(product.left[row, index]),
            float(product.upper[index, column]),
            float(terms[index]),
            adding.decimals,
        )
        for index in indices
    ]
    # One size for all, so that the figures stand under one another.
    px *= min(1.0, (words_wide - tag_wide) / max(width(text, px) for text in formulas))
    for line_no, (index, text) in enumerate(zip(indices, formulas, strict=True)):
        y = top + line_no * pitch
        if is_mix:
            tag = QRectF(box.x(), y, tag_wide, pitch)
            write(painter, tag, said[index], px, colours.muted)
        place = QRectF(box.x() + tag_wide, y, words_wide - tag_wide, pitch)
        write(painter, place, text, px, colours.ink, align=RIGHT)
        _draw_bar(painter, zero, y, pitch, float(terms[index]) / largest * bar_wide / 2, colours)
    if hidden:
        y = top + len(indices) * pitch
        place = QRectF(box.x(), y, words_wide, pitch)
        text = f"{frame.say(words.REST, count=hidden)}: {number(others, adding.decimals)}"
        write(painter, place, text, px, colours.muted, align=RIGHT)
        _draw_bar(painter, zero, y, pitch,
                  max(-1.0, min(1.0, others / largest)) * bar_wide / 2, colours)  # fmt: skip
    y = top + count * pitch + 6
    painter.setPen(QPen(colours.ink, 1.4))
    painter.drawLine(QPointF(box.x(), y), QPointF(box.right(), y))
    place = QRectF(box.x(), y + 4, words_wide, 32 * t)
    total = number(float(terms.sum()), adding.decimals)
    text = f"{frame.say(words.TOTAL)} {adding.sign} {total}"
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
