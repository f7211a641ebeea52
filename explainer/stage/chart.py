"""What a chart shows, as frozen descriptions; knows no plotting library."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One line of a chart.

    Parameters
    ----------
    x, y : ndarray, (n,)
        In the chart's axis units.
    colour : QColor
    thick : float
        Pen width in design units.
    dashed : bool
    filled : bool
        Whether the area down to zero is tinted.
    ringed : bool
        Whether each point is marked by a ring.
    """

    x: np.ndarray
    y: np.ndarray
    colour: QColor
    thick: float = 2.0
    dashed: bool = False
    filled: bool = False
    ringed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """What a chart shows.

    Parameters
    ----------
    key : str
        Names it within its view.
    rect : QRectF
        Where it lies, axes included, in design units.
    curves : tuple of Curve
    x_range, y_range : (float, float)
    x_ticks, y_ticks : tuple of (position, label)
    playhead : float or None
        Where the film stands.
    px : float
        Size of the tick labels.
    is_bare : bool
        Whether the curves fill the rectangle, the picture round it writing what the axes say.
    """

    key: str
    rect: QRectF
    curves: tuple[Curve, ...]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    playhead: float | None = None
    px: float = 14.0
    is_bare: bool = False


def root_ticks(last: int) -> tuple[tuple[float, str], ...]:
    """Return ticks of a √step axis, so that the first tenth of training has room.

    Parameters
    ----------
    last : int
        The last training step; it and 0 are always marked, round numbers between them.
    """
    end = max(last, 1) ** 0.5
    chosen = [0, last] if last > 0 else [0]
    rounds = [digit * 10**power for power in range(8) for digit in (1, 2, 5)]
    for step in sorted((r for r in rounds if r < last), reverse=True):
        # A label takes about an eighth of the axis.
        if all(abs(step**0.5 - other**0.5) > 0.13 * end for other in chosen):
            chosen.append(step)
    return tuple((step**0.5, f"{step:,}") for step in sorted(chosen))
