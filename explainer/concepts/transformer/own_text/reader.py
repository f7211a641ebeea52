"""What a question reads: a net as it is or was, and its text."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from explainer.concepts.transformer.own_text.corpus import Corpus, Tokens
from explainer.concepts.transformer.own_text.model import GPT

LONGEST_PROMPT = 400  # characters; the net sees its last 64 tokens only


@dataclass(frozen=True, slots=True)
class Reader:
    """A net and the text it learns from.

    Parameters
    ----------
    net : GPT
    corpus : Corpus
    """

    net: GPT
    corpus: Corpus

    @property
    def device(self) -> torch.device:
        """Where the net computes."""
        return self.net.token_embedding.weight.device

    def numbers(self, text: str) -> list[int]:
        """Return a text's tokens; an empty one is a new line."""
        return self.corpus.pairs.encode(text[-LONGEST_PROMPT:]) or self.corpus.pairs.encode("\n")

    def batch(self, tokens: list[int]) -> Tensor:
        """Return tokens as shape (1, T)."""
        return torch.tensor([tokens], device=self.device)

    def passage(self, place: int) -> str:
        """Return a line of the held-out text; places go round."""
        lines = [line for line in self.corpus.held_out.split("\n") if len(line) > 24]
        lines = lines or [self.corpus.held_out]
        return lines[place % len(lines)].strip()

    def bits(self, tokens: Tokens, bytes_per_token: float, most: int) -> float:
        """Return bits per byte of a text's next tokens.

        Parameters
        ----------
        tokens : ndarray of int64, shape (tokens,)
        bytes_per_token : float
        most : int
            Windows of a whole context read, evenly spread.
        """
        context = self.net.config.context
        starts = list(range(0, max(len(tokens) - context - 1, 0) + 1, context))
        if len(starts) > most:
            starts = [starts[i * len(starts) // most] for i in range(most)]
        windows = [torch.from_numpy(tokens[s : s + context + 1].copy()) for s in starts]
        nats, count = 0.0, 0
        for first in range(0, len(windows), 16):
            x = torch.stack(windows[first : first + 16]).to(self.device)  # (B, T + 1)
            logits = self.net(x[:, :-1])
            wanted = x[:, 1:].flatten()
            nats += float(F.cross_entropy(logits.flatten(0, 1), wanted, reduction="sum"))
            count += len(wanted)
        return nats / max(count, 1) / math.log(2) / bytes_per_token
