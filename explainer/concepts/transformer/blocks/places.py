"""The boxes of the model in the order a sentence meets them, and the tensors between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from explainer.concepts.transformer.cuts import LAYERS, AttentionKind, Place
from explainer.lesson import Text

Stack = Literal["encoder", "decoder"]
Part = Literal[
    "embedding", "norm", "self_attention", "cross_attention", "feed_forward", "add", "output"
]

BRANCHES: dict[Stack, tuple[Part, ...]] = {
    "encoder": ("self_attention", "feed_forward"),
    "decoder": ("self_attention", "cross_attention", "feed_forward"),
}

_PARTS: dict[Part, Text] = {
    "embedding": Text("Embedding + position", "임베딩 + 위치"),
    "norm": Text("Norm", "정규화"),
    "self_attention": Text("Self-attention", "셀프 어텐션"),
    "cross_attention": Text("Cross-attention", "교차 어텐션"),
    "feed_forward": Text("Feed-forward", "피드포워드"),
    "add": Text("Add to the stream", "흐름에 더하기"),
    "output": Text("Linear + softmax", "선형층 + 소프트맥스"),
}
_MASKED = Text("Masked self-attention", "가린 셀프 어텐션")
STACKS: dict[Stack, Text] = {
    "encoder": Text("Encoder", "인코더"),
    "decoder": Text("Decoder", "디코더"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """One part of the model.

    Parameters
    ----------
    stack : {"encoder", "decoder"}
    part : str
    layer : int, optional
        From 0; None for what stands before or after all layers.
    branch : int
        Which branch of its layer it belongs to, from 1; 0 outside the layers.
    """

    stack: Stack
    part: Part
    layer: int | None = None
    branch: int = 0

    @property
    def name(self) -> str:
        """Its name in selections: "encoder.0.norm1", "decoder.1.cross_attention", "output"."""
        if self.layer is None:
            return "output" if self.part == "output" else f"{self.stack}.{self.part}"
        number = str(self.branch) if self.part in ("norm", "add") else ""
        return f"{self.stack}.{self.layer}.{self.part}{number}"

    @property
    def title(self) -> Text:
        """What it is called."""
        is_masked = self.stack == "decoder" and self.part == "self_attention"
        return _MASKED if is_masked else _PARTS[self.part]

    @property
    def place(self) -> Place:
        """Which attention it is.

        Raises
        ------
        ValueError
            If it is none.
        """
        if self.layer is None or "attention" not in self.part:
            raise ValueError(f"{self.name} is no attention")
        kind: AttentionKind = "cross" if self.part == "cross_attention" else self.stack
        return Place(kind, self.layer)

    @property
    def before(self) -> str:
        """The tensor on the stream where its branch leaves, or the one it reads."""
        if self.layer is None:
            return f"{self.stack}.{LAYERS - 1}.residual{len(BRANCHES[self.stack])}"
        if self.branch > 1:
            return f"{self.stack}.{self.layer}.residual{self.branch - 1}"
        if self.layer > 0:
            return f"{self.stack}.{self.layer - 1}.residual{len(BRANCHES[self.stack])}"
        return f"{self.stack}.input"

    @property
    def parameters(self) -> str:
        """How the names of its parameters begin; empty if it has none of its own."""
        if self.part in ("add", "output"):
            return ""
        if self.part == "embedding":
            return "source_embedding." if self.stack == "encoder" else "target_embedding."
        if self.layer is None:
            return f"{self.stack}_norm."
        return f"{self.name}."


def _stack(stack: Stack) -> tuple[Box, ...]:
    boxes = [Box(stack, "embedding")]
    for layer in range(LAYERS):
        for number, part in enumerate(BRANCHES[stack], 1):
            parts: tuple[Part, ...] = ("norm", part, "add")
            boxes += [Box(stack, kind, layer, number) for kind in parts]
    boxes.append(Box(stack, "norm"))
    if stack == "decoder":
        boxes.append(Box(stack, "output"))
    return tuple(boxes)


BOXES = {box.name: box for stack in BRANCHES for box in _stack(stack)}


def beside(name: str) -> tuple[str | None, str | None]:
    """Return the boxes before and behind a box."""
    names = list(BOXES)
    at = names.index(name)
    return names[at - 1] if at else None, names[at + 1] if at + 1 < len(names) else None
