"""The session over a real runner and a tiny model, in the real window."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from explainer.lesson import Choice, Concept, Knob, Scene, Step, Text
from explainer.shell.session import Session
from explainer.shell.window import MainWindow
from explainer.stage.frame import Beat, Frame
from tests.opened import close, pump
from tests.shell.fake_session import BODY, PlainView
from tests.toy import Ask, Line

TITLE = Text("A line", "직선")
END = 90.0  # longer than a busy machine takes to import torch


class AskingView(PlainView):
    def request(self, frame: Frame) -> Ask:
        return Ask(2.0)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        return Beat("", 0.0), Beat("end", END)


def no_model(settings: Any, device: str) -> Any:
    raise OSError("no data")


@pytest.fixture
def opened(qapp: Any, fonts: None) -> Iterator[Callable[[Any], Any]]:
    """Open a window over a model made by a factory."""
    windows: list[MainWindow] = []
    sessions: list[Session] = []

    def make(factory: Any, view: Any = AskingView) -> MainWindow:
        steps = tuple(Step(key, TITLE, BODY, BODY, ()) for key in ("one", "two"))
        concept = Concept("cnn", TITLE, TITLE, (Scene("line", TITLE, steps, factory, view),))
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


def test_a_rebuild_takes_along_what_it_makes_impossible(
    opened: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(Line).session
    sides = Choice(("left", "right"), (TITLE, TITLE))

    def held(values: Any) -> tuple[Any, Text]:
        return (("left",) if values["one"] == "left" else ("left", "right")), TITLE

    knobs = (
        Knob("one", "rebuild", TITLE, "right", sides),
        Knob("other", "rebuild", TITLE, "right", sides, held),
    )
    asked: list[Any] = []
    monkeypatch.setattr(session, "scene", dataclasses.replace(session.scene, knobs=knobs))
    monkeypatch.setattr(session.runner, "rebuild", asked.append)
    session.set_knob("one", "left")
    session.set_knob("one", "right")
    assert asked == [{"one": "left", "other": "left"}, {"one": "right"}]


def test_reduced_motion_ends_what_plays(opened: Callable[[Any], Any]) -> None:
    window = opened(Line)
    session = window.session
    pump(lambda: not session.preparing and session.playing and session.time > 0)
    window.set_reduced_motion(True)
    assert session.frame.reduced
    assert not session.playing and session.time == session.duration == END
    session.next_step()
    assert not session.playing and session.time == END
    window.set_reduced_motion(False)
    assert not session.frame.reduced
    assert not session.playing and session.time == END, "what has ended starts only when asked to"
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


class HoveringView(PlainView):
    def request(self, frame: Frame) -> Ask:
        return Ask(float(len(frame.hover)))


def test_a_picture_waits_for_its_answer_but_not_for_long(opened: Callable[[Any], Any]) -> None:
    window = opened(Line, HoveringView)
    session, view = window.session, window.session.view
    pump(lambda: session.frame is not None and session.frame.answer == 0.0 and not session.waiting)
    session.train_step()
    pump(lambda: session.frame.snapshot.step == 1)
    weight = float(session.frame.snapshot.weight[0])
    shown = view.frame
    session.take_hover(("a",))
    assert session.waiting and view.frame is shown
    pump(lambda: view.frame is not shown)
    assert view.frame.hover == ("a",) and view.frame.answer == weight
    session.runner.take = lambda: None  # an answer that never comes
    session.take_hover(("a", "b"))
    pump(lambda: view.frame.hover == ("a", "b"), 5.0)
    assert session.waiting and view.frame.answer == weight
