"""What the worker thread tells the window, and how it words what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from explainer.engine.device import Device
from explainer.engine.strip import Strip
from explainer.lesson import Problem, Text

UNEXPECTED = Text(
    "The training stopped because of an unexpected error ({why}); start it again.",
    "예기치 못한 오류로 학습이 멈추었습니다({why}). 다시 시작하세요.",
)
OUT_OF_MEMORY = Text(
    "There is not enough memory for this step; choose a smaller batch and start again.",
    "메모리가 모자랍니다. 배치 크기를 줄이고 다시 시작하세요.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the model said to a request.

    Attributes
    ----------
    id : int
        As `Runner.ask` returned it.
    request, value : object
        The value is None where answering failed.
    branch, step : int
        The film frame it was computed at.
    is_whole : bool
        False while more parts of it follow.
    """

    id: int
    request: Any
    value: Any
    branch: int
    step: int
    is_whole: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """All the window learns from the thread, newest only.

    Attributes
    ----------
    snapshot : object or None
        None while torch and the model are being prepared.
    answer : Answer or None
    along : Answer or None
        Its value is ((step, answer), ...) over the kept frames of the branch on the stage.
    film : Strip or None
    playing : bool
    rate : float
        Updates a second, measured over the last half second; 0 at rest.
    device : Device or None
    settings : mapping
        Read back from the experiment.
    problem : Problem or None
    can_rewind : bool
        Whether the film holds a good frame to go back to.
    own : bool
        Whether this is the person's own run, not one a step set in its place.
    own_learned : int
        Updates the person's own run has made since it was begun or loaded.
    has_previous : bool
        Whether an earlier run of the person's waits aside.
    obeyed : int
        Commands obeyed so far; what was sent later is not in this report yet.
    """

    snapshot: Any = None
    answer: Answer | None = None
    along: Answer | None = None
    film: Strip | None = None
    playing: bool = False
    rate: float = 0.0
    device: Device | None = None
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    problem: Problem | None = None
    can_rewind: bool = False
    own: bool = True
    own_learned: int = 0
    has_previous: bool = False
    obeyed: int = 0


def problem_of(error: Exception) -> Problem:
    """Return what to say of an error."""
    if isinstance(error, Problem):
        return error
    name, words = type(error).__name__, str(error)
    if isinstance(error, MemoryError) or name == "OutOfMemoryError" or _NO_MEMORY in words:
        problem = Problem(OUT_OF_MEMORY)
    else:
        brief = (words.splitlines() or [""])[0][:160] or name
        problem = Problem(UNEXPECTED.filled(why=brief.replace("{", "(").replace("}", ")")))
    problem.__cause__ = error
    return problem


_NO_MEMORY = "not enough memory"  # what torch says of the CPU's
