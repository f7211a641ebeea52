"""Clouds of points to imitate: drawn by chance, with the modes that they are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

ShapeName = Literal["ring", "grid", "blobs", "line", "spiral", "drawn"]
SHAPES: tuple[ShapeName, ...] = ("ring", "grid", "blobs", "line", "spiral", "drawn")
# The plane that is shown; every cloud lies well inside.
EXTENT = 1.6


@dataclass(frozen=True, slots=True)
class Modes:
    """The heaps that a cloud is made of, each as often as every other.

    Parameters
    ----------
    centres : ndarray, (modes, 2)
    spread : float
        Standard deviation of each heap, in both directions.
    """

    centres: np.ndarray
    spread: float


def _ring() -> Modes:
    angles = 2 * np.pi * np.arange(8) / 8
    return Modes(np.stack([np.cos(angles), np.sin(angles)], axis=1), 0.05)


def _grid() -> Modes:
    along = np.linspace(-1, 1, 5)
    return Modes(np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2), 0.04)


def _blobs() -> Modes:
    return Modes(np.array([[-0.6, -0.4], [0.6, 0.4]]), 0.15)


_MODES: dict[str, Callable[[], Modes]] = {"ring": _ring, "grid": _grid, "blobs": _blobs}


def modes_of(shape: ShapeName) -> Modes | None:
    """Return the heaps of a cloud, or None where it has none: a line, a spiral, a drawing."""
    made = _MODES.get(shape)
    return None if made is None else made()


def sample(
    shape: ShapeName, count: int, random: np.random.Generator, drawn: np.ndarray | None = None
) -> np.ndarray:
    """Return points of a cloud, (count, 2) float32.

    Parameters
    ----------
    shape : str
        One of `SHAPES`.
    random : numpy Generator
    drawn : ndarray, (points, 2), optional
        What "drawn" is made of: points are picked from these, each moved a little.
    """
    heaps = modes_of(shape)
    if heaps is not None:
        centres = heaps.centres[random.integers(len(heaps.centres), size=count)]
        points = centres + heaps.spread * random.normal(size=(count, 2))
    elif shape == "line":
        along = random.uniform(-1, 1, size=count)
        points = np.stack([along, 0.5 * along], axis=1) + 0.04 * random.normal(size=(count, 2))
    elif shape == "spiral":
        turn = np.sqrt(random.uniform(0.04, 1, size=count))  # as many to every length of the arm
        angle = 3.5 * np.pi * turn
        points = 1.15 * turn[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        points = points + 0.03 * random.normal(size=(count, 2))
    else:
        if drawn is None or len(drawn) == 0:
            raise ValueError("nothing was drawn")
        points = drawn[random.integers(len(drawn), size=count)]
        points = points + 0.02 * random.normal(size=(count, 2))
    return np.ascontiguousarray(points, dtype=np.float32)
