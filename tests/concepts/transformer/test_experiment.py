import dataclasses
import time

import numpy as np
import pytest
import torch

from explainer.concepts.transformer.experiment import Settings, TranslationExperiment
from explainer.concepts.transformer.pool import exam
from explainer.concepts.transformer.questions import ReadSentence, Translate, TranslateMany
from explainer.lesson import Problem

CHAIR = ("강아지", "가", "의자", "에", "앉아", "있", "다")


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def losses(experiment, count):
    return [experiment.step()["loss"] for _ in range(count)]


def assert_same_state(first, second):
    assert first.keys() == second.keys()
    for name in first:
        assert torch.equal(first[name], second[name]), name


def test_the_loss_falls_in_60_steps():
    run = losses(TranslationExperiment(Settings()), 60)
    assert np.mean(run[-10:]) < 0.6 * np.mean(run[:10])


def test_the_same_seed_gives_the_same_numbers():
    settings = Settings(seed=4, batch_size=8)
    first, second = TranslationExperiment(settings), TranslationExperiment(settings)
    torch.manual_seed(1)
    assert losses(first, 4) == losses(second, 4)
    assert_same_state(first.state(), second.state())
    assert losses(first, 1) != losses(TranslationExperiment(Settings(seed=5, batch_size=8)), 1)


def test_a_restored_run_goes_on_bit_for_bit():
    experiment = TranslationExperiment(Settings(batch_size=8))
    # From the last batch but one of an epoch, so that the next epoch's order is restored too.
    experiment._position = len(experiment._batches) - 2
    losses(experiment, 1)
    kept = experiment.state()
    onwards = losses(experiment, 4)
    end = experiment.state()
    experiment.restore(kept)
    assert_same_state(experiment.state(), kept)
    assert losses(experiment, 4) == onwards
    assert_same_state(experiment.state(), end)
    other = TranslationExperiment(experiment.settings)
    other.restore(kept)
    assert losses(other, 4) == onwards


def test_measuring_and_answering_change_nothing():
    experiment = TranslationExperiment(Settings(batch_size=8))
    losses(experiment, 2)
    before = experiment.state()
    metrics = experiment.measure()
    experiment.answer(Translate(CHAIR))
    experiment.snapshot()
    assert_same_state(experiment.state(), before)
    assert set(metrics) == {"exact_match", "alignment", "combinations"}
    assert all(0 <= value <= 1 for value in metrics.values())


def test_an_answer_can_be_as_the_net_was():
    experiment = TranslationExperiment(Settings(batch_size=8))
    then, was = experiment.state(), experiment.answer(ReadSentence(CHAIR))
    losses(experiment, 3)
    again = experiment.answer(ReadSentence(CHAIR), then)
    assert np.array_equal(again.tensors["encoder.memory"], was.tensors["encoder.memory"])
    now = experiment.answer(ReadSentence(CHAIR))
    assert not np.array_equal(now.tensors["encoder.memory"], was.tensors["encoder.memory"])


def test_live_settings():
    experiment = TranslationExperiment(Settings(batch_size=8))
    experiment.set("learning_rate", 0.001)
    experiment.set("batch_size", 4)
    assert experiment.settings == Settings(learning_rate=0.001, batch_size=4)
    losses(experiment, 1)
    assert experiment.snapshot().sentences_seen == 4
    with pytest.raises(ValueError, match="heads"):
        experiment.set("heads", 1)


@pytest.mark.parametrize(
    "wrong",
    [{"direction": "ko-fr"}, {"heads": 3}, {"learning_rate": float("nan")}, {"batch_size": 0}],
)
def test_what_makes_no_sense_is_refused_in_both_languages(wrong):
    with pytest.raises(Problem) as refused:
        Settings(**wrong)
    assert str(next(iter(wrong.values()))) in refused.value.text.ko


def test_a_snapshot_is_cheap_and_frozen():
    experiment = TranslationExperiment(Settings(batch_size=8))
    assert experiment.snapshot().loss is None
    losses(experiment, 2)
    before = time.perf_counter()
    snapshot = experiment.snapshot()
    assert time.perf_counter() - before < 0.005
    assert (snapshot.step, snapshot.sentences_seen) == (2, 16)
    with pytest.raises(dataclasses.FrozenInstanceError):
        snapshot.step = 1


@pytest.mark.slow
@pytest.mark.parametrize("direction", ["ko-en", "en-ko"])
def test_it_translates_within_seconds(direction):
    experiment = TranslationExperiment(Settings(direction=direction))
    seconds, reached = 0.0, None
    while seconds < 8 and reached is None:
        before = time.thread_time()
        experiment.step()
        seconds += time.thread_time() - before
        if experiment.steps % 25 == 0 and experiment.measure()["exact_match"] >= 0.95:
            reached = seconds
    assert reached is not None
    while experiment.steps < 500:
        experiment.step()
    metrics = experiment.measure()
    assert metrics["exact_match"] >= 0.98 and metrics["combinations"] >= 0.95
    assert metrics["alignment"] >= 0.8
    # What evaluation foretells with the truth fed in is what greedy decoding writes.
    questions = exam(direction, "sentences", 384).pairs[:64]
    source, target = experiment.settings.source, experiment.settings.target
    answers = experiment.answer(TranslateMany(tuple(p.tokens(source) for p in questions)))
    right = [a.words == p.tokens(target) for a, p in zip(answers, questions, strict=True)]
    assert np.mean(right) >= 0.95
    assert [a.is_right for a in answers] == right


def test_decoding_many_is_decoding_each():
    experiment = TranslationExperiment(Settings(batch_size=8))
    losses(experiment, 3)
    sentences = [p.korean for p in exam("ko-en", "sentences", 384).pairs[:4]]
    many = experiment.answer(TranslateMany(tuple(sentences)))
    for tokens, brief in zip(sentences, many, strict=True):
        one = experiment.answer(Translate(tokens))
        assert one.words == brief.words
        assert float(np.prod(one.confidence)) == pytest.approx(brief.confidence, rel=1e-3)
