"""Frames without a worker: every answer awaited, training steps fixed per lesson second."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from explainer.engine.questions import whole
from explainer.engine.run import Run
from explainer.lesson import Language, Scene, Step, Value
from explainer.shell.knob_values import kept_possible
from explainer.stage.frame import Frame, Target
from explainer.stage.view import View


def still_frame(
    view: View,
    scene: Scene,
    step: Step,
    run: Run,
    drawing: np.ndarray,
    language: Language,
    *,
    knobs: Mapping[str, Value] | None = None,
    selection: Target | None = None,
    hover: Target = (),
) -> Frame:
    """Return the frame of a step over a run, with all its questions answered.

    Parameters
    ----------
    view, scene, step
        What is shown.
    run : Run
        Standing where the step's `training` asks.
    drawing : ndarray, (280, 280) float32
    language : "ko" or "en"
    knobs, selection, hover
        What differs from the step's declaration.
    """
    values: dict[str, Value] = {**scene.values(step), **(knobs or {})}
    settings: dict[str, Any] = run.settings
    values |= {k.key: settings[k.key] for k in scene.knobs if k.kind in ("live", "rebuild")}
    for key in knobs or {}:
        values |= kept_possible(scene, key, values)
    frame = Frame(
        step=step,
        snapshot=run.experiment.snapshot(),
        film=run.strip(),
        knobs=MappingProxyType(values),
        selection=step.selection if selection is None else selection,
        hover=hover,
        drawing=drawing,
        language=language,
        measured=False,
    )
    request = view.request(frame)
    if request is not None:
        frame = dataclasses.replace(frame, answer=whole(run.experiment.answer(request)))
    request = view.along(frame)
    if request is not None:
        along = tuple(
            (kept.step, run.experiment.answer(request, kept.state)) for kept in run.film.frames()
        )
        frame = dataclasses.replace(frame, along=along)
    return frame
