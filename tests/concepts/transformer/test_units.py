import pytest
import torch

from explainer.concepts.transformer.cuts import Cuts, RelationEdges
from explainer.concepts.transformer.experiment import Settings, TranslationExperiment
from explainer.concepts.transformer.grammar import sample
from explainer.concepts.transformer.model import LONGEST
from explainer.concepts.transformer.questions import (
    Damage,
    ReadSentence,
    ScoreHeads,
    Translate,
)
from explainer.concepts.transformer.tokens import SPECIAL, UNITS, korean_pieces, spans, split
from explainer.engine.questions import whole
from explainer.lesson import Problem

CHAIR = ("강아지", "가", "의자", "에", "앉아", "있", "다")


@pytest.mark.parametrize("unit", UNITS)
def test_every_sentence_is_made_of_known_pieces(unit):
    known = korean_pieces(unit).ids
    for pair in sample("training", 3000):
        pieces = split(pair.korean, unit)
        assert set(pieces) <= known.keys() - set(SPECIAL)
        assert len(pieces) < LONGEST


@pytest.mark.parametrize("unit", UNITS)
def test_spans_find_each_token_in_its_pieces(unit):
    for pair in sample("training", 200):
        pieces = split(pair.korean, unit)
        for token, (first, behind) in zip(pair.korean, spans(pair.korean, unit), strict=True):
            spelt = "".join(pieces[first:behind])
            if unit == "eojeol":
                assert token in spelt
            else:
                assert spelt == "".join(split((token,), unit))


def test_a_model_can_read_syllables():
    torch.set_num_threads(1)
    experiment = TranslationExperiment(Settings(unit="syllable", batch_size=8))
    experiment.step()
    assert 0 <= experiment.measure()["alignment"] <= 1
    reading = experiment.answer(ReadSentence(CHAIR))
    assert reading.tokens == (*"강아지가 의자에 앉아 있다", "</s>")
    assert reading.pair is not None and reading.truths == ()
    answer = experiment.answer(Translate(CHAIR))
    assert answer.expected is not None and answer.alignment == ()
    assert 0 <= whole(experiment.answer(Damage(Cuts(positions_on=False), 20))).cut <= 1
    for question in (ScoreHeads(20), Damage(Cuts(relations=(RelationEdges("who"),)), 20)):
        with pytest.raises(Problem, match="morphemes"):
            whole(experiment.answer(question))


def test_other_units_are_read_not_written():
    for wrong in ({"unit": "word"}, {"unit": "jamo", "direction": "en-ko"}):
        with pytest.raises(Problem, match="split"):
            Settings(**wrong)
