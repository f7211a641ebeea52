"""Which part of the picture a neuron sees, from the sizes of the layers before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

# The layers on the way to each map: window size comes from the shapes, stride from the kind.
_PATH = ("conv1", "pool1", "conv2", "pool2")
_SAME_AS = {"relu1": "conv1", "relu2": "conv2"}
POOL = 2


@dataclass(frozen=True, slots=True)
class Window:
    """A range of rows (or columns) of the input picture, `stop` excluded; may leave its edges."""

    start: int
    stop: int


def receptive_field(
    layer: str, row: int, column: int, weights: Mapping[str, np.ndarray]
) -> tuple[Window, Window]:
    """Return the rows and columns of the picture that one cell depends on.

    Parameters
    ----------
    layer : str
        "conv1", "relu1", "pool1", "conv2", "relu2" or "pool2".
    row, column : int
        The cell in the layer's map.
    weights : mapping
        The net's parameters by name; kernels are (maps, channels, k, k), unpadded.
    """
    path = _PATH[: _PATH.index(_SAME_AS.get(layer, layer)) + 1]
    fields = []
    for place in (row, column):
        start, stop = place, place + 1
        for name in reversed(path):
            if name.startswith("pool"):
                start, stop = start * POOL, stop * POOL
            else:
                stop += weights[f"{name}.weight"].shape[-1] - 1
        fields.append(Window(start, stop))
    return fields[0], fields[1]
