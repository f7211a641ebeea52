"""From logits to the next token: temperature, top-k and top-p; no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen.

    Parameters
    ----------
    temperature : float
        Logits are divided by it; 0 takes the likeliest token.
    top_k : int
        Only the k likeliest stay; 0 keeps all.
    top_p : float
        Only the likeliest that together reach this share stay; 1 keeps all.
    seed : int
        Draws the tokens.
    """

    temperature: float = 0.0
    top_k: int = 0
    top_p: float = 1.0
    seed: int = 0


GREEDY = Sampling()


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The next token's candidates under a way of choosing.

    Attributes
    ----------
    probabilities : ndarray, shape (..., V)
        After temperature and cut, summing to 1; 0 where cut.
    uncut : ndarray, shape (..., V)
        After temperature, before the cut.
    is_kept : ndarray of bool, shape (..., V)
    """

    probabilities: Floats
    uncut: Floats
    is_kept: NDArray[np.bool_]


def candidates(logits: Floats, sampling: Sampling) -> Candidates:
    """Return what temperature, top-k and top-p make of logits, shape (..., V).

    Top-k cuts first; top-p then counts the shares of what is left. The token that crosses the
    share stays, and at least one always does.
    """
    if sampling.temperature == 0:
        is_kept = np.zeros(logits.shape, bool)
        np.put_along_axis(is_kept, logits.argmax(axis=-1)[..., None], True, axis=-1)
        return Candidates(is_kept.astype(np.float32), softmax(logits), is_kept)
    uncut = softmax(logits / np.float32(sampling.temperature))
    order = np.argsort(-uncut, axis=-1, kind="stable")
    ranked = np.take_along_axis(uncut, order, axis=-1)
    if sampling.top_k:
        ranked[..., sampling.top_k :] = 0
    ranked /= ranked.sum(axis=-1, keepdims=True)
    reached_before = ranked.cumsum(axis=-1) - ranked
    stays = (ranked > 0) & (reached_before < sampling.top_p)
    stays[..., 0] = True
    is_kept = np.zeros(uncut.shape, bool)
    np.put_along_axis(is_kept, order, stays, axis=-1)
    probabilities = np.where(is_kept, uncut, np.float32(0))
    probabilities /= probabilities.sum(axis=-1, keepdims=True)
    return Candidates(probabilities, uncut, is_kept)


def choose(logits: Floats, sampling: Sampling, random: np.random.Generator) -> NDArray[np.int64]:
    """Return one token id for each row of logits, shape (B, V)."""
    if sampling.temperature == 0:
        return np.asarray(logits.argmax(axis=-1), np.int64)
    reached = candidates(logits, sampling).probabilities.astype(np.float64).cumsum(axis=-1)
    drawn = random.random((len(logits), 1)) * reached[:, -1:]
    return np.asarray((reached <= drawn).sum(axis=-1), np.int64)


def softmax(logits: Floats) -> Floats:
    """Return probabilities along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares
