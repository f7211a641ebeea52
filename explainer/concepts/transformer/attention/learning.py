"""How long a split of Korean takes to learn: updates from its film, the time of one from here."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache, lru_cache

import numpy as np
import torch
from safetensors import safe_open

from explainer.concepts.transformer.attention.probe import LearningTime
from explainer.concepts.transformer.experiment import TranslationExperiment
from explainer.concepts.transformer.pool import training_pool
from explainer.concepts.transformer.settings import Settings
from explainer.concepts.transformer.units import UNITS, Unit
from explainer.engine.assets import asset
from explainer.lesson import Problem

LEARNED = 0.95  # of the held-out sentences, right to the last token
FILMS: dict[Unit, str] = {
    "eojeol": "checkpoints/transformer-ko-en-eojeol.safetensors",
    "morpheme": "checkpoints/transformer-ko-en.safetensors",
    "syllable": "checkpoints/transformer-ko-en-syllable.safetensors",
    "jamo": "checkpoints/transformer-ko-en-jamo.safetensors",
}
# One pass over so many sentences is timed: 16 batches, from the shortest to the longest.
SENTENCES = 512
BATCHES = SENTENCES // Settings().batch_size


@cache
def updates_to_learn(unit: Unit) -> int | None:
    """Return the updates until a film's first evaluation at `LEARNED`.

    None if the film is not there, or never came so far.
    """
    try:
        file = asset(FILMS[unit])
    except Problem:
        return None
    with safe_open(str(file), framework="np") as film:
        steps = film.get_tensor("metrics/exact_match/steps")
        shares = film.get_tensor("metrics/exact_match/values")
    reached = np.flatnonzero(shares >= LEARNED)
    return int(steps[reached[0]]) if len(reached) else None


class UpdateClock:
    """Times updates of a new translator that reads one unit, one after another.

    Parameters
    ----------
    unit : str
    device : torch.device
    """

    def __init__(self, unit: Unit, device: torch.device) -> None:
        self._unit: Unit = unit
        self._device = device
        self._seconds: list[float] = []
        self._work = self._pieces()

    @property
    def is_done(self) -> bool:
        """Whether every batch of the pass was timed."""
        return len(self._seconds) == BATCHES

    @property
    def milliseconds(self) -> float | None:
        """The mean of an update; None until the pass is done."""
        return 1000 * sum(self._seconds) / len(self._seconds) if self.is_done else None

    def run(self) -> None:
        """Do the next piece: prepare the sentences or the model, warm up, or time one update."""
        next(self._work, None)

    def _pieces(self) -> Iterator[None]:
        settings = Settings(unit=self._unit)
        training_pool(settings.direction, SENTENCES, self._unit)
        yield
        experiment = TranslationExperiment(settings, self._device.type, SENTENCES)
        yield
        # The pass begins anew after the update that warms up, or the first batch were left out.
        beginning = experiment.state()
        self._update(experiment)
        experiment.restore(beginning)
        yield
        for _ in range(BATCHES):
            self._seconds.append(self._update(experiment))
            yield

    def _update(self, experiment: TranslationExperiment) -> float:
        # The time of this thread alone: what the screen does meanwhile is not the model's.
        now = time.thread_time if self._device.type == "cpu" else time.perf_counter
        began = now()
        with torch.enable_grad():
            experiment.step()  # ends by reading the loss, for which a GPU has to be done
        return now() - began


@lru_cache(maxsize=2 * len(UNITS))
def clock_of(unit: Unit, device: torch.device) -> UpdateClock:
    """Return the clock of a unit on a device: each is timed once."""
    return UpdateClock(unit, device)


def reading() -> Iterator[None]:
    """Read what the films recorded, one after another; the longest took 0.09 s (measured)."""
    for unit in UNITS:
        updates_to_learn(unit)
        yield


def known(device: torch.device) -> tuple[LearningTime, ...]:
    """Return what was recorded of every split, and what was timed so far."""
    return tuple(
        LearningTime(unit, updates_to_learn(unit), clock_of(unit, device).milliseconds)
        for unit in UNITS
    )


def measured(device: torch.device) -> Iterator[tuple[LearningTime, ...]]:
    """Yield `known` after each piece of the work, until all is timed.

    What is typed meanwhile waits for one piece. The longest, an update of the model that reads
    jamo, takes 0.05 s on one core (measured).
    """
    for unit in UNITS:
        clock = clock_of(unit, device)
        while not clock.is_done:
            clock.run()
            yield known(device)
