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


def _adds_up(numbers: Sequence[float], decimals: int) -> bool:
    *terms, total = (Decimal(f"{number:.{decimals}f}") for number in numbers)
    return sum(terms, Decimal(0)) == total
