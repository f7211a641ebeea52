"""Noise inputs: the same style without noise, and with noise drawn anew."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.digit_pieces import draw_tiles, heading, said_small, tiles
from explainer.concepts.gan.style import words
from explainer.concepts.gan.style.layout import StyleLayout
from explainer.concepts.gan.style.varied import Speckle, Speckled
from explainer.concepts.gan.stylegan import LAYERS, SIDES
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import draw_legend, draw_maps
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, percent, width, write
from explainer.stage.view import Keep

FAKES, DRAWS = 4, 6  # shown
_PACE = 0.5
ANSWER = Speckled


def strength(frame: Frame) -> float | None:
    """Return the strength set instead of the learned ones; None leaves those."""
    value = float(frame.knobs.get("noise", -1.0))  # type: ignore[arg-type]
    return None if value < 0 else value


def request(frame: Frame) -> Speckle:
    """Ask what the noise changes."""
    return Speckle(FAKES, strength=strength(frame))


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the draws of the noise, then how much they differ."""
    return tuple(Beat("draw", place * _PACE) for place in range(DRAWS + 2))


def areas(layout: StyleLayout) -> tuple[QRectF, QRectF, QRectF, QRectF]:
    """Return the fakes without noise, those with it, the spread, and the strengths."""
    body, t = layout.body, layout.room.type
    top = body.y() + layout.head + 6
    foot = 150 * min(t, 1.35)
    side = min((body.width() - 68) / (DRAWS + 2), (body.bottom() - foot - top - 16) / FAKES)
    left = body.x() + (body.width() - side * (DRAWS + 2) - 68) / 2
    still = QRectF(left, top, side, side * FAKES)
    drawn = QRectF(still.right() + 34, top, side * DRAWS, side * FAKES)
    spread = QRectF(drawn.right() + 34, top, side, side * FAKES)
    return still, drawn, spread, QRectF(left, body.bottom() - foot, spread.right() - left, foot)


def draw_still(painter: QPainter, layout: StyleLayout, frame: Frame, colours: Colours) -> None:
    """Draw the fakes without noise, and the strengths."""
    answer, t = frame.answer, layout.room.type
    small = min(t, 1.35)
    still, drawn, spread, foot = areas(layout)
    for rect, title in (
        (still, words.NO_NOISE), (drawn, words.WITH_NOISE), (spread, words.SPREAD)
    ):  # fmt: skip
        head = QRectF(rect.x(), layout.body.y(), rect.width(), layout.head)
        heading(painter, head, frame.say(title), colours, small, 16)
    draw_tiles(painter, still, tiles(answer.still, 1, colours))
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rect in (still, drawn, spread):
        painter.drawRect(rect)
    half = foot.width() * 0.56
    line = 26 * small
    left = QRectF(foot.x(), foot.y() + 4, half - 30, line)
    heading(painter, left, frame.say(words.STRENGTHS), colours, small, 16)
    pitch = (foot.height() - line - 8) / LAYERS
    most = max(0.1, float(np.abs(answer.used).max()))
    px = min(15 * small, 0.86 * pitch)
    names = width(f"{frame.say(words.LAYER, n=5)} · 28²", px) + 14
    for place in range(LAYERS):
        row = QRectF(left.x(), left.bottom() + 4 + place * pitch, left.width(), pitch)
        text = f"{frame.say(words.LAYER, n=place + 1)} · {SIDES[place]}²"
        write(painter, row, text, px, colours.muted)
        write(painter, row, number(float(answer.used[place]), 3), px, colours.ink, SEMIBOLD, RIGHT)
        track = row.adjusted(names, 0.25 * pitch, -width("−0.000", px) - 12, -0.25 * pitch)
        painter.fillRect(track, colours.line)
        share = abs(float(answer.used[place])) / most
        painter.fillRect(
            QRectF(track.x(), track.y(), track.width() * share, track.height()), colours.generator
        )
    right = QRectF(foot.x() + half, foot.y() + 4, foot.width() - half, foot.height() - 4)
    _draw_figures(painter, right, frame, answer, colours, small)


def _draw_figures(
    painter: QPainter, rect: QRectF, frame: Frame, answer: Speckled, colours: Colours, t: float
) -> None:
    high = rect.height() / 3
    figures = (
        (number(float(answer.spread.mean()), 3), words.MEAN_SPREAD),
        (percent(answer.changed, 0), words.CHANGED),
    )
    for place, (said, text) in enumerate(figures):
        row = QRectF(rect.x(), rect.y() + place * high, rect.width(), high)
        wide = max(width(each, 24 * t, SEMIBOLD) for each, _ in figures) + 16
        write(painter, row, said, 24 * t, colours.ink, SEMIBOLD)
        said_small(painter, row.adjusted(wide, 0, 0, 0), frame.say(text), colours, t)
    peak = float(answer.spread.max())
    legend = QRectF(rect.x(), rect.y() + 2 * high - 2, min(rect.width(), 260 * t), high)
    draw_legend(painter, legend, "", 0.0, max(peak, 1e-3), "magnitude", colours, 14 * t, 3)


def draw_moving(
    painter: QPainter,
    layout: StyleLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the draws of the noise that have come, then their spread."""
    answer = frame.answer
    _, drawn, spread, _ = areas(layout)
    come = min(int(time / _PACE + 1e-6), DRAWS + 1)

    def draw(part: QPainter) -> None:
        count = min(come, DRAWS)
        if count:
            some = answer.drawn[:, :count].reshape(-1, 28, 28)
            rect = QRectF(drawn.x(), drawn.y(), drawn.width() * count / DRAWS, drawn.height())
            draw_tiles(part, rect, tiles(some, count, colours))
        if come > DRAWS:
            side = spread.width()
            boxes = [
                QRectF(spread.x(), spread.y() + place * side, side, side).adjusted(2, 2, -2, -2)
                for place in range(FAKES)
            ]
            peak = max(float(answer.spread.max()), 1e-3)
            draw_maps(part, boxes, answer.spread, peak, "magnitude", colours)

    keep(painter, "draws", drawn.united(spread), (answer, come), draw)


def hit(layout: StyleLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("spread", fake) under a point."""
    _, _, spread, _ = areas(layout)
    if spread.contains(point):
        return ("spread", min(int((point.y() - spread.y()) / spread.width()), FAKES - 1))
    return ()


def pick(frame: Frame, target: Target) -> Pick:
    """Choose nothing: there is nothing to go into."""
    return Pick(selection=())


def lens(frame: Frame) -> Lens | None:
    """Return the spread that is pointed at."""
    if frame.hover[:1] != ("spread",):
        return None
    answer, place = frame.answer, int(frame.hover[1])
    values = answer.spread[place]
    rows = ((frame.say(words.LARGEST), number(float(values.max()), 3)),)
    return Lens(frame.say(words.SPREAD), rows, values, max(float(answer.spread.max()), 1e-3),
                "magnitude")  # fmt: skip
