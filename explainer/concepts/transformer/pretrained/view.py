"""The pretrained scene: a real model from a folder, and every one of its maps."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from explainer.concepts.transformer.field import SentenceField
from explainer.concepts.transformer.pretrained import (
    depth,
    grid,
    likeness,
    look,
    nexts,
    page,
    pieces,
    sizes,
    words,
    worth,
)
from explainer.concepts.transformer.pretrained.focus import (
    head_of,
    is_answered,
    layer_of,
    model_of,
    other_of,
    picture_of,
    question,
    reading_of,
    sentence_of,
)
from explainer.concepts.transformer.pretrained.layout import (
    PretrainedLayout,
    cut_said,
    ending,
    pretrained_layout,
)
from explainer.concepts.transformer.pretrained.sentences import EXAMPLES, LONGEST_TEXT
from explainer.lesson import Text
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, REGULAR, font, write
from explainer.stage.motion import out_quad, share
from explainer.stage.presses import Painted, Presses
from explainer.stage.view import View

PICTURES: dict[str, ModuleType] = {
    "folder": page,
    "tokens": pieces,
    "map": look,
    "all": grid,
    "layers": depth,
    "likeness": likeness,
    "next": nexts,
    "size": sizes,
    "worth": worth,
}
APPEARS = 0.5  # seconds in which a part comes
_REMEMBERED = 20


class PretrainedView(View):
    """A BERT or GPT-2 from a folder: its tokens, its maps, its layers, what it is good for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.field, self.other = SentenceField(self), SentenceField(self)
        self.other.setObjectName("otherField")
        for field in (self.field, self.other):
            field.setMaxLength(LONGEST_TEXT)
            field.hide()
        self.field.textEdited.connect(self._typed)
        self.other.textEdited.connect(self._typed_other)
        self._presses = Presses(self)
        self._before: list[tuple[str, str]] = []

    # -- what is asked and shown ------------------------------------------------------------------

    def request(self, frame: Frame) -> Any | None:
        """Ask what the picture shows."""
        return question(frame)

    def layout_in(self, frame: Frame, room: Room) -> PretrainedLayout:
        """Return the rectangles of the sentences and of the picture."""
        return pretrained_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the step's picture."""
        if not is_answered(frame):
            return (Beat("", 0.0),)
        found: tuple[Beat, ...] = PICTURES[picture_of(frame)].beats(frame)
        return found

    def draw_still(
        self, painter: QPainter, layout: PretrainedLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw the sentences and the whole picture; what is yet to come is veiled over it."""
        t = layout.room.type
        self._draw_field(painter, layout.field, sentence_of(frame.knobs), colours, t)
        self._draw_field(painter, layout.other, other_of(frame.knobs), colours, t)
        if not layout.another.isEmpty():
            lit = frame.hover == ("another",)
            draw_pill(painter, layout.another, frame.say(words.ANOTHER), 15 * t, colours, lit)
        if not layout.notice.isEmpty():
            write(painter, layout.notice, cut_said(frame), 15 * t, colours.wrong)
        if is_answered(frame):
            PICTURES[picture_of(frame)].draw(painter, layout, frame, colours)
            return
        said = words.OPENING
        if frame.snapshot is not None:
            said = words.PREPARING if sentence_of(frame.knobs).strip() else words.NO_SENTENCE
        write(painter, layout.body, frame.say(said), 20 * t, colours.muted, align=CENTRE)

    def _draw_field(
        self, painter: QPainter, rect: QRectF, text: str, colours: Colours, t: float
    ) -> None:
        if rect.isEmpty():
            return
        painter.setPen(colours.line)
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(rect, 8, 8)
        box = rect.adjusted(14, 0, -14, 0)
        write(painter, box, ending(text, 15 * t, box.width()), 18 * t, colours.ink)

    def draw_moving(
        self,
        painter: QPainter,
        layout: PretrainedLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Draw lines that move, and lift the veils as each part comes."""
        if not is_answered(frame):
            return
        picture = PICTURES[picture_of(frame)]
        if picture is look:
            look.draw_moving(painter, layout, frame, time, colours)
        if frame.hover or frame.selection or frame.reduced:
            return
        for rect, start in picture.veils(layout, frame):
            left = 1 - share(time, start - APPEARS if start >= APPEARS else 0, APPEARS, out_quad)
            if left > 0:
                painter.fillRect(rect, fade(colours.background, left))

    def hit(self, layout: PretrainedLayout, frame: Frame, point: QPointF) -> Target:
        """Return the button, token, cell, head or layer under a point."""
        if layout.another.contains(point):
            return ("another",)
        if not is_answered(frame):
            return ()
        found: Target = PICTURES[picture_of(frame)].hit(layout, frame, point)
        return found

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Open a folder, take another sentence, choose a layer or head, or lock what is clicked."""
        kind = target[0] if target else ""
        if kind == "choose":
            # A dialog opened inside the press would keep the mouse.
            QTimer.singleShot(0, self.choose_folder)
            return Pick()
        if kind == "offer":
            return Pick(selection=(), knobs={"folder": model_of(frame).offered})
        if kind == "another":
            return self._take_another(frame)
        if kind == "layer":
            return Pick(knobs={"layer": int(target[1]) + 1})
        if kind == "small":
            return Pick(knobs={"layer": int(target[1]) + 1, "head": int(target[2]) + 1})
        if kind == "head":
            return Pick(
                selection=target, knobs={"layer": int(target[1]) + 1, "head": int(target[2]) + 1}
            )
        if kind == "pattern":
            now = frame.knobs.get("pattern")
            return Pick(knobs={"pattern": "none" if now == target[1] else target[1]})
        if kind == "next":
            return self._take(frame, {"sentence": nexts.continued(frame, int(target[1]))})
        if kind == "file":
            return Pick(selection=())
        return Pick(selection=target if target else self.above(frame.selection))

    def above(self, selection: Target) -> Target:
        """Return the selection one level up: from a cell of an opened map to nothing."""
        return ()

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card of what is looked at, held against the model's tensors."""
        if not is_answered(frame):
            return None
        card: Lens | None = PICTURES[picture_of(frame)].lens(frame)
        return card

    def described(self, frame: Frame) -> str:
        """Return the step, the sentence, and the head looked at."""
        reading = reading_of(frame)
        if reading is None:
            return frame.say(frame.step.title)
        return frame.say(
            words.DESCRIBED,
            title=frame.say(frame.step.title),
            sentence=sentence_of(frame.knobs),
            layer=layer_of(frame, reading) + 1,
            head=head_of(frame, reading) + 1,
        )

    # -- the folder -------------------------------------------------------------------------------

    def choose_folder(self) -> None:
        """Let the person choose a folder; nothing changes if they do not."""
        if self.frame is None:
            return
        title = self.frame.say(words.CHOOSE_TITLE)
        chosen = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if chosen:
            self.open_folder(chosen)

    def open_folder(self, path: str) -> None:
        """Have the model of a folder opened; one that cannot be leaves the open one in place."""
        self.picked.emit(Pick(selection=(), knobs={"folder": path}))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders and files, nothing else."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self.open_folder(path)

    # -- the sentences ----------------------------------------------------------------------------

    def place(self, layout: PretrainedLayout, frame: Frame) -> None:
        """Put the text fields where the sentences stand; what is being typed is left alone."""
        for field, rect, text, name in (
            (self.field, layout.field, sentence_of(frame.knobs), words.FIELD),
            (self.other, layout.other, other_of(frame.knobs), words.OTHER_FIELD),
        ):
            self._place_field(field, rect, text, name, layout.room.type, frame)
        self._presses.place(self._buttons(layout, frame))

    def _buttons(self, layout: PretrainedLayout, frame: Frame) -> tuple[Painted, ...]:
        """Return the painted buttons that the keyboard reaches."""
        another = Painted(("another",), layout.another, frame.say(words.ANOTHER))
        if picture_of(frame) != "folder":
            return (another,)
        at = page.places(layout, frame)
        return (
            Painted(("choose",), at.choose, frame.say(words.CHOOSE)),
            Painted(("offer",), at.offer, frame.say(words.OFFER)),
        )

    def _place_field(
        self, field: SentenceField, rect: QRectF, text: str, name: Text, t: float, frame: Frame
    ) -> None:
        field.setVisible(not rect.isEmpty())
        if rect.isEmpty():
            return
        scale, _ = self.scale_and_origin()
        field.setGeometry(self.on_screen(QRectF(rect)).toRect())
        field.setFont(font(18 * t * scale, REGULAR))
        field.setAccessibleName(frame.say(name))
        field.setPlaceholderText(frame.say(words.HINT))
        if not field.hasFocus() and field.text() != text:
            field.setText(text)

    def _take(self, frame: Frame, knobs: dict[str, Any]) -> Pick:
        """Return what other sentences mean, and remember those before for undo."""
        held = str(frame.knobs.get("sentence", "")), str(frame.knobs.get("other", ""))
        self._before = [*self._before[-_REMEMBERED:], held]
        return Pick(selection=(), knobs=knobs)

    def _take_another(self, frame: Frame) -> Pick:
        """Return the next example; where two are compared, it is the second that changes."""
        key = "other" if picture_of(frame) == "likeness" else "sentence"
        now = other_of(frame.knobs) if key == "other" else sentence_of(frame.knobs)
        place = EXAMPLES.index(now) + 1 if now in EXAMPLES else 0
        return self._take(frame, {key: EXAMPLES[place % len(EXAMPLES)]})

    def _typed(self, text: str) -> None:
        """Ask about what was typed, unless an input method is still composing."""
        if self.frame is not None and not self.field.is_composing and text.strip():
            self.picked.emit(self._take(self.frame, {"sentence": text}))

    def _typed_other(self, text: str) -> None:
        if self.frame is not None and not self.other.is_composing and text.strip():
            self.picked.emit(self._take(self.frame, {"other": text}))

    def undo(self) -> None:
        """Go back to the sentences before."""
        if self._before:
            sentence, other = self._before.pop()
            self.field.setText(sentence)
            self.other.setText(other)
            self.picked.emit(Pick(selection=(), knobs={"sentence": sentence, "other": other}))

    def reset(self) -> None:
        """Forget earlier sentences."""
        self._before.clear()


def _dropped(event: QDropEvent) -> str:
    """Return the first local path that is dropped; "" if there is none."""
    local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return local[0] if local else ""
