"""Shares of a whole over training, as ribbons stacked on each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explainer.stage.colours import Colours
from explainer.stage.lettering import CENTRE, SEMIBOLD, write

LEAST_LABELLED = 0.08  # a ribbon that is nowhere wider than this share has no label
FUTURE = 0.4  # opacity of what lies after the playhead


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Ribbons over an axis.

    Parameters
    ----------
    x : ndarray, shape (n,)
        Where each column of shares lies, in axis units, rising; n is at least 1.
    edges : ndarray, shape (n, classes + 1)
        Lower edge of each ribbon in stacking order, 0..1; the last column is 1.
    order : tuple of int
        The class of each ribbon, from the bottom.
    reach : float
        The axis goes from 0 to here.
    """

    x: np.ndarray
    edges: np.ndarray
    order: tuple[int, ...]
    reach: float


def stacked(x: np.ndarray, shares: np.ndarray, bottom: int, reach: float) -> Stack:
    """Stack shares, one class at the bottom so that its share can be read on the axis.

    Parameters
    ----------
    x : ndarray, shape (n,)
    shares : ndarray, shape (n, classes)
        Each row sums to 1.
    bottom : int
        The class at the bottom; the others follow from the last class up to the first.
    reach : float
        Where the axis ends.
    """
    order = (bottom, *(c for c in reversed(range(shares.shape[1])) if c != bottom))
    edges = np.concatenate([np.zeros((len(x), 1)), np.cumsum(shares[:, order], axis=1)], axis=1)
    return Stack(np.asarray(x, float), np.minimum(edges, 1.0), order, max(reach, 1e-9))


def ribbon_at(stack: Stack, rect: QRectF, point: QPointF) -> tuple[int, int] | None:
    """Return (class, column) of the ribbon under a point, or None beside the stack."""
    if not rect.contains(point):
        return None
    x = (point.x() - rect.x()) / rect.width() * stack.reach
    if x > stack.x[-1] + 0.02 * stack.reach:
        return None
    high = (rect.bottom() - point.y()) / rect.height()
    level = [float(np.interp(x, stack.x, edge)) for edge in stack.edges.T]
    place = min(int(np.searchsorted(level[1:], high)), len(stack.order) - 1)
    return stack.order[place], int(np.argmin(np.abs(stack.x - x)))


def draw_shares(
    painter: QPainter,
    rect: QRectF,
    stack: Stack,
    playhead: float,
    colours: Colours,
    px: float,
    lit: int | None = None,
) -> None:
    """Draw the ribbons, what lies after the playhead fainter.

    Parameters
    ----------
    playhead : float
        In axis units.
    lit : int or None
        A class to outline.
    """
    shapes = [_shape(stack, rect, place) for place in range(len(stack.order))]
    fills = [colours.solid("magnitude"), *(_slate(i, colours) for i in range(len(shapes) - 1))]
    here = rect.x() + playhead / stack.reach * rect.width()
    past = QRectF(rect.x(), rect.y(), here - rect.x(), rect.height())
    future = QRectF(here, rect.y(), rect.right() - here, rect.height())
    painter.setPen(QPen(colours.background, 1.5))
    for part, opacity in ((past, 1.0), (future, FUTURE)):
        painter.save()
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        painter.setOpacity(opacity)
        for shape, fill in zip(shapes, fills, strict=True):
            painter.setBrush(fill)
            painter.drawPolygon(shape)
        painter.restore()
    if lit is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.ink, 2))
        painter.drawPolygon(shapes[stack.order.index(lit)])
    _label(painter, rect, stack, fills, here, colours, px)


def _shape(stack: Stack, rect: QRectF, place: int) -> QPolygonF:
    x = rect.x() + stack.x / stack.reach * rect.width()
    low, high = (rect.bottom() - stack.edges[:, place + i] * rect.height() for i in (0, 1))
    if len(x) == 1:  # one moment alone: a column wide enough to be seen
        x = np.array([x[0], x[0] + 0.06 * rect.width()])
        low, high = low.repeat(2), high.repeat(2)
    points = [*zip(x, low, strict=True), *zip(x[::-1], high[::-1], strict=True)]
    return QPolygonF([QPointF(float(a), float(b)) for a, b in points])


def _slate(place: int, colours: Colours) -> QColor:
    """Return one of four tones between the ribbons' colour and the background."""
    share = (0.30, 0.62, 0.44, 0.78)[place % 4]
    tone, ground = colours.ribbon, colours.background
    return QColor(
        *(
            round(b + (a - b) * share)
            for a, b in zip(tone.getRgb()[:3], ground.getRgb()[:3], strict=True)
        )
    )


def _label(
    painter: QPainter,
    rect: QRectF,
    stack: Stack,
    fills: list[QColor],
    here: float,
    colours: Colours,
    px: float,
) -> None:
    wide = np.diff(stack.edges, axis=1)  # (n, classes)
    x = rect.x() + stack.x / stack.reach * rect.width()
    inside = (x > rect.x() + px) & (x < rect.right() - px)
    # The playhead would cut a label in two.
    clear = inside & (np.abs(x - here) > px)
    allowed = clear if clear.any() else (inside if inside.any() else np.ones(len(x), bool))
    taken: list[QPointF] = []
    for place, digit in enumerate(stack.order):
        room = np.where(allowed, wide[:, place], 0)
        best = int(np.argmax(room))
        if room[best] < LEAST_LABELLED or room[best] * rect.height() < px:
            continue
        if place == 0:  # the widest part of the bottom ribbon is long: its label goes mid-way
            best = int(np.median(np.flatnonzero(room > 0.97 * room[best])))
        across = x[best] + (0.03 * rect.width() if len(x) == 1 else 0)
        middle = (stack.edges[best, place] + stack.edges[best, place + 1]) / 2
        spot = QPointF(float(across), rect.bottom() - float(middle) * rect.height())
        if any((spot - other).manhattanLength() < 1.1 * px for other in taken):
            continue
        taken.append(spot)
        size = px * (1.5 if place == 0 and len(x) > 1 else 1.0)
        box = QRectF(spot.x() - size, spot.y() - size, 2 * size, 2 * size)
        # After the playhead the fill lets the background through.
        ink = colours.text_on(fills[place]) if spot.x() <= here else colours.ink
        write(painter, box, str(digit), size, ink, SEMIBOLD, CENTRE)
