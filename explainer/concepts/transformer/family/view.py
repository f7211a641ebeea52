"""The family scene: three masks, a gap, a text that goes on, prefixes, and what is known where."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explainer.concepts.transformer.family import (
    gap,
    going_on,
    learning,
    maps,
    prefixes,
    sense,
    words,
)
from explainer.concepts.transformer.family.layout import (
    FamilyLayout,
    family_layout,
    shown,
    temperature_of,
)
from explainer.concepts.transformer.family.questions import (
    Continued,
    Done,
    DoTask,
    Filled,
    FillIn,
    GoOn,
    Known,
    Masks,
    ReadSense,
    SeeMasks,
)
from explainer.concepts.transformer.family.tasks import NAMES, TASKS, Task, said
from explainer.concepts.transformer.sentence import source_chips, spoken, tokens_of, whole
from explainer.concepts.transformer.sentence_view import ANOTHER, SentenceView
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, write
from explainer.stage.presses import Painted, Presses

PICTURES: dict[str, ModuleType] = {
    "masks": maps,
    "gap": gap,
    "text": going_on,
    "task": prefixes,
    "sense": sense,
    "learning": learning,
}
_ANSWERS = {"masks": Masks, "gap": Filled, "text": Continued, "task": Done, "sense": Known}


def task_of(frame: Frame) -> Task:
    """Return the task in force."""
    value = frame.knobs.get("task")
    return next((task for task in TASKS if task == value), TASKS[0])


def chosen_word(frame: Frame) -> int | None:
    """Return the word that is selected, where the sentence has so many."""
    if frame.selection[:1] != ("word",):
        return None
    place = int(frame.selection[1])
    return place if place < len(source_chips(frame.knobs)) else None


def given(frame: Frame) -> tuple[str, ...]:
    """Return the text to go on with: up to the word selected, else the subject."""
    tokens = tokens_of(source_chips(frame.knobs))
    place = chosen_word(frame)
    if place is None:
        place = next((i for i, token in enumerate(tokens) if token in ("이", "가")), 0)
    return tokens[: place + 1]


def is_answered(frame: Frame) -> bool:
    """Whether what the picture shows is known."""
    wanted = _ANSWERS.get(shown(frame))
    if wanted is None or (shown(frame) == "gap" and chosen_word(frame) is None):
        return True
    return isinstance(frame.answer, wanted)


def buttons(layout: FamilyLayout, frame: Frame) -> tuple[Painted, ...]:
    """Return the painted buttons that the keyboard reaches."""
    another = Painted(("another",), layout.another, frame.say(ANOTHER))
    if shown(frame) == "task":
        tasks = [(task, rect) for task, rect in layout.pills if task in TASKS]
        made = (Painted(("task", key), rect, frame.say(NAMES[key])) for key, rect in tasks)
        return (another, *made)
    made = (Painted((name,), rect, frame.say(words.AGAIN)) for name, rect in layout.pills)
    return (another, *made)


class FamilyView(SentenceView):
    """One grammar, three objectives: filled in, continued, and done as a prefix asks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presses = Presses(self)

    def request(self, frame: Frame) -> Any | None:
        """Ask what the picture shows; how the three learn is in the film."""
        tokens = tokens_of(source_chips(frame.knobs))
        picture = shown(frame)
        if not tokens or picture == "learning":
            return None
        if picture == "gap":
            place = chosen_word(frame)
            return None if place is None else FillIn(tokens, place)
        if picture == "text":
            return GoOn(given(frame), temperature_of(frame), whole(frame.knobs, "draw", 0))
        if picture == "task":
            return DoTask(tokens, task_of(frame))
        return ReadSense(tokens) if picture == "sense" else SeeMasks(tokens, task_of(frame))

    def layout_in(self, frame: Frame, room: Room) -> FamilyLayout:
        """Return the rectangles of the step's picture."""
        return family_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the step's picture."""
        return PICTURES[shown(frame)].beats(frame) if is_answered(frame) else (Beat("", 0.0),)

    def place(self, layout: FamilyLayout, frame: Frame) -> None:
        """Put the field and the places of the painted buttons where they stand."""
        super().place(layout, frame)
        self._presses.place(buttons(layout, frame))

    def draw_still(
        self, painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw what does not move."""
        self.draw_sentence(painter, layout, frame, colours)
        if is_answered(frame):
            PICTURES[shown(frame)].draw_still(painter, layout, frame, colours)
            return
        said_so = frame.say(words.PREPARING)
        write(painter, layout.body, said_so, 20 * layout.room.type, colours.muted, align=CENTRE)

    def draw_moving(
        self, painter: QPainter, layout: FamilyLayout, frame: Frame, time: float, colours: Colours
    ) -> None:
        """Draw what has come so far; the maps that stand are kept, 7 ms if drawn (measured)."""
        if not is_answered(frame):
            return
        if shown(frame) == "masks":
            self._draw_masks(painter, layout, frame, time, colours)
            return
        PICTURES[shown(frame)].draw_moving(painter, layout, frame, time, colours)

    def _draw_masks(
        self, painter: QPainter, layout: FamilyLayout, frame: Frame, time: float, colours: Colours
    ) -> None:
        for turn in range(3):
            if maps.come(frame, turn, time) == 1:
                self._keep_model(painter, layout, frame, turn, colours)
            else:
                maps.draw_coming(painter, layout, frame, turn, time, colours)

    def _keep_model(
        self, painter: QPainter, layout: FamilyLayout, frame: Frame, turn: int, colours: Colours
    ) -> None:
        def draw(part: QPainter) -> None:
            maps.draw_model(part, layout, frame, turn, colours)

        strip = maps.strip(layout, frame, turn)
        self.keep(painter, f"model{turn}", strip, (frame,), draw)

    def charts(self, layout: FamilyLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the curves of learning."""
        chart = learning.chart(layout, frame, colours) if shown(frame) == "learning" else None
        return () if chart is None else (chart,)

    def hit(self, layout: FamilyLayout, frame: Frame, point: QPointF) -> Target:
        """Return the word, cell, token or button under a point."""
        typed = self.hit_sentence(layout, point)
        if typed or not is_answered(frame):
            return typed
        found: Target = PICTURES[shown(frame)].hit(layout, frame, self.time, point)
        return found

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Take another sentence, draw again, choose a task, or select what was clicked."""
        typed = self.pick_sentence(frame, target)
        if typed is not None:
            return typed
        if target == ("again",):
            return Pick(knobs={"draw": whole(frame.knobs, "draw", 0) + 1})
        if target[:1] == ("task",):
            return Pick(selection=(), knobs={"task": str(target[1])})
        if shown(frame) == "text" and target[:1] == ("row",):
            return Pick()  # what is selected there is the text given
        return Pick(selection=target if target else self.above(frame.selection))

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card of what is looked at."""
        if not is_answered(frame):
            return None
        card: Lens | None = PICTURES[shown(frame)].lens(frame, time)
        return card

    def described(self, frame: Frame) -> str:
        """Return the sentence and what became of it."""
        if isinstance(frame.answer, Done):
            written = said(prefixes.written(frame.answer), frame.answer.task)
            return frame.say(words.SPOKEN, source=spoken(frame.knobs), said=written)
        return frame.say(frame.step.title)
