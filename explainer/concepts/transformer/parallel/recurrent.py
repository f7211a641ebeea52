"""The recurrent translator: GRU encoder and decoder, with attention between them or without."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

WIDTH = 64  # of an embedding
HIDDEN = 128  # of a state


class RecurrentTranslator(nn.Module):
    """A sequence-to-sequence model on gated recurrent units.

    Parameters
    ----------
    source_size, target_size : int
        Tokens in the two vocabularies.
    attends : bool
        Whether the decoder may look at every state of the encoder; without, all it gets of the
        source is the last one.
    generator : torch.Generator
        Draws the initial weights.

    References
    ----------
    I. Sutskever et al., "Sequence to sequence learning with neural networks", NIPS 2014; the
    attention after M.-T. Luong et al., "Effective approaches to attention-based neural machine
    translation", EMNLP 2015 (the general score, scaled).
    """

    def __init__(
        self, source_size: int, target_size: int, attends: bool, generator: torch.Generator
    ) -> None:
        super().__init__()
        self.attends = attends
        self.source_embedding = nn.Embedding(source_size, WIDTH)
        self.target_embedding = nn.Embedding(target_size, WIDTH)
        self.encoder = nn.GRU(WIDTH, HIDDEN, batch_first=True)
        self.decoder = nn.GRU(WIDTH, HIDDEN, batch_first=True)
        if attends:
            self.w_query = nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.combine = nn.Linear(2 * HIDDEN if attends else HIDDEN, WIDTH)
        self.output = nn.Linear(WIDTH, target_size, bias=False)
        self.output.weight = self.target_embedding.weight  # one table reads and writes words
        for name, parameter in self.named_parameters():
            if "embedding" in name:
                nn.init.normal_(parameter, std=WIDTH**-0.5, generator=generator)
            elif "weight_hh" in name:
                # A state passed on through many steps neither grows nor fades.
                for gate in parameter.data.chunk(3):
                    nn.init.orthogonal_(gate, generator=generator)
            elif parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter, generator=generator)
            else:
                nn.init.zeros_(parameter)

    def forward(self, source: Tensor, target: Tensor, source_pad: Tensor | None = None) -> Tensor:
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
        states, last = self.encode(source, source_pad)
        written, _ = self.decoder(self.embed(target, self.target_embedding), last.unsqueeze(0))
        if self.attends:
            context = self.attention(written, states, source_pad) @ states
            written = torch.cat((written, context), dim=-1)  # (B, target, 2 hidden)
        logits: Tensor = self.output(torch.tanh(self.combine(written)))
        return logits

    def encode(self, source: Tensor, source_pad: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return the state after every word, (B, source, hidden), and the last, (B, hidden)."""
        states, _ = self.encoder(self.embed(source, self.source_embedding))
        if source_pad is None:
            return states, states[:, -1]
        ends = (~source_pad).sum(dim=1) - 1
        return states, states[torch.arange(len(states), device=ends.device), ends]

    def attention(self, written: Tensor, states: Tensor, source_pad: Tensor | None) -> Tensor:
        """Return how much each target position takes of each state, (B, target, source)."""
        scores: Tensor = self.w_query(written) @ states.transpose(1, 2) / math.sqrt(HIDDEN)
        if source_pad is not None:
            scores = scores.masked_fill(source_pad[:, None, :], -math.inf)
        return scores.softmax(dim=-1)

    def embed(self, tokens: Tensor, table: nn.Embedding) -> Tensor:
        """Return the tokens' vectors, shape (B, T, width)."""
        embedded: Tensor = table(tokens) * math.sqrt(WIDTH)
        return embedded
