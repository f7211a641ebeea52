"""The two nets on the plane: who learns from whom, films, and what is refused."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch

from explainer.concepts.gan.experiment import PlaneExperiment
from explainer.concepts.gan.reading import Forge, Stand, Survey, cell_centres
from explainer.concepts.gan.settings import LOSSES, PRESETS, PlaneSettings
from explainer.engine.run import Run
from explainer.lesson import Problem


def made(**settings: Any) -> PlaneExperiment:
    return PlaneExperiment(PlaneSettings.of(settings))


def weights(experiment: PlaneExperiment, net: str) -> torch.Tensor:
    state = experiment.state()
    return torch.cat([v.flatten() for k, v in state.items() if k.startswith(f"{net}.")])


@pytest.mark.parametrize("loss", LOSSES)
def test_a_net_without_updates_stays_as_it_is(loss: str) -> None:
    for still, moves in (("generator", "discriminator"), ("discriminator", "generator")):
        experiment = made(loss=loss, **{f"{still}_steps": 0})
        before = {net: weights(experiment, net) for net in (still, moves)}
        experiment.step()
        assert torch.equal(weights(experiment, still), before[still])
        assert not torch.equal(weights(experiment, moves), before[moves])


@pytest.mark.parametrize("preset", PRESETS)
def test_a_film_frame_goes_on_bit_for_bit(preset: str) -> None:
    one, other = made(preset=preset), made(preset=preset)
    for _ in range(5):
        one.step()
    other.restore(one.state())
    assert [one.step() for _ in range(5)] == [other.step() for _ in range(5)]
    a, b = one.state(), other.state()
    assert all(torch.equal(a[name], b[name]) for name in a)


def test_every_live_setting_reaches_the_running_nets() -> None:
    experiment = made()
    experiment.set("generator_rate", 0.5)
    experiment.set("discriminator_rate", 0.25)
    rates = [
        optimiser.param_groups[0]["lr"]
        for optimiser in (experiment._generator_optimiser, experiment._discriminator_optimiser)
    ]
    assert rates == [0.5, 0.25]
    for knob, value in (
        ("loss", "wgan-gp"), ("r1", 0.0), ("penalty", 3.0), ("smoothing", 0.1),
        ("generator_steps", 3), ("batch_size", 32),
    ):  # fmt: skip
        one, other = made(), made()
        other.set(knob, value)
        assert getattr(other.settings, knob) == value
        for _ in range(2):
            one.step(), other.step()
        # The penalty counts with one loss alone.
        assert torch.equal(weights(one, "generator"), weights(other, "generator")) == (
            knob == "penalty"
        ), knob
    with pytest.raises(ValueError, match="not a live setting"):
        experiment.set("units", 5)


@pytest.mark.parametrize("noise", ["gaussian", "uniform"])
def test_fakes_are_the_generators_and_the_pull_is_autograds(noise: str) -> None:
    experiment = made(noise=noise, noise_size=3)
    for _ in range(20):
        experiment.step()
    found = experiment.answer(Forge(50))
    pair = experiment._pair
    points = pair.generator(torch.from_numpy(found.noise.copy()))
    np.testing.assert_allclose(found.points, points.detach().numpy(), atol=1e-6)
    x = points.detach().requires_grad_()
    loss = torch.nn.functional.softplus(-pair.discriminator(x))  # of each fake alone
    (gradient,) = torch.autograd.grad(loss.sum(), x)
    np.testing.assert_allclose(found.pull, -gradient.numpy(), rtol=1e-4, atol=1e-7)


def test_the_survey_is_what_the_nets_say() -> None:
    experiment = made()
    surface, lattice = experiment.answer(Survey(8, 5))
    corner = torch.from_numpy(cell_centres(8)[:1].copy())
    assert corner[0, 0] < 0 < corner[0, 1], "the first cell is the upper left one"
    assert surface[0, 0] == pytest.approx(experiment._pair.discriminator(corner).item(), abs=1e-6)
    middle = experiment._pair.generator(torch.zeros(1, 2)).detach().numpy()[0]
    np.testing.assert_allclose(lattice[2, 2], middle, atol=1e-6)


def test_questions_change_nothing_and_films_are_asked_as_they_were() -> None:
    experiment = made()
    for _ in range(10):
        experiment.step()
    then, said = experiment.state(), experiment.answer(Stand(500))
    for _ in range(10):
        experiment.step()
    now = experiment.state()
    assert experiment.answer(Stand(500), then).distance == said.distance
    after = experiment.state()
    assert all(torch.equal(now[name], after[name]) for name in now)


def test_the_generator_learns_the_ring() -> None:
    experiment = made(seed=0)
    before = experiment.answer(Stand())
    for _ in range(1200):
        experiment.step()
    after = experiment.answer(Stand())
    assert after.coverage.covered.sum() >= 6
    assert after.distance < before.distance / 4 and after.distance > after.floor / 2
    assert after.ideal.high_quality > 0.97


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"shape": "drawn"}, "no points to learn from"),
        ({"generator_steps": 0, "discriminator_steps": 0}, "nothing is learned"),
        ({"loss": "hinge"}, "no loss hinge"),
        ({"generator_rate": float("nan")}, "cannot be nan"),
        ({"layers": 9}, "from 1 to 3"),
        ({"preset": "chaos"}, "no preset chaos"),
    ],
)
def test_settings_that_make_no_sense_are_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(Problem, match=said):
        made(**given)


def test_what_is_given_goes_before_the_preset() -> None:
    assert PlaneSettings.of({"preset": "collapse"}).generator_steps == 10
    assert PlaneSettings.of({"preset": "collapse", "generator_steps": 1}).generator_steps == 1
    whole = dataclasses.asdict(PlaneSettings.of({"preset": "collapse"}))
    assert PlaneSettings.of(whole) == PlaneSettings.of({"preset": "collapse"})


@pytest.mark.parametrize("given", [{"loss": "wgan-gp"}, {"discriminator_steps": 3}])
def test_runs_of_one_seed_meet_the_same_batches(given: dict[str, Any]) -> None:
    one, other = made(), made(**given)
    for _ in range(4):
        first, second = next(iter(one.play_round())), next(iter(other.play_round()))
        assert torch.equal(first.noise, second.noise)
        assert first.real is not None and second.real is not None
        assert torch.equal(first.real, second.real)
        one.step(), other.step()


def test_a_generator_that_diverges_alone_is_told() -> None:
    run = Run(
        lambda settings, device: PlaneExperiment(PlaneSettings.of(settings), device), {}, "cpu"
    )
    for _ in range(5):
        run.advance()
    run.set("discriminator_steps", 0)
    run.set("generator_rate", 1e25)
    with pytest.raises(Problem, match="no longer a finite number"):
        for _ in range(60):
            run.advance()
    assert all(frame.is_finite for frame in run.film.frames())
    assert run.experiment.snapshot().discriminator_loss is None
