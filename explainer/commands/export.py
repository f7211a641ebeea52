"""`main.py export`: a step as a picture."""

from __future__ import annotations

import os
from typing import Any

from explainer.commands.settings import ALL, settings
from explainer.concepts.place import find
from explainer.lesson import Problem, Text

_WINDOW_PNG = Text(
    "--window makes a PNG only; end --out in .png.",
    "--window는 PNG만 만듭니다. --out을 .png로 끝내세요.",
)


def run(given: Any, size: tuple[int, int]) -> None:
    """Render what the arguments ask for."""
    concept, scene, step = find(given.place)
    scene = scene or concept.scenes[0]
    step = step or scene.steps[0]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from explainer.engine.strokes import example_drawing
    from explainer.shell import export
    from explainer.shell.start import application

    export.check_target(given.out)
    chosen = settings(scene, given.set, ALL)
    if given.window:
        if given.out.suffix.lower() != ".png":
            raise Problem(_WINDOW_PNG)
        from explainer.shell.portrait import portrait

        place = (concept.key, scene.key, step.key)
        portrait(place, given, size, chosen)
        return
    # The name keeps the application alive until the picture is written.
    qt = application(["main.py"])
    export.export(
        concept,
        scene,
        step,
        given.out,
        size=size,
        time=given.time,
        frame=given.frame,
        language=given.lang,
        theme=given.theme,
        device=given.device,
        film=given.checkpoint,
        drawing=example_drawing(),
        chosen=chosen,
    )
    qt.processEvents()
