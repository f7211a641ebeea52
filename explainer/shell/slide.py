"""The stage full screen: a title, one sentence, the picture, how far the lesson has come."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from explainer.lesson import Language, Step
from explainer.shell.keys import bind
from explainer.stage.colours import COLOURS, Colours
from explainer.stage.lettering import BOLD, LEFT, REGULAR, RIGHT, SEMIBOLD, width, write

# The design of the slide: 1024 x 768, scaled to the screen.
_WIDE, _HIGH = 1024.0, 768.0
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def first_sentence(body: str) -> str:
    """Return the first sentence of a narration, without its marks."""
    return _SENTENCE_END.split(body.replace("**", "").strip().replace("\n", " "))[0]


def _scale(rect: QRectF) -> float:
    return min(rect.width() / _WIDE, rect.height() / _HIGH)


def picture_rect(rect: QRectF) -> QRectF:
    """Return where the picture lies on a slide."""
    scale = _scale(rect)
    return rect.adjusted(24 * scale, 112 * scale, -24 * scale, -18 * scale)


def draw_words(
    painter: QPainter,
    rect: QRectF,
    step: Step,
    number: tuple[int, int],
    language: Language,
    share: float,
    colours: Colours,
) -> None:
    """Draw a slide's title, counter, first sentence and progress, around the picture.

    Parameters
    ----------
    number : (int, int)
        Index of the step from 0, and how many there are.
    share : float
        How much of the animation has passed, 0-1.
    """
    scale = _scale(rect)
    side = 40 * scale
    inner = rect.width() - 2 * side
    counter = f"{number[0] + 1} / {number[1]}"
    aside = width(counter, 24 * scale, SEMIBOLD) + 24 * scale
    line = QRectF(rect.x() + side, rect.y() + 22 * scale, inner, 48 * scale)
    write(painter, line, counter, 24 * scale, colours.muted, SEMIBOLD, RIGHT)
    line.setWidth(inner - aside)
    title = step.title.said(language).replace("\n", " ")
    write(painter, line, title, 38 * scale, colours.ink, BOLD, LEFT)
    under = QRectF(rect.x() + side, rect.y() + 72 * scale, inner, 36 * scale)
    sentence = step.slide.said(language) if step.slide else first_sentence(step.body.said(language))
    write(painter, under, sentence, 24 * scale, colours.ink, REGULAR, LEFT)
    bar = 5 * scale
    bottom = QRectF(rect.x(), rect.bottom() - bar, rect.width(), bar)
    painter.fillRect(bottom, colours.line)
    bottom.setWidth(rect.width() * share)
    painter.fillRect(bottom, colours.ink)


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

    def _fit(self) -> None:
        if self._view is not None:
            self._view.setGeometry(picture_rect(QRectF(self.rect())).toRect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        session = self._session
        colours = COLOURS[session.theme]
        if self._cover is not None:
            painter.fillRect(self.rect(), QColor(self._cover))
            return
        painter.fillRect(self.rect(), colours.background)
        share = session.time / session.duration if session.duration else 1.0
        draw_words(
            painter, QRectF(self.rect()), session.step, session.step_number, session.language,
            share, colours,
        )  # fmt: skip

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
