"""The text field over the picture; safe with an input method."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explainer.concepts.transformer.sentence import LONGEST_TEXT


class SentenceField(QLineEdit):
    """A line to type a sentence into.

    While an input method composes, `is_composing` is True and nothing may be asked of the model.

    Signals
    -------
    left :
        The focus went elsewhere.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sentenceField")
        self.setMaxLength(LONGEST_TEXT)
        self.is_composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether a syllable is still being composed, before the text changes.

        A composition that is cancelled changes no text, and Qt tells nothing: what was committed
        before it is told then.
        """
        was_composing, before = self.is_composing, self.text()
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if was_composing and not self.is_composing and self.text() == before:
            self.textEdited.emit(before)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that typing is over."""
        super().focusOutEvent(event)
        self.is_composing = False
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give focus back on Enter and Esc; leave the slide's keys to the text."""
        done = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if event.key() in done and not self.is_composing:
            parent = self.parentWidget()
            if parent is not None:
                parent.setFocus()
            event.accept()
            return
        super().keyPressEvent(event)
