"""The real program in a real window on a virtual X server, used by a real mouse, once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.display
ROOT = Path(__file__).parents[2]
DISPLAY = ":93"


@pytest.fixture
def display() -> Iterator[str]:
    if not shutil.which("Xvfb") or not shutil.which("xdotool"):
        pytest.skip("Xvfb and xdotool are not installed")
    server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", "1600x900x24"], stderr=subprocess.DEVNULL
    )
    wait_for(is_up, 20)
    yield DISPLAY
    server.terminate()
    server.wait()


def is_up() -> bool:
    environment = {**os.environ, "DISPLAY": DISPLAY}
    asked = ["xdotool", "getdisplaygeometry"]
    return subprocess.run(asked, env=environment, capture_output=True).returncode == 0


def grab() -> np.ndarray:
    from PIL import ImageGrab

    return np.asarray(ImageGrab.grab(xdisplay=DISPLAY).convert("RGB")).astype(int)


def mouse(*words: object) -> None:
    subprocess.run(
        ["xdotool", *[str(word) for word in words]],
        check=True,
        env={**os.environ, "DISPLAY": DISPLAY},
    )


def wait_for(met: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


def test_draw_in_a_real_window_and_close_it(display: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "EXPLAINER_CONFIG": str(tmp_path / "settings.json"),
    }
    program = subprocess.Popen(
        [sys.executable, "main.py", "cnn/draw/draw", "--lang", "en", "--device", "cpu"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for(lambda: len(np.unique(grab().reshape(-1, 3), axis=0)) > 200, 60)
        violet = np.array([0x8F, 0x6B, 0xCE])

        def bars() -> int:
            return int((np.abs(grab() - violet).max(axis=2) < 6).sum())

        wait_for(lambda: bars() > 300, 60)
        before = grab()
        # A stroke down the middle of the pad.
        mouse("mousemove", 370, 180, "mousedown", 1)
        for y in range(190, 340, 10):
            mouse("mousemove", 370, y)
        mouse("mouseup", 1)
        wait_for(lambda: int((np.abs(grab() - before).max(axis=2) > 40).sum()) > 2000, 20)
    finally:
        program.terminate()
        _, errors = program.communicate(timeout=30)
    assert program.returncode == 0
    assert "Traceback" not in errors, errors
