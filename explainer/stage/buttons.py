"""Buttons painted in the theme, for the window and beside pictures."""

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
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from explainer.stage.colours import COLOURS
from explainer.stage.icons import icon
from explainer.stage.lettering import REGULAR, SEMIBOLD
from explainer.stage.look import Look, ring

Kind = Literal["primary", "outline", "ghost", "round", "violet", "link"]

PLAIN = Look(COLOURS["light"], "en")


def keeps(event: QEvent, keys: tuple[Qt.Key, ...]) -> bool:
    """Accept a shortcut's claim on a key of one's own; return whether it was one."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() not in keys or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    event.accept()
    return True


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
        self._look = PLAIN
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
        """Return the size it would like."""
        high = self._look.px(self.height_px)
        if not self.text():
            return QSize(high, high)
        pad = {"link": 6, "ghost": 10}.get(self.kind, 16)
        return QSize(round(self.needed() + 2 * pad * self._look.scale), high)

    def minimumSizeHint(self) -> QSize:
        """Return the size below which it is cut."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Keep its own keys from the window's shortcuts while focused."""
        # A focused button keeps Space and Enter from the window's shortcuts.
        if keeps(event, (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that are its own."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Go back to rest."""
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
        """Draw it."""
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
