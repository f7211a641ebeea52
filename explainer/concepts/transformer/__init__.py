"""Transformers: scenes over one live model that translates between Korean and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explainer.concepts.transformer.attention import lesson as attention
from explainer.concepts.transformer.blocks import lesson as blocks
from explainer.concepts.transformer.translate import lesson as translate
from explainer.lesson import Concept, Scene, Text

SHIPPED = "checkpoints/transformer-ko-en.safetensors"


def _experiment(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.transformer.experiment import TranslationExperiment
    from explainer.concepts.transformer.settings import Settings

    return TranslationExperiment(Settings(**settings), device)


def _attention_view(parent: Any = None) -> Any:
    from explainer.concepts.transformer.attention.view import AttentionView

    return AttentionView(parent)


def _translate_view(parent: Any = None) -> Any:
    from explainer.concepts.transformer.translate.view import TranslateView

    return TranslateView(parent)


def _blocks_view(parent: Any = None) -> Any:
    from explainer.concepts.transformer.blocks.view import BlocksView

    return BlocksView(parent)


CONCEPT = Concept(
    key="transformer",
    title=Text("Transformer", "트랜스포머"),
    summary=Text(
        "Every word looks at every other word, and a sentence becomes another sentence.",
        "모든 낱말이 서로를 바라보고, 한 문장이 다른 문장이 됩니다.",
    ),
    scenes=(
        Scene(
            key="attention",
            title=Text("Who listens to whom", "누가 누구를 볼까요"),
            steps=attention.STEPS,
            knobs=attention.KNOBS,
            experiment=_experiment,
            view=_attention_view,
            shipped=SHIPPED,
            wide=True,
        ),
        Scene(
            key="blocks",
            title=Text("The model, box by box", "상자를 열어 보기"),
            steps=blocks.STEPS,
            knobs=blocks.KNOBS,
            experiment=_experiment,
            view=_blocks_view,
            shipped=SHIPPED,
            wide=True,
        ),
        Scene(
            key="translate",
            title=Text("Translate, token by token", "토큰 하나씩 번역하기"),
            steps=translate.STEPS,
            knobs=translate.KNOBS,
            experiment=_experiment,
            view=_translate_view,
            shipped=SHIPPED,
            wide=True,
        ),
    ),
)
