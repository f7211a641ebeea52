"""What is drawn on the plane, as numbers: verdicts, the decision line, densities; no Qt."""

from __future__ import annotations

import math

import numpy as np

from explainer.concepts.gan.settings import LossName
from explainer.concepts.gan.shapes import EXTENT

_CORNERS_PER_CELL = 4


def middle_of(loss: LossName, real: np.ndarray, fake: np.ndarray) -> float:
    """Return what the discriminator says where it cannot tell real from fake.

    Parameters
    ----------
    loss : str
        The loss in force. With a log loss 0 means D = 1/2, with least squares 0.5 does; a
        Wasserstein critic has no zero of its own: half way between its medians.
    real, fake : ndarray, (n,)
        What it says of real points and of fakes.
    """
    if loss == "wgan-gp":
        return float((np.median(real) + np.median(fake)) / 2)
    return 0.5 if loss == "least-squares" else 0.0


def verdicts_shown(logits: np.ndarray, loss: LossName, middle: float) -> np.ndarray:
    """Return verdicts from -1, surely forged, to 1, surely real, 0 being `middle`.

    With a log loss this is 2 D - 1; with least squares the same, cut to -1..1; what a critic says
    has no scale of its own, so its largest distance from the middle becomes 1.
    """
    if loss == "wgan-gp":
        apart = logits - middle
        return apart / max(float(np.abs(apart).max()), 1e-9)
    if loss == "least-squares":
        return np.clip(2 * logits - 1, -1, 1)
    return np.tanh(logits / 2)  # 2 sigmoid(a) - 1


def level_line(values: np.ndarray, level: float = 0.0) -> np.ndarray:
    """Return where a surface crosses a level, as straight pieces: (n, 2 ends, 2), on the plane.

    Parameters
    ----------
    values : ndarray, (cells, cells)
        At the centres of the plane's cells, the top row first. The outermost cells are taken to
        go on, so that the line reaches the edge of the plane.

    References
    ----------
    W. Lorensen and H. Cline, "Marching cubes", 1987, in two dimensions.
    """
    cells = len(values)
    v = np.pad(values, 1, mode="edge") - level
    along = (np.arange(-1, cells + 1) + 0.5) / cells * 2 * EXTENT - EXTENT
    x, y = np.meshgrid(along, along[::-1])
    corners = (v[:-1, :-1], v[:-1, 1:], v[1:, 1:], v[1:, :-1])  # clockwise from the top left
    xs = (x[:-1, :-1], x[:-1, 1:], x[1:, 1:], x[1:, :-1])
    ys = (y[:-1, :-1], y[:-1, 1:], y[1:, 1:], y[1:, :-1])
    crossed, points = [], []
    for one in range(_CORNERS_PER_CELL):
        other = (one + 1) % _CORNERS_PER_CELL
        a, b = corners[one], corners[other]
        with np.errstate(divide="ignore", invalid="ignore"):
            way = np.clip(np.nan_to_num(a / (a - b)), 0, 1)
        crossed.append((a > 0) != (b > 0))
        px = xs[one] + way * (xs[other] - xs[one])
        py = ys[one] + way * (ys[other] - ys[one])
        points.append(np.stack([px, py], axis=-1))
    edges = np.stack(crossed, axis=-1)  # (rows, columns, 4): top, right, bottom, left
    spots = np.stack(points, axis=-2)  # (rows, columns, 4, 2)
    count = edges.sum(axis=-1)
    plain = count == 2
    order = np.argsort(~edges[plain], axis=-1, kind="stable")[:, :2]  # the two that are crossed
    pieces = [np.take_along_axis(spots[plain], order[..., None], axis=1)]
    saddle = spots[count == _CORNERS_PER_CELL]  # all four: the two short cuts
    pieces += [saddle[:, :2], saddle[:, 2:]]
    return np.concatenate(pieces).reshape(-1, 2, 2)


def mass_of_cells(noise: str, lines: int) -> np.ndarray:
    """Return the share of all noise that lies in each cell of the lattice, (lines-1, lines-1)."""
    if noise == "uniform":
        return np.full((lines - 1, lines - 1), 1 / (lines - 1) ** 2)
    below = np.array([0.5 * (1 + math.erf(z / math.sqrt(2))) for z in np.linspace(-2, 2, lines)])
    inside = np.diff(below)
    return np.outer(inside, inside)


def densities(warped: np.ndarray, noise: str) -> np.ndarray:
    """Return how dense the fakes of each lattice cell lie, (lines-1, lines-1), per unit of area.

    Parameters
    ----------
    warped : ndarray, (lines, lines, 2)
        Where the generator sends the crossings of a lattice through the noise.
    noise : {"gaussian", "uniform"}
    """
    a, b = warped[:-1, :-1], warped[:-1, 1:]
    c, d = warped[1:, 1:], warped[1:, :-1]
    across, down = c - a, d - b
    area = 0.5 * np.abs(across[..., 0] * down[..., 1] - across[..., 1] * down[..., 0])
    found: np.ndarray = mass_of_cells(noise, len(warped)) / np.maximum(area, 1e-6)
    return found


def opacities(dense: np.ndarray) -> np.ndarray:
    """Return densities as opacities 0..1: the root of their share of the 95th percentile."""
    most = float(np.percentile(dense, 95))
    return np.sqrt(np.clip(dense / max(most, 1e-9), 0, 1))
