"""The code pane: the program's own lines, numbered, the running one marked."""

from __future__ import annotations

import io
import keyword
import tokenize
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
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

    def read(self, source: str) -> None:
        self._marks = marks(source)

    def highlightBlock(self, text: str) -> None:
        for column, length, kind in self._marks.get(self.currentBlock().blockNumber(), ()):
            if kind in self._formats:
                self.setFormat(column, min(length, len(text) - column), self._formats[kind])


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
        self._gutter = Gutter(self)
        self._colours = Highlighter(self)
        self._look: Look | None = None
        self._shown: Any = None
        self._text = ""
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
        self._mark_running()

    def show_source(self, source: Any) -> None:
        """Show a `source.Source`; costs nothing where it is the same."""
        if source == self._shown:
            return
        self._shown = source
        if source is None:
            self._text = ""
            self.clear()
            return
        if source.text != self._text:
            self._text = source.text
            self._colours.read(source.text)
            self.setPlainText(source.text)
            self.moveCursor(QTextCursor.MoveOperation.Start)
        self._first = source.first
        self._running = -1 if source.running is None else source.running - source.first
        self._make_room()
        self._mark_running()

    def _mark_running(self) -> None:
        block = self.document().findBlockByNumber(self._running) if self._running >= 0 else None
        if self._look is None or block is None or not block.isValid():
            self.setExtraSelections([])
            return
        mark = QTextEdit.ExtraSelection()
        mark.format.setBackground(self._look.colours.amber_soft)
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark.cursor = QTextCursor(block)
        self.setExtraSelections([mark])
        place = self.cursorRect(QTextCursor(block))
        if not self.viewport().rect().contains(place.center()):
            bar = self.verticalScrollBar()
            bar.setValue(max(0, self._running - 3))
        self._gutter.update()

    def _make_room(self) -> None:
        last = self._first + self.blockCount()
        wide = self.fontMetrics().horizontalAdvance("0" * len(str(last))) + 22
        self.setViewportMargins(wide, 6, 6, 6)
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.left(), inside.top() + 6, wide, inside.height() - 12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

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
            running = block.blockNumber() == self._running
            high = round(place.height())
            line = QRect(0, round(place.top()), self._gutter.width() - 10, high)
            if running:
                painter.fillRect(QRect(2, line.y(), 4, high), QColor(colours.amber))
            painter.setPen(colours.amber_text if running else colours.muted)
            number = str(self._first + block.blockNumber())
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, number)
            block = block.next()
