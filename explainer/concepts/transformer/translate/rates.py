"""How often sampling goes wrong: by temperature now, and along the film at temperature 1."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from explainer.concepts.transformer.answers import SamplingRate
from explainer.concepts.transformer.translate import words
from explainer.concepts.transformer.translate.layout import TranslateLayout
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, percent, width, write
from explainer.stage.plot import root_ticks

_EARLY = 500
_NAMES = (words.RIGHT, words.FLUENT_WRONG, words.BROKEN)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment."""
    return (Beat("", 0.0),)


def shares(rate: SamplingRate) -> tuple[float, float, float]:
    """Return right, fluent but wrong, and broken."""
    return rate.right, rate.fluent_wrong, rate.broken


def inks(colours: Colours) -> tuple[QColor, QColor, QColor]:
    """Return the colours of the three."""
    return fade(colours.value, 0.55), colours.wrong, colours.faint


def _end(frame: Frame) -> float:
    """Return where the √step axis ends: the errors are over by then."""
    return math.sqrt(min(max(frame.film.last, 20), _EARLY))


def halves(layout: TranslateLayout) -> tuple[QRectF, QRectF]:
    """Return the bars' and the film's places, without their headings and axes."""
    t, body = layout.room.type, layout.body
    top, bottom = body.y() + 100 * t, body.bottom() - 84 * t
    middle = body.x() + body.width() * 0.5
    left = QRectF(body.x() + 50 * t, top, middle - body.x() - 80 * t, bottom - top)
    return left, QRectF(middle + 60 * t, top, body.right() - middle - 70 * t, bottom - top)


def draw_still(painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours) -> None:
    """Draw both halves."""
    t, body = layout.room.type, layout.body
    bars, film = halves(layout)
    rates: tuple[SamplingRate, ...] = frame.answer
    count = rates[0].sentences
    heads = (
        frame.say(words.BY_TEMPERATURE, count=count),
        frame.say(words.BY_STEP, count=frame.along[0][1][0].sentences if frame.along else count),
    )
    for rect, head in zip((bars, film), heads, strict=True):
        line = QRectF(rect.x() - 46 * t, body.y(), rect.width() + 46 * t, 26 * t)
        write(painter, line, head, 17 * t, colours.ink, SEMIBOLD)
    x, px = body.x() + 4, 15 * t
    for text, ink in zip(_NAMES, inks(colours), strict=True):
        box = QRectF(x, body.y() + 37 * t, 16, 16)
        painter.fillRect(box, ink)
        name = frame.say(text)
        write(painter, QRectF(x + 24, body.y() + 33 * t, width(name, px) + 4, 24 * t), name, px,
              colours.ink)  # fmt: skip
        x += width(name, px) + 56
    for rect in (bars, film):
        for level in (0.0, 0.5, 1.0):
            y = rect.bottom() - level * rect.height()
            box = QRectF(rect.x() - 60 * t, y - 12 * t, 60 * t - 10, 24 * t)
            write(painter, box, f"{100 * level:.0f} %", 14 * t, colours.muted, align=RIGHT)
    for rect, axis in ((bars, words.TEMPERATURE_AXIS), (film, words.ROOT_AXIS)):
        under = QRectF(rect.x(), rect.bottom() + 24 * t, rect.width(), 20 * t)
        write(painter, under, frame.say(axis), 14 * t, colours.muted, align=CENTRE)
    _draw_bars(painter, layout, bars, frame, colours)
    _draw_film(painter, layout, film, frame, colours)
    worst = max(rates, key=lambda rate: rate.fluent_wrong)
    known = not math.isnan(worst.confidence)
    said = frame.say(words.SURE, p=percent(worst.confidence) if known else words.DASH)
    line = QRectF(body.x(), body.bottom() - 30 * t, body.width(), 26 * t)
    write(painter, line, f"T = {worst.temperature:g}: {said}", 16 * t, colours.ink)


def _draw_bars(
    painter: QPainter, layout: TranslateLayout, rect: QRectF, frame: Frame, colours: Colours
) -> None:
    t = layout.room.type
    pitch = rect.width() / len(frame.answer)
    for place, rate in enumerate(frame.answer):
        x = rect.x() + place * pitch + pitch * 0.14
        y, wide = rect.bottom(), pitch * 0.72
        for part, ink in zip(shares(rate), inks(colours), strict=True):
            high = part * rect.height()
            painter.fillRect(QRectF(x, y - high, wide, high), ink)
            y -= high
        label = QRectF(x - 10, rect.bottom() + 4, wide + 20, 22 * t)
        write(painter, label, f"{rate.temperature:g}", 14 * t, colours.muted, align=CENTRE)
        box = QRectF(x - 12, rect.y() - 24 * t, wide + 24, 22 * t)
        said = percent(rate.fluent_wrong) if rate.fluent_wrong else "0 %"
        write(painter, box, said, 14 * t, colours.wrong, SEMIBOLD, CENTRE)


def _draw_film(
    painter: QPainter, layout: TranslateLayout, rect: QRectF, frame: Frame, colours: Colours
) -> None:
    """Stack the three shares over √step; a line where the film stands."""
    t = layout.room.type
    if frame.film is None or not frame.along:
        write(painter, rect, frame.say(words.MEASURING), 16 * t, colours.muted, align=CENTRE)
        return
    end = _end(frame)
    points = [(step**0.5, shares(rates[0])) for step, rates in frame.along if step**0.5 <= end]
    below = [0.0] * len(points)
    painter.setPen(Qt.PenStyle.NoPen)
    for part, ink in enumerate(inks(colours)):
        above = [b + p[1][part] for b, p in zip(below, points, strict=True)]
        outline = [_at(rect, p[0] / end, a) for p, a in zip(points, above, strict=True)]
        outline += [
            _at(rect, p[0] / end, b) for p, b in zip(points[::-1], below[::-1], strict=True)
        ]
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF(outline))
        below = above
    x = rect.x() + frame.film.step**0.5 / end * rect.width()
    if x <= rect.right():
        painter.setPen(QPen(colours.amber, 2.4))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
    right = -1.0
    for at, label in root_ticks(round(end**2)):
        centre = rect.x() + at / end * rect.width()
        half = width(label, 14 * t) / 2 + 8
        if centre - half > right:
            box = QRectF(centre - half, rect.bottom() + 4, 2 * half, 22 * t)
            write(painter, box, label, 14 * t, colours.muted, align=CENTRE)
            right = centre + half


def _at(rect: QRectF, across: float, up: float) -> QPointF:
    return QPointF(rect.x() + across * rect.width(), rect.bottom() - up * rect.height())


def draw_moving(
    painter: QPainter, layout: TranslateLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing that moves."""


def hit(layout: TranslateLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("temperature", i) or ("moment", step) under a point."""
    bars, film = halves(layout)
    if bars.contains(point):
        return ("temperature", int((point.x() - bars.x()) / bars.width() * len(frame.answer)))
    if film.contains(point) and frame.film is not None:
        root = (point.x() - film.x()) / film.width() * _end(frame)
        return ("moment", min(round(root**2), frame.film.tracks[frame.film.branch].last))
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the shares at the temperature or step pointed at."""
    rates: tuple[SamplingRate, ...] = frame.answer
    rate, title = max(rates, key=lambda r: r.fluent_wrong), ""
    if frame.hover[:1] == ("temperature",):
        rate = rates[min(int(frame.hover[1]), len(rates) - 1)]
    elif frame.hover[:1] == ("moment",) and frame.along:
        step, (rate,) = min(frame.along, key=lambda kept: abs(kept[0] - int(frame.hover[1])))
        title = frame.say(words.STEP, step=f"{step:,}") + ", "
    rows = [(frame.say(t), percent(s)) for t, s in zip(_NAMES, shares(rate), strict=True)]
    if not math.isnan(rate.confidence):
        rows.append((frame.say(words.CONFIDENCE), percent(rate.confidence)))
    return Lens(f"{title}T = {rate.temperature:g}", tuple(rows))
