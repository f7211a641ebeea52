"""Three members of the family: an encoder alone, a decoder alone, and both together."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from explainer.concepts.transformer.cuts import LAYERS
from explainer.concepts.transformer.model import LONGEST, EncoderLayer, Transformer, sinusoids
from explainer.concepts.transformer.multihead import D_MODEL, NOTHING_CUT, Trace


class LanguageModel(nn.Module):
    """A stack of self-attention and feed-forward, with the same table to read and write words.

    BERT and GPT are this same stack. What differs is one line, the mask: an encoder lets every
    word look at all words; a decoder lets it look at itself and what came before.

    Parameters
    ----------
    size : int
        Tokens in the vocabulary.
    is_causal : bool
        Whether a word may look only at itself and at what came before it.
    heads : int
        Heads of every attention.
    generator : torch.Generator, optional
        Draws the initial weights.

    References
    ----------
    J. Devlin et al., "BERT: pre-training of deep bidirectional transformers for language
    understanding", NAACL 2019; A. Radford et al., "Improving language understanding by
    generative pre-training", 2018.
    """

    positions: Tensor

    def __init__(
        self,
        size: int,
        is_causal: bool,
        heads: int = 4,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.is_causal = is_causal
        self.embedding = nn.Embedding(size, D_MODEL)
        self.layers = nn.ModuleList(EncoderLayer(layer, heads) for layer in range(LAYERS))
        self.norm = nn.LayerNorm(D_MODEL)
        self.register_buffer("positions", sinusoids(LONGEST, D_MODEL), persistent=False)
        for name, parameter in self.named_parameters():
            if "embedding" in name:
                nn.init.normal_(parameter, std=D_MODEL**-0.5, generator=generator)
            elif parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter, generator=generator)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)

    def mask(self, tokens: Tensor, pad: Tensor | None = None) -> Tensor | None:
        """Return where a query must not look, broadcastable to (B, heads, T, T).

        Parameters
        ----------
        tokens : Tensor of int64, shape (B, T)
        pad : Tensor of bool, shape (B, T), optional
            True where a token is padding.
        """
        hidden = None if pad is None else pad[:, None, None, :]  # (B, 1, 1, T)
        if self.is_causal:
            length = tokens.shape[1]
            later = torch.ones(length, length, dtype=torch.bool, device=tokens.device).triu(1)
            hidden = later if hidden is None else later | hidden  # (B, 1, T, T)
        return hidden

    def states(
        self, tokens: Tensor, pad: Tensor | None = None, trace: Trace | None = None
    ) -> Tensor:
        """Return what the model holds at each token, shape (B, T, d_model)."""
        x = self.embedding(tokens) * math.sqrt(D_MODEL)  # (B, T, d_model)
        x = x + self.positions[: tokens.shape[1]]  # (B, T, d_model)
        mask = self.mask(tokens, pad)
        for layer in self.layers:
            x = layer(x, mask, NOTHING_CUT, trace)  # (B, T, d_model)
        states: Tensor = self.norm(x)
        return states

    def forward(
        self, tokens: Tensor, pad: Tensor | None = None, trace: Trace | None = None
    ) -> Tensor:
        """Return logits at each token: of the word that is hidden there, or of the next one.

        Parameters
        ----------
        tokens : Tensor of int64, shape (B, T)
        pad : Tensor of bool, shape (B, T), optional
            True where a token is padding.
        trace : Trace, optional
            Filled with every attention's tensors.

        Returns
        -------
        Tensor, shape (B, T, size)
        """
        return self.states(tokens, pad, trace) @ self.embedding.weight.T  # (B, T, size)


class PrefixModel(Transformer):
    """The translator's encoder and decoder, with one table for all that is read and written.

    The first token that is read names the task, so that one set of weights does them all.

    Parameters
    ----------
    size : int
        Tokens in the vocabulary.
    heads : int
    generator : torch.Generator, optional

    References
    ----------
    C. Raffel et al., "Exploring the limits of transfer learning with a unified text-to-text
    transformer", JMLR 2020.
    """

    def __init__(self, size: int, heads: int = 4, generator: torch.Generator | None = None) -> None:
        super().__init__(size, size, heads, generator)
        self.source_embedding = self.target_embedding
