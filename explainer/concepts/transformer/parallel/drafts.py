"""What each of the three nets makes of one sentence."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.parallel import words
from explainer.concepts.transformer.parallel.contest import colour_of, said
from explainer.concepts.transformer.parallel.layout import COLUMNS, ParallelLayout, named
from explainer.concepts.transformer.parallel.probe import NETS, Draft
from explainer.concepts.transformer.parallel.scale import draw_scale
from explainer.stage.chips import chip_row, draw_chip, draw_tick
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import draw_map
from explainer.stage.lettering import RIGHT, SEMIBOLD, width, write

_MOST = 14  # words shown of a net that does not stop


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: nothing moves."""
    return (Beat("", 0.0),)


def row_rect(layout: ParallelLayout, place: int) -> QRectF:
    """Return where a net's translation lies."""
    t, body = layout.room.type, layout.body
    top = body.y() + 38 * min(t, 1.25) + 26
    high = (body.bottom() - top) / len(NETS)
    return QRectF(body.x(), top + place * high, body.width(), high)


def sees_rect(rect: QRectF) -> QRectF:
    """Return where it is shown what a net sees while it writes."""
    wide = 0.27 * rect.width()
    return QRectF(rect.right() - wide, rect.y(), wide, rect.height())


def draw_still(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    """Draw the source and the three translations, wrong words dashed, and what each net sees."""
    t = layout.room.type
    assert layout.upper is not None
    for place in range(len(layout.upper.rects)):
        draw_chip(painter, layout.upper, place, colours)
    for place, net in enumerate(NETS):
        rect, draft = row_rect(layout, place), frame.answer.drafts[place]
        name = frame.say(words.NETS[net])
        painter.fillRect(QRectF(rect.x(), rect.y() + 4, 4, 26 * t), colour_of(net, colours))
        line = QRectF(rect.x() + 14, rect.y() + 4, sees_rect(rect).x() - rect.x() - 46, 26 * t)
        write(painter, line, name, 18 * t, colours.ink, SEMIBOLD)
        taken = 20 + width(name, 18 * t, SEMIBOLD)
        if draft.is_right:
            tick = QPointF(line.x() + taken, line.center().y())
            draw_tick(painter, tick, 8 * t, colours.value)
        now = f"{frame.say(words.EXACT)}  {said(frame, net)[1]}"
        share = line.adjusted(taken + 16 * t, 0, 0, 0)
        write(painter, share, now, 15 * t, colours.muted, align=RIGHT)
        _draw_words(painter, layout, draft, rect, frame, colours)
        _draw_sight(painter, layout, draft, sees_rect(rect), frame, colours)


def _draw_sight(
    painter: QPainter,
    layout: ParallelLayout,
    draft: Draft,
    rect: QRectF,
    frame: Frame,
    colours: Colours,
) -> None:
    """Draw a map of where each word looked, or the one state that is all there is to see."""
    t = layout.room.type
    line = QRectF(rect.x(), rect.y() + 4, rect.width(), 26 * t)
    box = QRectF(rect.x(), line.bottom() + 6, rect.width(), rect.bottom() - line.bottom() - 22)
    state = frame.answer.last
    if draft.looks is None:
        peak = float(np.abs(state).max()) or 1.0
        draw_scale(painter, line, frame.say(words.SEES_ONE), -peak, peak, "signed", colours, 14 * t)
        values = state.reshape(-1, 4 * COLUMNS)
        fitted = _fitted(box, values)
        draw_map(painter, fitted, values, peak, "signed", colours)
    else:
        draw_scale(painter, line, frame.say(words.SEES), 0, 1, "magnitude", colours, 14 * t)
        values = draft.looks[:_MOST]
        fitted = _fitted(box, values)
        draw_map(painter, fitted, values, 1.0, "magnitude", colours)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1))
    painter.drawRect(fitted)


def _fitted(box: QRectF, values: np.ndarray) -> QRectF:
    """Return the part of a box in which a map has square cells, 16 units large at most."""
    rows, columns = max(len(values), 1), values.shape[1]
    side = min(box.width() / columns, box.height() / rows, 16.0)
    return QRectF(box.x(), box.y(), side * columns, side * rows)


def _draw_words(
    painter: QPainter,
    layout: ParallelLayout,
    draft: Draft,
    rect: QRectF,
    frame: Frame,
    colours: Colours,
) -> None:
    t = layout.room.type
    texts = [named(word, frame) for word in draft.words[:_MOST]]
    if len(draft.words) > _MOST:
        texts.append("…")
    if not texts:
        return
    high = 40 * min(t, 1.25)
    wide = sees_rect(rect).x() - rect.x() - 46
    line = QRectF(rect.x() + 14, rect.y() + 44 * t, wide, high)
    row = chip_row(texts, list(range(len(texts))), line, 20 * t, spread=False)
    for place in range(len(row.rects)):
        wrong = place < len(draft.wrong) and draft.wrong[place]
        draw_chip(painter, row, place, colours, wrong=wrong)


def draw_moving(
    painter: QPainter, layout: ParallelLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing: a translation is there at once."""


def hit(layout: ParallelLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("net", name) of the translation under a point."""
    for place, net in enumerate(NETS):
        if row_rect(layout, place).contains(point):
            return ("net", net)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the translation of the net looked at."""
    for target in (frame.hover, frame.selection):
        if target[:1] == ("net",):
            net = str(target[1])
            draft: Draft = frame.answer.drafts[NETS.index(net)]
            # Only what is wrong is marked; a tick says that all is right.
            said_by = frame.say(words.NETS[net])
            rows = (("", draft.text),)
            return Lens(said_by, rows, draft.looks, 1.0, "magnitude", good=draft.is_right)
    return None
