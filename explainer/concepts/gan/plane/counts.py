"""What is counted of the fakes: verdicts, modes and measures, each beside what is perfect."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explainer.concepts.gan.measuring import FAIR_PART
from explainer.concepts.gan.plane import curves, words
from explainer.concepts.gan.plane.probe import Board
from explainer.concepts.gan.plane_geometry import verdicts_shown
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import (
    BOLD,
    CENTRE,
    LEFT,
    RIGHT,
    SEMIBOLD,
    number,
    percent,
    width,
    write,
)
from explainer.stage.wrapping import write_wrapped

_BINS = 24


def heading(painter: QPainter, rect: QRectF, t: float, text: str, colours: Colours) -> None:
    """Write the name of a part over it."""
    head = QRectF(rect.x(), rect.y(), rect.width(), 24 * t)
    write(painter, head, text, 16 * t, colours.ink, SEMIBOLD)


def draw_verdicts(
    painter: QPainter, rect: QRectF, t: float, frame: Frame, board: Board, colours: Colours
) -> None:
    """Draw how often D says what: of real points upwards, of fakes downwards."""
    heading(painter, rect, t, frame.say(words.VERDICTS), colours)
    stands = board.stands
    plot = rect.adjusted(0, 54 * t, 0, -56 * t)
    middle = plot.center().y()
    both = [
        verdicts_shown(logits, board.loss, stands.middle)  # type: ignore[arg-type]
        for logits in (stands.real_logits, stands.fake_logits)
    ]
    far = verdict_reach(both)
    counts = [np.histogram(v, bins=_BINS, range=(-far, far))[0] / len(v) for v in both]
    most = max(float(count.max()) for count in counts)
    wide = plot.width() / _BINS
    for count, up, colour in (
        (counts[0], -1, colours.real),
        (counts[1], 1, colours.generator),
    ):
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for place, value in enumerate(count.tolist()):
            high = value / most * plot.height() / 2
            top = middle - high if up < 0 else middle
            path.addRect(QRectF(plot.x() + place * wide + 1, top, wide - 2, high))
        painter.fillPath(path, colour)
    painter.setPen(QPen(colours.line, 1.2))
    painter.drawLine(QPointF(plot.left(), middle), QPointF(plot.right(), middle))
    painter.setPen(QPen(colours.discriminator, 1.8))
    x = plot.center().x()
    painter.drawLine(QPointF(x, plot.top() - 6), QPointF(x, plot.bottom() + 6))
    right = (
        float((stands.real_logits > stands.middle).mean()),
        float((stands.fake_logits <= stands.middle).mean()),
    )
    for share, name, colour, y in (
        (right[0], words.REAL, colours.real, rect.y() + 28 * t),
        (right[1], words.FAKES, colours.generator, plot.bottom() + 8),
    ):
        said = f"{frame.say(name)} · {frame.say(words.RIGHT, share=percent(share, 0))}"
        line = QRectF(rect.x(), y, rect.width(), 20 * t)
        write(painter, line, said, 15 * t, colour, SEMIBOLD)
    foot = QRectF(rect.x(), rect.bottom() - 24 * t, rect.width(), 20 * t)
    if board.loss == "wgan-gp":
        write(painter, foot, frame.say(words.CRITIC_AXIS), 14 * t, colours.muted)
        return
    for value, align in ((-far, LEFT), (0.0, CENTRE), (far, RIGHT)):
        said = f"D {number(0.5 + value / 2, 2)}"
        write(painter, foot, said, 14 * t, colours.muted, align=align)


def verdict_reach(both: list[np.ndarray]) -> float:
    """Return how far from undecided the axis of the verdicts goes: to all but one in a hundred."""
    far = float(np.percentile(np.abs(np.concatenate(both)), 99))
    return min(max(np.ceil(20 * far) / 20, 0.1), 1.0)


def bars_of(rect: QRectF, count: int, t: float) -> list[QRectF]:
    """Return the column of each mode, full height, over its number."""
    room = rect.adjusted(0, 52 * t, 0, -44 * t)
    pitch = room.width() / count
    wide = min(0.7 * pitch, 40.0)
    return [
        QRectF(room.x() + (place + 0.5) * pitch - wide / 2, room.y(), wide, room.height())
        for place in range(count)
    ]


def draw_modes(
    painter: QPainter, rect: QRectF, t: float, frame: Frame, board: Board, colours: Colours
) -> None:
    """Draw the share of the fakes on each mode beside an even share."""
    head = frame.say(words.COVERED)
    heading(painter, rect, t, head, colours)
    found, ideal = board.stands.coverage, board.stands.ideal
    if found is None or ideal is None:
        write_wrapped(painter, rect.adjusted(0, 30 * t, 0, 0), frame.say(words.NO_MODES), 14 * t,
                      colours.muted)  # fmt: skip
        return
    count, covered = len(found.shares), int(found.covered.sum())
    x = rect.x() + width(head, 16 * t, SEMIBOLD) + 12
    big = colours.real if covered == count else colours.wrong
    spot = QRectF(x, rect.y() - 4 * t, 60 * t, 32 * t)
    write(painter, spot, str(covered), 28 * t, big, BOLD)
    x += width(str(covered), 28 * t, BOLD) + 6
    of = QRectF(x, rect.y(), 60 * t, 24 * t)
    write(painter, of, f"/ {count}", 18 * t, colours.muted, SEMIBOLD)
    bars = bars_of(rect, count, t)
    even = float(ideal.shares.mean())
    top = max(2 * even, float(found.shares.max()))
    lit = int(frame.hover[1]) if frame.hover[:1] == ("mode",) else -1
    for place, bar in enumerate(bars):
        colour = colours.real if found.covered[place] else colours.wrong
        high = float(found.shares[place]) / top * bar.height()
        painter.setPen(QPen(colours.amber if place == lit else colours.line, 1.4))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(bar, 4, 4)
        filled = QRectF(bar.x(), bar.bottom() - high, bar.width(), high)
        painter.fillRect(filled, colour)
        if count <= 12:
            px = 14 * t
            share = number(100 * float(found.shares[place]), 0)
            over = QRectF(bar.x() - 8, bar.y() - 21 * t, bar.width() + 16, 20 * t)
            write(painter, over, share, px, colours.ink, SEMIBOLD, CENTRE)
            under = QRectF(bar.x() - 8, bar.bottom() + 2, bar.width() + 16, 20 * t)
            write(painter, under, str(place + 1), px, colour, SEMIBOLD, CENTRE)
    y = bars[0].bottom() - even / top * bars[0].height()
    pen = QPen(colours.ink, 1.3)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(rect.x(), y), QPointF(rect.right(), y))
    foot = QRectF(rect.x(), rect.bottom() - 21 * t, rect.width(), 20 * t)
    least = number(100 * FAIR_PART / count, 1)
    counted = number(len(board.stands.fake_logits), 0)
    said = frame.say(words.SHARES_ARE, count=counted, least=least)
    write(painter, foot, said, 14 * t, colours.muted)


def draw_measures(
    painter: QPainter, rect: QRectF, t: float, frame: Frame, board: Board, colours: Colours
) -> None:
    """Draw sample quality and distance, each with what a perfect generator would score."""
    stands, rows = board.stands, []
    if stands.coverage is not None and stands.ideal is not None:
        value, best = stands.coverage.high_quality, stands.ideal.high_quality
        rows.append((words.QUALITY, percent(value, 0), value, best))
    distance = stands.distance
    if distance is None:  # while the nets learn, the film has one of not long ago
        distance = curves.value_at(frame, "sliced_wasserstein")
    if distance is not None:
        most = max(1.2 * distance, 4 * stands.floor)
        rows.append((words.DISTANCE, number(distance, 3), distance / most, stands.floor / most))
    high = 26 * t
    for place, (label, said, share, best) in enumerate(rows):
        row = QRectF(rect.x(), rect.y() + place * high, rect.width(), high)
        name = row.adjusted(0, 0, -0.52 * row.width(), 0)
        write(painter, name, frame.say(label), 14 * t, colours.muted)
        value = row.adjusted(0.86 * row.width(), 0, 0, 0)
        write(painter, value, said, 15 * t, colours.ink, SEMIBOLD, RIGHT)
        bar = QRectF(row.x() + 0.5 * row.width(), row.center().y() - 5, 0.34 * row.width(), 10)
        painter.fillRect(bar, colours.line)
        painter.fillRect(
            QRectF(bar.x(), bar.y(), bar.width() * min(max(share, 0), 1), 10), colours.generator
        )
        x = bar.x() + min(best, 1.0) * bar.width()
        painter.setPen(QPen(colours.ink, 2.2))
        painter.drawLine(QPointF(x, bar.y() - 5), QPointF(x, bar.bottom() + 5))
    foot = QRectF(rect.x(), rect.y() + len(rows) * high, rect.width(), 20 * t)
    write(painter, foot, frame.say(words.PERFECT), 14 * t, colours.muted, align=LEFT)
