"""What may be changed in the uses scene."""

from __future__ import annotations

from explainer.lesson import Choice, Knob, Span, Text, Toggle

KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures: hole, counting, sketches, pad, learning or cards.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "hole"),
    Knob("digit", "probe", Text("Test digit", "시험 숫자"), 0, Span(0, 99)),
    Knob("x", "probe", Text("Hole, across", "구멍 가로"), 14, Span(0, 27)),
    Knob("y", "probe", Text("Hole, down", "구멍 세로"), 8, Span(0, 27)),
    Knob("side", "probe", Text("Side of the hole", "구멍의 변"), 14, Choice((8, 12, 14, 18))),
    Knob("clamped", "view", Text("Keep the known pixels", "아는 픽셀은 그대로"), True, Toggle()),
    Knob("page", "view", Text("Other sketches", "다른 스케치"), 0, Span(0, 31)),
    Knob("adversarial", "live", Text("Weight of the discriminator", "판별자의 몫"), 1.0,
         Choice((0.0, 1.0, 5.0))),
    Knob("likeness", "live", Text("Weight of L1", "L1의 몫"), 20.0, Choice((0.0, 20.0, 100.0))),
    Knob("learning_rate", "live", Text("Learning rate", "학습률"), 0.001,
         Span(0.00005, 0.02, step=10, log=True)),
    Knob("batch_size", "live", Text("Batch size", "배치 크기"), 32, Choice((16, 32, 64))),
    Knob("seed", "rebuild", Text("Seed", "시드"), 0, Span(0, 99)),
)  # fmt: skip
