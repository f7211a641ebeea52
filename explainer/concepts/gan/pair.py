"""Two nets on the plane as they are asked: a generator, a discriminator and their data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.model import Discriminator, Generator
from explainer.concepts.gan.settings import PlaneSettings


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A generator and a discriminator, and what they learn from.

    Parameters
    ----------
    generator : Generator
    discriminator : Discriminator
    real : ndarray, (points, 2)
        Real points.
    settings : PlaneSettings
    """

    generator: Generator
    discriminator: Discriminator
    real: np.ndarray
    settings: PlaneSettings

    @property
    def device(self) -> torch.device:
        """Where the two nets are."""
        return next(self.generator.parameters()).device

    def noise(self, count: int, random: torch.Generator) -> Tensor:
        """Return noise, shape (count, noise_size), drawn on the CPU."""
        return draw_noise(self.settings, count, random)


class Question(Protocol):
    """A question, as a frozen dataclass that reads the two nets and changes nothing."""

    def read(self, pair: Pair) -> Any:
        """Return the answer, its arrays read-only."""
        ...


def draw_noise(settings: PlaneSettings, count: int, random: torch.Generator) -> Tensor:
    """Return what the generator starts from, shape (count, noise_size)."""
    shape = (count, settings.noise_size)
    if settings.noise == "uniform":
        return torch.rand(shape, generator=random) * 2 - 1
    return torch.randn(shape, generator=random)
