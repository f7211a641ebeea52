"""The text itself: how it begins, where it comes from, what is known of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.own_text import words
from explainer.concepts.transformer.own_text.layout import OwnTextLayout
from explainer.concepts.transformer.own_text.paragraph import line_high, paragraph
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, number, write

_SIDE = 0.36  # of the width: the column of sources and facts


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: a text does not move."""
    return (Beat("", 0.0),)


def source(frame: Frame) -> str:
    """Return the text in force: a path, or a key of the course."""
    return str(frame.knobs.get("text", ""))


def name_of(frame: Frame) -> str:
    """Return what the text is called."""
    name = frame.snapshot.name
    return frame.say(words.COURSES[name]) if name in words.COURSES else str(name)


def pills(layout: OwnTextLayout) -> dict[Target, QRectF]:
    """Return the buttons that choose a text."""
    t, side = layout.room.type, _side(layout)
    high = 36 * min(t, 1.3)
    rects = [
        QRectF(side.x(), side.y() + place * (high + 12), side.width(), high) for place in range(3)
    ]
    keys: tuple[Target, ...] = (("course", ""), ("course", "course-en"), ("open",))
    return dict(zip(keys, rects, strict=True))


def said(frame: Frame, target: Target) -> str:
    """Return what a button says."""
    key = words.OPEN if target == ("open",) else words.COURSES[str(target[1])]
    return frame.say(key)


def _side(layout: OwnTextLayout) -> QRectF:
    body = layout.body
    wide = _SIDE * body.width()
    return QRectF(body.right() - wide, body.y(), wide, body.height())


def facts(frame: Frame) -> tuple[tuple[str, str], ...]:
    """Return what is known of the text, as written."""
    s = frame.snapshot
    known = {
        "name": name_of(frame),
        "encoding": s.encoding,
        "size": f"{number(s.size / 1000, 1)} kB",
        "characters": number(s.characters, 0),
        "tokens": number(s.tokens, 0),
        "held": number(s.held_tokens, 0),
    }
    return tuple((frame.say(words.FACTS[key]), text) for key, text in known.items())


def draw_still(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    """Draw the text's beginning, the sources, and the facts."""
    t, side = layout.room.type, _side(layout)
    card = QRectF(layout.body.x(), layout.body.y(), side.x() - layout.body.x() - 32,
                  layout.body.height())  # fmt: skip
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(card, 10, 10)
    px, inner = 17 * t, card.adjusted(22, 18, -22, -14)
    y = inner.y()
    for line in frame.snapshot.opening.split("\n"):
        if y + line_high(px) > inner.bottom() or not line.strip():
            continue
        rest = QRectF(inner.x(), y, inner.width(), inner.bottom() - y)
        stretches = paragraph([line], rest, px)
        for stretch in stretches:
            write(painter, stretch.rect.adjusted(0, 0, 4, 0), stretch.text, px, colours.ink)
        y = stretches[-1].rect.bottom() + 0.5 * px
    for target, rect in pills(layout).items():
        is_chosen = target == ("course", source(frame))
        is_chosen |= target == ("open",) and source(frame) not in words.COURSES
        lit = is_chosen or frame.hover == target
        draw_pill(painter, rect, said(frame, target), 16 * t, colours, lit)
    bottom = max(rect.bottom() for rect in pills(layout).values())
    under = QRectF(side.x(), bottom + 6, side.width(), 24 * t)
    write(painter, under, frame.say(words.DROP), 14 * t, colours.muted, align=CENTRE)
    top, high = under.bottom() + 20, 34 * t
    for place, (label, text) in enumerate(facts(frame)):
        y = top + place * high
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(side.x(), y), QPointF(side.right(), y))
        row = QRectF(side.x(), y, side.width(), high)
        write(painter, row.adjusted(0, 0, -0.55 * row.width(), 0), label, 15 * t, colours.muted)
        write(painter, row.adjusted(0.45 * row.width(), 0, 0, 0), text, 16 * t, colours.ink,
              SEMIBOLD, RIGHT)  # fmt: skip


def draw_moving(
    painter: QPainter, layout: OwnTextLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing: a text does not move."""


def hit(layout: OwnTextLayout, frame: Frame, point: QPointF) -> Target:
    """Return the button under a point."""
    return next((key for key, rect in pills(layout).items() if rect.contains(point)), ())


def lens(frame: Frame, time: float) -> Lens | None:
    """Return what is known of the net that learns the text."""
    s = frame.snapshot
    known = {
        "vocabulary": number(s.vocabulary, 0),
        "parameters": number(s.parameters, 0),
        "passes": number(s.passes, 1),
    }
    rows = tuple((frame.say(words.FACTS[key]), text) for key, text in known.items())
    return Lens(frame.say(words.NET), rows)
