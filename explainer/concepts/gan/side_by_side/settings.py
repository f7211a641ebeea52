"""How two pairs of nets learn side by side: what they share, and what may differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from explainer.concepts.gan.settings import LossName, PlaneSettings
from explainer.concepts.gan.shapes import ShapeName

SideName = Literal["left", "right"]
SIDES: tuple[SideName, ...] = ("left", "right")
SHARED = (
    "seed", "shape", "layers", "units", "activation", "batch_size", "noise", "noise_size",
)  # fmt: skip
PLAIN = PlaneSettings()
OWN = (
    "loss", "r1", "penalty", "discriminator_rate", "generator_rate", "discriminator_steps",
    "generator_steps",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DuelSettings:
    """How a generator and a discriminator learn on the left, and two others on the right.

    Parameters
    ----------
    seed, shape, layers, units, activation, batch_size, noise, noise_size
        Of both sides, as of `PlaneSettings`.
    loss_left, loss_right, r1_left, r1_right, ...
        Of one side, as of `PlaneSettings` without the ending.

    Raises
    ------
    Problem
        If a value makes no sense on either side.
    """

    seed: int = PLAIN.seed
    shape: ShapeName = PLAIN.shape
    layers: int = PLAIN.layers
    units: int = PLAIN.units
    activation: str = PLAIN.activation
    batch_size: int = PLAIN.batch_size
    noise: str = PLAIN.noise
    noise_size: int = PLAIN.noise_size
    loss_left: LossName = PLAIN.loss
    loss_right: LossName = PLAIN.loss
    r1_left: float = PLAIN.r1
    r1_right: float = PLAIN.r1
    penalty_left: float = PLAIN.penalty
    penalty_right: float = PLAIN.penalty
    discriminator_rate_left: float = PLAIN.discriminator_rate
    discriminator_rate_right: float = PLAIN.discriminator_rate
    generator_rate_left: float = PLAIN.generator_rate
    generator_rate_right: float = PLAIN.generator_rate
    discriminator_steps_left: int = PLAIN.discriminator_steps
    discriminator_steps_right: int = PLAIN.discriminator_steps
    generator_steps_left: int = PLAIN.generator_steps
    generator_steps_right: int = PLAIN.generator_steps

    def __post_init__(self) -> None:
        for side in SIDES:
            self.of(side)

    def of(self, side: SideName) -> PlaneSettings:
        """Return one side's settings."""
        shared = {name: getattr(self, name) for name in SHARED}
        own = {name: getattr(self, f"{name}_{side}") for name in OWN}
        return PlaneSettings(**shared, **own)

    @property
    def differing(self) -> tuple[str, ...]:
        """Names of the settings that differ between the sides, without the ending."""
        left, right = self.of("left"), self.of("right")
        return tuple(name for name in OWN if getattr(left, name) != getattr(right, name))
