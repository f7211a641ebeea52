"""A text that goes on: the causal model writes token after token."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.family import words
from explainer.concepts.transformer.family.candidates import (
    draw_candidates,
    draw_panel,
    figures_under,
    likeliest,
    lines_in,
)
from explainer.concepts.transformer.family.layout import FamilyLayout, named
from explainer.concepts.transformer.family.questions import Continued
from explainer.concepts.transformer.translate.bars import rounded, share_text
from explainer.stage.chips import draw_chip, draw_cross, draw_pill, draw_tick
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, width, write
from explainer.stage.motion import out_cubic, share

START, PITCH, GROWING, REST = 0.5, 0.7, 0.35, 0.5  # seconds


def written_at(place: int) -> float:
    """Return when a token begins to be written."""
    return START + place * PITCH


def token_beats(frame: Frame, count: int) -> tuple[Beat, ...]:
    """Return a beat for what is given, one for each token written, and the end."""
    each = [
        Beat("write", written_at(i), frame.say(words.WRITTEN, n=i + 1, count=count))
        for i in range(count)
    ]
    end = written_at(max(count - 1, 0)) + GROWING + REST
    return (Beat("read", 0.0), *each, Beat("end", end))


def come(frame: Frame, place: int, time: float) -> float:
    """Return how far, 0..1, a token has come."""
    if time < written_at(place):
        return 0.0
    return share(time, written_at(place), 0.0 if frame.reduced else GROWING, out_cubic)


def newest(count: int, time: float) -> int:
    """Return the token written last; -1 before the first."""
    return sum(time >= written_at(place) for place in range(count)) - 1


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a beat a token."""
    return token_beats(frame, len(frame.answer.written))


def confidence(answer: Continued) -> list[float]:
    """Return the probability that each token written was given, at temperature 1."""
    chosen = (answer.names.index(token) for token in answer.written)
    return [float(answer.probabilities[place, i]) for place, i in enumerate(chosen)]


def is_over(answer: Continued, time: float) -> bool:
    """Whether all has been written."""
    return time >= written_at(len(answer.written) - 1) + GROWING


def row_of(frame: Frame, time: float) -> int:
    """Return the token whose candidates are shown: pointed at, else the newest.

    At the end it is the first, which comes right after the text given.
    """
    answer: Continued = frame.answer
    last = newest(len(answer.written), time)
    if frame.hover[:1] == ("row",) and int(frame.hover[1]) <= last:
        return int(frame.hover[1])
    return 0 if is_over(answer, time) else max(last, 0)


def draw_still(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    """Draw what is given."""
    t, body, row = layout.room.type, layout.body, layout.row
    assert row is not None
    head = QRectF(body.x(), body.y(), body.width(), 24 * t)
    write(painter, head, frame.say(words.CLICK_TO_CUT), 16 * t, colours.muted)
    for place in range(len(row.texts)):
        draw_chip(painter, row, place, colours, lit=frame.hover == ("word", place))
    for name, rect in layout.pills:
        draw_pill(painter, rect, frame.say(words.AGAIN), 15 * t, colours, frame.hover == (name,))


def draw_moving(
    painter: QPainter, layout: FamilyLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the tokens that have come, and the candidates of one of them."""
    answer: Continued = frame.answer
    output, t = layout.output, layout.room.type
    assert output is not None
    row, last = row_of(frame, time), newest(len(answer.written), time)
    for place in range(last + 1):
        painter.setOpacity(come(frame, place, time))
        draw_chip(painter, output, place, colours, lit=place == row)
    painter.setOpacity(1.0)
    px = min(14 * t, output.px)
    said = [rounded(share_given) for share_given in confidence(answer)[: last + 1]]
    for place, box in figures_under(output.rects, said, px, row):
        painter.setOpacity(come(frame, place, time))
        write(painter, box, said[place], px, colours.muted, align=CENTRE)
    painter.setOpacity(1.0)
    if last + 1 < len(output.rects):
        painter.setPen(QPen(colours.faint, 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(output.rects[last + 1], 8, 8)
    _draw_candidates(painter, layout, frame, row, time, colours)


def _draw_candidates(
    painter: QPainter,
    layout: FamilyLayout,
    frame: Frame,
    row: int,
    time: float,
    colours: Colours,
) -> None:
    answer: Continued = frame.answer
    if row >= len(answer.written):
        return
    t = layout.room.type
    draw_panel(painter, layout.panel, colours)
    inner = layout.panel.adjusted(20, 14, -20, -14)
    before = (*answer.prompt, *answer.written)[len(answer.prompt) + row - 1]
    head = QRectF(inner.x(), inner.y(), inner.width(), 26 * t)
    said = frame.say(words.NEXT, token=named(before, frame))
    write(painter, head, said, 17 * t, colours.ink, SEMIBOLD)
    if is_over(answer, time):
        verdict = frame.say(words.SENTENCE if answer.is_sentence else words.NO_SENTENCE)
        hue = colours.value if answer.is_sentence else colours.wrong
        write(painter, head, verdict, 17 * t, hue, SEMIBOLD, RIGHT)
        x = head.right() - width(verdict, 17 * t, SEMIBOLD) - 20
        mark = draw_tick if answer.is_sentence else draw_cross
        mark(painter, QPointF(x, head.center().y()), 7, hue)
    found = likeliest(answer.names, answer.probabilities[row], layout.room)
    lines = lines_in(inner.adjusted(0, 34 * t, -inner.width() * 0.22, 0), len(found), 40 * t)
    names = [named(one.name, frame) for one in found]
    wanted = answer.written[row]
    lit = next((i for i, one in enumerate(found) if one.name == wanted), None)
    draw_candidates(painter, lines, found, names, lit, 17 * t, colours, come(frame, row, time))


def hit(layout: FamilyLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return the word given, the token written or the button under a point."""
    for name, rect in layout.pills:
        if rect.contains(point):
            return (name,)
    place = None if layout.row is None else layout.row.at(point)
    if place is not None:
        return ("word", place)
    place = None if layout.output is None else layout.output.at(point, 26)
    return () if place is None else ("row", place)


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the card of the token looked at."""
    answer: Continued = frame.answer
    row = row_of(frame, time)
    if row >= len(answer.written):
        return None
    token = answer.written[row]
    shares = answer.probabilities[row]
    return Lens(
        frame.say(words.TOKEN, n=row + 1, token=named(token, frame)),
        ((frame.say(words.GIVEN), share_text(float(shares[answer.names.index(token)]))),),
    )
