"""The runners of all experiments that were on the stage, and what each told last."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from explainer.engine.assets import asset
from explainer.engine.films import Place
from explainer.engine.runner import Report, Runner
from explainer.lesson import Concept, Language, Scene, Step, Training


class Runners:
    """Starts a runner when a scene first needs it; scenes of one experiment share it.

    Parameters
    ----------
    device : str
        As on the command line.
    settings : mapping
        Experiment settings from the command line, such as the seed.
    checkpoint : Path or None
        A film to start from in place of the shipped one; it is for the first runner.
    """

    def __init__(
        self, device: str, settings: Mapping[str, Any] | None, checkpoint: Path | None
    ) -> None:
        self._device = device
        self._settings = dict(settings or {})
        self._checkpoint = checkpoint
        self._runners: dict[Any, Runner] = {}
        self._reports: dict[Any, Report] = {}
        self._trainings: dict[Any, Training] = {}

    def of(self, concept: Concept, scene: Scene, language: Language = "ko") -> Runner:
        """Return the runner of a scene's experiment, started when first needed.

        Where one film ships for each language, it starts from that of `language`.
        """
        known = self._runners.get(scene.experiment)
        if known is not None:
            return known
        places: list[Place] = [partial(asset, name) for name in scene.films(language)]
        if self._checkpoint is not None:
            places.insert(0, self._checkpoint)
            self._checkpoint = None
        made = self._runners[scene.experiment] = Runner(
            scene.experiment,
            concept.key,
            places[0] if places else None,
            self._settings,
            self._device,
            variants=places[1:],
        )
        made.start()
        return made

    def report(self, scene: Scene) -> Report | None:
        """Return what a scene's runner told last; None while it prepares."""
        return self._reports.get(scene.experiment)

    def note(self, scene: Scene, report: Report) -> None:
        """Keep what a scene's runner told."""
        self._reports[scene.experiment] = report

    def enter(
        self, concept: Concept, scene: Scene, step: Step, language: Language = "ko"
    ) -> Runner:
        """Put on the stage what a step stands on; all other runners stop learning."""
        training = step.training
        for experiment, runner in self._runners.items():
            if experiment is not scene.experiment:
                runner.pause()
        runner = self.of(concept, scene, language)
        if training != "current" or self._trainings.get(scene.experiment, "current") != "current":
            runner.show(training, None if step.film is None else partial(asset, step.film))
        self._trainings[scene.experiment] = training
        return runner

    def back(self, scene: Scene) -> None:
        """Put the person's own run, or the one before, back on the stage."""
        self._trainings[scene.experiment] = "current"
        self._runners[scene.experiment].back()

    def forget(self) -> None:
        """Begin all anew with what ships."""
        self._trainings.clear()
        for runner in self._runners.values():
            runner.forget()

    def close(self) -> None:
        """Stop every thread; may be called twice."""
        for runner in self._runners.values():
            runner.close()
