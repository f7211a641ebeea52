"""The sentence on the stage: what was typed, in the language that is read, as chips."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import lru_cache

from explainer.concepts.transformer.outside import case_of
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.tokens import UNKNOWN, Chip, join, tokenise, vocabulary
from explainer.concepts.transformer.units import (
    UNITS,
    Unit,
    korean_pieces,
    piece_name,
    split,
)
from explainer.lesson import Language, Value

# Each tells something: the card's own sentence, a homonym, a plural with a side, a negation.
EXAMPLES = (
    "강아지가 의자에 앉아 있다",
    "소녀가 자기 배를 먹고 있다",
    "작은 고양이들이 침대 밑에 숨어 있다",
    "여왕이 하얀 말을 타고 있었다",
    "용감한 소년이 공을 던지고 있지 않았다",
    "피곤한 왕이 숲에서 쉬고 있다",
)
# A longer text would not fit the model's positions.
LONGEST_TEXT = 70


def source_of(knobs: Mapping[str, Value]) -> Language:
    """Return the language the model reads."""
    return "en" if knobs.get("direction") == "en-ko" else "ko"


def target_of(knobs: Mapping[str, Value]) -> Language:
    """Return the language the model writes."""
    return "ko" if source_of(knobs) == "en" else "en"


def unit_of(knobs: Mapping[str, Value]) -> Unit:
    """Return what Korean is split into for the model."""
    return next((unit for unit in UNITS if unit == knobs.get("unit")), "morpheme")


def whole(knobs: Mapping[str, Value], key: str, otherwise: int) -> int:
    """Return a knob that holds a whole number."""
    value = knobs.get(key, otherwise)
    return int(value) if isinstance(value, int | float) else otherwise


def spoken(knobs: Mapping[str, Value]) -> str:
    """Return the sentence in force, said in the language the model reads."""
    return in_language(str(knobs.get("sentence") or EXAMPLES[0]), source_of(knobs))


@lru_cache(maxsize=64)
def in_language(text: str, language: Language) -> str:
    """Return a sentence in a language; what neither grammar nor cases can turn stays as it is."""
    case = case_of(text)
    if case is not None:
        return case.said(language)
    other: Language = "en" if language == "ko" else "ko"
    pair = parse(tuple(chip.token for chip in tokenise(text, other)), other)
    return text if pair is None else join(pair.tokens(language), language)


@lru_cache(maxsize=64)
def chips_of(text: str, language: Language) -> tuple[Chip, ...]:
    """Return the chips of a text."""
    return tokenise(text, language)


def source_chips(knobs: Mapping[str, Value]) -> tuple[Chip, ...]:
    """Return the chips of the sentence in force."""
    return chips_of(spoken(knobs), source_of(knobs))


def tokens_of(chips: Sequence[Chip]) -> tuple[str, ...]:
    """Return what the model reads."""
    return tuple(chip.token for chip in chips)


def spelt(chips: Sequence[Chip]) -> tuple[str, ...]:
    """Return the same as `tokens_of`, but what is unknown as it was typed.

    A model that reads other units than morphemes may know its pieces.
    """
    return tuple(chip.token if chip.is_known else chip.text for chip in chips)


def tokens_in_force(knobs: Mapping[str, Value]) -> tuple[str, ...]:
    """Return what the model is given of the sentence in force; empty where there is none."""
    chips = source_chips(knobs)
    return tokens_of(chips) if unit_of(knobs) == "morpheme" else spelt(chips)


def names_of(knobs: Mapping[str, Value], pieces: Sequence[str]) -> tuple[str, ...]:
    """Return what the pieces that were read are called, the end token left out of them.

    As they were typed where they are the chips of the sentence in force.
    """
    chips = source_chips(knobs)
    if tokens_of(chips) == tuple(pieces):
        return tuple(chip.text for chip in chips)
    return tuple(map(piece_name, pieces))


def words_of(knobs: Mapping[str, Value], pieces: Sequence[str]) -> tuple[int, ...]:
    """Return for each piece that was read which written word it is part of.

    A space stands between two words, and is none of either.
    """
    chips = source_chips(knobs)
    if tokens_of(chips) == tuple(pieces):
        return tuple(chip.eojeol for chip in chips)
    if " " not in pieces:
        return tuple(range(len(pieces)))
    before = itertools.accumulate(piece == " " for piece in pieces)
    return tuple(2 * n - (p == " ") for n, p in zip(before, pieces, strict=True))


def is_known(knobs: Mapping[str, Value], piece: str) -> bool:
    """Whether the model has a token for a piece that it was given."""
    pieces = korean_pieces(unit_of(knobs)) if source_of(knobs) == "ko" else vocabulary("en")
    return piece != UNKNOWN and piece in pieces.ids


def unknown_chips(knobs: Mapping[str, Value]) -> tuple[int, ...]:
    """Return the places of the chips that the model cannot read whole."""
    return unknown_in(spoken(knobs), source_of(knobs), unit_of(knobs))


def unknown_in(text: str, source: Language, unit: Unit) -> tuple[int, ...]:
    """Return the same of any text."""
    chips, pieces = chips_of(text, source), korean_pieces(unit).ids
    return tuple(
        place
        for place, chip in enumerate(chips)
        if not chip.is_known
        and (unit == "morpheme" or any(p not in pieces for p in split((chip.text,), unit)))
    )


def replaced(knobs: Mapping[str, Value], place: int, word: str) -> str:
    """Return the sentence with one chip exchanged for a known word."""
    chips = source_chips(knobs)
    texts = [word if i == place else chip.text for i, chip in enumerate(chips)]
    if source_of(knobs) == "en":
        return " ".join(texts)
    spaced = ""
    for i, text in enumerate(texts):
        is_new = i > 0 and chips[i].eojeol != chips[i - 1].eojeol
        spaced += f" {text}" if is_new else text
    return spaced


def next_example(knobs: Mapping[str, Value]) -> str:
    """Return the example after the one in force, the first if it is none."""
    now = str(knobs.get("sentence"))
    place = EXAMPLES.index(now) + 1 if now in EXAMPLES else 0
    return EXAMPLES[place % len(EXAMPLES)]
