"""Convolution window by window: of the live net's layers, and of a kernel one makes oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explainer.concepts.cnn.hand_made import Kernel, named_kernel

if TYPE_CHECKING:
    from torch import Tensor, nn

    from explainer.concepts.cnn.model import DigitNet

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
class Convolved:
    """One output map and all it was made from; arrays are read-only.

    Parameters
    ----------
    layer : str
        "conv1" or "conv2" of the net, or "own" for a kernel made by hand.
    map, maps : int
        Which of the layer's maps, from 0, and how many there are.
    padded : ndarray, shape (channels, height + 2 padding, width + 2 padding)
        What the kernel slides over.
    kernel : ndarray, shape (channels, k, k)
    bias : float
    stride, padding, dilation : int
    conv, relu : ndarray, shape (rows, columns)
        PyTorch's own output, before and after ReLU.
    source_peak, weight_peak, peak : float
        Largest magnitude of the layer's input, of its weights, and of this map before ReLU, for
        the colours.
    """

    layer: str
    map: int
    maps: int
    padded: Floats
    kernel: Floats
    bias: float
    stride: int
    padding: int
    dilation: int
    conv: Floats
    relu: Floats
    source_peak: float
    weight_peak: float
    peak: float

    @property
    def channels(self) -> int:
        """Number of input channels."""
        return len(self.kernel)

    @property
    def size(self) -> int:
        """Side of the kernel."""
        return len(self.kernel[0])

    @property
    def reach(self) -> int:
        """Side of the area that a window spans, in pixels."""
        return self.dilation * (self.size - 1) + 1

    @property
    def sides(self) -> tuple[int, int]:
        """Rows and columns of the padded input."""
        return self.padded.shape[1], self.padded.shape[2]

    @property
    def source(self) -> Floats:
        """The input without its padding, shape (channels, height, width)."""
        high, wide = self.sides
        p = self.padding
        return self.padded[:, p : high - p, p : wide - p]

    @property
    def count(self) -> int:
        """Number of windows, which is the number of output pixels."""
        return int(self.conv.size)

    def corner(self, index: int) -> tuple[int, int]:
        """Return the upper left pixel of a window, counted in the padded input."""
        row, column = divmod(index, self.conv.shape[1])
        return row * self.stride, column * self.stride

    def window(self, index: int) -> Floats:
        """Return the input a window takes, shape (channels, k, k)."""
        top, left = self.corner(index)
        rows = slice(top, top + self.reach, self.dilation)
        return self.padded[:, rows, left : left + self.reach : self.dilation]

    def products(self, index: int) -> NDArray[np.float64]:
        """Return input times weight, shape (channels, k, k)."""
        return self.window(index).astype(np.float64) * self.kernel

    def sums(self, index: int) -> NDArray[np.float64]:
        """Return each channel's partial sum, shape (channels,)."""
        sums: NDArray[np.float64] = self.products(index).sum(axis=(1, 2))
        return sums

    def window_at(self, row: int, column: int) -> int:
        """Return the window whose middle lies nearest to a pixel of the padded input."""
        half = (self.reach - 1) / 2
        rows, columns = len(self.conv), len(self.conv[0])
        at = round((row - half) / self.stride), round((column - half) / self.stride)
        return min(max(at[0], 0), rows - 1) * columns + min(max(at[1], 0), columns - 1)

    def difference(self, index: int) -> float:
        """Return how far the arithmetic shown is from PyTorch's own number before ReLU."""
        own = float(self.conv.flat[index])
        return abs(float(self.sums(index).sum()) + self.bias - own)


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
        The map, counted from 0 by its largest value, so that no silent map comes first.
    """

    image: Floats
    layer: str
    place: int

    def read(self, net: DigitNet) -> Convolved:
        """Return the map with its input, kernel and bias."""
        import torch

        weight = net.conv1.weight
        picture = torch.tensor(self.image, dtype=weight.dtype, device=weight.device)[None, None]
        with torch.no_grad():
            outputs = {"image": picture, **net.layers(picture)}
        module: nn.Conv2d = net.get_submodule(self.layer)  # type: ignore[assignment]
        source, conv = outputs[SOURCE_OF[self.layer]][0], outputs[self.layer][0]
        strongest = torch.argsort(conv.amax(dim=(1, 2)), descending=True, stable=True)
        chosen = int(strongest[min(self.place, len(strongest) - 1)])
        assert module.bias is not None and not isinstance(module.padding, str)
        return Convolved(
            layer=self.layer,
            map=chosen,
            maps=len(conv),
            padded=_padded(_read_only(source), module.padding[0]),
            kernel=_read_only(module.weight[chosen]),
            bias=module.bias[chosen].item(),
            stride=module.stride[0],
            padding=module.padding[0],
            dilation=module.dilation[0],
            conv=_read_only(conv[chosen]),
            relu=_read_only(outputs[RELU_OF[self.layer]][0, chosen]),
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
            kernel=_read_only(kernel[0]),
            bias=0.0,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            conv=_read_only(conv),
            relu=_read_only(conv.relu()),
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
        picture = torch.tensor(self.image, dtype=weight.dtype, device=weight.device)[None, None]
        squares = np.array([named_kernel(name, 3) for name in HAND_MADE], np.float32)
        made = torch.tensor(squares, device=weight.device).view(-1, 1, 3, 3)
        with torch.no_grad():
            learned_maps = net.conv1(picture)[0]
            made_maps = F.conv2d(picture, made)[0]
        return Filtered(
            image=_read_only(picture[0, 0]),
            learned=_read_only(weight[:, 0]),
            learned_maps=_read_only(learned_maps),
            made=_read_only(made[:, 0]),
            made_maps=_read_only(made_maps),
        )


def _padded(source: Floats, padding: int) -> Floats:
    around = (padding, padding)
    result: Floats = np.pad(source, ((0, 0), around, around))
    result.flags.writeable = False
    return result


def _read_only(tensor: Tensor) -> Floats:
    array: Floats = tensor.detach().to("cpu", copy=True).contiguous().numpy()
    array.flags.writeable = False
    return array
