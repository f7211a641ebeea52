"""The step that cuts: whole first, then the cut and what it costs; diamonds beside numbers."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize

from explainer.concepts.transformer.answers import DamageReport
from explainer.concepts.transformer.attention import cutting, harm, mapping
from explainer.concepts.transformer.attention.layout import attention_layout
from explainer.concepts.transformer.attention.marks import mark_of
from explainer.concepts.transformer.attention.view import AttentionView
from explainer.concepts.transformer.cuts import INTACT, Place
from explainer.concepts.transformer.experiment import TranslationExperiment
from explainer.concepts.transformer.questions import ReadSentence
from explainer.concepts.transformer.settings import Settings
from explainer.stage.chips import RIM
from explainer.stage.frame import Frame, Room
from explainer.stage.heatmap import cell
from explainer.stage.lettering import SEMIBOLD, width
from tests.concepts.transformer.test_attention_scene import ROOMS
from tests.concepts.transformer.test_attention_steps import frame_of as first_frame_of
from tests.lettering import words


@pytest.fixture(scope="module")
def experiment() -> TranslationExperiment:
    return TranslationExperiment(Settings())


REPORT = DamageReport(1.0, 0.9, {"homonym": (1.0, 0.9, 20)}, 200, 200)


def frame_of(experiment: TranslationExperiment, key: str, **knobs: object) -> Frame:
    """Return the frame of a step; what is measured over sentences is given, not waited for."""
    frame = first_frame_of(experiment, key, **knobs)
    answer = dataclasses.replace(frame.answer, damage=REPORT)  # type: ignore[type-var]
    return dataclasses.replace(frame, answer=answer)


@pytest.fixture(scope="module")
def frame(experiment: TranslationExperiment) -> Frame:
    return frame_of(experiment, "cut")


def turned(frame: Frame, **knobs: object) -> Frame:
    return dataclasses.replace(frame, knobs=MappingProxyType({**frame.knobs, **knobs}))


def test_the_step_cuts_and_keeps_what_was_whole(
    experiment: TranslationExperiment, frame: Frame
) -> None:
    answer = frame.answer
    assert answer.cuts.relations and cutting.cut_cells(answer, "encoder")
    assert answer.whole.cuts == INTACT and not cutting.cut_cells(answer.whole, "encoder")
    intact = experiment.answer(ReadSentence(answer.tokens[:-1]))
    for layer in range(2):
        place = Place("encoder", layer)
        assert np.array_equal(
            answer.whole.reading.attention[place].weights, intact.attention[place].weights
        )
    ((row, column),) = cutting.cut_cells(answer, "encoder")
    for layer in range(2):
        assert not answer.attention(layer).weights[:, row, column].any()
        assert answer.whole.attention(layer).weights[:, row, column].all()
    assert frame_of(experiment, "cut", relation="none").answer.whole is None


def test_the_outcome_comes_after_the_cut(frame: Frame, qtbot: object) -> None:
    times = [beat.at for beat in cutting.beats(frame, frame.answer)]
    assert times == [0.0, cutting.CUT, cutting.SAID, cutting.HARM]
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    shown = cutting.shown_map(frame, frame.answer.whole)
    was = f"{float(shown.weights[shown.row, shown.column]):.2f}"
    size = QSize(1192, 720)
    before, after = (
        [word.text for word in words(view, frame, time, "light", size)] for time in (0.5, 9.0)
    )
    assert before.count(was) > after.count(was)


def test_who_cuts_sees_the_outcome_at_once(frame: Frame) -> None:
    layout = attention_layout(frame, ROOMS[0])
    assert cutting.veils(layout, frame, frame.answer)
    for changed in (
        {"relation": "none"},
        {"relation": "tense"},
        {"positions": False},
        {"silenced": (0.0, 1.0)},
        {"edges": (0.0, 1.0)},
    ):
        other = turned(frame, **changed)
        assert not cutting.is_own_cut(other), changed
        assert not cutting.veils(layout, other, other.answer)


def test_that_nothing_is_cut_is_said_once(experiment: TranslationExperiment, qtbot: object) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    none = dataclasses.replace(frame_of(experiment, "cut", relation="none"), language="en")
    said = [word.text for word in words(view, none, 9.0, "light", QSize(1192, 720))]
    assert said.count("Nothing is cut yet.") == 1


def test_a_silenced_heads_map_says_so(experiment: TranslationExperiment, qtbot: object) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    silenced = frame_of(experiment, "cut", silenced=(0.0, 0.0))
    other = frame_of(experiment, "cut", silenced=(0.0, 1.0))
    size = QSize(1192, 720)
    counts = [
        [word.text for word in words(view, each, 9.0, "light", size)].count(
            each.say(cutting.words.SILENCED)
        )
        for each in (silenced, other)
    ]
    assert counts == [2, 1], "on the large map too, only where it shows that head"


def test_the_relation_that_lost_most_is_named() -> None:
    words_of = {"tense": (0.5, 0.4, 20), "homonym": (1.0, 0.5, 10), "place": (1.0, 0.9, 9)}
    report = DamageReport(1.0, 0.6, words_of, 200, 200)  # type: ignore[arg-type]
    assert harm.most_lost(report) == ("homonym",), "not the lowest, but the largest loss"
    same = DamageReport(1.0, 1.0, {"tense": (0.5, 0.5, 20)}, 200, 200)
    assert harm.most_lost(same) == ()


@pytest.mark.parametrize("room", ROOMS, ids=str)
@pytest.mark.parametrize("key", ["relations", "cut"])
def test_a_diamond_is_clear_of_its_number(
    experiment: TranslationExperiment, room: Room, key: str
) -> None:
    frame = frame_of(experiment, key)
    layout = attention_layout(frame, room)
    shown = mapping.head_map(frame, frame.answer)
    part = QRectF(layout.body)
    part.setWidth(part.width() * 0.42)
    rect, _ = mapping.map_rect(part, shown.rows, shown.columns, room.type, 94 * room.type, 72.0)
    assert shown.truths
    for truth in shown.truths:
        box = cell(rect, truth.row, truth.column, *shown.weights.shape)
        px = 14 * room.type
        centre, size = mark_of(box, px)
        wide = width("0.00", px, SEMIBOLD)
        figure = QRectF(0, 0, wide, 0.72 * px)
        figure.moveCenter(box.center())
        mark = QRectF(centre.x() - size, centre.y() - size, 2 * size, 2 * size)
        assert box.contains(mark.adjusted(-RIM / 2, -RIM / 2, RIM / 2, RIM / 2))
        assert not mark.intersects(figure)
