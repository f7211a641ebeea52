"""Buttons and sliders painted in the theme, for the window and beside pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QSlider, QWidget

from explainer.stage.colours import COLOURS
from explainer.stage.icons import icon
from explainer.stage.lettering import REGULAR, SEMIBOLD
from explainer.stage.look import Look, ring

Kind = Literal["primary", "outline", "ghost", "round", "violet", "link"]

_PLAIN = Look(COLOURS["light"], "en")


class Button(QAbstractButton):
    """A button: an icon, a word, or both.

    Parameters
    ----------
    name : str
        Its object name.
    kind : str
        primary is filled with ink, round and violet are discs, outline has a border, ghost and
        link are bare until the pointer is on them.
    """

    def __init__(self, name: str, kind: Kind = "outline", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        # A click leaves the focus on the stage, so that the step keys go on working.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.kind = kind
        self.icon_px = 20.0
        self.text_px = 16.0
        self.height_px = 44.0
        self.pill = self.quiet = self.strong = False  # round ends; muted ink; bold word
        self._look = _PLAIN
        self._path: Path | None = None

    def dress(
        self, look: Look, spoken: str, shown: str = "", path: Path | None = None, tip: str = ""
    ) -> None:
        """Set the look and the words.

        Parameters
        ----------
        look : Look
        spoken : str
            The accessible name, also the tooltip unless `tip` is given.
        shown : str
            The word on the button; empty for an icon alone.
        path : Path, optional
            The icon's file.
        tip : str
            A longer tooltip.
        """
        self._look, self._path = look, path
        self.setAccessibleName(spoken)
        self.setToolTip(tip or ("" if shown == spoken else spoken))
        self.setText(shown)
        self.updateGeometry()
        self.update()

    def weight(self) -> QFont.Weight:
        """Return how bold its word is."""
        strong = self.strong or self.kind in ("primary", "outline")
        return SEMIBOLD if strong else REGULAR

    def needed(self) -> float:
        """Return the width its contents need, in screen pixels."""
        look = self._look
        wide = 0.0
        if self.text():
            metrics = QFontMetricsF(look.font(self.text_px, self.weight()))
            wide = metrics.horizontalAdvance(self.text())
        if self._path is not None:
            wide += self.icon_px * look.scale + (8 * look.scale if self.text() else 0)
        return wide

    def sizeHint(self) -> QSize:
        high = self._look.px(self.height_px)
        if not self.text():
            return QSize(high, high)
        pad = {"link": 6, "ghost": 10}.get(self.kind, 16)
        return QSize(round(self.needed() + 2 * pad * self._look.scale), high)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        # A focused button keeps Space and Enter from the window's shortcuts.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def _fill_and_ink(self) -> tuple[QColor | None, QColor]:
        colours = self._look.colours
        ink = colours.muted if self.quiet and not self.underMouse() else colours.ink
        ink = ink if self.isEnabled() else colours.faint
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        if self.kind in ("primary", "round"):
            fill = colours.ink if self.isEnabled() else colours.faint
            if hot:
                fill = fill.lighter(140) if not colours.is_dark else fill.darker(112)
            return fill, colours.surface if not colours.is_dark else colours.dark_text
        if self.kind == "violet":
            fill = colours.generator if self.isEnabled() else colours.faint
            return (fill.lighter(112) if hot else fill), QColor("#FFFFFF")
        if self.isChecked():
            return colours.amber_soft, colours.amber_text
        if hot:
            tint = QColor(colours.ink)
            tint.setAlphaF(0.07)
            return tint, ink
        return (colours.surface if self.kind == "outline" else None), ink

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = min(rect.height() / 2, 8 * look.scale)
        if self.pill or self.kind in ("round", "violet"):
            radius = rect.height() / 2
        fill, ink = self._fill_and_ink()
        bordered = self.kind == "outline"
        painter.setPen(QPen(look.colours.line, 1) if bordered else Qt.PenStyle.NoPen)
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, radius, radius)
        self.paint_contents(painter, rect, ink)
        if self.hasFocus():
            ring(painter, rect, radius, look)

    def paint_contents(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        """Draw icon and word, centred."""
        look = self._look
        left = rect.x() + max(0.0, (rect.width() - self.needed()) / 2)
        if self._path is not None:
            side = round(self.icon_px * look.scale)
            picture = icon(self._path, ink, side, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(left, rect.center().y() - side / 2), picture)
            left += side + 8 * look.scale
        if self.text():
            face = look.font(self.text_px, self.weight())
            if self.kind == "link":
                face = QFont(face)
                face.setUnderline(self.underMouse())
            painter.setFont(face)
            painter.setPen(ink)
            place = QRectF(left, rect.y(), rect.right() - left, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())


class Slider(QSlider):
    """A slider that goes where it is clicked and keeps its arrow keys while focused."""

    margin = 10.0  # design pixels at both ends, room for the handle

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._look = _PLAIN

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
        return QSize(self._look.px(120), self._look.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(48), self._look.px(24))

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
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderDown(False)
            self.update()

    def event(self, event: QEvent) -> bool:
        own = (
            Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
            Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
        )  # fmt: skip
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in own:
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
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
