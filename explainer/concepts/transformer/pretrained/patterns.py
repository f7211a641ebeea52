"""Patterns in attention maps, measured on the sentence at hand; no Qt, no torch."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Pattern = Literal["previous", "next", "itself", "first", "last"]
PATTERNS: tuple[Pattern, ...] = ("previous", "next", "itself", "first", "last")
MOST_OF_IT = 0.5  # of its weight: from here a head is said to follow a pattern
Floats = NDArray[np.float32]


def shares(attention: Floats, pattern: Pattern) -> Floats:
    """Return the mean weight that each head gives to one place, (layers, heads), 0 .. 1.

    Parameters
    ----------
    attention : ndarray, (layers, heads, T, T)
        Each row sums to 1.
    pattern : str
        previous and next are the neighbours, itself the token that looks, first and last the
        ends of the sentence. Rows that have no such place are left out, and those for which it
        would be the same place as another pattern's: a token cannot show whether it looks at the
        first token or at the one before where these are one.
    """
    count = attention.shape[-1]
    rows, columns = _cells(count, pattern)
    if not len(rows):
        return np.zeros(attention.shape[:2], np.float32)
    found: Floats = attention[..., rows, columns].mean(axis=-1)
    return found


def chance(count: int, pattern: Pattern, is_causal: bool) -> float:
    """Return the share a head gives that looks evenly at all it may see."""
    rows, columns = _cells(count, pattern)
    if not len(rows):
        return 0.0
    if not is_causal:
        return 1 / count
    return float(np.mean(np.where(columns <= rows, 1 / (rows + 1), 0.0)))


def _cells(count: int, pattern: Pattern) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows and columns of a pattern's cells."""
    rows = np.arange(count)
    columns = {
        "previous": rows - 1,
        "next": rows + 1,
        "itself": rows,
        "first": np.zeros_like(rows),
        "last": np.full_like(rows, count - 1),
    }[pattern]
    is_told = (columns >= 0) & (columns < count)
    if pattern in ("previous", "next"):
        is_told &= (columns > 0) & (columns < count - 1)
    elif pattern in ("first", "last"):
        is_told &= abs(columns - rows) > 1
    else:
        is_told &= (rows > 0) & (rows < count - 1)
    return rows[is_told], columns[is_told]


def strongest(attention: Floats) -> NDArray[np.intp]:
    """Return for each head the place in PATTERNS with the largest share; −1 where none has most.

    Returns
    -------
    ndarray, (layers, heads)
    """
    every = np.stack([shares(attention, pattern) for pattern in PATTERNS])
    best = every.argmax(axis=0)
    return np.where(every.max(axis=0) > MOST_OF_IT, best, -1)


def sharpness(attention: Floats, is_causal: bool) -> Floats:
    """Return how far each head is from looking evenly, (..., heads), 0 even .. 1 one place.

    One minus the entropy of each row over the largest it could have, averaged over rows that
    have a choice.
    """
    count = attention.shape[-1]
    seen = np.arange(1, count + 1) if is_causal else np.full(count, count)
    has_choice = seen > 1
    if not has_choice.any():
        return np.zeros(attention.shape[:-2], np.float32)
    safe = np.where(attention > 0, attention, 1)
    entropy = -(attention * np.log(safe)).sum(axis=-1)[..., has_choice]
    found: Floats = (1 - entropy / np.log(seen[has_choice])).mean(axis=-1).astype(np.float32)
    return np.clip(found, 0, 1)


def turned(hidden: Floats) -> Floats:
    """Return by how many degrees each layer turns each token's vector, (layers, T).

    Parameters
    ----------
    hidden : ndarray, (layers + 1, T, D)
    """
    found: Floats = np.degrees(np.arccos(_row_cosines(hidden[1:], hidden[:-1])))
    return found


def alike(hidden: Floats) -> Floats:
    """Return the mean cosine between different tokens after each layer, (layers + 1,)."""
    count = hidden.shape[1]
    if count < 2:
        return np.ones(len(hidden), np.float32)
    unit = hidden / np.maximum(np.linalg.norm(hidden, axis=-1, keepdims=True), 1e-12)
    products = unit @ unit.transpose(0, 2, 1)  # (layers + 1, T, T)
    total = products.sum(axis=(1, 2)) - np.trace(products, axis1=1, axis2=2)
    found: Floats = total / (count * (count - 1))
    return found


def _row_cosines(one: Floats, other: Floats) -> Floats:
    lengths = np.linalg.norm(one, axis=-1) * np.linalg.norm(other, axis=-1)
    found: Floats = np.clip((one * other).sum(axis=-1) / np.maximum(lengths, 1e-12), -1, 1)
    return found


def strongest_links(weights: Floats, most: int) -> list[tuple[int, int]]:
    """Return (row, column) of the largest weights of a map, the largest first."""
    order = np.argsort(-weights, axis=None, kind="stable")[:most]
    rows, columns = np.unravel_index(order, weights.shape)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))
