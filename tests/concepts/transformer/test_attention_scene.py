"""The attention scene: its arithmetic against the model, its cuts, its beats and the pointer."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage, QPainter

from explainer.concepts.transformer.attention import (
    crossing,
    cutting,
    heads,
    pieces,
    projections,
    softmax,
    splits,
    vectors,
    waves,
)
from explainer.concepts.transformer.attention.focus import (
    cuts_of,
    measured_in,
    pairs_in,
    question,
    toggled,
)
from explainer.concepts.transformer.attention.layout import attention_layout
from explainer.concepts.transformer.attention.lesson import KNOBS, STEPS
from explainer.concepts.transformer.attention.product import product_of
from explainer.concepts.transformer.attention.terms import shown_terms
from explainer.concepts.transformer.attention.view import PICTURES, AttentionView
from explainer.concepts.transformer.cuts import INTACT, Edge, RelationEdges
from explainer.concepts.transformer.experiment import TranslationExperiment
from explainer.concepts.transformer.settings import Settings
from explainer.engine.questions import whole
from explainer.lesson import LANGUAGES
from explainer.shell.source import line_of, source_of
from explainer.stage.arcs import arc_height, arc_path
from explainer.stage.colours import COLOURS
from explainer.stage.frame import Frame, Room
from explainer.stage.heatmap import cell
from explainer.stage.view import paint
from tests.lettering import faults, words

ROOMS = (Room(1192, 720, 1.0), Room(1280, 720, 1.2), Room(1172, 720, 1.55), Room(1000, 720, 1.6))
HOMONYM = "소녀가 자기 배를 먹고 있다"
LONG = "용감한 소년이 공을 던지고 있지 않았다"


@pytest.fixture(scope="module")
def experiment() -> TranslationExperiment:
    return TranslationExperiment(Settings())


def frame_of(experiment: TranslationExperiment, key: str, **knobs: object) -> Frame:
    step = next(step for step in STEPS if step.key == key)
    values = {knob.key: step.knobs.get(knob.key, knob.default) for knob in KNOBS} | knobs
    values["heads"] = experiment.settings.heads
    values["direction"] = experiment.settings.direction
    frame = Frame(step=step, snapshot=object(), knobs=MappingProxyType(values))
    asked = question(frame)
    assert asked is not None
    return dataclasses.replace(frame, answer=whole(experiment.answer(asked)))


# -- the arithmetic -----------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["vectors", "positions", "qkv", "scores", "softmax", "mix"])
@pytest.mark.parametrize("layer", [1, 2])
@pytest.mark.parametrize("head", [1, 4])
def test_every_cell_written_out_equals_the_models_tensor(
    experiment: TranslationExperiment, key: str, layer: int, head: int
) -> None:
    frame = frame_of(experiment, key, layer=layer, head=head)
    picture = PICTURES[str(frame.knobs["picture"])]
    for row in range(8):
        for column in range(8):
            targets = [("cell", row, column)]
            if key == "qkv":
                targets = [("made", which, row, column) for which in projections.WHICH]
            for target in targets:
                card = picture.lens(dataclasses.replace(frame, hover=target), frame.answer)
                assert card.good is True, (target, card.rows)


def test_a_row_of_weights_adds_up_to_one(experiment: TranslationExperiment) -> None:
    frame = frame_of(experiment, "heads")
    for row in range(len(frame.answer.tokens)):
        assert heads.lens(dataclasses.replace(frame, hover=("row", row)), frame.answer).good


@pytest.mark.parametrize("count", [1, 4, 16, 64])
def test_terms_left_out_are_in_the_sum(count: int) -> None:
    terms = np.random.default_rng(count).normal(size=count)
    indices, others, hidden = shown_terms(terms, 12)
    assert len(indices) + hidden == count
    assert terms[indices].sum() + others == pytest.approx(terms.sum())


def test_one_head_reads_with_all_64_numbers() -> None:
    frame = frame_of(TranslationExperiment(Settings(heads=1)), "scores", head=4)
    assert product_of(frame, frame.answer).left.shape[1] == 64
    assert crossing.lens(frame, frame.answer).good


# -- cuts ---------------------------------------------------------------------------------------


def test_a_masked_cell_gets_no_weight_and_the_rest_share_it(
    experiment: TranslationExperiment,
) -> None:
    frame = frame_of(experiment, "softmax", edges=(4.0, 2.0))
    (_, _, _), (masked, _, _), (weights, _, _) = softmax.stages(frame, frame.answer)
    assert masked[4, 2] == -np.inf
    assert weights[4, 2] == 0
    assert weights[4].sum() == pytest.approx(1)
    assert softmax.lens(dataclasses.replace(frame, hover=("cell", 4, 2)), frame.answer).good


def test_pairs_are_put_in_and_taken_out() -> None:
    once = toggled({}, "edges", (3, 0))
    twice = toggled({"edges": once}, "edges", (1, 2))
    assert pairs_in({"edges": twice}, "edges") == ((3, 0), (1, 2))
    assert pairs_in({"edges": toggled({"edges": twice}, "edges", (3, 0))}, "edges") == ((1, 2),)


def test_edges_outside_the_sentence_are_not_cut() -> None:
    assert cuts_of({"edges": (9.0, 1.0, 1.0, 0.0)}, 5).edges == (Edge("encoder", 1, 0),)


def test_a_true_edge_is_measured_as_its_relation(experiment: TranslationExperiment) -> None:
    whole = frame_of(experiment, "cut", relation="none")
    assert whole.answer.cuts == INTACT
    truth = next(t for t in whole.answer.reading.truths if t.relation == "homonym")
    edge = (float(truth.row), float(truth.column))
    frame = frame_of(experiment, "cut", relation="none", edges=edge)
    asked = question(frame)
    assert asked is not None and asked.damage is not None
    assert asked.damage.relations == (RelationEdges("homonym"),)
    assert asked.having == "homonym" == measured_in(frame.knobs, frame.answer.tokens[:-1])
    assert (truth.row, truth.column) in cutting.cut_cells(frame.answer, "encoder")
    assert frame.answer.attention(0).weights[:, truth.row, truth.column].max() == 0


def test_what_is_slow_is_asked_only_where_it_is_shown(experiment: TranslationExperiment) -> None:
    for step in STEPS:
        asked = question(frame_of(experiment, step.key))
        assert asked is not None
        picture = step.knobs["picture"]
        assert asked.scores == (picture == "relations")
        assert (asked.damage is not None) == (picture in ("cut", "waves"))


def test_clicks_cut_lock_and_choose(experiment: TranslationExperiment, qtbot: object) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    cut = frame_of(experiment, "cut")
    assert view.pick(cut, ("cell", 2, 0)).knobs == {"edges": (2.0, 0.0)}
    assert view.pick(cut, ("head", 1, 3)).knobs == {"silenced": (1.0, 3.0)}
    shown = frame_of(experiment, "heads")
    assert view.pick(shown, ("head", 1, 3)).knobs == {"layer": 2, "head": 4}
    assert view.pick(shown, ("cell", 2, 0)).selection == ("cell", 2, 0)
    assert view.pick(shown, ("another",)).knobs["edges"] == ()
    assert view.pick(dataclasses.replace(shown, selection=("row", 1)), ()).selection == ()


# -- tokens -------------------------------------------------------------------------------------


def test_an_unknown_word_is_marked_and_can_be_exchanged(
    experiment: TranslationExperiment, qtbot: object
) -> None:
    frame = frame_of(experiment, "tokens", sentence="펭귄이 의자에 앉아 있다")
    layout = attention_layout(frame, ROOMS[0])
    target, word, rect = layout.notice.offers[0]
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    assert target == ("nearest", 0, word)
    assert view.hit(layout, frame, rect.center()) == target
    assert str(view.pick(frame, target).knobs["sentence"]).startswith(word)
    assert pieces.lens(frame, frame.answer) is not None
    assert splits.korean_of(frame, frame.answer)[0] == "펭귄"


# -- the lesson ---------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_beats_go_forward_and_have_their_code_lines(
    experiment: TranslationExperiment, step: object
) -> None:
    frame = frame_of(experiment, step.key)  # type: ignore[attr-defined]
    beats = PICTURES[str(frame.knobs["picture"])].beats(frame, frame.answer)
    times = [beat.at for beat in beats]
    assert times == sorted(times) and times[-1] <= 6
    assert frame.step.code is not None
    source = source_of(frame.step.code)
    for key, text in frame.step.lines.items():
        assert key in {beat.key for beat in beats}
        line_of(source, text)


# -- the pointer and the picture ----------------------------------------------------------------


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_a_cell_is_found_under_the_pointer(experiment: TranslationExperiment, room: Room) -> None:
    for key, rect_of in (
        ("vectors", lambda layout, f: vectors.rects(layout, f, f.answer)[2]),
        ("scores", lambda layout, f: crossing.places(layout, f, f.answer).result),
        ("mix", lambda layout, f: crossing.places(layout, f, f.answer).result),
        ("softmax", lambda layout, f: softmax.rects(layout, f, f.answer)[1]),
        ("heads", lambda layout, f: heads.places(layout, f, f.answer).whole),
        ("cut", lambda layout, f: cutting.places(layout, f, f.answer).whole),
        ("positions", lambda layout, f: waves.rects(layout)[0]),
    ):
        frame = frame_of(experiment, key)
        layout = attention_layout(frame, room)
        picture = PICTURES[str(frame.knobs["picture"])]
        columns = {"vectors": 64, "mix": 16, "positions": 64}.get(key, len(frame.answer.tokens))
        rows = waves.SHOWN if key == "positions" else len(frame.answer.tokens)
        box = cell(rect_of(layout, frame), 3, 5, rows, columns)
        assert picture.hit(layout, frame, frame.answer, box.center()) == ("cell", 3, 5), key


@pytest.mark.parametrize("sentence", [HOMONYM, LONG])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_words_are_neither_cut_nor_small_nor_on_top_of_each_other(
    experiment: TranslationExperiment, qtbot: object, step: object, sentence: str
) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    frame = frame_of(experiment, step.key, sentence=sentence)  # type: ignore[attr-defined]
    for language in LANGUAGES:
        said = dataclasses.replace(frame, language=language)
        for theme, size in (("light", QSize(1192, 720)), ("projector", QSize(976, 638))):
            assert faults(words(view, said, 99, theme, size), size, 11) == []  # type: ignore[arg-type]


def test_english_is_read_as_well(qtbot: object) -> None:
    experiment = TranslationExperiment(Settings(direction="en-ko"))
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    image = QImage(1192, 720, QImage.Format.Format_RGB32)
    for step in STEPS:
        frame = frame_of(experiment, step.key)
        assert frame.answer.tokens[0] == "the"
        with QPainter(image) as painter:
            paint(view, painter, image.rect().toRectF(), frame, 99, COLOURS["light"])


def test_without_an_answer_it_says_so(experiment: TranslationExperiment, qtbot: object) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    image = QImage(600, 360, QImage.Format.Format_RGB32)
    for step in STEPS:
        frame = dataclasses.replace(frame_of(experiment, step.key), answer=None)
        with QPainter(image) as painter:
            paint(view, painter, image.rect().toRectF(), frame, 0, COLOURS["dark"])
        assert view.lens(frame, 0) is None


@pytest.mark.parametrize("apart", [10.0, 200.0, 900.0])
def test_an_arc_keeps_below_its_ceiling(apart: float) -> None:
    start, end = QPointF(0, 300), QPointF(apart, 300)
    path = arc_path(start, end, arc_height(start, end, 150))
    assert path.boundingRect().top() >= 300 - 150 - 1
