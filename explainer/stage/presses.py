"""Painted buttons for the keyboard and for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from explainer.stage.buttons import PLAIN, keeps
from explainer.stage.frame import Target
from explainer.stage.look import Look, ring
from explainer.stage.view import View

_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Painted:
    """A button that a view paints.

    Parameters
    ----------
    target : Target
        What a click on it is.
    rect : QRectF
        In design units.
    name : str
        What a screen reader says.
    """

    target: Target
    rect: QRectF
    name: str


class _Press(QAbstractButton):
    """The place of a painted button; the pointer goes through it, and it draws a ring only.

    Signals
    -------
    chosen : int
        Which it is.
    left :
        The focus went elsewhere.
    """

    chosen = Signal(int)
    left = Signal()

    def __init__(self, view: View, place: int) -> None:
        super().__init__(view)
        self._place = place
        self.clicked.connect(self._clicked)
        self.setObjectName(f"press{place}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.look: Look = PLAIN

    def _clicked(self) -> None:
        self.chosen.emit(self._place)

    def event(self, event: QEvent) -> bool:
        """Keep its own keys from the window's shortcuts while focused."""
        return keeps(event, _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Space and Enter; leave every other key to the view."""
        if event.key() in _KEYS:
            self.click()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell where the focus is no longer."""
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw where the focus is."""
        if self.hasFocus():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                ring(painter, rect, rect.height() / 2, self.look)


class Presses:
    """The places of a view's painted buttons, in the order in which Tab goes through them.

    Parameters
    ----------
    view : View
        Painted buttons are pressed as if they were clicked.
    left : callable, optional
        Called when one of them loses the focus.
    """

    def __init__(self, view: View, left: Callable[[], None] | None = None) -> None:
        self._view, self._left = view, left
        self._made: list[_Press] = []
        self._targets: list[Target] = []

    @property
    def has_focus(self) -> bool:
        """Whether one of them has the focus."""
        return any(press.hasFocus() for press in self._made)

    def place(self, painted: Sequence[Painted]) -> None:
        """Put them where the buttons are painted now; empty rectangles are left out."""
        shown = [one for one in painted if not one.rect.isEmpty()]
        while len(self._made) < len(shown):
            press = _Press(self._view, len(self._made))
            press.chosen.connect(self._pressed)
            if self._left is not None:
                press.left.connect(self._left)
            self._made.append(press)
        self._targets = [one.target for one in shown]
        frame, (scale, _) = self._view.frame, self._view.scale_and_origin()
        for press, one in zip(self._made, shown, strict=False):
            press.setGeometry(self._view.on_screen(one.rect).toAlignedRect())
            press.setAccessibleName(one.name)
            if frame is not None:
                press.look = Look(self._view.colours, frame.language, scale)
            if press.isHidden():
                press.raise_()  # over what covers the view
                press.show()
        for press in self._made[len(shown) :]:
            press.hide()

    def _pressed(self, place: int) -> None:
        frame = self._view.frame
        if frame is not None and place < len(self._targets):
            self._view.picked.emit(self._view.pick(frame, self._targets[place]))
