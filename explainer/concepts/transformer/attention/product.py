"""The two matrix products of attention: scores from Q and Kᵀ, new vectors from weights and V."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.focus import (
    attention_of,
    cell_of,
    head_of,
    names,
    shown,
)
from explainer.concepts.transformer.attention.probe import Listened
from explainer.stage.colours import RampName
from explainer.stage.frame import Frame, Lens
from explainer.stage.lettering import number

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


def title_of(frame: Frame, answer: Listened, row: int, column: int) -> str:
    """Return what a cell of the result is called."""
    said = names(frame, answer)
    if shown(frame) == "mix":
        return frame.say(words.MIX_OF, row=said[row], column=column + 1)
    return frame.say(words.SCORE_OF, row=said[row], column=said[column])


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return the sum held against the model's tensor."""
    product = product_of(frame, answer)
    row, column = cell_of(frame, answer, product.result)
    total = float(product.terms(row, column).sum())
    own = float(product.result[row, column])
    difference = abs(total - own)
    rows = (
        (frame.say(words.TOTAL), number(total, 5)),
        (frame.say(words.TENSOR), number(own, 5)),
        (frame.say(words.DIFFERENCE), f"{difference:.0e}" if difference else "0"),
    )
    terms = product.terms(row, column)
    peak = float(np.abs(terms).max())
    return Lens(
        title_of(frame, answer, row, column),
        rows,
        terms[None, :],
        peak,
        "signed",
        difference < TOLERANCE,
    )
