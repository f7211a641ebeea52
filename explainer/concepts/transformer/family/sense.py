"""What each model knows at the homonym, at its particle and at the verb."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.family import words
from explainer.concepts.transformer.family.layout import FamilyLayout
from explainer.concepts.transformer.family.questions import MODELS, Known
from explainer.concepts.transformer.family.senses import PLACES, WORD
from explainer.stage.chips import draw_cross, draw_tick
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, SEMIBOLD, number, percent, width, write
from explainer.stage.motion import share

_START, _PITCH, _GROWING, _REST = 0.3, 0.9, 0.4, 0.6  # seconds; a column every PITCH
_KEY = 76.0  # units for what the line and the band are
# What stands at the places where the sentence in force has no homonym.
_GENERIC = (WORD, "를", "–")


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a moment for each place that is read, and the end."""
    made = [Beat("read", _START + i * _PITCH, f"{i + 1} / {len(PLACES)}")
            for i in range(len(PLACES))]  # fmt: skip
    end = _START + (len(PLACES) - 1) * _PITCH + _GROWING + _REST
    return (Beat("", 0.0), *made, Beat("end", end))


def cell_rect(layout: FamilyLayout, row: int, column: int) -> QRectF:
    """Return where a model's reading at a place lies."""
    t, body = layout.room.type, layout.body
    lead = 190 * min(t, 1.35)
    gap = 16.0
    top = body.y() + 98 * t
    wide = (body.width() - lead - 2 * gap) / 3
    high = (body.bottom() - (_KEY + 16) * t - top - 2 * gap) / 3
    return QRectF(body.x() + lead + column * (wide + gap), top + row * (high + gap), wide, high)


def tokens_at(answer: Known) -> tuple[str, ...]:
    """Return what is written at the places that are read."""
    if not answer.places:
        return _GENERIC
    return tuple(answer.tokens[place] for place in answer.places)


def looked_at(frame: Frame) -> tuple[int, int] | None:
    """Return the model and place pointed at or chosen."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("read",):
            return int(target[1]), int(target[2])
    return None


def draw_still(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    """Draw what is measured, the names, and what the bars are held against."""
    answer: Known = frame.answer
    t, body = layout.room.type, layout.body
    head = QRectF(body.x(), body.y(), body.width(), 26 * t)
    said = frame.say(words.PROBE, count=answer.sentences)
    write(painter, head, said, 17 * t, colours.ink, SEMIBOLD)
    head.translate(0, 28 * t)
    senses = words.SENSES
    true = (
        frame.say(words.TRUE_SENSE, sense=frame.say(senses[answer.sense]))
        if answer.sense
        else frame.say(words.NO_HOMONYM)
    )
    write(painter, head, true, 16 * t, colours.muted)
    at = looked_at(frame)
    for column, token in enumerate(tokens_at(answer)):
        first = cell_rect(layout, 0, column)
        box = QRectF(first.x(), first.y() - 38 * t, first.width(), 32 * t)
        ink = colours.amber_text if at is not None and at[1] == column else colours.ink
        write(painter, box, frame.say(words.AT, token=token), 19 * t, ink, SEMIBOLD, CENTRE)
    for row, model in enumerate(MODELS):
        first = cell_rect(layout, row, 0)
        box = QRectF(body.x(), first.y(), first.x() - body.x() - 14, first.height())
        name = frame.say(words.MODELS[model])
        if width(name, 16 * t, SEMIBOLD) > box.width():
            name = words.SHORT[model]
        write(painter, box, name, 16 * t, colours.ink, SEMIBOLD)
        for column in range(len(PLACES)):
            _draw_ground(painter, layout, frame, row, column, colours)
    _draw_key(painter, layout, frame, colours)


def luck(answer: Known) -> float:
    """Return how far, as a share, chance moves a guess over so many sentences: two deviations."""
    return 2 * math.sqrt(answer.ceiling * (1 - answer.ceiling) / answer.sentences)


def _draw_key(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    """Say what the dashed line and the band are, and what follows for a bar."""
    answer: Known = frame.answer
    t, body = layout.room.type, layout.body
    line = QRectF(body.x(), body.bottom() - _KEY * t, body.width(), 24 * t)
    sign = QRectF(line.x() + 2, line.y() + 5 * t, 22 * t, 14 * t)
    lead = sign.width() + 12
    said = frame.say(words.BASELINES, majority=percent(answer.majority), count=answer.sentences)
    _draw_majority(painter, sign.center().x(), sign.adjusted(0, 3, 0, -3), colours)
    write(painter, line.adjusted(lead, 0, 0, 0), said, 16 * t, colours.muted)
    line.translate(0, 25 * t)
    _draw_band(painter, sign.translated(0, 25 * t), colours)
    best = frame.say(words.BEST, ceiling=percent(answer.ceiling),
                     luck=number(100 * luck(answer), 0))  # fmt: skip
    write(painter, line.adjusted(lead, 0, 0, 0), best, 16 * t, colours.muted)
    line.translate(0, 25 * t)
    write(painter, line, frame.say(words.AS_GOOD), 16 * t, colours.ink, SEMIBOLD)


def _draw_majority(painter: QPainter, x: float, bar: QRectF, colours: Colours) -> None:
    painter.setPen(QPen(colours.ink, 1.8, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(x, bar.y() - 6), QPointF(x, bar.bottom() + 6))


def _draw_band(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    painter.setPen(QPen(colours.amber, 1.2))
    painter.setBrush(fade(colours.amber, 0.25))
    painter.drawRoundedRect(rect, 3, 3)


def _draw_ground(
    painter: QPainter,
    layout: FamilyLayout,
    frame: Frame,
    row: int,
    column: int,
    colours: Colours,
) -> None:
    rect = cell_rect(layout, row, column)
    lit = looked_at(frame) == (row, column)
    painter.setPen(QPen(colours.amber if lit else colours.line, 2.2 if lit else 1.0))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(rect, 10, 10)


def _bar(rect: QRectF) -> QRectF:
    return QRectF(rect.x() + 16, rect.bottom() - 26, rect.width() - 32, 12)


def draw_moving(
    painter: QPainter, layout: FamilyLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the shares, place after place, and what is read in this sentence."""
    answer: Known = frame.answer
    t = layout.room.type
    for column in range(len(PLACES)):
        began = _START + column * _PITCH
        if time < began:
            break
        grown = share(time, began, 0.0 if frame.reduced else _GROWING)
        for row in range(len(MODELS)):
            rect = cell_rect(layout, row, column)
            told = float(answer.shares[row, column])
            bar = _bar(rect)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.line)
            painter.drawRoundedRect(bar, 4, 4)
            painter.setBrush(colours.solid("magnitude"))
            painter.drawRoundedRect(QRectF(bar.x(), bar.y(), bar.width() * told * grown, 12), 4, 4)
            off = luck(answer)
            x = bar.x() + bar.width() * (answer.ceiling - off)
            _draw_band(painter, QRectF(x, bar.y() - 5, bar.width() * 2 * off, 22), colours)
            _draw_majority(painter, bar.x() + bar.width() * answer.majority, bar, colours)
            painter.setOpacity(grown)
            top = rect.adjusted(16, 8, -16, -34)
            big = QRectF(top.x(), top.y(), top.width() * 0.42, top.height())
            write(painter, big, percent(told), 26 * min(t, 1.3), colours.ink, SEMIBOLD)
            if answer.read:
                _draw_read(painter, top, frame, answer.read[row][column], t, colours)
            painter.setOpacity(1.0)


def _draw_read(
    painter: QPainter, top: QRectF, frame: Frame, read: str, t: float, colours: Colours
) -> None:
    """Write the sense that the probe reads in this sentence, and whether it is right."""
    box = QRectF(top.x() + top.width() * 0.46, top.y(), top.width() * 0.54 - 24, top.height())
    right = read == frame.answer.sense
    hue = colours.value if right else colours.wrong
    mark = QPointF(top.right() - 8, top.center().y())
    (draw_tick if right else draw_cross)(painter, mark, 6, hue)
    said = frame.say(words.SENSES[read])
    write(painter, box, said, 17 * t, colours.ink if right else colours.wrong, align=CENTRE)


def hit(layout: FamilyLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("read", model, place) under a point."""
    for row in range(len(MODELS)):
        for column in range(len(PLACES)):
            if cell_rect(layout, row, column).contains(point):
                return ("read", row, column)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the card of the reading looked at."""
    at = looked_at(frame)
    if at is None:
        return None
    answer: Known = frame.answer
    row, column = at
    rows = [
        (frame.say(words.SHARE), percent(float(answer.shares[row, column]))),
        (frame.say(words.MAJORITY), percent(answer.majority)),
        (frame.say(words.CEILING), f"{percent(answer.ceiling)} ± {number(100 * luck(answer), 0)}"),
    ]
    good = None
    if answer.read:
        read = answer.read[row][column]
        good = read == answer.sense
        rows.append((frame.say(words.READ_HERE), frame.say(words.SENSES[read])))
    title = f"{words.SHORT[MODELS[row]]}: {frame.say(words.AT, token=tokens_at(answer)[column])}"
    return Lens(title, tuple(rows), good=good)
