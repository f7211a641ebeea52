"""Convolutional networks: four scenes over one live network that reads digits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explainer.concepts.cnn.convolution import lesson as convolution
from explainer.concepts.cnn.draw import lesson as draw
from explainer.concepts.cnn.pooling import lesson as pooling
from explainer.concepts.cnn.training import lesson as training
from explainer.concepts.on_demand import on_demand
from explainer.lesson import Concept, Scene, Text

SHIPPED = "checkpoints/cnn.safetensors"


def _experiment(settings: Mapping[str, Any], device: str) -> Any:
    from explainer.concepts.cnn.experiment import DigitExperiment, Settings

    return DigitExperiment(Settings(**settings), device)


CONCEPT = Concept(
    key="cnn",
    title=Text("Convolutional networks", "합성곱 신경망"),
    summary=Text(
        "Small windows slide over a picture and turn pixels into an answer.",
        "작은 창이 그림 위를 미끄러지며 픽셀을 답으로 바꿉니다.",
    ),
    scenes=(
        Scene(
            key="draw",
            title=Text("Draw a digit", "숫자 그려 보기"),
            steps=draw.STEPS,
            knobs=draw.KNOBS,
            experiment=_experiment,
            view=on_demand("explainer.concepts.cnn.draw.view:DrawView"),
            shipped=SHIPPED,
        ),
        Scene(
            key="convolution",
            title=Text("Convolution", "합성곱 한 칸씩"),
            steps=convolution.STEPS,
            knobs=convolution.KNOBS,
            experiment=_experiment,
            view=on_demand("explainer.concepts.cnn.convolution.view:ConvolutionView"),
            shipped=SHIPPED,
            wide=True,
        ),
        Scene(
            key="pooling",
            title=Text("Pooling", "풀링"),
            steps=pooling.STEPS,
            knobs=pooling.KNOBS,
            experiment=_experiment,
            view=on_demand("explainer.concepts.cnn.pooling.view:PoolingView"),
            shipped=SHIPPED,
            wide=True,
        ),
        Scene(
            key="training",
            title=Text("Watch it learn", "학습 지켜보기"),
            steps=training.STEPS,
            knobs=training.KNOBS,
            experiment=_experiment,
            view=on_demand("explainer.concepts.cnn.training.view:TrainingView"),
            shipped=SHIPPED,
            wide=True,
        ),
    ),
)
