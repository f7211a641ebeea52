"""Text into tokens and back."""

from __future__ import annotations

import difflib
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from explainer.concepts.transformer.complement import POSSESSIVE, complements
from explainer.concepts.transformer.grammar import (
    BE,
    BODY_PARTS,
    ENDINGS,
    TAILS,
)
from explainer.concepts.transformer.lexicon import ANIMATES, OF_ANIMALS, OF_PERSONS
from explainer.lesson import Language

PAD, START, END, UNKNOWN = "<pad>", "<s>", "</s>", "<unk>"
SPECIAL = (PAD, START, END, UNKNOWN)
PAD_ID, START_ID, END_ID, UNKNOWN_ID = range(4)

# What is read as another token. The topic particle says nothing here that the subject particle
# does not.
_READ_AS: dict[Language, dict[str, str]] = {
    "ko": {"은": "이", "는": "가"},
    "en": {"a": "the", "an": "the"},
}
_CONTRACTED = re.compile(r"\b(is|are|was|were)n['’]t\b")
# A new written word begins here even if no space was typed.
_BEGINS = frozenset(("있", "않"))
_PARTICLES = frozenset(("이", "가", "을", "를", "은", "는", "에", "에서"))


_DETERMINERS = frozenset(("the", "a", "an", "his", "her", "its", "their"))
_VERB_ENDS = "고아어서워"  # of a written word
Kind = Literal["noun", "verb", "other"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens of one language; a token's id is its place.

    Parameters
    ----------
    language : {"ko", "en"}
    tokens : tuple of str
        `SPECIAL` first.
    """

    language: Language
    tokens: tuple[str, ...]

    @property
    def ids(self) -> MappingProxyType[str, int]:
        """From token to id."""
        return _ids(self)

    def encode(self, tokens: Iterable[str]) -> list[int]:
        """Return the ids of tokens; what is not in the vocabulary is `UNKNOWN`."""
        ids = self.ids
        return [ids.get(token, UNKNOWN_ID) for token in tokens]

    def decode(self, ids: Iterable[int]) -> tuple[str, ...]:
        """Return the tokens of ids."""
        return tuple(self.tokens[i] for i in ids)

    def __len__(self) -> int:
        return len(self.tokens)


@cache
def _ids(vocabulary: Vocabulary) -> MappingProxyType[str, int]:
    return MappingProxyType({token: i for i, token in enumerate(vocabulary.tokens)})


@cache
def vocabulary(language: Language) -> Vocabulary:
    """Return every token that the grammar can produce in a language."""
    found: dict[str, None] = {}
    for animate in ANIMATES:
        ours = (animate.ko,) if language == "ko" else (animate.en, animate.plural)
        found |= dict.fromkeys(ours)
    for adjective in (*OF_ANIMALS, *OF_PERSONS):
        found[adjective.ko if language == "ko" else adjective.en] = None
    for complement in itertools.chain(complements("person"), complements("animal")):
        said = complement.ko if language == "ko" else complement.en
        found |= dict.fromkeys(part.token for part in said if part.token != POSSESSIVE)
    if language == "ko":
        found |= dict.fromkeys(part.token for tail in TAILS.values() for part in tail)
        found |= dict.fromkeys(("들", "이", "가"))
    else:
        found |= dict.fromkeys((*BE.values(), "not", "the", "his", "her", "its", "their"))
        found |= dict.fromkeys(BODY_PARTS.values())
    return Vocabulary(language, SPECIAL + tuple(found))


@dataclass(frozen=True, slots=True)
class Chip:
    """A piece of a typed text.

    Parameters
    ----------
    text : str
        As it was written.
    token : str
        What the model reads: a token of the vocabulary, or `UNKNOWN`.
    eojeol : int
        The written word, counted from 0, that it is part of.
    nearest : tuple of str
        For an unknown piece the most alike known words of its kind, the nearest first.
    """

    text: str
    token: str
    eojeol: int
    nearest: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether the model has a token for it."""
        return self.token != UNKNOWN


def tokenise(text: str, language: Language) -> tuple[Chip, ...]:
    """Split a typed text into tokens by longest match; unknown pieces are kept and marked.

    Parameters
    ----------
    text : str
        Composed or decomposed Hangul, any case, spaces and punctuation at will.
    language : {"ko", "en"}
    """
    plain = unicodedata.normalize("NFC", text).lower()
    if language == "en":
        plain = _CONTRACTED.sub(r"\1 not", plain)
        words = re.findall(r"[^\s.,!?;:\"“”()]+", plain)
        pieces = tuple(_longest_phrases(words))
        return tuple(
            _chip(piece, place, "en", _english_kind(pieces, place))
            for place, piece in enumerate(pieces)
        )
    chips: list[Chip] = []
    place = -1
    split = [_pieces(word) for word in re.findall(r"[^\s.,!?;:\"“”()]+", plain)]
    for number, pieces in enumerate(split):
        behind = split[number + 1][0] if number + 1 < len(split) else ""
        for index, piece in enumerate(pieces):
            place += index == 0 or piece in _BEGINS
            kind = _korean_kind(piece, pieces[index + 1 :], behind)
            chips.append(_chip(piece, place, "ko", kind))
    return tuple(chips)


def _korean_kind(piece: str, rest: Sequence[str], behind: str) -> Kind:
    """Return what kind of word a piece is, by the pieces after it in its word and in the next."""
    # What has a particle behind it is a noun; what ends as verbs do, or goes before 있 or 않, a
    # verb.
    following = rest[0] if rest else behind
    if following in _BEGINS:
        return "verb"
    if rest:
        return "noun"
    return "verb" if piece[-1] in _VERB_ENDS else "other"


def _english_kind(pieces: Sequence[str], place: int) -> Kind:
    """Return what kind of word stands at a place, by its ending and by the words beside it."""
    if pieces[place].endswith("ing"):
        return "verb"
    before, after = pieces[max(place - 1, 0) : place], pieces[place + 1 : place + 2]
    is_last_of_noun = not set(after) & set(_of_kind("en", "noun"))
    return "noun" if set(before) & _DETERMINERS and is_last_of_noun else "other"


def _chip(piece: str, place: int, language: Language, kind: Kind) -> Chip:
    token = _READ_AS[language].get(piece, piece)
    if token in SPECIAL or token not in vocabulary(language).ids:
        return Chip(piece, UNKNOWN, place, nearest(piece, language, kind))
    return Chip(piece, token, place)


def _longest_phrases(words: Sequence[str]) -> Iterator[str]:
    known = vocabulary("en").ids
    start = 0
    while start < len(words):
        length = next((n for n in (3, 2) if " ".join(words[start : start + n]) in known), 1)
        yield " ".join(words[start : start + length])
        start += length


def _pieces(word: str) -> tuple[str, ...]:
    """Return a written word's tokens; what comes before its known endings may be unknown."""
    whole = _cover(word)
    if whole is not None:
        return whole
    for cut in range(1, len(word)):
        endings = _cover(word[cut:])
        if endings is not None and (endings[0] in _BEGINS or _can_end_a_noun(endings)):
            return (word[:cut], *endings)
    return (word,)


def _can_end_a_noun(endings: tuple[str, ...]) -> bool:
    particles = endings[1:] if endings[0] == "들" else endings
    return len(particles) == 1 and particles[0] in _PARTICLES


@cache
def _cover(word: str) -> tuple[str, ...] | None:
    """Return known tokens that spell a word, the longest first, or None."""
    if not word:
        return ()
    for length in range(len(word), 0, -1):
        piece = word[:length]
        if _READ_AS["ko"].get(piece, piece) in vocabulary("ko").ids:
            rest = _cover(word[length:])
            if rest is not None:
                return (piece, *rest)
    return None


def nearest(word: str, language: Language, kind: Kind = "other", count: int = 3) -> tuple[str, ...]:
    """Return the known words of a kind most alike in letters, Hangul compared by its jamo.

    Parameters
    ----------
    word : str
    language : {"ko", "en"}
    kind : {"noun", "verb", "other"}
        The last is any word but a verb.
    count : int
        At most so many.
    """
    known = {"".join(jamo(token)): token for token in _of_kind(language, kind)}
    close = difflib.get_close_matches("".join(jamo(word)), known, count, cutoff=0.3)
    return tuple(known[letters] for letters in close)


@cache
def _of_kind(language: Language, kind: Kind) -> tuple[str, ...]:
    nouns: set[str] = set()
    verbs: set[str] = set()
    for animate in ANIMATES:
        nouns |= {animate.ko} if language == "ko" else {animate.en, animate.plural}
    for complement in itertools.chain(complements("person"), complements("animal")):
        for part in complement.ko if language == "ko" else complement.en:
            if part.role in ("noun", "verb"):
                (nouns if part.role == "noun" else verbs).add(part.token)
    return tuple(
        token
        for token in vocabulary(language).tokens[len(SPECIAL) :]
        if token not in ENDINGS and token not in _BEGINS
        and (token in verbs if kind == "verb" else token not in verbs)
        and (token in nouns or kind != "noun")
    )  # fmt: skip


def join(tokens: Sequence[str], language: Language) -> str:
    """Return tokens as natural text: Korean spaced by written words, English as a sentence."""
    if not tokens:
        return ""
    if language == "ko":
        pieces = [token if token in ENDINGS else f" {token}" for token in tokens]
        return "".join(pieces).strip()
    said = " ".join(tokens)
    return f"{said[0].upper()}{said[1:]}."


def jamo(text: str) -> list[str]:
    """Return the letters of Hangul, other characters as they are."""
    return list(unicodedata.normalize("NFD", text))
