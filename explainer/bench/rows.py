"""One measured figure, its bar, and whether the machine was quiet meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

# Share of one core that other programs may use before a measurement counts as disturbed.
_DISTURBED = 0.05
_STAT = Path("/proc/stat")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure.

    Parameters
    ----------
    name : str
        What was measured, such as "frame.cnn/draw.median".
    value : float
    unit : str
        "s", "ms", "MB" and the like; "" for a share or a ratio.
    bar : float or None
        What it must reach; None is for information.
    ok : bool or None
        Whether it does; None without a bar.
    quiet : bool or None
        Whether the machine was otherwise idle while it was measured; None where unknown.
    """

    name: str
    value: float
    unit: str
    bar: float | None
    ok: bool | None
    quiet: bool | None


def at_most(name: str, value: float, unit: str, bar: float, quiet: bool | None) -> Row:
    """Return a row whose value should not exceed its bar."""
    return Row(name, float(value), unit, bar, bool(value <= bar), quiet)


def at_least(name: str, value: float, unit: str, bar: float, quiet: bool | None) -> Row:
    """Return a row whose value should reach its bar."""
    return Row(name, float(value), unit, bar, bool(value >= bar), quiet)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of 0..100 lies; NaN where nothing was measured."""
    return float(np.percentile(values, share)) if len(values) else float("nan")


class Quiet:
    """Tells whether other programs left the machine alone since it was made.

    Their share is all busy processor time less this process's own and its children's.
    """

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._busy, self._own = _busy_seconds(), _own_seconds()

    def judged(self) -> bool | None:
        """Return whether it was quiet, or None where the system does not tell."""
        busy = _busy_seconds()
        if busy is None or self._busy is None:
            return None
        others = (busy - self._busy) - (_own_seconds() - self._own)
        return others <= _DISTURBED * (time.perf_counter() - self._began)


def _busy_seconds() -> float | None:
    """Return the processor time spent on anything since the machine started."""
    if not _STAT.exists():
        return None
    user, nice, system, _, _, irq, softirq, steal = map(int, _STAT.read_text().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def _own_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
