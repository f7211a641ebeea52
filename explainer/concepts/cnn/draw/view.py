"""The drawing scene: a pad, and the live network that reads it while the pen moves."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QToolButton, QWidget

from explainer.concepts.cnn.draw.cards import card
from explainer.concepts.cnn.draw.flows import draw_signal
from explainer.concepts.cnn.draw.input import (
    PREPARING,
    draw_pad,
    draw_preview,
    moved_at,
    network_input,
)
from explainer.concepts.cnn.draw.layout import DrawLayout, draw_layout, hit_net
from explainer.concepts.cnn.draw.light import draw_field
from explainer.concepts.cnn.draw.made import draw_made, hit_made
from explainer.concepts.cnn.draw.net import draw_flows, draw_net, draw_under, flows_within
from explainer.concepts.cnn.draw.opened import draw_crumbs, opened_map
from explainer.concepts.cnn.draw.pixel import draw_pixel
from explainer.engine.assets import asset
from explainer.engine.strokes import example_drawing
from explainer.lesson import Text
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.icons import icon
from explainer.stage.lettering import CENTRE, percent, write
from explainer.stage.motion import share
from explainer.stage.pad import Pad
from explainer.stage.view import View

UNDO = Text("Undo", "되돌리기")
ERASER = Text("Eraser", "지우개")
CLEAR = Text("Clear", "모두 지우기")
PAD = Text("Drawing pad", "그림판")
BARS = Text("Probabilities of the ten digits", "숫자 열 개의 확률")
GUESS = Text(
    "The network says {digit} with {chance}.",
    "신경망의 답은 {digit}, 확률은 {chance}입니다.",
)
NOTHING = Text("The pad is empty.", "그림판이 비어 있습니다.")

_FLOW = ("input", "conv1", "pool1", "conv2", "pool2", "hidden", "output")


class DrawView(View):
    """Pad, preview, every layer's maps, and the bars that follow the pen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad = Pad(self)
        self.pad.drawn.connect(self.drawn)
        self.bars = QWidget(self)
        self.bars.setObjectName("predictionBars")
        self.bars.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.bars.setProperty("probabilities", [])
        self.undo_button = self._button("undoButton", self.pad.undo)
        self.eraser_button = self._button("eraserButton", self._erase)
        self.eraser_button.setCheckable(True)
        self.clear_button = self._button("clearButton", self.pad.clear)
        self._worn: tuple[Any, ...] = ()
        self.pad.show_example(example_drawing())

    def undo(self) -> None:
        """Take the last stroke or wipe back."""
        self.pad.undo()

    def _button(self, name: str, action: Any) -> QToolButton:
        button = QToolButton(self, objectName=name, autoRaise=True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action)
        return button

    def _erase(self) -> None:
        self.pad.erasing = self.eraser_button.isChecked()

    def reset(self) -> None:
        """Forget the strokes; lay the eraser down; put the example back."""
        self.pad.show_example(example_drawing())
        self.eraser_button.setChecked(False)
        self._erase()

    def request(self, frame: Frame) -> Any | None:
        """Ask how the network reads the drawing; nothing on an empty pad."""
        # Brings torch, which the window does not wait for.
        from explainer.concepts.cnn.reading import ReadDigit

        image = network_input(frame)
        return None if image is None else ReadDigit(image)

    def layout_in(self, frame: Frame, room: Room) -> DrawLayout:
        """Return the rectangles."""
        return draw_layout(room)

    def place(self, layout: DrawLayout, frame: Frame) -> None:
        """Lay the pad, its buttons and the bars' stand-in over the picture."""
        self.pad.setGeometry(self.on_screen(layout.pad).toRect())
        self.pad.pen_width = float(frame.knobs.get("pen", 20))
        row = self.on_screen(layout.buttons).toRect()
        side = min(row.height(), row.width() // 3)
        buttons = (self.undo_button, self.eraser_button, self.clear_button)
        for place, button in enumerate(buttons):
            button.setGeometry(row.x() + place * side, row.y(), side, side)
        bars = layout.bars[0].united(layout.bars[-1])
        self.bars.setGeometry(self.on_screen(bars).toRect())
        answer = frame.answer
        chances = [] if answer is None else [float(p) for p in answer.probabilities]
        self.bars.setProperty("probabilities", chances)
        self._dress(frame, side)
        self.bars.setAccessibleDescription(self.described(frame))

    def _dress(self, frame: Frame, side: int) -> None:
        worn = (frame.language, self.colours.name, side)
        if worn == self._worn:
            return
        self._worn = worn
        self.pad.setAccessibleName(frame.say(PAD))
        self.bars.setAccessibleName(frame.say(BARS))
        ink, px = self.colours.ink, max(16, round(side * 0.55))
        for button, name, text in (
            (self.undo_button, "arrow-back-up", UNDO),
            (self.eraser_button, "eraser", ERASER),
            (self.clear_button, "trash", CLEAR),
        ):
            button.setIcon(icon(asset(f"icons/{name}.svg"), ink, px))
            button.setIconSize(QSize(px, px))
            button.setAccessibleName(frame.say(text))
            button.setToolTip(frame.say(text))

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the step's animation."""
        if frame.selection:
            return _zoom_beats(frame)
        focus = frame.knobs.get("focus", "")
        if focus == "centre":
            return (Beat("box", 0.0), Beat("scale", 1.0), Beat("mass", 2.0), Beat("done", 3.4))
        if focus == "flow":
            return (*(Beat(key, 1.3 * i) for i, key in enumerate(_FLOW)), Beat("output", 7.8))
        return (Beat("", 0.0),)

    def draw_ground(
        self, painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw the columns' edges and names unless a map is opened."""
        if not frame.selection:
            draw_under(painter, layout, frame, colours)

    def ground_depends_on(self, frame: Frame) -> Any:
        """Return what edges and names follow; of an answer only whether it is there."""
        state = (frame.answer is None, frame.language, bool(frame.selection), bool(frame.hover))
        return (*state, tuple(frame.knobs.items()))

    def draw_still(
        self, painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw the whole net unless a map is opened."""
        if frame.snapshot is None:
            words = frame.say(PREPARING)
            write(painter, layout.zoom, words, 20, colours.muted, align=CENTRE)
        if not frame.selection:
            draw_net(painter, layout, frame, colours, self.keep)
        else:
            draw_crumbs(painter, layout, frame, colours)

    def still_depends_on(self, frame: Frame) -> Any:
        """Return all but the drawing: the ink follows the pen at once, the net its answer."""
        state = (frame.answer, frame.snapshot, frame.step, frame.language)
        return (*state, frame.selection, frame.hover, tuple(frame.knobs.items()))

    def draw_moving(
        self, painter: QPainter, layout: DrawLayout, frame: Frame, time: float, colours: Colours
    ) -> None:
        """Draw the pad, the centring, the flow, or the opened map as far as it has come."""
        focus = str(frame.knobs.get("focus", ""))
        moved = moved_at(focus if not frame.selection else "", time, frame.reduced)

        def draw_input(painter: QPainter) -> None:
            draw_pad(painter, layout, frame, colours)
            draw_preview(painter, layout, frame, moved, colours)

        of = (frame.drawing, layout, moved, frame.language, tuple(frame.knobs.items()))
        self.keep(painter, "input", _input_side(layout), of, draw_input)
        if not frame.selection:
            self._draw_flows(painter, layout, frame, colours)
            draw_field(painter, layout, frame, colours)
            if focus == "flow":
                draw_signal(painter, layout, frame, time / 1.3, colours)
        elif len(frame.selection) == 2:
            draw_made(painter, layout, frame, _reached(self.beats(frame), time), colours)
        else:
            draw_pixel(painter, layout, frame, _reached(self.beats(frame), time), colours)

    def _draw_flows(
        self, painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw what flows to where; while answers stream in it follows them by one tick."""
        if frame.answer is None:
            return
        known = (layout, frame.step, frame.hover, tuple(frame.knobs.items()))
        draw = partial(draw_flows, layout=layout, frame=frame, colours=colours)
        late = (frame.answer, frame.snapshot)
        self.keep(painter, "flows", flows_within(layout), known, draw, late)

    def moves_within(self, layout: DrawLayout, frame: Frame) -> QRectF | None:
        """Return the side of the pad: the rest follows the answer, unless it is in motion."""
        stands = not frame.selection and frame.knobs.get("focus") != "flow"
        return _input_side(layout) if stands else None

    def hit(self, layout: DrawLayout, frame: Frame, point: QPointF) -> Target:
        """Return the map, cell or bar under a point."""
        if frame.selection:
            return hit_made(layout, frame, point)
        sizes = {}
        if frame.answer is not None:
            sizes = {name: frame.answer.layers[name].shape[-1] for name in layout.tiles}
        return hit_net(layout, point, sizes)

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Open a map, then a pixel; empty space goes one level up."""
        if not target:
            return Pick(selection=self.above(frame.selection))
        if target[0] == "up":
            return Pick(selection=target[1:])
        if frame.selection:
            return Pick(selection=target)
        if str(target[0]).startswith("conv") and frame.answer is not None:
            return Pick(selection=target[:2])
        if str(target[0]).startswith("pool") and frame.answer is not None:
            return Pick(selection=("conv" + str(target[0])[-1], target[1]))
        return Pick()

    def above(self, selection: Target) -> Target:
        """Return pixel to map, map to net."""
        return selection[:2] if len(selection) > 2 else ()

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card: a map, a cell, a digit, a pixel, or the three best guesses."""
        return card(frame, _reached(self.beats(frame), time))

    def described(self, frame: Frame) -> str:
        """Return the network's guess in a sentence."""
        if frame.answer is None:
            return frame.say(NOTHING)
        best = int(np.argmax(frame.answer.probabilities))
        chance = percent(float(frame.answer.probabilities[best]))
        return frame.say(GUESS, digit=best, chance=chance)


def _input_side(layout: DrawLayout) -> QRectF:
    """Return what pad and preview cover, with the band between them."""
    return QRectF(0, 0, layout.tiles["conv1"][0].left(), layout.room.height)


def _zoom_beats(frame: Frame) -> tuple[Beat, ...]:
    found = opened_map(frame)
    channels = 8 if found is None else len(found.terms)
    pace = 0.6
    beats = [Beat("channel", pace * i) for i in range(channels)]
    last = pace * channels
    return (*beats, Beat("bias", last), Beat("relu", last + 0.9), Beat("done", last + 2.0))


def _reached(beats: tuple[Beat, ...], time: float) -> float:
    """Return how many beats have been reached, with the share of the one under way."""
    for place, (beat, after) in enumerate(pairwise(beats)):
        if time < after.at:
            return place + share(time, beat.at, (after.at - beat.at) * 0.6)
    return float(len(beats))
