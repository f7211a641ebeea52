"""Settings as written on the command line: KNOB=VALUE."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.lesson import Choice, Grid, Knob, Problem, Scene, Span, Text, Value

_NO_KNOB = Text(
    "{scene} has no setting '{key}'; choose one of: {known}.",
    "{scene}에는 '{key}' 설정이 없습니다. 다음 가운데 고르세요: {known}.",
)
_BAD_VALUE = Text(
    "'{value}' is no value for {key}; {hint}.",
    "{key}에 '{value}' 값은 쓸 수 없습니다. {hint}.",
)
_BY_HAND = Text(
    "{key} is set by hand on the stage; leave it out here.",
    "{key} 값은 무대에서 손으로 정합니다. 여기서는 빼 주세요.",
)
_SEED = Text(
    "The seed cannot be {seed}; choose a whole number from 0 to {most}.",
    "시드는 {seed}일 수 없습니다. 0부터 {most}까지의 정수를 고르세요.",
)
_NO_EQUALS = Text(
    "'{written}' should be KNOB=VALUE, for example learning_rate=0.01.",
    "'{written}'은 KNOB=VALUE 꼴로 쓰세요. 보기: learning_rate=0.01.",
)


# Experiments make seeds of it for every epoch, which must stay below 2**63.
MOST_SEED = 2**32 - 1


def check_seed(seed: int | None) -> None:
    """Refuse a seed that no generator takes.

    Raises
    ------
    Problem
        If it is negative or too large.
    """
    if seed is not None and not 0 <= seed <= MOST_SEED:
        raise Problem(_SEED.filled(seed=seed, most=MOST_SEED))


LEARNED = ("live", "rebuild")
ALL = ("view", "probe", *LEARNED)


def settings(
    scene: Scene, written: Sequence[str], kinds: tuple[str, ...] = LEARNED
) -> dict[str, Value]:
    """Return values of a scene's knobs from KNOB=VALUE texts.

    Parameters
    ----------
    scene : Scene
    written : sequence of str
    kinds : tuple of str
        Of the knobs that may be set; those of the experiment unless told otherwise.

    Raises
    ------
    Problem
        If a knob or a value is not possible.
    """
    knobs = {k.key: k for k in scene.knobs if k.kind in kinds}
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
    if kind is tuple and not isinstance(knob.control, Grid):
        raise Problem(_BY_HAND.filled(key=knob.key))
    try:
        if isinstance(knob.control, Grid):
            value: Value = _numbers(knob.control, len(knob.default), written)
        elif kind is bool:
            value = {"true": True, "1": True, "on": True, "false": False, "0": False,
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


def _numbers(grid: Grid, count: int, written: str) -> tuple[float, ...]:
    """Return as many numbers as a grid holds, written with commas; ValueError if they are not."""
    numbers = tuple(float(part) for part in written.split(","))
    inside = all(grid.minimum <= value <= grid.maximum for value in numbers)
    if len(numbers) != count or not inside:
        raise ValueError("not what the grid holds")
    return numbers


def _refusal(knob: Knob, written: str) -> Text:
    control = knob.control
    if isinstance(control, Choice):
        hint = ", ".join(str(v) for v in control.values)
    elif isinstance(control, Span):
        hint = f"{control.minimum:g} … {control.maximum:g}"
    else:
        hint = "true, false" if isinstance(knob.default, bool) else f"{knob.default}"
    return _BAD_VALUE.filled(key=knob.key, value=written, hint=hint)
