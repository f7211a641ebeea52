import dataclasses
import itertools
import time
import unicodedata

import numpy as np
import pytest
import torch
from safetensors import safe_open

from explainer.concepts.transformer import CONCEPT
from explainer.concepts.transformer.attention import focus
from explainer.concepts.transformer.attention.learning import (
    FILMS,
    LEARNED,
    SENTENCES,
    UpdateClock,
    updates_to_learn,
)
from explainer.concepts.transformer.attention.probe import LearningTime
from explainer.concepts.transformer.cuts import Cuts, RelationEdges
from explainer.concepts.transformer.experiment import Settings, TranslationExperiment
from explainer.concepts.transformer.grammar import sample
from explainer.concepts.transformer.model import LONGEST
from explainer.concepts.transformer.pool import Pool
from explainer.concepts.transformer.questions import (
    Damage,
    ReadSentence,
    ScoreHeads,
    Translate,
)
from explainer.concepts.transformer.tokens import SPECIAL
from explainer.concepts.transformer.units import UNITS, costs, korean_pieces, letter, spans, split
from explainer.engine.assets import asset
from explainer.engine.checkpoint import load
from explainer.engine.questions import whole
from explainer.lesson import Problem
from explainer.stage.frame import Frame

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


def test_splits_join_back():
    korean = ("강아지", "가", "의자", "에", "앉아", "있", "다")
    assert split(korean, "eojeol") == ("강아지가", "의자에", "앉아", "있다")
    assert split(korean, "morpheme") == korean
    assert "".join(split(korean, "syllable")) == "강아지가 의자에 앉아 있다"
    letters = "".join(split(korean, "jamo"))
    assert unicodedata.normalize("NFC", letters) == "강아지가 의자에 앉아 있다"
    assert len(split(korean, "syllable")) == 14


def test_finer_splits_are_longer():
    lengths = [cost.mean_length for cost in costs(500)]
    assert lengths == sorted(lengths)
    by_unit = {cost.unit: cost.vocabulary_size for cost in costs(500)}
    assert by_unit["jamo"] < by_unit["morpheme"] < by_unit["eojeol"]
    for cost in costs(500):
        assert cost.vocabulary_size == len(korean_pieces(cost.unit))


def test_letters_stand_alone():
    assert [letter(p) for p in ("\u1100", "\u1161", "\u11ab", "a", " ")] == list("ㄱㅏㄴa ")


# -- the films and what is read from them -------------------------------------------------------


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit != "morpheme"])
def test_a_film_of_each_unit_translates_what_it_never_learned(unit):
    torch.set_num_threads(1)
    untrained = TranslationExperiment(Settings(unit=unit))
    known = dataclasses.asdict(untrained.settings)
    film = load(asset(FILMS[unit]), "transformer", untrained.state(), known)
    assert film.settings == known
    untrained.restore(film.frames[-1].state)
    metrics = untrained.measure()
    assert metrics["exact_match"] >= 0.99
    assert metrics["combinations"] >= 0.97


@pytest.mark.parametrize("unit", UNITS)
def test_updates_to_learn_are_those_of_the_films_metrics(unit):
    with safe_open(asset(FILMS[unit]), framework="np") as film:
        steps = film.get_tensor("metrics/exact_match/steps")
        shares = film.get_tensor("metrics/exact_match/values")
    told = updates_to_learn(unit)
    assert told in steps
    assert shares[steps == told] >= LEARNED
    assert (shares[steps < told] < LEARNED).all()


def test_without_a_film_no_updates_are_told(monkeypatch):
    monkeypatch.setitem(FILMS, "jamo", "checkpoints/none.safetensors")
    updates_to_learn.cache_clear()
    try:
        assert updates_to_learn("jamo") is None
        assert LearningTime("jamo", None, 30.0).seconds is None
    finally:
        updates_to_learn.cache_clear()


def test_an_update_is_really_timed(monkeypatch):
    clock = UpdateClock("syllable", torch.device("cpu"))
    seen = []
    step = TranslationExperiment.step

    def slower(experiment):
        seen.append((experiment.settings.unit, experiment.steps, torch.is_grad_enabled()))
        step(experiment)
        until = time.thread_time() + 0.02 * (len(seen) > 1)
        while time.thread_time() < until:
            pass

    monkeypatch.setattr(TranslationExperiment, "step", slower)
    with torch.no_grad():  # as where a question is answered
        while not clock.is_done:
            assert clock.milliseconds is None
            before = len(seen)
            clock.run()
            assert len(seen) - before <= 1  # what is typed meanwhile waits for one update
    # One warms up, then the pass begins anew.
    assert seen == [("syllable", number, True) for number in (0, *range(16))]
    assert clock.milliseconds >= 20
    assert LearningTime("syllable", 200, clock.milliseconds).seconds == pytest.approx(
        0.2 * clock.milliseconds
    )


def test_the_timed_updates_are_one_pass_over_the_sentences(monkeypatch):
    read = []
    batch = Pool.batch
    monkeypatch.setattr(Pool, "batch", lambda pool, rows: read.append(rows) or batch(pool, rows))
    clock = UpdateClock("eojeol", torch.device("cpu"))
    while not clock.is_done:
        clock.run()
    assert len(read) == 1 + 16
    assert sorted(np.concatenate(read[1:])) == list(range(SENTENCES))


def request_at(measured):
    scene = CONCEPT.scene("attention")
    step = scene.step("tokens")
    return focus.question(Frame(step=step, knobs=scene.values(step), measured=measured))


def test_an_export_is_not_kept_waiting_by_times_it_does_not_show(monkeypatch):
    request = request_at(measured=False)
    assert request.counts and not request.times
    monkeypatch.setattr(UpdateClock, "run", lambda clock: pytest.fail("it was timed"))
    answer = whole(TranslationExperiment(Settings()).answer(request))
    assert len(answer.costs) == len(answer.learning) == len(UNITS)


def test_costs_are_counted_in_pieces_and_then_there_at_once():
    request, experiment = request_at(measured=True), TranslationExperiment(Settings())
    assert request.times
    costs.cache_clear()
    parts = experiment.answer(request)
    empty = list(itertools.takewhile(lambda part: not part.costs, parts))
    # The sentence alone; four films read; pieces of four units, sentences, pairs, the counts.
    assert len(empty) == 1 + 4 + 4 + 3
    assert next(experiment.answer(request)).costs == costs()
