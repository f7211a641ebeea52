"""What may be changed in the plane scene, and what its buttons change at once; no Qt."""

from __future__ import annotations

from collections.abc import Mapping

from explainer.concepts.gan.settings import LOSSES, PRESETS, PlaneSettings
from explainer.concepts.gan.shapes import SHAPES
from explainer.lesson import Choice, Knob, Span, Text, Value

_D = PlaneSettings()
_RATES = Span(0.0001, 0.1, step=10, log=True)

_UNDRAWN = Text("nothing is drawn yet", "아직 그린 것이 없습니다")


def _possible_shapes(values: Mapping[str, Value]) -> tuple[tuple[Value, ...], Text]:
    """Return the shapes there are; what was drawn only where something was."""
    shapes = SHAPES if values.get("points") else tuple(s for s in SHAPES if s != "drawn")
    return shapes, _UNDRAWN


KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures: flow, map, arrows, round, tug, best, balance, collapse or own.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "map"),
    Knob(
        "loss",
        "live",
        Text("Loss", "손실 함수"),
        _D.loss,
        Choice(
            LOSSES,
            (
                Text("non-saturating", "비포화"),
                Text("minimax", "미니맥스"),
                Text("least squares", "최소제곱"),
                Text("WGAN-GP", "WGAN-GP"),
            ),
        ),
    ),
    Knob("r1", "live", Text("R1 penalty γ", "R1 벌점 γ"), _D.r1, Span(0.0, 1.0, 0.05)),
    Knob(
        "penalty",
        "live",
        Text("WGAN-GP penalty λ", "WGAN-GP 벌점 λ"),
        _D.penalty,
        Span(0.0, 10.0, 0.5),
    ),
    Knob(
        "smoothing",
        "live",
        Text("Label smoothing", "라벨 스무딩"),
        _D.smoothing,
        Span(0.0, 0.5, 0.05),
    ),
    Knob(
        "discriminator_rate",
        "live",
        Text("D's learning rate", "D 학습률"),
        _D.discriminator_rate,
        _RATES,
    ),
    Knob(
        "generator_rate", "live", Text("G's learning rate", "G 학습률"), _D.generator_rate, _RATES
    ),
    Knob(
        "discriminator_steps",
        "live",
        Text("D's updates a round", "라운드마다 D 갱신"),
        _D.discriminator_steps,
        Span(0, 10),
    ),
    Knob(
        "generator_steps",
        "live",
        Text("G's updates a round", "라운드마다 G 갱신"),
        _D.generator_steps,
        Span(0, 10),
    ),
    Knob(
        "batch_size",
        "live",
        Text("Batch size", "배치 크기"),
        _D.batch_size,
        Choice((16, 50, 150, 500)),
    ),
    Knob(
        "shape",
        "rebuild",
        Text("Data (starts anew)", "데이터 (새로 시작)"),
        _D.shape,
        Choice(
            SHAPES,
            (
                Text("ring of 8", "고리 8개"),
                Text("5×5 grid", "5×5 격자"),
                Text("two blobs", "두 덩어리"),
                Text("line", "선"),
                Text("spiral", "나선"),
                Text("drawn", "내가 그린 점"),
            ),
        ),
        limits=_possible_shapes,
    ),
    Knob("points", "rebuild", Text("Drawn points", "그린 점"), _D.points),
    Knob("preset", "rebuild", Text("Beginning", "시작 설정"), _D.preset),
    Knob(
        "layers",
        "rebuild",
        Text("Hidden layers (starts anew)", "은닉층 수 (새로 시작)"),
        _D.layers,
        Choice((1, 2, 3)),
    ),
    Knob(
        "units",
        "rebuild",
        Text("Units a layer (starts anew)", "층마다 뉴런 (새로 시작)"),
        _D.units,
        Choice((4, 8, 14, 32)),
    ),
    Knob(
        "activation",
        "rebuild",
        Text("Activation (starts anew)", "활성화 (새로 시작)"),
        _D.activation,
        Choice(
            ("leaky-relu", "relu", "tanh"),
            (
                Text("leaky ReLU", "누수 ReLU"),
                Text("ReLU", "ReLU"),
                Text("tanh", "tanh"),
            ),
        ),
    ),
    Knob(
        "optimiser",
        "rebuild",
        Text("Optimiser (starts anew)", "최적화 방법 (새로 시작)"),
        _D.optimiser,
        Choice(("adam", "sgd"), (Text("Adam", "Adam"), Text("SGD", "SGD"))),
    ),
    Knob(
        "noise",
        "rebuild",
        Text("Noise (starts anew)", "잡음 (새로 시작)"),
        _D.noise,
        Choice(
            ("gaussian", "uniform"),
            (Text("Gaussian", "정규 분포"), Text("uniform", "균등 분포")),
        ),
    ),
    Knob(
        "noise_size",
        "rebuild",
        Text("Noise numbers (starts anew)", "잡음 크기 (새로 시작)"),
        _D.noise_size,
        Choice((1, 2, 4, 8)),
    ),
    Knob("seed", "rebuild", Text("Seed", "시드"), _D.seed, Span(0, 99)),
)

LIVE = tuple(knob.key for knob in KNOBS if knob.kind == "live")
# What a named beginning may change while the two go on.
_RULED = tuple(key for key in LIVE if any(key in preset for preset in PRESETS.values()))


def pressed(button: str) -> Mapping[str, Value]:
    """Return what a button of the board sets; empty for one that sets nothing.

    A net that is to learn again comes first: both may not stand still, not even for a moment.
    """
    match button:
        case "both":
            return {"discriminator_steps": 1, "generator_steps": 1}
        case "only-d":
            return {"discriminator_steps": 1, "generator_steps": 0}
        case "only-d-free":
            return {"discriminator_steps": 1, "generator_steps": 0, "r1": 0.0}
        case "only-g":
            return {"generator_steps": 1, "discriminator_steps": 0}
    preset = {"strong": "strong-judge", "collapse": "collapse", "balanced": "balanced"}.get(button)
    if preset is None:
        return {}
    wanted = {key: getattr(_D, key) for key in _RULED} | dict(PRESETS[preset])
    return dict(sorted(wanted.items(), key=lambda item: item[1] in (0, "0")))
