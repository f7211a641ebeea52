"""How the three models of the family learn, and which values are refused."""

from __future__ import annotations

from dataclasses import dataclass

from explainer.concepts.transformer.settings import Settings
from explainer.lesson import Problem, Text

_SEED = Text(
    en="The seed cannot be {value}; choose a whole number from 0 up.",
    ko="시드는 {value}일 수 없습니다. 0 이상의 정수를 고르세요.",
)


@dataclass(frozen=True, slots=True)
class FamilySettings:
    """How the three learn; all alike.

    Parameters
    ----------
    seed : int
        Draws the initial weights, the order of the sentences, the words hidden and the tasks.
    learning_rate : float
        Step size of Adafactor, as a share of each table's own size, after its warm-up; later it
        falls.
    batch_size : int
        Sentences per update, 1 to 512.

    Raises
    ------
    Problem
        If a value makes no sense.
    """

    seed: int = 0
    learning_rate: float = 0.05
    batch_size: int = 32

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise Problem(_SEED.filled(value=self.seed))
        # The translator refuses the same learning rates and batch sizes.
        Settings(learning_rate=self.learning_rate, batch_size=self.batch_size)
