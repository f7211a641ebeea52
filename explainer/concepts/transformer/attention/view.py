"""The attention scene: eight pictures of one sentence being read."""

from __future__ import annotations

from types import ModuleType

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explainer.concepts.transformer.attention import (
    crossing,
    cutting,
    heads,
    pieces,
    projections,
    relations,
    softmax,
    vectors,
    waves,
    words,
)
from explainer.concepts.transformer.attention.focus import (
    answer_of,
    head_of,
    layer_of,
    question,
    shown,
    toggled,
)
from explainer.concepts.transformer.attention.layout import (
    MARGIN,
    AttentionLayout,
    attention_layout,
    unknown_said,
)
from explainer.concepts.transformer.attention.probe import SCORED, Listen
from explainer.concepts.transformer.translate.chips import draw_pill
from explainer.concepts.transformer.translate.field import SentenceField
from explainer.concepts.transformer.translate.sentence import (
    next_example,
    replaced,
    source_chips,
    source_of,
    spoken,
)
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, REGULAR, font, write
from explainer.stage.motion import out_quad, share
from explainer.stage.view import View

PICTURES: dict[str, ModuleType] = {
    "pieces": pieces,
    "vectors": vectors,
    "waves": waves,
    "projections": projections,
    "scores": crossing,
    "softmax": softmax,
    "mix": crossing,
    "heads": heads,
    "relations": relations,
    "cut": cutting,
}
APPEARS = 0.5  # seconds in which a part comes


class AttentionView(View):
    """From tokens to attention: every number of the encoder's reading of a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = SentenceField(self)
        self.field.textEdited.connect(self._typed)
        self.field.hide()
        self._before: list[str] = []

    def request(self, frame: Frame) -> Listen | None:
        """Ask how the sentence is read, and what the step measures."""
        return question(frame)

    def layout_in(self, frame: Frame, room: Room) -> AttentionLayout:
        """Return the rectangles of the sentence and of the picture."""
        return attention_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the step's picture."""
        answer = answer_of(frame)
        if answer is None:
            return (Beat("", 0.0),)
        found: tuple[Beat, ...] = PICTURES[shown(frame)].beats(frame, answer)
        return found

    def draw_still(
        self, painter: QPainter, layout: AttentionLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw the sentence and the whole picture; what is yet to come is veiled over it."""
        _draw_sentence(painter, layout, frame, colours)
        answer = answer_of(frame)
        if answer is not None:
            PICTURES[shown(frame)].draw(painter, layout, frame, answer, colours)
            return
        said = frame.say(words.PREPARING)
        if not source_chips(frame.knobs):
            said = frame.say(words.NO_SENTENCE)
        elif shown(frame) == "relations" and frame.snapshot is not None:
            said = frame.say(words.MEASURING, count=SCORED)
        px = 20 * layout.room.type
        write(painter, layout.body, said, px, colours.muted, align=CENTRE)

    def draw_moving(
        self,
        painter: QPainter,
        layout: AttentionLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Lift the veils as each part comes; a pointer or a selection lifts them all."""
        answer = answer_of(frame)
        if answer is None or frame.hover or frame.selection or frame.reduced:
            return
        for rect, start in PICTURES[shown(frame)].veils(layout, frame, answer):
            left = 1 - share(time, start - APPEARS if start >= APPEARS else 0, APPEARS, out_quad)
            if left > 0:
                painter.fillRect(rect, fade(colours.background, left))

    def hit(self, layout: AttentionLayout, frame: Frame, point: QPointF) -> Target:
        """Return the button, word, token, number, cell or head under a point."""
        if layout.another.contains(point):
            return ("another",)
        for place, word, rect in layout.nearest:
            if rect.contains(point):
                return ("nearest", place, word)
        answer = answer_of(frame)
        if answer is None:
            return ()
        found: Target = PICTURES[shown(frame)].hit(layout, frame, answer, point)
        return found

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Lock what was clicked; take another sentence, choose a head, or cut."""
        kind = target[0] if target else ""
        if kind == "another":
            return self._sentence(next_example(frame.knobs))
        if kind == "nearest":
            return self._sentence(replaced(frame.knobs, int(target[1]), str(target[2])))
        if kind in ("head", "score"):
            layer, head = int(target[1]), int(target[2])
            if shown(frame) == "cut":
                return Pick(knobs={"silenced": toggled(frame.knobs, "silenced", (layer, head))})
            return Pick(knobs={"layer": layer + 1, "head": head + 1})
        if kind == "mask" or (kind == "cell" and shown(frame) == "cut"):
            pair = int(target[1]), int(target[2])
            return Pick(knobs={"edges": toggled(frame.knobs, "edges", pair)}, selection=())
        return Pick(selection=target if target else self.above(frame.selection))

    def _sentence(self, text: str) -> Pick:
        if self.frame is not None:
            self._before = [*self._before[-20:], str(self.frame.knobs.get("sentence", ""))]
        # Cut edges are places in a sentence; in another one they would mean something else.
        return Pick(selection=(), knobs={"sentence": text, "edges": ()})

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card of what is looked at, held against the model's tensors."""
        answer = answer_of(frame)
        if answer is None:
            return None
        card: Lens | None = PICTURES[shown(frame)].lens(frame, answer)
        return card

    def described(self, frame: Frame) -> str:
        """Return the step, the sentence, and the head looked at."""
        answer = answer_of(frame)
        if answer is None:
            return frame.say(frame.step.title)
        return frame.say(
            words.DESCRIBED,
            title=frame.say(frame.step.title),
            sentence=spoken(frame.knobs),
            layer=layer_of(frame, answer) + 1,
            head=head_of(frame, answer) + 1,
        )

    def place(self, layout: AttentionLayout, frame: Frame) -> None:
        """Put the text field where the sentence stands; what is being typed is left alone."""
        scale, _ = self.scale_and_origin()
        self.field.setVisible(True)
        self.field.setGeometry(self.on_screen(QRectF(layout.sentence)).toRect())
        self.field.setFont(font(18 * layout.room.type * scale, REGULAR))
        self.field.setAccessibleName(frame.say(words.FIELD))
        self.field.setPlaceholderText(frame.say(words.FIELD_HINT[source_of(frame.knobs)]))
        text = spoken(frame.knobs)
        if not self.field.hasFocus() and self.field.text() != text:
            self.field.setText(text)

    def _typed(self, text: str) -> None:
        """Ask about what was typed, unless an input method is still composing."""
        if not self.field.is_composing and text.strip():
            self.picked.emit(self._sentence(text))

    def undo(self) -> None:
        """Go back to the sentence before."""
        if self._before:
            text = self._before.pop()
            self.field.setText(text)
            self.picked.emit(Pick(selection=(), knobs={"sentence": text, "edges": ()}))

    def reset(self) -> None:
        """Forget earlier sentences."""
        self._before.clear()


def _draw_sentence(
    painter: QPainter, layout: AttentionLayout, frame: Frame, colours: Colours
) -> None:
    """Draw the sentence under its field, the button beside it, and words offered."""
    t = layout.room.type
    painter.setPen(colours.line)
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(layout.sentence, 8, 8)
    box = layout.sentence.adjusted(14, 0, -14, 0)
    write(painter, box, spoken(frame.knobs), 18 * t, colours.ink)
    lit = frame.hover == ("another",)
    draw_pill(painter, layout.another, frame.say(words.ANOTHER), 15 * t, colours, lit)
    if not layout.nearest:
        return
    first = layout.nearest[0][2]
    lead = QRectF(MARGIN, first.y(), first.x() - MARGIN - 8, first.height())
    write(painter, lead, unknown_said(frame), 15 * t, colours.wrong)
    for place, word, rect in layout.nearest:
        hovered = frame.hover == ("nearest", place, word)
        draw_pill(painter, rect, word, 15 * t, colours, hovered)
