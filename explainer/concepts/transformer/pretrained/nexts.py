"""What a GPT-2 foretells: the likeliest next tokens by its tied head."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.focus import reading_of, sentence_of
from explainer.concepts.transformer.pretrained.layout import PretrainedLayout, draw_title
from explainer.concepts.transformer.pretrained.probe import Reading
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import REGULAR, RIGHT, SEMIBOLD, percent, width, write


@dataclass(frozen=True, slots=True)
class Places:
    """Where the bars stand."""

    title: QRectF
    rows: tuple[QRectF, ...]
    name: float


def _found(frame: Frame) -> Reading:
    reading = reading_of(frame)
    assert reading is not None
    return reading


def places(layout: PretrainedLayout, frame: Frame, reading: Reading) -> Places:
    """Return where everything stands; the last row is for all others together."""
    t, body = layout.room.type, layout.body
    title = QRectF(body.x(), body.y(), body.width(), 28 * t)
    count = len(reading.next_tokens) + 1
    top = title.bottom() + 10
    pitch = min((body.bottom() - top) / count, 44.0)
    rows = tuple(QRectF(body.x(), top + i * pitch, body.width(), pitch) for i in range(count))
    said = (*reading.next_tokens, frame.say(words.OTHERS))
    name = max(width(text, 17 * t, SEMIBOLD) for text in said) + 18
    return Places(title, rows, name)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the sentence, then the bars."""
    return (Beat("read", 0.0), Beat("next", 0.8))


def veils(layout: PretrainedLayout, frame: Frame) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at = places(layout, frame, _found(frame))
    return ((at.rows[0].united(at.rows[-1]), 0.8),)


def draw(painter: QPainter, layout: PretrainedLayout, frame: Frame, colours: Colours) -> None:
    """Draw a bar for each of the likeliest tokens, and one for all the others."""
    reading, t = _found(frame), layout.room.type
    at = places(layout, frame, reading)
    draw_title(painter, at.title, frame.say(words.NEXT), "", colours, t)
    rest = max(1 - float(reading.next_shares.sum()), 0.0)
    figures = width("100.00 %", 16 * t) + 10
    for place, row in enumerate(at.rows):
        is_rest = place == len(reading.next_tokens)
        name = frame.say(words.OTHERS) if is_rest else reading.next_tokens[place]
        share = rest if is_rest else float(reading.next_shares[place])
        strong = place == 0
        ink = colours.ink if strong else colours.muted
        weight = SEMIBOLD if strong else REGULAR
        box = QRectF(row.x(), row.y(), at.name - 14, row.height())
        write(painter, box, name, 17 * t, ink, weight, RIGHT)
        free = row.width() - at.name - figures
        bar = QRectF(row.x() + at.name, row.center().y() - 9, max(free * share, 1.5), 18)
        painter.fillRect(bar, colours.ribbon if is_rest else colours.solid("magnitude"))
        end = QRectF(bar.right() + 8, row.y(), figures, row.height())
        write(painter, end, percent(share, 2 if share < 0.1 else 1), 16 * t, ink, weight)


def hit(layout: PretrainedLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("next", place) under a point."""
    at = places(layout, frame, _found(frame))
    rows = at.rows[:-1]
    return next((("next", i) for i, row in enumerate(rows) if row.contains(point)), ())


def continued(frame: Frame, place: int) -> str:
    """Return the sentence with one of the foretold tokens put behind it."""
    token = _found(frame).next_tokens[place]
    return sentence_of(frame.knobs) + token.replace("␣", " ").replace("⏎", "\n")


def lens(frame: Frame) -> Lens | None:
    """Return nothing: all is on the stage."""
    return None
