"""A person's own cloud: read from a table or dark pixels, fitted to the plane; no Qt."""

from __future__ import annotations

import math
import re

import numpy as np

from explainer.concepts.gan.plane import words
from explainer.lesson import Problem

LEAST, MOST = 10, 2000
PAD_REACH = 1.5  # the pad is a little smaller than the plane
REACH = 1.1  # the cloud's longer side goes from -REACH to REACH
_CONTRAST = 40  # of 255, between the darkest and the lightest pixel
_SPLIT = re.compile(r"[,;\t ]+")


def refusal(key: str, name: str, **values: object) -> Problem:
    """Return why a file, or a drawing, is no cloud."""
    return Problem(words.REFUSED[key].filled(name=name, **values))


def from_table(text: str, name: str) -> np.ndarray:
    """Return the points of a table, (n, 2), fitted to the plane.

    Parameters
    ----------
    text : str
        A row a line, its columns parted by commas, semicolons, tabs or blanks. The first two
        numbers of a row count; rows without two, such as a heading, are left out.
    name : str
        What it is called where it is refused.

    Raises
    ------
    Problem
        If there are too few rows with two numbers, or they are all the same.
    """
    rows = [found for line in text.splitlines() if (found := _numbers(line))]
    if not rows:
        raise refusal("words", name)
    return fitted(np.array(rows), name)


def _numbers(line: str) -> tuple[float, float] | None:
    found = []
    for part in _SPLIT.split(line.strip()):
        try:
            value = float(part)
        except ValueError:
            continue
        if math.isfinite(value):
            found.append(value)
    return (found[0], found[1]) if len(found) >= 2 else None


def from_picture(grey: np.ndarray, name: str) -> np.ndarray:
    """Return the dark pixels of a picture as points, (n, 2), fitted to the plane.

    Parameters
    ----------
    grey : ndarray, (rows, columns) uint8
        0 black .. 255 white.
    name : str
        What it is called where it is refused.

    Raises
    ------
    Problem
        If nothing is much darker than the rest, or hardly anything is.
    """
    if grey.size == 0 or int(grey.max()) - int(grey.min()) < _CONTRAST:
        raise refusal("pale", name)
    dark = grey < (int(grey.max()) + int(grey.min())) / 2
    rows, columns = np.nonzero(dark)
    return fitted(np.stack([columns, -rows], axis=1).astype(float), name)


def from_drawing(drawing: np.ndarray, name: str = "") -> np.ndarray:
    """Return the ink of the pad as points, (n, 2), where it was drawn: the pad is the plane.

    Parameters
    ----------
    drawing : ndarray, (side, side) float32
        0 paper .. 1 ink.

    Raises
    ------
    Problem
        If hardly anything was drawn.
    """
    rows, columns = np.nonzero(drawing > 0.5)
    if not len(rows):
        raise refusal("empty", name)
    side = len(drawing)
    across = ((columns + 0.5) / side * 2 - 1) * PAD_REACH
    up = (1 - (rows + 0.5) / side * 2) * PAD_REACH
    return few_of(np.stack([across, up], axis=1))


def fitted(points: np.ndarray, name: str) -> np.ndarray:
    """Return points, at most `MOST`, moved and scaled to the plane, both directions alike.

    Raises
    ------
    Problem
        If they are too few, or all the same.
    """
    if len(points) < LEAST:
        raise refusal("few", name, count=len(points), least=LEAST)
    low, high = points.min(axis=0), points.max(axis=0)
    span = float((high - low).max())
    if not math.isfinite(span) or span <= 0:
        raise refusal("same", name)
    return few_of((points - (low + high) / 2) * (2 * REACH / span))


def few_of(points: np.ndarray) -> np.ndarray:
    """Return at most `MOST` points, the same each time, as float32."""
    if len(points) > MOST:
        chosen = np.random.default_rng(0).permutation(len(points))[:MOST]
        points = points[np.sort(chosen)]
    return np.ascontiguousarray(points, np.float32)


def flat(points: np.ndarray) -> tuple[float, ...]:
    """Return points as the setting `points` holds them: x, y, x, y, ..."""
    return tuple(round(float(value), 4) for value in points.ravel())
