"""The cards beside the drawing scene: a map, a cell, a digit, the best guesses, a pixel."""

from __future__ import annotations

from typing import Any

import numpy as np

from explainer.concepts.cnn.draw.maps import NAMES, peak_of, shown_maps, spot
from explainer.concepts.cnn.draw.opened import opened_map, opened_pixel
from explainer.lesson import Text
from explainer.stage.frame import Frame, Lens
from explainer.stage.lettering import number, percent

MAP_OF = Text("{layer} · map {n}", "{layer} · 지도 {n}")
LARGEST = Text("largest", "최대")
SMALLEST = Text("smallest", "최소")
CELL = Text("row {row}, column {column}", "행 {row}, 열 {column}")
SEES = Text("sees on the picture", "그림에서 보는 범위")
AREA = Text("{side}×{side} pixels", "{side}×{side} 픽셀")
DIGIT = Text("Is it a {n}?", "숫자 {n}일까?")
CHANCE = Text("probability", "확률")
LOGIT = Text("logit", "로짓")
TOP = Text("The three best guesses", "가장 그럴듯한 셋")
SAME = Text("PyTorch gives the same", "파이토치가 낸 값과 같습니다")
OTHER = Text("PyTorch gives another value", "파이토치가 낸 값과 다릅니다")
OURS = Text("our sum z", "우리가 더한 z")
APART = Text("difference", "차이")
AFTER_RELU = Text("after ReLU", "ReLU 뒤")
LIFTS = Text("lifts {digit} most", "가장 밀어 올리는 {digit}")
SINKS = Text("lowers {digit} most", "가장 끌어내리는 {digit}")
SO_FAR = Text("{n} of {c} channels added", "채널 {c}개 가운데 {n}개를 더함")
RUNNING = Text("sum so far", "지금까지의 합")


def card(frame: Frame, reached: float) -> Lens | None:
    """Return the card of what is hovered, lit or opened; without any the best guesses.

    Parameters
    ----------
    reached : float
        Beats of an opened pixel reached so far: its sum is told when it has been added up.
    """
    if frame.answer is None:
        return None
    if frame.selection:
        return _opened_card(frame, reached)
    if frame.hover and frame.hover[0] == "bar":
        return _digit_card(frame, int(frame.hover[1]))
    lit = spot(frame)
    return _map_card(frame, lit) if lit else _guess_card(frame)


def _map_card(frame: Frame, lit: tuple[Any, ...]) -> Lens:
    name, index = str(lit[0]), int(lit[1])
    values = shown_maps(frame, name)[index]
    rows = []
    if name[-1] == "2":
        pushes = frame.answer.map_shares[:, index]
        for text, digit in ((LIFTS, int(pushes.argmax())), (SINKS, int(pushes.argmin()))):
            push = float(pushes[digit])
            sign = "+" if push > 0 else ""
            rows.append((frame.say(text, digit=digit), sign + number(push, 2)))
    rows.append((frame.say(LARGEST), number(float(values.max()), 2)))
    rows.append((frame.say(SMALLEST), number(float(values.min()), 2)))
    if len(lit) == 4:
        row, column = int(lit[2]), int(lit[3])
        side = frame.answer.fields[name].size
        area = frame.say(AREA, side=side)
        shown = number(float(values[row, column]), 4)
        at = frame.say(CELL, row=row + 1, column=column + 1)
        rows = [(at, shown), (frame.say(SEES), area)]
    title = frame.say(MAP_OF, layer=frame.say(NAMES[name]), n=index + 1)
    return Lens(title, tuple(rows), values, peak_of(frame, name))


def _digit_card(frame: Frame, digit: int) -> Lens:
    answer = frame.answer
    return Lens(
        frame.say(DIGIT, n=digit),
        (
            (frame.say(LOGIT), number(float(answer.layers["logits"][digit]), 3)),
            (frame.say(CHANCE), percent(float(answer.probabilities[digit]))),
        ),
    )


def _guess_card(frame: Frame) -> Lens:
    chances = frame.answer.probabilities
    best = np.argsort(chances)[::-1][:3]
    rows = tuple((str(int(d)), percent(float(chances[d]))) for d in best)
    return Lens(frame.say(TOP), rows)


def _opened_card(frame: Frame, reached: float) -> Lens | None:
    found, pixel = opened_map(frame), opened_pixel(frame)
    if found is None or pixel is None:
        return _map_card(frame, frame.hover if len(frame.hover) == 4 else frame.selection[:2])
    channels, name, index = len(pixel.partial), *frame.selection[:2]
    place = f"{name}[{index}, {pixel.row}, {pixel.column}]"
    if reached < channels + 1:
        done = min(int(reached), channels)
        running = float(pixel.partial[:done].sum(dtype=np.float64))
        title = frame.say(SO_FAR, n=done, c=channels)
        return Lens(title, ((frame.say(RUNNING), number(running, 5)), (place, "…")))
    added = float(pixel.partial.sum(dtype=np.float64)) + found.bias
    apart = abs(added - pixel.z)
    return Lens(
        frame.say(SAME if apart < 1e-5 else OTHER),
        (
            (frame.say(OURS), number(added, 5)),
            (place, number(pixel.z, 5)),
            (frame.say(APART), "0" if apart == 0 else f"{apart:.0e}"),
            (frame.say(AFTER_RELU), number(pixel.y, 5)),
        ),
        good=apart < 1e-5,
    )
