"""A person's own cloud: read from a table or dark pixels, fitted to the plane; no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from explainer.concepts.gan.plane import words
from explainer.lesson import Problem

LEAST, MOST = 10, 2000
PAD_REACH = 1.5  # the pad is a little smaller than the plane
REACH = 1.1  # the cloud's longer side goes from -REACH to REACH
_LARGEST = 1e300  # of a number in a table: the difference of two such is still one
_CONTRAST = 40  # of 255, between the darkest and the lightest pixel
_MOST_COLUMNS = 100  # that are looked at


def refusal(key: str, name: str, **values: object) -> Problem:
    """Return why a file, or a drawing, is no cloud."""
    return Problem(words.REFUSED[key].filled(name=name, **values))


def from_table(text: str, name: str) -> np.ndarray:
    """Return the points of a table, (n, 2), fitted to the plane.

    Parameters
    ----------
    text : str
        A row a line. Semicolons part its columns where most rows have one, else tabs, else
        commas, else blanks; where commas do not, one in a number is a decimal one. The first
        two columns that hold numbers in most rows count, in the order of the file; rows with a
        gap in either, such as a heading, are left out.
    name : str
        What it is called where it is refused.

    Raises
    ------
    Problem
        If there are too few rows with two numbers, they are too large, or all the same.
    """
    lines = [line.strip(" \r") for line in text.splitlines() if line.strip()]
    delimiter = delimiter_of(lines)
    cells = [_numbers(line, delimiter) for line in lines]
    wide = max((len(row) for row in cells), default=0)
    table = np.full((len(cells), wide), np.nan)
    for place, row in enumerate(cells):
        table[place, : len(row)] = row
    counts = np.isfinite(table).sum(axis=0)
    columns = np.flatnonzero(2 * counts > len(table))[:2]
    if len(columns) < 2:
        raise refusal("words", name)
    points = table[:, columns]
    return fitted(points[np.isfinite(points).all(axis=1)], name)


def delimiter_of(lines: Sequence[str]) -> str | None:
    """Return what parts the columns of a table, the same in all rows; None for blanks."""
    for delimiter in (";", "\t", ","):
        if 2 * sum(delimiter in line for line in lines) > len(lines):
            return delimiter
    return None


def _numbers(line: str, delimiter: str | None) -> list[float]:
    """Return a row's cells, NaN where one is no number."""
    return [_number(cell, delimiter != ",") for cell in line.split(delimiter)[:_MOST_COLUMNS]]


def _number(cell: str, has_decimal_comma: bool) -> float:
    written = cell.strip(" \t\"'")
    if has_decimal_comma and "." not in written:
        written = written.replace(",", ".", 1)
    try:
        value = float(written)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan


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
    if len(rows) < LEAST:
        raise refusal("scant" if len(rows) else "empty", name)
    side = len(drawing)
    across = ((columns + 0.5) / side * 2 - 1) * PAD_REACH
    up = (1 - (rows + 0.5) / side * 2) * PAD_REACH
    return few_of(np.stack([across, up], axis=1))


def fitted(points: np.ndarray, name: str) -> np.ndarray:
    """Return points, at most `MOST`, moved and scaled to the plane, both directions alike.

    Raises
    ------
    Problem
        If they are too few, too large, or all the same.
    """
    if len(points) < LEAST:
        raise refusal("few", name, count=len(points), least=LEAST)
    low, high = points.min(axis=0), points.max(axis=0)
    if max(float(high.max()), -float(low.min())) > _LARGEST:
        raise refusal("huge", name)
    span = float((high - low).max())
    if span <= 0:
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
