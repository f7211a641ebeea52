"""Where in the program: CONCEPT[/SCENE[/STEP]], as a person writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from explainer.concepts import CONCEPTS
from explainer.lesson import Concept, Problem, Scene, Step, Text

_NO_CONCEPT = Text(
    "There is no concept '{place}'; choose one of: {known}.",
    "'{place}'이라는 개념은 없습니다. 다음 가운데 고르세요: {known}.",
)
_NO_SCENE = Text(
    "There is no scene '{place}'; choose one of: {known}.",
    "'{place}'이라는 장면은 없습니다. 다음 가운데 고르세요: {known}.",
)
_NO_STEP = Text(
    "There is no step '{place}'; choose one of: {known}.",
    "'{place}'이라는 단계는 없습니다. 다음 가운데 고르세요: {known}.",
)


def _find(items: Iterable[Any], parts: list[str], depth: int) -> Any:
    known = tuple(items)
    # What is written after a step belongs to its key: no key holds a slash, so it is refused.
    key = parts[depth] if depth < 2 else "/".join(parts[depth:])
    for item in known:
        if item.key == key:
            return item
    names = ", ".join(item.key for item in known)
    text = (_NO_CONCEPT, _NO_SCENE, _NO_STEP)[depth]
    raise Problem(text.filled(place="/".join([*parts[:depth], key]), known=names))


def find(written: str) -> tuple[Concept, Scene | None, Step | None]:
    """Return what CONCEPT[/SCENE[/STEP]] names.

    Raises
    ------
    Problem
        If there is no such place.
    """
    parts = written.strip("/").split("/")
    concept: Concept = _find(CONCEPTS, parts, 0)
    scene: Scene | None = _find(concept.scenes, parts, 1) if len(parts) > 1 else None
    step: Step | None = None
    if scene is not None and len(parts) > 2:
        step = _find(scene.steps, parts, 2)
    return concept, scene, step


def find_scene(written: str) -> tuple[Concept, Scene]:
    """Return the scene that CONCEPT/SCENE names; a concept alone is its first scene."""
    concept, scene, _ = find(written)
    return concept, scene or concept.scenes[0]
