"""Sentences that the grammar does not hold, with what they say in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from explainer.lesson import Language


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence outside the grammar, with what it says.

    Parameters
    ----------
    key : str
    ko, en : str
        The same said in both languages: the truth a translation is held against.
    """

    key: str
    ko: str
    en: str

    def said(self, language: Language) -> str:
        """Return the sentence in a language."""
        return self.ko if language == "ko" else self.en


CASES = (
    Case("roles", "의자가 강아지에 앉아 있다", "the chair is sitting on the puppy"),
    Case("unknown", "펭귄이 의자에 앉아 있다", "the penguin is sitting on the chair"),
    Case("two", "왕이 자고 있고 여왕이 울고 있다", "the king is sleeping and the queen is crying"),
    Case("unsaid", "강아지가 자고 있다", "the puppy is sleeping"),
)
# What the button beside the field offers with them.
TRIES = (
    CASES[0],
    Case("own", "사과가 소녀를 먹고 있다", "the apple is eating the girl"),
    Case("own", "호랑이가 침대에 앉아 있다", "the tiger is sitting on the bed"),
    Case(
        "own",
        "고양이가 자고 있고 소년이 울고 있다",
        "the cat is sleeping and the boy is crying",
    ),
)


def case_of(text: str) -> Case | None:
    """Return the case that is this sentence in either language."""
    return next((case for case in (*CASES, *TRIES) if text in (case.ko, case.en)), None)


def next_try(text: str) -> str:
    """Return the try after a sentence, in Korean; the first if it is none."""
    case = case_of(text)
    place = TRIES.index(case) + 1 if case in TRIES else 0
    return TRIES[place % len(TRIES)].ko
