"""A session without a model: what the window is tested against."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
from PySide6.QtGui import QPainter

from explainer.engine.film import Strip, Track
from explainer.lesson import Choice, Concept, Grid, Knob, Scene, Span, Step, Text, Toggle
from explainer.shell.source import Source
from explainer.stage.colours import COLOURS
from explainer.stage.frame import Beat, Frame, Lens, Room
from explainer.stage.lettering import CENTRE, SEMIBOLD, write
from explainer.stage.view import View

KNOBS = (
    Knob("brush", "view", Text("Brush width", "붓 굵기"), 17, Span(4, 40)),
    Knob(
        "values", "view", Text("Map values", "특징 지도 값"), "conv",
        Choice(("conv", "relu"), (Text("Convolution", "합성곱 값"), Text("After ReLU", "ReLU 뒤"))),
    ),
    Knob("centre", "view", Text("Centre the digit", "가운데 맞춤"), True, Toggle()),
    Knob("learning_rate", "live", Text("Learning rate", "학습률"), 1e-3, Span(1e-4, 1, 3, True)),
    Knob("batch", "live", Text("Batch size", "배치 크기"), 32, Choice((8, 16, 32, 64, 128, 256))),
    Knob("kernel", "probe", Text("Kernel", "커널"), (0.0, -1.0, 0.0) * 3, Grid()),
)  # fmt: skip

BODY = Text(
    "The pen moves and the digit is centred as the net **has learned it**.\n\nPoint at a map. "
    "Each of the **six maps** before it goes through a kernel of its own.",
    "붓을 움직이면 그림이 한가운데로 옮겨져 **28×28** 숫자가 됩니다.\n\n특징 지도 하나를 짚어 "
    "보세요. 앞 층의 **여섯 지도**가 저마다 다른 커널을 거쳐 그 한 장에 모입니다.",
)


class PlainView(View):
    def layout_in(self, frame: Frame, room: Room) -> Any:
        return SimpleNamespace(room=room)

    def draw_still(self, painter: QPainter, layout: Any, frame: Frame, colours: Any) -> None:
        from PySide6.QtCore import QRectF

        area = QRectF(28, 28, layout.room.width - 56, 660)
        painter.setPen(colours.line)
        painter.drawRect(area)
        write(painter, area, frame.say(frame.step.title), 40, colours.muted, SEMIBOLD, CENTRE)


def step(key: str, en: str, ko: str, controls: tuple[str, ...], code: str | None = None) -> Step:
    return Step(key, Text(en, ko), BODY, BODY, (), controls=controls, code=code)


def scene(key: str, en: str, ko: str, controls: tuple[str, ...], wide: bool, count: int) -> Scene:
    steps = tuple(
        step(f"{key}{i}", f"{en}, layer by layer {i}", f"그리는 대로 층층이 흐른다 {i}", controls,
             "explainer.lesson:Text" if i == 1 else None)
        for i in range(1, count + 1)
    )  # fmt: skip
    return Scene(key, Text(en, ko), steps, lambda *a: None, PlainView, KNOBS, wide=wide)


CNN = Concept(
    "cnn", Text("Convolution (CNN)", "합성곱 신경망"),
    Text("A net that sees.", "보는 신경망."),
    (
        scene("draw", "Draw a digit", "숫자 그려 보기", ("brush", "values", "centre"), False, 8),
        scene("convolution", "Convolution", "합성곱 한 칸씩", ("kernel", "brush"), True, 10),
        scene("pooling", "Pooling", "풀링", (), False, 4),
        scene("training", "Watch it learn", "학습 지켜보기", ("learning_rate", "batch"), True, 6),
    ),
)  # fmt: skip
RNN = replace(CNN, key="rnn", title=Text("Recurrent nets", "순환 신경망"))


def film(step: int = 1500, branch: bool = True) -> Strip:
    rng = np.random.default_rng(0)
    steps = np.arange(1, 1501)
    loss = 2.3 / (1 + np.exp((steps - 80) / 25)) + 0.25 + 0.08 * rng.standard_normal(1500)
    accuracy = np.arange(50, 1501, 50), np.linspace(0.4, 0.958, 30)
    kept = np.unique((np.arange(0, 38.7, 0.35) ** 2).astype(int))
    root = Track(None, 0, 1500, (), {"loss": (steps, loss), "test_accuracy": accuracy}, kept)
    tracks = [root]
    if branch:
        own = steps[steps > 900]
        worse = {"loss": (own, loss[own - 1] - 0.12)}
        changed = (("learning_rate", 0.004),)
        tracks.append(Track(0, 900, 1500, changed, worse, np.array([900]), id=1))
    return Strip(tuple(tracks), 0, step)


class FakeSession:
    """The Session's interface over constants; `calls` notes what the window asked for."""

    def __init__(self) -> None:
        self.concepts = (CNN, RNN)
        self.concept, self.scene, self.step = CNN, CNN.scenes[0], CNN.scenes[0].steps[0]
        self.language, self.theme = "ko", "light"
        self.font_scale, self.reduced_motion = 1.0, False
        self.trains = True
        self.time, self.duration, self.playing, self.lesson_speed = 11.0, 18.0, False, 1.0
        self.training, self.training_speed, self.shows_own_run = False, None, True
        self.waiting = self.preparing = self.can_go_back = False
        self.device_text = "CPU"
        self.report: Any = SimpleNamespace(film=film(), rate=812.0, snapshot=object())
        self.problem: Any = None
        self.offers: tuple[tuple[str, Text], ...] = ()
        self.lens: Lens | None = None
        self.code: Source | None = None
        self.knob_values = {knob.key: knob.default for knob in KNOBS}
        self.beats = tuple(Beat("", at) for at in (0.0, 4.0, 8.0, 11.0, 14.0, 18.0))
        self.calls: list[tuple[Any, ...]] = []
        self.closed = False
        self._views: dict[str, View] = {}
        self._frame: Frame | None = None
        self._drawing = np.zeros((280, 280), np.float32)

    @property
    def place(self) -> tuple[str, str, str]:
        return self.concept.key, self.scene.key, self.step.key

    @property
    def step_number(self) -> tuple[int, int]:
        return self.scene.steps.index(self.step), len(self.scene.steps)

    @property
    def is_first(self) -> bool:
        return self.step_number[0] == 0

    @property
    def is_last(self) -> bool:
        index, count = self.step_number
        return index == count - 1

    @property
    def view(self) -> View:
        return self._views.setdefault(self.scene.key, PlainView())

    @property
    def frame(self) -> Frame | None:
        return self._frame

    @property
    def controls(self) -> tuple[Knob, ...]:
        return tuple(knob for knob in KNOBS if knob.key in self.step.controls)

    def go(self, concept: str, scene: str | None = None, step: str | None = None) -> None:
        self.concept = next(c for c in self.concepts if c.key == concept)
        self.scene = self.concept.scene(scene) if scene else self.concept.scenes[0]
        self.step = self.scene.step(step) if step else self.scene.steps[0]
        self.restyle()

    def next_step(self) -> None:
        self.calls.append(("next_step",))
        index, count = self.step_number
        self.step = self.scene.steps[min(index + 1, count - 1)]
        self.restyle()

    def previous_step(self) -> None:
        self.calls.append(("previous_step",))
        self.step = self.scene.steps[max(self.step_number[0] - 1, 0)]
        self.restyle()

    def restyle(self) -> None:
        self._frame = Frame(self.step, language=self.language, drawing=self._drawing)
        self.view.show_frame(self._frame, self.time, COLOURS[self.theme], self.font_scale)

    def tick(self, seconds: float) -> bool:
        if self._frame is None:
            self.restyle()
            return True
        return False

    def play_lesson(self, on: bool) -> None:
        self.playing = on
        self.calls.append(("play_lesson", on))

    def set_reduced_motion(self, on: bool) -> None:
        self.reduced_motion = on
        self.calls.append(("set_reduced_motion", on))

    def train(self, on: bool) -> None:
        self.training = on
        self.calls.append(("train", on))

    def set_knob(self, key: str, value: Any) -> None:
        self.knob_values = {**self.knob_values, key: value}
        self.calls.append(("set_knob", key, value))

    def set_training_speed(self, speed: float | None) -> None:
        self.training_speed = speed
        self.calls.append(("set_training_speed", speed))

    def seek_lesson(self, time: float) -> None:
        self.time = time
        self.calls.append(("seek_lesson", time))

    def allowed(self, knob: Knob) -> tuple[Any, Any]:
        return None, None

    def close(self) -> None:
        self.closed = True

    def __getattr__(self, name: str) -> Any:
        if name not in ("beat", "train_step", "reset", "seek_film", "return_to_own_run",
                        "take_offer", "dismiss", "reset_all"):  # fmt: skip
            raise AttributeError(name)

        def call(*args: Any) -> None:
            self.calls.append((name, *args))

        return call
