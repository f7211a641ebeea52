"""What Korean can be split into, finer or coarser than its morphemes, and what that costs."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from explainer.concepts.transformer.complement import complements
from explainer.concepts.transformer.grammar import (
    TAILS,
    Pair,
    eojeols_of,
    sample,
    sample_sentences,
)
from explainer.concepts.transformer.lexicon import ANIMATES, OF_ANIMALS, OF_PERSONS, particle
from explainer.concepts.transformer.tokens import SPECIAL, Vocabulary, jamo, vocabulary
from explainer.lesson import Text

Unit = Literal["morpheme", "eojeol", "syllable", "jamo"]
UNITS: tuple[Unit, ...] = ("eojeol", "morpheme", "syllable", "jamo")
# What each is called on the stage.
UNIT_NAMES: Mapping[Unit, Text] = MappingProxyType(
    {
        "eojeol": Text("written word", "어절"),
        "morpheme": Text("morpheme", "형태소"),
        "syllable": Text("syllable", "음절"),
        "jamo": Text("letter", "자모"),
    }
)


def split(korean: Sequence[str], unit: Unit) -> tuple[str, ...]:
    """Split a Korean sentence, given as tokens, into larger or smaller units.

    Syllables and jamo count the space between written words, as a model that reads them must.
    """
    if unit == "morpheme":
        return tuple(korean)
    words: list[str] = []
    for token, place in zip(korean, eojeols_of(tuple(korean)), strict=True):
        if place == len(words):
            words.append(token)
        else:
            words[place] += token
    if unit == "eojeol":
        return tuple(words)
    sentence = " ".join(words)
    return tuple(sentence) if unit == "syllable" else tuple(jamo(sentence))


def spans(korean: Sequence[str], unit: Unit) -> tuple[tuple[int, int], ...]:
    """Return for each Korean token the pieces (first, behind the last) it lies in."""
    places = eojeols_of(tuple(korean))
    if unit == "morpheme":
        return tuple((i, i + 1) for i in range(len(korean)))
    if unit == "eojeol":
        return tuple((place, place + 1) for place in places)
    found: list[tuple[int, int]] = []
    start = 0
    for i, token in enumerate(korean):
        start += i > 0 and places[i] != places[i - 1]  # the space between written words
        length = len(token if unit == "syllable" else jamo(token))
        found.append((start, start + length))
        start += length
    return tuple(found)


def letter(piece: str) -> str:
    """Return a conjoining letter of Hangul as it stands alone, which every font can draw."""
    if len(piece) != 1 or not 0x1100 <= ord(piece) <= 0x11FF:
        return piece
    return unicodedata.lookup(f"HANGUL LETTER {unicodedata.name(piece).split(' ', 2)[2]}")


def piece_name(piece: str) -> str:
    """Return a piece as it is written on the stage: the space between words is a dot."""
    return "·" if piece == " " else letter(piece)


@cache
def korean_pieces(unit: Unit) -> Vocabulary:
    """Return every piece that a split of the grammar's Korean sentences can give."""
    if unit == "morpheme":
        return vocabulary("ko")
    found: dict[str, None] = {} if unit == "eojeol" else {" ": None}
    said: list[tuple[str, ...]] = [(a.ko,) for a in (*OF_ANIMALS, *OF_PERSONS)]
    for animate in ANIMATES:
        said += [(animate.ko, particle("subject", animate.ko)), (animate.ko, "들", "이")]
    said += [tuple(part.token for part in tail) for tail in TAILS.values()]
    for complement in itertools.chain(complements("person"), complements("animal")):
        said.append(tuple(part.token for part in complement.ko))
    for tokens in said:
        found |= dict.fromkeys(split(tokens, unit))
    return Vocabulary("ko", SPECIAL + tuple(found))


@dataclass(frozen=True, slots=True)
class Cost:
    """What a split costs, counted over sentences of the grammar.

    Parameters
    ----------
    unit : str
    vocabulary_size : int
        Different units that the grammar can give, and the four of `SPECIAL`: as many numbers a
        model that reads them has to know.
    mean_length : float
        Units in a sentence.
    sentences : int
        Sentences the length is the mean of.
    """

    unit: Unit
    vocabulary_size: int
    mean_length: float
    sentences: int


_COUNTED = 1000  # sentences


def counting() -> Iterator[None]:
    """Count `costs` in pieces, the longest 0.05 s on one core (measured); then it is known."""
    for unit in UNITS:
        korean_pieces(unit)
        yield
    sample_sentences("training", _COUNTED, 0)  # as `sample` asks for them
    yield
    sample("training", _COUNTED)
    yield
    costs()
    yield


@cache
def costs(sentences: int = _COUNTED) -> tuple[Cost, ...]:
    """Return the cost of every split, by `UNITS`."""
    pairs: tuple[Pair, ...] = sample("training", sentences)
    counted = []
    for unit in UNITS:
        splits = [split(pair.korean, unit) for pair in pairs]
        mean = sum(map(len, splits)) / len(splits)
        counted.append(Cost(unit, len(korean_pieces(unit)), mean, len(splits)))
    return tuple(counted)
