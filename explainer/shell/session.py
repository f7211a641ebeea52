"""What a person is doing: place, lesson time, knobs, drawing, runs; and the frame it makes."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from explainer.engine.runner import Report, Runner
from explainer.lesson import Concept, Knob, Language, Problem, Text, Value
from explainer.shell import words
from explainer.shell.asking import Asking
from explainer.shell.knob_values import kept_possible, values_in_force
from explainer.shell.runners import Runners
from explainer.shell.source import Source, line_of, source_of
from explainer.shell.taking import Taking
from explainer.stage.colours import COLOURS, ThemeName
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.view import View

# A picture without its answer would be painted in the way of the one with it: it waits this long.
_PATIENCE = 0.05


class Session:
    """The one state behind the window, the slide and the keys.

    Parameters
    ----------
    concepts : tuple of Concept
    example : callable
        Makes the drawing shown until the person draws.
    device : str
        As on the command line.
    settings : mapping
        Experiment settings from the command line, such as the seed.
    checkpoint : path or None
        A film to start from in place of the shipped one.
    """

    def __init__(
        self,
        concepts: tuple[Concept, ...],
        example: Callable[[], np.ndarray],
        *,
        device: str = "auto",
        settings: Mapping[str, Any] | None = None,
        checkpoint: Any = None,
    ) -> None:
        self.concepts = concepts
        self._places = [(c, s, p) for c in concepts for s in c.scenes for p in s.steps]
        self.language: Language = "ko"
        self.theme: ThemeName = "light"
        self.font_scale = 1.0
        self.reduced_motion = False
        self.time = 0.0
        self.playing = False
        self.lesson_speed = 1.0
        self.training_speed: float | None = None
        self._example = example
        self._runners = Runners(device, settings, checkpoint)
        self._taking = Taking()
        self._views: dict[tuple[str, str], View] = {}
        self._drawing = example()
        self._touched: dict[str, Value] = {}
        self._selection: Target = ()
        self._hover: Target = ()
        self._opened = False
        self._asking = Asking()
        self._frame: Frame | None = None
        self._beats: tuple[Beat, ...] = (Beat("", 0.0),)
        self._stale = True
        self._show_at: float | None = None  # when a picture that waits is shown at the latest
        self._dismissed: Problem | None = None
        self.concept = concepts[0]
        self.scene = self.concept.scenes[0]
        self.step = self.scene.steps[0]
        self._ended = False
        # Called when the model is asked something: the window then looks for the answer at once.
        self.when_asked: Callable[[], None] = _do_nothing

    # -- place ----------------------------------------------------------------------------------

    @property
    def place(self) -> tuple[str, str, str]:
        """Keys of the concept, scene and step on the stage."""
        return self.concept.key, self.scene.key, self.step.key

    @property
    def step_number(self) -> tuple[int, int]:
        """(index from 0, count) of the step within its scene."""
        return self.scene.steps.index(self.step), len(self.scene.steps)

    def go(self, concept: str, scene: str | None = None, step: str | None = None) -> None:
        """Jump; KeyError for an unknown key."""
        self.concept = next((c for c in self.concepts if c.key == concept), None) or _no(concept)
        self.scene = self.concept.scene(scene) if scene else self.concept.scenes[0]
        self.step = self.scene.step(step) if step else self.scene.steps[0]
        self._enter()

    @property
    def is_first(self) -> bool:
        """Whether there is no step before this one."""
        return self._places.index((self.concept, self.scene, self.step)) == 0

    @property
    def is_last(self) -> bool:
        """Whether there is no step after this one."""
        return self._places.index((self.concept, self.scene, self.step)) == len(self._places) - 1

    def next_step(self) -> None:
        """Walk on, into the next scene or concept at a scene's end."""
        self._walk(1)

    def previous_step(self) -> None:
        """Walk back."""
        self._walk(-1)

    def _walk(self, by: int) -> None:
        at = self._places.index((self.concept, self.scene, self.step)) + by
        if 0 <= at < len(self._places):
            self.concept, self.scene, self.step = self._places[at]
            self._enter()

    def _enter(self) -> None:
        self._taking.forget()
        runner = self._runners.enter(self.concept, self.scene, self.step, self.language)
        runner.pace(self.training_speed)
        self._touched.clear()
        self._selection, self._hover = self.step.selection, ()
        self._asking.forget()
        self.time = 0.0
        self.playing = not self.reduced_motion
        self._stale = True
        self._build()
        if self.reduced_motion:
            self.time = self.duration

    def set_reduced_motion(self, on: bool) -> None:
        """Let things move, or show their ends; one that plays goes to its end at once."""
        self.reduced_motion = on
        self._build()
        if on:
            self.playing = False
            self.time = self.duration
        self._show()

    @property
    def runner(self) -> Runner:
        """The runner of the scene's experiment, started when first needed."""
        return self._runners.of(self.concept, self.scene, self.language)

    @property
    def report(self) -> Report | None:
        """What the scene's runner told last; None while it prepares."""
        return self._runners.report(self.scene)

    @property
    def view(self) -> View:
        """The scene's view, made when first shown."""
        key = (self.concept.key, self.scene.key)
        if key not in self._views:
            view = self.scene.view()
            view.setObjectName(f"view-{self.scene.key}")
            view.picked.connect(self.take_pick)
            view.hovered.connect(self.take_hover)
            view.drawn.connect(self.take_drawing)
            self._views[key] = view
        return self._views[key]

    # -- what views say ---------------------------------------------------------------------------

    def take_pick(self, pick: Pick) -> None:
        """Do what a click on the stage means."""
        if pick.selection is not None and pick.selection != self._selection:
            self._selection = pick.selection
            self._opened = True
        for key, value in pick.knobs.items():
            self.set_knob(key, value)
        film = self.report.film if self.report is not None else None
        if pick.seek is not None and film is not None:
            self.seek_film(film.tracks[film.branch].id, pick.seek)
        self._refresh()
        if pick.time is not None:
            self.seek_lesson(pick.time)
        elif pick.plays:
            self.playing = not self.reduced_motion
            self.seek_lesson(0.0 if self.playing else self.duration)
        elif self._opened:
            # What a person opens is shown whole; the lesson plays it when asked to.
            self.playing = False
            self.seek_lesson(self.duration)
        self._opened = False

    def take_hover(self, target: Target) -> None:
        """Note what the pointer is on."""
        self._hover = target
        self._refresh()

    def take_drawing(self, drawing: np.ndarray) -> None:
        """Note what was drawn; the old answer stays only until the pad is empty."""
        self._drawing = drawing
        self._refresh()

    def clear_selection(self) -> bool:
        """Go one level up; False if there is none."""
        if not self._selection:
            return False
        self.take_pick(Pick(selection=self.view.above(self._selection)))
        return True

    # -- lesson time ------------------------------------------------------------------------------

    @property
    def beats(self) -> tuple[Beat, ...]:
        """The moments of the step's animation."""
        return self._beats

    @property
    def duration(self) -> float:
        """Lesson seconds until the last beat."""
        return self._beats[-1].at

    @property
    def current_beat(self) -> Beat:
        """The beat the lesson time has reached."""
        reached = [beat for beat in self._beats if beat.at <= self.time + 1e-6]
        return reached[-1] if reached else self._beats[0]

    def play_lesson(self, on: bool) -> None:
        """Play or pause; playing from the end starts again."""
        if on and self.time >= self.duration:
            self.time = 0.0
        self.playing = on

    def seek_lesson(self, time: float) -> None:
        """Go to a moment."""
        self.time = min(max(time, 0.0), self.duration)
        self._show()

    def beat(self, by: int) -> None:
        """Jump to the next or previous beat."""
        self.playing = False
        if by > 0:
            later = [b.at for b in self._beats if b.at > self.time + 1e-6]
            self.seek_lesson(later[0] if later else self.duration)
        else:
            earlier = [b.at for b in self._beats if b.at < self.time - 1e-6]
            self.seek_lesson(earlier[-1] if earlier else 0.0)

    # -- training ---------------------------------------------------------------------------------

    @property
    def training(self) -> bool:
        """Whether the model is learning now."""
        return self.report is not None and self.report.playing

    @property
    def preparing(self) -> bool:
        """Whether torch and the model are not there yet."""
        return self.report is None or (self.report.snapshot is None and self.report.problem is None)

    @property
    def shows_own_run(self) -> bool:
        """Whether the run on the stage is the person's own."""
        return self.report is None or self.report.own

    @property
    def can_go_back(self) -> bool:
        """Whether a run of the person's waits aside, or an earlier one behind it."""
        report = self.report
        if report is None:
            return False
        return report.has_previous if report.own else report.own_learned > 0

    @property
    def device_text(self) -> str:
        """What trains, in words."""
        if self.report is None or self.report.device is None:
            return words.PREPARING.said(self.language)
        return self.report.device.name

    @property
    def trains(self) -> bool:
        """Whether the scene's model learns here."""
        return self.scene.trains

    def train(self, on: bool) -> None:
        """Start or stop learning, where the model learns."""
        if not self.trains:
            return
        self.runner.pace(self.training_speed)
        if on:
            self.runner.play()
        else:
            self.runner.pause()

    def train_step(self) -> None:
        """Make one update, where the model learns."""
        if self.trains:
            self.runner.step()

    def set_training_speed(self, steps_per_second: float | None) -> None:
        """Set updates a second; None is as fast as it goes."""
        self.training_speed = steps_per_second
        self.runner.pace(steps_per_second)

    def reset(self, new_seed: bool = False, train: bool = False) -> None:
        """Start from scratch with the settings in force; the earlier run is kept aside."""
        if self.trains:
            self.runner.reset({}, train, new_seed)

    def seek_film(self, track: int, step: int) -> None:
        """Show the nearest kept frame of the branch with a `Track.id`."""
        self.runner.seek(track, step)

    def return_to_own_run(self) -> None:
        """Put the run that waits aside back on the stage."""
        self._runners.back(self.scene)

    # -- knobs ------------------------------------------------------------------------------------

    @property
    def controls(self) -> tuple[Knob, ...]:
        """The knobs offered beside this step."""
        by_key = {knob.key: knob for knob in self.scene.knobs}
        return tuple(by_key[key] for key in self.step.controls)

    @property
    def knob_values(self) -> Mapping[str, Value]:
        """Every knob's value in force; live ones are read back from the experiment."""
        settings = self.report.settings if self.report is not None else {}
        return values_in_force(self.scene, self.step, self._touched, settings)

    def set_knob(self, key: str, value: Value) -> None:
        """Change a knob by its kind; others follow where their limits no longer allow them."""
        knob = next(k for k in self.scene.knobs if k.key == key)
        if knob.kind == "live":
            self.runner.set(key, value)
        elif knob.kind == "rebuild":
            rebuilt = {knob.key for knob in self.scene.knobs if knob.kind == "rebuild"}
            followed = kept_possible(self.scene, key, {**self.knob_values, key: value})
            along = {key: value for key, value in followed.items() if key in rebuilt}
            self.runner.rebuild({key: value} | along)
        else:
            self._touched[key] = value
            self._touched |= kept_possible(self.scene, key, self.knob_values)
            self._refresh()

    def allowed(self, knob: Knob) -> tuple[tuple[Value, ...] | None, Text | None]:
        """Return the values possible now, None for all, and why the others are not."""
        if knob.limits is None:
            return None, None
        return knob.limits(self.knob_values)

    # -- errors -----------------------------------------------------------------------------------

    @property
    def problem(self) -> Problem | None:
        """What went wrong and was not yet dismissed."""
        problem = self.report.problem if self.report else None
        return None if problem is self._dismissed else problem

    @property
    def offers(self) -> tuple[tuple[str, Text], ...]:
        """What can be done about the problem."""
        if self.problem is None or self.report is None:
            return ()
        rewind = (("rewind", words.REWIND),) if self.report.can_rewind else ()
        return (*rewind, ("again", words.START_AGAIN))

    def take_offer(self, key: str) -> None:
        """Do what was offered."""
        film = self.report.film if self.report else None
        if key == "rewind" and film is not None:
            followed = film.tracks[film.branch]
            self.seek_film(followed.id, followed.last)
        else:
            self.runner.again()

    def dismiss(self) -> None:
        """Close the banner."""
        self._dismissed = self.report.problem if self.report else None

    # -- the frame --------------------------------------------------------------------------------

    @property
    def frame(self) -> Frame | None:
        """What the view shows."""
        return self._frame

    @property
    def lens(self) -> Lens | None:
        """The card for the right column."""
        return None if self._frame is None else self.view.lens(self._frame, self.time)

    @property
    def code(self) -> Source | None:
        """The step's source with the running line, or None."""
        if self.step.code is None:
            return None
        source = source_of(self.step.code)
        wanted = self.step.lines.get(self.current_beat.key)
        running = None if wanted is None else line_of(source, wanted)
        return dataclasses.replace(source, running=running)

    @property
    def waiting(self) -> bool:
        """Whether an answer to the pen or a key is outstanding."""
        return self._asking.is_waiting(self.report)

    def tick(self, seconds: float) -> bool:
        """Take what the thread reports, move the lesson time; True if something changed."""
        if self._ended:
            return False
        changed = False
        report = self._taking.take(self.runner, self._asking, self.report, seconds)
        if report is not None:
            self._runners.note(self.scene, report)
            self._stale = changed = True
        if not changed and self._frame is not None:
            changed = self.view.catch_up()
        if self._stale:
            self._build()
            changed = True
        if self.playing:
            self.time = min(self.time + seconds * self.lesson_speed, self.duration)
            self.playing = self.time < self.duration
            changed = True
        if self._show_at is not None and time.monotonic() > self._show_at:
            changed = True
        if changed:
            self._show()
        return changed

    def restyle(self) -> None:
        """Show the frame anew after language, theme or font scale changed."""
        self._refresh()

    def _refresh(self) -> None:
        self._stale = True
        self._build()
        if not self.waiting:
            self._show()
        elif self._show_at is None:
            self._show_at = time.monotonic() + _PATIENCE

    def _build(self) -> None:
        """Make the frame, and ask the model what the frame needs to know."""
        self._stale = False  # first: what fails below is told once, not at every tick
        report = self.report
        frame = Frame(
            step=self.step,
            snapshot=report.snapshot if report else None,
            film=report.film if report else None,
            knobs=self.knob_values,
            selection=self._selection,
            hover=self._hover,
            drawing=self._drawing,
            language=self.language,
            live=self.training,
            reduced=self.reduced_motion,
        )
        if report is not None:  # until then torch may not be imported, which questions need
            self._asking.ask(self.runner, self.view, frame)
            if self.waiting:
                self.when_asked()
        self._frame = self._asking.answered(frame, report)
        self._beats = self.view.beats(self._frame)

    def _show(self) -> None:
        self._show_at = None
        if self._frame is not None:
            self.view.show_frame(self._frame, self.time, COLOURS[self.theme], self.font_scale)

    # -- the end ----------------------------------------------------------------------------------

    def reset_all(self) -> None:
        """Go back to the start of everything but place, language, theme and font scale."""
        self._drawing = self._example()
        self.training_speed, self.lesson_speed = None, 1.0
        self._runners.forget()
        for view in self._views.values():
            view.reset()
        self._enter()
        self._show()

    def close(self) -> None:
        """Stop every thread; may be called twice."""
        self._ended = True
        self._runners.close()


def _do_nothing() -> None:
    """Stand in until someone wants to know."""


def _no(key: str) -> Concept:
    raise KeyError(key)
