"""How the digit net learns, and which values are refused."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from explainer.lesson import Problem, Text

_REFUSED = {
    "learning_rate": Text(
        en="The learning rate cannot be {value}; choose a number above 0, such as 0.003.",
        ko="학습률은 {value}일 수 없습니다. 0.003처럼 0보다 큰 수를 고르세요.",
    ),
    "batch_size": Text(
        en="The batch size cannot be {value}; choose a whole number from 1 to 1024.",
        ko="배치 크기는 {value}일 수 없습니다. 1부터 1024까지의 정수를 고르세요.",
    ),
    "optimiser": Text(
        en="There is no optimiser {value}; choose adam or sgd.",
        ko="{value}라는 최적화 방법은 없습니다. adam이나 sgd를 고르세요.",
    ),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How the digit net learns.

    Parameters
    ----------
    seed : int
        Draws the initial weights, the order of the digits and their augmentation.
    learning_rate : float
        Step size of the optimiser.
    batch_size : int
        Digits per update, 1 to 1024.
    optimiser : {"adam", "sgd"}
        Adam, or stochastic gradient descent with momentum 0.9.
    augmentation : bool
        Whether the digits are shifted, turned, scaled and sheared, and written digits added.

    Raises
    ------
    Problem
        If a value makes no sense.
    """

    seed: int = 0
    learning_rate: float = 0.003
    batch_size: int = 32
    optimiser: Literal["adam", "sgd"] = "adam"
    augmentation: bool = True

    def __post_init__(self) -> None:
        sensible = {
            "learning_rate": math.isfinite(self.learning_rate) and self.learning_rate > 0,
            "batch_size": self.batch_size == int(self.batch_size) and 1 <= self.batch_size <= 1024,
            "optimiser": self.optimiser in ("adam", "sgd"),
        }
        for name, is_sensible in sensible.items():
            if not is_sensible:
                raise Problem(_REFUSED[name].filled(value=getattr(self, name)))
