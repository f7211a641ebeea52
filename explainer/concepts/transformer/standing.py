"""How a typed sentence stands to the model that reads it."""

from __future__ import annotations

import difflib
import itertools
import unicodedata
from functools import lru_cache
from typing import Literal

from explainer.concepts.transformer.parsing import parse, sentence_of
from explainer.concepts.transformer.sentence import chips_of, in_language, tokens_of
from explainer.concepts.transformer.tokens import SPECIAL, UNKNOWN, vocabulary
from explainer.lesson import Language

# The grammar has it; the grammar turned it from the other language; it is written in the other
# one and cannot be turned; it has words the model has no token for; all its words are known, but
# the grammar has no such sentence.
Standing = Literal["known", "turned", "foreign", "unknown", "untaught"]

_OFFERED = 3
_MOST_HOLES = 2  # unknown words; for two, all pairs of known words are tried


@lru_cache(maxsize=64)
def standing(text: str, source: Language) -> Standing:
    """Return how a text stands to a model that reads a language."""
    chips = chips_of(text, source)
    if parse(tokens_of(chips), source) is not None:
        return "known"
    if in_language(text, source) != text:
        return "turned"
    if any(not chip.is_known for chip in chips):
        hangul = sum("\uac00" <= letter <= "\ud7a3" for letter in text)
        latin = sum(letter.isascii() and letter.isalpha() for letter in text)
        is_other = latin > hangul if source == "ko" else hangul > latin
        return "foreign" if is_other else "unknown"
    return "untaught"


def is_blank(text: str) -> bool:
    """Whether a text has nothing to read."""
    return not chips_of(text, "ko")


@lru_cache(maxsize=64)
def fitting(text: str, source: Language, place: int) -> tuple[str, ...]:
    """Return known words that make a sentence of the grammar in an unknown chip's place.

    Those most alike in letters come first; empty where no word makes a sentence, or where more
    than two words are unknown.
    """
    chips = chips_of(text, source)
    tokens, unknown = tokens_of(chips), chips[place].text
    holes = tuple(i for i, token in enumerate(tokens) if token == UNKNOWN)
    if len(holes) > _MOST_HOLES:
        return ()
    told = _fillers(tokens, source)[holes.index(place)]
    return tuple(sorted(told, key=lambda word: (-_likeness(unknown, word), word))[:_OFFERED])


# Kept by the tokens with their holes, which are the same while an unknown word is being typed.
@lru_cache(maxsize=64)
def _fillers(tokens: tuple[str, ...], source: Language) -> tuple[frozenset[str], ...]:
    """Return for each unknown token the words that, with some words for the others, fit."""
    holes = [i for i, token in enumerate(tokens) if token == UNKNOWN]
    known = vocabulary(source).tokens[len(SPECIAL) :]
    found: list[set[str]] = [set() for _ in holes]
    tried = list(tokens)
    for words in itertools.product(known, repeat=len(holes)):
        for hole, word in zip(holes, words, strict=True):
            tried[hole] = word
        if sentence_of(tried, source) is not None:
            for own, word in zip(found, words, strict=True):
                own.add(word)
    return tuple(map(frozenset, found))


def offers(text: str, source: Language, place: int) -> tuple[str, ...]:
    """Return known words for an unknown chip: those that fit, else those alike of its kind."""
    return fitting(text, source, place) or chips_of(text, source)[place].nearest


def _likeness(one: str, other: str) -> float:
    letters = (unicodedata.normalize("NFD", word) for word in (one, other))
    return difflib.SequenceMatcher(None, *letters).ratio()
