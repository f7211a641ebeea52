"""What of a sample stands in the text just so, beside how well it knows each part."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.own_text import learning, words
from explainer.concepts.transformer.own_text.layout import OwnTextLayout
from explainer.concepts.transformer.own_text.paragraph import lines_of, paragraph
from explainer.concepts.transformer.own_text.pieces import visible
from explainer.concepts.transformer.own_text.probe import Copying
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, width, write


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: here training is what moves."""
    return (Beat("", 0.0),)


def parts(answer: Copying) -> tuple[tuple[str, bool, bool], ...]:
    """Return a sample in parts: the text, whether it is copied, whether in the longest run."""
    found: list[tuple[str, bool, bool]] = []
    for place, sign in enumerate(answer.draft.text):
        is_copied = any(start <= place < end for start, end in answer.runs)
        in_longest = answer.longest[0] <= place < answer.longest[1]
        if found and found[-1][1:] == (is_copied, in_longest):
            found[-1] = (found[-1][0] + sign, is_copied, in_longest)
        else:
            found.append((sign, is_copied, in_longest))
    return tuple(found)


def plot_rect(layout: OwnTextLayout) -> QRectF:
    """Return where the curves lie."""
    body, t = layout.body, layout.room.type
    left = body.x() + 0.6 * body.width() + 46 * t
    top = body.y() + 44 * t
    return QRectF(left, top, body.right() - left - 8, 0.52 * body.height() - 60 * t)


def _numbers(layout: OwnTextLayout) -> QRectF:
    body, t = layout.body, layout.room.type
    high = 76 * t
    return QRectF(body.x(), body.bottom() - high, body.width(), high)


def draw_still(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    """Draw the sample with its copied runs, the curves' axes and the numbers."""
    body, t = layout.body, layout.room.type
    head = QRectF(body.x(), body.y() - 4, 0.55 * body.width(), 28 * t)
    write(painter, head, frame.say(words.SAMPLE), 18 * t, colours.ink, SEMIBOLD)
    _draw_sample(painter, layout, frame, colours)
    plot, peak = plot_rect(layout), learning.top(frame)
    line = QRectF(plot.x() - 46 * t, head.y(), body.right() - plot.x() + 46 * t, 28 * t)
    write(painter, line, frame.say(words.SEEN_AND_NOT), 18 * t, colours.ink, SEMIBOLD)
    learning.draw_axes(painter, plot, frame, colours, t, peak)
    for place, name in enumerate(learning.NAMES):
        y = plot.bottom() + (56 + 30 * place) * t
        painter.setPen(QPen(learning.colour_of(name, colours), 3.6))
        painter.drawLine(QPointF(plot.x(), y), QPointF(plot.x() + 26, y))
        box = QRectF(plot.x() + 38, y - 14 * t, plot.width() - 38, 28 * t)
        write(painter, box, frame.say(words.CURVES[name]), 15 * t, colours.ink)
        value = learning.now(frame, name)
        said = words.DASH if value is None else number(value, 2)
        write(painter, box, said, 16 * t, colours.ink, SEMIBOLD, RIGHT)
    _draw_numbers(painter, layout, frame, colours)


def _draw_sample(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    body, t = layout.body, layout.room.type
    foot = _numbers(layout).y() - 40 * t
    box = QRectF(body.x(), body.y() + 36 * t, 0.55 * body.width(), foot - body.y() - 36 * t)
    marked, px = parts(frame.answer), 20 * t
    laid = paragraph([text for text, _, _ in marked], box, px)
    for stretch in laid:
        _, is_copied, in_longest = marked[stretch.part]
        low = stretch.rect.bottom() - 0.22 * px
        if in_longest:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.amber_soft)
            painter.drawRect(stretch.rect.adjusted(0, 2, 0, -2))
        if is_copied or in_longest:
            thick = 2.6 if in_longest else 1.6
            painter.setPen(QPen(colours.amber if in_longest else colours.muted, thick))
            painter.drawLine(QPointF(stretch.rect.x(), low), QPointF(stretch.rect.right(), low))
    for line in lines_of(laid):
        write(painter, line.rect.adjusted(0, 0, 8, 0), line.text, px, colours.ink)
    legend = QRectF(body.x(), foot + 8 * t, 0.55 * body.width(), 24 * t)
    write(painter, legend, frame.say(words.MARKED), 14 * t, colours.muted)


def said(frame: Frame) -> tuple[str, str]:
    """Return the sample's longest copied run, and that of text nobody copied, as written."""
    answer: Copying = frame.answer
    start, end = answer.longest
    return number(end - start, 0), number(answer.chance, 1)


def _draw_numbers(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    t, rect = layout.room.type, _numbers(layout)
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(rect.topLeft(), rect.topRight())
    labels = (frame.say(words.LONGEST), frame.say(words.CHANCE))
    wide = rect.width() / 2
    for place, (label, value) in enumerate(zip(labels, said(frame), strict=True)):
        x = rect.x() + place * wide
        ink = colours.amber_text if place == 0 else colours.ink
        whole = frame.say(words.CHARACTERS_OF, count=value)
        write(painter, QRectF(x, rect.y() + 8 * t, wide - 16, 34 * t), whole, 24 * t, ink, SEMIBOLD)
        write(painter, QRectF(x, rect.y() + 44 * t, wide - 16, 26 * t), label, 14 * t,
              colours.muted)  # fmt: skip


def draw_moving(
    painter: QPainter, layout: OwnTextLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing: a sample is there at once."""


def chart(layout: OwnTextLayout, frame: Frame, colours: Colours) -> Chart:
    """Return both curves, without the baselines."""
    return learning.chart(plot_rect(layout), frame, colours, "own-text-copied", False)


def hit(layout: OwnTextLayout, frame: Frame, point: QPointF) -> Target:
    """Return nothing: there is nothing to choose."""
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the longest copied run in words."""
    start, end = frame.answer.longest
    run = visible(frame.answer.draft.text[start:end]).strip()
    shortened = run if width(run, 14) < 220 else run[:28] + "…"
    longest, chance = said(frame)
    rows = (
        (frame.say(words.LONGEST), longest),
        (frame.say(words.CHANCE), chance),
    )
    return Lens(f"“{shortened}”" if shortened else frame.say(words.SAMPLE), rows)
