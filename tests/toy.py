"""A tiny experiment for tests of the engine: a line fitted to noisy points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch


@dataclass(frozen=True)
class Settings:
    seed: int = 0
    learning_rate: float = 0.1


@dataclass(frozen=True)
class Snapshot:
    step: int
    weight: np.ndarray


@dataclass(frozen=True)
class Ask:
    x: float


@dataclass(frozen=True)
class AskInParts:
    x: float


class Line:
    """y = w x, by gradient descent on one noisy point at a time."""

    def __init__(self, settings: Mapping[str, Any], device: str = "cpu") -> None:
        self.settings = Settings(**settings)
        self._random = torch.Generator().manual_seed(self.settings.seed)
        self._weight = torch.zeros(1)
        self.steps = 0
        self.snapshots = 0
        self.fails_at: int | None = None

    def step(self) -> dict[str, float]:
        if self.fails_at == self.steps:
            raise RuntimeError("the cat {sat} on it")
        x = torch.randn(1, generator=self._random)
        error = self._weight * x - 3 * x
        self._weight = self._weight - self.settings.learning_rate * 2 * error * x
        self.steps += 1
        return {"loss": float(error**2)}

    def measure(self) -> dict[str, float]:
        return {"test_accuracy": float(-((self._weight - 3) ** 2))}

    def snapshot(self) -> Snapshot:
        self.snapshots += 1
        return Snapshot(self.steps, self._weight.numpy().copy())

    def _counted(self, x: float) -> Iterator[float]:
        for part in range(1, 4):
            yield float(self._weight * x) + part

    def answer(
        self, request: Ask | AskInParts, state: dict[str, torch.Tensor] | None = None
    ) -> float | Iterator[float]:
        if isinstance(request, AskInParts):
            return self._counted(request.x)
        weight = self._weight if state is None else state["weight"]
        return float(weight * request.x)

    def set(self, knob: str, value: Any) -> None:
        if knob != "learning_rate":
            raise ValueError(f"not a live setting: {knob}")
        self.settings = replace(self.settings, **{knob: value})

    def state(self) -> dict[str, torch.Tensor]:
        return {
            "weight": self._weight.clone(),
            "random": self._random.get_state(),
            "steps": torch.tensor(self.steps),
        }

    def restore(self, state: dict[str, torch.Tensor]) -> None:
        self._weight = state["weight"].clone()
        self._random.set_state(state["random"])
        self.steps = int(state["steps"])
