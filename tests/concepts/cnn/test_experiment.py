import dataclasses
import time

import numpy as np
import pytest
import torch

from explainer.concepts.cnn.experiment import WALL, DigitExperiment, Settings
from explainer.concepts.cnn.reading import ReadDigit, ReadProbabilities
from explainer.concepts.cnn.training.probe import NextUpdate
from explainer.engine.datasets import digits
from explainer.engine.run import Run
from explainer.lesson import Problem


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def losses(experiment, count):
    return [experiment.step()["loss"] for _ in range(count)]


def assert_same_state(first, second):
    assert first.keys() == second.keys()
    for name in first:
        assert torch.equal(first[name], second[name]), name


def image(index=0):
    return digits().test_images[index].astype(np.float32) / 255


def test_the_loss_falls_in_60_steps():
    run = losses(DigitExperiment(Settings()), 60)
    assert np.mean(run[-10:]) < 0.5 * np.mean(run[:10])


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_the_same_seed_gives_the_same_numbers(optimiser):
    settings = Settings(seed=4, optimiser=optimiser)
    first, second = DigitExperiment(settings), DigitExperiment(settings)
    torch.manual_seed(1)
    assert losses(first, 5) == losses(second, 5)
    assert_same_state(first.state(), second.state())
    assert losses(first, 1) != losses(DigitExperiment(Settings(seed=5, optimiser=optimiser)), 1)


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_a_restored_run_goes_on_bit_for_bit(optimiser):
    experiment = DigitExperiment(Settings(optimiser=optimiser, batch_size=1000))
    losses(experiment, 8)
    kept = experiment.state()
    # A batch of 1,000 goes through more than one epoch, so the order is restored too.
    onwards = losses(experiment, 6)
    end = experiment.state()
    experiment.restore(kept)
    assert_same_state(experiment.state(), kept)
    assert losses(experiment, 6) == onwards
    assert_same_state(experiment.state(), end)
    other = DigitExperiment(experiment.settings)
    other.restore(kept)
    assert losses(other, 6) == onwards


def test_either_optimiser_goes_on_where_it_was():
    experiment = DigitExperiment(Settings())
    losses(experiment, 3)
    kept = experiment.state()
    onwards = losses(experiment, 3)
    experiment.set("optimiser", "sgd")
    losses(experiment, 3)
    experiment.restore(kept)
    experiment.set("optimiser", "adam")
    assert losses(experiment, 3) == onwards


def test_every_state_has_the_same_tensors_and_is_a_copy():
    experiment = DigitExperiment(Settings())
    fresh = experiment.state()
    before = {name: tensor.clone() for name, tensor in fresh.items()}
    losses(experiment, 2)
    assert_same_state(fresh, before)
    for name, tensor in experiment.state().items():
        assert (tensor.shape, tensor.dtype) == (fresh[name].shape, fresh[name].dtype), name


def test_settings_change_between_steps():
    experiment = DigitExperiment(Settings())
    for knob, value in {
        "learning_rate": 0.01,
        "batch_size": 8,
        "optimiser": "sgd",
        "augmentation": False,
    }.items():
        experiment.set(knob, value)
        assert getattr(experiment.settings, knob) == value
    experiment.step()
    assert experiment.snapshot().examples_seen == 8


@pytest.mark.parametrize(
    ("knob", "value"),
    [
        ("learning_rate", 0),
        ("learning_rate", float("nan")),
        ("batch_size", 0),
        ("batch_size", 2.5),
        ("optimiser", "lbfgs"),
    ],
)
def test_a_senseless_setting_is_refused_and_changes_nothing(knob, value):
    experiment = DigitExperiment(Settings())
    with pytest.raises(Problem):
        experiment.set(knob, value)
    assert experiment.settings == Settings()


def test_only_live_settings_are_set():
    with pytest.raises(ValueError, match="seed"):
        DigitExperiment(Settings()).set("seed", 1)


def test_measuring_and_answering_change_nothing():
    experiment = DigitExperiment(Settings())
    losses(experiment, 2)
    kept = experiment.state()
    experiment.measure()
    experiment.answer(ReadDigit(image()))
    experiment.answer(ReadProbabilities(image()), kept)
    experiment.snapshot()
    assert_same_state(experiment.state(), kept)


def test_a_snapshot_is_finite_and_read_only():
    experiment = DigitExperiment(Settings())
    assert experiment.snapshot().loss is None
    losses(experiment, 2)
    snapshot = experiment.snapshot()
    assert snapshot.step == 2
    assert snapshot.examples_seen == 64
    assert snapshot.gradient_norms.shape == (4,)
    assert (snapshot.gradient_norms > 0).all()
    assert snapshot.wall_predictions.shape == (WALL,)
    arrays = [*snapshot.weights.values(), snapshot.gradient_norms, snapshot.wall_predictions]
    for array in arrays:
        assert np.isfinite(array).all()
        assert not array.flags.writeable
    with pytest.raises(dataclasses.FrozenInstanceError):
        snapshot.step = 3


def test_a_restored_snapshot_shows_what_was_seen():
    experiment = DigitExperiment(Settings())
    losses(experiment, 5)
    kept = experiment.state()
    experiment.restore(kept)
    seen = experiment.snapshot()
    losses(experiment, 5)
    experiment.restore(kept)
    again = experiment.snapshot()
    assert (again.step, again.loss) == (5, seen.loss)
    np.testing.assert_array_equal(again.gradient_norms, seen.gradient_norms)
    np.testing.assert_array_equal(again.wall_predictions, seen.wall_predictions)
    for name, weights in seen.weights.items():
        np.testing.assert_array_equal(again.weights[name], weights)


def test_the_wall_is_read_by_the_net_as_it_stands():
    experiment = DigitExperiment(Settings())
    experiment.snapshot()
    losses(experiment, 6)
    wall = experiment.snapshot().wall_predictions
    read = [experiment.answer(ReadProbabilities(image(i))).argmax() for i in range(WALL)]
    np.testing.assert_array_equal(wall, read)


def test_a_reading_adds_up():
    experiment = DigitExperiment(Settings())
    losses(experiment, 30)
    reading = experiment.answer(ReadDigit(image()))
    weights = experiment.snapshot().weights
    for layer in ("conv1", "conv2"):
        terms = getattr(reading, f"{layer}_terms")
        summed = terms.sum(axis=1) + weights[f"{layer}.bias"][:, None, None]
        np.testing.assert_allclose(summed, reading.layers[layer], atol=1e-5)
    logits = reading.layers["logits"]
    by_map = reading.map_shares.sum(axis=1) + reading.bias_shares
    by_neuron = reading.hidden_shares.sum(axis=1) + weights["output.bias"]
    np.testing.assert_allclose(by_map, logits, atol=1e-5)
    np.testing.assert_allclose(by_neuron, logits, atol=1e-5)
    assert reading.probabilities.sum() == pytest.approx(1, abs=1e-6)
    for array in [*reading.layers.values(), reading.conv2_terms, reading.map_shares]:
        assert not array.flags.writeable


def test_a_frame_answers_as_the_net_was_then():
    experiment = DigitExperiment(Settings())
    losses(experiment, 10)
    kept = experiment.state()
    then = experiment.answer(ReadProbabilities(image()))
    losses(experiment, 30)
    now = experiment.answer(ReadProbabilities(image()))
    np.testing.assert_array_equal(experiment.answer(ReadProbabilities(image()), kept), then)
    assert not np.array_equal(now, then)


def test_augmentation_switched_off_and_on_in_the_past_is_no_other_run():
    run = Run(lambda settings, device: DigitExperiment(Settings(**settings), device), {}, "cpu")
    for _ in range(12):
        run.advance()
    run.keep_end()
    end = run.experiment.state()
    run.seek(0, 4)
    run.set("augmentation", False)
    run.experiment.answer(NextUpdate())
    run.set("augmentation", True)
    while run.experiment.steps < 12:
        run.advance()
    assert len(run.strip().tracks) == 1
    assert_same_state(run.experiment.state(), end)


def test_it_learns_from_the_practice_strokes_only_with_augmentation():
    experiment = DigitExperiment(Settings())
    assert len(experiment._order) == 10_500
    experiment.set("augmentation", False)
    assert len(experiment._order) == 9_000
    assert int(experiment._order.max()) < 9_000


@pytest.mark.slow
def test_three_seconds_of_training_reach_96_5_percent():
    experiment = DigitExperiment(Settings())
    seconds = 0.0
    while seconds < 3:
        before = time.thread_time()
        experiment.step()
        seconds += time.thread_time() - before
    assert experiment.measure()["test_accuracy"] >= 0.965
