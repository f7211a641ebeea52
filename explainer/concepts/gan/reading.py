"""Reading the two nets on the plane: fakes, verdicts, slopes, and how far they have come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.experiment import Pair
from explainer.concepts.gan.losses import generator_loss
from explainer.concepts.gan.measuring import Coverage, coverage, sliced_wasserstein
from explainer.concepts.gan.shapes import EXTENT, modes_of, sample

# The noise that the stage shows is the same at every step, so that each fake is one that moves.
_SHOWN, _COUNTED, _SECOND = 11, 12, 13


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
    """How far the two have come, over thousands of points.

    Parameters
    ----------
    accuracy : float
        Share of real points and fakes, as many of each, that the discriminator tells rightly;
        0.5 is a guess.
    pull : float
        Mean length of `Forged.pull`: how strong a signal the generator gets.
    distance, floor : float
        Sliced Wasserstein distance of the fakes to real points, and of other real points.
    coverage, ideal : Coverage or None
        Of the fakes, and of other real points; None where the shape has no modes.
    """

    accuracy: float
    pull: float
    distance: float
    floor: float
    coverage: Coverage | None
    ideal: Coverage | None


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
    """

    count: int = 2000

    def read(self, pair: Pair) -> Standing:
        """Return the measures with their floors."""
        random = torch.Generator().manual_seed(_COUNTED)
        fakes = forged(pair, pair.noise(self.count, random))
        real = pair.real[: self.count]
        others = sample(
            pair.settings.shape,
            self.count,
            np.random.default_rng(_SECOND),
            np.array(pair.settings.points, np.float32).reshape(-1, 2),
        )
        on_real = verdicts(pair, torch.from_numpy(real.copy()))
        middle = 0.5 if pair.settings.loss == "least-squares" else 0.0
        if pair.settings.loss == "wgan-gp":  # a critic has no zero of its own
            middle = float((np.median(on_real) + np.median(fakes.logits)) / 2)
        right = (on_real > middle).mean() + (fakes.logits <= middle).mean()
        modes = modes_of(pair.settings.shape)
        return Standing(
            accuracy=float(right / 2),
            pull=float(np.linalg.norm(fakes.pull, axis=1).mean()),
            distance=sliced_wasserstein(fakes.points, real),
            floor=sliced_wasserstein(others, real),
            coverage=None if modes is None else coverage(fakes.points, modes),
            ideal=None if modes is None else coverage(others, modes),
        )


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
        surface = _read_only(logits.reshape(self.cells, self.cells))
        noise = torch.from_numpy(lattice(pair.settings.noise, self.lines))
        padded = torch.zeros(len(noise), pair.settings.noise_size)
        used = min(2, pair.settings.noise_size)
        padded[:, :used] = noise[:, :used]
        with torch.no_grad():
            warped = pair.generator(padded.to(pair.device)).cpu().numpy()
        return surface, _read_only(warped.reshape(self.lines, self.lines, 2))


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
    return Forged(*(_read_only(tensor.cpu().numpy()) for tensor in arrays))


@torch.no_grad()
def verdicts(pair: Pair, points: Tensor) -> np.ndarray:
    """Return the discriminator's logits on points of shape (n, 2)."""
    logits: np.ndarray = pair.discriminator(points.to(pair.device)).cpu().numpy()
    return logits


def _read_only(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array
