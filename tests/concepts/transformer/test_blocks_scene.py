"""The blocks scene: every box's arithmetic, its parameters, its moments, what answers."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest

from explainer.concepts.transformer import CONCEPT
from explainer.concepts.transformer.blocks import figures, moments, opened, overview, strands
from explainer.concepts.transformer.blocks.inside import (
    SHOWN,
    difference,
    inside,
    numbers,
    recomputed,
    rows_of,
    window,
)
from explainer.concepts.transformer.blocks.layout import named, row_names
from explainer.concepts.transformer.blocks.places import BOXES, beside
from explainer.concepts.transformer.blocks.view import BlocksView
from explainer.concepts.transformer.model import Transformer
from explainer.concepts.transformer.sentence import EXAMPLES
from explainer.concepts.transformer.tokens import UNKNOWN, vocabulary
from explainer.engine.run import Run
from explainer.engine.strokes import example_drawing
from explainer.shell.still import still_frame
from explainer.stage.colours import COLOURS
from explainer.stage.frame import Frame, Room

SCENE = CONCEPT.scene("blocks")


@pytest.fixture(scope="module")
def run() -> Run:
    made = Run(SCENE.experiment, {}, "cpu")
    for _ in range(30):
        made.advance()
    made.keep_end()
    return made


@pytest.fixture
def view(qapp: Any) -> Any:
    made = BlocksView()
    yield made
    made.close()


def frame_of(view: BlocksView, run: Run, step: str, **changes: Any) -> Frame:
    return still_frame(view, SCENE, SCENE.step(step), run, example_drawing(), "en", **changes)


def test_every_box_gives_what_the_model_gives(view: BlocksView, run: Run) -> None:
    walk = frame_of(view, run, "map").answer
    for name, box in BOXES.items():
        again, given = recomputed(walk, name)
        assert again.shape == given.shape, name
        assert difference(walk, name) < 1e-5, name
        found = inside(walk, name)
        assert len(found.signs) == len(found.panels) - 1
        for panel in found.panels:
            assert len(panel.values) == len(rows_of(walk, box)) == len(found.rows)


def test_what_an_addition_gives_is_what_the_next_branch_reads(view: BlocksView, run: Run) -> None:
    walk = frame_of(view, run, "map").answer
    for stack in ("encoder", "decoder"):
        adds = [b for b in BOXES.values() if b.stack == stack and b.part == "add"]
        for here, following in itertools.pairwise(adds):
            after = inside(walk, here.name).panels[-1].values
            assert np.array_equal(after, inside(walk, following.name).panels[0].values)
        last = inside(walk, adds[-1].name).panels[-1].values
        assert np.array_equal(last, inside(walk, f"{stack}.norm").panels[0].values)


def test_parameters_are_counted_once_and_all_of_them(view: BlocksView, run: Run) -> None:
    walk = frame_of(view, run, "parameters").answer
    assert sum(walk.count(name) for name in BOXES) == walk.total
    net = Transformer(len(vocabulary("ko").tokens), len(vocabulary("en").tokens))
    assert walk.total == sum(p.numel() for p in net.parameters())
    assert walk.count("encoder.0.self_attention") == 4 * (64 * 64 + 64)
    assert walk.count("output") == walk.count("encoder.0.add1") == 0


def test_a_square_stands_for_a_thousand_parameters(view: BlocksView, run: Run) -> None:
    frame = frame_of(view, run, "parameters")
    walk = frame.answer
    for room in (Room(), Room(1000.0, 720.0, 1.6)):
        placed = view.layout_in(frame, room).overview.boxes
        for name, rect in placed.items():
            area = overview.small_map(rect)
            found = overview.squares(area, walk.count(name))
            whole = max((square.height() for square in found), default=1.0)
            drawn = sum(square.width() / whole for square in found) * overview.SQUARE
            assert math.isclose(drawn, walk.count(name), abs_tol=1e-6)
            assert all(area.adjusted(-1, -1, 1, 1).contains(square) for square in found)
    card = opened.lens("encoder.0.add1", frame, math.inf)
    assert card.rows[0][1] == "8×64 + 8×64 = 8×64" and card.rows[1][1] == "none"


def test_a_row_of_the_decoder_is_called_by_what_it_reads_and_writes(
    view: BlocksView, run: Run
) -> None:
    frame = frame_of(view, run, "cross")
    said = frame.answer.said
    for name, box in BOXES.items():
        rows = row_names(frame, frame.answer, name)
        if box.stack == "encoder" or box.part == "embedding":
            assert all("→" not in row for row in rows)
            continue
        written = [row.split(" → ")[1] for row in rows]
        assert written == [named(token, frame) for token in said.output]
        assert [row.split(" → ")[0] for row in rows[1:]] == list(said.output[:-1])


@pytest.mark.parametrize("room", [Room(), Room(1000.0, 720.0, 1.6)], ids=str)
def test_what_is_written_is_led_back_to_what_is_read(
    view: BlocksView, run: Run, room: Room
) -> None:
    frame = frame_of(view, run, "map")
    map_ = view.layout_in(frame, room).overview
    said = frame.answer.said
    assert map_.read.texts == tuple(named(token, frame) for token in said.read)
    assert map_.read.texts[1:] == map_.output.texts[:-1]
    assert map_.titles["encoder"].y() == map_.titles["decoder"].y()
    lowest = map_.boxes["decoder.embedding"].bottom()
    assert map_.read.rects[0].top() > lowest and map_.read.rects[0].y() == map_.source.rects[0].y()
    assert map_.read.rects[-1].right() + 15 < room.width - 14


def test_products_of_the_feed_forward_are_true_as_printed(view: BlocksView, run: Run) -> None:
    walk = frame_of(view, run, "feed_forward").answer
    found = []
    for row, column in itertools.product(range(4), range(0, 64, 7)):
        lines = numbers(walk, "encoder.0.feed_forward", row, column, "x").lines
        unit, weight, product = (values for _, values, _, _ in lines)
        more = figures.factors_in(unit, weight, product)
        for a, b, c in zip(unit, weight, product, strict=True):
            written = Decimal(f"{a:.{more}f}") * Decimal(f"{b:.{more}f}")
            found.append(round(written, 2) == Decimal(f"{c:.2f}"))
    # A cell has room for four decimals; nearly all need no more.
    assert sum(found) >= 0.99 * len(found)


def test_opened_maps_have_a_colour_bar_where_there_is_room(view: BlocksView, run: Run) -> None:
    for step in ("feed_forward", "cross", "residual"):
        frame = frame_of(view, run, step)
        found = view.layout_in(frame, Room(1192.0, 720.0, 1.0)).opened
        assert found.legend > 0
        assert found.names.bottom() + found.legend <= found.numbers.y()


def test_numbers_are_those_of_the_maps(view: BlocksView, run: Run) -> None:
    walk = frame_of(view, run, "map").answer
    for name in BOXES:
        found = numbers(walk, name, 1, 63, "x")
        assert all(len(values) == len(found.heads) for _, values, _, _ in found.lines)
    added = numbers(walk, "decoder.1.add2", 2, 30, "x")
    before, adds, after = (values for _, values, _, _ in added.lines)
    assert np.abs(before + adds - after).max() < 1e-5
    unit, weight, product = (
        v for _, v, _, _ in numbers(walk, "encoder.1.feed_forward", 0, 5, "x").lines
    )
    assert np.allclose(unit * weight, product)
    heads = numbers(walk, "decoder.0.self_attention", 1, 0, "x")
    for _, values, _, _ in heads.lines:
        assert math.isclose(float(values.sum()), 1, abs_tol=1e-5)
        assert not values[2:].any(), "a row looked ahead"
    assert [window(c, 64) for c in (0, 3, 30, 63)] == [0, 0, 27, 64 - SHOWN]


def test_a_layer_norm_leaves_no_mean_and_one_deviation(view: BlocksView, run: Run) -> None:
    fresh = Run(SCENE.experiment, {}, "cpu")  # gain 1 and bias 0
    walk = frame_of(view, fresh, "norm").answer
    after = inside(walk, "encoder.1.norm1").panels[1].values
    assert np.abs(after.mean(axis=1)).max() < 1e-5
    assert np.abs(after.std(axis=1) - 1).max() < 1e-3


def test_moments_name_the_lines_of_the_code(view: BlocksView, run: Run) -> None:
    for step in SCENE.steps:
        beats = view.beats(frame_of(view, run, step.key))
        times = [beat.at for beat in beats]
        assert times == sorted(times)
        assert {beat.key for beat in beats} == set(step.lines), step.key


def test_the_encoder_is_done_before_the_decoder_writes(view: BlocksView, run: Run) -> None:
    frame = frame_of(view, run, "map")
    walk, end = frame.answer, view.beats(frame)[-1].at
    assert moments.levels_reached(0) == moments.written(walk, None, 0) == 0
    first = next(b.at for b in view.beats(frame) if b.key == "decode")
    assert moments.levels_reached(first) == moments.LEVELS
    assert moments.written(walk, None, first) == 1
    assert moments.written(walk, None, end) == len(walk.said.output)
    for place, beat in enumerate(view.beats(frame_of(view, run, "masked"))[1:-1]):
        assert moments.written(walk, "decoder.0.self_attention", beat.at) == place + 1


def test_strands_are_the_lengths_of_the_vectors(view: BlocksView, run: Run) -> None:
    walk = frame_of(view, run, "map").answer
    found = strands.lengths(walk, "decoder")
    assert found.shape == (7, len(walk.said.read))
    after = walk.said.tensors["decoder.1.residual3"]
    assert np.allclose(found[-1], np.sqrt((after**2).sum(axis=1)))


def test_what_is_drawn_is_found_again(view: BlocksView, run: Run) -> None:
    frame = frame_of(view, run, "map")
    for room in (Room(), Room(1000.0, 720.0, 1.6)):
        layout = view.layout_in(frame, room)
        for name, rect in layout.overview.boxes.items():
            assert view.hit(layout, frame, rect.center()) == ("box", name)
            assert layout.body.contains(rect)
        assert view.hit(layout, frame, QPointF(-5, -5)) == ()
    for name in BOXES:
        frame = frame_of(view, run, "map", selection=("box", name))
        layout = view.layout_in(frame, Room())
        last = layout.opened.panels[-1]
        target = view.hit(layout, frame, last.center())
        assert target[:2] == ("box", name)
        assert view.layout_in(frame, Room(1000.0, 720.0, 1.6)).opened.names.height() > 0
        for other, _, rect in layout.opened.beside:
            assert view.hit(layout, frame, rect.center()) == ("crumb", other)
            assert other in beside(name)


def test_one_goes_in_and_comes_back_up(view: BlocksView, run: Run) -> None:
    frame = frame_of(view, run, "map")
    name = "decoder.1.cross_attention"
    assert view.pick(frame, ("box", name)).selection == ("box", name)
    inner = frame_of(view, run, "map", selection=("box", name, 2))
    assert moments.focus(inner, name, math.inf)[0] == 2
    assert view.above(("box", name, 2)) == ("box", name)
    assert view.above(("box", name)) == ()
    assert view.pick(inner, ("crumb", "")).selection == ()
    assert view.pick(inner, ("crumb", "output")).selection == ("box", "output")
    other = view.pick(inner, ("another",))
    assert other.knobs["sentence"] == EXAMPLES[1]
    assert other.selection == ("box", name)
    card = opened.lens(name, inner, math.inf)
    assert card.good


def test_an_unknown_word_stands_as_it_was_typed(view: BlocksView, run: Run) -> None:
    frame = frame_of(view, run, "map", knobs={"sentence": "펭귄이 의자에 앉아 있다"})
    layout = view.layout_in(frame, Room())
    assert layout.overview.source.texts[0] == "펭귄" and layout.notice.is_warning
    assert frame.answer.said.source[0] == UNKNOWN
    target, _, rect = layout.notice.offers[0]
    assert view.hit(layout, frame, rect.center()) == target
    assert view.pick(frame, target).knobs["sentence"] != frame.knobs["sentence"]


def test_a_typed_sentence_is_walked(view: BlocksView, run: Run) -> None:
    picks: list[Any] = []
    view.picked.connect(picks.append)
    frame = frame_of(view, run, "residual")
    view.show_frame(frame, 0.0, COLOURS["light"], 1.0)
    QTest.keyClicks(view.field, "!")
    assert picks[-1].knobs["sentence"].endswith("!")
    view.undo()
    assert picks[-1].knobs["sentence"] == EXAMPLES[0]
