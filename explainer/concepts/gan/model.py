"""The two nets of a generative adversarial network, on points of a plane."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn

ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {
    "leaky-relu": lambda: nn.LeakyReLU(0.05),
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
}


def layers(
    wide: list[int], activation: str, random: torch.Generator | None = None
) -> nn.Sequential:
    """Return linear layers of the given widths with an activation between each two.

    Parameters
    ----------
    wide : list of int
        Numbers that go in, then those that come out of each layer.
    activation : str
        One of `ACTIVATIONS`.
    random : torch.Generator, optional
        Draws the initial weights, uniformly within ±1/√(numbers that go in).
    """
    net = nn.Sequential()
    for place, (before, after) in enumerate(pairwise(wide)):
        if place > 0:
            net.append(ACTIVATIONS[activation]())
        linear = nn.Linear(before, after)
        bound = before**-0.5
        nn.init.uniform_(linear.weight, -bound, bound, generator=random)
        nn.init.uniform_(linear.bias, -bound, bound, generator=random)
        net.append(linear)
    return net


class Generator(nn.Module):
    """Turns noise into a point. It never sees a real one.

    References
    ----------
    I. Goodfellow et al., "Generative adversarial nets", NIPS 2014.
    """

    def __init__(
        self,
        noise_size: int = 2,
        hidden_layers: int = 3,
        units: int = 14,
        activation: str = "leaky-relu",
        random: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.net = layers([noise_size, *[units] * hidden_layers, 2], activation, random)

    def forward(self, z: Tensor) -> Tensor:
        """Return points, shape (B, 2), from noise of shape (B, noise_size)."""
        points: Tensor = self.net(z)  # (B, 2)
        return points


class Discriminator(nn.Module):
    """Says how real a point looks: above 0 rather real, below 0 rather forged.

    References
    ----------
    I. Goodfellow et al., "Generative adversarial nets", NIPS 2014. Its D(x) is the sigmoid of
    what comes out here; a Wasserstein critic uses it as it is.
    """

    def __init__(
        self,
        hidden_layers: int = 3,
        units: int = 14,
        activation: str = "leaky-relu",
        random: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.net = layers([2, *[units] * hidden_layers, 1], activation, random)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (B,), of points of shape (B, 2)."""
        logits: Tensor = self.net(x)  # (B, 1)
        return logits.squeeze(-1)  # (B,)
