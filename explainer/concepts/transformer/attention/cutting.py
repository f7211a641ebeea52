"""Cut an edge, a relation, a head or the positions, and see at once what breaks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention import heads, mapping, words
from explainer.concepts.transformer.attention.focus import pairs_in
from explainer.concepts.transformer.attention.harm import bars_of, draw_harm, rows_in
from explainer.concepts.transformer.attention.knobs import ATTENTION_NAMES, EDGES, SILENCED
from explainer.concepts.transformer.attention.layout import (
    AttentionLayout,
    columns_high,
    row_at,
    shortened,
)
from explainer.concepts.transformer.attention.mapping import HeadMap, head_map, kind_of, truths_of
from explainer.concepts.transformer.attention.marks import draw_marks_legend
from explainer.concepts.transformer.attention.probe import Listened
from explainer.concepts.transformer.attention.tabs import draw_pills, pill_at, pills
from explainer.concepts.transformer.cuts import ATTENTION_KINDS, INTACT, AttentionKind
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell, cell_at
from explainer.stage.lettering import CENTRE, SEMIBOLD, width, write

CUT, SAID, HARM = 1.6, 2.4, 3.2  # seconds at which the cut is made, and its outcome told


@dataclass(frozen=True, slots=True)
class Places:
    """Where the map, the heads, the translation and the measured damage stand."""

    whole: QRectF
    label: float
    small: tuple[tuple[QRectF, ...], ...]
    said: QRectF
    harm: QRectF
    right: float


def shown_map(frame: Frame, answer: Listened) -> HeadMap:
    """Return the map, at the relation that is cut while nothing is pointed at."""
    is_free = frame.hover[:1] not in (("cell",), ("row",)) and not frame.selection
    return head_map(frame, answer, str(frame.knobs["relation"]) if is_free else "")


def places(layout: AttentionLayout, frame: Frame, answer: Listened) -> Places:
    """Return the map on the left; on the right heads, translation and damage."""
    t, body = layout.room.type, layout.body
    shown = shown_map(frame, answer)
    left = body.width() * 0.44
    part = QRectF(body.x(), body.y(), left, body.height())
    whole, label = mapping.map_rect(part, shown.rows, shown.columns, t, 58 * t, 72.0)
    x = body.x() + left + 44
    free = body.right() - x
    tag = 72 * t
    top, maps = body.y() + 58 * t, 184.0 if t < 1.2 else 148 * min(t, 1.25)
    small = heads.small_maps(answer, QRectF(x + tag, top, free - tag, maps))
    low = small[-1][0].bottom()
    gap = 18.0 if t < 1.3 else 12.0
    talk = QRectF(x, low + gap, free, (120 if t < 1.3 else 102) * t)
    harm = QRectF(x, talk.bottom() + 8, free, body.bottom() - talk.bottom() - 8)
    return Places(whole, label, small, talk, harm, x)


def _pills(layout: AttentionLayout, frame: Frame, at: Places) -> dict[AttentionKind, QRectF]:
    t, body = layout.room.type, layout.body
    line = QRectF(at.right, body.y() - 3 * t, body.right() - at.right, 30 * t)
    return pills(frame, line, t, right=True)


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return the model whole, then the cut, then what comes of it."""
    return (Beat("whole", 0.0), Beat("edges", CUT), Beat("said", SAID), Beat("damage", HARM))


def is_own_cut(frame: Frame) -> bool:
    """Return whether only what the step itself cuts is cut."""
    by_hand = (*EDGES.values(), *SILENCED.values())
    return (
        frame.knobs["relation"] == frame.step.knobs.get("relation")
        and bool(frame.knobs["positions"])
        and not any(frame.knobs[key] for key in by_hand)
    )


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return what the step's own cut changes; whoever cuts must see the outcome at once."""
    if not is_own_cut(frame):
        return ()
    t, at = layout.room.type, places(layout, frame, answer)
    found = [(_said_rows(at.said, t)[1], SAID)]
    if answer.damage is not None:
        count = len(bars_of(frame, answer.damage))
        found += [(after, HARM) for _, _, after in rows_in(at.harm, count, t)]
    return tuple((rect.adjusted(-2, 0, 2, 0), time) for rect, time in found)


def plays(frame: Frame, answer: Listened) -> bool:
    """Return whether the maps change with the lesson time: the step's own cut is being made."""
    is_looked_at = frame.hover or frame.selection or frame.reduced
    return is_own_cut(frame) and answer.whole is not None and not is_looked_at


def draw_playing(
    painter: QPainter,
    layout: AttentionLayout,
    frame: Frame,
    answer: Listened,
    time: float,
    colours: Colours,
) -> None:
    """Draw the maps as they were before the step's own cut, and as they are after it."""
    if plays(frame, answer):
        reading = answer if time >= CUT or answer.whole is None else answer.whole
        _draw_maps(painter, layout, frame, reading, colours)


def _draw_maps(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    t, at = layout.room.type, places(layout, frame, answer)
    shown = shown_map(frame, answer)
    kind = shown.place.kind
    mapping.draw_head_map(painter, frame, answer, shown, at.whole, at.label, t, colours)
    _draw_cuts(painter, at.whole, shown, cut_cells(answer, kind), colours)
    heads.draw_small_maps(painter, frame, answer, kind, at.small, colours, t, at.right)


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw the map with its cuts, the heads, both translations and the measured damage."""
    t, at = layout.room.type, places(layout, frame, answer)
    shown = shown_map(frame, answer)
    kind = shown.place.kind
    if not plays(frame, answer):
        _draw_maps(painter, layout, frame, answer, colours)
    silenced = pairs_in(frame.knobs, SILENCED[kind])
    if (shown.place.layer, shown.head) in silenced:
        painter.fillRect(at.whole, fade(colours.background, 0.78))
        write(painter, at.whole, frame.say(words.SILENCED), 22 * t, colours.wrong, SEMIBOLD, CENTRE)
    under = columns_high(shown.columns, 14 * t, at.whole.width() / len(shown.columns)) + 4
    left = at.whole.x() - at.label
    line = QRectF(left, at.whole.bottom() + under, at.whole.right() - left, 26 * t)
    write(painter, line, _hint(frame, answer, kind), 15 * t, colours.muted)
    if shown.truths and frame.knobs.get("truth"):
        line.translate(0, 27 * t)
        draw_marks_legend(painter, frame, line, colours, 15 * t)
    placed = _pills(layout, frame, at)
    draw_pills(painter, frame, placed, kind, colours, t)
    line = QRectF(at.right, layout.body.y(), placed["encoder"].x() - at.right - 12, 26 * t)
    write(painter, line, frame.say(words.SILENCE), 15 * t, colours.muted)
    for layer, head in silenced:
        if layer < answer.layers and head < answer.heads:
            rect = at.small[layer][head]
            painter.fillRect(rect, fade(colours.background, 0.82))
            box = QRectF(rect.x(), rect.center().y() - 12 * t, rect.width(), 24 * t)
            write(painter, box, frame.say(words.SILENCED), 14 * t, colours.wrong, SEMIBOLD, CENTRE)
    _draw_said(painter, frame, answer, at.said, colours, t)
    if answer.damage is not None:
        draw_harm(painter, frame, answer, answer.damage, at.harm, colours, t)


def _hint(frame: Frame, answer: Listened, kind: AttentionKind) -> str:
    """Return where the cut edges are if not here; else what a click does."""
    holding = [other for other in ATTENTION_KINDS if cut_cells(answer, other)]
    if not holding or kind in holding:
        return frame.say(words.CUT_CLICK)
    maps = ", ".join(frame.say(ATTENTION_NAMES[other]) for other in holding)
    return frame.say(words.CUT_IN, maps=maps)


def cut_cells(answer: Listened, kind: AttentionKind) -> set[tuple[int, int]]:
    """Return the cells of one kind of map that are cut, by hand or as a relation."""
    cells = {(edge.row, edge.column) for edge in answer.cuts.edges if edge.kind == kind}
    kinds = {edges.relation for edges in answer.cuts.relations if edges.kind == kind}
    return cells | {
        (truth.row, truth.column) for truth in truths_of(answer, kind) if truth.relation in kinds
    }


def _draw_cuts(
    painter: QPainter,
    rect: QRectF,
    shown: HeadMap,
    cells: set[tuple[int, int]],
    colours: Colours,
) -> None:
    rows, columns = shown.weights.shape
    lines = []
    for row, column in cells:
        if row < rows and column < columns:
            box = cell(rect, row, column, rows, columns).adjusted(6, 6, -6, -6)
            painter.fillRect(box.adjusted(-5, -5, 5, 5), colours.surface)
            lines += [
                QLineF(box.topLeft(), box.bottomRight()), QLineF(box.topRight(), box.bottomLeft())
            ]  # fmt: skip
    painter.setPen(QPen(colours.wrong, 3))
    painter.drawLines(lines)


def _said_rows(rect: QRectF, t: float) -> tuple[QRectF, QRectF]:
    """Return where the translation stands, as it was and after the cut."""
    first = QRectF(rect.x(), rect.y() + 32 * t + 2, rect.width(), 34 * t)
    return first, first.translated(0, (rect.height() - 40 * t) / 2)


def _draw_said(
    painter: QPainter, frame: Frame, answer: Listened, rect: QRectF, colours: Colours, t: float
) -> None:
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(rect.topLeft(), rect.topRight())
    said = answer.said
    if said is None:
        return
    line = QRectF(rect.x(), rect.y() + 8 * t, rect.width(), 24 * t)
    write(painter, line, frame.say(words.TRANSLATION), 15 * t, colours.muted)
    tag, rows = 84 * t, _said_rows(rect, t)
    nothing = answer.cuts == INTACT
    changed = said.cut != said.intact
    for place, (name, text) in enumerate(((words.BEFORE, said.intact), (words.AFTER, said.cut))):
        write(painter, rows[place], frame.say(name), 15 * t, colours.muted)
        box = rows[place].adjusted(tag, 0, 0, 0)
        if place and nothing:
            write(painter, box, frame.say(words.NOTHING_CUT), 16 * t, colours.muted)
            continue
        ink = colours.wrong if place and changed else colours.ink
        # Rather smaller than without the word that a cut changes; that of a film's start is long.
        px = max(min(18.6 * t * box.width() / width(text or " ", 19 * t, SEMIBOLD), 19 * t), 14 * t)
        write(painter, box, shortened(text, px, box.width()), px, ink, SEMIBOLD)


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return the cell or row of the map, or the head under a point."""
    at = places(layout, frame, answer)
    shown = shown_map(frame, answer)
    rows, columns = shown.weights.shape
    pill = pill_at(_pills(layout, frame, at), point)
    if pill:
        return pill
    found = cell_at(at.whole, point, rows, columns)
    if found is not None:
        return ("cell", *found) if shown.sees(*found) else ("row", found[0])
    row = row_at(at.whole, point, rows, at.label)
    return ("row", row) if row is not None else heads.small_at(at.small, point)


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return what is cut and what it costs."""
    shown = shown_map(frame, answer)
    card = mapping.lens(frame, shown)
    rows = (
        *card.rows[:3],
        (frame.say(words.CUT_EDGES), str(len(cut_cells(answer, kind_of(frame, answer))))),
        (frame.say(words.OFF_HEADS), str(len(answer.cuts.heads))),
    )
    return Lens(card.title, rows, card.values, 1.0, "magnitude")
