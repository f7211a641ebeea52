"""One experiment and its film, moved step by step; no thread of its own."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable, Mapping
from typing import Any

from explainer.engine.checkpoint import Shipped, misfit
from explainer.engine.device import is_lost
from explainer.engine.experiment import Experiment, Factory, State
from explainer.engine.film import BUDGET, Film, Kept, Strip
from explainer.engine.origin import Origin, here, whole
from explainer.lesson import Problem, Text

# Evaluations lie this far apart on a √step axis: 39 in the first 1,500 steps.
_MEASURE_SPACING = 1.0

NOT_FINITE = Text(
    "At step {step} the loss was no longer a finite number; rewind to the last good frame and"
    " lower the learning rate.",
    "{step}스텝에서 손실이 유한한 수가 아니게 되었습니다. 마지막 정상 프레임으로 되감고 학습률을"
    " 낮추세요.",
)


FIXED = Text(
    "The checkpoint was made with {knob} {used}, and {value} would need a new start; leave out"
    " either {knob} or --checkpoint.",
    "이 체크포인트는 {knob} {used}(으)로 만든 것이고, {value}(으)로 바꾸려면 처음부터 다시 학습해야"
    " 합니다. {knob}와 --checkpoint 가운데 하나를 빼세요.",
)


class Run:
    """A run of training that can be rewound and continued.

    Parameters
    ----------
    factory : callable
        (settings, device) to an Experiment.
    settings : mapping
        What differs from the experiment's defaults, or from the shipped film's settings.
    device : str
        "cpu", "cuda" or "mps".
    shipped : Shipped, optional
        A film to start at the end of.
    budget : int
        Bytes of kept states.

    Attributes
    ----------
    experiment : Experiment
    film : Film
    film_settings : mapping or None
        Settings of the trained film that it began with, or stands in for where there is none.
    problem : Problem or None
        What it stopped for, until it goes on or is rewound.
    seconds : float
        CPU time of this thread spent in step(), or wall time on a GPU.

    Raises
    ------
    Problem
        If the film does not fit the model, or a setting would need a new start.
    """

    def __init__(
        self,
        factory: Factory,
        settings: Mapping[str, Any],
        device: str,
        shipped: Shipped | None = None,
        budget: int = BUDGET,
    ) -> None:
        self.device = device
        self.seconds = 0.0
        self.film_settings = None if shipped is None else shipped.settings
        self.problem: Problem | None = None
        self._clock = _clock(device)
        # On a GPU a replay may differ in its last bits, so it is never called the same branch.
        self._replays_exactly = device == "cpu"
        # The newest evaluation on the path; None until it is looked up in the film.
        self._measured_at: int | None = None
        # Where a setting was changed in the past: the state before, since a change may do more.
        self._unedited: State | None = None
        if shipped is None:
            self.experiment = factory(settings, device)
            self.film = Film(self._frame(), budget)
            self._began = self.film.newest
            self._measure()
        else:
            self.experiment = _restored(factory, device, shipped)
            self.film = _film(shipped, budget)
            self._began = self.film.newest
            for knob, value in settings.items():
                self._change(knob, value)

    @property
    def settings(self) -> dict[str, Any]:
        """The settings in force, read back from the experiment."""
        return dataclasses.asdict(self.experiment.settings)

    @property
    def learned(self) -> int:
        """Updates the person had it make."""
        return self.film.newest - self._began

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where and when what the branch learned was made, to be written with it."""
        strip = self.strip()
        if self.film.last == strip.given:
            return strip.origins
        return (*strip.origins, here(self.film.last, self.device))

    def _frame(self) -> Kept:
        return Kept(self.experiment.steps, self.experiment.state(), self.settings)

    def _change(self, knob: str, value: Any) -> None:
        """Change a setting of a shipped film, if that is possible without a new start."""
        used = self.settings[knob]
        if used == value:
            return
        try:
            self.set(knob, value)
        except ValueError as error:  # what an experiment raises for all but its live settings
            raise Problem(FIXED.filled(knob=knob, used=used, value=value)) from error

    def advance(self) -> None:
        """Make one update, recording its metrics and, where due, its state and evaluation.

        Raises
        ------
        Problem
            If a loss, or a number of a state that is due to be kept, is not finite; the film keeps
            its last good frame.
        """
        self._leave_branch_if_needed()
        self._unedited = None
        before = self._clock()
        metrics = self.experiment.step()
        self.seconds += self._clock() - before
        step = self.experiment.steps
        if not all(map(math.isfinite, metrics.values())):
            raise Problem(NOT_FINITE.filled(step=f"{step:,}"))
        self.film.record(step, metrics)
        for knob, value in self.film.changes_at(step):
            self.experiment.set(knob, value)
        if self.film.is_due(step):
            frame = self._frame()
            # A loss is taken before its update: it may be the last number that was finite.
            if not frame.is_finite:
                raise Problem(NOT_FINITE.filled(step=f"{step:,}"))
            self.film.keep(frame)
        if self._measured_at is None:
            self._measured_at = self.film.newest_metric(step, besides=metrics.keys())
        if step**0.5 - self._measured_at**0.5 >= _MEASURE_SPACING:
            self._measure()

    def _measure(self) -> None:
        self._measured_at = self.experiment.steps
        self.film.record(self.experiment.steps, self.experiment.measure())

    def _leave_branch_if_needed(self) -> None:
        """Begin a branch where the future will differ from the one already filmed."""
        if self.experiment.steps >= self.film.last:
            return
        changed = self._unplanned()
        if changed or not self._replays_exactly:
            self.film.fork(self._frame(), changed)

    def _unplanned(self) -> tuple[tuple[str, Any], ...]:
        """Return the settings that differ from those with which the film went on from here."""
        planned = self.film.planned(self.experiment.steps)
        return tuple((k, v) for k, v in self.settings.items() if planned.get(k) != v)

    @property
    def _is_at_end(self) -> bool:
        # Past the end lies only an update whose loss was not finite; it is never kept.
        return self.experiment.steps == self.film.last

    def set(self, knob: str, value: Any) -> None:
        """Change a live setting; it takes effect at the next step.

        What is set and set back in the past leaves no trace, so that a replay stays one; nor does
        a value that is in force already.
        """
        used = self.settings
        if knob in used and used[knob] == value:
            return
        step = self.experiment.steps
        if step < self.film.last and self._unedited is None:
            self._unedited = self.experiment.state()
        self.experiment.set(knob, value)
        if self._is_at_end:
            self.film.note_change(step, knob, value)
            if self.film.holds(step):
                self.film.keep(self._frame())
        elif self._unedited is not None and not self._unplanned():
            self.experiment.restore(self._unedited)
            self._unedited = None

    def seek(self, branch: int, step: int) -> None:
        """Go to the nearest kept frame, settings included."""
        kept = self.film.follow(branch, step)
        for knob, value in kept.settings.items():
            if self.settings[knob] != value:
                self.experiment.set(knob, value)
        self.experiment.restore(kept.state)
        self._measured_at = self._unedited = None

    def keep_end(self) -> None:
        """Keep the newest state, so that what was just learned can be returned to."""
        if self._is_at_end and not self.film.holds(self.experiment.steps):
            frame = self._frame()
            if frame.is_finite:
                self.film.keep(frame)

    def move(self, experiment: Experiment, device: str) -> None:
        """Go on in another experiment on another device, from the nearest kept frame.

        What was learned after the newest kept frame is lost with the old device; the settings in
        force at the end stay.

        Parameters
        ----------
        experiment : Experiment
            Built with this run's settings.
        device : str
        """
        step, settings = self.experiment.steps, self.settings
        self.film.note_origin(self.device)
        was_at_end = step >= self.film.last
        if was_at_end:
            self.film.cut_to_kept()
        self.experiment, self.device, self._clock = experiment, device, _clock(device)
        self._replays_exactly = False
        self.seek(self.film.branch, step)
        if was_at_end:
            for knob, value in settings.items():
                if self.settings[knob] != value:
                    self.set(knob, value)

    def strip(self) -> Strip:
        """Return the film as the screen sees it."""
        return self.film.strip(self.experiment.steps)


def _clock(device: str) -> Callable[[], float]:
    return time.thread_time if device == "cpu" else time.perf_counter


def _restored(factory: Factory, device: str, shipped: Shipped) -> Experiment:
    """Return an experiment standing at a film's end."""
    try:
        experiment = factory(shipped.settings, device)
        experiment.restore(shipped.frames[-1].state)
    except (TypeError, ValueError, KeyError, RuntimeError) as error:
        if is_lost(error):
            raise
        raise misfit(shipped.name, error) from error
    return experiment


def _film(shipped: Shipped, budget: int) -> Film:
    film = Film(shipped.frames[0], budget, whole(shipped.origins, shipped.frames[-1].step))
    for frame in shipped.frames[1:]:
        film.keep(frame)
    for name, (steps, values) in shipped.metrics.items():
        for step, value in zip(steps, values, strict=True):
            film.record(int(step), {name: float(value)})
    film.record(shipped.frames[-1].step, {})
    return film
