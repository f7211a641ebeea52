"""What leaves the training thread: copies that no one can write to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor


def read_only(values: Tensor | NDArray[Any]) -> NDArray[Any]:
    """Return a copy of a tensor or an array, on the CPU, that no one can write to."""
    if isinstance(values, np.ndarray):
        array = values.copy()
    else:
        array = values.detach().to("cpu", copy=True).contiguous().numpy()
    array.flags.writeable = False
    return array
