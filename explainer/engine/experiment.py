"""What a model that learns on the stage must be able to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import torch  # imported by the runner's thread, so that the window does not wait for it

# Everything a run needs to go on exactly as it would have: parameters, averages, optimiser,
# random state and counters, flat and named, so that a film frame and a checkpoint are the same.
State = dict[str, "torch.Tensor"]


class Snapshot(Protocol):
    """What the stage may see of an experiment: a frozen dataclass of read-only numpy arrays."""

    @property
    def step(self) -> int:
        """Updates made when the snapshot was taken."""
        ...


class Experiment(Protocol):
    """A model, its data and its optimiser.

    The runner's thread alone calls these. Building a new experiment is the only reset.
    """

    @property
    def settings(self) -> Any:
        """Frozen dataclass of the settings in force; its fields are the live and rebuild knobs."""
        ...

    @property
    def steps(self) -> int:
        """Updates made so far."""
        ...

    def step(self) -> Mapping[str, float]:
        """Make one update (ideally under 10 ms) and return its metrics, `loss` among them."""
        ...

    def measure(self) -> Mapping[str, float]:
        """Evaluate on unseen data; changes nothing and is not counted as training."""
        ...

    def snapshot(self) -> Snapshot:
        """Copy out what the stage shows."""
        ...

    def answer(self, request: Any, state: State | None = None) -> Any:
        """Answer a question by a pure read.

        Parameters
        ----------
        request : object
            A frozen dataclass the concept's view made.
        state : State, optional
            Answer as the model was in this state; without it, as it is now.

        Returns
        -------
        object
            The answer, or without a state an iterator of answers: each replaces the one before.
        """
        ...

    def set(self, knob: str, value: Any) -> None:
        """Change a live setting between two steps."""
        ...

    def state(self) -> State:
        """Copy out everything needed to go on from here."""
        ...

    def restore(self, state: State) -> None:
        """Go back to a state that `state` returned; bit for bit on a CPU."""
        ...


# (settings, device) to an experiment; building one is the only reset.
Factory = Callable[[Mapping[str, Any], str], Experiment]
