"""Editable numbers in rows and columns: a convolution kernel, a small matrix."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from explainer.lesson import Grid, Value
from explainer.stage.lettering import MINUS, number
from explainer.stage.look import Look

_FINE, _COARSE = 0.1, 1.0


def read_number(typed: str) -> float | None:
    """Return what was typed as a number; a real minus and a decimal comma are understood."""
    try:
        value = float(typed.strip().replace(MINUS, "-").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


class Cell(QLineEdit):
    """One number: typed, or turned by the wheel and the Up and Down keys (Shift: by whole ones).

    Signals
    -------
    turned : float
        The person gave another value.
    """

    turned = Signal(float)

    def __init__(self, minimum: float, maximum: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._range = minimum, maximum
        self._value = 0.0
        self.setProperty("cell", True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._typed)

    @property
    def value(self) -> float:
        """The number in the cell."""
        return self._value

    def show_value(self, value: float) -> None:
        """Show a number without telling anyone; what is being typed is left alone."""
        changed = value != self._value
        self._value = value
        if changed or not self.hasFocus():
            self._write()

    def _write(self) -> None:
        whole_tenths = round(self._value, 1) == round(self._value, 3)
        self.setText(number(self._value, 1 if whole_tenths else 2))

    def _turn(self, by: float) -> None:
        low, high = self._range
        value = round(min(max(self._value + by, low), high), 3)
        if value != self._value:
            self.show_value(value)
            self.turned.emit(value)

    def _typed(self) -> None:
        value = read_number(self.text())
        low, high = self._range
        held = self._value
        # What is shown is rounded to hundredths; leaving a field untouched must not round it.
        if value is not None and abs(value - held) > 5e-3:
            self._value = min(max(value, low), high)
        self._write()
        if self._value != held:
            self.turned.emit(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that are its own."""
        step = _COARSE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _FINE
        if event.key() == Qt.Key.Key_Up:
            self._turn(step)
        elif event.key() == Qt.Key.Key_Down:
            self._turn(-step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._typed()
            # The keys of the lesson work again once the focus has left the field.
            self.clearFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self._write()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the number while focused."""
        if self.hasFocus():
            self._turn(_FINE if event.angleDelta().y() > 0 else -_FINE)
            event.accept()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what is there, ready to be typed over."""
        super().focusInEvent(event)
        self.selectAll()


class Cells(QWidget):
    """A square of numbers; its value is a flat tuple, row by row.

    Signals
    -------
    chosen : tuple of float
        The person changed a number.
    """

    chosen = Signal(object)

    def __init__(self, grid: Grid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._cells: list[Cell] = []
        self._look: Look | None = None
        self._spoken = ""
        self._place = QGridLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(3)

    def dress(self, look: Look, spoken: str) -> None:
        """Take on another look; each cell is spoken of by row and column."""
        self._look, self._spoken = look, spoken
        self.setAccessibleName(spoken)
        side = self._side(len(self._cells))
        for index, cell in enumerate(self._cells):
            row, column = divmod(index, max(1, side))
            cell.setAccessibleName(f"{spoken} {row + 1}, {column + 1}")
            cell.setFont(look.reading(16))
            cell.setFixedHeight(round(36 * look.type))

    def set_value(self, value: Value) -> None:
        """Show other numbers, and another size where there are more or fewer."""
        if not isinstance(value, tuple):
            raise TypeError(f"a grid shows a tuple of numbers, not {value!r}")
        if len(value) != len(self._cells):
            self._rebuild(len(value))
        for cell, part in zip(self._cells, value, strict=True):
            cell.show_value(float(part))

    def set_allowed(self, values: tuple[Value, ...]) -> bool:
        """Return False: the numbers of a grid are limited by its range alone."""
        return False

    @staticmethod
    def _side(count: int) -> int:
        side = math.isqrt(count)
        if side * side != count:
            raise ValueError(f"{count} numbers do not fill a square")
        return side

    def _rebuild(self, count: int) -> None:
        side = self._side(count)
        for cell in self._cells:
            self._place.removeWidget(cell)
            cell.setParent(None)
        self._cells = []
        for index in range(count):
            cell = Cell(self._grid.minimum, self._grid.maximum, self)
            cell.setObjectName(f"cell-{index}")
            cell.turned.connect(self._told)
            self._place.addWidget(cell, *divmod(index, side))
            self._cells.append(cell)
        if self._look is not None:
            self.dress(self._look, self._spoken)

    def _told(self) -> None:
        self.chosen.emit(tuple(cell.value for cell in self._cells))

    def minimumSizeHint(self) -> QSize:
        """Return the size below which it is cut."""
        return QSize(80, super().minimumSizeHint().height())
