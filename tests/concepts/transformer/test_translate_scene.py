"""The translate scene: what it asks, what it computes, when things happen, what answers."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from explainer.concepts.transformer import CONCEPT, SHIPPED, _experiment, notice, outside
from explainer.concepts.transformer.cuts import Place
from explainer.concepts.transformer.sampling import Sampling, candidates
from explainer.concepts.transformer.sentence import (
    EXAMPLES,
    in_language,
    replaced,
    source_chips,
)
from explainer.concepts.transformer.standing import fitting, offers, standing
from explainer.concepts.transformer.translate import (
    bars,
    cases,
    curves,
    moments,
    probe,
    ribbons,
    slow,
    tree,
)
from explainer.concepts.transformer.translate import film as film_picture
from explainer.concepts.transformer.translate.view import TranslateView, is_answered
from explainer.engine.assets import asset
from explainer.engine.checkpoint import load_for
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.lesson import Text
from explainer.shell.still import still_frame
from explainer.stage.colours import COLOURS
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import percent
from tests.lettering import words

SCENE = CONCEPT.scene("translate")


@pytest.fixture(scope="module")
def run() -> Run:
    torch.set_num_threads(1)
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
    learning = frame_of(view, run, "train")
    assert view.pick(learning, ("moment", 25)).seek == 25


def test_slow_motion_walks_the_kept_frames_of_the_change(view: TranslateView) -> None:
    film = load_for(_experiment, asset(SHIPPED), "transformer")
    frame = frame_of(view, Run(_experiment, {}, "cpu", film), "phase")
    shown, known = slow.walked(frame), dict(frame.along or ())
    steps = [column.step for column in shown]
    assert len(steps) == 9 and 60 <= steps[0] < 75 and 200 <= steps[-1] <= 210
    assert [beat.at for beat in view.beats(frame)] == [slow.time_of(i) for i in range(9)]
    cross = Place("cross", 1)
    peaks = []
    for place, step in enumerate(steps):
        at = slow.time_of(place)
        assert slow.place_at(frame, at) == (place, pytest.approx(0, abs=1e-9))
        assert slow.cursor(frame, at) == pytest.approx(step**0.5)
        # At a beat the maps are the film's own, and the curve reads what was measured.
        own = known[step].maps[cross]
        assert np.allclose(slow.maps_at(frame, at)[2], own)
        exact = np.interp(step**0.5, *slow.curve(frame, "exact_match"))
        assert slow.value_at(frame, "exact_match", at) == pytest.approx(exact)
        peaks.append(float(own.max(axis=1).mean()))
    assert peaks[-1] > peaks[0] + 0.15
    assert known[steps[0]].wrong > 0 and known[steps[-1]].wrong == 0
    before, between = slow.cursor(frame, slow.time_of(3)), slow.cursor(frame, slow.time_of(3) + 0.5)
    assert before < between < slow.cursor(frame, slow.time_of(4))
    still = dataclasses.replace(frame, reduced=True)
    assert slow.place_at(still, slow.time_of(3) + 0.5) == (3, 0.0)
    layout = view.layout_in(frame, Room())
    middle = film_picture.cell_rects(layout, shown)[4][1].center()
    assert view.pick(frame, view.hit(layout, frame, middle)).time == slow.time_of(4)


def test_next_shows_each_probability_before_and_after_the_cut(
    view: TranslateView, run: Run
) -> None:
    frame = frame_of(view, run, "next")
    row = moments.bars_of(frame, frame.answer, math.inf)
    chosen = frame.answer.chosen[row]
    kept = candidates(frame.answer.logits[row], probe.sampling_of(frame.knobs))
    card = dict(view.lens(frame, math.inf).rows)
    assert card["before"] == percent(float(frame.answer.probabilities[row, chosen]), 2)
    assert card["after"] == percent(float(kept.probabilities[chosen]), 2)
    drawn = [word.text for word in words(view, frame, 99.0, "light", QSize(1280, 720))]
    for share in (frame.answer.probabilities[row, chosen], kept.probabilities[chosen]):
        assert bars.share_text(float(share)) in drawn


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


def test_what_is_offered_makes_a_sentence_where_it_can() -> None:
    for text, source, place in (
        ("펭귄이 의자에 앉아 있다", "ko", 0),
        ("호랑이가 침대에 앉아 있다", "ko", 0),
        ("the pupy is sitting on the chair", "en", 1),
    ):
        knobs = {"sentence": text, "direction": "en-ko" if source == "en" else "ko-en"}
        offered = fitting(text, source, place)
        assert offers(text, source, place) == offered
        assert len(offered) == 3
        for word in offered:
            assert standing(replaced(knobs, place, word), source) == "known"
    assert fitting("the pupy is sitting on the chair", "en", 1)[0] == "puppy"
    # No word mends this one: what is most alike in letters is offered.
    assert not fitting("A dog runs fast", "en", 1)
    assert offers("A dog runs fast", "en", 1)[0] == "doll"


@pytest.mark.parametrize("typed", ["앉자 있다", "앉자있다"])
def test_a_verb_one_letter_away_is_offered_first(typed: str) -> None:
    assert offers(f"강아지가 의자에 {typed}", "ko", 4) == ("앉아",)
    # Where the grammar has no such sentence it is still a verb.
    assert offers(f"강아지가 {typed}", "ko", 2)[0] == "앉아"


def test_two_unknown_words_are_offered_what_can_stand_there_together() -> None:
    text = "팽귄이 의자에 앉자 있다"
    sitters, ways = fitting(text, "ko", 0), fitting(text, "ko", 4)
    assert ways == ("앉아",) and len(sitters) == 3
    for sitter in sitters:
        assert standing(f"{sitter}이 의자에 앉아 있다", "ko") == "known"
    assert not fitting("팽귄이 쇼파에 앉자 있다", "ko", 0), "three are too many to try"


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("펭귄이 의자에 앉아 있다", notice.FITTING),
        ("팽귄이 의자에 앉자 있다", notice.FITTING),
        ("펭귄이 도서관에서 춤추고 있다", notice.NEAREST),
    ],
)
def test_likeness_is_named_only_where_it_is_meant(text: str, lead: Text) -> None:
    step = SCENE.steps[0]
    frame = Frame(step=step, snapshot=None, knobs={"sentence": text, "direction": "ko-en"})
    assert notice.said_of(frame)[0].endswith(frame.say(lead))


def test_the_sentence_follows_the_direction() -> None:
    assert in_language(EXAMPLES[0], "en") == "The puppy is sitting on the chair."
    assert in_language("The puppy is sitting on the chair.", "ko") == EXAMPLES[0]


def test_cases_are_held_against_what_they_say(run: Run) -> None:
    roles = outside.CASES[0].ko
    found = run.experiment.answer(probe.ReadCases(roles))
    assert [judged.key for judged in found] == [case.key for case in outside.CASES]
    for case, judged in zip(outside.CASES, found, strict=True):
        assert judged.text == case.ko
        assert " ".join(judged.found.expected) == case.en
        assert len(judged.found.wrong) == len(judged.found.words)


def test_a_sentence_of_ones_own_stands_before_the_cases(view: TranslateView, run: Run) -> None:
    for text, is_known in ((EXAMPLES[0], True), ("사과가 소녀를 잡고 있다", False)):
        frame = frame_of(view, run, "wrong", knobs={"sentence": text})
        assert [judged.key for judged in frame.answer][:2] == ["own", "roles"]
        found = frame.answer[0].found
        assert (found.pair is not None) == is_known
        said = cases.verdict(frame, found)
        if cases.is_faithful(found):
            assert said in ("Right to the last token.", "Every content word is said by the source.")
        elif not is_known:
            assert "the source" in said or "Left out" in said
        for room in (Room(), Room(1000.0, 720.0, 1.6)):
            layout = view.layout_in(frame, room)
            placed = cases.lanes(layout, frame.answer)
            assert len(placed) == (5 if room.type == 1 else 4)
            assert all(layout.body.contains(lane) for lane in placed)
            assert view.hit(layout, frame, placed[0].center()) == ("case", 0)
    frame = frame_of(view, run, "wrong")
    assert view.layout_in(frame, Room()).notice is None
    assert view.pick(frame, ("another",)).knobs["sentence"] == outside.TRIES[1].ko
    assert all(standing(case.ko, "ko") != "known" for case in outside.TRIES)


def test_cases_follow_the_direction(view: TranslateView, run: Run) -> None:
    frame = frame_of(view, run, "wrong")
    for case in outside.TRIES:
        knobs = {**frame.knobs, "direction": "en-ko", "sentence": case.ko}
        there = dataclasses.replace(frame, knobs=knobs)
        assert notice.written(there) == case.en
        assert view.request(there) == probe.ReadCases(case.en)
        assert view.layout_in(there, Room()).notice is None
    assert outside.next_try("") == outside.next_try(outside.TRIES[-1].en) == outside.TRIES[0].ko


def test_a_step_on_shows_a_whole_token(view: TranslateView, run: Run) -> None:
    frame = frame_of(view, run, "translate")
    beats = [beat.at for beat in view.beats(frame) if beat.key == "decode"]
    for place, at in enumerate(beats):
        assert moments.newest(frame.answer, at) == place
        assert moments.grown(frame, place, at) == 1


def test_the_loss_stays_within_its_axis(view: TranslateView, run: Run) -> None:
    frame = frame_of(view, run, "phase")
    _, values = frame.film.curve("loss")
    assert curves.loss_top(frame) >= values[:10].mean() > 4
    chart = curves.chart(view.layout_in(frame, Room()), frame, COLOURS["light"])
    low, high = chart.y_range
    for curve in chart.curves:
        assert low <= curve.y.min() and curve.y.max() <= high
    plot = curves.plot_rect(view.layout_in(frame, Room()))
    assert math.isclose(curves.height_of(plot, low), plot.bottom())
    assert math.isclose(curves.height_of(plot, high), plot.top())


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        (EXAMPLES[0], "ko", "known"),
        ("The puppy is sitting on the chair.", "ko", "turned"),
        (EXAMPLES[1], "en", "turned"),
        ("A dog runs fast", "ko", "foreign"),
        ("개가 빨리 달린다", "en", "foreign"),
        ("A dog runs fast", "en", "unknown"),
        ("펭귄이 의자에 앉아 있다", "ko", "unknown"),
        ("의자가 강아지에 앉아 있다", "ko", "untaught"),
    ],
)
def test_how_a_sentence_stands(text: str, source: Any, kind: str) -> None:
    assert standing(text, source) == kind


def test_a_sentence_that_was_turned_says_so(view: TranslateView, run: Run) -> None:
    typed = "The king is sleeping in the forest"
    frame = frame_of(view, run, "translate", knobs={"sentence": typed})
    for room in (Room(), Room(1000.0, 720.0, 1.6), Room(1600.0, 720.0, 1.0)):
        layout = view.layout_in(frame, room)
        assert not layout.notice.is_warning
        assert layout.notice.place.bottom() <= layout.body.top()
        (offer,) = layout.notice.offers
        assert offer[0] == ("direction", "en-ko")
        assert view.hit(layout, frame, offer[2].center()) == offer[0]
        assert offer[2].right() <= room.width - 28
    assert "왕이 숲에서 자고 있다" in view.layout_in(frame, Room()).notice.said
    assert notice.written(frame) == typed
    pick = view.pick(frame, ("direction", "en-ko"))
    assert pick.knobs == {"direction": "en-ko"}
    # What the lesson gives is turned without a word: nobody typed it.
    given = frame_of(view, run, "alignment")
    there = dataclasses.replace(given, knobs={**given.knobs, "direction": "en-ko"})
    assert notice.standing_of(there) == "known" and notice.written(there).startswith("The small")


def test_what_cannot_be_read_is_flagged(view: TranslateView, run: Run) -> None:
    for text, said in (
        ("A dog runs fast", "understands nothing"),
        ("펭귄이 의자에 앉아 있다", "펭귄"),
        ("의자가 강아지에 앉아 있다", "never learned"),
    ):
        for step in ("translate", "loop", "next", "beam"):
            frame = frame_of(view, run, step, knobs={"sentence": text})
            found = view.layout_in(frame, Room()).notice
            assert found.is_warning and said in found.said


def test_an_empty_field_clears_the_stage(view: TranslateView, run: Run) -> None:
    frame = frame_of(view, run, "translate")
    view.resize(1192, 720)
    view.show_frame(frame, 0.0, COLOURS["light"], 1.0)
    view.show()
    asked: list[str] = []
    view.picked.connect(lambda pick: asked.append(str(pick.knobs["sentence"])))
    assert not view.prompt.isVisible()
    view.field.selectAll()
    QTest.keyClick(view.field, Qt.Key.Key_Backspace)
    assert view.prompt.isVisible() and asked == []
    QTest.keyClicks(view.field, " .")
    assert view.prompt.isVisible() and asked == []
    view.field.left.emit()  # the sentence in force stands again
    assert not view.prompt.isVisible() and view.field.text() == EXAMPLES[0]
    view.field.selectAll()
    QTest.keyClick(view.field, Qt.Key.Key_Backspace)
    scale, origin = view.scale_and_origin()
    text, _, rect = view.prompt.pills()[2]
    point = rect.center() * scale + origin
    QTest.mouseClick(view.prompt, Qt.MouseButton.LeftButton, pos=point.toPoint())
    assert asked == [text] == [EXAMPLES[2]]
    assert not view.prompt.isVisible()


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
