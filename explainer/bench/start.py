"""How soon the window stands, and how soon its first scene shows numbers, in a new process."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from explainer.bench.rows import Quiet, Row, at_most

_TIMES = 3


def start() -> list[Row]:
    """Return the median of three starts, after one that warms the system's file cache."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EXPLAINER_CONFIG"] = str(Path(folder) / "settings.json")
        _once()
        quiet = Quiet()
        starts = [_once() for _ in range(_TIMES)]
        judged = quiet.judged()
    window = statistics.median(first for first, _ in starts)
    alive = statistics.median(second for _, second in starts)
    return [
        at_most("start.window", window, "s", 0.7, judged),
        at_most("start.alive", alive, "s", 3.0, judged),
    ]


def _once() -> tuple[float, float]:
    """Return seconds from the start of a process to its window and to its numbers."""
    asked = [sys.executable, "-m", "explainer.bench.opening", repr(time.time())]
    done = subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True)
    window, alive = json.loads(done.stdout.splitlines()[-1])
    return window, alive
