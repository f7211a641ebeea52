"""Token chips: those of one written word touch; unknown ones are dashed, wrong ones crossed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from explainer.stage.colours import Colours, fade
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, width, write

_GAP, _PAD, _LEAST = 12.0, 12.0, 40.0
_RADIUS = 8.0
RIM = 2.5  # round a diamond, so that it is seen on dark cells too


@dataclass(frozen=True, slots=True)
class Row:
    """Chips on a line.

    Parameters
    ----------
    texts : tuple of str
    rects : tuple of QRectF
    px : float
        Size of the type.
    joined : tuple of (bool, bool)
        Whether a chip touches the one before it and the one behind it.
    """

    texts: tuple[str, ...]
    rects: tuple[QRectF, ...]
    px: float
    joined: tuple[tuple[bool, bool], ...]

    def at(self, point: QPointF, below: float = 0.0) -> int | None:
        """Return the chip under a point, or in the stretch below it."""
        for place, rect in enumerate(self.rects):
            if rect.adjusted(0, 0, 0, below).contains(point):
                return place
        return None


def chip_row(
    texts: Sequence[str],
    words: Sequence[int],
    rect: QRectF,
    px: float,
    spread: bool = True,
    pad: float = _PAD,
) -> Row:
    """Lay chips along a rectangle.

    Parameters
    ----------
    texts : sequence of str
    words : sequence of int
        The written word each is part of; chips of one word touch.
    rect : QRectF
        As high as the chips; where they do not fit, type and margins shrink together.
    px : float
    spread : bool
        Whether what is left of the width is given to the gaps, up to a limit.
    pad : float
        Air on either side of a text; letters one by one need less than words.
    """
    joins = [a == b for a, b in itertools.pairwise(words)]
    gaps = [0.0 if joined else _GAP for joined in joins]
    least = _LEAST * pad / _PAD
    wides = [max(width(text, px) + 2 * pad, least) for text in texts]
    whole = sum(wides) + sum(gaps)
    if whole > rect.width():
        shrink = rect.width() / whole
        px, wides, gaps = px * shrink, [w * shrink for w in wides], [g * shrink for g in gaps]
    elif spread and (parted := sum(not joined for joined in joins)):
        more = min((rect.width() - whole) / parted, 84.0)
        gaps = [gap + more if gap else 0.0 for gap in gaps]
    x = rect.x()
    if spread:
        x += max((rect.width() - sum(wides) - sum(gaps)) / 2, 0.0)
    rects = []
    for place, wide in enumerate(wides):
        rects.append(QRectF(x, rect.y(), wide, rect.height()))
        x += wide + (gaps[place] if place < len(gaps) else 0.0)
    touching = tuple(zip([False, *joins], [*joins, False], strict=True)) if texts else ()
    return Row(tuple(texts), tuple(rects), px, touching)


def chip_path(rect: QRectF, joined: tuple[bool, bool]) -> QPainterPath:
    """Return a chip's outline, square where it touches another."""
    left, right = (0.0 if touches else _RADIUS for touches in joined)
    path = QPainterPath(QPointF(rect.x() + left, rect.y()))
    path.lineTo(rect.right() - right, rect.y())
    path.quadTo(rect.topRight(), QPointF(rect.right(), rect.y() + right))
    path.lineTo(rect.right(), rect.bottom() - right)
    path.quadTo(rect.bottomRight(), QPointF(rect.right() - right, rect.bottom()))
    path.lineTo(rect.x() + left, rect.bottom())
    path.quadTo(rect.bottomLeft(), QPointF(rect.x(), rect.bottom() - left))
    path.lineTo(rect.x(), rect.y() + left)
    path.quadTo(rect.topLeft(), QPointF(rect.x() + left, rect.y()))
    path.closeSubpath()
    return path


def draw_chip(
    painter: QPainter,
    row: Row,
    place: int,
    colours: Colours,
    *,
    lit: bool = False,
    wrong: bool = False,
    unknown: bool = False,
    faint: bool = False,
) -> None:
    """Draw one chip: lit in amber, wrong with a dashed orange edge, unknown with a dotted one."""
    rect = row.rects[place]
    fill = colours.amber_soft if lit else colours.surface
    edge, thick = (colours.amber, 2.2) if lit else (colours.faint, 1.2)
    pen = QPen(edge, thick)
    if wrong:
        pen = QPen(colours.wrong, 2.0, Qt.PenStyle.DashLine)
    elif unknown:
        pen = QPen(colours.muted, 2.4, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.setBrush(fill)
    painter.drawPath(chip_path(rect, row.joined[place]))
    ink = colours.wrong if wrong else colours.muted if faint or unknown else colours.ink
    weight = SEMIBOLD if lit or wrong else REGULAR
    inner = rect.adjusted(3, 0, -3, 0)
    write(painter, inner, row.texts[place], row.px, ink, weight, CENTRE)


def draw_tick(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    """Draw a tick."""
    path = QPainterPath(QPointF(centre.x() - size, centre.y()))
    path.lineTo(QPointF(centre.x() - size * 0.3, centre.y() + size * 0.7))
    path.lineTo(QPointF(centre.x() + size, centre.y() - size * 0.7))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(path)


def draw_cross(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    """Draw a cross."""
    path = QPainterPath()
    for sign in (1, -1):
        path.moveTo(centre + QPointF(-size, -size * sign) * 0.8)
        path.lineTo(centre + QPointF(size, size * sign) * 0.8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(path)


def diamond(centre: QPointF, size: float) -> QPainterPath:
    """Return the mark of what is true."""
    path = QPainterPath(centre + QPointF(0, -size))
    for corner in (QPointF(size, 0), QPointF(0, size), QPointF(-size, 0)):
        path.lineTo(centre + corner)
    path.closeSubpath()
    return path


def draw_diamond(
    painter: QPainter, centre: QPointF, size: float, colours: Colours, filled: bool = True
) -> None:
    """Draw the mark of what is true; hollow where the model does not agree."""
    painter.setBrush(colours.background)
    painter.setPen(QPen(colours.background, 2 * RIM))
    painter.drawPath(diamond(centre, size))
    painter.setPen(QPen(colours.value, 2))
    painter.setBrush(colours.value if filled else colours.background)
    painter.drawPath(diamond(centre, size))


def draw_die(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """Draw the die that drew a token."""
    painter.setPen(QPen(colours.amber, 1.6))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(rect, 4, 4)
    step = rect.width() / 4
    centre = rect.center()
    pips = [centre + QPointF(dx * step, dy * step) for dx, dy in ((-1, -1), (0, 0), (1, 1))]
    painter.setPen(QPen(colours.amber_text, 3.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(pips)


def draw_pill(
    painter: QPainter, rect: QRectF, text: str, px: float, colours: Colours, lit: bool
) -> None:
    """Draw something small to click."""
    painter.setPen(QPen(colours.amber if lit else colours.faint, 1.6 if lit else 1.2))
    painter.setBrush(colours.amber_soft if lit else colours.surface)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    write(painter, rect.adjusted(8, 0, -8, 0), text, px, colours.ink, REGULAR, CENTRE)


def fall(top: QPointF, top_wide: float, bottom: QPointF, bottom_wide: float) -> QPainterPath:
    """Return a band that falls from one level edge to another, its controls at mid-height."""
    middle = (top.y() + bottom.y()) / 2
    path = QPainterPath(QPointF(top.x() - top_wide / 2, top.y()))
    path.cubicTo(
        QPointF(top.x() - top_wide / 2, middle),
        QPointF(bottom.x() - bottom_wide / 2, middle),
        QPointF(bottom.x() - bottom_wide / 2, bottom.y()),
    )
    path.lineTo(QPointF(bottom.x() + bottom_wide / 2, bottom.y()))
    path.cubicTo(
        QPointF(bottom.x() + bottom_wide / 2, middle),
        QPointF(top.x() + top_wide / 2, middle),
        QPointF(top.x() + top_wide / 2, top.y()),
    )
    path.closeSubpath()
    return path


def fill_path(painter: QPainter, path: QPainterPath, colour: QColor, alpha: float) -> None:
    """Fill a path, every part of it, at an opacity."""
    path.setFillRule(Qt.FillRule.WindingFill)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fade(colour, alpha))
    painter.drawPath(path)
