"""What leaves the training thread: copies that no one can write to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor


def read_only(tensor: Tensor) -> NDArray[Any]:
    """Return a copy of a tensor, on the CPU, that no one can write to."""
    array = tensor.detach().to("cpu", copy=True).contiguous().numpy()
    array.flags.writeable = False
    return array
