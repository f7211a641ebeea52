"""The knobs that scenes over one translator share: which language is read, and how it is split."""

from __future__ import annotations

from collections.abc import Mapping

from explainer.concepts.transformer.units import UNIT_NAMES, UNITS
from explainer.lesson import Choice, Knob, Text, Value

_READ_ONLY = Text(
    "Other splits are read, not written: translate from Korean to use them.",
    "다른 단위는 읽을 수만 있습니다. 한국어에서 영어로 번역할 때 고를 수 있습니다.",
)


def units_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return what Korean can be split into: what is written is always made of morphemes."""
    return (UNITS if values.get("direction") != "en-ko" else ("morpheme",)), _READ_ONLY


DIRECTION = Knob(
    "direction",
    "rebuild",
    Text("Direction", "번역 방향"),
    "ko-en",
    Choice(
        ("ko-en", "en-ko"),
        (Text("Korean → English", "한국어 → 영어"), Text("English → Korean", "영어 → 한국어")),
    ),
)
UNIT = Knob(
    "unit",
    "rebuild",
    Text("Korean is split into", "한국어를 나누는 단위"),
    "morpheme",
    Choice(UNITS, tuple(UNIT_NAMES[unit] for unit in UNITS)),
    units_of,
)
