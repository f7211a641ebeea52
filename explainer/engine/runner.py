"""The worker thread: commands in, a one-slot mailbox out; no Qt."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from explainer.engine import checkpoint
from explainer.engine.device import GPU_LOST, Device, choose, warm_up
from explainer.engine.film import Strip
from explainer.engine.run import Factory, Run
from explainer.lesson import Problem, Text, Training

# Answers along the film are computed in slices, so that a pen stroke never waits for them.
_SLICE_SECONDS = 0.004

# One count for all runners, so that an answer can never be taken for another runner's.
_IDS = itertools.count(1)

UNEXPECTED = Text(
    "The training stopped because of an unexpected error ({why}); start it again.",
    "예기치 못한 오류로 학습이 멈추었습니다({why}). 다시 시작하세요.",
)
OUT_OF_MEMORY = Text(
    "There is not enough memory for this step; choose a smaller batch and start again.",
    "메모리가 모자랍니다. 배치 크기를 줄이고 다시 시작하세요.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the model said to a request.

    Attributes
    ----------
    id : int
        As `Runner.ask` returned it.
    request, value : object
    branch, step : int
        The film frame it was computed at.
    """

    id: int
    request: Any
    value: Any
    branch: int
    step: int


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """All the window learns from the thread, newest only.

    Attributes
    ----------
    snapshot : object or None
        None while torch and the model are being prepared.
    answer : Answer or None
    along : Answer or None
        Its value is ((step, answer), ...) over the kept frames of the branch on the stage.
    film : Strip or None
    playing : bool
    rate : float
        Updates a second, measured over the last half second; 0 at rest.
    device : Device or None
    settings : mapping
        Read back from the experiment.
    problem : Problem or None
    can_rewind : bool
        Whether the film holds a good frame to go back to.
    own : bool
        Whether this is the person's own run, not one a step set in its place.
    has_previous : bool
        Whether an earlier run of the person's waits aside.
    """

    snapshot: Any = None
    answer: Answer | None = None
    along: Answer | None = None
    film: Strip | None = None
    playing: bool = False
    rate: float = 0.0
    device: Device | None = None
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    problem: Problem | None = None
    can_rewind: bool = False
    own: bool = True
    has_previous: bool = False


class Runner:
    """Owns one thread, and in it the runs of one experiment.

    The person's own run, the shipped one and an untrained one are separate runs; training one
    that a step put on the stage makes it the person's own and keeps the earlier one aside.

    Parameters
    ----------
    factory : callable
        (settings, device) to an Experiment; called on the thread, so it may import torch.
    concept : str
        What its checkpoints are made for.
    shipped : Path or callable, optional
        The trained film it starts from; a callable is called on the thread.
    settings : mapping
        What differs from the experiment's defaults.
    device : str
        As on the command line.
    """

    def __init__(
        self,
        factory: Factory,
        concept: str = "",
        shipped: Path | Callable[[], Path] | None = None,
        settings: Mapping[str, Any] | None = None,
        device: str = "auto",
    ) -> None:
        self._factory = factory
        self._concept = concept
        self._shipped_file = shipped
        self._settings = dict(settings or {})
        self._wanted = device
        self._commands: queue.SimpleQueue[tuple[Callable[..., None], tuple[Any, ...]]]
        self._commands = queue.SimpleQueue()
        self._wake = threading.Event()
        self._closing = False
        self._mailbox: deque[Report] = deque(maxlen=1)
        self._taken = True
        # Below: touched by the thread alone.
        self._device: Device | None = None
        self._shipped: checkpoint.Shipped | None = None
        self._own: Run | None = None
        self._aside: Run | None = None
        self._previous: Run | None = None
        self._playing = False
        self._speed: float | None = None
        self._due = 0.0
        self._problem: Problem | None = None
        self._request: tuple[int, Any] | None = None
        self._answer: Answer | None = None
        self._along_request: tuple[int, Any] | None = None
        self._along: dict[tuple[int, int], Any] = {}
        self._along_answer: Answer | None = None
        self._dirty = True
        self._stamps: deque[tuple[float, int]] = deque(maxlen=256)
        self._made = 0
        self._thread = threading.Thread(target=self._live, name="runner", daemon=False)

    # -- for the window's thread ----------------------------------------------------------------

    def start(self) -> None:
        """Start the thread; it prepares torch and the model first."""
        self._thread.start()

    def take(self) -> Report | None:
        """Return the newest report once, or None if there is nothing new."""
        try:
            report = self._mailbox.popleft()
        except IndexError:
            return None
        self._taken = True
        self._wake.set()
        return report

    def play(self) -> None:
        """Train until told otherwise."""
        self._put(self._do_play, True)

    def pause(self) -> None:
        """Stop after the current update."""
        self._put(self._do_play, False)

    def step(self) -> None:
        """Make one update."""
        self._put(self._do_step)

    def pace(self, steps_per_second: float | None) -> None:
        """Set how fast play goes; None is as fast as it can."""
        self._put(self._do_pace, steps_per_second)

    def ask(self, request: Any | None) -> int:
        """Ask a question, again at every later state; the newest replaces all before it.

        Returns
        -------
        int
            The id its answers will carry.
        """
        number = next(_IDS)
        self._put(self._do_ask, number, request)
        return number

    def ask_along(self, request: Any | None) -> int:
        """Ask a question at every kept frame of the branch on the stage; newest wins."""
        number = next(_IDS)
        self._put(self._do_ask_along, number, request)
        return number

    def set(self, knob: str, value: Any) -> None:
        """Change a live setting between two updates."""
        self._put(self._do_set, knob, value)

    def seek(self, branch: int, step: int) -> None:
        """Show the nearest kept frame of a branch."""
        self._put(self._do_seek, branch, step)

    def reset(self, settings: Mapping[str, Any], train: bool = False) -> None:
        """Start a new run of the person's own, untrained; the earlier one is kept aside."""
        self._put(self._do_reset, dict(settings), train)

    def show(self, training: Training) -> None:
        """Put on the stage what a step stands on."""
        self._put(self._do_show, training)

    def back(self) -> None:
        """Return to the person's own run, or from it to the run before."""
        self._put(self._do_back)

    def forget(self) -> None:
        """Reset all: the person's own run is the shipped one again."""
        self._put(self._do_forget)

    def again(self) -> None:
        """After an error: build anew what could not go on."""
        self._put(self._do_again)

    def close(self) -> None:
        """Stop and join the thread; may be called twice.

        A torch thread alive at interpreter exit aborts or hangs.
        """
        self._closing = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _put(self, command: Callable[..., None], *values: Any) -> None:
        self._commands.put((command, values))
        self._wake.set()

    # -- on the thread --------------------------------------------------------------------------

    def _live(self) -> None:
        self._guarded(self._prepare)
        while not self._closing:
            self._wake.clear()
            self._obey()
            worked = False
            if self._playing and time.perf_counter() >= self._due:
                self._guarded(self._advance)
                worked = True
            if self._taken or (self._dirty and self._is_answer_due()):
                worked |= self._guarded(self._answer_along)
                if self._dirty and not self._closing:
                    self._guarded(self._publish)
            if not worked and not self._closing:
                self._rest()

    def _rest(self) -> None:
        if self._playing:
            self._wake.wait(max(0.0, self._due - time.perf_counter()))
        else:
            self._wake.wait()

    def _obey(self) -> None:
        while not self._closing:
            try:
                command, values = self._commands.get_nowait()
            except queue.Empty:
                return
            self._dirty = True
            self._guarded(command, *values)

    def _guarded(self, work: Callable[..., Any], *values: Any) -> bool:
        """Do something; whatever goes wrong ends training cleanly and is reported."""
        try:
            return bool(work(*values))
        except Problem as problem:
            self._stop_for(problem)
        except MemoryError:
            self._stop_for(Problem(OUT_OF_MEMORY))
        except Exception as error:
            if not self._fall_back(error):
                self._stop_for(self._as_problem(error))
        return False

    def _stop_for(self, problem: Problem) -> None:
        self._playing = False
        self._problem = problem
        self._dirty = self._taken = True

    def _as_problem(self, error: Exception) -> Problem:
        if type(error).__name__ == "OutOfMemoryError" or "not enough memory" in str(error):
            return Problem(OUT_OF_MEMORY)
        brief = (str(error).splitlines() or [""])[0][:160] or type(error).__name__
        problem = Problem(UNEXPECTED.filled(why=brief.replace("{", "(").replace("}", ")")))
        problem.__cause__ = error
        return problem

    def _fall_back(self, error: Exception) -> bool:
        """Go on on the CPU where a GPU ran out of memory or was lost; True if that was it."""
        lost = type(error).__name__ in ("OutOfMemoryError", "AcceleratorError")
        if not lost or self._device is None or self._device.key == "cpu":
            return False
        frames = self._shown.film.frames() if self._shown else ()
        strip = self._shown.strip() if self._shown else None
        self._device = Device("cpu", "CPU", GPU_LOST)
        self._aside = self._previous = None
        metrics = {}
        if strip is not None:
            names = {name for track in strip.tracks for name in track.metrics}
            metrics = {name: strip.curve(name) for name in names}
        kept = checkpoint.Shipped(frames[-1].settings, frames, metrics) if frames else None
        self._own = Run(self._factory, self._settings, "cpu", kept)
        self._stop_for(Problem(GPU_LOST))
        return True

    def _prepare(self) -> None:
        self._device = choose(self._wanted)
        warm_up()
        if self._shipped_file is not None and self._shipped is None:
            file = self._shipped_file() if callable(self._shipped_file) else self._shipped_file
            expected = self._factory({}, "cpu").state()
            self._shipped = checkpoint.load(file, self._concept, expected)
        self._own = self._new_run(self._shipped)

    def _new_run(
        self, shipped: checkpoint.Shipped | None, settings: Mapping[str, Any] | None = None
    ) -> Run:
        assert self._device is not None
        given = self._settings if settings is None else settings
        if shipped is not None:
            given = {}  # a shipped film brings the settings it was made with
        return Run(self._factory, given, self._device.key, shipped)

    @property
    def _shown(self) -> Run | None:
        return self._aside or self._own

    def _adopt(self) -> Run | None:
        """Make what is on the stage the person's own run, since it is about to be changed."""
        if self._aside is not None:
            self._previous, self._own, self._aside = self._own, self._aside, None
        return self._own

    def _do_play(self, on: bool) -> None:
        run = self._adopt() if on else self._shown
        self._playing = on and run is not None
        self._due = time.perf_counter()
        self._stamps.clear()
        if on:
            self._problem = None
        elif run is not None:
            run.keep_end()

    def _do_step(self) -> None:
        self._playing = False
        run = self._adopt()
        if run is not None:
            self._problem = None
            run.advance()
            run.keep_end()

    def _do_pace(self, steps_per_second: float | None) -> None:
        self._speed = steps_per_second
        self._due = time.perf_counter()

    def _do_ask(self, number: int, request: Any | None) -> None:
        self._request = None if request is None else (number, request)
        self._answer = None

    def _do_ask_along(self, number: int, request: Any | None) -> None:
        self._along_request = None if request is None else (number, request)
        self._along.clear()
        self._along_answer = None

    def _do_set(self, knob: str, value: Any) -> None:
        run = self._adopt()
        if run is not None:
            run.set(knob, value)

    def _do_seek(self, branch: int, step: int) -> None:
        self._playing = False
        if self._shown is not None:
            self._shown.keep_end()
            self._shown.seek(branch, step)
            self._problem = None

    def _do_reset(self, settings: dict[str, Any], train: bool) -> None:
        self._playing = False
        self._problem = None
        previous = self._adopt()
        self._own = self._new_run(None, settings)
        self._previous = previous
        self._forget_answers()
        if train:
            self._do_play(True)

    def _do_show(self, training: Training) -> None:
        if training == "current" and self._aside is None:
            return
        self._playing = False
        if self._own is not None:
            self._own.keep_end()
        if training == "current" or self._device is None:
            self._aside = None
        elif training == "fresh":
            self._aside = self._new_run(None)
        else:
            self._aside = self._new_run(self._shipped)
            if isinstance(training, int):
                self._aside.seek(0, training)
        self._forget_answers()

    def _do_back(self) -> None:
        self._playing = False
        if self._aside is not None:
            self._aside = None
        elif self._previous is not None:
            self._own, self._previous = self._previous, self._own
        self._forget_answers()

    def _do_forget(self) -> None:
        self._playing = False
        self._problem = None
        self._speed = None
        self._aside = self._previous = None
        if self._device is not None:
            self._own = self._new_run(self._shipped)
        self._forget_answers()

    def _do_again(self) -> None:
        self._problem = None
        if self._own is None:
            self._prepare()
        else:
            self._own = self._new_run(None, self._own.settings)
            self._aside = None
        self._forget_answers()

    def _forget_answers(self) -> None:
        self._answer = self._along_answer = None
        self._along.clear()

    def _advance(self) -> None:
        run = self._own
        if run is None:
            self._playing = False
            return
        run.advance()
        self._dirty = True
        self._made += 1
        now = time.perf_counter()
        if not self._stamps or now - self._stamps[-1][0] > 0.05:
            self._stamps.append((now, self._made))
        if self._speed is not None:
            self._due = max(self._due + 1 / self._speed, now - 1 / self._speed)

    def _rate(self) -> float:
        if not self._playing or len(self._stamps) < 2:
            return 0.0
        now, made = self._stamps[-1]
        then, before = next(s for s in self._stamps if now - s[0] <= 0.6 or s is self._stamps[-1])
        return (made - before) / (now - then) if now > then else 0.0

    def _is_answer_due(self) -> bool:
        """Whether a new question waits: it is answered even if the last report was not taken."""
        return self._request is not None and self._answer is None

    def _publish(self) -> None:
        self._dirty = False
        run = self._shown
        snapshot = strip = None
        if run is not None:
            strip = run.strip()
            where = (strip.branch, strip.step)
            snapshot = run.experiment.snapshot()
            if self._request is not None:
                number, request = self._request
                known = self._answer
                if known is None or (known.branch, known.step) != where:
                    value = run.experiment.answer(request)
                    self._answer = Answer(number, request, value, *where)
        self._taken = False
        self._mailbox.append(
            Report(
                snapshot=snapshot,
                answer=self._answer,
                along=self._along_answer,
                film=strip,
                playing=self._playing,
                rate=self._rate(),
                device=self._device,
                settings=MappingProxyType(run.settings if run else {}),
                problem=self._problem,
                can_rewind=run is not None and len(run.film.frames()) > 0,
                own=self._aside is None,
                has_previous=self._previous is not None,
            )
        )

    def _answer_along(self) -> bool:
        """Answer at a few more kept frames; True while some are missing."""
        run = self._shown
        if run is None or self._along_request is None:
            return False
        number, request = self._along_request
        frames = run.film.frames()
        key = run.film.branch
        missing = [kept for kept in frames if (id(kept), kept.step) not in self._along]
        if not missing and self._along_answer is not None:
            return False
        until = time.perf_counter() + _SLICE_SECONDS
        for kept in missing:
            value = run.experiment.answer(request, kept.state)
            self._along[(id(kept), kept.step)] = value
            if time.perf_counter() > until:
                break
        done = tuple(
            (kept.step, self._along[(id(kept), kept.step)])
            for kept in frames
            if (id(kept), kept.step) in self._along
        )
        self._along_answer = Answer(number, request, done, key, run.experiment.steps)
        self._dirty = True
        return len(done) < len(frames)
