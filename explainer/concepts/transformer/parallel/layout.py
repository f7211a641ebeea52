"""Where the parts of the parallel scene lie."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.concepts.transformer.parallel import words
from explainer.concepts.transformer.parallel.probe import WAYS, BothWays
from explainer.concepts.transformer.sentence import source_chips
from explainer.concepts.transformer.sentence_view import field_in
from explainer.concepts.transformer.tokens import END, START
from explainer.concepts.transformer.translate import words as shared
from explainer.stage.chips import Row, chip_row
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import width

MARGIN = 28.0


@dataclass(frozen=True, slots=True, eq=False)
class ParallelLayout:
    """Rectangles in design units.

    Parameters
    ----------
    field, another : QRectF
        The text field and the button beside it; empty where no sentence is asked for.
    body : QRectF
        What is left for the picture.
    plot, table : QRectF
        Curves, without their axes, and the rows under them; empty where there are none.
    again : QRectF
        The button that measures anew; empty where nothing is measured.
    upper, lower : Row or None
        The same chips over the recurrent net and over the transformer.
    strip_high : float
        How high a word's vector is drawn under its chip.
    """

    room: Room
    field: QRectF
    another: QRectF
    body: QRectF
    plot: QRectF
    table: QRectF
    again: QRectF
    upper: Row | None = None
    lower: Row | None = None
    strip_high: float = 0.0


def shown(frame: Frame) -> str:
    """Return which picture is on the stage: flow, clock, race or drafts."""
    return str(frame.knobs.get("picture", "flow"))


def parallel_layout(frame: Frame, room: Room) -> ParallelLayout:
    """Return the layout of any of the scene's pictures."""
    wide = room.width - 2 * MARGIN
    t = room.type
    if shown(frame) in ("clock", "race"):
        return _charted(frame, room, wide)
    field, another = field_in(frame, room)
    top = field.bottom() + 20
    body = QRectF(MARGIN, top, wide, room.height - top - 20)
    upper = lower = None
    strip = 0.0
    if isinstance(frame.answer, BothWays):
        high = 38.0 * min(t, 1.25)
        half = body.height() / 2
        head = 34 * t
        row = QRectF(body.x(), body.y() + head, body.width(), high)
        upper = _chips(frame, row, 20 * t)
        lower = _chips(frame, row.translated(0, half), 20 * t)
        strip = half - head - high - 92
    return ParallelLayout(
        room, field, another, body, QRectF(), QRectF(), QRectF(), upper, lower, strip
    )


def _chips(frame: Frame, rect: QRectF, px: float) -> Row:
    """Return the chips read, as they were typed if the answer is of this text."""
    chips = source_chips(frame.knobs)
    texts = list(frame.answer.source[:-1])
    places = list(range(len(texts)))
    if [chip.token for chip in chips] == texts:
        texts, places = [chip.text for chip in chips], [chip.eojeol for chip in chips]
    places.append(places[-1] + 1 if places else 0)
    return chip_row([*texts, said_end(frame)], places, rect, px)


def said_end(frame: Frame) -> str:
    """Return how the end token is written."""
    return frame.say(shared.END)


def named(token: str, frame: Frame) -> str:
    """Return a token as it is written on a chip."""
    marks = {END: shared.END, START: shared.START}
    return frame.say(marks[token]) if token in marks else token


def _charted(frame: Frame, room: Room, wide: float) -> ParallelLayout:
    t = room.type
    rows = 1 + (len(WAYS) if shown(frame) == "clock" else len(words.NETS))
    notes = 50 * t if shown(frame) == "clock" else 8.0
    table_high = rows * 30 * t
    table = QRectF(MARGIN, room.height - 18 - notes - table_high, wide, table_high)
    left = 64 * t
    top = 52 * t
    plot = QRectF(MARGIN + left, top, wide - left - 12, table.y() - top - 62 * t)
    again = QRectF()
    if shown(frame) == "clock":
        button = width(frame.say(words.AGAIN), 15 * t) + 34
        again = QRectF(MARGIN + wide - button, 12, button, 30 * t)
    body = QRectF(MARGIN, 18, wide, room.height - 36)
    return ParallelLayout(room, QRectF(), QRectF(), body, plot, table, again)
