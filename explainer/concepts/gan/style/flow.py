"""A fake as it is drawn: a constant, then layer upon layer, each in its style."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.digit_pieces import draw_one, heading, said_small
from explainer.concepts.gan.style import words
from explainer.concepts.gan.style.layout import StyleLayout, whole
from explainer.concepts.gan.style.opened import Open, Opened
from explainer.concepts.gan.stylegan import LAYERS, SIDES
from explainer.stage.chips import fall
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import cell, draw_map, draw_maps
from explainer.stage.lettering import CENTRE, SEMIBOLD, number, write
from explainer.stage.view import Keep

_PACE = 0.9
_ACROSS, _DOWN = 2, 3  # maps of a layer that are shown
ANSWER = Opened


def request(frame: Frame) -> Open:
    """Ask for the fake that is looked at."""
    return Open(whole(frame, "fake"))


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the constant, the layers, and the picture, in the order they run."""
    keys = ("constant", *["layer"] * LAYERS, "picture")
    return tuple(Beat(key, place * _PACE) for place, key in enumerate(keys))


def strip_of_w(layout: StyleLayout) -> QRectF:
    """Return where w lies: over the layers."""
    body, t = layout.body, layout.room.type
    first, last = column(layout, 1), column(layout, LAYERS)
    high = 30 * min(t, 1.3)
    return QRectF(first.x(), body.y() + layout.head + 6, last.right() - first.x(), high)


def column(layout: StyleLayout, place: int) -> QRectF:
    """Return the column of the constant (0), of a layer, or of the picture (LAYERS + 1)."""
    body = layout.body
    pitch = body.width() / (LAYERS + 2)
    return QRectF(body.x() + place * pitch + 9, body.y(), pitch - 18, body.height())


def rows(layout: StyleLayout) -> tuple[float, float, float]:
    """Return where styles, maps and what is said of them begin."""
    body, t = layout.body, layout.room.type
    bottom = body.bottom() - 30 * t  # of what is said of the whole
    said = bottom - 58 * t
    side = column(layout, 1).width() / _ACROSS * _DOWN
    maps = said - 10 - side
    strip, high = strip_of_w(layout), 24 * min(t, 1.3)
    # What is left over is parted between the bands above and below the styles.
    style = strip.bottom() + 0.55 * (maps - strip.bottom() - 2 * high)
    return style, maps, said


def style_rect(layout: StyleLayout, place: int) -> QRectF:
    """Return the strip of a layer's style."""
    box, (style, _, _) = column(layout, place), rows(layout)
    return QRectF(box.x(), style, box.width(), 24 * min(layout.room.type, 1.3))


def map_rects(layout: StyleLayout, place: int) -> list[QRectF]:
    """Return where the maps of a column lie, six of them."""
    box, (_, top, bottom) = column(layout, place), rows(layout)
    area = QRectF(box.x(), top, box.width(), bottom - 10 - top)
    return [
        cell(area, row, across, _DOWN, _ACROSS).adjusted(2, 2, -2, -2)
        for row in range(_DOWN)
        for across in range(_ACROSS)
    ]


def draw_still(painter: QPainter, layout: StyleLayout, frame: Frame, colours: Colours) -> None:
    """Draw w and what every layer is called."""
    opened, t = frame.answer, layout.room.type
    small = min(t, 1.35)
    strip = strip_of_w(layout)
    head = QRectF(strip.x(), layout.body.y(), layout.body.right() - strip.x(), layout.head)
    heading(painter, head, frame.say(words.ONE_W), colours, small)
    draw_map(painter, strip, opened.w[None], float(np.abs(opened.w).max()), "signed", colours)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1))
    painter.drawRect(strip)
    write(painter, QRectF(strip.x() - 40, strip.y(), 30, strip.height()), "w", 17 * small,
          colours.ink, SEMIBOLD, CENTRE)  # fmt: skip
    note = QRectF(layout.body.x(), layout.body.bottom() - 26 * t, layout.body.width(), 26 * t)
    said_small(painter, note, frame.say(words.SIX_MAPS), colours, t)
    _, _, said = rows(layout)
    for place in range(LAYERS + 2):
        box = column(layout, place)
        maps = opened.constant if place == 0 else None
        if 1 <= place <= LAYERS:
            maps = opened.layers[place - 1].maps
        title = frame.say(
            words.CONSTANT if place == 0
            else words.PICTURE if place > LAYERS
            else words.LAYER,
            **({"n": place} if 1 <= place <= LAYERS else {}),
        )  # fmt: skip
        upper = QRectF(box.x() - 7, said, box.width() + 14, 26 * t)
        write(painter, upper, title, 16 * t, colours.ink, SEMIBOLD, CENTRE)
        under = upper.translated(0, 26 * t)
        shape = "28 × 28" if maps is None else f"{len(maps)} · {maps.shape[1]} × {maps.shape[2]}"
        write(painter, under, shape, 14 * t, colours.muted, align=CENTRE)


def draw_moving(
    painter: QPainter,
    layout: StyleLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the columns that have come."""
    come = min(int(time / _PACE + 1e-6), LAYERS + 1)
    area = layout.body.adjusted(0, layout.head + 2, 0, 0)

    def draw(part: QPainter) -> None:
        for place in range(come + 1):
            _draw_column(part, layout, frame, place, place == come, colours)

    keep(painter, "columns", area, (frame.answer, come, frame.language), draw)


def _draw_column(
    painter: QPainter,
    layout: StyleLayout,
    frame: Frame,
    place: int,
    is_now: bool,
    colours: Colours,
) -> None:
    opened, t = frame.answer, min(layout.room.type, 1.3)
    if 1 <= place <= LAYERS:
        layer = opened.layers[place - 1]
        strip, rect = strip_of_w(layout), style_rect(layout, place)
        piece = strip.width() / LAYERS
        top = QPointF(strip.x() + (place - 0.5) * piece, strip.bottom() + 2)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = colours.amber if is_now else colours.generator
        painter.fillPath(
            fall(top, piece * 0.7, QPointF(rect.center().x(), rect.y() - 2), rect.width()),
            colours.over(colour, 0.35 if is_now else 0.22),
        )
        peak = max(float(np.abs(each.style).max()) for each in opened.layers)
        draw_map(painter, rect, layer.style[None], peak, "signed", colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.amber if is_now else colours.line, 2.5 if is_now else 1))
        painter.drawRect(rect)
        target = map_rects(layout, place)[0].united(map_rects(layout, place)[1])
        painter.fillPath(
            fall(
                QPointF(rect.center().x(), rect.bottom() + 26 * t), rect.width() * 0.5,
                QPointF(target.center().x(), target.y() - 2), target.width(),
            ),
            colours.over(colour, 0.35 if is_now else 0.22),
        )  # fmt: skip
        said = frame.say(words.FACTORS, n=len(layer.style))
        under = QRectF(rect.x() - 8, rect.bottom() + 4, rect.width() + 16, 22 * t)
        write(painter, under, said, 14 * t, colours.muted, align=CENTRE)
    boxes = map_rects(layout, place)
    if place == LAYERS + 1:
        whole_box = boxes[0].united(boxes[-1])
        side = min(whole_box.width(), whole_box.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(whole_box.center())
        draw_one(painter, square, opened.picture, colours.generator, colours)
    else:
        maps = opened.constant if place == 0 else opened.layers[place - 1].maps
        shown = strongest(maps, len(boxes))
        draw_maps(painter, boxes, maps[shown], float(np.abs(maps).max()), "signed", colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.line, 1))
        painter.drawRects(boxes)
    if place:
        before, here = map_rects(layout, place - 1), boxes
        y = (here[2].y() + here[2].bottom()) / 2
        x, end = before[1].right() + 3, here[0].x() - 3
        painter.setPen(QPen(colours.faint, 2))
        painter.drawLine(QPointF(x, y), QPointF(end, y))


def strongest(maps: np.ndarray, count: int) -> np.ndarray:
    """Return which maps (n, side, side) vary most, in the order they lie."""
    return np.sort(np.argsort(-maps.std(axis=(1, 2)), kind="stable")[:count])


def hit(layout: StyleLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("map", column, map) or ("style", layer) under a point."""
    for place in range(LAYERS + 1):
        if place and style_rect(layout, place).contains(point):
            return ("style", place)
        for index, rect in enumerate(map_rects(layout, place)):
            if rect.contains(point):
                return ("map", place, index)
    return ()


def pick(frame: Frame, target: Target) -> Pick:
    """Look at another fake."""
    return Pick(selection=target)


def lens(frame: Frame) -> Lens | None:
    """Return the map, or the style, that is pointed at."""
    target, opened = frame.hover or frame.selection, frame.answer
    if target[:1] == ("map",):
        place, index = int(target[1]), int(target[2])
        maps = opened.constant if place == 0 else opened.layers[place - 1].maps
        which = int(strongest(maps, _ACROSS * _DOWN)[index])
        name = words.CONSTANT if place == 0 else words.LAYER
        title = frame.say(name, **({} if place == 0 else {"n": place}))
        side = SIDES[max(place - 1, 0)]
        rows_said = (
            (frame.say(words.MAP, n=which + 1), f"{side} × {side}"),
            (frame.say(words.LARGEST), number(float(np.abs(maps[which]).max()))),
        )
        return Lens(title, rows_said, maps[which], float(np.abs(maps).max()), "signed")
    if target[:1] == ("style",):
        style = opened.layers[int(target[1]) - 1].style
        return Lens(
            frame.say(words.STYLE_OF, n=int(target[1])),
            (
                (frame.say(words.SMALLEST), number(float(style.min()))),
                (frame.say(words.LARGEST), number(float(style.max()))),
            ),
        )
    return None
