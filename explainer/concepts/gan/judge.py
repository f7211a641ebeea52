"""The program's own digit classifier as a judge of fakes, with what real digits would score."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from torch import Tensor

from explainer.engine.arrays import read_only
from explainer.engine.datasets import digits
from explainer.models.digit_net import trained

CLASSES = 10
COUNTED = 500  # pictures that a tally looks at
# A class counts as covered from this share on, a fifth of its fair share.
COVERED_FROM = 0.02
_BATCH = 100  # stays in the cache of a small CPU


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What the classifier says of pictures; read-only.

    Parameters
    ----------
    probabilities : ndarray, (n, 10)
    """

    probabilities: np.ndarray

    @property
    def labels(self) -> np.ndarray:
        """The digit that each picture is read as, (n,)."""
        labels: np.ndarray = self.probabilities.argmax(axis=1)
        return labels

    @property
    def confidence(self) -> np.ndarray:
        """How sure it is of that digit, (n,)."""
        sure: np.ndarray = self.probabilities.max(axis=1)
        return sure


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """How many kinds of digit there are among pictures, and how sure the classifier is of them.

    Sureness alone says little: many copies of one clear digit score 1.

    Parameters
    ----------
    shares : ndarray, (10,)
        Part of the pictures that is read as each digit.
    confidence : float
        Mean over the pictures.
    """

    shares: np.ndarray
    confidence: float

    @property
    def covered(self) -> np.ndarray:
        """Which digits are covered, (10,) bool."""
        return self.shares >= COVERED_FROM

    @property
    def classes(self) -> int:
        """How many digits are covered."""
        return int(self.covered.sum())


@torch.no_grad()
def judged(pictures: Tensor) -> Verdict:
    """Return the classifier's verdict on pictures, shape (n, 1, 28, 28), ink 0 to 1."""
    net = trained()
    parts = [net(part).softmax(dim=1) for part in torch.split(pictures.cpu(), _BATCH)]
    return Verdict(read_only(torch.cat(parts)))


def tallied(verdict: Verdict) -> Tally:
    """Count what was read."""
    counts = np.bincount(verdict.labels, minlength=CLASSES)
    shares = counts / len(verdict.labels)
    shares.flags.writeable = False
    return Tally(shares, float(verdict.confidence.mean()))


@cache
def real_tally() -> Tally:
    """Return what real digits score: the first 500 of the test set, which nobody trained on."""
    return tallied(judged(ink_of(digits().test_images[:COUNTED])))


def ink_of(images: np.ndarray) -> Tensor:
    """Return images (n, 28, 28) uint8 as pictures (n, 1, 28, 28), ink 0 to 1."""
    return torch.tensor(images, dtype=torch.float32).unsqueeze(1) / 255


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The training digits most like some pictures; read-only.

    Parameters
    ----------
    places : ndarray of int, (n,)
        Which of the 9,000 training digits.
    distances : ndarray, (n,)
        Euclidean, over the 784 pixels with ink 0 to 1.
    """

    places: np.ndarray
    distances: np.ndarray


@torch.no_grad()
def nearest(pictures: Tensor) -> Nearest:
    """Search the whole training set for the digit nearest to each picture (n, 1, 28, 28)."""
    flat = pictures.cpu().flatten(1)  # (n, 784)
    known, squares = _training()
    # |a - b|² = |a|² - 2 a·b + |b|²: one product of matrices instead of n times 9,000 differences
    apart = squares - 2 * flat @ known.T  # (n, 9000)
    places = apart.argmin(dim=1)  # (n,)
    return Nearest(read_only(places), read_only((flat - known[places]).norm(dim=1)))


@cache
def _training() -> tuple[Tensor, Tensor]:
    known = ink_of(digits().train_images).flatten(1)  # (9000, 784)
    return known, known.square().sum(dim=1)


@cache
def real_distances() -> np.ndarray:
    """Return how far real digits lie from the nearest training digit: 200 of the test set."""
    return nearest(ink_of(digits().test_images[:200])).distances
