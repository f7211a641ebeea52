"""What is said and where: texts in both languages, steps, scenes, concepts; no Qt, no torch."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")
Value = bool | int | float | str | tuple[float, ...]

# The training a step stands on: the person's own run, an untrained net, the shipped net, or
# the training step of the shipped film whose kept frame is nearest.
Training = Literal["current", "fresh", "shipped"] | int

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said, in English and in Korean.

    Parameters
    ----------
    en, ko : str
        The two wordings. Placeholders are named and the same in both.

    Raises
    ------
    ValueError
        If a wording is missing or the placeholders differ.
    """

    en: str
    ko: str

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.ko.strip():
            raise ValueError(f"a text needs both languages: en={self.en!r}, ko={self.ko!r}")
        if _placeholders(self.en) != _placeholders(self.ko):
            raise ValueError(f"placeholders differ: en={self.en!r}, ko={self.ko!r}")

    def said(self, language: Language, **values: object) -> str:
        """Return the wording in one language, its placeholders filled."""
        wording = self.ko if language == "ko" else self.en
        return wording.format(**values) if values else wording

    def filled(self, **values: object) -> Text:
        """Return the text with its placeholders filled in both languages."""
        return Text(self.en.format(**values), self.ko.format(**values))


def _placeholders(wording: str) -> set[str]:
    names = {name for _, name, _, _ in string.Formatter().parse(wording) if name is not None}
    if "" in names:
        raise ValueError(f"placeholders must be named: {wording!r}")
    return names


class Problem(Exception):
    """Something a person can mend, said in one sentence with what to do next.

    Parameters
    ----------
    text : Text
        The sentence, in both languages.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Choice:
    """A control that offers a few values side by side.

    Parameters
    ----------
    values : tuple
        The values on offer, in order.
    labels : tuple of Text, optional
        What each is called; without labels the values are shown as they are.
    """

    values: tuple[Value, ...]
    labels: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A slider over numbers.

    Parameters
    ----------
    minimum, maximum : float
        Both ends included.
    step : float
        Distance between neighbouring stops; on a log scale, the number of stops per decade.
    log : bool
        Whether the stops are spaced by ratio.
    """

    minimum: float
    maximum: float
    step: float = 1
    log: bool = False


@dataclass(frozen=True, slots=True)
class Toggle:
    """A switch, on or off."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Editable numbers in rows and columns, one decimal at least; the value is a flat tuple."""

    minimum: float = -9.0
    maximum: float = 9.0


Control = Choice | Span | Toggle | Grid


@dataclass(frozen=True, slots=True)
class Knob:
    """Something a person may change.

    Parameters
    ----------
    key : str
        Its name; of a live or rebuild knob also the name of the experiment's setting.
    kind : {"view", "probe", "live", "rebuild"}
        view changes the drawing only; probe a question asked of the model; live the running
        experiment between two steps; rebuild starts the experiment anew.
    label : Text
        What it is called.
    default : Value
        Its value before any step or person sets it.
    control : Control, optional
        How it is changed. A knob without a control is set by steps only.
    limits : callable, optional
        From the values of all knobs and the shape facts of the answer to the values that are
        possible now and the reason, so that an impossible combination cannot be chosen.
    """

    key: str
    kind: Literal["view", "probe", "live", "rebuild"]
    label: Text
    default: Value
    control: Control | None = None
    limits: Callable[[Mapping[str, Value]], tuple[tuple[Value, ...], Text]] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing said over the stage.

    Parameters
    ----------
    key : str
        Unique in its scene.
    title, body, notes : Text
        Heading, narration (at most 60 words) and the speaker's notes.
    covers : tuple of str
        Rows of the curriculum this step proves.
    minutes : float
        Planned talk; the animation itself is as long as its last beat.
    knobs : mapping
        Values of the scene's knobs in this step; all others stand at their defaults.
    controls : tuple of str
        The knobs offered beside this step, in order.
    selection : tuple
        What is selected when the step opens, as the view's `hit` names it; () is nothing.
    training : "current", "fresh", "shipped" or int
        The training it stands on; an int is a step of the shipped film.
    film : str, optional
        Which of the scene's `variants` stands in for its shipped film in this step.
    code : str, optional
        "module:qualname" of the source shown in the code pane.
    lines : mapping
        From a beat's key to a text found exactly once in that source.
    slide : Text, optional
        The one sentence under the title when presented; without it, the body's first.
    """

    key: str
    title: Text
    body: Text
    notes: Text
    covers: tuple[str, ...]
    minutes: float = 1.0
    knobs: Mapping[str, Value] = field(default_factory=lambda: _NOTHING)
    controls: tuple[str, ...] = ()
    selection: tuple[str | int, ...] = ()
    training: Training = "current"
    film: str | None = None
    code: str | None = None
    lines: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    slide: Text | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One stage set: steps over one experiment and one view.

    Parameters
    ----------
    key : str
        Unique in its concept.
    title : Text
        What it is called.
    steps : tuple of Step
        In the order they are taught.
    experiment : callable
        (settings, device) to an Experiment; imports torch only when called. Scenes of one
        concept that name the same factory share its runner.
    view : callable
        (parent) to a View; imports Qt only when called.
    knobs : tuple of Knob
        All that may be changed here.
    shipped : str, optional
        The trained film in assets/ that this experiment starts from.
    shipped_in : mapping of Language to str
        The film it starts from instead where the program speaks that language.
    variants : tuple of str
        Films in assets/ of the same experiment with other settings: a rebuild knob that is changed
        on a film brings the one made with those settings, where there is one; a step may stand on
        one.
    wide : bool
        Whether the contents should fold to a rail to give the stage room.
    trains : bool
        Whether its model learns here; one that has learned elsewhere is only looked at.
    """

    key: str
    title: Text
    steps: tuple[Step, ...]
    experiment: Callable[[Mapping[str, Any], str], Any]
    view: Callable[..., Any]
    knobs: tuple[Knob, ...] = ()
    shipped: str | None = None
    shipped_in: Mapping[Language, str] = field(default_factory=lambda: MappingProxyType({}))
    variants: tuple[str, ...] = ()
    wide: bool = False
    trains: bool = True

    def films(self, language: Language) -> tuple[str, ...]:
        """Return all its films in assets/; the first is the one it starts from."""
        first = self.shipped_in.get(language, self.shipped)
        every = (first, self.shipped, *self.shipped_in.values(), *self.variants)
        return tuple(dict.fromkeys(name for name in every if name is not None))

    def step(self, key: str) -> Step:
        """Return the step of that key; KeyError if there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def values(self, step: Step) -> dict[str, Value]:
        """Return every knob's value as the step declares it."""
        return {knob.key: step.knobs.get(knob.key, knob.default) for knob in self.knobs}


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the program explains.

    Parameters
    ----------
    key : str
        Unique in the program; also the name of its folder and of its icon.
    title, summary : Text
        What it is called, and one sentence on it.
    scenes : tuple of Scene
        In the order they are taught.
    """

    key: str
    title: Text
    summary: Text
    scenes: tuple[Scene, ...]

    def scene(self, key: str) -> Scene:
        """Return the scene of that key; KeyError if there is none."""
        for scene in self.scenes:
            if scene.key == key:
                return scene
        raise KeyError(key)
