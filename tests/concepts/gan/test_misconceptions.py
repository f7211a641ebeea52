"""The claims on the cards, and whether they hold as the cards say."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
import torch

from explainer.concepts.gan import CONCEPT
from explainer.concepts.gan.losses import discriminator_loss, generator_loss
from explainer.concepts.gan.misconceptions import told, words
from explainer.concepts.gan.misconceptions.deeds import SHIFT
from explainer.concepts.gan.misconceptions.layout import card_layout
from explainer.concepts.gan.misconceptions.probe import Try
from explainer.concepts.gan.misconceptions.seen import Trial
from explainer.concepts.gan.misconceptions.state import is_done
from explainer.concepts.gan.side_by_side.duel import Duel
from explainer.concepts.gan.side_by_side.settings import DuelSettings
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.shell.still import still_frame
from explainer.stage.frame import Frame, Room
from explainer.stage.view import View

SCENE = CONCEPT.scene("misconceptions")


def run_at(step: Any) -> Run:
    film = checkpoint.load_for(SCENE.experiment, asset(step.film or SCENE.shipped), "gan")
    run = Run(SCENE.experiment, {}, "cpu", film)
    if isinstance(step.training, int):
        run.seek(0, step.training)
    return run


@pytest.fixture(scope="module")
def early() -> Duel:
    duel = Duel(DuelSettings())
    for _ in range(15):
        duel.step()
    return duel


@pytest.fixture(scope="module")
def late() -> Run:
    return run_at(SCENE.steps[0])


@pytest.mark.parametrize("amount", [1, 2])
def test_real_points_are_not_in_the_generators_loss(late: Run, amount: int) -> None:
    found: Trial = late.experiment.answer(Try("real", amount))
    figures = found.figures
    assert figures["unused"] == (1.0, 1.0)
    assert figures["gradient_apart"][1] == 0.0
    assert figures["generator_loss"][0] == figures["generator_loss"][1]
    assert abs(figures["discriminator_loss"][1] - figures["discriminator_loss"][0]) > 0.01
    # The judge's loss, taken another way.
    pair = late.experiment._sides["left"].pair
    noise = pair.noise(150, torch.Generator().manual_seed(31))
    real = torch.from_numpy(pair.real[:150].copy())
    on_fake = pair.discriminator(pair.generator(noise))
    on_real = pair.discriminator(real + torch.tensor(SHIFT) if amount == 1 else real)
    pairs = (on_real, on_fake) if amount == 1 else (on_fake, on_real)
    loss = pair.settings.loss
    assert figures["discriminator_loss"][1] == pytest.approx(
        discriminator_loss(loss, *pairs).item(), abs=1e-6
    )
    assert figures["generator_loss"][1] == pytest.approx(
        generator_loss(loss, on_fake).item(), abs=1e-6
    )


def test_a_loss_that_real_points_do_enter_is_told_from_one_that_they_do_not(late: Run) -> None:
    """The sign that there is no path is not always given."""
    pair = late.experiment._sides["left"].pair
    real = torch.from_numpy(pair.real[:9].copy()).requires_grad_()
    judged = discriminator_loss("non-saturating", pair.discriminator(real), torch.zeros(9))
    (to_real,) = torch.autograd.grad(judged, real, allow_unused=True)
    assert to_real is not None and to_real.abs().max() > 0


def test_against_a_frozen_judge_the_loss_falls_and_the_fakes_get_worse(late: Run) -> None:
    amount = words.LEVELS["frozen"][-1][0]
    figures = late.experiment.answer(Try("frozen", amount)).figures
    assert figures["judge_apart"] == (0.0, 0.0)
    assert figures["generator_loss"][1] < figures["generator_loss"][0] - 0.01
    assert figures["distance"][1] > 2 * figures["distance"][0]
    assert figures["modes"][1] < figures["modes"][0]


def test_a_judge_that_learns_alone_starves_the_generator(early: Duel) -> None:
    figures = early.answer(Try("judge", 400)).figures
    assert figures["accuracy"][1] > 0.99
    assert figures["pull"][1] < 1e-3 * figures["pull"][0]
    assert figures["other_pull"][1] > figures["other_pull"][0]


def test_losses_go_to_zero_only_against_a_forger_without_skill(late: Run) -> None:
    bad, perfect = (late.experiment.answer(Try("zero", k)).figures for k in (1, 3))
    assert bad["discriminator_loss"][1] < 0.01 < bad["generator_loss"][1]
    assert perfect["discriminator_loss"][1] == pytest.approx(2 * np.log(2), abs=0.01)
    assert perfect["generator_loss"][1] == pytest.approx(np.log(2), abs=0.02)
    assert perfect["accuracy"][1] == pytest.approx(0.5, abs=0.03)
    assert bad["accuracy"][1] > 0.99


def test_fakes_lie_no_nearer_to_training_points_than_fresh_real_ones(late: Run) -> None:
    figures = late.experiment.answer(Try("memorise", 200)).figures
    assert figures["nearest"][1] > figures["nearest"][0]
    assert figures["nearer"][1] < 0.5 == figures["nearer"][0]


@pytest.mark.parametrize("card", words.SAID)
def test_nothing_done_changes_nothing_and_no_deed_touches_the_nets(late: Run, card: str) -> None:
    before = copy.deepcopy(late.experiment.state())
    nothing: Trial = late.experiment.answer(Try(card, 0))
    if card not in told.PAIRED and card != "memorise":
        assert all(one == other for one, other in nothing.figures.values()), card
    late.experiment.answer(Try(card, words.LEVELS[card][0][0]))
    after = late.experiment.state()
    assert all(torch.equal(before[name], after[name]) for name in before)


def frame_of(view: View, key: str, guess: str, amount: int) -> Frame:
    step = SCENE.step(key)
    knobs = {"guess": guess, "amount": amount}
    return still_frame(view, SCENE, step, run_at(step), example_drawing(), "en", knobs=knobs)


@pytest.fixture
def view(qapp: object) -> Any:
    made = SCENE.view()
    yield made
    made.close()


@pytest.mark.parametrize("step", SCENE.steps, ids=lambda step: step.key)
def test_the_answer_is_hidden_until_one_has_chosen_and_tried(view: View, step: Any) -> None:
    amount = words.LEVELS[step.key][-1][0]
    hidden = frame_of(view, step.key, "none", amount)
    assert not is_done(hidden) and "comes once" in view.described(hidden)
    layout = card_layout(hidden, Room())
    centre = layout.pills[0][1].center()
    assert view.hit(layout, hidden, centre) == ()  # nothing can be done before a choice
    chosen = frame_of(view, step.key, "true", 0)
    assert not is_done(chosen)
    assert view.hit(layout, chosen, centre) == ("do", words.LEVELS[step.key][0][0])
    done = frame_of(view, step.key, "false", amount)
    assert is_done(done)
    figures = told.figures(done)
    said = told.verdict(done)
    shown = {
        "real": "gradient_apart", "frozen": "distance", "judge": "accuracy", "half": "accuracy",
        "zero": "discriminator_loss", "memorise": "nearest", "collapse": "modes",
    }  # fmt: skip
    if step.key in shown:
        key = shown[step.key]
        assert told.written(done, key, figures[key][1]) in said
    else:
        assert f"{done.film.curve('sliced_wasserstein_right')[1][-1]:.3f}" in said
    assert view.pick(done, ("guess", "true")).knobs == {"guess": "true"}
    assert view.pick(done, ("do", amount)).plays


def test_more_rounds_made_it_worse_without_r1_and_the_collapsed_losses_look_balanced() -> None:
    film = run_at(SCENE.step("rounds")).strip()
    _, distance = film.curve("sliced_wasserstein_right")
    assert distance[-1] > 1.5 * distance.min()
    collapsed = run_at(SCENE.step("collapse"))
    for name, wanted in (("discriminator", 2 * np.log(2)), ("generator", np.log(2))):
        _, values = collapsed.strip().curve(f"{name}_loss_right")
        assert values[-50:].mean() == pytest.approx(wanted, abs=0.05)
    figures = collapsed.experiment.answer(Try("collapse", 1)).figures
    assert figures["modes"][0] == 8 and figures["modes"][1] <= 2
