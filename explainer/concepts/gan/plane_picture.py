"""The plane as a picture of any size: surface, decision line, warped grid, points, arrows, modes.

Each function draws arrays into a rectangle; none knows a frame or a scene.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from explainer.concepts.gan.measuring import WITHIN
from explainer.concepts.gan.plane_geometry import densities, opacities
from explainer.concepts.gan.shapes import EXTENT, Modes
from explainer.stage.colours import Colours, fade
from explainer.stage.heatmap import image
from explainer.stage.lettering import CENTRE, SEMIBOLD, write

WHOLE = 2  # numbers of noise of which the lattice is all, not a line or a slice
_LEVELS = 5  # of opacity: one path each
_INKED = 0.42  # the opacity of the densest cells
# A pull of 1 is drawn so long, as a share of the plane's side; what is longer is cut.
ARROW, LONGEST = 0.28, 0.1
_HEAD = 5.0


def on_plane(rect: QRectF, points: np.ndarray, extent: float = EXTENT) -> np.ndarray:
    """Return points of the plane, (..., 2), as positions in a rectangle."""
    scale = np.array([rect.width(), -rect.height()]) / (2 * extent)
    centre = rect.center()
    return points * scale + np.array([centre.x(), centre.y()])


def spots(rect: QRectF, points: np.ndarray) -> list[QPointF]:
    """Return points of the plane, (n, 2), as positions; those outside the rectangle are left out.

    Ones that are no numbers are left out as well.
    """
    placed = on_plane(rect, points)
    with np.errstate(invalid="ignore"):
        inside = (
            (placed[:, 0] > rect.left())
            & (placed[:, 0] < rect.right())
            & (placed[:, 1] > rect.top())
            & (placed[:, 1] < rect.bottom())
        )
    return [QPointF(x, y) for x, y in placed[inside].tolist()]


def draw_card(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """Draw the empty plane."""
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(rect, 8, 8)


def draw_surface(painter: QPainter, rect: QRectF, verdicts: np.ndarray, colours: Colours) -> None:
    """Draw verdicts everywhere as one smooth image.

    Parameters
    ----------
    verdicts : ndarray, (cells, cells)
        -1 surely forged .. 1 surely real, the top row first; see `verdicts_shown`.
    """
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawImage(rect, image(verdicts, 1.0, "verdict", colours))
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)


def draw_decision(
    painter: QPainter, rect: QRectF, pieces: np.ndarray, colour: QColor, thick: float = 1.8
) -> None:
    """Draw the line on which the discriminator cannot decide: see `level_line`."""
    placed = on_plane(rect, pieces)
    pen = QPen(colour, thick)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(pen)
    painter.drawLines([QLineF(*a, *b) for a, b in placed.tolist()])
    painter.restore()


def draw_grid(
    painter: QPainter,
    rect: QRectF,
    warped: np.ndarray,
    noise: str,
    size: int,
    colours: Colours,
) -> None:
    """Draw where the generator sends a lattice of noise; a cell is as opaque as it is dense.

    The lattice is all of the noise only where the noise has two numbers. Where it has one, or
    more, the lattice is a line or one slice, and says nothing of how densely the fakes lie: then
    only its lines are drawn.

    Parameters
    ----------
    warped : ndarray, (lines, lines, 2)
        The crossings, on the plane.
    noise : {"gaussian", "uniform"}
    size : int
        How many numbers the noise has.
    """
    placed = on_plane(rect, np.nan_to_num(warped, posinf=9, neginf=-9))
    painter.save()
    painter.setClipRect(rect)
    if size == WHOLE:
        _fill_cells(painter, placed, opacities(densities(warped, noise)), colours)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    pen = QPen(colours.generator, 1.6) if size == 1 else QPen(fade(colours.generator, 0.4), 0.8)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rows = placed[:1] if size == 1 else placed[::2]  # of one number all rows are the same
    columns = placed[:, :0] if size == 1 else placed[:, ::2]
    for row in (*rows.tolist(), *columns.swapaxes(0, 1).tolist()):
        painter.drawPolyline([QPointF(x, y) for x, y in row])
    painter.restore()


def _fill_cells(
    painter: QPainter, placed: np.ndarray, opacity: np.ndarray, colours: Colours
) -> None:
    shown = np.rint(opacity * _LEVELS).astype(int)
    # Not smoothed: the seams between smoothed cells would show, and it costs twice as much.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    quads = np.stack([placed[:-1, :-1], placed[:-1, 1:], placed[1:, 1:], placed[1:, :-1]], axis=2)
    for level in range(1, _LEVELS + 1):
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for corners in quads[shown == level].tolist():
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        painter.fillPath(path, fade(colours.generator, _INKED * level / _LEVELS))


def draw_real(
    painter: QPainter,
    rect: QRectF,
    points: np.ndarray,
    colours: Colours,
    size: float = 6.0,
    colour: QColor | None = None,
) -> None:
    """Draw real points, (n, 2), as round dots."""
    pen = QPen(colour or colours.real, size)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints(spots(rect, points))


def draw_fakes(
    painter: QPainter,
    rect: QRectF,
    points: np.ndarray,
    colours: Colours,
    size: float = 7.0,
    colour: QColor | None = None,
) -> None:
    """Draw fakes, (n, 2), as triangles."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for spot in spots(rect, points):
        path.addPolygon(triangle(spot, size))
    painter.fillPath(path, colour or colours.generator)


def triangle(spot: QPointF, size: float) -> QPolygonF:
    """Return the mark of a fake."""
    x, y, half = spot.x(), spot.y(), size / 2
    top, base = y - 0.62 * size, y + 0.42 * size
    return QPolygonF([QPointF(x, top), QPointF(x + half, base), QPointF(x - half, base)])


def draw_arrows(
    painter: QPainter,
    rect: QRectF,
    points: np.ndarray,
    pull: np.ndarray,
    colours: Colours,
    per_pull: float = ARROW,
    grown: float = 1.0,
    thick: float = 1.6,
) -> None:
    """Draw on each fake where the generator's loss falls, and how steeply.

    Parameters
    ----------
    points, pull : ndarray, (n, 2)
        As of `reading.Forged`.
    per_pull : float
        Length of the arrow of a pull of 1, as a share of the rectangle's side. Those over
        `LONGEST` are cut to it, those under three units are left out.
    grown : float
        How far, 0..1, they have come out.
    """
    side = min(rect.width(), rect.height())
    starts = on_plane(rect, points)
    ways = np.array([1.0, -1.0]) * pull * per_pull * side
    length = np.linalg.norm(ways, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        ways *= np.minimum(1.0, LONGEST * side / length)[:, None]
        length = np.minimum(length, LONGEST * side) * grown
    inside = rect.adjusted(1, 1, -1, -1)
    shafts, heads = [], QPainterPath()
    heads.setFillRule(Qt.FillRule.WindingFill)
    ends = starts + grown * ways
    for (x, y), (ex, ey), long in zip(starts.tolist(), ends.tolist(), length.tolist(), strict=True):
        if not (long > 3 and inside.contains(x, y) and inside.contains(ex, ey)):
            continue
        ux, uy = (ex - x) / long, (ey - y) / long
        head = min(_HEAD * thick / 1.6, 0.6 * long)
        bx, by, half = ex - ux * head, ey - uy * head, 0.55 * head
        shafts.append(QLineF(x, y, bx, by))
        heads.addPolygon(
            QPolygonF(
                [
                    QPointF(ex, ey),
                    QPointF(bx - uy * half, by + ux * half),
                    QPointF(bx + uy * half, by - ux * half),
                ]
            )
        )
    painter.setPen(QPen(colours.gradient, thick))
    painter.drawLines(shafts)
    painter.fillPath(heads, colours.gradient)


def mode_ring(rect: QRectF, modes: Modes, place: int) -> QRectF:
    """Return the ring within which a fake counts as of a mode."""
    (x, y) = on_plane(rect, modes.centres[place]).tolist()
    radius = WITHIN * modes.spread * rect.width() / (2 * EXTENT)
    return QRectF(x - radius, y - radius, 2 * radius, 2 * radius)


def draw_modes(
    painter: QPainter,
    rect: QRectF,
    modes: Modes,
    covered: Sequence[bool],
    colours: Colours,
    px: float = 14.0,
    lit: int | None = None,
) -> None:
    """Draw a ring round each mode, solid where it is covered; a number outside where it has room.

    Parameters
    ----------
    covered : sequence of bool
        One a mode.
    px : float
        Size of the numbers; 0 leaves them out, and so does a plane with over twelve modes.
    lit : int, optional
        The mode whose ring is thicker.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for place, is_covered in enumerate(covered):
        ring = mode_ring(rect, modes, place)
        colour = colours.real if is_covered else colours.wrong
        pen = QPen(colour, 3.0 if place == lit else 1.6)
        if not is_covered:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawEllipse(ring)
    if not px or len(covered) > 12:
        return
    for place, is_covered in enumerate(covered):
        ring, centre = mode_ring(rect, modes, place), rect.center()
        out = ring.center() - centre
        far = max((out.x() ** 2 + out.y() ** 2) ** 0.5, 1e-6)
        spot = ring.center() + out / far * (ring.width() / 2 + 0.75 * px)
        label = QRectF(spot.x() - px, spot.y() - 0.7 * px, 2 * px, 1.4 * px)
        colour = colours.real if is_covered else colours.wrong
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.surface)
        painter.drawEllipse(label.center(), 0.72 * px, 0.72 * px)
        write(painter, label, str(place + 1), px, colour, SEMIBOLD, CENTRE)
