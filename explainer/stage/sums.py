"""Numbers that an audience may add up: they come out as written."""

from __future__ import annotations

from collections.abc import Sequence


def decimals_that_add_up(terms: Sequence[float], total: float, least: int = 3) -> int | None:
    """Return how many decimals make the written terms add up to the written total.

    Parameters
    ----------
    terms : sequence of float
    total : float
    least : int
        Decimals tried first; at most three more.

    Returns
    -------
    int or None
        None if no rounding does: then the total is "about" that.
    """
    for decimals in range(least, least + 4):
        whole = 10**decimals
        if sum(round(term * whole) for term in terms) == round(total * whole):
            return decimals
    return None
