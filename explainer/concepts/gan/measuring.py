"""How alike two clouds are, by numbers whose perfect value is known.

A measure is only shown beside its floor: what a perfect generator would score, which is a second
cloud of real points held against the first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explainer.concepts.gan.shapes import Modes

WITHIN = 3.0  # standard deviations from a centre: 98.9 % of a heap lie nearer
# A mode counts as covered from this part of its fair share on; of eight, from 2.1 %.
FAIR_PART = 1 / 6
DIRECTIONS = 64


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a cloud lies on the heaps of another.

    Parameters
    ----------
    shares : ndarray, (modes,)
        Of all points, those within `WITHIN` standard deviations of each centre.
    covered : ndarray, (modes,) bool
    high_quality : float
        Share of all points that lie so near to any centre.
    """

    shares: np.ndarray
    covered: np.ndarray
    high_quality: float


def coverage(points: np.ndarray, modes: Modes) -> Coverage:
    """Count a cloud's points, (n, 2), at each heap."""
    apart = points[:, None, :] - modes.centres[None, :, :]  # (n, modes, 2)
    distance = np.sqrt(np.square(apart).sum(axis=2))  # (n, modes)
    nearest = distance.argmin(axis=1)
    near = distance.min(axis=1) <= WITHIN * modes.spread
    shares = np.bincount(nearest[near], minlength=len(modes.centres)) / len(points)
    return Coverage(shares, shares >= FAIR_PART / len(modes.centres), float(near.mean()))


def directions(count: int = DIRECTIONS) -> np.ndarray:
    """Return unit vectors spread evenly over half a turn, (2, count)."""
    angles = np.pi * (np.arange(count) + 0.5) / count
    return np.stack([np.cos(angles), np.sin(angles)])


def sliced_wasserstein(one: np.ndarray, other: np.ndarray) -> float:
    """Return how far points must be moved to turn one cloud into the other, seen from all sides.

    Parameters
    ----------
    one, other : ndarray, (n, 2)
        As many points in each.

    Returns
    -------
    float
        Mean over directions of the Wasserstein-1 distance of the clouds' shadows: sorted, the
        mean distance of partners.

    References
    ----------
    J. Rabin, G. Peyré, J. Delon and M. Bernot, "Wasserstein barycenter and its application to
    texture mixing", 2011.
    """
    return apart(shadows(one), shadows(other))


def shadows(points: np.ndarray) -> np.ndarray:
    """Return where a cloud's points, (n, 2), lie seen from all sides, sorted: (directions, n)."""
    seen = directions().T.astype(np.float32) @ points.T.astype(np.float32)
    seen.sort(axis=1)
    return seen


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """Return the sliced Wasserstein distance of two clouds from their `shadows`."""
    return float(np.abs(one - other).mean())
