"""What the worker thread does: obeys, trains, answers and reports, one thing at a time."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from explainer.engine.checkpoint import Shipped
from explainer.engine.device import GPU_LOST, Device, choose, is_lost, warm_up
from explainer.engine.experiment import Factory
from explainer.engine.films import Films, Place
from explainer.engine.pace import Pace
from explainer.engine.questions import Questions
from explainer.engine.report import Report, problem_of
from explainer.engine.run import Run
from explainer.engine.runs import Runs
from explainer.lesson import Problem, Training


class Worker:
    """The runs of one experiment, moved by one thread.

    `put`, `take` and `close` are for other threads; all else belongs to the thread that is in
    `live`. Parameters as of `Runner`.
    """

    def __init__(
        self,
        factory: Factory,
        concept: str,
        shipped: Place | None,
        settings: Mapping[str, Any],
        device: str,
        budget: int,
        variants: Sequence[Place],
    ) -> None:
        self._commands: queue.SimpleQueue[tuple[Callable[..., None], tuple[Any, ...]]]
        self._commands = queue.SimpleQueue()
        self._wake = threading.Event()
        self._mailbox: deque[Report] = deque(maxlen=1)
        self.sent = self._obeyed = 0  # commands, so far
        self._taken = True
        self._closing = False

        self.runs = Runs()
        self.pace = Pace()
        self.questions = Questions()
        self._factory = factory
        self._films = Films(factory, concept, shipped, variants)
        self._settings = dict(settings)
        self._wanted = device
        self._budget = budget
        self._device: Device | None = None
        self._shipped: Shipped | None = None
        self._playing = False
        self._problem: Problem | None = None
        self._dirty = True
        self._snapshot: Any = None  # of the model as it stands; None once it has changed

    # -- for other threads ----------------------------------------------------------------------

    def put(self, command: Callable[..., None], *values: Any) -> None:
        """Have a command obeyed between two updates."""
        self.sent += 1
        self._commands.put((command, values))
        self._wake.set()

    def take(self) -> Report | None:
        """Return the newest report once, or None if there is nothing new."""
        try:
            report = self._mailbox.popleft()
        except IndexError:
            return None
        self._taken = True
        self._wake.set()
        return report

    def close(self) -> None:
        """Have `live` return."""
        self._closing = True
        self._wake.set()

    # -- the thread's life ----------------------------------------------------------------------

    def live(self) -> None:
        """Prepare torch and the model, then work until closed."""
        try:
            self._work()
        except Exception as error:
            # A thread that ends without a word leaves the window waiting for ever.
            self._mailbox.append(Report(device=self._device, problem=problem_of(error)))

    def _work(self) -> None:
        self._guarded(self._prepare)
        while not self._closing:
            self._wake.clear()
            self._obey()
            if self.pace.stands_back and not (self._dirty and self.questions.is_due):
                self._wake.wait(self.pace.stands_back)
                continue
            worked = False
            # A question goes before the next update: the pen would wait for it, 8 ms and more.
            is_asked = self._dirty and self.questions.is_due
            if self._playing and not self.pace.wait and not is_asked:
                self._guarded(self._advance)
                self._obey()  # what was asked meanwhile is not kept waiting by an older question
                worked = True
            if self._taken or (self._dirty and self.questions.is_due):
                worked |= self._answer_along()
                worked |= self._answer_on()
                if self._dirty and not self._closing and not self._rests:
                    worked |= not self._publish()
            if not worked and not self._closing:
                self._wake.wait(self.pace.wait if self._playing else None)

    def _obey(self) -> None:
        while not self._closing:
            try:
                command, values = self._commands.get_nowait()
            except queue.Empty:
                return
            self._dirty = True
            self._obeyed += 1
            if getattr(command, "__self__", None) is not self.questions:
                self._snapshot = None
            self._guarded(command, *values)

    def _guarded(
        self,
        work: Callable[..., Any],
        *values: Any,
        refuse: Callable[[], None] | None = None,
    ) -> Any:
        """Do something; whatever goes wrong ends training cleanly and is reported.

        Returns
        -------
        object
            What the work returned; None if it went wrong. `refuse` is called then, unless a GPU
            was lost and the work can be done anew on the CPU.
        """
        try:
            return work(*values)
        except Exception as error:
            trouble = error
        try:
            if self._fall_back(trouble):
                return None
        except Exception as another:
            another.__cause__, trouble = trouble, another
        self._playing = False
        self._tell(problem_of(trouble))
        if refuse is not None:
            refuse()
        return None

    def _tell(self, problem: Problem) -> None:
        """Keep a problem with the run on the stage, for as long as that is there."""
        if self.runs.shown is not None:
            self.runs.shown.problem = problem
        else:
            self._problem = problem
        self._dirty = self._taken = True

    def _fall_back(self, error: Exception) -> bool:
        """Go on on the CPU where a GPU ran out of memory or was lost; True if that was it."""
        if not is_lost(error) or self._device is None or self._device.key == "cpu":
            return False
        self._device = Device("cpu", "CPU", GPU_LOST)
        if self.runs.shown is None:
            self._prepare()
        else:
            self.runs.move(self._factory, "cpu")
        self._snapshot = None
        self.questions.forget()
        self._tell(Problem(GPU_LOST))
        return True

    def _prepare(self) -> None:
        """Begin with the shipped film, or without it where it cannot be had, and say so."""
        self._device = self._device or choose(self._wanted)
        warm_up()
        try:
            self._shipped = self._films.first
            own = self._new_run(self._shipped)
        except Problem:
            self._shipped = None
            self.runs.begin(self._new_run(None))
            raise
        self.runs.begin(own)

    def _new_run(self, shipped: Shipped | None, settings: Mapping[str, Any] | None = None) -> Run:
        """Return a run; a shipped film brings the settings it was made with."""
        self._device = self._device or choose(self._wanted)
        given = self._settings if settings is None else settings
        settings = given if shipped is None else {}
        return Run(self._factory, settings, self._device.key, shipped, self._budget)

    # -- commands -------------------------------------------------------------------------------

    def play(self) -> None:
        """Train until told otherwise."""
        self.pace.begin()
        run = self.runs.adopt()
        if run is not None:
            self._playing = True
            run.problem = None

    def pause(self) -> None:
        """Stop after the current update."""
        self._playing = False
        if self.runs.shown is not None:
            self.runs.shown.keep_end()

    def step(self) -> None:
        """Make one update."""
        self._playing = False
        run = self.runs.adopt()
        if run is not None:
            run.problem = None
            run.advance()
            run.keep_end()

    def set(self, knob: str, value: Any) -> None:
        """Change a live setting."""
        run = self.runs.adopt()
        if run is not None:
            run.set(knob, value)
            self.questions.renew()

    def seek(self, track: int, step: int) -> None:
        """Show the nearest kept frame of the branch with a `Track.id`."""
        run = self.runs.shown
        branch = None if run is None else run.film.index_of(track)
        if run is None or branch is None:
            return
        self._playing = False
        run.keep_end()
        run.seek(branch, step)
        run.problem = None
        self.questions.renew()

    def reset(self, changes: Mapping[str, Any], train: bool, new_seed: bool) -> None:
        """Start a new run of the person's own."""
        self._playing = False
        settings = self._from_scratch(changes)
        if new_seed and "seed" in settings:
            settings["seed"] += 1
        self.runs.renew(self._new_run(None, settings))
        self.questions.forget()
        if train:
            self.play()

    def rebuild(self, changes: Mapping[str, Any]) -> None:
        """Change settings that need a new start: on a film, for the film made with them."""
        of_film = None if self.runs.shown is None else self.runs.shown.film_settings
        if of_film is None:
            self.reset(changes, train=False, new_seed=False)
            return
        self._playing = False
        sought = {**of_film, **changes}
        film = self._films.made_with(sought)
        run = self._new_run(film, self._from_scratch(changes))
        run.film_settings = sought
        self.runs.renew(run)
        self.questions.forget()

    def _from_scratch(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the settings in force with changes; a film's own give way to the runner's."""
        shown = self.runs.shown
        if shown is None:
            return {**self._settings, **changes}
        wished = {**shown.settings, **changes}
        of_film = shown.film_settings
        if of_film is None:
            return wished
        asked = {knob: value for knob, value in wished.items() if of_film.get(knob) != value}
        return {**of_film, **self._settings, **asked, **changes}

    def show(self, training: Training, film: Place | None = None) -> None:
        """Put on the stage what a step stands on, on a film of its own or on the shipped one."""
        if training == "current" and self.runs.aside is None:
            return
        self._playing = False
        if training == "current":
            self.runs.place(None)
        elif training == "fresh":
            self.runs.place(self._new_run(None))
        else:
            run = self._new_run(self._shipped if film is None else self._films.at(film))
            if isinstance(training, int):
                run.seek(run.film.branch, training)
            self.runs.place(run)
        self.questions.forget()

    def back(self) -> None:
        """Return to the run that waits."""
        self._playing = False
        self.runs.back()
        self.questions.forget()

    def forget(self) -> None:
        """Begin again with the shipped film."""
        self._playing = False
        self.pace.speed = None
        self.runs.begin(self._new_run(self._shipped))
        self.questions.forget()

    def again(self) -> None:
        """Build anew what could not go on."""
        if self.runs.own is None:
            self._prepare()
        else:
            self.runs.renew(self._new_run(None, self.runs.own.settings))
        self.questions.forget()

    # -- what the window gets -------------------------------------------------------------------

    def _advance(self) -> None:
        run = self.runs.own
        if run is None:
            self._playing = False
            return
        self._dirty, self._snapshot = True, None  # an update that fails changes the model too
        run.advance()
        self.pace.note()

    @property
    def _is_busy(self) -> bool:
        """Whether the model learns without a pause: what else is done costs it speed."""
        return self._playing and not self.pace.wait

    @property
    def _rests(self) -> bool:
        run = self.runs.shown
        return self._is_busy and run is not None and self.questions.rests(run)

    def _answer_along(self) -> bool:
        run = self.runs.shown
        if run is None:
            return False
        answer, refuse = self.questions.answer_along, self.questions.refuse_along
        answered = bool(self._guarded(answer, run, self._is_busy, refuse=refuse))
        self._dirty |= answered
        return answered

    def _answer_on(self) -> bool:
        run = self.runs.shown
        if run is None:
            return False
        on, refuse = self.questions.answer_on, self.questions.refuse
        answered = bool(self._guarded(on, run, refuse=refuse))
        self._dirty |= answered
        return answered

    def _publish(self) -> bool:
        """Report, whatever goes wrong with a part of it; False if it moved to another device."""
        snapshot, was_due = None, self.questions.is_due
        run = self.runs.shown
        if run is not None:
            experiment = run.experiment
            # A question changes no model: the pen does not wait 3 ms for the same snapshot.
            if self._snapshot is None:
                self._snapshot = self._guarded(experiment.snapshot)
            snapshot = self._snapshot
            self._guarded(self.questions.answer_now, run, refuse=self.questions.refuse)
            if run.experiment is not experiment:  # a GPU was lost
                self._snapshot = None
                return False
        elif self.questions.is_due:
            self.questions.refuse()  # there is no model that could be asked
        if was_due:
            self.pace.stand_back()
        self._dirty = self._taken = False
        self._mailbox.append(
            Report(
                snapshot=snapshot,
                answer=self.questions.answer,
                along=self.questions.along,
                film=run.strip() if run else None,
                playing=self._playing,
                rate=self.pace.rate() if self._playing else 0.0,
                device=self._device,
                settings=MappingProxyType(run.settings if run else {}),
                problem=run.problem if run else self._problem,
                can_rewind=run is not None,
                own=self.runs.aside is None,
                own_learned=self.runs.own.learned if self.runs.own else 0,
                has_previous=self.runs.has_previous,
                obeyed=self._obeyed,
            )
        )
        return True
