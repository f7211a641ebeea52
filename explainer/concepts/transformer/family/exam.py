"""What each of the three does on sentences that none has learned from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F

from explainer.concepts.transformer.family.incremental import causal_reader
from explainer.concepts.transformer.family.knowing import knowledge
from explainer.concepts.transformer.family.models import LanguageModel
from explainer.concepts.transformer.family.pool import Lesson, lesson_of, padded
from explainer.concepts.transformer.family.tasks import MASK, TASKS, Task, korean
from explainer.concepts.transformer.grammar import Split, sample
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.sampling import Sampling, choose
from explainer.concepts.transformer.tokens import END_ID, PAD_ID, SPECIAL, START_ID

if TYPE_CHECKING:
    from explainer.concepts.transformer.family.family import Family

MASKED, CONTINUED, PREFIXED = 48, 96, 64  # sentences read at every evaluation
LONGEST_OUTPUT = 24  # tokens; sentences of the grammar have at most 16
_BATCH = 128


@dataclass(frozen=True, slots=True)
class Gap:
    """A word taken out of a sentence, where the grammar leaves one word only.

    Parameters
    ----------
    tokens : tuple of str
        The whole sentence.
    place : int
        Of the word that is hidden.
    """

    tokens: tuple[str, ...]
    place: int


def fitting(tokens: Sequence[str], place: int, most: int | None = None) -> tuple[str, ...]:
    """Return the tokens that make a sentence of the grammar at a place.

    Parameters
    ----------
    tokens : sequence of str
        A Korean sentence; what stands at `place` does not matter.
    place : int
    most : int, optional
        Stop after so many.
    """
    before, after = tuple(tokens[:place]), tuple(tokens[place + 1 :])
    found: list[str] = []
    for token in korean().tokens[len(SPECIAL) :]:
        if token != MASK and parse((*before, token, *after), "ko") is not None:
            found.append(token)
            if len(found) == most:
                break
    return tuple(found)


@cache
def gaps(split: Split, sentences: int) -> tuple[Gap, ...]:
    """Return every word of held-out sentences that the grammar determines.

    A word is determined if it is the only token that makes a sentence of the grammar there:
    particles, endings, 들 before 이, the place particle that the verb asks for, the homonym that
    one verb alone leaves.
    """
    return tuple(
        Gap(pair.korean, place)
        for pair in sample(split, sentences)
        for place in range(len(pair.korean))
        if len(fitting(pair.korean, place, 2)) == 1
    )


def filled_right(net: LanguageModel, asked: Sequence[Gap]) -> float:
    """Return the share of gaps in which the likeliest token is the true one."""
    known = korean()
    right = 0
    for start in range(0, len(asked), _BATCH):
        part = asked[start : start + _BATCH]
        tokens, _ = padded([[*known.encode(gap.tokens), END_ID] for gap in part])
        rows, places = torch.arange(len(part)), torch.tensor([gap.place for gap in part])
        wanted = tokens[rows, places]
        tokens[rows, places] = known.ids[MASK]
        here = tokens.to(_device(net))
        logits = net(here, here == PAD_ID)[rows, places]
        right += int((logits.argmax(dim=-1).cpu() == wanted).sum())
    return right / len(asked)


def perplexity(net: LanguageModel, split: Split, sentences: int) -> float:
    """Return exp of the mean cross-entropy of the next token, the end among them."""
    known = korean()
    rows = [[START_ID, *known.encode(p.korean), END_ID] for p in sample(split, sentences)]
    tokens = padded(rows)[0].to(_device(net))
    logits = net(tokens[:, :-1])
    loss = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten(), ignore_index=PAD_ID)
    return math.exp(loss.item())


def continued(
    net: LanguageModel, prompts: Sequence[Sequence[str]], sampling: Sampling
) -> list[list[int]]:
    """Return prompts of one length continued, token by token, as ids.

    Each ends with the end token, unless the model did not stop.
    """
    known = korean()
    random = np.random.default_rng(sampling.seed)
    ids = np.array([[START_ID, *known.encode(prompt)] for prompt in prompts])
    is_over = np.zeros(len(ids), bool)
    reader = causal_reader(net, len(ids))  # reads no token twice
    while not is_over.all() and ids.shape[1] <= LONGEST_OUTPUT:
        logits = reader.read(ids)  # (B, V)
        drawn = choose(logits, sampling, random)
        drawn[is_over] = PAD_ID
        is_over |= drawn == END_ID
        ids = np.concatenate([ids, drawn[:, None]], axis=1)
    return [[int(i) for i in row[1:] if i != PAD_ID] for row in ids]


def grammatical(net: LanguageModel, split: Split, sentences: int) -> float:
    """Return the share of continuations drawn at temperature 1 that are sentences.

    The prompts are the subjects of held-out sentences with their particle.
    """
    by_length: dict[int, list[tuple[str, ...]]] = {}
    for pair in sample(split, sentences):
        end = next(i for i, token in enumerate(pair.korean) if token in ("이", "가")) + 1
        by_length.setdefault(end, []).append(pair.korean[:end])
    right = 0
    for length, prompts in sorted(by_length.items()):
        written = continued(net, prompts, Sampling(temperature=1.0, seed=length))
        right += sum(
            ids[-1] == END_ID and parse(korean().decode(ids[:-1]), "ko") is not None
            for ids in written
        )
    return right / sentences


@cache
def tasks_exam(split: Split, sentences: int) -> Lesson:
    """Return held-out sentences with what is right under every prefix."""
    return lesson_of([(pair.korean, pair.english) for pair in sample(split, sentences)])


def exact(family: Family, task: Task, split: Split, sentences: int) -> float:
    """Return the share of outputs under a prefix that are right to the last token, greedily.

    The true output is fed in: the greedy one is right to the last token if and only if every
    next token is then foretold rightly.
    """
    pool = tasks_exam(split, sentences).answers[task]
    right = 0
    for rows in np.array_split(np.arange(len(pool)), math.ceil(len(pool) / _BATCH)):
        source, target, pad = pool.batch(rows)
        source, target = source.to(family.device), target.to(family.device)
        pad = None if pad is None else pad.to(family.device)
        foretold = family.prefix(source, target[:, :-1], pad).argmax(dim=-1)
        wanted = target[:, 1:]
        right += int(((foretold == wanted) | (wanted == PAD_ID)).all(dim=1).sum())
    return right / len(pool)


def measured(family: Family) -> dict[str, float]:
    """Return all of `Family.measure`."""
    known = knowledge(family, 1)
    return {
        "masked": filled_right(family.masked, gaps("sentences", MASKED)),
        "continued": grammatical(family.causal, "sentences", CONTINUED),
        "perplexity": perplexity(family.causal, "sentences", CONTINUED),
        "prefixes": float(np.mean([exact(family, task, "sentences", PREFIXED) for task in TASKS])),
        "probe_masked": float(known.shares[0, 0]),
        "probe_causal": float(known.shares[1, 0]),
    }


def _device(net: LanguageModel) -> torch.device:
    return net.embedding.weight.device
