"""Where and when the updates of a film on disk were made: what its seconds are seconds of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from explainer.engine.device import processor


@dataclass(frozen=True, slots=True)
class Origin:
    """The machine that made a stretch of training.

    Parameters
    ----------
    until : int
        Its last step; it begins where the origin before it ends, or at the start.
    processor : str
        What computed, by name; "" where that was never noted.
    device : str
        "cpu", "cuda" or "mps".
    date : str
        The day it was written, as in 2026-11-29.
    """

    until: int
    processor: str
    device: str
    date: str


def here(until: int, device: str) -> Origin:
    """Return the origin of what was learned on this machine, today."""
    return Origin(until, processor(device), device, datetime.date.today().isoformat())


def whole(origins: Sequence[Origin], until: int) -> tuple[Origin, ...]:
    """Return origins that reach to a step; what nobody noted is not guessed."""
    known = origins[-1].until if origins else 0
    return tuple(origins) if known >= until else (*origins, Origin(until, "", "", ""))


def concatenated(parts: Iterable[Sequence[Origin]]) -> tuple[Origin, ...]:
    """Return the origins of one stretch after another."""
    found: list[Origin] = []
    for origin in (origin for part in parts for origin in part):
        if not found or origin.until > found[-1].until:
            found.append(origin)
    return tuple(found)


def clipped(origins: Sequence[Origin], until: int) -> tuple[Origin, ...]:
    """Return the origins of the steps up to one."""
    kept, begins = [], 0
    for origin in origins:
        if begins < until:
            kept.append(replace(origin, until=min(origin.until, until)))
        begins = origin.until
    return tuple(kept)


def read(rows: Iterable[Any]) -> tuple[Origin, ...]:
    """Return origins as they were written in a file; ValueError if they cannot be."""
    origins, begins = [], 0
    for row in rows:
        until, *said = row
        if type(until) is not int or until <= begins or [type(s) for s in said] != [str] * 3:
            raise ValueError("its origin is not whole")
        origins.append(Origin(until, *said))
        begins = until
    return tuple(origins)
