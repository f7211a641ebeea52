"""The values of a scene's knobs: declared by the step, turned by the person, kept possible."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from explainer.lesson import Scene, Step, Value


def values_in_force(
    scene: Scene, step: Step, turned: Mapping[str, Value], settings: Mapping[str, Any]
) -> Mapping[str, Value]:
    """Return every knob's value; live and rebuild ones are read back from the experiment.

    Parameters
    ----------
    turned : mapping
        What the person changed since the step was entered.
    settings : mapping
        The experiment's settings in force; empty until it is there.
    """
    values: dict[str, Value] = {**scene.values(step), **turned}
    for knob in scene.knobs:
        if knob.kind in ("live", "rebuild") and knob.key in settings:
            values[knob.key] = settings[knob.key]
    return MappingProxyType(values)


def kept_possible(scene: Scene, changed: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the knobs that must follow a change to stay within their limits."""
    followed: dict[str, Value] = {}
    for knob in scene.knobs:
        if knob.limits is None or knob.key == changed:
            continue
        now = {**values, **followed}
        allowed, _ = knob.limits(now)
        if allowed and now[knob.key] not in allowed:
            followed[knob.key] = _nearest(now[knob.key], allowed)
    return followed


def _nearest(value: Value, allowed: tuple[Value, ...]) -> Value:
    numbers = [a for a in allowed if isinstance(a, (int, float))]
    if numbers and isinstance(value, (int, float)):
        return min(numbers, key=lambda a: abs(a - value))
    return allowed[0]
