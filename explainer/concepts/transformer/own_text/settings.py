"""How the small GPT learns, and which values are refused."""

from __future__ import annotations

import math
from dataclasses import dataclass

from explainer.lesson import Problem, Text

_REFUSED = {
    "seed": Text(
        en="The seed cannot be {value}; choose a whole number from 0 up.",
        ko="시드는 {value}일 수 없습니다. 0 이상의 정수를 고르세요.",
    ),
    "learning_rate": Text(
        en="The learning rate cannot be {value}; choose a number above 0, such as 0.005.",
        ko="학습률은 {value}일 수 없습니다. 0.005처럼 0보다 큰 수를 고르세요.",
    ),
    "dropout": Text(
        en="The dropout cannot be {value}; choose a share from 0 to 0.9.",
        ko="드롭아웃은 {value}일 수 없습니다. 0부터 0.9까지의 비율을 고르세요.",
    ),
}


@dataclass(frozen=True, slots=True)
class WriterSettings:
    """How the small GPT learns.

    Parameters
    ----------
    seed : int
        Draws the initial weights, the places learned from and what drops out.
    text : str
        The path of a text file; empty for this program's lessons in Korean, "course-en" for
        those in English.
    learning_rate : float
        Step size of Adam after its warm-up; later it falls with the root of the step.
    dropout : float
        Share of numbers set to zero while learning, 0..0.9.

    Raises
    ------
    Problem
        If a value makes no sense.
    """

    seed: int = 0
    text: str = ""
    learning_rate: float = 0.005
    dropout: float = 0.2

    def __post_init__(self) -> None:
        sensible = {
            "seed": self.seed >= 0,
            "learning_rate": math.isfinite(self.learning_rate) and self.learning_rate > 0,
            "dropout": 0 <= self.dropout <= 0.9,
        }
        for name, is_sensible in sensible.items():
            if not is_sensible:
                raise Problem(_REFUSED[name].filled(value=getattr(self, name)))
