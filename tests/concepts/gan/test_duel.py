"""Two pairs of nets under one clock: each as it would be alone, both the same where set alike."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch

from explainer.concepts.gan import CONCEPT
from explainer.concepts.gan.experiment import PlaneExperiment
from explainer.concepts.gan.losses import generator_loss
from explainer.concepts.gan.side_by_side import curves, differences, table, words
from explainer.concepts.gan.side_by_side.duel import Duel
from explainer.concepts.gan.side_by_side.probe import Compare, Comparison
from explainer.concepts.gan.side_by_side.settings import OWN, SIDES, DuelSettings
from explainer.concepts.gan.side_by_side.view import DuelView
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.lesson import Problem
from explainer.shell.still import still_frame

DIFFERENT: dict[str, Any] = {
    "seed": 3, "loss_right": "wgan-gp", "r1_right": 0.0, "discriminator_steps_right": 2,
    "generator_rate_left": 0.004, "batch_size": 40,
}  # fmt: skip


(SCENE,) = (scene for scene in CONCEPT.scenes if scene.key == "side-by-side")


def frame_at(key: str) -> Any:
    step, view = SCENE.step(key), DuelView()
    film = checkpoint.load_for(SCENE.experiment, asset(step.film or SCENE.shipped), "gan")
    run = Run(SCENE.experiment, {}, "cpu", film)
    return still_frame(view, SCENE, step, run, example_drawing(), "en")


def made(**settings: Any) -> Duel:
    return Duel(DuelSettings(**settings))


def part(duel: Duel, side: str) -> dict[str, torch.Tensor]:
    state = duel.state()
    return {k.removeprefix(f"{side}."): v for k, v in state.items() if k.startswith(f"{side}.")}


def same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[key], other[key]) for key in one)


@pytest.mark.parametrize("side", SIDES)
def test_a_side_is_bit_for_bit_what_it_would_be_alone(side: Any) -> None:
    duel = made(**DIFFERENT)
    alone = PlaneExperiment(duel.settings.of(side))
    for _ in range(12):
        metrics, own = duel.step(), alone.step()
        assert metrics[f"generator_loss_{side}"] == own["generator_loss"]
    assert same(part(duel, side), alone.state())
    assert duel.measure()[f"sliced_wasserstein_{side}"] == alone.measure()["sliced_wasserstein"]


def test_two_equal_sides_stay_equal_to_the_last_bit() -> None:
    duel = made()
    for _ in range(40):
        duel.step()
    assert same(part(duel, "left"), part(duel, "right"))
    found: Comparison = duel.answer(Compare())
    assert found.weights_apart == found.fakes_apart == found.verdicts_apart == 0.0
    duel.set("generator_rate_right", 0.002)
    duel.step()
    parted: Comparison = duel.answer(Compare())
    assert parted.weights_apart > 0 and parted.fakes_apart > 0


def test_every_setting_is_one_of_a_plane_and_reaches_its_side_alone() -> None:
    duel = made()
    for name in OWN:
        value: Any = "minimax" if name == "loss" else 3
        before = duel.settings.of("left")
        duel.set(f"{name}_right", value)
        assert getattr(duel.settings.of("right"), name) == value
        assert duel.settings.of("left") == before
        assert name in duel.settings.differing
        assert getattr(duel._sides["right"].settings, name) == value
    duel.set("batch_size", 64)
    assert {experiment.settings.batch_size for experiment in duel._sides.values()} == {64}
    for knob in ("units", "seed", "loss", "loss_middle", "shape"):
        with pytest.raises(ValueError, match="not a live setting"):
            duel.set(knob, getattr(duel.settings, knob, 1))


@pytest.mark.parametrize(
    ("knob", "value"), [("r1_left", -1.0), ("batch_size", 4), ("loss_right", "hinge")]
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(knob: str, value: Any) -> None:
    duel = made()
    before = duel.settings
    with pytest.raises(Problem):
        duel.set(knob, value)
    assert duel.settings == before
    assert [duel._sides[side].settings for side in SIDES] == [before.of(side) for side in SIDES]
    with pytest.raises(Problem):
        made(**{knob: value})


def test_a_film_of_both_goes_on_bit_for_bit_and_branches_at_a_change() -> None:
    run = Run(lambda settings, device: Duel(DuelSettings(**settings), device), DIFFERENT, "cpu")
    for _ in range(9):
        run.advance()
    end = run.experiment.state()
    run.seek(0, 4)
    assert run.experiment.steps == 4
    for _ in range(5):
        run.advance()
    assert same(run.experiment.state(), end)
    assert len(run.strip().tracks) == 1
    run.seek(0, 4)
    run.set("r1_right", 1.0)
    run.advance()
    assert len(run.strip().tracks) == 2


@pytest.fixture(scope="module")
def compared() -> tuple[Duel, Comparison]:
    duel = made(**DIFFERENT)
    for _ in range(30):
        duel.step()
    return duel, duel.answer(Compare())


@pytest.mark.parametrize("side", SIDES)
def test_what_is_compared_is_what_the_nets_say(
    compared: tuple[Duel, Comparison], side: Any
) -> None:
    duel, found = compared
    pair, shown = duel._sides[side].pair, found.of(side)
    fakes = pair.generator(torch.from_numpy(shown.forged.noise.copy())).detach()
    np.testing.assert_allclose(shown.forged.points, fakes.numpy(), atol=1e-6)
    np.testing.assert_array_equal(shown.real, pair.real[: len(shown.real)])
    noise = pair.noise(500, torch.Generator().manual_seed(21))
    for loss, length in shown.pulls.items():
        x = pair.generator(noise).detach().requires_grad_()
        # Of each fake alone: the sum of n means' gradients.
        each = torch.stack([generator_loss(loss, logit[None]) for logit in pair.discriminator(x)])
        (gradient,) = torch.autograd.grad(each.sum(), x)
        assert length == pytest.approx(float(gradient.norm(dim=1).mean()), rel=1e-4)


def test_the_slope_between_is_that_of_finite_differences(
    compared: tuple[Duel, Comparison],
) -> None:
    duel, found = compared
    pair = duel._sides["right"].pair
    random = torch.Generator().manual_seed(22)
    real = torch.from_numpy(pair.real[:500].copy())
    with torch.no_grad():
        fake = pair.generator(pair.noise(500, random))
        between = torch.rand((500, 1), generator=random)
        x = (between * real + (1 - between) * fake).double()
        judge = pair.discriminator.double()
        tiny = 1e-6
        slopes = [
            (judge(x + step) - judge(x - step)) / (2 * tiny)
            for step in tiny * torch.eye(2, dtype=torch.float64)
        ]
        lengths = torch.stack(slopes).norm(dim=0).numpy()
        judge.float()
    # A kink of the activation within the step would differ; there is hardly ever one.
    assert np.isclose(found.right.steepness, lengths, rtol=1e-3).mean() > 0.99


def test_comparing_changes_nothing_and_may_look_back() -> None:
    duel = made()
    for _ in range(5):
        duel.step()
    then, said = duel.state(), duel.answer(Compare())
    assert same(duel.state(), then)
    for _ in range(5):
        duel.step()
    assert duel.answer(Compare(), then).left.standing.distance == said.left.standing.distance
    for array in (said.left.surface, said.right.real, said.left.steepness):
        assert not array.flags.writeable


def test_the_wgan_step_says_what_it_does_otherwise_than_the_paper(qapp: object) -> None:
    frame = frame_at("wgan")
    assert differences.notes(frame) == (
        "R1 0 on both sides",
        "critic's λ 1 (paper: 10)",
        "1 critic update a round (paper: 5)",
    )
    changed = {"penalty_right": 10.0, "discriminator_steps_right": 5, "r1_left": 0.2}
    frame = dataclasses.replace(frame, knobs={**frame.knobs, **changed})
    assert differences.notes(frame) == (
        "critic's λ 10 (paper: 10)",
        "5 critic updates a round (paper: 5)",
    )
    assert differences.notes(frame_at("collapse")) == ()


def test_the_r1_step_draws_the_distance_that_it_asks_about(qapp: object) -> None:
    frame = frame_at("r1")
    assert curves.history_of(frame) == "distance"
    first, *_ = table.rows(frame)
    assert first.name is words.MEASURE["distance"]
    assert first.wanted == frame.answer.left.standing.floor
    steps, values = frame.film.curve("sliced_wasserstein_right")
    middle = values[(steps > 1500) & (steps < 2500)].min()
    assert values[-1] > 2 * middle  # B's grows again
