"""A miniature StyleGAN that learns to forge handwritten digits."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor

from explainer.concepts.gan.judge import COUNTED, judged, tallied
from explainer.concepts.gan.last_losses import as_state, from_state
from explainer.concepts.gan.losses import discriminator_loss, generator_loss, r1_penalty
from explainer.concepts.gan.style.settings import StyleSettings
from explainer.concepts.gan.stylegan import (
    LAYERS,
    NOISE,
    Discriminator,
    Generator,
    draw_noise,
    mixed,
)
from explainer.engine.datasets import digits
from explainer.engine.experiment import State
from explainer.engine.optimisers import adam, follow, remembered

# Shown are weights averaged over the last 500 rounds or so: each round pulls the fakes about.
AVERAGE_DECAY = 0.998
# R1 is dear, so it is asked for in one round of eight, eight times as strongly (lazily).
R1_EVERY = 8
MAPPING_PACE = 0.1  # of the learning rate
_BETAS = (0.0, 0.99)
_COUNTED = 1  # seed of the noise that a tally looks at
_LIVE = frozenset(("learning_rate", "r1", "mixing", "batch_size"))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the stage sees of the two nets without asking.

    Parameters
    ----------
    step : int
        Rounds made.
    discriminator_loss, generator_loss : float or None
        Of the last round, without the penalty; None before the first.
    """

    step: int
    discriminator_loss: float | None
    generator_loss: float | None


class Question(Protocol):
    """A question, as a frozen dataclass that reads the generator and changes nothing."""

    def read(self, generator: Generator) -> Any:
        """Return the answer, its arrays read-only."""
        ...


class StyleGan:
    """A style-based generator and its discriminator; a step is one update of each.

    Parameters
    ----------
    settings : StyleSettings
    device : str
        "cpu", "cuda" or "mps". All randomness is drawn on the CPU, so that a seed means the
        same everywhere.
    """

    def __init__(self, settings: StyleSettings, device: str = "cpu") -> None:
        self._settings = settings
        self._device = torch.device(device)
        self._random = torch.Generator().manual_seed(settings.seed)
        images = torch.tensor(digits().train_images, dtype=torch.float32).flatten(1)
        self._real = (images / 127.5 - 1).to(self._device)  # (9000, 784); -1 is paper, 1 ink
        self._generator = Generator(self._random).to(self._device)
        self._discriminator = Discriminator(self._random).to(self._device)
        self._average = copy.deepcopy(self._generator).requires_grad_(False)
        # Holds the weights of the film frame that was asked about last.
        self._average_then = copy.deepcopy(self._average)
        self._learned: list[Tensor] = list(self._generator.parameters())
        self._averaged: list[Tensor] = list(self._average.parameters())
        rate = settings.learning_rate
        self._optimisers = {
            "generator.mapping": adam(self._generator.mapping, MAPPING_PACE * rate, _BETAS),
            "generator.synthesis": adam(self._generator.synthesis, rate, _BETAS),
            "discriminator": adam(self._discriminator, rate, _BETAS),
        }
        self._steps = 0
        self._losses: dict[str, float] = {}

    @property
    def settings(self) -> StyleSettings:
        return self._settings

    @property
    def steps(self) -> int:
        return self._steps

    def step(self) -> dict[str, float]:
        """Play one round; returns both losses, `loss` being the discriminator's."""
        fake = self._forgeries()
        teaching = self._teach_discriminator(fake.detach())
        forging = self._teach_generator(fake)
        self._steps += 1
        self._average_weights()
        self._losses = {"discriminator_loss": teaching, "generator_loss": forging}
        return {"loss": teaching, **self._losses}

    def _forgeries(self) -> Tensor:
        count, random = self._settings.batch_size, self._random
        z = torch.randn((2 * count, NOISE), generator=random).to(self._device)
        one, other = self._generator.mapping(z).chunk(2)  # (B, STYLE)
        # Some fakes change style on the way, so that each layer learns to get on with any other.
        cut = torch.randint(1, LAYERS, (count,), generator=random)
        is_mixed = torch.rand(count, generator=random) < self._settings.mixing
        cut = torch.where(is_mixed, cut, LAYERS)  # (B,)
        noise = [part.to(self._device) for part in draw_noise(count, random)]
        fake: Tensor = self._generator.synthesis(mixed(one, other, cut), noise)
        return fake  # (B, 1, 28, 28)

    def _teach_discriminator(self, fake: Tensor) -> float:
        settings, discriminator = self._settings, self._discriminator
        picked = torch.randint(len(self._real), (len(fake),), generator=self._random)
        is_due = settings.r1 > 0 and self._steps % R1_EVERY == 0
        real = self._real[picked.to(self._device)].requires_grad_(is_due)  # (B, 784)
        on_real = discriminator(real.view(-1, 1, 28, 28))
        loss = discriminator_loss("non-saturating", on_real, discriminator(fake))
        whole = loss
        if is_due:
            whole = whole + R1_EVERY * settings.r1 * r1_penalty(on_real, real)
        follow(self._optimisers["discriminator"], list(discriminator.parameters()), whole)
        return loss.item()

    def _teach_generator(self, fake: Tensor) -> float:
        """Change the generator alone: the discriminator only passes the gradient on."""
        loss = generator_loss("non-saturating", self._discriminator(fake))
        for parameter, gradient in zip(
            self._learned, torch.autograd.grad(loss, self._learned), strict=True
        ):
            parameter.grad = gradient
        self._optimisers["generator.mapping"].step()
        self._optimisers["generator.synthesis"].step()
        return loss.item()

    @torch.no_grad()
    def _average_weights(self) -> None:
        decay = min(AVERAGE_DECAY, (1 + self._steps) / (10 + self._steps))
        torch._foreach_lerp_(self._averaged, self._learned, 1 - decay)

    def measure(self) -> dict[str, float]:
        """Return what the digit classifier says of 500 fakes, not truncated.

        classes: how many digits are covered, at least 2 % of the fakes each. confidence: how
        sure the classifier is of what it reads.
        """
        random = torch.Generator().manual_seed(_COUNTED)
        z = torch.randn((COUNTED, NOISE), generator=random)
        tally = tallied(judged(forged(self._average, z, draw_noise(COUNTED, random))))
        return {"classes": float(tally.classes), "confidence": tally.confidence}

    def snapshot(self) -> Snapshot:
        losses = self._losses
        return Snapshot(self._steps, losses.get("discriminator_loss"), losses.get("generator_loss"))

    def answer(self, request: Question, state: State | None = None) -> Any:
        """Answer from the averaged generator as it is, or as it was in a film frame."""
        return request.read(self._average if state is None else self._as_it_was(state))

    @torch.no_grad()
    def _as_it_was(self, state: State) -> Generator:
        for name, parameter in self._average_then.named_parameters():
            parameter.copy_(state[f"average.{name}"])
        return self._average_then

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
        for name, optimiser in self._optimisers.items():
            pace = MAPPING_PACE if name == "generator.mapping" else 1.0
            optimiser.param_groups[0]["lr"] = pace * self._settings.learning_rate

    def state(self) -> State:
        state = {name: tensor.detach().to("cpu", copy=True) for name, tensor in self._tensors()}
        counted = {"random": self._random.get_state(), "steps": torch.tensor(self._steps)}
        return state | as_state(self._losses) | counted

    @torch.no_grad()
    def restore(self, state: State) -> None:
        """Go back to a state; the settings in force stay as they are."""
        for name, tensor in self._tensors():
            tensor.copy_(state[name])
        self._random.set_state(state["random"])
        self._steps = int(state["steps"])
        self._losses = from_state(state)

    def _tensors(self) -> Iterator[tuple[str, Tensor]]:
        """Yield every tensor that learning changes in place, by the name it has in a state."""
        nets = {
            "generator": self._generator,
            "average": self._average,
            "discriminator": self._discriminator,
        }
        for prefix, net in nets.items():
            for name, parameter in net.named_parameters():
                yield f"{prefix}.{name}", parameter
        learners = {
            "generator.mapping": self._generator.mapping,
            "generator.synthesis": self._generator.synthesis,
            "discriminator": self._discriminator,
        }
        for prefix, net in learners.items():
            yield from remembered(net, self._optimisers[prefix], prefix)


@torch.no_grad()
def forged(generator: Generator, z: Tensor, noise: list[Tensor] | None = None) -> Tensor:
    """Return fakes, shape (n, 1, 28, 28), ink 0 to 1, on the CPU, from z of shape (n, NOISE)."""
    device = generator.synthesis.paper.device
    sent = None if noise is None else [part.to(device) for part in noise]
    pictures: Tensor = generator(z.to(device), sent).cpu()
    return (pictures + 1) / 2
