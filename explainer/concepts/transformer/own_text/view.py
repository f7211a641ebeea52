"""The own-text scene: a text of the person's own, and a small GPT that learns it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from explainer.concepts.transformer.field import SentenceField
from explainer.concepts.transformer.own_text import (
    continuing,
    copied,
    cutting,
    foretelling,
    ladder,
    learning,
    looking,
    opening,
    words,
)
from explainer.concepts.transformer.own_text.layout import (
    OwnTextLayout,
    button_text,
    own_text_layout,
    shown,
    typed,
)
from explainer.concepts.transformer.own_text.probe import (
    Attend,
    Attention,
    Compare,
    Copying,
    Cuts,
    CutText,
    Draft,
    Foretell,
    Foretold,
    Write,
)
from explainer.stage.chart import Chart
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, REGULAR, font, write
from explainer.stage.presses import Painted, Presses
from explainer.stage.view import View

PICTURES: dict[str, ModuleType] = {
    "text": opening,
    "tokens": cutting,
    "next": foretelling,
    "learning": learning,
    "ladder": ladder,
    "continue": continuing,
    "attention": looking,
    "copied": copied,
    "limits": continuing,
}
_ANSWERS: dict[str, type] = {
    "tokens": Cuts,
    "next": Foretold,
    "continue": Draft,
    "limits": Draft,
    "attention": Attention,
    "copied": Copying,
}
SAMPLE_TEMPERATURE = 0.7  # of the samples along the film and of the one searched for copies
_RUNG, _CONTINUATION, _SEARCHED = 60, 72, 110  # tokens
_LONGEST, _REMEMBERED = 200, 20


def is_answered(frame: Frame) -> bool:
    """Whether what the picture shows is known; an answer may still be another picture's."""
    wanted = _ANSWERS.get(shown(frame))
    if frame.snapshot is None:
        return False
    if wanted is Draft:
        return bool(frame.answer) and isinstance(frame.answer, tuple)
    return wanted is None or isinstance(frame.answer, wanted)


class OwnTextView(View):
    """A text, its tokens, what is foretold, what is written, what is copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.field = SentenceField(self)
        self.field.setMaxLength(_LONGEST)
        self.field.textEdited.connect(self._typed)
        self.field.hide()
        self._presses = Presses(self)
        self._before: list[str] = []

    # -- what is asked --------------------------------------------------------------------------

    def request(self, frame: Frame) -> Any | None:
        """Ask what the picture shows."""
        text, place = typed(frame), int(frame.knobs.get("passage", 0))  # type: ignore[arg-type]
        temperature = round(float(frame.knobs.get("temperature", 1.0)), 2)  # type: ignore[arg-type]
        match shown(frame):
            case "tokens":
                return CutText(text, place)
            case "next":
                return Foretell(text, place)
            case "attention":
                return Attend(text, place)
            case "continue":
                seeds = tuple(range(3 * place, 3 * place + 3))
                return Write(text, temperature, _CONTINUATION, seeds)
            case "limits":
                return Write(text, temperature, _CONTINUATION, (2 * place, 2 * place + 1))
            case "copied":
                return Compare(Write("", SAMPLE_TEMPERATURE, _SEARCHED))
        return None

    def along(self, frame: Frame) -> Any | None:
        """Ask for the same sample at every kept frame of the film."""
        return Write("", SAMPLE_TEMPERATURE, _RUNG) if shown(frame) == "ladder" else None

    # -- what is drawn --------------------------------------------------------------------------

    def layout_in(self, frame: Frame, room: Room) -> OwnTextLayout:
        """Return the rectangles of the step's picture."""
        return own_text_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the picture."""
        return PICTURES[shown(frame)].beats(frame) if is_answered(frame) else (Beat("", 0.0),)

    def draw_still(
        self, painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw what does not move."""
        t = layout.room.type
        if not layout.field.isEmpty():
            painter.setPen(colours.line)
            painter.setBrush(colours.surface)
            painter.drawRoundedRect(layout.field, 8, 8)
            inner = layout.field.adjusted(14, 0, -14, 0)
            ink = colours.ink if typed(frame) else colours.muted
            write(painter, inner, typed(frame) or frame.say(_hint(frame)), 17 * t, ink)
            lit = frame.hover == ("another",)
            said = frame.say(button_text(frame))
            draw_pill(painter, layout.another, said, 15 * t, colours, lit)
        if is_answered(frame):
            PICTURES[shown(frame)].draw_still(painter, layout, frame, colours)
        else:
            said = frame.say(words.PREPARING)
            write(painter, layout.body, said, 20 * t, colours.muted, align=CENTRE)

    def draw_moving(
        self,
        painter: QPainter,
        layout: OwnTextLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Draw what has come so far."""
        if is_answered(frame):
            PICTURES[shown(frame)].draw_moving(painter, layout, frame, time, colours)

    def charts(self, layout: OwnTextLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the curves of training."""
        if not is_answered(frame):
            return ()
        if shown(frame) == "learning":
            rect = learning.plot_rect(layout)
            return (learning.chart(rect, frame, colours, "own-text-learning", True),)
        return (copied.chart(layout, frame, colours),) if shown(frame) == "copied" else ()

    def hit(self, layout: OwnTextLayout, frame: Frame, point: QPointF) -> Target:
        """Return the button, token, cell or sample under a point."""
        if layout.another.contains(point):
            return ("another",)
        if not is_answered(frame):
            return ()
        found: Target = PICTURES[shown(frame)].hit(layout, frame, point)
        return found

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card of what is looked at."""
        if not is_answered(frame):
            return None
        card: Lens | None = PICTURES[shown(frame)].lens(frame, time)
        return card

    def described(self, frame: Frame) -> str:
        """Return the text's name and, where there is one, what is written."""
        if frame.snapshot is None or not is_answered(frame):
            return frame.say(frame.step.title)
        written = frame.answer[0].text if shown(frame) in ("continue", "limits") else ""
        return f"{frame.say(frame.step.title)}: {opening.name_of(frame)}. {written}".strip()

    # -- what a person does ---------------------------------------------------------------------

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Take another text, passage, head or moment of training, or choose what was clicked."""
        match target:
            case ("open",):
                # Once the press is over: a dialog within it would swallow the release.
                QTimer.singleShot(0, self.choose_file)
                return Pick()
            case ("course", key):
                return self.text_chosen(str(key))
            case ("another",):
                passage = int(frame.knobs.get("passage", 0)) + 1  # type: ignore[arg-type]
                is_writing = shown(frame) in ("continue", "limits")
                text = typed(frame) if is_writing else ""
                return Pick(selection=(), knobs={"passage": passage, "prompt": text}, time=0.0)
            case ("head", layer, head):
                return Pick(knobs={"layer": layer, "head": head})
            case ("step", step):
                return Pick(seek=int(step))
            case ("cell", *_) if shown(frame) == "tokens":
                return Pick()
            case ("written", *_):
                return Pick()
        return Pick(selection=target if target else self.above(frame.selection))

    def text_chosen(self, text: str) -> Pick:
        """Return what another text means: the model starts anew on it.

        Parameters
        ----------
        text : str
            The path of a file, or a key of the course.
        """
        if text in words.COURSES and self.frame is not None and opening.source(self.frame) == text:
            return Pick()
        return Pick(selection=(), knobs={"text": text, "prompt": "", "passage": 0})

    def choose_file(self) -> None:
        """Let the person choose a text file."""
        if self.frame is None:
            return
        say = self.frame.say
        path, _ = QFileDialog.getOpenFileName(self, say(words.CHOOSE), "", say(words.FILES))
        if path:
            self.picked.emit(self.text_chosen(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept one file."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Learn from the file dropped."""
        event.acceptProposedAction()
        self.picked.emit(self.text_chosen(event.mimeData().urls()[0].toLocalFile()))

    def place(self, layout: OwnTextLayout, frame: Frame) -> None:
        """Put the text field where the text stands; what is being typed is left alone."""
        is_asked = not layout.field.isEmpty()
        self._presses.place(buttons(layout, frame))
        self.field.setVisible(is_asked)
        if not is_asked:
            return
        scale, _ = self.scale_and_origin()
        self.field.setGeometry(self.on_screen(QRectF(layout.field)).toRect())
        self.field.setFont(font(17 * layout.room.type * scale, REGULAR))
        self.field.setAccessibleName(frame.say(words.FIELD))
        self.field.setPlaceholderText(frame.say(_hint(frame)))
        if not self.field.hasFocus() and self.field.text() != typed(frame):
            self.field.setText(typed(frame))

    def _typed(self, text: str) -> None:
        """Ask about what was typed, unless an input method is still composing."""
        if self.frame is None or self.field.is_composing:
            return
        self._before = [*self._before[-_REMEMBERED:], typed(self.frame)]
        self.picked.emit(Pick(selection=(), knobs={"prompt": text}))

    def undo(self) -> None:
        """Go back to the text typed before."""
        if self._before:
            text = self._before.pop()
            self.field.setText(text)
            self.picked.emit(Pick(selection=(), knobs={"prompt": text}))

    def reset(self) -> None:
        """Forget what was typed earlier."""
        self._before.clear()


def buttons(layout: OwnTextLayout, frame: Frame) -> tuple[Painted, ...]:
    """Return the painted buttons that the keyboard reaches."""
    if shown(frame) == "text" and is_answered(frame):
        pills = opening.pills(layout)
        return tuple(Painted(key, rect, opening.said(frame, key)) for key, rect in pills.items())
    return (Painted(("another",), layout.another, frame.say(button_text(frame))),)


def _hint(frame: Frame) -> Any:
    return words.PROMPT_HINT if shown(frame) in ("continue", "limits") else words.FIELD_HINT
