"""What the translate scene asks of the model; torch only where a question is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from explainer.concepts.transformer.answers import (
    BeamTree,
    Brief,
    Floats,
    SamplingRate,
    Translation,
)
from explainer.concepts.transformer.cuts import LAYERS, Place
from explainer.concepts.transformer.grammar import Pair, eojeols_of
from explainer.concepts.transformer.judging import judge
from explainer.concepts.transformer.outside import CASES, Case, case_of
from explainer.concepts.transformer.questions import Beam, Hallucinate, Translate, TranslateMany
from explainer.concepts.transformer.sampling import Sampling
from explainer.concepts.transformer.sentence import spelt, tokens_of
from explainer.concepts.transformer.tokens import tokenise

if TYPE_CHECKING:
    from explainer.concepts.transformer.translator import Translator


@dataclass(frozen=True, slots=True)
class Searched:
    """A beam search beside the greedy translation of the same sentence.

    Attributes
    ----------
    tree : BeamTree
    greedy : Brief
    """

    tree: BeamTree
    greedy: Brief


@dataclass(frozen=True, slots=True)
class Search:
    """A beam search and a greedy translation."""

    tokens: tuple[str, ...]
    width: int

    def read(self, translator: Translator) -> Searched:
        tree = Beam(self.tokens, self.width).read(translator)
        (greedy,) = TranslateMany((self.tokens,)).read(translator)
        return Searched(tree, greedy)


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A sentence at one frame of the film.

    Attributes
    ----------
    maps : mapping of Place to ndarray, shape (rows, columns)
        Attention weights averaged over heads, the second layer of each kind.
    text : str
        The greedy translation.
    wrong, words : int
        Wrong words of the translation, and all.
    """

    maps: Mapping[Place, Floats]
    text: str
    wrong: int
    words: int


@dataclass(frozen=True, slots=True)
class ReadMoment:
    """A sentence's maps while the true translation is fed in, so that all frames are alike.

    Parameters
    ----------
    tokens : tuple of str
        Of the source language.
    truth : tuple of str
        What the decoder reads; without it, what it writes itself.
    """

    tokens: tuple[str, ...]
    truth: tuple[str, ...]

    def read(self, translator: Translator) -> Moment:
        own = Translate(self.tokens).read(translator)
        fed = Translate(self.tokens, forced=self.truth).read(translator) if self.truth else own
        rows = len(self.truth) + 1 if self.truth else len(fed.read)
        maps = {}
        for place, attention in fed.attention.items():
            if place.layer == LAYERS - 1:
                mean = attention.weights.mean(axis=0)
                if place.kind == "decoder":
                    mean = mean[:rows, :rows]
                elif place.kind == "cross":
                    mean = mean[:rows]
                mean = np.ascontiguousarray(mean)
                mean.flags.writeable = False
                maps[place] = mean
        return Moment(MappingProxyType(maps), own.text, sum(own.wrong), len(own.words))


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A sentence, what came of it, and what of that is wrong.

    Parameters
    ----------
    key : str
        Of the case; "own" for any other sentence.
    text : str
        What was read.
    found : Translation
        Held against the truth where it is known, else against the source's own words.
    """

    key: str
    text: str
    found: Translation


@dataclass(frozen=True, slots=True)
class ReadCases:
    """The cases, translated and judged against what they say, behind a sentence of one's own.

    Parameters
    ----------
    own : str
        In the language the model reads; where it is a case, that one comes first.
    """

    own: str

    def read(self, translator: Translator) -> tuple[Judged, ...]:
        own = case_of(self.own)
        others = tuple(_judged(case, translator) for case in CASES if case is not own)
        if own is not None:
            return (_judged(own, translator), *others)
        tokens = _given(self.own, translator)
        return (Judged("own", self.own, Translate(tokens).read(translator)), *others)


def _given(text: str, translator: Translator) -> tuple[str, ...]:
    """Return what a model is given of a text: other units than morphemes may know a new word."""
    chips = tokenise(text, translator.source.language)
    return tokens_of(chips) if translator.unit == "morpheme" else spelt(chips)


def _judged(case: Case, translator: Translator) -> Judged:
    source, target = translator.source.language, translator.target.language
    tokens = _given(case.said(source), translator)
    found = Translate(tokens).read(translator)
    korean, english = (
        tuple(chip.text for chip in tokenise(case.said(language), language))
        for language in ("ko", "en")
    )
    truth = Pair(korean, english, eojeols_of(korean), (), ())
    wrong, missing = judge(tokens, found.words, truth, source)
    judged = replace(found, wrong=wrong, missing=missing, expected=truth.tokens(target))
    return Judged(case.key, case.said(source), judged)


# Below 2 next to nothing goes wrong (measured).
TEMPERATURES = (0.0, 1.0, 2.0, 2.25, 2.5, 3.0)
# Measured: a frame of the film takes 60 ms for 32 sentences; frames are answered one by one.
_SENTENCES = 128


def rates() -> Hallucinate:
    """Return the question: how often sampling goes wrong, by temperature."""
    return Hallucinate(TEMPERATURES, _SENTENCES)


def rates_along() -> Hallucinate:
    """Return the question: how often at temperature 1, for every kept frame."""
    return Hallucinate((1.0,), _SENTENCES)


Rates = tuple[SamplingRate, ...]


def sampling_of(knobs: Mapping[str, object]) -> Sampling:
    """Return how the next token is chosen by the knobs."""
    return Sampling(
        float(str(knobs.get("temperature", 0.0))),
        int(str(knobs.get("top_k", 0))),
        float(str(knobs.get("top_p", 1.0))),
        int(str(knobs.get("draw", 0))),
    )
