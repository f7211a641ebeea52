"""Attention written out, and what a forward pass can note or leave out."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

import torch.nn.functional as F
from torch import Tensor, nn

from explainer.concepts.transformer.cuts import Place

D_MODEL, D_FF = 64, 128


class Attended(NamedTuple):
    """Every tensor of one attention."""

    q: Tensor  # (B, heads, queries, d_k)
    k: Tensor  # (B, heads, keys, d_k)
    v: Tensor  # (B, heads, keys, d_k)
    scores: Tensor  # (B, heads, queries, keys)
    scaled: Tensor  # (B, heads, queries, keys)
    masked: Tensor  # (B, heads, queries, keys)
    weights: Tensor  # (B, heads, queries, keys)
    heads: Tensor  # (B, heads, queries, d_k)
    output: Tensor  # (B, queries, d_model)


@dataclass
class Trace:
    """Filled by a forward pass that is given one.

    Attributes
    ----------
    attention : dict
        Every attention's tensors, by place.
    tensors : dict
        All else, in the order it was computed: "encoder.0.norm1", "decoder.1.residual3", ...
    """

    attention: dict[Place, Attended] = field(default_factory=dict)
    tensors: dict[str, Tensor] = field(default_factory=dict)

    def note(self, name: str, **tensors: Tensor) -> None:
        """Keep tensors under a name, such as norm1 of "encoder.0"."""
        self.tensors |= {f"{name}.{what}": tensor for what, tensor in tensors.items()}


@dataclass
class Interventions:
    """What is taken out of a forward pass.

    Attributes
    ----------
    edges : dict of Place to Tensor
        True where a query may not see a key; at least as many rows and columns as the map, and
        broadcastable over (B, heads). A query left without any key gets nothing.
    heads : dict of Place to Tensor
        Shape (heads,), 1 to keep and 0 to silence.
    positions_on : bool
        Whether position is added to the embeddings.
    """

    edges: dict[Place, Tensor] = field(default_factory=dict)
    heads: dict[Place, Tensor] = field(default_factory=dict)
    positions_on: bool = True


NOTHING_CUT = Interventions()


class MultiHeadAttention(nn.Module):
    """softmax(Q Kᵀ / √d_k) V in several heads side by side.

    Parameters
    ----------
    place : Place
        Where in the model it stands.
    heads : int
        Divides `D_MODEL`.
    """

    def __init__(self, place: Place, heads: int) -> None:
        super().__init__()
        self.place, self.heads, self.d_k = place, heads, D_MODEL // heads
        self.w_q = nn.Linear(D_MODEL, D_MODEL)
        self.w_k = nn.Linear(D_MODEL, D_MODEL)
        self.w_v = nn.Linear(D_MODEL, D_MODEL)
        self.w_o = nn.Linear(D_MODEL, D_MODEL)

    def forward(
        self,
        x: Tensor,
        memory: Tensor,
        mask: Tensor | None,
        cut: Interventions = NOTHING_CUT,
        trace: Trace | None = None,
    ) -> Tensor:
        """Let each row of x gather from the rows of memory.

        Parameters
        ----------
        x : Tensor, shape (B, queries, d_model)
        memory : Tensor, shape (B, keys, d_model)
        mask : Tensor of bool, broadcastable to (B, heads, queries, keys), optional
            True where a query must not look.

        Returns
        -------
        Tensor, shape (B, queries, d_model)
        """
        q = self.split(self.w_q(x))  # (B, heads, queries, d_k)
        k = self.split(self.w_k(memory))  # (B, heads, keys, d_k)
        v = self.split(self.w_v(memory))  # (B, heads, keys, d_k)
        scores = q @ k.transpose(-2, -1)  # (B, heads, queries, keys)
        scaled = scores / math.sqrt(self.d_k)
        masked = scaled if mask is None else scaled.masked_fill(mask, -math.inf)
        if self.place in cut.edges:
            edges = cut.edges[self.place][..., : x.shape[1], : memory.shape[1]]
            masked = masked.masked_fill(edges, -math.inf)
        weights = masked.softmax(dim=-1)  # each row sums to 1
        if self.place in cut.edges:
            weights = weights.nan_to_num(0.0)
        heads = weights @ v  # (B, heads, queries, d_k)
        if self.place in cut.heads:
            heads = heads * cut.heads[self.place].view(-1, 1, 1)
        output: Tensor = self.w_o(self.merge(heads))  # (B, queries, d_model)
        if trace is not None:
            trace.attention[self.place] = Attended(
                q, k, v, scores, scaled, masked, weights, heads, output
            )
        return output

    def split(self, x: Tensor) -> Tensor:
        """Return (B, T, d_model) as (B, heads, T, d_k)."""
        return x.view(x.shape[0], x.shape[1], self.heads, self.d_k).transpose(1, 2)

    def merge(self, x: Tensor) -> Tensor:
        """Return (B, heads, T, d_k) as (B, T, d_model)."""
        return x.transpose(1, 2).reshape(x.shape[0], x.shape[2], D_MODEL)


class FeedForward(nn.Module):
    """Two linear layers with a ReLU between, on each position alone."""

    def __init__(self) -> None:
        super().__init__()
        self.w_1 = nn.Linear(D_MODEL, D_FF)
        self.w_2 = nn.Linear(D_FF, D_MODEL)

    def forward(self, x: Tensor, name: str = "", trace: Trace | None = None) -> Tensor:
        """Return shape (B, T, d_model)."""
        hidden = F.relu(self.w_1(x))  # (B, T, d_ff)
        output: Tensor = self.w_2(hidden)  # (B, T, d_model)
        if trace is not None:
            trace.note(name, hidden=hidden, output=output)
        return output
