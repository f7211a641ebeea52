"""Learning as a film: curves above, and the three kinds of attention map as they sharpen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.cuts import ATTENTION_KINDS, LAYERS, Place
from explainer.concepts.transformer.tokens import START
from explainer.concepts.transformer.translate import words
from explainer.concepts.transformer.translate.curves import (
    height_of,
    loss_top,
    plot_rect,
    reach,
    value_said,
)
from explainer.concepts.transformer.translate.layout import TranslateLayout
from explainer.concepts.transformer.translate.probe import Moment
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import draw_map, outline
from explainer.stage.lettering import (
    CENTRE,
    REGULAR,
    RIGHT,
    SEMIBOLD,
    number,
    width,
    write,
)
from explainer.stage.plot import root_ticks
from explainer.stage.ribbons import draw_link


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The three maps at one step of the film."""

    step: int
    moment: Moment
    is_now: bool


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: here the film is what moves."""
    return (Beat("", 0.0),)


def columns(frame: Frame, most: int) -> tuple[Column, ...]:
    """Return kept frames, the closer together the faster the alignment and exact match change."""
    if frame.film is None or not isinstance(frame.answer, Moment):
        return ()
    now = Column(frame.film.step, frame.answer, True)
    end = reach(frame)
    kept = [(step, m) for step, m in frame.along or () if step**0.5 <= end + 1e-9]
    if not kept:
        return (now,)
    steps = np.array([step for step, _ in kept], float)
    pace = np.sqrt(steps) / end
    for name in ("exact_match", "alignment"):
        at, values = frame.film.curve(name)
        if len(at) > 1 and np.ptp(values) > 0.05:
            risen = np.maximum.accumulate(np.interp(steps, at, values))
            pace = pace + 1.2 * risen
    wanted = np.linspace(pace[0], pace[-1], most)
    chosen = sorted({int(np.argmin(np.abs(pace - w))) for w in wanted})
    found = {kept[i][0]: Column(kept[i][0], kept[i][1], False) for i in chosen}
    if now.step not in found and len(found) >= most:
        inner = list(found)[1:-1] or list(found)
        del found[min(inner, key=lambda step: abs(step**0.5 - now.step**0.5))]
    found[now.step] = now
    return tuple(found[step] for step in sorted(found))


def _most(layout: TranslateLayout) -> int:
    return 6 if layout.room.large else 9


def cell_rects(
    layout: TranslateLayout, shown: tuple[Column, ...]
) -> tuple[tuple[QRectF, QRectF, QRectF], ...]:
    """Return for each column its three maps' squares."""
    t, body = layout.room.type, layout.body
    names = 78.0 * t
    top = plot_rect(layout).bottom() + 84 * t
    bottom = body.bottom() - 54 * t
    pitch = (body.width() - names) / max(len(shown), 4)
    high = (bottom - top) / 3
    side = min(high - 8, pitch - 16)
    found = []
    for place in range(len(shown)):
        x = body.x() + names + place * pitch + (pitch - side) / 2
        found.append(
            (
                QRectF(x, top, side, side),
                QRectF(x, top + high, side, side),
                QRectF(x, top + 2 * high, side, side),
            )
        )
    return tuple(found)


def draw_still(painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours) -> None:
    """Draw axes, guides and maps; the chart itself lies over its place."""
    t, px = layout.room.type, 14 * layout.room.type
    draw_keys(painter, layout, frame, colours, lambda name: value_said(frame, name))
    draw_axes(painter, layout, frame, colours)
    _draw_columns(painter, layout, frame, colours, px, t)


def draw_axes(painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours) -> None:
    """Draw shares left, the loss right, training steps below."""
    t, px = layout.room.type, 14 * layout.room.type
    plot, end, top = plot_rect(layout), reach(frame), loss_top(frame)
    for share in (0.0, 0.5, 1.0):
        y = height_of(plot, share)
        painter.setPen(QPen(colours.line, 1))
        left = QRectF(plot.x() - 58 * t, y - px, 58 * t - 8, 2 * px)
        write(painter, left, f"{100 * share:.0f} %", px, colours.muted, align=RIGHT)
        right = QRectF(plot.right() + 8, y - px, 50 * t, 2 * px)
        write(painter, right, number(share * top, 0), px, colours.muted)
    kept_to = -1.0
    for at, label in root_ticks(round(end**2)):
        x = plot.x() + at / end * plot.width()
        half = width(label, px) / 2 + 8
        if x - half > kept_to:
            box = QRectF(x - half, plot.bottom() + 3, 2 * half, 20 * t)
            write(painter, box, label, px, colours.muted, align=CENTRE)
            kept_to = x + half
    name = QRectF(layout.body.x() - 10, plot.bottom() + 3, plot.x() - layout.body.x() - 6, 20 * t)
    write(painter, name, frame.say(words.ROOT), px, colours.muted, align=RIGHT)


def _draw_columns(
    painter: QPainter,
    layout: TranslateLayout,
    frame: Frame,
    colours: Colours,
    px: float,
    t: float,
) -> None:
    plot, end = plot_rect(layout), reach(frame)
    shown = columns(frame, _most(layout))
    if not shown:
        return
    placed = cell_rects(layout, shown)
    if frame.film.last == 0:  # the chart lies over the plot: the words have room beside the maps
        first = placed[0][1]
        free = QRectF(first.right() + 40, first.y(), layout.body.right() - first.right() - 40,
                      first.height())  # fmt: skip
        write(painter, free, frame.say(words.NOT_YET), 18 * t, colours.muted, align=CENTRE)
    for column, cells in zip(shown, placed, strict=True):
        x = plot.x() + column.step**0.5 / end * plot.width()
        draw_guide(painter, layout, x, cells[0], column.is_now, colours)
        under = QRectF(cells[0].center().x() - 60, cells[0].y() - 25 * t, 120, 22 * t)
        ink = colours.amber_text if column.is_now else colours.muted
        weight = SEMIBOLD if column.is_now else REGULAR
        write(painter, under, f"{column.step:,}", px, ink, weight, CENTRE)
        for kind, rect in zip(ATTENTION_KINDS, cells, strict=True):
            values = column.moment.maps[Place(kind, LAYERS - 1)]
            draw_cell(painter, rect, values, colours)
        if column.is_now:
            whole = cells[0].united(cells[2]).adjusted(-5, -5, 5, 5)
            outline(painter, whole, colours, 2.6)
    draw_names(painter, layout, placed[0], frame, colours)
    draw_translation(painter, layout, frame, frame.film.step, frame.answer, colours)


def draw_cell(painter: QPainter, rect: QRectF, values: np.ndarray, colours: Colours) -> None:
    """Draw one map with its edge."""
    draw_map(painter, rect, values, 1.0, "magnitude", colours)
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)


def draw_names(
    painter: QPainter,
    layout: TranslateLayout,
    cells: tuple[QRectF, QRectF, QRectF],
    frame: Frame,
    colours: Colours,
) -> None:
    """Write which kind of attention each line of maps is."""
    t = layout.room.type
    for kind_name, rect in zip(words.KINDS, cells, strict=True):
        box = QRectF(layout.body.x(), rect.y(), 74 * t, rect.height())
        write(painter, box, frame.say(kind_name), 15 * t, colours.muted)


def draw_guide(
    painter: QPainter, layout: TranslateLayout, x: float, cell: QRectF, lit: bool, colours: Colours
) -> None:
    """Draw the line from a step on the axis down to its column."""
    t = layout.room.type
    start = QPointF(x, plot_rect(layout).bottom() + 24 * t)
    end = QPointF(cell.center().x(), cell.y() - 27 * t)
    painter.save()
    painter.translate(start)
    painter.rotate(90)
    across = start.x() - end.x()
    colour = colours.amber if lit else colours.faint
    draw_link(painter, QPointF(0, 0), QPointF(end.y() - start.y(), across), colour,
              2.4 if lit else 1.2)  # fmt: skip
    painter.restore()


def draw_keys(
    painter: QPainter,
    layout: TranslateLayout,
    frame: Frame,
    colours: Colours,
    said: Callable[[str], str],
) -> None:
    """Name the three curves, each with its value as `said` writes it."""
    t, px = layout.room.type, 15 * layout.room.type
    body = layout.body
    keys = [
        (f"{frame.say(text)} {said(name)}", colour)
        for text, name, colour in (
            (words.EXACT, "exact_match", colours.value),
            (words.ALIGNMENT, "alignment", colours.solid("magnitude")),
            (words.LOSS_AT_RIGHT, "loss", colours.ink),
        )
    ]
    free = body.width() - 3 * 26 - 2 * 24
    px = min(px, px * free / sum(width(text, px) + 4 for text, _ in keys))
    x = body.x()
    for text, colour in keys:
        painter.setPen(QPen(colour, 3.4))
        painter.drawLine(QPointF(x, body.y() + 11 * t), QPointF(x + 18, body.y() + 11 * t))
        wide = width(text, px) + 4
        write(painter, QRectF(x + 26, body.y(), wide, 22 * t), text, px, colours.ink)
        x += 26 + wide + 24


def draw_translation(
    painter: QPainter,
    layout: TranslateLayout,
    frame: Frame,
    step: int,
    moment: Moment,
    colours: Colours,
) -> None:
    """Write what the net of a step makes of the sentence."""
    t, body = layout.room.type, layout.body
    text = moment.text.replace(START, f"‹{frame.say(words.START)}›")
    line = QRectF(body.x(), body.bottom() - 36 * t, body.width(), 34 * t)
    lead = frame.say(words.STEP, step=f"{step:,}")
    wide = width(lead, 16 * t, SEMIBOLD) + 20
    write(painter, line, lead, 16 * t, colours.amber_text, SEMIBOLD)
    ink = colours.ink if moment.wrong == 0 else colours.wrong
    write(painter, line.adjusted(wide, 0, 0, 0), f"“{_shortened(text)}”", 20 * t, ink, SEMIBOLD)


def _shortened(text: str, most: int = 48) -> str:
    """Return a text without the end it has no room for: an untrained net does not stop."""
    return text if len(text) <= most else f"{text[:most]} …"


def draw_moving(
    painter: QPainter, layout: TranslateLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing: the film moves the still part."""


def hit(layout: TranslateLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("moment", step) of the column or the place on the axis under a point."""
    shown = columns(frame, _most(layout))
    for column, cells in zip(shown, cell_rects(layout, shown), strict=True):
        if cells[0].united(cells[2]).adjusted(-8, -30, 8, 8).contains(point):
            return ("moment", column.step)
    plot = plot_rect(layout)
    if plot.contains(point):
        root = (point.x() - plot.x()) / plot.width() * reach(frame)
        return ("moment", min(round(root**2), frame.film.tracks[frame.film.branch].last))
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the metrics at the step on the stage, and the cross map of what is pointed at."""
    step, moment = frame.film.step, frame.answer
    if frame.hover[:1] == ("moment",):
        known = dict(frame.along or ())
        if int(frame.hover[1]) in known:
            step = int(frame.hover[1])
            moment = known[step]
    rows = tuple(
        (frame.say(text), value_said(frame, name))
        for text, name in (
            (words.EXACT, "exact_match"),
            (words.ALIGNMENT, "alignment"),
            (words.LOSS, "loss"),
        )
    )
    rows = (("", moment.text),) if step != frame.film.step else rows
    cross = moment.maps[Place("cross", LAYERS - 1)]
    return Lens(frame.say(words.STEP, step=f"{step:,}"), rows, cross, 1.0, "magnitude")
