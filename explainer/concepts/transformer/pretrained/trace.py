"""What a forward pass of a pretrained model keeps, so that it can be looked at."""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor


class Trace(NamedTuple):
    """Every attention map and every layer's vectors of one forward pass."""

    hidden: tuple[Tensor, ...]  # layers + 1 of (B, T, D): the embeddings, then after each layer
    attention: tuple[Tensor, ...]  # layers of (B, H, T, T); each row sums to 1
    final: Tensor  # (B, T, D): what the model gives out


class Flattened(NamedTuple):
    """Heads that are made to look evenly at all they may see, to learn what their map is worth."""

    layer: int
    heads: Tensor  # (B, H) of bool: which heads, for each sentence of the batch
