"""Keys and values that are kept: one more token then costs one row, not the whole text again.

Under a causal mask no token sees what comes after it, so nothing written later changes the keys and
values of what stands before: N. Shazeer, "Fast transformer decoding: one write-head is all you
need", 2019, on incremental inference. The logits are those of the model reading the whole text.

A row so short costs more in calls than in arithmetic, and numpy's calls are the cheaper ones: it is
asked instead of torch, for the same sums over the same weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor, nn

Floats = NDArray[np.float32]


class Linear(NamedTuple):
    """x W + b."""

    weight: Floats  # (in, out)
    bias: Floats  # (out,)

    def __call__(self, x: Floats) -> Floats:
        """Return shape (rows, out)."""
        return x @ self.weight + self.bias

    @classmethod
    def of(cls, *modules: nn.Linear) -> Linear:
        """Return torch's layers as one, their outputs side by side."""
        weight = np.concatenate([array(module.weight) for module in modules])  # (out, in)
        return cls(weight.T, np.concatenate([array(module.bias) for module in modules]))


class Norm(NamedTuple):
    """Layer norm: each row about its mean, by its spread."""

    gain: Floats  # (d_model,)
    shift: Floats  # (d_model,)
    epsilon: float

    def __call__(self, x: Floats) -> Floats:
        """Return shape (rows, d_model)."""
        centred = x - x.sum(axis=-1, keepdims=True) / x.shape[-1]
        variance = (centred * centred).sum(axis=-1, keepdims=True) / x.shape[-1]
        normed: Floats = centred / np.sqrt(variance + self.epsilon) * self.gain + self.shift
        return normed

    @classmethod
    def of(cls, module: nn.LayerNorm) -> Norm:
        """Return torch's layer norm."""
        return cls(array(module.weight), array(module.bias), module.eps)


@dataclass(slots=True, eq=False)
class SelfAttention:
    """A causal attention that keeps the keys and values of all tokens read so far.

    Parameters
    ----------
    norm : Norm
        Of what comes in.
    qkv, output : Linear
        Queries, keys and values side by side; what is gathered, back into the stream.
    heads : int
    k, v : ndarray, shape (B, heads, longest, d_k)
        Filled from the left.
    """

    norm: Norm
    qkv: Linear
    output: Linear
    heads: int
    k: Floats
    v: Floats

    def added(self, x: Floats, start: int) -> Floats:
        """Return what new tokens gather from themselves and all before, shape (B * new, d_model).

        Parameters
        ----------
        x : ndarray, shape (B * new, d_model)
        start : int
            Tokens of each text that were read before.
        """
        batch = len(self.k)
        q, k, v = split(self.qkv(self.norm(x)), batch, 3, self.heads)  # (B, heads, new, d_k)
        end = start + q.shape[2]
        self.k[:, :, start:end], self.v[:, :, start:end] = k, v
        gathered = gather(q, self.k[:, :, :end], self.v[:, :, :end], is_causal=True)
        return self.output(gathered)


@dataclass(frozen=True, slots=True, eq=False)
class CrossAttention:
    """An attention to a source, whose keys and values never change.

    Parameters
    ----------
    norm : Norm
    q, output : Linear
    heads : int
    k, v : ndarray, shape (B, heads, source, d_k)
    """

    norm: Norm
    q: Linear
    output: Linear
    heads: int
    k: Floats
    v: Floats

    def added(self, x: Floats, start: int) -> Floats:
        """Return what new tokens gather from the source, shape (B * new, d_model)."""
        (q,) = split(self.q(self.norm(x)), len(self.k), 1, self.heads)
        return self.output(gather(q, self.k, self.v, is_causal=False))


@dataclass(frozen=True, slots=True, eq=False)
class FeedForward:
    """Two linear layers with a ReLU between."""

    norm: Norm
    w_1: Linear
    w_2: Linear

    def added(self, x: Floats, start: int) -> Floats:
        """Return shape (B * new, d_model)."""
        return self.w_2(np.maximum(self.w_1(self.norm(x)), np.float32(0)))


@dataclass(slots=True, eq=False)
class Reader:
    """A model that reads a text piece by piece, keeping what it has read.

    Parameters
    ----------
    table : ndarray, shape (V, d_model)
        Reads tokens, and writes them.
    scale : float
        By which a token's vector is multiplied where it is read.
    positions : ndarray, shape (longest, d_model)
    parts : sequence
        Each normalises what comes in and adds to it.
    norm : Norm
    length : int
        Tokens of each text read so far.
    """

    table: Floats
    scale: float
    positions: Floats
    parts: Sequence[SelfAttention | CrossAttention | FeedForward]
    norm: Norm
    length: int = 0

    def read(self, tokens: NDArray[np.int64]) -> Floats:
        """Return the logits of the token after a text, shape (B, V).

        Parameters
        ----------
        tokens : ndarray of int64, shape (B, T)
            The whole text; what was read before is not read again.
        """
        start, self.length = self.length, tokens.shape[1]
        new = tokens[:, start:]
        x = self.table[new] * np.float32(self.scale)  # (B, new, d_model)
        x = (x + self.positions[start : self.length]).reshape(-1, x.shape[-1])  # (B * new, d_model)
        for part in self.parts:
            x = x + part.added(x, start)
        last = x.reshape(*new.shape, -1)[:, -1]  # (B, d_model)
        logits: Floats = self.norm(last) @ self.table.T  # (B, V)
        return logits


def split(x: Floats, batch: int, count: int, heads: int) -> Floats:
    """Return rows (B * new, count * d_model) as (count, B, heads, new, d_k)."""
    return x.reshape(batch, len(x) // batch, count, heads, -1).transpose(2, 0, 3, 1, 4)


def gather(q: Floats, k: Floats, v: Floats, is_causal: bool) -> Floats:
    """Return softmax(Q Kᵀ / √d_k) V, the heads side by side, shape (B * new, d_model).

    Parameters
    ----------
    q : ndarray, shape (B, heads, new, d_k)
    k, v : ndarray, shape (B, heads, T, d_k)
    is_causal : bool
        Whether the queries are those of the last keys, and none may look past its own.
    """
    scores = q @ k.swapaxes(-2, -1) * np.float32(1 / math.sqrt(q.shape[-1]))  # (B, heads, new, T)
    new, length = scores.shape[-2:]
    if is_causal and new > 1:  # one alone is the last, and may look at all
        later = np.triu(np.ones((new, length), bool), 1 + length - new)
        scores = np.where(later, np.float32(-np.inf), scores)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = powers / powers.sum(axis=-1, keepdims=True)
    heads: Floats = (weights @ v).swapaxes(1, 2)  # (B, new, heads, d_k)
    return heads.reshape(-1, heads.shape[2] * heads.shape[3])


def room(batch: int, heads: int, longest: int, width: int) -> Floats:
    """Return where keys or values are to be kept, shape (B, heads, longest, d_k)."""
    return np.empty((batch, heads, longest, width // heads), np.float32)


def array(tensor: Tensor) -> Floats:
    """Return a tensor's numbers; on the CPU they are the tensor's own memory."""
    found: Floats = tensor.detach().cpu().numpy()
    return found
