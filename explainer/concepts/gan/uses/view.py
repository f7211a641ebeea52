"""The uses scene: a hole filled in, sketches drawn out, and what else there is."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QToolButton, QWidget

from explainer.concepts.gan.uses import (
    cards,
    counting,
    drawn,
    hole,
    learning,
    sketches,
    words,
)
from explainer.concepts.gan.uses.layout import UsesLayout, shown, uses_layout
from explainer.engine.assets import asset
from explainer.engine.strokes import example_drawing
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.icons import icon
from explainer.stage.lettering import CENTRE, write
from explainer.stage.pad import Pad
from explainer.stage.view import View

PICTURES: dict[str, ModuleType] = {
    "hole": hole,
    "counting": counting,
    "sketches": sketches,
    "pad": drawn,
    "learning": learning,
    "cards": cards,
}


def is_answered(frame: Frame) -> bool:
    """Whether there is what the picture shows; an empty pad needs no answer."""
    if frame.film is None:
        return False
    return shown(frame) == "pad" or isinstance(frame.answer, PICTURES[shown(frame)].ANSWER)


class UsesView(View):
    """Restoration by latent search, sketches to digits live on the pad, and cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad = Pad(self)
        self.pad.pen_width = 10.0
        self.pad.drawn.connect(self.drawn)
        self.undo_button = self._button("undoButton", self.pad.undo)
        self.clear_button = self._button("clearButton", self.pad.clear)
        self._worn: tuple[Any, ...] = ()
        self.pad.show_example(example_drawing())

    def _button(self, name: str, action: Any) -> QToolButton:
        button = QToolButton(self, objectName=name, autoRaise=True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action)
        return button

    def undo(self) -> None:
        """Take the last stroke or wipe back."""
        self.pad.undo()

    def reset(self) -> None:
        """Forget the strokes and put the example back."""
        self.pad.show_example(example_drawing())

    def request(self, frame: Frame) -> Any | None:
        """Ask what the picture shows."""
        return PICTURES[shown(frame)].request(frame)

    def along(self, frame: Frame) -> Any | None:
        """Ask for a few sketches at every kept frame."""
        return learning.along(frame) if shown(frame) == "learning" else None

    def layout_in(self, frame: Frame, room: Room) -> UsesLayout:
        """Return the room within its margins, and the pad where there is one."""
        return uses_layout(frame, room)

    def place(self, layout: UsesLayout, frame: Frame) -> None:
        """Lay the pad and its buttons over the picture."""
        has_pad = not layout.pad.isEmpty()
        for widget in (self.pad, self.undo_button, self.clear_button):
            widget.setVisible(has_pad)
        if not has_pad:
            return
        self.pad.setGeometry(self.on_screen(layout.pad).toRect())
        row = self.on_screen(layout.buttons).toRect()
        side = min(row.height(), row.width() // 2)
        for place, button in enumerate((self.undo_button, self.clear_button)):
            button.setGeometry(row.x() + place * side, row.y(), side, side)
        worn = (frame.language, self.colours.name, side)
        if worn == self._worn:
            return
        self._worn = worn
        self.pad.setAccessibleName(frame.say(words.PAD))
        px = max(16, round(side * 0.55))
        for button, name, text in (
            (self.undo_button, "arrow-back-up", words.UNDO),
            (self.clear_button, "trash", words.CLEAR),
        ):
            button.setIcon(icon(asset(f"icons/{name}.svg"), self.colours.ink, px))
            button.setIconSize(QSize(px, px))
            button.setAccessibleName(frame.say(text))
            button.setToolTip(frame.say(text))

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the step's picture."""
        if not is_answered(frame):
            return (Beat("", 0.0),)
        moments: tuple[Beat, ...] = PICTURES[shown(frame)].beats(frame)
        return moments

    def draw_still(
        self, painter: QPainter, layout: UsesLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw what does not move."""
        if is_answered(frame):
            PICTURES[shown(frame)].draw_still(painter, layout, frame, colours)
            return
        room = QRectF(0, 0, layout.room.width, layout.room.height)
        said = frame.say(words.PREPARING)
        write(painter, room, said, 20 * layout.room.type, colours.muted, align=CENTRE)

    def draw_moving(
        self,
        painter: QPainter,
        layout: UsesLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Draw what has come so far."""
        if is_answered(frame):
            picture = PICTURES[shown(frame)]
            picture.draw_moving(painter, layout, frame, time, colours, self.keep)

    def charts(self, layout: UsesLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the curves of the film."""
        if shown(frame) != "learning" or not is_answered(frame):
            return ()
        return learning.charts(layout, frame, colours)

    def hit(self, layout: UsesLayout, frame: Frame, point: QPointF) -> Target:
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
