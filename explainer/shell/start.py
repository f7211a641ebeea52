"""Building the application, its session and its window."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from types import MappingProxyType, TracebackType
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from explainer.concepts import CONCEPTS
from explainer.concepts.place import find
from explainer.engine.assets import asset
from explainer.engine.checkpoint import MISSING
from explainer.engine.strokes import example_drawing
from explainer.lesson import Problem, Text, Value
from explainer.shell import settings as kept
from explainer.shell.session import Session
from explainer.shell.window import MainWindow
from explainer.stage.lettering import load_fonts

FONTS = ("Regular", "SemiBold", "Bold")

_UNEXPECTED = Text(
    "Something unexpected went wrong ({why}); the program goes on. Copy the details to report it.",
    "예기치 못한 문제가 생겼습니다({why}). 프로그램은 계속됩니다."
    " 자세한 내용을 복사해 알려 주세요.",
)


def application(argv: list[str]) -> QApplication:
    """Return the one application, with the bundled fonts registered."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        qt = existing
    else:
        rounding = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(rounding)
        qt = QApplication(argv[:1])
        qt.setApplicationName("explainer")
        qt.setApplicationDisplayName("Explainer")
        load_fonts(tuple(asset(f"fonts/Pretendard-{weight}.otf") for weight in FONTS))
    return qt


def start(
    given: Any, *, keep: bool = True, chosen: Mapping[str, Value] = MappingProxyType({})
) -> tuple[QApplication, MainWindow]:
    """Return the application and its visible window.

    Parameters
    ----------
    given : namespace
        The parsed command line.
    keep : bool
        Whether settings are read and kept; exports do neither.
    chosen : mapping
        Values of knobs of the scene it opens at.

    Raises
    ------
    Problem
        If the place, the device, the checkpoint or an asset is not there.
    """
    if given.checkpoint is not None and not given.checkpoint.is_file():
        raise Problem(MISSING.filled(file=given.checkpoint))
    if given.device in ("cuda", "mps"):  # "cpu" is never absent, and torch takes seconds
        from explainer.engine.device import choose

        choose(given.device)  # a named device that is absent is refused before a window opens
    qt = application(["main.py"])
    path = kept.settings_path()
    settings, damaged = kept.load(path) if keep else (kept.Settings(), None)
    session = Session(
        CONCEPTS,
        example_drawing,
        device=given.device,
        settings={} if given.seed is None else {"seed": given.seed},
        checkpoint=given.checkpoint,
    )
    kept.put_into(session, settings)
    session.language = given.lang or session.language
    session.theme = given.theme or session.theme
    try:
        _go(session, given.place, settings.place)
        for key, value in chosen.items():
            session.set_knob(key, value)
        window = MainWindow(session, settings, path if keep else None)
    except BaseException:
        session.close()  # its thread would keep the process from ending
        raise
    if damaged is not None:
        window.show_problem(damaged)
    sys.excepthook = _Hook(window)
    qt.aboutToQuit.connect(session.close)
    window.show()
    if given.present:
        window.present()
    return qt, window


def _go(session: Session, wanted: str | None, last: tuple[str, ...]) -> None:
    if wanted is not None:
        concept, scene, step = find(wanted)
        session.go(concept.key, scene and scene.key, step and step.key)
        return
    try:
        session.go(*last) if last else session.go(CONCEPTS[0].key)
    except KeyError:  # a place kept by another version
        session.go(CONCEPTS[0].key)


class _Hook:
    """Shows what no one caught in the banner, and prints it for whoever reads the terminal."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._told: tuple[Any, ...] = ()

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        frames = traceback.extract_tb(trace)
        place = (kind, frames[-1].filename, frames[-1].lineno) if frames else (kind,)
        if place == self._told:
            return  # a fault in a picture comes back with every frame; once is enough
        self._told = place
        traceback.print_exception(kind, error, trace)
        if isinstance(error, Problem):
            self._window.show_problem(error)
        elif isinstance(error, Exception):
            why = (str(error).splitlines() or [""])[0][:120] or kind.__name__
            problem = Problem(_UNEXPECTED.filled(why=why.replace("{", "(").replace("}", ")")))
            problem.__cause__ = error
            self._window.show_problem(problem)
