"""The opened map: where it lies in the net, and the arrays behind it and one of its pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.cnn.draw.layout import DrawLayout
from explainer.concepts.cnn.draw.maps import NAMES
from explainer.lesson import Text
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Target
from explainer.stage.lettering import CENTRE, SEMIBOLD, width, write

Floats = NDArray[np.float32]

NETWORK = Text("Network", "신경망")
MAP = Text("Map {n}", "지도 {n}")
PIXEL = Text("Row {row}, column {column}", "행 {row}, 열 {column}")


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """What a map of a convolution is made of; C channels come in.

    Parameters
    ----------
    source : ndarray, shape (C, height, width)
        What comes in.
    kernels : ndarray, shape (C, k, k)
    terms : ndarray, shape (C, rows, columns)
        What each channel gives, before the sum.
    bias : float
    maps : mapping of str to ndarray
        "sum" with the bias, "relu" and "pool" after it: (rows, columns) each.
    source_peak, weight_peak, peak : float
        Largest magnitudes: of what comes in, of the layer's weights and of its sums.
    """

    source: Floats
    kernels: Floats
    terms: Floats
    bias: float
    maps: Mapping[str, Floats]
    source_peak: float
    weight_peak: float
    peak: float


@dataclass(frozen=True, slots=True, eq=False)
class Pixel:
    """One pixel of an opened map.

    Parameters
    ----------
    row, column : int
    windows : ndarray, shape (C, k, k)
        What the kernels lie on.
    products : ndarray, shape (C, k, k)
        Windows times kernels.
    partial : ndarray, shape (C,)
        What each channel gives, as the module has it.
    z, y : float
        The module's value before and after ReLU.
    """

    row: int
    column: int
    windows: Floats
    products: Floats
    partial: Floats
    z: float
    y: float

    @property
    def strongest(self) -> int:
        """The channel that gives most, of either sign."""
        return int(np.abs(self.partial).argmax())


def pixel_at(frame: Frame) -> tuple[int, int] | None:
    """Return (row, column) of the opened pixel, or None if a whole map is open.

    A selection that ends in "peak" means the pixel that answers most to the drawing.
    """
    chosen = frame.selection
    if len(chosen) == 4:
        return int(chosen[2]), int(chosen[3])
    if len(chosen) == 3 and frame.answer is not None:
        values = frame.answer.layers[f"relu{str(chosen[0])[-1]}"][int(chosen[1])]
        row, column = divmod(int(values.argmax()), values.shape[1])
        return row, column
    return None


def crumbs(layout: DrawLayout, frame: Frame) -> tuple[tuple[QRectF, str, Target], ...]:
    """Return the path back up: rectangle, wording and selection of each level."""
    chosen = frame.selection
    parts: list[tuple[str, Target]] = [(frame.say(NETWORK), ())]
    name, index = str(chosen[0]), int(chosen[1])
    parts.append((f"{frame.say(NAMES[name])} · {frame.say(MAP, n=index + 1)}", chosen[:2]))
    at = pixel_at(frame)
    if at is not None:
        parts.append((frame.say(PIXEL, row=at[0] + 1, column=at[1] + 1), chosen))
    px = 15 * layout.room.type
    x, result = layout.zoom.x(), []
    for wording, target in parts:
        wide = width(wording, px, SEMIBOLD) + 32
        result.append((QRectF(x, layout.zoom.y(), wide, 34), wording, target))
        x += wide + 26
    return tuple(result)


def draw_crumbs(painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours) -> None:
    """Draw the path back up."""
    found = crumbs(layout, frame)
    for place, (box, wording, _) in enumerate(found):
        is_last = place == len(found) - 1
        painter.setPen(QPen(colours.amber if is_last else colours.line, 2 if is_last else 1))
        painter.setBrush(colours.amber_soft if is_last else colours.surface)
        painter.drawRoundedRect(box, 17, 17)
        ink = colours.ink if is_last else colours.muted
        write(painter, box, wording, 15 * layout.room.type, ink, SEMIBOLD, CENTRE)
        if not is_last:
            gap = QRectF(box.right(), box.y(), 26, box.height())
            write(painter, gap, "›", 18, colours.muted, align=CENTRE)


def opened_map(frame: Frame) -> Opened | None:
    """Return the arrays behind the selected map, or None where it is no convolution's."""
    name, index = str(frame.selection[0]), int(frame.selection[1])
    answer = frame.answer
    if answer is None or not name.startswith("conv"):
        return None
    layer, weights = name[-1], frame.snapshot.weights
    source = answer.image[None] if layer == "1" else answer.layers["pool1"]
    terms = answer.conv1_terms if layer == "1" else answer.conv2_terms
    names = {"sum": name, "relu": f"relu{layer}", "pool": f"pool{layer}"}
    return Opened(
        source=source,
        kernels=weights[f"{name}.weight"][index],
        terms=terms[index],
        bias=float(weights[f"{name}.bias"][index]),
        maps={key: answer.layers[found][index] for key, found in names.items()},
        source_peak=float(np.abs(source).max()),
        weight_peak=float(np.abs(weights[f"{name}.weight"]).max()),
        peak=float(np.abs(answer.layers[name]).max()),
    )


def opened_pixel(frame: Frame) -> Pixel | None:
    """Return windows, kernels and sums of the chosen pixel; None where none is chosen."""
    found, at = opened_map(frame), pixel_at(frame)
    if found is None or at is None:
        return None
    row, column = at
    k = found.kernels.shape[-1]
    windows = found.source[:, row : row + k, column : column + k]
    return Pixel(
        row, column, windows, windows * found.kernels, found.terms[:, row, column],
        float(found.maps["sum"][row, column]), float(found.maps["relu"][row, column]),
    )  # fmt: skip
