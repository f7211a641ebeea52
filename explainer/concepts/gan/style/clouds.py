"""Noise before and after the mapping network: two clouds of the same fakes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.gan.digit_pieces import draw_one, heading, said_small
from explainer.concepts.gan.style import words
from explainer.concepts.gan.style.layout import StyleLayout, whole
from explainer.concepts.gan.style.mapped import NEIGHBOURS, Clouds, ReadClouds
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import draw_map
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, percent, width, write
from explainer.stage.motion import share
from explainer.stage.view import Keep

_LAYER_SECONDS = 0.7
_MOVING = 1.6  # seconds that the points take from z to w
ANSWER = Clouds


def request(frame: Frame) -> ReadClouds:
    """Ask for both clouds."""
    return ReadClouds(whole(frame, "chosen"))


def parts(layout: StyleLayout) -> tuple[QRectF, QRectF, QRectF, QRectF]:
    """Return the squares of z and of w, the band of strips, and the fake at its end."""
    body, t = layout.body, layout.room.type
    line = 24 * t
    band_high = 4 * 30 * min(t, 1.3) + 8
    top = body.y() + layout.head + 4
    side = body.bottom() - band_high - layout.head - 2 * line - 18 - top
    wide = min((body.width() - 60) / 2, 1.7 * side)
    left = QRectF(body.center().x() - 30 - wide, top, wide, side)
    right = QRectF(body.center().x() + 30, top, wide, side)
    band = QRectF(body.x(), body.bottom() - band_high, body.width() - band_high - 24, band_high)
    fake = QRectF(body.right() - band_high, band.y(), band_high, band_high)
    return left, right, band, fake


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the layers of the mapping network, then the cloud as it has been moved."""
    layers = len(frame.answer.stages)
    told = [Beat("z", 0.0)]
    told += [Beat("layer", place * _LAYER_SECONDS) for place in range(1, layers)]
    return (*told, Beat("w", (layers - 1) * _LAYER_SECONDS + _MOVING))


def placed(rect: QRectF, points: np.ndarray, peak: float) -> list[QPointF]:
    """Return where points of a cloud lie in its rectangle; `peak` is the largest number."""
    reach = min(rect.width(), rect.height()) / 2 - 12
    across = rect.center().x() + points[:, 0] / peak * max(reach, rect.width() / 2 - 12)
    down = rect.center().y() - points[:, 1] / peak * reach
    return [QPointF(x, y) for x, y in zip(across.tolist(), down.tolist(), strict=True)]


def _peak(clouds: Clouds) -> float:
    return float(max(np.abs(clouds.z).max(), np.abs(clouds.w).max()))


def _is_lit(frame: Frame, labels: np.ndarray) -> np.ndarray:
    """Return which points are of the digit that is looked at."""
    digit = whole(frame, "digit", 0)
    return labels == digit


def draw_still(painter: QPainter, layout: StyleLayout, frame: Frame, colours: Colours) -> None:
    """Draw what stands: titles, the cloud of z, the figures."""
    clouds, t = frame.answer, layout.room.type
    left, right, band, fake = parts(layout)
    digit = whole(frame, "digit", 0)
    for rect, title, rate in (
        (left, words.CLOUD_Z, clouds.alike_z), (right, words.CLOUD_W, clouds.alike_w)
    ):  # fmt: skip
        head = QRectF(rect.x(), layout.body.y(), rect.width(), layout.head)
        heading(painter, head, frame.say(title), colours, min(t, 1.35))
        painter.setPen(QPen(colours.line, 1.2))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(rect, 8, 8)
        under = QRectF(rect.x(), rect.bottom() + 3, rect.width(), 24 * t)
        said = percent(rate, 0)
        wide = width(said, 18 * t, SEMIBOLD) + 10
        write(painter, under, said, 18 * t, colours.ink, SEMIBOLD, RIGHT)
        said_small(painter, under.adjusted(0, 0, -wide, 0),
                   frame.say(words.ALIKE, count=NEIGHBOURS), colours, t)  # fmt: skip
    luck = QRectF(left.x(), left.bottom() + 3 + 24 * t, right.right() - left.x(), 22 * t)
    said_small(painter, luck, frame.say(words.BY_LUCK, p=percent(clouds.chance, 0),
                                        digit=digit), colours, t)  # fmt: skip
    _dots(painter, placed(left, clouds.z, _peak(clouds)), frame, clouds, colours)
    head = QRectF(band.x(), band.y() - layout.head, band.width(), layout.head - 2)
    heading(painter, head, frame.say(words.WAY), colours, min(t, 1.35))
    draw_one(painter, fake, clouds.pictures[clouds.chosen], colours.generator, colours)
    said_small(painter, QRectF(fake.x() - 80, head.y(), fake.width() + 80, head.height()),
               frame.say(words.READ_AS, digit=int(clouds.labels[clouds.chosen])), colours,
               min(t, 1.35), RIGHT)  # fmt: skip


def _dots(
    painter: QPainter, spots: list[QPointF], frame: Frame, clouds: Clouds, colours: Colours
) -> None:
    lit = _is_lit(frame, clouds.labels)
    for chosen, colour, size in (
        (~lit, colours.faint, 5.0),
        (lit, colours.generator, 8.0),
    ):
        pen = QPen(colour, size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints([spots[place] for place in np.flatnonzero(chosen)])
    _ring(painter, spots[clouds.chosen], colours.amber)


def _ring(painter: QPainter, spot: QPointF, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 3))
    painter.drawEllipse(spot, 8, 8)


def draw_moving(
    painter: QPainter,
    layout: StyleLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the strips as they are computed, and the points on their way from z to w."""
    clouds, t = frame.answer, min(layout.room.type, 1.35)
    _, right, band, _ = parts(layout)
    count = len(clouds.stages)
    pitch = band.height() / count
    names = width(frame.say(words.LAYER, n=3), 15 * t) + 22
    peak = max(float(np.abs(stage).max()) for stage in clouds.stages)
    for place, stage in enumerate(clouds.stages):
        row = QRectF(band.x(), band.y() + place * pitch, band.width(), pitch - 6)
        text = "z" if place == 0 else frame.say(words.LAYER, n=place)
        if place == count - 1:
            text = f"{text} = w"
        write(painter, row, text, 15 * t, colours.muted)
        strip = row.adjusted(max(names, width(text, 15 * t) + 14), 2, 0, -2)
        if time + 1e-6 >= place * _LAYER_SECONDS:
            draw_map(painter, strip, stage[None], peak, "signed", colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.line, 1))
        painter.drawRect(strip)
    start = (count - 1) * _LAYER_SECONDS
    way = share(time, start, _MOVING)
    if time + 1e-6 < start and not frame.reduced:
        write(painter, right, frame.say(words.NOT_YET), 16 * t, colours.muted, align=CENTRE)
        return
    points = clouds.z + way * (clouds.w - clouds.z)
    _dots(painter, placed(right, points, _peak(clouds)), frame, clouds, colours)


def hit(layout: StyleLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("point", place) of the nearest fake under the pointer."""
    left, right, _, _ = parts(layout)
    clouds = frame.answer
    for rect, points in ((left, clouds.z), (right, clouds.w)):
        if rect.contains(point):
            spots = placed(rect, points, _peak(clouds))
            apart = [(s.x() - point.x()) ** 2 + (s.y() - point.y()) ** 2 for s in spots]
            nearest = int(np.argmin(apart))
            if apart[nearest] < 20**2:
                return ("point", nearest)
    return ()


def pick(frame: Frame, target: Target) -> Pick:
    """Choose the point that was clicked."""
    return Pick(knobs={"chosen": int(target[1])}) if target else Pick(selection=())


def lens(frame: Frame) -> Lens | None:
    """Return the fake that is pointed at."""
    if frame.hover[:1] != ("point",):
        return None
    clouds, place = frame.answer, int(frame.hover[1])
    title = frame.say(words.READ_AS, digit=int(clouds.labels[place]))
    return Lens(title, (), clouds.pictures[place], 1.0, "image")
