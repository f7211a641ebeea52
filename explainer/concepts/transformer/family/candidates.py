"""The likeliest words for one place, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.translate.bars import share_text
from explainer.stage.chips import draw_tick
from explainer.stage.colours import Colours
from explainer.stage.frame import Room
from explainer.stage.lettering import REGULAR, RIGHT, SEMIBOLD, width, write

MOST, FEW = 8, 6
# Beyond the first three, words less likely than this tell nothing and have no line.
_LEAST = 0.0005


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word, how likely it is, and whether it fits."""

    name: str
    share: float
    fits: bool = False


def likeliest(
    names: Sequence[str], shares: np.ndarray, room: Room, fits: Sequence[str] = ()
) -> tuple[Candidate, ...]:
    """Return the words with the largest shares, the largest first; three at least."""
    order = np.argsort(-shares, kind="stable")[: FEW if room.large else MOST]
    shown = (i for rank, i in enumerate(order) if rank < 3 or shares[i] >= _LEAST)
    return tuple(Candidate(names[i], float(shares[i]), names[i] in fits) for i in shown)


def lines_in(rect: QRectF, count: int, high: float) -> tuple[QRectF, ...]:
    """Return a line for each of `count` candidates, at most `high` each."""
    each = min(rect.height() / max(count, 1), high)
    return tuple(QRectF(rect.x(), rect.y() + i * each, rect.width(), each) for i in range(count))


def draw_candidates(
    painter: QPainter,
    lines: Sequence[QRectF],
    found: Sequence[Candidate],
    labels: Sequence[str],
    lit: int | None,
    px: float,
    colours: Colours,
    grown: float = 1.0,
) -> None:
    """Draw a bar for each candidate, the lit one amber; a tick where it fits.

    Parameters
    ----------
    lines : sequence of QRectF
    found : sequence of Candidate
    labels : sequence of str
        How each is written.
    lit : int or None
    px : float
        Size of the type.
    colours : Colours
    grown : float
        How far, 0..1, the bars have come.
    """
    lead = max((width(label, px, SEMIBOLD) for label in labels), default=0.0) + px * 2.2
    figures = px * 4.2
    for place, (line, one, label) in enumerate(zip(lines, found, labels, strict=True)):
        is_lit = place == lit
        weight = SEMIBOLD if is_lit else REGULAR
        if one.fits:
            mark = QPointF(line.x() + px * 0.5, line.center().y())
            draw_tick(painter, mark, px * 0.36, colours.value)
        box = QRectF(line.x() + px * 1.2, line.y(), lead - px * 1.6, line.height())
        write(painter, box, label, px, colours.ink, weight, RIGHT)
        track = line.adjusted(lead + 4, 0, -figures, 0)
        high = min(line.height() * 0.56, 22.0)
        bar = QRectF(
            track.x(), track.center().y() - high / 2, max(track.width() * one.share * grown, 1.5),
            high,
        )  # fmt: skip
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.amber if is_lit else colours.solid("magnitude"))
        painter.drawRoundedRect(bar, 3, 3)
        write(
            painter, QRectF(line.right() - figures, line.y(), figures, line.height()),
            share_text(one.share), px * 0.95, colours.ink, weight, RIGHT,
        )  # fmt: skip


def draw_panel(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """Draw the ground that bars lie on."""
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(rect, 12, 12)


def figures_under(
    rects: Sequence[QRectF], said: Sequence[str], px: float, first: int
) -> tuple[tuple[int, QRectF], ...]:
    """Return which figures have room under their chips, and where; one chip's before all others.

    Parameters
    ----------
    rects : sequence of QRectF
        The chips.
    said : sequence of str
        What would be written under each.
    px : float
        Size of the type.
    first : int
        The chip whose figure is kept whatever is beside it; -1 is none.
    """
    boxes: dict[int, QRectF] = {}
    for place in sorted(range(len(said)), key=lambda i: i != first):
        wide = width(said[place], px) + 4
        middle, y = rects[place].center().x(), rects[place].bottom() + 3
        box = QRectF(middle - wide / 2, y, wide, px * 1.5)
        if not any(box.intersects(other) for other in boxes.values()):
            boxes[place] = box
    return tuple(sorted(boxes.items()))
