"""What is shown and looked at: the picture, layer, head and token; and what must be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from explainer.concepts.transformer.pretrained.probe import (
    Compare,
    Compared,
    Model,
    Read,
    Reading,
    Weigh,
    Weighed,
)
from explainer.concepts.transformer.pretrained.sentences import EXAMPLES
from explainer.concepts.transformer.sentence import whole
from explainer.lesson import Value
from explainer.stage.frame import Frame, Target

NO_MODEL = Model()


def model_of(frame: Frame) -> Model:
    """Return what is known of the open model; an empty one until then."""
    return frame.snapshot if isinstance(frame.snapshot, Model) else NO_MODEL


def picture_of(frame: Frame) -> str:
    """Return which picture is on the stage; without a model always the folder."""
    model, named = model_of(frame), str(frame.knobs.get("picture", "folder"))
    if not model.is_open:
        return "folder"
    if named == "use":
        return "likeness" if model.kind == "bert" else "next"
    if named == "all" and frame.selection[:1] in (("head",), ("row",), ("cell",)):
        return "map"
    return named


def sentence_of(knobs: Mapping[str, Value]) -> str:
    """Return the sentence in force."""
    return str(knobs.get("sentence") or EXAMPLES[0])


def other_of(knobs: Mapping[str, Value]) -> str:
    """Return the sentence it is compared with."""
    return str(knobs.get("other") or EXAMPLES[2])


def question(frame: Frame) -> Any | None:
    """Return what the picture needs to know, or None."""
    picture, text = picture_of(frame), sentence_of(frame.knobs)
    if picture in ("folder", "size") or not text.strip():
        return None
    if picture == "likeness":
        return Compare(text, other_of(frame.knobs))
    if picture == "worth":
        return Weigh(text, whole(frame.knobs, "layer", 1) - 1)
    return Read(text)


def is_answered(frame: Frame) -> bool:
    """Whether the answer at hand is what the picture shows."""
    wanted: dict[str, type] = {"likeness": Compared, "worth": Weighed}
    picture = picture_of(frame)
    if picture in ("folder", "size"):
        return frame.snapshot is not None
    return isinstance(frame.answer, wanted.get(picture, Reading))


def reading_of(frame: Frame) -> Reading | None:
    """Return the reading in the answer at hand."""
    answer = frame.answer
    if isinstance(answer, Compared):
        return answer.first
    if isinstance(answer, Weighed):
        return answer.reading
    return answer if isinstance(answer, Reading) else None


def layer_of(frame: Frame, reading: Reading) -> int:
    """Return the layer looked at, from 0, within what the model has."""
    asked = whole(frame.knobs, "layer", 1) - 1
    return min(max(asked, 0), reading.attention.shape[0] - 1)


def head_of(frame: Frame, reading: Reading) -> int:
    """Return the head looked at, from 0, within what the model has."""
    asked = whole(frame.knobs, "head", 1) - 1
    return min(max(asked, 0), reading.attention.shape[1] - 1)


def weights_of(frame: Frame, reading: Reading) -> np.ndarray:
    """Return the map looked at, (T, T)."""
    found: np.ndarray = reading.attention[layer_of(frame, reading), head_of(frame, reading)]
    return found


def row_of(frame: Frame, reading: Reading) -> int | None:
    """Return the token that looks: the pointer's or the selected one."""
    for target in (frame.hover, frame.selection):
        if target[:1] in (("row",), ("cell",)) and int(target[1]) < len(reading.tokens):
            return int(target[1])
    return None


def cell_of(frame: Frame, reading: Reading) -> tuple[int, int] | None:
    """Return the cell looked at; of a row, its largest."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("cell",) and max(map(int, target[1:])) < len(reading.tokens):
            return int(target[1]), int(target[2])
        if target[:1] == ("row",):
            break
    row = row_of(frame, reading)
    return None if row is None else (row, int(weights_of(frame, reading)[row].argmax()))


def place_in(target: Target, kind: str) -> int | None:
    """Return the number of a target of a kind."""
    return int(target[1]) if target[:1] == (kind,) else None
