"""The best discriminator there could be, from how often real points and fakes fall where."""

from __future__ import annotations

import numpy as np

from explainer.concepts.gan.shapes import EXTENT

# Both clouds are seen through the same blur, about a mode wide, since they are counted, not known.
BLUR = 0.06


def density(points: np.ndarray, cells: int, blur: float = BLUR) -> np.ndarray:
    """Return how densely a cloud lies, (cells, cells), the top row first; it sums to at most 1.

    Parameters
    ----------
    points : ndarray, (n, 2)
        What lies off the plane is not counted.
    cells : int
        Along each side of the plane.
    blur : float
        Standard deviation of the Gaussian through which each point is seen.
    """
    edges = np.linspace(-EXTENT, EXTENT, cells + 1)
    counted, _, _ = np.histogram2d(points[:, 1], points[:, 0], bins=(edges, edges))
    centres = (edges[:-1] + edges[1:]) / 2
    kernel = np.exp(-0.5 * np.square((centres[:, None] - centres[None, :]) / blur))
    kernel /= kernel.sum(axis=0)  # what is counted in a cell is spread, none is lost
    found: np.ndarray = kernel @ (counted / len(points)) @ kernel.T
    return found[::-1]


def best_discriminator(real: np.ndarray, fake: np.ndarray) -> np.ndarray:
    """Return p / (p + q) from two densities; NaN where neither cloud was ever seen.

    References
    ----------
    I. Goodfellow et al., "Generative adversarial nets", NIPS 2014, proposition 1.
    """
    both = real + fake
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(both > 1e-9, real / both, np.nan)
