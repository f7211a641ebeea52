"""The view contract: everything on the stage is a pure function of a frame and the lesson time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from explainer.lesson import Language, Step, Text, Value
from explainer.stage.chart import Chart
from explainer.stage.colours import COLOURS, Colours

if TYPE_CHECKING:
    from explainer.stage.plot import Plot

# What is selected or hovered, as the view itself names it: () is nothing, ("conv2", 5) a map.
Target = tuple[str | int, ...]

# `View.keep`, as given to what draws a part of a picture.
Keep = Callable[[QPainter, str, QRectF, tuple[Any, ...], Callable[[QPainter], None]], None]

DESIGN_HEIGHT = 720.0
DESIGN_WIDTHS = (1000.0, 1280.0)


@dataclass(frozen=True, slots=True)
class Room:
    """The design space a layout fills: units that are scaled uniformly to the screen.

    Parameters
    ----------
    width, height : float
        1000..1280 by 720 units.
    type : float
        Factor on all text sizes, 1..1.6, so that the smallest text stays readable.
    """

    width: float = 1192.0
    height: float = DESIGN_HEIGHT
    type: float = 1.0

    @property
    def large(self) -> bool:
        """Whether a layout should show fewer things, larger."""
        return self.type > 1.2


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """All there is to see; frames are told apart by identity.

    Parameters
    ----------
    step : Step
        The lesson step on the stage.
    snapshot, answer, along : object or None
        The experiment's latest snapshot; the answer to `View.request`; the answers to
        `View.along` at every kept frame of the film, as ((step, answer), ...). None until known.
    film : object or None
        The film as `engine.film.Strip`: branches with their metrics and kept frames.
    knobs : mapping
        Every knob's value in force.
    selection, hover : Target
        What is selected and what the pointer is on.
    drawing : ndarray, (280, 280) float32
        What the person drew: 0 paper .. 1 ink.
    language : "ko" or "en"
    live : bool
        Whether the model is learning now: motion means state.
    measured : bool
        False in exports: measured times are shown as a dash.
    reduced : bool
        Whether motion is reduced to its ends.
    """

    step: Step
    snapshot: Any = None
    answer: Any = None
    along: Any = None
    film: Any = None
    knobs: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    selection: Target = ()
    hover: Target = ()
    drawing: np.ndarray = field(default_factory=lambda: np.zeros((280, 280), np.float32))
    language: Language = "en"
    live: bool = False
    measured: bool = True
    reduced: bool = False

    def say(self, text: Text, **values: object) -> str:
        """Return a text in the frame's language."""
        return text.said(self.language, **values)


@dataclass(frozen=True, slots=True)
class Beat:
    """A discrete moment of the animation, to which the frame-step keys jump.

    Parameters
    ----------
    key : str
        Names the code line that runs (see `Step.lines`); may repeat.
    at : float
        Lesson seconds from the start of the step.
    said : str
        What the readout under the stage calls it, e.g. "window 9 / 16"; empty shows the time.
    """

    key: str
    at: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """The card in the right column: what is hovered or selected, never over the picture.

    Parameters
    ----------
    title : str
    rows : tuple of (label, value)
    values : ndarray or None
        A matrix shown beside the text.
    peak, ramp : float, str
        How to colour it.
    good : bool or None
        True adds a tick, False turns the card into a warning.
    """

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    values: np.ndarray | None = None
    peak: float = 1.0
    ramp: str = "signed"
    good: bool | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """What a click means: any of a new selection, knob values and a lesson time."""

    selection: Target | None = None
    knobs: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    time: float | None = None
    seek: int | None = None  # a step of the film


class View(QWidget):
    """One scene's picture. Subclasses give pure functions; this class owns paint and pointer.

    Signals
    -------
    picked : Pick
        The person clicked something.
    hovered : Target
        The pointer came onto something else.
    drawn : ndarray
        The drawing changed; (280, 280) float32.
    """

    picked = Signal(object)
    hovered = Signal(object)
    drawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.frame: Frame | None = None
        self.time = 0.0
        self.colours: Colours = COLOURS["light"]
        self.text_scale = 1.0
        self.presented = False  # on a slide, seen from the last row
        self._broken: Frame | None = None
        self._still: QPixmap | None = None
        self._still_of: tuple[Any, ...] = ()
        self._layout: Any = None
        self._layout_of: tuple[Any, ...] = ()
        self._plots: dict[str, Plot] = {}
        self._charts_of: tuple[Any, ...] = ()
        self._charts_are_due = False
        self._ground: QPixmap | None = None
        self._ground_of: tuple[Any, ...] = ()
        self._kept: dict[str, tuple[tuple[Any, ...], tuple[Any, ...], QPixmap]] = {}
        self._is_behind = self._catches_up = False
        self._is_painting = False

    # -- what a scene gives: pure functions --------------------------------------------------

    def request(self, frame: Frame) -> Any | None:
        """Return the question to ask the model for this frame, or None."""
        return None

    def along(self, frame: Frame) -> Any | None:
        """Return a question to ask at every kept frame of the film, or None."""
        return None

    def layout_in(self, frame: Frame, room: Room) -> Any:
        """Return a frozen dataclass of rectangles in design units; its field `room` is `room`."""
        raise NotImplementedError

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the step's animation, the last one its end."""
        return (Beat("", 0.0),)

    def draw_ground(self, painter: QPainter, layout: Any, frame: Frame, colours: Colours) -> None:
        """Draw what lies under the still part and outlives it, such as what no answer changes."""

    def ground_depends_on(self, frame: Frame) -> Any:
        """Return what of a frame the ground shows; while it is equal, the ground is kept."""
        return None

    def draw_still(self, painter: QPainter, layout: Any, frame: Frame, colours: Colours) -> None:
        """Draw what does not depend on the lesson time; kept as a picture while at rest."""

    def still_depends_on(self, frame: Frame) -> Any:
        """Return what of a frame the still part shows; while it is equal, that part is kept."""
        return frame

    def draw_moving(
        self, painter: QPainter, layout: Any, frame: Frame, time: float, colours: Colours
    ) -> None:
        """Draw what moves, over the still part."""

    def moves_within(self, layout: Any, frame: Frame) -> QRectF | None:
        """Return what `draw_moving` can change, in design units; None is the whole picture."""
        return None

    def charts(self, layout: Any, frame: Frame, colours: Colours) -> tuple[Chart, ...]:
        """Return the charts of the frame, with their rectangles in design units."""
        return ()

    def hit(self, layout: Any, frame: Frame, point: QPointF) -> Target:
        """Return what lies under a point; () for empty space."""
        return ()

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Return what a click on a target means; empty space goes one level up."""
        return Pick(selection=target if target else self.above(frame.selection))

    def above(self, selection: Target) -> Target:
        """Return the selection one level up; Esc and a click on empty space go there."""
        return ()

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card for the right column."""
        return None

    def described(self, frame: Frame) -> str:
        """Return one sentence on what is on the stage, for screen readers."""
        return frame.say(frame.step.title)

    def place(self, layout: Any, frame: Frame) -> None:
        """Put child widgets (a pad, a text field) onto the layout; see `on_screen`."""

    def reset(self) -> None:
        """Forget what child widgets remember, such as the strokes that undo could take back."""

    def undo(self) -> None:
        """Take back the person's last change to what they draw or type, if there is one."""

    # -- paint and pointer --------------------------------------------------------------------

    def show_frame(self, frame: Frame, time: float, colours: Colours, text_scale: float) -> None:
        """Show another frame or another moment; costs nothing where nothing changed."""
        same = frame is self.frame and colours is self.colours and text_scale == self.text_scale
        if same and time == self.time:
            return
        self.frame, self.time, self.colours = frame, time, colours
        self.text_scale = text_scale
        if not same:
            layout = self.current_layout()
            self.place(layout, frame)
            # While a model learns, a picture with charts is too long for one frame: they follow
            # in the next.
            self._charts_are_due = frame.live and bool(self._plots)
            if not self._charts_are_due:
                self._show_charts(layout, frame)
        self.update(self._changed_region(frame))

    def _changed_region(self, frame: Frame) -> QRegion:
        """Return what must be painted anew in widget pixels."""
        if self._still_of == self._still_key(frame):
            within = self.moves_within(self.current_layout(), frame)
            if within is not None:
                return QRegion(self.on_screen(within).toAlignedRect().adjusted(-1, -1, 1, 1))
        # A chart paints itself when it changes; repainting it with the picture cost it twice.
        region = QRegion(self.rect())
        for plot in self._plots.values():
            if plot.isVisible():
                region -= QRegion(plot.geometry())
        return region

    def catch_up(self) -> bool:
        """Show what `show_frame` left for the next frame; True if there was anything."""
        if self.frame is None or not (self._charts_are_due or self._is_behind):
            return False
        if self._charts_are_due:
            self._charts_are_due = False
            self._show_charts(self.current_layout(), self.frame)
        if self._is_behind:
            self._is_behind, self._catches_up = False, True
            self.update()
        return True

    def room(self) -> Room:
        """Return the design space that fits the widget's size."""
        is_far = self.presented or self.colours.is_projector
        return room_for(self.size(), self.text_scale, is_far)

    def current_layout(self) -> Any:
        """Return the layout of the current frame in the current size."""
        of = (self.frame, self.room())
        if self._layout_of != of:
            self._layout = self.layout_in(self.frame, self.room())
            self._layout_of = of
        return self._layout

    def scale_and_origin(self) -> tuple[float, QPointF]:
        """Return screen pixels per unit, and where the design's origin lies."""
        return fit(self.room(), QRectF(self.rect()))

    def on_screen(self, rect: QRectF) -> QRectF:
        """Return a design rectangle in widget pixels."""
        scale, origin = self.scale_and_origin()
        return QRectF(
            origin.x() + rect.x() * scale,
            origin.y() + rect.y() * scale,
            rect.width() * scale,
            rect.height() * scale,
        )

    def resizeEvent(self, event: Any) -> None:
        """Lay child widgets out again."""
        super().resizeEvent(event)
        if self.frame is not None:
            layout = self.current_layout()
            self.place(layout, self.frame)
            self._show_charts(layout, self.frame)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame; what goes wrong is told once, since it must not reach Qt.

        An exception that leaves a paint event crashed the process (shiboken 6.11, measured).
        """
        with QPainter(self) as painter:
            if self.frame is None or self.frame is self._broken:
                painter.fillRect(self.rect(), self.colours.background)
                return
            self._is_painting = True
            try:
                self._paint(painter, self.frame)
            except Exception:
                self._broken = self.frame
                kind, error, trace = sys.exc_info()
                assert kind is not None and error is not None
                sys.excepthook(kind, error, trace)
            finally:
                self._is_painting = self._catches_up = False

    def _paint(self, painter: QPainter, frame: Frame) -> None:
        """Draw ground and still part, from where they are kept if nothing changed; what moves."""
        layout = self.current_layout()
        ratio = self.devicePixelRatioF()
        of = self._still_key(frame)
        ground_of = of[1]
        if self._still is None or self._still_of != of:
            if self._ground is None or self._ground_of != ground_of:
                self._ground = QPixmap(self.size() * ratio)
                self._ground.setDevicePixelRatio(ratio)
                self._ground.fill(self.colours.background)
                with QPainter(self._ground) as ground:
                    self._enter_design(ground)
                    self.draw_ground(ground, layout, frame, self.colours)
                self._ground_of = ground_of
            if self._still is None or self._still.size() != self._ground.size():
                self._still = QPixmap(self._ground.size())
                self._still.setDevicePixelRatio(ratio)
            with QPainter(self._still) as still:
                still.drawPixmap(0, 0, self._ground)
                self._enter_design(still)
                self.draw_still(still, layout, frame, self.colours)
            self._still_of = of
        painter.drawPixmap(0, 0, self._still)
        self._enter_design(painter)
        self.draw_moving(painter, layout, frame, self.time, self.colours)

    def _still_key(self, frame: Frame) -> tuple[Any, ...]:
        """Return what the kept still part shows, and second what the kept ground under it does."""
        ratio = self.devicePixelRatioF()
        look = (self.colours.name, self.size(), self.text_scale, self.presented, ratio)
        return self.still_depends_on(frame), (self.ground_depends_on(frame), look)

    def keep(
        self,
        painter: QPainter,
        name: str,
        rect: QRectF,
        of: tuple[Any, ...],
        draw: Callable[[QPainter], None],
        late: tuple[Any, ...] = (),
    ) -> None:
        """Draw a part of what moves that often stands, as a picture while it stands.

        Parameters
        ----------
        name : str
            Names the part within the view.
        rect : QRectF
            What the part covers, in design units.
        of : tuple
            What it shows; while each is the same or equal, the picture is used again. Arrays
            count as equal only where they are the same.
        draw : callable
            Draws it, in design units. An export calls it at once.
        late : tuple
            What else it shows: where only this changed, the picture before stays one tick more,
            so that a costly part does not fall into the frame that shows a new answer.
        """
        if not self._is_painting:
            draw(painter)
            return
        ratio = self.devicePixelRatioF()
        place = self.on_screen(rect).toAlignedRect()
        shown = (*of, place, self.colours.name, self.text_scale, self.presented, ratio)
        known = self._kept.get(name)
        is_late = known is not None and not _same(known[1], late)
        if known is not None and is_late and _same(known[0], shown) and not self._catches_up:
            self._is_behind = True
        elif known is None or is_late or not _same(known[0], shown):
            picture = QPixmap() if known is None else known[2]
            if picture.size() != place.size() * ratio:
                picture = QPixmap(place.size() * ratio)
                picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            with QPainter(picture) as part:
                part.translate(-place.topLeft())
                self._enter_design(part)
                draw(part)
            known = self._kept[name] = (shown, late, picture)
        painter.save()
        painter.resetTransform()
        painter.drawPixmap(place.topLeft(), known[2])
        painter.restore()

    def _enter_design(self, painter: QPainter) -> None:
        scale, origin = self.scale_and_origin()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(origin)
        painter.scale(scale, scale)

    def _show_charts(self, layout: Any, frame: Frame) -> None:
        # Hovering, the commonest cause of a new frame, leaves the curves as they are.
        of = (
            frame.film, frame.step, tuple(frame.knobs.items()), frame.language, self.colours.name,
            self.room(), self.size(),
        )  # fmt: skip
        if of == self._charts_of:
            return
        self._charts_of = of
        charts = self.charts(layout, frame, self.colours)
        if charts or self._plots:
            self._plot(charts)

    def _plot(self, charts: tuple[Chart, ...]) -> None:
        from explainer.stage.plot import Plot  # its library takes 0.15 s, which no start waits for

        scale, _ = self.scale_and_origin()
        for chart in charts:
            plot = self._plots.get(chart.key)
            if plot is None:
                plot = self._plots[chart.key] = Plot(self)
            plot.setGeometry(self.on_screen(chart.rect).toRect())
            plot.draw_chart(chart, self.colours, scale)
            plot.show()
        shown = {chart.key for chart in charts}
        for key, plot in self._plots.items():
            if key not in shown:
                plot.hide()

    def _target(self, event: QMouseEvent) -> Target:
        if self.frame is None:
            return ()
        scale, origin = self.scale_and_origin()
        point = (event.position() - origin) / scale
        return self.hit(self.current_layout(), self.frame, point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what the pointer is on, once."""
        target = self._target(event)
        if self.frame is not None and target != self.frame.hover:
            self.hovered.emit(target)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell what was clicked."""
        if self.frame is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(self.pick(self.frame, self._target(event)))

    def leaveEvent(self, event: QEvent) -> None:
        """Give the animation back."""
        super().leaveEvent(event)
        self.hovered.emit(())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go one level up on Esc where there is one; leave every other key to the window."""
        if self.frame is not None and event.key() == Qt.Key.Key_Escape and self.frame.selection:
            self.picked.emit(Pick(selection=self.above(self.frame.selection)))
            return
        event.ignore()


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return len(one) == len(other) and all(
        a is b or (not isinstance(a, np.ndarray) and a == b)
        for a, b in zip(one, other, strict=True)
    )


def room_for(size: QSize, text_scale: float, is_far: bool) -> Room:
    """Return the design space for a widget of that size.

    The smallest text, 14 units, keeps at least 12.6 screen pixels, and a quarter more where it
    is seen from far; the factor is capped at 1.6, beyond which a layout would burst.
    """
    high = max(size.height(), 1)
    width = min(max(DESIGN_HEIGHT * size.width() / high, DESIGN_WIDTHS[0]), DESIGN_WIDTHS[1])
    scale = min(size.width() / width, high / DESIGN_HEIGHT)
    type_factor = max(1.0, 0.9 / max(scale, 0.1)) * text_scale * (1.25 if is_far else 1.0)
    return Room(width, DESIGN_HEIGHT, round(min(type_factor, 1.6), 2))


def fit(room: Room, rect: QRectF) -> tuple[float, QPointF]:
    """Return the scale and origin that centre a design space in a rectangle."""
    scale = min(rect.width() / room.width, rect.height() / room.height)
    left = rect.x() + (rect.width() - room.width * scale) / 2
    top = rect.y() + (rect.height() - room.height * scale) / 2
    return scale, QPointF(left, top)


def paint(
    view: View,
    painter: QPainter,
    rect: QRectF,
    frame: Frame,
    time: float,
    colours: Colours,
    text_scale: float = 1.0,
    presented: bool = False,
) -> None:
    """Draw a frame of a view into a rectangle of any painter: exports, thumbnails, slides."""
    room = room_for(rect.size().toSize(), text_scale, presented or colours.is_projector)
    layout = view.layout_in(frame, room)
    scale, origin = fit(room, rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(origin)
    painter.scale(scale, scale)
    view.draw_ground(painter, layout, frame, colours)
    view.draw_still(painter, layout, frame, colours)
    view.draw_moving(painter, layout, frame, time, colours)
    charts = view.charts(layout, frame, colours)
    if charts:
        from explainer.stage.plot import Plot

        for chart in charts:
            Plot.render(painter, chart, colours)
    painter.restore()


def fade(colour: QColor, alpha: float) -> QColor:
    """Return a colour at an opacity of 0..1."""
    result = QColor(colour)
    result.setAlphaF(max(0.0, min(1.0, alpha)))
    return result
