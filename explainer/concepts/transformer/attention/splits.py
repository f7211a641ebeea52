"""The ways to split Korean as a table to choose from: what each makes of a text, and its price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.probe import LearningTime, Listened
from explainer.concepts.transformer.sentence import source_chips, spelt
from explainer.concepts.transformer.units import (
    UNIT_NAMES,
    UNITS,
    Unit,
    korean_pieces,
    piece_name,
    split,
)
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, number, width, write

HEAD, FOOT = 32.0, 26.0  # of the table, in units of type
_NAME = 92.0
# What each column needs; where type is large, the pieces need what is saved here.
_COLUMNS = {"here": 58.0, "mean": 82.0, "vocabulary": 80.0, "learning": 214.0}
_HERE_LARGE = 45.0
_LEAST_STRIP = 90.0
_SMALLEST, _SMALLEST_FINE = 0.85, 0.7  # of their size, to which chips shrink
_LARGE_TYPE, _FINE_PRINT = 20.0, 17.0  # type so large is for small stages: 11 pixels there


@dataclass(frozen=True, slots=True)
class Table:
    """Where the rows and the columns of figures stand.

    Attributes
    ----------
    rows : tuple of QRectF
        By `UNITS`.
    columns : tuple of (str, float, float)
        Name, left edge and width of each.
    strip : tuple of float
        Left and right edge of what a split makes of the text; alike if there is no room for it.
    foot : QRectF
        What the figures are.
    """

    rows: tuple[QRectF, ...]
    columns: tuple[tuple[str, float, float], ...]
    strip: tuple[float, float]
    foot: QRectF


def table_in(box: QRectF, room: Room) -> Table:
    """Return the table as large as its box."""
    t = room.type
    top, bottom = box.y() + HEAD * t, box.bottom() - FOOT * t
    high = (bottom - top) / len(UNITS)
    narrow = {"here": _HERE_LARGE} if room.large else {}
    wides = {name: wide * t for name, wide in {**_COLUMNS, **narrow}.items()}
    edge = 10.0
    left = box.right() - edge - sum(wides.values())
    columns, x = [], left
    for name, wide in wides.items():
        columns.append((name, x, wide))
        x += wide
    start = box.x() + edge + _NAME * t
    strip = (start, left) if left - start > _LEAST_STRIP * t else (start, start)
    return Table(
        tuple(QRectF(box.x(), top + i * high, box.width(), high) for i in range(len(UNITS))),
        tuple(columns),
        strip,
        QRectF(box.x() + edge, bottom + 4, box.width() - 2 * edge, FOOT * t - 4),
    )


def unit_at(table: Table, point: QPointF) -> Unit | None:
    """Return the unit whose row is under a point."""
    for unit, row in zip(UNITS, table.rows, strict=True):
        if row.contains(point):
            return unit
    return None


def korean_of(frame: Frame, answer: Listened) -> tuple[str, ...]:
    """Return the sentence in Korean tokens; empty if only English is known."""
    if answer.language == "ko":
        return spelt(source_chips(frame.knobs))
    return answer.reading.pair.korean if answer.reading.pair else ()


def draw_table(
    painter: QPainter,
    table: Table,
    frame: Frame,
    answer: Listened,
    colours: Colours,
    t: float,
) -> None:
    """Draw a row for every split; the one the model reads is lit."""
    top = table.rows[0]
    head = QRectF(top.x(), top.y() - HEAD * t, table.columns[0][1] - top.x() - 8, HEAD * t)
    write(painter, head, frame.say(words.SPLITS), 18 * t, colours.ink, SEMIBOLD)
    korean = korean_of(frame, answer)
    if not korean:
        write(painter, top, frame.say(words.NO_KOREAN), 16 * t, colours.muted)
        return
    for name, x, wide in table.columns:
        box = QRectF(x + 6, top.y() - HEAD * t, wide - 6, HEAD * t)
        write(painter, box, frame.say(words.COLUMNS[name]), 14 * t, colours.muted, align=RIGHT)
    for row, unit in enumerate(UNITS):
        _draw_back(painter, table, row, unit == answer.unit, frame.hover == ("unit", unit), colours)
    for row, unit in enumerate(UNITS):
        _draw_row(painter, table, row, unit, korean, frame, answer, colours, t)
    write(painter, table.foot, frame.say(words.PROVENANCE), 14 * t, colours.muted)


def _draw_back(
    painter: QPainter, table: Table, row: int, chosen: bool, hovered: bool, colours: Colours
) -> None:
    rect = table.rows[row]
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(rect.topLeft(), rect.topRight())
    if row == len(table.rows) - 1:
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if chosen or hovered:
        painter.setPen(QPen(colours.amber if chosen else colours.faint, 1.4))
        painter.setBrush(colours.amber_soft if chosen else colours.surface)
        painter.drawRoundedRect(rect.adjusted(0, 2, 0, -2), 8, 8)


def _draw_row(
    painter: QPainter,
    table: Table,
    row: int,
    unit: Unit,
    korean: Sequence[str],
    frame: Frame,
    answer: Listened,
    colours: Colours,
    t: float,
) -> None:
    rect = table.rows[row]
    chosen = unit == answer.unit
    ink, weight = (colours.ink, SEMIBOLD) if chosen else (colours.muted, REGULAR)
    px = min(18 * t, 0.72 * rect.height())
    box = QRectF(rect.x() + 10, rect.y(), _NAME * t - 14, rect.height())
    write(painter, box, frame.say(UNIT_NAMES[unit]), px, ink, weight)
    pieces = split(korean, unit)
    left, right = table.strip
    if right > left and rect.height() > 26 * t:
        high = min(32 * t, rect.height() - 10)
        strip = QRectF(left, rect.center().y() - high / 2, right - left, high)
        draw_pieces(painter, pieces, unit, strip, colours, 16 * t)
    costs = {cost.unit: cost for cost in answer.costs}
    times = {time.unit: time for time in answer.learning}
    bar = colours.solid("magnitude") if chosen else colours.faint
    for name, x, wide in table.columns:
        box = QRectF(x + 6, rect.y(), wide - 6, rect.height())
        if name == "here":
            write(painter, box, number(len(pieces), 0), px, ink, weight, RIGHT)
        elif name == "learning" and unit in times:
            _draw_time(painter, frame, box, times[unit], chosen, colours, t, px)
            known = [time.seconds for time in times.values() if time.seconds is not None]
            seconds = times[unit].seconds
            if seconds is not None and frame.measured:
                _draw_bar(painter, box, seconds / max(known), bar, t)
        elif name == "mean" and unit in costs:
            mean = costs[unit].mean_length
            write(painter, box, number(mean, 1), px, ink, weight, RIGHT)
            longest = max(cost.mean_length for cost in costs.values())
            _draw_bar(painter, box, mean / longest, bar, t)
        elif name == "vocabulary" and unit in costs:
            size = number(costs[unit].vocabulary_size, 0)
            write(painter, box, size, px, ink, weight, RIGHT)


def _draw_bar(painter: QPainter, box: QRectF, share: float, ink: object, t: float) -> None:
    """Draw a thin bar under a figure, as long as its share of the largest."""
    if box.height() < 44 * t:
        return
    long = (box.width() - 10) * share
    painter.fillRect(QRectF(box.right() - long, box.center().y() + 13 * t, long, 4), ink)


def _draw_time(
    painter: QPainter,
    frame: Frame,
    box: QRectF,
    time: LearningTime,
    chosen: bool,
    colours: Colours,
    t: float,
    px: float,
) -> None:
    """Write updates times milliseconds, and the seconds they make."""
    ink, weight = (colours.ink, SEMIBOLD) if chosen else (colours.muted, REGULAR)
    if time.updates is None:
        write(painter, box, frame.say(words.NO_FILM), 15 * t, colours.muted, align=RIGHT)
        return
    waits = "…" if frame.measured else "–"
    timed = time.milliseconds is not None and frame.measured
    each = number(time.milliseconds or 0, 1) if timed else waits
    whole = f"{number(time.seconds or 0, 1)} s" if timed else waits
    sum_wide = 74 * t
    factors = f"{number(time.updates, 0)} × {each} ms"
    left = QRectF(box.x(), box.y(), box.width() - sum_wide, box.height())
    write(painter, left, factors, 0.84 * px, colours.muted, align=RIGHT)
    right = QRectF(box.right() - sum_wide, box.y(), sum_wide, box.height())
    write(painter, right, whole, px, ink, weight, RIGHT)


def draw_pieces(
    painter: QPainter,
    pieces: Sequence[str],
    unit: Unit,
    rect: QRectF,
    colours: Colours,
    px: float,
) -> None:
    """Draw small chips, as many as there is room for; what the unit does not know is dashed.

    All grow smaller before the last of them are left out.
    """
    known = korean_pieces(unit).ids
    is_fine = unit in ("syllable", "jamo")
    pads, gap = (5.0, 2.0) if is_fine else (14.0, 5.0)
    names = [piece_name(piece) for piece in pieces]
    wides = [max(width(name, px) + pads, px * 0.9) for name in names]
    shrink = (rect.width() + gap) / (sum(wides) + gap * len(wides))
    if shrink < 1:
        least = _SMALLEST_FINE if is_fine else _SMALLEST
        shrink = max(shrink, least, _FINE_PRINT / px if px > _LARGE_TYPE else 0.0)
        px, gap, wides = px * shrink, gap * shrink, [wide * shrink for wide in wides]
    more = width("…", px)
    is_whole = sum(wides) + gap * (len(wides) - 1) <= rect.width() + 0.1
    x = rect.x()
    for place, (piece, name, wide) in enumerate(zip(pieces, names, wides, strict=True)):
        is_last = place == len(pieces) - 1
        if x + wide + (0 if is_last or is_whole else gap + more) > rect.right() + 0.1:
            box = QRectF(x, rect.y(), more + 2, rect.height())
            write(painter, box, "…", px, colours.muted)
            return
        box = QRectF(x, rect.y(), wide, rect.height())
        x += wide + gap
        if piece == " ":
            continue
        unknown = piece not in known
        pen = QPen(colours.wrong, 1.6, Qt.PenStyle.DashLine) if unknown else QPen(colours.faint, 1)
        painter.setPen(pen)
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(box, 4, 4)
        ink = colours.wrong if unknown else colours.ink
        write(painter, box, name, px, ink, REGULAR, CENTRE)
