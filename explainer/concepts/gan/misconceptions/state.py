"""How far a person has come with a card: chosen, tried, answered."""

from __future__ import annotations

from explainer.concepts.gan.misconceptions import words
from explainer.concepts.gan.misconceptions.layout import card_of
from explainer.concepts.gan.misconceptions.seen import Trial
from explainer.stage.frame import Frame

# Lesson seconds of a deed: points and verdicts go over, then the figures and the answer stand.
DONE, TOLD = 1.6, 2.2


def guess(frame: Frame) -> str:
    """Return "true", "false", or "none" where the person has not chosen yet."""
    return str(frame.knobs.get("guess", "none"))


def amount(frame: Frame) -> int:
    """Return how much was done; nothing before a choice."""
    done = frame.knobs.get("amount", 0)
    return int(done) if guess(frame) != "none" else 0  # type: ignore[arg-type]


def is_answered(frame: Frame) -> bool:
    """Whether what the picture shows is known, and of this card."""
    return isinstance(frame.answer, Trial) and frame.answer.card == card_of(frame)


def is_done(frame: Frame) -> bool:
    """Whether the claim was tried, and what came of it is known.

    A course is only seen at its end.
    """
    done = amount(frame)
    if card_of(frame) == "rounds" and done < words.LEVELS["rounds"][-1][0]:
        return False
    return done > 0 and is_answered(frame) and frame.answer.amount == done


def was_right(frame: Frame) -> bool:
    """Whether the person's choice holds."""
    return (guess(frame) == "true") == words.TRUTH[card_of(frame)]
