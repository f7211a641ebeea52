"""Measured milliseconds against length: one layer, read in five ways."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.transformer.parallel import words
from explainer.concepts.transformer.parallel.layout import ParallelLayout
from explainer.concepts.transformer.parallel.probe import WAYS, Timings
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, number, write

_LENGTHS = (8, 16, 32, 64, 128, 256)  # of the empty axes, until measured


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: nothing moves."""
    return (Beat("", 0.0),)


def times(frame: Frame) -> np.ndarray | None:
    """Return milliseconds, shape (ways, lengths), of the work shown; None in exports."""
    if not frame.measured or not isinstance(frame.answer, Timings):
        return None
    return frame.answer.training if work_of(frame) == "training" else frame.answer.forward


def work_of(frame: Frame) -> str:
    """Return which work is timed: forward or training."""
    return "training" if frame.knobs.get("work") == "training" else "forward"


def lengths(frame: Frame) -> tuple[int, ...]:
    """Return the lengths along the axis."""
    return frame.answer.lengths if isinstance(frame.answer, Timings) else _LENGTHS


def column(frame: Frame) -> int:
    """Return the length pointed at or chosen, else the longest."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("length",) and int(target[1]) < len(lengths(frame)):
            return int(target[1])
    return len(lengths(frame)) - 1


def reach(frame: Frame) -> tuple[float, float]:
    """Return the ends of the axis in powers of ten, the same forward and training."""
    if times(frame) is None:
        return -1.0, 2.0
    both = np.stack([frame.answer.forward, frame.answer.training])
    both = both[both > 0]
    return float(np.floor(np.log10(both.min()))), float(np.ceil(np.log10(both.max())))


def colour_of(way: str, colours: Colours) -> QColor:
    """Return violet for attention, teal for the GRU, ink for the LSTM."""
    if way.startswith("attention"):
        return colours.solid("magnitude")
    return colours.value if way.startswith("gru") else colours.ink


def fused(frame: Frame, way: str) -> str:
    """Return what is fused in a way, as it was found by counting operators."""
    if way in words.FUSED:
        return frame.say(words.FUSED[way])
    if not isinstance(frame.answer, Timings):
        return words.DASH
    return frame.say(words.WHOLE if frame.answer.is_fused(way) else words.INSIDE)


def _pen(frame: Frame, way: str, colours: Colours) -> QPen:
    """Return a way's pen: whole where it is fused, short dashes where Python calls each part."""
    pen = QPen(colour_of(way, colours), 3.8 if colours.is_projector else 2.8)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if way in ("attention", "gru_loop"):
        pen.setDashPattern([2.4, 1.6])
    elif way == "gru" and isinstance(frame.answer, Timings) and not frame.answer.is_fused(way):
        pen.setDashPattern([7.0, 1.6])
    return pen


def draw_still(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    """Draw axes, curves and the table."""
    t, plot = layout.room.type, layout.plot
    px = 14 * t
    head = QRectF(layout.body.x(), 14, layout.again.x() - layout.body.x() - 12, 28 * t)
    write(painter, head, frame.say(words.WORK[work_of(frame)]), 18 * t, colours.ink, SEMIBOLD)
    lit = frame.hover == ("again",)
    draw_pill(painter, layout.again, frame.say(words.AGAIN), 15 * t, colours, lit)
    low, high = reach(frame)
    for power in range(int(low), int(high) + 1):
        y = plot.bottom() - (power - low) / (high - low) * plot.height()
        label = number(10.0**power, max(-power, 0))
        box = QRectF(plot.x() - 64 * t, y - px, 64 * t - 8, 2 * px)
        write(painter, box, label, px, colours.muted, align=RIGHT)
    _draw_curves(painter, layout, frame, colours)
    chosen = column(frame)
    for place, length in enumerate(lengths(frame)):
        x = _x(layout, frame, place)
        ink = colours.amber_text if place == chosen else colours.muted
        box = QRectF(x - 40, plot.bottom() + 4, 80, 20 * t)
        weight = SEMIBOLD if place == chosen else REGULAR
        write(painter, box, f"{length}", px, ink, weight, CENTRE)
    line = QRectF(plot.x(), plot.bottom() + 25 * t, plot.width(), 20 * t)
    write(painter, line, frame.say(words.LENGTH), px, colours.muted, align=CENTRE)
    if times(frame) is None:
        write(painter, plot, frame.say(words.UNMEASURED), 18 * t, colours.muted, align=CENTRE)
    _draw_table(painter, layout, frame, colours)
    _draw_notes(painter, layout, frame, colours)


def _x(layout: ParallelLayout, frame: Frame, place: int) -> float:
    plot = layout.plot
    share = (place + 0.3) / (len(lengths(frame)) - 0.4)
    return plot.x() + share * plot.width()


# Where the columns of numbers end, as shares of the table; the two of words come before.
_NAME, _FUSED, _ENDS = 0.0, 0.33, (0.74, 0.87, 1.0)


def said(frame: Frame, way: str) -> tuple[str, str, str]:
    """Return a way's steps in a row, operators and milliseconds at the length, as written."""
    chosen, row, measured = column(frame), WAYS.index(way), times(frame)
    steps = "1" if way.startswith("attention") else f"{lengths(frame)[chosen]}"
    if measured is None:
        return steps, words.DASH, words.DASH
    counts = frame.answer.operators[work_of(frame)]
    return steps, number(float(counts[row, chosen]), 0), number(float(measured[row, chosen]), 2)


def _draw_table(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    t, table = layout.room.type, layout.table
    px, high, wide = 15 * t, table.height() / (1 + len(WAYS)), table.width()
    measured, chosen = times(frame), column(frame)
    heads = (words.ROW_STEPS, words.OPERATORS, words.AT_LENGTH)
    for end, text in zip(_ENDS, heads, strict=True):
        box = QRectF(table.x() + (end - 0.125) * wide, table.y(), 0.125 * wide, high)
        said_head = frame.say(text, length=lengths(frame)[chosen])
        write(painter, box, said_head, px, colours.muted, align=RIGHT)
    how = QRectF(table.x() + _FUSED * wide, table.y(), 0.2 * wide, high)
    write(painter, how, frame.say(words.HOW), px, colours.muted)
    fastest = None if measured is None else int(measured[:, chosen].argmin())
    for i, way in enumerate(WAYS):
        y = table.y() + (i + 1) * high
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(table.x(), y), QPointF(table.right(), y))
        painter.setPen(_pen(frame, way, colours))
        painter.drawLine(QPointF(table.x(), y + high / 2), QPointF(table.x() + 34, y + high / 2))
        weight = SEMIBOLD if i == fastest else REGULAR
        ink = colours.amber_text if i == fastest else colours.ink
        name = QRectF(table.x() + 44, y, _FUSED * wide - 52, high)
        write(painter, name, frame.say(words.WAYS[way]), px, colours.ink, weight)
        how = QRectF(table.x() + _FUSED * wide, y, (_ENDS[0] - 0.06 - _FUSED) * wide - 8, high)
        write(painter, how, fused(frame, way), px, colours.muted)
        inks = colours.ink, colours.ink, ink
        for end, text, colour in zip(_ENDS, said(frame, way), inks, strict=True):
            box = QRectF(table.x() + (end - 0.12) * wide, y, 0.12 * wide, high)
            write(painter, box, text, px, colour, weight, RIGHT)


def notes(frame: Frame) -> tuple[str, ...]:
    """Return which machine it was and how it was measured; and what is known of a GPU."""
    answer = frame.answer
    if times(frame) is None:
        return ()
    machine = frame.say(
        words.MACHINE, processor=answer.processor, device=answer.device, threads=answer.threads
    )
    method = frame.say(words.METHOD, batch=answer.batch, width=answer.width, runs=answer.runs)
    gpu = (frame.say(words.NO_GPU),) if answer.device == "cpu" else ()
    return (f"{machine} · {method}", *gpu)


def _draw_notes(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    t, table = layout.room.type, layout.table
    for i, text in enumerate(notes(frame)):
        line = QRectF(table.x(), table.bottom() + 6 + i * 21 * t, table.width(), 20 * t)
        write(painter, line, text, 14 * t, colours.muted)


def draw_moving(
    painter: QPainter, layout: ParallelLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing: times do not move."""


def _draw_curves(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    """Draw grid and curves, both axes by ratio, and the line of the length looked at."""
    plot, (low, high) = layout.plot, reach(frame)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1))
    for power in range(int(low), int(high) + 1):
        y = plot.bottom() - (power - low) / (high - low) * plot.height()
        painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
    measured = times(frame)
    if measured is None:
        return
    x = _x(layout, frame, column(frame))
    painter.setPen(QPen(colours.amber, 2.0))
    painter.drawLine(QPointF(x, plot.y()), QPointF(x, plot.bottom()))
    for way, line in zip(WAYS, measured, strict=True):
        shares = (np.log10(line) - low) / (high - low)
        points = [
            QPointF(_x(layout, frame, place), plot.bottom() - share * plot.height())
            for place, share in enumerate(shares.tolist())
        ]
        painter.setPen(_pen(frame, way, colours))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)
        painter.setPen(QPen(colour_of(way, colours), 2.2))
        painter.setBrush(colours.background)
        for point in points:
            painter.drawEllipse(point, 4.5, 4.5)


def hit(layout: ParallelLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("length", place) of the nearest length, or ("again",)."""
    if layout.again.contains(point):
        return ("again",)
    if not layout.plot.adjusted(0, 0, 0, 50).contains(point):
        return ()
    found = [abs(_x(layout, frame, place) - point.x()) for place in range(len(lengths(frame)))]
    return ("length", int(np.argmin(found)))


def lens(frame: Frame, time: float) -> Lens | None:
    """Return which way is fastest at the length pointed at."""
    measured = times(frame)
    if measured is None or (frame.hover[:1] != ("length",) and frame.selection[:1] != ("length",)):
        return None
    chosen = column(frame)
    fastest = WAYS[int(measured[:, chosen].argmin())]
    rows = tuple(
        (frame.say(words.WAYS[way]), f"{number(float(line[chosen]), 2)} ms")
        for way, line in zip(WAYS, measured, strict=True)
    )
    title = frame.say(
        words.FASTEST, length=lengths(frame)[chosen], way=frame.say(words.WAYS[fastest])
    )
    return Lens(title, rows)
