"""Guards that hold for every test: nothing left running, nothing written to the real home."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# As the program computes; with two threads for nets this small, tests take several times as long.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(autouse=True)
def _settings_in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLAINER_CONFIG", str(tmp_path / "settings.json"))
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [t.name for t in threading.enumerate() if t not in before and not t.daemon]
    assert not left, f"threads left running: {left}; close the session or the runner"


@pytest.fixture(autouse=True)
def _no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    if not {"qtbot", "qapp", "opened"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    left = [w.objectName() for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert not left, f"windows left open: {left}"
    running = [o for o in gc.get_objects() if issubclass(type(o), QTimer) and _is_active(o)]
    assert not running, f"timers left running: {[t.parent() for t in running]}"


def _is_active(timer: object) -> bool:
    try:
        return timer.isActive()  # type: ignore[attr-defined, no-any-return]
    except RuntimeError:  # Qt has deleted what Python still holds
        return False


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """Build the application as the program does, so that fonts and scaling are the same."""
    from explainer.shell.start import application

    class _Built:
        def __new__(cls, argv: list[str]) -> object:  # type: ignore[misc]
            return application(argv)

    return _Built
