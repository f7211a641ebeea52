"""What keys and buttons ask of the session, each wish a method without arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from explainer.shell.readings import LESSON_SPEEDS

FONT_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)


class Actions:
    """Bound methods for shortcuts, so that no slot needs a closure.

    Parameters
    ----------
    session : Session
    set_font_scale : callable
        The window's, since it dresses the parts anew.
    """

    def __init__(self, session: Any, set_font_scale: Callable[[float], None]) -> None:
        self._session = session
        self._set_font_scale = set_font_scale

    def table(self) -> dict[str, Callable[[], None]]:
        """Return the actions of the key table that need only the session."""
        return {
            "next": self._session.next_step,
            "previous": self._session.previous_step,
            "play": self.toggle_play,
            "beat_back": self.beat_back,
            "beat_on": self.beat_on,
            "restart": self.restart,
            "slower": self.slower,
            "faster": self.faster,
            "train": self.toggle_train,
            "train_step": self._session.train_step,
            "first": self.first,
            "last": self.last,
            "larger": self.larger,
            "smaller": self.smaller,
            "plain": self.plain,
            "up": self.up,
            "undo": self.undo,
            "reset_all": self._session.reset_all,
        }

    def up(self) -> None:
        self._session.clear_selection()

    def undo(self) -> None:
        self._session.view.undo()

    def toggle_play(self) -> None:
        self._session.play_lesson(not self._session.playing)

    def toggle_train(self) -> None:
        self._session.train(not self._session.training)

    def beat_back(self) -> None:
        self._session.beat(-1)

    def beat_on(self) -> None:
        self._session.beat(1)

    def restart(self) -> None:
        self._session.seek_lesson(0.0)
        self._session.play_lesson(True)

    def first(self) -> None:
        concept, scene, _ = self._session.place
        self._session.go(concept, scene, self._session.scene.steps[0].key)

    def last(self) -> None:
        concept, scene, _ = self._session.place
        self._session.go(concept, scene, self._session.scene.steps[-1].key)

    def slower(self) -> None:
        slower = [speed for speed in LESSON_SPEEDS if speed < self._session.lesson_speed]
        self._session.lesson_speed = slower[-1] if slower else LESSON_SPEEDS[0]

    def faster(self) -> None:
        faster = [speed for speed in LESSON_SPEEDS if speed > self._session.lesson_speed]
        self._session.lesson_speed = faster[0] if faster else LESSON_SPEEDS[-1]

    def larger(self) -> None:
        larger = [size for size in FONT_SCALES if size > self._session.font_scale]
        self._set_font_scale(larger[0] if larger else FONT_SCALES[-1])

    def smaller(self) -> None:
        smaller = [size for size in FONT_SCALES if size < self._session.font_scale]
        self._set_font_scale(smaller[-1] if smaller else FONT_SCALES[0])

    def plain(self) -> None:
        self._set_font_scale(1.0)
