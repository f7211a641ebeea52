"""What the plane scene asks of the two nets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from explainer.concepts.gan.density import best_discriminator, density
from explainer.concepts.gan.pair import Pair
from explainer.concepts.gan.plane_geometry import verdicts_shown
from explainer.concepts.gan.reading import (
    Forge,
    Forged,
    Stand,
    Standing,
    Survey,
    cell_centres,
    sealed,
    verdicts,
)

REAL_SHOWN = 160


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """All that the board shows; arrays are read-only.

    Parameters
    ----------
    loss, shape, noise : str
        The settings it was answered under.
    forged : Forged
        The fakes that are shown, from noise that stays the same.
    real : ndarray, (n, 2)
        Real points that are shown.
    verdicts : ndarray, (cells, cells)
        -1 surely forged .. 1 surely real, the top row first.
    warped : ndarray, (lines, lines, 2)
        Where the generator sends a lattice of noise.
    stands : Standing
    """

    loss: str
    shape: str
    noise: str
    forged: Forged
    real: np.ndarray
    verdicts: np.ndarray
    warped: np.ndarray
    stands: Standing


@dataclass(frozen=True, slots=True)
class Look:
    """Ask for the board.

    Parameters
    ----------
    fakes : int
        How many are shown.
    cells, lines : int
        As of `Survey`.
    distance : bool
        Whether the clouds' distance is wanted; while the nets learn the film has one not long ago.
    under : tuple
        The live settings in force. They are not used, but under others it is another question.
    """

    fakes: int = 120
    cells: int = 40
    lines: int = 13
    distance: bool = True
    under: tuple[object, ...] = ()

    def read(self, pair: Pair) -> Board:
        """Return what the board shows."""
        surface, warped = Survey(self.cells, self.lines).read(pair)
        stands = Stand(2000 if self.distance else 1000, self.distance).read(pair)
        settings = pair.settings
        shown = verdicts_shown(surface, settings.loss, stands.middle)
        return Board(
            loss=settings.loss,
            shape=settings.shape,
            noise=settings.noise,
            forged=Forge(self.fakes).read(pair),
            real=pair.real[:REAL_SHOWN],
            verdicts=sealed(shown),
            warped=warped,
            stands=stands,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The learned discriminator beside the best there could be; arrays are read-only.

    Parameters
    ----------
    loss : str
        In force.
    real, fake : ndarray, (cells, cells)
        How densely either cloud lies, the top row first.
    learned, best : ndarray, (cells, cells)
        D, 0 forged .. 1 real; `best` is p / (p + q), NaN where neither cloud was seen.
    forged : ndarray, (n, 2)
    points : ndarray, (n, 2)
        Fakes and real points to show.
    apart : float
        Mean distance of the two, where points fall: weighted with (p + q) / 2.
    """

    loss: str
    real: np.ndarray
    fake: np.ndarray
    learned: np.ndarray
    best: np.ndarray
    forged: np.ndarray
    points: np.ndarray
    apart: float


@dataclass(frozen=True, slots=True)
class Compare:
    """Ask for p / (p + q), counted from many points, and for the learned D.

    Parameters
    ----------
    cells : int
        Along each side of the plane.
    count : int
        Fakes, and real points, that are counted.
    """

    cells: int = 56
    count: int = 20_000

    def read(self, pair: Pair) -> Compared:
        """Return both discriminators."""
        random = torch.Generator().manual_seed(3)
        with torch.no_grad():
            noise = pair.noise(self.count, random).to(pair.device)
            fakes = pair.generator(noise).cpu().numpy()
        p, q = density(pair.real[: self.count], self.cells), density(fakes, self.cells)
        best = best_discriminator(p, q)
        logits = verdicts(pair, torch.from_numpy(cell_centres(self.cells)))
        settings = pair.settings
        # Least squares learns D itself; the log losses its logit; a critic knows no D.
        learned = logits if settings.loss == "least-squares" else 1 / (1 + np.exp(-logits))
        learned = np.clip(learned, 0, 1).reshape(p.shape)
        seen = np.isfinite(best)
        weight = (p + q)[seen]
        apart = float((weight * np.abs(best - learned)[seen]).sum() / max(weight.sum(), 1e-12))
        arrays = (p, q, learned, best, fakes[:REAL_SHOWN], pair.real[:REAL_SHOWN])
        return Compared(settings.loss, *(sealed(a) for a in arrays), apart)
