"""How the DCGAN on digits learns, and which values are refused."""

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


@dataclass(frozen=True, slots=True)
class DigitSettings:
    """How a generator and a discriminator of digits learn.

    Parameters
    ----------
    seed : int
        Draws the initial weights, the noise and the batches.
    conditional : bool
        Whether both nets are told which digit is asked for.
    discriminator_rate, generator_rate : float
        Learning rates.
    discriminator_steps, generator_steps : int
        Updates of each net in one round, 1 to 10.
    batch_size : int
        Real digits, and fakes, in an update, 8 to 256.

    Raises
    ------
    Problem
        If a value makes no sense.
    """

    seed: int = 0
    conditional: bool = False
    discriminator_rate: float = 0.002
    generator_rate: float = 0.002
    discriminator_steps: int = 1
    generator_steps: int = 1
    batch_size: int = 32

    def __post_init__(self) -> None:
        for what in ("discriminator_rate", "generator_rate"):
            rate = getattr(self, what)
            if not (math.isfinite(rate) and rate > 0):
                raise Problem(_RATE.filled(what=what, value=rate))
        for what, least, most in (
            ("discriminator_steps", 1, 10),
            ("generator_steps", 1, 10),
            ("batch_size", 8, 256),
        ):
            value = getattr(self, what)
            if value != int(value) or not least <= value <= most:
                raise Problem(_WHOLE.filled(what=what, value=value, least=least, most=most))
