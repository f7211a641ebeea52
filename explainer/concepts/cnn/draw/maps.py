"""What the columns of the drawing scene show of the answer, and which map is in the light."""

from __future__ import annotations

from typing import Any

import numpy as np

from explainer.lesson import Text
from explainer.stage.frame import Frame

NAMES = {
    "conv1": Text("Conv 1", "합성곱 1"),
    "relu1": Text("ReLU 1", "ReLU 1"),
    "pool1": Text("Pool 1", "풀링 1"),
    "conv2": Text("Conv 2", "합성곱 2"),
    "relu2": Text("ReLU 2", "ReLU 2"),
    "pool2": Text("Pool 2", "풀링 2"),
}


def shown_maps(frame: Frame, column: str) -> np.ndarray:
    """Return a column's maps (n, rows, columns): conv columns before or after ReLU by the knob."""
    layers = frame.answer.layers
    if column.startswith("conv") and frame.knobs.get("shown") == "relu":
        return layers[column.replace("conv", "relu")]
    return layers[column]


def peak_of(frame: Frame, column: str) -> float:
    """Return the largest magnitude of the column's convolution, so that its pooling agrees."""
    return float(np.abs(frame.answer.layers["conv" + column[-1]]).max())


def spot(frame: Frame) -> tuple[Any, ...]:
    """Return the map in the light: the one hovered, else the one the step points to."""
    if frame.hover and frame.hover[0] in NAMES:
        return frame.hover
    pointed = str(frame.knobs.get("spot", ""))
    if not pointed or frame.hover:
        return ()
    name, index = pointed.split("/")
    return (name, int(index))


def sources_of(lit: tuple[Any, ...]) -> set[tuple[str, int]]:
    """Return the maps that a map in the light is made of, and what is made of it alone."""
    if not lit:
        return set()
    name, index = str(lit[0]), int(lit[1])
    if name == "conv2":
        return {("pool1", i) for i in range(8)} | {("pool2", index)}
    if name.startswith("pool"):
        return {("conv" + name[-1], index)}
    return {("pool1", index)}
