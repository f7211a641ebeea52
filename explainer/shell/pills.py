"""Where the film names changed settings: beside their step, clear of each other and the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.lesson import Value
from explainer.stage.segments import written

_APART, _HIGH, _TOP = 8.0, 19.0, 6.0  # design pixels


@dataclass(frozen=True, slots=True)
class Setting:
    """What a setting and its values are called.

    Parameters
    ----------
    name : str
    choices : tuple of (value, str)
        Values that have names of their own.
    """

    name: str
    choices: tuple[tuple[Value, str], ...] = ()

    def said(self, value: Value) -> str:
        """Return the setting with a value."""
        return f"{self.name} {dict(self.choices).get(value) or written(value)}"


@dataclass(frozen=True, slots=True)
class Pill:
    """A changed setting on the film.

    Parameters
    ----------
    x : float
        Of the step at which it was changed, in pixels.
    said : str
        The setting and its new value.
    wide : float
        How wide the words are, in pixels.
    branch : int
        Index of the branch it belongs to.
    """

    x: float
    said: str
    wide: float
    branch: int


def placed(
    pills: Sequence[Pill], strip: QRectF, gate: QRectF, scale: float
) -> tuple[tuple[QRectF, Pill], ...]:
    """Return where each pill lies; those without room are left out, the first go first.

    Parameters
    ----------
    pills : sequence of Pill
        Most important first.
    strip, gate : QRectF
        Of the film and of its gate, which no pill may cover.
    scale : float
        Pixels per design pixel.
    """
    apart, high, top = _APART * scale, _HIGH * scale, _TOP * scale
    rows = max(1, int((strip.height() - top) // high))
    found: list[tuple[QRectF, Pill]] = []
    for pill in pills:
        wide = pill.wide + 2 * apart
        beside = (pill.x + apart, pill.x - apart - wide, gate.right() + apart)
        tries = (
            QRectF(left, strip.top() + top + row * high, wide, high - 1)
            for row in range(rows)
            for left in beside
        )
        for rect in tries:
            inside = rect.left() >= strip.left() and rect.right() <= strip.right() - apart / 2
            taken = (gate, *(other for other, _ in found))
            if pill.said and inside and not any(rect.intersects(other) for other in taken):
                found.append((rect, pill))
                break
    return tuple(found)
