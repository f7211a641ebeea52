"""The view contract: everything on the stage is a pure function of a frame and the lesson time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target


class Contract:
    """What a scene gives, and what stands where it gives nothing."""

    def request(self, frame: Frame) -> Any | None:
        """Return the question to ask the model for this frame, or None."""
        return None

    def along(self, frame: Frame) -> Any | None:
        """Return a question to ask at every kept frame of the film, or None."""
        return None

    def layout_in(self, frame: Frame, room: Room) -> Any:
        """Return a frozen dataclass of rectangles in design units; its field `room` is `room`."""
        raise NotImplementedError

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the step's animation, the last one its end."""
        return (Beat("", 0.0),)

    def draw_ground(self, painter: QPainter, layout: Any, frame: Frame, colours: Colours) -> None:
        """Draw what lies under the still part and outlives it, such as what no answer changes."""

    def ground_depends_on(self, frame: Frame) -> Any:
        """Return what of a frame the ground shows; while it is equal, the ground is kept."""
        return None

    def draw_still(self, painter: QPainter, layout: Any, frame: Frame, colours: Colours) -> None:
        """Draw what does not depend on the lesson time; kept as a picture while at rest."""

    def still_depends_on(self, frame: Frame) -> Any:
        """Return what of a frame the still part shows; while it is equal, that part is kept."""
        return frame

    def draw_moving(
        self, painter: QPainter, layout: Any, frame: Frame, time: float, colours: Colours
    ) -> None:
        """Draw what moves, over the still part."""

    def moves_within(self, layout: Any, frame: Frame) -> QRectF | None:
        """Return what `draw_moving` can change, in design units; None is the whole picture."""
        return None

    def charts(self, layout: Any, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the charts of the frame, with their rectangles in design units."""
        return ()

    def hit(self, layout: Any, frame: Frame, point: QPointF) -> Target:
        """Return what lies under a point; () for empty space."""
        return ()

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Return what a click on a target means; empty space goes one level up."""
        return Pick(selection=target if target else self.above(frame.selection))

    def above(self, selection: Target) -> Target:
        """Return the selection one level up; Esc and a click on empty space go there."""
        return ()

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card for the right column."""
        return None

    def described(self, frame: Frame) -> str:
        """Return one sentence on what is on the stage, for screen readers."""
        return frame.say(frame.step.title)

    def place(self, layout: Any, frame: Frame) -> None:
        """Put child widgets (a pad, a text field) onto the layout; see `on_screen`."""

    def reset(self) -> None:
        """Forget what child widgets remember, such as the strokes that undo could take back."""

    def undo(self) -> None:
        """Take back the person's last change to what they draw or type, if there is one."""
