"""Pooling: its arithmetic against torch, its lesson, its beats and what answers the pointer."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from explainer.concepts.cnn.pooling import moments as pooling_moments
from explainer.concepts.cnn.pooling import place as pooling_place
from explainer.concepts.cnn.pooling.lane import written_mean
from explainer.concepts.cnn.pooling.layout import FAINT, map_index, part_of, pooling_layout
from explainer.concepts.cnn.pooling.lens import window_lens
from explainer.concepts.cnn.pooling.lesson import KNOBS, MAPS, STEPS
from explainer.concepts.cnn.pooling.probe import (
    KINDS,
    LAYER_AFTER,
    SHIFTS,
    Pool,
    multiply_adds,
    pushed,
    receptive_fields,
    relative_changes,
)
from explainer.concepts.cnn.pooling.view import PoolingView, picked, target_at
from explainer.engine.strokes import centre, example_drawing
from explainer.lesson import LANGUAGES
from explainer.models.digit_net import DigitNet
from explainer.shell.source import line_of, source_of
from explainer.stage.colours import COLOURS, THEMES
from explainer.stage.frame import Frame, Room
from explainer.stage.heatmap import cell
from explainer.stage.view import paint

ROOMS = (Room(1192, 720, 1.0), Room(1280, 720, 1.5), Room(1172, 720, 1.55), Room(1000, 720, 1.6))


@pytest.fixture(scope="module")
def net() -> DigitNet:
    return DigitNet(torch.Generator().manual_seed(0)).eval()


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    centred = centre(example_drawing())
    assert centred is not None
    return centred.image


def frame_of(step_key: str, net: DigitNet, **knobs: object) -> Frame:
    step = next(step for step in STEPS if step.key == step_key)
    values = {knob.key: step.knobs.get(knob.key, knob.default) for knob in KNOBS} | knobs
    frame = Frame(
        step=step, snapshot=object(), knobs=MappingProxyType(values), drawing=example_drawing()
    )
    request = PoolingView.request(None, frame)  # type: ignore[arg-type]
    return dataclasses.replace(frame, answer=request.read(net))


# -- the arithmetic -----------------------------------------------------------------------------


@pytest.mark.parametrize("layer", ["relu1", "relu2"])
@pytest.mark.parametrize(("size", "stride"), [(2, 2), (2, 1), (3, 2), (3, 3), (4, 1), (4, 3)])
def test_pooled_maps_equal_a_plain_loop(
    net: DigitNet, image: np.ndarray, layer: str, size: int, stride: int
) -> None:
    answer = Pool(image, layer, size, stride).read(net)
    values = answer.maps[0]
    for row in range(answer.maximum.shape[2]):
        for column in range(answer.maximum.shape[3]):
            top, left = row * stride, column * stride
            window = values[:, top : top + size, left : left + size]
            np.testing.assert_array_equal(
                answer.maximum[0, :, row, column], window.max(axis=(1, 2))
            )
            np.testing.assert_allclose(
                answer.average[0, :, row, column], window.mean(axis=(1, 2)), atol=1e-5
            )


@pytest.mark.parametrize("layer", ["relu1", "relu2"])
def test_max_pooling_by_two_is_the_nets_own(net: DigitNet, image: np.ndarray, layer: str) -> None:
    answer = Pool(image, layer, 2, 2).read(net)
    assert answer.own is not None
    np.testing.assert_array_equal(answer.pooled("max"), answer.own)
    with torch.no_grad():
        one = net.layers(torch.tensor(image).view(1, 1, 28, 28))
    np.testing.assert_allclose(answer.own, one[f"pool{layer[-1]}"][0].numpy(), atol=1e-5)


def test_another_window_is_not_held_against_the_net(net: DigitNet, image: np.ndarray) -> None:
    assert Pool(image, "relu2", 3, 2).read(net).own is None


def test_answers_are_finite_and_read_only(net: DigitNet, image: np.ndarray) -> None:
    answer = Pool(image, "relu2", 2, 2).read(net)
    for array in (answer.maps, answer.maximum, answer.average, *answer.layers.values()):
        assert np.isfinite(array).all()
        assert not array.flags.writeable


def test_average_never_exceeds_maximum(net: DigitNet, image: np.ndarray) -> None:
    answer = Pool(image, "relu1", 2, 2).read(net)
    assert (answer.average <= answer.maximum + 1e-6).all()
    assert answer.maximum[0].max() <= answer.peak


@pytest.mark.parametrize("layer", ["relu1", "relu2"])
@pytest.mark.parametrize(("size", "stride"), [(2, 2), (3, 1), (4, 4)])
def test_multiply_adds_against_the_shapes_torch_makes(
    net: DigitNet, image: np.ndarray, layer: str, size: int, stride: int
) -> None:
    cost = Pool(image, layer, size, stride).read(net).cost
    maps = net.layers(torch.tensor(image).view(1, 1, 28, 28))[layer]
    pooled = F.max_pool2d(maps, size, stride)
    assert cost.values == (maps.numel(), pooled.numel())
    following = net.get_submodule(LAYER_AFTER[layer])
    for shown, fed in zip(cost.multiply_adds, (maps, pooled), strict=True):
        if isinstance(following, torch.nn.Conv2d):
            made = following(fed)
            expected = made.numel() * following.in_channels * following.kernel_size[0] ** 2
        else:
            expected = torch.nn.Linear(fed.numel(), following.out_features).weight.numel()
        assert shown == expected


def test_the_nets_own_hidden_layer_is_counted_as_it_is(net: DigitNet, image: np.ndarray) -> None:
    cost = Pool(image, "relu2", 2, 2).read(net).cost
    assert cost.multiply_adds[1] == net.hidden.weight.numel()


def test_multiply_adds_of_a_padded_strided_convolution() -> None:
    layer = torch.nn.Conv2d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2)
    made = layer(torch.zeros(1, 4, 17, 12))
    assert multiply_adds(layer, 4, 17, 12) == made.numel() * 2 * 9


def test_multiply_adds_of_another_layer_is_refused() -> None:
    with pytest.raises(TypeError, match="ReLU"):
        multiply_adds(torch.nn.ReLU(), 1, 2, 2)


def test_pushing_loses_no_ink() -> None:
    picture = np.zeros((28, 28), np.float32)
    picture[5:9, 8:27] = 1
    pictures, direction = pushed(picture)
    assert direction == -1
    assert [float(p.sum()) for p in pictures] == [float(picture.sum())] * len(SHIFTS)
    np.testing.assert_array_equal(pictures[2][:, :-2], picture[:, 2:])


def test_changes_are_relative_distances(net: DigitNet, image: np.ndarray) -> None:
    answer = Pool(image, "relu2", 2, 2).read(net)
    for kind, maps in zip(KINDS, (answer.maps, answer.maximum, answer.average), strict=True):
        row = answer.changes[KINDS.index(kind)]
        expected = [np.linalg.norm(m - maps[0]) / np.linalg.norm(maps[0]) for m in maps]
        np.testing.assert_allclose(row, expected, rtol=1e-4)
        assert row[0] == 0


def test_changes_of_silent_maps_are_not_numbers() -> None:
    assert np.isnan(relative_changes(torch.zeros(4, 2, 3, 3))).all()


def test_receptive_fields_against_autograd(net: DigitNet) -> None:
    for field in receptive_fields(net):
        # With all weights 1 on white paper no path is closed by a ReLU.
        open_net = DigitNet()
        with torch.no_grad():
            for parameter in open_net.parameters():
                parameter.fill_(1.0)
        # Average pooling reaches all that max pooling could choose from.
        for name in ("pool1", "pool2"):
            own = open_net.get_submodule(name)
            setattr(open_net, name, torch.nn.AvgPool2d(own.kernel_size, own.stride))
        picture = torch.ones(1, 1, 28, 28, requires_grad=True)
        unit = open_net.layers(picture)[field.layer][0, 0, 2, 1]
        unit.backward()
        assert picture.grad is not None
        rows, columns = np.nonzero(picture.grad[0, 0].numpy())
        assert (rows.min(), rows.max() - rows.min() + 1) == field.span(2)
        assert (columns.min(), columns.max() - columns.min() + 1) == field.span(1)


def test_pooling_doubles_the_step(net: DigitNet) -> None:
    jumps = {field.layer: field.jump for field in receptive_fields(net)}
    assert jumps["pool1"] == 2 * jumps["relu1"]
    assert jumps["pool2"] == 2 * jumps["relu2"]


# -- the lesson ---------------------------------------------------------------------------------


def test_knob_limits_know_the_net(net: DigitNet) -> None:
    maps_of_net = {"relu1": net.conv1.out_channels, "relu2": net.conv2.out_channels}
    assert maps_of_net == MAPS
    knobs = {knob.key: knob for knob in KNOBS}
    maps, why = knobs["map"].limits({"layer": "relu1"})  # type: ignore[misc]
    assert maps == tuple(range(1, 9)) and "8" in why.en and "8" in why.ko
    strides, _ = knobs["stride"].limits({"size": 3})  # type: ignore[misc]
    assert strides == (1, 2, 3)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_lines_are_found_once_and_beats_have_them(step, net: DigitNet) -> None:  # type: ignore[no-untyped-def]
    source = source_of(step.code)
    for wanted in step.lines.values():
        line_of(source, wanted)
    frame = frame_of(step.key, net)
    beats = PoolingView.beats(None, frame)  # type: ignore[arg-type]
    assert {beat.key for beat in beats} <= set(step.lines)
    times = [beat.at for beat in beats]
    assert times == sorted(times) and 0 < times[-1] < 10


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_texts_are_short_and_knobs_known(step) -> None:  # type: ignore[no-untyped-def]
    for language in LANGUAGES:
        assert len(step.body.said(language).split()) <= 60
        assert step.body.said(language).count("**") % 2 == 0
    keys = {knob.key for knob in KNOBS}
    assert set(step.knobs) <= keys and set(step.controls) <= keys


# -- the picture --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "stride"), [(size, stride) for size in (2, 3, 4) for stride in range(1, size + 1)]
)
@pytest.mark.parametrize("extent", ["part", "whole"])
def test_every_window_of_the_part_gives_its_result(
    net: DigitNet, size: int, stride: int, extent: str
) -> None:
    frame = frame_of("lanes", net, size=size, stride=stride, extent=extent, row=5, column=9)
    answer = frame.answer
    part, chosen = part_of(frame, answer), map_index(frame, answer)
    shown = part.of(answer.maps[0, chosen])
    assert shown.shape == (part.high, part.wide)
    results = part.results(answer.pooled("max")[chosen])
    assert results.shape == (part.rows, part.columns)
    for index in range(part.count):
        window = part.window(index, answer.maps[0, chosen])
        assert window.shape == (size, size)
        row, column = divmod(index, part.columns)
        assert results[row, column] == window.max()
        np.testing.assert_array_equal(
            shown[row * stride : row * stride + size, column * stride : column * stride + size],
            window,
        )


@pytest.mark.parametrize("key", ["lanes", "whole", "overlap"])
def test_each_beat_shows_its_window_done(key: str, net: DigitNet) -> None:
    frame = frame_of(key, net)
    done = [b for b in pooling_moments.beats(frame, frame.answer) if b.key == "max"]
    count = part_of(frame, frame.answer).count
    assert len(done) == count + 1
    for index, beat in enumerate(done[:count]):
        now = pooling_moments.moment(frame, frame.answer, beat.at)
        assert (now.index, now.found) == (index, 1.0)
        assert now.put == pytest.approx(1.0)


@pytest.mark.parametrize("key", ["lanes", "whole", "overlap"])
def test_the_readout_counts_the_window_that_has_come(key: str, net: DigitNet) -> None:
    frame = frame_of(key, net)
    beats = pooling_moments.beats(frame, frame.answer)
    for time in np.linspace(0, beats[-1].at, 400):
        now = pooling_moments.moment(frame, frame.answer, time)
        if now.come == 1:
            reached = [beat.said for beat in beats if beat.at <= time + 1e-6][-1]
            assert reached.startswith(f"window {now.index + 1} /") or reached == "strongest window"
        card = window_lens(frame, frame.answer, time)
        reached = [beat.said for beat in beats if beat.at <= time + 1e-6][-1]
        assert reached in (card.title, "strongest window")


@pytest.mark.parametrize("key", ["lanes", "whole", "overlap"])
def test_it_ends_on_the_strongest_window(key: str, net: DigitNet) -> None:
    frame = frame_of(key, net)
    answer, part = frame.answer, part_of(frame, frame.answer)
    last = pooling_moments.beats(frame, answer)[-1]
    assert last.said == "strongest window"
    now = pooling_moments.moment(frame, answer, last.at)
    assert (now.come, now.put, now.revealed) == (1.0, 1.0, part.count)
    results = part.results(answer.pooled("max")[map_index(frame, answer)])
    assert results.flat[now.index] == results.max()


@pytest.mark.parametrize("picture", ["shift", "place"])
def test_the_card_and_the_readout_are_of_one_moment(picture: str, net: DigitNet) -> None:
    frame = frame_of(picture, net)
    beats = PoolingView.beats(None, frame)  # type: ignore[arg-type]
    for time in [*np.linspace(0, beats[-1].at, 100), *(beat.at for beat in beats)]:
        card = PoolingView.lens(None, frame, float(time))  # type: ignore[arg-type]
        reached = [beat.said for beat in beats if beat.at <= time + 1e-6][-1]
        assert card is not None and card.title.split(":")[0] == reached


def test_the_average_is_written_so_that_it_adds_up() -> None:
    window = np.array([[0.72467, 0.63867], [0.74633, 0.58467]])
    written = written_mean(window)
    assert written.is_exact and written.decimals > 3
    terms = [round(float(v), written.decimals) for v in window.flat]
    assert sum(terms) == pytest.approx(round(float(window.sum()), written.decimals), abs=1e-9)
    assert written_mean(window, 3).sign == "≈"


@pytest.mark.parametrize("key", ["lanes", "whole", "overlap", "max", "average"])
def test_the_windows_explained_hold_numbers(key: str, net: DigitNet) -> None:
    frame = frame_of(key, net)
    answer, part = frame.answer, part_of(frame, frame.answer)
    chosen = map_index(frame, answer)
    times = [pooling_moments.ALONE / 2]
    if not frame.knobs["once"]:
        pace = pooling_moments.pace_of(answer, chosen, part)
        times = [pace.come(index) for index in range(part.count) if not pace.is_quick(index)]
        assert len(times) == len(pooling_moments.SLOW)
    values = answer.maps[0, chosen]
    for time in times:
        now = pooling_moments.moment(frame, answer, time)
        assert part.window(now.index, values).max() > FAINT * values.max()


def test_hover_borrows_the_animation(net: DigitNet) -> None:
    frame = frame_of("lanes", net)
    over = dataclasses.replace(frame, hover=("output", 2, 1))
    now = pooling_moments.moment(over, frame.answer, 0.0)
    assert (now.index, now.put) == (2 * 4 + 1, 1.0)
    over = dataclasses.replace(frame, hover=("input", 5, 2))
    assert pooling_moments.moment(over, frame.answer, 0.0).index == 2 * 4 + 1
    assert pooling_moments.moment(frame, frame.answer, 0.0).index == 0


def test_cells_no_window_reaches_are_no_window(net: DigitNet) -> None:
    frame = frame_of("whole", net)
    part = part_of(frame, frame.answer)
    side = frame.answer.maps.shape[2]
    if side % 2:
        assert part.window_at(side - 1, 0) is None


@pytest.mark.parametrize("room", ROOMS)
def test_hits_and_picks(net: DigitNet, room: Room) -> None:
    frame = frame_of("lanes", net)
    answer, layout = frame.answer, pooling_layout(frame, room)
    part = part_of(frame, answer)
    inside = cell(layout.grid, 3, 4, part.high, part.wide).center()
    assert target_at(layout, frame, answer, inside) == ("input", 3, 4)
    for lane in layout.lanes:
        inside = cell(lane.output, 1, 2, part.rows, part.columns).center()
        target = target_at(layout, frame, answer, inside)
        assert target == ("output", 1, 2)
        time = picked(frame, answer, target).time
        assert time is not None
        assert pooling_moments.moment(frame, answer, time).index == 1 * part.columns + 2
    target = target_at(layout, frame, answer, layout.thumb.center())
    assert target[0] == "thumb"
    moved = picked(frame, answer, target).knobs
    assert all(int(value) % answer.stride == 0 for value in moved.values())
    assert target_at(layout, frame, answer, QPointF(1, 1)) == ()


def test_path_is_nested(net: DigitNet) -> None:
    frame = frame_of("place", net)
    spans = [
        (*field.span(row), *field.span(column))
        for field, (_, row, column) in zip(
            frame.answer.fields, pooling_place.path(frame, frame.answer), strict=True
        )
    ]
    for inner, outer in pairwise(spans):
        for at in (0, 2):
            assert outer[at] <= inner[at]
            assert inner[at] + inner[at + 1] <= outer[at] + outer[at + 1]


def test_the_card_agrees_with_the_net_or_warns(net: DigitNet) -> None:
    frame = frame_of("lanes", net)
    assert window_lens(frame, frame.answer, 99.0).good is True
    bent = dataclasses.replace(frame.answer, own=frame.answer.own + np.float32(0.1))
    assert window_lens(frame, bent, 99.0).good is False
    other = frame_of("overlap", net)
    card = window_lens(other, other.answer, 99.0)
    names = [row[0] for row in card.rows[:2]]
    assert card.good is True and names == ["Max · max_pool2d", "Average · avg_pool2d"]


def test_an_average_is_held_against_an_average(net: DigitNet) -> None:
    frame = frame_of("average", net)
    card = window_lens(frame, frame.answer, 99.0)
    (named, both), (_, difference) = card.rows
    ours, theirs = both.split(" · ")
    assert named == "Average · avg_pool2d" and ours == theirs and card.good is True
    assert float(difference) < 1e-5
    most = frame_of("max", net)
    assert all("avg" not in row[0] for row in window_lens(most, most.answer, 99.0).rows)


def test_cells_left_out_are_those_no_window_takes(net: DigitNet) -> None:
    frame = frame_of("whole", net)
    part = part_of(frame, frame.answer)
    assert part.used == (10, 10) and (part.high, part.wide) == (11, 11)
    some = frame_of("overlap", net)
    part = part_of(some, some.answer)
    assert part.used == (part.high, part.wide)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_everything_lies_on_the_stage(step, room: Room, net: DigitNet) -> None:  # type: ignore[no-untyped-def]
    layout = pooling_layout(frame_of(step.key, net), room)
    rects = [layout.grid, layout.legend, layout.thumb, *layout.bars[: 2 * (step.key == "saved")]]
    rects += [tile for row in layout.tiles for tile in row]
    for lane in layout.lanes:
        rects += [lane.heading, lane.operands, lane.result, lane.caption, lane.output]
    stage = QRectF(0, 0, room.width, room.height)
    for rect in rects:
        assert rect.isEmpty() or stage.contains(rect), rect
    for lane in layout.lanes:
        assert not lane.caption.intersects(lane.output)
        assert not lane.operands.intersects(lane.result)
        assert not layout.grid.intersects(lane.operands)
    for lane, following in pairwise(layout.lanes):
        assert lane.caption.bottom() <= following.heading.top()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_every_step_paints_in_every_theme(step, net: DigitNet, qtbot) -> None:  # type: ignore[no-untyped-def]
    view = PoolingView()
    qtbot.addWidget(view)
    frame = frame_of(step.key, net)
    empty = dataclasses.replace(frame, answer=None, snapshot=None)
    late = dataclasses.replace(
        frame, knobs=MappingProxyType({**frame.knobs, "map": 16, "size": 4, "layer": "relu1"})
    )
    reduced = dataclasses.replace(frame, reduced=True)
    for theme in THEMES:
        for language in LANGUAGES:
            for shown in (frame, empty, late, reduced):
                for time in (0.0, 1.0, 99.0):
                    image = QImage(596, 360, QImage.Format.Format_RGB32)
                    image.fill(COLOURS[theme].background)
                    with QPainter(image) as painter:
                        said = dataclasses.replace(shown, language=language)
                        paint(view, painter, QRectF(image.rect()), said, time, COLOURS[theme])
                    view.lens(said, time)
                    assert view.described(said)


def test_the_pointer_and_a_click_are_told(net: DigitNet, qtbot) -> None:  # type: ignore[no-untyped-def]
    view = PoolingView()
    qtbot.addWidget(view)
    view.resize(1192, 720)
    frame = frame_of("lanes", net)
    view.show_frame(frame, 0.0, COLOURS["light"], 1.0)
    view.show()
    layout, part = view.current_layout(), part_of(frame, frame.answer)
    at = cell(layout.grid, 2, 4, part.high, part.wide)
    point = view.on_screen(at).center().toPoint()
    with qtbot.waitSignal(view.hovered) as told:
        qtbot.mouseMove(view, point)
    assert told.args == [("input", 2, 4)]
    with qtbot.waitSignal(view.picked) as told:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    assert told.args[0].time == pooling_moments.time_of(frame, frame.answer, 6)


def test_an_empty_pad_is_taken_for_the_built_in_digit(image: np.ndarray) -> None:
    values = {knob.key: knob.default for knob in KNOBS}
    frame = Frame(step=STEPS[0], knobs=MappingProxyType(values))
    asked = PoolingView.request(None, frame)  # type: ignore[arg-type]
    np.testing.assert_array_equal(asked.image, image)
