"""Where the parts of a card lie."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.concepts.gan.misconceptions import words
from explainer.lesson import Text
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import SEMIBOLD, width

MARGIN, GAP = 28.0, 30.0


@dataclass(frozen=True, slots=True, eq=False)
class CardLayout:
    """Rectangles in design units.

    Parameters
    ----------
    card, said : QRectF
        The frame with the claim, and the claim within it.
    guesses : tuple of (guess, QRectF)
        The pills of true and false.
    picture, legend : QRectF
        A square, and the line under it.
    deed : QRectF
        The heading over the pills with which the claim is tried.
    pills : tuple of (amount, QRectF)
    table : QRectF
        What is measured.
    verdict : QRectF
    """

    room: Room
    card: QRectF
    said: QRectF
    guesses: tuple[tuple[str, QRectF], ...]
    picture: QRectF
    legend: QRectF
    deed: QRectF
    pills: tuple[tuple[int, QRectF], ...]
    table: QRectF
    verdict: QRectF


def card_of(frame: Frame) -> str:
    """Return which claim is on the stage."""
    return str(frame.knobs.get("card", "real"))


def levels(frame: Frame) -> tuple[tuple[int, Text], ...]:
    """Return what can be done on this card."""
    return words.LEVELS[card_of(frame)]


def card_layout(frame: Frame, room: Room) -> CardLayout:
    """Return the layout: the claim on top, a picture at the left, what was measured beside it."""
    t, inner = room.type, room.width - 2 * MARGIN
    high = 64 * min(t, 1.3)
    card = QRectF(MARGIN, 14, inner, high)
    pill_high = 40 * min(t, 1.3)
    pill_wide = 92 * t
    y = card.center().y() - pill_high / 2
    right = card.right() - 16
    guesses = (
        ("true", QRectF(right - 2 * pill_wide - 12, y, pill_wide, pill_high)),
        ("false", QRectF(right - pill_wide, y, pill_wide, pill_high)),
    )
    said = QRectF(card.x() + 22, card.y(), guesses[0][1].x() - card.x() - 40, card.height())
    top = card.bottom() + 18
    legend_high = 26 * t
    side = min(0.535 * inner - GAP / 2, room.height - top - legend_high - 14)
    picture = QRectF(MARGIN, top, side, side)
    legend = QRectF(MARGIN, picture.bottom() + 3, side, legend_high)
    x = picture.right() + GAP
    column = QRectF(x, top, room.width - MARGIN - x, room.height - top - 16)
    deed = QRectF(x, top - 2, column.width(), 24 * t)
    pills = _pills(frame, QRectF(x, deed.bottom() + 6, column.width(), 38 * min(t, 1.25)), t)
    verdict_high = min(158 * min(t, 1.35), 0.34 * column.height())
    verdict = QRectF(x, column.bottom() - verdict_high, column.width(), verdict_high)
    table_top = pills[0][1].bottom() + 14
    table = QRectF(x, table_top, column.width(), verdict.y() - table_top - 12)
    return CardLayout(room, card, said, guesses, picture, legend, deed, pills, table, verdict)


def _pills(frame: Frame, row: QRectF, t: float) -> tuple[tuple[int, QRectF], ...]:
    """Share a row between the pills by how long their words are."""
    found = [(amount, width(frame.say(text), 15.5 * t, SEMIBOLD)) for amount, text in levels(frame)]
    gaps = 10.0 * (len(found) - 1)
    padded = [wide + 36 for _, wide in found]
    shrink = min(1.0, (row.width() - gaps) / sum(padded))
    pills, x = [], row.x()
    for (amount, _), wide in zip(found, padded, strict=True):
        pills.append((amount, QRectF(x, row.y(), wide * shrink, row.height())))
        x += wide * shrink + 10
    return tuple(pills)
