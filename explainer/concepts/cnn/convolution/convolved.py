"""One output map of a convolution with all it was made from, window by window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Below this share of the largest input a pixel is the soft rim of a stroke.
FAINT = 0.2


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

    @property
    def first_inked(self) -> int:
        """The first window that holds more than faint values; 0 where none does."""
        inked = np.abs(self.padded).max(axis=0) > FAINT * self.source_peak
        reach, step, apart = self.reach, self.stride, self.dilation
        windows = np.lib.stride_tricks.sliding_window_view(inked, (reach, reach))
        taken = windows[::step, ::step, ::apart, ::apart]
        return int(taken.any(axis=(2, 3)).argmax())

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
