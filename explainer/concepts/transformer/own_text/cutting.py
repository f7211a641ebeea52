"""How a text becomes tokens: its bytes, and the pairs merged most often."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.own_text import words
from explainer.concepts.transformer.own_text.layout import OwnTextLayout
from explainer.concepts.transformer.own_text.pieces import visible, written
from explainer.concepts.transformer.own_text.probe import Cut, Cuts
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, width, write

_BYTE = 23.0  # units a byte takes at least, for two digits at the smallest type
_STAGE_SECONDS = 1.2


@dataclass(frozen=True, slots=True)
class Cell:
    """A token over the bytes it covers.

    Parameters
    ----------
    piece : bytes
    first, count : int
        Its bytes in the text.
    """

    piece: bytes
    first: int
    count: int


def cells(cut: Cut, most: int) -> tuple[Cell, ...]:
    """Return the tokens that lie within the first bytes."""
    found, first = [], 0
    for piece in cut.pieces:
        if first + len(piece) > most:
            break
        found.append(Cell(piece, first, len(piece)))
        first += len(piece)
    return tuple(found)


def bytes_shown(layout: OwnTextLayout, cuts: Cuts) -> int:
    """Return how many bytes fit, to the end of a token of the last stage."""
    most = int(_rows(layout).width() / (_BYTE * layout.room.type))
    last = cells(cuts.stages[-1], most)
    return last[-1].first + last[-1].count if last else most


def _label(layout: OwnTextLayout) -> float:
    return 112 * layout.room.type


def _rows(layout: OwnTextLayout) -> QRectF:
    body, label = layout.body, _label(layout)
    return QRectF(body.x() + label, body.y(), body.width() - label, body.height())


def _row_high(layout: OwnTextLayout) -> float:
    return 40 * min(layout.room.type, 1.15)


def row_rect(layout: OwnTextLayout, row: int) -> QRectF:
    """Return a row: 0 is the characters, then a row a stage."""
    rows, high = _rows(layout), _row_high(layout)
    return QRectF(rows.x(), rows.y() + row * (high + 12), rows.width(), high)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a moment a stage."""
    if not isinstance(frame.answer, Cuts):
        return (Beat("", 0.0),)
    stages = frame.answer.stages
    return tuple(
        Beat("bytes" if place == 0 else "merge", place * _STAGE_SECONDS,
             frame.say(words.AFTER, merges=stage.merges))
        for place, stage in enumerate(stages)
    )  # fmt: skip


def draw_still(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    """Draw the characters over their bytes."""
    cuts: Cuts = frame.answer
    most = bytes_shown(layout, cuts)
    t, row = layout.room.type, row_rect(layout, 0)
    _name(painter, layout, 0, frame.say(words.CHARACTERS), "", colours)
    wide = row.width() / max(most, 1)
    first = 0
    for sign in cuts.text:
        count = len(sign.encode())
        if first + count > most:
            break
        box = QRectF(row.x() + first * wide, row.y(), count * wide, row.height())
        shown = "␣" if sign == " " else visible(sign)
        write(painter, box, shown, 20 * t, colours.ink, SEMIBOLD, CENTRE)
        first += count


def draw_moving(
    painter: QPainter, layout: OwnTextLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the stages that have come, and the merges they used."""
    cuts: Cuts = frame.answer
    come = int(time / _STAGE_SECONDS + 1e-6)
    for place, stage in enumerate(cuts.stages):
        if place <= come:
            _draw_stage(painter, layout, frame, place, stage, place == come, colours)
    used = cuts.stages[min(come, len(cuts.stages) - 1)].merges
    _draw_merges(painter, layout, frame, used, colours)


def _name(
    painter: QPainter, layout: OwnTextLayout, row: int, title: str, under: str, colours: Colours
) -> None:
    t, rect = layout.room.type, row_rect(layout, row)
    half = rect.height() / 2
    box = QRectF(layout.body.x(), rect.y(), _label(layout) - 12, half if under else 2 * half)
    write(painter, box, title, 14 * t, colours.muted)
    if under:
        write(painter, box.translated(0, half), under, 14 * t, colours.ink)


def _draw_stage(
    painter: QPainter,
    layout: OwnTextLayout,
    frame: Frame,
    place: int,
    stage: Cut,
    is_newest: bool,
    colours: Colours,
) -> None:
    t, row = layout.room.type, row_rect(layout, place + 1)
    most = bytes_shown(layout, frame.answer)
    shown = cells(stage, most)
    name = words.BYTES if place == 0 else words.AFTER
    said = frame.say(name) if place == 0 else frame.say(name, merges=stage.merges)
    count = frame.say(words.TOKENS_OF, tokens=len(shown))
    _name(painter, layout, place + 1, said, count, colours)
    wide = row.width() / max(most, 1)
    for index, cell in enumerate(shown):
        box = QRectF(row.x() + cell.first * wide, row.y(), cell.count * wide, row.height())
        is_merged = cell.count > 1
        lit = is_newest and frame.hover == ("cell", place, index)
        painter.setPen(QPen(colours.amber if lit else colours.faint, 1.2))
        tint = colours.colour_of(min(cell.count, 12) / 40, 1.0, "magnitude")
        painter.setBrush(tint if is_merged else colours.surface)
        painter.drawRoundedRect(box.adjusted(1.5, 0, -1.5, 0), 5, 5)
        ink = colours.text_on(tint) if is_merged else colours.ink
        write(painter, box.adjusted(2, 0, -2, 0), written(cell.piece), 14 * t, ink,
              REGULAR, CENTRE)  # fmt: skip


def _draw_merges(
    painter: QPainter, layout: OwnTextLayout, frame: Frame, used: int, colours: Colours
) -> None:
    """Draw the first merges in columns; those not used yet stay away."""
    cuts, t = frame.answer, layout.room.type
    top = row_rect(layout, len(cuts.stages)).bottom() + 26
    head = QRectF(layout.body.x(), top, layout.body.width(), 24 * t)
    title = frame.say(words.MERGES, count=cuts.learned)
    write(painter, head, title, 16 * t, colours.ink, SEMIBOLD)
    line, columns = 27 * t, 3 if layout.room.large else 5
    rows = max(int((layout.body.bottom() - head.bottom() - 6) / line), 1)
    wide = layout.body.width() / columns
    for place, (left, right) in enumerate(cuts.merges[: min(used, rows * columns)]):
        column, row = divmod(place, rows)
        box = QRectF(layout.body.x() + column * wide, head.bottom() + 6 + row * line, wide, line)
        write(painter, box.adjusted(0, 0, 30 * t - wide, 0), f"{place + 1}", 14 * t, colours.muted)
        free = box.adjusted(32 * t, 0, -8, 0)
        write(painter, free, merge_text(left, right, free.width(), 14 * t), 14 * t, colours.ink)


def merge_text(left: bytes, right: bytes, wide: float, px: float) -> str:
    """Return a merge as it is written; what does not fit is left out, the result last."""
    parts = f"{written(left)} + {written(right)}"
    for said in (f"{parts} → {written(left + right)}", parts):
        if width(said, px) <= wide:
            return said
    return written(left + right)


def hit(layout: OwnTextLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("cell", stage, token)."""
    cuts: Cuts = frame.answer
    most = bytes_shown(layout, cuts)
    for place, stage in enumerate(cuts.stages):
        row = row_rect(layout, place + 1)
        if row.contains(point):
            byte = (point.x() - row.x()) / row.width() * most
            for index, cell in enumerate(cells(stage, most)):
                if cell.first <= byte < cell.first + cell.count:
                    return ("cell", place, index)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the bytes of the token looked at."""
    if frame.hover[:1] != ("cell",):
        return None
    stage = frame.answer.stages[int(frame.hover[1])]
    piece = stage.pieces[int(frame.hover[2])]
    rows = ((frame.say(words.BYTES), " ".join(f"{byte:02X}" for byte in piece)),)
    return Lens(written(piece), rows)
