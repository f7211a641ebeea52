"""A DCGAN that learns to forge handwritten digits."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from explainer.concepts.gan.dcgan import NOISE, Discriminator, Generator
from explainer.concepts.gan.digits.settings import DigitSettings
from explainer.concepts.gan.judge import COUNTED, judged, tallied
from explainer.concepts.gan.last_losses import as_state, from_state
from explainer.concepts.gan.losses import discriminator_loss, generator_loss
from explainer.engine.datasets import digits
from explainer.engine.experiment import State
from explainer.engine.optimisers import adam, follow, remembered

# Shown are weights averaged over a tenth of all rounds, the last 1,000 at most: each round pulls
# the fakes about.
AVERAGE_DECAY = 0.999
BETAS = (0.5, 0.9)
_COUNTED = 1  # seed of the noise that a tally looks at
_LIVE = frozenset(
    ("discriminator_rate", "generator_rate", "discriminator_steps", "generator_steps",
     "batch_size")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the stage sees of the two without asking.

    Parameters
    ----------
    step : int
        Rounds made.
    discriminator_loss, generator_loss : float or None
        Of the last round; None before the first.
    """

    step: int
    discriminator_loss: float | None
    generator_loss: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Both nets as they are asked: the generator with its averaged weights.

    Parameters
    ----------
    generator : Generator
        In evaluation: normalised by what it saw while learning, so that no fake depends on
        those beside it.
    discriminator : Discriminator
    conditional : bool
    """

    generator: Generator
    discriminator: Discriminator
    conditional: bool


class Question(Protocol):
    """A question, as a frozen dataclass that reads the two nets and changes nothing."""

    def read(self, pair: Pair) -> Any:
        """Return the answer, its arrays read-only."""
        ...


class DigitGan:
    """A generator and a discriminator of digits; a step is one round of updates.

    Parameters
    ----------
    settings : DigitSettings
    device : str
        "cpu", "cuda" or "mps". All randomness is drawn on the CPU, so that a seed means the
        same everywhere.
    """

    def __init__(self, settings: DigitSettings, device: str = "cpu") -> None:
        self._settings = settings
        self._device = torch.device(device)
        self._random = torch.Generator().manual_seed(settings.seed)
        data = digits()
        pictures = torch.tensor(data.train_images, dtype=torch.float32).unsqueeze(1)
        self._real = (pictures / 127.5 - 1).to(self._device)  # -1 is paper, 1 is ink
        self._labels = torch.tensor(data.train_labels, dtype=torch.int64, device=self._device)
        self._generator = Generator(NOISE, settings.conditional, self._random).to(self._device)
        self._discriminator = Discriminator(settings.conditional, self._random).to(self._device)
        average = copy.deepcopy(self._generator).eval().requires_grad_(False)
        self._pair = Pair(average, self._discriminator, settings.conditional)
        # Holds the weights of the film frame that was asked about last.
        self._pair_then = copy.deepcopy(self._pair)
        self._learned = [tensor for _, tensor in learned(self._generator)]
        self._averaged = [tensor for _, tensor in learned(average)]
        self._forge: list[Tensor] = list(self._generator.parameters())
        self._judge: list[Tensor] = list(self._discriminator.parameters())
        self._generator_optimiser = adam(self._generator, settings.generator_rate, BETAS)
        self._discriminator_optimiser = adam(
            self._discriminator, settings.discriminator_rate, BETAS
        )
        self._steps = 0
        self._losses: dict[str, float] = {}

    @property
    def settings(self) -> DigitSettings:
        return self._settings

    @property
    def steps(self) -> int:
        return self._steps

    def step(self) -> dict[str, float]:
        """Play one round; returns both losses, `loss` being the discriminator's.

        accuracy: share of the last batch, real and fake, that the discriminator tells rightly.
        """
        settings = self._settings
        for _ in range(settings.discriminator_steps):
            real, digit = self._real_batch()
            fake = self._forgeries(digit)
            teaching, accuracy = self._teach_discriminator(real, fake.detach(), digit)
        for turn in range(settings.generator_steps):
            if turn > 0:
                fake = self._forgeries(digit)
            forging = self._teach_generator(fake, digit)
        self._steps += 1
        self._average_weights()
        self._losses = {"discriminator_loss": teaching, "generator_loss": forging}
        return {"loss": teaching, **self._losses, "accuracy": accuracy}

    def _real_batch(self) -> tuple[Tensor, Tensor | None]:
        size = (self._settings.batch_size,)
        picked = torch.randint(len(self._real), size, generator=self._random).to(self._device)
        return self._real[picked], self._labels[picked] if self._settings.conditional else None

    def _forgeries(self, digit: Tensor | None) -> Tensor:
        noise = torch.randn((self._settings.batch_size, NOISE), generator=self._random)
        fake: Tensor = self._generator(noise.to(self._device), digit)  # (B, 1, 28, 28)
        return fake

    def _teach_discriminator(
        self, real: Tensor, fake: Tensor, digit: Tensor | None
    ) -> tuple[float, float]:
        # One batch of each kind: batch normalisation would betray a mixed one.
        on_real, on_fake = self._discriminator(real, digit), self._discriminator(fake, digit)
        loss = discriminator_loss("non-saturating", on_real, on_fake)
        follow(self._discriminator_optimiser, self._judge, loss)
        right = ((on_real > 0).float().mean() + (on_fake <= 0).float().mean()) / 2
        return loss.item(), right.item()

    def _teach_generator(self, fake: Tensor, digit: Tensor | None) -> float:
        """Change the generator alone: the discriminator only passes the gradient on."""
        loss = generator_loss("non-saturating", self._discriminator(fake, digit))
        follow(self._generator_optimiser, self._forge, loss)
        return loss.item()

    @torch.no_grad()
    def _average_weights(self) -> None:
        decay = min(AVERAGE_DECAY, (1 + self._steps) / (10 + self._steps))
        torch._foreach_lerp_(self._averaged, self._learned, 1 - decay)

    def measure(self) -> dict[str, float]:
        """Return what the digit classifier says of 500 fakes.

        classes: how many digits are covered, at least 2 % of the fakes each. confidence: how
        sure the classifier is of what it reads. class_agreement: where a digit is asked for, how
        often it reads that one; as many of each are asked for.
        """
        noise, asked = counted_noise()
        pictures = forged(self._pair, noise, asked if self._settings.conditional else None)
        verdict = judged(pictures)
        tally = tallied(verdict)
        found = {"classes": float(tally.classes), "confidence": tally.confidence}
        if self._settings.conditional:
            found["class_agreement"] = float((verdict.labels == asked.numpy()).mean())
        return found

    def snapshot(self) -> Snapshot:
        losses = self._losses
        return Snapshot(self._steps, losses.get("discriminator_loss"), losses.get("generator_loss"))

    def answer(self, request: Question, state: State | None = None) -> Any:
        """Answer from the averaged generator as it is, or as it was in a film frame."""
        return request.read(self._pair if state is None else self._as_it_was(state))

    @torch.no_grad()
    def _as_it_was(self, state: State) -> Pair:
        for net, prefix in (
            (self._pair_then.generator, "average"),
            (self._pair_then.discriminator, "discriminator"),
        ):
            for name, tensor in learned(net):
                tensor.copy_(state[f"{prefix}.{name}"])
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
        for prefix, net in (
            ("generator", self._generator),
            ("average", self._pair.generator),
            ("discriminator", self._discriminator),
        ):
            for name, tensor in learned(net):
                yield f"{prefix}.{name}", tensor
        for prefix, net, optimiser in (
            ("generator", self._generator, self._generator_optimiser),
            ("discriminator", self._discriminator, self._discriminator_optimiser),
        ):
            yield from remembered(net, optimiser, prefix)


def learned(net: nn.Module) -> Iterator[tuple[str, Tensor]]:
    """Yield a net's parameters, and what its batch normalisation saw."""
    yield from net.named_parameters()
    for name, buffer in net.named_buffers():
        if buffer.is_floating_point():  # the count of batches changes nothing
            yield name, buffer


@torch.no_grad()
def forged(pair: Pair, noise: Tensor, digit: Tensor | None = None) -> Tensor:
    """Return fakes, shape (n, 1, 28, 28), ink 0 to 1, on the CPU."""
    generator = pair.generator
    device = next(generator.parameters()).device
    asked = None if digit is None else digit.to(device)
    pictures: Tensor = generator(noise.to(device), asked).cpu()
    return (pictures + 1) / 2


def counted_noise() -> tuple[Tensor, Tensor]:
    """Return the noise of a tally, (500, noise), and the digits asked for, 50 of each."""
    random = torch.Generator().manual_seed(_COUNTED)
    return torch.randn((COUNTED, NOISE), generator=random), torch.arange(COUNTED) % 10
