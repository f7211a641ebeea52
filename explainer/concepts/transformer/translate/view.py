"""The translate scene: six pictures of one model that turns a sentence into another."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.answers import SamplingRate, Translation
from explainer.concepts.transformer.outside import next_try
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.questions import Translate
from explainer.concepts.transformer.sampling import GREEDY
from explainer.concepts.transformer.sentence import (
    source_of,
    spoken,
    target_of,
    tokens_in_force,
    whole,
)
from explainer.concepts.transformer.sentence_view import SentenceView
from explainer.concepts.transformer.translate import (
    bars,
    cases,
    curves,
    film,
    flow,
    maps,
    probe,
    rates,
    slow,
    tree,
    words,
)
from explainer.concepts.transformer.translate.layout import (
    TranslateLayout,
    shown,
    translate_layout,
)
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, write
from explainer.stage.plot import Chart

PICTURES: dict[str, ModuleType] = {
    "flow": flow,
    "next": flow,
    "loop": maps,
    "beam": tree,
    "film": film,
    "slow": slow,
    "cases": cases,
    "rates": rates,
}


def is_answered(frame: Frame) -> bool:
    """Whether the answer at hand is of the kind the picture shows."""
    answer, picture = frame.answer, shown(frame)
    if picture in ("flow", "next", "loop"):
        return isinstance(answer, Translation)
    if picture == "beam":
        return isinstance(answer, probe.Searched)
    if picture in ("film", "slow"):
        return isinstance(answer, probe.Moment) and frame.film is not None
    kind = probe.Judged if picture == "cases" else SamplingRate
    return isinstance(answer, tuple) and bool(answer) and isinstance(answer[0], kind)


class TranslateView(SentenceView):
    """A sentence translated live, the next token's distribution, beams, the film, its errors."""

    def request(self, frame: Frame) -> Any | None:
        """Ask what the picture shows."""
        picture = shown(frame)
        tokens = tokens_in_force(frame.knobs)
        if picture == "rates":
            return probe.rates()
        if not tokens:
            return None
        if picture == "cases":
            return probe.ReadCases(spoken(frame.knobs))
        if picture == "beam":
            return probe.Search(tokens, whole(frame.knobs, "width", 3))
        if picture in ("film", "slow"):
            return _moment(frame, tokens)
        sampling = probe.sampling_of(frame.knobs) if picture == "next" else GREEDY
        forced = frame.selection[1:] if frame.selection[:1] == ("force",) else ()
        return Translate(tokens, sampling=sampling, forced=tuple(str(word) for word in forced))

    def along(self, frame: Frame) -> Any | None:
        """Ask for the maps, or for how often sampling goes wrong, at every kept frame."""
        if shown(frame) == "rates":
            return probe.rates_along()
        tokens = tokens_in_force(frame.knobs)
        return _moment(frame, tokens) if shown(frame) in ("film", "slow") and tokens else None

    def layout_in(self, frame: Frame, room: Room) -> TranslateLayout:
        """Return the rectangles of the step's picture."""
        return translate_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the tokens, depths or sentences as moments."""
        return PICTURES[shown(frame)].beats(frame) if is_answered(frame) else (Beat("", 0.0),)

    def draw_still(
        self, painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw what does not move."""
        t = layout.room.type
        self.draw_sentence(painter, layout, frame, colours)
        if is_answered(frame):
            PICTURES[shown(frame)].draw_still(painter, layout, frame, colours)
            return
        waits = words.MEASURING if shown(frame) in ("rates", "cases") else words.PREPARING
        write(painter, layout.body, frame.say(waits), 20 * t, colours.muted, align=CENTRE)

    def draw_moving(
        self,
        painter: QPainter,
        layout: TranslateLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Draw what has come so far."""
        if is_answered(frame):
            PICTURES[shown(frame)].draw_moving(painter, layout, frame, time, colours)

    def charts(self, layout: TranslateLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the curves of the film."""
        if shown(frame) != "film" or frame.film is None:
            return ()
        return (curves.chart(layout, frame, colours),)

    def take_another(self, frame: Frame) -> Pick:
        """Return what a press on the button means: by the cases, one more the grammar has not."""
        if shown(frame) != "cases":
            return super().take_another(frame)
        return self.take(frame, next_try(str(frame.knobs.get("sentence"))))

    def hit(self, layout: TranslateLayout, frame: Frame, point: QPointF) -> Target:
        """Return the token, bar, node, column, sentence or button under a point."""
        typed = self.hit_sentence(layout, point)
        if typed or not is_answered(frame):
            return typed
        found: Target = PICTURES[shown(frame)].hit(layout, frame, self.time, point)
        return found

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Take another sentence, go on from another token, or go to a moment of the film."""
        typed = self.pick_sentence(frame, target)
        if typed is not None:
            return typed
        kind = target[0] if target else ""
        if kind == "moment":
            return Pick(seek=int(target[1]))
        if kind == "walk":
            return Pick(time=slow.time_of(int(target[1])))
        if kind == "bar":
            row, token = int(target[1]), str(target[2])
            if frame.answer.output[row] == token:
                return Pick(knobs={"draw": (whole(frame.knobs, "draw", 0) + 1) % 100})
            return Pick(selection=bars.forced(frame.answer, row, token))
        return Pick(selection=target if target else self.above(frame.selection))

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card of what is looked at."""
        if not is_answered(frame):
            return None
        card: Lens | None = PICTURES[shown(frame)].lens(frame, time)
        return card

    def described(self, frame: Frame) -> str:
        """Return the sentence and its translation."""
        if isinstance(frame.answer, Translation):
            return frame.say(words.SPOKEN, source=spoken(frame.knobs), said=frame.answer.text)
        return frame.say(frame.step.title)


def _moment(frame: Frame, tokens: tuple[str, ...]) -> probe.ReadMoment:
    """Return the question for the maps, the true translation fed in where it is known."""
    pair = parse(tokens, source_of(frame.knobs))
    truth = () if pair is None else pair.tokens(target_of(frame.knobs))
    return probe.ReadMoment(tokens, truth)
