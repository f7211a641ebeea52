"""A view over which a sentence is typed: the field, the button beside it, the way back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explainer.concepts.transformer.field import SentenceField
from explainer.concepts.transformer.notice import draw_notice, written
from explainer.concepts.transformer.prompt import Prompt
from explainer.concepts.transformer.sentence import (
    in_language,
    next_example,
    replaced,
    source_of,
)
from explainer.concepts.transformer.standing import is_blank
from explainer.lesson import Text
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Pick, Room, Target
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
    """The sentence over the picture; its layouts have `field`, `another` and `notice`.

    The first two are empty where a step asks for no sentence. While the field is empty a prompt
    lies over the picture: the last sentence's picture would be no answer to an empty line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = SentenceField(self)
        self.field.textEdited.connect(self._typed)
        self.field.left.connect(self._stopped)
        self.field.hide()
        self.prompt = Prompt(self)
        self.prompt.chosen.connect(self._choose)
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

    def hit_sentence(self, layout: Any, point: QPointF) -> Target:
        """Return the button beside the field or an offer of the notice under a point."""
        if layout.another.contains(point):
            return ("another",)
        return () if layout.notice is None else layout.notice.at(point)

    def pick_sentence(self, frame: Frame, target: Target) -> Pick | None:
        """Return what a click on one of those means; None for any other target."""
        match target:
            case ("another",):
                return self.take_another(frame)
            case ("nearest", place, word):
                return self.take(frame, replaced(frame.knobs, int(place), str(word)))
            case ("direction", direction):
                return Pick(selection=(), knobs={"direction": str(direction)})
        return None

    def draw_sentence(self, painter: QPainter, layout: Any, frame: Frame, colours: Colours) -> None:
        """Draw the sentence under its field, the button beside it, and what is said of it."""
        if layout.field.isEmpty():
            return
        t = layout.room.type
        painter.setPen(colours.line)
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(layout.field, 8, 8)
        box = layout.field.adjusted(14, 0, -14, 0)
        write(painter, box, written(frame), 18 * t, colours.ink)
        lit = frame.hover == ("another",)
        draw_pill(painter, layout.another, frame.say(ANOTHER), 15 * t, colours, lit)
        if layout.notice is not None:
            draw_notice(painter, layout.notice, frame, layout.room, colours)

    def place(self, layout: Any, frame: Frame) -> None:
        """Put the text field where the sentence stands; what is being typed is left alone."""
        is_asked = not layout.field.isEmpty()
        self.field.setVisible(is_asked)
        if not is_asked:
            self.prompt.hide()
            return
        scale, _ = self.scale_and_origin()
        self.field.setGeometry(self.on_screen(QRectF(layout.field)).toRect())
        self.field.setFont(font(18 * layout.room.type * scale, REGULAR))
        self.field.setAccessibleName(frame.say(FIELD))
        self.field.setPlaceholderText(frame.say(HINTS[source_of(frame.knobs)]))
        text = written(frame)
        if not self.field.hasFocus() and self.field.text() != text:
            self.field.setText(text)
        self._show_prompt(layout, frame)

    def _show_prompt(self, layout: Any, frame: Frame) -> None:
        is_empty = is_blank(self.field.text())
        if is_empty:
            self.prompt.setGeometry(self.rect())
            self.prompt.dress(
                frame, layout.room, layout.field, written(frame), self.colours,
                self.scale_and_origin(),
            )  # fmt: skip
            self.prompt.raise_()
            self.field.raise_()
        self.prompt.setVisible(is_empty)

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
        """Ask about what was typed, unless it is empty or an input method is still composing."""
        if self.frame is None:
            return
        self._show_prompt(self.current_layout(), self.frame)
        if not self.field.is_composing and not is_blank(text):
            self.picked.emit(self.take(self.frame, text))

    def _stopped(self) -> None:
        """Let the sentence in force stand again where the field was left empty."""
        if self.frame is not None:
            self.place(self.current_layout(), self.frame)

    def _choose(self, text: str) -> None:
        """Take an example of the prompt."""
        if self.frame is None:
            return
        pick = self.take(self.frame, text)
        self.field.setText(in_language(text, source_of(self.frame.knobs)))
        self.prompt.hide()
        self.setFocus()
        self.picked.emit(pick)
