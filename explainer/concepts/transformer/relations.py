"""What is true of a pair of sentences: which word translates which, and which needs which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from explainer.lesson import Language, Text


@dataclass(frozen=True, slots=True)
class Link:
    """An English word and the Korean token it translates.

    Parameters
    ----------
    korean, english : int
        Places in the two sentences.
    is_content : bool
        Whether it is a noun, an adjective or a verb.
    """

    korean: int
    english: int
    is_content: bool


RelationKind = Literal[
    "particle", "place", "who", "reflexive", "homonym", "plural", "tense", "negation"
]
RELATION_KINDS: tuple[RelationKind, ...] = (
    "particle", "place", "who", "reflexive", "homonym", "plural", "tense", "negation",
)  # fmt: skip

# What each is called on the stage.
RELATION_NAMES: Mapping[RelationKind, Text] = MappingProxyType(
    {
        "particle": Text("particle and noun", "조사와 명사"),
        "place": Text("place", "어디에"),
        "who": Text("who does it", "누가"),
        "reflexive": Text("자기 and its owner", "‘자기’와 주인"),
        "homonym": Text("homonym and verb", "동음이의어와 동사"),
        "plural": Text("one or many", "하나와 여럿"),
        "tense": Text("tense", "시제"),
        "negation": Text("negation", "부정"),
    }
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A token that cannot be understood, or written, without another.

    Parameters
    ----------
    kind : str
        One of `RELATION_KINDS`.
    query_language, key_language : {"ko", "en"}
    query, key : int
        Place of the token that needs, and of the token it needs.
    """

    kind: RelationKind
    query_language: Language
    query: int
    key_language: Language
    key: int


# (kind, language and role that needs, language and role that is needed)
_NEEDS: tuple[tuple[RelationKind, Language, str, Language, str], ...] = (
    ("particle", "ko", "subject particle", "ko", "subject"),
    ("particle", "ko", "object particle", "ko", "noun"),
    ("place", "ko", "place particle", "ko", "noun"),
    ("place", "en", "preposition", "en", "noun"),
    ("place", "en", "preposition", "ko", "noun"),
    ("place", "ko", "place particle", "en", "verb"),
    ("who", "ko", "verb", "ko", "subject"),
    ("who", "en", "verb", "en", "subject"),
    ("reflexive", "ko", "own", "ko", "subject"),
    ("reflexive", "en", "own", "en", "subject"),
    ("reflexive", "en", "owner", "en", "subject"),
    ("reflexive", "en", "own", "ko", "subject"),
    ("reflexive", "en", "owner", "ko", "subject"),
    ("plural", "en", "be", "en", "subject"),
    ("plural", "en", "be", "ko", "subject plural"),
    ("plural", "en", "subject", "ko", "subject plural"),
    ("plural", "ko", "subject plural", "en", "subject"),
    ("tense", "en", "be", "ko", "past"),
    ("tense", "ko", "past", "en", "be"),
    ("negation", "en", "not", "ko", "not"),
    ("negation", "ko", "not", "en", "not"),
)
_HOMONYM_NEEDS: tuple[tuple[RelationKind, Language, str, Language, str], ...] = (
    ("homonym", "ko", "noun", "ko", "verb"),
    ("homonym", "en", "noun", "en", "verb"),
    ("homonym", "en", "noun", "ko", "verb"),
)


def relations(
    korean: Mapping[str, int], english: Mapping[str, int], *, is_homonym: bool
) -> tuple[Relation, ...]:
    """Return what needs what, from the place of each role in the two sentences."""
    places = {"ko": korean, "en": english}
    return tuple(
        Relation(kind, query_in, places[query_in][query], key_in, places[key_in][key])
        for kind, query_in, query, key_in, key in (*_NEEDS, *(_HOMONYM_NEEDS if is_homonym else ()))
        if query in places[query_in] and key in places[key_in]
    )
