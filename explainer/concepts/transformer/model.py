"""The transformer that translates: an encoder, a decoder, and attention written out."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from explainer.concepts.transformer.cuts import LAYERS, Place

D_MODEL, D_FF = 64, 128
LONGEST = 48  # positions


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
            trace.tensors[f"{name}.hidden"] = hidden
            trace.tensors[f"{name}.output"] = output
        return output


class EncoderLayer(nn.Module):
    """Self-attention, then feed-forward, each normalised before and added to the stream."""

    def __init__(self, layer: int, heads: int) -> None:
        super().__init__()
        self.name = f"encoder.{layer}"
        self.norm1, self.norm2 = nn.LayerNorm(D_MODEL), nn.LayerNorm(D_MODEL)
        self.self_attention = MultiHeadAttention(Place("encoder", layer), heads)
        self.feed_forward = FeedForward()

    def forward(
        self, x: Tensor, mask: Tensor | None, cut: Interventions, trace: Trace | None
    ) -> Tensor:
        """Return shape (B, source, d_model)."""
        normed1 = self.norm1(x)
        residual1 = x + self.self_attention(normed1, normed1, mask, cut, trace)
        normed2 = self.norm2(residual1)
        residual2: Tensor = residual1 + self.feed_forward(
            normed2, f"{self.name}.feed_forward", trace
        )
        if trace is not None:
            _note(trace, self.name, norm1=normed1, residual1=residual1)
            _note(trace, self.name, norm2=normed2, residual2=residual2)
        return residual2


class DecoderLayer(nn.Module):
    """Masked self-attention, cross-attention to the encoder, then feed-forward."""

    def __init__(self, layer: int, heads: int) -> None:
        super().__init__()
        self.name = f"decoder.{layer}"
        self.norm1, self.norm2 = nn.LayerNorm(D_MODEL), nn.LayerNorm(D_MODEL)
        self.norm3 = nn.LayerNorm(D_MODEL)
        self.self_attention = MultiHeadAttention(Place("decoder", layer), heads)
        self.cross_attention = MultiHeadAttention(Place("cross", layer), heads)
        self.feed_forward = FeedForward()

    def forward(
        self,
        x: Tensor,
        memory: Tensor,
        causal: Tensor,
        mask: Tensor | None,
        cut: Interventions,
        trace: Trace | None,
    ) -> Tensor:
        """Return shape (B, target, d_model)."""
        normed1 = self.norm1(x)
        residual1 = x + self.self_attention(normed1, normed1, causal, cut, trace)
        normed2 = self.norm2(residual1)
        residual2 = residual1 + self.cross_attention(normed2, memory, mask, cut, trace)
        normed3 = self.norm3(residual2)
        residual3: Tensor = residual2 + self.feed_forward(
            normed3, f"{self.name}.feed_forward", trace
        )
        if trace is not None:
            _note(trace, self.name, norm1=normed1, residual1=residual1, norm2=normed2)
            _note(trace, self.name, residual2=residual2, norm3=normed3, residual3=residual3)
        return residual3


class Transformer(nn.Module):
    """An encoder-decoder transformer with layer norm before each part.

    Parameters
    ----------
    source_size, target_size : int
        Tokens in the two vocabularies.
    heads : int
        Heads of every attention.
    generator : torch.Generator, optional
        Draws the initial weights.

    References
    ----------
    A. Vaswani et al., "Attention is all you need", NeurIPS 2017; the layer norm before each part
    after R. Xiong et al., "On layer normalization in the transformer architecture", ICML 2020.
    """

    positions: Tensor

    def __init__(
        self,
        source_size: int,
        target_size: int,
        heads: int = 4,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.heads = heads
        self.source_embedding = nn.Embedding(source_size, D_MODEL)
        self.target_embedding = nn.Embedding(target_size, D_MODEL)
        self.encoder = nn.ModuleList(EncoderLayer(layer, heads) for layer in range(LAYERS))
        self.encoder_norm = nn.LayerNorm(D_MODEL)
        self.decoder = nn.ModuleList(DecoderLayer(layer, heads) for layer in range(LAYERS))
        self.decoder_norm = nn.LayerNorm(D_MODEL)
        self.output = nn.Linear(D_MODEL, target_size, bias=False)
        self.output.weight = self.target_embedding.weight  # one table reads and writes words
        self.register_buffer("positions", sinusoids(LONGEST, D_MODEL), persistent=False)
        for name, parameter in self.named_parameters():
            if "embedding" in name:
                nn.init.normal_(parameter, std=D_MODEL**-0.5, generator=generator)
            elif parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter, generator=generator)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)

    def forward(
        self,
        source: Tensor,
        target: Tensor,
        source_pad: Tensor | None = None,
        cut: Interventions = NOTHING_CUT,
        trace: Trace | None = None,
    ) -> Tensor:
        """Return the logits of the token after each target token.

        Parameters
        ----------
        source : Tensor of int64, shape (B, source)
        target : Tensor of int64, shape (B, target)
            Begins with the start token.
        source_pad : Tensor of bool, shape (B, source), optional
            True where the source is padding.

        Returns
        -------
        Tensor, shape (B, target, target_size)
        """
        memory = self.encode(source, source_pad, cut, trace)
        return self.decode(target, memory, source_pad, cut, trace)

    def encode(
        self,
        source: Tensor,
        source_pad: Tensor | None = None,
        cut: Interventions = NOTHING_CUT,
        trace: Trace | None = None,
    ) -> Tensor:
        """Return what the encoder makes of a source, shape (B, source, d_model)."""
        mask = None if source_pad is None else source_pad[:, None, None, :]
        x = self.embed(source, self.source_embedding, "encoder", cut, trace)
        for layer in self.encoder:
            x = layer(x, mask, cut, trace)  # (B, source, d_model)
        memory: Tensor = self.encoder_norm(x)
        if trace is not None:
            _note(trace, "encoder", memory=memory)
        return memory

    def decode(
        self,
        target: Tensor,
        memory: Tensor,
        source_pad: Tensor | None = None,
        cut: Interventions = NOTHING_CUT,
        trace: Trace | None = None,
    ) -> Tensor:
        """Return the logits of the next token, shape (B, target, target_size)."""
        mask = None if source_pad is None else source_pad[:, None, None, :]
        length = target.shape[1]
        causal = torch.ones(length, length, dtype=torch.bool, device=target.device).triu(1)
        x = self.embed(target, self.target_embedding, "decoder", cut, trace)
        for layer in self.decoder:
            x = layer(x, memory, causal, mask, cut, trace)  # (B, target, d_model)
        normed = self.decoder_norm(x)
        logits: Tensor = self.output(normed)  # (B, target, target_size)
        if trace is not None:
            _note(trace, "decoder", norm=normed, logits=logits)
        return logits

    def embed(
        self,
        tokens: Tensor,
        table: nn.Embedding,
        name: str,
        cut: Interventions = NOTHING_CUT,
        trace: Trace | None = None,
    ) -> Tensor:
        """Return the tokens' vectors with their positions added, shape (B, T, d_model)."""
        embedded = table(tokens) * math.sqrt(D_MODEL)  # as long as the positions it meets
        positions = self.positions[: tokens.shape[1]]
        x: Tensor = embedded + positions if cut.positions_on else embedded
        if trace is not None:
            _note(trace, name, embedded=embedded, positions=positions, input=x)
        return x


def sinusoids(length: int, width: int) -> Tensor:
    """Return the position table, shape (length, width): sines and cosines in turn.

    Column 2i is sin(position / 10000^(2i / width)), column 2i + 1 its cosine.
    """
    position = torch.arange(length).unsqueeze(1)  # (length, 1)
    rate = 10000 ** (-torch.arange(0, width, 2) / width)  # (width / 2,)
    table = torch.empty(length, width)
    table[:, 0::2] = torch.sin(position * rate)
    table[:, 1::2] = torch.cos(position * rate)
    return table


def _note(trace: Trace, name: str, **tensors: Tensor) -> None:
    trace.tensors |= {f"{name}.{what}": tensor for what, tensor in tensors.items()}
