"""The digits scene: the pictures of a DCGAN that learns to forge digits."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from explainer.concepts.gan.digit_pieces import waits
from explainer.concepts.gan.digits import (
    asked,
    asking,
    between,
    compared,
    copies,
    layers,
    plane,
    probe,
    searching,
    walking,
    wall,
    words,
)
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Pick, Room, Target
from explainer.stage.lettering import number
from explainer.stage.presses import Presses
from explainer.stage.view import View

# What each picture is drawn by, and the answer that it shows.
PICTURES: dict[str, tuple[ModuleType, type]] = {
    "film": (wall, probe.Wall),
    "live": (wall, probe.Wall),
    "balance": (wall, probe.Wall),
    "judge": (wall, probe.Wall),
    "layers": (layers, searching.Layers),
    "copies": (copies, searching.Copies),
    "plane": (plane, walking.Plane),
    "between": (between, walking.Between),
    "asked": (asked, asking.Asked),
    "compared": (compared, probe.Compared),
}
_WALLS = ("film", "live", "balance", "judge")


@dataclass(frozen=True, slots=True)
class DigitsLayout:
    """The room; each picture lays itself out in it."""

    room: Room


def shown(frame: Frame) -> str:
    """Return which picture is on the stage."""
    return str(frame.knobs.get("picture", "film"))


def is_answered(frame: Frame) -> bool:
    """Whether the answer at hand is of the kind the picture shows."""
    return isinstance(frame.answer, PICTURES[shown(frame)][1]) and frame.film is not None


def _whole(frame: Frame, key: str) -> int:
    return int(str(frame.knobs.get(key, 0)))


class DigitsView(View):
    """A wall of fakes, what the classifier says of them, and walks between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presses = Presses(self)
        self._is_dragging = False

    def request(self, frame: Frame) -> Any | None:
        """Ask what the picture shows."""
        picture = shown(frame)
        if picture in _WALLS:
            return probe.ReadWall(counted=not frame.live)
        if picture == "layers":
            return searching.ReadLayers(_whole(frame, "fake"))
        if picture == "copies":
            return searching.ReadCopies((copies.chosen(frame), *copies.OTHERS))
        if picture == "plane":
            across, down = (float(str(frame.knobs.get(key, -1.0))) for key in ("across", "down"))
            is_placed = plane.is_dragged(frame)
            return walking.ReadPlane(
                _whole(frame, "corners"),
                across if is_placed else 0.5,
                down if is_placed else 0.5,
                _whole(frame, "digit"),
            )
        if picture == "between":
            return walking.ReadBetween(*between.ends(frame))
        if picture == "asked":
            return asking.ReadAsked(_whole(frame, "digit"))
        return probe.ReadCompared()

    def along(self, frame: Frame) -> Any | None:
        """Ask for the wall at every kept frame."""
        return probe.ReadMoment() if shown(frame) in ("film", "live", "balance") else None

    def layout_in(self, frame: Frame, room: Room) -> DigitsLayout:
        """Return the room."""
        return DigitsLayout(room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the step's picture."""
        if not is_answered(frame):
            return (Beat("", 0.0),)
        module = PICTURES[shown(frame)][0]
        if module is wall:
            return wall.beats(frame, self.room())
        found: tuple[Beat, ...] = module.beats(frame)
        return found

    def draw_moving(
        self, painter: QPainter, layout: DigitsLayout, frame: Frame, time: float, colours: Colours
    ) -> None:
        """Draw the step's picture; its parts that stand are kept."""
        room = layout.room
        if not is_answered(frame):
            whole = QRectF(0, 0, room.width, room.height)
            waits(painter, whole, frame.say(words.PREPARING), colours, room.type)
            return
        PICTURES[shown(frame)][0].draw(painter, room, frame, time, colours, self.keep)

    def still_depends_on(self, frame: Frame) -> Any:
        """Return nothing: the still part is empty."""
        return None

    def charts(self, layout: DigitsLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the curves of the picture that shows it learn."""
        if shown(frame) not in _WALLS or not is_answered(frame):
            return ()
        return wall.charts(layout.room, frame, colours)

    def hit(self, layout: DigitsLayout, frame: Frame, point: QPointF) -> Target:
        """Return the fake, moment, key or place under a point."""
        if not is_answered(frame):
            return ()
        found: Target = PICTURES[shown(frame)][0].hit(layout.room, frame, point)
        return found

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Choose a fake, a digit or a place, or go to a moment of the film."""
        kind = target[0] if target else ""
        if kind == "moment":
            return Pick(seek=int(target[1]))
        if kind == "stand":
            return Pick(knobs={"across": int(target[1]) / 1000, "down": int(target[2]) / 1000})
        if kind == "goal":
            return between.go_on(frame, int(target[1]))
        if kind == "ask":
            return asked.ask(int(target[1]))
        return Pick(selection=target)

    def place(self, layout: DigitsLayout, frame: Frame) -> None:
        """Put the painted keys within reach of the keyboard."""
        is_asked = shown(frame) == "asked" and is_answered(frame)
        self._presses.place(asked.painted(layout.room, frame) if is_asked else ())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a walk where the picture can be walked through."""
        super().mousePressEvent(event)
        is_plane = self.frame is not None and shown(self.frame) == "plane"
        self._is_dragging = is_plane and event.button() == Qt.MouseButton.LeftButton

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Walk on while the button is held; else tell what the pointer is on."""
        if not (self._is_dragging and event.buttons() & Qt.MouseButton.LeftButton):
            super().mouseMoveEvent(event)
            return
        target = self._target(event)
        if self.frame is not None and target:
            self.picked.emit(self.pick(self.frame, target))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stand still."""
        super().mouseReleaseEvent(event)
        self._is_dragging = False

    def described(self, frame: Frame) -> str:
        """Return what the fakes are worth, in a sentence."""
        answer = frame.answer
        if isinstance(answer, probe.Wall) and answer.tally is not None and frame.film is not None:
            return frame.say(
                words.SPOKEN,
                step=f"{frame.film.step:,}",
                classes=answer.tally.classes,
                p=number(answer.tally.confidence, 2),
            )
        return frame.say(frame.step.title)
