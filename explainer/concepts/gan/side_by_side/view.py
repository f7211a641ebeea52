"""The side-by-side scene: two pairs of nets under one clock."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from explainer.concepts.gan.shapes import modes_of
from explainer.concepts.gan.side_by_side import curves, differences, planes, table, words
from explainer.concepts.gan.side_by_side.layout import DuelLayout, duel_layout, focus
from explainer.concepts.gan.side_by_side.probe import Compare, Comparison
from explainer.concepts.gan.side_by_side.settings import SIDES, SideName
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Room, Target
from explainer.stage.lettering import CENTRE, number, write
from explainer.stage.view import View


def is_answered(frame: Frame) -> bool:
    """Whether what the picture shows is known."""
    return isinstance(frame.answer, Comparison)


class DuelView(View):
    """Two planes, what differs between them, and what is measured of both."""

    def request(self, frame: Frame) -> Any | None:
        """Ask for both sides."""
        return Compare()

    def layout_in(self, frame: Frame, room: Room) -> DuelLayout:
        """Return the rectangles."""
        return duel_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments: noise becomes fakes, the judges answer, both are measured."""
        if not is_answered(frame):
            return (Beat("", 0.0),)
        say = frame.say
        return (
            Beat("", 0.0),
            Beat("fake", planes.LIE, say(words.BEATS["fake"])),
            Beat("pull", planes.PULLED, say(words.BEATS["pull"])),
            Beat("measure", planes.END, say(words.BEATS["measure"])),
        )

    def draw_ground(
        self, painter: QPainter, layout: DuelLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw what no round changes: names, what differs, what the marks mean."""
        planes.draw_heads(painter, layout, frame, colours)
        differences.draw_differences(painter, layout, frame, colours)
        planes.draw_under(painter, layout, frame, colours)

    def ground_depends_on(self, frame: Frame) -> Any:
        """Return the settings and the language."""
        return (tuple(frame.knobs.items()), frame.language)

    def draw_still(
        self, painter: QPainter, layout: DuelLayout, frame: Frame, colours: Colours
    ) -> None:
        """Say so while nothing is known yet."""
        if not is_answered(frame):
            t = layout.room.type
            for plane in layout.planes.values():
                write(painter, plane, frame.say(words.PREPARING), 16 * t, colours.muted,
                      align=CENTRE)  # fmt: skip
            return

    def still_depends_on(self, frame: Frame) -> Any:
        """Return whether anything is known."""
        return (is_answered(frame), self.ground_depends_on(frame))

    def draw_moving(
        self, painter: QPainter, layout: DuelLayout, frame: Frame, time: float, colours: Colours
    ) -> None:
        """Draw the fakes, their arrows, and the measures."""
        if not is_answered(frame):
            return
        shown = (tuple(frame.knobs.items()), frame.language, frame.step)
        for side in SIDES:
            # The right side follows one tick later while both learn: one frame holds one plane.
            known = (frame.answer,)
            of, late = (shown, known) if side == "right" else (shown + known, ())
            self._draw_side(painter, layout, frame, side, time, colours, of, late)
        axes = partial(curves.draw_axes, layout=layout, frame=frame, colours=colours)
        self.keep(painter, "axes", curves.whole(layout), shown, axes, (frame.answer, frame.film))
        grown = planes.measured(time)
        draw = partial(
            self._draw_measures, layout=layout, frame=frame, grown=grown, colours=colours
        )
        of = (*shown, grown)
        self.keep(painter, "measures", layout.centre, of, draw, (frame.answer,))
        planes.draw_chosen(painter, layout.planes, frame, colours)

    def _draw_side(
        self,
        painter: QPainter,
        layout: DuelLayout,
        frame: Frame,
        side: SideName,
        time: float,
        colours: Colours,
        of: tuple[Any, ...],
        late: tuple[Any, ...],
    ) -> None:
        """Draw a plane, and over it what moves, kept once it stands."""
        rect, t = layout.planes[side], layout.room.type
        known = frame.answer.of(side)
        room = rect.adjusted(-3, -3, 3, 3)
        ground = partial(planes.draw_ground, rect=rect, side=known, colours=colours)
        life = partial(planes.draw_life, rect=rect, side=known, time=time, t=t, colours=colours)
        if time < planes.PULLED:
            self.keep(painter, f"ground {side}", room, of, ground, late)
            life(painter)
            return

        def both(part: QPainter) -> None:
            ground(part)
            life(part)

        self.keep(painter, f"plane {side}", room, of, both, late)

    def _draw_measures(
        self,
        painter: QPainter,
        layout: DuelLayout,
        frame: Frame,
        grown: float,
        colours: Colours,
    ) -> None:
        top = differences.height_of_differences(layout, frame)
        t = layout.room.type
        if focus(frame) == "same":
            box = layout.centre.adjusted(0, top - layout.centre.y(), 0, 0)
            top = table.draw_same(painter, box, frame, colours, t)
        table.draw_rows(painter, layout, frame, top, grown, colours)

    def charts(self, layout: DuelLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return losses, and how far each side has come."""
        return curves.charts(layout, frame, colours) if is_answered(frame) else ()

    def hit(self, layout: DuelLayout, frame: Frame, point: QPointF) -> Target:
        """Return the fake under a point."""
        return planes.hit(layout, frame, point) if is_answered(frame) else ()

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return what becomes of one noise on both sides."""
        if not is_answered(frame):
            return None
        place = planes.chosen(frame)
        if place is None:
            return None
        found: list[tuple[str, str]] = []
        for side in SIDES:
            made, letter = frame.answer.of(side).forged, frame.say(words.SIDE[side])
            x, y = made.points[place].tolist()
            length = float((made.pull[place] ** 2).sum() ** 0.5)
            found += [
                (frame.say(words.PLACE_OF, side=letter), f"({number(x)}, {number(y)})"),
                (frame.say(words.SAYS_OF, side=letter), number(float(made.logits[place]))),
                (frame.say(words.PULLED, side=letter), number(length, 3)),
            ]
        return Lens(frame.say(words.ONE_NOISE), tuple(found))

    def described(self, frame: Frame) -> str:
        """Return how many modes each side covers."""
        modes = modes_of(frame.knobs.get("shape", "ring"))  # type: ignore[arg-type]
        if not is_answered(frame) or modes is None:
            return frame.say(frame.step.title)
        counted = [frame.answer.of(side).standing.coverage for side in SIDES]
        left, right = (0 if c is None else int(c.covered.sum()) for c in counted)
        step = 0 if frame.film is None else frame.film.step
        return frame.say(
            words.SPOKEN, step=f"{step:,}", left=left, right=right, modes=len(modes.centres)
        )
