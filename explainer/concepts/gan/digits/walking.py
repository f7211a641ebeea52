"""Walks through the noise: between four corners, and from one fake to another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.dcgan import NOISE
from explainer.concepts.gan.digits.experiment import Pair, forged
from explainer.concepts.gan.digits.probe import Pictures, asked_of, wall_noise
from explainer.concepts.gan.judge import (
    Verdict,
    judged,
)
from explainer.engine.arrays import read_only

PLANE = 11  # fakes along each side of the plane between four
PATH = 49  # fakes along a walk
_CORNERS = 129  # the first seed of corners: a 7, a 0, a 4 and a 1 of the shipped pair


def mixed(corners: Tensor, weights: Tensor) -> Tensor:
    """Return noise between corners, as long as noise usually is.

    Parameters
    ----------
    corners : Tensor, (n, noise)
    weights : Tensor, (..., n)
        Bilinear weights. A plain mean of noises is shorter than any of them, and the generator
        has hardly seen such; so they are divided by their own length.
    """
    noise: Tensor = weights / weights.norm(dim=-1, keepdim=True) @ corners
    return noise


def bilinear(across: Tensor, down: Tensor) -> Tensor:
    """Return the weights of the four corners, (..., 4): upper left, upper right, lower two."""
    return torch.stack(
        [(1 - across) * (1 - down), across * (1 - down), (1 - across) * down, across * down], -1
    )


def way_round(share: np.ndarray) -> np.ndarray:
    """Return the places of a walk through the plane, (n, 2): across and down, 0 to 1."""
    angle = 2 * np.pi * share
    return np.stack([0.5 + 0.38 * np.cos(angle), 0.5 + 0.38 * np.sin(angle)], axis=-1)


def corner_noise(seed: int) -> Tensor:
    """Return four noises, (4, noise)."""
    return torch.randn((4, NOISE), generator=torch.Generator().manual_seed(_CORNERS + seed))


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """A plane of noise between four corners; arrays are read-only.

    Parameters
    ----------
    plane : ndarray, (121, 28, 28)
        Row by row.
    path : ndarray, (49, 28, 28)
        Along `way_round`.
    path_verdict : Verdict
    point : ndarray, (28, 28)
        Where the person stands.
    verdict : Verdict
        Of that one fake.
    corners : ndarray, (4,)
        What the corners are read as.
    """

    plane: Pictures
    path: Pictures
    path_verdict: Verdict
    point: Pictures
    verdict: Verdict
    corners: np.ndarray


@dataclass(frozen=True, slots=True)
class ReadPlane:
    """Fakes between four corners.

    Parameters
    ----------
    seed : int
        Draws the corners.
    across, down : float
        Where the person stands, 0 to 1.
    digit : int
        What a conditional pair is asked for throughout.
    """

    seed: int = 0
    across: float = 0.5
    down: float = 0.5
    digit: int = 3

    def read(self, pair: Pair) -> Plane:
        corners = corner_noise(self.seed)
        along = torch.linspace(0, 1, PLANE)
        down, across = torch.meshgrid(along, along, indexing="ij")
        round_it = torch.tensor(way_round(np.linspace(0, 1, PATH)), dtype=torch.float32)
        weights = torch.cat(
            (
                bilinear(across, down).reshape(-1, 4),
                bilinear(round_it[:, 0], round_it[:, 1]),
                bilinear(torch.tensor([self.across]), torch.tensor([self.down])),
            )
        )
        asked = asked_of(pair, torch.full((len(weights),), self.digit))
        pictures = forged(pair, mixed(corners, weights), asked)
        plane, path, point = torch.split(pictures, [PLANE**2, PATH, 1])
        ends = plane[[0, PLANE - 1, PLANE * (PLANE - 1), PLANE**2 - 1]]
        return Plane(
            plane=read_only(plane[:, 0]),
            path=read_only(path[:, 0]),
            path_verdict=judged(path),
            point=read_only(point[0, 0]),
            verdict=judged(point),
            corners=judged(ends).labels,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Between:
    """The way from one fake to another; arrays are read-only.

    Parameters
    ----------
    pictures : ndarray, (49, 28, 28)
    verdict : Verdict
        Of each.
    wall : ndarray, (60, 28, 28)
    faded : ndarray, (28, 28)
        Halfway, if the two pictures themselves were mixed instead of their noise.
    """

    pictures: Pictures
    verdict: Verdict
    wall: Pictures
    faded: Pictures


@dataclass(frozen=True, slots=True)
class ReadBetween:
    """The way from one of the wall's fakes to another, through the noise between theirs.

    Parameters
    ----------
    first, second : int
        Which of the wall's.
    """

    first: int
    second: int

    def read(self, pair: Pair) -> Between:
        noise, digit = wall_noise()
        share = torch.linspace(0, 1, PATH)
        weights = torch.stack((1 - share, share), dim=-1)
        ends = [self.first, self.second]
        asked = asked_of(pair, digit[ends][(share > 0.5).long()])
        way = forged(pair, mixed(noise[ends], weights), asked)
        wall = forged(pair, noise, asked_of(pair, digit))
        return Between(
            read_only(way[:, 0]),
            judged(way),
            read_only(wall[:, 0]),
            read_only((way[0, 0] + way[-1, 0]) / 2),
        )
