"""The two clocks under the stage: buttons, tracks and readouts of lesson and training."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from explainer.lesson import Choice, Value
from explainer.shell import words
from explainer.shell.filmtrack import FilmTrack
from explainer.shell.pills import Setting
from explainer.shell.readings import (
    FLAT_OUT_STOP,
    LESSON_SPEEDS,
    Reading,
    clock,
    film_note,
    set_role,
    speed_at,
    stop_of,
)
from explainer.shell.theme import svg
from explainer.shell.tracks import TimeTrack
from explainer.stage.buttons import Button
from explainer.stage.lettering import SEMIBOLD, number, width
from explainer.stage.look import Look
from explainer.stage.sliders import Slider

_READ_SECONDS = 0.1


class Transport(QWidget):
    """Lesson time above, training time below; both tracks begin and end at the same place."""

    def __init__(self, session: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._look: Look | None = None
        self._rail = self._sheet = False
        self._state: tuple[Any, ...] = ()
        self._since_read = _READ_SECONDS
        # Whether the numbers lag behind the session and must be read once more.
        self.late = False
        self._known_film: Any = None
        self._back = self._button("beatBack", "ghost", session_call=self._beat_back)
        self._play = self._button("playButton", "round", session_call=self._toggle_play)
        self._on = self._button("beatOn", "ghost", session_call=self._beat_on)
        self._step = self._button("stepButton", "ghost", session_call=session.train_step)
        self._train = self._button("trainButton", "violet", session_call=self._toggle_train)
        self._reset = self._button("resetButton", "ghost", session_call=self._open_reset)
        self._scratch = self._button("trainFromScratch", "link", session_call=self._from_scratch)
        self._own = self._button("ownRunButton", "link", session_call=session.return_to_own_run)
        self.time = TimeTrack(self)
        self.time.valueChanged.connect(self._time_moved)
        self.film = FilmTrack(self)
        self.film.sought.connect(session.seek_film)
        self._lesson_name, self._lesson_read = Reading(self), Reading(self)
        self._film_name, self._film_read = Reading(self), Reading(self)
        self._note = Reading(self)
        self._note.setObjectName("filmNote")
        self._speed = Slider("speedSlider", self)
        self._speed.setRange(0, FLAT_OUT_STOP)
        self._speed.valueChanged.connect(self._speed_moved)
        self._speed_read = Reading(self)
        self._lesson_speed = self._button("lessonSpeed", "link", session_call=self._open_speeds)
        for label in (self._lesson_name, self._film_name, self._note, self._speed_read):
            label.setProperty("role", "muted")
        for label in (self._lesson_name, self._film_name, self._speed_read):
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._speed_read.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lesson_row, self._film_row = QWidget(self), QWidget(self)
        self._fill_rows()
        self.reset_menu, self.speed_menu = QMenu(self), QMenu(self)
        self._fill_menus()

    def _button(self, name: str, kind: Any, session_call: Any) -> Button:
        button = Button(name, kind, self)
        button.clicked.connect(session_call)
        return button

    def _fill_rows(self) -> None:
        lesson, film = QHBoxLayout(self._lesson_row), QHBoxLayout(self._film_row)
        lesson.addWidget(self._lesson_name)
        lesson.addWidget(self._lesson_read, 1)
        lesson.addWidget(self._lesson_speed)
        film.addWidget(self._film_name)
        film.addWidget(self._film_read, 5)
        film.addWidget(self._speed, 3)
        film.addWidget(self._speed_read)
        for row in (lesson, film):
            row.setContentsMargins(0, 0, 0, 0)

    def _fill_menus(self) -> None:
        self._same, self._new = QAction(self), QAction(self)
        self._same.triggered.connect(self._reset_same)
        self._new.triggered.connect(self._reset_new)
        self.reset_menu.addActions([self._same, self._new])
        self._speeds = QActionGroup(self)
        for speed in LESSON_SPEEDS:
            action = QAction(f"{speed:g}×", self)
            action.setCheckable(True)
            action.setData(speed)
            self._speeds.addAction(action)
            self.speed_menu.addAction(action)
        self._speeds.triggered.connect(self._lesson_speed_chosen)

    # -- look -----------------------------------------------------------------------------------

    def dress(self, look: Look, rail: bool, sheet: bool) -> None:
        """Take on another look; `sheet` is the low form for narrow windows."""
        self._look, self._rail, self._sheet = look, rail, sheet
        for row in (self._lesson_row, self._film_row):
            layout = row.layout()
            if layout is not None:
                layout.setSpacing(look.px(10))
        self.retranslate()
        self._place()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        look = self._look
        if look is None:
            return
        self.film.set_height(32 if self._sheet else 44)
        for label in (self._lesson_name, self._film_name, self._speed_read):
            label.dress(look, 15)
        for label in (self._lesson_read, self._film_read):
            label.dress(look, 16, SEMIBOLD)
        self._note.dress(look, 14)
        self._lesson_name.say(look.say(words.LESSON))
        self._film_name.say(look.say(words.FILM))
        self.time.dress(look, look.say(words.LESSON_TRACK))
        self.film.dress(look, look.say(words.FILM_TRACK))
        self._speed.dress(look, look.say(words.TRAINING_SPEED))
        self._back.dress(look, look.say(words.BEAT_BACK), path=svg("player-skip-back"))
        self._on.dress(look, look.say(words.BEAT_ON), path=svg("player-skip-forward"))
        self._step.dress(look, look.say(words.TRAIN_STEP), path=svg("player-skip-forward"))
        self._reset.dress(look, look.say(words.RESET), path=svg("rotate"))
        said = look.say(words.FROM_SCRATCH)
        self._scratch.text_px, self._scratch.icon_px = 14, 15
        self._scratch.dress(look, said, said, svg("repeat"), look.say(words.FROM_SCRATCH_LONG))
        self._own.text_px, self._own.icon_px = 14, 15
        self._name_own()
        self._lesson_speed.text_px, self._lesson_speed.height_px = 15, 28
        self._same.setText(look.say(words.RESET_SAME))
        self._new.setText(look.say(words.RESET_NEW))

    def _place(self) -> None:
        look = self._look
        if look is None:
            return
        px, sheet = look.px, self._sheet
        left = 12 if sheet else 20 if self._rail else 32
        high, low = (6, 52) if sheet else (10, 62)
        for button, x, y, side in (
            (self._back, left, high, 36), (self._play, left + 50, high - 2, 40),
            (self._on, left + 104, high, 36), (self._step, left, low, 36),
            (self._train, left + 50, low - 2, 40), (self._reset, left + 104, low, 36),
        ):  # fmt: skip
            button.height_px = side
            button.setGeometry(px(x), px(y), px(side), px(side))
        column = 304 if sheet else 344 if self.width() / look.scale >= 1500 else 320
        start = px(168 if sheet else 232)
        end = self.width() - px(column) - px(16)
        edge = px(10)
        across = max(px(60), end - start) + 2 * edge
        self.time.setGeometry(start - edge, px(4 if sheet else 8), across, px(40))
        self.film.setGeometry(
            start - edge, px(39 if sheet else 49), across, px(64 if sheet else 76)
        )
        right = self.width() - px(column - 24)
        wide = px(column - 24 - (16 if sheet else 24))
        tops = (6, 34, 60, 80) if sheet else (12, 48, 76, 98)
        self._lesson_row.setGeometry(right, px(tops[0]), wide, px(28))
        self._film_row.setGeometry(right, px(tops[1]), wide, px(26))
        self._note.setGeometry(right, px(tops[2]), wide, px(20))
        # Both names share a column, and the speed keeps its place while its number changes.
        named = max(self._lesson_name.natural(), self._film_name.natural())
        for label in (self._lesson_name, self._film_name):
            label.setFixedWidth(min(math.ceil(named) + 2, round(0.3 * wide)))
        readings = [look.say(words.PER_SECOND, rate="888"), look.say(words.FLAT_OUT)]
        needed = max(width(said, round(15 * look.scale)) for said in readings)
        self._speed_read.setFixedWidth(min(math.ceil(needed) + 2, round(0.22 * wide)))
        self._place_links(right, tops[3], wide, left)
        self._state = ()  # the readings fit themselves to the new room
        self.refresh(0.0)

    def _place_links(self, right: int, top: int, wide: int, left: int) -> None:
        """Put 'train from scratch' under its buttons, or where that is too low, at the right."""
        look = self._look
        if look is None:
            return
        for link in (self._scratch, self._own):
            link.height_px = 24
        inset = look.px(6)
        size = self._own.sizeHint()
        self._own.setGeometry(
            QRect(right - inset, look.px(top), min(size.width(), wide + inset), size.height())
        )
        size = self._scratch.sizeHint()
        if self._sheet:
            place = QRect(right - inset, look.px(top), size.width(), size.height())
        else:
            place = QRect(look.px(left), look.px(101), size.width(), size.height())
        self._scratch.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._look is not None:
            painter = QPainter(self)
            painter.setPen(QPen(self._look.colours.line, 1))
            painter.drawLine(0, 0, self.width(), 0)

    # -- following the session ------------------------------------------------------------------

    def refresh(self, seconds: float) -> None:
        """Follow the session; what is read as numbers at most ten times a second."""
        look, session = self._look, self._session
        if look is None:
            return
        times = tuple(beat.at for beat in session.beats)
        self.time.show_time(session.time, session.duration, times)
        self._since_read += seconds
        film = session.report.film if session.report is not None else None
        state = (
            session.playing,
            session.training,
            session.step,
            session.shows_own_run,
            session.can_go_back,
            session.training_speed,
            session.lesson_speed,
            session.duration > 0,
            film is None,
            None if session.training or film is None else (film.branch, film.step),
        )
        # A new state makes this frame long enough: the film follows in the next.
        is_new, self._known_film = session.training and film is not self._known_film, film
        self.late = state == self._state and (is_new or self._since_read < _READ_SECONDS)
        if self.late:
            return
        self._since_read = 0.0
        self.film.glides = not session.reduced_motion
        self.film.show_film(film, self._names())
        self._read_lesson()
        self._read_film(film)
        if state != self._state:
            self._state = state
            self._name_own()
            self._show_buttons(film)

    def _names(self) -> dict[str, Setting]:
        look = self._look
        if look is None:
            return {}
        # A branch made in one scene is named alike in all that show the same net.
        found = {}
        for scene in self._session.concept.scenes:
            if scene.experiment is self._session.scene.experiment:
                for knob in scene.knobs:
                    control = knob.control
                    choices: tuple[tuple[Value, str], ...] = ()
                    if isinstance(control, Choice) and control.labels:
                        said = [look.say(label) for label in control.labels]
                        choices = tuple(zip(control.values, said, strict=True))
                    found[knob.key] = Setting(look.say(knob.label), choices)
        return found

    def _read_lesson(self) -> None:
        session = self._session
        reached = [beat for beat in session.beats if beat.at <= session.time + 1e-6]
        said = reached[-1].said if reached else ""
        moves = f"{clock(session.time)} / {clock(session.duration)}"
        is_still = session.duration == 0 and self._look is not None
        still = self._look.say(words.STILL) if is_still else ""
        set_role(self._lesson_read, "muted" if is_still else "")
        self._lesson_read.say(still or said or moves)

    def _read_film(self, film: Any) -> None:
        look, session = self._look, self._session
        if look is None:
            return
        rewound = film is not None and not film.at_end
        if film is None or not session.trains:
            said = "–"
        elif rewound:
            said = look.say(words.STEPS_OF, step=number(film.step, 0), last=number(film.last, 0))
        else:
            said = look.say(words.STEPS, step=number(film.step, 0))
        set_role(self._film_read, "amber" if rewound else "")
        self._film_read.say(said)
        # A long reading takes its room from the slider, and at last from the slider's reading.
        room = self._film_row.width() - self._film_name.width() - look.px(38 + 30)
        needed = math.ceil(self._film_read.natural()) + 2
        self._speed_read.setVisible(needed <= room - self._speed_read.width())
        if not self._speed_read.isHidden():
            room -= self._speed_read.width()
        self._film_read.setMinimumWidth(max(0, min(needed, room)))
        self._note.say(film_note(look, session, film))
        enabled = film is not None and session.trains
        for part in (self._step, self._train, self._reset, self._scratch, self.film):
            part.setEnabled(enabled)
        # An earlier run that waits aside is offered where there is a line to spare.
        has_line = not (self._sheet and session.shows_own_run)
        self._own.setVisible(session.can_go_back and has_line)
        self._scratch.setVisible(not self._sheet or session.shows_own_run)
        self._speed.set_quietly(stop_of(session.training_speed))
        self._say_speed()

    def _show_buttons(self, film: Any) -> None:
        look, session = self._look, self._session
        if look is None:
            return
        playing = session.playing
        moves = session.duration > 0
        for part in (self._back, self._play, self._on, self.time, self._lesson_speed):
            part.setEnabled(moves)
        self._play.dress(
            look,
            look.say(words.PAUSE if playing else words.PLAY),
            path=svg("filled-player-pause" if playing else "filled-player-play"),
        )
        if session.training:
            said = look.say(words.TRAIN_PAUSE)
        elif film is None or film.step == 0:
            said = look.say(words.TRAIN)
        else:
            going_on = words.TRAIN_ON if film.at_end else words.TRAIN_BRANCH
            said = look.say(going_on, step=number(film.step, 0))
        self._train.dress(
            look,
            said,
            path=svg("filled-player-pause" if session.training else "filled-player-play"),
        )
        speed = f"{session.lesson_speed:g}×"
        self._lesson_speed.dress(look, f"{look.say(words.LESSON_SPEED)}: {speed}", speed)
        for action in self._speeds.actions():
            action.setChecked(action.data() == session.lesson_speed)

    def _name_own(self) -> None:
        """Say which run the link leads back to."""
        look = self._look
        if look is None:
            return
        own = self._session.shows_own_run
        said = look.say(words.EARLIER_RUN if own else words.OWN_RUN)
        if said != self._own.text():
            self._own.dress(look, said, said, svg("arrow-back-up"))
            self._own.resize(self._own.sizeHint())

    def _say_speed(self) -> None:
        look = self._look
        if look is not None:
            speed = speed_at(self._speed.value())
            said = look.say(words.FLAT_OUT)
            if speed is not None:
                said = look.say(words.PER_SECOND, rate=number(speed, 0))
            self._speed_read.say(said)

    # -- what the person does -------------------------------------------------------------------

    def _toggle_play(self) -> None:
        self._session.play_lesson(not self._session.playing)

    def _toggle_train(self) -> None:
        self._session.train(not self._session.training)

    def _beat_back(self) -> None:
        self._session.beat(-1)

    def _beat_on(self) -> None:
        self._session.beat(1)

    def _from_scratch(self) -> None:
        self._session.reset(False, True)

    def _reset_same(self) -> None:
        self._session.reset(False)

    def _reset_new(self) -> None:
        self._session.reset(True)

    def _open_reset(self) -> None:
        self._open(self.reset_menu, self._reset)

    def _open_speeds(self) -> None:
        self._open(self.speed_menu, self._lesson_speed)

    @staticmethod
    def _open(menu: QMenu, button: Button) -> None:
        corner = button.mapToGlobal(button.rect().topLeft())
        corner.setY(corner.y() - menu.sizeHint().height())
        menu.popup(corner)

    def _lesson_speed_chosen(self, action: QAction) -> None:
        self._session.lesson_speed = action.data()
        self.refresh(_READ_SECONDS)

    def _time_moved(self, milliseconds: int) -> None:
        self._session.seek_lesson(milliseconds / 1000)

    def _speed_moved(self, stop: int) -> None:
        self._session.set_training_speed(speed_at(stop))
        self._say_speed()
