"""The controls beside the picture: one row for each knob of a step."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from explainer.lesson import Choice, Grid, Knob, Span, Text, Toggle, Value
from explainer.stage.buttons import Button
from explainer.stage.cells import Cells
from explainer.stage.lettering import SEMIBOLD
from explainer.stage.look import Look, ring
from explainer.stage.segments import Segments, written
from explainer.stage.sliders import Slider


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
        if not isinstance(knob.control, Toggle):
            self._name.setProperty("role", "muted")
        self._head = QHBoxLayout()
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.addWidget(self._name, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        # Name and control share a line where room is short; the reason always stands below.
        self._line = QVBoxLayout()
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addLayout(self._head)
        self._column.addLayout(self._line)
        if isinstance(knob.control, Toggle):
            self._head.addWidget(self._control)
        else:
            self._head.addWidget(self._readout)
            self._line.addWidget(self._control)
        self._readout.setVisible(isinstance(knob.control, Span))
        self._column.addWidget(self._why)
        self.set_value(knob.default)

    def dress(self, look: Look, compact: bool = False) -> None:
        """Take on another theme, size or language; `compact` puts all on one line."""
        name = look.say(self.knob.label)
        across = QVBoxLayout.Direction.LeftToRight, QVBoxLayout.Direction.TopToBottom
        self._line.setDirection(across[0] if compact else across[1])
        self._line.setStretch(0, 2)
        self._line.setStretch(1, 3)
        self._name.setText(name)
        for label, weight in ((self._name, None), (self._readout, SEMIBOLD), (self._why, None)):
            label.setFont(look.reading(16, weight) if weight else look.reading(15))
        self._line.setSpacing(look.px(16 if compact else 4))
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
        """Show a value without telling anyone."""
        self.set_quietly(self._nearest(value))

    def _nearest(self, value: Value) -> int:
        return min(range(len(self._stops)), key=lambda i: abs(self._stops[i] - value))

    def set_allowed(self, values: tuple[Value, ...]) -> bool:
        """Leave only these values open; return whether that leaves any out."""
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
        """Take on another look."""
        super().dress(look, spoken)

    def sizeHint(self) -> QSize:
        """Return the size it would like."""
        return QSize(self._look.px(48), self._look.px(32))

    def _switched(self) -> None:
        self.chosen.emit(self.isChecked())

    def set_value(self, value: Value) -> None:
        """Show a value without telling anyone."""
        self.setChecked(bool(value))

    def set_allowed(self, values: tuple[Value, ...]) -> bool:
        """Leave only these values open; return whether that leaves any out."""
        self.setEnabled(True in values and False in values)
        return not self.isEnabled()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
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
