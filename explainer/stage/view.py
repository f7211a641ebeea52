"""The stage's widget: paints what a scene gives, keeps what stands, tells what the pointer does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from explainer.stage.chart import Chart
from explainer.stage.colours import COLOURS, Colours
from explainer.stage.contract import Contract
from explainer.stage.frame import Frame, Pick, Room, Target, fit, room_for
from explainer.stage.keeping import Keeping

if TYPE_CHECKING:
    from explainer.stage.plot import Plot

# `View.keep`, as given to what draws a part of a picture.
Keep = Callable[[QPainter, str, QRectF, tuple[Any, ...], Callable[[QPainter], None]], None]


class View(Contract, QWidget):
    """One scene's picture: subclasses give the pure functions of `Contract`.

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
        self._layout: Any = None
        self._layout_of: tuple[Any, ...] = ()
        self._plots: dict[str, Plot] = {}
        self._charts_of: tuple[Any, ...] = ()
        self._charts_are_due = False
        self._kept = Keeping()
        self._is_painting = False

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
        if self._kept.shows("still", self._still_of(frame)):
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
        if self.frame is None or not (self._charts_are_due or self._kept.is_behind):
            return False
        if self._charts_are_due:
            self._charts_are_due = False
            self._show_charts(self.current_layout(), self.frame)
        if self._kept.is_behind:
            self._kept.is_behind, self._kept.catches_up = False, True
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
                self._is_painting = self._kept.catches_up = False

    def _paint(self, painter: QPainter, frame: Frame) -> None:
        """Draw ground and still part, from where they are kept if nothing changed; what moves."""
        layout, colours, whole = self.current_layout(), self.colours, self.rect()
        still_of, ground_of = self._still_of(frame), self._ground_of(frame)

        def draw_ground(painter: QPainter) -> None:
            painter.fillRect(whole, colours.background)
            self._enter_design(painter)
            self.draw_ground(painter, layout, frame, colours)

        def draw_still(painter: QPainter) -> None:
            self._kept.draw(painter, "ground", whole, ground_of, draw_ground, opaque=True)
            self._enter_design(painter)
            self.draw_still(painter, layout, frame, colours)

        self._kept.draw(painter, "still", whole, still_of, draw_still, opaque=True)
        self._enter_design(painter)
        self.draw_moving(painter, layout, frame, self.time, colours)

    def _look(self) -> tuple[Any, ...]:
        """Return what every picture depends on besides the frame."""
        ratio = self.devicePixelRatioF()
        return (self.colours.name, self.size(), self.text_scale, self.presented, ratio)

    def _ground_of(self, frame: Frame) -> tuple[Any, ...]:
        return (self.ground_depends_on(frame), *self._look())

    def _still_of(self, frame: Frame) -> tuple[Any, ...]:
        return (self.still_depends_on(frame), *self._ground_of(frame))

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
        place = self.on_screen(rect).toAlignedRect()

        def draw_part(part: QPainter) -> None:
            self._enter_design(part)
            draw(part)

        painter.save()
        painter.resetTransform()
        self._kept.draw(painter, name, place, (*of, *self._look()), draw_part, late)
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
