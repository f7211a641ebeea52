"""What is kept from one start to the next, in one JSON file."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSaveFile, QStandardPaths

from explainer.lesson import LANGUAGES, Problem
from explainer.shell import words
from explainer.stage.colours import THEMES

# Window systems place and measure windows in 16 bits.
_FARTHEST = 2**15


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's choices.

    Parameters
    ----------
    language, theme : str
    font_scale : float
        1.0-2.0.
    reduced_motion, contents_open : bool
        `contents_open` None lets each scene decide.
    geometry : tuple of int
        Window x, y, width, height, each within ±32,768; () lets the screen decide.
    place : tuple of str
        Concept, scene and step last seen.
    lesson_speed : float
        0.25-4.
    training_speed : float or None
        Steps a second, 0.01-1,000,000; None is as fast as it goes.
    """

    language: str = "ko"
    theme: str = "light"
    font_scale: float = 1.0
    reduced_motion: bool = False
    contents_open: bool | None = None
    geometry: tuple[int, ...] = ()
    place: tuple[str, ...] = ()
    lesson_speed: float = 1.0
    training_speed: float | None = None


def settings_path() -> Path:
    """Return where the settings are kept; EXPLAINER_CONFIG names another file."""
    named = os.environ.get("EXPLAINER_CONFIG")
    if named:
        return Path(named)
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(folder) / "settings.json"


def load(path: Path) -> tuple[Settings, Problem | None]:
    """Return the kept settings, and what to tell the person if the file was damaged.

    A damaged file is kept beside itself as .bak and the defaults are returned.
    """
    try:
        return _checked(json.loads(path.read_text(encoding="utf-8"))), None
    except FileNotFoundError:
        return Settings(), None
    except (OSError, ValueError, TypeError, RecursionError):
        kept = path.with_name(path.name + ".bak")
        try:
            path.replace(kept)
        except OSError:
            kept = path
        return Settings(), Problem(words.SETTINGS_DAMAGED.filled(name=kept.name))


def save(settings: Settings, path: Path) -> None:
    """Write the settings in one piece.

    Raises
    ------
    Problem
        If the file cannot be written.
    """
    problem = Problem(words.SETTINGS_UNWRITABLE.filled(path=path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise problem from error
    file = QSaveFile(str(path))
    written = json.dumps(asdict(settings), indent=1, ensure_ascii=False).encode()
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly) or file.write(written) != len(written):
        raise problem
    if not file.commit():
        raise problem


def _checked(raw: Any) -> Settings:
    """Return settings from what a file held; ValueError or TypeError where it is no such thing."""
    if not isinstance(raw, dict):
        raise TypeError("settings are a JSON object")
    names = {field.name for field in fields(Settings)}
    given = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in raw.items()
        if name in names
    }
    settings = Settings(**given)
    speed, geometry, place = settings.training_speed, settings.geometry, settings.place
    right = (
        settings.language in LANGUAGES
        and settings.theme in THEMES
        and _is_within(settings.font_scale, 1.0, 2.0)
        and isinstance(settings.reduced_motion, bool)
        and (settings.contents_open is None or isinstance(settings.contents_open, bool))
        and isinstance(geometry, tuple)
        and len(geometry) in (0, 4)
        and all(type(n) is int and abs(n) <= _FARTHEST for n in geometry)
        and isinstance(place, tuple)
        and len(place) in (0, 3)
        and all(isinstance(part, str) for part in place)
        and _is_within(settings.lesson_speed, 0.25, 4.0)
        and (speed is None or _is_within(speed, 0.01, 1e6))
    )
    if not right:
        raise ValueError("a setting is outside its range")
    return settings


def _is_within(value: Any, least: float, most: float) -> bool:
    """Return whether a value is a number in a range; True is none, nor are NaN and infinity."""
    return type(value) in (int, float) and least <= value <= most


def put_into(session: Any, settings: Settings) -> None:
    """Give a session the kept choices; where to open is left to the caller."""
    session.language, session.theme = settings.language, settings.theme
    session.font_scale = settings.font_scale
    session.reduced_motion = settings.reduced_motion
    session.lesson_speed = settings.lesson_speed
    session.training_speed = settings.training_speed


def taken_from(session: Any, geometry: tuple[int, ...], contents_open: bool | None) -> Settings:
    """Return the choices in force, to be kept."""
    return Settings(
        language=session.language,
        theme=session.theme,
        font_scale=session.font_scale,
        reduced_motion=session.reduced_motion,
        contents_open=contents_open,
        geometry=geometry,
        place=session.place,
        lesson_speed=session.lesson_speed,
        training_speed=session.training_speed,
    )
