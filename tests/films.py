"""Runs that stand on the film that a step names."""

from __future__ import annotations

from dataclasses import replace

from explainer.concepts import CONCEPTS
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.run import Run
from explainer.lesson import Scene, Step


def run_on_own_film(scene: Scene, step: Step) -> Run:
    """Return a run on the film that a step has of its own, three frames and the one it asks for."""
    assert step.film is not None
    concept = next(c.key for c in CONCEPTS if scene in c.scenes)
    film = checkpoint.load_for(scene.experiment, asset(step.film), concept)
    steps = [frame.step for frame in film.frames]
    wanted = {steps[0], steps[len(steps) // 2], steps[-1]}
    if isinstance(step.training, int):
        wanted.add(min(steps, key=lambda kept: abs(kept - step.training)))
    few = tuple(frame for frame in film.frames if frame.step in wanted)
    return Run(scene.experiment, {}, "cpu", replace(film, frames=few))
