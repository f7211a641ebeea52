"""The help over the window: the table of keys, as it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from explainer.lesson import Text
from explainer.shell import words
from explainer.shell.keys import KEYS, shown
from explainer.shell.theme import svg
from explainer.stage.buttons import Button
from explainer.stage.lettering import SEMIBOLD
from explainer.stage.look import Look


def rows() -> tuple[tuple[Text | None, Text, str], ...]:
    """Return the lines of the help: where the key holds if not everywhere, what it does, keys."""
    where = {"both": None, "window": words.IN_WINDOW, "slide": words.IN_SLIDE}
    return tuple((where[key.context], key.label, shown(key.keys)) for key in KEYS)


class Help(QFrame):
    """All keys in two columns; Esc, ? or a click closes it.

    Signals
    -------
    closed : None
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = QLabel(self)
        self._close = Button("helpClose", "ghost", self)
        self._close.height_px = 36
        self._close.clicked.connect(self.close_help)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setObjectName("column")
        self._grid = QGridLayout(inner)
        self._labels: list[tuple[QLabel, QLabel]] = []
        half = (len(rows()) + 1) // 2
        for index in range(len(rows())):
            pair = QLabel(inner), QLabel(inner)
            pair[0].setWordWrap(True)
            pair[1].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            column = 3 * (index // half)
            self._grid.addWidget(pair[0], index % half, column)
            self._grid.addWidget(pair[1], index % half, column + 1)
            self._labels.append(pair)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(3, 1)
        area.setWidget(inner)
        self._column = QVBoxLayout(self)
        self._head = QGridLayout()
        self._head.addWidget(self._title, 0, 0)
        self._head.addWidget(self._close, 0, 1, Qt.AlignmentFlag.AlignRight)
        self._column.addLayout(self._head)
        self._column.addWidget(area, 1)
        self.hide()

    def dress(self, look: Look) -> None:
        """Take on another look and language."""
        margin = look.px(20)
        self._column.setContentsMargins(margin, look.px(14), margin, margin)
        self._grid.setColumnMinimumWidth(2, look.px(32))
        self._grid.setVerticalSpacing(look.px(8))
        self._title.setFont(look.font(20, SEMIBOLD))
        self._title.setText(look.say(words.KEYS))
        self.setAccessibleName(look.say(words.KEYS))
        self._close.dress(look, look.say(words.CLOSE), path=svg("x"))
        for (label, keys), (where, said, written) in zip(self._labels, rows(), strict=True):
            place = f" ({look.say(where)})" if where is not None else ""
            label.setText(look.say(said) + place)
            label.setFont(look.font(15))
            keys.setText(written)
            keys.setFont(look.font(15, SEMIBOLD))

    def open(self) -> None:
        """Show the help."""
        self.show()
        self.raise_()
        self.setFocus()

    def close_help(self) -> None:
        """Close, and give the keys back."""
        self.hide()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        wanted = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if wanted and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_help()
        else:
            event.ignore()
