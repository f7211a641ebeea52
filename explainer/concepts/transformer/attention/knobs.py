"""What may be changed in the attention scene."""

from __future__ import annotations

from collections.abc import Mapping

from explainer.concepts.transformer.relations import RELATION_NAMES
from explainer.concepts.transformer.sentence import EXAMPLES, whole
from explainer.concepts.transformer.units import UNIT_NAMES, UNITS
from explainer.lesson import Choice, Knob, Span, Text, Toggle, Value

_HEADS = Text("The model has {count} heads a layer.", "이 모델은 층마다 헤드가 {count}개입니다.")
_READ_ONLY = Text(
    "Other splits are read, not written: translate from Korean to use them.",
    "다른 단위는 읽을 수만 있습니다. 한국어에서 영어로 번역할 때 고를 수 있습니다.",
)
# The relations that lie within the Korean sentence, where the encoder looks.
_CUT = ("particle", "place", "who", "reflexive", "homonym")


def heads_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the heads that the model has."""
    count = whole(values, "heads", 4)
    return tuple(range(1, count + 1)), _HEADS.filled(count=count)


def units_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return what Korean can be split into: what is written is always made of morphemes."""
    return (UNITS if values.get("direction") != "en-ko" else ("morpheme",)), _READ_ONLY


KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures; see `view.PICTURES`.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "heads"),
    Knob("sentence", "probe", Text("Sentence", "문장"), EXAMPLES[0]),
    Knob("layer", "view", Text("Layer", "층"), 2, Choice((1, 2))),
    Knob("head", "view", Text("Head", "헤드"), 1, Choice((1, 2, 3, 4)), heads_of),
    Knob("truth", "view", Text("True relations", "맞는 관계 표시"), False, Toggle()),
    Knob("positions", "probe", Text("Positions", "위치 더하기"), True, Toggle()),
    Knob(
        "relation",
        "probe",
        Text("Cut a relation", "관계 끊기"),
        "none",
        Choice(
            ("none", *_CUT),
            (Text("none", "없음"), *(RELATION_NAMES[kind] for kind in _CUT)),  # type: ignore[index]
        ),
    ),
    Knob(
        "ways",
        "probe",
        Text("In", "어디에서"),
        "encoder",
        Choice(
            ("encoder", "all"),
            (Text("the encoder", "인코더만"), Text("every attention", "모든 어텐션")),
        ),
    ),
    # Set by clicks: cut cells as row, column, ...; silenced heads as layer, head, ... from 0.
    Knob("edges", "probe", Text("Cut edges", "끊은 선"), ()),
    Knob("silenced", "probe", Text("Silenced heads", "끈 헤드"), ()),
    Knob(
        "direction",
        "rebuild",
        Text("Direction", "번역 방향"),
        "ko-en",
        Choice(
            ("ko-en", "en-ko"),
            (Text("Korean → English", "한국어 → 영어"), Text("English → Korean", "영어 → 한국어")),
        ),
    ),
    Knob(
        "unit",
        "rebuild",
        Text("Korean is split into", "한국어를 나누는 단위"),
        "morpheme",
        Choice(UNITS, tuple(UNIT_NAMES[unit] for unit in UNITS)),
        units_of,
    ),
    Knob("heads", "rebuild", Text("Heads", "헤드 수"), 4, Choice((1, 2, 4))),
    Knob("seed", "rebuild", Text("Seed", "시드"), 0, Span(0, 99)),
)
