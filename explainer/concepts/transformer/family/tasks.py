"""What a prefix asks for, and what the grammar says is right; no torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Literal

from explainer.concepts.transformer.grammar import TAILS, eojeols_of
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.tokens import Vocabulary, join, vocabulary
from explainer.lesson import Language, Text

Task = Literal["translate", "negate", "question", "past"]
TASKS: tuple[Task, ...] = ("translate", "negate", "question", "past")

MASK = "<mask>"
# The first token that the encoder-decoder reads.
PREFIXES: Mapping[Task, str] = MappingProxyType(
    {"translate": "번역:", "negate": "부정:", "question": "질문:", "past": "과거:"}
)
NAMES: Mapping[Task, Text] = MappingProxyType(
    {
        "translate": Text("translate", "번역"),
        "negate": Text("say the opposite", "부정"),
        "question": Text("ask", "질문"),
        "past": Text("past", "과거"),
    }
)
# 있다 becomes 있니?, 있었다 있었니?, 않다 않니?: the plain question of the plain statement.
_STATES, _ASKS, MARK = "다", "니", "?"

_ENDINGS = {tuple(part.token for part in tail): said for said, tail in TAILS.items()}
_TAILS = {said: tokens for tokens, said in _ENDINGS.items()}


@cache
def korean() -> Vocabulary:
    """Return what the masked and the causal model know: the grammar's Korean, and the mask."""
    return Vocabulary("ko", (*vocabulary("ko").tokens, MASK))


@cache
def both() -> Vocabulary:
    """Return what the encoder-decoder knows: the same tokens first, questions, prefixes, English.

    Its language is Korean since it reads Korean.
    """
    english = tuple(t for t in vocabulary("en").tokens if t not in korean().ids)
    return Vocabulary("ko", (*korean().tokens, _ASKS, MARK, *PREFIXES.values(), *english))


def split_tail(tokens: Sequence[str]) -> tuple[tuple[str, ...], tuple[bool, bool]] | None:
    """Return what comes before 있다, and (past, negated); None if it does not end so."""
    for ending, said in _ENDINGS.items():
        if tuple(tokens[-len(ending) :]) == ending:
            return tuple(tokens[: -len(ending)]), said
    return None


def negated(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return the opposite of a Korean statement: what was negated is so no more.

    Raises
    ------
    ValueError
        If the tokens do not end as the grammar's sentences do.
    """
    stem, (is_past, is_negated) = _checked(tokens)
    return (*stem, *_TAILS[is_past, not is_negated])


def past(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return a Korean statement in the past; what is past stays so.

    Raises
    ------
    ValueError
        If the tokens do not end as the grammar's sentences do.
    """
    stem, (_, is_negated) = _checked(tokens)
    return (*stem, *_TAILS[True, is_negated])


def asked(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return the question a Korean statement answers.

    Raises
    ------
    ValueError
        If the tokens do not end as the grammar's sentences do.
    """
    _checked(tokens)
    return (*tokens[:-1], _ASKS, MARK)


def stated(tokens: Sequence[str]) -> tuple[str, ...] | None:
    """Return the statement that answers a Korean question; None if it is no such question."""
    if tuple(tokens[-2:]) != (_ASKS, MARK):
        return None
    statement = (*tokens[:-2], _STATES)
    return statement if split_tail(statement) is not None else None


def _checked(tokens: Sequence[str]) -> tuple[tuple[str, ...], tuple[bool, bool]]:
    found = split_tail(tokens)
    if found is None:
        raise ValueError(f"no statement of the grammar: {' '.join(tokens)}")
    return found


def expected(task: Task, tokens: Sequence[str]) -> tuple[str, ...] | None:
    """Return what is right for a Korean sentence; None if the grammar does not have it."""
    pair = parse(tokens, "ko")
    if pair is None:
        return None
    if task == "translate":
        return pair.english
    change = {"negate": negated, "question": asked, "past": past}[task]
    return change(pair.korean)


def written_in(task: Task) -> Language:
    """Return the language of a task's output."""
    return "en" if task == "translate" else "ko"


def said(tokens: Sequence[str], task: Task) -> str:
    """Return an output as natural text; what may be no sentence is joined all the same."""
    if task == "translate":
        return join(tokens, "en")
    words: list[str] = []
    for token, place in zip(tokens, words_of(tokens), strict=True):
        if place == len(words):
            words.append(token)
        else:
            words[place] += token
    return " ".join(words)


def words_of(tokens: Sequence[str]) -> tuple[int, ...]:
    """Return for each Korean token, those of questions too, the written word it is part of."""
    plain = [_STATES if token in (_ASKS, MARK) else token for token in tokens]
    return eojeols_of(tuple(plain))
