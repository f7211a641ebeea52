"""The decoder's two maps, growing a row a token: it looks back, and over to the source."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.answers import Floats, Translation
from explainer.concepts.transformer.cuts import Place
from explainer.concepts.transformer.sentence import whole
from explainer.concepts.transformer.translate import words
from explainer.concepts.transformer.translate.bars import rounded
from explainer.concepts.transformer.translate.layout import TranslateLayout, named
from explainer.concepts.transformer.translate.moments import (
    grown,
    looked_at,
    newest,
    token_beats,
)
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import cell_at, draw_grid, draw_legend, draw_map, outline
from explainer.stage.lettering import REGULAR, RIGHT, SEMIBOLD, write


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a beat a token."""
    return token_beats(frame, frame.answer)


def both(frame: Frame) -> tuple[Floats, Floats]:
    """Return masked self-attention and cross-attention, averaged over heads."""
    answer, layer = frame.answer, whole(frame.knobs, "layer", 2) - 1
    own = answer.attention[Place("decoder", layer)].weights.mean(axis=0)
    return own, answer.attention[Place("cross", layer)].weights.mean(axis=0)


def rects(layout: TranslateLayout, answer: Translation) -> tuple[QRectF, QRectF, float]:
    """Return where the two maps lie, and the height of a row."""
    t, body = layout.room.type, layout.body
    top, names = body.y() + (30 + 26 + 74) * t, 116.0 * t
    count = len(answer.output)
    written = 150.0 * t
    free = body.width() - names - 48 - written
    columns = count + len(answer.source)
    high = min((body.bottom() - top - 62 * t) / count, free / columns * 1.1, 50.0)
    wide = min(free / columns, 58.0)
    own = QRectF(body.x() + names, top, wide * count, high * count)
    cross = QRectF(own.right() + 48, top, wide * len(answer.source), high * count)
    return own, cross, high


def draw_still(painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours) -> None:
    """Draw headings, column names and the legend."""
    answer, t = frame.answer, layout.room.type
    own, cross, _ = rects(layout, answer)
    px = 14 * t
    for rect, head, under in (
        (own, words.SELF_MAP, words.LOOKS_BACK),
        (cross, words.CROSS_MAP, words.LOOKS_OVER),
    ):
        line = QRectF(rect.x(), layout.body.y(), max(rect.width(), 250 * t), 26 * t)
        if rect is own:
            line.setRight(min(line.right(), cross.x() - 10))
        write(painter, line, frame.say(head), 18 * t, colours.ink, SEMIBOLD)
        line.translate(0, 26 * t)
        write(painter, line, frame.say(under), px, colours.muted)
    for rect, tokens in ((own, answer.read), (cross, answer.source)):
        pitch = rect.width() / len(tokens)
        for place, token in enumerate(tokens):
            text = frame.say(words.START) if token == "<s>" else named(token, frame)
            painter.save()
            painter.translate(rect.x() + (place + 0.5) * pitch, rect.y() - 6)
            painter.rotate(-60)
            write(painter, QRectF(0, -px, 92 * t, 2 * px), text, px, colours.ink)
            painter.restore()
    bar = QRectF(own.x(), own.bottom() + 12, 220 * t, 48 * t)
    draw_legend(painter, bar, frame.say(words.WEIGHT), 0, 1, "magnitude", colours, px)


def draw_moving(
    painter: QPainter, layout: TranslateLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the rows written so far."""
    answer, t = frame.answer, layout.room.type
    own, cross, high = rects(layout, answer)
    last, row = newest(answer, time), looked_at(frame, answer, time)
    px = min(15 * t, high * 0.8)
    shown = last + 1
    for rect, weights in zip((own, cross), both(frame), strict=True):
        if shown:
            part = QRectF(rect.x(), rect.y(), rect.width(), shown * high)
            draw_map(painter, part, weights[:shown], 1.0, "magnitude", colours)
        draw_grid(painter, rect, len(weights), weights.shape[1], colours.line)
    for place in range(shown):
        painter.setOpacity(grown(frame, place, time))
        y = own.y() + place * high
        token = answer.read[place]
        text = frame.say(words.START) if token == "<s>" else named(token, frame)
        ink = colours.ink if place == row else colours.muted
        box = QRectF(layout.body.x(), y, own.x() - layout.body.x() - 10, high)
        write(painter, box, text, px, ink, align=RIGHT)
        box = QRectF(cross.right() + 14, y, layout.body.right() - cross.right() - 14, high)
        box.setWidth(min(box.width(), 200 * t))
        chosen = named(answer.output[place], frame)
        given = rounded(float(answer.confidence[place]))
        write(painter, box, f"→ {chosen}  {given}", px, ink, SEMIBOLD if place == row else REGULAR)
        painter.setOpacity(1)
    if row >= 0:
        for rect in (own, cross):
            line = QRectF(rect.x(), rect.y() + row * high, rect.width(), high)
            outline(painter, line.adjusted(-1, -1, 1, 1), colours, 2.4)


def hit(layout: TranslateLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("row", row) of the map row under a point."""
    own, *_ = rects(layout, frame.answer)
    whole = QRectF(layout.body.x(), own.y(), layout.body.width(), own.height())
    found = cell_at(whole, point, len(frame.answer.output), 1)
    return ("row", found[0]) if found else ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the row looked at: what it may see and whether its weights add up to 1."""
    row = max(looked_at(frame, frame.answer, time), 0)
    own, cross = both(frame)
    token = frame.answer.output[row]
    sums = [float(own[row].sum()), float(cross[row].sum())]
    ahead = float(np.abs(own[row, row + 1 :]).sum())
    rows = (
        (frame.say(words.SELF_MAP), f"{frame.say(words.ROW_SUM)} {sums[0]:.4f}"),
        (frame.say(words.AHEAD), f"{ahead:.4f}"),
        (frame.say(words.CROSS_MAP), f"{frame.say(words.ROW_SUM)} {sums[1]:.4f}"),
    )
    title = frame.say(words.ROW, n=row + 1, token=named(token, frame))
    good = ahead == 0 and max(abs(s - 1) for s in sums) < 1e-5
    return Lens(title, rows, cross[row][None, :], 1.0, "magnitude", good=good)
