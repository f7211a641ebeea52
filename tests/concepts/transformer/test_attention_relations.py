"""The attention scene's relations and cuts in all three attentions, of four heads and of one."""

from __future__ import annotations

import dataclasses
from functools import cache
from types import MappingProxyType

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize

from explainer.concepts.transformer.attention import cutting, harm, heads, relations, scoring
from explainer.concepts.transformer.attention.focus import question
from explainer.concepts.transformer.attention.knobs import KNOBS, ways_of
from explainer.concepts.transformer.attention.layout import attention_layout
from explainer.concepts.transformer.attention.mapping import aligned, head_map, is_found
from explainer.concepts.transformer.attention.view import AttentionView
from explainer.concepts.transformer.cuts import ATTENTION_KINDS, Edge, Head, Place, RelationEdges
from explainer.concepts.transformer.experiment import TranslationExperiment
from explainer.concepts.transformer.questions import Translate
from explainer.concepts.transformer.settings import Settings
from explainer.concepts.transformer.tokens import END
from explainer.lesson import LANGUAGES
from explainer.stage.frame import Frame, Room
from explainer.stage.heatmap import cell
from tests.concepts.transformer.test_attention_scene import ROOMS, frame_of
from tests.lettering import faults, words

PAST = "소녀들이 자기 배를 먹고 있지 않았다"
TRUE = ("the", "girls", "were", "not", "eating", "their", "pear", END)


@cache
def _experiment(heads: int) -> TranslationExperiment:
    return TranslationExperiment(Settings(heads=heads))


@pytest.fixture(params=[4, 1])
def experiment(request: pytest.FixtureRequest) -> TranslationExperiment:
    return _experiment(request.param)


@cache
def _frame(experiment: TranslationExperiment, key: str, kind: str) -> Frame:
    return frame_of(experiment, key, sentence=PAST, attention=kind)


def map_of(experiment: TranslationExperiment, kind: str, **knobs: object) -> Frame:
    """Return the step `relations` with view knobs turned: they change no answer."""
    frame = _frame(experiment, "relations", kind)
    return dataclasses.replace(frame, knobs=MappingProxyType({**frame.knobs, **knobs}))


# -- the maps -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["decoder", "cross"])
def test_a_map_is_the_decoders_while_the_true_translation_is_fed_in(
    experiment: TranslationExperiment, kind: str
) -> None:
    frame = map_of(experiment, kind, layer=2, head=1)
    shown = head_map(frame, frame.answer)
    tokens = frame.answer.tokens[:-1]
    written = experiment.answer(Translate(tokens, forced=TRUE))
    assert np.array_equal(shown.weights, written.attention[Place(kind, 1)].weights[0])
    assert shown.rows == (*TRUE[:-1], "end")
    assert shown.columns == (("start", *TRUE[:-1]) if kind == "decoder" else (*tokens, "end"))
    known = {(shown.rows[t.row], shown.columns[t.column]) for t in shown.truths}
    if kind == "decoder":
        assert known == {
            ("eating", "girls"), ("their", "girls"), ("were", "girls"), ("pear", "eating"),
        }  # fmt: skip
        assert all(shown.sees(t.row, t.column) for t in shown.truths)
        assert not np.triu(shown.weights, 1).any()
    else:
        assert {("were", "들"), ("were", "았"), ("not", "않"), ("pear", "먹고")} <= known
        assert {("girls", "소녀"), ("pear", "배"), ("eating", "먹고")} <= known
    for truth in shown.truths:
        found = shown.weights[truth.row].max() == shown.weights[truth.row, truth.column]
        assert is_found(shown, truth) == found


def test_content_words_lie_where_the_alignment_says(experiment: TranslationExperiment) -> None:
    pair = map_of(experiment, "cross").answer.reading.pair
    rows = {(pair.english[t.row], pair.korean[t.column]) for t in aligned(pair, "ko")}
    assert rows == {("girls", "소녀"), ("eating", "먹고"), ("pear", "배")}
    turned = {(pair.korean[t.row], pair.english[t.column]) for t in aligned(pair, "en")}
    assert turned == {row[::-1] for row in rows}


@pytest.mark.parametrize("kind", ATTENTION_KINDS)
def test_every_row_of_every_map_adds_up_to_one(
    experiment: TranslationExperiment, kind: str
) -> None:
    frame = map_of(experiment, kind, layer=1)
    for row in range(len(head_map(frame, frame.answer).rows)):
        assert relations.lens(dataclasses.replace(frame, hover=("row", row)), frame.answer).good


# -- the table ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ATTENTION_KINDS)
def test_the_table_holds_the_relations_of_its_map(
    experiment: TranslationExperiment, kind: str
) -> None:
    scores = map_of(experiment, kind).answer.scores
    assert {scores.relations[i] for i in scoring.held(scores, kind)} == {
        "encoder": {"particle", "place", "who", "reflexive", "homonym"},
        "decoder": {"who", "reflexive", "homonym", "plural"},
        "cross": {
            "place", "reflexive", "homonym", "plural", "tense", "negation", "translation",
        },
    }[kind]  # fmt: skip
    for layer in range(2):
        values = scoring.shares(scores, kind, layer)
        assert values.shape == (len(scoring.held(scores, kind)), experiment.settings.heads)
        assert np.isfinite(values).all()


@pytest.mark.parametrize("room", ROOMS, ids=str)
@pytest.mark.parametrize("kind", ATTENTION_KINDS)
def test_a_score_pointed_at_turns_the_map_and_a_click_keeps_it(
    experiment: TranslationExperiment, qtbot: object, kind: str, room: Room
) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    frame = map_of(experiment, kind)
    layout = attention_layout(frame, room)
    scores, last = frame.answer.scores, experiment.settings.heads - 1
    whole, _, rect = relations.rects(layout, frame, frame.answer)
    at = scoring.table_in(rect, frame, scores, kind, 2, room.type)
    assert whole.right() < at.named.left() and at.cases.right() <= layout.body.right() + 1
    row = [scores.relations[i] for i in at.kinds].index("reflexive")
    point = cell(at.layers[1], row, last, len(at.kinds), last + 1).center()
    target = view.hit(layout, frame, point)
    assert target == ("score", 1, last, at.kinds[row])
    shown = relations.shown_map(dataclasses.replace(frame, hover=target), frame.answer)
    assert (shown.place, shown.head) == (Place(kind, 1), last)
    assert any(
        (t.row, t.column) == (shown.row, shown.column)
        for t in shown.truths
        if t.relation == "reflexive"
    )
    card = relations.lens(dataclasses.replace(frame, hover=target), frame.answer)
    assert card.rows[0][1].startswith(
        f"{100 * scores.shares[shown.place][last, at.kinds[row]]:.1f}"
    )
    picked = view.pick(frame, target)
    assert picked.knobs == {"layer": 2, "head": last + 1}
    locked = dataclasses.replace(frame, selection=picked.selection)
    assert relations.relation_at(locked, frame.answer) == "reflexive"


def test_pills_choose_the_attention_and_nobody_looks_ahead(
    experiment: TranslationExperiment, qtbot: object
) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    for key in ("relations", "cut"):
        frame = _frame(experiment, key, "decoder")
        layout = attention_layout(frame, ROOMS[0])
        picture = relations if key == "relations" else cutting
        line = layout.body.top() + 8
        targets = {
            view.hit(layout, frame, QPointF(x, line)) for x in range(0, int(layout.room.width), 10)
        }
        assert {("attention", kind) for kind in ATTENTION_KINDS} <= targets
        assert view.pick(frame, ("attention", "cross")).knobs == {"attention": "cross"}
        if picture is relations:
            whole = relations.rects(layout, frame, frame.answer)[0]
        else:
            whole = cutting.places(layout, frame, frame.answer).whole
        back, ahead = (cell(whole, *at, len(TRUE), len(TRUE)).center() for at in ((4, 2), (2, 4)))
        assert view.hit(layout, frame, back) == ("cell", 4, 2)
        assert view.hit(layout, frame, ahead) == ("row", 2)


# -- cuts ---------------------------------------------------------------------------------------


def cut_of(experiment: TranslationExperiment, **knobs: object) -> Frame:
    return frame_of(experiment, "cut", sentence=PAST, **knobs)


def test_an_edge_is_cut_in_the_attention_shown(
    experiment: TranslationExperiment, qtbot: object
) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    frame = cut_of(experiment, attention="cross", relation="none")
    tense = next(t for t in head_map(frame, frame.answer).truths if t.relation == "tense")
    picked = view.pick(frame, ("cell", tense.row, tense.column))
    assert picked.knobs == {"cross_edges": (tense.row, tense.column)}
    cut = cut_of(experiment, attention="cross", relation="none", **picked.knobs)
    asked = question(cut)
    assert asked.cuts.edges == (Edge("cross", tense.row, tense.column),)
    assert asked.damage.relations == (RelationEdges("tense", "cross"),) and asked.having == "tense"
    for layer in range(2):
        weights = cut.answer.written.attention[Place("cross", layer)].weights
        assert not weights[:, tense.row, tense.column].any()
    assert cutting.cut_cells(cut.answer, "cross") == {(tense.row, tense.column)}
    assert not cutting.cut_cells(cut.answer, "encoder")
    assert harm.is_cut_everywhere(cut, cut.answer)
    another = view.changed_to(cut, "강아지가 의자에 앉아 있다")
    assert another.knobs["cross_edges"] == another.knobs["edges"] == ()


def test_a_head_is_silenced_in_the_attention_shown(
    experiment: TranslationExperiment, qtbot: object
) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    last = experiment.settings.heads - 1
    frame = cut_of(experiment, attention="decoder")
    layout = attention_layout(frame, ROOMS[0])
    small = cutting.places(layout, frame, frame.answer).small
    assert [len(row) for row in small] == [last + 1] * 2
    target = view.hit(layout, frame, small[1][last].center())
    assert target == ("head", 1, last)
    picked = view.pick(frame, target)
    assert picked.knobs == {"decoder_silenced": (1, last)}
    cut = cut_of(experiment, **picked.knobs)
    assert cut.answer.cuts.heads == (Head("decoder", 1, last),)
    assert not cut.answer.written.attention[Place("decoder", 1)].heads[last].any()


def test_heads_that_a_smaller_model_lacks_are_not_cut() -> None:
    single = TranslationExperiment(Settings(heads=1))
    frame = cut_of(single, silenced=(0.0, 2.0, 1.0, 0.0), head=3)
    assert frame.answer.cuts.heads == (Head("encoder", 1, 0),)
    assert head_map(frame, frame.answer).head == 0


def test_a_relation_between_the_languages_is_cut_where_it_lies() -> None:
    values = {"relation": "tense"}
    assert ways_of(values)[0] == ("all",)
    assert ways_of({"relation": "reflexive"})[0] == ("encoder", "all")
    assert next(knob for knob in KNOBS if knob.key == "ways").limits is ways_of


def shares_in(view: AttentionView, frame: Frame) -> int:
    said = [word.text for word in words(view, frame, 99, "light", QSize(1192, 720))]
    return sum(text.endswith(" %") for text in said)


def test_only_what_is_cut_is_said_to_be_cut(
    experiment: TranslationExperiment, qtbot: object
) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    assert shares_in(view, cut_of(experiment, relation="none")) == 1
    unnamed = cut_of(experiment, relation="none", edges=(0.0, 4.0))
    assert not harm.is_cut_everywhere(unnamed, unnamed.answer)
    assert shares_in(view, unnamed) == 1
    assert shares_in(view, cut_of(experiment, relation="none", positions=False)) >= 2


def test_single_heads_stand_side_by_side() -> None:
    single = TranslationExperiment(Settings(heads=1))
    frame = cut_of(single)
    (first,), (second,) = heads.small_maps(frame.answer, QRectF(0, 0, 500, 150))
    assert first.y() == second.y() and second.x() > first.right() and first.width() > 120


@pytest.mark.parametrize(
    ("key", "kind", "count"),
    [("relations", "decoder", 4), ("relations", "cross", 4), ("cut", "cross", 4),
     ("cut", "decoder", 1)],
)  # fmt: skip
def test_words_of_every_map_are_neither_cut_nor_small_nor_on_top_of_each_other(
    qtbot: object, key: str, kind: str, count: int
) -> None:
    view = AttentionView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    frame = _frame(_experiment(count), key, kind)
    for language in LANGUAGES:
        said = dataclasses.replace(frame, language=language)
        for theme, size in (("light", QSize(1192, 720)), ("projector", QSize(976, 638))):
            assert faults(words(view, said, 99, theme, size), size, 11) == []  # type: ignore[arg-type]
