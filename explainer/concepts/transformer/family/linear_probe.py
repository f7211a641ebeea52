"""Is a sense written in a vector? A linear readout, fitted to some states and tried on others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RIDGE = 1.0  # added for each direction, so that few states do not fit by chance


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """A linear readout: one number a class, the largest is the answer.

    Parameters
    ----------
    mean, spread : ndarray, shape (d,)
        Of the states it was fitted to.
    weights : ndarray, shape (d + 1, classes)
        The last row is the bias.
    """

    mean: Floats
    spread: Floats
    weights: Floats

    def scores(self, states: NDArray[np.floating]) -> Floats:
        """Return one number a class for states (N, d), about 1 for the class and 0 for others."""
        scores: Floats = _design(states, self.mean, self.spread) @ self.weights
        return scores

    def classes(self, states: NDArray[np.floating]) -> NDArray[np.int64]:
        """Return the class read out of each of the states (N, d)."""
        return np.asarray(self.scores(states).argmax(axis=1), np.int64)


def fit(states: NDArray[np.floating], classes: NDArray[np.int64], count: int) -> Probe:
    """Fit a probe by ridge regression, in closed form.

    W = (XᵀX + λI)⁻¹ XᵀY, where Y is 1 at the true class and 0 elsewhere.

    Parameters
    ----------
    states : ndarray, shape (N, d)
    classes : ndarray of int64, shape (N,)
        From 0.
    count : int
        How many classes there are.
    """
    mean = states.mean(axis=0, dtype=np.float64)
    # A direction that never varies tells nothing, whatever it is divided by.
    spread = np.maximum(states.std(axis=0, dtype=np.float64), np.float64(1e-6))
    x = _design(states, mean, spread)  # (N, d + 1)
    y = np.eye(count)[classes]  # (N, classes)
    penalty = RIDGE * np.eye(x.shape[1])
    penalty[-1, -1] = 0.0  # the bias is free
    weights = np.linalg.solve(x.T @ x + penalty, x.T @ y)  # (d + 1, classes)
    return Probe(mean, spread, np.asarray(weights, np.float64))


def _design(states: NDArray[np.floating], mean: Floats, spread: Floats) -> Floats:
    scaled = (states - mean) / spread
    return np.concatenate([scaled, np.ones((len(states), 1))], axis=1)
