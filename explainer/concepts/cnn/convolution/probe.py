"""Convolution window by window: of the live net's layers, and of a kernel one makes oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explainer.concepts.cnn.convolution.convolved import Convolved
from explainer.concepts.cnn.convolution.hand_made import Kernel, named_kernel
from explainer.concepts.cnn.rank import by_strength
from explainer.engine.arrays import read_only

if TYPE_CHECKING:
    from torch import Tensor, nn

    from explainer.models.digit_net import DigitNet

# torch is imported in the functions: the runner's thread calls them, and the window, which makes
# the question, need not wait for it.

Floats = NDArray[np.float32]

RELU_OF = {"conv1": "relu1", "conv2": "relu2"}
SOURCE_OF = {"conv1": "image", "conv2": "pool1"}
HAND_MADE = ("identity", "edges", "sobel_x", "sobel_y", "blur", "sharpen", "emboss")


def convolve(
    x: Tensor, kernel: Tensor, bias: float, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Tensor:
    """Convolve and rectify one picture, every number by itself; PyTorch does the same, faster.

    Parameters
    ----------
    x : Tensor, shape (channels, height, width)
    kernel : Tensor, shape (channels, k, k)
    bias : float
    stride, padding, dilation : int
        In pixels; padding is filled with zeros.

    Returns
    -------
    Tensor, shape (new height, new width)
    """
    channels, height, width = x.shape
    padded = x.new_zeros(channels, height + 2 * padding, width + 2 * padding)
    padded[:, padding : padding + height, padding : padding + width] = x
    reach = dilation * (kernel.shape[-1] - 1) + 1
    rows = output_side(height, kernel.shape[-1], stride, padding, dilation)
    columns = output_side(width, kernel.shape[-1], stride, padding, dilation)
    y = x.new_zeros(rows, columns)
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            window = padded[:, top : top + reach : dilation, left : left + reach : dilation]
            products = window * kernel
            sums = products.sum(dim=(1, 2))  # one for each channel
            z = sums.sum() + bias
            y[row, column] = z.clamp(min=0)  # ReLU
    return y


def output_side(side: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    """Return how many windows fit along one axis; below 1 if none does."""
    reach = dilation * (kernel - 1)
    return (side + 2 * padding - reach - 1) // stride + 1


@dataclass(frozen=True, slots=True, eq=False)
class ReadMap:
    """How one map of the net's convolutions came about.

    Parameters
    ----------
    image : ndarray of float32, shape (28, 28)
        Ink 0 to 1.
    layer : str
        "conv1" or "conv2".
    place : int
        The map, counted from 0, the strongest first, so that no silent map is shown.
    """

    image: Floats
    layer: str
    place: int

    def read(self, net: DigitNet) -> Convolved:
        """Return the map with its input, kernel and bias."""
        import torch

        picture = net.batch(self.image[None])
        with torch.no_grad():
            outputs = {"image": picture, **net.layers(picture)}
        module: nn.Conv2d = net.get_submodule(self.layer)  # type: ignore[assignment]
        source, conv = outputs[SOURCE_OF[self.layer]][0], outputs[self.layer][0]
        relu = read_only(outputs[RELU_OF[self.layer]][0])
        strongest = by_strength(relu)
        chosen = int(strongest[min(self.place, len(strongest) - 1)])
        assert module.bias is not None and not isinstance(module.padding, str)
        return Convolved(
            layer=self.layer,
            map=chosen,
            maps=len(conv),
            padded=_padded(read_only(source), module.padding[0]),
            kernel=read_only(module.weight[chosen]),
            bias=module.bias[chosen].item(),
            stride=module.stride[0],
            padding=module.padding[0],
            dilation=module.dilation[0],
            conv=read_only(conv[chosen]),
            relu=relu[chosen],
            source_peak=float(source.abs().max()),
            weight_peak=module.weight.abs().max().item(),
            peak=float(conv[chosen].abs().max()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Apply:
    """Slide a kernel made by hand over a picture.

    Parameters
    ----------
    image : ndarray of float32, shape (height, width)
    kernel : tuple of float
        A square of weights, row by row.
    stride, padding, dilation : int
        Such that at least one window fits.
    """

    image: Floats
    kernel: Kernel
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    def read(self, net: DigitNet) -> Convolved:
        """Return the picture convolved by PyTorch where the net lives."""
        import torch
        import torch.nn.functional as F

        where = net.conv1.weight.device
        size = round(len(self.kernel) ** 0.5)
        picture = torch.tensor(self.image, device=where)[None, None]
        kernel = torch.tensor(self.kernel, device=where).view(1, 1, size, size)
        conv = F.conv2d(picture, kernel, None, self.stride, self.padding, self.dilation)[0, 0]
        return Convolved(
            layer="own",
            map=0,
            maps=1,
            padded=_padded(self.image[None], self.padding),
            kernel=read_only(kernel[0]),
            bias=0.0,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            conv=read_only(conv),
            relu=read_only(conv.relu()),
            source_peak=float(picture.abs().max()),
            weight_peak=float(kernel.abs().max()),
            peak=float(conv.abs().max()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Filtered:
    """One picture through many kernels; arrays are read-only.

    Parameters
    ----------
    image : ndarray, shape (28, 28)
    learned : ndarray, shape (8, k, k)
        The kernels of the net's first layer.
    learned_maps : ndarray, shape (8, height, width)
        The layer's output, bias included, before ReLU.
    made : ndarray, shape (7, 3, 3)
        The kernels `HAND_MADE`.
    made_maps : ndarray, shape (7, height, width)
    """

    image: Floats
    learned: Floats
    learned_maps: Floats
    made: Floats
    made_maps: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ReadFilters:
    """What the first layer's kernels and the hand-made ones make of a picture.

    Parameters
    ----------
    image : ndarray of float32, shape (28, 28)
        Ink 0 to 1.
    """

    image: Floats

    def read(self, net: DigitNet) -> Filtered:
        """Return all kernels and their maps."""
        import torch
        import torch.nn.functional as F

        weight = net.conv1.weight
        picture = net.batch(self.image[None])
        squares = np.array([named_kernel(name, 3) for name in HAND_MADE], np.float32)
        made = torch.tensor(squares, device=weight.device).view(-1, 1, 3, 3)
        with torch.no_grad():
            learned_maps = net.conv1(picture)[0]
            made_maps = F.conv2d(picture, made)[0]
        return Filtered(
            image=read_only(picture[0, 0]),
            learned=read_only(weight[:, 0]),
            learned_maps=read_only(learned_maps),
            made=read_only(made[:, 0]),
            made_maps=read_only(made_maps),
        )


def _padded(source: Floats, padding: int) -> Floats:
    around = (padding, padding)
    result: Floats = np.pad(source, ((0, 0), around, around))
    result.flags.writeable = False
    return result
