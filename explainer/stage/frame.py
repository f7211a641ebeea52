"""What is passed to what draws: the frame, its room, the beats, the lens and the pick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize

from explainer.lesson import Language, Step, Text, Value

# What is selected or hovered, as the view itself names it: () is nothing, ("conv2", 5) a map.
Target = tuple[str | int, ...]

DESIGN_HEIGHT = 720.0
DESIGN_WIDTHS = (1000.0, 1280.0)


@dataclass(frozen=True, slots=True)
class Room:
    """The design space a layout fills: units that are scaled uniformly to the screen.

    Parameters
    ----------
    width, height : float
        1000..1280 by 720 units.
    type : float
        Factor on all text sizes, 1..1.6, so that the smallest text stays readable.
    """

    width: float = 1192.0
    height: float = DESIGN_HEIGHT
    type: float = 1.0

    @property
    def large(self) -> bool:
        """Whether a layout should show fewer things, larger."""
        return self.type > 1.2


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """All there is to see; frames are told apart by identity.

    Parameters
    ----------
    step : Step
        The lesson step on the stage.
    snapshot, answer, along : object or None
        The experiment's latest snapshot; the answer to `View.request`; the answers to
        `View.along` at every kept frame of the film, as ((step, answer), ...). None until known.
    film : object or None
        The film as `engine.film.Strip`: branches with their metrics and kept frames.
    knobs : mapping
        Every knob's value in force.
    selection, hover : Target
        What is selected and what the pointer is on.
    drawing : ndarray, (280, 280) float32
        What the person drew: 0 paper .. 1 ink.
    language : "ko" or "en"
    live : bool
        Whether the model is learning now: motion means state.
    measured : bool
        False in exports: measured times are shown as a dash.
    reduced : bool
        Whether motion is reduced to its ends.
    """

    step: Step
    snapshot: Any = None
    answer: Any = None
    along: Any = None
    film: Any = None
    knobs: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    selection: Target = ()
    hover: Target = ()
    drawing: np.ndarray = field(default_factory=lambda: np.zeros((280, 280), np.float32))
    language: Language = "en"
    live: bool = False
    measured: bool = True
    reduced: bool = False

    def say(self, text: Text, **values: object) -> str:
        """Return a text in the frame's language."""
        return text.said(self.language, **values)


@dataclass(frozen=True, slots=True)
class Beat:
    """A discrete moment of the animation, to which the frame-step keys jump.

    Parameters
    ----------
    key : str
        Names the code line that runs (see `Step.lines`); may repeat.
    at : float
        Lesson seconds from the start of the step.
    said : str
        What the readout under the stage calls it, e.g. "window 9 / 16"; empty shows the time.
    """

    key: str
    at: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """The card in the right column: what is hovered or selected, never over the picture.

    Parameters
    ----------
    title : str
    rows : tuple of (label, value)
    values : ndarray or None
        A matrix shown beside the text.
    peak, ramp : float, str
        How to colour it.
    good : bool or None
        True adds a tick, False turns the card into a warning.
    """

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    values: np.ndarray | None = None
    peak: float = 1.0
    ramp: str = "signed"
    good: bool | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """What a click means: any of a new selection, knob values and a lesson time."""

    selection: Target | None = None
    knobs: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    time: float | None = None
    seek: int | None = None  # a step of the film
    plays: bool = False  # the step's animation, from its beginning


def room_for(size: QSize, text_scale: float, is_far: bool) -> Room:
    """Return the design space for a widget of that size.

    The smallest text, 14 units, keeps at least 12.6 screen pixels, and a quarter more where it
    is seen from far; the factor is capped at 1.6, beyond which a layout would burst.
    """
    high = max(size.height(), 1)
    width = min(max(DESIGN_HEIGHT * size.width() / high, DESIGN_WIDTHS[0]), DESIGN_WIDTHS[1])
    scale = min(size.width() / width, high / DESIGN_HEIGHT)
    type_factor = max(1.0, 0.9 / max(scale, 0.1)) * text_scale * (1.25 if is_far else 1.0)
    return Room(width, DESIGN_HEIGHT, round(min(type_factor, 1.6), 2))


def fit(room: Room, rect: QRectF) -> tuple[float, QPointF]:
    """Return the scale and origin that centre a design space in a rectangle."""
    scale = min(rect.width() / room.width, rect.height() / room.height)
    left = rect.x() + (rect.width() - room.width * scale) / 2
    top = rect.y() + (rect.height() - room.height * scale) / 2
    return scale, QPointF(left, top)
