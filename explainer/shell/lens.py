"""The lens card: what is pointed at, in the right column instead of over the picture.

A row without a name is a line of its own: its parts, parted by tabs, stand side by side in one
weight, with **bold** as narrations mark it.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explainer.shell import words
from explainer.shell.readings import set_role
from explainer.shell.theme import svg
from explainer.stage.heatmap import image
from explainer.stage.icons import icon
from explainer.stage.lettering import REGULAR, SEMIBOLD
from explainer.stage.look import Look

_VALUE_SHARE = 0.7  # of a row, at most, before a value is broken into lines
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def cells(row: tuple[str, str]) -> tuple[str, str]:
    """Return what stands in the two columns of the card."""
    name, value = row
    if name:
        return name, value
    left, _, right = value.partition("\t")
    return left, right


def _is_worth_seeing(values: np.ndarray, side: int, look: Look) -> bool:
    """Whether a matrix fills more than a line of the picture's room."""
    rows, columns = np.atleast_2d(values).shape
    return side * min(rows, columns) / max(rows, columns) >= look.px(24)


class Picture(QWidget):
    """The lens card's matrix."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lens: Any = None
        self._look: Look | None = None

    def show_lens(self, lens: Any, look: Look, side: int) -> None:
        self._lens, self._look = lens, look
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._lens is None or self._lens.values is None or self._look is None:
            return
        painter = QPainter(self)
        colours = self._look.colours
        values = np.atleast_2d(self._lens.values)
        rows, columns = values.shape
        cell = min(self.width() / columns, self.height() / rows)
        size = columns * cell, rows * cell
        rect = QRectF((self.width() - size[0]) / 2, (self.height() - size[1]) / 2, *size)
        inner = rect.adjusted(1, 1, -1, -1)
        painter.drawImage(inner, image(values, self._lens.peak, self._lens.ramp, colours))
        painter.setPen(QPen(colours.amber, 2))
        painter.drawRect(inner)


class LensCard(QFrame):
    """What is hovered or selected, beside the picture instead of over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lens")
        self._picture = Picture(self)
        self._title = QLabel(self)
        self._title.setWordWrap(True)
        self._tick = QLabel(self)
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._words = QVBoxLayout()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
        self._words.addLayout(head)
        self._words.addLayout(self._grid)
        self._words.addStretch(1)
        self._row.addLayout(self._words, 1)
        self.hide()

    def show_lens(self, lens: Any, look: Look, room: int | None = None) -> None:
        """Show a lens, or hide where there is none.

        Parameters
        ----------
        room : int, optional
            Pixels of height where there is little: the card is compact then, and its last rows
            give way; what reads the screen aloud gets them all.
        """
        compact = room is not None
        self.setVisible(lens is not None)
        if lens is None:
            return
        margin = look.px(12)
        high = look.px(7) if compact else margin
        self._row.setContentsMargins(margin, high, margin, high)
        self._row.setSpacing(look.px(12))
        self._words.setSpacing(look.px(1 if compact else 4))
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(0 if compact else 3))
        side, rows = look.px(104), lens.rows
        if room is not None:
            line = QFontMetrics(look.reading(14)).height() + look.px(1)
            side = min(side, room - 2 * high)
            fitting = (room - 2 * high - QFontMetrics(look.reading(15)).height()) // line
            rows = rows[: max(1, fitting)]
        has_picture = lens.values is not None and _is_worth_seeing(lens.values, side, look)
        self._picture.setVisible(has_picture)
        self._picture.show_lens(lens, look, side)
        self._title.setFont(look.reading(15 if compact else 16, SEMIBOLD))
        self._title.setText(lens.title)
        parts = (" ".join(cells(row)).replace("**", "") for row in lens.rows)
        said = f"{lens.title}. " + ", ".join(parts)
        if lens.good is not None:
            said += ". " + look.say(words.MATCHES if lens.good else words.DIFFERS)
            name = "check" if lens.good else "alert-triangle"
            colour = look.colours.value if lens.good else look.colours.wrong
            self._tick.setPixmap(icon(svg(name), colour, look.px(20), self.devicePixelRatioF()))
        self._tick.setVisible(lens.good is not None)
        self.setAccessibleName(f"{look.say(words.LENS)}: {said}")
        while len(self._rows) < len(rows):
            pair = QLabel(self), QLabel(self)
            for label in pair:
                label.setWordWrap(True)
            pair[1].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(pair[0], len(self._rows), 0)
            self._grid.addWidget(pair[1], len(self._rows), 1)
            self._grid.setColumnStretch(0, 1)
            self._rows.append(pair)
        for index, (label, value) in enumerate(self._rows):
            used = index < len(rows)
            label.setVisible(used)
            value.setVisible(used)
            if used:
                is_named = bool(rows[index][0])
                set_role(label, "muted" if is_named else "")
                label.setFont(look.reading(14 if compact else 15))
                weight = SEMIBOLD if is_named else REGULAR
                value.setFont(look.reading(14 if compact else 15, weight))
                for part, text in zip((label, value), cells(rows[index]), strict=True):
                    part.setText(_BOLD.sub(r"<b>\1</b>", text))
                # A value keeps its line as far as it can, and is never cut: its name gives way.
                needed = QFontMetrics(value.font()).horizontalAdvance(cells(rows[index])[1]) + 2
                beside = (side + look.px(12)) if has_picture else 0
                free = self.parentWidget().width() - beside - 2 * margin - look.px(48)
                value.setMinimumWidth(max(0, min(needed, round(_VALUE_SHARE * free))))


def same_lens(one: Any, other: Any) -> bool:
    """Return whether two lenses show the same; their matrices are compared by value."""
    if one is None or other is None or not hasattr(other, "rows"):
        return one is other
    words_same = (one.title, one.rows, one.peak, one.ramp, one.good) == (
        other.title, other.rows, other.peak, other.ramp, other.good,
    )  # fmt: skip
    if not words_same or (one.values is None) != (other.values is None):
        return False
    return one.values is None or np.array_equal(one.values, other.values)
