"""The worker thread as the window sees it: commands in, a one-slot mailbox out; no Qt."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from explainer.engine.experiment import Factory
from explainer.engine.film import BUDGET
from explainer.engine.films import Place
from explainer.engine.report import Answer as Answer
from explainer.engine.report import Report as Report
from explainer.engine.worker import Worker
from explainer.lesson import Training

# One count for all runners, so that an answer can never be taken for another runner's.
_IDS = itertools.count(1)


class Runner:
    """Owns one thread, and in it the runs of one experiment.

    The person's own run, the shipped one and an untrained one are separate runs; training one
    that a step put on the stage makes it the person's own and keeps the earlier one aside.

    Parameters
    ----------
    factory : callable
        (settings, device) to an Experiment; called on the thread, so it may import torch.
    concept : str
        What its checkpoints are made for.
    shipped : Path or callable, optional
        The trained film it starts from; a callable is called on the thread.
    settings : mapping
        What differs from the experiment's defaults.
    device : str
        As on the command line.
    budget : int
        Bytes of kept states, in all films together.
    variants : sequence of Path or callable
        Trained films with other settings; see `rebuild`.
    """

    def __init__(
        self,
        factory: Factory,
        concept: str = "",
        shipped: Place | None = None,
        settings: Mapping[str, Any] | None = None,
        device: str = "auto",
        budget: int = BUDGET,
        variants: Sequence[Place] = (),
    ) -> None:
        self._worker = Worker(factory, concept, shipped, settings or {}, device, budget, variants)
        self._thread = threading.Thread(target=self._worker.live, name="runner", daemon=False)

    def start(self) -> None:
        """Start the thread; it prepares torch and the model first."""
        self._thread.start()

    @property
    def sent(self) -> int:
        """Commands given so far."""
        return self._worker.sent

    def take(self) -> Report | None:
        """Return the newest report once, or None if there is nothing new."""
        return self._worker.take()

    def play(self) -> None:
        """Train until told otherwise."""
        self._worker.put(self._worker.play)

    def pause(self) -> None:
        """Stop after the current update."""
        self._worker.put(self._worker.pause)

    def step(self) -> None:
        """Make one update."""
        self._worker.put(self._worker.step)

    def pace(self, steps_per_second: float | None) -> None:
        """Set how fast play goes; None is as fast as it can."""
        self._worker.put(self._worker.pace.set, steps_per_second)

    def ask(self, request: Any | None) -> int:
        """Ask a question, again at every later state; the newest replaces all before it.

        Returns
        -------
        int
            The id its answers will carry.
        """
        number = next(_IDS)
        self._worker.put(self._worker.questions.ask, number, request)
        return number

    def ask_along(self, request: Any | None) -> int:
        """Ask a question at every kept frame of the branch on the stage; newest wins."""
        number = next(_IDS)
        self._worker.put(self._worker.questions.ask_along, number, request)
        return number

    def set(self, knob: str, value: Any) -> None:
        """Change a live setting between two updates."""
        self._worker.put(self._worker.set, knob, value)

    def seek(self, track: int, step: int) -> None:
        """Show the nearest kept frame of the branch with a `Track.id`; nothing if it is gone."""
        self._worker.put(self._worker.seek, track, step)

    def reset(
        self, changes: Mapping[str, Any], train: bool = False, new_seed: bool = False
    ) -> None:
        """Start a new run of the person's own, untrained; the earlier one is kept aside.

        It has the settings in force once all earlier commands are obeyed. Where the run on the
        stage began with a film, what the person left as it was in that film gives way to the
        runner's own settings.

        Parameters
        ----------
        changes : mapping
            What is to differ from those settings.
        train : bool
            Whether to train at once.
        new_seed : bool
            Whether to take the next seed.
        """
        self._worker.put(self._worker.reset, dict(changes), train, new_seed)

    def rebuild(self, changes: Mapping[str, Any]) -> None:
        """Change settings that need a new start.

        Where a trained film was sought for the run on the stage, the film with these settings
        takes its place, if there is one; otherwise as `reset`.
        """
        self._worker.put(self._worker.rebuild, dict(changes))

    def show(self, training: Training, film: Place | None = None) -> None:
        """Put on the stage what a step stands on, on a film of its own or on the shipped one."""
        self._worker.put(self._worker.show, training, film)

    def back(self) -> None:
        """Return to the person's own run, or from it to the run before; repeating it goes round."""
        self._worker.put(self._worker.back)

    def forget(self) -> None:
        """Reset all: the person's own run is the shipped one again."""
        self._worker.put(self._worker.forget)

    def again(self) -> None:
        """After an error: build anew what could not go on; the earlier run is kept aside."""
        self._worker.put(self._worker.again)

    def close(self) -> None:
        """Stop and join the thread; may be called twice.

        A torch thread alive at interpreter exit aborts or hangs.
        """
        self._worker.close()
        if self._thread.is_alive():
            self._thread.join()
