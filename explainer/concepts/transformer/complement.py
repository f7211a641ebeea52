"""What can be said of a subject: where it is, what it does, and to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from explainer.concepts.transformer.lexicon import (
    ACTIVITIES,
    ANIMATES,
    HIDING_SIDES,
    HOMONYMS,
    OF_ANIMALS,
    OF_PERSONS,
    PLACES,
    POSTURES,
    SIDES,
    THINGS,
    WITH_ANIMATES,
    Adjective,
    Animate,
    Being,
    Place,
    Thing,
    Verb,
    particle,
)

Frame = Literal["place", "action", "homonym"]

# Stands for his, her, its or their until the subject is known.
POSSESSIVE = "’s"


class Part(NamedTuple):
    """A token and the part it plays in its sentence; the same part in both languages."""

    token: str
    role: str


@dataclass(frozen=True, slots=True)
class Complement:
    """A sentence without its subject, tense and negation.

    Parameters
    ----------
    frame : {"place", "action", "homonym"}
    noun : str
        The Korean noun it is about.
    ko, en : tuple of Part
        Korean ends with the verb, English begins with it.
    """

    frame: Frame
    noun: str
    ko: tuple[Part, ...]
    en: tuple[Part, ...]


def adjectives_of(being: Being) -> tuple[Adjective, ...]:
    """Return the adjectives that go with persons or with animals."""
    return OF_PERSONS if being == "person" else OF_ANIMALS


@cache
def complements(being: Being) -> tuple[Complement, ...]:
    """Return all that can be said of a person or of an animal."""
    return (*_in_places(), *_with_animates(being), *_with_things(being))


def _in_places() -> Iterator[Complement]:
    for place in PLACES:
        for verb in (*POSTURES, *ACTIVITIES):
            for side in ("", *place.sides):
                if _goes(place, verb, side):
                    for adjective in (None, *place.adjectives):
                        for owned in (False, True)[: 1 + place.ownable]:
                            yield _in_place(place, verb, side, adjective, owned)


def _goes(place: Place, verb: Verb, side: str) -> bool:
    if not side:
        return verb.ko in place.verbs.split()
    if verb.ko == "숨어":
        return side in HIDING_SIDES
    return not (verb.ko == "서" and side == "밑" and place.ko != "나무")


def _in_place(
    place: Place, verb: Verb, side: str, adjective: Adjective | None, owned: bool
) -> Complement:
    ko_noun, en_noun = _noun_phrase(place.ko, place.en, adjective, owned)
    positions = (Part(side, "side"),) if side else ()
    preposition = SIDES[side] if side else place.preposition
    return Complement(
        "place",
        place.ko,
        (*ko_noun, *positions, Part(verb.particle, "place particle"), Part(verb.ko, "verb")),
        (Part(verb.en, "verb"), Part(preposition, "preposition"), *en_noun),
    )


def _with_animates(being: Being) -> Iterator[Complement]:
    for other in ANIMATES:
        is_pet = being == "person" and other.being == "animal"
        for verb in WITH_ANIMATES:
            for adjective in (None, *adjectives_of(other.being)):
                for many in (False, True):
                    for owned in (False, True)[: 1 + is_pet]:
                        yield _with_animate(other, verb, adjective, owned, many)


def _with_animate(
    other: Animate, verb: Verb, adjective: Adjective | None, owned: bool, many: bool
) -> Complement:
    ko_noun, en_noun = _noun_phrase(other.ko, other.plural if many else other.en, adjective, owned)
    plural = (Part("들", "noun plural"),) if many else ()
    marked = Part(particle("object", "들" if many else other.ko), "object particle")
    return Complement(
        "action",
        other.ko,
        (*ko_noun, *plural, marked, Part(verb.ko, "verb")),
        (Part(verb.en, "verb"), *en_noun),
    )


def _with_things(being: Being) -> Iterator[Complement]:
    for thing in (*THINGS, *HOMONYMS):
        for verb in thing.verbs:
            if verb.persons_only and being == "animal":
                continue
            for adjective in (None, *thing.adjectives):
                for owned in (False, True)[: 1 + thing.ownable]:
                    yield _with_thing(thing, verb, adjective, owned)


def _with_thing(thing: Thing, verb: Verb, adjective: Adjective | None, owned: bool) -> Complement:
    ko_noun, en_noun = _noun_phrase(thing.ko, thing.en, adjective, owned)
    if thing.is_body_part:
        en_noun = (Part(POSSESSIVE, "owner"), *en_noun[1:])
    return Complement(
        "homonym" if thing.is_homonym else "action",
        thing.ko,
        (*ko_noun, Part(particle("object", thing.ko), "object particle"), Part(verb.ko, "verb")),
        (Part(verb.en, "verb"), *en_noun),
    )


def _noun_phrase(
    ko: str, en: str, adjective: Adjective | None, owned: bool
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    korean = [Part("자기", "own")] if owned else []
    english = [Part(POSSESSIVE, "own") if owned else Part("the", "article")]
    if adjective is not None:
        korean.append(Part(adjective.ko, "noun adjective"))
        english.append(Part(adjective.en, "noun adjective"))
    return (*korean, Part(ko, "noun")), (*english, Part(en, "noun"))
