"""What is asked of the mapping network: both clouds, and one point's way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.judge import judged
from explainer.concepts.gan.style.experiment import forged
from explainer.concepts.gan.style.noises import CLOUD_SEED, noise_of
from explainer.concepts.gan.stylegan import Generator
from explainer.engine.arrays import read_only

CLOUD = 400
NEIGHBOURS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Clouds:
    """Noise before and after the mapping network; read-only.

    Parameters
    ----------
    z, w : ndarray, (CLOUD, 2)
        Each cloud seen along its two directions of greatest spread, scaled to that of the first.
    labels : ndarray of int, (CLOUD,)
        The digit that the fake of each is read as.
    alike_z, alike_w : float
        How often one of the `NEIGHBOURS` nearest points, over all numbers, is the same digit.
    chance : float
        The same for points taken at random.
    chosen : int
    stages : tuple of ndarray, each (32,)
        What the mapping network makes of the chosen z, layer by layer; the last is w.
    pictures : ndarray, (CLOUD, 28, 28)
        The fakes, ink 0 to 1.
    """

    z: np.ndarray
    w: np.ndarray
    labels: np.ndarray
    alike_z: float
    alike_w: float
    chance: float
    chosen: int
    stages: tuple[np.ndarray, ...]
    pictures: np.ndarray


@dataclass(frozen=True, slots=True)
class ReadClouds:
    """Ask for both clouds.

    Parameters
    ----------
    chosen : int
        The point whose way through the mapping network is told, 0 to CLOUD - 1.
    """

    chosen: int = 0

    @torch.no_grad()
    def read(self, generator: Generator) -> Clouds:
        """Return them, with the digit that every point becomes."""
        z = noise_of(CLOUD, CLOUD_SEED)
        stages = generator.mapping.stages(z.to(generator.synthesis.paper.device))
        pictures = forged(generator, z)
        labels = judged(pictures).labels
        first, w = stages[0].cpu(), stages[-1].cpu()
        shares = np.bincount(labels, minlength=10) / CLOUD
        return Clouds(
            seen_flat(first),
            seen_flat(w),
            read_only(labels),
            alike(first, labels),
            alike(w, labels),
            float(np.square(shares).sum()),
            self.chosen,
            tuple(read_only(stage[self.chosen]) for stage in stages),
            read_only(pictures[:, 0]),
        )


def seen_flat(points: Tensor) -> np.ndarray:
    """Return points (n, d) along the two directions of greatest spread, (n, 2), the first ±1."""
    centred = points - points.mean(dim=0)
    _, _, directions = torch.linalg.svd(centred, full_matrices=False)
    # A direction and its opposite are as good: the largest number in it is positive.
    two = directions[:2]
    two = two * two.gather(1, two.abs().argmax(dim=1, keepdim=True)).sign()
    flat = centred @ two.T  # (n, 2)
    return read_only(flat / flat[:, 0].abs().max())


def alike(points: Tensor, labels: np.ndarray) -> float:
    """Return how often one of a point's nearest neighbours bears its label; points (n, d)."""
    distances = torch.cdist(points, points)
    distances.fill_diagonal_(torch.inf)
    nearest = distances.topk(NEIGHBOURS, largest=False).indices.numpy()  # (n, NEIGHBOURS)
    return float((labels[nearest] == labels[:, None]).mean())
