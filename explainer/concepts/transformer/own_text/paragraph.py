"""Running text broken into lines, each stretch knowing which part it is of."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from explainer.concepts.transformer.own_text.pieces import visible
from explainer.stage.lettering import REGULAR, width

_LINE = 1.5  # of the type's size
_LATEST_BREAK = 0.6  # of a line: a space before it is no place to break
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of one part on one line.

    Parameters
    ----------
    text : str
    rect : QRectF
    part : int
    """

    text: str
    rect: QRectF
    part: int


def lines_of(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return the lines that stretches lie on, each to be written at once; parts are lost."""
    found = []
    for _, on_line in itertools.groupby(stretches, key=lambda stretch: stretch.rect.y()):
        parts = list(on_line)
        rect = parts[0].rect.united(parts[-1].rect)
        found.append(Stretch("".join(part.text for part in parts), rect, parts[0].part))
    return tuple(found)


def line_high(px: float) -> float:
    """Return how high a line is."""
    return _LINE * px


def paragraph(
    parts: Sequence[str], rect: QRectF, px: float, weight: QFont.Weight = REGULAR
) -> tuple[Stretch, ...]:
    """Lay parts of a text one behind the other, broken into lines.

    What does not fit the rectangle is left out, an ellipsis at its end.
    """
    signs = [(sign, part) for part, text in enumerate(parts) for sign in visible(text)]
    most = max(int(rect.height() / line_high(px)), 1)
    lines: list[list[tuple[str, int]]] = []
    while signs and len(lines) < most:
        count = _fitting(signs, rect.width(), px, weight)
        lines.append(signs[:count])
        signs = signs[count:]
        while signs and signs[0][0] == " ":
            signs = signs[1:]
    if signs and lines:
        lines[-1] = _shortened(lines[-1], rect.width(), px, weight)
    placed = []
    for number, line in enumerate(lines):
        placed += _placed(line, rect, rect.y() + number * line_high(px), px, weight)
    return tuple(placed)


def _fitting(signs: Sequence[tuple[str, int]], wide: float, px: float, weight: QFont.Weight) -> int:
    """Return how many signs a line takes, at a space if there is one late enough."""
    x, space = 0.0, None
    for place, (sign, _) in enumerate(signs):
        x += width(sign, px, weight)
        if x > wide and place:
            return place if space is None else space
        if sign == " " and x > _LATEST_BREAK * wide:
            space = place + 1
    return len(signs)


def _shortened(
    line: list[tuple[str, int]], wide: float, px: float, weight: QFont.Weight
) -> list[tuple[str, int]]:
    room = wide - width(_ELLIPSIS, px, weight)
    while len(line) > 1 and sum(width(sign, px, weight) for sign, _ in line) > room:
        line = line[:-1]
    return [*line, (_ELLIPSIS, line[-1][1])]


def _placed(
    line: Sequence[tuple[str, int]], rect: QRectF, y: float, px: float, weight: QFont.Weight
) -> list[Stretch]:
    x, found = rect.x(), list[Stretch]()
    for part, signs in itertools.groupby(line, key=lambda sign: sign[1]):
        text = "".join(sign for sign, _ in signs)
        wide = width(text, px, weight)  # of the whole: signs side by side are kerned
        found.append(Stretch(text, QRectF(x, y, wide, line_high(px)), part))
        x += wide
    return found
