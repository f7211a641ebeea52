"""Generative adversarial networks: a forger and a judge that learn from each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explainer.concepts.gan.digits import lesson as digits
from explainer.concepts.gan.misconceptions import lesson as misconceptions
from explainer.concepts.gan.plane import lesson as plane
from explainer.concepts.gan.side_by_side import lesson as side_by_side
from explainer.concepts.gan.style import lesson as style
from explainer.concepts.gan.uses import lesson as uses
from explainer.concepts.on_demand import on_demand
from explainer.lesson import Concept, Scene, Text


def _plane(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.gan.experiment import PlaneExperiment
    from explainer.concepts.gan.settings import PlaneSettings

    return PlaneExperiment(PlaneSettings.of(settings), device)


def _duel(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.gan.side_by_side.duel import Duel
    from explainer.concepts.gan.side_by_side.settings import DuelSettings

    return Duel(DuelSettings(**settings), device)


def _digits(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.gan.digits.experiment import DigitGan
    from explainer.concepts.gan.digits.settings import DigitSettings

    return DigitGan(DigitSettings(**settings), device)


def _style(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.gan.style.experiment import StyleGan
    from explainer.concepts.gan.style.settings import StyleSettings

    return StyleGan(StyleSettings(**settings), device)


def _uses(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.gan.uses.experiment import SketchGan
    from explainer.concepts.gan.uses.settings import SketchSettings

    return SketchGan(SketchSettings(**settings), device)


CONCEPT = Concept(
    key="gan",
    title=Text("Generative adversarial networks", "생성적 적대 신경망"),
    summary=Text(
        "A forger and a judge learn from each other, until the forgeries pass.",
        "위조범과 감정사가 서로에게서 배우고, 마침내 가짜가 통합니다.",
    ),
    scenes=(
        Scene(
            key="plane",
            title=Text("Tug-of-war on a plane", "평면의 줄다리기"),
            steps=plane.STEPS,
            knobs=plane.KNOBS,
            experiment=_plane,
            view=on_demand("explainer.concepts.gan.plane.view:PlaneView"),
            shipped="checkpoints/gan-plane.safetensors",
            wide=True,
        ),
        Scene(
            key="side-by-side",
            title=Text("Side by side", "나란히 놓고 보기"),
            steps=side_by_side.STEPS,
            knobs=side_by_side.KNOBS,
            experiment=_duel,
            view=on_demand("explainer.concepts.gan.side_by_side.view:DuelView"),
            shipped=side_by_side.SHIPPED,
            variants=tuple(side_by_side.FILMS.values()),
            wide=True,
        ),
        Scene(
            key="misconceptions",
            title=Text("True or false?", "참일까요, 거짓일까요?"),
            steps=misconceptions.STEPS,
            knobs=misconceptions.KNOBS,
            experiment=_duel,
            view=on_demand("explainer.concepts.gan.misconceptions.view:CardsView"),
            shipped=side_by_side.SHIPPED,
            variants=tuple(side_by_side.FILMS.values()),
            wide=True,
        ),
        Scene(
            key="digits",
            title=Text("Forge handwritten digits", "손글씨 숫자 위조"),
            steps=digits.STEPS,
            knobs=digits.KNOBS,
            experiment=_digits,
            view=on_demand("explainer.concepts.gan.digits.view:DigitsView"),
            shipped="checkpoints/gan-digits.safetensors",
            variants=(digits.CONDITIONAL,),
            wide=True,
        ),
        Scene(
            key="style",
            title=Text("Styles, layer by layer", "층마다 스타일"),
            steps=style.STEPS,
            knobs=style.KNOBS,
            experiment=_style,
            view=on_demand("explainer.concepts.gan.style.view:StyleView"),
            shipped="checkpoints/gan-style.safetensors",
            wide=True,
        ),
        Scene(
            key="uses",
            title=Text("What it is good for", "어디에 쓸까"),
            steps=uses.STEPS,
            knobs=uses.KNOBS,
            experiment=_uses,
            view=on_demand("explainer.concepts.gan.uses.view:UsesView"),
            shipped="checkpoints/gan-uses.safetensors",
            wide=True,
        ),
    ),
)
