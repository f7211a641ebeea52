"""The two players on one picture: noise, forger, fakes, real data, judge, verdicts, gradient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from explainer.concepts.gan.plane import words
from explainer.concepts.gan.plane.layout import PlaneLayout
from explainer.concepts.gan.plane.probe import Board
from explainer.concepts.gan.plane.rope import draw_badge
from explainer.concepts.gan.plane_picture import (
    draw_arrows,
    draw_card,
    draw_fakes,
    draw_real,
    triangle,
)
from explainer.stage.chips import draw_cross
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame
from explainer.stage.lettering import CENTRE, SEMIBOLD, percent, write
from explainer.stage.motion import share
from explainer.stage.ribbons import link_path, ribbon_path
from explainer.stage.wrapping import write_wrapped

# Noise flows into G, fakes come out; real data is taken; both flow into D; it says; the gradient
# goes back. Each begins at its second and takes as long as the next lets it.
_BEATS = (
    ("noise", 0.0), ("fakes", 1.4), ("real", 2.6), ("judge", 3.8), ("verdicts", 5.0),
    ("gradient", 6.4),
)  # fmt: skip
_FLOWS = 14  # marks that travel along a ribbon


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of the flow lie."""

    noise: QRectF
    generator: QRectF
    fakes: QRectF
    real: QRectF
    discriminator: QRectF
    verdicts: tuple[QRectF, QRectF]


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return when each part is there."""
    return (*tuple(Beat(key, at) for key, at in _BEATS[:-1]), Beat("gradient", 8.0))


def places(layout: PlaneLayout) -> Places:
    """Return two rows, forged above and real below, that meet in D."""
    body, t = layout.body, layout.room.type
    head = 28 * t
    row = (body.height() - 34) / 2
    side = min(row - head - 26 * t, 0.26 * body.width())
    top, low = body.y() + head, body.y() + row + 34 + head
    noise = min(0.62 * side, 0.15 * body.width())
    badge = QRectF(0, 0, 0.135 * body.width(), 74)
    gap = (body.width() - noise - 2 * badge.width() - side - 0.17 * body.width()) / 4
    x = body.x()
    noise_rect = QRectF(x, top + (side - noise) / 2, noise, noise)
    x += noise + gap
    generator = QRectF(x, top + side / 2 - 37, badge.width(), 74)
    x += badge.width() + gap
    fakes = QRectF(x, top, side, side)
    real = QRectF(x, low, side, side)
    x += side + gap
    middle = (fakes.center().y() + real.center().y()) / 2
    judge = QRectF(x, middle - 52, badge.width(), 104)
    x += badge.width() + gap
    wide = body.right() - x
    high = 108 * t
    verdicts = (
        QRectF(x, fakes.center().y() - high / 2 + 20, wide, high),
        QRectF(x, real.center().y() - high / 2 - 20, wide, high),
    )
    return Places(noise_rect, generator, fakes, real, judge, verdicts)


def _seen(key: str, time: float) -> float:
    start = dict(_BEATS)[key]
    return share(time, start, 1.1)


def draw_moving(
    painter: QPainter,
    layout: PlaneLayout,
    frame: Frame,
    board: Board,
    time: float,
    colours: Colours,
) -> None:
    """Draw all that has come so far."""
    place, t = places(layout), layout.room.type
    _draw_boxes(painter, place, t, frame, board, colours)
    _flow(painter, _right(place.noise), _left(place.generator), colours.generator,
          _seen("noise", time), colours, fake=True)  # fmt: skip
    out = _seen("fakes", time)
    _flow(painter, _right(place.generator), _left(place.fakes), colours.generator, out, colours,
          fake=True)  # fmt: skip
    if out > 0:
        count = max(round(out * 90), 1)
        draw_fakes(painter, place.fakes, board.forged.points[:count], colours, 7.5)
    came = _seen("real", time)
    if came > 0:
        draw_real(painter, place.real, board.real[: max(round(came * 120), 1)], colours, 6)
    judged = _seen("judge", time)
    for rect, colour, is_fake in (
        (place.fakes, colours.generator, True),
        (place.real, colours.real, False),
    ):
        end = _left(place.discriminator) + QPointF(0, -18 if is_fake else 18)
        _flow(painter, _right(rect), end, colour, judged, colours, fake=is_fake)
    said = _seen("verdicts", time)
    if said > 0:
        _draw_verdicts(painter, place, t, frame, board, said, colours)
    back = share(time, 6.4, 1.4)
    if back > 0:
        _draw_gradient(painter, place, t, frame, board, back, colours)


def _right(rect: QRectF) -> QPointF:
    return QPointF(rect.right() + 6, rect.center().y())


def _left(rect: QRectF) -> QPointF:
    return QPointF(rect.left() - 6, rect.center().y())


def _draw_boxes(
    painter: QPainter, place: Places, t: float, frame: Frame, board: Board, colours: Colours
) -> None:
    for rect, text in (
        (place.noise, words.NOISE),
        (place.fakes, words.FAKES),
        (place.real, words.REAL_DATA),
    ):
        draw_card(painter, rect, colours)
        head = QRectF(rect.x() - 30, rect.y() - 27 * t, rect.width() + 60, 24 * t)
        write(painter, head, frame.say(text), 16 * t, colours.ink, SEMIBOLD, CENTRE)
    seeds = board.forged.noise[:60]
    if seeds.shape[1] == 1:
        seeds = np.concatenate([seeds, np.zeros_like(seeds)], axis=1)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    reach = 1.15 if board.noise == "uniform" else 2.8
    half, centre = place.noise.width() / 2 - 6, place.noise.center()
    for x, y in (np.clip(seeds[:, :2], -reach, reach) / reach * half).tolist():
        path.addPolygon(triangle(QPointF(centre.x() + x, centre.y() - y), 6))
    painter.fillPath(path, colours.generator)
    for rect, colour, name, role in (
        (place.generator, colours.generator, words.GENERATOR, words.FORGER),
        (place.discriminator, colours.discriminator, words.DISCRIMINATOR, words.JUDGE),
    ):
        draw_badge(painter, rect, frame.say(name), 17 * min(t, 1.25), colour, colours)
        note = QRectF(rect.x() - 20, rect.bottom() + 4, rect.width() + 40, 22 * t)
        write(painter, note, frame.say(role), 15 * t, colours.muted, align=CENTRE)
    _draw_barred(painter, place, t, frame, colours)


def _draw_barred(
    painter: QPainter, place: Places, t: float, frame: Frame, colours: Colours
) -> None:
    """Draw the way that there is not: from the real data to G."""
    start = QPointF(place.real.left() - 8, place.real.center().y())
    end = QPointF(place.generator.center().x(), place.generator.bottom() + 30 * t)
    path = QPainterPath(start)
    path.cubicTo(QPointF(end.x(), start.y()), QPointF(end.x(), start.y()), end)
    pen = QPen(colours.faint, 2)
    pen.setDashPattern([4, 4])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    spot = path.pointAtPercent(0.62)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.background)
    painter.drawEllipse(spot, 17, 17)
    draw_cross(painter, spot, 12, colours.wrong)
    note = QRectF(place.noise.x(), start.y() + 16 * t, start.x() - place.noise.x() - 16, 60 * t)
    write_wrapped(painter, note, frame.say(words.NEVER_SEES), 17 * t, colours.ink)


def _flow(
    painter: QPainter,
    start: QPointF,
    end: QPointF,
    colour: QColor,
    seen: float,
    colours: Colours,
    fake: bool,
) -> None:
    """Draw a band along which marks travel until it is full."""
    if seen <= 0:
        return
    painter.fillPath(ribbon_path(start, 26, end, 26), colours.over(colour, 0.16 * seen))
    path = link_path(start, end)
    marks = QPainterPath()
    marks.setFillRule(Qt.FillRule.WindingFill)
    for place in range(_FLOWS):
        # The middle mark stands at the middle of the band once all have come.
        way = seen * (place + 0.5) / _FLOWS
        spot = path.pointAtPercent(min(way, 1.0)) + QPointF(0, 6 * ((place * 5) % 3 - 1))
        if fake:
            marks.addPolygon(triangle(spot, 6.5))
        else:
            marks.addEllipse(spot, 3, 3)
    painter.fillPath(marks, colour)


def taken_for_real(board: Board) -> tuple[float, float]:
    """Return the shares of the fakes and of the real points that D takes for real."""
    stands = board.stands
    return (
        float((stands.fake_logits > stands.middle).mean()),
        float((stands.real_logits > stands.middle).mean()),
    )


def _draw_verdicts(
    painter: QPainter,
    place: Places,
    t: float,
    frame: Frame,
    board: Board,
    seen: float,
    colours: Colours,
) -> None:
    shares = taken_for_real(board)
    for rect, value, text, colour, up in zip(
        place.verdicts,
        shares,
        (words.OF_FAKES, words.OF_REAL),
        (colours.generator, colours.real),
        (-24, 24),
        strict=True,
    ):
        start = _right(place.discriminator) + QPointF(0, up)
        end = _left(rect)
        painter.fillPath(
            ribbon_path(start, 16, end, 16), colours.over(colours.discriminator, 0.18 * seen)
        )
        head = QRectF(rect.x(), rect.y(), rect.width(), 24 * t)
        write(painter, head, frame.say(words.TAKEN_FOR_REAL), 15 * t, colours.muted)
        bar = QRectF(rect.x(), rect.y() + 30 * t, rect.width(), 26)
        painter.fillRect(bar, colours.line)
        painter.fillRect(QRectF(bar.x(), bar.y(), bar.width() * value * seen, 26), colour)
        painter.setPen(QPen(colours.ink, 1.6))
        x = bar.center().x()
        painter.drawLine(QPointF(x, bar.y() - 5), QPointF(x, bar.bottom() + 5))
        foot = QRectF(rect.x(), bar.bottom() + 8, rect.width(), 26 * t)
        said = frame.say(text, share=percent(value, 0))
        write(painter, foot, said, 16 * t, colours.ink, SEMIBOLD)


def _draw_gradient(
    painter: QPainter,
    place: Places,
    t: float,
    frame: Frame,
    board: Board,
    seen: float,
    colours: Colours,
) -> None:
    """Draw the way back over the fakes to G, and the arrows on them."""
    draw_arrows(painter, place.fakes, board.forged.points[:90], board.forged.pull[:90], colours,
                grown=seen, thick=1.8)  # fmt: skip
    y = place.fakes.top() - 30 * t
    start = QPointF(place.discriminator.center().x(), place.discriminator.top() - 4)
    end = QPointF(place.generator.center().x(), place.generator.top() - 4)
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x(), y), QPointF(start.x(), y), QPointF(place.fakes.right(), y))
    path.lineTo(QPointF(place.fakes.left(), y))
    path.cubicTo(QPointF(end.x(), y), QPointF(end.x(), y), end)
    shown = QPainterPath(start)
    for way in np.linspace(0, seen, 40)[1:].tolist():
        shown.lineTo(path.pointAtPercent(way))
    pen = QPen(colours.gradient, 3)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shown)
    if seen >= 1:
        head = QPainterPath()
        head.moveTo(end)
        head.lineTo(end + QPointF(-6, -10))
        head.lineTo(end + QPointF(6, -10))
        head.closeSubpath()
        painter.fillPath(head, colours.gradient)
    foot = QRectF(place.discriminator.x() - 10, y - 12 * t, 0, 24 * t)
    foot.setRight(place.verdicts[0].right())
    foot.moveLeft(start.x() + 16)
    foot.setRight(place.verdicts[0].right())
    painter.setOpacity(seen)
    write(painter, foot, frame.say(words.SLOPE_BACK), 15 * t, colours.gradient, SEMIBOLD)
    painter.setOpacity(1.0)
