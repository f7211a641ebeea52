"""The parallel scene: words in turn and at once, the clock, and a race of three nets."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explainer.concepts.transformer.parallel import clock, contest, drafts, flow, words
from explainer.concepts.transformer.parallel.layout import (
    ParallelLayout,
    parallel_layout,
    shown,
)
from explainer.concepts.transformer.parallel.probe import BothWays, ReadBoth, TimeLayers, Timings
from explainer.concepts.transformer.translate import words as shared
from explainer.concepts.transformer.translate.chips import draw_pill
from explainer.concepts.transformer.translate.field import SentenceField
from explainer.concepts.transformer.translate.sentence import (
    next_example,
    source_chips,
    spoken,
    tokens_of,
    whole,
)
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, REGULAR, font, write
from explainer.stage.view import View

PICTURES: dict[str, ModuleType] = {
    "flow": flow,
    "clock": clock,
    "race": contest,
    "drafts": drafts,
}


def is_answered(frame: Frame) -> bool:
    """Whether what the picture shows is known; exports have no times, and the race is a film."""
    picture = shown(frame)
    if picture == "race":
        return True
    if picture == "clock":
        return not frame.measured or isinstance(frame.answer, Timings)
    return isinstance(frame.answer, BothWays)


class ParallelView(View):
    """A GRU beside the transformer: how they read, what it costs, how they learn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = SentenceField(self)
        self.field.textEdited.connect(self._typed)
        self.field.hide()
        self._before: list[str] = []

    def request(self, frame: Frame) -> Any | None:
        """Ask how the sentence is read, or for the times; the race is in the film."""
        picture = shown(frame)
        if picture == "clock":
            return TimeLayers(whole(frame.knobs, "take", 0)) if frame.measured else None
        tokens = tokens_of(source_chips(frame.knobs))
        return ReadBoth(tokens) if picture in ("flow", "drafts") and tokens else None

    def layout_in(self, frame: Frame, room: Room) -> ParallelLayout:
        """Return the rectangles of the step's picture."""
        return parallel_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the words as they are read."""
        return PICTURES[shown(frame)].beats(frame) if is_answered(frame) else (Beat("", 0.0),)

    def draw_still(
        self, painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw what does not move."""
        t = layout.room.type
        if not layout.another.isEmpty():
            lit = frame.hover == ("another",)
            painter.setPen(colours.line)
            painter.setBrush(colours.surface)
            painter.drawRoundedRect(layout.field, 8, 8)
            draw_pill(painter, layout.another, frame.say(shared.ANOTHER), 15 * t, colours, lit)
            write(painter, layout.field.adjusted(14, 0, -14, 0), spoken(frame.knobs), 18 * t,
                  colours.ink)  # fmt: skip
        if is_answered(frame):
            PICTURES[shown(frame)].draw_still(painter, layout, frame, colours)
            return
        waits = words.MEASURING if shown(frame) == "clock" else words.PREPARING
        write(painter, layout.body, frame.say(waits), 20 * t, colours.muted, align=CENTRE)

    def draw_moving(
        self,
        painter: QPainter,
        layout: ParallelLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Draw what has come so far."""
        if is_answered(frame):
            PICTURES[shown(frame)].draw_moving(painter, layout, frame, time, colours)

    def charts(self, layout: ParallelLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the curves of the race."""
        chart = contest.chart(layout, frame, colours) if shown(frame) == "race" else None
        return () if chart is None else (chart,)

    def hit(self, layout: ParallelLayout, frame: Frame, point: QPointF) -> Target:
        """Return the word, length, net or button under a point."""
        if layout.another.contains(point):
            return ("another",)
        if not is_answered(frame):
            return ()
        found: Target = PICTURES[shown(frame)].hit(layout, frame, point)
        return found

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Take another sentence, measure anew, or choose what was clicked."""
        if target == ("another",):
            return self._sentence(next_example(frame.knobs))
        if target == ("again",):
            return Pick(knobs={"take": whole(frame.knobs, "take", 0) + 1})
        return Pick(selection=target if target else self.above(frame.selection))

    def _sentence(self, text: str) -> Pick:
        if self.frame is not None:
            self._before = [*self._before[-20:], str(self.frame.knobs.get("sentence", ""))]
        return Pick(selection=(), knobs={"sentence": text})

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card of what is looked at."""
        if not is_answered(frame):
            return None
        card: Lens | None = PICTURES[shown(frame)].lens(frame, time)
        return card

    def described(self, frame: Frame) -> str:
        """Return the sentence and the transformer's translation."""
        if isinstance(frame.answer, BothWays):
            said = frame.answer.drafts[0].text
            return frame.say(words.SPOKEN, source=spoken(frame.knobs), said=said)
        return frame.say(frame.step.title)

    def place(self, layout: ParallelLayout, frame: Frame) -> None:
        """Put the text field where the sentence stands; what is being typed is left alone."""
        is_asked = not layout.field.isEmpty()
        self.field.setVisible(is_asked)
        if not is_asked:
            return
        scale, _ = self.scale_and_origin()
        self.field.setGeometry(self.on_screen(QRectF(layout.field)).toRect())
        self.field.setFont(font(18 * layout.room.type * scale, REGULAR))
        self.field.setAccessibleName(frame.say(shared.FIELD))
        self.field.setPlaceholderText(frame.say(shared.FIELD_HINT["ko"]))
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
            self.picked.emit(Pick(selection=(), knobs={"sentence": text}))

    def reset(self) -> None:
        """Forget earlier sentences."""
        self._before.clear()
