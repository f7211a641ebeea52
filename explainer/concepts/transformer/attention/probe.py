"""What the attention scene asks of the model; torch only where a question is answered."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from explainer.concepts.transformer.answers import (
    Attention,
    DamageReport,
    Floats,
    HeadScores,
    SentenceReading,
    Translation,
)
from explainer.concepts.transformer.cuts import INTACT, Cuts, Place
from explainer.concepts.transformer.grammar import RelationKind
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.questions import (
    Damage,
    ReadSentence,
    ReadWeights,
    ScoreHeads,
    Translate,
    TranslateMany,
)
from explainer.concepts.transformer.tokens import END
from explainer.concepts.transformer.units import Cost, Unit, costs, counting
from explainer.lesson import Language

if TYPE_CHECKING:
    from explainer.concepts.transformer.translator import Translator

SCORED, MEASURED = 500, 200  # held-out sentences
# Sentences that hold one relation have to be looked for: 200 took a second (measured).
MEASURED_HAVING = 100


@dataclass(frozen=True, slots=True)
class Said:
    """A translation, whole and with something cut.

    Attributes
    ----------
    intact, cut : str
        As natural text.
    is_right : bool or None
        Whether the cut one is the true translation; None if the grammar does not know it.
    """

    intact: str
    cut: str
    is_right: bool | None


@dataclass(frozen=True, slots=True)
class LearningTime:
    """How long a translator takes to learn that reads Korean in one unit.

    Attributes
    ----------
    unit : str
    updates : int or None
        Until its film's first evaluation at 95 % of held-out sentences; None without a film.
    milliseconds : float or None
        Of one update here, the mean of a pass over some sentences; None until it is timed.
    """

    unit: Unit
    updates: int | None
    milliseconds: float | None

    @property
    def seconds(self) -> float | None:
        """The two multiplied, where both are known."""
        if self.updates is None or self.milliseconds is None:
            return None
        return self.updates * self.milliseconds / 1000


@dataclass(frozen=True, slots=True, eq=False)
class Listened:
    """A sentence read by the encoder, and what was measured beside it.

    Attributes
    ----------
    reading : SentenceReading
    language : {"ko", "en"}
        Of the sentence.
    cuts : Cuts
        In force while it was read.
    ids : tuple of int
        Of the tokens read, in a vocabulary of `vocabulary_size`.
    vocabulary_size : int
    heads : int
        Heads of each attention.
    weights : mapping of str to ndarray
        The encoder's query, key and value weights and biases, by their names in the model, and
        the position table as "positions".
    unit : str
        What Korean is split into for this model.
    costs : tuple of Cost
        Of the ways to split Korean.
    learning : tuple of LearningTime
        Likewise.
    said : Said or None
    whole : Listened or None
        The same with nothing cut, where something is and the decoder is followed.
    written : Translation or None
        What the decoder looked at while the true translation was fed in; its own where the
        grammar does not know the sentence.
    damage : DamageReport or None
    scores : HeadScores or None
    """

    reading: SentenceReading
    language: Language
    cuts: Cuts
    ids: tuple[int, ...]
    vocabulary_size: int
    heads: int
    weights: Mapping[str, Floats]
    unit: Unit = "morpheme"
    costs: tuple[Cost, ...] = ()
    learning: tuple[LearningTime, ...] = ()
    said: Said | None = None
    written: Translation | None = None
    whole: Listened | None = None
    damage: DamageReport | None = None
    scores: HeadScores | None = None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens read, the end token last."""
        return self.reading.tokens

    @property
    def layers(self) -> int:
        """Layers of the encoder."""
        return len(self.reading.attention)

    def attention(self, layer: int) -> Attention:
        """Return every number of the attention of a layer, counted from 0."""
        return self.reading.attention[Place("encoder", layer)]


_WANTED = ("w_q", "w_k", "w_v")


@dataclass(frozen=True, slots=True)
class Listen:
    """How the encoder reads a sentence, with what a step needs beside it.

    Parameters
    ----------
    tokens : tuple of str
        Of the source language, without the end token.
    cuts : Cuts
    counts, translates, writes, scores : bool
        Whether to find out what splits cost, to translate, to follow the decoder through the true
        translation, and to score every head.
    times : bool
        Whether what splits cost is timed too, which takes seconds.
    damage : Cuts, optional
        What to cut in held-out sentences, to measure its cost.
    having : str, optional
        Only in sentences that hold this kind of relation.
    """

    tokens: tuple[str, ...]
    cuts: Cuts = field(default=INTACT)
    counts: bool = False
    translates: bool = False
    writes: bool = False
    scores: bool = False
    times: bool = True
    damage: Cuts | None = None
    having: RelationKind | None = None

    def read(self, translator: Translator) -> Listened | Iterator[Listened]:
        """Return the answer; in parts where something is measured, the first without it."""
        is_measured = self.damage is not None or self.scores or self.counts
        return self._measure(translator) if is_measured else self._listen(translator)

    def _measure(self, translator: Translator) -> Iterator[Listened]:
        listened = self._listen(translator)
        if self.counts:
            yield from self._count(translator, listened)
        else:
            yield listened
        if self.damage is not None:
            count = MEASURED if self.having is None else MEASURED_HAVING
            for report in Damage(self.damage, count, self.having).read(translator):
                yield replace(listened, damage=report)
        if self.scores:
            for scores in ScoreHeads(SCORED).read(translator):
                yield replace(listened, scores=scores)

    def _count(self, translator: Translator, listened: Listened) -> Iterator[Listened]:
        """Yield with what splits cost: recorded and counted, then timed, a piece at a time."""
        from explainer.concepts.transformer.attention import learning

        # What has been counted before is there at once, so that nothing flickers while typing.
        if not costs.cache_info().currsize:
            yield listened
            for _ in itertools.chain(learning.reading(), counting()):
                yield listened
        device = translator.net.output.weight.device
        listened = replace(listened, costs=costs(), learning=learning.known(device))
        yield listened
        if self.times:
            for times in learning.measured(device):
                yield replace(listened, learning=times)

    def _listen(self, translator: Translator) -> Listened:
        import torch

        # The first part of an answer in parts is made when it is asked for, outside the
        # experiment's own reading.
        with torch.no_grad():
            return self._read(translator)

    def _read(self, translator: Translator) -> Listened:
        named = ReadWeights().read(translator)
        kept = {
            name: values
            for name, values in named.items()
            if name == "positions"
            or (name.startswith("encoder.") and name.split(".")[-2] in _WANTED)
        }
        listened = Listened(
            reading=ReadSentence(self.tokens, self.cuts).read(translator),
            language=translator.source.language,
            cuts=self.cuts,
            ids=tuple(translator.source.encode((*translator.pieces(self.tokens), END))),
            vocabulary_size=len(translator.source),
            heads=translator.net.heads,
            weights=MappingProxyType(kept),
            unit=translator.unit,
            said=self._say(translator) if self.translates else None,
            written=self._write(translator) if self.writes else None,
        )
        if self.cuts == INTACT or not self.writes:
            return listened
        intact = replace(self, cuts=INTACT)
        reading = ReadSentence(self.tokens).read(translator)
        written = intact._write(translator)
        whole = replace(listened, cuts=INTACT, reading=reading, written=written)
        return replace(listened, whole=whole)

    def _write(self, translator: Translator) -> Translation:
        pair = parse(self.tokens, translator.source.language)
        true = (*pair.tokens(translator.target.language), END) if pair else ()
        return Translate(self.tokens, self.cuts, forced=true).read(translator)

    def _say(self, translator: Translator) -> Said:
        if self.cuts == INTACT:
            brief = TranslateMany((self.tokens,)).read(translator)[0]
            return Said(brief.text, brief.text, brief.is_right)
        whole = Translate(self.tokens).read(translator)
        cut = Translate(self.tokens, self.cuts).read(translator)
        is_right = None if cut.expected is None else cut.words == cut.expected
        return Said(whole.text, cut.text, is_right)
