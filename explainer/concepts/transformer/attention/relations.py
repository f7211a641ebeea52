"""True relations on the map, and how often each head finds them, beside chance."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.answers import HeadScores
from explainer.concepts.transformer.attention import mapping, words
from explainer.concepts.transformer.attention.layout import (
    AttentionLayout,
    columns_high,
    row_at,
)
from explainer.concepts.transformer.attention.mapping import HeadMap, head_map, kind_of
from explainer.concepts.transformer.attention.marks import draw_marks_legend
from explainer.concepts.transformer.attention.probe import SCORED, Listened
from explainer.concepts.transformer.attention.scoring import Table, draw_table, table_in
from explainer.concepts.transformer.attention.scoring import hit as table_hit
from explainer.concepts.transformer.attention.tabs import draw_pills, pill_at, pills
from explainer.concepts.transformer.cuts import AttentionKind, Place
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell_at, draw_legend
from explainer.stage.lettering import CENTRE, SEMIBOLD, percent, write


def relation_at(frame: Frame, answer: Listened) -> str:
    """Return the kind of relation pointed at or locked in the table; empty if none is."""
    target, scores = frame.hover or frame.selection, answer.scores
    if target[:1] in (("score",), ("relation",)) and scores is not None:
        return scores.relations[int(target[-1])]
    return ""


def shown_map(frame: Frame, answer: Listened) -> HeadMap:
    """Return the map, at the relation pointed at in the table."""
    return head_map(frame, answer, relation_at(frame, answer))


def rects(layout: AttentionLayout, frame: Frame, answer: Listened) -> tuple[QRectF, float, QRectF]:
    """Return the map, the width of its row names, and what is left for the table."""
    t, body = layout.room.type, layout.body
    shown = shown_map(frame, answer)
    left = body.width() * 0.42
    part = QRectF(body.x(), body.y(), left, body.height())
    whole, label = mapping.map_rect(part, shown.rows, shown.columns, t, (58 + 36) * t, 72.0)
    x = body.x() + left + 36
    top = body.y() + (30 + 10 + 26 + 6) * t
    return whole, label, QRectF(x, top, body.right() - x, body.bottom() - 30 * t - top)


def _pills(layout: AttentionLayout, frame: Frame, rect: QRectF) -> dict[AttentionKind, QRectF]:
    t = layout.room.type
    line = QRectF(rect.x(), layout.body.y() - 3 * t, rect.width(), 30 * t)
    return pills(frame, line, t, right=False)


def _table(layout: AttentionLayout, frame: Frame, answer: Listened, scores: HeadScores) -> Table:
    _, _, rect = rects(layout, frame, answer)
    kind = kind_of(frame, answer)
    return table_in(rect, frame, scores, kind, answer.layers, layout.room.type)


def beats(frame: Frame, answer: Listened) -> tuple[Beat, ...]:
    """Return the map with what is true, then the scores, then chance."""
    return (Beat("weights", 0.0), Beat("hit", 1.2), Beat("chance", 2.2))


def veils(
    layout: AttentionLayout, frame: Frame, answer: Listened
) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    _, _, rect = rects(layout, frame, answer)
    right = layout.room.width
    top = rect.y() - 34 * layout.room.type  # under the pills
    whole = QRectF(rect.x() - 4, top, right, layout.room.height)
    if answer.scores is None:
        return ((whole, 1.2),)
    at = _table(layout, frame, answer, answer.scores)
    edge = at.chance.x() - 10
    return (
        (QRectF(whole.topLeft(), QPointF(edge, whole.bottom())), 1.2),
        (QRectF(QPointF(edge, rect.y()), QPointF(right, at.named.bottom() + 4)), 2.2),
        (QRectF(QPointF(edge, whole.y()), QPointF(right, rect.y())), 1.2),
        (QRectF(QPointF(edge, at.named.bottom() + 4), QPointF(right, whole.bottom())), 1.2),
    )


def draw(
    painter: QPainter, layout: AttentionLayout, frame: Frame, answer: Listened, colours: Colours
) -> None:
    """Draw one head's map with the true cells, and every head's score on every relation."""
    t = layout.room.type
    whole, label, rect = rects(layout, frame, answer)
    shown, lit = shown_map(frame, answer), relation_at(frame, answer)
    marks = (lit,) if lit else None
    mapping.draw_head_map(painter, frame, answer, shown, whole, label, t, colours, marks)
    _draw_legend(painter, frame, answer, shown, whole, label, colours, t)
    draw_pills(painter, frame, _pills(layout, frame, rect), shown.place.kind, colours, t)
    line = QRectF(rect.x(), rect.y() - 32 * t, rect.width(), 26 * t)
    write(painter, line, frame.say(words.SCORE_TABLE), 17 * t, colours.ink, SEMIBOLD)
    scores = answer.scores
    if scores is None:
        waits = frame.say(words.MEASURING, count=SCORED)
        write(painter, rect, waits, 18 * t, colours.muted, align=CENTRE)
        return
    fed = shown.place.kind != "encoder"
    over = frame.say(words.OVER_FED if fed else words.OVER, count=scores.sentences)
    if scores.sentences < SCORED:
        over = frame.say(words.GOING_ON, said=over)
    at = _table(layout, frame, answer, scores)
    line = QRectF(rect.x(), at.named.bottom() + 6 * t, rect.width(), 24 * t)
    write(painter, line, over, 14 * t, colours.muted)
    draw_table(painter, frame, scores, at, shown, lit, colours, t)


def _draw_legend(
    painter: QPainter,
    frame: Frame,
    answer: Listened,
    shown: HeadMap,
    whole: QRectF,
    label: float,
    colours: Colours,
    t: float,
) -> None:
    y = whole.bottom() + columns_high(shown.columns, 14 * t, whole.width() / len(shown.columns))
    bar = QRectF(whole.x(), y + 6, min(whole.width(), 190 * t), 46 * t)
    draw_legend(painter, bar, frame.say(words.WEIGHT), 0, 1, "magnitude", colours, 14 * t)
    line = QRectF(whole.x() - label, bar.bottom() + 8, whole.width() + label, 26 * t)
    if not shown.truths:
        said = words.NO_TRUTH if answer.reading.pair is None else words.NO_RELATION
        write(painter, line, frame.say(said), 15 * t, colours.muted)
        return
    if frame.knobs.get("truth"):
        fed = frame.say(words.TRUE_FED) if shown.place.kind != "encoder" else ""
        draw_marks_legend(painter, frame, line, colours, 15 * t, fed)


def hit(layout: AttentionLayout, frame: Frame, answer: Listened, point: QPointF) -> Target:
    """Return what is under a point of the map or of the table; see `scoring.hit`."""
    whole, label, rect = rects(layout, frame, answer)
    shown = head_map(frame, answer)
    pill = pill_at(_pills(layout, frame, rect), point)
    if pill:
        return pill
    rows, columns = shown.weights.shape
    found = cell_at(whole, point, rows, columns)
    if found is not None:
        return ("cell", *found) if shown.sees(*found) else ("row", found[0])
    row = row_at(whole, point, rows, label)
    if row is not None:
        return ("row", row)
    if answer.scores is None:
        return ()
    return table_hit(_table(layout, frame, answer, answer.scores), point)


def lens(frame: Frame, answer: Listened) -> Lens:
    """Return a head's score on a relation beside chance; without one, the cell of the map."""
    target, scores = frame.hover, answer.scores
    shown = shown_map(frame, answer)
    if target[:1] != ("score",) or scores is None:
        return mapping.lens(frame, shown)
    layer, head, relation = (int(part) for part in target[1:])
    place = Place(kind_of(frame, answer), layer)
    rows = (
        (frame.say(words.SCORE), percent(float(scores.shares[place][head, relation]))),
        (frame.say(words.CHANCE), percent(float(scores.chance[place][relation]))),
        (frame.say(words.MEAN_WEIGHT), f"{float(scores.weights[place][head, relation]):.3f}"),
        (frame.say(words.CASES), f"{int(scores.counts[place][relation]):,}"),
    )
    name = frame.say(words.SHORT[scores.relations[relation]])
    return Lens(f"{frame.say(words.HEAD, layer=layer + 1, head=head + 1)} · {name}", rows)
