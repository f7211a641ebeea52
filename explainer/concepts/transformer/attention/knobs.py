"""What may be changed in the attention scene."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from explainer.concepts.transformer.cuts import ATTENTION_KINDS, AttentionKind
from explainer.concepts.transformer.knobs import DIRECTION, UNIT
from explainer.concepts.transformer.relations import RELATION_KINDS, RELATION_NAMES
from explainer.concepts.transformer.sentence import EXAMPLES, whole
from explainer.lesson import Choice, Knob, Span, Text, Toggle, Value

ATTENTION_NAMES: Mapping[AttentionKind, Text] = MappingProxyType(
    {
        "encoder": Text("encoder", "인코더"),
        "decoder": Text("decoder", "디코더"),
        "cross": Text("cross", "교차"),
    }
)
# The knobs that hold the cut cells and the silenced heads of each kind of attention.
EDGES: Mapping[AttentionKind, str] = MappingProxyType(
    {"encoder": "edges", "decoder": "decoder_edges", "cross": "cross_edges"}
)
SILENCED: Mapping[AttentionKind, str] = MappingProxyType(
    {"encoder": "silenced", "decoder": "decoder_silenced", "cross": "cross_silenced"}
)

_HEADS = Text("The model has {count} heads a layer.", "이 모델은 층마다 헤드가 {count}개입니다.")
_BETWEEN = Text(
    "This relation does not lie within the sentence that is read; the encoder cannot hold it.",
    "이 관계는 읽는 문장 안에 없습니다. 인코더에는 끊을 선이 없습니다.",
)
# What joins the two languages, where only the decoder looks.
_BETWEEN_LANGUAGES = ("plural", "tense", "negation")


def heads_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the heads that the model has."""
    count = whole(values, "heads", 4)
    return tuple(range(1, count + 1)), _HEADS.filled(count=count)


def ways_of(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return where the relation can be cut."""
    between = values.get("relation") in _BETWEEN_LANGUAGES
    return (("all",) if between else ("encoder", "all")), _BETWEEN


KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures; see `view.PICTURES`.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "heads"),
    Knob("sentence", "probe", Text("Sentence", "문장"), EXAMPLES[0]),
    Knob(
        "attention",
        "view",
        Text("Attention", "어텐션"),
        "encoder",
        Choice(
            ATTENTION_KINDS,
            tuple(ATTENTION_NAMES.values()),
        ),
    ),
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
            ("none", *RELATION_KINDS),
            (Text("none", "없음"), *(RELATION_NAMES[kind] for kind in RELATION_KINDS)),
        ),
    ),
    Knob(
        "ways",
        "probe",
        Text("In", "어디에서"),
        "encoder",
        Choice(
            ("encoder", "all"),
            (Text("encoder", "인코더"), Text("all three", "셋 다")),
        ),
        ways_of,
    ),
    # Set by clicks: cut cells as row, column, ...; silenced heads as layer, head, ... from 0.
    *(
        Knob(key, "probe", label, ())
        for keys, label in (
            (EDGES, Text("Cut edges", "끊은 선")),
            (SILENCED, Text("Silenced heads", "끈 헤드")),
        )
        for key in keys.values()
    ),
    DIRECTION,
    UNIT,
    Knob("heads", "rebuild", Text("Heads", "헤드 수"), 4, Choice((1, 4))),
    Knob("seed", "rebuild", Text("Seed", "시드"), 0, Span(0, 99)),
)
