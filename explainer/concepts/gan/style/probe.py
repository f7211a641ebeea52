"""What the style scene asks of the generator: its latent spaces, its layers, mixing, noise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.judge import Tally, Verdict, judged, real_tally, tallied
from explainer.concepts.gan.style.experiment import forged
from explainer.concepts.gan.stylegan import (
    LAYERS,
    NOISE,
    Generator,
    draw_noise,
    mixed,
    same_in_all,
    truncated,
)
from explainer.engine.arrays import read_only

CLOUD = 400
NEIGHBOURS = 5
# The fakes that are shown are the same at every step: their noise has seeds of its own.
_CLOUD, _SHOWN, _PAIRS, _ROWS, _COLUMNS, _PIXELS = 21, 22, 23, 24, 25, 26
_MEAN_OF = 1000
PSIS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)
COUNTED = 500  # fakes that the shares are of
_ON_CURVE = 200  # and those that a place of the curve is measured on


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
        z = noise_of(CLOUD, _CLOUD)
        stages = generator.mapping.stages(z.to(generator.synthesis.paper.device))
        pictures = forged(generator, z)
        labels = judged(pictures).labels
        first, w = stages[0].cpu(), stages[-1].cpu()
        shares = np.bincount(labels, minlength=10) / CLOUD
        return Clouds(
            seen_flat(first),
            seen_flat(w),
            _locked(labels),
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


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer at work on one fake; read-only.

    Parameters
    ----------
    style : ndarray, (before,)
        The factor of each map that goes in.
    demodulation : ndarray, (after,)
        The factor of each map that comes out.
    weight : ndarray, (after, before, 3, 3)
    maps : ndarray, (after, side, side)
        What comes out.
    strength : float
        Of the noise.
    """

    style: np.ndarray
    demodulation: np.ndarray
    weight: np.ndarray
    maps: np.ndarray
    strength: float


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A fake with all that made it; read-only.

    Parameters
    ----------
    constant : ndarray, (24, 7, 7)
    w : ndarray, (32,)
    layers : tuple of Layer
    picture : ndarray, (28, 28)
        Ink 0 to 1.
    """

    constant: np.ndarray
    w: np.ndarray
    layers: tuple[Layer, ...]
    picture: np.ndarray


@dataclass(frozen=True, slots=True)
class Open:
    """Ask for a fake, layer by layer, without noise.

    Parameters
    ----------
    fake : int
        Which of the fakes that are shown, 0 to 99.
    """

    fake: int = 0

    @torch.no_grad()
    def read(self, generator: Generator) -> Opened:
        """Return the layers' styles and maps."""
        synthesis = generator.synthesis
        w = generator.mapping(shown_noise(self.fake + 1)[-1:].to(synthesis.paper.device))
        x, layers = synthesis.constant, []
        for layer in synthesis.layers:
            s = layer.conv.style(w)  # (1, before)
            x = layer(x, w)  # (1, after, side, side)
            layers.append(
                Layer(
                    read_only(s[0]),
                    read_only(layer.conv.demodulation(s)[0]),
                    read_only(layer.conv.weight),
                    read_only(x[0]),
                    float(layer.strength),
                )
            )
        picture = (synthesis(same_in_all(w)) + 1) / 2
        return Opened(
            read_only(synthesis.constant[0]), read_only(w[0]), tuple(layers),
            read_only(picture[0, 0]),
        )  # fmt: skip


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
        coarse = generator.mapping(noise_of(100, _ROWS)[list(self.rows)].to(device))
        fine = generator.mapping(noise_of(100, _COLUMNS)[list(self.columns)].to(device))
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
        random = torch.Generator().manual_seed(_PIXELS)
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
                _locked(verdict.labels[: self.count]),
                _locked(verdict.confidence[: self.count]),
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


def mean_style(generator: Generator) -> Tensor:
    """Return the mean of 1,000 w, shape (STYLE,)."""
    z = noise_of(_MEAN_OF, _CLOUD).to(generator.synthesis.paper.device)
    mean: Tensor = generator.mapping(z).mean(dim=0)
    return mean


def spread(pictures: Tensor) -> float:
    """Return the mean distance of two different pictures (n, 1, 28, 28), over the 784 pixels."""
    flat = pictures.flatten(1)
    return float(torch.pdist(flat).mean())


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
        z = noise_of(2 * self.pairs, _PAIRS).to(generator.synthesis.paper.device)
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
            _locked(after[shown.numpy()]),
            _locked(before[shown.numpy()]),
            _locked((after != before[:, None]).mean(axis=0)),
            read_only(moved),
            (
                float((labels[n : 2 * n] != before).mean()),
                float((pictures[n : 2 * n] - pictures[:n]).abs().mean()),
            ),
            n,
        )


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


def noise_of(count: int, seed: int) -> Tensor:
    """Return z, (count, NOISE), of one of the scene's seeds."""
    return torch.randn((count, NOISE), generator=torch.Generator().manual_seed(seed))


def shown_noise(count: int) -> Tensor:
    """Return z, (count, NOISE), of the first fakes that are shown."""
    return noise_of(COUNTED, _SHOWN)[:count]


def _locked(array: np.ndarray) -> np.ndarray:
    array = array.copy()
    array.flags.writeable = False
    return array
