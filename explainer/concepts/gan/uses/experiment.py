"""A conditional GAN that learns to turn thin strokes into full digits."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.judge import judged
from explainer.concepts.gan.last_losses import as_state, from_state
from explainer.concepts.gan.losses import discriminator_loss, generator_loss
from explainer.concepts.gan.sketch import Discriminator, Generator
from explainer.concepts.gan.uses.keeping import Kept
from explainer.concepts.gan.uses.settings import SketchSettings
from explainer.concepts.gan.uses.thinning import practice, unseen
from explainer.engine.datasets import digits
from explainer.engine.experiment import State
from explainer.engine.optimisers import adam, follow, remembered

_BETAS = (0.5, 0.9)
_LIVE = frozenset(("learning_rate", "adversarial", "likeness", "batch_size"))
_LOSSES = ("discriminator_loss", "generator_loss", "distance")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the stage sees of the two nets without asking.

    Parameters
    ----------
    step : int
        Rounds made.
    discriminator_loss, generator_loss : float or None
        Of the last round; None before the first.
    distance : float or None
        L1 distance to the true pictures in the last batch, mean of a pixel with ink -1 to 1.
    """

    step: int
    discriminator_loss: float | None
    generator_loss: float | None
    distance: float | None


class Question(Protocol):
    """A question, as a frozen dataclass that reads the generator and changes nothing."""

    def read(self, generator: Generator, kept: Kept) -> Any:
        """Return the answer, its arrays read-only; what needs no generator goes on in `kept`."""
        ...


class SketchGan:
    """A generator that draws over a sketch, and a discriminator; a step is one update of each.

    Parameters
    ----------
    settings : SketchSettings
    device : str
        "cpu", "cuda" or "mps". All randomness is drawn on the CPU, so that a seed means the
        same everywhere.
    """

    def __init__(self, settings: SketchSettings, device: str = "cpu") -> None:
        self._settings = settings
        self._device = torch.device(device)
        self._random = torch.Generator().manual_seed(settings.seed)
        self._sketches, self._pictures = (on_paper(part).to(self._device) for part in practice())
        self._generator = Generator(self._random).to(self._device)
        self._discriminator = Discriminator(self._random).to(self._device)
        # Holds the weights of the film frame that was asked about last.
        self._generator_then = copy.deepcopy(self._generator)
        self._nets: dict[str, torch.nn.Module] = {
            "generator": self._generator,
            "discriminator": self._discriminator,
        }
        self._optimisers = {
            name: adam(net, settings.learning_rate, _BETAS) for name, net in self._nets.items()
        }
        self._steps = 0
        self._losses: dict[str, float] = {}
        self._kept = Kept()

    @property
    def settings(self) -> SketchSettings:
        return self._settings

    @property
    def steps(self) -> int:
        return self._steps

    def step(self) -> dict[str, float]:
        """Play one round; `loss` is the L1 distance to the true pictures."""
        size = (self._settings.batch_size,)
        picked = torch.randint(len(self._sketches), size, generator=self._random).to(self._device)
        sketch, real = self._sketches[picked], self._pictures[picked]  # (B, 1, 28, 28)
        fake: Tensor = self._generator(sketch)  # (B, 1, 28, 28)
        self._losses = {
            "discriminator_loss": self._teach_discriminator(sketch, real, fake.detach()),
            **self._teach_generator(sketch, real, fake),
        }
        self._steps += 1
        return {"loss": self._losses["distance"], **self._losses}

    def _teach_discriminator(self, sketch: Tensor, real: Tensor, fake: Tensor) -> float:
        judge = self._discriminator
        on_real, on_fake = judge(sketch, real), judge(sketch, fake)  # (B, 49)
        loss = discriminator_loss("non-saturating", on_real, on_fake)
        follow(self._optimisers["discriminator"], list(judge.parameters()), loss)
        return loss.item()

    def _teach_generator(self, sketch: Tensor, real: Tensor, fake: Tensor) -> dict[str, float]:
        """Change the generator alone: the discriminator only passes the gradient on."""
        settings = self._settings
        passing = generator_loss("non-saturating", self._discriminator(sketch, fake))
        distance = (fake - real).abs().mean()
        loss = settings.adversarial * passing + settings.likeness * distance
        follow(self._optimisers["generator"], list(self._generator.parameters()), loss)
        return {"generator_loss": passing.item(), "distance": distance.item()}

    @torch.no_grad()
    def measure(self) -> dict[str, float]:
        """Return how well unseen sketches become their digits.

        agreement: how often the digit classifier reads the digit that the sketch was made from.
        unseen_distance: L1 distance to the true pictures, mean of a pixel with ink -1 to 1.
        """
        sketches, pictures = (on_paper(part).to(self._device) for part in unseen())
        drawn = self._generator(sketches)
        labels = judged((drawn.cpu() + 1) / 2).labels
        return {
            "agreement": float((labels == digits().test_labels[: len(labels)]).mean()),
            "unseen_distance": float((drawn - pictures).abs().mean()),
        }

    def snapshot(self) -> Snapshot:
        return Snapshot(self._steps, *(self._losses.get(name) for name in _LOSSES))

    def answer(self, request: Question, state: State | None = None) -> Any:
        """Answer from the generator as it is, or as it was in a film frame."""
        generator = self._generator if state is None else self._as_it_was(state)
        return request.read(generator, self._kept)

    @torch.no_grad()
    def _as_it_was(self, state: State) -> Generator:
        for name, parameter in self._generator_then.named_parameters():
            parameter.copy_(state[f"generator.{name}"])
        return self._generator_then

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
        for optimiser in self._optimisers.values():
            optimiser.param_groups[0]["lr"] = self._settings.learning_rate

    def state(self) -> State:
        state = {name: tensor.detach().to("cpu", copy=True) for name, tensor in self._tensors()}
        counted = {"random": self._random.get_state(), "steps": torch.tensor(self._steps)}
        return state | as_state(self._losses, _LOSSES) | counted

    @torch.no_grad()
    def restore(self, state: State) -> None:
        """Go back to a state; the settings in force stay as they are."""
        for name, tensor in self._tensors():
            tensor.copy_(state[name])
        self._random.set_state(state["random"])
        self._steps = int(state["steps"])
        self._losses = from_state(state, _LOSSES)

    def _tensors(self) -> Iterator[tuple[str, Tensor]]:
        """Yield every tensor that learning changes in place, by the name it has in a state."""
        for prefix, net in self._nets.items():
            for name, parameter in net.named_parameters():
                yield f"{prefix}.{name}", parameter
            yield from remembered(net, self._optimisers[prefix], prefix)


def on_paper(images: np.ndarray) -> Tensor:
    """Return images (n, 28, 28), ink 0 to 1, as (n, 1, 28, 28), -1 is paper and 1 ink."""
    return torch.tensor(images, dtype=torch.float32).unsqueeze(1) * 2 - 1
