"""The stage full screen: a title, one sentence, the picture, how far the lesson has come."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from explainer.shell.keys import bind
from explainer.stage.colours import COLOURS
from explainer.stage.lettering import BOLD, LEFT, REGULAR, RIGHT, SEMIBOLD, width, write

# The design of the slide: 1024 x 768, scaled to the screen.
_WIDE, _HIGH = 1024.0, 768.0
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def first_sentence(body: str) -> str:
    """Return the first sentence of a narration, without its marks."""
    return _SENTENCE_END.split(body.replace("**", "").strip().replace("\n", " "))[0]


class SlideWindow(QWidget):
    """A window without a shell; it borrows the session's view while it is open.

    Signals
    -------
    left : None
        The person left full screen.
    """

    left = Signal()

    def __init__(self, session: Any, actions: Mapping[str, Callable[[], None]]) -> None:
        super().__init__()
        self.setObjectName("slide")
        self.setWindowFlag(Qt.WindowType.Window)
        self._session = session
        self._cover: str | None = None
        self._view: QWidget | None = None
        self._drawn: tuple[Any, ...] = ()
        own = {"leave": self.close, "black": self._black, "white": self._white}
        self._shortcuts = bind(self, "slide", {**actions, **own})

    @property
    def cover(self) -> str | None:
        """'black' or 'white' while the picture is covered."""
        return self._cover

    def take(self, view: QWidget) -> None:
        """Put a view into the picture's place."""
        if view is not self._view or view.parentWidget() is not self:
            if self._view is not None and self._view is not view:
                self._view.hide()
            self._view = view
            view.setParent(self)
            self._fit()
            view.setVisible(self._cover is None)
            view.setFocus()

    def release(self) -> None:
        """Let the view go back to the window."""
        self._view = None

    def refresh(self) -> None:
        """Follow the session."""
        session = self._session
        if self.isVisible():
            self.take(session.view)
        share = session.time / session.duration if session.duration else 1.0
        state = (
            session.place,
            session.language,
            session.theme,
            session.font_scale,
            round(share * self.width()),
        )
        if state != self._drawn:
            self._drawn = state
            title = session.step.title.said(session.language)
            self.setWindowTitle(title)
            self.setAccessibleName(title)
            self.update()

    def _scale(self) -> float:
        return min(self.width() / _WIDE, self.height() / _HIGH)

    def _fit(self) -> None:
        if self._view is not None:
            scale = self._scale()
            top = round(112 * scale)
            foot = round(18 * scale)
            side = round(24 * scale)
            self._view.setGeometry(
                QRect(side, top, self.width() - 2 * side, self.height() - top - foot)
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        session, scale = self._session, self._scale()
        colours = COLOURS[session.theme]
        if self._cover is not None:
            painter.fillRect(self.rect(), QColor(self._cover))
            return
        painter.fillRect(self.rect(), colours.background)
        side = 40 * scale
        inner = self.width() - 2 * side
        index, count = session.step_number
        counter = f"{index + 1} / {count}"
        aside = width(counter, 24 * scale, SEMIBOLD) + 24 * scale
        title = session.step.title.said(session.language).replace("\n", " ")
        sentence = first_sentence(session.step.body.said(session.language))
        line = QRectF(side, 22 * scale, inner, 48 * scale)
        write(painter, line, counter, 24 * scale, colours.muted, SEMIBOLD, RIGHT)
        line.setWidth(inner - aside)
        write(painter, line, title, 38 * scale, colours.ink, BOLD, LEFT)
        under = QRectF(side, 72 * scale, inner, 36 * scale)
        write(painter, under, sentence, 24 * scale, colours.ink, REGULAR, LEFT)
        share = session.time / session.duration if session.duration else 1.0
        bar = 5 * scale
        bottom = QRectF(0, self.height() - bar, self.width(), bar)
        painter.fillRect(bottom, colours.line)
        bottom.setWidth(self.width() * share)
        painter.fillRect(bottom, colours.ink)

    def _black(self) -> None:
        self._set_cover("black")

    def _white(self) -> None:
        self._set_cover("white")

    def _set_cover(self, colour: str) -> None:
        self._cover = None if self._cover == colour else colour
        if self._view is not None:
            self._view.setVisible(self._cover is None)
            self.setFocus()
        self.update()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._cover = None
        self.left.emit()
        super().closeEvent(event)
