"""How the two stand, in plain words, from nothing but the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from explainer.concepts.gan.plane import words
from explainer.lesson import Text

# Accuracy on fresh points, half of them real: from here on.
BALANCED, AHEAD, WINNING, WON = 0.45, 0.6, 0.75, 0.9
STARVED = 10.0  # times that the generator's gradient was stronger
WEAKER = 2.0  # from here on it is worth a word
COLLAPSED = 0.25  # of all modes
# Of the data's width: from round 100 on, three seeds of the default were never below 0.54, those
# of the collapse preset never above 0.45 (measured).
HUDDLED = 0.5
FINE = ("new", "spreading", "balanced", "ahead")
_BEGUN = 100  # rounds; before, no mode is covered anywhere


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a diagnosis is made from.

    Parameters
    ----------
    step : int
        Rounds made.
    accuracy : float
        See `Standing`.
    pull, strongest : float
        The generator's gradient now, and the largest it was along this film up to now.
    empty : tuple of int or None
        The modes not covered, from 0; None where the shape has none.
    modes : int
        How many there are.
    most_covered : int
        As many were covered at most along this film up to now.
    spread : float
        See `Standing`.
    """

    step: int
    accuracy: float
    pull: float
    strongest: float
    empty: tuple[int, ...] | None = None
    modes: int = 0
    most_covered: int = 0
    spread: float = 1.0

    @property
    def weaker(self) -> float:
        """How many times stronger the gradient was."""
        return self.strongest / max(self.pull, 1e-12)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the numbers mean.

    Parameters
    ----------
    key : str
        Which rule it is.
    title : Text
    said : tuple of Text
        One sentence each.
    is_fine : bool
        Whether nothing needs to be mended.
    """

    key: str
    title: Text
    said: tuple[Text, ...]
    is_fine: bool


def diagnose(numbers: Numbers) -> Diagnosis:
    """Return what the numbers mean; the first rule that fits counts."""
    key = _rule(numbers)
    said = [_gradient(numbers, key)]
    if numbers.empty is not None and numbers.step >= _BEGUN:
        said.insert(0 if key in ("collapse", "spreading") else 1, _modes(numbers))
    return Diagnosis(key, words.DIAGNOSES[key], tuple(said), key in FINE)


def _rule(numbers: Numbers) -> str:
    if numbers.step == 0:
        return "new"
    starved = numbers.weaker >= STARVED
    if numbers.accuracy >= WON and starved:
        return "starved"
    if _covers_little(numbers):
        # A wide sheet that has covered no modes yet has none to lose.
        had = numbers.most_covered > COLLAPSED * numbers.modes
        if had or numbers.spread < HUDDLED:
            return "collapse"
        if numbers.accuracy < WON:
            return "spreading"
    if numbers.accuracy >= WINNING:
        return "winning"
    if numbers.accuracy >= AHEAD:
        return "ahead"
    return "balanced" if numbers.accuracy >= BALANCED else "fooled"


def _covers_little(numbers: Numbers) -> bool:
    if numbers.empty is None or numbers.step < _BEGUN or numbers.modes <= 2:
        return False
    return numbers.modes - len(numbers.empty) <= COLLAPSED * numbers.modes


def _gradient(numbers: Numbers, key: str) -> Text:
    if numbers.step == 0:
        return words.NO_HISTORY
    if numbers.weaker < WEAKER:
        return words.AS_STRONG
    if numbers.weaker >= 1e6:
        return words.FAR_WEAKER
    said = words.LITTLE_LEFT if key == "balanced" and not numbers.empty else words.WEAKER
    return said.filled(times=f"{numbers.weaker:,.0f}")


def _modes(numbers: Numbers) -> Text:
    assert numbers.empty is not None
    if not numbers.empty:
        return words.ALL_COVERED.filled(modes=numbers.modes)
    covered = numbers.modes - len(numbers.empty)
    if not covered:
        return words.NONE_COVERED.filled(modes=numbers.modes)
    if len(numbers.empty) > 4:
        return words.FEW_COVERED.filled(covered=covered, modes=numbers.modes)
    named = ", ".join(str(place + 1) for place in numbers.empty)
    return words.EMPTY_ARE.filled(named=named)
