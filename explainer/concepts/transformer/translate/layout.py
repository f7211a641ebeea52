"""Where the parts of the translate scene lie."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.concepts.transformer.answers import Translation
from explainer.concepts.transformer.grammar import eojeols_of
from explainer.concepts.transformer.sentence import source_chips, source_of
from explainer.concepts.transformer.sentence_view import field_in
from explainer.concepts.transformer.tokens import END
from explainer.concepts.transformer.translate import words
from explainer.stage.chips import Row, chip_row
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import width

MARGIN = 28.0


@dataclass(frozen=True, slots=True, eq=False)
class TranslateLayout:
    """Rectangles in design units.

    Parameters
    ----------
    field, another : QRectF
        The text field, and the button beside it; empty where no sentence is asked for.
    nearest : tuple of (chip, word, QRectF)
        Known words offered for unknown ones.
    body : QRectF
        What is left for the picture.
    flow : QRectF
        Where chips and ribbons lie; empty in other pictures.
    side : QRectF
        The bars of the next token; empty where they are not shown.
    source, output : Row or None
        Chips read and chips written.
    """

    room: Room
    field: QRectF
    another: QRectF
    nearest: tuple[tuple[int, str, QRectF], ...]
    body: QRectF
    flow: QRectF
    side: QRectF
    source: Row | None = None
    output: Row | None = None


def shown(frame: Frame) -> str:
    """Return which picture is on the stage."""
    return str(frame.knobs.get("picture", "flow"))


def named(token: str, frame: Frame) -> str:
    """Return a token as it is written on a chip."""
    return frame.say(words.END) if token == END else token


def translate_layout(frame: Frame, room: Room) -> TranslateLayout:
    """Return the layout of any of the scene's pictures."""
    t = room.type
    asks = shown(frame) not in ("cases", "rates")
    wide = room.width - 2 * MARGIN
    field = another = QRectF()
    top = 24.0
    if asks:
        field, another = field_in(frame, room)
        top = field.bottom() + 16
    nearest = _nearest(frame, room, top) if asks else ()
    if nearest:
        top += 30 * t + 10
    body = QRectF(MARGIN, top, wide, room.height - top - 16)
    if shown(frame) not in ("flow", "next"):
        return TranslateLayout(room, field, another, nearest, body, QRectF(), QRectF())
    side = QRectF()
    flow = QRectF(body)
    if shown(frame) == "next":
        share = 0.44 if room.large else 0.38
        side = QRectF(body.right() - share * wide, 18, share * wide, room.height - 34)
        flow.setRight(side.x() - 28)
        field, another = field_in(frame, room, flow.right())
        nearest = _within(nearest, flow.right())
    answer = frame.answer
    if not isinstance(answer, Translation):
        return TranslateLayout(room, field, another, nearest, body, flow, side)
    size = 20.0 if shown(frame) == "next" else 23.0
    chip_high = 2.2 * size * min(t, 1.2)
    label = 24 * t
    upper = QRectF(flow.x(), flow.y() + label + 6, flow.width(), chip_high)
    under = chip_high + 30 * t + 2 * 28 * t + 40  # output chips, figures, and what is said below
    lower = QRectF(flow.x(), flow.bottom() - under, flow.width(), chip_high)
    target = "ko" if source_of(frame.knobs) == "en" else "en"
    said = [named(token, frame) for token in answer.output]
    places = list(eojeols_of(answer.output)) if target == "ko" else list(range(len(said)))
    if target == "ko" and answer.output[-1:] == (END,):
        places[-1] = places[-1] + 1
    return TranslateLayout(
        room, field, another, nearest, body, flow, side,
        _source_row(frame, answer, upper, size * t),
        chip_row(said, places, lower, size * t),
    )  # fmt: skip


def _source_row(frame: Frame, answer: Translation, rect: QRectF, px: float) -> Row:
    """Return the chips read; unknown ones as they were typed, if the answer is of this text."""
    chips = source_chips(frame.knobs)
    texts, places = list(answer.source[:-1]), list(range(len(answer.source) - 1))
    if [chip.token for chip in chips] == texts:
        texts, places = [chip.text for chip in chips], [chip.eojeol for chip in chips]
    places.append(places[-1] + 1 if places else 0)
    return chip_row([*texts, frame.say(words.END)], places, rect, px)


def _nearest(frame: Frame, room: Room, top: float) -> tuple[tuple[int, str, QRectF], ...]:
    """Return where the known words nearest to the unknown ones are offered."""
    px = 15 * room.type
    offered = [
        (i, word)
        for i, chip in enumerate(source_chips(frame.knobs))
        if not chip.is_known
        for word in chip.nearest
    ][: 3 if room.large else 6]
    x = MARGIN + unknown_lead(frame, px)
    placed = []
    for i, word in offered:
        wide = width(word, px) + 28
        placed.append((i, word, QRectF(x, top, wide, 30 * room.type)))
        x += wide + 10
    return _within(tuple(placed), room.width - MARGIN)


def _within(
    nearest: tuple[tuple[int, str, QRectF], ...], right: float
) -> tuple[tuple[int, str, QRectF], ...]:
    return tuple(item for item in nearest if item[2].right() <= right)


def unknown_said(frame: Frame) -> str:
    """Return what is said before the offered words."""
    missing = [chip.text for chip in source_chips(frame.knobs) if not chip.is_known]
    listed = " ".join((frame.say(words.UNKNOWN), ", ".join(missing[:3])))
    return f"{listed}.  {frame.say(words.NEAREST)}"


def unknown_lead(frame: Frame, px: float) -> float:
    """Return how much room that takes."""
    return width(unknown_said(frame), px) + 14
