"""How a typed sentence stands to the model that reads it."""

from __future__ import annotations

import difflib
import unicodedata
from functools import lru_cache
from typing import Literal

from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.sentence import chips_of, in_language, tokens_of
from explainer.concepts.transformer.tokens import vocabulary
from explainer.lesson import Language

# The grammar has it; the grammar turned it from the other language; it is written in the other
# one and cannot be turned; it has words the model has no token for; all its words are known, but
# the grammar has no such sentence.
Standing = Literal["known", "turned", "foreign", "unknown", "untaught"]

_OFFERED = 3


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
def alike(text: str, source: Language, place: int) -> tuple[str, ...]:
    """Return known words for an unknown chip, those most alike in letters first.

    Words that make a sentence of the grammar in its place, if any does: letters alone would offer
    an adjective where a noun belongs.
    """
    chips = chips_of(text, source)
    tokens, unknown = tokens_of(chips), chips[place].text
    told = [
        word
        for word in vocabulary(source).tokens
        if parse((*tokens[:place], word, *tokens[place + 1 :]), source) is not None
    ]
    told.sort(key=lambda word: -_likeness(unknown, word))
    return tuple(told[:_OFFERED]) or chips[place].nearest


def _likeness(one: str, other: str) -> float:
    letters = (unicodedata.normalize("NFD", word) for word in (one, other))
    return difflib.SequenceMatcher(None, *letters).ratio()
