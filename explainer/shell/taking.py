"""How often what a runner reports is taken, so that the picture never costs the training much."""

from __future__ import annotations

import time

from explainer.engine.runner import Report, Runner
from explainer.shell.asking import Asking

# While a model trains, the stage takes a new state this often: numbers stay readable, and the
# frame rate, not the training, pays for copies. Answers to the pen are taken at once.
_TAKE_SECONDS = 0.1
# Where a state is costly to show it is taken less often, so that showing keeps to this share of
# the time: at ten a second a picture of 25 ms cost the training a third of its speed (measured).
_SHOWING_SHARE, _RAREST_SECONDS = 0.1, 0.5
# While someone draws or types, only answers are shown: each brings the newest state along, and a
# picture between two keys made every second answer 8 ms late (measured).
_QUIET_SECONDS = 0.4
_SHOWING_TICKS = 2  # charts and the film under the stage follow the picture by one tick


class Taking:
    """Takes the reports of one scene's runner, at the ticks of the window."""

    def __init__(self) -> None:
        self._held: Report | None = None  # taken, but not worth a picture yet
        self._since = self._cost = 0.0
        self._ticked_at, self._ticks = 0.0, 0

    def forget(self) -> None:
        """Let go what was held: another scene is on the stage."""
        self._held = None

    def take(
        self, runner: Runner, asking: Asking, report: Report | None, seconds: float
    ) -> Report | None:
        """Return a report that should be shown now, or None.

        Parameters
        ----------
        runner : Runner
        asking : Asking
            Whether an answer is outstanding.
        report : Report or None
            The one on the stage.
        seconds : float
            Since the last tick.
        """
        self._since += seconds
        self._note_cost()
        is_training = report is not None and report.playing
        rest = min(max(_TAKE_SECONDS, self._cost / _SHOWING_SHARE), _RAREST_SECONDS)
        is_quiet = time.monotonic() - asking.asked_at > _QUIET_SECONDS
        is_due = not is_training or (self._since >= rest and is_quiet)
        if not is_due and not asking.is_waiting(report):
            return None
        taken, self._held = runner.take() or self._held, None
        # One that does not answer the pen is not worth a picture that the answer waits for.
        if not is_due and asking.is_waiting(taken):
            taken, self._held = None, taken
        if taken is not None:
            self._since = self._cost = 0.0
            self._ticks = _SHOWING_TICKS
        return taken

    def _note_cost(self) -> None:
        """Count what this thread spent since a report was taken: drawing and painting it."""
        spent = time.thread_time()
        if self._ticks > 0:
            self._ticks -= 1
            self._cost += spent - self._ticked_at
        self._ticked_at = spent
