"""The picture that is convolved: what stands on the pad, or an example where nothing does."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.cnn.convolution import words
from explainer.engine.strokes import centre, example_drawing
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import CENTRE, write

Floats = NDArray[np.float32]


@lru_cache(maxsize=1)
def example() -> Floats:
    """Return the built-in digit, centred: ink 0 to 1, shape (28, 28)."""
    centred = centre(example_drawing())
    assert centred is not None
    return centred.image


def is_empty(drawing: NDArray[np.float32]) -> bool:
    """Return whether a pad holds no ink."""
    return centre(drawing) is None


def on_pad(drawing: NDArray[np.float32]) -> Floats:
    """Return the drawing, centred, or the built-in digit for an empty pad; shape (28, 28)."""
    centred = centre(drawing)
    return example() if centred is None else centred.image


def draw_pad_note(painter: QPainter, room: Room, frame: Frame, colours: Colours) -> None:
    """Say at the foot of the stage that an example stands in for an empty pad."""
    if is_empty(frame.drawing):
        foot = QRectF(20, room.height - 21, room.width - 40, 20)
        said = frame.say(words.EMPTY_PAD)
        write(painter, foot, said, 12 * room.type, colours.muted, align=CENTRE)
