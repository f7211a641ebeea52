"""The training scene: everything that changes while the net learns, over one film."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.cnn.draw.input import PREPARING, network_input
from explainer.concepts.cnn.training.curves import accuracy_now, learning_chart
from explainer.concepts.cnn.training.layout import (
    TrainingLayout,
    UpdateLayout,
    kernels_layout,
    start_layout,
    training_layout,
    update_layout,
    with_names,
)
from explainer.concepts.cnn.training.lens import batch_lens, hit_training, training_lens
from explainer.concepts.cnn.training.picture import draw_training, name_width
from explainer.concepts.cnn.training.update import draw_update, update_beats
from explainer.concepts.cnn.training.words import BLOWN_UP, DASH, RUNNING, SPOKEN
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, percent, write
from explainer.stage.view import View

Layout = TrainingLayout | UpdateLayout

_SETTINGS = ("learning_rate", "batch_size", "optimiser", "augmentation")


def is_update(frame: Frame) -> bool:
    """Whether the step shows one update in slow motion."""
    return frame.knobs.get("focus") == "update"


class TrainingView(View):
    """Curves, kernels, the drawing's shares and the test digits, all at the film's step."""

    def request(self, frame: Frame) -> Any | None:
        """Ask what the next update does, or what the net says about the drawing and a digit."""
        # Brings torch, which the window does not wait for.
        from explainer.concepts.cnn.training.probe import NextUpdate, ReadNow

        if is_update(frame):
            # It makes a whole step, 8 ms: while the net learns, each would be stale at once.
            if frame.live:
                return None
            return NextUpdate(tuple(frame.knobs[key] for key in _SETTINGS))
        target = frame.hover if frame.hover[:1] == ("wall",) else frame.selection
        return ReadNow(network_input(frame), int(target[1]) if target[:1] == ("wall",) else None)

    def along(self, frame: Frame) -> Any | None:
        """Ask for the kernels and the drawing's probabilities at every kept frame."""
        from explainer.concepts.cnn.training.probe import ReadMoment

        return None if is_update(frame) else ReadMoment(network_input(frame))

    def layout_in(self, frame: Frame, room: Room) -> Layout:
        """Return the rectangles of the whole training, of the kernels alone, or of one update."""
        if is_update(frame):
            return update_layout(room)
        focus = frame.knobs.get("focus")
        if focus == "start":
            return start_layout(room)
        layout = kernels_layout(room) if focus == "kernels" else training_layout(room)
        names = name_width(frame, room.type)
        return with_names(layout, names) if names else layout

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the parts of an update in their order; elsewhere the film is what moves."""
        return update_beats() if is_update(frame) else (Beat("", 0.0),)

    def draw_still(self, painter: QPainter, layout: Layout, frame: Frame, colours: Colours) -> None:
        """Draw all that follows the film."""
        if frame.snapshot is None or frame.film is None:
            room = QRectF(0, 0, layout.room.width, layout.room.height)
            write(painter, room, frame.say(PREPARING), 20, colours.muted, align=CENTRE)
        elif isinstance(layout, TrainingLayout):
            draw_training(painter, layout, frame, colours)

    def draw_moving(
        self, painter: QPainter, layout: Layout, frame: Frame, time: float, colours: Colours
    ) -> None:
        """Draw an update as far as it has come."""
        update = frame.answer
        if not isinstance(layout, UpdateLayout):
            return
        if not hasattr(update, "losses"):
            room = QRectF(28, 0, layout.room.width - 56, layout.room.height)
            if frame.live:
                write(painter, room, frame.say(RUNNING), 18, colours.muted, align=CENTRE)
            return
        if np.isfinite(update.losses).all() and np.isfinite(update.after):
            draw_update(painter, layout, frame, update, time, colours)
        else:
            room = QRectF(28, 0, layout.room.width - 56, layout.room.height)
            write(painter, room, frame.say(BLOWN_UP), 18, colours.ink, align=CENTRE)

    def charts(self, layout: Layout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return loss and accuracy."""
        if isinstance(layout, UpdateLayout) or layout.plot.isEmpty():
            return ()
        chart = learning_chart(layout, frame, colours)
        return () if chart is None else (chart,)

    def hit(self, layout: Layout, frame: Frame, point: QPointF) -> Target:
        """Return the kernel, moment, ribbon or digit under a point."""
        if isinstance(layout, UpdateLayout):
            shown = len(frame.answer.images) if hasattr(frame.answer, "images") else 0
            for index in range(min(layout.shown, shown)):
                if layout.digit(index).contains(point):
                    return ("batch", index)
            return ()
        return hit_training(layout, frame, point)

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Go to a moment of the film; keep a digit in the lens."""
        if target and target[0] in ("kernel", "moment", "ribbon"):
            return Pick(seek=int(target[1]))
        return Pick(selection=target)

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card: the digit, kernel or ribbon pointed at, else how far training is."""
        if frame.snapshot is None or frame.film is None:
            return None
        return batch_lens(frame) if is_update(frame) else training_lens(frame)

    def described(self, frame: Frame) -> str:
        """Return how far training is, in a sentence."""
        if frame.film is None:
            return frame.say(PREPARING)
        accuracy = accuracy_now(frame.film)
        shown = DASH if accuracy is None else percent(accuracy)
        return frame.say(SPOKEN, step=f"{frame.film.step:,}", accuracy=shown)
