"""How the translator learns, and which values are refused."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from explainer.concepts.transformer.units import UNITS, Unit
from explainer.lesson import Language, Problem, Text

Direction = Literal["ko-en", "en-ko"]

_REFUSED = {
    "direction": Text(
        en="There is no direction {value}; choose ko-en or en-ko.",
        ko="{value}라는 번역 방향은 없습니다. ko-en이나 en-ko를 고르세요.",
    ),
    "heads": Text(
        en="The number of heads cannot be {value}; choose 1, 2 or 4.",
        ko="헤드 수는 {value}일 수 없습니다. 1, 2, 4 가운데에서 고르세요.",
    ),
    "unit": Text(
        en="Korean cannot be split by {value} here; choose morpheme, or eojeol, syllable or jamo"
        " with the direction ko-en.",
        ko="여기서는 한국어를 {value} 단위로 나눌 수 없습니다. morpheme을 고르거나, ko-en 방향에서"
        " eojeol, syllable, jamo를 고르세요.",
    ),
    "learning_rate": Text(
        en="The learning rate cannot be {value}; choose a number above 0, such as 0.003.",
        ko="학습률은 {value}일 수 없습니다. 0.003처럼 0보다 큰 수를 고르세요.",
    ),
    "batch_size": Text(
        en="The batch size cannot be {value}; choose a whole number from 1 to 512.",
        ko="배치 크기는 {value}일 수 없습니다. 1부터 512까지의 정수를 고르세요.",
    ),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How the translator learns.

    Parameters
    ----------
    seed : int
        Draws the initial weights and the order of the sentences.
    direction : {"ko-en", "en-ko"}
        From which language into which.
    heads : int
        Heads of every attention: 1, 2 or 4.
    unit : {"morpheme", "eojeol", "syllable", "jamo"}
        What Korean is split into; into English only, other units than morphemes are read.
    learning_rate : float
        Step size of Adam after its warm-up; later it falls with the root of the step.
    batch_size : int
        Sentences per update, 1 to 512.

    Raises
    ------
    Problem
        If a value makes no sense.
    """

    seed: int = 0
    direction: Direction = "ko-en"
    heads: int = 4
    unit: Unit = "morpheme"
    learning_rate: float = 0.003
    batch_size: int = 32

    def __post_init__(self) -> None:
        sensible = {
            "direction": self.direction in ("ko-en", "en-ko"),
            "heads": self.heads in (1, 2, 4),
            "unit": self.unit == "morpheme" or (self.unit in UNITS and self.direction == "ko-en"),
            "learning_rate": math.isfinite(self.learning_rate) and self.learning_rate > 0,
            "batch_size": self.batch_size == int(self.batch_size) and 1 <= self.batch_size <= 512,
        }
        for name, is_sensible in sensible.items():
            if not is_sensible:
                raise Problem(_REFUSED[name].filled(value=getattr(self, name)))

    @property
    def source(self) -> Language:
        """The language that is read."""
        return "ko" if self.direction == "ko-en" else "en"

    @property
    def target(self) -> Language:
        """The language that is written."""
        return "en" if self.direction == "ko-en" else "ko"
