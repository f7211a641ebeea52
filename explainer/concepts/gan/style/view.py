"""The style scene: eight pictures of one generator that draws in styles."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.gan.style import (
    clouds,
    deciding,
    flow,
    kernel,
    learning,
    mixing,
    noise,
    truncation,
    words,
)
from explainer.concepts.gan.style.layout import StyleLayout, shown, style_layout
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, write
from explainer.stage.view import View

PICTURES: dict[str, ModuleType] = {
    "clouds": clouds,
    "flow": flow,
    "kernel": kernel,
    "mixing": mixing,
    "noise": noise,
    "truncation": truncation,
    "deciding": deciding,
    "learning": learning,
}


def is_answered(frame: Frame) -> bool:
    """Whether the answer at hand is of the kind the picture shows."""
    return frame.film is not None and isinstance(frame.answer, PICTURES[shown(frame)].ANSWER)


class StyleView(View):
    """Clouds, layers, kernels, mixtures, noise, truncation, what layers decide, and the film."""

    def request(self, frame: Frame) -> Any | None:
        """Ask what the picture shows."""
        return PICTURES[shown(frame)].request(frame)

    def along(self, frame: Frame) -> Any | None:
        """Ask for a few fakes at every kept frame."""
        return learning.along() if shown(frame) == "learning" else None

    def layout_in(self, frame: Frame, room: Room) -> StyleLayout:
        """Return the room within its margins."""
        return style_layout(room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the step's picture."""
        if not is_answered(frame):
            return (Beat("", 0.0),)
        moments: tuple[Beat, ...] = PICTURES[shown(frame)].beats(frame)
        return moments

    def draw_still(
        self, painter: QPainter, layout: StyleLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw what does not move."""
        if is_answered(frame):
            PICTURES[shown(frame)].draw_still(painter, layout, frame, colours)
            return
        room = QRectF(0, 0, layout.room.width, layout.room.height)
        write(painter, room, frame.say(words.PREPARING), 20 * layout.room.type, colours.muted,
              align=CENTRE)  # fmt: skip

    def draw_moving(
        self,
        painter: QPainter,
        layout: StyleLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Draw what has come so far."""
        if is_answered(frame):
            picture = PICTURES[shown(frame)]
            picture.draw_moving(painter, layout, frame, time, colours, self.keep)

    def charts(self, layout: StyleLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the curves of the film."""
        if shown(frame) != "learning" or not is_answered(frame):
            return ()
        return learning.charts(layout, frame, colours)

    def hit(self, layout: StyleLayout, frame: Frame, point: QPointF) -> Target:
        """Return what lies under a point."""
        if not is_answered(frame):
            return ()
        found: Target = PICTURES[shown(frame)].hit(layout, frame, self.time, point)
        return found

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Return what a click on a target means in the step's picture."""
        if not is_answered(frame):
            return Pick(selection=())
        meant: Pick = PICTURES[shown(frame)].pick(frame, target)
        return meant

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card of what is looked at."""
        if not is_answered(frame):
            return None
        card: Lens | None = PICTURES[shown(frame)].lens(frame)
        return card
