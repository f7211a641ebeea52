"""From tokens back to the sentence they say, in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from explainer.concepts.transformer.complement import POSSESSIVE, Complement, complements
from explainer.concepts.transformer.grammar import BE, BODY_PARTS, TAILS, Pair, Sentence, pair
from explainer.concepts.transformer.lexicon import (
    ANIMATES,
    OF_ANIMALS,
    OF_PERSONS,
    Adjective,
    Animate,
    Being,
)
from explainer.lesson import Language

# As a complement has them, before its subject is known.
_BEFORE_SUBJECT = {
    **dict.fromkeys(("his", "her", "its", "their"), POSSESSIVE),
    **{many: one for one, many in BODY_PARTS.items()},
}


def parse(tokens: Sequence[str], language: Language) -> Pair | None:
    """Return the sentence that tokens say in both languages; None if the grammar has none."""
    sentence = sentence_of(tokens, language)
    return None if sentence is None else pair(sentence)


def sentence_of(tokens: Sequence[str], language: Language) -> Sentence | None:
    """Return the sentence that tokens say; None if the grammar has none."""
    sentence = _korean(tuple(tokens)) if language == "ko" else _english(tuple(tokens))
    if sentence is None:
        return None
    # Particles, possessives and agreement are checked by saying it again.
    return sentence if pair(sentence).tokens(language) == tuple(tokens) else None


def _korean(tokens: tuple[str, ...]) -> Sentence | None:
    for (is_past, is_negated), tail in TAILS.items():
        ending = tuple(part.token for part in tail)
        if tokens[-len(ending) :] == ending:
            adjective, rest = _adjective(tokens[: -len(ending)], "ko")
            if len(rest) < 3 or rest[0] not in _animates("ko"):
                return None
            subject, _ = _animates("ko")[rest[0]]
            is_plural = rest[1] == "들"
            said = _said("ko", subject.being).get(rest[2 + is_plural :])
            if said is None:
                return None
            return Sentence(subject, adjective, is_plural, said, is_past, is_negated)
    return None


def _english(tokens: tuple[str, ...]) -> Sentence | None:
    adjective, rest = _adjective(tokens[1:], "en")
    if len(rest) < 4 or rest[0] not in _animates("en"):
        return None
    subject, is_plural = _animates("en")[rest[0]]
    is_past = next((past for (past, _), be in BE.items() if be == rest[1]), None)
    if is_past is None:
        return None
    is_negated = rest[2] == "not"
    key = tuple(_BEFORE_SUBJECT.get(word, word) for word in rest[2 + is_negated :])
    said = _said("en", subject.being).get(key)
    if said is None:
        return None
    return Sentence(subject, adjective, is_plural, said, is_past, is_negated)


def _adjective(
    tokens: tuple[str, ...], language: Language
) -> tuple[Adjective | None, tuple[str, ...]]:
    if tokens and tokens[0] in adjectives(language):
        return adjectives(language)[tokens[0]], tokens[1:]
    return None, tokens


@cache
def adjectives(language: Language) -> Mapping[str, Adjective]:
    """Return the adjectives that may stand before a subject, by their word in a language."""
    return {a.ko if language == "ko" else a.en: a for a in (*OF_ANIMALS, *OF_PERSONS)}


@cache
def _animates(language: Language) -> Mapping[str, tuple[Animate, bool]]:
    if language == "ko":
        return {animate.ko: (animate, False) for animate in ANIMATES}
    one = {animate.en: (animate, False) for animate in ANIMATES}
    return one | {animate.plural: (animate, True) for animate in ANIMATES}


@cache
def _said(language: Language, being: Being) -> Mapping[tuple[str, ...], Complement]:
    return {
        tuple(part.token for part in (said.ko if language == "ko" else said.en)): said
        for said in complements(being)
    }


@cache
def dictionary(language: Language) -> Mapping[str, frozenset[str]]:
    """Return for each content word of a language the words of the other it may translate."""
    meanings: dict[str, set[str]] = {}

    def note(korean: str, english: str) -> None:
        word, meaning = (korean, english) if language == "ko" else (english, korean)
        meanings.setdefault(word, set()).add(meaning)

    for animate in ANIMATES:
        note(animate.ko, animate.en)
        note(animate.ko, animate.plural)
    for adjective in (*OF_ANIMALS, *OF_PERSONS):
        note(adjective.ko, adjective.en)
    for being in ("person", "animal"):
        for said in complements(being):
            english = {part.role: part.token for part in said.en}
            for part in said.ko:
                if part.role in ("noun", "noun adjective", "verb"):
                    note(part.token, english[part.role])
                    if english[part.role] in BODY_PARTS:
                        note(part.token, BODY_PARTS[english[part.role]])
    return {word: frozenset(found) for word, found in meanings.items()}
