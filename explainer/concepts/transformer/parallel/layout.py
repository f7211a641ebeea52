"""Where the parts of the parallel scene lie."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from explainer.concepts.transformer.notice import Notice, below, notice_in
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
COLUMNS = 4  # cells side by side in a vector
_WIDEST_CELL, _FALL, _PARTED = 10.0, 52.0, 22.0


@dataclass(frozen=True, slots=True, eq=False)
class ParallelLayout:
    """Rectangles in design units.

    Parameters
    ----------
    field, another : QRectF
        The text field and the button beside it; empty where no sentence is asked for.
    notice : Notice or None
        What is said of a sentence that is not read as it stands.
    body : QRectF
        What is left for the picture.
    plot, table : QRectF
        Curves, without their axes, and the rows under them; empty where there are none.
    again : QRectF
        The button that measures anew; empty where nothing is measured.
    upper, lower : Row or None
        The same chips over the recurrent net and over the transformer.
    cell : tuple of float
        Width and height of one number of a vector: the same in both nets, so that the same thing
        looks the same.
    fall : float
        How far it is from a chip to a vector, and from one layer to the next.
    """

    room: Room
    field: QRectF
    another: QRectF
    notice: Notice | None
    body: QRectF
    plot: QRectF
    table: QRectF
    again: QRectF
    upper: Row | None = None
    lower: Row | None = None
    cell: tuple[float, float] = (0.0, 0.0)
    fall: float = 0.0

    @property
    def legend(self) -> QRectF:
        """The line of what the colours mean."""
        high = 22 * self.room.type
        return QRectF(self.body.x(), self.body.bottom() - high, self.body.width(), high)

    def block(self, row: Row, place: int, top: float, count: int) -> QRectF:
        """Return where a vector of `count` numbers lies under a chip."""
        wide = COLUMNS * self.cell[0]
        high = count / COLUMNS * self.cell[1]
        return QRectF(row.rects[place].center().x() - wide / 2, top, wide, high)

    def state_rect(self, place: int, count: int) -> QRectF:
        """Return where the GRU's state after a word lies."""
        assert self.upper is not None
        top = self.upper.rects[place].bottom() + self.fall
        return self.block(self.upper, place, top, count)

    def vector_rect(self, layer: int, place: int, count: int) -> QRectF:
        """Return where a layer's vector of a word lies."""
        assert self.lower is not None
        pitch = self.fall + count / COLUMNS * self.cell[1]
        top = self.lower.rects[place].bottom() + self.fall + layer * pitch
        return self.block(self.lower, place, top, count)


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
    notice = notice_in(frame, room, field, another)
    top = below(field, notice) + 18
    body = QRectF(MARGIN, top, wide, room.height - top - 16)
    made = ParallelLayout(room, field, another, notice, body, QRectF(), QRectF(), QRectF())
    if not isinstance(frame.answer, BothWays):
        return made
    row = QRectF(body.x(), body.y(), wide, 38 * min(t, 1.25))
    if shown(frame) == "drafts":
        return replace(made, upper=_chips(frame, row, 20 * t, spread=False))
    row.translate(0, 34 * t)
    upper = _chips(frame, row, 20 * t)
    return _flowing(frame, made, upper, row)


def _flowing(frame: Frame, made: ParallelLayout, upper: Row, row: QRectF) -> ParallelLayout:
    """Share the height between the GRU's states and as many numbers in the layers' vectors."""
    answer, t, body = frame.answer, made.room.type, made.body
    layers, _, numbers = answer.vectors.shape
    hidden = answer.states.shape[1]
    fall = _FALL / t
    rest = made.legend.y() - 14 - body.y() - _PARTED - 2 * (row.bottom() - body.y())
    rest -= (layers + 1) * fall
    rows = (hidden + layers * numbers) / COLUMNS
    wide = min(min(rect.width() for rect in upper.rects) / COLUMNS - 1, _WIDEST_CELL)
    cell = wide, max(rest, 0) / rows
    below = row.bottom() + fall + hidden / COLUMNS * cell[1] + _PARTED + 34 * t
    lower = _chips(frame, row.translated(0, below - row.y()), 20 * t)
    return replace(made, upper=upper, lower=lower, cell=cell, fall=fall)


def _chips(frame: Frame, rect: QRectF, px: float, spread: bool = True) -> Row:
    """Return the chips read, as they were typed if the answer is of this text."""
    chips = source_chips(frame.knobs)
    texts = list(frame.answer.source[:-1])
    places = list(range(len(texts)))
    if [chip.token for chip in chips] == texts:
        texts, places = [chip.text for chip in chips], [chip.eojeol for chip in chips]
    places.append(places[-1] + 1 if places else 0)
    return chip_row([*texts, said_end(frame)], places, rect, px, spread)


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
    notes = (50 if shown(frame) == "clock" else 30) * t
    table_high = rows * (25 if room.large else 30) * t
    table = QRectF(MARGIN, room.height - 18 - notes - table_high, wide, table_high)
    left = 64 * t
    top = 52 * t
    axis = (50 if room.large else 62) * t
    plot = QRectF(MARGIN + left, top, wide - left - 12, table.y() - top - axis)
    again = QRectF()
    if shown(frame) == "clock":
        button = width(frame.say(words.AGAIN), 15 * t) + 34
        again = QRectF(MARGIN + wide - button, 12, button, 30 * t)
    body = QRectF(MARGIN, 18, wide, room.height - 36)
    return ParallelLayout(room, QRectF(), QRectF(), None, body, plot, table, again)
