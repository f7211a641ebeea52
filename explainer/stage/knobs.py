"""The controls beside the picture: one row for each knob of a step."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from explainer.lesson import Choice, Grid, Knob, Span, Text, Toggle, Value
from explainer.stage.buttons import Button, Slider
from explainer.stage.cells import Cells
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


def stops(span: Span, whole: bool) -> tuple[Value, ...]:
    """Return the values a slider stops at, the ends included.

    Parameters
    ----------
    span : Span
    whole : bool
        Whether the values are integers.
    """
    if span.log:
        count = round(math.log10(span.maximum / span.minimum) * span.step)
        raw = [span.minimum * 10 ** (i / span.step) for i in range(count + 1)]
        rounded = [float(f"{value:.2g}") for value in raw]
    else:
        count = round((span.maximum - span.minimum) / span.step)
        rounded = [round(span.minimum + i * span.step, 9) for i in range(count + 1)]
    return tuple(round(value) for value in rounded) if whole else tuple(rounded)


class KnobRow(QWidget):
    """One knob: its name, its control, and why some values are impossible now.

    Signals
    -------
    changed : Value
        The person chose another value.
    """

    changed = Signal(object)

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"row-{knob.key}")
        self.knob = knob
        self._reason: Text | None = None
        self._name = QLabel(self)
        self._readout = QLabel(self)
        self._readout.setProperty("strong", True)
        self._why = QLabel(self)
        self._why.setWordWrap(True)
        self._why.setProperty("role", "muted")
        self._why.hide()
        self._control = _control_of(knob)
        self._control.setObjectName(f"knob-{knob.key}")
        self._control.chosen.connect(self._told)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.addWidget(self._name, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        if isinstance(knob.control, Toggle):
            self._head.addWidget(self._control)
        else:
            self._head.addWidget(self._readout)
            self._column.addWidget(self._control)
        self._readout.setVisible(isinstance(knob.control, Span))
        self._column.addWidget(self._why)
        self.set_value(knob.default)

    def dress(self, look: Look) -> None:
        """Take on another theme, size or language."""
        name = look.say(self.knob.label)
        self._name.setText(name)
        for label, weight in ((self._name, None), (self._readout, SEMIBOLD), (self._why, None)):
            label.setFont(look.reading(16, weight) if weight else look.reading(15))
        self._column.setSpacing(look.px(4))
        self._why.setText(look.say(self._reason) if self._reason else "")
        self._control.dress(look, name)
        self.setToolTip(self._why.text())

    def set_value(self, value: Value) -> None:
        """Show a value without telling anyone."""
        self._control.set_value(value)
        self._readout.setText(written(value))

    def set_allowed(self, values: tuple[Value, ...], reason: Text | None, look: Look) -> None:
        """Leave only these values open; the reason stands under the control while it matters."""
        limited = self._control.set_allowed(values)
        self._reason = reason if limited else None
        said = look.say(reason) if limited and reason else ""
        self._why.setText(said)
        self._why.setVisible(bool(said))
        self.setToolTip(said)

    def _told(self, value: Value) -> None:
        self._readout.setText(written(value))
        self.changed.emit(value)


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
        self._list = QComboBox(self)
        self._list.setObjectName("list")
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
        self._list.setFont(look.reading(16))
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
        super().resizeEvent(event)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def sizeHint(self) -> QSize:
        scale = self._look.scale if self._look else 1.0
        return QSize(round(200 * scale), round(40 * scale))

    def set_value(self, value: Value) -> None:
        if value in self._choice.values:
            index = self._choice.values.index(value)
            self._buttons[index].setChecked(True)
            self._list.setCurrentIndex(index)

    def set_allowed(self, values: tuple[Value, ...]) -> bool:
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
        if self._look is None or self._as_list:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, radius = self._look.colours, 8 * self._look.scale
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.background)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Segment(Button):
    """One value of `Segments`: raised when it is the chosen one."""

    def minimumSizeHint(self) -> QSize:
        return QSize(10, self._look.px(self.height_px))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "ghost", parent)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Ignored)
        self.setSizePolicy(policy)

    def paintEvent(self, event: QPaintEvent) -> None:
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


class SpanSlider(Slider):
    """A slider over the stops of a `Span`."""

    chosen = Signal(object)

    def __init__(self, span: Span, whole: bool) -> None:
        super().__init__("slider")
        self._stops = stops(span, whole)
        self._open = self._stops
        self.setRange(0, len(self._stops) - 1)
        self.setPageStep(max(1, len(self._stops) // 10))
        self.valueChanged.connect(self._moved)

    def set_value(self, value: Value) -> None:
        self.set_quietly(self._nearest(value))

    def _nearest(self, value: Value) -> int:
        return min(range(len(self._stops)), key=lambda i: abs(self._stops[i] - value))

    def set_allowed(self, values: tuple[Value, ...]) -> bool:
        self._open = tuple(v for v in self._stops if v in values) or self._stops
        return len(self._open) < len(self._stops)

    def _moved(self, index: int) -> None:
        value = self._stops[index]
        if value not in self._open:
            value = min(self._open, key=lambda v: abs(v - value))
            before = self.blockSignals(True)
            self.setValue(self._stops.index(value))
            self.blockSignals(before)
        self.chosen.emit(value)


class Switch(Button):
    """A painted switch."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("switch", "ghost")
        self.setCheckable(True)
        self.clicked.connect(self._switched)

    def dress(self, look: Look, spoken: str, *words: object, **more: object) -> None:
        super().dress(look, spoken)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(48), self._look.px(32))

    def _switched(self) -> None:
        self.chosen.emit(self.isChecked())

    def set_value(self, value: Value) -> None:
        self.setChecked(bool(value))

    def set_allowed(self, values: tuple[Value, ...]) -> bool:
        self.setEnabled(True in values and False in values)
        return not self.isEnabled()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = 40 * look.scale, 22 * look.scale
        body = QRectF(self.width() - wide - 3 * look.scale, (self.height() - high) / 2, wide, high)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(colours.muted, 1.5))
        painter.setBrush(colours.ink if on else QColor(0, 0, 0, 0))
        painter.drawRoundedRect(body, high / 2, high / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.surface if on else colours.muted)
        side = high - 6 * look.scale
        left = body.right() - side - 3 * look.scale if on else body.left() + 3 * look.scale
        painter.drawEllipse(QRectF(left, body.center().y() - side / 2, side, side))
        if self.hasFocus():
            ring(painter, QRectF(self.rect()), high / 2, look)


def _control_of(knob: Knob) -> Segments | SpanSlider | Switch | Cells:
    control = knob.control
    if isinstance(control, Choice):
        return Segments(control)
    if isinstance(control, Span):
        whole = isinstance(knob.default, int) and not isinstance(knob.default, bool)
        return SpanSlider(control, whole)
    if isinstance(control, Toggle):
        return Switch()
    if isinstance(control, Grid):
        return Cells(control)
    raise ValueError(f"the knob {knob.key} has no control and cannot be offered")
