"""A view over which a sentence is typed: the field, the button beside it, the way back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
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
from explainer.lesson import Text, Value
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Pick, Room, Target
from explainer.stage.lettering import REGULAR, font, width, write
from explainer.stage.presses import Painted, Presses
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
        self.prompt.setFocusProxy(self.field)
        self.prompt.chosen.connect(self._choose)
        self._examples = Presses(self, self._stopped)
        self._before: list[str] = []
        # The text that the field was given or asked about last, and what it goes with.
        self._said = ""
        self._stands: tuple[str, Value, str] | None = None

    def changed_to(self, frame: Frame, text: str) -> Pick:
        """Return what another sentence means; a selection in the old one means nothing in it."""
        return Pick(selection=(), knobs={"sentence": text})

    def take(self, frame: Frame, text: str) -> Pick:
        """Return what another sentence means, and remember the one before for undo."""
        self._stands = None
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
            case ("example", text):
                self._put(in_language(str(text), source_of(frame.knobs)))
                self._hide_prompt()
                self.setFocus()
                return self.take(frame, str(text))
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
        """Put the text field where the sentence stands.

        What is being typed is left alone while the sentence on the stage is the one that the field
        itself asked for last; with any other its text is replaced.
        """
        is_asked = not layout.field.isEmpty()
        if self._stands != _standing(frame):
            self._restore(frame)
        self.field.setVisible(is_asked)
        if not is_asked:
            self._hide_prompt()
            return
        scale, _ = self.scale_and_origin()
        self.field.setGeometry(self.on_screen(QRectF(layout.field)).toRect())
        self.field.setFont(font(18 * layout.room.type * scale, REGULAR))
        self.field.setAccessibleName(frame.say(FIELD))
        self.field.setPlaceholderText(frame.say(HINTS[source_of(frame.knobs)]))
        self._show_prompt(layout, frame)

    def _restore(self, frame: Frame) -> None:
        """Let the sentence in force stand in the field."""
        self._stands = _standing(frame)
        self._put(written(frame))

    def _put(self, text: str) -> None:
        self._said = text
        if self.field.text() != text:
            self.field.setText(text)

    def _show_prompt(self, layout: Any, frame: Frame) -> None:
        if not is_blank(self.field.text()):
            self._hide_prompt()
            return
        self.prompt.setGeometry(self.rect())
        self.prompt.dress(
            frame, layout.room, layout.field, written(frame), self.colours,
            self.scale_and_origin(),
        )  # fmt: skip
        if self.prompt.isHidden():
            self.prompt.raise_()
            self.field.raise_()
            self.prompt.show()
        self._examples.place(
            [Painted(("example", text), rect, said) for text, said, rect in self.prompt.pills()]
        )

    def _hide_prompt(self) -> None:
        self.prompt.hide()
        self._examples.place(())

    def undo(self) -> None:
        """Go back to the sentence before."""
        if self._before and self.frame is not None:
            text = self._before.pop()
            self._stands = None
            self.picked.emit(self.changed_to(self.frame, text))

    def reset(self) -> None:
        """Forget earlier sentences, and what is being typed."""
        self._before.clear()
        self._stands = None
        if self.field.hasFocus() or self._examples.has_focus:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bring the sentence back on Esc where an example has the focus."""
        if event.key() == Qt.Key.Key_Escape and self.prompt.isVisible():
            self.setFocus()
            self._stopped()
            return
        super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        """Ask about what was typed, unless it is empty or an input method is still composing."""
        if self.frame is None:
            return
        self._show_prompt(self.current_layout(), self.frame)
        if not self.field.is_composing and not is_blank(text):
            self._ask(self.frame, text)

    def _ask(self, frame: Frame, text: str) -> None:
        """Ask about a text of the field, which stays as it is."""
        if text == self._said:
            return
        pick = self.take(frame, text)
        self._said, self._stands = text, (*_standing(frame)[:2], text)
        self.picked.emit(pick)

    def _stopped(self) -> None:
        """Let the sentence in force stand again in an empty field; take what was not yet asked."""
        frame = self.frame
        if frame is None or self.field.hasFocus() or self._examples.has_focus:
            return
        text = self.field.text()
        if is_blank(text):
            self._restore(frame)
            self._show_prompt(self.current_layout(), frame)
        else:
            self._ask(frame, text)

    def _choose(self, text: str) -> None:
        """Take an example of the prompt."""
        if self.frame is not None:
            self.picked.emit(self.pick(self.frame, ("example", text)))


def _standing(frame: Frame) -> tuple[str, Value, str]:
    """Return what the field's text goes with: step, direction and sentence."""
    return (
        frame.step.key,
        frame.knobs.get("direction", ""),
        str(frame.knobs.get("sentence", "")),
    )
