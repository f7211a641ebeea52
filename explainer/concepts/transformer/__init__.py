"""Transformers: scenes over one live model that translates between Korean and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explainer.concepts.on_demand import on_demand
from explainer.concepts.transformer.attention import lesson as attention
from explainer.concepts.transformer.blocks import lesson as blocks
from explainer.concepts.transformer.family import lesson as family
from explainer.concepts.transformer.own_text import lesson as own_text
from explainer.concepts.transformer.parallel import lesson as parallel
from explainer.concepts.transformer.pretrained import lesson as pretrained
from explainer.concepts.transformer.translate import lesson as translate
from explainer.lesson import Concept, Scene, Text

SHIPPED = "checkpoints/transformer-ko-en.safetensors"
# What a changed number of heads, direction or split of Korean brings.
VARIANTS = (
    "checkpoints/transformer-ko-en-one-head.safetensors",
    "checkpoints/transformer-en-ko.safetensors",
    "checkpoints/transformer-ko-en-eojeol.safetensors",
    "checkpoints/transformer-ko-en-syllable.safetensors",
    "checkpoints/transformer-ko-en-jamo.safetensors",
)


def _experiment(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.transformer.experiment import TranslationExperiment
    from explainer.concepts.transformer.settings import Settings

    return TranslationExperiment(Settings(**settings), device)


def _race(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.transformer.parallel.race import Race, RaceSettings

    return Race(RaceSettings(**settings), device)


def _family(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.transformer.family.family import Family
    from explainer.concepts.transformer.family.settings import FamilySettings

    return Family(FamilySettings(**settings), device)


def _writer(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.transformer.own_text.settings import WriterSettings
    from explainer.concepts.transformer.own_text.writer import Writer

    return Writer(WriterSettings(**settings), device)


def _pretrained(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.transformer.pretrained.experiment import PretrainedSettings, Reader

    # Nothing is drawn by chance: a seed means nothing here.
    return Reader(PretrainedSettings(settings.get("folder", "")), device)


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
            view=on_demand("explainer.concepts.transformer.attention.view:AttentionView"),
            shipped=SHIPPED,
            variants=VARIANTS,
            wide=True,
        ),
        Scene(
            key="blocks",
            title=Text("The model, box by box", "상자를 열어 보기"),
            steps=blocks.STEPS,
            knobs=blocks.KNOBS,
            experiment=_experiment,
            view=on_demand("explainer.concepts.transformer.blocks.view:BlocksView"),
            shipped=SHIPPED,
            variants=VARIANTS,
            wide=True,
        ),
        Scene(
            key="translate",
            title=Text("Translate, token by token", "토큰 하나씩 번역하기"),
            steps=translate.STEPS,
            knobs=translate.KNOBS,
            experiment=_experiment,
            view=on_demand("explainer.concepts.transformer.translate.view:TranslateView"),
            shipped=SHIPPED,
            variants=VARIANTS,
            wide=True,
        ),
        Scene(
            key="parallel",
            title=Text("At once, or in turn", "한꺼번에, 아니면 차례로"),
            steps=parallel.STEPS,
            knobs=parallel.KNOBS,
            experiment=_race,
            view=on_demand("explainer.concepts.transformer.parallel.view:ParallelView"),
            shipped="checkpoints/transformer-parallel.safetensors",
            wide=True,
        ),
        Scene(
            key="family",
            title=Text("Fill in, continue, carry out", "채우고, 잇고, 시키는 대로"),
            steps=family.STEPS,
            knobs=family.KNOBS,
            experiment=_family,
            view=on_demand("explainer.concepts.transformer.family.view:FamilyView"),
            shipped="checkpoints/transformer-family.safetensors",
            wide=True,
        ),
        Scene(
            key="own-text",
            title=Text("Learn a text of your own", "내 글로 배우는 작은 GPT"),
            steps=own_text.STEPS,
            knobs=own_text.KNOBS,
            experiment=_writer,
            view=on_demand("explainer.concepts.transformer.own_text.view:OwnTextView"),
            shipped="checkpoints/transformer-own-text.safetensors",
            shipped_in={"en": "checkpoints/transformer-own-text-en.safetensors"},
            wide=True,
        ),
        Scene(
            key="pretrained",
            title=Text("A real model", "진짜 모델 열어 보기"),
            steps=pretrained.STEPS,
            knobs=pretrained.KNOBS,
            experiment=_pretrained,
            view=on_demand("explainer.concepts.transformer.pretrained.view:PretrainedView"),
            wide=True,
            trains=False,
        ),
    ),
)
