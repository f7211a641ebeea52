"""The misconceptions scene: choose true or false, try it, read the answer."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explainer.concepts.gan.misconceptions import pictures, told, words
from explainer.concepts.gan.misconceptions.layout import CardLayout, card_layout, card_of, levels
from explainer.concepts.gan.misconceptions.probe import Try
from explainer.concepts.gan.misconceptions.state import (
    DONE,
    TOLD,
    amount,
    guess,
    is_answered,
    is_done,
)
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Pick, Room, Target
from explainer.stage.lettering import CENTRE, write
from explainer.stage.motion import share
from explainer.stage.presses import Painted, Presses
from explainer.stage.view import View


class CardsView(View):
    """A claim, a choice, a deed, an answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presses = Presses(self)

    def request(self, frame: Frame) -> Any | None:
        """Ask what becomes of the nets when the claim is tried."""
        return Try(card_of(frame), amount(frame))

    def layout_in(self, frame: Frame, room: Room) -> CardLayout:
        """Return the rectangles."""
        return card_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the deed and the answer; without a deed nothing moves."""
        if not amount(frame):
            return (Beat("", 0.0),)
        return (
            Beat("", 0.0),
            Beat("deed", DONE, frame.say(words.DO_IT)),
            Beat("answer", TOLD + 0.4, frame.say(words.AFTER)),
        )

    def draw_ground(
        self, painter: QPainter, layout: CardLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw the claim, the choices and the pills."""
        told.draw_card(painter, layout, frame, colours)
        pictures.draw_under(painter, layout, frame, colours)

    def ground_depends_on(self, frame: Frame) -> Any:
        """Return the knobs, the language and what is pointed at."""
        return (tuple(frame.knobs.items()), frame.language, frame.hover)

    def draw_still(
        self, painter: QPainter, layout: CardLayout, frame: Frame, colours: Colours
    ) -> None:
        """Say so while nothing is known yet."""
        if not is_answered(frame):
            t = layout.room.type
            said = frame.say(words.PREPARING)
            write(painter, layout.picture, said, 17 * t, colours.muted, align=CENTRE)

    def still_depends_on(self, frame: Frame) -> Any:
        """Return whether anything is known."""
        return (is_answered(frame), self.ground_depends_on(frame))

    def draw_moving(
        self, painter: QPainter, layout: CardLayout, frame: Frame, time: float, colours: Colours
    ) -> None:
        """Draw the picture on its way from before to after, then the figures and the answer."""
        if not is_answered(frame):
            told.draw_verdict(painter, layout, frame, 0.0, colours)
            return
        done = is_done(frame)
        come = share(time, 0.2, DONE - 0.2) if done else 0.0
        known = share(time, DONE, TOLD - DONE) if done else 0.0
        film = frame.film if card_of(frame) in told.PAIRED else None  # the others show no curve
        shown = (frame.language, tuple(frame.knobs.items()))
        now = (frame.answer, film)
        parts: dict[str, Any] = {"layout": layout, "frame": frame, "colours": colours}
        if 0 < come < 1:
            pictures.draw_ground(painter, come=come, **parts)
            pictures.draw_points(painter, come=come, **parts)
        else:
            picture = partial(_draw_picture, come=come, **parts)
            room = layout.picture.adjusted(-4, -34, 4, 4)
            self.keep(painter, "picture", room, (*now, *shown, come), picture)
        # Beside a new picture the figures come one tick later.
        figures = partial(_draw_told, known=known, **parts)
        room = layout.table.united(layout.verdict).adjusted(-3, -4, 3, 3)
        self.keep(painter, "told", room, (*shown, known), figures, now)

    def charts(self, layout: CardLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the curves of the cards that have some."""
        return pictures.charts(layout, frame, colours) if is_answered(frame) else ()

    def hit(self, layout: CardLayout, frame: Frame, point: QPointF) -> Target:
        """Return the choice or the deed under a point."""
        for key, rect in layout.guesses:
            if rect.contains(point):
                return ("guess", key)
        if guess(frame) != "none":
            for value, rect in layout.pills:
                if rect.contains(point):
                    return ("do", value)
        return ()

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Choose, or try the claim."""
        match target:
            case ("guess", key):
                return Pick(knobs={"guess": key})
            case ("do", value):
                seek = int(value) if card_of(frame) == "rounds" else None
                return Pick(knobs={"amount": int(value)}, seek=seek, plays=True)
        return Pick()

    def place(self, layout: CardLayout, frame: Frame) -> None:
        """Put the painted buttons where the keyboard finds them."""
        self._presses.place(buttons(layout, frame))

    def described(self, frame: Frame) -> str:
        """Return the claim and, once it is there, the answer."""
        said = frame.say(words.SAID[card_of(frame)])
        answer = told.verdict(frame) if is_done(frame) else frame.say(words.WAITS)
        return frame.say(words.SPOKEN, said=said, answer=answer)


def _draw_picture(
    painter: QPainter, layout: CardLayout, frame: Frame, come: float, colours: Colours
) -> None:
    pictures.draw_ground(painter, layout, frame, come, colours)
    pictures.draw_points(painter, layout, frame, come, colours)


def _draw_told(
    painter: QPainter, layout: CardLayout, frame: Frame, known: float, colours: Colours
) -> None:
    told.draw_table(painter, layout, frame, known, colours)
    told.draw_verdict(painter, layout, frame, known, colours)


def buttons(layout: CardLayout, frame: Frame) -> tuple[Painted, ...]:
    """Return the painted buttons that the keyboard reaches."""
    names = {"true": words.TRUE, "false": words.FALSE}
    found = [Painted(("guess", key), rect, frame.say(names[key])) for key, rect in layout.guesses]
    if guess(frame) != "none":
        texts = dict(levels(frame))
        found += [
            Painted(("do", value), rect, frame.say(texts[value])) for value, rect in layout.pills
        ]
    return tuple(found)
