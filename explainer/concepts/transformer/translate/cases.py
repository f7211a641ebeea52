"""Fluent and wrong: four sentences the grammar has not, what came of them, how sure it was."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.answers import Translation
from explainer.concepts.transformer.sentence import source_of, target_of
from explainer.concepts.transformer.tokens import END, join, tokenise
from explainer.concepts.transformer.translate import words
from explainer.concepts.transformer.translate.bars import rounded
from explainer.concepts.transformer.translate.layout import TranslateLayout
from explainer.concepts.transformer.translate.probe import CASES
from explainer.stage.chips import chip_row, draw_chip, draw_cross
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, percent, write
from explainer.stage.motion import out_cubic, share

_START, _PITCH, _GROWING = 0.3, 1.2, 0.4


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a beat a sentence."""
    count = len(frame.answer)
    moments = [Beat("decode", _START + i * _PITCH, f"{i + 1} / {count}") for i in range(count)]
    return (*moments, Beat("end", _START + count * _PITCH, f"{count} / {count}"))


def lanes(layout: TranslateLayout) -> tuple[QRectF, ...]:
    """Return a stripe for each sentence."""
    body = layout.body
    high = body.height() / len(CASES)
    return tuple(
        QRectF(body.x(), body.y() + i * high, body.width(), high - 12) for i in range(len(CASES))
    )


def _top(lane: QRectF, t: float) -> float:
    """Return where a stripe's content begins, so that it stands in the middle."""
    return lane.y() + max(4.0, (lane.height() - 44 * min(t, 1.1) - 70 * t) / 2)


def draw_still(painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours) -> None:
    """Draw what was said."""
    t = layout.room.type
    source = source_of(frame.knobs)
    for lane, case in zip(lanes(layout), CASES, strict=True):
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(lane, 10, 10)
        head = QRectF(lane.x() + 18, _top(lane, t), lane.width() * 0.32, 22 * t)
        write(painter, head, frame.say(words.CASES[case.key]), 15 * t, colours.muted)
        chips = tokenise(case.said(source), source)
        rect = QRectF(head.x(), head.bottom() + 2, lane.width() * 0.36, 44.0 * min(t, 1.1))
        row = chip_row([c.text for c in chips], [c.eojeol for c in chips], rect, 20 * t, False)
        for place, chip in enumerate(chips):
            draw_chip(painter, row, place, colours, unknown=not chip.is_known)


def draw_moving(
    painter: QPainter, layout: TranslateLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw each translation, its wrong tokens, the probabilities it gave, and the truth."""
    seconds = 0.0 if frame.reduced else _GROWING
    for place, (lane, found) in enumerate(zip(lanes(layout), frame.answer, strict=True)):
        painter.setOpacity(share(time, _START + place * _PITCH, seconds, out_cubic))
        if time >= _START + place * _PITCH:
            _draw_case(painter, layout, lane, frame, found, colours)
        painter.setOpacity(1)


def _draw_case(
    painter: QPainter,
    layout: TranslateLayout,
    lane: QRectF,
    frame: Frame,
    found: Translation,
    colours: Colours,
) -> None:
    t = layout.room.type
    target = target_of(frame.knobs)
    left = lane.x() + lane.width() * 0.40
    y = _top(lane, t) + 22 * t + 2
    painter.setPen(QPen(colours.muted, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    middle = y + 22 * min(t, 1.1)
    tip = QPointF(left - 12, middle)
    painter.drawPolyline([tip + QPointF(-6, -6), tip, tip + QPointF(-6, 6)])
    rect = QRectF(left, y, lane.right() - left - 18, 44.0 * min(t, 1.1))
    row = chip_row(found.words, list(range(len(found.words))), rect, 20 * t, False)
    px = min(14 * t, row.px)
    for place, box in enumerate(row.rects):
        draw_chip(painter, row, place, colours, wrong=found.wrong[place])
        figure = QRectF(box.x() - 6, box.bottom() + 2, box.width() + 12, 20 * t)
        ink = colours.wrong if found.wrong[place] else colours.muted
        given = rounded(float(found.confidence[place]))
        write(painter, figure, given, px, ink, SEMIBOLD if found.wrong[place] else REGULAR, CENTRE)
    line = QRectF(left, rect.bottom() + 24 * t, lane.right() - left - 18, 24 * t)
    draw_cross(painter, QPointF(line.x() + 8, line.center().y()), 6, colours.wrong)
    said = frame.say(words.SAYS, said=join(found.expected or (), target))
    count = frame.say(words.WRONG, wrong=sum(found.wrong), count=len(found.words))
    if sum(found.wrong):
        said = f"{count}  {said}"
    write(painter, line.adjusted(24, 0, 0, 0), said, 15 * t, colours.muted)


def hit(layout: TranslateLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("case", i) of the stripe under a point."""
    for place, lane in enumerate(lanes(layout)):
        if lane.contains(point):
            return ("case", place)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return one sentence's tokens with their probabilities."""
    target = next((x for x in (frame.hover, frame.selection) if x[:1] == ("case",)), ("case", 0))
    found: Translation = frame.answer[min(int(target[1]), len(frame.answer) - 1)]
    rows = tuple(
        (frame.say(words.END) if token == END else token, percent(float(given), 1))
        for token, given in zip(found.output, found.confidence, strict=True)
    )
    return Lens(found.text, rows[:9], good=False)
