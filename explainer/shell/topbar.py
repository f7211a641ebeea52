"""The bar at the top: where one is, and what holds for the whole window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from explainer.lesson import Text
from explainer.shell import words
from explainer.shell.actions import FONT_SCALES
from explainer.shell.theme import svg
from explainer.stage.buttons import Button
from explainer.stage.colours import THEMES
from explainer.stage.lettering import BOLD, REGULAR, SEMIBOLD, width
from explainer.stage.look import Look, ring

_THEME_NAMES: dict[str, Text] = {
    "light": words.THEME_LIGHT,
    "dark": words.THEME_DARK,
    "projector": words.THEME_PROJECTOR,
}


class Mark(Button):
    """The program's mark, two linked squares, and its name; leads to the first step."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("home", "ghost", parent)

    def sizeHint(self) -> QSize:
        named = width(self.text(), round(18 * self._look.scale), BOLD) if self.text() else 0
        return QSize(round(named) + self._look.px(46 if named else 28), self._look.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, left, middle = 14.5 * look.scale, 1.5 * look.scale, self.height() / 2
        painter.setBrush(colours.surface)
        for offset, colour in ((-5.0, colours.ink), (5.0, colours.amber)):
            painter.setPen(QPen(colour, 2.4 * look.scale))
            shift = offset * look.scale
            square = QRectF(left + shift + 5 * look.scale, middle + shift - side / 2, side, side)
            painter.drawRoundedRect(square, 3.4 * look.scale, 3.4 * look.scale)
        painter.setPen(colours.ink)
        painter.setFont(look.font(18, BOLD))
        place = QRectF(look.px(38), 0, self.width() - look.px(38), self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            ring(painter, QRectF(self.rect()), look.px(8), look)


class LanguageToggle(Button):
    """Both languages side by side, the one in force in bold."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("languageMenu", "outline", parent)
        self.height_px, self.pill = 32, True

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(82), self._look.px(self.height_px))

    def paint_contents(self, painter: QPainter, rect: QRectF, ink: Any) -> None:
        look, colours = self._look, self._look.colours
        korean = look.language == "ko"
        words_shown = (("한", korean), ("/", False), ("EN", not korean))
        gap = 7 * look.scale
        sizes = [width(said, look.font(15).pixelSize(), SEMIBOLD) for said, _ in words_shown]
        left = rect.x() + (rect.width() - sum(sizes) - 2 * gap) / 2
        for (said, strong), wide in zip(words_shown, sizes, strict=True):
            painter.setFont(look.font(15, SEMIBOLD if strong else REGULAR))
            faint = colours.faint if said == "/" else colours.muted
            painter.setPen(colours.ink if strong else faint)
            place = QRectF(left, rect.y(), wide, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, said)
            left += wide + gap


class DeviceChip(QLabel):
    """What the model is computed on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deviceLabel")
        self._ready = False
        self._look: Look | None = None

    def dress(self, look: Look, device: str, ready: bool) -> None:
        self._look = look
        self.setFont(look.font(14.5))
        self.setContentsMargins(look.px(30), 0, look.px(14), 0)
        self.setFixedHeight(look.px(32))
        self.show_device(device, ready)

    def show_device(self, device: str, ready: bool) -> None:
        """Show what computes; the dot is amber until it does."""
        self._ready = ready
        self.update()
        if self._look is not None:
            self.setText(device)
            said = self._look.say(words.DEVICE, device=device)
            self.setAccessibleName(said)
            self.setToolTip(said)
            self.setVisible(bool(device))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, rect = self._look.colours, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colours.line, 1))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.value if self._ready else colours.amber)
        dot = 3.6 * self._look.scale
        painter.drawEllipse(QPointF(self._look.px(19), rect.center().y()), dot, dot)
        super().paintEvent(event)


class TopBar(QWidget):
    """Mark, breadcrumb, search, device, language, appearance, present.

    Signals
    -------
    search_asked, language_asked, present_asked, help_asked, reset_asked : None
    theme_asked : str
    size_asked : float
    motion_asked : bool
    """

    search_asked = Signal()
    language_asked = Signal()
    present_asked = Signal()
    help_asked = Signal()
    reset_asked = Signal()
    theme_asked = Signal(str)
    size_asked = Signal(float)
    motion_asked = Signal(bool)

    def __init__(self, session: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._look: Look | None = None
        self._place: tuple[str, ...] = ()
        self._narrow = False
        self._mark = Mark(self)
        self._indent = 0
        self._mark.clicked.connect(self._go_home)
        self._concept = Button("crumbConcept", "link", self)
        self._concept.clicked.connect(self._go_concept)
        self._scene = Button("crumbScene", "link", self)
        self._scene.clicked.connect(self._go_scene)
        self._arrow = QLabel("›", self)
        self._arrow.setProperty("role", "muted")
        self._search = Button("searchButton", "ghost", self)
        self._search.clicked.connect(self.search_asked)
        self.device = DeviceChip(self)
        self._language = LanguageToggle(self)
        self._language.clicked.connect(self.language_asked)
        self._theme = Button("themeMenu", "ghost", self)
        self._theme.clicked.connect(self._open_menu)
        self._present = Button("presentButton", "primary", self)
        self._present.height_px = 36
        self._present.clicked.connect(self.present_asked)
        self.menu = QMenu(self)
        self._fill_menu()
        row = QHBoxLayout(self)
        for part in (self._mark, self._concept, self._arrow, self._scene):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self._search, self.device, self._language, self._theme, self._present):
            row.addWidget(part)
        self._row = row

    def _fill_menu(self) -> None:
        self._themes = QActionGroup(self)
        for name in THEMES:
            action = QAction(self)
            action.setCheckable(True)
            action.setData(name)
            self._themes.addAction(action)
            self.menu.addAction(action)
        self._themes.triggered.connect(self._theme_chosen)
        self.menu.addSeparator()
        self._sizes = QActionGroup(self)
        for size in FONT_SCALES:
            action = QAction(self)
            action.setCheckable(True)
            action.setData(size)
            self._sizes.addAction(action)
            self.menu.addAction(action)
        self._sizes.triggered.connect(self._size_chosen)
        self.menu.addSeparator()
        self._motion = QAction(self)
        self._motion.setCheckable(True)
        self._motion.triggered.connect(self.motion_asked)
        self._reset = QAction(self)
        self._reset.triggered.connect(self.reset_asked)
        self._help = QAction(self)
        self._help.triggered.connect(self.help_asked)
        self.menu.addActions([self._motion, self._reset, self._help])

    def dress(self, look: Look, narrow: bool, indent: int) -> None:
        """Take on another look.

        `narrow` leaves out the words that have an icon; `indent` is where the stage begins.
        """
        self._look, self._narrow, self._indent = look, narrow, indent
        self._row.setContentsMargins(look.px(18), 0, look.px(16), 1)
        self._row.setSpacing(look.px(8))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        look = self._look
        if look is None:
            return
        name = "" if self._narrow else look.say(words.APP)
        self._mark.dress(look, look.say(words.HOME), name)
        # The breadcrumb begins where the stage does, or right after the name beside a rail.
        self._mark.setFixedWidth(max(self._mark.sizeHint().width(), self._indent - look.px(20)))
        self._arrow.setFont(look.font(16))
        self._search.dress(
            look,
            look.say(words.SEARCH),
            path=svg("search"),
            tip=look.say(words.SEARCH) + " (Ctrl K)",
        )
        self.device.dress(look, self._session.device_text, not self._session.preparing)
        # The word names what a click gives, in the language in force.
        self._language.dress(look, look.say(words.LANGUAGE), tip=look.say(words.LANGUAGE))
        self._theme.dress(look, look.say(words.THEME), path=svg("contrast"))
        shown = "" if self._narrow and look.type > 1.4 * look.scale else look.say(words.PRESENT)
        self._present.dress(
            look, look.say(words.PRESENT), shown, svg("presentation"), look.say(words.PRESENT_LONG)
        )
        for action in self._themes.actions():
            action.setText(look.say(_THEME_NAMES[action.data()]))
            action.setChecked(action.data() == self._session.theme)
        for action in self._sizes.actions():
            action.setText(look.say(words.TEXT_SIZE, percent=round(100 * action.data())))
            action.setChecked(abs(action.data() - self._session.font_scale) < 0.01)
        self._motion.setText(look.say(words.REDUCE_MOTION))
        self._motion.setChecked(self._session.reduced_motion)
        self._reset.setText(f"{look.say(words.RESET_ALL)}\tAlt R")
        self._help.setText(f"{look.say(words.KEYS)}\tF1")
        self._show_place()

    def refresh(self) -> None:
        """Follow the session."""
        if self._session.place != self._place:
            self._show_place()
        if self.device.text() != self._session.device_text:
            self.device.show_device(self._session.device_text, not self._session.preparing)

    def _show_place(self) -> None:
        look = self._look
        if look is None:
            return
        self._place = self._session.place
        concept = look.say(self._session.concept.title)
        scene = look.say(self._session.scene.title)
        self._concept.dress(look, concept, concept)
        self._scene.dress(look, scene, scene)
        self._concept.quiet, self._scene.strong = True, True
        self._scene.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._look is not None:
            painter = QPainter(self)
            painter.setPen(QPen(self._look.colours.line, 1))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _open_menu(self) -> None:
        corner = self._theme.mapToGlobal(self._theme.rect().bottomLeft())
        self.menu.popup(corner)

    def _theme_chosen(self, action: QAction) -> None:
        self.theme_asked.emit(action.data())

    def _size_chosen(self, action: QAction) -> None:
        self.size_asked.emit(action.data())

    def _go_home(self) -> None:
        concept = self._session.concept
        self._session.go(concept.key, concept.scenes[0].key, concept.scenes[0].steps[0].key)

    def _go_concept(self) -> None:
        self._session.go(self._session.concept.key)

    def _go_scene(self) -> None:
        self._session.go(self._session.concept.key, self._session.scene.key)
