"""A model with its two vocabularies, and what a question to it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor

from explainer.concepts.transformer.model import Transformer
from explainer.concepts.transformer.tokens import END_ID, START_ID, Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Translator:
    """A transformer that reads tokens of one language and writes tokens of another.

    Parameters
    ----------
    net : Transformer
    source, target : Vocabulary
    """

    net: Transformer
    source: Vocabulary
    target: Vocabulary

    def source_ids(self, tokens: Sequence[str]) -> Tensor:
        """Return a sentence and its end as ids, shape (1, source)."""
        return self._row([*self.source.encode(tokens), END_ID])

    def target_ids(self, tokens: Sequence[str]) -> Tensor:
        """Return the start and the tokens written so far as ids, shape (1, target)."""
        return self._row([START_ID, *self.target.encode(tokens)])

    def _row(self, ids: list[int]) -> Tensor:
        return torch.tensor([ids], device=self.net.output.weight.device)


class Request(Protocol):
    """A question, as a frozen dataclass that reads a translator and changes nothing."""

    def read(self, translator: Translator) -> Any:
        """Return the answer, its arrays read-only."""
        ...
