"""The plane scene: a generator and a discriminator in a tug-of-war over points."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from explainer.concepts.gan.plane import best, column, field, flow, own, slow, words
from explainer.concepts.gan.plane.cards import board_lens
from explainer.concepts.gan.plane.column import numbers_of
from explainer.concepts.gan.plane.counts import bars_of
from explainer.concepts.gan.plane.diagnosis import diagnose
from explainer.concepts.gan.plane.knobs import LIVE, pressed
from explainer.concepts.gan.plane.layout import PARTS, PILLS, PlaneLayout, plane_layout, shown
from explainer.concepts.gan.plane.own_points import flat
from explainer.concepts.gan.plane.probe import Board, Compare, Compared, Look
from explainer.concepts.gan.plane.rope import draw_knot, draw_rope
from explainer.lesson import Problem, Text
from explainer.stage.chart import Chart
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, SEMIBOLD, number, percent, write
from explainer.stage.pad import Pad
from explainer.stage.presses import Painted, Presses
from explainer.stage.view import View

_ANSWERS = {"best": Compared}


def under(frame: Frame) -> tuple[Any, ...]:
    """Return the settings that change an answer without any learning."""
    return tuple(frame.knobs[key] for key in LIVE)


def is_answered(frame: Frame) -> bool:
    """Whether what the picture shows is known; an answer may still be another picture's."""
    if frame.snapshot is None:
        return False
    if shown(frame) == "round":
        return hasattr(frame.answer, "judge")
    return isinstance(frame.answer, _ANSWERS.get(shown(frame), Board))


class PlaneView(View):
    """The flow, the board, one round in slow motion, the best discriminator, one's own cloud."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.pad = Pad(self)
        self.pad.setObjectName("planeBrush")
        self.pad.drawn.connect(self.drawn)
        self.pad.hide()
        self._presses = Presses(self)

    # -- what is asked --------------------------------------------------------------------------

    def request(self, frame: Frame) -> Any | None:
        """Ask what the picture shows."""
        match shown(frame):
            case "round":
                if frame.live:  # it would be over before it could be looked at
                    return None
                from explainer.concepts.gan.plane.round import PlayRound

                return PlayRound(under=under(frame))
            case "best":
                return Compare(count=6000 if frame.live else 20_000)
        return Look(distance=not frame.live, under=under(frame))

    # -- what is drawn --------------------------------------------------------------------------

    def layout_in(self, frame: Frame, room: Room) -> PlaneLayout:
        """Return the rectangles of the step's picture."""
        return plane_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the picture."""
        if not is_answered(frame):
            return (Beat("", 0.0),)
        match shown(frame):
            case "flow":
                return flow.beats(frame)
            case "round":
                return slow.beats(frame.answer)
        return field.beats(shown(frame))

    def draw_still(
        self, painter: QPainter, layout: PlaneLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw what does not move."""
        picture, t = shown(frame), layout.room.type
        if not is_answered(frame):
            waits = words.STOPPED if picture == "round" and frame.live else words.PREPARING
            write(painter, layout.body, frame.say(waits), 18 * t, colours.muted, align=CENTRE)
        elif picture == "best":
            best.draw_still(painter, layout, frame, frame.answer, colours)
            self._draw_pills(painter, layout, frame, colours)
        elif picture in PARTS:
            column.draw_parts(painter, layout, frame, frame.answer, colours)
            self._draw_pills(painter, layout, frame, colours)

    def _draw_pills(
        self, painter: QPainter, layout: PlaneLayout, frame: Frame, colours: Colours
    ) -> None:
        if not layout.pills:
            return
        t, texts = layout.room.type, dict(PILLS[shown(frame)])
        head = layout.part("pills")
        if not head.isEmpty():
            head = QRectF(head.x(), head.y(), head.width(), 24 * t)
            text = words.WHO if "both" in texts else words.TRY
            write(painter, head, frame.say(text), 15 * t, colours.ink, SEMIBOLD)
        for key, rect in layout.pills:
            lit = frame.hover == ("pill", key) or is_in_force(frame, key)
            draw_pill(painter, rect, frame.say(texts[key]), 15 * t, colours, lit)

    def draw_moving(
        self,
        painter: QPainter,
        layout: PlaneLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Draw what has come so far."""
        if not is_answered(frame):
            return
        picture, answer = shown(frame), frame.answer
        if picture == "flow":
            flow.draw_moving(painter, layout, frame, answer, time, colours)
        elif picture == "round":
            slow.draw_moving(painter, layout, frame, answer, time, colours)
        elif picture == "own":
            own.draw_moving(painter, layout, frame, answer, colours, self.keep)
        elif picture in PARTS:
            field.draw_beside(painter, layout, frame, answer, colours, self.keep)
            field.draw_field(painter, layout, frame, answer, time, colours, self.keep)
            if not layout.rope.isEmpty():
                place = layout.rope.adjusted(-4, -4, 4, 4)
                self.keep(painter, "rope", place, (frame.language,),
                          lambda p: draw_rope(p, layout, frame, colours))  # fmt: skip
                draw_knot(painter, layout, frame, colours, answer.stands.accuracy)

    def charts(self, layout: PlaneLayout, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the curves of the right column."""
        if not is_answered(frame) or shown(frame) not in PARTS or frame.film is None:
            return ()
        return column.charts(layout, frame, frame.answer, colours)

    # -- what a person does ---------------------------------------------------------------------

    def hit(self, layout: PlaneLayout, frame: Frame, point: QPointF) -> Target:
        """Return the button, fake, mode, beat or row under a point."""
        for key, rect in layout.pills:
            if rect.contains(point):
                return ("pill", key)
        if not is_answered(frame):
            return ()
        picture = shown(frame)
        if picture == "best":
            return best.hit(layout, frame.answer, point)
        if picture == "round":
            rows = slow.places(layout).rows
            found = (n for n in slow.played(frame.answer) if rows[n].contains(point))
            return next((("beat", n) for n in found), ())
        if picture in PARTS:
            return _hit_board(layout, frame.answer, point)
        return ()

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Press a button, go to a beat, or choose what was clicked."""
        match target:
            case ("pill", "open"):
                # Once the press is over: a dialog within it would swallow the release.
                QTimer.singleShot(0, self.choose_file)
                return Pick()
            case ("pill", "undo"):
                self.pad.undo()
                return Pick(selection=())
            case ("pill", "clear"):
                self.pad.clear()
                return Pick(selection=())
            case ("pill", "learn"):
                return self.learn(frame)
            case ("pill", key):
                # What stands as wanted is no change, and the film notes none.
                wanted = pressed(str(key)).items()
                return Pick(knobs={k: v for k, v in wanted if frame.knobs.get(k) != v})
            case ("beat", index):
                at = slow.played(frame.answer).index(int(index)) * slow.LONG
                return Pick(time=at)
        return Pick(selection=target if target else self.above(frame.selection))

    def learn(self, frame: Frame) -> Pick:
        """Return what learning from the pad means: the two begin anew on its points."""
        points = own.drawn_points(frame)
        if not len(points):
            return refused(Problem(words.REFUSED["empty"]))
        return taught(points)

    def file_chosen(self, path: str) -> Pick:
        """Return what opening a file means; where it is no cloud nothing changes but a sentence."""
        from explainer.concepts.gan.plane.opening import open_points

        try:
            return taught(open_points(path))
        except Problem as problem:
            return refused(problem)

    def choose_file(self) -> None:
        """Let the person choose a table or a picture."""
        if self.frame is None:
            return
        say = self.frame.say
        path, _ = QFileDialog.getOpenFileName(self, say(words.CHOOSE), "", say(words.FILES))
        if path:
            self.picked.emit(self.file_chosen(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept one file."""
        urls = event.mimeData().urls()
        is_own = self.frame is not None and shown(self.frame) == "own"
        if is_own and len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Learn from the file dropped."""
        event.acceptProposedAction()
        self.picked.emit(self.file_chosen(event.mimeData().urls()[0].toLocalFile()))

    def place(self, layout: PlaneLayout, frame: Frame) -> None:
        """Put the pad where the plane is drawn on, and name the buttons for the keyboard."""
        is_own = shown(frame) == "own"
        self.pad.setVisible(is_own)
        if is_own:
            self.pad.setGeometry(self.on_screen(own.pad_rect(layout)).toRect())
            self.pad.setAccessibleName(frame.say(words.BRUSH))
            self.pad.show()
            if not np.array_equal(self.pad.drawing() > 0.5, frame.drawing > 0.5):
                self.pad.show_example(frame.drawing)
        texts = dict(PILLS.get(shown(frame), ()))
        self._presses.place(
            tuple(Painted(("pill", key), rect, frame.say(texts[key])) for key, rect in layout.pills)
        )

    def undo(self) -> None:
        """Take the last stroke back."""
        self.pad.undo()

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card of what is pointed at, else of how the two stand."""
        if not is_answered(frame) or shown(frame) == "round":
            return None
        if shown(frame) == "best":
            return best.lens(frame, frame.answer)
        target = frame.hover or frame.selection
        if shown(frame) in ("tug", "balance", "collapse") and target[:1] != ("fake",):
            return None  # all that it would say stands on the board
        return board_lens(frame, frame.answer)

    def described(self, frame: Frame) -> str:
        """Return how the two stand, in a sentence."""
        if not is_answered(frame) or not isinstance(frame.answer, Board):
            return frame.say(frame.step.title)
        found = diagnose(numbers_of(frame, frame.answer))
        return frame.say(
            words.SPOKEN,
            step=number(frame.snapshot.step, 0),
            accuracy=percent(frame.answer.stands.accuracy, 0),
            diagnosis=frame.say(found.title),
        )


def _hit_board(layout: PlaneLayout, board: Board, point: QPointF) -> Target:
    """Return the fake or the mode under a point."""
    modes = layout.part("modes")
    if modes.contains(point) and board.stands.coverage is not None:
        bars = bars_of(modes, len(board.stands.coverage.shares), layout.room.type)
        for place, bar in enumerate(bars):
            if bar.adjusted(-6, -20, 6, 20).contains(point):
                return ("mode", place)
    if not layout.plane.contains(point):
        return ()
    far = np.linalg.norm(field.placed(layout, board) - np.array([point.x(), point.y()]), axis=1)
    nearest = int(far.argmin())
    return ("fake", nearest) if far[nearest] < 14 else ()


def is_in_force(frame: Frame, key: str) -> bool:
    """Whether a button's settings are those in force."""
    wanted = pressed(key)
    return bool(wanted) and all(frame.knobs.get(name) == value for name, value in wanted.items())


def taught(points: np.ndarray) -> Pick:
    """Return what learning these points means."""
    return Pick(selection=(), knobs={"points": flat(points), "shape": "drawn"})


def refused(problem: Problem) -> Pick:
    """Return what is said where something is no cloud."""
    said: Text = problem.text
    return Pick(selection=("refused", said.en, said.ko))
