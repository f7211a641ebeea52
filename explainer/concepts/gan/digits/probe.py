"""What the digits scene asks of the two nets; torch only where a question is answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.dcgan import NOISE
from explainer.concepts.gan.digits.experiment import Pair, counted_noise, forged
from explainer.concepts.gan.digits.shipped import COLLAPSED, as_shipped
from explainer.concepts.gan.judge import (
    Tally,
    Verdict,
    judged,
    real_tally,
    tallied,
)
from explainer.engine.arrays import read_only

Pictures = np.ndarray

ROWS, COLUMNS = 6, 10
WALL = ROWS * COLUMNS
_WALL = 7  # seed of the wall's noise


def wall_noise() -> tuple[Tensor, Tensor]:
    """Return the wall's noise, (60, noise), and the digit each column asks for."""
    random = torch.Generator().manual_seed(_WALL)
    return torch.randn((WALL, NOISE), generator=random), torch.arange(WALL) % COLUMNS


def asked_of(pair: Pair, digit: Tensor) -> Tensor | None:
    """Return what a pair is asked for: nothing, if it cannot be."""
    return digit if pair.conditional else None


@dataclass(frozen=True, slots=True, eq=False)
class Wall:
    """Fakes from noise that stays the same, judged; arrays are read-only.

    Parameters
    ----------
    pictures : ndarray, (60, 28, 28)
        Ink 0 to 1.
    verdict : Verdict
    tally, real : Tally or None
        Of 500 other fakes, and of 500 real digits; None where none were counted.
    conditional : bool
        Whether each column was asked for its digit.
    """

    pictures: Pictures
    verdict: Verdict
    tally: Tally | None
    real: Tally
    conditional: bool


@dataclass(frozen=True, slots=True)
class ReadWall:
    """The wall.

    Parameters
    ----------
    counted : bool
        Whether 500 others are counted too, 35 ms.
    """

    counted: bool = True

    def read(self, pair: Pair) -> Wall:
        noise, digit = wall_noise()
        pictures = forged(pair, noise, asked_of(pair, digit))
        tally = count(pair) if self.counted else None
        return Wall(
            read_only(pictures[:, 0]), judged(pictures), tally, real_tally(), pair.conditional
        )


def count(pair: Pair) -> Tally:
    """Return what the classifier counts in 500 fakes."""
    noise, digit = counted_noise()
    return tallied(judged(forged(pair, noise, asked_of(pair, digit))))


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """The wall at one frame of the film; arrays are read-only.

    Parameters
    ----------
    pictures : ndarray of uint8, (60, 28, 28)
        255 is ink.
    verdict : Verdict
    """

    pictures: Pictures
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ReadMoment:
    """The wall at any frame of the film."""

    def read(self, pair: Pair) -> Moment:
        noise, digit = wall_noise()
        pictures = forged(pair, noise, asked_of(pair, digit))
        ink = read_only((pictures[:, 0] * 255).round().to(torch.uint8))
        return Moment(ink, judged(pictures))


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The run on the stage beside one that has collapsed.

    Parameters
    ----------
    here, collapsed : Wall
    step : int
        Rounds the collapsed one had learned for.
    generator_steps : int
        Updates of its generator in a round.
    discriminator_rate, generator_rate : float
    """

    here: Wall
    collapsed: Wall
    step: int
    generator_steps: int
    discriminator_rate: float
    generator_rate: float


@dataclass(frozen=True, slots=True)
class ReadCompared:
    """Both walls, both counted."""

    def read(self, pair: Pair) -> Compared:
        other = as_shipped(COLLAPSED)
        wall = ReadWall()
        return Compared(
            here=wall.read(pair),
            collapsed=wall.read(other.pair),
            step=other.step,
            generator_steps=int(other.settings["generator_steps"]),
            discriminator_rate=float(other.settings["discriminator_rate"]),
            generator_rate=float(other.settings["generator_rate"]),
        )
