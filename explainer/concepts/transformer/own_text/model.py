"""A small GPT: one text in, the next token out.

A decoder without an encoder, after A. Radford et al., "Language models are unsupervised multitask
learners", 2019 (GPT-2): learned positions, layer norm before each part, one table that reads and
writes tokens. B texts side by side, T tokens each, H heads, V tokens in the vocabulary.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class GPTConfig:
    """The size of a GPT.

    Parameters
    ----------
    vocab_size : int
        V, tokens it can read and write.
    context : int
        Tokens it sees at most.
    d_model, heads, layers : int
        Numbers per token; heads of each attention, which divide d_model; blocks.
    """

    vocab_size: int
    context: int = 64
    d_model: int = 64
    heads: int = 4
    layers: int = 2


class Dropout:
    """Sets a share of numbers to zero while the net learns, so that it cannot lean on any one.

    Attributes
    ----------
    share : float
        0..1; 0 leaves all as it is.
    generator : torch.Generator
        Draws which, so that training can be repeated bit for bit.
    """

    def __init__(self) -> None:
        self.share = 0.0
        self.generator = torch.Generator()

    def __call__(self, x: Tensor) -> Tensor:
        """Return x with a share of zeros, the rest larger by what is missing."""
        if self.share == 0 or not torch.is_grad_enabled():
            return x
        kept = torch.empty(x.shape).bernoulli_(1 - self.share, generator=self.generator)
        return x * kept.to(x.device) / (1 - self.share)


class CausalSelfAttention(nn.Module):
    """Each token gathers from itself and from the tokens before it."""

    later: Tensor

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.w_qkv = nn.Linear(config.d_model, 3 * config.d_model)
        self.w_o = nn.Linear(config.d_model, config.d_model)
        later = torch.ones(config.context, config.context, dtype=torch.bool).triu(1)
        self.register_buffer("later", later, persistent=False)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return what was gathered, and the weights it was gathered by."""
        q, k, v = (self.split(part) for part in self.w_qkv(x).chunk(3, dim=-1))  # (B, H, T, d_k)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])  # (B, H, T, T)
        length = x.shape[1]
        causal = scores.masked_fill(self.later[:length, :length], -math.inf)
        weights = causal.softmax(dim=-1)  # (B, H, T, T), each row sums to 1
        gathered = weights @ v  # (B, H, T, d_k)
        return self.w_o(gathered.transpose(1, 2).flatten(2)), weights  # (B, T, d_model)

    def split(self, x: Tensor) -> Tensor:
        """Return the heads side by side, shape (B, H, T, d_k)."""
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)


class FeedForward(nn.Module):
    """Each token by itself, through a wider layer."""

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.w_1 = nn.Linear(config.d_model, 4 * config.d_model)
        self.w_2 = nn.Linear(4 * config.d_model, config.d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Return shape (B, T, d_model)."""
        hidden = F.relu(self.w_1(x))  # (B, T, 4 d_model)
        output: Tensor = self.w_2(hidden)
        return output


class Block(nn.Module):
    """Attention, then feed-forward, each normalised before and added to what came in."""

    def __init__(self, config: GPTConfig, dropout: Dropout) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(config.d_model), nn.LayerNorm(config.d_model)
        self.attention = CausalSelfAttention(config)
        self.feed_forward = FeedForward(config)
        self.dropout = dropout

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return the tokens' new vectors, and the attention's weights."""
        gathered, weights = self.attention(self.norm1(x))
        x = x + self.dropout(gathered)  # (B, T, d_model)
        x = x + self.dropout(self.feed_forward(self.norm2(x)))  # (B, T, d_model)
        return x, weights


class GPT(nn.Module):
    """Foretells the token after each token.

    Parameters
    ----------
    config : GPTConfig
    generator : torch.Generator, optional
        Draws the initial weights.
    """

    def __init__(self, config: GPTConfig, generator: torch.Generator | None = None) -> None:
        super().__init__()
        self.config = config
        self.dropout = Dropout()
        self.token_embedding = nn.Embedding(config.vocab_size, config.d_model)
        self.position_embedding = nn.Embedding(config.context, config.d_model)
        self.blocks = nn.ModuleList(Block(config, self.dropout) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.d_model)
        self.output = nn.Linear(config.d_model, config.vocab_size, bias=False)
        self.output.weight = self.token_embedding.weight  # one table reads and writes tokens
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                # What is added to the stream begins smaller the more parts add to it (GPT-2).
                adds = name.endswith(("w_o.weight", "w_2.weight"))
                std = 0.15 / math.sqrt(2 * config.layers) if adds else 0.15
                nn.init.normal_(parameter, std=std, generator=generator)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return the logits of the token after each token.

        Parameters
        ----------
        tokens : Tensor of int64, shape (B, T)
            T is at most the context.

        Returns
        -------
        Tensor, shape (B, T, V)
        """
        return self.read(tokens)[0]

    def read(self, tokens: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Return the logits, and each block's attention weights, shape (B, H, T, T)."""
        position = torch.arange(tokens.shape[1], device=tokens.device)  # (T,)
        x = self.token_embedding(tokens) + self.position_embedding(position)  # (B, T, d_model)
        x = self.dropout(x)
        attention = []
        for block in self.blocks:
            x, weights = block(x)
            attention.append(weights)
        logits = self.output(self.norm(x))  # (B, T, V)
        return logits, attention
