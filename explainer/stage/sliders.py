"""Sliders painted in the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from explainer.stage.buttons import PLAIN, keeps
from explainer.stage.look import Look, ring


class Slider(QSlider):
    """A slider that goes where it is clicked and keeps its arrow keys while focused."""

    margin = 10.0  # design pixels at both ends, room for the handle

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._look = PLAIN

    def dress(self, look: Look, spoken: str) -> None:
        """Set the look and the accessible name."""
        self._look = look
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.updateGeometry()
        self.update()

    def set_quietly(self, value: int) -> None:
        """Move the handle without telling anyone."""
        if value != self.value() and not self.isSliderDown():
            before = self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(before)
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size it would like."""
        return QSize(self._look.px(120), self._look.px(28))

    def minimumSizeHint(self) -> QSize:
        """Return the size below which it is cut."""
        return QSize(self._look.px(38), self._look.px(24))

    def share_of(self, value: float) -> float:
        """Return where a value lies along the track, 0..1."""
        extent = self.maximum() - self.minimum()
        return (value - self.minimum()) / extent if extent else 0.0

    def value_at(self, share: float) -> int:
        """Return the value at a place along the track."""
        return round(self.minimum() + share * (self.maximum() - self.minimum()))

    def x_of(self, value: float) -> float:
        """Return the widget x of a value."""
        edge = self.margin * self._look.scale
        return edge + self.share_of(value) * (self.width() - 2 * edge)

    def _go_to(self, event: QMouseEvent) -> None:
        edge = self.margin * self._look.scale
        share = (event.position().x() - edge) / max(1.0, self.width() - 2 * edge)
        self.setValue(self.value_at(min(max(share, 0.0), 1.0)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where it was pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while held."""
        if self.isSliderDown():
            self._go_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self.isSliderDown():
            self.setSliderDown(False)
            self.update()

    def event(self, event: QEvent) -> bool:
        """Keep its own keys from the window's shortcuts while focused."""
        own = (
            Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
            Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
        )  # fmt: skip
        if keeps(event, own):
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, at = self.height() / 2, self.x_of(self.value())
        edge, thick = self.margin * look.scale, max(3.0, 4 * look.scale)
        painter.setPen(Qt.PenStyle.NoPen)
        end = edge - 8 * look.scale  # the groove reaches as far as the handle does
        for left, right, colour in (
            (end, self.width() - end, colours.line),
            (end, at, colours.ink if self.isEnabled() else colours.faint),
        ):
            painter.setBrush(colour)
            groove = QRectF(left, middle - thick / 2, right - left, thick)
            painter.drawRoundedRect(groove, thick / 2, thick / 2)
        draw_handle(painter, QPointF(at, middle), 8 * look.scale, look, self.isEnabled())
        if self.hasFocus():
            ring(painter, QRectF(self.rect()), 8 * look.scale, look)


def draw_handle(
    painter: QPainter, at: QPointF, radius: float, look: Look, enabled: bool = True
) -> None:
    """Draw a slider's round handle."""
    colour = look.colours.ink if enabled else look.colours.faint
    painter.setPen(QPen(colour, max(2.0, 2.5 * look.scale)))
    painter.setBrush(look.colours.surface)
    painter.drawEllipse(at, radius - 1, radius - 1)
