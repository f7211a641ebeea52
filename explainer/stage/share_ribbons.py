"""Shares of a whole over training, as ribbons stacked on each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from explainer.stage.colours import Colours
from explainer.stage.lettering import CENTRE, SEMIBOLD, write

LEAST_LABELLED = 0.08  # a ribbon that is nowhere wider than this share has no label
FUTURE = 0.4  # opacity of what lies after the playhead
_FINER = 2  # pixels of the ribbons' picture to a unit of the design
_SEAM = 2  # pixels between two ribbons
_ALONE = 0.06  # share of the axis that one moment alone takes, wide enough to be seen


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
    count = len(stack.order)
    fills = [colours.solid("magnitude"), *(_slate(i, colours) for i in range(count - 1))]
    here = rect.x() + playhead / stack.reach * rect.width()
    if len(stack.x) == 1:  # one moment alone has no future
        here = rect.right()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(rect, _picture(stack, rect, (here - rect.x()) / rect.width(), fills, colours))
    if lit is not None:
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(colours.ink, 2))
        for edge in _edges(stack, rect, stack.order.index(lit)):
            painter.drawPolyline(edge)
        painter.restore()
    _label(painter, rect, stack, fills, here, colours, px)


def _picture(
    stack: Stack, rect: QRectF, past: float, fills: list[QColor], colours: Colours
) -> QImage:
    """Return the ribbons as one image of palette entries, twice as fine as the design's units.

    Ten outlined polygons, each drawn once for the past and once for the future, took 24 ms
    (measured); this takes about 2.
    """
    wide, high = round(_FINER * rect.width()), round(_FINER * rect.height())
    x = np.linspace(0, stack.reach, wide)
    end = stack.x[-1] if len(stack.x) > 1 else stack.x[-1] + _ALONE * stack.reach
    count = len(fills)
    edges = np.stack([np.interp(x, stack.x, edge) for edge in stack.edges.T], axis=1)
    rows = np.rint((1 - edges[:, ::-1]) * high).astype(int)  # (wide, count + 1), from the top
    rows[:, 0], rows[:, -1] = 0, high
    runs = np.diff(rows, axis=1)
    seams = np.minimum(runs, _SEAM)
    # From the top: a ribbon, its seam, the next ribbon, its seam, ...
    lengths = np.stack([runs - seams, seams], axis=2).reshape(wide, 2 * count)
    entries = np.stack([np.arange(count)[::-1], np.full(count, count)], axis=1).ravel()
    pixels = np.repeat(np.tile(entries.astype(np.uint8), wide), lengths.ravel())
    stride = (wide + 3) // 4 * 4  # an indexed image's lines are padded to four bytes
    padded = np.zeros((high, stride), np.uint8)
    padded[:, :wide] = pixels.reshape(wide, high).T
    now, last = np.searchsorted(x, (past * stack.reach, end), "right")
    padded[:, now:last] += count + 1
    padded[:, last:wide] = count
    image = QImage(padded.data, wide, high, stride, QImage.Format.Format_Indexed8).copy()
    full = [*fills, colours.background]
    image.setColorTable([c.rgb() for c in (*full, *(colours.over(c, FUTURE) for c in full))])
    return image


def _edges(stack: Stack, rect: QRectF, place: int) -> tuple[QPolygonF, QPolygonF]:
    """Return the lower and the upper edge of a ribbon."""
    x = rect.x() + stack.x / stack.reach * rect.width()
    low, high = (rect.bottom() - stack.edges[:, place + i] * rect.height() for i in (0, 1))
    if len(x) == 1:
        x = np.array([x[0], x[0] + _ALONE * rect.width()])
        low, high = low.repeat(2), high.repeat(2)
    return (
        QPolygonF([QPointF(float(a), float(b)) for a, b in zip(x, low, strict=True)]),
        QPolygonF([QPointF(float(a), float(b)) for a, b in zip(x, high, strict=True)]),
    )


def _slate(place: int, colours: Colours) -> QColor:
    """Return one of four tones between the ribbons' colour and the background."""
    return colours.over(colours.ribbon, (0.40, 0.74, 0.54, 0.92)[place % 4])


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
    taken: list[QRectF] = []
    for place, digit in enumerate(stack.order):
        room = np.where(allowed, wide[:, place], 0)
        best = int(np.argmax(room))
        if room[best] < LEAST_LABELLED or room[best] * rect.height() < px:
            continue
        if place == 0:  # the widest part of the bottom ribbon is long: its label goes mid-way
            widest = np.flatnonzero(room > 0.97 * room[best])
            best = int(widest[len(widest) // 2])
        across = x[best] + (_ALONE / 2 * rect.width() if len(x) == 1 else 0)
        middle = (stack.edges[best, place] + stack.edges[best, place + 1]) / 2
        spot = QPointF(float(across), rect.bottom() - float(middle) * rect.height())
        size = px * (1.5 if place == 0 and len(x) > 1 else 1.0)
        figure = QRectF(spot.x() - 0.35 * size, spot.y() - 0.6 * size, 0.7 * size, 1.2 * size)
        if any(figure.intersects(other) for other in taken):
            continue
        taken.append(figure)
        box = QRectF(spot.x() - size, spot.y() - size, 2 * size, 2 * size)
        # After the playhead the fill lets the background through.
        ink = colours.text_on(fills[place]) if spot.x() <= here else colours.ink
        write(painter, box, str(digit), size, ink, SEMIBOLD, CENTRE)
