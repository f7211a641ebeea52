"""Measured over held-out sentences: what heads look at, what cuts cost, what sampling invents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explainer.concepts.transformer.answers import DamageReport, HeadScores, SamplingRate
from explainer.concepts.transformer.cuts import INTACT, PLACES, Cuts, Place, truths
from explainer.concepts.transformer.grammar import (
    RELATION_KINDS,
    Pair,
    RelationKind,
    Split,
    sample,
)
from explainer.concepts.transformer.multihead import Interventions, Trace
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.pool import Pool, encoded
from explainer.concepts.transformer.reading import decode, interventions
from explainer.concepts.transformer.sampling import Sampling
from explainer.concepts.transformer.settings import Direction
from explainer.concepts.transformer.tokens import END_ID, PAD_ID
from explainer.concepts.transformer.translator import Translator
from explainer.concepts.transformer.units import Unit
from explainer.lesson import Language

_BATCH = 64
# Answered in parts of so many sentences, so that what is typed meanwhile waits 10 ms (measured).
_SLICE, _SCORED_SLICE = 8, 16


def _sentences(
    translator: Translator, pairs: tuple[Pair, ...]
) -> Iterator[tuple[tuple[Pair, ...], Tensor, Tensor, Tensor]]:
    """Yield batches of sentences of like length: pairs, sources, targets, source padding."""
    source, target = translator.source.language, translator.target.language
    pairs = tuple(sorted(pairs, key=lambda p: (len(p.tokens(source)), len(p.tokens(target)))))
    device = translator.net.output.weight.device
    pool = _encoded(pairs, "ko-en" if source == "ko" else "en-ko", translator.unit)
    for start in range(0, len(pairs), _BATCH):
        rows = np.arange(start, min(start + _BATCH, len(pairs)))
        sources, targets, _ = pool.batch(rows)
        chosen = pairs[start : start + _BATCH]
        yield chosen, sources.to(device), targets.to(device), (sources == PAD_ID).to(device)


@cache
def _encoded(pairs: tuple[Pair, ...], direction: Direction, unit: Unit) -> Pool:
    return encoded([p.korean for p in pairs], [p.english for p in pairs], direction, unit)


def score_heads(translator: Translator, sentences: int) -> Iterator[HeadScores]:
    """Yield how often each head's largest weight falls on the cells the grammar knows.

    Each time over more sentences than before.
    """
    translator.require_morphemes()
    kinds = (*RELATION_KINDS, "translation")
    heads = translator.net.heads
    hits = {place: np.zeros((heads, len(kinds))) for place in PLACES}
    weight = {place: np.zeros((heads, len(kinds))) for place in PLACES}
    chance = {place: np.zeros(len(kinds)) for place in PLACES}
    counts = {place: np.zeros(len(kinds), np.int64) for place in PLACES}
    wanted = sample("sentences", sentences)
    for start in range(0, len(wanted), _SCORED_SLICE):
        part = wanted[start : start + _SCORED_SLICE]
        score_sentences(translator, part, kinds, hits, weight, chance, counts)
        yield HeadScores(
            relations=kinds,
            shares=_per_cell(hits, counts),
            weights=_per_cell(weight, counts),
            chance=_per_cell(chance, counts),
            counts=MappingProxyType({place: count.copy() for place, count in counts.items()}),
            sentences=start + len(part),
        )


@torch.no_grad()
def score_sentences(
    translator: Translator,
    wanted: tuple[Pair, ...],
    kinds: tuple[str, ...],
    hits: dict[Place, NDArray[np.float64]],
    weight: dict[Place, NDArray[np.float64]],
    chance: dict[Place, NDArray[np.float64]],
    counts: dict[Place, NDArray[np.int64]],
) -> None:
    """Add what some sentences have to the totals: (heads, kinds) each, or (kinds,)."""
    source = translator.source.language
    for pairs, sources, targets, source_pad in _sentences(translator, wanted):
        trace = Trace()
        translator.net(sources, targets[:, :-1], source_pad, trace=trace)
        for place in PLACES:
            weights = trace.attention[place].weights.cpu().numpy()
            rows, queries, keys, relations = _cells(pairs, source, place)
            if not len(rows):
                continue
            shares = weights[rows, :, queries]  # (cells, heads, columns)
            hit = shares.argmax(axis=2) == keys[:, None]
            # A decoder row sees itself and all before; a source ends with its end token.
            seen = queries + 1 if place.kind == "decoder" else _lengths(pairs, source)[rows] + 1
            np.add.at(hits[place].T, relations, hit)
            np.add.at(weight[place].T, relations, shares[np.arange(len(rows)), :, keys])
            np.add.at(chance[place], relations, 1 / seen)
            np.add.at(counts[place], relations, 1)


def _lengths(pairs: Sequence[Pair], language: Language) -> NDArray[np.int64]:
    return np.array([len(pair.tokens(language)) for pair in pairs])


def _cells(
    pairs: Sequence[Pair], source: Language, place: Place
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the true cells of a batch: sentence, row, column and kind of relation."""
    kinds = (*RELATION_KINDS, "translation")
    cells = []
    for sentence, pair in enumerate(pairs):
        for truth in truths(pair, source, place.kind):
            cells.append((sentence, truth.row, truth.column, kinds.index(truth.relation)))
        if place.kind == "cross":
            for link in pair.alignment:
                if link.is_content:
                    both = (link.english, link.korean)
                    row, column = both if source == "ko" else both[::-1]
                    cells.append((sentence, row, column, len(kinds) - 1))
    table = np.array(cells, np.int64).reshape(-1, 4)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3]


def _per_cell(
    totals: dict[Place, NDArray[np.float64]], counts: dict[Place, NDArray[np.int64]]
) -> MappingProxyType[Place, NDArray[np.float32]]:
    means = {}
    for place, total in totals.items():
        some = np.where(counts[place] > 0, counts[place], np.nan)
        means[place] = (total / some).astype(np.float32)
        means[place].flags.writeable = False
    return MappingProxyType(means)


@cache
def _having(relation: RelationKind | None, split: Split, size: int) -> tuple[Pair, ...]:
    if relation is None:
        return sample(split, size)
    among = size
    while True:
        found = tuple(
            pair for pair in sample(split, among) if any(r.kind == relation for r in pair.relations)
        )
        if len(found) >= size:
            return found[:size]
        among *= 2


def damage(
    translator: Translator,
    cuts: Cuts,
    sentences: int,
    having: RelationKind | None,
    split: Split,
) -> Iterator[DamageReport]:
    """Yield what a cut costs, over a few more sentences each time.

    The true translation is fed in: greedy decoding is right to the last token if and only if
    every next token is then foretold rightly.
    """
    pairs = _having(having, split, sentences)
    whole = np.zeros(2, np.int64)  # intact, cut
    right = np.zeros((2, len(RELATION_KINDS)))
    counts = np.zeros(len(RELATION_KINDS), np.int64)
    for start in range(0, len(pairs), _SLICE):
        part = pairs[start : start + _SLICE]
        for way, made in enumerate((INTACT, cuts)):
            wholly, words, count = _foretell(translator, part, made)
            whole[way] += wholly
            right[way] += words
        counts += count
        done = start + len(part)
        shares = {
            kind: (float(right[0, i] / counts[i]), float(right[1, i] / counts[i]), int(counts[i]))
            for i, kind in enumerate(RELATION_KINDS)
            if counts[i]
        }
        yield DamageReport(
            float(whole[0] / done), float(whole[1] / done), MappingProxyType(shares),
            done, len(pairs),
        )  # fmt: skip


# Between slices gradients are wanted again: a generator would keep them off for the training.
@torch.no_grad()
def _foretell(
    translator: Translator, pairs: tuple[Pair, ...], cuts: Cuts
) -> tuple[int, NDArray[np.float64], NDArray[np.int64]]:
    """Return how many sentences were foretold wholly, and per relation words right and words."""
    target = translator.target.language
    whole = 0
    right = np.zeros(len(RELATION_KINDS))
    count = np.zeros(len(RELATION_KINDS), np.int64)
    for batch, sources, targets, source_pad in _sentences(translator, pairs):
        cut = interventions(cuts, translator, batch)
        logits = translator.net(sources, targets[:, :-1], source_pad, cut)
        wanted = targets[:, 1:]
        is_right = (logits.argmax(dim=-1) == wanted).cpu().numpy()
        whole += int((is_right | (wanted == PAD_ID).cpu().numpy()).all(axis=1).sum())
        for row, pair in enumerate(batch):
            for kind, place in _words_that_need(pair, target):
                right[RELATION_KINDS.index(kind)] += is_right[row, place]
                count[RELATION_KINDS.index(kind)] += 1
    return whole, right, count


def _words_that_need(pair: Pair, target: Language) -> set[tuple[RelationKind, int]]:
    return {(r.kind, r.query) for r in pair.relations if r.query_language == target}


def hallucination_rates(
    translator: Translator, ways: Sequence[Sampling], sentences: int
) -> tuple[SamplingRate, ...]:
    """Return what becomes of held-out sentences sampled in each way."""
    pairs = sample("sentences", sentences)
    return tuple(_rate(translator, pairs, way) for way in ways)


def _rate(translator: Translator, pairs: tuple[Pair, ...], way: Sampling) -> SamplingRate:
    target = translator.target.language
    right = fluent = 0
    sure: list[float] = []
    for batch, sources, _, source_pad in _sentences(translator, pairs):
        ids = decode(translator, sources, source_pad, way, Interventions())
        written = torch.from_numpy(ids).to(sources.device)
        logits = translator.net(sources, written[:, :-1], source_pad)
        given = logits.softmax(dim=-1).gather(2, written[:, 1:, None])[..., 0].cpu().numpy()
        for row, pair in enumerate(batch):
            is_word = (ids[row, 1:] != PAD_ID) & (ids[row, 1:] != END_ID)
            words = translator.target.decode(ids[row, 1:][is_word])
            if words == pair.tokens(target):
                right += 1
            elif parse(words, target) is not None:
                fluent += 1
                sure.append(float(given[row][is_word].mean()))
    count = len(pairs)
    return SamplingRate(
        temperature=way.temperature,
        right=right / count,
        fluent_wrong=fluent / count,
        broken=(count - right - fluent) / count,
        confidence=float(np.mean(sure)) if sure else float("nan"),
        sentences=count,
    )
