"""One kind of pooling: the window enlarged, what is kept, how, and all results."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explainer.concepts.cnn.pooling import words
from explainer.concepts.cnn.pooling.layout import Lane, Part, map_index
from explainer.concepts.cnn.pooling.moments import Moment
from explainer.concepts.cnn.pooling.probe import Pooled
from explainer.stage.addition import LEAST, Addition, addition
from explainer.stage.colours import Colours, fade, levels
from explainer.stage.formula import Piece, draw_formula, floored
from explainer.stage.frame import Frame
from explainer.stage.heatmap import cell, draw_grid, draw_map, draw_untouched, outline
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, number, width, write
from explainer.stage.ribbons import draw_ribbon

DIMMED = 0.45


def holds_numbers(cell_width: float, t: float) -> bool:
    """Return whether a cell is wide enough for a number with one decimal, at a type factor."""
    return cell_width >= max(34.0, 28.0 * t)


def tight_px(cell_width: float, t: float) -> float:
    """Return the size of a number in a cell too narrow for all; 0 where it could not be read."""
    px = min(cell_width * 0.42, 16 * t)
    return px if px >= 11 * t else 0.0


def write_values(
    painter: QPainter,
    rect: QRectF,
    values: np.ndarray,
    peak: float,
    colours: Colours,
    px: float,
    decimals: int,
    above: float = -1.0,
) -> None:
    """Write each value in its cell, zero as a plain 0; what rounds to it is dimmed.

    So the map's shape reads first. Only magnitudes larger than `above` are written.
    """
    rows, columns = values.shape
    fills = colours.tables["signed"][levels(values, peak)]
    for (row, column), value in np.ndenumerate(values):
        if abs(value) <= above:
            continue
        ink = colours.text_on(QColor(*fills[row, column].tolist()))
        if abs(value) < 0.5 * 10**-decimals:
            ink = fade(ink, DIMMED)
        box = cell(rect, row, column, rows, columns).adjusted(2, 0, -2, 0)
        said = number(float(value), decimals) if value else "0"
        write(painter, box, said, px, ink, align=CENTRE)


def draw_still_lane(
    painter: QPainter,
    lane: Lane,
    frame: Frame,
    answer: Pooled,
    part: Part,
    colours: Colours,
    t: float,
) -> None:
    """Draw headings, the arrow and all results; the moving part covers those to come."""
    write(painter, lane.heading, frame.say(words.KINDS[lane.kind]), 18 * t, colours.ink, SEMIBOLD)
    results = part.results(answer.pooled(lane.kind)[map_index(frame, answer)])
    above = QRectF(lane.output.x(), lane.output.y() - 28 * t, lane.output.width(), 24 * t)
    if lane.kind != "average" and (frame.knobs["extent"] == "whole" or part.stride < part.size):
        ink = colours.muted
        counted = floored(f"({part.high} − {part.size}) ÷ {part.stride}", ink)
        pieces = (*counted, Piece(f" + 1 = {part.rows}", ink))
        draw_formula(painter, above, pieces, 15 * t, RIGHT)
    else:
        said = f"{part.rows}×{part.columns}"
        write(painter, above, said, 15 * t, colours.muted, align=RIGHT)
    draw_map(painter, lane.output, results, answer.peak, "signed", colours)
    draw_grid(painter, lane.output, part.rows, part.columns, colours.line)
    if holds_numbers(lane.output.width() / part.columns, t) and not frame.knobs["once"]:
        px = 16 * min(t, 1.4)
        write_values(painter, lane.output, results, answer.peak, colours, px, 1)
    left, right = lane.operands.right() + 8, lane.result.left() - 10
    y = lane.result.center().y()
    painter.setPen(QPen(colours.muted, 1.6))
    painter.drawLine(QLineF(left, y, right, y))
    head = [QPointF(right - 6, y - 5), QPointF(right, y), QPointF(right - 6, y + 5)]
    painter.drawPolyline(QPolygonF(head))
    if t > 1.2:
        return  # the heading says it, and there is no room to say it twice
    label = QRectF(left - 4, y - 26 * t, right - left + 10, 22 * t)
    write(
        painter,
        label,
        frame.say(words.OPERATION[lane.kind], count=part.size * part.size),
        15 * t,
        colours.muted,
        align=CENTRE,
    )


def draw_lane(
    painter: QPainter,
    lane: Lane,
    frame: Frame,
    answer: Pooled,
    part: Part,
    now: Moment,
    window: np.ndarray,
    colours: Colours,
    t: float,
) -> None:
    """Draw the window's values, what is kept of them, and its way among the results."""
    peak, alone = answer.peak, bool(frame.knobs["once"])
    results = part.results(answer.pooled(lane.kind)[map_index(frame, answer)])
    value = float(results[divmod(now.index, part.columns)])
    first = 0 if alone else max(now.revealed, now.index + 1 if now.put >= 1 else 0)
    draw_untouched(painter, lane.output, part.rows, part.columns, first, colours)
    draw_grid(painter, lane.output, part.rows, part.columns, colours.line)

    size = window.shape[0]
    side = lane.operands.width() / size
    draw_map(painter, lane.operands, window, peak, "signed", colours)
    px = min(20 * t, side * 0.36)
    decimals = written_mean(window).decimals if lane.kind == "average" else LEAST
    px = min(px, 0.86 * side / max(width(number(peak, decimals), 1000) / 1000, 1e-9))
    if px < 14 * t:
        px = min(20 * t, side * 0.36)
        fitting = (d for d in (3, 2) if width(number(peak, d), px) < 0.8 * side)
        decimals = next(fitting, 1)
    draw_grid(painter, lane.operands, size, size, colours.line)
    write_values(painter, lane.operands, window, peak, colours, px, decimals)
    if lane.kind == "max":
        _draw_choice(painter, lane.operands, window, now.found, colours)
    outline(painter, lane.operands, colours, 2.4)

    target = cell(lane.output, *divmod(now.index, part.columns), part.rows, part.columns)
    if now.found > 0:
        start = QPointF(lane.result.right(), lane.result.center().y())
        end = QPointF(lane.output.left(), target.center().y())
        if target.left() > lane.output.left() + 1:
            thick = 2.4 if colours.is_projector else 1.4
            painter.setPen(QPen(fade(colours.amber, now.found), thick))
            painter.drawLines(
                [
                    QLineF(lane.output.left(), y, target.left(), y)
                    for y in (target.top(), target.bottom())
                ]
            )
        alpha = 0.34 * now.found
        high = lane.result.height() * 0.7, target.height()
        draw_ribbon(painter, start, high[0], end, high[1], colours.amber, (alpha * 0.4, alpha))
        if alone and now.put >= 1:
            painter.fillRect(target, colours.colour_of(value, peak, "signed"))
        elif 0 < now.put < 1:
            small = QRectF(lane.result)
            small.setSize(lane.result.size().boundedTo(target.size()))
            small.moveCenter(lane.result.center())
            moving = between(small, target, now.put)
            painter.fillRect(moving, colours.colour_of(value, peak, "signed"))
            outline(painter, moving, colours, 2)
        _draw_result(painter, lane.result, value, peak, now.found, colours, t)
        _write_caption(painter, lane, frame, window, value, decimals, now.found, colours, t)
        if alone and now.put >= 1 and holds_numbers(target.width(), t):
            written = np.array([[value]])
            write_values(painter, target, written, peak, colours, 16 * min(t, 1.4), 1)
    if now.put >= 1:
        outline(painter, target, colours, 2.4)


def written_mean(window: np.ndarray, decimals: int | None = None) -> Addition:
    """Return how a window's values and their sum are written, so that they add up.

    With `decimals` given, whether they do with just so many.
    """
    values = [float(value) for value in window.flat]
    if decimals is None:
        return addition((*values, sum(values)))
    return addition((*values, sum(values)), least=decimals, most=decimals)


def _draw_choice(
    painter: QPainter, rect: QRectF, window: np.ndarray, found: float, colours: Colours
) -> None:
    """Dim all but the largest value, and ring that."""
    if found <= 0:
        return
    size = window.shape[0]
    winner = int(window.argmax())
    veil = fade(colours.background, (1 - DIMMED) * found)
    for index in range(size * size):
        if index != winner:
            painter.fillRect(cell(rect, *divmod(index, size), size, size), veil)
    ring = cell(rect, *divmod(winner, size), size, size).adjusted(3, 3, -3, -3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(fade(colours.background, found), 5))
    painter.drawRoundedRect(ring, 3, 3)
    painter.setPen(QPen(fade(colours.ink, found), 2.5))
    painter.drawRoundedRect(ring, 3, 3)


def _draw_result(
    painter: QPainter,
    rect: QRectF,
    value: float,
    peak: float,
    found: float,
    colours: Colours,
    t: float,
) -> None:
    fill = colours.colour_of(value, peak, "signed")
    painter.setOpacity(found)
    painter.fillRect(rect, fill)
    px = min(24 * t, rect.width() * 0.3)
    write(painter, rect, number(value, 3), px, colours.text_on(fill), SEMIBOLD, CENTRE)
    outline(painter, rect, colours, 2.4)
    painter.setOpacity(1.0)


def _write_caption(
    painter: QPainter,
    lane: Lane,
    frame: Frame,
    window: np.ndarray,
    value: float,
    decimals: int,
    found: float,
    colours: Colours,
    t: float,
) -> None:
    """Write how the result came about, in numbers that can be added up by hand."""
    lines = []
    if lane.kind == "max":
        lines.append(frame.say(words.LARGEST, count=window.size))
        if window.size <= 4:
            terms = ", ".join(number(float(v), 3) for v in window.flat)
            lines.insert(0, f"max({terms}) = {number(value, 3)}")
    else:
        # Where the terms are not written again, they are those in the cells.
        written = written_mean(window) if window.size <= 4 else written_mean(window, decimals)
        total = number(float(window.sum(dtype=float)), written.decimals)
        if window.size <= 4:
            terms = " + ".join(number(float(v), written.decimals) for v in window.flat)
            lines.append(f"{terms} {written.sign} {total}")
        else:
            said = frame.say(words.SUM_OF, count=window.size, sign=written.sign, sum=total)
            lines.append(said)
        lines.append(f"{total} ÷ {window.size} = {number(value, 3)}")
    high = lane.caption.height() / 2
    for index, line in enumerate(lines):
        place = QRectF(
            lane.caption.x(), lane.caption.y() + index * high, lane.caption.width(), high
        )
        write(painter, place, line, 16 * t, fade(colours.muted, found))


def between(start: QRectF, end: QRectF, way: float) -> QRectF:
    """Return the rectangle that has come `way`, 0 to 1, from one to another."""

    def mix(a: float, b: float) -> float:
        return a + (b - a) * way

    return QRectF(
        mix(start.x(), end.x()),
        mix(start.y(), end.y()),
        mix(start.width(), end.width()),
        mix(start.height(), end.height()),
    )
