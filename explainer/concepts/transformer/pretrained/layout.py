"""Where the sentences and the picture lie, and what several pictures share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention.layout import (
    columns_high,
    write_columns,
    write_rows,
)
from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.focus import picture_of, reading_of
from explainer.lesson import Text
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, width, write

MARGIN = 32.0
BOTTOM = 704.0
WIDEST = 620.0


@dataclass(frozen=True, slots=True)
class PretrainedLayout:
    """Rectangles in design units.

    Attributes
    ----------
    room : Room
    field, other, another : QRectF
        The sentence, the one it is compared with, and the button for another; empty where none
        is asked for.
    notice : QRectF
        The line that says that a text was cut; empty where it was not.
    body : QRectF
        What is left for the picture.
    """

    room: Room
    field: QRectF
    other: QRectF
    another: QRectF
    notice: QRectF
    body: QRectF


def pretrained_layout(frame: Frame, room: Room) -> PretrainedLayout:
    """Return the layout of any picture of the scene."""
    t, nothing = room.type, QRectF()
    wide = room.width - 2 * MARGIN
    picture = picture_of(frame)
    if picture in ("folder", "size"):
        body = QRectF(MARGIN, 26, wide, BOTTOM - 26)
        return PretrainedLayout(room, nothing, nothing, nothing, nothing, body)
    button = width(frame.say(words.ANOTHER), 15 * t) + 34
    high = 40 * min(t, 1.25)
    left = wide - button - 12
    if picture == "likeness":
        field = QRectF(MARGIN, 18, (left - 12) / 2, high)
        other = field.translated(field.width() + 12, 0)
    else:
        field, other = QRectF(MARGIN, 18, min(left, WIDEST), high), nothing
    end = other if picture == "likeness" else field
    another = QRectF(end.right() + 12, field.y() + 4, button, high - 8)
    top = field.bottom() + 16
    notice = nothing
    reading = reading_of(frame)
    if reading is not None and reading.is_cut:
        notice = QRectF(MARGIN, field.bottom() + 6, wide, 24 * t)
        top = notice.bottom() + 10
    return PretrainedLayout(
        room, field, other, another, notice, QRectF(MARGIN, top, wide, BOTTOM - top)
    )


def rows_fit(count: int, high: float, px: float) -> bool:
    """Return whether names of that size fit beside rows."""
    return high / count * 0.82 >= 0.8 * px


def name_rows(
    painter: QPainter,
    rect: QRectF,
    said: Sequence[str],
    px: float,
    wide: float,
    colours: Colours,
    lit: int = -1,
) -> None:
    """Write the name of each row left of a matrix; where they do not fit, only the lit one's."""
    if rows_fit(len(said), rect.height(), px):
        write_rows(painter, rect, said, px, wide, colours, lit)
    elif lit >= 0:
        middle = rect.y() + (lit + 0.5) * rect.height() / len(said)
        box = QRectF(rect.x() - wide, middle - 0.7 * px, wide - 9, 1.4 * px)
        write(painter, box, said[lit], px, colours.ink, SEMIBOLD, RIGHT)


def columns_fit(said: Sequence[str], px: float, pitch: float) -> bool:
    """Return whether names fit under columns in at most three staggered lines."""
    return max(width(text, px, SEMIBOLD) for text in said) <= 3 * pitch - 5


def name_columns(
    painter: QPainter,
    rect: QRectF,
    said: Sequence[str],
    px: float,
    colours: Colours,
    lit: int = -1,
) -> None:
    """Write the name of each column under a matrix; where they do not fit, only the lit one's."""
    pitch = rect.width() / len(said)
    if columns_fit(said, px, pitch):
        write_columns(painter, rect, said, px, colours, lit)
    elif lit >= 0:
        wide = width(said[lit], px, SEMIBOLD) + 4
        x = min(max(rect.x() + (lit + 0.5) * pitch - wide / 2, rect.x()), rect.right() - wide)
        box = QRectF(x, rect.bottom() + 3, wide, 1.4 * px)
        write(painter, box, said[lit], px, colours.ink, SEMIBOLD, CENTRE)


def names_high(said: Sequence[str], px: float, pitch: float) -> float:
    """Return how much height `name_columns` needs."""
    return columns_high(said, px, pitch) if columns_fit(said, px, pitch) else 1.4 * px + 5


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of numbered buttons with a word before them."""

    label: QRectF
    rects: tuple[QRectF, ...]

    def at(self, point: QPointF) -> int | None:
        """Return the button under a point."""
        return next((i for i, rect in enumerate(self.rects) if rect.contains(point)), None)


def axis_wide(frame: Frame, t: float) -> float:
    """Return how wide the words before layers and heads are."""
    return max(width(frame.say(text), 16 * t) for text in (words.LAYER, words.HEAD)) + 16


def layer_buttons(frame: Frame, x: float, y: float, free: float, count: int, t: float) -> Buttons:
    """Return the layers as a row of buttons."""
    lead, high = axis_wide(frame, t), 30 * min(t, 1.35)
    pitch = min(54 * min(t, 1.25), (free - lead) / count)
    rects = tuple(QRectF(x + lead + i * pitch, y, pitch - 6, high) for i in range(count))
    return Buttons(QRectF(x, y, lead, high), rects)


def draw_layer_buttons(
    painter: QPainter, buttons: Buttons, frame: Frame, chosen: int, colours: Colours, t: float
) -> None:
    """Draw the layers, the one looked at framed."""
    write(painter, buttons.label, frame.say(words.LAYER), 16 * t, colours.muted)
    fits = buttons.rects[0].width() >= width("88", 15 * t) + 18
    for number, rect in enumerate(buttons.rects):
        is_lit = frame.hover == ("layer", number)
        if number == chosen:
            painter.setPen(QPen(colours.ink, 1.8))
            painter.setBrush(colours.surface)
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
            write(painter, rect, str(number + 1), 15 * t, colours.ink, SEMIBOLD, CENTRE)
        else:
            said = str(number + 1) if fits else ""
            draw_pill(painter, rect, said, 15 * t, colours, is_lit)


def draw_title(
    painter: QPainter, rect: QRectF, title: str, aside: str, colours: Colours, t: float
) -> None:
    """Write a heading and, where there is room, what is to be known of it."""
    write(painter, rect, title, 18 * t, colours.ink, SEMIBOLD)
    lead = width(title, 18 * t, SEMIBOLD) + 14
    if aside and lead + width(aside, 15 * t) <= rect.width():
        write(painter, rect.adjusted(lead, 0, 0, 0), aside, 15 * t, colours.muted)


def draw_bar(
    painter: QPainter, track: QRectF, share: float, text: str, px: float, colours: Colours,
    strong: bool = False,
) -> None:  # fmt: skip
    """Draw a bar from the left and its number behind it."""
    figures = width("0.0000", px, SEMIBOLD) + 8
    high = min(track.height() * 0.5, 18.0)
    free = track.width() - figures
    bar = QRectF(track.x(), track.center().y() - high / 2, max(free * share, 1.5), high)
    painter.fillRect(bar, colours.solid("magnitude") if strong else colours.ribbon)
    box = QRectF(bar.right() + 6, track.y(), figures, track.height())
    ink, weight = (colours.ink, SEMIBOLD) if strong else (colours.muted, REGULAR)
    write(painter, box, text, px, ink, weight)


def said_of(frame: Frame, text: Text, token: str) -> str:
    """Return a pattern's name with the token at that end."""
    return frame.say(text, token=token) if "{token}" in text.en else frame.say(text)


def ending(text: str, px: float, wide: float) -> str:
    """Return the end of a text that is too long for its line, as a text field shows it."""
    shown = text
    while len(shown) > 1 and width(shown, px) > wide:
        shown = shown[max(len(shown) // 40, 1) :]
    return shown


def cut_said(frame: Frame) -> str:
    """Return how much of the text is read, and why not all; "" if all is."""
    reading = reading_of(frame)
    if reading is None or not reading.is_cut:
        return ""
    said = words.CUT_BY_MODEL if reading.is_models else words.CUT_BY_STAGE
    return frame.say(said, read=len(reading.tokens), whole=reading.whole)
