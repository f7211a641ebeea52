"""The session over a real runner and a tiny model, in the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from explainer.lesson import Concept, Scene, Step, Text
from explainer.shell.session import Session
from explainer.shell.window import MainWindow
from explainer.stage.frame import Beat, Frame
from tests.opened import close, pump
from tests.shell.fake_session import BODY, PlainView
from tests.toy import Ask, Line

TITLE = Text("A line", "직선")


class AskingView(PlainView):
    def request(self, frame: Frame) -> Ask:
        return Ask(2.0)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        return Beat("", 0.0), Beat("end", 9.0)


def no_model(settings: Any, device: str) -> Any:
    raise OSError("no data")


@pytest.fixture
def opened(qapp: Any, fonts: None) -> Iterator[Callable[[Any], Any]]:
    """Open a window over a model made by a factory."""
    windows: list[MainWindow] = []
    sessions: list[Session] = []

    def make(factory: Any) -> MainWindow:
        steps = tuple(Step(key, TITLE, BODY, BODY, ()) for key in ("one", "two"))
        concept = Concept("cnn", TITLE, TITLE, (Scene("line", TITLE, steps, factory, AskingView),))
        session = Session((concept,), lambda: np.zeros((280, 280), np.float32), device="cpu")
        sessions.append(session)
        session.go("cnn")
        windows.append(MainWindow(session))
        windows[-1].show()
        return windows[-1]

    yield make
    for window in windows:
        close(window)
    for session in sessions:
        session.close()


def test_reduced_motion_ends_what_plays(opened: Callable[[Any], Any]) -> None:
    window = opened(Line)
    session = window.session
    pump(lambda: not session.preparing and session.playing and session.time > 0)
    window.set_reduced_motion(True)
    assert session.frame.reduced
    assert not session.playing and session.time == session.duration == 9.0
    session.next_step()
    assert not session.playing and session.time == 9.0
    window.set_reduced_motion(False)
    assert not session.frame.reduced
    assert not session.playing and session.time == 9.0, "what has ended starts only when asked to"
    session.next_step()
    session.previous_step()
    assert session.playing and session.time == 0.0


def test_no_answer_is_waited_for_where_no_model_can_be_built(
    opened: Callable[[Any], Any],
) -> None:
    window = opened(no_model)
    session = window.session
    pump(lambda: session.problem is not None)
    assert "no data" in session.problem.text.en
    assert not session.waiting
    pump(lambda: window._timer.interval() == 16)
    session.dismiss()
    assert not session.waiting, "a banner that is closed brings no model"


def test_an_answer_is_waited_for_until_it_is_there(opened: Callable[[Any], Any]) -> None:
    window = opened(Line)
    session = window.session
    pump(lambda: not session.preparing and not session.waiting)
    assert session.frame.answer == 0.0
    session.next_step()
    assert session.waiting
    pump(lambda: not session.waiting)
