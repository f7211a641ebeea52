"""How large the model is beside the translator that learns in this program."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.focus import model_of
from explainer.concepts.transformer.pretrained.layout import PretrainedLayout, draw_title
from explainer.concepts.transformer.pretrained.page import size_text
from explainer.concepts.transformer.pretrained.probe import Model
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import REGULAR, RIGHT, SEMIBOLD, number, percent, width, write


@dataclass(frozen=True, slots=True)
class Places:
    """Where both squares and the list of parts stand."""

    title: QRectF
    large: QRectF
    bands: tuple[tuple[str, QRectF], ...]
    small: QRectF
    said: QRectF
    rows: tuple[QRectF, ...]
    foot: QRectF


def whole_of(model: Model) -> int:
    """Return the model's parameters, all parts together."""
    return sum(model.parameters.values())


def ordered(model: Model) -> tuple[tuple[str, int], ...]:
    """Return the parts, the largest first."""
    return tuple(sorted(model.parameters.items(), key=lambda part: -part[1]))


def places(layout: PretrainedLayout, frame: Frame) -> Places:
    """Return where everything stands; both squares begin in one corner and share one scale."""
    t, body, model = layout.room.type, layout.body, model_of(frame)
    title = QRectF(body.x(), body.y(), body.width(), 30 * t)
    count, ours = whole_of(model), model.translator
    top = title.bottom() + 18
    most = min(body.bottom() - top - 40 * t, body.width() * 0.44)
    unit = most / max(count, ours) ** 0.5
    side, own = unit * count**0.5, unit * ours**0.5
    large = QRectF(body.x(), top, side, side)
    bands, y = [], large.y()
    for name, size in ordered(model):
        band = QRectF(large.x(), y, side, side * size / count)
        bands.append((name, band))
        y = band.bottom()
    small = QRectF(body.x(), top, own, own)
    x = body.x() + most + 48
    said = QRectF(x, top, body.right() - x, 62 * t)
    y = said.bottom() + 18
    pitch = min((top + most - y) / len(bands), 62 * t)
    rows = tuple(QRectF(x, y + i * pitch, body.right() - x, pitch) for i in range(len(bands)))
    foot = QRectF(body.x(), top + most + 12, body.width(), 26 * t)
    return Places(title, large, tuple(bands), small, said, rows, foot)


def _fill(colours: Colours, place: int) -> QColor:
    """Return the colour of a part: one ramp from strong to pale, since parts have no order."""
    return fade(colours.solid("weight"), (0.95, 0.66, 0.42, 0.24, 0.12)[min(place, 4)])


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return both squares, then the parts."""
    return (Beat("squares", 0.0), Beat("parts", 1.4))


def veils(layout: PretrainedLayout, frame: Frame) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at = places(layout, frame)
    return ((at.rows[0].united(at.rows[-1]), 1.4),)


def draw(painter: QPainter, layout: PretrainedLayout, frame: Frame, colours: Colours) -> None:
    """Draw two squares whose areas are their parameters, the large one in its parts."""
    t, at, model = layout.room.type, places(layout, frame), model_of(frame)
    count = whole_of(model)
    title = f"{model.name}: {frame.say(words.PARAMETERS, count=number(count, 0))}"
    draw_title(painter, at.title, title, "", colours, t)
    painter.setPen(Qt.PenStyle.NoPen)
    for place, (_, band) in enumerate(at.bands):
        painter.fillRect(band, _fill(colours, place))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.muted, 1.2))
    painter.drawRect(at.large)
    mark = QRectF(at.said.x(), at.said.y() + 4 * t, 20, 20)
    painter.setBrush(fade(colours.amber_soft, 0.85))
    painter.setPen(QPen(colours.amber, 2.4))
    painter.drawRects([at.small, mark])
    line = QRectF(at.said.x() + 32, at.said.y(), at.said.width() - 32, 28 * t)
    ours = frame.say(words.PARAMETERS, count=number(model.translator, 0))
    write(painter, line, f"{frame.say(words.OURS)}: {ours}", 17 * t, colours.ink, SEMIBOLD)
    ratio = count / model.translator
    said = frame.say(words.TIMES, times=number(ratio, 0 if ratio >= 10 else 2))
    write(painter, line.translated(0, 28 * t), f"{model.name}: {said}", 16 * t, colours.muted)
    for place, ((name, size), row) in enumerate(zip(ordered(model), at.rows, strict=True)):
        mark = QRectF(row.x(), row.center().y() - 10, 20, 20)
        painter.setPen(QPen(colours.muted, 1))
        painter.setBrush(_fill(colours, place))
        painter.drawRect(mark)
        share = percent(size / count, 1 if size > 0.001 * count else 2)
        figures = width("100.0 %", 16 * t) + 8
        text = row.adjusted(32, 0, 0, 0)
        write(painter, text, share, 16 * t, colours.ink, SEMIBOLD, RIGHT)
        text.setRight(text.right() - figures)
        numbers = number(size, 0)
        write(painter, text, numbers, 16 * t, colours.muted, align=RIGHT)
        text.setRight(text.right() - width(numbers, 16 * t) - 12)
        write(painter, text, frame.say(words.PARTS[name]), 16 * t, colours.ink, REGULAR)
    memory = frame.say(words.MEMORY, size=size_text(4 * count))
    foot = f"{frame.say(words.AREA)} · {memory}"
    write(painter, at.foot, foot, 15 * t, colours.muted)


def hit(layout: PretrainedLayout, frame: Frame, point: QPointF) -> Target:
    """Return nothing: there is nothing to open."""
    return ()


def lens(frame: Frame) -> Lens | None:
    """Return nothing: all is on the stage."""
    return None
