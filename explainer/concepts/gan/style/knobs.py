"""What may be changed in the style scene."""

from __future__ import annotations

from explainer.lesson import Choice, Knob, Span, Text

_ANEW = Text("learned", "배운 값")

KNOBS: tuple[Knob, ...] = (
    # Which of the scene's pictures: clouds, flow, kernel, mixing, noise, truncation, deciding or
    # learning.
    Knob("picture", "view", Text("What is shown", "보여 주는 것"), "clouds"),
    Knob("digit", "view", Text("Digit in purple", "보라색 숫자"), 0, Choice(tuple(range(10)))),
    Knob("chosen", "probe", Text("Point", "점"), 21),
    Knob("fake", "probe", Text("Fake", "가짜 번호"), 0, Span(0, 99)),
    Knob("layer", "view", Text("Layer", "층"), 2, Choice((1, 2, 3, 4, 5))),
    Knob("cut", "probe", Text("B from layer", "B가 시작하는 층"), 2),
    Knob("deal", "probe", Text("Other fakes", "다른 가짜"), 6, Span(0, 11)),
    # Below 0 each layer has the strength it learned.
    Knob(
        "noise",
        "probe",
        Text("Strength of the noise", "잡음의 세기"),
        -1.0,
        Choice((-1.0, 0.1, 0.3, 1.0), (_ANEW, Text("0.1", "0.1"), Text("0.3", "0.3"),
                                       Text("1", "1"))),
    ),
    Knob("psi", "probe", Text("Truncation ψ", "절단 ψ"), 1.0, Span(0.0, 1.25, 0.05)),
    Knob("pair", "probe", Text("Other pairs", "다른 짝"), 15, Span(0, 24)),
    Knob("learning_rate", "live", Text("Learning rate", "학습률"), 0.002,
         Span(0.00005, 0.02, step=10, log=True)),
    Knob("r1", "live", Text("R1 penalty", "R1 벌점"), 1.0, Choice((0.0, 0.1, 1.0, 10.0))),
    Knob("mixing", "live", Text("Share of mixed fakes", "섞은 가짜의 몫"), 0.5,
         Choice((0.0, 0.5, 1.0))),
    Knob("batch_size", "live", Text("Batch size", "배치 크기"), 32, Choice((16, 32, 64))),
    Knob("seed", "rebuild", Text("Seed", "시드"), 0, Span(0, 99)),
)  # fmt: skip
