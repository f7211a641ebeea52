"""The transformer that translates: an encoder and a decoder."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from explainer.concepts.transformer.cuts import LAYERS, Place
from explainer.concepts.transformer.multihead import (
    D_MODEL,
    NOTHING_CUT,
    FeedForward,
    Interventions,
    MultiHeadAttention,
    Trace,
)

LONGEST = 96  # positions; the longest sentence has 69 jamo


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
            trace.note(self.name, norm1=normed1, residual1=residual1)
            trace.note(self.name, norm2=normed2, residual2=residual2)
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
            trace.note(self.name, norm1=normed1, residual1=residual1, norm2=normed2)
            trace.note(self.name, residual2=residual2, norm3=normed3, residual3=residual3)
        return residual3


class Transformer(nn.Module):
    """An encoder-decoder transformer with layer norm before each part: 183,168 parameters.

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
            trace.note("encoder", memory=memory)
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
            trace.note("decoder", norm=normed, logits=logits)
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
            trace.note(name, embedded=embedded, positions=positions, input=x)
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
