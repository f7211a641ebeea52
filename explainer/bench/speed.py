"""Live training against the same experiment's bare loop, in interleaved pairs."""

from __future__ import annotations

import statistics
import sys
import threading
import time
from typing import Any

from explainer.bench.opened import Meter, opened
from explainer.bench.rows import Quiet, Row, at_least
from explainer.concepts.place import find_scene
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.run import Run
from explainer.shell.settling import let_pass

_PAIRS, _WARM, _LONG = 5, 0.5, 3.0


def speed(place: str) -> list[Row]:
    """Return live updates a second as a share of bare ones; the median of five pairs.

    Bare is `Run.advance` in a thread while the window's thread only waits for it. Both start
    from the shipped film.
    """
    quiet = Quiet()
    with opened(place) as (window, meter):
        run = _run(place)
        shares, bare_rates = [], []
        for _ in range(_PAIRS):
            bare, live = _bare(run), _live(window, meter)
            shares.append(live / bare)
            bare_rates.append(bare)
            print(f"  {place}: {live:.0f} of {bare:.0f} steps/s", file=sys.stderr)
    judged = quiet.judged()
    rate = statistics.median(bare_rates)
    return [
        at_least(f"speed.{place}", statistics.median(shares), "", 0.8, judged),
        Row(f"speed.{place}.bare", rate, "steps/s", None, None, judged),
    ]


def _run(place: str) -> Run:
    concept, scene = find_scene(place)
    if scene.shipped is None:
        return Run(scene.experiment, {}, "cpu")
    film = checkpoint.load_for(scene.experiment, asset(scene.shipped), concept.key)
    return Run(scene.experiment, {}, "cpu", film)


def _bare(run: Run) -> float:
    rates: list[float] = []

    def loop() -> None:
        for seconds in (_WARM, _LONG):
            began, first = time.perf_counter(), run.experiment.steps
            while time.perf_counter() - began < seconds:
                run.advance()
            rates.append((run.experiment.steps - first) / (time.perf_counter() - began))

    thread = threading.Thread(target=loop, name="bare")
    thread.start()
    thread.join()
    return rates[-1]


def _live(window: Any, meter: Meter) -> float:
    window.session.train(True)
    let_pass(_WARM)
    meter.clear()
    let_pass(_LONG)
    (then, before), (now, made) = meter.steps[0], meter.steps[-1]
    window.session.train(False)
    let_pass(0.3)
    return (made - before) / (now - then)
