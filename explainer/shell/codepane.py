"""The code pane: the program's own lines, numbered, the running one marked."""

from __future__ import annotations

import io
import keyword
import re
import tokenize
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from explainer.shell import words
from explainer.stage.colours import Colours
from explainer.stage.look import Look

Mark = tuple[int, int, str]  # column, length, what it is
_HUSHED = re.compile(r"\s*# (type: ignore|noqa)\b.*$", re.MULTILINE)
_HANGING = 4  # columns by which a continued line stands in
_LEAST_COLUMNS = 24
_BREAKS = re.compile(r"(?<=[\s,(\[=])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line as it is shown: all of a source's line, or what of it fits.

    Attributes
    ----------
    line, start : int
        The source's line from 0, and the column in it where the piece begins.
    indent : int
        Spaces put before it.
    text : str
    """

    line: int
    start: int
    indent: int
    text: str


def without_hushes(source: str) -> str:
    """Return source without the comments that only speak to checkers."""
    return _HUSHED.sub("", source)


def wrapped(source: str, columns: int) -> tuple[Piece, ...]:
    """Return source in pieces of at most so many columns, continued lines standing in.

    A line is cut after a space, a comma or a bracket; a word longer than the line is left whole.
    """
    columns = max(columns, _LEAST_COLUMNS)
    pieces = []
    for index, line in enumerate(source.split("\n")):
        indent = min(len(line) - len(line.lstrip()) + _HANGING, columns // 2)
        start, before = 0, 0
        while len(line) - start > columns - before:
            limit = start + columns - before
            own = start + len(line[start:]) - len(line[start:].lstrip())
            cuts = [m.start() for m in _BREAKS.finditer(line) if own < m.start()]
            cut = max((c for c in cuts if c <= limit), default=min(cuts, default=len(line)))
            if cut >= len(line):
                break
            pieces.append(Piece(index, start, before, line[start:cut]))
            start, before = cut, indent
        pieces.append(Piece(index, start, before, line[start:]))
    return tuple(pieces)


def marks(source: str) -> dict[int, list[Mark]]:
    """Return, for each line (from 0), which stretches are keywords, texts, numbers, comments."""
    found: dict[int, list[Mark]] = {}
    kinds = {tokenize.STRING: "text", tokenize.NUMBER: "number", tokenize.COMMENT: "comment"}
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            kind = kinds.get(token.type)
            if token.type == tokenize.NAME and keyword.iskeyword(token.string):
                kind = "keyword"
            elif token.type == tokenize.NAME and token.string == "self":
                kind = "comment"
            if kind is None:
                continue
            for line in range(token.start[0], token.end[0] + 1):
                left = token.start[1] if line == token.start[0] else 0
                right = token.end[1] if line == token.end[0] else 10_000
                found.setdefault(line - 1, []).append((left, right - left, kind))
    except (tokenize.TokenError, IndentationError):
        # A class cut out of its file may end oddly; what was read so far is coloured.
        return found
    return found


class Highlighter(QSyntaxHighlighter):
    """Colours for keywords, texts, numbers and comments."""

    def __init__(self, pane: QPlainTextEdit) -> None:
        super().__init__(pane.document())
        self._formats: dict[str, QTextCharFormat] = {}
        self._marks: dict[int, list[Mark]] = {}
        self._pieces: tuple[Piece, ...] = ()

    def dress(self, colours: Colours) -> None:
        roles = {
            "keyword": colours.query,
            "text": colours.value,
            "number": colours.amber_text,
            "comment": colours.muted,
        }
        for kind, colour in roles.items():
            written = QTextCharFormat()
            written.setForeground(colour)
            if kind == "keyword":
                written.setFontWeight(QFont.Weight.DemiBold)
            self._formats[kind] = written
        self.rehighlight()

    def read(self, source: str, pieces: tuple[Piece, ...]) -> None:
        self._marks, self._pieces = marks(source), pieces

    def highlightBlock(self, text: str) -> None:
        place = self.currentBlock().blockNumber()
        if place >= len(self._pieces):
            return
        piece = self._pieces[place]
        for column, length, kind in self._marks.get(piece.line, ()):
            first = max(column - piece.start, 0)
            last = min(column + length - piece.start, len(piece.text))
            if kind in self._formats and last > first:
                self.setFormat(piece.indent + first, last - first, self._formats[kind])


class Gutter(QWidget):
    """Line numbers as they stand in the file."""

    def __init__(self, pane: CodePane) -> None:
        super().__init__(pane)
        self._pane = pane

    def paintEvent(self, event: QPaintEvent) -> None:
        self._pane.paint_gutter(QPainter(self), event.rect())


class CodePane(QPlainTextEdit):
    """Read-only source with line numbers; the running line stands on amber."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("codePane")
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Lines are wrapped beside the scroll bar's place, whether or not it is needed.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._gutter = Gutter(self)
        self._colours = Highlighter(self)
        self._look: Look | None = None
        self._shown: Any = None
        self._text, self._columns = "", 0
        self._pieces: tuple[Piece, ...] = ()
        self._first, self._running = 1, -1
        self.updateRequest.connect(self._scrolled)

    def dress(self, look: Look) -> None:
        """Take on another look."""
        self._look = look
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setPixelSize(max(14, round(14 * look.type)))
        self.setFont(face)
        self._colours.dress(look.colours)
        self.setAccessibleName(look.say(words.CODE))
        self._make_room()
        self._wrap()
        self._mark_running()

    def show_source(self, source: Any) -> None:
        """Show a `source.Source`; costs nothing where it is the same."""
        if source == self._shown:
            return
        self._shown = source
        if source is None:
            self._text, self._columns, self._pieces = "", 0, ()
            self.clear()
            return
        self._first = source.first
        self._running = -1 if source.running is None else source.running - source.first
        text = without_hushes(source.text)
        if text != self._text:
            self._text, self._columns = text, 0
        self._make_room()
        self._wrap()
        self._mark_running()

    def _wrap(self) -> None:
        """Set the lines anew where the pane's width holds more or fewer columns."""
        letter = QFontMetricsF(self.font()).horizontalAdvance("0")
        inner = self.viewport().width() - 2 * self.document().documentMargin()
        columns = max(int(inner / max(letter, 1)), _LEAST_COLUMNS)
        if columns == self._columns or not self._text:
            return
        self._columns = columns
        self._pieces = wrapped(self._text, columns)
        self._colours.read(self._text, self._pieces)
        self.setPlainText("\n".join(" " * p.indent + p.text for p in self._pieces))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _mark_running(self) -> None:
        if self._look is None:
            return
        places = [i for i, piece in enumerate(self._pieces) if piece.line == self._running]
        found = []
        for place in places:
            mark = QTextEdit.ExtraSelection()
            mark.format.setBackground(self._look.colours.amber_soft)
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            mark.cursor = QTextCursor(self.document().findBlockByNumber(place))
            found.append(mark)
        self.setExtraSelections(found)
        if found:
            end = self.cursorRect(found[-1].cursor)
            if not self.viewport().rect().contains(end.center()):
                self.verticalScrollBar().setValue(max(0, places[0] - 3))
        self._gutter.update()

    def _make_room(self) -> None:
        last = self._first + self._text.count("\n")
        wide = self.fontMetrics().horizontalAdvance("0" * len(str(last))) + 22
        self.setViewportMargins(wide, 6, 6, 6)
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.left(), inside.top() + 6, wide, inside.height() - 12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        self._wrap()
        self._mark_running()

    def _scrolled(self, rect: QRect, by: int) -> None:
        if by:
            self._gutter.scroll(0, by)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())

    def paint_gutter(self, painter: QPainter, rect: QRect) -> None:
        """Draw the numbers of the visible lines, and the amber bar of the running one."""
        if self._look is None:
            return
        painter.setFont(self.font())
        colours = self._look.colours
        block: QTextBlock = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > rect.bottom():
                return
            place_in = block.blockNumber()
            piece = self._pieces[place_in] if place_in < len(self._pieces) else None
            running = piece is not None and piece.line == self._running
            high = round(place.height())
            line = QRect(0, round(place.top()), self._gutter.width() - 10, high)
            if running:
                painter.fillRect(QRect(2, line.y(), 4, high), QColor(colours.amber))
            painter.setPen(colours.amber_text if running else colours.muted)
            if piece is not None and piece.start == 0:
                number = str(self._first + piece.line)
                painter.drawText(line, Qt.AlignmentFlag.AlignRight, number)
            block = block.next()
