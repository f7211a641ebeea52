"""One experiment and its film, moved step by step; no thread of its own."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable, Mapping
from typing import Any

from explainer.engine.checkpoint import Shipped
from explainer.engine.experiment import Experiment
from explainer.engine.film import Film, Kept, Strip
from explainer.lesson import Problem, Text

Factory = Callable[[Mapping[str, Any], str], Experiment]

# Evaluations lie this far apart on a √step axis: 39 in the first 1,500 steps.
_MEASURE_SPACING = 1.0

NOT_FINITE = Text(
    "At step {step} the loss was no longer a finite number; rewind to the last good frame and"
    " lower the learning rate.",
    "{step}걸음에서 손실이 유한한 수가 아니게 되었습니다. 마지막 정상 장면으로 되감고 학습률을"
    " 낮추세요.",
)


class Run:
    """A run of training that can be rewound and continued.

    Parameters
    ----------
    factory : callable
        (settings, device) to an Experiment.
    settings : mapping
        What differs from the experiment's defaults.
    device : str
        "cpu", "cuda" or "mps".
    shipped : Shipped, optional
        A film to start at the end of.

    Attributes
    ----------
    experiment : Experiment
    film : Film
    seconds : float
        CPU time of this thread spent in step(), or wall time on a GPU.
    """

    def __init__(
        self,
        factory: Factory,
        settings: Mapping[str, Any],
        device: str,
        shipped: Shipped | None = None,
    ) -> None:
        used = {**(shipped.settings if shipped else {}), **settings}
        self.experiment = factory(used, device)
        self.device = device
        self.seconds = 0.0
        self._clock = time.thread_time if device == "cpu" else time.perf_counter
        if shipped is None:
            self.film = Film(self._frame())
            self._measure()
        else:
            self.film = Film(shipped.frames[0])
            for frame in shipped.frames[1:]:
                self.film.keep(frame)
            for name, (steps, values) in shipped.metrics.items():
                for step, value in zip(steps, values, strict=True):
                    self.film.record(int(step), {name: float(value)})
            self.seek(self.film.branch, shipped.frames[-1].step)

    @property
    def settings(self) -> dict[str, Any]:
        """The settings in force, read back from the experiment."""
        return dataclasses.asdict(self.experiment.settings)

    def _frame(self) -> Kept:
        return Kept(self.experiment.steps, self.experiment.state(), self.settings)

    def advance(self) -> None:
        """Make one update, recording its metrics and, where due, its state and evaluation.

        Raises
        ------
        Problem
            If the loss is not finite; the film keeps its last good frame.
        """
        self._leave_branch_if_needed()
        for knob, value in self.film.changes_at(self.experiment.steps).items():
            self.experiment.set(knob, value)
        before = self._clock()
        metrics = self.experiment.step()
        self.seconds += self._clock() - before
        step = self.experiment.steps
        if not math.isfinite(metrics["loss"]):
            raise Problem(NOT_FINITE.filled(step=f"{step:,}"))
        self.film.record(step, metrics)
        if self.film.is_due(step):
            self.film.keep(self._frame())
        if self._is_measure_due(step, metrics):
            self._measure()

    def _is_measure_due(self, step: int, of_step: Mapping[str, float]) -> bool:
        """Whether an evaluation is due; its metrics are all those that a step does not return."""
        strip = self.film.strip(step)
        names = {name for track in strip.tracks for name in track.metrics} - of_step.keys()
        evaluated = [strip.curve(name)[0] for name in names]
        newest = max((int(steps[-1]) for steps in evaluated if len(steps)), default=0)
        return bool(step**0.5 - newest**0.5 >= _MEASURE_SPACING)

    def _measure(self) -> None:
        self.film.record(self.experiment.steps, self.experiment.measure())

    def _leave_branch_if_needed(self) -> None:
        """Begin a branch where the future will differ from the one already filmed."""
        if self.experiment.steps >= self.film.last:
            return
        planned = self._planned_settings()
        changed = tuple((k, v) for k, v in self.settings.items() if planned.get(k) != v)
        # On a GPU a replay may differ in its last bits, so it is never called the same branch.
        if changed or self.device != "cpu":
            self.film.fork(self._frame(), changed)

    def _planned_settings(self) -> dict[str, Any]:
        kept = self.film.nearest(self.film.branch, self.experiment.steps)
        planned = dict(kept.settings)
        for step in range(kept.step, self.experiment.steps):
            planned |= self.film.changes_at(step)
        return planned

    def set(self, knob: str, value: Any) -> None:
        """Change a live setting; it takes effect at the next step."""
        self.experiment.set(knob, value)
        if self.experiment.steps >= self.film.last:
            self.film.note_change(self.experiment.steps, knob, value)

    def seek(self, branch: int, step: int) -> None:
        """Go to the nearest kept frame, settings included."""
        kept = self.film.follow(branch, step)
        for knob, value in kept.settings.items():
            if self.settings[knob] != value:
                self.experiment.set(knob, value)
        self.experiment.restore(kept.state)

    def keep_end(self) -> None:
        """Keep the newest state, so that what was just learned can be returned to."""
        at_end = self.experiment.steps >= self.film.last
        if at_end and not any(k.step == self.experiment.steps for k in self.film.frames()):
            self.film.keep(self._frame())

    def strip(self) -> Strip:
        """Return the film as the screen sees it."""
        return self.film.strip(self.experiment.steps)
