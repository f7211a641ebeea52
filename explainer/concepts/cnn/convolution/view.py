"""The convolution scene: one pixel of the live net, one's own kernel, ReLU, many kernels."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.cnn.convolution import filters as convolution_filters
from explainer.concepts.cnn.convolution import lens as convolution_lens
from explainer.concepts.cnn.convolution import moments as convolution_moments
from explainer.concepts.cnn.convolution import own as convolution_own
from explainer.concepts.cnn.convolution import pixel as convolution_pixel
from explainer.concepts.cnn.convolution import relu as convolution_relu
from explainer.concepts.cnn.convolution import words
from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.hand_made import PICTURES
from explainer.concepts.cnn.convolution.layout import ConvolutionLayout, convolution_layout
from explainer.concepts.cnn.convolution.limits import kernel_of
from explainer.concepts.cnn.convolution.pad import draw_pad_note, on_pad
from explainer.concepts.cnn.convolution.probe import (
    Apply,
    Filtered,
    ReadFilters,
    ReadMap,
)
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.heatmap import cell_at
from explainer.stage.lettering import CENTRE, write
from explainer.stage.view import View

CLICKED_MOST = 2.0  # a click on a weight goes round from -2 to 2

Question = ReadMap | ReadFilters | Apply
Answer = Convolved | Filtered


class ConvolutionView(View):
    """Convolution of the drawing by the live net, and by kernels made by hand."""

    def request(self, frame: Frame) -> Question:
        return question(frame)

    def layout_in(self, frame: Frame, room: Room) -> ConvolutionLayout:
        return convolution_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        answer = answer_of(frame)
        return (Beat("", 0.0),) if answer is None else convolution_moments.beats(frame, answer)

    def draw_still(
        self, painter: QPainter, layout: ConvolutionLayout, frame: Frame, colours: Colours
    ) -> None:
        answer = answer_of(frame)
        if answer is None:
            draw_empty(painter, layout, frame, colours)
        else:
            picture_of(answer, frame).draw_still(painter, layout, frame, answer, colours)
            if not is_built_in(frame):
                draw_pad_note(painter, layout.room, frame, colours)

    def draw_moving(
        self,
        painter: QPainter,
        layout: ConvolutionLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        answer = answer_of(frame)
        if answer is not None:
            picture = picture_of(answer, frame)
            picture.draw_moving(painter, layout, frame, answer, time, colours)

    def hit(self, layout: ConvolutionLayout, frame: Frame, point: QPointF) -> Target:
        answer = answer_of(frame)
        return () if answer is None else target_at(layout, answer, point)

    def pick(self, frame: Frame, target: Target) -> Pick:
        answer = answer_of(frame)
        return Pick() if answer is None else picked(frame, answer, target)

    def lens(self, frame: Frame, time: float) -> Lens | None:
        answer = answer_of(frame)
        return None if answer is None else convolution_lens.lens(frame, answer, time)

    def described(self, frame: Frame) -> str:
        answer = answer_of(frame)
        return super().described(frame) if answer is None else described(frame, answer)


def answer_of(frame: Frame) -> Answer | None:
    """Return the answer where it is one to this scene's questions."""
    answer: Any = frame.answer
    return answer if isinstance(answer, Convolved | Filtered) else None


def is_built_in(frame: Frame) -> bool:
    """Return whether the step's picture is one made by formula, not the pad's."""
    return frame.knobs["scene"] == "own" and str(frame.knobs["source"]) in PICTURES


def question(frame: Frame) -> Question:
    """Return what to ask for the step's picture; an empty pad is taken for the built-in digit."""
    knobs = frame.knobs
    is_own = is_built_in(frame)
    picture = PICTURES[str(knobs["source"])] if is_own else on_pad(frame.drawing)
    if knobs["scene"] == "own":
        kernel: Any = knobs["kernel"]
        stride, padding, dilation = (int(knobs[k]) for k in ("stride", "padding", "dilation"))
        return Apply(picture, kernel, stride, padding, dilation)
    if knobs["scene"] == "filters":
        return ReadFilters(picture)
    return ReadMap(picture, str(knobs["layer"]), int(knobs["map"]) - 1)


def picture_of(answer: Answer, frame: Frame) -> Any:
    """Return the module that draws an answer."""
    if isinstance(answer, Filtered):
        return convolution_filters
    if answer.layer == "own":
        return convolution_own
    return convolution_relu if frame.knobs["scene"] == "relu" else convolution_pixel


def draw_empty(
    painter: QPainter, layout: ConvolutionLayout, frame: Frame, colours: Colours
) -> None:
    """Say why there is nothing to see yet."""
    if frame.snapshot is not None:
        return  # the answer is on its way, within a frame or two
    room = layout.room
    middle = QRectF(0, 0, room.width, room.height)
    write(painter, middle, frame.say(words.PREPARING), 18 * room.type, colours.muted, align=CENTRE)


def described(frame: Frame, answer: Answer) -> str:
    """Return what is on the stage in one sentence, for screen readers."""
    if isinstance(answer, Filtered):
        learned, made = len(answer.learned), len(answer.made)
        return frame.say(words.DESCRIBED_FILTERS, learned=learned, made=made)
    before, after = (f"{m.shape[-2]}×{m.shape[-1]}" for m in (answer.source, answer.conv))
    return frame.say(
        words.DESCRIBED,
        size=answer.size,
        channels=answer.channels,
        before=before,
        after=after,
    )


def target_at(layout: ConvolutionLayout, answer: Answer, point: QPointF) -> Target:
    """Return what lies under a point.

    Returns
    -------
    Target
        ("input", row, column) of the padded input, ("output", row, column),
        ("weight", row, column) of the kernel and ("pixel" or "product", row, column) where it is
        met, ("channel", index), or ("tile", index) among many kernels.
    """
    if isinstance(answer, Filtered):
        return convolution_filters.hit(layout, point)
    is_before = layout.kernel.isEmpty()  # ReLU's input is the map, cell by cell
    sides = answer.conv.shape if is_before else answer.sides
    at = cell_at(layout.source, point, *sides)
    if at is not None:
        return ("output" if is_before else "input", *at)
    at = cell_at(layout.output, point, *answer.conv.shape)
    if at is not None:
        return ("output", *at)
    for name, rect in (
        ("weight", layout.kernel),
        ("pixel", layout.window),
        ("product", layout.products),
    ):
        at = cell_at(rect, point, answer.size, answer.size)
        if at is not None:
            return (name, *at)
    for channel, rect in enumerate(layout.chips):
        if rect.contains(point):
            return ("channel", channel)
    return ()


def raised(weight: float) -> float:
    """Return a weight one higher; after the largest a click can reach comes the smallest."""
    return weight + 1 if weight + 1 <= CLICKED_MOST else -CLICKED_MOST


def picked(frame: Frame, answer: Answer, target: Target) -> Pick:
    """Return what a click means: go to a window's moment, show a channel large, raise a weight."""
    if isinstance(answer, Filtered):
        if target and target[0] == "tile":
            beats = convolution_moments.beats(frame, answer)
            return Pick(time=beats[int(target[1]) + 1].at)
        return Pick()
    if target and target[0] == "channel":
        return Pick(knobs={"channel": int(target[1]) + 1})
    if target and target[0] == "weight" and "kernel" in frame.step.controls:
        kernel = list(kernel_of(frame.knobs))
        place = int(target[1]) * math.isqrt(len(kernel)) + int(target[2])
        if place < len(kernel):  # an answer may lag behind the kernel's size
            kernel[place] = raised(kernel[place])
        return Pick(knobs={"kernel": tuple(kernel)})
    index = convolution_moments.window_of(target, answer)
    if index is None:
        return Pick()
    if frame.knobs["scene"] == "relu":
        row = index // answer.conv.shape[1]
        return Pick(time=convolution_moments.beats(frame, answer)[row + 1].at)
    return Pick(time=convolution_moments.time_of(frame, answer, index))
