"""The work and the pace of frames, in every step of a scene while the model trains flat out."""

from __future__ import annotations

import sys

from explainer.bench.opened import opened, settle
from explainer.bench.rows import Quiet, Row, at_most, percentile
from explainer.concepts import CONCEPTS
from explainer.shell.settling import let_pass

_WARM, _LONG = 1.0, 2.5  # seconds of each step


def work(place: str) -> list[Row]:
    """Return how much thread CPU time a frame of a scene takes at 1920x1080."""
    noted: list[float] = []
    quiet = Quiet()
    with opened(place) as (window, meter):
        for step in _steps(place):
            _train_in(window, step)
            let_pass(0.5)
            meter.clear()
            let_pass(_LONG)
            noted += meter.work
            _say(step, f"median {percentile(meter.work, 50):.1f}", max(meter.work, default=0.0))
            window.session.train(False)
    judged = quiet.judged()
    return [
        at_most(f"frame.{place}.median", percentile(noted, 50), "ms", 6, judged),
        at_most(f"frame.{place}.worst", percentile(noted, 100), "ms", 16, judged),
    ]


def interval(place: str) -> list[Row]:
    """Return how evenly frames follow each other while the model trains flat out."""
    noted: list[float] = []
    quiet = Quiet()
    with opened(place) as (window, meter):
        meter.clear()
        window.session.train(True)
        let_pass(_WARM)
        first_press = max(meter.frame_gaps(), default=float("nan"))
        for step in _steps(place):
            _train_in(window, step)
            let_pass(_WARM)
            meter.clear()
            let_pass(_LONG)
            noted += meter.frame_gaps()
            p99 = percentile(meter.frame_gaps(), 99)
            _say(step, f"p99 {p99:.1f}", max(meter.frame_gaps(), default=0.0))
            window.session.train(False)
    judged = quiet.judged()
    return [
        at_most(f"interval.{place}.p99", percentile(noted, 99), "ms", 20, judged),
        at_most(f"interval.{place}.worst", percentile(noted, 100), "ms", 35, judged),
        at_most(f"interval.{place}.first_press", first_press, "ms", 60, judged),
    ]


def _steps(place: str) -> list[str]:
    concept, scene = place.split("/")
    found = next(c for c in CONCEPTS if c.key == concept).scene(scene)
    return [f"{place}/{step.key}" for step in found.steps]


def _train_in(window: object, step: str) -> None:
    session = window.session  # type: ignore[attr-defined]
    session.go(*step.split("/"))
    settle(window)
    session.train(True)


def _say(step: str, what: str, worst: float) -> None:
    print(f"  {step}: {what}, worst {worst:.1f} ms", file=sys.stderr)
