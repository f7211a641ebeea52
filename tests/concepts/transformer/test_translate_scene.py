"""The translate scene: what it asks, what it computes, when things happen, what answers."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from explainer.concepts.transformer import CONCEPT
from explainer.concepts.transformer.sampling import Sampling, candidates
from explainer.concepts.transformer.sentence import (
    EXAMPLES,
    in_language,
    replaced,
    source_chips,
)
from explainer.concepts.transformer.translate import bars, moments, probe, ribbons, tree
from explainer.concepts.transformer.translate.view import TranslateView, is_answered
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.shell.still import still_frame
from explainer.stage.colours import COLOURS
from explainer.stage.frame import Frame, Room

SCENE = CONCEPT.scene("translate")


@pytest.fixture(scope="module")
def run() -> Run:
    made = Run(SCENE.experiment, {}, "cpu")
    for _ in range(130):
        made.advance()
    made.keep_end()
    return made


@pytest.fixture
def view(qapp: Any) -> Any:
    made = TranslateView()
    yield made
    made.close()


def frame_of(view: TranslateView, run: Run, step: str, **changes: Any) -> Frame:
    return still_frame(view, SCENE, SCENE.step(step), run, example_drawing(), "en", **changes)


def test_every_step_is_answered_in_its_own_way(view: TranslateView, run: Run) -> None:
    for step in SCENE.steps:
        if step.key == "rate":
            continue
        frame = frame_of(view, run, step.key)
        assert is_answered(frame), step.key
        assert not is_answered(dataclasses.replace(frame, answer=None)), step.key


def test_a_token_takes_at_most_four_tenths_of_a_second(view: TranslateView, run: Run) -> None:
    frame = frame_of(view, run, "translate")
    times = [beat.at for beat in view.beats(frame)]
    assert times == sorted(times)
    assert len(times) == len(frame.answer.output) + 2
    assert moments.GROWING <= 0.4
    for place in range(len(frame.answer.output)):
        assert moments.grown(frame, place, moments.written_at(place)) < 1
        assert moments.grown(frame, place, moments.written_at(place) + 0.4) == 1
    steps = {beat.key for beat in view.beats(frame)}
    assert steps == set(SCENE.step("translate").lines)


def test_the_card_agrees_with_the_model(view: TranslateView, run: Run) -> None:
    frame = frame_of(view, run, "alignment")
    card = view.lens(frame, math.inf)
    assert card is not None and card.good
    weights = ribbons.weights_of(frame, frame.answer)
    assert np.allclose(weights.sum(axis=1), 1, atol=1e-5)
    loop = view.lens(frame_of(view, run, "loop"), 3.0)
    assert loop is not None and loop.good
    found = frame_of(view, run, "beam")
    searched = view.lens(found, math.inf)
    assert searched is not None and searched.good


def test_bars_are_the_distribution_the_model_draws_from(view: TranslateView, run: Run) -> None:
    frame = frame_of(view, run, "next")
    answer = frame.answer
    hot = candidates(answer.logits[0], Sampling(1.0, 3))
    assert hot.is_kept.sum() == 3
    assert math.isclose(float(hot.probabilities.sum()), 1, abs_tol=1e-5)
    whole = candidates(answer.logits[0], Sampling(1.0))
    assert np.abs(whole.probabilities - answer.probabilities[0]).max() < 1e-5
    order = bars.order_of(answer, 0, 5)
    assert list(np.diff(answer.probabilities[0][order]) <= 0) == [True] * 4


def test_a_click_on_a_bar_goes_on_from_that_token(view: TranslateView, run: Run) -> None:
    frame = frame_of(view, run, "next")
    row = moments.bars_of(frame, frame.answer, math.inf)
    ids = bars.order_of(frame.answer, row, 6)
    other = next(i for i in ids if i != frame.answer.chosen[row])
    token = frame.answer.target_tokens[other]
    pick = view.pick(frame, ("bar", row, token))
    assert pick.selection is not None
    forced = frame_of(view, run, "next", selection=pick.selection)
    assert forced.answer.output[row] == token
    assert forced.answer.output[:row] == frame.answer.output[:row]
    again = view.pick(frame, ("bar", row, frame.answer.output[row]))
    assert again.knobs["draw"] == 3


def test_what_is_drawn_is_found_again(view: TranslateView, run: Run) -> None:
    frame = frame_of(view, run, "translate")
    layout = view.layout_in(frame, Room())
    for place, rect in enumerate(layout.output.rects):
        assert view.hit(layout, frame, rect.center()) == ("row", place)
    assert view.hit(layout, frame, layout.another.center()) == ("another",)
    assert view.hit(layout, frame, QPointF(-5, -5)) == ()
    assert view.pick(frame, ("another",)).knobs["sentence"] == EXAMPLES[1]
    found = frame_of(view, run, "beam")
    layout = view.layout_in(found, Room())
    for index, box in tree.boxes(layout, found.answer).items():
        assert view.hit(layout, found, box.center()) == ("node", index)
    film = frame_of(view, run, "phase")
    layout = view.layout_in(film, Room())
    assert view.pick(film, ("moment", 25)).seek == 25


def test_chips_of_one_written_word_touch(view: TranslateView, run: Run) -> None:
    row = view.layout_in(frame_of(view, run, "translate"), Room()).source
    gaps = [b.x() - a.right() for a, b in zip(row.rects, row.rects[1:], strict=False)]
    assert [gap < 0.01 for gap in gaps] == [True, False, True, False, False, True, False]


def test_unknown_words_are_offered_known_ones(view: TranslateView, run: Run) -> None:
    knobs = {"sentence": "강아치가 의자에 앉아 있다"}
    frame = frame_of(view, run, "translate", knobs=knobs)
    layout = view.layout_in(frame, Room())
    assert not source_chips(frame.knobs)[0].is_known
    target, _, rect = layout.notice.offers[0]
    assert target == ("nearest", 0, "강아지")
    assert view.hit(layout, frame, rect.center()) == target
    assert view.pick(frame, target).knobs["sentence"] == EXAMPLES[0]
    assert replaced(frame.knobs, 0, "강아지") == EXAMPLES[0]


def test_the_sentence_follows_the_direction() -> None:
    assert in_language(EXAMPLES[0], "en") == "The puppy is sitting on the chair."
    assert in_language("The puppy is sitting on the chair.", "ko") == EXAMPLES[0]


def test_cases_are_held_against_what_they_say(run: Run) -> None:
    found = run.experiment.answer(probe.ReadCases())
    assert len(found) == len(probe.CASES)
    for case, translation in zip(probe.CASES, found, strict=True):
        assert " ".join(translation.expected) == case.en
        assert len(translation.wrong) == len(translation.words)


def test_nothing_is_asked_while_an_input_method_composes(
    view: TranslateView, run: Run, qtbot: Any
) -> None:
    frame = frame_of(view, run, "translate")
    view.resize(1192, 720)
    view.show_frame(frame, 0.0, COLOURS["light"], 1.0)
    view.show()
    asked: list[str] = []
    view.picked.connect(lambda pick: asked.append(str(pick.knobs["sentence"])))
    view.field.setFocus()
    view.field.clear()
    event = QInputMethodEvent("ㅅ", [])
    view.field.inputMethodEvent(event)
    assert asked == [] and view.field.is_composing
    done = QInputMethodEvent("", [])
    done.setCommitString("새")
    view.field.inputMethodEvent(done)
    assert asked == ["새"]
    assert view.field.accessibleName() == "Sentence to read"
    QTest.keyClick(view.field, Qt.Key.Key_Return)
    assert not view.field.hasFocus()
