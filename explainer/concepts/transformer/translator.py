"""A model with its two vocabularies, and what a question to it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor

from explainer.concepts.transformer.model import LONGEST, Transformer
from explainer.concepts.transformer.tokens import END_ID, START_ID, Vocabulary
from explainer.concepts.transformer.units import Unit, split
from explainer.lesson import Problem, Text

_TOO_LONG = Text(
    en="The sentence has {count} tokens and the model has {most} positions; shorten it.",
    ko="문장이 토큰 {count}개인데 모델의 위치는 {most}개뿐입니다. 문장을 줄여 주세요.",
)
_NO_RELATIONS = Text(
    en="The grammar's relations join morphemes; set the split of Korean to morphemes.",
    ko="문법이 아는 관계는 형태소 사이에 있습니다. 한국어 단위를 형태소로 바꾸세요.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Translator:
    """A transformer that reads tokens of one language and writes tokens of another.

    Parameters
    ----------
    net : Transformer
    source, target : Vocabulary
    unit : str
        What Korean is split into.
    """

    net: Transformer
    source: Vocabulary
    target: Vocabulary
    unit: Unit = "morpheme"

    def pieces(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """Return source tokens as this model reads them."""
        return split(tokens, self.unit) if self.source.language == "ko" else tuple(tokens)

    def require_morphemes(self) -> None:
        """Raise Problem if Korean is split otherwise, where relations have no place."""
        if self.unit != "morpheme":
            raise Problem(_NO_RELATIONS)

    def source_ids(self, tokens: Sequence[str]) -> Tensor:
        """Return a sentence and its end as ids, shape (1, source).

        Raises
        ------
        Problem
            If the sentence is longer than the model has positions.
        """
        pieces = self.pieces(tokens)
        if len(pieces) + 1 > LONGEST:
            raise Problem(_TOO_LONG.filled(count=len(pieces) + 1, most=LONGEST))
        return self._row([*self.source.encode(pieces), END_ID])

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
