"""Kernels that people designed, and small pictures made by formula to try them on."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from explainer.lesson import Text

Floats = NDArray[np.float32]
Kernel = tuple[float, ...]  # a square of weights, row by row

OWN = "own"
NAMES = {
    OWN: Text("Your own", "내가 정한 값"),
    "identity": Text("Identity", "그대로"),
    "edges": Text("Edges", "윤곽선"),
    "sobel_x": Text("Sobel x", "소벨 x"),
    "sobel_y": Text("Sobel y", "소벨 y"),
    "blur": Text("Blur", "흐리게"),
    "sharpen": Text("Sharpen", "또렷하게"),
    "emboss": Text("Emboss", "돋을새김"),
}
_OF_THREE: dict[str, Kernel] = {
    "edges": (-1, -1, -1, -1, 8, -1, -1, -1, -1),
    "sobel_x": (-1, 0, 1, -2, 0, 2, -1, 0, 1),
    "sobel_y": (-1, -2, -1, 0, 0, 0, 1, 2, 1),
    "sharpen": (0, -1, 0, -1, 5, -1, 0, -1, 0),
    "emboss": (-2, -1, 0, -1, 1, 1, 0, 1, 2),
}


def named_kernel(name: str, size: int) -> Kernel | None:
    """Return a kernel's weights row by row, or None where it has no such size.

    Parameters
    ----------
    name : str
        A key of `NAMES` but "own".
    size : int
        Its side: identity is for odd sides, blur for 2 and more, the others for 3.

    References
    ----------
    I. Sobel and G. Feldman, "A 3x3 isotropic gradient operator for image processing", 1968.
    """
    count = size * size
    if name == "identity" and size % 2:
        return tuple(float(place == count // 2) for place in range(count))
    if name == "blur" and size > 1:
        return (1 / count,) * count
    if size == 3 and name in _OF_THREE:
        return tuple(float(weight) for weight in _OF_THREE[name])
    return None


def resized(kernel: Kernel, size: int) -> Kernel:
    """Return a kernel cut to its middle, or with zeros laid round it, to another side."""
    before = math.isqrt(len(kernel))
    square = np.asarray(kernel).reshape(before, before)
    result = np.zeros((size, size))
    kept = min(before, size)
    old, new = (before - kept) // 2, (size - kept) // 2
    result[new : new + kept, new : new + kept] = square[old : old + kept, old : old + kept]
    return tuple(float(weight) for weight in result.flat)


# Small enough that every pixel's number can be read.
SIDE = 9


def _picture(ink: Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.floating]]) -> Floats:
    rows, columns = np.mgrid[:SIDE, :SIDE]
    picture = np.asarray(ink(rows, columns), np.float32)
    picture.flags.writeable = False
    return picture


# Each from row and column, 0 to 8, to ink, 0 to 1.
PICTURES: dict[str, Floats] = {
    "square": _picture(lambda r, c: (np.maximum(abs(r - 4), abs(c - 4)) <= 2) * 1.0),
    "edge": _picture(lambda r, c: (c >= 4) * 1.0),
    "stripes": _picture(lambda r, c: (r // 2 % 2 == 0) * 1.0),
    "checker": _picture(lambda r, c: ((r + c) % 2 == 0) * 1.0),
    "slope": _picture(lambda r, c: c / (SIDE - 1)),
}
PICTURE_NAMES = {
    "square": Text("Square", "네모"),
    "edge": Text("Edge", "경계"),
    "stripes": Text("Stripes", "줄무늬"),
    "checker": Text("Checker", "바둑판"),
    "slope": Text("Slope", "점점 진하게"),
}
