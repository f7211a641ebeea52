"""What the figures of a card say about its claim: the last sentence of an answer, no Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping

from explainer.concepts.gan.misconceptions import words
from explainer.lesson import Text

_SURE, _NEAR, _BEATEN = 0.95, 0.1, 0.3  # a judge's accuracy; from a draw; a judge's loss
_COPIED = 0.5  # copies lie nearer than this share of a fresh point's distance
_APART = 2  # modes that one side must cover more than the other
_WORSE = 1.2  # the last distance over the best one


def went(before: float, after: float) -> int:
    """Return -1 if a figure fell, 1 if it rose, 0 if it stayed as far as its table shows."""
    one, other = _as_written(before), _as_written(after)
    return (other > one) - (other < one)


def _as_written(value: float) -> float:
    """Return a figure with as many digits as it is written with: see `told.length`."""
    if abs(value) < 0.0005:
        return float(f"{value:.0e}")
    return round(value, 3 if abs(value) < 10 else 1)


def closing(card: str, found: Mapping[str, tuple[float, float]]) -> Text | None:
    """Return what a card's figures say; None where the sentence with them says it all.

    Parameters
    ----------
    card : str
        Which claim.
    found : mapping of str to (before, after)
        What was measured. Of the card "collapse" the two are the sides A and B, of "rounds"
        `without` is (best, last) without R1 and `with` (best, last) with it.
    """
    key = case(card, found)
    return words.CLOSING[card][key] if key else None


def case(card: str, found: Mapping[str, tuple[float, float]]) -> str:
    """Return which of a card's closing sentences its figures bear out; empty where it has none."""
    match card:
        case "frozen":
            if went(*found["generator_loss"]) >= 0:
                return "no fall"
            return "nearer" if went(*found["distance"]) < 0 else "no nearer"
        case "judge":
            way = went(*found["pull"])
            if way >= 0:
                return "grew" if way else "stayed"
            return "sure" if found["accuracy"][1] >= _SURE else "shrank"
        case "zero":
            judge, generator = found["discriminator_loss"][1], found["generator_loss"][1]
            if judge < _BEATEN:
                return "beaten"
            drawn = _is_near(judge, 2 * math.log(2)) and _is_near(generator, math.log(2))
            return "draw" if drawn else "between"
        case "memorise":
            fresh, fakes = found["nearest"]
            if fakes >= fresh:
                return "no nearer"
            return "a little" if fakes > _COPIED * fresh else "copies"
        case "collapse":
            if abs(found["modes"][0] - found["modes"][1]) < _APART:
                return "alike"
            balanced = all(_is_near(loss, math.log(2)) for loss in found["generator_loss"])
            return "hidden" if balanced else "apart"
        case "rounds":
            best, last = found["without"]
            if last <= _WORSE * best:
                return "helped"
            return "calm" if found["with"][1] < last else "worse"
    return ""


def _is_near(value: float, wanted: float) -> bool:
    return abs(value - wanted) < _NEAR
