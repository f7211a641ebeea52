"""What every concept must keep; a concept listed in CONCEPTS is covered at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pytest

from explainer.concepts import CONCEPTS
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.device import choose
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.lesson import Choice, Concept, Problem, Scene, Step
from explainer.shell.source import line_of, source_of
from explainer.shell.still import still_frame
from explainer.stage.frame import Frame
from explainer.stage.plot import Plot
from tests.films import run_on_own_film

SCENES = [(c, s) for c in CONCEPTS for s in c.scenes]
STEPS = [(c, s, p) for c, s in SCENES for p in s.steps]
EXPERIMENTS: dict[Callable[..., Any], str] = {
    s.experiment: f"{c.key}/{s.key}" for c, s in reversed(SCENES) if s.trains
}
FINISHED = [s for _, s in SCENES if not s.trains]


def scene_id(value: object) -> str:
    return getattr(value, "key", None) or str(value)


@pytest.mark.parametrize(("concept", "scene"), SCENES, ids=scene_id)
def test_keys_are_unique_and_known(concept: Concept, scene: Scene) -> None:
    keys = [step.key for step in scene.steps]
    assert len(set(keys)) == len(keys)
    knobs = {knob.key: knob for knob in scene.knobs}
    assert len(knobs) == len(scene.knobs)
    for step in scene.steps:
        assert set(step.knobs) <= set(knobs), step.key
        assert set(step.controls) <= {k for k, knob in knobs.items() if knob.control}, step.key
        for key in step.knobs:
            assert knobs[key].kind in ("view", "probe"), f"{step.key} would change the run"
        assert all(row.split(".")[0] in (concept.key, "all") for row in step.covers), step.key
        assert step.covers, f"{step.key} covers no row of the curriculum"


@pytest.mark.parametrize(("concept", "scene", "step"), STEPS, ids=scene_id)
def test_narration_is_short_enough_to_be_read(concept: Concept, scene: Scene, step: Step) -> None:
    for body in (step.body.en, step.body.ko):
        assert len(body.split()) <= 60, f"{len(body.split())} words"
    assert len(step.notes.en) > len(step.title.en)


@pytest.mark.parametrize(("concept", "scene", "step"), STEPS, ids=scene_id)
def test_code_is_found_and_each_line_once(concept: Concept, scene: Scene, step: Step) -> None:
    if step.code is None:
        assert not step.lines
        return
    source = source_of(step.code)
    for wanted in step.lines.values():
        line_of(source, wanted)


def arrays(value: Any, name: str = "") -> Iterator[tuple[str, np.ndarray]]:
    """Yield every array inside a snapshot or an answer."""
    if isinstance(value, np.ndarray):
        yield name, value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from arrays(getattr(value, field.name), f"{name}.{field.name}")
    elif hasattr(value, "items"):
        for key, part in value.items():
            yield from arrays(part, f"{name}[{key}]")
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from arrays(part, f"{name}[{place}]")


@pytest.fixture(params=EXPERIMENTS, ids=EXPERIMENTS.get)
def factory(request: pytest.FixtureRequest) -> Callable[..., Any]:
    return request.param  # type: ignore[no-any-return]


def test_snapshots_are_finite_and_read_only(factory: Callable[..., Any]) -> None:
    experiment = factory({}, "cpu")
    for _ in range(3):
        experiment.step()
    snapshot = experiment.snapshot()
    assert snapshot.step == 3
    assert snapshot.__dataclass_params__.frozen
    for name, array in arrays(snapshot, "snapshot"):
        assert not array.flags.writeable, name
        if array.dtype.kind == "f":
            assert np.isfinite(array).all(), name


def test_the_loss_falls(factory: Callable[..., Any]) -> None:
    experiment = factory({}, "cpu")
    far = {k: v for k, v in experiment.measure().items() if k.startswith("sliced_wasserstein")}
    if far:  # two that play against each other: their losses aim at a draw
        for _ in range(300):
            experiment.step()
        near = experiment.measure()
        assert all(near[name] < 0.7 * value for name, value in far.items())
        return
    kinds = experiment.measure().get("classes")
    if kinds is not None:  # likewise, on digits
        for _ in range(200):
            experiment.step()
        assert experiment.measure()["classes"] > kinds + 3
        return
    first = np.mean([experiment.step()["loss"] for _ in range(10)])
    # Text keeps a loss of its own, and comes down more slowly than the rest.
    for _ in range(30):
        newest = np.mean([experiment.step()["loss"] for _ in range(10)])
        if newest < 0.7 * first:
            return
    raise AssertionError(f"after {experiment.steps} steps {newest}, at first {first}")


@pytest.mark.parametrize("scene", FINISHED, ids=scene_id)
def test_what_has_learned_elsewhere_refuses_to_learn(scene: Scene) -> None:
    experiment = scene.experiment({}, "cpu")
    before = experiment.state()
    with pytest.raises(Problem):
        experiment.step()
    assert experiment.steps == 0
    assert experiment.state().keys() == before.keys()


@pytest.mark.parametrize(
    ("concept", "scene"),
    [(c, s) for c, s in SCENES if s.variants or s.shipped_in],
    ids=lambda each: each.key,
)
def test_every_variant_is_a_film_with_settings_of_its_own(concept: Concept, scene: Scene) -> None:
    assert scene.shipped is not None
    variants = (*scene.variants, *scene.shipped_in.values())
    files = [asset(name) for name in (scene.shipped, *variants)]
    made = [checkpoint.settings_of(file, concept.key) for file in files]
    assert all(made.count(settings) == 1 for settings in made)
    alike = [s for _, s in SCENES if s.experiment is scene.experiment]
    rebuilt = {knob.key for knob in scene.knobs if knob.kind == "rebuild"}
    stood_on = {step.film for s in alike for step in s.steps}
    for name, settings in zip(variants, made[1:], strict=True):
        if name in stood_on:
            continue
        differing = {key for key, value in settings.items() if value != made[0][key]}
        assert differing <= rebuilt
    assert len({s.variants for s in alike}) == 1  # they share a runner, and it knows one list


def test_the_same_seed_gives_the_same_numbers(factory: Callable[..., Any]) -> None:
    one, other, third = factory({}, "cpu"), factory({}, "cpu"), factory({"seed": 9}, "cpu")
    losses = [[e.step()["loss"] for _ in range(10)] for e in (one, other, third)]
    assert losses[0] == losses[1]
    assert losses[0] != losses[2]
    import torch

    a, b = one.state(), other.state()
    assert all(torch.equal(a[name], b[name]) for name in a)


def test_snapshots_and_states_change_nothing(factory: Callable[..., Any]) -> None:
    import torch

    experiment = factory({}, "cpu")
    experiment.step()
    before = experiment.state()
    experiment.snapshot()
    experiment.measure()
    after = experiment.state()
    assert all(torch.equal(before[name], after[name]) for name in before)


class Stills(NamedTuple):
    """A scene's steps with all their questions answered."""

    scene: Scene
    view: Any
    steps: list[tuple[Step, Run, Frame]]
    changed: list[str]  # what a question changed


@pytest.fixture(scope="module")
def runs() -> dict[Any, tuple[Run, Run]]:
    """Of each experiment a run that is trained and one that is not."""
    choose("cpu")  # one thread, as in the program: two cost more on a busy machine
    made: dict[Any, tuple[Run, Run]] = {}
    for concept, scene in SCENES:
        film = None
        if scene.shipped is not None and scene.experiment not in made:
            film = checkpoint.load_for(scene.experiment, asset(scene.shipped), concept.key)
            # Three frames are film enough: each is asked all that is asked along it.
            few = (film.frames[0], film.frames[len(film.frames) // 2], film.frames[-1])
            film = replace(film, frames=few)
        if scene.experiment not in made:
            made[scene.experiment] = (
                Run(scene.experiment, {}, "cpu", film),
                Run(scene.experiment, {}, "cpu"),
            )
    return made


@pytest.fixture(scope="module", params=[s for _, s in SCENES], ids=scene_id)
def stills(request: pytest.FixtureRequest, qapp: object, runs: Any) -> Iterator[Stills]:
    scene = request.param
    trained, fresh = runs[scene.experiment]
    stills = Stills(scene, scene.view(), [], [])
    for step in scene.steps:
        run = fresh if step.training == "fresh" else trained
        if step.film is not None:
            run = run_on_own_film(scene, step)
        if run is not fresh:
            run.seek(0, step.training if isinstance(step.training, int) else 10**9)
        before = copied(run)
        frame = still_frame(stills.view, scene, step, run, example_drawing(), "en")
        changed = [name for name, value in copied(run).items() if not same(before[name], value)]
        stills.changed.extend(f"{step.key}: {name}" for name in changed)
        stills.steps.append((step, run, frame))
    yield stills
    Plot.close_rendered()
    stills.view.close()


def copied(run: Run) -> dict[str, Any]:
    """Return all that a question must leave as it is, of the model and of its film."""
    experiment = run.experiment
    held: dict[str, Any] = {"steps": experiment.steps, "settings": experiment.settings}
    held |= experiment.state()
    for kept in run.film.frames():
        held |= {f"{name} at {kept.step}": part.clone() for name, part in kept.state.items()}
    return held


def same(one: Any, other: Any) -> bool:
    import torch

    if not isinstance(one, torch.Tensor):
        return bool(one == other)
    # Bit for bit: a NaN is itself.
    return one.dtype == other.dtype and one.numpy().tobytes() == other.numpy().tobytes()


def test_questions_change_nothing(stills: Stills) -> None:
    assert not stills.changed


def values(scene: Scene) -> Iterator[tuple[str, Any]]:
    """Yield every (knob, value) that is offered, or that a step of the scene declares."""
    for knob in scene.knobs:
        if knob.kind in ("view", "probe"):
            offered = knob.control.values if isinstance(knob.control, Choice) else ()
            declared = (step.knobs[knob.key] for step in scene.steps if knob.key in step.knobs)
            yield from ((knob.key, value) for value in (*offered, *declared))


def test_code_lines_run_at_beats_that_there_are(stills: Stills) -> None:
    if not stills.scene.trains:
        pytest.skip("its pictures need a model from a file; its own tests open one")
    for step, run, frame in stills.steps:
        beats = {beat.key for beat in stills.view.beats(frame)}
        for knob, value in values(stills.scene):  # steps may share lines, each playing some
            if set(step.lines) <= beats:
                break
            asked = stills.view, stills.scene, step, run, example_drawing(), "en"
            shown = still_frame(*asked, knobs={knob: value})
            beats |= {beat.key for beat in stills.view.beats(shown)}
        unknown = set(step.lines) - beats
        assert not unknown, f"{step.key} has lines for {unknown}, but only the beats {beats}"


_WITHOUT_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "pyqtgraph", "shiboken6"):
            raise ImportError(f"{name} is not here")

sys.meta_path.insert(0, NoQt())
from explainer.concepts import CONCEPTS
for factory in {s.experiment for c in CONCEPTS for s in c.scenes if s.trains}:
    experiment = factory({}, "cpu")
    experiment.step()
    experiment.snapshot()
    experiment.restore(experiment.state())
from explainer.commands import doctor, outline, train
train.train("cnn/training", steps=2, is_quiet=True)
outline.outline()
doctor.examine()
assert not any(name.startswith(("PySide6", "pyqtgraph")) for name in sys.modules)
print("fine")
"""


def test_everything_that_learns_runs_where_qt_is_missing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_QT], capture_output=True, text=True, timeout=240
    )
    assert done.stdout.strip() == "fine", done.stderr
