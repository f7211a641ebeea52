"""With how many decimals a sum is written, so that it comes out right when added up aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

LEAST, MOST = 3, 5


@dataclass(frozen=True, slots=True)
class Addition:
    """How a sum is written.

    Parameters
    ----------
    decimals : int
        For its terms and its total.
    is_exact : bool
        Whether the terms as written add up to the total as written.
    """

    decimals: int
    is_exact: bool

    @property
    def sign(self) -> str:
        """What stands before the total: an equals sign only where it is true."""
        return "=" if self.is_exact else "≈"


def addition(*sums: Sequence[float], least: int = LEAST, most: int = MOST) -> Addition:
    """Return the fewest decimals with which all sums add up as written, or `least` and "≈".

    Parameters
    ----------
    *sums : sequence of float
        The terms of a sum and, last, its total.
    least, most : int
        Decimals to choose from, `least <= most`.
    """
    for decimals in range(least, most + 1):
        if all(_adds_up(numbers, decimals) for numbers in sums):
            return Addition(decimals, True)
    return Addition(least, False)


def multiplied(left: float, right: float, product: float, decimals: int) -> int | None:
    """Return the fewest decimals of two factors whose product as written rounds to the one shown.

    Parameters
    ----------
    left, right, product : float
    decimals : int
        Of the product; the factors have as many or up to three more.

    Returns
    -------
    int or None
        None if no such number of decimals does.
    """
    for more in range(decimals, decimals + 4):
        if multiplies(left, right, product, decimals, more):
            return more
    return None


def multiplies(left: float, right: float, product: float, decimals: int, more: int) -> bool:
    """Return whether factors with `more` decimals make the product written with `decimals`."""
    written = Decimal(f"{left:.{more}f}") * Decimal(f"{right:.{more}f}")
    return round(written, decimals) == Decimal(f"{product:.{decimals}f}")


def _adds_up(numbers: Sequence[float], decimals: int) -> bool:
    *terms, total = (Decimal(f"{number:.{decimals}f}") for number in numbers)
    return sum(terms, Decimal(0)) == total
