"""A view over which a sentence is typed: the field, the button beside it, the way back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explainer.concepts.transformer.field import SentenceField
from explainer.concepts.transformer.sentence import next_example, source_of, spoken
from explainer.lesson import Text
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Pick, Room
from explainer.stage.lettering import REGULAR, font, width, write
from explainer.stage.view import View

FIELD = Text("Sentence to read", "읽을 문장")
HINTS = {
    "ko": Text("Type a Korean sentence", "한국어 문장을 쓰세요"),
    "en": Text("Type an English sentence", "영어 문장을 쓰세요"),
}
ANOTHER = Text("Another sentence", "다른 문장")
_MARGIN, _WIDEST, _REMEMBERED = 28.0, 620.0, 20


def field_in(frame: Frame, room: Room, right: float | None = None) -> tuple[QRectF, QRectF]:
    """Return where the sentence and the button beside it lie.

    Parameters
    ----------
    right : float, optional
        Where both end at most; without it, at the room's right margin.
    """
    t = room.type
    button = width(frame.say(ANOTHER), 15 * t) + 34
    end = room.width - _MARGIN if right is None else right
    high = 40 * min(t, 1.25)
    field = QRectF(_MARGIN, 18, min(end - _MARGIN - button - 12, _WIDEST), high)
    return field, QRectF(field.right() + 12, field.y() + 4, button, high - 8)


class SentenceView(View):
    """The sentence over the picture; its layouts have the fields `field` and `another`.

    Both are empty where a step asks for no sentence.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = SentenceField(self)
        self.field.textEdited.connect(self._typed)
        self.field.hide()
        self._before: list[str] = []

    def changed_to(self, frame: Frame, text: str) -> Pick:
        """Return what another sentence means; a selection in the old one means nothing in it."""
        return Pick(selection=(), knobs={"sentence": text})

    def take(self, frame: Frame, text: str) -> Pick:
        """Return what another sentence means, and remember the one before for undo."""
        self._before = [*self._before[-_REMEMBERED:], str(frame.knobs.get("sentence", ""))]
        return self.changed_to(frame, text)

    def take_another(self, frame: Frame) -> Pick:
        """Return what a press on the button means."""
        return self.take(frame, next_example(frame.knobs))

    def draw_sentence(self, painter: QPainter, layout: Any, frame: Frame, colours: Colours) -> None:
        """Draw the sentence under its field, and the button beside it."""
        if layout.field.isEmpty():
            return
        t = layout.room.type
        painter.setPen(colours.line)
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(layout.field, 8, 8)
        box = layout.field.adjusted(14, 0, -14, 0)
        write(painter, box, spoken(frame.knobs), 18 * t, colours.ink)
        lit = frame.hover == ("another",)
        draw_pill(painter, layout.another, frame.say(ANOTHER), 15 * t, colours, lit)

    def place(self, layout: Any, frame: Frame) -> None:
        """Put the text field where the sentence stands; what is being typed is left alone."""
        is_asked = not layout.field.isEmpty()
        self.field.setVisible(is_asked)
        if not is_asked:
            return
        scale, _ = self.scale_and_origin()
        self.field.setGeometry(self.on_screen(QRectF(layout.field)).toRect())
        self.field.setFont(font(18 * layout.room.type * scale, REGULAR))
        self.field.setAccessibleName(frame.say(FIELD))
        self.field.setPlaceholderText(frame.say(HINTS[source_of(frame.knobs)]))
        text = spoken(frame.knobs)
        if not self.field.hasFocus() and self.field.text() != text:
            self.field.setText(text)

    def undo(self) -> None:
        """Go back to the sentence before."""
        if self._before and self.frame is not None:
            text = self._before.pop()
            self.field.setText(text)
            self.picked.emit(self.changed_to(self.frame, text))

    def reset(self) -> None:
        """Forget earlier sentences."""
        self._before.clear()

    def _typed(self, text: str) -> None:
        """Ask about what was typed, unless an input method is still composing."""
        if self.frame is not None and not self.field.is_composing and text.strip():
            self.picked.emit(self.take(self.frame, text))
