"""Pictures of parts of a view, painted once and shown again while what they show stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap


class _Part(NamedTuple):
    of: tuple[Any, ...]
    late: tuple[Any, ...]
    place: QRect
    picture: QPixmap

    def shows(self, of: tuple[Any, ...], place: QRect) -> bool:
        return self.place == place and _same(self.of, of)


class Keeping:
    """The kept pictures of one view.

    Attributes
    ----------
    is_behind : bool
        Whether a part was shown as it was before; see `late` of `draw`.
    catches_up : bool
        Whether no part may lag now.
    """

    def __init__(self) -> None:
        self.is_behind = self.catches_up = False
        self._parts: dict[str, _Part] = {}

    def forget(self) -> None:
        """Have every part painted anew."""
        self._parts.clear()

    def shows(self, name: str, of: tuple[Any, ...]) -> bool:
        """Whether a part's picture shows this."""
        known = self._parts.get(name)
        return known is not None and known.shows(of, known.place)

    def draw(
        self,
        painter: QPainter,
        name: str,
        place: QRect,
        of: tuple[Any, ...],
        paint: Callable[[QPainter], None],
        late: tuple[Any, ...] = (),
        opaque: bool = False,
    ) -> None:
        """Draw a part, from its picture where that still shows what it should.

        Parameters
        ----------
        place : QRect
            Where, in pixels of the widget; the painter must not be transformed.
        of : tuple
            What is shown; while each is the same or equal, the picture is used again. Arrays, in
            tuples too, count as equal only where they are the same.
        paint : callable
            Paints it, in pixels of the widget.
        late : tuple
            What else is shown; where only this changed, the old picture stays one time more.
        opaque : bool
            Whether it covers all of its place.
        """
        known = self._parts.get(name)
        stands = known is not None and known.shows(of, place)
        if stands and not self.catches_up and not _same(known.late, late):
            self.is_behind = True
        elif not stands or not _same(known.late, late):
            picture = self._blank(known, place, painter.device().devicePixelRatio(), opaque)
            with QPainter(picture) as part:
                part.translate(-place.topLeft())
                paint(part)
            known = self._parts[name] = _Part(of, late, place, picture)
        painter.drawPixmap(place.topLeft(), known.picture)

    @staticmethod
    def _blank(known: _Part | None, place: QRect, ratio: float, opaque: bool) -> QPixmap:
        """Return a picture to paint on: the known one if it fits, since a new one costs more."""
        picture = QPixmap() if known is None else known.picture
        if picture.size() != place.size() * ratio:
            picture = QPixmap(place.size() * ratio)
            picture.setDevicePixelRatio(ratio)
        if not opaque:
            picture.fill(Qt.GlobalColor.transparent)
        return picture


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return len(one) == len(other) and all(map(_is_same, one, other))


def _is_same(one: Any, other: Any) -> bool:
    if one is other:
        return True
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return False
    if isinstance(one, tuple) and isinstance(other, tuple):
        return _same(one, other)
    return bool(one == other)
