"""The family's two writers, reading piece by piece what they write: see `cache`."""

from __future__ import annotations

import math

from torch import Tensor, nn

from explainer.concepts.transformer.cache import (
    CrossAttention,
    FeedForward,
    Linear,
    Norm,
    Reader,
    SelfAttention,
    array,
    room,
    split,
)
from explainer.concepts.transformer.family.models import LanguageModel
from explainer.concepts.transformer.model import Transformer
from explainer.concepts.transformer.multihead import D_MODEL, MultiHeadAttention


def causal_reader(net: LanguageModel, batch: int = 1) -> Reader:
    """Return the causal model as one that reads `batch` texts piece by piece."""
    positions = array(net.positions)
    parts: list[SelfAttention | CrossAttention | FeedForward] = []
    for layer in net.layers:
        parts += [
            _looking_back(layer.norm1, layer.self_attention, batch, len(positions)),
            _feed_forward(layer.norm2, layer.feed_forward),
        ]
    table = array(net.embedding.weight)
    return Reader(table, math.sqrt(D_MODEL), positions, parts, Norm.of(net.norm))


def decoder_reader(net: Transformer, memory: Tensor) -> Reader:
    """Return a decoder as one that reads piece by piece what it writes.

    Parameters
    ----------
    net : Transformer
    memory : Tensor, shape (B, source, d_model)
        What the encoder made of the source.
    """
    source, positions = array(memory), array(net.positions)
    parts: list[SelfAttention | CrossAttention | FeedForward] = []
    for layer in net.decoder:
        cross = layer.cross_attention
        rows = source.reshape(-1, D_MODEL)  # (B * source, d_model)
        k, v = split(Linear.of(cross.w_k, cross.w_v)(rows), len(source), 2, cross.heads)
        parts += [
            _looking_back(layer.norm1, layer.self_attention, len(source), len(positions)),
            CrossAttention(
                Norm.of(layer.norm2), Linear.of(cross.w_q), Linear.of(cross.w_o), cross.heads, k, v
            ),
            _feed_forward(layer.norm3, layer.feed_forward),
        ]
    table = array(net.target_embedding.weight)
    return Reader(table, math.sqrt(D_MODEL), positions, parts, Norm.of(net.decoder_norm))


def _looking_back(
    norm: nn.LayerNorm, attention: MultiHeadAttention, batch: int, longest: int
) -> SelfAttention:
    qkv = Linear.of(attention.w_q, attention.w_k, attention.w_v)
    k, v = (room(batch, attention.heads, longest, D_MODEL) for _ in range(2))
    return SelfAttention(Norm.of(norm), qkv, Linear.of(attention.w_o), attention.heads, k, v)


def _feed_forward(norm: nn.LayerNorm, part: nn.Module) -> FeedForward:
    return FeedForward(Norm.of(norm), Linear.of(part.w_1), Linear.of(part.w_2))
