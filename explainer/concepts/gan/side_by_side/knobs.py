"""What may be changed in the side-by-side scene: of both sides, and of each alone."""

from __future__ import annotations

from explainer.concepts.gan.settings import ACTIVATIONS, LOSSES, NOISES
from explainer.concepts.gan.side_by_side import words
from explainer.concepts.gan.side_by_side.settings import OWN, PLAIN, SIDES
from explainer.lesson import Choice, Control, Knob, Span, Text

_SHAPES = ("ring", "grid", "blobs", "line", "spiral")
_CONTROLS: dict[str, Control] = {
    "loss": Choice(LOSSES, tuple(words.LOSS[loss] for loss in LOSSES)),
    "r1": Choice((0.0, 0.02, 0.1, 0.2, 1.0)),
    "penalty": Choice((0.1, 1.0, 3.0, 10.0)),
    "discriminator_rate": Span(0.0001, 0.1, step=4, log=True),
    "generator_rate": Span(0.0001, 0.1, step=4, log=True),
    "discriminator_steps": Span(0, 10),
    "generator_steps": Span(0, 10),
}
_OF = Text("{side}: {name}", "{side}: {name}")


def _named(side: Text, name: Text) -> Text:
    return Text(
        _OF.en.format(side=side.en, name=name.en), _OF.ko.format(side=side.ko, name=name.ko)
    )


OF_SIDES: tuple[Knob, ...] = tuple(
    Knob(
        f"{name}_{side}",
        "live",
        _named(words.SIDE[side], words.SETTING[name]),
        getattr(PLAIN, name),
        _CONTROLS[name],
    )
    for name in OWN
    for side in SIDES
)
SHARED_KNOBS: tuple[Knob, ...] = (
    Knob(
        "shape",
        "rebuild",
        Text("Data", "데이터"),
        PLAIN.shape,
        Choice(
            _SHAPES,
            (
                Text("ring", "고리"),
                Text("grid", "격자"),
                Text("two blobs", "두 덩이"),
                Text("line", "직선"),
                Text("spiral", "나선"),
            ),
        ),
    ),
    Knob("seed", "rebuild", Text("Seed of both", "둘의 시드"), PLAIN.seed, Span(0, 99)),
    Knob("layers", "rebuild", Text("Hidden layers", "은닉층 수"), PLAIN.layers, Choice((1, 2, 3))),
    Knob(
        "units",
        "rebuild",
        Text("Units in a layer", "층마다 뉴런 수"),
        PLAIN.units,
        Choice((4, 8, 14, 24, 48)),
    ),
    Knob(
        "activation",
        "rebuild",
        Text("Activation", "활성화"),
        PLAIN.activation,
        Choice(ACTIVATIONS),
    ),
    Knob(
        "noise",
        "rebuild",
        Text("Noise", "잡음"),
        PLAIN.noise,
        Choice(NOISES, (Text("Gaussian", "정규"), Text("uniform", "균등"))),
    ),
    Knob(
        "noise_size",
        "rebuild",
        Text("Numbers of noise", "잡음의 수"),
        PLAIN.noise_size,
        Choice((1, 2, 4, 8)),
    ),
    Knob(
        "batch_size",
        "live",
        Text("Batch size", "배치 크기"),
        PLAIN.batch_size,
        Choice((32, 64, 150, 256)),
    ),
)
