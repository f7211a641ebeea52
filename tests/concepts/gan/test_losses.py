"""The losses against their papers' formulas, written out with logarithms and labels."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from explainer.concepts.gan.losses import (
    discriminator_loss,
    generator_loss,
    gradient_penalty,
    r1_penalty,
)
from explainer.concepts.gan.model import Discriminator

REAL = torch.tensor([1.3, -0.4, 0.2])
FAKE = torch.tensor([-2.0, 0.7, 0.1])
D_REAL, D_FAKE = REAL.sigmoid(), FAKE.sigmoid()


@pytest.mark.parametrize("loss", ["non-saturating", "minimax"])
def test_the_discriminator_wants_ones_on_real_and_zeros_on_fake(loss: str) -> None:
    wanted = -(D_REAL.log().mean() + (1 - D_FAKE).log().mean())
    torch.testing.assert_close(discriminator_loss(loss, REAL, FAKE), wanted)
    smooth = -(0.9 * D_REAL.log() + 0.1 * (1 - D_REAL).log()).mean() - (1 - D_FAKE).log().mean()
    torch.testing.assert_close(discriminator_loss(loss, REAL, FAKE, 0.1), smooth)


def test_the_other_two_discriminator_losses() -> None:
    squares = 0.5 * ((REAL - 0.8) ** 2).mean() + 0.5 * (FAKE**2).mean()
    torch.testing.assert_close(discriminator_loss("least-squares", REAL, FAKE, 0.2), squares)
    critic = FAKE.mean() - REAL.mean()
    torch.testing.assert_close(discriminator_loss("wgan-gp", REAL, FAKE, 0.2), critic)


@pytest.mark.parametrize(
    ("loss", "wanted"),
    [
        ("non-saturating", -D_FAKE.log().mean()),
        ("minimax", (1 - D_FAKE).log().mean()),
        ("least-squares", 0.5 * ((FAKE - 1) ** 2).mean()),
        ("wgan-gp", -FAKE.mean()),
    ],
)
def test_what_the_generator_wants(loss: str, wanted: Tensor) -> None:
    torch.testing.assert_close(generator_loss(loss, FAKE), wanted)


def test_an_undecided_discriminator_loses_two_ln_two() -> None:
    nothing = torch.zeros(5)
    both = discriminator_loss("non-saturating", nothing, nothing).item()
    assert both == pytest.approx(2 * math.log(2))
    assert generator_loss("non-saturating", nothing).item() == pytest.approx(math.log(2))


class Plane(torch.nn.Module):
    """A discriminator whose slope is known: D(x) = 3 x + 4 y."""

    def forward(self, x: Tensor) -> Tensor:
        return 3 * x[:, 0] + 4 * x[:, 1]


def test_penalties_of_a_known_slope() -> None:
    real, fake, mix = torch.randn(6, 2).requires_grad_(), torch.randn(6, 2), torch.rand(6, 1)
    assert r1_penalty(Plane()(real), real).item() == pytest.approx(0.5 * 25)
    assert gradient_penalty(Plane(), real, fake, mix).item() == pytest.approx((5 - 1) ** 2)


def test_the_gradient_penalty_is_taken_between_real_and_fake() -> None:
    class Square(torch.nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return 0.5 * x.square().sum(dim=1)  # its slope is x itself

    real, fake = torch.tensor([[2.0, 0.0]]), torch.tensor([[0.0, 1.0]])
    found = gradient_penalty(Square(), real, fake, torch.tensor([[0.25]]))
    steepness = torch.tensor([0.5, 0.75]).norm()
    torch.testing.assert_close(found, (steepness - 1) ** 2)


def test_penalties_can_be_learned_from() -> None:
    net = Discriminator(random=torch.Generator().manual_seed(3))
    real = torch.randn(8, 2).requires_grad_()
    penalty = r1_penalty(net(real), real)
    gradients = torch.autograd.grad(penalty, [p for p in net.parameters() if p.dim() > 1])
    assert all(gradient.abs().max() > 0 for gradient in gradients)
