"""What is asked of styles that change hands: mixtures, and what each layer decides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from explainer.concepts.gan.judge import judged
from explainer.concepts.gan.style.noises import COLUMNS, PAIRS, ROWS, noise_of
from explainer.concepts.gan.stylegan import LAYERS, Generator, mixed, same_in_all
from explainer.engine.arrays import read_only


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Fakes in two styles each; read-only.

    Parameters
    ----------
    coarse : ndarray, (rows, 28, 28)
        The fakes that give the styles of the first layers.
    fine : ndarray, (columns, 28, 28)
        Those that give the styles of the rest.
    grid : ndarray, (rows, columns, 28, 28)
    like_coarse, like_fine : float
        How often a mixed fake is read as the same digit as the one and as the other.
    """

    coarse: np.ndarray
    fine: np.ndarray
    grid: np.ndarray
    like_coarse: float
    like_fine: float


@dataclass(frozen=True, slots=True)
class Mix:
    """Ask for every coarse style with every fine one.

    Parameters
    ----------
    cut : int
        The first layer that takes the fine style, 0 to LAYERS.
    rows, columns : tuple of int
        Which of the fakes at hand, 0 to 99.
    """

    cut: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @torch.no_grad()
    def read(self, generator: Generator) -> Mixture:
        """Return the grid."""
        device = generator.synthesis.paper.device
        coarse = generator.mapping(noise_of(100, ROWS)[list(self.rows)].to(device))
        fine = generator.mapping(noise_of(100, COLUMNS)[list(self.columns)].to(device))
        rows, columns = len(coarse), len(fine)
        styles = mixed(
            coarse.repeat_interleave(columns, dim=0), fine.repeat(rows, 1), self.cut
        )  # (rows · columns, LAYERS, STYLE)
        everyone = torch.cat((same_in_all(coarse), same_in_all(fine), styles))
        pictures = (generator.synthesis(everyone).cpu() + 1) / 2
        labels = judged(pictures).labels
        grid = labels[rows + columns :].reshape(rows, columns)
        return Mixture(
            read_only(pictures[:rows, 0]),
            read_only(pictures[rows : rows + columns, 0]),
            read_only(pictures[rows + columns :, 0].view(rows, columns, 28, 28)),
            float((grid == labels[:rows, None]).mean()),
            float((grid == labels[None, rows : rows + columns]).mean()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """What exchanging the style of one layer changes; read-only.

    Parameters
    ----------
    one, other : ndarray, (rows, 28, 28)
        Fakes, and those whose style is lent.
    exchanged : ndarray, (rows, LAYERS, 28, 28)
        Each of the first with the other's style in one layer alone.
    labels : ndarray of int, (rows, LAYERS)
        What these are read as.
    before : ndarray of int, (rows,)
        What the first are read as.
    verdicts : ndarray, (LAYERS,)
        Share of all pairs in which the classifier reads another digit.
    pixels : ndarray, (LAYERS,)
        Mean change of a pixel's ink over all pairs.
    whole : tuple of float
        Both, where all layers are exchanged.
    pairs : int
    """

    one: np.ndarray
    other: np.ndarray
    exchanged: np.ndarray
    labels: np.ndarray
    before: np.ndarray
    verdicts: np.ndarray
    pixels: np.ndarray
    whole: tuple[float, float]
    pairs: int


@dataclass(frozen=True, slots=True)
class Decide:
    """Ask what each layer decides.

    Parameters
    ----------
    first : int
        The first pair that is shown.
    rows : int
        How many are shown.
    pairs : int
        How many are counted.
    """

    first: int = 0
    rows: int = 4
    pairs: int = 100

    @torch.no_grad()
    def read(self, generator: Generator) -> Decided:
        """Exchange the style of each layer in turn."""
        z = noise_of(2 * self.pairs, PAIRS).to(generator.synthesis.paper.device)
        one, other = generator.mapping(z).chunk(2)  # (pairs, STYLE)
        places = torch.arange(LAYERS, device=one.device)
        taken = places == places[:, None]  # (layer exchanged, LAYERS)
        styles = torch.where(
            taken[None, :, :, None], other[:, None, None], one[:, None, None]
        )  # (pairs, layer exchanged, LAYERS, STYLE)
        everyone = torch.cat((same_in_all(one), same_in_all(other), styles.flatten(0, 1)))
        pictures = torch.cat([generator.synthesis(part) for part in everyone.split(100)]).cpu()
        pictures = (pictures + 1) / 2
        labels = judged(pictures).labels
        n = self.pairs
        before, after = labels[:n], labels[2 * n :].reshape(n, LAYERS)
        exchanged = pictures[2 * n :, 0].view(n, LAYERS, 28, 28)
        moved = (exchanged - pictures[:n]).abs().mean(dim=(0, 2, 3))  # (LAYERS,)
        shown = (torch.arange(self.rows) + self.first) % n
        return Decided(
            read_only(pictures[:n, 0][shown]),
            read_only(pictures[n : 2 * n, 0][shown]),
            read_only(exchanged[shown]),
            read_only(after[shown.numpy()]),
            read_only(before[shown.numpy()]),
            read_only((after != before[:, None]).mean(axis=0)),
            read_only(moved),
            (
                float((labels[n : 2 * n] != before).mean()),
                float((pictures[n : 2 * n] - pictures[:n]).abs().mean()),
            ),
            n,
        )
