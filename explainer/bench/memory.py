"""Whether memory stays flat once the film's budget is spent."""

from __future__ import annotations

import os
import resource
import sys
from functools import partial
from pathlib import Path

import numpy as np

from explainer.bench.opened import opened
from explainer.bench.rows import Quiet, Row, at_most
from explainer.engine.runner import Runner
from explainer.shell import session as session_module
from explainer.shell.settling import let_pass

_PLACE = "cnn/training"
_BUDGET = 8 * 2**20
_FULL_BY, _STEPS, _EVERY = 3_000, 12_000, 500
_STATM = Path("/proc/self/statm")


def memory() -> list[Row]:
    """Return how much a window that trains grows per 10,000 steps, with a film of 8 MiB.

    Every step's loss is kept, 16 bytes; that is 0.2 MB, and doubling arrays move in jumps.
    """
    quiet = Quiet()
    # A full-size film would need minutes to fill; it is thinned by the same code.
    session_module.Runner = partial(Runner, budget=_BUDGET)
    steps: list[int] = []
    held: list[float] = []
    with opened(_PLACE) as (window, meter):
        session = window.session
        session.reset(False, True)
        first = None
        while not steps or steps[-1] - steps[0] < _STEPS:
            let_pass(0.25)
            if session.problem is not None:
                raise session.problem
            if not meter.steps:
                continue
            now = meter.steps[-1][1]
            meter.clear()
            first = now if first is None else first
            if now - first >= _FULL_BY and (not steps or now - steps[-1] >= _EVERY):
                steps.append(now)
                held.append(_megabytes())
                print(f"  step {now}: {held[-1]:.0f} MB", file=sys.stderr)
        session.train(False)
    growth = float(np.polyfit(steps, held, 1)[0]) * 10_000
    judged = quiet.judged()
    return [
        at_most("memory.growth", growth, "MB/10,000 steps", 1.0, judged),
        Row("memory.resident", held[-1], "MB", None, None, judged),
    ]


def _megabytes() -> float:
    """Return what this process holds in memory; where the system does not say, its peak."""
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3
