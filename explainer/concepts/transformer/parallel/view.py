"""The parallel scene: words in turn and at once, the clock, and a race of three nets."""

from __future__ import annotations

from functools import partial
from types import ModuleType
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.parallel import clock, contest, drafts, flow, strands, words
from explainer.concepts.transformer.parallel.layout import (
    ParallelLayout,
    parallel_layout,
    shown,
)
from explainer.concepts.transformer.parallel.probe import BothWays, ReadBoth, TimeLayers, Timings
from explainer.concepts.transformer.sentence import (
    source_chips,
    spoken,
    tokens_of,
    whole,
)
from explainer.concepts.transformer.sentence_view import SentenceView
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, write

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


class ParallelView(SentenceView):
    """A GRU beside the transformer: how they read, what it costs, how they learn."""

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
        self.draw_sentence(painter, layout, frame, colours)
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
        if not is_answered(frame):
            return
        if shown(frame) == "flow":
            self._draw_come(painter, layout, frame, time, colours)
        PICTURES[shown(frame)].draw_moving(painter, layout, frame, time, colours)

    def _draw_come(
        self,
        painter: QPainter,
        layout: ParallelLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Draw the states that stand, and the layers, which come all of a piece."""
        count = flow.states_come(frame, time)
        of = (frame.answer, strands.looked_at(frame), frame.language)
        parts = {"layout": layout, "frame": frame, "colours": colours}
        chain = partial(strands.draw_chain, places=range(count), grown=1.0, **parts)
        self.keep(painter, "states", strands.chain_rect(layout, frame), (*of, count), chain)
        for layer in range(len(frame.answer.vectors)):
            grown = flow.come(frame, layer, time)
            if grown > 0:
                place = strands.layer_rect(layout, frame, layer)
                draw = partial(strands.draw_layer, layer=layer, **parts)
                painter.setOpacity(grown)
                self.keep(painter, f"layer {layer}", place, of, draw)
                painter.setOpacity(1.0)

    def charts(self, layout: ParallelLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the curves of the race."""
        chart = contest.chart(layout, frame, colours) if shown(frame) == "race" else None
        return () if chart is None else (chart,)

    def hit(self, layout: ParallelLayout, frame: Frame, point: QPointF) -> Target:
        """Return the word, length, net or button under a point."""
        typed = self.hit_sentence(layout, point)
        if typed:
            return typed
        if not is_answered(frame):
            return ()
        found: Target = PICTURES[shown(frame)].hit(layout, frame, point)
        return found

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Take another sentence, measure anew, or choose what was clicked."""
        typed = self.pick_sentence(frame, target)
        if typed is not None:
            return typed
        if target == ("again",):
            return Pick(knobs={"take": whole(frame.knobs, "take", 0) + 1})
        return Pick(selection=target if target else self.above(frame.selection))

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
