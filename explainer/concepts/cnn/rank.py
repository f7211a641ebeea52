"""Which of a layer's maps comes first, and how its place is said."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explainer.lesson import Text

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def by_strength(maps: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the indices of maps, shape (maps, rows, columns), the strongest first.

    Notes
    -----
    Strong is a map whose values vary most, by their standard deviation. By the largest value, a
    map with one lone peak came first, and the windows shown of it held nothing but zeros.
    """
    order: NDArray[np.intp] = np.argsort(-maps.std(axis=(1, 2)), kind="stable")
    return order


def rank(place: int) -> Text:
    """Return how a place, counted from 1, is said: "1st", "1위"."""
    teens = place % 100 // 10 == 1
    ending = "th" if teens else _ENDINGS.get(place % 10, "th")
    return Text(f"{place}{ending}", f"{place}위")
