"""A generator and a discriminator that learn from each other on the plane."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from explainer.concepts.gan.losses import (
    discriminator_loss,
    generator_loss,
    gradient_penalty,
    r1_penalty,
)
from explainer.concepts.gan.measuring import coverage, sliced_wasserstein
from explainer.concepts.gan.model import Discriminator, Generator
from explainer.concepts.gan.settings import PlaneSettings
from explainer.concepts.gan.shapes import modes_of, sample
from explainer.engine.experiment import State
from explainer.engine.optimisers import adam

POOL = 20_000  # real points to pick batches from
EXAM = 2_000  # points that a measure looks at
_BETAS = (0.5, 0.9)
_LIVE = frozenset(
    ("r1", "penalty", "smoothing", "discriminator_rate", "generator_rate", "discriminator_steps",
     "generator_steps", "batch_size", "loss")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the stage sees of the two without asking.

    Parameters
    ----------
    step : int
        Rounds made.
    discriminator_loss, generator_loss : float or None
        Of the last round, without penalties; None before a net's first update.
    """

    step: int
    discriminator_loss: float | None
    generator_loss: float | None


class Question(Protocol):
    """A question, as a frozen dataclass that reads the two nets and changes nothing."""

    def read(self, pair: Pair) -> Any:
        """Return the answer, its arrays read-only."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A generator and a discriminator, and what they learn from.

    Parameters
    ----------
    generator : Generator
    discriminator : Discriminator
    real : ndarray, (points, 2)
        Real points.
    settings : PlaneSettings
    """

    generator: Generator
    discriminator: Discriminator
    real: np.ndarray
    settings: PlaneSettings

    @property
    def device(self) -> torch.device:
        """Where the two nets are."""
        return next(self.generator.parameters()).device

    def noise(self, count: int, random: torch.Generator) -> Tensor:
        """Return noise, shape (count, noise_size), drawn on the CPU."""
        return draw_noise(self.settings, count, random)


def draw_noise(settings: PlaneSettings, count: int, random: torch.Generator) -> Tensor:
    """Return what the generator starts from, shape (count, noise_size)."""
    shape = (count, settings.noise_size)
    if settings.noise == "uniform":
        return torch.rand(shape, generator=random) * 2 - 1
    return torch.randn(shape, generator=random)


class PlaneExperiment:
    """Two nets in a tug-of-war; a step is one round, as many updates of each as set.

    Parameters
    ----------
    settings : PlaneSettings
    device : str
        "cpu", "cuda" or "mps". All randomness is drawn on the CPU, so that a seed means the
        same everywhere.
    """

    def __init__(self, settings: PlaneSettings, device: str = "cpu") -> None:
        self._settings = settings
        self._device = torch.device(device)
        self._random = torch.Generator().manual_seed(settings.seed)
        drawn = np.array(settings.points, np.float32).reshape(-1, 2)
        pool = sample(settings.shape, POOL, np.random.default_rng(settings.seed), drawn)
        self._pool = torch.from_numpy(pool).to(self._device)
        size = (settings.layers, settings.units, settings.activation, self._random)
        generator = Generator(settings.noise_size, *size).to(self._device)
        discriminator = Discriminator(*size).to(self._device)
        pool.flags.writeable = False
        self._pair = Pair(generator, discriminator, pool, settings)
        # Holds the weights of the film frame that was asked about last.
        self._pair_then = copy.deepcopy(self._pair)
        self._forge: list[Tensor] = list(generator.parameters())
        self._judge: list[Tensor] = list(discriminator.parameters())
        self._generator_optimiser = _optimiser(generator, settings, settings.generator_rate)
        self._discriminator_optimiser = _optimiser(
            discriminator, settings, settings.discriminator_rate
        )
        self._steps = 0
        self._losses: dict[str, float] = {}

    @property
    def settings(self) -> PlaneSettings:
        return self._settings

    @property
    def steps(self) -> int:
        return self._steps

    def step(self) -> dict[str, float]:
        """Play one round; returns both losses, `loss` being the discriminator's."""
        settings, losses = self._settings, self._losses
        fake = None
        for _ in range(settings.discriminator_steps):
            fake = self._forgeries()
            losses["discriminator_loss"] = self._teach_discriminator(fake.detach())
        for turn in range(settings.generator_steps):
            if fake is None or turn > 0:
                fake = self._forgeries()
            losses["generator_loss"] = self._teach_generator(fake)
        self._steps += 1
        return {
            "loss": losses.get("discriminator_loss", losses.get("generator_loss", 0.0)),
            **losses,
        }

    def _forgeries(self) -> Tensor:
        noise = draw_noise(self._settings, self._settings.batch_size, self._random)
        fake: Tensor = self._pair.generator(noise.to(self._device))
        return fake

    def _teach_discriminator(self, fake: Tensor) -> float:
        settings, discriminator = self._settings, self._pair.discriminator
        picked = torch.randint(POOL, (settings.batch_size,), generator=self._random)
        real = self._pool[picked.to(self._device)].requires_grad_(settings.r1 > 0)
        on_real, on_fake = discriminator(torch.cat((real, fake))).chunk(2)
        loss = discriminator_loss(settings.loss, on_real, on_fake, settings.smoothing)
        said, whole = loss, loss
        if settings.loss == "wgan-gp":
            mix = torch.rand((len(real), 1), generator=self._random).to(self._device)
            penalty = gradient_penalty(discriminator, real, fake, mix)
            whole = whole + settings.penalty * penalty
        if settings.r1:
            whole = whole + settings.r1 * r1_penalty(on_real, real)
        _follow(self._discriminator_optimiser, self._judge, whole)
        return said.item()

    def _teach_generator(self, fake: Tensor) -> float:
        """Change the generator alone: the discriminator only passes the gradient on."""
        loss = generator_loss(self._settings.loss, self._pair.discriminator(fake))
        _follow(self._generator_optimiser, self._forge, loss)
        return loss.item()

    @torch.no_grad()
    def measure(self) -> dict[str, float]:
        """Return how alike the fakes and the real points are, over `EXAM` of each.

        sliced_wasserstein: see `measuring`. modes, high_quality: where the shape has modes, how
        many are covered, and the share of fakes within three standard deviations of one.
        """
        random = torch.Generator().manual_seed(1)
        noise = draw_noise(self._settings, EXAM, random).to(self._device)
        fakes = self._pair.generator(noise).cpu().numpy()
        found = {"sliced_wasserstein": sliced_wasserstein(fakes, self._pair.real[:EXAM])}
        modes = modes_of(self._settings.shape)
        if modes is not None:
            counted = coverage(fakes, modes)
            found["modes"] = float(counted.covered.sum())
            found["high_quality"] = counted.high_quality
        return found

    def snapshot(self) -> Snapshot:
        losses = self._losses
        return Snapshot(self._steps, losses.get("discriminator_loss"), losses.get("generator_loss"))

    def answer(self, request: Question, state: State | None = None) -> Any:
        """Answer from the nets as they are, or as they were in a film frame."""
        pair = self._pair if state is None else self._as_it_was(state)
        return request.read(dataclasses.replace(pair, settings=self._settings))

    @torch.no_grad()
    def _as_it_was(self, state: State) -> Pair:
        for name, parameter in _parameters(self._pair_then):
            parameter.copy_(state[name])
        return self._pair_then

    def set(self, knob: str, value: Any) -> None:
        """Change how the two learn from the next round on.

        Raises
        ------
        Problem
            If the value makes no sense.
        ValueError
            If there is no such live setting.
        """
        if knob not in _LIVE:
            raise ValueError(f"not a live setting: {knob}")
        self._settings = dataclasses.replace(self._settings, **{knob: value})
        for optimiser, rate in (
            (self._discriminator_optimiser, self._settings.discriminator_rate),
            (self._generator_optimiser, self._settings.generator_rate),
        ):
            optimiser.param_groups[0]["lr"] = rate

    def state(self) -> State:
        state = {name: tensor.detach().to("cpu", copy=True) for name, tensor in self._tensors()}
        for name in ("discriminator_loss", "generator_loss"):
            value = self._losses.get(name, -1e30)  # before a net's first update
            state[f"last.{name}"] = torch.tensor(value, dtype=torch.float64)
        return state | {
            "random": self._random.get_state(),
            "steps": torch.tensor(self._steps),
        }

    @torch.no_grad()
    def restore(self, state: State) -> None:
        """Go back to a state; the settings in force stay as they are."""
        for name, tensor in self._tensors():
            tensor.copy_(state[name])
        self._random.set_state(state["random"])
        self._steps = int(state["steps"])
        self._losses = {
            name: float(state[f"last.{name}"])
            for name in ("discriminator_loss", "generator_loss")
            if float(state[f"last.{name}"]) > -1e30
        }

    def _tensors(self) -> Iterator[tuple[str, Tensor]]:
        """Yield every tensor that learning changes in place, by the name it has in a state."""
        for net, optimiser in (
            ("generator", self._generator_optimiser),
            ("discriminator", self._discriminator_optimiser),
        ):
            for name, parameter in getattr(self._pair, net).named_parameters():
                yield f"{net}.{name}", parameter
                for key, tensor in optimiser.state[parameter].items():
                    yield f"optimiser.{net}.{key}.{name}", tensor


def _parameters(pair: Pair) -> Iterator[tuple[str, Tensor]]:
    for net in ("generator", "discriminator"):
        for name, parameter in getattr(pair, net).named_parameters():
            yield f"{net}.{name}", parameter


def _optimiser(net: nn.Module, settings: PlaneSettings, rate: float) -> torch.optim.Optimizer:
    if settings.optimiser == "adam":
        return adam(net, rate, _BETAS)
    return torch.optim.SGD(net.parameters(), lr=rate)


def _follow(optimiser: torch.optim.Optimizer, parameters: list[Tensor], loss: Tensor) -> None:
    """Make one update of these parameters, and of no others that the loss depends on."""
    gradients = torch.autograd.grad(loss, parameters)
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = gradient
    optimiser.step()
