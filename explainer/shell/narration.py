"""The right column: the step's words, what is pointed at, the controls, the code, the way on."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explainer.lesson import Value
from explainer.shell import words
from explainer.shell.codepane import CodePane
from explainer.shell.theme import svg
from explainer.stage.buttons import Button
from explainer.stage.heatmap import image
from explainer.stage.icons import icon
from explainer.stage.knobs import KnobRow
from explainer.stage.lettering import SEMIBOLD
from explainer.stage.look import Look

_BOLD = re.compile(r"\*\*(.+?)\*\*")


def rich(body: str, line_height: int = 150) -> str:
    """Return a narration as Qt rich text: paragraphs, and **bold** as it is marked."""
    safe = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    strong = _BOLD.sub(r'<span style="font-weight:600">\1</span>', safe)
    parts = [part.strip().replace("\n", "<br>") for part in strong.split("\n\n")]
    style = f"line-height:{line_height}%;margin-top:0;margin-bottom:10px"
    return "".join(f'<p style="{style}">{part}</p>' for part in parts if part)


class Picture(QWidget):
    """The lens card's matrix."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lens: Any = None
        self._look: Look | None = None

    def show_lens(self, lens: Any, look: Look) -> None:
        self._lens, self._look = lens, look
        side = look.px(104)
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
        self._shown: Any = None
        self.hide()

    def show_lens(self, lens: Any, look: Look) -> None:
        """Show a lens, or hide where there is none."""
        self.setVisible(lens is not None)
        if lens is None:
            return
        margin = look.px(12)
        self._row.setContentsMargins(margin, margin, margin, margin)
        self._row.setSpacing(look.px(12))
        self._words.setSpacing(look.px(4))
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(3))
        self._picture.setVisible(lens.values is not None)
        self._picture.show_lens(lens, look)
        self._title.setFont(look.reading(16, SEMIBOLD))
        self._title.setText(lens.title)
        said = f"{lens.title}. " + ", ".join(f"{name} {value}" for name, value in lens.rows)
        if lens.good is not None:
            said += ". " + look.say(words.MATCHES if lens.good else words.DIFFERS)
            name = "check" if lens.good else "alert-triangle"
            colour = look.colours.value if lens.good else look.colours.wrong
            self._tick.setPixmap(icon(svg(name), colour, look.px(20), self.devicePixelRatioF()))
        self._tick.setVisible(lens.good is not None)
        self.setAccessibleName(f"{look.say(words.LENS)}: {said}")
        while len(self._rows) < len(lens.rows):
            pair = QLabel(self), QLabel(self)
            pair[0].setProperty("role", "muted")
            pair[0].setWordWrap(True)
            pair[1].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(pair[0], len(self._rows), 0)
            self._grid.addWidget(pair[1], len(self._rows), 1)
            self._grid.setColumnStretch(0, 1)
            self._rows.append(pair)
        for index, (label, value) in enumerate(self._rows):
            used = index < len(lens.rows)
            label.setVisible(used)
            value.setVisible(used)
            if used:
                label.setFont(look.reading(15))
                value.setFont(look.reading(15, SEMIBOLD))
                label.setText(lens.rows[index][0])
                value.setText(lens.rows[index][1])


class Narration(QWidget):
    """Words and controls of the step; at the right, or under the stage in a narrow window.

    Signals
    -------
    code_toggled : bool
        The code pane was opened or closed.
    """

    code_toggled = Signal(bool)

    def __init__(self, session: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("narration")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._look: Look | None = None
        self._sheet = False
        self._step: Any = None
        self._lens: Any = None
        self._values: Any = None
        self._rows: dict[tuple[str, str], list[KnobRow]] = {}
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        self._code = Button("codeButton", "ghost", self)
        self._code.setCheckable(True)
        self._code.height_px, self._code.text_px, self._code.icon_px = 30, 15, 18
        self._code.toggled.connect(self._code_switched)
        self._title = QLabel(self)
        self._title.setObjectName("stepTitle")
        self._title.setWordWrap(True)
        self._body = QLabel(self)
        self._body.setObjectName("stepBody")
        self._body.setWordWrap(True)
        self._body.setTextFormat(Qt.TextFormat.RichText)
        self._body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._card = LensCard(self)
        self._rule = QFrame(self)
        self._rule.setObjectName("rule")
        self._rule.setFixedHeight(1)
        self._knobs = QWidget(self)
        self._knob_column = QVBoxLayout(self._knobs)
        self._file = QLabel(self)
        self._file.setProperty("role", "muted")
        self.code_pane = CodePane(self)
        self._back = Button("previousStep", "outline", self)
        self._back.clicked.connect(session.previous_step)
        self._next = Button("nextStep", "primary", self)
        self._next.clicked.connect(session.next_step)
        for button in (self._back, self._next):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._build()

    def _build(self) -> None:
        self._area = QScrollArea(self)
        self._area.setObjectName("narrationArea")
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("column")
        self._columns = QHBoxLayout(inner)
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        self._columns.addLayout(self._left, 3)
        self._columns.addLayout(self._right, 2)
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        head.addWidget(self._code)
        self._left.addLayout(head)
        for part in (self._title, self._body, self._file):
            self._left.addWidget(part)
        self._left.addWidget(self.code_pane, 1)
        self._left.addWidget(self._card)
        self._left.addStretch(1)
        self._left.addWidget(self._rule)
        self._left.addWidget(self._knobs)
        self._area.setWidget(inner)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._area, 1)
        self._ways = QHBoxLayout()
        self._ways.addWidget(self._back, 2)
        self._ways.addWidget(self._next, 3)
        self._outer.addLayout(self._ways)

    @property
    def shows_code(self) -> bool:
        """Whether the code pane is open and the step names code."""
        return self._code.isChecked() and self._session.code is not None

    def toggle_code(self) -> None:
        """Open or close the code pane, where the step names code."""
        if self._session.code is not None:
            self._code.toggle()

    def dress(self, look: Look, sheet: bool) -> None:
        """Take on another look; `sheet` puts the controls beside the words."""
        self._look = look
        if sheet != self._sheet:
            self._sheet = sheet
            column = self._right if sheet else self._left
            for part in (self._card, self._rule, self._knobs):
                column.addWidget(part)
            if sheet:
                self._right.addStretch(1)
            self._outer.setDirection(
                QVBoxLayout.Direction.LeftToRight if sheet else QVBoxLayout.Direction.TopToBottom
            )
            self._ways.setDirection(
                QHBoxLayout.Direction.TopToBottom if sheet else QHBoxLayout.Direction.LeftToRight
            )
        side = look.px(24)
        self._columns.setContentsMargins(side, look.px(20 if not sheet else 10), side, look.px(12))
        self._columns.setStretch(1, 2 if sheet else 0)
        self._columns.setSpacing(look.px(24) if sheet else 0)
        self._left.setSpacing(look.px(8 if not sheet else 4))
        self._right.setSpacing(look.px(8))
        self._knob_column.setContentsMargins(0, look.px(8), 0, 0)
        self._knob_column.setSpacing(look.px(12))
        # One pixel stays free for the line that parts the column from the stage.
        self._outer.setContentsMargins(0 if sheet else 1, 1 if sheet else 0, 0, 0)
        edge = look.px(12) if sheet else look.px(20)
        self._ways.setContentsMargins(
            0 if sheet else side, edge if sheet else look.px(8), side, edge
        )
        self._ways.setSpacing(look.px(8))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        if self._look is None:
            return
        self._step = None
        self._lens = self
        self._show_step()
        self.refresh()

    def refresh(self) -> None:
        """Follow the session; costs little where nothing changed."""
        if self._look is None:
            return
        session = self._session
        if session.step is not self._step:
            self._show_step()
        lens = session.lens
        if not _same_lens(lens, self._lens):
            self._lens = lens
            self._card.show_lens(None if self.shows_code else lens, self._look)
        values = dict(session.knob_values)
        if values != self._values:
            self._values = values
            for row in self._current_rows():
                row.set_value(values[row.knob.key])
                allowed, reason = session.allowed(row.knob)
                if allowed is not None:
                    row.set_allowed(allowed, reason, self._look)
        if self.shows_code:
            self.code_pane.show_source(session.code)

    def _current_rows(self) -> list[KnobRow]:
        place = (self._session.place[0], self._session.place[1])
        rows = self._rows.setdefault(place, [])
        for knob in self._session.controls:
            if all(row.knob is not knob for row in rows):
                row = KnobRow(knob, self._knobs)
                row.changed.connect(self._knob_changed)
                self._knob_column.addWidget(row)
                rows.append(row)
        return [row for row in rows if row.knob in self._session.controls]

    def _show_step(self) -> None:
        look, session = self._look, self._session
        if look is None:
            return
        self._step = session.step
        index, count = session.step_number
        said = look.say(words.STEP, number=index + 1, count=count)
        large = look.colours.is_projector
        self._count.setFont(look.reading(14))
        self._count.setText(said)
        self._title.setFont(look.reading(22 if self._sheet else 34 if large else 30, SEMIBOLD))
        self._title.setText(look.say(self._step.title))
        self._body.setFont(look.reading(17 if self._sheet else 22 if large else 20))
        self._body.setText(rich(look.say(self._step.body), 125 if self._sheet else 145))
        self._code.dress(
            look, look.say(words.CODE), look.say(words.CODE), svg("code"), look.say(words.CODE_LONG)
        )
        self._back.dress(look, look.say(words.BACK), "‹ " + look.say(words.BACK))
        self._next.dress(look, look.say(words.NEXT), look.say(words.NEXT) + " ›")
        self._knobs.setAccessibleName(look.say(words.CONTROLS))
        shown = self._current_rows()
        for rows in self._rows.values():
            for row in rows:
                row.setVisible(row in shown)
        for row in shown:
            row.dress(look)
            # In the order in which the step offers them.
            self._knob_column.removeWidget(row)
            self._knob_column.addWidget(row)
        self._values = None
        self._arrange_code()

    def _arrange_code(self) -> None:
        look, source = self._look, self._session.code
        if look is None:
            return
        self._code.setVisible(source is not None)
        opened = self.shows_code
        self.code_pane.setVisible(opened)
        self._file.setVisible(opened)
        if opened:
            self._file.setFont(look.reading(14))
            self._file.setText(look.say(words.CODE_FILE, file=source.file, line=source.first))
            self._file.setWordWrap(True)
            self.code_pane.dress(look)
            self.code_pane.setMinimumHeight(look.px(90 if self._sheet else 200))
            self.code_pane.show_source(source)
        has_knobs = bool(self._session.controls)
        self._knobs.setVisible(has_knobs)
        self._rule.setVisible(has_knobs and not self._sheet)
        self._lens = self
        self._body.setVisible(not (opened and self._sheet))

    def _code_switched(self, on: bool) -> None:
        self._arrange_code()
        self.refresh()
        self.code_toggled.emit(on)

    def _knob_changed(self, value: Value) -> None:
        row = self.sender()
        if isinstance(row, KnobRow):
            self._session.set_knob(row.knob.key, value)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._look is not None:
            painter = QPainter(self)
            painter.setPen(QPen(self._look.colours.line, 1))
            end = QPointF(self.width(), 0) if self._sheet else QPointF(0, self.height())
            painter.drawLine(QPointF(0, 0), end)


def _same_lens(one: Any, other: Any) -> bool:
    """Return whether two lenses show the same; their matrices are compared by value."""
    if one is None or other is None or not hasattr(other, "rows"):
        return one is other
    words_same = (one.title, one.rows, one.peak, one.ramp, one.good) == (
        other.title, other.rows, other.peak, other.ramp, other.good,
    )  # fmt: skip
    if not words_same or (one.values is None) != (other.values is None):
        return False
    return one.values is None or np.array_equal(one.values, other.values)
