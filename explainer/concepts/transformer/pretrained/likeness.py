"""Two sentences side by side: one vector each, and the cosine between them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention.layout import (
    draw_matrix,
    frame_of,
    label_wide,
    write_row,
)
from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.focus import model_of
from explainer.concepts.transformer.pretrained.layout import (
    PretrainedLayout,
    draw_title,
    name_columns,
    name_rows,
    names_high,
)
from explainer.concepts.transformer.pretrained.probe import Compared, Reading
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell, cell_at, draw_legend
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, number, width, write


@dataclass(frozen=True, slots=True)
class Places:
    """Where the matrix of tokens, the cosine and its scale stand."""

    title: QRectF
    whole: QRectF
    label: float
    legend: QRectF
    figure: QRectF
    scale: QRectF
    told: QRectF


def places(layout: PretrainedLayout, frame: Frame, answer: Compared) -> Places:
    """Return where everything stands."""
    t, body = layout.room.type, layout.body
    rows, columns = answer.pairs.shape
    label = label_wide(answer.first.tokens, 15 * t, 150.0)
    left = body.width() * 0.56
    wide = min(left - label, 62.0 * columns)
    names = names_high(answer.second.tokens, 14 * t, wide / columns)
    title = QRectF(body.x(), body.y(), left, 28 * t)
    top, foot = title.bottom() + 8, 54 * t
    high = min(body.bottom() - foot - names - top, 44.0 * rows)
    whole = QRectF(body.x() + label, top, wide, high)
    legend = QRectF(whole.x(), body.bottom() - foot, min(260.0, wide), foot)
    x = body.x() + left + 50
    free = body.right() - x
    figure = QRectF(x, body.y() + body.height() * 0.16, free, 110.0)
    scale = QRectF(x, figure.bottom() + 46 * t, free, 16)
    told = QRectF(x, scale.bottom() + 50 * t, free, 60 * t)
    return Places(title, whole, label, legend, figure, scale, told)


def written_words(reading: Reading) -> frozenset[str]:
    """Return the written words of a text, pieces joined, special tokens left out."""
    found: dict[int, str] = {}
    for token, word, special in zip(reading.tokens, reading.words, reading.special, strict=True):
        if not special:
            found[word] = found.get(word, "") + token.removeprefix("##")
    return frozenset(word for word in found.values() if any(c.isalnum() for c in word))


def shared_words(answer: Compared) -> tuple[int, int]:
    """Return how many written words are in both texts, and how many in either."""
    one, other = written_words(answer.first), written_words(answer.second)
    return len(one & other), len(one | other)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the pairs of tokens, then the two vectors' cosine."""
    return (Beat("pairs", 0.0), Beat("cosine", 1.4), Beat("shared", 2.2))


def veils(layout: PretrainedLayout, frame: Frame) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at = places(layout, frame, frame.answer)
    upper = QRectF(at.figure.x(), at.figure.y(), at.figure.width() + 10,
                   at.told.y() - at.figure.y())  # fmt: skip
    return ((upper, 1.4), (at.told, 2.2))


def draw(painter: QPainter, layout: PretrainedLayout, frame: Frame, colours: Colours) -> None:
    """Draw each token against each, and the cosine on its scale."""
    answer, t = frame.answer, layout.room.type
    at = places(layout, frame, answer)
    rows, columns = answer.pairs.shape
    draw_title(painter, at.title, frame.say(words.PAIRS), "", colours, t)
    draw_matrix(painter, at.whole, answer.pairs, 1.0, "signed", colours, columns <= 30)
    chosen = _cell(frame, answer)
    row, column = chosen if chosen is not None else (-1, -1)
    name_rows(painter, at.whole, answer.first.tokens, 15 * t, at.label, colours, row)
    name_columns(painter, at.whole, answer.second.tokens, 14 * t, colours, column)
    for place in range(rows):
        write_row(painter, at.whole, answer.pairs, place, 1.0, "signed", colours, 14 * t, 2)
    if chosen is not None:
        frame_of(painter, cell(at.whole, row, column, rows, columns), colours, 3)
    draw_legend(painter, at.legend, "", -1, 1, "signed", colours, 14 * t, 1)
    said = number(answer.cosine, 3)
    write(painter, at.figure, said, 76, colours.ink, SEMIBOLD, CENTRE)
    line = QRectF(at.figure.x(), at.figure.bottom() - 2, at.figure.width(), 26 * t)
    write(painter, line, frame.say(words.COSINE), 17 * t, colours.muted, REGULAR, CENTRE)
    _draw_scale(painter, at.scale, answer.cosine, colours, t)
    both, either = shared_words(answer)
    half = at.told.height() / 2
    upper = QRectF(at.told.x(), at.told.y(), at.told.width(), half)
    told = frame.say(words.SHARED, both=both, all=either)
    write(painter, upper, told, 17 * t, colours.ink, REGULAR, CENTRE)
    pooled = frame.say(words.POOLED[model_of(frame).pooling])
    write(painter, upper.translated(0, half), pooled, 15 * t, colours.muted, REGULAR, CENTRE)


def _draw_scale(painter: QPainter, rect: QRectF, cosine: float, colours: Colours, t: float) -> None:
    """Draw a line from −1 to 1 with the cosine on it."""
    y = rect.center().y()
    painter.setPen(QPen(colours.faint, 2))
    painter.drawLine(QPointF(rect.x(), y), QPointF(rect.right(), y))
    for value in (-1, 0, 1):
        x = rect.x() + rect.width() * (value + 1) / 2
        painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5))
        said = number(value, 0)
        wide = width(said, 15 * t) + 4
        left = min(max(x - wide / 2, rect.x()), rect.right() - wide)
        box = QRectF(left, y + 12, wide, 22 * t)
        write(painter, box, said, 15 * t, colours.muted, REGULAR, CENTRE)
    x = rect.x() + rect.width() * (cosine + 1) / 2
    zero = rect.center().x()
    painter.fillRect(QRectF(min(x, zero), y - 3, abs(x - zero), 6), colours.solid("signed"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.amber)
    painter.drawEllipse(QPointF(x, y), 9, 9)


def _cell(frame: Frame, answer: Compared) -> tuple[int, int] | None:
    rows, columns = answer.pairs.shape
    for target in (frame.hover, frame.selection):
        if target[:1] == ("pair",) and int(target[1]) < rows and int(target[2]) < columns:
            return int(target[1]), int(target[2])
    return None


def hit(layout: PretrainedLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("pair", token, token) under a point."""
    found = cell_at(places(layout, frame, frame.answer).whole, point, *frame.answer.pairs.shape)
    return () if found is None else ("pair", *found)


def lens(frame: Frame) -> Lens | None:
    """Return the two tokens and their cosine."""
    answer = frame.answer
    chosen = _cell(frame, answer)
    if chosen is None:
        return None
    title = f"{answer.first.tokens[chosen[0]]} · {answer.second.tokens[chosen[1]]}"
    return Lens(title, ((frame.say(words.PAIR), number(float(answer.pairs[chosen]), 3)),))
