"""Texts that go on from a prompt, token by token."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.own_text import learning, words
from explainer.concepts.transformer.own_text.layout import OwnTextLayout, chance_text, shown
from explainer.concepts.transformer.own_text.paragraph import Stretch, lines_of, paragraph
from explainer.concepts.transformer.own_text.pieces import written
from explainer.concepts.transformer.own_text.probe import Draft
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, write

_FIRST, _SECONDS = 0.4, 0.09  # before the first token, and a token
_SHADE = 0.3  # of the ramp: text stays readable on it


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a moment a token."""
    if not frame.answer:
        return (Beat("", 0.0),)
    count = len(frame.answer[0].pieces)
    come = (
        Beat("token", _FIRST + place * _SECONDS, frame.say(words.PLACE, n=place + 1, count=count))
        for place in range(count)
    )
    return (Beat("prompt", 0.0), *come)


def come(time: float) -> int:
    """Return how many tokens are written by a moment."""
    return max(int((time - _FIRST) / _SECONDS + 1e-6) + 1, 0) if time >= _FIRST - 1e-9 else 0


def _facts_high(layout: OwnTextLayout, frame: Frame) -> float:
    return 88 * layout.room.type if shown(frame) == "limits" else 0.0


def draft_rect(layout: OwnTextLayout, frame: Frame, place: int) -> QRectF:
    """Return where a continuation lies."""
    body, t = layout.body, layout.room.type
    foot = 30 * t + _facts_high(layout, frame)
    high = (body.height() - foot) / len(frame.answer)
    return QRectF(body.x(), body.y() + place * high, body.width(), high)


def stretches(layout: OwnTextLayout, frame: Frame, place: int) -> tuple[Stretch, ...]:
    """Return a continuation laid out; part 0 is the prompt, then a part a token."""
    t = layout.room.type
    draft: Draft = frame.answer[place]
    box = draft_rect(layout, frame, place).adjusted(104 * t, 10, -8, -6)
    prompt = draft.prompt.strip()
    return paragraph([f"{prompt}" if prompt else "", *draft.texts], box, 21 * t)


def draw_still(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    """Draw which draw is which, the legend, and the facts."""
    body, t = layout.body, layout.room.type
    for place in range(len(frame.answer)):
        rect = draft_rect(layout, frame, place)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(rect.topLeft(), rect.topRight())
        label = QRectF(rect.x(), rect.y() + 12, 84 * t, 26 * t)
        said = frame.say(words.DRAFT, n=place + 1)
        write(painter, label, said, 15 * t, colours.muted, align=RIGHT)
    foot = QRectF(body.x(), body.bottom() - 26 * t - _facts_high(layout, frame), body.width(),
                  24 * t)  # fmt: skip
    said = f"{frame.say(words.SHADE)}   {frame.say(words.BROKEN)}"
    write(painter, foot, said, 14 * t, colours.muted)
    if shown(frame) == "limits":
        _draw_facts(painter, layout, frame, colours)


def facts(frame: Frame) -> tuple[tuple[str, str], ...]:
    """Return how small all is: numbers, and what they are."""
    s, bits = frame.snapshot, learning.now(frame, "held_out")
    said = {
        "size": f"{number(s.size / 1000, 0)} kB",
        "tokens": number(s.tokens, 0),
        "parameters": number(s.parameters, 0),
        "passes": number(s.passes, 1),
        "held_out": words.DASH if bits is None else number(bits, 2),
    }
    return tuple((text, frame.say(words.FACTS[key])) for key, text in said.items())


def _draw_facts(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    body, t, known = layout.body, layout.room.type, facts(frame)
    wide = body.width() / len(known)
    top = body.bottom() - _facts_high(layout, frame) + 8 * t
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(QPointF(body.x(), top), QPointF(body.right(), top))
    for place, (value, label) in enumerate(known):
        x = body.x() + place * wide
        write(painter, QRectF(x, top + 12 * t, wide - 12, 32 * t), value, 24 * t, colours.ink,
              SEMIBOLD)  # fmt: skip
        write(painter, QRectF(x, top + 46 * t, wide - 12, 24 * t), label, 14 * t, colours.muted)


def draw_moving(
    painter: QPainter, layout: OwnTextLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the tokens written so far, each as dark as it was likely, the newest in amber."""
    t, until = layout.room.type, come(time)
    count = len(frame.answer[0].pieces)
    for place, draft in enumerate(frame.answer):
        there = [s for s in stretches(layout, frame, place) if s.part <= until]
        for stretch in there:
            token, box = stretch.part - 1, stretch.rect
            if token < 0:
                low = box.bottom() - 2
                painter.setPen(QPen(colours.muted, 1.6))
                painter.drawLine(QPointF(box.x(), low), QPointF(box.right(), low))
                continue
            is_newest = token == until - 1 and until < count
            lit = is_newest or frame.hover == ("written", place, token)
            shade = _SHADE * draft.probabilities[token]
            painter.setPen(QPen(colours.amber, 1.6) if lit else Qt.PenStyle.NoPen)
            painter.setBrush(
                colours.amber_soft if lit else colours.colour_of(shade, 1.0, "magnitude")
            )
            painter.drawRoundedRect(box.adjusted(0, 2, -1, -2), 3, 3)
        for line in lines_of(there):
            write(painter, line.rect.adjusted(0, 0, 8, 0), line.text, 21 * t, colours.ink)


def hit(layout: OwnTextLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("written", draw, token)."""
    for place in range(len(frame.answer)):
        for stretch in stretches(layout, frame, place):
            if stretch.part and stretch.rect.contains(point):
                return ("written", place, stretch.part - 1)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return with which probability the token pointed at was drawn."""
    if frame.hover[:1] != ("written",) or int(frame.hover[1]) >= len(frame.answer):
        return None
    draft: Draft = frame.answer[int(frame.hover[1])]
    token = min(int(frame.hover[2]), len(draft.pieces) - 1)
    rows = ((frame.say(words.PROBABILITY), chance_text(draft.probabilities[token])),)
    return Lens(written(draft.pieces[token]), rows)
