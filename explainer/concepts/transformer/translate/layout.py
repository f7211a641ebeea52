"""Where the parts of the translate scene lie."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.concepts.transformer.answers import Translation
from explainer.concepts.transformer.grammar import eojeols_of
from explainer.concepts.transformer.notice import Notice, below, notice_in, standing_of
from explainer.concepts.transformer.sentence import names_of, source_of, words_of
from explainer.concepts.transformer.sentence_view import field_in
from explainer.concepts.transformer.tokens import END
from explainer.concepts.transformer.translate import words
from explainer.concepts.transformer.units import piece_name
from explainer.stage.chips import Row, chip_row
from explainer.stage.frame import Frame, Room

MARGIN = 28.0


@dataclass(frozen=True, slots=True, eq=False)
class TranslateLayout:
    """Rectangles in design units.

    Parameters
    ----------
    field, another : QRectF
        The text field, and the button beside it; empty where no sentence is asked for.
    notice : Notice or None
        What is said of a sentence that is not read as it was written.
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
    notice: Notice | None
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
    return frame.say(words.END) if token == END else piece_name(token)


def translate_layout(frame: Frame, room: Room) -> TranslateLayout:
    """Return the layout of any of the scene's pictures."""
    t = room.type
    wide, right = room.width - 2 * MARGIN, room.width - MARGIN
    side = QRectF()
    if shown(frame) == "next":
        share = 0.44 if room.large else 0.38
        side = QRectF(right - share * wide, 18, share * wide, room.height - 34)
        right = side.x() - 28
    field = another = QRectF()
    notice, top = None, 24.0
    if shown(frame) != "rates":
        field, another = field_in(frame, room, right)
        # Beside the cases each sentence has its own verdict.
        if shown(frame) != "cases" or standing_of(frame) in ("turned", "foreign"):
            notice = notice_in(frame, room, field, another, right)
        top = below(field, notice) + 16
    body = QRectF(MARGIN, top, wide, room.height - top - 16)
    if shown(frame) not in ("flow", "next"):
        return TranslateLayout(room, field, another, notice, body, QRectF(), QRectF())
    flow = QRectF(body)
    flow.setRight(right)
    answer = frame.answer
    if not isinstance(answer, Translation):
        return TranslateLayout(room, field, another, notice, body, flow, side)
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
        room, field, another, notice, body, flow, side,
        _source_row(frame, answer, upper, size * t),
        chip_row(said, places, lower, size * t),
    )  # fmt: skip


def _source_row(frame: Frame, answer: Translation, rect: QRectF, px: float) -> Row:
    """Return the chips read; unknown ones as they were typed, if the answer is of this text."""
    read = answer.source[:-1]
    places = words_of(frame.knobs, read)
    texts = (*names_of(frame.knobs, read), frame.say(words.END))
    return chip_row(texts, (*places, (places[-1] if places else -1) + 1), rect, px)
