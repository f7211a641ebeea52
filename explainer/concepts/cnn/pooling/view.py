"""The pooling scene: four pictures of what pooling keeps, saves and reaches."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.cnn.convolution.pad import draw_pad_note, on_pad
from explainer.concepts.cnn.pooling import moments as pooling_moments
from explainer.concepts.cnn.pooling import place as pooling_place
from explainer.concepts.cnn.pooling import saved as pooling_saved
from explainer.concepts.cnn.pooling import shift as pooling_shift
from explainer.concepts.cnn.pooling import windows as pooling_windows
from explainer.concepts.cnn.pooling import words
from explainer.concepts.cnn.pooling.layout import (
    PoolingLayout,
    part_of,
    pooling_layout,
)
from explainer.concepts.cnn.pooling.lens import lens
from explainer.concepts.cnn.pooling.probe import Pool, Pooled
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.heatmap import cell_at
from explainer.stage.lettering import CENTRE, write
from explainer.stage.view import View

PICTURES = {
    "windows": pooling_windows,
    "saved": pooling_saved,
    "shift": pooling_shift,
    "place": pooling_place,
}


class PoolingView(View):
    """Max and average pooling of the live net's maps of the drawing."""

    def request(self, frame: Frame) -> Pool:
        knobs, image = frame.knobs, on_pad(frame.drawing)
        return Pool(image, str(knobs["layer"]), int(knobs["size"]), int(knobs["stride"]))

    def layout_in(self, frame: Frame, room: Room) -> PoolingLayout:
        return pooling_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        answer = _answer_of(frame)
        if answer is None:
            return (Beat("", 0.0),)
        if frame.knobs["picture"] == "windows":
            return pooling_moments.beats(frame, answer)
        return PICTURES[str(frame.knobs["picture"])].beats(frame)

    def draw_still(
        self, painter: QPainter, layout: PoolingLayout, frame: Frame, colours: Colours
    ) -> None:
        answer = _answer_of(frame)
        if answer is None:
            draw_empty(painter, layout, frame, colours)
        else:
            picture = PICTURES[str(frame.knobs["picture"])]
            picture.draw_still(painter, layout, frame, answer, colours)
            draw_pad_note(painter, layout.room, frame, colours)

    def draw_moving(
        self, painter: QPainter, layout: PoolingLayout, frame: Frame, time: float, colours: Colours
    ) -> None:
        answer = _answer_of(frame)
        if answer is not None:
            picture = PICTURES[str(frame.knobs["picture"])]
            picture.draw_moving(painter, layout, frame, answer, time, colours)

    def hit(self, layout: PoolingLayout, frame: Frame, point: QPointF) -> Target:
        answer = _answer_of(frame)
        if answer is None:
            return ()
        return target_at(layout, frame, answer, point)

    def pick(self, frame: Frame, target: Target) -> Pick:
        answer = _answer_of(frame)
        return Pick() if answer is None else picked(frame, answer, target)

    def described(self, frame: Frame) -> str:
        answer = _answer_of(frame)
        return super().described(frame) if answer is None else described(frame, answer)

    def lens(self, frame: Frame, time: float) -> Lens | None:
        answer = _answer_of(frame)
        return None if answer is None else lens(frame, answer, time)


def _answer_of(frame: Frame) -> Pooled | None:
    answer: Any = frame.answer
    return answer if isinstance(answer, Pooled) else None


def draw_empty(painter: QPainter, layout: PoolingLayout, frame: Frame, colours: Colours) -> None:
    """Say why there is nothing to see yet."""
    if frame.snapshot is not None:
        return  # the answer is on its way, within a frame or two
    room = layout.room
    middle = QRectF(0, 0, room.width, room.height)
    write(painter, middle, frame.say(words.PREPARING), 18 * room.type, colours.muted, align=CENTRE)


def described(frame: Frame, answer: Pooled) -> str:
    """Return what is on the stage in one sentence, for screen readers."""
    before, after = (f"{m.shape[1]}×{m.shape[2]}" for m in (answer.maps[0], answer.pooled("max")))
    layer = frame.say(words.LAYERS[answer.layer])
    return frame.say(words.DESCRIBED, layer=layer, before=before, after=after, size=answer.size)


def target_at(layout: PoolingLayout, frame: Frame, answer: Pooled, point: QPointF) -> Target:
    """Return what lies under a point.

    Returns
    -------
    Target
        ("input", row, column) of the part shown, ("output", row, column) of the results shown,
        ("thumb", row, column) of the whole map, ("shift", push), or
        ("cell", layer, row, column).
    """
    picture = frame.knobs["picture"]
    if picture == "shift":
        return pooling_shift.hit(layout, point)
    if picture == "place":
        return pooling_place.hit(layout, answer, point)
    if picture != "windows":
        return ()
    part = part_of(frame, answer)
    at = cell_at(layout.grid, point, part.high, part.wide)
    if at is not None:
        return ("input", *at)
    for lane in layout.lanes:
        at = cell_at(lane.output, point, part.rows, part.columns)
        if at is not None:
            return ("output", *at)
    whole = answer.maps.shape[2:]
    if (part.high, part.wide) != whole:
        at = cell_at(layout.thumb, point, *whole)
        if at is not None:
            return ("thumb", *at)
    return ()


def picked(frame: Frame, answer: Pooled, target: Target) -> Pick:
    """Return what a click means: go to a window's moment, a push, a layer, or move the part."""
    if not target:
        return Pick()
    if target[0] == "shift":
        return Pick(time=pooling_shift.time_of(int(target[1])))
    if target[0] == "cell":
        return Pick(time=pooling_place.time_of(int(target[1])))
    part = part_of(frame, answer)
    if target[0] == "thumb":
        row = max(0, int(target[1]) - part.high // 2) // part.stride * part.stride
        column = max(0, int(target[2]) - part.wide // 2) // part.stride * part.stride
        return Pick(knobs={"row": row, "column": column})
    window = pooling_moments.window_of(target, part)
    if window is None:
        return Pick()
    return Pick(time=pooling_moments.time_of(frame, answer, window))
