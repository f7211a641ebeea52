"""What is asked of fakes that vary: with the noise, with truncation, along the film."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.judge import Tally, Verdict, judged, real_tally, tallied
from explainer.concepts.gan.style.experiment import forged
from explainer.concepts.gan.style.noises import COUNTED, PIXELS, mean_style, shown_noise
from explainer.concepts.gan.stylegan import (
    LAYERS,
    Generator,
    draw_noise,
    same_in_all,
    truncated,
)
from explainer.engine.arrays import read_only

PSIS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)
_ON_CURVE = 200  # fakes that a place of the curve is measured on


@dataclass(frozen=True, slots=True, eq=False)
class Speckled:
    """Fakes without noise, and with noise drawn anew; read-only.

    Parameters
    ----------
    strengths : ndarray, (LAYERS,)
        As learned.
    used : ndarray, (LAYERS,)
        As used here.
    still : ndarray, (fakes, 28, 28)
        Without noise.
    drawn : ndarray, (fakes, draws, 28, 28)
        With noise.
    spread : ndarray, (fakes, 28, 28)
        Standard deviation of each pixel over many draws.
    changed : float
        How often the classifier reads another digit with noise than without.
    """

    strengths: np.ndarray
    used: np.ndarray
    still: np.ndarray
    drawn: np.ndarray
    spread: np.ndarray
    changed: float


@dataclass(frozen=True, slots=True)
class Speckle:
    """Ask what the noise changes.

    Parameters
    ----------
    fakes : int
    draws : int
        Of the noise, for each fake.
    strength : float or None
        Used in every layer instead of what was learned.
    """

    fakes: int = 4
    draws: int = 16
    strength: float | None = None

    @torch.no_grad()
    def read(self, generator: Generator) -> Speckled:
        """Return the fakes; the learned strengths stay as they are."""
        synthesis = generator.synthesis
        device = synthesis.paper.device
        w = generator.mapping(shown_noise(self.fakes).to(device))
        learned = torch.stack([layer.strength for layer in synthesis.layers]).cpu()
        used = learned if self.strength is None else torch.full((LAYERS,), self.strength)
        # What is added is strength · noise: noise scaled by used / learned would divide by zero.
        random = torch.Generator().manual_seed(PIXELS)
        noise = draw_noise(self.fakes * self.draws, random)
        styles = same_in_all(w.repeat_interleave(self.draws, dim=0))
        still = (synthesis(same_in_all(w)).cpu() + 1) / 2
        drawn = (with_strengths(synthesis, styles, noise, used).cpu() + 1) / 2
        shown = drawn.view(self.fakes, self.draws, 28, 28)
        before = judged(still).labels.repeat(self.draws)
        return Speckled(
            read_only(learned),
            read_only(used),
            read_only(still[:, 0]),
            read_only(shown),
            read_only(shown.std(dim=1, correction=0)),
            float((judged(drawn).labels != before).mean()),
        )


def with_strengths(
    synthesis: torch.nn.Module, styles: Tensor, noise: list[Tensor], strengths: Tensor
) -> Tensor:
    """Return pictures (B, 1, 28, 28) drawn with other strengths of the noise than the learned."""
    of_layers = {
        f"layers.{place}.strength": strength.to(styles.device)
        for place, strength in enumerate(strengths)
    }
    sent = [part.to(styles.device) for part in noise]
    pictures: Tensor = torch.func.functional_call(synthesis, of_layers, (styles, sent))
    return pictures


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Fakes drawn towards the mean style; read-only.

    Parameters
    ----------
    psi : float
    wall : ndarray, (n, 28, 28)
    labels, confidence : ndarray, (n,)
        The classifier's verdict on each.
    mean : ndarray, (28, 28)
        The fake of the mean style.
    tally, real : Tally
        Of 500 fakes at this psi, and of real digits.
    curve : tuple of (psi, confidence, spread)
        As far as it is measured; spread is the mean distance of two fakes, over the 784 pixels.
    """

    psi: float
    wall: np.ndarray
    labels: np.ndarray
    confidence: np.ndarray
    mean: np.ndarray
    tally: Tally
    real: Tally
    curve: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Truncate:
    """Ask for fakes at a truncation psi.

    Parameters
    ----------
    psi : float
        1 leaves every style as it is, 0 makes all of them the mean.
    count : int
        Fakes on the wall.
    """

    psi: float
    count: int = 40

    def read(self, generator: Generator) -> Drawn | Iterator[Drawn]:
        """Return the wall, and then, part by part, the curve over psi."""
        return self._parts(generator)

    def _parts(self, generator: Generator) -> Iterator[Drawn]:
        with torch.no_grad():
            w, mean = _counted_styles(generator)
            at_mean = self._pictures(generator, mean[None], mean, 0.0)
            pictures = self._pictures(generator, w, mean, self.psi)
            verdict = judged(pictures)
        curve: tuple[tuple[float, float, float], ...] = ()

        def answer() -> Drawn:
            return Drawn(
                self.psi,
                read_only(pictures[: self.count, 0]),
                read_only(verdict.labels[: self.count]),
                read_only(verdict.confidence[: self.count]),
                read_only(at_mean[0, 0]),
                tallied(verdict),
                real_tally(),
                curve,
            )

        yield answer()
        for psi in PSIS:
            with torch.no_grad():
                there = self._pictures(generator, w[:_ON_CURVE], mean, psi)
                curve = (*curve, (psi, _sureness(judged(there)), spread(there)))
            yield answer()

    @staticmethod
    def _pictures(generator: Generator, w: Tensor, mean: Tensor, psi: float) -> Tensor:
        styles = same_in_all(truncated(w, mean, psi))
        parts = [generator.synthesis(part).cpu() for part in styles.split(100)]
        return (torch.cat(parts) + 1) / 2


def _sureness(verdict: Verdict) -> float:
    return float(verdict.confidence.mean())


def _counted_styles(generator: Generator) -> tuple[Tensor, Tensor]:
    """Return the styles of 500 fakes, and the mean of all styles."""
    device = generator.synthesis.paper.device
    return generator.mapping(shown_noise(COUNTED).to(device)), mean_style(generator)


def spread(pictures: Tensor) -> float:
    """Return the mean distance of two different pictures (n, 1, 28, 28), over the 784 pixels."""
    flat = pictures.flatten(1)
    return float(torch.pdist(flat).mean())


@dataclass(frozen=True, slots=True, eq=False)
class Wall:
    """Fakes of noise that is the same at every step; read-only.

    Parameters
    ----------
    pictures : ndarray, (n, 28, 28)
    verdict : Verdict
    tally : Tally
        Of these.
    """

    pictures: np.ndarray
    verdict: Verdict
    tally: Tally


@dataclass(frozen=True, slots=True)
class ReadWall:
    """Ask for the first fakes.

    Parameters
    ----------
    count : int
    """

    count: int = 40

    def read(self, generator: Generator) -> Wall:
        """Return them, judged."""
        pictures = forged(generator, shown_noise(self.count))
        verdict = judged(pictures)
        return Wall(read_only(pictures[:, 0]), verdict, tallied(verdict))
