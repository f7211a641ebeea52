"""Fluent and wrong: sentences the grammar has not, what came of them, how sure it was."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.answers import Translation
from explainer.concepts.transformer.sentence import source_of, target_of, unit_of, unknown_in
from explainer.concepts.transformer.tokens import END, join, tokenise
from explainer.concepts.transformer.translate import words
from explainer.concepts.transformer.translate.bars import rounded
from explainer.concepts.transformer.translate.layout import TranslateLayout
from explainer.concepts.transformer.translate.probe import Judged
from explainer.stage.chips import chip_row, draw_chip, draw_cross, draw_tick
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, write
from explainer.stage.motion import out_cubic, share

_START, _PITCH, _GROWING = 0.3, 1.2, 0.4
_PARTED = 10.0  # between two stripes


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a beat a sentence, once its translation stands."""
    count = len(frame.answer)
    grown = _START + _GROWING
    moments = [Beat("decode", grown + i * _PITCH, f"{i + 1} / {count}") for i in range(count)]
    return (Beat("", 0.0), *moments)


def _chip_high(t: float) -> float:
    return 44.0 * min(t, 1.1)


def _needed(t: float) -> float:
    """Return how high a stripe is at least: what is said, the chips, and their figures."""
    return 8 + 24 * t + 4 + _chip_high(t) + 22 * t + 4


def lanes(layout: TranslateLayout, answer: tuple[Judged, ...]) -> tuple[QRectF, ...]:
    """Return a stripe for each sentence; the last has none where there is no room for all."""
    body = layout.body
    room = body.height() + _PARTED
    count = min(len(answer), max(int(room / (_needed(layout.room.type) + _PARTED)), 1))
    pitch = room / count
    return tuple(
        QRectF(body.x(), body.y() + i * pitch, body.width(), pitch - _PARTED) for i in range(count)
    )


def _top(lane: QRectF, t: float) -> float:
    """Return where a stripe's content begins, so that it stands in the middle."""
    return lane.y() + 8 + max(0.0, (lane.height() - _needed(t)) / 2)


def draw_still(painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours) -> None:
    """Draw what was said."""
    t = layout.room.type
    source = source_of(frame.knobs)
    for lane, judged in zip(lanes(layout, frame.answer), frame.answer, strict=False):
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(lane, 10, 10)
        head = QRectF(lane.x() + 18, _top(lane, t), lane.width() * 0.36, 24 * t)
        said = frame.say(words.CASES[judged.key])
        is_own = judged.key == "own"
        ink, weight = (colours.amber_text, SEMIBOLD) if is_own else (colours.muted, REGULAR)
        write(painter, head, said, 15 * t, ink, weight)
        chips = tokenise(judged.text, source)
        rect = QRectF(head.x(), head.bottom() + 4, head.width(), _chip_high(t))
        row = chip_row([c.text for c in chips], [c.eojeol for c in chips], rect, 20 * t, False)
        unknown = unknown_in(judged.text, source, unit_of(frame.knobs))
        for place in range(len(chips)):
            draw_chip(painter, row, place, colours, unknown=place in unknown)


def draw_moving(
    painter: QPainter, layout: TranslateLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw each translation, its wrong tokens, the probabilities it gave, and the truth."""
    seconds = 0.0 if frame.reduced else _GROWING
    placed = zip(lanes(layout, frame.answer), frame.answer, strict=False)
    for place, (lane, judged) in enumerate(placed):
        start = _START + place * _PITCH
        if time >= start:
            painter.setOpacity(share(time, start, seconds, out_cubic))
            _draw_case(painter, layout, lane, frame, judged.found, colours)
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
    left = lane.x() + lane.width() * 0.42
    line = QRectF(left, _top(lane, t), lane.right() - left - 26, 24 * t)
    mark = QPointF(line.x() + 8, line.center().y())
    is_right = is_faithful(found)
    said = verdict(frame, found)
    if is_right:
        draw_tick(painter, mark, 6, colours.value)
    else:
        draw_cross(painter, mark, 6, colours.wrong)
    write(painter, line.adjusted(24, 0, 0, 0), said, 15 * t, colours.muted)
    rect = QRectF(left, line.bottom() + 4, line.width(), _chip_high(t))
    painter.setPen(QPen(colours.muted, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    tip = QPointF(left - 14, rect.center().y())
    painter.drawPolyline([tip + QPointF(-6, -6), tip, tip + QPointF(-6, 6)])
    row = chip_row(found.words, list(range(len(found.words))), rect, 20 * t, False)
    px = min(14 * t, row.px)
    for place, box in enumerate(row.rects):
        draw_chip(painter, row, place, colours, wrong=found.wrong[place])
        figure = QRectF(box.x() - 6, box.bottom() + 2, box.width() + 12, 20 * t)
        ink = colours.wrong if found.wrong[place] else colours.muted
        given = rounded(float(found.confidence[place]))
        write(painter, figure, given, px, ink, SEMIBOLD if found.wrong[place] else REGULAR, CENTRE)


def is_faithful(found: Translation) -> bool:
    """Whether nothing is wrong and nothing is missing, as far as can be told."""
    return not any(found.wrong) and not found.missing


def verdict(frame: Frame, found: Translation) -> str:
    """Return what is wrong, and what the source says where that is known."""
    count, wrong = len(found.words), sum(found.wrong)
    if is_faithful(found):
        return frame.say(words.ALL_RIGHT if found.expected else words.FAITHFUL)
    if found.expected is not None:
        said = frame.say(words.SAYS, said=join(found.expected, target_of(frame.knobs)))
        return (
            f"{frame.say(words.WRONG_SHORT, wrong=wrong, count=count)}  {said}" if wrong else said
        )
    parts = [frame.say(words.UNSAID, wrong=wrong, count=count)] if wrong else []
    if found.missing:
        parts.append(frame.say(words.MISSING, words=", ".join(found.missing)))
    return "  ".join(parts)


def hit(layout: TranslateLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("case", i) of the stripe under a point."""
    for place, lane in enumerate(lanes(layout, frame.answer)):
        if lane.contains(point):
            return ("case", place)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return one sentence's tokens with their probabilities."""
    target = next((x for x in (frame.hover, frame.selection) if x[:1] == ("case",)), ("case", 0))
    found = frame.answer[min(int(target[1]), len(frame.answer) - 1)].found
    rows = tuple(
        (frame.say(words.END) if token == END else token, rounded(float(given)))
        for token, given in zip(found.output, found.confidence, strict=True)
    )
    return Lens(found.text, rows[:9], good=is_faithful(found))
