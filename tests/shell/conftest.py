from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from explainer.engine.assets import asset
from explainer.shell.window import MainWindow
from explainer.stage.lettering import load_fonts
from tests.shell.fake_session import FakeSession

_loaded: list[bool] = []


@pytest.fixture
def fonts(qapp: object) -> None:
    if not _loaded:
        weights = ("Regular", "SemiBold", "Bold")
        load_fonts(tuple(asset(f"fonts/Pretendard-{weight}.otf") for weight in weights))
        _loaded.append(True)


@pytest.fixture
def session() -> FakeSession:
    return FakeSession()


@pytest.fixture
def window(qtbot: object, fonts: None, session: FakeSession) -> Iterator[Callable[..., MainWindow]]:
    """Make the window of the session at a size, in a language and a theme."""
    made: list[MainWindow] = []

    def make(width: int = 1600, height: int = 900, **state: object) -> MainWindow:
        for name, value in state.items():
            setattr(session, name, value)
        window = MainWindow(session)
        made.append(window)
        window.resize(width, height)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)  # type: ignore[attr-defined]
        window.tick()
        return window

    yield make
    for each in made:
        each.close()
        each.deleteLater()
