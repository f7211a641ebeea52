"""Sentences as arrays of token ids, and the order in which they are learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explainer.concepts.transformer.grammar import Pair, Split, parts, sample, sample_sentences
from explainer.concepts.transformer.model import LONGEST
from explainer.concepts.transformer.settings import Direction
from explainer.concepts.transformer.tokens import END_ID, PAD_ID, START_ID, vocabulary
from explainer.concepts.transformer.units import Unit, korean_pieces, spans, split
from explainer.lesson import Language

# Batches are cut from this many at a time, sorted by length, so that little is padding.
_SORTED_TOGETHER = 16


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Sentences with their translations, padded behind.

    Parameters
    ----------
    source : Tensor of int64, shape (N, longest source)
        Ends with the end token.
    target : Tensor of int64, shape (N, longest target)
        Begins with the start token and ends with the end token.
    source_lengths, target_lengths : ndarray of int64, shape (N,)
    """

    source: Tensor
    target: Tensor
    source_lengths: NDArray[np.int64]
    target_lengths: NDArray[np.int64]

    def batch(self, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor, Tensor | None]:
        """Return sources and targets without needless padding, and where the source is padded."""
        lengths = self.source_lengths[rows]
        longest = int(lengths.max())
        chosen = torch.from_numpy(rows)
        source = self.source[chosen, :longest]
        target = self.target[chosen, : int(self.target_lengths[rows].max())]
        return source, target, (source == PAD_ID if int(lengths.min()) < longest else None)

    def batches(self, seed: int, epoch: int, size: int) -> list[NDArray[np.int64]]:
        """Return an epoch's batches: sentences of like length together, in random order."""
        random = np.random.default_rng((seed, epoch))
        order = random.permutation(len(self.source_lengths))
        by_length = self.source_lengths * LONGEST + self.target_lengths
        batches: list[NDArray[np.int64]] = []
        for start in range(0, len(order), size * _SORTED_TOGETHER):
            part = order[start : start + size * _SORTED_TOGETHER]
            part = part[np.argsort(by_length[part], kind="stable")]
            batches += [part[i : i + size] for i in range(0, len(part), size)]
        return [batches[i] for i in random.permutation(len(batches))]

    def __len__(self) -> int:
        return len(self.source_lengths)


def encoded(
    korean: Sequence[Sequence[str]],
    english: Sequence[Sequence[str]],
    direction: Direction,
    unit: Unit = "morpheme",
) -> Pool:
    """Return sentences, given as tokens in both languages, as a pool; Korean split by unit."""
    ko = [korean_pieces(unit).encode(split(tokens, unit)) for tokens in korean]
    en = [vocabulary("en").encode(tokens) for tokens in english]
    sources, targets = (ko, en) if direction == "ko-en" else (en, ko)
    source, source_lengths = _padded([[*ids, END_ID] for ids in sources])
    target, target_lengths = _padded([[START_ID, *ids, END_ID] for ids in targets])
    return Pool(source, target, source_lengths, target_lengths)


def _padded(rows: list[list[int]]) -> tuple[Tensor, NDArray[np.int64]]:
    lengths = np.array([len(row) for row in rows])
    table = np.full((len(rows), int(lengths.max())), PAD_ID, np.int64)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row
    return torch.from_numpy(table), lengths


@cache
def training_pool(direction: Direction, size: int, unit: Unit = "morpheme") -> Pool:
    """Return the sentences that are learned from."""
    both = [parts(sentence) for sentence in sample_sentences("training", size)]
    return encoded(
        [[part.token for part in korean] for korean, _ in both],
        [[part.token for part in english] for _, english in both],
        direction,
        unit,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Exam:
    """Sentences that are never learned from, with their truth.

    Parameters
    ----------
    pairs : tuple of Pair
    pool : Pool
        The same, in the same order.
    true_keys : ndarray of int64, shape (N, longest target - 1, 2)
        For the row that writes a content word, the first source token it translates and the one
        behind the last; else -1.
    """

    pairs: tuple[Pair, ...]
    pool: Pool
    true_keys: NDArray[np.int64]


@cache
def exam(direction: Direction, held_out: Split, size: int, unit: Unit = "morpheme") -> Exam:
    """Return an exam of so many held-out sentences."""
    pairs = sample(held_out, size)
    pool = encoded([p.korean for p in pairs], [p.english for p in pairs], direction, unit)
    true_keys = np.full((len(pairs), pool.target.shape[1] - 1, 2), -1, np.int64)
    target: Language = "en" if direction == "ko-en" else "ko"
    for row, pair in enumerate(pairs):
        lies_in = spans(pair.korean, unit)
        for link in pair.alignment:
            if link.is_content:
                if target == "en":
                    true_keys[row, link.english] = lies_in[link.korean]
                else:
                    true_keys[row, link.korean] = (link.english, link.english + 1)
    return Exam(pairs, pool, true_keys)
