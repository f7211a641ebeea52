"""The whole window as a picture: it waits for the model, however slow the machine is."""

from __future__ import annotations

import time
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from explainer.engine.run import Run
from explainer.engine.strip import Strip, Track
from explainer.lesson import Problem, Text
from explainer.shell.portrait import portrait
from explainer.shell.settling import nearest_kept, wait
from explainer.shell.window import MainWindow

PLACE = ("cnn", "training", "drawing")
SLOW = 1.5  # seconds


def given(out: Path, **asked: Any) -> Namespace:
    usual = {"lang": "en", "theme": "light", "device": "cpu", "checkpoint": None, "time": None}
    return Namespace(out=out, **{**usual, "frame": None, **asked})


def test_the_picture_waits_for_the_frame_that_was_asked_for(
    qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seek, grab = Run.seek, MainWindow.grab
    seen = []

    def slow(run: Run, branch: int, step: int) -> None:
        time.sleep(SLOW)
        seek(run, branch, step)

    def look(window: MainWindow) -> Any:
        session = window.session
        report = session.report
        kept = report.film.tracks[0].kept
        nearest = kept[np.argmin(np.abs(kept - 500))]
        seen.append((report.film.step, session.frame.snapshot.step, report.answer.step))
        assert nearest not in (kept[0], kept[-1])
        assert seen == [(nearest, nearest, nearest)]
        assert not session.playing and session.time == session.duration
        return grab(window)

    monkeypatch.setattr(Run, "seek", slow)
    monkeypatch.setattr(MainWindow, "grab", look)
    out = tmp_path / "window.png"
    portrait(PLACE, given(out, frame=500), (1200, 760))
    assert seen and out.stat().st_size > 10_000


def test_a_frame_is_nearest_on_its_branch_and_what_it_grew_from() -> None:
    root = Track(None, 0, 100, (), {}, np.array([0, 10, 40, 100]))
    grown = Track(0, 40, 90, (), {}, np.array([40, 60, 90]))
    film = Strip((root, grown), 1, 90)
    assert nearest_kept(film, 0, 95) == 100
    assert nearest_kept(film, 1, 99) == 90
    assert nearest_kept(film, 1, 12) == 10
    assert nearest_kept(film, 1, 25) == 10, "of two as near the earlier"


def test_waiting_ends_with_a_problem(qapp: Any) -> None:
    window = SimpleNamespace(session=SimpleNamespace(problem=None))
    with pytest.raises(Problem, match=r"not ready within 0\.05 seconds"):
        wait(window, lambda: False, 0.05)
    window.session.problem = Problem(Text("It broke.", "고장."))
    with pytest.raises(Problem, match="It broke"):
        wait(window, lambda: False, 60)
