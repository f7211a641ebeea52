"""The right column: the step's words, what is pointed at, the controls, the code, the way on."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explainer.lesson import Grid, Value
from explainer.shell import words
from explainer.shell.codepane import CodePane
from explainer.shell.lens import LensCard, same_lens
from explainer.shell.theme import svg
from explainer.stage.buttons import Button
from explainer.stage.knobs import KnobRow
from explainer.stage.lettering import SEMIBOLD
from explainer.stage.look import Look

_LOW = 640.0  # design pixels of height under which words and controls need smaller type
# More controls than this take one line each; beside the low sheet's words there is no room.
_MOST_TALL = 2
_LEAST_CARD = 84.0  # design pixels: a title and two rows
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def rich(body: str, line_height: int, gap: int) -> str:
    """Return a narration as Qt rich text: paragraphs, and **bold** as it is marked."""
    body = body.replace(" %", "\u00a0%")  # a number keeps its sign beside it
    safe = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    strong = _BOLD.sub(r'<span style="font-weight:600">\1</span>', safe)
    parts = [part.strip().replace("\n", "<br>") for part in strong.split("\n\n")]
    style = f"line-height:{line_height}%;margin-top:0;margin-bottom:"
    last = len(parts) - 1
    return "".join(
        f'<p style="{style}{0 if index == last else gap}px">{part}</p>'
        for index, part in enumerate(parts)
    )


class QuietScrollBar(QScrollBar):
    """A scroll bar that keeps its width and shows nothing while there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


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
        self._sized = (0.0, 0.0)
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
        self._knob_grid = QGridLayout(self._knobs)
        # In the low sheet many controls take the place of the words, on demand.
        self._swap = Button("controlsButton", "ghost", self)
        self._swap.setCheckable(True)
        self._swap.height_px, self._swap.text_px = 30, 15
        self._swap.toggled.connect(self._swapped)
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
        self._area.setVerticalScrollBar(QuietScrollBar(Qt.Orientation.Vertical, self._area))
        # Always there, so that the words are not set anew when the card grows.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        inner = QWidget()
        inner.setObjectName("column")
        self._columns = QHBoxLayout(inner)
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        self._columns.addLayout(self._left, 3)
        self._columns.addLayout(self._right, 2)
        self._head = QHBoxLayout()
        self._head.addWidget(self._count, 1)
        self._head.addWidget(self._swap)
        self._head.addWidget(self._code)
        self._left.addLayout(self._head)
        for part in (self._title, self._body, self._rule, self._knobs, self._file):
            self._left.addWidget(part)
        self._left.addWidget(self.code_pane, 100)  # while open, it has all the room
        self._left.addStretch(1)
        self._area.setWidget(inner)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._area, 1)
        # Under what scrolls, so that no text, however long, pushes the card out of sight.
        self._card_line = QHBoxLayout()
        self._outer.addLayout(self._card_line)
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
            # In the low sheet the title shares its line with the count.
            if sheet:
                self._head.insertWidget(0, self._title, 1)
                self._head.setStretchFactor(self._count, 0)
            else:
                self._left.insertWidget(1, self._title)
                self._head.setStretchFactor(self._count, 1)
            self._outer.setDirection(
                QVBoxLayout.Direction.LeftToRight if sheet else QVBoxLayout.Direction.TopToBottom
            )
            self._ways.setDirection(
                QHBoxLayout.Direction.TopToBottom if sheet else QHBoxLayout.Direction.LeftToRight
            )
        side = look.px(24)
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._columns.setContentsMargins(
            side, look.px(10 if sheet else 20), max(2, side - bar), look.px(6 if sheet else 12)
        )
        self._columns.setStretch(1, 2 if sheet else 0)
        self._columns.setSpacing(look.px(24) if sheet else 0)
        self._left.setSpacing(look.px(4 if sheet else 10))
        self._right.setSpacing(look.px(8))
        self._knob_grid.setContentsMargins(0, 0 if sheet else look.px(4), 0, 0)
        self._knob_grid.setHorizontalSpacing(look.px(24))
        # One pixel stays free for the line that parts the column from the stage.
        self._outer.setContentsMargins(0 if sheet else 1, 1 if sheet else 0, 0, 0)
        edge = look.px(12) if sheet else look.px(20)
        self._ways.setContentsMargins(
            0 if sheet else side, edge if sheet else look.px(8), side, edge
        )
        self._ways.setSpacing(look.px(8))
        self._card_line.setContentsMargins(*(0,) * 4 if sheet else (side, look.px(8), side, 0))
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
        if not same_lens(lens, self._lens):
            self._lens = lens
            self._show_card(None if self.shows_code else lens, self._look)
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

    def _show_card(self, lens: Any, look: Look) -> None:
        """Show the card; where words and controls need the room, a smaller one."""
        room = self._card_room()
        self._card.show_lens(lens, look, room if self._sheet else None)
        if self._card.isHidden():
            return
        wanted = self._card.sizeHint().height()
        if not self._sheet and wanted > room:
            self._card.setMinimumHeight(0)
            self._card.show_lens(lens, look, max(room, look.px(_LEAST_CARD)))
            wanted = self._card.sizeHint().height()
        # What is pointed at may need more lines; the card keeps the most a step needed.
        self._card.setMinimumHeight(max(self._card.minimumHeight(), wanted))

    def _card_room(self) -> int:
        """Return the height that words and controls leave to the card."""
        margins = self._columns.contentsMargins()
        if not self._sheet:
            content = self._area.widget().layout()
            needed = content.minimumHeightForWidth(self._area.viewport().width())
            ways = self._ways.sizeHint().height() + self._card_line.contentsMargins().top()
            return self.height() - needed - ways
        room = self._area.viewport().height() - margins.top() - 2 * margins.bottom()
        if self._knobs.isVisibleTo(self) and not self._swaps:
            room -= self._knobs.sizeHint().height() + self._right.spacing()
        return room

    def _current_rows(self) -> list[KnobRow]:
        place = (self._session.place[0], self._session.place[1])
        rows = self._rows.setdefault(place, [])
        for knob in self._session.controls:
            if all(row.knob is not knob for row in rows):
                row = KnobRow(knob, self._knobs)
                row.changed.connect(self._knob_changed)
                rows.append(row)
        by_key = {row.knob.key: row for row in rows}
        return [by_key[knob.key] for knob in self._session.controls]

    def _show_step(self) -> None:
        look, session = self._look, self._session
        if look is None:
            return
        self._step = session.step
        index, count = session.step_number
        said = look.say(words.STEP, number=index + 1, count=count)
        if session.is_last:
            ended = look.say(words.LAST_STEP)
            said = ended if self._sheet else f"{said} · {ended}"
        self._next.setEnabled(not session.is_last)
        self._back.setEnabled(not session.is_first)
        title_px, body_px = self._sized = self._sizes(look)
        self._count.setFont(look.reading(14))
        self._count.setText(said)
        self._title.setFont(look.reading(title_px, SEMIBOLD))
        self._title.setText(look.say(self._step.title))
        self._body.setFont(look.reading(body_px))
        # Pretendard's own line is 1.19 high, so 128 % of it is the 1.52 of the design.
        lines, gap = (112, 3) if self._sheet else (128, 10)
        self._body.setText(rich(look.say(self._step.body), lines, look.px(gap)))
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
        has_grid = any(isinstance(row.knob.control, Grid) for row in shown)
        compact = self._sheet or (len(shown) > _MOST_TALL and not has_grid)
        across = 2 if self._swaps else 1
        self._knob_grid.setVerticalSpacing(look.px(6 if compact else 12))
        for place, row in enumerate(shown):  # in the order in which the step offers them
            row.dress(look, compact=compact)
            self._knob_grid.addWidget(row, place // across, place % across)
        said = look.say(words.CONTROLS)
        self._swap.dress(look, said, said, svg("settings"), look.say(words.CONTROLS_LONG))
        self._swap.setVisible(self._swaps)
        self._card.setMinimumHeight(0)
        self._values = None
        self._place_parts()
        self._arrange_code()

    @property
    def _swaps(self) -> bool:
        """Whether the controls are too many to stand beside the words of the low sheet."""
        return self._sheet and len(self._session.controls) > _MOST_TALL

    def _place_parts(self) -> None:
        """Put controls and card under the words; in the low sheet beside them or in their place."""
        swaps = self._swaps
        column = self._right if self._sheet and not swaps else self._left
        for layout in (self._right, self._card_line):
            layout.removeWidget(self._card)
        self._right.removeWidget(self._knobs)
        first = self._left.indexOf(self._body) + 1
        for place, part in enumerate((self._rule, self._knobs)):
            if column is self._left:
                self._left.insertWidget(first + place, part)
            else:
                self._right.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        if self._sheet:
            self._right.addWidget(self._card, 0, Qt.AlignmentFlag.AlignTop)
        else:
            self._card_line.addWidget(self._card)

    def _swapped(self, on: bool) -> None:
        self._arrange_code()
        self.refresh()

    def _sizes(self, look: Look) -> tuple[float, float]:
        """Return the sizes of title and body that leave the controls in sight."""
        if self._sheet:
            return 22, 17
        if self.height() < _LOW * look.type:
            return 26, 18
        return (34, 22) if look.colours.is_projector else (30, 20)

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
        swapped = self._swaps and self._swap.isChecked()
        has_knobs = bool(self._session.controls) and (swapped or not self._swaps)
        self._knobs.setVisible(has_knobs)
        self._rule.setVisible(has_knobs and not self._sheet)
        self._lens = self
        self._body.setVisible(not (self._sheet and (opened or swapped)))

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._look is not None and self._sizes(self._look) != self._sized:
            self._show_step()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._look is not None:
            painter = QPainter(self)
            painter.setPen(QPen(self._look.colours.line, 1))
            end = QPointF(self.width(), 0) if self._sheet else QPointF(0, self.height())
            painter.drawLine(QPointF(0, 0), end)
