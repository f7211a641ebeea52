"""GPT-2, the decoder: every token looks at itself and at those before it, and foretells the next.

A. Radford et al., "Language models are unsupervised multitask learners", 2019. Layer norm comes
before each part.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from explainer.concepts.transformer.pretrained.bert import ACTIVATIONS
from explainer.concepts.transformer.pretrained.trace import Flattened, Trace


@dataclass(frozen=True, slots=True)
class Gpt2Config:
    """The sizes of a GPT-2, as its config.json names them."""

    vocab_size: int
    n_embd: int
    n_layer: int
    n_head: int
    n_positions: int
    n_inner: int
    layer_norm_epsilon: float = 1e-5
    activation_function: str = "gelu_new"


class CausalSelfAttention(nn.Module):
    """softmax(Q Kᵀ / √d_k) V in several heads, no token seeing those after it."""

    def __init__(self, config: Gpt2Config) -> None:
        super().__init__()
        self.heads = config.n_head
        self.d_k = config.n_embd // self.heads
        self.w_qkv = nn.Linear(config.n_embd, 3 * config.n_embd)
        self.w_o = nn.Linear(config.n_embd, config.n_embd)

    def forward(self, x: Tensor, flat: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return what each token gathered, (B, T, D), and the weights, (B, H, T, T).

        Parameters
        ----------
        x : Tensor, shape (B, T, D)
        flat : Tensor of bool, shape (B, H), optional
            Heads that look evenly at all they may see instead.
        """
        q, k, v = (self.split(part) for part in self.w_qkv(x).chunk(3, dim=-1))  # (B, H, T, d_k)
        scores = q @ k.transpose(-2, -1) / math.sqrt(self.d_k)  # (B, H, T, T)
        later = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool, device=x.device).triu(1)
        if flat is not None:
            scores = scores.masked_fill(flat[:, :, None, None], 0.0)
        weights = scores.masked_fill(later, -math.inf).softmax(dim=-1)  # each row sums to 1
        heads = weights @ v  # (B, H, T, d_k)
        return self.w_o(self.merge(heads)), weights

    def split(self, x: Tensor) -> Tensor:
        """Return (B, T, D) as (B, H, T, d_k)."""
        return x.view(x.shape[0], x.shape[1], self.heads, self.d_k).transpose(1, 2)

    def merge(self, x: Tensor) -> Tensor:
        """Return (B, H, T, d_k) as (B, T, D)."""
        return x.transpose(1, 2).reshape(x.shape[0], x.shape[2], self.heads * self.d_k)


class FeedForward(nn.Module):
    """Two linear layers with a bend between them, on each token alone."""

    def __init__(self, config: Gpt2Config) -> None:
        super().__init__()
        self.w_1 = nn.Linear(config.n_embd, config.n_inner)
        self.w_2 = nn.Linear(config.n_inner, config.n_embd)
        self.bend = ACTIVATIONS[config.activation_function]

    def forward(self, x: Tensor) -> Tensor:
        """Return shape (B, T, D)."""
        hidden: Tensor = self.bend(self.w_1(x))  # (B, T, inner)
        output: Tensor = self.w_2(hidden)  # (B, T, D)
        return output


class Layer(nn.Module):
    """Attention, then feed-forward; each reads the normalised stream and adds to it."""

    def __init__(self, config: Gpt2Config) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon)
        self.attention = CausalSelfAttention(config)
        self.norm2 = nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon)
        self.feed_forward = FeedForward(config)

    def forward(self, x: Tensor, flat: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return the new vectors, (B, T, D), and the attention weights, (B, H, T, T)."""
        gathered, weights = self.attention(self.norm1(x), flat)
        x = x + gathered  # (B, T, D)
        x = x + self.feed_forward(self.norm2(x))  # (B, T, D)
        return x, weights


class Gpt2(nn.Module):
    """The decoder with its tied head.

    Parameters
    ----------
    config : Gpt2Config
    """

    def __init__(self, config: Gpt2Config) -> None:
        super().__init__()
        self.tokens = nn.Embedding(config.vocab_size, config.n_embd)
        self.positions = nn.Embedding(config.n_positions, config.n_embd)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.n_layer))
        self.norm = nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon)

    def forward(self, ids: Tensor, flattened: Flattened | None = None) -> Trace:
        """Read token numbers, shape (B, T) of int64, and keep every map and every layer."""
        position = torch.arange(ids.shape[1], device=ids.device)  # (T,)
        x = self.tokens(ids) + self.positions(position)  # (B, T, D)
        hidden, attention = [x], []
        for number, layer in enumerate(self.layers):
            flat = flattened.heads if flattened and flattened.layer == number else None
            x, weights = layer(x, flat)
            hidden.append(x)
            attention.append(weights)
        return Trace(tuple(hidden), tuple(attention), self.norm(x))

    def next_logits(self, final: Tensor) -> Tensor:
        """Return a score for every token of the vocabulary to come next, (B, vocabulary).

        Parameters
        ----------
        final : Tensor, shape (B, T, D)
            Of a trace; only its last token speaks. The table that reads tokens also writes them.
        """
        return final[:, -1] @ self.tokens.weight.T
