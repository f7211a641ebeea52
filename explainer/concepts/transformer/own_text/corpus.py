"""A text made ready to learn from: what is held out, its tokens, what simple counting knows."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explainer.concepts.transformer.own_text.bpe import BytePairs
from explainer.concepts.transformer.own_text.course import course
from explainer.concepts.transformer.own_text.reading import TextFile, read_text
from explainer.lesson import Language

Tokens = NDArray[np.int64]

# What a text is called that is no file: the program's own lessons.
COURSE: dict[str, Language] = {"": "ko", "course-en": "en"}
# Characters of a block: about a paragraph, and in a short text less, so that what is held out
# comes from ten places at least.
_SHORTEST_BLOCK, _LONGEST_BLOCK = 200, 800
_HELD_OUT = 10  # every tenth block


@dataclass(frozen=True, slots=True)
class Baselines:
    """Bits per byte of held-out text by counting alone, without a net.

    Parameters
    ----------
    uniform, unigram, bigram : float
        All tokens alike; by how often a token occurs; by how often it follows the one before.
    """

    uniform: float
    unigram: float
    bigram: float


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """A text, cut and counted.

    Parameters
    ----------
    source : TextFile
    learned, held_out : str
        What is learned from and what is kept apart.
    pairs : BytePairs
        Learned from `learned` alone.
    tokens, held_tokens : ndarray of int64, shape (tokens,)
        Of both, read-only.
    alphabet : frozenset of str
        Characters of `learned`.
    baselines : Baselines
    """

    source: TextFile
    learned: str
    held_out: str
    pairs: BytePairs
    tokens: Tokens
    held_tokens: Tokens
    alphabet: frozenset[str]
    baselines: Baselines

    @property
    def bytes_per_token(self) -> float:
        """Bytes of a held-out token, on average."""
        return len(self.held_out.encode()) / len(self.held_tokens)


def corpus(text: str) -> Corpus:
    """Return a text made ready.

    Parameters
    ----------
    text : str
        The path of a file, or a key of `COURSE`.

    Raises
    ------
    Problem
        If the file cannot be learned from.
    """
    if text in COURSE:
        return _prepared(text, None)
    try:
        stat = os.stat(os.path.expanduser(text))
        version = (stat.st_mtime_ns, stat.st_size)
    except (OSError, ValueError):
        version = None  # reading it says what is wrong
    return _prepared(text, version)


@lru_cache(maxsize=3)
def _prepared(text: str, version: tuple[int, int] | None) -> Corpus:
    """Prepare once for each version of a file: a text of 5 MB takes seconds."""
    if text in COURSE:
        said = course(COURSE[text])
        source = TextFile(text, said, "UTF-8", len(said.encode()))
    else:
        source = read_text(text)
    learned, held_out = split(source.text)
    pairs = BytePairs(learned)
    tokens, held_tokens = (_numbers(pairs.encode(part)) for part in (learned, held_out))
    counted = baselines(tokens, held_tokens, len(held_out.encode()), len(pairs))
    alphabet = frozenset(learned)
    return Corpus(source, learned, held_out, pairs, tokens, held_tokens, alphabet, counted)


def split(text: str) -> tuple[str, str]:
    """Return what is learned from and what is held out: every tenth block, cut at line ends.

    A text of fewer than ten blocks holds out its last tenth.
    """
    block = min(max(len(text) // 100, _SHORTEST_BLOCK), _LONGEST_BLOCK)
    blocks, start = [], 0
    while start < len(text):
        end = text.find("\n", start + block - 1) + 1 or len(text)
        end = min(end, start + 2 * block)  # a line without an end
        blocks.append(text[start:end])
        start = end
    if len(blocks) < _HELD_OUT:
        cut = len(text) * 9 // 10
        return text[:cut], text[cut:]
    learned = "".join(b for place, b in enumerate(blocks, 1) if place % _HELD_OUT)
    return learned, "".join(blocks[_HELD_OUT - 1 :: _HELD_OUT])


def baselines(tokens: Tokens, held_out: Tokens, size: int, vocabulary: int) -> Baselines:
    """Return bits per byte by counting.

    Every token counts once more than it occurs, so that none is impossible; a bigram is mixed
    with the unigram by how often its first token was seen (Witten and Bell, 1991).

    Parameters
    ----------
    tokens, held_out : ndarray of int64
        Counted in, and foretold.
    size : int
        Bytes of what is foretold.
    vocabulary : int
    """
    counts = np.bincount(tokens, minlength=vocabulary)
    unigram = (counts + 1) / (counts.sum() + vocabulary)
    follows = np.zeros((vocabulary, vocabulary), np.int64)
    np.add.at(follows, (tokens[:-1], tokens[1:]), 1)
    seen, kinds = follows.sum(axis=1), (follows > 0).sum(axis=1)
    before, after = held_out[:-1], held_out[1:]
    mixed = (follows[before, after] + np.maximum(kinds[before], 1) * unigram[after]) / (
        seen[before] + np.maximum(kinds[before], 1)
    )
    first = -np.log2(unigram[held_out[0]])  # nothing stands before it
    return Baselines(
        uniform=float(np.log2(vocabulary) * len(held_out) / size),
        unigram=float(-np.log2(unigram[held_out]).sum() / size),
        bigram=float((first - np.log2(mixed).sum()) / size),
    )


def _numbers(tokens: list[int]) -> Tokens:
    array = np.array(tokens, np.int64)
    array.setflags(write=False)
    return array
