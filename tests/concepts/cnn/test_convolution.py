"""Convolution: its arithmetic against torch, its knobs, its beats and what answers the pointer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import pairwise, product
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from explainer.concepts.cnn.convolution import moments
from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.hand_made import NAMES, OWN, PICTURES, named_kernel, resized
from explainer.concepts.cnn.convolution.layout import convolution_layout
from explainer.concepts.cnn.convolution.lens import pixel_lens
from explainer.concepts.cnn.convolution.lesson import KNOBS, STEPS
from explainer.concepts.cnn.convolution.limits import CHANNELS, MAPS, fits, side_of
from explainer.concepts.cnn.convolution.probe import (
    HAND_MADE,
    Apply,
    Filtered,
    ReadFilters,
    ReadMap,
    convolve,
    output_side,
)
from explainer.concepts.cnn.convolution.sum import written_sums
from explainer.concepts.cnn.convolution.view import ConvolutionView, picked, question, target_at
from explainer.engine.strokes import centre, example_drawing
from explainer.lesson import LANGUAGES, Step
from explainer.models.digit_net import DigitNet
from explainer.shell.source import line_of, source_of
from explainer.stage.addition import addition
from explainer.stage.colours import COLOURS, THEMES
from explainer.stage.frame import Frame, Room
from explainer.stage.heatmap import cell
from explainer.stage.view import paint

ROOMS = (Room(1192), Room(1000, type=1.2), Room(1280, type=1.5), Room(1000, type=1.6))
DEFAULTS = {knob.key: knob.default for knob in KNOBS}


@pytest.fixture(scope="module")
def net() -> DigitNet:
    net = DigitNet(torch.Generator().manual_seed(0)).eval()
    with torch.no_grad():
        net.conv1.bias += 0.1
        net.conv2.bias -= 0.1
    return net


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    centred = centre(example_drawing())
    assert centred is not None
    return centred.image


def step_of(key: str) -> Step:
    return next(step for step in STEPS if step.key == key)


def frame_of(key: str, net: DigitNet, **knobs: Any) -> Frame:
    values = {**DEFAULTS, **step_of(key).knobs, **knobs}
    frame = Frame(
        step=step_of(key),
        snapshot=object(),
        knobs=MappingProxyType(values),
        drawing=example_drawing(),
    )
    asked = question(frame)
    assert asked is not None
    return dataclasses.replace(frame, answer=asked.read(net))


# -- the arithmetic -----------------------------------------------------------------------------


@pytest.mark.parametrize("layer", ["conv1", "conv2"])
def test_every_pixel_shown_is_the_nets_own(net: DigitNet, image: np.ndarray, layer: str) -> None:
    for place in range(MAPS[layer]):
        answer = ReadMap(image, layer, place).read(net)
        for index in range(answer.count):
            assert answer.difference(index) < 1e-5
            z = answer.sums(index).sum() + answer.bias
            assert max(z, 0) == pytest.approx(answer.relu.flat[index], abs=1e-5)


@pytest.mark.parametrize("layer", ["conv1", "conv2"])
def test_maps_come_by_strength(net: DigitNet, image: np.ndarray, layer: str) -> None:
    answers = [ReadMap(image, layer, place).read(net) for place in range(MAPS[layer])]
    assert sorted(answer.map for answer in answers) == list(range(MAPS[layer]))
    for stronger, weaker in pairwise(answers):
        assert stronger.relu.std() >= weaker.relu.std()


@pytest.mark.parametrize("layer", ["conv1", "conv2"])
def test_the_code_on_show_computes_what_the_layer_does(
    net: DigitNet, image: np.ndarray, layer: str
) -> None:
    answer = ReadMap(image, layer, 1).read(net)
    y = convolve(torch.tensor(answer.source), torch.tensor(answer.kernel), answer.bias)
    np.testing.assert_allclose(y.numpy(), answer.relu, atol=1e-5)


@pytest.mark.parametrize(
    ("size", "stride", "padding", "dilation"),
    [(1, 1, 0, 1), (2, 3, 1, 1), (3, 1, 1, 1), (3, 2, 4, 3), (4, 4, 2, 2), (5, 1, 4, 2)],
)
def test_the_code_on_show_against_conv2d(
    size: int, stride: int, padding: int, dilation: int
) -> None:
    random = torch.Generator().manual_seed(size)
    x = torch.randn(3, 12, 14, generator=random)
    kernel = torch.randn(3, size, size, generator=random)
    made = convolve(x, kernel, 0.3, stride, padding, dilation)
    bias = torch.tensor([0.3])
    expected = F.conv2d(x[None], kernel[None], bias, stride, padding, dilation)[0, 0].relu()
    torch.testing.assert_close(made, expected, atol=1e-5, rtol=0)


def test_all_sizes_on_offer_agree_with_torch(net: DigitNet, image: np.ndarray) -> None:
    random = np.random.default_rng(0)
    for picture, size, stride, padding, dilation in product(
        (image, PICTURES["slope"]), (1, 3, 5), (1, 3), (0, 2), (1, 2)
    ):
        if not fits({"source": "slope" if picture.shape[0] < 28 else "drawing", "size": size,
                     "padding": padding, "dilation": dilation}):  # fmt: skip
            continue
        kernel = tuple(random.normal(size=size * size).round(1).tolist())
        answer = Apply(picture, kernel, stride, padding, dilation).read(net)
        side = output_side(picture.shape[0], size, stride, padding, dilation)
        assert answer.conv.shape == (side, side)
        np.testing.assert_array_equal(answer.source[0], picture)
        for index in range(answer.count):
            assert answer.window(index).shape == (1, size, size)
            assert answer.difference(index) < 1e-5
        np.testing.assert_array_equal(answer.relu, np.maximum(answer.conv, 0))


def test_filters_are_the_first_layers_and_the_named_ones(net: DigitNet, image: np.ndarray) -> None:
    answer = ReadFilters(image).read(net)
    with torch.no_grad():
        expected = net.conv1(torch.tensor(image)[None, None])[0].numpy()
    np.testing.assert_allclose(answer.learned_maps, expected, atol=1e-6)
    np.testing.assert_array_equal(answer.made_maps[HAND_MADE.index("identity")], image[1:-1, 1:-1])
    blurred = answer.made_maps[HAND_MADE.index("blur"), 10, 12]
    assert blurred == pytest.approx(image[10:13, 12:15].mean(), abs=1e-6)


def arrays_of(answer: Any) -> Iterator[np.ndarray]:
    for field in dataclasses.fields(answer):
        value = getattr(answer, field.name)
        if isinstance(value, np.ndarray):
            yield value


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_answers_are_finite_and_read_only(step: Step, net: DigitNet) -> None:
    for array in arrays_of(frame_of(step.key, net).answer):
        assert np.isfinite(array).all()
        assert not array.flags.writeable


# -- kernels and knobs --------------------------------------------------------------------------


def test_named_kernels_do_what_their_names_say() -> None:
    for name in ("edges", "sobel_x", "sobel_y"):
        kernel = named_kernel(name, 3)
        assert kernel is not None and sum(kernel) == 0
    for name, size in (("identity", 5), ("blur", 4), ("sharpen", 3), ("emboss", 3)):
        kernel = named_kernel(name, size)
        assert kernel is not None and sum(kernel) == pytest.approx(1)
    assert named_kernel("sobel_x", 5) is None and named_kernel("identity", 4) is None


def test_resizing_keeps_the_middle() -> None:
    kernel = tuple(float(i) for i in range(9))
    wide = resized(kernel, 5)
    assert np.reshape(wide, (5, 5))[1:4, 1:4].ravel().tolist() == list(kernel)
    assert resized(wide, 3) == kernel
    assert resized(kernel, 1) == (4.0,)


class Knobs:
    """What a person turns, mended as the session mends it."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = dict(DEFAULTS)

    def turn(self, key: str, value: Any) -> None:
        self.values[key] = value
        for knob in KNOBS:
            if knob.limits is None or knob.key == key:
                continue
            allowed, reason = knob.limits(self.values)
            assert allowed and reason.en and reason.ko
            now = self.values[knob.key]
            if now not in allowed:
                whole = all(isinstance(value, int) for value in allowed)
                nearest = min(allowed, key=lambda v: abs(v - now)) if whole else allowed[0]
                self.values[knob.key] = nearest


def test_no_way_of_turning_leads_to_an_impossible_picture(net: DigitNet) -> None:
    random = np.random.default_rng(3)
    knobs = Knobs()
    by_key = {knob.key: knob for knob in KNOBS}
    for _ in range(400):
        key = str(random.choice(["source", "size", "named", "dilation", "padding", "stride"]))
        knob = by_key[key]
        allowed = knob.limits(knobs.values)[0] if knob.limits else knob.control.values  # type: ignore[union-attr]
        knobs.turn(key, allowed[random.integers(len(allowed))])
        values = knobs.values
        assert fits(values)
        assert len(values["kernel"]) == values["size"] ** 2
        if values["named"] != OWN:
            assert values["kernel"] == named_kernel(values["named"], values["size"])
        sizes = (values[k] for k in ("size", "stride", "padding", "dilation"))
        assert output_side(side_of(values), *sizes) >= 1


def test_an_edited_kernel_is_ones_own_and_grows_round_its_middle() -> None:
    knobs = Knobs()
    edited = (0.5, *knobs.values["kernel"][1:])
    knobs.turn("kernel", edited)
    assert knobs.values["named"] == OWN and knobs.values["kernel"] == edited
    knobs.turn("size", 5)
    assert knobs.values["kernel"] == resized(edited, 5)
    knobs.turn("size", 3)
    knobs.turn("named", "blur")
    assert knobs.values["kernel"] == named_kernel("blur", 3)
    knobs.turn("size", 5)
    assert knobs.values["kernel"] == named_kernel("blur", 5)
    knobs.turn("size", 3)
    knobs.turn("named", "sobel_x")
    knobs.turn("size", 4)
    assert knobs.values["named"] == OWN


def test_limits_know_the_net(net: DigitNet) -> None:
    layers = {"conv1": net.conv1, "conv2": net.conv2}
    assert {name: layer.out_channels for name, layer in layers.items()} == MAPS
    assert {name: layer.in_channels for name, layer in layers.items()} == CHANNELS
    assert set(HAND_MADE) | {OWN} == set(NAMES)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_steps_declare_what_the_limits_allow(step: Step) -> None:
    values = {**DEFAULTS, **step.knobs}
    for knob in KNOBS:
        if knob.limits is not None:
            assert values[knob.key] in knob.limits(values)[0], knob.key


# -- beats --------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_beats_have_their_lines_and_end_in_time(step: Step, net: DigitNet) -> None:
    assert step.code is not None
    source = source_of(step.code)
    for wanted in step.lines.values():
        line_of(source, wanted)
    frame = frame_of(step.key, net)
    beats = moments.beats(frame, frame.answer)
    times = [beat.at for beat in beats]
    assert times == sorted(times) and times[0] == 0 and 0 < times[-1] < 10
    assert {beat.key for beat in beats} & set(step.lines)


def test_one_beat_for_every_output_pixel(net: DigitNet) -> None:
    frame = frame_of("slide", net)
    answer: Convolved = frame.answer
    said = {beat.said for beat in moments.beats(frame, answer)}
    assert len(said) == answer.count + 1 and f"window 9 / {answer.count}" in said
    pace = moments.pace_of(answer)
    first = answer.first_inked
    assert pace.slow == {0, *range(first, first + moments.SLOW)}
    gaps = np.diff(pace.ends)[first + moments.SLOW :]
    assert (np.diff(gaps) <= 1e-9).all(), "it never slows down"
    for index in (0, 1, 2, 3, first, first + 2, answer.count - 1):
        now = moments.moment(frame, answer, moments.time_of(frame, answer, index))
        assert (now.index, now.come, now.put) == (index, 1.0, 1.0)
    korean = dataclasses.replace(frame, language="ko")
    assert moments.beats(korean, answer)[-2].said == f"창 {answer.count} / {answer.count}"


@pytest.mark.parametrize("key", ["slide", "hand", "edit", "size", "dilation"])
def test_the_readout_counts_the_window_that_has_come(key: str, net: DigitNet) -> None:
    frame = frame_of(key, net)
    beats = moments.beats(frame, frame.answer)
    for time in np.linspace(0, beats[-1].at, 400):
        now = moments.moment(frame, frame.answer, time)
        if now.come == 1:
            reached = [beat.said for beat in beats if beat.at <= time + 1e-6][-1]
            assert reached in (f"window {now.index + 1} / {frame.answer.count}", "strongest window")


@pytest.mark.parametrize("key", ["slide", "hand", "edit", "size", "dilation"])
def test_it_ends_on_the_strongest_window(key: str, net: DigitNet) -> None:
    frame = frame_of(key, net)
    last = moments.beats(frame, frame.answer)[-1]
    assert last.said == "strongest window"
    for time in (last.at, 99.0):
        now = moments.moment(frame, frame.answer, time)
        assert (now.come, now.revealed) == (1.0, frame.answer.count)
        assert frame.answer.conv.flat[now.index] == frame.answer.conv.max()


def test_the_card_gives_no_result_before_it_is_there(net: DigitNet) -> None:
    for key in ("window", "slide", "channels", "bend"):
        frame = frame_of(key, net)
        view = ConvolutionView
        for beat in moments.beats(frame, frame.answer)[:7]:
            for at in (beat.at, beat.at + 0.05):
                now = moments.moment(frame, frame.answer, at)
                card = view.lens(None, frame, at)  # type: ignore[arg-type]
                assert card is not None
                index, is_done = moments.settled(now)
                shown = "PyTorch" in card.title
                assert shown == is_done and (card.good is not None) == is_done
                if now.index == index and now.put < 1:
                    assert not shown


@pytest.mark.parametrize("key", ["slide", "hand", "edit", "size", "dilation"])
def test_half_way_the_window_is_on_ink(key: str, net: DigitNet) -> None:
    frame = frame_of(key, net)
    half = moments.beats(frame, frame.answer)[-1].at / 2
    assert frame.answer.window(moments.moment(frame, frame.answer, half).index).any()


def test_the_first_window_on_ink(net: DigitNet, image: np.ndarray) -> None:
    for stride, padding, dilation in ((1, 0, 1), (2, 1, 1), (3, 0, 2)):
        answer = Apply(image, (1.0,) * 9, stride, padding, dilation).read(net)
        inked = [bool((answer.window(i) > 0.2).any()) for i in range(answer.count)]
        assert answer.first_inked == inked.index(True)
    assert Apply(np.zeros((9, 9), np.float32), (1.0,) * 9).read(net).first_inked == 0


def test_a_pointer_borrows_the_animation(net: DigitNet) -> None:
    frame = frame_of("slide", net)
    answer: Convolved = frame.answer
    columns = answer.conv.shape[1]
    for hover, index in ((("output", 5, 7), 5 * columns + 7), (("input", 6, 8), 5 * columns + 7)):
        now = moments.moment(dataclasses.replace(frame, hover=hover), answer, 3.0)
        assert (now.index, now.put) == (index, 1.0)
        assert now.revealed == moments.moment(frame, answer, 3.0).revealed
    over = dataclasses.replace(frame_of("channels", net), hover=("channel", 2))
    assert moments.shown_channel(over, over.answer) == 2


def test_reduced_motion_shows_ends_only(net: DigitNet) -> None:
    frame = dataclasses.replace(frame_of("channels", net), reduced=True)
    now = moments.moment(frame, frame.answer, 0.0)
    assert (now.come, now.products, now.sums, now.bias, now.relu, now.put) == (1,) * 6


def test_the_bend_is_shown_where_it_matters(net: DigitNet) -> None:
    frame = frame_of("bend", net)
    index = moments.telling(frame, frame.answer)
    assert frame.answer.conv.flat[index] < 0 and frame.answer.relu.flat[index] == 0


# -- the picture --------------------------------------------------------------------------------


@pytest.mark.parametrize("room", ROOMS)
def test_hits_and_picks(net: DigitNet, room: Room) -> None:
    frame = frame_of("channels", net, once=False)
    answer, layout = frame.answer, convolution_layout(frame, room)
    assert target_at(layout, answer, cell(layout.source, 3, 4, *answer.sides).center()) == (
        "input", 3, 4,
    )  # fmt: skip
    target = target_at(layout, answer, cell(layout.output, 2, 5, *answer.conv.shape).center())
    assert target == ("output", 2, 5)
    time = picked(frame, answer, target).time
    assert time is not None
    assert moments.moment(frame, answer, time).index == 2 * answer.conv.shape[1] + 5
    size = answer.size
    assert target_at(layout, answer, cell(layout.kernel, 1, 2, size, size).center()) == (
        "weight", 1, 2,
    )  # fmt: skip
    target = target_at(layout, answer, layout.chips[3].center())
    assert target == ("channel", 3)
    assert picked(frame, answer, target).knobs == {"channel": 4}
    assert target_at(layout, answer, QPointF(1, 1)) == ()

    frame = frame_of("filters", net)
    layout = convolution_layout(frame, room)
    target = target_at(layout, frame.answer, layout.tiles[9][1].center())
    assert target == ("tile", 9)
    time = picked(frame, frame.answer, target).time
    assert time is not None and moments.tiles_done(frame, 15, time) == pytest.approx(10)


def test_a_click_raises_a_weight_where_weights_are_offered(net: DigitNet) -> None:
    frame = frame_of("edit", net)
    before = frame.knobs["kernel"]
    layout = convolution_layout(frame, Room())
    target = target_at(layout, frame.answer, cell(layout.kernel, 1, 2, 3, 3).center())
    kernel = picked(frame, frame.answer, target).knobs["kernel"]
    assert before[5] == 2 and kernel[5] == -2
    assert kernel[:5] + kernel[6:] == before[:5] + before[6:]
    assert picked(frame, frame.answer, ("weight", 0, 0)).knobs["kernel"][0] == before[0] + 1
    assert not picked(frame, frame.answer, ("pixel", 0, 0)).knobs
    fixed = frame_of("hand", net)
    assert not picked(fixed, fixed.answer, ("weight", 0, 0)).knobs


def test_relu_answers_on_both_maps(net: DigitNet) -> None:
    frame = frame_of("relu", net)
    layout = convolution_layout(frame, Room())
    for rect in (layout.source, layout.output):
        point = cell(rect, 4, 6, *frame.answer.conv.shape).center()
        assert target_at(layout, frame.answer, point) == ("output", 4, 6)


def test_the_card_agrees_with_the_net_or_warns(net: DigitNet) -> None:
    frame = frame_of("channels", net)
    answer: Convolved = frame.answer
    index = moments.telling(frame, answer)
    card = pixel_lens(frame, answer, index)
    assert card.good is True and card.title.startswith("Our z")
    bent = dataclasses.replace(answer, bias=answer.bias + 0.1)
    card = pixel_lens(frame, bent, index)
    assert card.good is False


def rects_of(value: Any) -> Iterator[QRectF]:
    if isinstance(value, QRectF):
        yield value
    elif type(value) is tuple:
        for part in value:
            yield from rects_of(part)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_everything_lies_on_the_stage(step: Step, room: Room, net: DigitNet) -> None:
    layout = convolution_layout(frame_of(step.key, net), room)
    stage = QRectF(0, 0, room.width, room.height)
    parts = tuple(getattr(layout, field.name) for field in dataclasses.fields(layout))
    for rect in rects_of(parts):
        assert rect.isEmpty() or stage.contains(rect), rect
    apart = [layout.source, layout.window, layout.kernel, layout.products, layout.output]
    apart += [*layout.chips, layout.total, layout.y, layout.hinge, layout.formula, *layout.legends]
    for place, one in enumerate(apart):
        for other in apart[place + 1 :]:
            assert not one.intersects(other), (one, other)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_every_step_paints_in_every_theme(step: Step, net: DigitNet, qtbot: Any) -> None:
    view = ConvolutionView()
    qtbot.addWidget(view)
    frame = frame_of(step.key, net)
    empty = dataclasses.replace(frame, answer=None, snapshot=None)
    # An answer may lag behind the knobs by a frame.
    late = dataclasses.replace(
        frame,
        knobs=MappingProxyType({**frame.knobs, "size": 5, "kernel": (0.0,) * 25, "channel": 8}),
        hover=("weight", 2, 2),
    )
    over = dataclasses.replace(frame, hover=("output", 1, 1), reduced=True)
    for theme, language in product(THEMES, LANGUAGES):
        for shown in (frame, empty, late, over):
            said = dataclasses.replace(shown, language=language)
            for time in (0.0, 2.0, 5.0, 99.0):
                image = QImage(596, 360, QImage.Format.Format_RGB32)
                image.fill(COLOURS[theme].background)
                with QPainter(image) as painter:
                    paint(view, painter, QRectF(image.rect()), said, time, COLOURS[theme])
                view.lens(said, time)
            assert view.described(said)


def test_an_empty_pad_is_taken_for_the_built_in_digit(image: np.ndarray) -> None:
    frame = Frame(step=STEPS[0], knobs=MappingProxyType(DEFAULTS))
    asked = question(frame)
    assert isinstance(asked, ReadMap)
    np.testing.assert_array_equal(asked.image, image)
    values = {**DEFAULTS, "scene": "own", "source": "square"}
    own = question(dataclasses.replace(frame, knobs=MappingProxyType(values)))
    assert isinstance(own, Apply)
    np.testing.assert_array_equal(own.image, PICTURES["square"])


def test_a_kernel_that_equals_a_named_one_has_its_name() -> None:
    knobs = Knobs()
    knobs.turn("size", 5)
    assert knobs.values["named"] == OWN
    knobs.turn("size", 3)
    assert knobs.values["named"] == "sobel_x"
    knobs.turn("kernel", named_kernel("sharpen", 3))
    assert knobs.values["named"] == "sharpen"


def test_sums_are_written_so_that_they_add_up() -> None:
    terms = (0.72467, 0.63867, 0.74633, 0.58467)
    assert sum(round(v, 3) for v in terms) != pytest.approx(round(sum(terms), 3), abs=1e-9)
    written = addition((*terms, sum(terms)))
    assert written.is_exact and written.sign == "=" and written.decimals > 3
    exact = round(sum(terms), written.decimals)
    assert sum(round(v, written.decimals) for v in terms) == pytest.approx(exact, abs=1e-9)
    assert addition((0.5, 0.25, 0.75)).decimals == 3
    never = addition((1 / 3, 1 / 3, 1 / 3, 1.0))
    assert (never.decimals, never.is_exact, never.sign) == (3, False, "≈")


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("key", ["window", "channels", "bend"])
def test_what_the_picture_adds_adds_up_or_says_about(key: str, room: Room, net: DigitNet) -> None:
    frame = frame_of(key, net)
    answer: Convolved = frame.answer
    layout = convolution_layout(frame, room)
    for index in range(0, answer.count, 7):
        written = written_sums(layout, answer, index)
        d, sums = written.decimals, answer.sums(index)
        total, z = sums.sum(), sums.sum() + answer.bias
        parts = [round(float(v), d) for v in (*sums, answer.bias)]
        if written.is_exact:
            assert sum(parts) == pytest.approx(round(z, d), abs=1e-9)
            if room.large:
                assert sum(parts[:-1]) == pytest.approx(round(total, d), abs=1e-9)


def test_one_answer_is_not_taken_for_another(net: DigitNet) -> None:
    frame = frame_of("filters", net)
    assert isinstance(frame.answer, Filtered)
    other = dataclasses.replace(frame, answer=object())
    assert ConvolutionView.beats(None, other)[0].at == 0.0  # type: ignore[arg-type]
