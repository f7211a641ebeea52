"""One banner for what went wrong: the sentence, what can be done, nothing that blocks."""

from __future__ import annotations

import traceback

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explainer.lesson import Problem, Text
from explainer.shell import words
from explainer.shell.theme import svg
from explainer.stage.buttons import Button
from explainer.stage.icons import icon
from explainer.stage.look import Look

Offers = tuple[tuple[str, Text], ...]


def details(problem: Problem) -> str:
    """Return what a person can send on: the sentence and where it came from."""
    return "".join(traceback.format_exception(problem))


class Banner(QFrame):
    """The banner over the stage.

    Signals
    -------
    taken : str
        The offer the person chose.
    dismissed : None
    """

    taken = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._look: Look | None = None
        self._problem: Problem | None = None
        self._offers: Offers = ()
        self._sign = QLabel(self)
        self._sentence = QLabel(self)
        self._sentence.setObjectName("bannerText")
        self._sentence.setWordWrap(True)
        self._close = Button("bannerClose", "ghost", self)
        self._close.height_px = 36
        self._close.clicked.connect(self.dismissed)
        self._copy = Button("bannerCopy", "link", self)
        self._copy.clicked.connect(self._copy_details)
        self._buttons: list[Button] = []
        head = QHBoxLayout()
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._sentence, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._ways = QHBoxLayout()
        self._ways.addStretch(1)
        self._ways.addWidget(self._copy)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addLayout(self._ways)
        self.hide()

    @property
    def problem(self) -> Problem | None:
        """What is shown."""
        return self._problem

    def dress(self, look: Look) -> None:
        """Take on another look."""
        self._look = look
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        look = self._look
        if look is None:
            return
        margin = look.px(14)
        self._column.setContentsMargins(margin, margin, margin, look.px(10))
        self._sign.setPixmap(
            icon(svg("alert-triangle"), look.colours.wrong, look.px(24), self.devicePixelRatioF())
        )
        self._close.dress(look, look.say(words.CLOSE), path=svg("x"))
        self._copy.height_px, self._copy.text_px, self._copy.icon_px = 36, 15, 16
        self._copy.dress(look, look.say(words.COPY), look.say(words.COPY), svg("copy"))
        self._sentence.setFont(look.font(17))
        if self._problem is not None:
            self.show_problem(self._problem, self._offers)

    def show_problem(self, problem: Problem | None, offers: Offers = ()) -> None:
        """Show a problem with what can be done, or nothing."""
        self._problem, self._offers = problem, offers
        look = self._look
        if problem is None or look is None:
            self.hide()
            return
        sentence = look.say(problem.text)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{look.say(words.PROBLEM)}: {sentence}")
        while len(self._buttons) < len(offers):
            button = Button(f"offer-{len(self._buttons)}", "outline", self)
            button.height_px = 36
            button.clicked.connect(self._take)
            self._ways.insertWidget(len(self._buttons), button)
            self._buttons.append(button)
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(offers))
            if index < len(offers):
                said = look.say(offers[index][1])
                button.kind = "primary" if index == 0 else "outline"
                button.dress(look, said, said)
        self.show()
        self.raise_()

    def _take(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.taken.emit(self._offers[self._buttons.index(button)][0])

    def _copy_details(self) -> None:
        if self._problem is not None:
            QGuiApplication.clipboard().setText(details(self._problem))

    def fit(self, left: int, top: int, wide: int) -> None:
        """Stand at a place, as high as the sentence needs."""
        high = self._column.totalHeightForWidth(wide)
        self.setGeometry(left, top, wide, high if high > 0 else self.sizeHint().height())
