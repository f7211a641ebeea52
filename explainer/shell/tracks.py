"""The lesson track: lesson time with a tick for each beat."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explainer.stage.look import ring
from explainer.stage.sliders import Slider, draw_handle

# Ticks closer than this many pixels are a grey blur and say nothing: fewer are drawn.
_TICK_ROOM = 9.0


class TimeTrack(Slider):
    """Lesson time in milliseconds, with a tick for each beat."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("timeSlider", parent)
        self.setSingleStep(250)
        self.setPageStep(1000)
        self._beats: tuple[float, ...] = ()

    def show_time(self, time: float, duration: float, beats: tuple[float, ...]) -> None:
        """Show a moment of a step's animation."""
        if beats != self._beats or self.maximum() != round(1000 * duration):
            before = self.blockSignals(True)
            self._beats = beats
            self.setRange(0, round(1000 * duration))
            self.blockSignals(before)
            self.update()
        self.set_quietly(round(1000 * time))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, at = self.height() / 2, self.x_of(self.value())
        left, right = self.x_of(self.minimum()), self.width() - self.margin * look.scale
        thick, tall = max(3.0, 4 * look.scale), 7 * look.scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.line)
        painter.drawRoundedRect(QRectF(left, middle - thick / 2, right - left, thick), 2, 2)
        painter.setBrush(colours.ink)
        painter.drawRoundedRect(QRectF(left, middle - thick / 2, at - left, thick), 2, 2)
        xs = spread([left, *(self.x_of(1000 * beat) for beat in self._beats), right], _TICK_ROOM)
        for colour, wanted in ((colours.faint, False), (colours.ink, True)):
            path = QPainterPath()
            for x in xs:
                if (x <= at) is wanted:
                    path.moveTo(x, middle - tall)
                    path.lineTo(x, middle + tall)
            painter.setPen(QPen(colour, max(1.0, 1.5 * look.scale)))
            painter.drawPath(path)
        draw_handle(painter, QPointF(at, middle), 9 * look.scale, look)
        if self.hasFocus():
            ring(painter, QRectF(self.rect()), 8 * look.scale, look)


def spread(places: list[float], room: float) -> list[float]:
    """Return places in order, leaving out those too near the one before; the last is kept."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] >= room:
            kept.append(place)
    if places and max(places) not in kept:
        kept[-1] = max(places)
    return kept
