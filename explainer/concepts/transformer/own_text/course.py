"""The text that is there when no file is chosen: what this program's lessons say."""

from __future__ import annotations

from explainer.engine.assets import asset
from explainer.lesson import Language


def course(language: Language) -> str:
    """Return titles, narrations and notes of the lessons in one language, a line each.

    They are kept in a file as the shipped films learned them: a lesson mended later must not
    change what their tokens mean.
    """
    return asset(f"data/course-{language}.txt").read_text(encoding="utf-8")
