"""What the family scene answers, against its models, and the pictures of it."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, QSize

from explainer.concepts.transformer.cuts import Place
from explainer.concepts.transformer.family import (
    candidates,
    going_on,
    learning,
    lesson,
    maps,
    places,
    prefixes,
    seen,
    sense,
)
from explainer.concepts.transformer.family.family import Family
from explainer.concepts.transformer.family.knowing import FITTED, knowledge, states_at
from explainer.concepts.transformer.family.questions import (
    DoTask,
    FillIn,
    GoOn,
    ReadSense,
    SeeMasks,
)
from explainer.concepts.transformer.family.senses import (
    SENSES,
    WORD,
    examples,
)
from explainer.concepts.transformer.family.settings import FamilySettings
from explainer.concepts.transformer.family.tasks import (
    MASK,
    TASKS,
    both,
    expected,
    korean,
)
from explainer.concepts.transformer.family.view import FamilyView, buttons, given, is_answered
from explainer.concepts.transformer.multihead import Trace
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.concepts.transformer.tokens import (
    END,
    END_ID,
    START_ID,
)
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.lesson import LANGUAGES
from explainer.shell.source import line_of, source_of
from explainer.shell.still import still_frame
from explainer.stage.colours import COLOURS, THEMES
from explainer.stage.frame import Frame, Room
from explainer.stage.plot import Plot
from tests.concepts.transformer.test_family import SCENE, SHIPPED, TOKENS, tokens_of
from tests.lettering import faults, words

SIZES = (QSize(968, 480), QSize(982, 588), QSize(1430, 864))
SLIDE = QSize(976, 638)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def run() -> Run:
    """The shipped film."""
    shipped = checkpoint.load(
        asset(SHIPPED), "transformer", SCENE.experiment({}, "cpu").state(),
        dataclasses.asdict(FamilySettings()),
    )  # fmt: skip
    return Run(SCENE.experiment, {}, "cpu", shipped)


@pytest.fixture(scope="module")
def fresh() -> Run:
    return Run(SCENE.experiment, {}, "cpu")


@pytest.fixture(scope="module")
def family(run: Run) -> Family:
    found: Family = run.experiment
    return found


@pytest.fixture
def view(qapp: Any) -> Iterator[FamilyView]:
    made = FamilyView()
    yield made
    made.close()


def frame_of(view: FamilyView, run: Run, step: str, **changes: Any) -> Frame:
    return still_frame(view, SCENE, SCENE.step(step), run, example_drawing(), "en", **changes)


# -- answers against the models --------------------------------------------------------------------


@torch.no_grad()
def test_what_is_filled_in_is_what_the_model_gives(family: Family) -> None:
    answer = family.answer(FillIn(TOKENS, 3))
    ids = korean().encode(TOKENS)
    ids[3] = korean().ids[MASK]
    trace = Trace()
    logits = family.masked(torch.tensor([[*ids, END_ID]]), trace=trace)
    assert np.allclose(answer.probabilities, logits[0, 3].softmax(-1).numpy(), atol=1e-5)
    wanted = trace.attention[Place("encoder", 1)].weights[0, :, 3].mean(dim=0).numpy()
    assert np.allclose(answer.weights[1], wanted, atol=1e-5)
    assert answer.names[int(answer.probabilities.argmax())] == "에"


@torch.no_grad()
def test_a_text_goes_on_as_the_model_has_it(family: Family) -> None:
    answer = family.answer(GoOn(TOKENS[:2], 0.0, 0))
    ids = [START_ID, *korean().encode(TOKENS[:2])]
    for place, token in enumerate(answer.written):
        shares = family.causal(torch.tensor([ids]))[0, -1].softmax(-1).numpy()
        assert np.allclose(answer.probabilities[place], shares, atol=1e-5)
        assert korean().tokens[int(shares.argmax())] == token
        ids.append(korean().ids[token])
    whole = (*answer.prompt, *answer.written[:-1])
    assert answer.is_sentence == (parse(whole, "ko") is not None)
    drawn = [family.answer(GoOn(TOKENS[:2], 1.5, seed)).written for seed in range(6)]
    assert len(set(drawn)) > 1
    assert family.answer(GoOn(TOKENS[:2], 1.5, 3)).written == drawn[3]


@torch.no_grad()
def test_a_task_is_done_as_the_model_does_it(family: Family) -> None:
    for task in TASKS:
        answer = family.answer(DoTask(TOKENS, task))
        assert answer.output == (*expected(task, TOKENS), END)  # type: ignore[misc]
        source = torch.tensor([both().encode(answer.source)])
        target = torch.tensor([[START_ID, *both().encode(answer.output)]])
        shares = family.prefix(source, target[:, :-1]).softmax(-1)[0]
        given_to = shares[torch.arange(len(answer.output)), target[0, 1:]].numpy()
        assert np.allclose(answer.confidence, given_to, atol=1e-5)
        assert prefixes.is_right(answer)
    assert family.answer(DoTask(("강아지", "가"), "past")).expected is None


@torch.no_grad()
def test_the_sense_read_is_that_of_the_probe(family: Family, run: Run) -> None:
    answer = family.answer(ReadSense(tokens_of(lesson.PEAR)))
    assert answer.sense == "pear" and [answer.tokens[p] for p in answer.places] == [
        WORD,
        "를",
        "먹고",
    ]
    found = knowledge(family)
    one = next(s for s in examples("training", FITTED) if SENSES[s.sense] == "belly")
    states = states_at(family, "masked", (one,))
    assert SENSES[int(found.probes[0][0].classes(states[0])[0])] == "belly"
    assert answer.read[0] == ("pear",) * 3 and answer.read[1][2] == "pear"
    assert family.answer(ReadSense(TOKENS)).places == ()
    # Probes are kept for the same weights, and fitted anew for others.
    assert family.answer(ReadSense(TOKENS)).shares is answer.shares
    untrained = run.film.frames()[0].state
    assert not np.array_equal(family.answer(ReadSense(TOKENS), untrained).shares, answer.shares)


def test_unknown_and_long_sentences_are_answered(family: Family) -> None:
    for text in ("호랑이가 의자에 앉아 있다", "가 " * 35, "?"):
        tokens = tokens_of(text)
        if tokens:
            family.answer(SeeMasks(tokens, "translate"))
            family.answer(FillIn(tokens, 0))
            family.answer(GoOn(tokens, 1.0, 0))
            family.answer(DoTask(tokens, "past"))


# -- pictures --------------------------------------------------------------------------------------


def test_every_step_is_answered_and_in_order(view: FamilyView, run: Run) -> None:
    for step in SCENE.steps:
        frame = frame_of(view, run, step.key)
        assert is_answered(frame), step.key
        beats = view.beats(frame)
        assert all(a.at < b.at for a, b in itertools.pairwise(beats)), step.key
        assert set(step.lines) <= {beat.key for beat in beats}, step.key


def test_what_is_clicked_is_what_is_asked(view: FamilyView, run: Run) -> None:
    frame = frame_of(view, run, "fill")
    layout = view.layout_in(frame, Room())
    assert layout.row is not None
    assert view.hit(layout, frame, layout.row.rects[5].center()) == ("word", 5)
    assert view.request(dataclasses.replace(frame, selection=("word", 5))) == FillIn(TOKENS, 5)
    assert view.request(dataclasses.replace(frame, selection=())) is None
    assert is_answered(dataclasses.replace(frame, selection=(), answer=None))
    frame = frame_of(view, run, "before")
    assert given(frame)[-1] == "를" and frame.answer.prompt == given(frame)
    frame = frame_of(view, run, "tasks")
    layout = view.layout_in(frame, Room())
    pills = dict(layout.pills)
    assert view.hit(layout, frame, pills["past"].center()) == ("task", "past")
    assert view.pick(frame, ("task", "past")).knobs == {"task": "past"}
    assert view.pick(frame, ("another",)).knobs["sentence"] in EXAMPLES
    warm = frame_of(view, run, "continue", knobs={"temperature": 1.0})
    layout = view.layout_in(warm, Room())
    assert view.hit(layout, warm, dict(layout.pills)["again"].center()) == ("again",)
    assert view.pick(warm, ("again",)).knobs == {"draw": 1}


def test_a_cell_is_found_where_it_is_drawn(view: FamilyView, run: Run) -> None:
    frame = frame_of(view, run, "masks")
    layout = view.layout_in(frame, Room())
    assert maps.looked_at(frame) == ("causal", 3, 1)
    for block in maps.blocks(layout, frame):
        rows, columns = block.looks.is_open.shape
        corner = block.rect.bottomRight() - QPointF(1, 1)
        assert view.hit(layout, frame, corner) == ("cell", block.name, rows - 1, columns - 1)
        assert layout.body.adjusted(-1, -1, 1, 1).contains(block.rect)
    card = view.lens(frame, 0.0)
    assert card is not None and card.values is not None
    weights = frame.answer.causal.weights[1]
    assert card.rows[1][1] == f"{weights[3, 1]:.3f}" and np.array_equal(card.values, weights)


def test_bars_are_the_likeliest_in_order(view: FamilyView, run: Run) -> None:
    answer = frame_of(view, run, "open").answer
    found = candidates.likeliest(answer.names, answer.probabilities, Room(), answer.fits)
    shares = [one.share for one in found]
    assert shares == sorted(answer.probabilities.tolist(), reverse=True)[: len(shares)]
    assert all(one.fits == (one.name in answer.fits) for one in found)
    assert shares[0] < 0.6 and sum(one.fits for one in found) >= 6


def test_tokens_come_in_turn(view: FamilyView, run: Run) -> None:
    frame = frame_of(view, run, "prefix")
    count = len(frame.answer.output)
    beats = [b for b in view.beats(frame) if b.key == "write"]
    assert len(beats) == count
    assert going_on.newest(count, beats[2].at + 0.01) == 2
    assert prefixes.row_of(frame, beats[2].at + 0.01) == 2
    assert prefixes.row_of(frame, view.beats(frame)[-1].at) == -1
    card = view.lens(frame, beats[2].at + 0.1)
    assert card is not None and card.rows[2][1] == "1.0000"
    layout = view.layout_in(frame, Room())
    assert len(prefixes.ribbons(layout, frame.answer.cross[1])) == count


def test_the_curves_are_the_films(view: FamilyView, run: Run) -> None:
    frame = frame_of(view, run, "learning")
    chart = learning.chart(view.layout_in(frame, Room()), frame, COLOURS["light"])
    assert chart is not None
    for name in learning.METRICS:
        _steps, values = frame.film.curve(name)
        assert learning.value_at(frame, name) == values[-1]
        mine = [c for c in chart.curves if len(c.y) == len(values)]
        assert any(np.array_equal(c.y, values) for c in mine), name
    assert sense.beats(frame)[-1].at > 0


@pytest.mark.parametrize("step", SCENE.steps, ids=lambda step: step.key)
def test_code_is_found_and_narration_short(step: Any) -> None:
    assert all(len(body.split()) <= 60 for body in (step.body.en, step.body.ko))
    source = source_of(step.code)
    for wanted in step.lines.values():
        line_of(source, wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_small_or_on_other_text(
    view: FamilyView, run: Run, fresh: Run, language: Any
) -> None:
    wrong = []
    for step in SCENE.steps:
        stands = fresh if step.training == "fresh" else run
        frame = still_frame(view, SCENE, step, stands, example_drawing(), language)
        end = view.beats(frame)[-1].at
        for theme in THEMES:
            for size in (*SIZES, SLIDE):
                for time in (0.0, end / 2, end):
                    found = words(view, frame, time, theme, size, presented=size is SLIDE)
                    for fault in faults(found, size, 11.0):
                        wrong.append(f"{step.key} {theme} {size.width()} {time:.1f}s {fault}")
    Plot.close_rendered()
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_the_same_token_is_looked_at_in_all_three(view: FamilyView, run: Run) -> None:
    frame = frame_of(view, run, "masks")
    answer = frame.answer
    rows = places.twins(frame, ("causal", 3, 1))
    assert {name: getattr(answer, name).rows[row] for name, row in rows.items()} == {
        "masked": "의자", "causal": "의자", "encoder": "의자",
    }  # fmt: skip
    assert places.twins(frame, ("causal", 0, 0)) == {"causal": 0}
    assert places.twins(frame, ("encoder", 0, 0)) == {"encoder": 0}
    last = len(answer.masked.rows) - 1
    assert places.twins(frame, ("masked", last, 0)) == {"masked": last, "encoder": last + 1}
    assert places.twins(frame, ("cross", 2, 0)) == {"cross": 2, "decoder": 2}
    assert places.twins(frame, None) == {}
    told = [seen.said_of_row(frame, turn, rows) for turn in range(3)]
    count = len(TOKENS) + 1
    assert told[0].endswith(f"{count} of {count}") and told[1].endswith(f"4 of {count}")
    assert told[2].endswith(f"{count + 1} of {count + 1}")
    written = seen.said_of_row(frame, 2, {"cross": 2, "decoder": 2})
    assert f"all {count + 1} read and 3 written" in written
    assert not seen.said_of_row(frame, 0, {"cross": 2, "decoder": 2})
    korean_frame = dataclasses.replace(frame, language="ko")
    drawn = {word.text for word in words(view, korean_frame, 99.0, "light", SLIDE)}
    said = {seen.said_of_row(korean_frame, turn, rows) for turn in range(3)}
    assert {*said, *answer.masked.columns[:-1], *answer.decoder.columns[1:]} <= drawn


def test_the_band_is_the_luck_of_so_many_guesses(view: FamilyView, run: Run) -> None:
    answer = frame_of(view, run, "sense").answer
    guesses = np.random.default_rng(0).random((4000, answer.sentences)) < answer.ceiling
    assert sense.luck(answer) == pytest.approx(2 * guesses.mean(axis=1).std(), rel=0.05)
    assert abs(answer.shares[1, 0] - answer.ceiling) < sense.luck(answer)
    assert answer.shares[1, 2] > answer.ceiling + sense.luck(answer)


def test_prefixes_are_shown_once_and_answer_to_the_keyboard(view: FamilyView, run: Run) -> None:
    step = SCENE.step("tasks")
    assert "task" not in step.controls
    frame = frame_of(view, run, "tasks")
    layout = view.layout_in(frame, Room())
    targets = [painted.target for painted in buttons(layout, frame)]
    assert targets == [("another",), *(("task", task) for task in TASKS)]
    for painted in buttons(layout, frame):
        assert view.hit(layout, frame, painted.rect.center()) == painted.target
