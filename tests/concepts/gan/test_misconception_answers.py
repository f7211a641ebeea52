"""The last sentence of an answer: it never says what its own figures do not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
import torch

from explainer.concepts.gan import CONCEPT
from explainer.concepts.gan.misconceptions import told, words
from explainer.concepts.gan.misconceptions.closing import case, went
from explainer.concepts.gan.misconceptions.state import is_done
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.shell.still import still_frame
from explainer.stage.view import View

SCENE = CONCEPT.scene("misconceptions")
DRAW, HALF = 2 * math.log(2), math.log(2)


@pytest.mark.parametrize(
    ("card", "found", "wanted"),
    [
        ("frozen", {"generator_loss": (0.70, 0.53), "distance": (0.06, 2.3)}, "no nearer"),
        ("frozen", {"generator_loss": (0.70, 0.53), "distance": (0.06, 0.06)}, "no nearer"),
        ("frozen", {"generator_loss": (0.704, 0.697), "distance": (0.6, 0.57)}, "nearer"),
        ("frozen", {"generator_loss": (0.70, 0.71), "distance": (0.6, 0.7)}, "no fall"),
        ("frozen", {"generator_loss": (0.7001, 0.6999), "distance": (0.6, 0.7)}, "no fall"),
        ("judge", {"accuracy": (0.9, 1.0), "pull": (0.01, 0.27)}, "grew"),
        ("judge", {"accuracy": (0.9, 1.0), "pull": (0.01, 2e-9)}, "sure"),
        ("judge", {"accuracy": (0.5, 0.6), "pull": (0.3, 0.2)}, "shrank"),
        ("judge", {"accuracy": (0.5, 0.6), "pull": (0.3, 0.3001)}, "stayed"),
        ("zero", {"discriminator_loss": (1.4, 1e-9), "generator_loss": (0.7, 21.0)}, "beaten"),
        ("zero", {"discriminator_loss": (1.4, DRAW), "generator_loss": (0.7, HALF)}, "draw"),
        ("zero", {"discriminator_loss": (1.4, 1.32), "generator_loss": (0.7, 0.86)}, "between"),
        ("memorise", {"nearest": (0.002, 0.003)}, "no nearer"),
        ("memorise", {"nearest": (0.002, 0.0015)}, "a little"),
        ("memorise", {"nearest": (0.002, 0.0002)}, "copies"),
        ("collapse", {"generator_loss": (0.70, 0.69), "modes": (8.0, 1.0)}, "hidden"),
        ("collapse", {"generator_loss": (0.70, 3.2), "modes": (8.0, 1.0)}, "apart"),
        ("collapse", {"generator_loss": (0.67, 0.65), "modes": (0.0, 0.0)}, "alike"),
        ("rounds", {"without": (0.1, 0.3), "with": (0.04, 0.04)}, "calm"),
        ("rounds", {"without": (0.1, 0.3), "with": (0.04, 0.5)}, "worse"),
        ("rounds", {"without": (0.1, 0.11), "with": (0.04, 0.04)}, "helped"),
        ("real", {}, ""),
        ("half", {}, ""),
    ],
)
def test_the_figures_choose_the_sentence(card: str, found: Any, wanted: str) -> None:
    assert case(card, found) == wanted
    assert not wanted or wanted in words.CLOSING[card]


def test_a_change_that_the_table_does_not_show_is_none() -> None:
    assert [went(1.0, 1.0001), went(1.0, 1.002), went(4e-4, 2e-9), went(0.0, 0.0)] == [0, 1, -1, 0]


def _bears_out(card: str, said: str, found: Any) -> bool:
    """Whether figures bear out what an answer says, by its words."""
    if card == "frozen":
        (loss, now), (distance, far) = found["generator_loss"], found["distance"]
        if "did not fall" in said:
            return bool(now > loss - 0.001)
        return bool(now < loss) and bool(far < distance) == ("came nearer too" in said)
    if card == "judge":
        (_, right), (pull, now) = found["accuracy"], found["pull"]
        if "little left" in said:
            return bool(now < pull and right > 0.9)
        if "sends less" in said:
            return bool(now < pull)
        return bool(now > pull) if "the gradient grew" in said else abs(now - pull) < 0.001
    if card == "zero":
        loss = found["discriminator_loss"][1]
        return bool(loss < 0.5) == ("near 0" in said) and ("close to" not in said or loss > 1.2)
    if card == "memorise":
        fresh, fakes = found["nearest"]
        return bool(fakes >= fresh) == ("Not this one" in said)
    if card == "collapse":
        if "Both losses are near" in said:
            assert found["generator_loss"] == pytest.approx((HALF, HALF), abs=0.1)
        return ("about as many" in said) == bool(abs(found["modes"][0] - found["modes"][1]) < 2)
    return True


@pytest.fixture
def one_thread() -> Iterator[None]:
    """These nets are so small that threads only wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def view(qapp: object) -> Iterator[View]:
    made = SCENE.view()
    yield made
    made.close()


@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize("moment", ["early", "declared", "end"])
@pytest.mark.parametrize("key", ["frozen", "judge", "zero", "memorise", "collapse"])
def test_no_pill_at_no_round_is_answered_against_its_figures(
    view: View, key: str, moment: str
) -> None:
    step = SCENE.step(key)
    film = checkpoint.load_for(SCENE.experiment, asset(step.film or SCENE.shipped), "gan")
    run = Run(SCENE.experiment, {}, "cpu", film)
    at = {"early": 20, "declared": step.training, "end": "shipped"}[moment]
    if moment == "end" and at == step.training:
        at = 600  # the end is what was declared: somewhere between
    if isinstance(at, int):
        run.seek(0, at)
    for amount, _ in words.LEVELS[key]:
        knobs = {"guess": "false", "amount": amount}
        frame = still_frame(view, SCENE, step, run, example_drawing(), "en", knobs=knobs)
        assert is_done(frame)
        said = told.verdict(frame)
        assert any(said.endswith(text.en) for text in words.CLOSING[key].values())
        assert _bears_out(key, said, told.figures(frame)), (amount, said)
