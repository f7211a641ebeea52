"""A generator and a discriminator that learn from each other on the plane."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from explainer.concepts.gan.last_losses import as_state, from_state
from explainer.concepts.gan.losses import (
    discriminator_loss,
    generator_loss,
    gradient_penalty,
    r1_penalty,
)
from explainer.concepts.gan.model import Discriminator, Generator
from explainer.concepts.gan.pair import Pair, Question, draw_noise
from explainer.concepts.gan.reading import Stand
from explainer.concepts.gan.settings import PlaneSettings
from explainer.concepts.gan.shapes import sample
from explainer.engine.experiment import State
from explainer.engine.optimisers import adam, follow, remembered

POOL = 20_000  # real points to pick batches from
_BETAS = (0.5, 0.9)
_NO_LOSS = -1e30  # a critic's loss may well be below 0
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
        Of the last round, without penalties; None of a net that made no update in it.
    """

    step: int
    discriminator_loss: float | None
    generator_loss: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """One update of one net, as it was just made.

    Parameters
    ----------
    who : {"discriminator", "generator"}
        Which net was changed; the other was not.
    noise : Tensor, shape (B, noise_size)
    fake : Tensor, shape (B, 2)
        What the generator made of the noise, before the update.
    real : Tensor, shape (B, 2), or None
        Real points; none enter the generator's update.
    loss : float
        Before the update, without penalties.
    """

    who: Literal["discriminator", "generator"]
    noise: Tensor
    fake: Tensor
    real: Tensor | None
    loss: float


class Watch(Protocol):
    """A question that plays rounds: it gets a copy that may be moved on."""

    def watch(self, copy: PlaneExperiment) -> Any:
        """Play on the copy and return the answer, its arrays read-only."""
        ...


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

    @property
    def pair(self) -> Pair:
        """The two nets as they learn; for those that watch a copy."""
        return dataclasses.replace(self._pair, settings=self._settings)

    def step(self) -> dict[str, float]:
        """Play one round; returns both losses, `loss` being the discriminator's."""
        for _ in self.play_round():
            pass
        losses = self._losses
        return {
            "loss": losses.get("discriminator_loss", losses.get("generator_loss", 0.0)),
            **losses,
        }

    def play_round(self) -> Iterator[Update]:
        """Play one round, update by update; it is over when the iterator is."""
        settings, losses = self._settings, self._losses
        losses.clear()  # a net that does not play has no loss of this round
        # A round has a seed of its own, so that runs of which one draws more numbers than the
        # other (for a penalty, for more updates) meet the same noise and the same real points.
        self._random.manual_seed(settings.seed * 1_000_003 + self._steps)
        noise = fake = None
        for _ in range(settings.discriminator_steps):
            noise, fake = self._forgeries()
            real = self._real()
            loss = self._teach_discriminator(real, fake.detach())
            losses["discriminator_loss"] = loss
            yield Update("discriminator", noise, fake, real, loss)
        for turn in range(settings.generator_steps):
            if noise is None or fake is None or turn > 0:
                noise, fake = self._forgeries()
            losses["generator_loss"] = loss = self._teach_generator(fake)
            yield Update("generator", noise, fake, None, loss)
        self._steps += 1

    def _forgeries(self) -> tuple[Tensor, Tensor]:
        noise = draw_noise(self._settings, self._settings.batch_size, self._random)
        return noise, self._pair.generator(noise.to(self._device))

    def _real(self) -> Tensor:
        picked = torch.randint(POOL, (self._settings.batch_size,), generator=self._random)
        return self._pool[picked.to(self._device)]

    def _teach_discriminator(self, real: Tensor, fake: Tensor) -> float:
        settings, discriminator = self._settings, self._pair.discriminator
        real = real.requires_grad_(settings.r1 > 0)
        on_real, on_fake = discriminator(torch.cat((real, fake))).chunk(2)
        loss = discriminator_loss(settings.loss, on_real, on_fake, settings.smoothing)
        said, whole = loss, loss
        if settings.loss == "wgan-gp":
            mix = torch.rand((len(real), 1), generator=self._random).to(self._device)
            penalty = gradient_penalty(discriminator, real, fake, mix)
            whole = whole + settings.penalty * penalty
        if settings.r1:
            whole = whole + settings.r1 * r1_penalty(on_real, real)
        follow(self._discriminator_optimiser, self._judge, whole)
        return said.item()

    def _teach_generator(self, fake: Tensor) -> float:
        """Change the generator alone: the discriminator only passes the gradient on."""
        loss = generator_loss(self._settings.loss, self._pair.discriminator(fake))
        follow(self._generator_optimiser, self._forge, loss)
        return loss.item()

    def measure(self) -> dict[str, float]:
        """Return how the two stand, over thousands of points, as `reading.Standing` has it.

        accuracy, pull, sliced_wasserstein; and where the shape has modes, how many are covered and
        the share of fakes within three standard deviations of one: modes, high_quality.
        """
        stands = Stand().read(self.pair)
        found = {"accuracy": stands.accuracy, "pull": stands.pull}
        if stands.distance is not None:
            found["sliced_wasserstein"] = stands.distance
        if stands.coverage is not None:
            found["modes"] = float(stands.coverage.covered.sum())
            found["high_quality"] = stands.coverage.high_quality
        return found

    def snapshot(self) -> Snapshot:
        losses = self._losses
        return Snapshot(self._steps, losses.get("discriminator_loss"), losses.get("generator_loss"))

    def answer(self, request: Question | Watch, state: State | None = None) -> Any:
        """Answer from the nets as they are, or as they were in a film frame."""
        if hasattr(request, "watch"):
            copy = PlaneExperiment(self._settings, self._device.type)
            copy.restore(self.state() if state is None else state)
            return request.watch(copy)
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
        counted = {"random": self._random.get_state(), "steps": torch.tensor(self._steps)}
        return state | as_state(self._losses, unknown=_NO_LOSS) | counted

    @torch.no_grad()
    def restore(self, state: State) -> None:
        """Go back to a state; the settings in force stay as they are."""
        for name, tensor in self._tensors():
            tensor.copy_(state[name])
        self._random.set_state(state["random"])
        self._steps = int(state["steps"])
        self._losses = from_state(state, unknown=_NO_LOSS)

    def _tensors(self) -> Iterator[tuple[str, Tensor]]:
        """Yield every tensor that learning changes in place, by the name it has in a state."""
        yield from _parameters(self._pair)
        for net, optimiser in (
            ("generator", self._generator_optimiser),
            ("discriminator", self._discriminator_optimiser),
        ):
            yield from remembered(getattr(self._pair, net), optimiser, net)


def _parameters(pair: Pair) -> Iterator[tuple[str, Tensor]]:
    for net in ("generator", "discriminator"):
        for name, parameter in getattr(pair, net).named_parameters():
            yield f"{net}.{name}", parameter


def _optimiser(net: nn.Module, settings: PlaneSettings, rate: float) -> torch.optim.Optimizer:
    if settings.optimiser == "adam":
        return adam(net, rate, _BETAS)
    return torch.optim.SGD(net.parameters(), lr=rate)
