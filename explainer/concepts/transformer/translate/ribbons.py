"""Cross-attention as ribbons, and the true alignment it is held against."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from explainer.concepts.transformer.answers import Floats, Translation
from explainer.concepts.transformer.cuts import Place
from explainer.concepts.transformer.translate.chips import fall
from explainer.concepts.transformer.translate.layout import TranslateLayout
from explainer.concepts.transformer.translate.sentence import whole
from explainer.stage.view import Frame

_LEAST = 0.04  # weights below are not drawn
_FULL = 54.0  # how wide a weight of 1 falls, in units


def weights_of(frame: Frame, answer: Translation) -> Floats:
    """Return cross-attention averaged over heads, shape (output, source)."""
    layer = whole(frame.knobs, "layer", 2) - 1
    weights: Floats = answer.attention[Place("cross", layer)].weights.mean(axis=0)
    return weights


def true_columns(answer: Translation) -> dict[int, int]:
    """Return for each output token that stands where the truth has it the token it translates."""
    expected = answer.expected or ()
    return {
        truth.row: truth.column
        for truth in answer.alignment
        if truth.row < len(answer.words) and answer.words[truth.row] == expected[truth.row]
    }


def hits(frame: Frame, answer: Translation) -> tuple[int, int]:
    """Return how many words look hardest at the word they translate, and how many there are."""
    best = weights_of(frame, answer).argmax(axis=1)
    truth = true_columns(answer)
    return sum(int(best[row]) == column for row, column in truth.items()), len(truth)


@lru_cache(maxsize=4)
def _ribbons(
    layout: TranslateLayout, weights: bytes, shape: tuple[int, int]
) -> tuple[QPainterPath, ...]:
    """Return each output token's ribbons as one path; together they are as wide as 1."""
    assert layout.source is not None and layout.output is not None
    table = np.frombuffer(weights, np.float32).reshape(shape)
    drawn = np.where(table >= _LEAST, table, 0.0)
    # What leaves a chip of the source must fit under it.
    used = np.maximum(drawn.sum(axis=0) * _FULL, 1e-6)
    room = np.array([rect.width() * 0.92 for rect in layout.source.rects])
    narrow = np.minimum(1.0, room / used)
    left = np.array([rect.center().x() for rect in layout.source.rects])
    left = left - np.minimum(used, room) / 2
    paths = []
    for row, rect in enumerate(layout.output.rects):
        unit = min(_FULL, rect.width() * 0.9)
        x = rect.center().x() - drawn[row].sum() * unit / 2
        path = QPainterPath()
        for column in np.flatnonzero(drawn[row]):
            weight = float(drawn[row, column])
            above, below = weight * _FULL * float(narrow[column]), weight * unit
            start = QPointF(float(left[column]) + above / 2, layout.source.rects[0].bottom() + 2)
            path.addPath(fall(start, above, QPointF(x + below / 2, rect.top() - 3), below))
            left[column] += above
            x += below
        paths.append(path)
    return tuple(paths)


def ribbons(layout: TranslateLayout, weights: Floats) -> tuple[QPainterPath, ...]:
    """Return each output token's ribbons as one path."""
    table = np.ascontiguousarray(weights, np.float32)
    return _ribbons(layout, table.tobytes(), table.shape)
