"""A digit net that learns on the stage, and what can be asked of it."""

from __future__ import annotations

import copy
import dataclasses
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.utils import get_total_norm

from explainer.concepts.cnn.reading import Request
from explainer.concepts.cnn.settings import Settings as Settings
from explainer.concepts.cnn.training.probe import NextUpdate
from explainer.engine.arrays import read_only
from explainer.engine.augmentation import augment
from explainer.engine.datasets import digits, written_practice
from explainer.engine.experiment import State
from explainer.engine.optimisers import adam
from explainer.models.digit_net import DigitNet

Floats = NDArray[np.float32]

LAYERS_WITH_WEIGHTS = ("conv1", "conv2", "hidden", "output")
WALL = 84  # test digits on the wall: the first 84
# The averaged weights look back over a tenth of all steps, at most 1,000, so that they soon let
# go of the random start. Against 0.98 this won half a point after 3 s (measured).
AVERAGE_DECAY = 0.999
MOMENTUM = 0.9
# Digits stray widely only once the net can read: from the start it would cost 1.4 points after
# 3 s (measured).
SHIFT, STRAY = 2.0, 5.0  # pixels at most
STRAY_FROM, STRAY_WHOLE = 6_000, 18_000  # steps
_RATE_SECONDS = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What the stage sees of the net; arrays are read-only, weights the averaged ones.

    Parameters
    ----------
    step : int
        Updates made.
    loss : float or None
        Cross-entropy of the last batch, in nats; None before the first update.
    weights : mapping of str to ndarray
        "conv1.weight" (8, 1, 3, 3), "conv1.bias" (8,), "conv2.weight" (16, 8, 3, 3) and so on,
        by the names of the model's parameters.
    gradient_norms : ndarray, shape (4,)
        Euclidean norm of the last update's gradient, by `LAYERS_WITH_WEIGHTS`.
    wall_predictions : ndarray of int64, shape (84,)
        What the net takes the first 84 test digits for.
    examples_seen : int
        Digits trained on so far.
    examples_per_second : float
        Over the last second of training; 0 before it is known.
    """

    step: int
    loss: float | None
    weights: Mapping[str, Floats]
    gradient_norms: Floats
    wall_predictions: NDArray[np.int64]
    examples_seen: int
    examples_per_second: float


class Parts(NamedTuple):
    """What the last update worked with: its batch, the logits before it, and the optimiser."""

    images: Tensor
    labels: Tensor
    logits: Tensor
    optimiser: torch.optim.Optimizer


class DigitExperiment:
    """A `DigitNet` learning from 9,000 handwritten digits.

    Parameters
    ----------
    settings : Settings
    device : str
        "cpu", "cuda" or "mps". Data, net and optimiser live there; all randomness is drawn on
        the CPU, so that a seed means the same everywhere.
    """

    def __init__(self, settings: Settings, device: str = "cpu") -> None:
        self._settings = settings
        self._device = torch.device(device)
        self._random = torch.Generator().manual_seed(self._settings.seed)
        self._net = self._place(DigitNet(self._random))
        self._average = copy.deepcopy(self._net).requires_grad_(False)
        # Holds the weights of the film frame that was asked about last.
        self._scratch = copy.deepcopy(self._average)
        self._parameters: list[Tensor] = list(self._net.parameters())
        self._averages: list[Tensor] = list(self._average.parameters())
        self._optimisers = _make_optimisers(self._net, self._settings.learning_rate)

        mnist, written = digits(), written_practice()
        self._digit_count = len(mnist.train_labels)
        self._images = self._pictures(mnist.train_images, written.images)
        self._labels = self._classes(mnist.train_labels, written.labels)
        self._test_images = self._pictures(mnist.test_images)
        self._test_labels = mnist.test_labels

        self._steps = self._examples = self._epoch = self._position = 0
        self._order = self._epoch_order()
        self._loss = 0.0
        self._worked_on: Parts | None = None
        self._last_gradient_norms = torch.zeros(len(LAYERS_WITH_WEIGHTS))
        self._stamps: deque[tuple[float, int]] = deque()

    def _place(self, net: DigitNet) -> DigitNet:
        # channels_last saves a fifth of a step on a CPU (2.7 to 2.3 ms, measured).
        return net.to(device=self._device).to(memory_format=torch.channels_last)  # type: ignore

    def _pictures(self, *parts: NDArray[np.uint8]) -> Tensor:
        ink = torch.from_numpy(np.concatenate(parts)).to(self._device)
        return ink.unsqueeze(1).float().div_(255)

    def _classes(self, *parts: NDArray[np.uint8]) -> Tensor:
        return torch.from_numpy(np.concatenate(parts).astype(np.int64)).to(self._device)

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def steps(self) -> int:
        return self._steps

    def step(self) -> dict[str, float]:
        """Learn from one batch; returns the loss on it, in nats."""
        images, labels = self._next_batch()
        optimiser = self._optimisers[self._settings.optimiser]
        optimiser.zero_grad()
        logits = self._net(images)
        loss = F.cross_entropy(logits, labels)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        self._worked_on = Parts(images, labels, logits.detach(), optimiser)
        self._steps += 1
        self._average_weights()
        self._loss = loss.item()
        self._examples += len(labels)
        self._stamp()
        return {"loss": self._loss}

    def parts(self) -> Parts:
        """Return what the last update worked with; there must have been one."""
        assert self._worked_on is not None
        return self._worked_on

    def first_kernels(self) -> tuple[Tensor, Tensor]:
        """Return the first layer's weights (maps, 1, k, k): those that learn, and the averaged."""
        return self._net.conv1.weight, self._average.conv1.weight

    def _next_batch(self) -> tuple[Tensor, Tensor]:
        size = self._settings.batch_size
        if self._position + size > len(self._order):
            self._begin_epoch()
        chosen = self._order[self._position : self._position + size].to(self._device)
        self._position += size
        images, labels = self._images[chosen], self._labels[chosen]
        if self._settings.augmentation:
            images = augment(images, self._random, SHIFT, self._stray())
        return images.contiguous(memory_format=torch.channels_last), labels

    def _stray(self) -> float:
        """Return how far a digit may stray by now, in pixels."""
        share = (self._steps - STRAY_FROM) / (STRAY_WHOLE - STRAY_FROM)
        return STRAY * min(max(share, 0.0), 1.0)

    def _begin_epoch(self) -> None:
        self._epoch += 1
        self._position = 0
        self._order = self._epoch_order()

    def _epoch_order(self) -> Tensor:
        """Shuffle by seed and epoch alone, so that no state need hold the order."""
        shuffle = torch.Generator().manual_seed(self._settings.seed * 1_000_003 + self._epoch)
        count = len(self._labels) if self._settings.augmentation else self._digit_count
        return torch.randperm(count, generator=shuffle)

    def _average_weights(self) -> None:
        decay = min(AVERAGE_DECAY, (1 + self._steps) / (10 + self._steps))
        with torch.no_grad():
            torch._foreach_lerp_(self._averages, self._parameters, 1 - decay)

    def _stamp(self) -> None:
        now = time.perf_counter()
        self._stamps.append((now, self._examples))
        while len(self._stamps) > 2 and now - self._stamps[0][0] > _RATE_SECONDS:
            self._stamps.popleft()

    @torch.no_grad()
    def measure(self) -> dict[str, float]:
        """Return the share of the 1,000 test digits that the averaged weights read rightly."""
        return {"test_accuracy": float((self._read(self._test_images) == self._test_labels).mean())}

    def _read(self, images: Tensor) -> NDArray[np.int64]:
        # Batches of 100 stay in the cache of a small CPU.
        parts = [self._average(part).argmax(dim=1).cpu() for part in torch.split(images, 100)]
        return torch.cat(parts).numpy()

    def snapshot(self) -> Snapshot:
        return Snapshot(
            step=self._steps,
            loss=self._loss if self._steps else None,
            weights=MappingProxyType(
                {name: read_only(tensor) for name, tensor in self._average.named_parameters()}
            ),
            gradient_norms=read_only(self._gradient_norms()),
            wall_predictions=self._read_wall(),
            examples_seen=self._examples,
            examples_per_second=self._rate(),
        )

    @torch.no_grad()
    def _read_wall(self) -> NDArray[np.int64]:
        predictions = self._read(self._test_images[:WALL])  # 2 ms on a CPU (measured)
        predictions.flags.writeable = False
        return predictions

    def _rate(self) -> float:
        if len(self._stamps) < 2:
            return 0.0
        (then, before), (now, seen) = self._stamps[0], self._stamps[-1]
        return (seen - before) / max(now - then, 1e-9)

    def _gradient_norms(self) -> Tensor:
        if self._net.conv1.weight.grad is None:
            return self._last_gradient_norms
        return torch.stack(
            [
                get_total_norm([p.grad for p in layer.parameters() if p.grad is not None])
                for layer in (self._net.get_submodule(name) for name in LAYERS_WITH_WEIGHTS)
            ]
        )

    @contextmanager
    def _taken_back(self) -> Iterator[None]:
        """Go back, on leaving, to where the experiment stood."""
        state, stamps = self.state(), tuple(self._stamps)
        try:
            yield
        finally:
            self.restore(state)
            self._stamps.extend(stamps)

    def answer(self, request: Request | NextUpdate, state: State | None = None) -> Any:
        """Answer from the averaged weights, now or as they were in a film frame."""
        if isinstance(request, NextUpdate):
            with self._taken_back():
                return request.watch(self)
        return request.read(self._average if state is None else self._as_it_was(state))

    @torch.no_grad()
    def _as_it_was(self, state: State) -> DigitNet:
        for name, parameter in self._scratch.named_parameters():
            parameter.copy_(state[f"average.{name}"])
        return self._scratch

    def set(self, knob: str, value: Any) -> None:
        """Change any setting but the seed.

        Raises
        ------
        Problem
            If the value makes no sense.
        ValueError
            If there is no such live setting.
        """
        if knob not in ("learning_rate", "batch_size", "optimiser", "augmentation"):
            raise ValueError(f"not a live setting: {knob}")
        before = self._settings
        self._settings = dataclasses.replace(before, **{knob: value})
        for optimiser in self._optimisers.values():
            optimiser.param_groups[0]["lr"] = self._settings.learning_rate
        if self._settings.augmentation != before.augmentation:
            self._begin_epoch()

    def state(self) -> State:
        state = {name: tensor.detach().to("cpu", copy=True) for name, tensor in self._tensors()}
        counters = {
            "steps": self._steps,
            "examples": self._examples,
            "order.epoch": self._epoch,
            "order.position": self._position,
        }
        return state | {
            **{name: torch.tensor(count) for name, count in counters.items()},
            "random": self._random.get_state(),
            "last.loss": torch.tensor(self._loss, dtype=torch.float64),
            "last.gradient_norms": self._gradient_norms().detach().to("cpu", copy=True),
        }

    @torch.no_grad()
    def restore(self, state: State) -> None:
        """Go back to a state; the settings in force stay as they are."""
        for name, tensor in self._tensors():
            tensor.copy_(state[name])
        self._steps = int(state["steps"])
        self._examples = int(state["examples"])
        self._epoch = int(state["order.epoch"])
        self._position = int(state["order.position"])
        self._order = self._epoch_order()
        self._random.set_state(state["random"])
        self._loss = float(state["last.loss"])
        self._last_gradient_norms = state["last.gradient_norms"].clone()
        for parameter in self._parameters:
            parameter.grad = None
        self._stamps.clear()

    def _tensors(self) -> Iterator[tuple[str, Tensor]]:
        """Yield every tensor that learning changes in place, by the name it has in a state."""
        for prefix, model in (("net", self._net), ("average", self._average)):
            for name, parameter in model.named_parameters():
                yield f"{prefix}.{name}", parameter
        for kind, optimiser in self._optimisers.items():
            for name, parameter in self._net.named_parameters():
                for key, tensor in optimiser.state[parameter].items():
                    yield f"optimiser.{kind}.{key}.{name}", tensor


def _make_optimisers(net: DigitNet, learning_rate: float) -> dict[str, torch.optim.Optimizer]:
    """Return both optimisers, their state made at once so that every film frame is alike."""
    parameters = list(net.parameters())
    sgd = torch.optim.SGD(parameters, lr=learning_rate, momentum=MOMENTUM, fused=True)
    for parameter in parameters:
        sgd.state[parameter] = {"momentum_buffer": torch.zeros_like(parameter)}
    return {"adam": adam(net, learning_rate), "sgd": sgd}
