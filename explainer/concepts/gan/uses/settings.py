"""How the sketch-to-digit GAN learns, and which values are refused."""

from __future__ import annotations

import math
from dataclasses import dataclass

from explainer.lesson import Problem, Text

_RATE = Text(
    "{what} cannot be {value}; choose a number above 0, such as 0.001.",
    "{what} 값은 {value}일 수 없습니다. 0.001처럼 0보다 큰 수를 고르세요.",
)
_SHARE = Text(
    "{what} cannot be {value}; choose a number from 0 to {most}.",
    "{what} 값은 {value}일 수 없습니다. 0부터 {most}까지의 수를 고르세요.",
)
_NOTHING = Text(
    "With neither the discriminator nor L1 the generator has nothing to learn from; set one of"
    " them above 0.",
    "판별자도 L1도 없으면 생성자가 배울 것이 없습니다. 둘 중 하나를 0보다 크게 하세요.",
)
_WHOLE = Text(
    "{what} cannot be {value}; choose a whole number from {least} to {most}.",
    "{what} 값은 {value}일 수 없습니다. {least}부터 {most}까지의 정수를 고르세요.",
)


@dataclass(frozen=True, slots=True)
class SketchSettings:
    """How a generator learns to turn thin strokes into full digits.

    Parameters
    ----------
    seed : int
        Draws the initial weights and the batches.
    learning_rate : float
        Of both nets.
    adversarial : float
        Weight of what the discriminator says; 0 is L1 alone.
    likeness : float
        Weight of the L1 distance to the picture that the sketch was made from.
    batch_size : int
        Pairs in an update, 8 to 256.

    Raises
    ------
    Problem
        If a value makes no sense.
    """

    seed: int = 0
    learning_rate: float = 0.001
    adversarial: float = 1.0
    likeness: float = 20.0
    batch_size: int = 32

    def __post_init__(self) -> None:
        if not (math.isfinite(self.learning_rate) and self.learning_rate > 0):
            raise Problem(_RATE.filled(what="learning_rate", value=self.learning_rate))
        for what, most in (("adversarial", 100.0), ("likeness", 1000.0)):
            share = getattr(self, what)
            if not (math.isfinite(share) and 0 <= share <= most):
                raise Problem(_SHARE.filled(what=what, value=share, most=most))
        if self.adversarial == self.likeness == 0:
            raise Problem(_NOTHING)
        if self.batch_size != int(self.batch_size) or not 8 <= self.batch_size <= 256:
            raise Problem(
                _WHOLE.filled(what="batch_size", value=self.batch_size, least=8, most=256)
            )
