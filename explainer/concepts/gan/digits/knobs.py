"""What may be changed in the digits scene."""

from __future__ import annotations

from explainer.lesson import Choice, Knob, Span, Text, Toggle

_STEPS = Choice((1, 2, 3, 5))

KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures: film, live, judge, layers, copies, plane, between, asked or
    # compared.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "film"),
    Knob("fake", "probe", Text("Fake", "가짜 번호"), 0, Span(0, 59)),
    Knob("corners", "probe", Text("Other corners", "다른 모서리"), 0, Span(0, 9)),
    # Below 0 the walk goes round by itself.
    Knob("across", "probe", Text("Across", "가로"), -1.0),
    Knob("down", "probe", Text("Down", "세로"), -1.0),
    Knob("first", "probe", Text("From", "출발"), 20),
    Knob("second", "probe", Text("To", "도착"), 58),
    Knob("digit", "probe", Text("Digit asked for", "청하는 숫자"), 7, Choice(tuple(range(10)))),
    Knob("generator_steps", "live", Text("Generator updates a round", "한 번에 생성자 갱신"), 1,
         _STEPS),
    Knob("discriminator_steps", "live",
         Text("Discriminator updates a round", "한 번에 판별자 갱신"), 1, _STEPS),
    Knob("generator_rate", "live", Text("Generator's learning rate", "생성자 학습률"), 0.002,
         Span(0.00005, 0.02, step=10, log=True)),
    Knob("discriminator_rate", "live",
         Text("Discriminator's learning rate", "판별자 학습률"), 0.002,
         Span(0.00005, 0.02, step=10, log=True)),
    Knob("batch_size", "live", Text("Batch size", "배치 크기"), 32, Choice((16, 32, 64))),
    Knob("conditional", "rebuild", Text("Conditional", "조건부"), False, Toggle()),
    Knob("seed", "rebuild", Text("Seed", "시드"), 0, Span(0, 99)),
)  # fmt: skip
