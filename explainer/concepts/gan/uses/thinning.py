"""From a written digit to its skeleton, one pixel thin."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from explainer.engine.datasets import digits

INK = 0.4  # from this share of ink on, a pixel is part of a stroke


def thinned(images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return skeletons of pictures: strokes are peeled from both sides until a line is left.

    Parameters
    ----------
    images : ndarray, (n, height, width)
        0 is paper, 1 is ink.

    Returns
    -------
    ndarray of float32, (n, height, width)
        1 on the skeleton, 0 elsewhere.

    References
    ----------
    T. Y. Zhang and C. Y. Suen, "A fast parallel algorithm for thinning digital patterns",
    Communications of the ACM 27(3), 1984.
    """
    ink = np.pad(images > INK, ((0, 0), (1, 1), (1, 1))).astype(np.uint8)
    within = ink[:, 1:-1, 1:-1]
    while True:
        before = int(within.sum())
        for goes in (_FIRST, _SECOND):
            within &= 1 - goes[_around(ink)]
        if int(within.sum()) == before:
            return within.astype(np.float32)


# The neighbours of a pixel as (down, right), clockwise from the one above: p2 to p9 in the paper.
_NEIGHBOURS = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


def _around(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return which of its neighbours have ink, as one bit each, for every pixel but the rim's."""
    high, wide = ink.shape[1] - 2, ink.shape[2] - 2
    bits = np.zeros((len(ink), high, wide), np.uint8)
    for place, (down, right) in enumerate(_NEIGHBOURS):
        bits |= ink[:, 1 + down : 1 + down + high, 1 + right : 1 + right + wide] << place
    return bits


def _going(is_first: bool) -> NDArray[np.uint8]:
    """Return for each of the 256 neighbourhoods whether its pixel goes, 1 or 0.

    A pixel goes if it lies on an outer side, the lower right first and then the upper left, and if
    without it no stroke breaks or grows shorter.
    """
    goes = np.zeros(256, np.uint8)
    for bits in range(256):
        around = [bits >> place & 1 for place in range(8)]
        p2, _, p4, _, p6, _, p8, _ = around
        turns = sum(
            one == 0 and other == 1 for one, other in zip(around, [*around[1:], p2], strict=True)
        )
        sides = (p2 * p4 * p6, p4 * p6 * p8) if is_first else (p2 * p4 * p8, p2 * p6 * p8)
        goes[bits] = 2 <= sum(around) <= 6 and turns == 1 and sides == (0, 0)
    return goes


_FIRST, _SECOND = _going(True), _going(False)


@cache
def practice() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the skeletons of 3,000 training digits, and these, (3000, 28, 28), ink 0 to 1."""
    return _pairs(digits().train_images[:3000])


@cache
def unseen() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the skeletons of the first 200 test digits, and these, (200, 28, 28), ink 0 to 1."""
    return _pairs(digits().test_images[:200])


def _pairs(images: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    pictures = images.astype(np.float32) / np.float32(255)
    pair = thinned(pictures), pictures
    for array in pair:
        array.flags.writeable = False
    return pair
