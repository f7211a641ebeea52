"""The window: it holds the parts, beats the clock, and turns wishes into session calls."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from explainer.lesson import Problem
from explainer.shell import settings as kept
from explainer.shell import words
from explainer.shell.actions import Actions
from explainer.shell.banner import Banner
from explainer.shell.contents import Contents
from explainer.shell.help import Help
from explainer.shell.keys import bind
from explainer.shell.layout import Places, arrange
from explainer.shell.narration import Narration
from explainer.shell.search import Palette
from explainer.shell.slide import SlideWindow
from explainer.shell.theme import apply_language, apply_theme
from explainer.shell.topbar import TopBar
from explainer.shell.transport import Transport
from explainer.stage.colours import COLOURS, THEMES
from explainer.stage.look import Look

_FRAME_MS, _WAITING_MS = 16, 2
# While torch is imported each beat takes the interpreter from it; nothing moves until it is there.
_PREPARING_MS = 60
# After a stall the lesson goes on from where it stood, not from where it would have been.
_LONGEST_TICK = 0.1


class MainWindow(QWidget):
    """The program's window.

    Parameters
    ----------
    session : Session
        The one state; the window owns its end.
    settings : Settings
        What was kept from the last start.
    keep_at : Path or None
        Where the settings are kept at closing; None keeps nothing.
    """

    def __init__(
        self,
        session: Any,
        settings: kept.Settings | None = None,
        keep_at: Path | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.session = session
        self._keep_at = keep_at
        settings = settings or kept.Settings()
        self._contents_open = settings.contents_open
        self._places: Places | None = None
        self._look: Look | None = None
        self._dressed: tuple[Any, ...] = ()
        self._seen: tuple[Any, ...] = ()
        self._seen_frame: Any = None
        self._own_problem: Problem | None = None
        self._hosted: QWidget | None = None
        self._presenting = False
        self._closed = False
        self._stage = QWidget(self)
        self._stage.setObjectName("stage")
        self._stage.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.topbar = TopBar(session, self)
        self.contents = Contents(session, session.concepts, self)
        self.narration = Narration(session, self)
        self.transport = Transport(session, self)
        self.banner = Banner(self)
        self.palette_ = Palette(session.concepts, self)
        self.help = Help(self)
        self._wishes = Actions(session, self.set_font_scale)
        actions = self._actions()
        self.slide = SlideWindow(session, actions)
        self._shortcuts = bind(self, "window", actions)
        self._connect()
        self.setMinimumSize(QSize(1000, 640))
        self._open_at(settings.geometry)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.tick)
        session.when_asked = self._look_soon
        self._last_tick = time.perf_counter()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_language(application, session.language)
        self.dress()

    def _connect(self) -> None:
        bar = self.topbar
        bar.search_asked.connect(self.palette_.open)
        bar.language_asked.connect(self.switch_language)
        bar.theme_asked.connect(self.set_theme)
        bar.size_asked.connect(self.set_font_scale)
        bar.motion_asked.connect(self.set_reduced_motion)
        bar.present_asked.connect(self.present)
        bar.help_asked.connect(self.help.open)
        bar.reset_asked.connect(self.session.reset_all)
        self.contents.fold_asked.connect(self.toggle_contents)
        self.narration.code_toggled.connect(self.dress)
        self.palette_.chosen.connect(self._go)
        self.palette_.closed.connect(self._focus_stage)
        self.help.closed.connect(self._focus_stage)
        self.banner.taken.connect(self._take_offer)
        self.banner.dismissed.connect(self._dismiss)
        self.slide.left.connect(self._slide_left)

    def _actions(self) -> dict[str, Callable[[], None]]:
        return {
            **self._wishes.table(),
            "full_screen": self.toggle_full_screen,
            "present": self._present_from_start,
            "present_here": self.present,
            "search": self.palette_.open,
            "code": self.narration.toggle_code,
            "contents": self.toggle_contents,
            "language": self.switch_language,
            "theme": self._next_theme,
            "help": self._toggle_help,
        }

    # -- clock ----------------------------------------------------------------------------------

    def tick(self) -> None:
        """Move the session on by the time since the last tick, and show what changed."""
        now = time.perf_counter()
        seconds, self._last_tick = min(now - self._last_tick, _LONGEST_TICK), now
        changed = self.session.tick(seconds)
        wanted = _WAITING_MS if self.session.waiting else _FRAME_MS
        if self.session.preparing and not self.session.playing:
            wanted = _PREPARING_MS
        self._beat_every(wanted)
        state, frame = self._state(), self.session.frame
        is_late = self.transport.late
        if changed or is_late or state != self._seen or frame is not self._seen_frame:
            moved = not self._seen or state[0] != self._seen[0]
            self._seen, self._seen_frame = state, frame
            self.refresh(seconds, moved)

    def _look_soon(self) -> None:
        """Look for an answer at once: up to the next frame it would wait 16 ms."""
        self._beat_every(_WAITING_MS)

    def _beat_every(self, milliseconds: int) -> None:
        if self._timer.interval() != milliseconds:
            self._timer.setInterval(milliseconds)

    def _state(self) -> tuple[Any, ...]:
        session = self.session
        return (
            session.place, session.time, session.playing, session.training,
            session.lesson_speed, session.training_speed, session.problem,
        )  # fmt: skip

    def refresh(self, seconds: float = 0.0, moved: bool = True) -> None:
        """Show the session's state in every part."""
        if moved:
            self._host_view()
            self.contents.refresh()
            if self._places != self._arranged():
                self.dress()
        if self._presenting:
            self.slide.refresh()
        if not self._presenting or self.slide.screen() is not self.screen():
            self.topbar.refresh()
            self.narration.refresh()
            self.transport.refresh(seconds)
        self._show_problem()

    def _host_view(self) -> None:
        view = self.session.view
        view.presented = self._presenting
        if self._presenting:
            self.slide.take(view)
            self._hosted = None
            return
        if view is not self._hosted or view.parentWidget() is not self._stage:
            if self._hosted is not None and self._hosted is not view:
                self._hosted.hide()
            view.setParent(self._stage)
            view.setGeometry(self._stage.rect())
            view.show()
            self._hosted = view
            if not self.palette_.isVisible():
                view.setFocus()

    # -- look -----------------------------------------------------------------------------------

    def _arranged(self) -> Places:
        wants_open = self._contents_open
        if wants_open is None:
            wants_open = not self.session.scene.wide
        return arrange(
            self.width(), self.height(), self.session.font_scale, wants_open,
            self.narration.shows_code,
        )  # fmt: skip

    def dress(self) -> None:
        """Arrange all parts, and dress them anew where theme, size or language changed."""
        session = self.session
        places = self._arranged()
        colours = COLOURS[session.theme]
        look = Look(colours, session.language, places.scale, places.type)
        application = QApplication.instance()
        dressed = (
            look,
            places.rail,
            places.sheet,
            self.width() < 1100 * look.scale,
            session.font_scale,
            session.reduced_motion,
        )
        if dressed != self._dressed and isinstance(application, QApplication):
            before, self._dressed = self._dressed, dressed
            if not before or before[0].colours != colours or before[0].scale != look.scale:
                apply_theme(application, colours, look.scale)
            self._look = look
            self.setWindowTitle(look.say(words.APP))
            self._stage.setAccessibleName(look.say(words.STAGE))
            self.topbar.dress(
                look,
                narrow=self.width() / look.scale < 1100,
                indent=0 if places.rail else places.contents.width(),
            )
            self.contents.set_rail(places.rail)
            self.contents.dress(look)
            self.narration.dress(look, places.sheet)
            self.transport.dress(look, places.rail, places.sheet)
            for part in (self.banner, self.palette_, self.help):
                part.dress(look)
        self._places = places
        for part, rect in (
            (self.topbar, places.topbar), (self.contents, places.contents),
            (self._stage, places.stage), (self.narration, places.narration),
            (self.transport, places.transport),
        ):  # fmt: skip
            part.setGeometry(rect)
        if self._hosted is not None:
            self._hosted.setGeometry(self._stage.rect())
        self._place_overlays()

    def _place_overlays(self) -> None:
        if self._places is None:
            return
        px, stage = self._places.scale, self._places.stage
        wide = min(stage.width() - round(32 * px), round(760 * px))
        left = stage.x() + (stage.width() - wide) // 2
        home = self.banner.parentWidget()
        if home is not None and home is not self:
            left = (home.width() - wide) // 2
        self.banner.fit(left, stage.y() + round(12 * px), wide)
        for part, design in ((self.palette_, (720, 520)), (self.help, (960, 640))):
            size = QSize(
                min(round(design[0] * px), self.width() - 48),
                min(round(design[1] * px), self.height() - 96),
            )
            corner = ((self.width() - size.width()) // 2, round(64 * px))
            part.setGeometry(QRect(*corner, size.width(), size.height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._look is not None:
            self.dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._look is not None:
            self.dress()

    def set_theme(self, theme: str) -> None:
        """Change the theme everywhere."""
        self.session.theme = theme
        self._restyled()

    def set_font_scale(self, font_scale: float) -> None:
        """Change the size of what is read, 1-2."""
        self.session.font_scale = min(max(font_scale, 1.0), 2.0)
        self._restyled()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Reduce motion to its ends, or let things move."""
        self.session.set_reduced_motion(reduced)
        self.dress()
        self.refresh()

    def switch_language(self) -> None:
        """Go from Korean to English, or back."""
        self.session.language = "en" if self.session.language == "ko" else "ko"
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_language(application, self.session.language)
        self._restyled()

    def _restyled(self) -> None:
        self.session.restyle()
        self.dress()
        self.refresh()

    def toggle_contents(self) -> None:
        """Fold the contents, or open them where there is room."""
        self._contents_open = self._places.rail if self._places is not None else True
        self.dress()

    # -- full screen ----------------------------------------------------------------------------

    @property
    def presenting(self) -> bool:
        """Whether the stage is full screen."""
        return self._presenting

    def present(self) -> None:
        """Show the stage full screen, on another screen than this window's if there is one."""
        if self._presenting:
            return
        self._presenting = True
        here = self.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not here]
        target = others[0] if others else here
        self.slide.setScreen(target)
        self.slide.setGeometry(target.geometry())
        self._host_view()
        self.slide.showFullScreen()
        self.slide.activateWindow()
        self.slide.refresh()

    def toggle_full_screen(self) -> None:
        """Enter full screen, or leave it."""
        if self._presenting:
            self.slide.close()
        else:
            self.present()

    def _present_from_start(self) -> None:
        self._wishes.first()
        self.present()

    def _slide_left(self) -> None:
        self._presenting = False
        self.slide.release()
        if not self._closed:
            self._host_view()
            self.refresh()
            self.activateWindow()

    # -- problems -------------------------------------------------------------------------------

    def show_problem(self, problem: Problem) -> None:
        """Show a problem of the window itself, such as a damaged settings file."""
        self._own_problem = problem
        self._show_problem()

    def _show_problem(self) -> None:
        session = self.session
        problem = session.problem or self._own_problem
        # With one screen the slide covers this window; with two, problems stay with the lecturer.
        is_covered = self._presenting and self.slide.screen() is self.screen()
        home: QWidget = self.slide if is_covered else self
        if problem is not self.banner.problem or self.banner.parentWidget() is not home:
            offers = session.offers if session.problem is not None else ()
            self.banner.setParent(home)
            self.banner.show_problem(problem, offers)
            self._place_overlays()

    def _take_offer(self, key: str) -> None:
        self.session.take_offer(key)
        self._dismiss()

    def _dismiss(self) -> None:
        self._own_problem = None
        self.session.dismiss()
        self._show_problem()
        self._focus_stage()

    # -- actions --------------------------------------------------------------------------------

    def _go(self, place: tuple[str, ...]) -> None:
        self.session.go(*place)

    def _focus_stage(self) -> None:
        if self._hosted is not None:
            self._hosted.setFocus()

    def _next_theme(self) -> None:
        self.set_theme(THEMES[(THEMES.index(self.session.theme) + 1) % len(THEMES)])

    def _toggle_help(self) -> None:
        if self.help.isVisible():
            self.help.close_help()
        else:
            self.help.open()

    # -- opening and closing --------------------------------------------------------------------

    def _open_at(self, geometry: tuple[int, ...]) -> None:
        """Take the kept place on the screen if a screen still shows it, else a fitting one."""
        if len(geometry) == 4:
            rect = QRect(*geometry)
            if any(s.availableGeometry().intersects(rect) for s in QGuiApplication.screens()):
                self.setGeometry(rect)
                return
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(1600, room.width()), min(900, room.height()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._last_tick = time.perf_counter()
        self._timer.start()
        self._host_view()
        self.tick()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self._closed = True
        if self._keep_at is not None and self.isVisible():
            here = self.geometry()
            corner = (here.x(), here.y(), here.width(), here.height())
            try:
                kept.save(kept.taken_from(self.session, corner, self._contents_open), self._keep_at)
            except Problem as problem:
                # The window is going; the terminal is where this can still be read.
                print(problem.text.said(self.session.language))
        self.slide.close()
        self.session.close()
        event.accept()
