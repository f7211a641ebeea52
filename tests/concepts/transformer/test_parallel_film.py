"""The race that ships: what its three nets reached, when, and on whose clock."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import numpy as np
import pytest
import torch
from safetensors import safe_open

from explainer.concepts.transformer import CONCEPT
from explainer.concepts.transformer.parallel import contest
from explainer.concepts.transformer.parallel.probe import NETS, ReadBoth
from explainer.concepts.transformer.parallel.race import Race, RaceSettings
from explainer.concepts.transformer.parallel.view import ParallelView
from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.concepts.transformer.tokens import tokenise
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.shell.still import still_frame
from explainer.stage.frame import Frame

SCENE = CONCEPT.scene("parallel")
TOKENS = tuple(chip.token for chip in tokenise(EXAMPLES[2], "ko"))


@pytest.fixture(scope="module")
def film() -> checkpoint.Shipped:
    torch.set_num_threads(1)
    assert SCENE.shipped is not None
    return checkpoint.load_for(SCENE.experiment, asset(SCENE.shipped), CONCEPT.key)


@pytest.fixture
def run(film: checkpoint.Shipped) -> Run:
    return Run(SCENE.experiment, {}, "cpu", film)


@pytest.fixture
def view(qapp: Any) -> Any:
    made = ParallelView()
    yield made
    made.close()


def frame_of(view: ParallelView, run: Run, step: str, **changes: Any) -> Frame:
    return still_frame(view, SCENE, SCENE.step(step), run, example_drawing(), "en", **changes)


def test_it_is_small_and_its_curves_are_whole(film: checkpoint.Shipped) -> None:
    assert SCENE.shipped is not None
    assert asset(SCENE.shipped).stat().st_size < 40e6
    assert film.settings == dataclasses.asdict(RaceSettings())
    assert film.frames[0].step == 0 and len(film.frames) == 5
    last = film.frames[-1].step
    for name in ("loss", "seconds"):
        assert film.metrics[name][0].tolist() == list(range(1, last + 1))
    evaluated = film.metrics["gru"][0]
    assert len(evaluated) > 60 and evaluated[0] == 0 and last - evaluated[-1] < 150


def test_all_three_reach_the_accuracy_the_curves_claim(film: checkpoint.Shipped, run: Run) -> None:
    measured = run.experiment.measure()
    assert all(measured[net] >= contest.GOAL for net in NETS)
    for kept in film.frames[2:]:
        run.seek(0, kept.step)
        steps, shown = film.metrics["gru"]
        around = shown[np.searchsorted(steps, kept.step) - 1 :][:2]
        found = run.experiment.measure()["gru"]
        assert around.min() - 0.05 <= found <= around.max() + 0.05


def test_what_wins_is_attention(view: ParallelView, run: Run) -> None:
    """What the lesson says: the two that attend are first, and of them the GRU by seconds."""
    frame = frame_of(view, run, "seconds")
    transformer, attends, plain = (contest.course(frame, net) for net in NETS)
    at = [course.at_goal() for course in (transformer, attends, plain)]
    assert None not in at
    updates = [c.updates[a] for c, a in zip((transformer, attends, plain), at, strict=True)]
    seconds = [c.seconds[a] for c, a in zip((transformer, attends, plain), at, strict=True)]
    assert updates[2] > 4 * max(updates[:2])
    assert seconds[1] < seconds[0] < seconds[2] / 3


def test_its_seconds_are_marked_with_machine_and_date(view: ParallelView, run: Run) -> None:
    assert SCENE.shipped is not None
    with safe_open(str(asset(SCENE.shipped)), framework="pt") as opened:
        ((until, processor, device, date),) = json.loads(opened.metadata()["origins"])
    assert until == run.film.last
    frame = frame_of(view, run, "seconds")
    assert not frame.measured  # an export: what is in the film is the same everywhere
    assert contest.is_drawn(frame) and contest.said(frame, "gru")[3] != "–"
    assert all(part in contest.origin(frame) for part in (processor, device, date))
    for _ in range(3):
        run.advance()
    live = dataclasses.replace(frame_of(view, run, "seconds"), measured=True)
    assert date in contest.origin(live) and "here" in contest.origin(live)
    assert f"{until // 3:,}" in contest.origin(live)


def test_from_scratch_they_are_measured_here(view: ParallelView) -> None:
    own = Run(SCENE.experiment, {}, "cpu")
    for _ in range(6):
        own.advance()
    still = frame_of(view, own, "seconds")
    assert not contest.is_drawn(still)
    live = dataclasses.replace(still, measured=True)
    assert contest.is_drawn(live) and "here" in contest.origin(live)
    assert np.isfinite(contest.course(live, "gru").seconds).all()


def test_it_goes_on_from_its_end_bit_for_bit(film: checkpoint.Shipped, run: Run) -> None:
    other = Race(RaceSettings())
    other.restore(film.frames[-1].state)
    mine = [run.experiment.step()["loss"] for _ in range(4)]
    assert mine == [other.step()["loss"] for _ in range(4)]


def test_the_drafts_tell_what_the_lesson_asks(film: checkpoint.Shipped, run: Run) -> None:
    """At the step's frame only the net without attention is wrong, in fluent English."""
    step = SCENE.step("drafts").training
    state = next(kept.state for kept in film.frames if kept.step == step)
    then = run.experiment.answer(ReadBoth(TOKENS), state).drafts
    assert [draft.is_right for draft in then] == [True, True, False]
    assert then[2].text.endswith(".") and 4 <= len(then[2].words) <= 12
    now = run.experiment.answer(ReadBoth(TOKENS)).drafts
    assert all(draft.is_right for draft in now)


def test_steps_stand_on_frames_that_are_kept(film: checkpoint.Shipped) -> None:
    kept = {frame.step for frame in film.frames}
    assert all(step.training in kept for step in SCENE.steps if isinstance(step.training, int))
