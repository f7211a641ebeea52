"""How the miniature StyleGAN learns, and which values are refused."""

from __future__ import annotations

import math
from dataclasses import dataclass

from explainer.lesson import Problem, Text

_RATE = Text(
    "{what} cannot be {value}; choose a number above 0, such as 0.002.",
    "{what} 값은 {value}일 수 없습니다. 0.002처럼 0보다 큰 수를 고르세요.",
)
_WHOLE = Text(
    "{what} cannot be {value}; choose a whole number from {least} to {most}.",
    "{what} 값은 {value}일 수 없습니다. {least}부터 {most}까지의 정수를 고르세요.",
)
_SHARE = Text(
    "{what} cannot be {value}; choose a number from 0 to {most}.",
    "{what} 값은 {value}일 수 없습니다. 0부터 {most}까지의 수를 고르세요.",
)


@dataclass(frozen=True, slots=True)
class StyleSettings:
    """How a StyleGAN on digits learns.

    Parameters
    ----------
    seed : int
        Draws the initial weights, the noise and the batches.
    learning_rate : float
        Of both nets; the mapping network learns at a tenth of it.
    r1 : float
        Weight of the R1 penalty on the discriminator; 0 is none.
    mixing : float
        Share of fakes that learn with two styles, 0 to 1.
    batch_size : int
        Real digits, and fakes, in an update, 8 to 256.

    Raises
    ------
    Problem
        If a value makes no sense.
    """

    seed: int = 0
    learning_rate: float = 0.002
    r1: float = 1.0
    mixing: float = 0.5
    batch_size: int = 32

    def __post_init__(self) -> None:
        if not (math.isfinite(self.learning_rate) and self.learning_rate > 0):
            raise Problem(_RATE.filled(what="learning_rate", value=self.learning_rate))
        for what, most in (("r1", 100.0), ("mixing", 1.0)):
            share = getattr(self, what)
            if not (math.isfinite(share) and 0 <= share <= most):
                raise Problem(_SHARE.filled(what=what, value=share, most=most))
        if self.batch_size != int(self.batch_size) or not 8 <= self.batch_size <= 256:
            raise Problem(
                _WHOLE.filled(what="batch_size", value=self.batch_size, least=8, most=256)
            )
