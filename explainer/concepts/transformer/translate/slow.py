"""Slow motion: the kept frames of the sudden change one after another, the curves' cursor on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explainer.concepts.transformer.cuts import ATTENTION_KINDS, LAYERS, Place
from explainer.concepts.transformer.translate import words
from explainer.concepts.transformer.translate.curves import (
    LOSS_STEPS,
    height_of,
    loss_top,
    plot_rect,
    reach,
)
from explainer.concepts.transformer.translate.film import (
    Column,
    cell_rects,
    draw_axes,
    draw_cell,
    draw_guide,
    draw_keys,
    draw_names,
    draw_translation,
)
from explainer.concepts.transformer.translate.layout import TranslateLayout
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import outline
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, number, percent, write
from explainer.stage.motion import in_out_cubic
from explainer.stage.smoothing import running_mean

_FROM, _TO = 60, 210  # training steps: all that is sudden lies between
_SECONDS = 1.2  # from one kept frame to the next
_MOST = 9


def walked(frame: Frame, most: int = _MOST) -> tuple[Column, ...]:
    """Return the kept frames of the sudden change, first and last among them."""
    kept = [(step, moment) for step, moment in frame.along or () if _FROM <= step <= _TO]
    if not kept:
        return ()
    chosen = sorted({round(place) for place in np.linspace(0, len(kept) - 1, most)})
    return tuple(Column(kept[i][0], kept[i][1], False) for i in chosen)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a moment a kept frame."""
    shown = walked(frame)
    return tuple(
        Beat("", place * _SECONDS, frame.say(words.STEP, step=column.step))
        for place, column in enumerate(shown)
    ) or (Beat("", 0.0),)


def place_at(frame: Frame, time: float) -> tuple[int, float]:
    """Return the frame last reached, and how far, 0..1, the next has come."""
    last = len(walked(frame)) - 1
    whole = min(max(time, 0.0) / _SECONDS, float(last))
    place = int(whole + 1e-9)
    return place, 0.0 if frame.reduced else float(in_out_cubic(max(whole - place, 0.0)))


def maps_at(frame: Frame, time: float) -> tuple[np.ndarray, ...]:
    """Return the newest column's maps: those of a kept frame, and between two a mean of both."""
    shown = walked(frame)
    place, share = place_at(frame, time)
    before, after = shown[place].moment.maps, shown[min(place + 1, len(shown) - 1)].moment.maps
    found = []
    for kind in ATTENTION_KINDS:
        key = Place(kind, LAYERS - 1)
        found.append((1 - share) * before[key] + share * after[key])
    return tuple(found)


def cursor(frame: Frame, time: float) -> float:
    """Return where on the axis the walk is, in √step."""
    shown = walked(frame)
    place, share = place_at(frame, time)
    roots = [column.step**0.5 for column in shown]
    return (1 - share) * roots[place] + share * roots[min(place + 1, len(roots) - 1)]


def curve(frame: Frame, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return a curve over √step as far as the axis goes; the loss in nats a token, smoothed."""
    steps, values = frame.film.curve(name)
    if name == "loss":
        steps, values = running_mean(steps, values, LOSS_STEPS)
    visible = steps <= (reach(frame) + 1) ** 2
    return steps[visible] ** 0.5, values[visible]


def value_at(frame: Frame, name: str, time: float) -> float:
    """Return what a curve reads at the cursor."""
    return float(np.interp(cursor(frame, time), *curve(frame, name)))


def _line(layout: TranslateLayout, frame: Frame, name: str, until: float) -> QPolygonF:
    plot, end = plot_rect(layout), reach(frame)
    at, values = curve(frame, name)
    seen = at <= min(until, end)
    roots = [*at[seen].tolist()]
    shares = [*values[seen].tolist()]
    if until < end and len(roots):
        roots.append(until)
        shares.append(float(np.interp(until, at, values)))
    top = loss_top(frame) if name == "loss" else 1.0
    return QPolygonF(
        [
            QPointF(plot.x() + root / end * plot.width(), height_of(plot, share / top))
            for root, share in zip(roots, shares, strict=True)
        ]
    )


def _colours_of(colours: Colours) -> dict[str, QColor]:
    return {
        "loss": colours.ink,
        "alignment": colours.solid("magnitude"),
        "exact_match": colours.value,
    }


def draw_still(painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours) -> None:
    """Draw the axes, the curves faint, and where each column comes from."""
    t, plot, end = layout.room.type, plot_rect(layout), reach(frame)
    draw_axes(painter, layout, frame, colours)
    for name, hue in _colours_of(colours).items():
        painter.setPen(QPen(fade(hue, 0.4), 2.2))
        painter.drawPolyline(_line(layout, frame, name, end))
    shown = walked(frame)
    if not shown:
        write(painter, layout.body, frame.say(words.MEASURING), 18 * t, colours.muted, align=CENTRE)
        return
    for column, cells in zip(shown, cell_rects(layout, shown), strict=True):
        x = plot.x() + column.step**0.5 / end * plot.width()
        draw_guide(painter, layout, x, cells[0], False, colours)
        for rect in cells:
            painter.setPen(QPen(colours.line, 1))
            painter.setBrush(colours.surface)
            painter.drawRect(rect)
    draw_names(painter, layout, cell_rects(layout, shown)[0], frame, colours)


def draw_moving(
    painter: QPainter, layout: TranslateLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the maps as far as the walk has come, the curves up to the cursor, what it writes."""
    shown = walked(frame)
    if not shown:
        return
    t, plot, end = layout.room.type, plot_rect(layout), reach(frame)
    place, share = place_at(frame, time)
    root, newest = cursor(frame, time), place + (share > 0)
    draw_keys(painter, layout, frame, colours, lambda name: _said(frame, name, time))
    thick = 3.6 if colours.is_projector else 2.8
    for name, hue in _colours_of(colours).items():
        painter.setPen(QPen(hue, thick))
        painter.drawPolyline(_line(layout, frame, name, root))
    x = plot.x() + root / end * plot.width()
    painter.setPen(QPen(colours.amber, 2.4))
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
    placed = cell_rects(layout, shown)
    for index, (column, cells) in enumerate(zip(shown, placed, strict=True)):
        lit = index == newest
        under = QRectF(cells[0].center().x() - 60, cells[0].y() - 25 * t, 120, 22 * t)
        ink, weight = (colours.amber_text, SEMIBOLD) if lit else (colours.muted, REGULAR)
        write(painter, under, f"{column.step:,}", 14 * t, ink, weight, CENTRE)
        if index > newest:
            continue
        own = [column.moment.maps[Place(kind, LAYERS - 1)] for kind in ATTENTION_KINDS]
        for rect, values in zip(cells, maps_at(frame, time) if lit else own, strict=True):
            draw_cell(painter, rect, values, colours)
    lit_cells = placed[newest]
    start = plot.x() + shown[newest].step ** 0.5 / end * plot.width()
    draw_guide(painter, layout, start, lit_cells[0], True, colours)
    outline(painter, lit_cells[0].united(lit_cells[2]).adjusted(-5, -5, 5, 5), colours, 2.6)
    draw_translation(painter, layout, frame, shown[place].step, shown[place].moment, colours)


def _said(frame: Frame, name: str, time: float) -> str:
    value = value_at(frame, name, time)
    return number(value, 3) if name == "loss" else percent(value)


def hit(layout: TranslateLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("walk", place) of the column under a point."""
    shown = walked(frame)
    for place, cells in enumerate(cell_rects(layout, shown)):
        if cells[0].united(cells[2]).adjusted(-8, -30, 8, 8).contains(point):
            return ("walk", place)
    return ()


def time_of(place: int) -> float:
    """Return when the walk is at a column."""
    return place * _SECONDS


def lens(frame: Frame, time: float) -> Lens | None:
    """Return what the net wrote where the walk is, or at the column pointed at."""
    shown = walked(frame)
    if not shown:
        return None
    place, _ = place_at(frame, time)
    if frame.hover[:1] == ("walk",):
        place = min(int(frame.hover[1]), len(shown) - 1)
    moment = shown[place].moment
    title = frame.say(words.STEP, step=f"{shown[place].step:,}")
    cross = moment.maps[Place("cross", LAYERS - 1)]
    return Lens(title, (("", moment.text[:60]),), cross, 1.0, "magnitude")
