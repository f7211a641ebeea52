"""How the two nets on the plane learn, and which values are refused."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from explainer.concepts.gan.shapes import SHAPES, ShapeName
from explainer.lesson import Problem, Text

LossName = Literal["non-saturating", "minimax", "least-squares", "wgan-gp"]
LOSSES: tuple[LossName, ...] = ("non-saturating", "minimax", "least-squares", "wgan-gp")
ACTIVATIONS = ("leaky-relu", "relu", "tanh")
OPTIMISERS = ("adam", "sgd")
NOISES = ("gaussian", "uniform")

# What a named beginning changes; all else stays as it is.
PRESETS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "balanced": MappingProxyType({}),
        # Ten updates of the generator for one of the discriminator: two modes at most in every
        # evaluation of eight seeds; turned back to one, all eight are covered again within four
        # seconds (measured).
        "collapse": MappingProxyType({"generator_steps": 10}),
        "strong-judge": MappingProxyType(
            {"loss": "minimax", "discriminator_steps": 5, "discriminator_rate": 0.01, "r1": 0.0}
        ),
    }
)

_CHOOSE = Text(
    "There is no {what} {value}; choose {offered}.",
    "{what} 값 {value}은(는) 없습니다. {offered} 가운데에서 고르세요.",
)
_WHOLE = Text(
    "{what} cannot be {value}; choose a whole number from {least} to {most}.",
    "{what} 값은 {value}일 수 없습니다. {least}부터 {most}까지의 정수를 고르세요.",
)
_RATE = Text(
    "{what} cannot be {value}; choose a number above 0, such as 0.002.",
    "{what} 값은 {value}일 수 없습니다. 0.002처럼 0보다 큰 수를 고르세요.",
)
_SHARE = Text(
    "{what} cannot be {value}; choose a number from 0 to {most}.",
    "{what} 값은 {value}일 수 없습니다. 0부터 {most}까지의 수를 고르세요.",
)
_NOBODY = Text(
    "With no update of either net nothing is learned; set one of the two steps to 1 or more.",
    "두 신경망 모두 갱신이 0번이면 아무것도 배우지 않습니다. 둘 중 하나를 1번 이상으로 하세요.",
)
_NOTHING_DRAWN = Text(
    "There are no points to learn from; draw some with the brush, or open a file.",
    "배울 점이 없습니다. 붓으로 그리거나 파일을 여세요.",
)


@dataclass(frozen=True, slots=True)
class PlaneSettings:
    """How a generator and a discriminator of points learn.

    Parameters
    ----------
    seed : int
        Draws the real points, the initial weights, the noise and the batches.
    preset : str
        Which of `PRESETS` it began with.
    shape : str
        The cloud to imitate, one of `SHAPES`.
    points : tuple of float
        x, y, x, y, ... of what was drawn; for the shape "drawn" alone.
    layers, units : int
        Hidden layers of each net, 1 to 3, and units in each, 2 to 64.
    activation : {"leaky-relu", "relu", "tanh"}
    loss : str
        One of `LOSSES`.
    r1 : float
        Weight γ of the R1 penalty on the discriminator; 0 is none.
    penalty : float
        Weight λ of the gradient penalty; it counts with the loss "wgan-gp" alone.
    smoothing : float
        How much less than 1 the discriminator is asked for on real points.
    optimiser : {"adam", "sgd"}
    discriminator_rate, generator_rate : float
        Learning rates.
    discriminator_steps, generator_steps : int
        Updates of each net in one round, 0 to 10; not both 0.
    batch_size : int
        Real points, and fakes, in an update, 8 to 1024.
    noise : {"gaussian", "uniform"}
    noise_size : int
        Numbers that the generator starts from, 1 to 8.

    Raises
    ------
    Problem
        If a value makes no sense.
    """

    seed: int = 0
    preset: str = "balanced"
    shape: ShapeName = "ring"
    points: tuple[float, ...] = ()
    layers: int = 3
    units: int = 14
    activation: str = "leaky-relu"
    loss: LossName = "non-saturating"
    r1: float = 0.2
    penalty: float = 1.0
    smoothing: float = 0.0
    optimiser: str = "adam"
    discriminator_rate: float = 0.003
    generator_rate: float = 0.001
    discriminator_steps: int = 1
    generator_steps: int = 1
    batch_size: int = 150
    noise: str = "gaussian"
    noise_size: int = 2

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> PlaneSettings:
        """Return settings in which what is given goes before what the preset says."""
        preset = PRESETS.get(str(given.get("preset", "balanced")), {})
        return cls(**{**preset, **given})

    def __post_init__(self) -> None:
        for what, value, offered in (
            ("preset", self.preset, tuple(PRESETS)),
            ("shape", self.shape, SHAPES),
            ("activation", self.activation, ACTIVATIONS),
            ("loss", self.loss, LOSSES),
            ("optimiser", self.optimiser, OPTIMISERS),
            ("noise", self.noise, NOISES),
        ):
            if value not in offered:
                said = ", ".join(offered)
                raise Problem(_CHOOSE.filled(what=what, value=value, offered=said))
        for what, least, most in (
            ("layers", 1, 3),
            ("units", 2, 64),
            ("discriminator_steps", 0, 10),
            ("generator_steps", 0, 10),
            ("batch_size", 8, 1024),
            ("noise_size", 1, 8),
        ):
            value = getattr(self, what)
            if value != int(value) or not least <= value <= most:
                raise Problem(_WHOLE.filled(what=what, value=value, least=least, most=most))
        for what in ("discriminator_rate", "generator_rate"):
            rate = getattr(self, what)
            if not (math.isfinite(rate) and rate > 0):
                raise Problem(_RATE.filled(what=what, value=rate))
        for what, highest in (("r1", 100.0), ("penalty", 100.0), ("smoothing", 0.5)):
            share = getattr(self, what)
            if not (math.isfinite(share) and 0 <= share <= highest):
                raise Problem(_SHARE.filled(what=what, value=share, most=highest))
        if self.discriminator_steps == self.generator_steps == 0:
            raise Problem(_NOBODY)
        if self.shape == "drawn" and len(self.points) < 2:
            raise Problem(_NOTHING_DRAWN)
