"""What stands on the stage while the field is empty: nothing old, and what could be typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explainer.concepts.transformer.sentence import EXAMPLES, in_language, source_of
from explainer.lesson import Text
from explainer.stage.chips import draw_pill
from explainer.stage.colours import COLOURS, Colours
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import CENTRE, SEMIBOLD, width, write

ASKS = {
    "ko": Text("Type a Korean sentence.", "한국어 문장을 써 보세요."),
    "en": Text("Type an English sentence.", "영어 문장을 써 보세요."),
}
OR_ONE = Text("Or take one of these:", "아니면 하나를 고르세요.")
ESCAPE = Text("Esc brings back: {said}", "Esc를 누르면 앞 문장으로 돌아갑니다: {said}")
_OFFERED = 4


class Prompt(QWidget):
    """A cover over the picture of the sentence before, with examples to click.

    The keyboard reaches them by the view's `Presses`.

    Signals
    -------
    chosen : str
        The example clicked, as `EXAMPLES` has it.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sentencePrompt")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # by its proxy: a click beside leaves it up
        self._frame: Frame | None = None
        self._room = Room()
        self._field = QRectF()
        self._said = ""
        self._colours: Colours = COLOURS["light"]
        self._scale, self._origin = 1.0, QPointF()
        self._lit = -1
        self.hide()

    def dress(
        self,
        frame: Frame,
        room: Room,
        field: QRectF,
        said: str,
        colours: Colours,
        placed: tuple[float, QPointF],
    ) -> None:
        """Set what it shows.

        Parameters
        ----------
        field : QRectF
            Where the text field lies, in design units.
        said : str
            The sentence before, which Esc brings back.
        placed : (float, QPointF)
            Pixels per unit, and where the design's origin lies.
        """
        self._frame, self._room, self._field, self._said = frame, room, field, said
        self._colours, (self._scale, self._origin) = colours, placed
        self.setAccessibleName(frame.say(ASKS[source_of(frame.knobs)]))
        self.update()

    def pills(self) -> tuple[tuple[str, str, QRectF], ...]:
        """Return the examples offered: as `EXAMPLES` has them, as they are read, and where."""
        if self._frame is None:
            return ()
        t, source = self._room.type, source_of(self._frame.knobs)
        found = []
        y = self._room.height / 2 - 20 * t
        for text in EXAMPLES[:_OFFERED]:
            said = in_language(text, source)
            wide = width(said, 18 * t) + 48
            x = (self._room.width - wide) / 2
            found.append((text, said, QRectF(x, y, wide, 42 * t)))
            y += 54 * t
        return tuple(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the empty field, what to do, and the examples."""
        colours, frame = self._colours, self._frame
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colours.background)
            if frame is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(self._origin)
            painter.scale(self._scale, self._scale)
            t, room = self._room.type, self._room
            painter.setPen(colours.line)
            painter.setBrush(colours.surface)
            painter.drawRoundedRect(self._field, 8, 8)
            pills = self.pills()
            line = QRectF(28, pills[0][2].y() - 104 * t, room.width - 56, 40 * t)
            asks = frame.say(ASKS[source_of(frame.knobs)])
            write(painter, line, asks, 28 * t, colours.ink, SEMIBOLD, CENTRE)
            line.translate(0, 50 * t)
            write(painter, line, frame.say(OR_ONE), 17 * t, colours.muted, align=CENTRE)
            for place, (_, said, rect) in enumerate(pills):
                draw_pill(painter, rect, said, 18 * t, colours, place == self._lit)
            line.moveTop(pills[-1][2].bottom() + 22 * t)
            write(painter, line, frame.say(ESCAPE, said=self._said), 15 * t, colours.muted,
                  align=CENTRE)  # fmt: skip

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the example under the pointer."""
        self._light(self._at(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the example under the pointer."""
        place = self._at(event)
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.pills()[place][0])

    def leaveEvent(self, event: QEvent) -> None:
        """Put the light out."""
        super().leaveEvent(event)
        self._light(-1)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the light: a hidden widget is not left."""
        super().hideEvent(event)
        self._light(-1)

    def _at(self, event: QMouseEvent) -> int:
        point = (event.position() - self._origin) / self._scale
        rects = [rect for _, _, rect in self.pills()]
        return next((i for i, rect in enumerate(rects) if rect.contains(point)), -1)

    def _light(self, place: int) -> None:
        if place != self._lit:
            self._lit = place
            self.update()
