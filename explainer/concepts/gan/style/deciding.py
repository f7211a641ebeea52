"""What each layer decides: its style alone is exchanged for another fake's."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from explainer.concepts.gan.digit_pieces import (
    draw_tiles,
    frames,
    heading,
    said_small,
    tiles,
)
from explainer.concepts.gan.style import words
from explainer.concepts.gan.style.exchanged import Decide, Decided
from explainer.concepts.gan.style.layout import StyleLayout, whole
from explainer.concepts.gan.stylegan import LAYERS, SIDES
from explainer.lesson import Text
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, number, percent, write
from explainer.stage.view import Keep

ROWS = 4
_PACE = 0.7
ANSWER = Decided


def request(frame: Frame) -> Decide:
    """Ask what each layer decides, and for some pairs."""
    return Decide(first=whole(frame, "pair") * ROWS, rows=ROWS)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the layers, in the order they run."""
    return tuple(Beat("layer", place * _PACE) for place in range(LAYERS + 1))


def areas(layout: StyleLayout) -> tuple[list[list[QRectF]], QRectF]:
    """Return the cells, row by row (fake, layers exchanged, lender), and the room of the bars."""
    body, t = layout.body, layout.room.type
    top = body.y() + layout.head + 22 * t + 4
    foot = 250 * min(t, 1.3)
    bottom = body.bottom() - foot
    names = 0.15 * body.width()
    pitch = (body.width() - names) / (LAYERS + 2)
    side = min((bottom - top) / ROWS, pitch - 10)
    cells = [
        [
            QRectF(body.x() + names + place * pitch + (pitch - side) / 2, top + row * side, side,
                   side).adjusted(2, 2, -2, -2)
            for place in range(LAYERS + 2)
        ]
        for row in range(ROWS)
    ]  # fmt: skip
    return cells, QRectF(body.x(), cells[-1][0].bottom() + 12, body.width(),
                         body.bottom() - cells[-1][0].bottom() - 12)  # fmt: skip


def draw_still(painter: QPainter, layout: StyleLayout, frame: Frame, colours: Colours) -> None:
    """Draw the fakes, those that lend a style, and what the columns are called."""
    answer, t = frame.answer, layout.room.type
    small = min(t, 1.35)
    cells, foot = areas(layout)
    body = layout.body
    heading(painter, QRectF(body.x(), body.y(), body.width(), layout.head),
            frame.say(words.EXCHANGE), colours, small)  # fmt: skip
    for place in range(LAYERS + 2):
        box = cells[0][place]
        title = QRectF(box.center().x() - 80, body.y() + layout.head, 160, 22 * t)
        if place == 0:
            text = "A"
        elif place > LAYERS:
            text = "B"
        else:
            text = f"{frame.say(words.LAYER, n=place)} · {SIDES[place - 1]}²"
        title = QRectF(box.center().x() - min(80, box.width() * 0.75), title.y(),
                       min(160, box.width() * 1.5), title.height())  # fmt: skip
        write(painter, title, text, 15 * small, colours.ink, SEMIBOLD, CENTRE)
    for row in range(ROWS):
        for place, picture, colour in (
            (0, answer.one[row], colours.generator),
            (LAYERS + 1, answer.other[row], colours.ribbon),
        ):
            draw_tiles(painter, cells[row][place], tiles(picture[None], 1, colours))
            frames(painter, [cells[row][place]], colour, 2.5)
    left = QRectF(body.x(), cells[0][0].y(), 0.15 * body.width() - 10, cells[0][0].height())
    for place, text in enumerate((words.FROM_A, words.ONE_FROM_B)):
        line = left.translated(0, place * 26 * small)
        line.setHeight(26 * small)
        said_small(painter, line, frame.say(text), colours, small)
    pairs = frame.say(words.OF_PAIRS, n=answer.pairs)
    line = QRectF(left.x(), foot.bottom() - 24 * small, foot.width(), 24 * small)
    said_small(painter, line, f"{pairs}  {_whole(frame, answer)}", colours, small)


def _whole(frame: Frame, answer: Decided) -> str:
    return frame.say(
        words.ALL_EXCHANGED, p=percent(answer.whole[0], 0), ink=number(answer.whole[1], 3)
    )


def draw_moving(
    painter: QPainter,
    layout: StyleLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the layers that have come, with their bars."""
    come = min(int(time / _PACE + 1e-6), LAYERS)
    area = layout.body.adjusted(0, layout.head + 18 * layout.room.type, 0, 0)

    def draw(part: QPainter) -> None:
        for place in range(1, come + 1):
            _draw_layer(part, layout, frame, place, colours)

    keep(painter, "layers", area, (frame.answer, come, frame.language), draw)
    _draw_names(painter, layout, frame, colours)


def _bars(layout: StyleLayout, place: int, which: int) -> QRectF:
    """Return the room of a layer's bar: 0 for verdicts, 1 for pixels."""
    cells, foot = areas(layout)
    t = min(layout.room.type, 1.35)
    box = cells[0][place]
    high = (foot.height() - 24 * t) / 2
    return QRectF(box.center().x() - 0.36 * box.width(), foot.y() + which * high,
                  0.72 * box.width(), high - 8)  # fmt: skip


def _draw_names(painter: QPainter, layout: StyleLayout, frame: Frame, colours: Colours) -> None:
    t = min(layout.room.type, 1.35)
    texts: tuple[tuple[Text, Text], ...] = (
        (words.VERDICT_1, words.VERDICT_2),
        (words.PIXELS_1, words.PIXELS_2),
    )
    for which, lines in enumerate(texts):
        bar = _bars(layout, 1, which)
        wide = 0.15 * layout.body.width() + 40
        for place, text in enumerate(lines):
            row = QRectF(layout.body.x(), bar.center().y() - (1 - place) * 22 * t, wide, 22 * t)
            ink = colours.ink if place == 0 else colours.muted
            write(painter, row, frame.say(text), 15 * t, ink, SEMIBOLD if place == 0 else REGULAR)


def _draw_layer(
    painter: QPainter, layout: StyleLayout, frame: Frame, place: int, colours: Colours
) -> None:
    answer, t = frame.answer, min(layout.room.type, 1.35)
    cells, _ = areas(layout)
    for row in range(ROWS):
        box = cells[row][place]
        draw_tiles(painter, box, tiles(answer.exchanged[row, place - 1][None], 1, colours))
        if answer.labels[row, place - 1] != answer.before[row]:
            frames(painter, [box], colours.wrong, 2.5)
    both: tuple[tuple[np.ndarray, str, QColor], ...] = (
        (answer.verdicts, percent(float(answer.verdicts[place - 1]), 0), colours.wrong),
        (answer.pixels, number(float(answer.pixels[place - 1]), 3), colours.generator),
    )
    for which, (values, said, colour) in enumerate(both):
        room = _bars(layout, place, which)
        most = max(float(values.max()), 1e-9)
        line = 22 * t
        high = (room.height() - line) * float(values[place - 1]) / most
        bar = QRectF(room.x(), room.bottom() - high, room.width(), high)
        painter.fillRect(bar, colour)
        over = QRectF(room.x() - 20, bar.y() - line, room.width() + 40, line)
        write(painter, over, said, 15 * t, colours.ink, SEMIBOLD, CENTRE)


def hit(layout: StyleLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("exchanged", row, layer) under a point."""
    cells, _ = areas(layout)
    for row in range(ROWS):
        for place in range(1, LAYERS + 1):
            if cells[row][place].contains(point):
                return ("exchanged", row, place)
    return ()


def pick(frame: Frame, target: Target) -> Pick:
    """Choose nothing: there is nothing to go into."""
    return Pick(selection=())


def lens(frame: Frame) -> Lens | None:
    """Return the fake that is pointed at, and how it is read."""
    if frame.hover[:1] != ("exchanged",):
        return None
    answer, row, place = frame.answer, int(frame.hover[1]), int(frame.hover[2])
    rows = (
        (frame.say(words.BEFORE), str(int(answer.before[row]))),
        (frame.say(words.AFTER), str(int(answer.labels[row, place - 1]))),
    )
    title = frame.say(words.LAYER, n=place)
    return Lens(title, rows, answer.exchanged[row, place - 1], 1.0, "image")
