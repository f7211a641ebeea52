"""Where in the program: CONCEPT[/SCENE[/STEP]] and KNOB=VALUE, as written on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from explainer.concepts import CONCEPTS
from explainer.lesson import Choice, Concept, Knob, Problem, Scene, Span, Step, Text, Value

_UNKNOWN = Text(
    "There is no {kind} '{key}'; choose one of: {known}.",
    "'{key}'이라는 {kind}은 없습니다. 다음 가운데 고르세요: {known}.",
)
_NO_KNOB = Text(
    "{scene} has no setting '{key}'; choose one of: {known}.",
    "{scene}에는 '{key}' 설정이 없습니다. 다음 가운데 고르세요: {known}.",
)
_BAD_VALUE = Text(
    "'{value}' is no value for {key}; {hint}.",
    "{key}에 '{value}' 값은 쓸 수 없습니다. {hint}.",
)
_NO_EQUALS = Text(
    "'{written}' should be KNOB=VALUE, for example learning_rate=0.01.",
    "'{written}'은 KNOB=VALUE 꼴로 쓰세요. 보기: learning_rate=0.01.",
)


def _find(items: Iterable[Any], key: str, kind: str) -> Any:
    known = tuple(items)
    for item in known:
        if item.key == key:
            return item
    names = ", ".join(item.key for item in known)
    raise Problem(_UNKNOWN.filled(kind=kind, key=key, known=names))


def find(written: str) -> tuple[Concept, Scene | None, Step | None]:
    """Return what CONCEPT[/SCENE[/STEP]] names.

    Raises
    ------
    Problem
        If there is no such place.
    """
    parts = written.strip("/").split("/")
    concept: Concept = _find(CONCEPTS, parts[0], "concept")
    scene: Scene | None = _find(concept.scenes, parts[1], "scene") if len(parts) > 1 else None
    step: Step | None = None
    if scene is not None and len(parts) > 2:
        step = _find(scene.steps, "/".join(parts[2:]), "step")
    return concept, scene, step


def find_scene(written: str) -> tuple[Concept, Scene]:
    """Return the scene that CONCEPT/SCENE names; a concept alone is its first scene."""
    concept, scene, _ = find(written)
    return concept, scene or concept.scenes[0]


def settings(scene: Scene, written: list[str]) -> dict[str, Value]:
    """Return experiment settings from KNOB=VALUE texts.

    Raises
    ------
    Problem
        If a knob or a value is not possible.
    """
    knobs = {k.key: k for k in scene.knobs if k.kind in ("live", "rebuild")}
    result: dict[str, Value] = {}
    for text in written:
        key, equals, value = text.partition("=")
        if not equals:
            raise Problem(_NO_EQUALS.filled(written=text))
        if key not in knobs:
            known = ", ".join(knobs)
            raise Problem(_NO_KNOB.filled(scene=scene.key, key=key, known=known))
        result[key] = _parsed(knobs[key], value)
    return result


def _parsed(knob: Knob, written: str) -> Value:
    kind = type(knob.default)
    try:
        if kind is bool:
            value: Value = {"true": True, "1": True, "on": True, "false": False, "0": False,
                            "off": False}[written.lower()]  # fmt: skip
        else:
            value = kind(written)  # type: ignore[arg-type]
    except (KeyError, ValueError):
        raise Problem(_refusal(knob, written)) from None
    control = knob.control
    is_outside = isinstance(control, Choice) and value not in control.values
    if isinstance(control, Span) and isinstance(value, (int, float)):
        is_outside = not control.minimum <= value <= control.maximum
    if is_outside:
        raise Problem(_refusal(knob, written))
    return value


def _refusal(knob: Knob, written: str) -> Text:
    control = knob.control
    if isinstance(control, Choice):
        hint = ", ".join(str(v) for v in control.values)
    elif isinstance(control, Span):
        hint = f"{control.minimum:g} … {control.maximum:g}"
    else:
        hint = "true, false" if isinstance(knob.default, bool) else f"{knob.default}"
    return _BAD_VALUE.filled(key=knob.key, value=written, hint=hint)
