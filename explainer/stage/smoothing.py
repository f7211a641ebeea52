"""A noisy curve over training, made readable: a running mean, and fewer points."""

from __future__ import annotations

import numpy as np

# The loss of one batch of 32 jumps by half its size; a mean of this many shows where it goes.
SMOOTHED_OVER = 25


def running_mean(
    steps: np.ndarray, values: np.ndarray, over: int = SMOOTHED_OVER
) -> tuple[np.ndarray, np.ndarray]:
    """Return a curve whose every value is the mean of itself and those before it.

    Parameters
    ----------
    steps, values : ndarray, shape (n,)
        Values that are no numbers are left out.
    over : int
        At most so many values enter a mean.

    Returns
    -------
    (steps, values) : ndarray, shape (m,), (m,)
        m is at most n.
    """
    finite = np.isfinite(values)
    if not finite.all():
        steps, values = steps[finite], values[finite]
    if not len(values):
        return steps, values
    total = np.concatenate([[0.0], np.cumsum(values)])
    last = np.arange(1, len(values) + 1)
    first = np.maximum(last - over, 0)
    return steps, (total[last] - total[first]) / (last - first)


def thinned(steps: np.ndarray, values: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Return about `most` points, evenly spread on a √step axis, both ends included."""
    if len(steps) <= most:
        return steps, values
    wanted = np.linspace(steps[0] ** 0.5, steps[-1] ** 0.5, most) ** 2
    chosen = np.unique(np.clip(np.searchsorted(steps, wanted), 0, len(steps) - 1))
    return steps[chosen], values[chosen]
