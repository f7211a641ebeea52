"""Which part of the picture a unit sees, by the windows of the live modules before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explainer.models.digit_net import DigitNet

PATH = ("conv1", "pool1", "conv2", "pool2")  # the layers whose units see more than the one before
SHOWN_AS = {"conv1": "relu1", "pool1": "pool1", "conv2": "relu2", "pool2": "pool2"}


@dataclass(frozen=True, slots=True)
class Field:
    """What one unit of a layer sees of the 28 x 28 picture.

    Parameters
    ----------
    layer : str
        The layer whose output is shown: "relu1", "pool1", "relu2" or "pool2".
    kernel, stride, padding, dilation : int
        The layer's own window on the layer before.
    size : int
        Side of the receptive field, in pixels of the picture.
    jump : int
        How far apart the fields of neighbouring units lie, in pixels.
    first : int
        Left or upper edge of the first unit's field, in pixels; below 0 with padding.
    """

    layer: str
    kernel: int
    stride: int
    padding: int
    dilation: int
    size: int
    jump: int
    first: int

    def span(self, index: int) -> tuple[int, int]:
        """Return the first pixel that unit `index` sees along one axis, and how many."""
        return self.first + index * self.jump, self.size


def receptive_fields(net: DigitNet) -> tuple[Field, ...]:
    """Return what a unit of each layer along `PATH` sees, by the modules' own windows.

    Notes
    -----
    A layer adds (kernel − 1) x dilation steps of the layer before to the field, and its stride
    multiplies the step.

    References
    ----------
    A. Araujo, W. Norris and J. Sim, "Computing receptive fields of convolutional neural
    networks", Distill, 2019.
    """
    fields = []
    size, jump, first = 1, 1, 0
    for name in PATH:
        module: Any = net.get_submodule(name)
        kernel, stride = side_of(module.kernel_size), side_of(module.stride)
        padding, dilation = side_of(module.padding), side_of(module.dilation)
        first -= padding * jump
        size += (kernel - 1) * dilation * jump
        jump *= stride
        fields.append(Field(SHOWN_AS[name], kernel, stride, padding, dilation, size, jump, first))
    return tuple(fields)


def side_of(value: int | tuple[int, ...]) -> int:
    """Return the one side of a square window."""
    return int(value if isinstance(value, int) else value[0])
