"""DCGAN: its shapes, sizes and rules, its averaged weights, and its film bit for bit."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import torch
from torch import nn

from explainer.concepts.gan.dcgan import NOISE, Discriminator, Generator
from explainer.concepts.gan.digits.experiment import (
    AVERAGE_DECAY,
    DigitGan,
    forged,
    learned,
)
from explainer.concepts.gan.digits.probe import ReadMoment, ReadWall, wall_noise
from explainer.concepts.gan.digits.settings import DigitSettings
from explainer.lesson import Problem


def parameters(net: nn.Module) -> int:
    return sum(parameter.numel() for parameter in net.parameters())


def test_the_nets_are_as_large_as_their_docstrings_say() -> None:
    sizes = [parameters(net) for net in (Generator(), Discriminator())]
    assert sizes == [58_721, 10_097]
    sizes = [parameters(net) for net in (Generator(conditional=True), Discriminator(True))]
    assert sizes == [83_969, 25_777]
    for made, size in ((Generator, "58,721"), (Generator, "83,969"), (Discriminator, "10,097")):
        assert size in str(made.__doc__)


@pytest.mark.parametrize("conditional", [False, True])
def test_shapes_are_as_the_shown_source_says(conditional: bool) -> None:
    random = torch.Generator().manual_seed(0)
    generator, discriminator = Generator(NOISE, conditional, random), Discriminator(conditional)
    shapes: dict[str, tuple[int, ...]] = {}

    def watch(name: str) -> Any:
        return lambda _, given, made: shapes.update({name: tuple(made.shape[1:])})

    for net in (generator, discriminator):
        for name, module in net.named_children():
            module.register_forward_hook(watch(name))
    digit = torch.arange(5) if conditional else None
    pictures = generator(torch.randn(5, NOISE), digit)
    assert pictures.shape == (5, 1, 28, 28)
    assert pictures.min() >= -1 and pictures.max() <= 1
    assert discriminator(pictures, digit).shape == (5,)
    assert shapes["seed"] == (1568,) and shapes["norm1"] == (32, 7, 7)
    assert shapes["up1"] == (16, 14, 14) == shapes["down1"]
    assert shapes["up2"] == (1, 28, 28)
    assert shapes["down2"] == (32, 7, 7)


def test_dcgans_rules_hold() -> None:
    modules = [*Generator().modules(), *Discriminator().modules()]
    assert not any("Pool" in type(module).__name__ for module in modules)
    strided = [m for m in modules if isinstance(m, nn.Conv2d | nn.ConvTranspose2d)]
    assert len(strided) == 4 and all(m.stride == (2, 2) for m in strided)
    assert sum(isinstance(m, nn.BatchNorm2d) for m in modules) == 3


def test_a_class_moves_the_discriminators_verdict_by_a_projection() -> None:
    net = Discriminator(True, torch.Generator().manual_seed(0))
    pictures = torch.randn(6, 1, 28, 28)
    digit = torch.tensor([3, 1, 4, 1, 5, 9])
    seen = {}
    net.real.register_forward_hook(lambda _, given, made: seen.update(x=given[0], made=made))
    logits = net(pictures, digit)
    rows = net.embedding.weight[digit]
    expected = seen["made"].squeeze(1) + torch.einsum("bf,bf->b", rows, seen["x"])
    assert torch.allclose(logits, expected, atol=1e-6)


def test_shown_weights_are_the_average_of_those_that_learn() -> None:
    gan = DigitGan(DigitSettings(batch_size=8))
    average = {name: tensor.clone() for name, tensor in gan.state().items()}
    for step in range(1, 4):
        gan.step()
        state = gan.state()
        decay = min(AVERAGE_DECAY, (1 + step) / (10 + step))
        for name, _ in learned(Generator()):
            before = average[f"average.{name}"]
            wanted = decay * before + (1 - decay) * state[f"generator.{name}"]
            assert torch.allclose(state[f"average.{name}"], wanted, atol=1e-6), name
        average = state


def test_each_update_changes_one_net_only(monkeypatch: Any) -> None:
    gan = DigitGan(DigitSettings(batch_size=8))
    moved: list[set[str]] = []
    from explainer.concepts.gan.digits import experiment

    real_follow = experiment.follow

    def watched(optimiser: Any, tensors: Any, loss: Any) -> None:
        before = gan.state()
        real_follow(optimiser, tensors, loss)
        after = gan.state()
        moved.append(
            {
                name.split(".")[0]
                for name, tensor in after.items()
                if name.endswith(("weight", "bias"))
                and not name.startswith("optimiser")
                and not torch.equal(tensor, before[name])
            }
        )

    monkeypatch.setattr(experiment, "follow", watched)
    gan.step()
    assert moved == [{"discriminator"}, {"generator"}]


@pytest.mark.parametrize("conditional", [False, True])
def test_a_film_goes_on_bit_for_bit(conditional: bool) -> None:
    settings = DigitSettings(seed=3, conditional=conditional, batch_size=8)
    first = DigitGan(settings)
    for _ in range(3):
        first.step()
    kept = first.state()
    went_on = [first.step() for _ in range(3)]
    other = DigitGan(dataclasses.replace(settings, seed=8))
    other.step()
    other.restore(kept)
    assert [other.step() for _ in range(3)] == went_on
    one, two = first.state(), other.state()
    assert one.keys() == two.keys()
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_a_fake_does_not_depend_on_those_beside_it() -> None:
    gan = DigitGan(DigitSettings(batch_size=8))
    gan.step()
    noise, _ = wall_noise()

    class Alone:
        def read(self, pair: Any) -> tuple[torch.Tensor, torch.Tensor]:
            return forged(pair, noise)[:1], forged(pair, noise[:1])

    together, alone = gan.answer(Alone())
    assert torch.allclose(together, alone, atol=1e-6)


def test_a_frame_of_the_film_answers_as_it_did_when_it_was_now() -> None:
    gan = DigitGan(DigitSettings(batch_size=8))
    for _ in range(3):
        gan.step()
    then, frame = gan.answer(ReadWall()), gan.state()
    for _ in range(3):
        gan.step()
    again = gan.answer(ReadWall(), frame)
    assert (again.pictures == then.pictures).all()
    assert (again.tally.shares == then.tally.shares).all()
    moment = gan.answer(ReadMoment(), frame)
    assert abs(moment.pictures / 255 - then.pictures).max() <= 0.5 / 255 + 1e-6
    assert (moment.verdict.labels == then.verdict.labels).all()


def test_live_settings_take_effect_and_others_are_refused() -> None:
    gan = DigitGan(DigitSettings())
    gan.set("generator_rate", 0.01)
    gan.set("generator_steps", 3)
    assert (gan.settings.generator_rate, gan.settings.generator_steps) == (0.01, 3)
    for knob in ("seed", "conditional"):
        with pytest.raises(ValueError):
            gan.set(knob, 1)
    for knob, value in (
        ("generator_rate", 0.0),
        ("discriminator_rate", float("nan")),
        ("generator_steps", 0),
        ("batch_size", 3),
    ):
        with pytest.raises(Problem):
            gan.set(knob, value)
