"""Numbers as the update writes them, so that a pocket calculator gives what stands there."""

from __future__ import annotations

import math

from explainer.stage.lettering import MINUS, number

_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_MOST_DECIMALS = 9
_LEAST_PLAIN = 1e-4  # what is smaller is written with a power of ten
# Gradient norms of this net, healthy and blown up, were measured between these.
LEAST_NORM, MOST_NORM = 1e-3, 1e2


def significant(value: float, digits: int = 3) -> str:
    """Return a number with so many significant digits, below 0.0001 with a power of ten."""
    if value == 0:
        return "0"
    if not math.isfinite(value):
        return "∞" if value > 0 else str(value)
    power = int(f"{abs(value):.{digits - 1}e}".split("e")[1])
    if power >= math.log10(_LEAST_PLAIN):
        return number(value, max(digits - 1 - power, 0))
    return f"{number(value / 10.0**power, digits - 1)} × 10{str(power).translate(_SUPERSCRIPT)}"


def log_written(chance: float, loss: float) -> tuple[str, str]:
    """Return a probability and its loss with decimals at which −ln of the one gives the other.

    Parameters
    ----------
    chance : float
        Probability of the right answer, 0..1.
    loss : float
        Minus its logarithm, in nats, as the net computed it.
    """
    for decimals in (3, 2, 1):
        said = number(loss, decimals)
        for digits in range(4, _MOST_DECIMALS + 1):
            is_plain = chance >= _LEAST_PLAIN
            kept = float(f"{chance:.{digits}f}" if is_plain else f"{chance:.{digits - 2}e}")
            if kept > 0 and number(-math.log(kept), decimals) == said:
                return (number(kept, digits) if is_plain else significant(kept, digits - 1)), said
    return significant(chance), number(loss, 3)


def update_written(before: float, rate: float, direction: float) -> tuple[str, str, str]:
    """Return weight, direction and new weight with decimals at which their sum is right.

    Parameters
    ----------
    before : float
        The weight before the update.
    rate : float
        Learning rate.
    direction : float
        What the optimiser made of the gradient.
    """
    figures = 4
    for figures in range(4, _MOST_DECIMALS):
        kept, times = round(before, figures), round(direction, figures)
        new = number(kept - rate * times, figures)
        if new == number(before - rate * direction, figures) and (times or not direction):
            break
    return (
        number(before, figures),
        number(direction, figures),
        number(before - rate * direction, figures),
    )


def log_share(norm: float) -> float:
    """Return where a gradient's length lies between LEAST_NORM and MOST_NORM, 0..1, by powers."""
    if not norm > LEAST_NORM:
        return 0.0
    if not math.isfinite(norm):
        return 1.0
    return min(math.log(norm / LEAST_NORM) / math.log(MOST_NORM / LEAST_NORM), 1.0)


def way_share(average_before: float, average_after: float, after: float) -> float | None:
    """Return which share of the way to the new weight the average goes; None: there is no way."""
    way = after - average_before
    return None if abs(way) < 1e-7 else (average_after - average_before) / way


def times_written(rate: float, direction: str) -> str:
    """Return the product as it stands behind the weight; a negative direction in brackets."""
    return f"{rate:.4g} × {f'({direction})' if direction.startswith(MINUS) else direction}"
