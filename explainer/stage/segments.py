"""A few values side by side, or in a list where they do not fit."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QWidget

from explainer.lesson import Choice, Value
from explainer.stage.buttons import Button
from explainer.stage.lettering import SEMIBOLD, number
from explainer.stage.look import Look, ring

_MOST_SEGMENTS = 6


def written(value: Value) -> str:
    """Return a knob's value as it is shown: integers whole, other numbers to three figures."""
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int):
        return number(value, 0)
    if isinstance(value, tuple):
        return " ".join(written(part) for part in value)
    if value == 0 or abs(value) >= 100:
        return number(value, 0)
    decimals = min(6, 2 - math.floor(math.log10(abs(value))))
    return number(value, decimals).rstrip("0").rstrip(".")


class Segments(QWidget):
    """A few values side by side; a list to choose from where they do not fit."""

    chosen = Signal(object)

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self._choice = choice
        self._look: Look | None = None
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.setSpacing(0)
        self._buttons: list[Segment] = []
        for index, _ in enumerate(choice.values):
            button = Segment(f"segment-{index}", parent=self)
            button.setCheckable(True)
            self._group.addButton(button, index)
            self._row.addWidget(button, 1)
            self._buttons.append(button)
        self._list = DropDown(self)
        self._row.addWidget(self._list, 1)
        self._list.hide()
        self._as_list = False
        self._group.idClicked.connect(self._choose)
        self._list.activated.connect(self._choose)

    def _choose(self, index: int) -> None:
        self.set_value(self._choice.values[index])
        self.chosen.emit(self._choice.values[index])

    def labels(self) -> list[str]:
        """Return the words of the values in the language in force."""
        if self._choice.labels and self._look is not None:
            return [self._look.say(label) for label in self._choice.labels]
        return [written(value) for value in self._choice.values]

    def dress(self, look: Look, spoken: str) -> None:
        """Take on another look."""
        self._look = look
        self.setAccessibleName(spoken)
        labels = self.labels()
        if self._list.count() != len(labels):
            self._list.addItems(labels)
        for index, (button, label) in enumerate(zip(self._buttons, labels, strict=True)):
            button.height_px = 34
            button.dress(look, f"{spoken}: {label}", label, tip=label)
            self._list.setItemText(index, label)
        self._list.setAccessibleName(spoken)
        self._list.dress(look)
        self._fold()

    def _fold(self) -> None:
        if self._look is None:
            return
        pad = 14 * self._look.scale
        widest = max(button.needed() + pad for button in self._buttons)
        room = self.width() - 6
        folded = len(self._buttons) > _MOST_SEGMENTS or widest * len(self._buttons) > room
        if folded != self._as_list:
            self._as_list = folded
            for button in self._buttons:
                button.setVisible(not folded)
            self._list.setVisible(folded)
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold into a list where the values no longer fit."""
        super().resizeEvent(event)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """Return the size below which it is cut."""
        return QSize(80, self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Return the size it would like."""
        scale = self._look.scale if self._look else 1.0
        return QSize(round(200 * scale), round(40 * scale))

    def set_value(self, value: Value) -> None:
        """Show a value without telling anyone."""
        if value in self._choice.values:
            index = self._choice.values.index(value)
            self._buttons[index].setChecked(True)
            self._list.setCurrentIndex(index)

    def set_allowed(self, values: tuple[Value, ...]) -> bool:
        """Leave only these values open; return whether that leaves any out."""
        limited = False
        model = self._list.model()
        for index, value in enumerate(self._choice.values):
            fits = value in values
            limited = limited or not fits
            self._buttons[index].setEnabled(fits)
            item = model.item(index)
            if item is not None:
                item.setEnabled(fits)
        return limited

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if self._look is None or self._as_list:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, radius = self._look.colours, 8 * self._look.scale
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.background)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class DropDown(QComboBox):
    """A list to choose from, painted like the other controls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._look: Look | None = None

    def dress(self, look: Look) -> None:
        """Take on another look."""
        self._look = look
        self.setFont(look.font(16))
        self.setFixedHeight(look.px(36))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the column, which scrolls."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chosen value and a chevron."""
        if self._look is None:
            return
        look, colours, scale = self._look, self._look.colours, self._look.scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(rect, 8 * scale, 8 * scale)
        painter.setPen(colours.ink if self.isEnabled() else colours.faint)
        painter.setFont(self.font())
        place = rect.adjusted(12 * scale, 0, -30 * scale, 0)
        said = painter.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, said)
        tip = QPointF(rect.right() - 17 * scale, rect.center().y() + 2.5 * scale)
        arm = 4.5 * scale
        painter.setPen(QPen(colours.muted, 1.75 * scale))
        chevron = [
            QPointF(tip.x() - arm, tip.y() - arm),
            tip,
            QPointF(tip.x() + arm, tip.y() - arm),
        ]
        painter.drawPolyline(chevron)
        if self.hasFocus():
            ring(painter, rect, 8 * scale, look)


class Segment(Button):
    """One value of `Segments`: raised when it is the chosen one."""

    def minimumSizeHint(self) -> QSize:
        """Return the size below which it is cut."""
        return QSize(10, self._look.px(self.height_px))

    def sizeHint(self) -> QSize:
        """Return the size it would like."""
        return self.minimumSizeHint()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "ghost", parent)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Ignored)
        self.setSizePolicy(policy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = 6 * look.scale
        if self.isChecked():
            painter.setPen(QPen(colours.faint, 1))
            painter.setBrush(colours.surface)
            painter.drawRoundedRect(rect, radius, radius)
        ink = colours.ink if self.isChecked() or self.underMouse() else colours.muted
        painter.setPen(ink if self.isEnabled() else colours.faint)
        painter.setFont(look.font(self.text_px, SEMIBOLD if self.isChecked() else self.weight()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            ring(painter, rect, radius, look)
