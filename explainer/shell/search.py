"""The search palette over all concepts, scenes and steps, in both languages at once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from explainer.lesson import Concept, Text
from explainer.shell import words
from explainer.stage.look import Look

_MOST = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A place one can go to.

    Parameters
    ----------
    place : tuple of str
        Concept, scene and step keys, as many as it takes.
    title : Text
    path : tuple of Text
        The titles above it.
    body : Text
        What is searched besides the title.
    """

    place: tuple[str, ...]
    title: Text
    path: tuple[Text, ...]
    body: Text


def entries(concepts: tuple[Concept, ...]) -> tuple[Entry, ...]:
    """Return every concept, scene and step, in the order they are taught."""
    found = []
    for concept in concepts:
        found.append(Entry((concept.key,), concept.title, (), concept.summary))
        for scene in concept.scenes:
            place = (concept.key, scene.key)
            found.append(Entry(place, scene.title, (concept.title,), scene.title))
            for step in scene.steps:
                path = (concept.title, scene.title)
                found.append(Entry((*place, step.key), step.title, path, step.body))
    return tuple(found)


@lru_cache(maxsize=4096)
def folded(written: str) -> str:
    """Return a text without case, spaces and marks, its Hangul taken apart into letters.

    A syllable that is still being typed is then a beginning of the finished one.
    """
    apart = unicodedata.normalize("NFKD", written.replace("**", "")).casefold()
    # The final consonants become leading ones: while 'gan' is typed, the n may yet begin 'na'.
    finals = {0x11A8 + i: ord(c) for i, c in enumerate(_FINALS) if c != " "}
    return re.sub(r"\s+", "", apart.translate(finals))


_FINALS = "ᄀ  ᄂ  ᄃᄅ       ᄆᄇ ᄉ ᄋᄌᄎᄏᄐᄑᄒ"


@lru_cache(maxsize=4096)
def initials(written: str) -> str:
    """Return the leading consonants of the Hangul syllables of a text."""
    syllables = (unicodedata.normalize("NFD", c) for c in written if "가" <= c <= "힣")
    return "".join(syllable[0] for syllable in syllables)


def matching(everything: tuple[Entry, ...], typed: str) -> list[Entry]:
    """Return the entries that match, those whose title does first."""
    wanted = [folded(part) for part in typed.split()]
    if not wanted:
        return list(everything)
    ranked: list[tuple[int, int, Entry]] = []
    for index, entry in enumerate(everything):
        title = folded(entry.title.en) + "\n" + folded(entry.title.ko)
        body = folded(entry.body.en) + "\n" + folded(entry.body.ko)
        leading = initials(entry.title.ko)
        in_title = [part in title or (len(part) > 1 and part in leading) for part in wanted]
        if all(in_title):
            ranked.append((0, index, entry))
        elif all(hit or part in body for hit, part in zip(in_title, wanted, strict=True)):
            ranked.append((1, index, entry))
    return [entry for _, _, entry in sorted(ranked, key=lambda found: found[:2])]


class Palette(QFrame):
    """A field and what it finds; Enter goes there, Esc closes.

    Signals
    -------
    chosen : tuple of str
        Keys of the place to go to.
    closed : None
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, concepts: tuple[Concept, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self._look: Look | None = None
        self._entries = entries(concepts)
        self._found: list[Entry] = []
        self._field = QLineEdit(self)
        self._field.setObjectName("searchField")
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setObjectName("searchResults")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemClicked.connect(self._choose)
        self._none = QLabel(self)
        self._none.setProperty("role", "muted")
        self._none.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._field)
        self._column.addWidget(self._none)
        self._column.addWidget(self._list, 1)
        self.hide()

    def dress(self, look: Look) -> None:
        """Take on another look."""
        self._look = look
        margin = look.px(14)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._field.setFont(look.font(20))
        self._list.setFont(look.font(17))
        self._none.setFont(look.font(16))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        if self._look is None:
            return
        self._field.setPlaceholderText(self._look.say(words.FIND))
        self._field.setAccessibleName(self._look.say(words.FIND))
        self._list.setAccessibleName(self._look.say(words.SEARCH_RESULTS))
        self._none.setText(self._look.say(words.NOTHING))
        self._search(self._field.text())

    def open(self) -> None:
        """Open with an empty field."""
        self._field.clear()
        self._search("")
        self.show()
        self.raise_()
        self._field.setFocus()

    def close_palette(self) -> None:
        """Close, and give the keys back."""
        self.hide()
        self.closed.emit()

    def _search(self, typed: str) -> None:
        look = self._look
        if look is None:
            return
        self._found = matching(self._entries, typed)[:_MOST]
        self._list.clear()
        for entry in self._found:
            path = " › ".join(look.say(part) for part in (*entry.path, entry.title))
            self._list.addItem(path)
        self._list.setCurrentRow(0)
        self._none.setVisible(not self._found)

    def _choose(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._found):
            place = self._found[row].place
            self.close_palette()
            self.chosen.emit(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent):
            own = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter,
                   Qt.Key.Key_Escape, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)  # fmt: skip
            if event.key() in own:
                if event.type() == QEvent.Type.KeyPress:
                    self._steer(Qt.Key(event.key()))
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _steer(self, key: Qt.Key) -> None:
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8,
                 Qt.Key.Key_PageDown: 8}  # fmt: skip
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in moves:
            row = self._list.currentRow() + moves[key]
            self._list.setCurrentRow(min(max(row, 0), len(self._found) - 1))
        else:
            self._choose()
