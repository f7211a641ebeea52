"""A seeded grammar of Korean sentences with their English translations and their true relations."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Literal

from explainer.concepts.transformer.complement import (
    POSSESSIVE,
    Complement,
    Frame,
    Part,
    adjectives_of,
    complements,
)
from explainer.concepts.transformer.lexicon import ANIMATES, Adjective, Animate, particle
from explainer.concepts.transformer.relations import RELATION_KINDS as RELATION_KINDS
from explainer.concepts.transformer.relations import Link, Relation, relations
from explainer.concepts.transformer.relations import RelationKind as RelationKind
from explainer.lesson import Language

# Shown on the stage, so never trained on: "The puppy is sitting on the chair."
SHOWN = ("강아지", "가", "의자", "에", "앉아", "있", "다")

# One combination of subject and noun in this many is held out, and one sentence in this many.
HELD_OUT_COMBINATIONS = 12
HELD_OUT_SENTENCES = 40

_FRAMES: tuple[Frame, ...] = ("place", "action", "homonym")
_FRAME_SHARES = (0.45, 0.3, 0.25)

# What follows the verb, by (past, negated).
TAILS = {
    (False, False): (Part("있", "be"), Part("다", "ending")),
    (True, False): (Part("있", "be"), Part("었", "past"), Part("다", "ending")),
    (False, True): (
        Part("있", "be"),
        Part("지", "before not"),
        Part("않", "not"),
        Part("다", "ending"),
    ),
    (True, True): (
        Part("있", "be"),
        Part("지", "before not"),
        Part("않", "not"),
        Part("았", "past"),
        Part("다", "ending"),
    ),
}
# Several subjects have several of them.
BODY_PARTS = {"belly": "bellies"}
BE = {(False, False): "is", (False, True): "are", (True, False): "was", (True, True): "were"}

# Written to the word before them.
ENDINGS = frozenset(
    ("들", "이", "가", "을", "를", "은", "는", "에", "에서", "지", "었", "았", "다")
)

_CONTENT = frozenset(("subject adjective", "subject", "noun adjective", "noun", "verb"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, in no language.

    Parameters
    ----------
    subject : Animate
    adjective : Adjective or None
    is_plural, is_past, is_negated : bool
    complement : Complement
    """

    subject: Animate
    adjective: Adjective | None
    is_plural: bool
    complement: Complement
    is_past: bool
    is_negated: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in both languages, and what is true of it.

    Parameters
    ----------
    korean, english : tuple of str
        Tokens: morphemes and particles; words.
    eojeols : tuple of int
        For each Korean token the written word, counted from 0, that it is part of.
    alignment : tuple of Link
        Which English word translates which Korean token; articles translate none.
    relations : tuple of Relation
        Which token needs which other.
    """

    korean: tuple[str, ...]
    english: tuple[str, ...]
    eojeols: tuple[int, ...]
    alignment: tuple[Link, ...]
    relations: tuple[Relation, ...]

    def tokens(self, language: Language) -> tuple[str, ...]:
        """Return the tokens in one language."""
        return self.korean if language == "ko" else self.english


def eojeols_of(korean: tuple[str, ...]) -> tuple[int, ...]:
    """Return for each Korean token the written word, counted from 0, that it is part of."""
    places: list[int] = []
    for token in korean:
        last = places[-1] if places else -1
        places.append(max(last, 0) if token in ENDINGS else last + 1)
    return tuple(places)


def possessive(subject: Animate, is_plural: bool) -> str:
    """Return his, her, its or their."""
    return "their" if is_plural else subject.possessive


def parts(sentence: Sentence) -> tuple[list[Part], list[Part]]:
    """Return a sentence's tokens in Korean and in English, each with its role."""
    subject, many = sentence.subject, sentence.is_plural
    korean, english = [], [Part("the", "article")]
    if sentence.adjective is not None:
        korean.append(Part(sentence.adjective.ko, "subject adjective"))
        english.append(Part(sentence.adjective.en, "subject adjective"))
    korean.append(Part(subject.ko, "subject"))
    if many:
        korean.append(Part("들", "subject plural"))
    korean.append(Part(particle("subject", "들" if many else subject.ko), "subject particle"))
    korean += [*sentence.complement.ko, *TAILS[sentence.is_past, sentence.is_negated]]
    english.append(Part(subject.plural if many else subject.en, "subject"))
    english.append(Part(BE[sentence.is_past, many], "be"))
    if sentence.is_negated:
        english.append(Part("not", "not"))
    said = {POSSESSIVE: possessive(subject, many)} | (BODY_PARTS if many else {})
    english += [
        part._replace(token=said.get(part.token, part.token)) for part in sentence.complement.en
    ]
    return korean, english


def pair(sentence: Sentence) -> Pair:
    """Return a sentence in both languages with its alignment and its relations."""
    korean, english = parts(sentence)
    at = {part.role: place for place, part in enumerate(korean)}
    en_at = {part.role: place for place, part in enumerate(english)}
    tokens = tuple(part.token for part in korean)
    return Pair(
        korean=tokens,
        english=tuple(part.token for part in english),
        eojeols=eojeols_of(tokens),
        alignment=tuple(
            Link(at[_translates(part.role, at)], place, part.role in _CONTENT)
            for place, part in enumerate(english)
            if part.role != "article"
        ),
        relations=relations(at, en_at, is_homonym=sentence.complement.frame == "homonym"),
    )


def _translates(role: str, korean: dict[str, int]) -> str:
    if role == "preposition":
        return "side" if "side" in korean else "place particle"
    return "subject" if role == "owner" else role


@cache
def said_of(subject: Animate) -> tuple[Complement, ...]:
    """Return all that can be said of a subject: nobody watches or calls one of its own kind."""
    return tuple(c for c in complements(subject.being) if c.noun != subject.ko)


def count() -> int:
    """Return how many sentences there are: subjects by complements by tense and negation."""
    return sum(
        (1 + len(adjectives_of(subject.being))) * 2 * len(said_of(subject)) * 4
        for subject in ANIMATES
    )


@cache
def _by_frame(subject: Animate) -> dict[Frame, tuple[Complement, ...]]:
    return {frame: tuple(c for c in said_of(subject) if c.frame == frame) for frame in _FRAMES}


def draw(source: random.Random) -> Sentence:
    """Draw a sentence: 45 % say where, 30 % do something, 25 % hold a homonym."""
    subject = source.choice(ANIMATES)
    frame = source.choices(_FRAMES, _FRAME_SHARES)[0]
    adjectives = adjectives_of(subject.being)
    return Sentence(
        subject=subject,
        adjective=source.choice(adjectives) if source.random() < 0.4 else None,
        is_plural=source.random() < 0.4,
        complement=source.choice(_by_frame(subject)[frame]),
        is_past=source.random() < 0.5,
        is_negated=source.random() < 0.3,
    )


Split = Literal["training", "sentences", "combinations"]


def split_of(sentence: Sentence, korean: tuple[str, ...]) -> Split:
    """Return whether a sentence is trained on, held out, or of a combination held out.

    Parameters
    ----------
    sentence : Sentence
    korean : tuple of str
        Its Korean tokens.
    """
    both = f"{sentence.subject.ko}+{sentence.complement.noun}"
    if zlib.crc32(both.encode()) % HELD_OUT_COMBINATIONS == 0:
        return "combinations"
    is_held_out = zlib.crc32(" ".join(korean).encode()) % HELD_OUT_SENTENCES == 0
    return "sentences" if is_held_out or korean == SHOWN else "training"


@cache
def sample_sentences(split: Split, size: int, seed: int = 0) -> tuple[Sentence, ...]:
    """Return different sentences of one split, the same for the same seed."""
    source = random.Random(f"{split} {seed}")
    found: dict[tuple[str, ...], Sentence] = {}
    while len(found) < size:
        sentence = draw(source)
        korean = tuple(part.token for part in parts(sentence)[0])
        if split_of(sentence, korean) == split:
            found.setdefault(korean, sentence)
    return tuple(found.values())


@cache
def sample(split: Split, size: int, seed: int = 0) -> tuple[Pair, ...]:
    """Return `sample_sentences` in both languages, with all that is true of them."""
    return tuple(pair(sentence) for sentence in sample_sentences(split, size, seed))
