"""The noises that the style scene shows: the same at every step of the film."""

from __future__ import annotations

import torch
from torch import Tensor

from explainer.concepts.gan.stylegan import NOISE, Generator

COUNTED = 500  # fakes that shares are of
CLOUD_SEED, PAIRS, ROWS, COLUMNS, PIXELS = 21, 23, 24, 25, 26
_SHOWN = 22
_MEAN_OF = 1000


def noise_of(count: int, seed: int) -> Tensor:
    """Return z, (count, NOISE), of one of the scene's seeds."""
    return torch.randn((count, NOISE), generator=torch.Generator().manual_seed(seed))


def shown_noise(count: int) -> Tensor:
    """Return z, (count, NOISE), of the first fakes that are shown."""
    return noise_of(COUNTED, _SHOWN)[:count]


def mean_style(generator: Generator) -> Tensor:
    """Return the mean of 1,000 w, shape (STYLE,)."""
    z = noise_of(_MEAN_OF, CLOUD_SEED).to(generator.synthesis.paper.device)
    mean: Tensor = generator.mapping(z).mean(dim=0)
    return mean
