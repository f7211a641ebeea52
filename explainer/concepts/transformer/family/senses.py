"""Sentences with a homonym, its sense in each, and how far what precedes the verb decides it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from explainer.concepts.transformer.complement import Complement, adjectives_of
from explainer.concepts.transformer.grammar import Sentence, Split, parts, said_of, split_of
from explainer.concepts.transformer.lexicon import ANIMATES, HOMONYMS, Animate

WORD = "배"
SENSES = tuple(dict.fromkeys(thing.en for thing in HOMONYMS if thing.ko == WORD))
# Where a probe reads: at the homonym, at its particle, at the verb.
PLACES = ("noun", "object particle", "verb")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the homonym.

    Parameters
    ----------
    tokens : tuple of str
        In Korean.
    sense : int
        Which of `SENSES` it has.
    places : tuple of int
        Where the roles of `PLACES` stand in it.
    """

    tokens: tuple[str, ...]
    sense: int
    places: tuple[int, ...]


@cache
def examples(split: Split, size: int) -> tuple[Said, ...]:
    """Return different sentences of one split of the grammar, all with the homonym.

    Drawn as the grammar draws them: any subject, any complement that has the word.
    """
    source = random.Random(f"{WORD} {split}")
    found: dict[tuple[str, ...], Said] = {}
    while len(found) < size:
        sentence = _draw(source)
        said = _said(sentence)
        if split_of(sentence, said.tokens) == split:
            found.setdefault(said.tokens, said)
    return tuple(found.values())


def _draw(source: random.Random) -> Sentence:
    subject = source.choice(ANIMATES)
    adjectives = adjectives_of(subject.being)
    return Sentence(
        subject=subject,
        adjective=source.choice(adjectives) if source.random() < 0.4 else None,
        is_plural=source.random() < 0.4,
        complement=source.choice(_with_word(subject)),
        is_past=source.random() < 0.5,
        is_negated=source.random() < 0.3,
    )


@cache
def _with_word(subject: Animate) -> tuple[Complement, ...]:
    return tuple(said for said in said_of(subject) if said.noun == WORD)


def _sense(complement: Complement) -> int:
    return SENSES.index(next(part.token for part in complement.en if part.role == "noun"))


def _said(sentence: Sentence) -> Said:
    korean, _ = parts(sentence)
    at = {part.role: place for place, part in enumerate(korean)}
    places = tuple(at[role] for role in PLACES)
    return Said(tuple(part.token for part in korean), _sense(sentence.complement), places)


def majority(fitted: Sequence[Said], tried: Sequence[Said]) -> float:
    """Return the share right of always naming the sense commonest among the fitted."""
    commonest = Counter(said.sense for said in fitted).most_common(1)[0][0]
    return sum(said.sense == commonest for said in tried) / len(tried)


@cache
def ceiling() -> float:
    """Return the share right of the best guess from all that stands before the verb.

    Counted over the whole grammar: for each subject and each way to write the noun before the
    verb, the sense that is likeliest there. Adjective, number, tense and negation are drawn apart
    from the sense and tell nothing of it.
    """
    right = 0.0
    for subject in ANIMATES:
        said = _with_word(subject)
        by_left: dict[tuple[str, ...], Counter[int]] = {}
        for complement in said:
            left = tuple(part.token for part in complement.ko[:-1])
            by_left.setdefault(left, Counter())[_sense(complement)] += 1
        best = sum(counts.most_common(1)[0][1] for counts in by_left.values())
        right += best / len(said) / len(ANIMATES)
    return right
