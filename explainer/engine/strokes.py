"""From pen strokes to what the network sees: drawing, and centring as MNIST was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Raster = NDArray[np.float32]
Box = tuple[float, float, float, float]

SIDE = 28  # pixels of the network's picture
FIT = 20  # the longer side of the ink in it
# MNIST's digits have their centre of mass in the middle of pixel 14, counted from 0: measured
# 14.50 ± 0.29 px on both axes of the 9,000 training digits.
CENTRE = 14.5
# Ink, in raster pixels, that is no drawing: what an eraser leaves, or antialiased crumbs.
SPECK = 1.5
LEAST_INK = 24.0


@dataclass(frozen=True, slots=True)
class Centred:
    """A drawing as the network sees it, and how it came there.

    Parameters
    ----------
    image : ndarray of float32, shape (28, 28)
        0 is paper, 1 is ink; read-only.
    box : tuple of float
        Bounding box of the ink as (x, y, width, height), in raster pixels.
    placed : tuple of float
        Where that box lies in the image as (x, y, width, height), in image pixels.
    scale : float
        Image pixels per raster pixel.
    mass : tuple of float
        Centre of mass (x, y) in image pixels if the box itself, rather than the ink's mass,
        stood in the middle; the shift shown is from here to ``CENTRE``.
    """

    image: Raster
    box: Box
    placed: Box
    scale: float
    mass: tuple[float, float]


def centre(raster: NDArray[Any]) -> Centred | None:
    """Fit a drawing into 20 x 20 px and place its centre of mass as MNIST does.

    Parameters
    ----------
    raster : ndarray of float, shape (height, width)
        0 is paper, 1 is ink.

    Returns
    -------
    Centred or None
        None if nothing but specks has been drawn.

    Notes
    -----
    The area of each image pixel is averaged exactly, one axis after the other. Where the
    centre of mass would push ink over the edge, the box stops at the edge instead.

    References
    ----------
    Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten digits".
    """
    raster = np.asarray(raster, np.float32)
    rows, columns = _extent(raster.sum(axis=1)), _extent(raster.sum(axis=0))
    if rows is None or columns is None:
        return None
    (top, bottom), (left, right) = rows, columns
    ink = raster[top:bottom, left:right]
    total = float(ink.sum())
    if total < LEAST_INK:
        return None
    height, width = ink.shape
    scale = FIT / max(height, width)
    mass_x = float(ink.sum(axis=0) @ (np.arange(width) + 0.5)) / total * scale
    mass_y = float(ink.sum(axis=1) @ (np.arange(height) + 0.5)) / total * scale
    x = float(np.clip(CENTRE - mass_x, 0, SIDE - width * scale))
    y = float(np.clip(CENTRE - mass_y, 0, SIDE - height * scale))
    image = _averaged(_averaged(ink, scale, y).T, scale, x).T
    image = np.clip(image, 0, 1, dtype=np.float32)
    image.flags.writeable = False
    return Centred(
        image=image,
        box=(float(left), float(top), float(width), float(height)),
        placed=(x, y, width * scale, height * scale),
        scale=scale,
        mass=(
            (SIDE - width * scale) / 2 + mass_x,
            (SIDE - height * scale) / 2 + mass_y,
        ),
    )


def _extent(profile: Raster) -> tuple[int, int] | None:
    """Return the first line holding more ink than a speck and the one after the last."""
    inked = np.flatnonzero(profile > SPECK)
    return (int(inked[0]), int(inked[-1]) + 1) if len(inked) else None


def _averaged(ink: NDArray[Any], scale: float, start: float) -> NDArray[np.float64]:
    """Return the ink's rows averaged by area into the rows of the image, shape (28, columns).

    Running sums, read between the lines, in place of a matrix product: a BLAS of several threads
    took 8 ms of a busy machine for it, this takes 1 ms (measured).
    """
    sums = np.zeros((len(ink) + 1, ink.shape[1]))
    np.cumsum(ink, axis=0, out=sums[1:])
    edges = np.clip((np.arange(SIDE + 1) - start) / scale, 0, len(ink))
    below = np.minimum(edges.astype(int), len(ink) - 1)
    part = (edges - below)[:, None]
    read = sums[below] * (1 - part) + sums[below + 1] * part
    averaged: NDArray[np.float64] = np.diff(read, axis=0) * scale
    return averaged


def rasterise(strokes: Iterable[NDArray[Any]], size: int = 280) -> Raster:
    """Draw strokes with a round pen, antialiased by the distance to the pen's path.

    Parameters
    ----------
    strokes : iterable of ndarray, each of shape (points, 3)
        x, y and pen width at each point, in pixels; a single point makes a dot.
    size : int
        Side of the raster.

    Returns
    -------
    ndarray of float32, shape (size, size)
        0 is paper, 1 is ink. Strokes that cross do not darken each other.
    """
    raster = np.zeros((size, size), np.float32)
    for stroke in strokes:
        points = np.atleast_2d(np.asarray(stroke, np.float32))
        if len(points) == 1:
            points = np.repeat(points, 2, axis=0)
        for start, end in pairwise(points):
            _draw_segment(raster, start, end)
    return raster


def _draw_segment(raster: Raster, start: Raster, end: Raster) -> None:
    size = len(raster)
    margin = max(start[2], end[2]) / 2 + 1
    low = np.clip(np.floor(np.minimum(start[:2], end[:2]) - margin), 0, size).astype(int)
    high = np.clip(np.ceil(np.maximum(start[:2], end[:2]) + margin), 0, size).astype(int)
    x = np.arange(low[0], high[0], dtype=np.float32) + np.float32(0.5) - start[0]
    y = np.arange(low[1], high[1], dtype=np.float32)[:, None] + np.float32(0.5) - start[1]
    along_x, along_y, swelling = end - start
    length = max(float(along_x**2 + along_y**2), 1e-9)
    part = np.clip((x * along_x + y * along_y) / np.float32(length), 0, 1)
    distance = np.hypot(x - part * along_x, y - part * along_y)
    ink = np.clip((start[2] + part * swelling) / 2 - distance + np.float32(0.5), 0, 1)
    region = raster[low[1] : high[1], low[0] : high[0]]
    np.maximum(region, ink, out=region)


def example_drawing() -> Raster:
    """Return the digit that stands on the pad until a person draws: a four, as a hand writes it."""
    pen = 20.0
    down = [(112, 52), (104, 86), (93, 118), (82, 146), (112, 150), (150, 149), (196, 143)]
    across = [(158, 84), (156, 128), (153, 176), (149, 232)]
    strokes = [np.array([(x, y, pen) for x, y in points]) for points in (down, across)]
    # In steps of 1/255, as a pad holds it.
    raster = (np.rint(rasterise(strokes) * 255) / 255).astype(np.float32)
    raster.flags.writeable = False
    return raster
