"""Reading the two nets on the plane: fakes, verdicts, slopes, and how far they have come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.losses import generator_loss
from explainer.concepts.gan.measuring import Coverage, apart, coverage, shadows
from explainer.concepts.gan.pair import Pair
from explainer.concepts.gan.plane_geometry import middle_of
from explainer.concepts.gan.shapes import EXTENT, ShapeName, modes_of, sample

# The noise that the stage shows is the same at every step, so that each fake is one that moves.
_SHOWN, _COUNTED, _SECOND, _THIRD = 11, 12, 13, 14


@dataclass(frozen=True, slots=True, eq=False)
class Forged:
    """Fakes from noise that stays the same, and what the discriminator says of them.

    Parameters
    ----------
    noise : ndarray, (n, noise_size)
    points : ndarray, (n, 2)
    logits : ndarray, (n,)
    pull : ndarray, (n, 2)
        Where the generator's loss falls: minus its gradient with respect to each fake, times n,
        so that it does not depend on how many there are.
    """

    noise: np.ndarray
    points: np.ndarray
    logits: np.ndarray
    pull: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """How far the two have come, over thousands of points that neither has learned from.

    Parameters
    ----------
    accuracy : float
        Share of fresh real points and fakes, as many of each, that the discriminator tells
        rightly; 0.5 is a guess.
    pull : float
        Mean length of `Forged.pull`: how strong a signal the generator gets.
    distance : float or None
        Sliced Wasserstein distance of the fakes to fresh real points; None where it was not asked
        for.
    floor : float
        The same of other real points: what a perfect generator would score.
    coverage, ideal : Coverage or None
        Of the fakes, and of fresh real points; None where the shape has no modes.
    real_logits, fake_logits : ndarray, (n,)
        What the discriminator says of both.
    middle : float
        What it says where it cannot tell.
    spread : float
        How far the fakes lie from their middle, by that of fresh real points: 1 is as wide.
    """

    accuracy: float
    pull: float
    distance: float | None
    floor: float
    coverage: Coverage | None
    ideal: Coverage | None
    real_logits: np.ndarray
    fake_logits: np.ndarray
    middle: float
    spread: float


@dataclass(frozen=True, slots=True)
class Forge:
    """Ask for fakes from the noise that is always shown.

    Parameters
    ----------
    count : int
    """

    count: int = 200

    def read(self, pair: Pair) -> Forged:
        """Return them with the discriminator's verdicts."""
        random = torch.Generator().manual_seed(_SHOWN)
        return forged(pair, pair.noise(self.count, random))


@dataclass(frozen=True, slots=True)
class Stand:
    """Ask how far the two have come.

    Parameters
    ----------
    count : int
        Points of each kind that are counted.
    distance : bool
        Whether the clouds' distance is wanted: it takes more time than all the rest.
    """

    count: int = 2000
    distance: bool = True

    def read(self, pair: Pair) -> Standing:
        """Return the measures with their floors."""
        random = torch.Generator().manual_seed(_COUNTED)
        fakes = forged(pair, pair.noise(self.count, random))
        settings = pair.settings
        fresh, shadow, floor, ideal = _fresh(settings.shape, settings.points, self.count)
        on_real = verdicts(pair, torch.from_numpy(fresh))
        middle = middle_of(settings.loss, on_real, fakes.logits)
        right = (on_real > middle).mean() + (fakes.logits <= middle).mean()
        modes = modes_of(settings.shape)
        return Standing(
            accuracy=float(right / 2),
            pull=float(np.linalg.norm(fakes.pull, axis=1).mean()),
            distance=apart(shadows(fakes.points), shadow) if self.distance else None,
            floor=floor,
            coverage=None if modes is None else coverage(fakes.points, modes),
            ideal=ideal,
            real_logits=sealed(on_real),
            fake_logits=fakes.logits,
            middle=middle,
            spread=_wide(fakes.points) / max(_wide(fresh), 1e-9),
        )


def _wide(points: np.ndarray) -> float:
    """Return the root mean square distance of points, (n, 2), from their middle."""
    return float(np.sqrt(points.var(axis=0).sum()))


@lru_cache(maxsize=8)
def _fresh(
    shape: ShapeName, points: tuple[float, ...], count: int
) -> tuple[np.ndarray, np.ndarray, float, Coverage | None]:
    """Return real points nobody learns from, their shadows, and what a perfect generator scores."""
    drawn = np.array(points, np.float32).reshape(-1, 2)
    one, other = (
        sample(shape, count, np.random.default_rng(seed), drawn) for seed in (_SECOND, _THIRD)
    )
    shadow, modes = shadows(one), modes_of(shape)
    ideal = None if modes is None else coverage(other, modes)
    return one, shadow, apart(shadows(other), shadow), ideal


@dataclass(frozen=True, slots=True)
class Survey:
    """Ask what the discriminator says everywhere, and where the generator sends a lattice.

    Parameters
    ----------
    cells : int
        Along each side of the plane.
    lines : int
        Lattice lines each way through the noise.
    """

    cells: int = 48
    lines: int = 17

    def read(self, pair: Pair) -> tuple[np.ndarray, np.ndarray]:
        """Return logits, (cells, cells), the top row first, and the lattice, (lines, lines, 2)."""
        logits = verdicts(pair, torch.from_numpy(cell_centres(self.cells)))
        surface = sealed(logits.reshape(self.cells, self.cells))
        noise = torch.from_numpy(lattice(pair.settings.noise, self.lines))
        padded = torch.zeros(len(noise), pair.settings.noise_size)
        used = min(2, pair.settings.noise_size)
        padded[:, :used] = noise[:, :used]
        with torch.no_grad():
            warped = pair.generator(padded.to(pair.device)).cpu().numpy()
        return surface, sealed(warped.reshape(self.lines, self.lines, 2))


def lattice(noise: str, lines: int) -> np.ndarray:
    """Return the crossings of a lattice through the noise, (lines², 2) float32."""
    along = np.linspace(-1, 1, lines) * (1 if noise == "uniform" else 2)
    return np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2).astype(np.float32)


def cell_centres(cells: int) -> np.ndarray:
    """Return the centres of the plane's cells, (cells², 2) float32, the top row first."""
    along = (np.arange(cells) + 0.5) / cells * 2 * EXTENT - EXTENT
    across, up = np.meshgrid(along, along[::-1])
    return np.stack([across, up], axis=-1).reshape(-1, 2).astype(np.float32)


def forged(pair: Pair, noise: Tensor) -> Forged:
    """Return the fakes that come of some noise, and the discriminator's verdicts on them."""
    with torch.enable_grad():
        points = pair.generator(noise.to(pair.device)).detach().requires_grad_()  # (n, 2)
        logits = pair.discriminator(points)  # (n,)
        loss = generator_loss(pair.settings.loss, logits)
        (gradient,) = torch.autograd.grad(loss, points)  # (n, 2)
    pull = -len(noise) * gradient
    arrays = (noise, points.detach(), logits.detach(), pull)
    return Forged(*(sealed(tensor.cpu().numpy()) for tensor in arrays))


@torch.no_grad()
def verdicts(pair: Pair, points: Tensor) -> np.ndarray:
    """Return the discriminator's logits on points of shape (n, 2)."""
    logits: np.ndarray = pair.discriminator(points.to(pair.device)).cpu().numpy()
    return logits


def sealed(array: np.ndarray) -> np.ndarray:
    """Return an array to which no one can write from now on."""
    array.flags.writeable = False
    return array
