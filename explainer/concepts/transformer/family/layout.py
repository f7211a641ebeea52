"""Where the parts of the family scene lie."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from explainer.concepts.transformer.family import words
from explainer.concepts.transformer.family.questions import Continued, Done
from explainer.concepts.transformer.family.tasks import NAMES as TASK_NAMES
from explainer.concepts.transformer.family.tasks import TASKS, Task, words_of
from explainer.concepts.transformer.notice import Notice, below, notice_in
from explainer.concepts.transformer.sentence import source_chips
from explainer.concepts.transformer.sentence_view import field_in
from explainer.concepts.transformer.tokens import END, START
from explainer.stage.chips import Row, chip_row
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import width

MARGIN = 28.0


@dataclass(frozen=True, slots=True, eq=False)
class FamilyLayout:
    """Rectangles in design units.

    Parameters
    ----------
    field, another : QRectF
        The text field and the button beside it; empty where no sentence is asked for.
    body : QRectF
        What is left for the picture.
    row, output : Row or None
        Chips read, and chips written.
    panel : QRectF
        What lies under the chips; empty where all of the body is one picture.
    pills : tuple of (name, QRectF)
        Things to choose between.
    notice : Notice or None
        What is said of a sentence that is not read as it was written.
    """

    room: Room
    field: QRectF
    another: QRectF
    body: QRectF
    row: Row | None = None
    output: Row | None = None
    panel: QRectF = dataclasses.field(default_factory=QRectF)
    pills: tuple[tuple[str, QRectF], ...] = ()
    notice: Notice | None = None


def shown(frame: Frame) -> str:
    """Return which picture is on the stage: masks, gap, text, task, sense or learning."""
    return str(frame.knobs.get("picture", "masks"))


def temperature_of(frame: Frame) -> float:
    """Return the temperature in force; at 0 nothing is drawn by chance."""
    value = frame.knobs.get("temperature", 0.0)
    return float(value) if isinstance(value, int | float) else 0.0


def named(token: str, frame: Frame) -> str:
    """Return a token as it is written on a chip."""
    special = {START: words.START, END: words.END}
    return frame.say(special[token]) if token in special else token


def family_layout(frame: Frame, room: Room) -> FamilyLayout:
    """Return the layout of any of the scene's pictures."""
    wide = room.width - 2 * MARGIN
    if shown(frame) == "learning":
        body = QRectF(MARGIN, 18, wide, room.height - 36)
        return FamilyLayout(room, QRectF(), QRectF(), body)
    typed, another = field_in(frame, room)
    notice = notice_in(frame, room, typed, another)
    top = below(typed, notice) + 18
    body = QRectF(MARGIN, top, wide, room.height - top - 18)
    made = {"gap": _gap, "text": _text, "task": _task}.get(shown(frame))
    if made is None:
        return FamilyLayout(room, typed, another, body, notice=notice)
    plain = FamilyLayout(room, typed, another, body)
    return dataclasses.replace(made(frame, plain), notice=notice)


def _chip_high(room: Room) -> float:
    return 42 * min(room.type, 1.25)


def _gap(frame: Frame, plain: FamilyLayout) -> FamilyLayout:
    room, body, t = plain.room, plain.body, plain.room.type
    line = QRectF(body.x(), body.y() + 26 * t + 92, body.width(), _chip_high(room))
    chips = source_chips(frame.knobs)
    row = chip_row([c.text for c in chips], [c.eojeol for c in chips], line, 21 * t)
    top = line.bottom() + 26
    panel = QRectF(body.x(), top, body.width(), body.bottom() - top)
    return FamilyLayout(room, plain.field, plain.another, body, row, None, panel)


def _text(frame: Frame, plain: FamilyLayout) -> FamilyLayout:
    room, body, t = plain.room, plain.body, plain.room.type
    line = QRectF(body.x(), body.y() + 34 * t, body.width(), _chip_high(room))
    row = output = None
    if isinstance(frame.answer, Continued):
        given, written = frame.answer.prompt, frame.answer.written
        whole = _row(frame, (*given, *written), line, 21 * t)
        cut = len(given)
        row = Row(whole.texts[:cut], whole.rects[:cut], whole.px, whole.joined[:cut])
        output = Row(whole.texts[cut:], whole.rects[cut:], whole.px, whole.joined[cut:])
    top = line.bottom() + 34 * t
    panel = QRectF(body.x(), top, body.width(), body.bottom() - top)
    wide = width(frame.say(words.AGAIN), 15 * t) + 34
    again = QRectF(body.right() - wide, plain.another.y(), wide, plain.another.height())
    pills = (("again", again),) if temperature_of(frame) > 0 else ()
    return FamilyLayout(room, plain.field, plain.another, body, row, output, panel, pills)


def _task(frame: Frame, plain: FamilyLayout) -> FamilyLayout:
    room, body, t = plain.room, plain.body, plain.room.type
    high = 32 * min(t, 1.3)
    x = body.x()
    pills = []
    for task in TASKS:
        wide = width(frame.say(TASK_NAMES[task]), 16 * t) + 40
        pills.append((task, QRectF(x, body.y(), wide, high)))
        x += wide + 12
    row = output = None
    line = QRectF(body.x(), body.y() + high + 44 * t, body.width(), _chip_high(room))
    panel = QRectF(body.x(), body.bottom() - 88 * t, body.width(), 88 * t)
    if isinstance(frame.answer, Done):
        row = _row(frame, frame.answer.source, line, 20 * t)
        below = QRectF(line)
        below.moveBottom(panel.y() - 14)
        output = _row(frame, frame.answer.output, below, 20 * t, frame.answer.task)
    found = tuple(pills)
    return FamilyLayout(room, plain.field, plain.another, body, row, output, panel, found)


def _row(
    frame: Frame, tokens: Sequence[str], line: QRectF, px: float, task: Task | None = None
) -> Row:
    """Return tokens as chips; those of one Korean word touch."""
    if task == "translate":
        places: Sequence[int] = range(len(tokens))
    else:
        places = words_of(tokens)
    return chip_row([named(token, frame) for token in tokens], places, line, px)
