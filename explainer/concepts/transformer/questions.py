"""What can be asked of the translator; torch is imported only where a question is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explainer.concepts.transformer.answers import (
    BeamTree,
    Brief,
    DamageReport,
    Floats,
    HeadScores,
    SamplingRate,
    SentenceReading,
    Translation,
)
from explainer.concepts.transformer.cuts import INTACT, Cuts
from explainer.concepts.transformer.grammar import RelationKind, Split
from explainer.concepts.transformer.sampling import GREEDY, Sampling

if TYPE_CHECKING:
    from explainer.concepts.transformer.translator import Translator


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """How the encoder reads a sentence.

    Parameters
    ----------
    tokens : tuple of str
        Of the source language, without the end token; unknown ones are allowed.
    cuts : Cuts
    """

    tokens: tuple[str, ...]
    cuts: Cuts = INTACT

    def read(self, translator: Translator) -> SentenceReading:
        from explainer.concepts.transformer.reading import read_sentence

        return read_sentence(translator, self.tokens, self.cuts)


@dataclass(frozen=True, slots=True)
class Translate:
    """A sentence's translation with every map.

    Parameters
    ----------
    tokens : tuple of str
        Of the source language, without the end token.
    cuts : Cuts
    sampling : Sampling
        How each next token is chosen; greedy by default.
    forced : tuple of str
        Target tokens the output must begin with, whatever their probability; with the end token
        last, they are the whole output.
    """

    tokens: tuple[str, ...]
    cuts: Cuts = INTACT
    sampling: Sampling = GREEDY
    forced: tuple[str, ...] = ()

    def read(self, translator: Translator) -> Translation:
        from explainer.concepts.transformer.reading import translate

        return translate(translator, self.tokens, self.cuts, self.sampling, self.forced)


@dataclass(frozen=True, slots=True)
class TranslateMany:
    """The greedy translations of several sentences, without maps.

    Parameters
    ----------
    sentences : tuple of tuple of str
    """

    sentences: tuple[tuple[str, ...], ...]

    def read(self, translator: Translator) -> tuple[Brief, ...]:
        from explainer.concepts.transformer.reading import translate_many

        return translate_many(translator, self.sentences)


@dataclass(frozen=True, slots=True)
class Beam:
    """A beam search as a tree.

    Parameters
    ----------
    tokens : tuple of str
    width : int
        Sentences kept at each depth, 1 to 8.
    shown : int
        Candidates noted under each kept sentence.
    """

    tokens: tuple[str, ...]
    width: int = 3
    shown: int = 3

    def read(self, translator: Translator) -> BeamTree:
        from explainer.concepts.transformer.beam import search

        return search(translator, self.tokens, self.width, self.shown)


@dataclass(frozen=True, slots=True)
class ScoreHeads:
    """Each head's share of true cells, over held-out sentences.

    Parameters
    ----------
    sentences : int
    """

    sentences: int = 500

    def read(self, translator: Translator) -> Iterator[HeadScores]:
        """Return the answer in parts, each over more sentences than the one before."""
        from explainer.concepts.transformer.measuring import score_heads

        return score_heads(translator, self.sentences)


@dataclass(frozen=True, slots=True)
class Damage:
    """What a cut costs.

    Parameters
    ----------
    cuts : Cuts
    sentences : int
        Held-out sentences measured over.
    having : str, optional
        Only sentences that hold this kind of relation.
    split : {"sentences", "combinations"}
    """

    cuts: Cuts
    sentences: int = 200
    having: RelationKind | None = None
    split: Split = "sentences"

    def read(self, translator: Translator) -> Iterator[DamageReport]:
        """Return the answer in parts, each over more sentences than the one before."""
        from explainer.concepts.transformer.measuring import damage

        return damage(translator, self.cuts, self.sentences, self.having, self.split)


@dataclass(frozen=True, slots=True)
class Hallucinate:
    """How often sampling says something fluent that the source does not.

    Parameters
    ----------
    temperatures : tuple of float
    sentences : int
        Held-out sentences sampled once at each temperature.
    top_k, top_p, seed
        As in `Sampling`.
    """

    temperatures: tuple[float, ...] = (0.0, 0.5, 1.0, 1.5, 2.0)
    sentences: int = 128
    top_k: int = 0
    top_p: float = 1.0
    seed: int = 0

    def read(self, translator: Translator) -> tuple[SamplingRate, ...]:
        from explainer.concepts.transformer.measuring import hallucination_rates

        return hallucination_rates(
            translator,
            [Sampling(t, self.top_k, self.top_p, self.seed) for t in self.temperatures],
            self.sentences,
        )


@dataclass(frozen=True, slots=True)
class ReadWeights:
    """The model's parameters by name, and its position table as "positions"."""

    def read(self, translator: Translator) -> Mapping[str, Floats]:
        from explainer.concepts.transformer.reading import weights

        return weights(translator)
