"""What the blocks scene asks of the model; torch only where a question is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explainer.concepts.transformer.answers import Floats, Translation
from explainer.concepts.transformer.blocks.places import BOXES
from explainer.concepts.transformer.questions import ReadWeights, Translate

if TYPE_CHECKING:
    from explainer.concepts.transformer.translator import Translator


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """A translation and the parameters that made it.

    Attributes
    ----------
    said : Translation
    weights : mapping of str to ndarray
        By parameter name, and "positions".
    """

    said: Translation
    weights: Mapping[str, Floats]

    def count(self, name: str) -> int:
        """Return how many parameters a box has of its own; the output has none."""
        begins = BOXES[name].parameters
        own = [v.size for k, v in self.weights.items() if begins and k.startswith(begins)]
        return sum(own)

    @property
    def total(self) -> int:
        """All parameters of the model; the position table is fixed and not one."""
        return sum(v.size for k, v in self.weights.items() if k != "positions")


@dataclass(frozen=True, slots=True)
class ReadWalk:
    """A sentence's way through every box.

    Parameters
    ----------
    tokens : tuple of str
        Of the source language.
    """

    tokens: tuple[str, ...]

    def read(self, translator: Translator) -> Walk:
        said = Translate(self.tokens).read(translator)
        return Walk(said, ReadWeights().read(translator))
