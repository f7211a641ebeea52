"""Reading two pairs of nets side by side: what they make, how they stand, how far apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import torch

from explainer.concepts.gan.losses import slope
from explainer.concepts.gan.pair import Pair
from explainer.concepts.gan.reading import (
    Forge,
    Forged,
    Stand,
    Standing,
    Survey,
    forged,
    sealed,
    verdicts,
)
from explainer.concepts.gan.settings import LossName, PlaneSettings
from explainer.concepts.gan.side_by_side.settings import SideName

# The losses whose gradients are held against each other on the same nets.
WEIGHED: tuple[LossName, ...] = ("minimax", "non-saturating")
_POINTS = 500  # that gradients are taken at
_WEIGHED, _BETWEEN = 21, 22


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What there is to see of one pair of nets.

    Parameters
    ----------
    settings : PlaneSettings
    surface : ndarray, (cells, cells)
        What the discriminator says everywhere, the top row first.
    warped : ndarray, (lines, lines, 2)
        Where the generator sends a lattice of noise.
    forged : Forged
    real : ndarray, (n, 2)
        Real points that are shown.
    standing : Standing
    pulls : mapping of loss name to float
        Mean length of the gradient that each loss would send to a fake.
    steepness : ndarray, (n,)
        Length of the discriminator's gradient at points between real ones and fakes.
    gap : float
        What the discriminator says of real points less what it says of fakes, means of logits.
    """

    settings: PlaneSettings
    surface: np.ndarray
    warped: np.ndarray
    forged: Forged
    real: np.ndarray
    standing: Standing
    pulls: Mapping[LossName, float]
    steepness: np.ndarray
    gap: float


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Both sides, and how far apart they are.

    Parameters
    ----------
    left, right : Side
    weights_apart : float
        The largest difference of any weight of either net; 0 where all are the same to the bit.
    fakes_apart : float
        The largest distance between the two fakes of one noise.
    verdicts_apart : float
        The largest difference of what the discriminators say anywhere on the plane.
    """

    left: Side
    right: Side
    weights_apart: float
    fakes_apart: float
    verdicts_apart: float

    def of(self, side: SideName) -> Side:
        """Return one side."""
        return self.left if side == "left" else self.right


@dataclass(frozen=True, slots=True)
class Compare:
    """Ask for all there is to see of both sides.

    Parameters
    ----------
    shown : int
        Real points and fakes of each side that are drawn.
    cells, lines : int
        As of `Survey`.
    counted : int
        As of `Stand`.
    """

    shown: int = 120
    cells: int = 40
    lines: int = 15
    counted: int = 1000

    def read(self, pairs: Mapping[SideName, Pair]) -> Comparison:
        """Return both sides, each read alike."""
        left, right = (self._of(pairs[side]) for side in ("left", "right"))
        apart = [
            float((one.detach() - other.detach()).abs().max())
            for one, other in zip(_weights(pairs["left"]), _weights(pairs["right"]), strict=True)
        ]
        fakes = np.linalg.norm(left.forged.points - right.forged.points, axis=1)
        said = np.abs(left.surface - right.surface)
        return Comparison(left, right, max(apart), float(fakes.max()), float(said.max()))

    def _of(self, pair: Pair) -> Side:
        surface, warped = Survey(self.cells, self.lines).read(pair)
        return Side(
            settings=pair.settings,
            surface=surface,
            warped=warped,
            forged=Forge(self.shown).read(pair),
            real=sealed(pair.real[: self.shown].copy()),
            standing=Stand(self.counted).read(pair),
            pulls=pulls(pair),
            steepness=steepness(pair),
            gap=gap(pair),
        )


def _weights(pair: Pair) -> list[torch.Tensor]:
    return [*pair.generator.parameters(), *pair.discriminator.parameters()]


def pulls(pair: Pair) -> dict[LossName, float]:
    """Return the mean length of the gradient that each of `WEIGHED` would send to a fake."""
    noise = pair.noise(_POINTS, torch.Generator().manual_seed(_WEIGHED))
    found: dict[LossName, float] = {}
    for loss in WEIGHED:
        as_if = replace(pair, settings=replace(pair.settings, loss=loss))
        found[loss] = float(np.linalg.norm(forged(as_if, noise).pull, axis=1).mean())
    return found


def steepness(pair: Pair) -> np.ndarray:
    """Return |∇D| at points between real ones and fakes, (n,): what WGAN-GP wants to be 1."""
    random = torch.Generator().manual_seed(_BETWEEN)
    real = torch.from_numpy(pair.real[:_POINTS].copy()).to(pair.device)
    with torch.no_grad():
        fake = pair.generator(pair.noise(len(real), random).to(pair.device))
    mix = torch.rand((len(real), 1), generator=random).to(pair.device)
    with torch.enable_grad():
        between = (mix * real + (1 - mix) * fake).requires_grad_()  # (n, 2)
        found = slope(pair.discriminator(between), between).detach().norm(dim=1)
    return sealed(found.cpu().numpy())


def gap(pair: Pair) -> float:
    """Return the discriminator's mean logit on real points less that on fakes."""
    random = torch.Generator().manual_seed(_BETWEEN)
    with torch.no_grad():
        fake = pair.generator(pair.noise(_POINTS, random).to(pair.device))
    real = torch.from_numpy(pair.real[:_POINTS].copy())
    return float(verdicts(pair, real).mean() - verdicts(pair, fake).mean())
