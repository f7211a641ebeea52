"""Cut an edge, a relation, a head or the positions, and see at once what breaks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.answers import DamageReport
from explainer.concepts.transformer.attention import heads, words
from explainer.concepts.transformer.attention.focus import measured_in, names, pairs_in
from explainer.concepts.transformer.attention.layout import (
    AttentionLayout,
    columns_high,
    label_wide,
    row_at,
    shortened,
)
from explainer.concepts.transformer.attention.probe import Listened
from explainer.concepts.transformer.cuts import INTACT
from explainer.concepts.transformer.relations import RELATION_NAMES
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell, cell_at
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, percent, write


@dataclass(frozen=True, slots=True)
class Places:
    """Where the map, the heads, the translation and the measured damage stand."""

    whole: QRectF
    label: float
    small: tuple[tuple[QRectF, ...], ...]
    said: QRectF
    damage: QRectF
    right: float


def places(layout: AttentionLayout, frame: Frame, answer: Listened) -> Places:
    """Return the map on the left; on the right heads, translation and damage."""
    t, body = layout.room.type, layout.body
    said = names(frame, answer)
    label = label_wide(said, 15 * t)
    left = body.width() * 0.44
    wide = left - label
    high = min(
        body.height() - (32 + 34) * t - columns_high(said, 14 * t, wide / len(said)),
        56.0 * len(said), wide * 1.1,
    )  # fmt: skip
    whole = QRectF(body.x() + label, body.y() + 32 * t, wide, high)
    x = body.x() + left + 44
    free = body.right() - x
    tag = 72 * t
    top = body.y() + 58 * t
    small = heads.small_maps(answer, QRectF(x + tag, top, free - tag, 148 * min(t, 1.25)))
    low = small[-1][0].bottom()
    talk = QRectF(x, low + 18, free, 120 * t)
    return Places(
        whole, label, small, talk,
        QRectF(x, talk.bottom() + 12, free, body.bottom() - talk.bottom() - 12), x,
    )  # fmt: skip


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return what can be cut, then what comes of it."""
    return (Beat("edges", 0.0), Beat("heads", 0.8), Beat("said", 1.5), Beat("damage", 2.2))


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return nothing: whoever cuts must see the outcome at once."""
    return ()


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw the map with its cuts, the heads, both translations and the measured damage."""
    t, at = layout.room.type, places(layout, frame, answer)
    said = names(frame, answer)
    heads.draw_head_map(painter, layout, frame, answer, at.whole, at.label, colours)
    _draw_cuts(painter, at.whole, frame, answer, colours)
    y = at.whole.bottom() + columns_high(said, 14 * t, at.whole.width() / len(said)) + 4
    line = QRectF(layout.body.x(), y, at.whole.right() - layout.body.x(), 26 * t)
    write(painter, line, frame.say(words.CUT_CLICK), 15 * t, colours.muted)
    line = QRectF(at.right, layout.body.y(), layout.body.right() - at.right, 26 * t)
    write(painter, line, frame.say(words.SILENCE), 15 * t, colours.muted)
    heads.draw_small_maps(painter, frame, answer, at.small, colours, t, at.right)
    for layer, head in pairs_in(frame.knobs, "silenced"):
        if layer < answer.layers and head < answer.heads:
            rect = at.small[layer][head]
            painter.fillRect(rect, fade(colours.background, 0.82))
            box = QRectF(rect.x(), rect.center().y() - 12 * t, rect.width(), 24 * t)
            write(painter, box, frame.say(words.SILENCED), 14 * t, colours.wrong, SEMIBOLD, CENTRE)
    _draw_said(painter, frame, answer, at.said, colours, t)
    if answer.damage is not None:
        _draw_damage(painter, frame, answer, answer.damage, at.damage, colours, t)


def cut_cells(frame: Frame, answer: Listened) -> set[tuple[int, int]]:
    """Return the cells of the encoder's maps that are cut, by hand or as a relation."""
    cells = {(edge.row, edge.column) for edge in answer.cuts.edges}
    kinds = {edges.relation for edges in answer.cuts.relations}
    return cells | {
        (truth.row, truth.column) for truth in answer.reading.truths if truth.relation in kinds
    }


def _draw_cuts(
    painter: QPainter, rect: QRectF, frame: Frame, answer: Listened, colours: Colours
) -> None:
    count = len(answer.tokens)
    lines = []
    for row, column in cut_cells(frame, answer):
        box = cell(rect, row, column, count, count).adjusted(6, 6, -6, -6)
        painter.fillRect(box.adjusted(-5, -5, 5, 5), colours.surface)
        lines += [
            QLineF(box.topLeft(), box.bottomRight()), QLineF(box.topRight(), box.bottomLeft())
        ]  # fmt: skip
    painter.setPen(QPen(colours.wrong, 3))
    painter.drawLines(lines)


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
    tag = 84 * t
    nothing = answer.cuts == INTACT
    changed = said.cut != said.intact
    for place, (name, text) in enumerate(((words.BEFORE, said.intact), (words.AFTER, said.cut))):
        y = line.bottom() + 4 + place * 38 * t
        write(painter, QRectF(rect.x(), y, tag, 34 * t), frame.say(name), 15 * t, colours.muted)
        box = QRectF(rect.x() + tag, y, rect.width() - tag, 34 * t)
        if place and nothing:
            write(painter, box, frame.say(words.NOTHING_CUT), 16 * t, colours.muted)
            continue
        ink = colours.wrong if place and changed else colours.ink
        text = shortened(text, 19 * t, box.width())
        write(painter, box, text, 19 * t, ink, SEMIBOLD)


def bars_of(frame: Frame, answer: Listened, report: DamageReport) -> list[tuple[str, float, float]]:
    """Return what is measured as (name, intact, cut): sentences, then words of the relation."""
    kind = measured_in(frame.knobs, answer.tokens[:-1])
    if kind is None:
        title = frame.say(words.DAMAGE, count=report.sentences)
        bars = [(title, report.intact, report.cut)]
        worst = sorted(report.words, key=lambda k: report.words[k][1])[: report.cut < report.intact]
    else:
        relation = frame.say(RELATION_NAMES[kind])
        title = frame.say(words.DAMAGE_HAVING, count=report.sentences, relation=relation)
        bars = [(title, report.intact, report.cut)]
        worst = [kind] if kind in report.words else []
    if report.sentences < report.wanted:
        bars = [(frame.say(words.GOING_ON, said=title), *bars[0][1:])]
    for name in worst:
        intact, cut, _ = report.words[name]
        text = f"{frame.say(words.WORDS_THAT_NEED)}: {frame.say(RELATION_NAMES[name])}"
        bars.append((text, intact, cut))
    return bars


def _draw_damage(
    painter: QPainter,
    frame: Frame,
    answer: Listened,
    report: DamageReport,
    rect: QRectF,
    colours: Colours,
    t: float,
) -> None:
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(rect.topLeft(), rect.topRight())
    bars = bars_of(frame, answer, report)
    if rect.height() < 150 * t:
        bars = bars[:1]
    pitch = min((rect.height() - 12) / len(bars), 96 * t)
    tag, figure = 84 * t, 84 * t
    for place, (name, intact, cut) in enumerate(bars):
        y = rect.y() + 8 + place * pitch
        line = QRectF(rect.x(), y, rect.width(), 26 * t)
        write(painter, line, name, 15 * t, colours.muted)
        high = (pitch - 34 * t) / 2
        for row, (label, share) in enumerate(((words.BEFORE, intact), (words.AFTER, cut))):
            top = line.bottom() + row * high
            box = QRectF(rect.x(), top, tag, high)
            write(painter, box, frame.say(label), 15 * t, colours.muted)
            free = rect.width() - tag - figure
            bar = QRectF(rect.x() + tag, top + high * 0.24, free, high * 0.52)
            painter.fillRect(bar, colours.line)
            bar.setWidth(max(free * share, 2))
            fallen = row == 1 and share < intact
            painter.fillRect(bar, colours.wrong if fallen else colours.solid("magnitude"))
            box = QRectF(rect.right() - figure, top, figure, high)
            write(painter, box, percent(share), min(17 * t, high * 0.8), colours.ink, SEMIBOLD,
                  RIGHT)  # fmt: skip


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return the cell or row of the map, or the head under a point."""
    at = places(layout, frame, answer)
    count = len(answer.tokens)
    found = cell_at(at.whole, point, count, count)
    if found is not None:
        return ("cell", *found)
    row = row_at(at.whole, point, count, at.label)
    return ("row", row) if row is not None else heads.small_at(at.small, point)


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return what is cut and what it costs."""
    card = heads.lens(frame, answer)
    off = sum(1 for _ in answer.cuts.heads)
    rows = (
        *card.rows[:3],
        (frame.say(words.CUT_EDGES), str(len(cut_cells(frame, answer)))),
        (frame.say(words.OFF_HEADS), str(off)),
    )
    return Lens(card.title, rows, card.values, 1.0, "magnitude")
