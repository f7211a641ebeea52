"""What there is to see of one pair of nets, before and after a claim was tried."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from explainer.concepts.gan.pair import Pair
from explainer.concepts.gan.reading import Forge, Forged, Stand, Standing, Survey, sealed
from explainer.concepts.gan.settings import LossName
from explainer.concepts.gan.shapes import sample

SHOWN = 120
CELLS = 32
_FRESH = 33

Figures = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What there is to see of one pair of nets at one moment.

    Parameters
    ----------
    real, fakes : ndarray, (n, 2)
    pull : ndarray, (n, 2)
        As of `Forged`.
    surface : ndarray, (cells, cells)
        What the discriminator says everywhere, the top row first.
    middle : float
        What it says where it cannot tell.
    covered : tuple of bool
        Which modes the fakes cover; empty where the shape has none.
    """

    real: np.ndarray
    fakes: np.ndarray
    pull: np.ndarray
    surface: np.ndarray
    middle: float
    covered: tuple[bool, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What became of the nets when the claim was tried.

    Parameters
    ----------
    card, amount : str, int
        Which claim, and how much of it was done.
    before, after : Seen
    figures : mapping of str to (before, after)
        What was measured.
    loss : str
        The loss in force.
    shape : str
    """

    card: str
    amount: int
    before: Seen
    after: Seen
    figures: Figures
    loss: LossName
    shape: str


def seen(pair: Pair, real: np.ndarray | None = None, fakes: np.ndarray | None = None) -> Seen:
    """Return what there is to see of a pair, with other points in place of its own if given."""
    made: Forged = Forge(SHOWN).read(pair)
    surface, _ = Survey(CELLS, 3).read(pair)
    standing: Standing = Stand(1000, distance=False).read(pair)
    shown = pair.real[:SHOWN] if real is None else real
    covered = () if standing.coverage is None else tuple(standing.coverage.covered.tolist())
    return Seen(
        real=sealed(np.array(shown)),
        fakes=made.points if fakes is None else sealed(np.array(fakes)),
        pull=made.pull if fakes is None else sealed(np.zeros_like(fakes)),
        surface=surface,
        middle=standing.middle,
        covered=covered,
    )


def copied(pair: Pair) -> Pair:
    """Return copies of both nets, which may learn without anyone noticing."""
    return replace(
        pair,
        generator=copy.deepcopy(pair.generator),
        discriminator=copy.deepcopy(pair.discriminator),
    )


def fresh_real(pair: Pair, count: int, seed: int = _FRESH) -> np.ndarray:
    """Return real points that nobody has learned from."""
    drawn = np.array(pair.settings.points, np.float32).reshape(-1, 2)
    return sample(pair.settings.shape, count, np.random.default_rng(seed), drawn)
