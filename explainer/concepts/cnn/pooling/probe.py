"""What pooling does to the maps of a digit net, and what it saves; asked of the live net."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explainer.concepts.cnn.receptive import SHOWN_AS, Field, receptive_fields, side_of
from explainer.engine.arrays import read_only

if TYPE_CHECKING:
    from torch import Tensor, nn

    from explainer.models.digit_net import DigitNet

# torch is imported in the functions: the runner's thread calls them, and the window, which makes
# the question, need not wait for it.

Floats = NDArray[np.float32]

SHIFTS = (0, 1, 2, 3)  # pixels the drawing is pushed sideways
KINDS = ("none", "max", "average")
POOL_AFTER = {"relu1": "pool1", "relu2": "pool2"}
LAYER_AFTER = {"relu1": "conv2", "relu2": "hidden"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What is kept and what the next layer has to do, without and with pooling.

    Parameters
    ----------
    layer : str
        The next layer, "conv2" or "hidden".
    values : (int, int)
        Numbers in all maps, before and after pooling.
    multiply_adds : (int, int)
        Multiply-adds of the next layer for one picture, fed with the maps before or after.
    """

    layer: str
    values: tuple[int, int]
    multiply_adds: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """The maps of a drawing before and after pooling; arrays are read-only.

    Parameters
    ----------
    layer : str
        "relu1" or "relu2": whose maps were pooled.
    size, stride : int
        The window's side and its step, in cells of the map.
    pictures : ndarray, shape (4, 28, 28)
        The drawing pushed sideways by each of `SHIFTS`; ink 0 to 1.
    direction : int
        1 if it was pushed to the right, -1 to the left.
    maps : ndarray, shape (4, C, H, W)
        The layer's maps for each picture.
    maximum, average : ndarray, shape (4, C, h, w)
        The same, pooled.
    own : ndarray, shape (C, h, w), or None
        The net's own pooling layer on the unmoved drawing, where it has the same window.
    changes : ndarray, shape (3, 4)
        For each of `KINDS` and of `SHIFTS`: distance from the unmoved drawing's maps, divided by
        their length; NaN where those are all zero.
    layers : mapping of str to ndarray
        "relu1", "pool1", "relu2", "pool2" of the unmoved drawing, each (channels, side, side).
    fields : tuple of Field
        What a unit of each of these sees, in order.
    cost : Cost
    """

    layer: str
    size: int
    stride: int
    pictures: Floats
    direction: int
    maps: Floats
    maximum: Floats
    average: Floats
    own: Floats | None
    changes: NDArray[np.float64]
    layers: Mapping[str, Floats]
    fields: tuple[Field, ...]
    cost: Cost

    @property
    def peak(self) -> float:
        """The largest value of all maps of the unmoved drawing; pooling never exceeds it."""
        return float(self.maps[0].max())

    def pooled(self, kind: str) -> Floats:
        """Return the maps of the unmoved drawing, "max" or "average" pooled: (C, h, w)."""
        return (self.maximum if kind == "max" else self.average)[0]


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Pool a layer's maps by the maximum and by the average.

    Parameters
    ----------
    image : ndarray of float32, shape (28, 28)
        Ink 0 to 1.
    layer : str
        "relu1" or "relu2".
    size, stride : int
        The window's side and its step, in cells; the step is at most the side.
    """

    image: Floats
    layer: str
    size: int
    stride: int

    def read(self, net: DigitNet) -> Pooled:
        """Return the maps of the drawing and of its shifts, before and after pooling."""
        import torch
        import torch.nn.functional as F

        pictures, direction = pushed(self.image)
        with torch.no_grad():
            layers = net.layers(net.batch(pictures))
            maps = layers[self.layer]  # (4, C, H, W)
            maximum = F.max_pool2d(maps, self.size, self.stride)
            average = F.avg_pool2d(maps, self.size, self.stride)
        pool = net.get_submodule(POOL_AFTER[self.layer])
        is_own = side_of(pool.kernel_size) == self.size and side_of(pool.stride) == self.stride
        results = {name: read_only(layers[name][0]) for name in SHOWN_AS.values()}
        return Pooled(
            layer=self.layer,
            size=self.size,
            stride=self.stride,
            pictures=pictures,
            direction=direction,
            maps=read_only(maps),
            maximum=read_only(maximum),
            average=read_only(average),
            own=results[POOL_AFTER[self.layer]] if is_own else None,
            changes=np.array([relative_changes(m) for m in (maps, maximum, average)]),
            layers=MappingProxyType(results),
            fields=receptive_fields(net),
            cost=cost_of(net.get_submodule(LAYER_AFTER[self.layer]), self.layer, maps, maximum),
        )


def pushed(image: Floats) -> tuple[Floats, int]:
    """Push a picture sideways by each of `SHIFTS`, to the side where no ink is lost.

    Returns
    -------
    pictures : ndarray, shape (4, 28, 28)
    direction : int
        1 for right, -1 for left.

    Notes
    -----
    A centred digit is at most 20 pixels wide, so one of its sides has room for 3 pixels.
    """
    most = max(SHIFTS)
    direction = -1 if image[:, -most:].any() and not image[:, :most].any() else 1
    pictures = np.zeros((len(SHIFTS), *image.shape), np.float32)
    for picture, shift in zip(pictures, SHIFTS, strict=True):
        end = image.shape[1] - shift
        if direction > 0:
            picture[:, shift:] = image[:, :end]
        else:
            picture[:, :end] = image[:, shift:]
    pictures.flags.writeable = False
    return pictures, direction


def relative_changes(maps: Tensor) -> list[float]:
    """Return ‖f(x) − f(x pushed)‖ / ‖f(x)‖ over all maps, for maps of shape (shifts, C, H, W)."""
    length = float(maps[0].norm())
    if length == 0:
        return [float("nan")] * len(maps)
    return [float((pushed_maps - maps[0]).norm()) / length for pushed_maps in maps]


def multiply_adds(layer: nn.Module, channels: int, height: int, width: int) -> int:
    """Count a layer's multiply-adds for one picture's maps, by the layer's own attributes.

    Parameters
    ----------
    layer : Conv2d or Linear
        A linear layer is counted as one that takes all the values, as wide as that makes it.
    channels, height, width : int
        Shape of the maps it is fed with.

    Raises
    ------
    TypeError
        For another kind of layer.
    """
    from torch import nn

    if isinstance(layer, nn.Linear):
        return channels * height * width * layer.out_features
    if not isinstance(layer, nn.Conv2d):
        raise TypeError(f"cannot count the multiply-adds of {type(layer).__name__}")
    positions = 1
    for axis, side in enumerate((height, width)):
        reach = layer.dilation[axis] * (layer.kernel_size[axis] - 1)
        room = side + 2 * int(layer.padding[axis]) - reach - 1
        positions *= max(room // layer.stride[axis] + 1, 0)
    taps = layer.weight[0].numel()  # products for one output: channels a group x kernel
    return layer.out_channels * positions * taps


def cost_of(following: nn.Module, layer: str, before: Tensor, after: Tensor) -> Cost:
    """Return what pooling one layer's maps, shape (B, C, H, W), saves the layer that follows."""
    return Cost(
        layer=LAYER_AFTER[layer],
        values=(before[0].numel(), after[0].numel()),
        multiply_adds=(
            multiply_adds(following, *before.shape[1:]),
            multiply_adds(following, *after.shape[1:]),
        ),
    )
