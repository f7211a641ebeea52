"""BERT, the encoder: every token looks at every token, on both sides.

J. Devlin et al., "BERT: pre-training of deep bidirectional transformers for language
understanding", NAACL 2019. Layer norm comes after each part, as in A. Vaswani et al., "Attention
is all you need", NeurIPS 2017.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from explainer.concepts.transformer.pretrained.trace import Flattened, Trace


@dataclass(frozen=True, slots=True)
class BertConfig:
    """The sizes of a BERT, as its config.json names them."""

    vocab_size: int
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int
    type_vocab_size: int = 2
    layer_norm_eps: float = 1e-12
    hidden_act: str = "gelu"


class SelfAttention(nn.Module):
    """softmax(Q Kᵀ / √d_k) V in several heads side by side."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        width = config.hidden_size
        self.heads = config.num_attention_heads
        self.d_k = width // self.heads
        self.w_q = nn.Linear(width, width)
        self.w_k = nn.Linear(width, width)
        self.w_v = nn.Linear(width, width)
        self.w_o = nn.Linear(width, width)

    def forward(self, x: Tensor, flat: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return what each token gathered, (B, T, D), and the weights, (B, H, T, T).

        Parameters
        ----------
        x : Tensor, shape (B, T, D)
        flat : Tensor of bool, shape (B, H), optional
            Heads that look evenly at all tokens instead.
        """
        q, k, v = (self.split(w(x)) for w in (self.w_q, self.w_k, self.w_v))  # (B, H, T, d_k)
        scores = q @ k.transpose(-2, -1) / math.sqrt(self.d_k)  # (B, H, T, T)
        weights = scores.softmax(dim=-1)  # each row sums to 1
        if flat is not None:
            even = torch.full_like(weights, 1 / x.shape[1])
            weights = torch.where(flat[:, :, None, None], even, weights)
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

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.w_1 = nn.Linear(config.hidden_size, config.intermediate_size)
        self.w_2 = nn.Linear(config.intermediate_size, config.hidden_size)
        self.bend = ACTIVATIONS[config.hidden_act]

    def forward(self, x: Tensor) -> Tensor:
        """Return shape (B, T, D)."""
        hidden: Tensor = self.bend(self.w_1(x))  # (B, T, intermediate)
        output: Tensor = self.w_2(hidden)  # (B, T, D)
        return output


class Layer(nn.Module):
    """Attention, then feed-forward; each is added to what came in and then normalised."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.attention = SelfAttention(config)
        self.norm1 = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        self.feed_forward = FeedForward(config)
        self.norm2 = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)

    def forward(self, x: Tensor, flat: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return the new vectors, (B, T, D), and the attention weights, (B, H, T, T)."""
        gathered, weights = self.attention(x, flat)
        x = self.norm1(x + gathered)  # (B, T, D)
        x = self.norm2(x + self.feed_forward(x))  # (B, T, D)
        return x, weights


class Bert(nn.Module):
    """The encoder, without a head for any task.

    Parameters
    ----------
    config : BertConfig
    """

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        width = config.hidden_size
        self.tokens = nn.Embedding(config.vocab_size, width)
        self.positions = nn.Embedding(config.max_position_embeddings, width)
        self.segments = nn.Embedding(config.type_vocab_size, width)
        self.norm = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.num_hidden_layers))

    def forward(self, ids: Tensor, flattened: Flattened | None = None) -> Trace:
        """Read token numbers, shape (B, T) of int64, and keep every map and every layer."""
        position = torch.arange(ids.shape[1], device=ids.device)  # (T,)
        segment = torch.zeros_like(ids)  # one sentence: all tokens are of segment 0
        x = self.tokens(ids) + self.positions(position) + self.segments(segment)  # (B, T, D)
        x = self.norm(x)
        hidden, attention = [x], []
        for number, layer in enumerate(self.layers):
            flat = flattened.heads if flattened and flattened.layer == number else None
            x, weights = layer(x, flat)
            hidden.append(x)
            attention.append(weights)
        return Trace(tuple(hidden), tuple(attention), x)


def sentence_vector(final: Tensor, pooling: str) -> Tensor:
    """Return one vector a sentence, (B, D), from its tokens' vectors, (B, T, D).

    Parameters
    ----------
    pooling : {"mean", "cls"}
        The mean of all tokens, or the first token alone.

    References
    ----------
    N. Reimers and I. Gurevych, "Sentence-BERT", EMNLP 2019.
    """
    return final[:, 0] if pooling == "cls" else final.mean(dim=1)


def gelu_new(x: Tensor) -> Tensor:
    """Return the tanh approximation of GELU with which GPT-2 was trained."""
    return F.gelu(x, approximate="tanh")


ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "gelu": F.gelu,
    "gelu_new": gelu_new,
    "gelu_pytorch_tanh": gelu_new,
    "relu": F.relu,
}
