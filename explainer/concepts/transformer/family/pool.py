"""The same sentences under three objectives, as arrays of token ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explainer.concepts.transformer.family.tasks import (
    MASK,
    PREFIXES,
    TASKS,
    Task,
    asked,
    both,
    korean,
    negated,
    past,
)
from explainer.concepts.transformer.grammar import parts, sample_sentences
from explainer.concepts.transformer.pool import Pool
from explainer.concepts.transformer.tokens import END_ID, PAD_ID, START_ID

# Each word is hidden with this chance, one a sentence at least. BERT hides 15 % of long texts;
# ours have ten words.
HIDDEN = 0.2
# Of the hidden, the share whose word stays to be seen, and is asked for all the same (as BERT has
# it): else nothing would be learned of what a word that can be seen means in its sentence.
SEEN = 0.2
# How often each task is drawn: a translation has more to learn than a change of the ending.
SHARES: Mapping[Task, float] = MappingProxyType(
    {"translate": 0.55, "negate": 0.15, "question": 0.15, "past": 0.15}
)


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Sentences and, for each task, what is right.

    Parameters
    ----------
    sentences : Pool
        Korean between start and end as `target`; without the start as `source`.
    answers : mapping of Task to Pool
        Prefix and Korean as source, the right output as target.
    """

    sentences: Pool
    answers: Mapping[Task, Pool]


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, NDArray[np.int64]]:
    """Return rows of ids padded behind to the longest, and their lengths."""
    lengths = np.array([len(row) for row in rows])
    table = np.full((len(rows), int(lengths.max())), PAD_ID, np.int64)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row
    return torch.from_numpy(table), lengths


def _pool(sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]]) -> Pool:
    source, source_lengths = padded([[*ids, END_ID] for ids in sources])
    target, target_lengths = padded([[START_ID, *ids, END_ID] for ids in targets])
    return Pool(source, target, source_lengths, target_lengths)


def lesson_of(said: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> Lesson:
    """Return sentences, given as tokens in Korean and in English, under every objective."""
    known = both()
    ko = [known.encode(tokens) for tokens, _ in said]
    right: dict[Task, list[list[int]]] = {
        "translate": [known.encode(english) for _, english in said],
        "negate": [known.encode(negated(tokens)) for tokens, _ in said],
        "question": [known.encode(asked(tokens)) for tokens, _ in said],
        "past": [known.encode(past(tokens)) for tokens, _ in said],
    }
    prefixes = known.ids
    answers = {
        task: _pool([[prefixes[PREFIXES[task]], *ids] for ids in ko], right[task]) for task in TASKS
    }
    return Lesson(_pool(ko, ko), MappingProxyType(answers))


@cache
def training_lesson(size: int) -> Lesson:
    """Return the sentences that are learned from."""
    said = []
    for sentence in sample_sentences("training", size):
        ko, en = parts(sentence)
        said.append((tuple(p.token for p in ko), tuple(p.token for p in en)))
    return lesson_of(said)


def hide(tokens: Tensor, random: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Hide words of sentences.

    Parameters
    ----------
    tokens : Tensor of int64, shape (B, T)
        Each ends with the end token, which is never hidden; padded behind.
    random : numpy.random.Generator

    Returns
    -------
    Tensor of int64, shape (B, T)
        What the model sees.
    Tensor of int64, shape (B, T)
        What is asked for: the words that were hidden; padding elsewhere.
    """
    ids = tokens.numpy()
    is_word = (ids != PAD_ID) & (ids != END_ID)
    drawn = np.where(is_word, random.random(ids.shape), np.inf)
    # Where chance hides nothing, the word that came nearest to it.
    is_hidden = (drawn < HIDDEN) | (drawn == drawn.min(axis=1, keepdims=True))
    is_seen = random.random(ids.shape) < SEEN
    shown = np.where(is_hidden & ~is_seen, korean().ids[MASK], ids)
    wanted = np.where(is_hidden, ids, PAD_ID)
    return torch.from_numpy(shown), torch.from_numpy(wanted)


def prefixed(
    lesson: Lesson, rows: NDArray[np.int64], random: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor | None]:
    """Return sentences with a task drawn for each: sources, targets, where sources are padded."""
    drawn = random.choice(len(TASKS), len(rows), p=[SHARES[task] for task in TASKS])
    sources, targets = [], []
    for row, place in zip(rows, drawn, strict=True):
        answer = lesson.answers[TASKS[place]]
        sources.append(answer.source[row, : answer.source_lengths[row]])
        targets.append(answer.target[row, : answer.target_lengths[row]])
    source = torch.nn.utils.rnn.pad_sequence(sources, True, PAD_ID)
    target = torch.nn.utils.rnn.pad_sequence(targets, True, PAD_ID)
    pad = source == PAD_ID
    return source, target, (pad if bool(pad.any()) else None)
