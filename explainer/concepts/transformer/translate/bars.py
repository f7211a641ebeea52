"""The next token's distribution: temperature, top-k and top-p on the model's own logits."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.answers import Translation
from explainer.concepts.transformer.sampling import candidates
from explainer.concepts.transformer.sentence import target_of
from explainer.concepts.transformer.tokens import join
from explainer.concepts.transformer.translate import words
from explainer.concepts.transformer.translate.layout import TranslateLayout, named
from explainer.concepts.transformer.translate.moments import bars_of as bars_of
from explainer.concepts.transformer.translate.moments import grown, newest
from explainer.concepts.transformer.translate.probe import sampling_of
from explainer.stage.chips import draw_diamond, draw_die
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Target
from explainer.stage.lettering import (
    REGULAR,
    RIGHT,
    SEMIBOLD,
    percent,
    width,
    write,
)

_COUNT, _FEW = 11, 8


def order_of(answer: Translation, row: int, most: int) -> np.ndarray:
    """Return ids of the likeliest next tokens; the order no temperature changes."""
    return np.argsort(-answer.logits[row], kind="stable")[:most]


def share_text(share: float) -> str:
    """Return a probability with as many figures as it needs."""
    return percent(share, 0 if share >= 0.0995 else 1 if share >= 0.0005 else 2)


def rounded(share: float) -> str:
    """Return a probability in whole percent; float32 cannot tell a very sure one from 1."""
    if share >= 0.995:
        return ">99 %"
    return "<1 %" if share < 0.005 else percent(share, 0)


def _lines(layout: TranslateLayout) -> tuple[QRectF, ...]:
    """Return the line of each candidate."""
    t = layout.room.type
    count = _FEW if layout.room.large else _COUNT
    top = layout.side.y() + 88 * t
    high = (layout.side.bottom() - 92 * t - top) / count
    left, wide = layout.side.x() + 12, layout.side.width() - 24
    return tuple(QRectF(left, top + i * high, wide, high) for i in range(count))


def true_next(answer: Translation, row: int) -> str | None:
    """Return the token that is right after what was written, where the truth is known."""
    if answer.expected is None or answer.output[:row] != answer.expected[:row]:
        return None
    rest = (*answer.expected, "</s>")
    return rest[row] if row < len(rest) else None


def draw_bars(
    painter: QPainter, layout: TranslateLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the likeliest tokens, before and after temperature and cut."""
    answer: Translation = frame.answer
    t, side = layout.room.type, layout.side
    row = bars_of(frame, answer, time)
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(side, 12, 12)
    head = QRectF(side.x() + 20, side.y() + 10, side.width() - 40, 24 * t)
    write(painter, head, frame.say(words.NEXT_AFTER), 15 * t, colours.muted)
    target = target_of(frame.knobs)
    said = join(answer.output[:row], target).rstrip(".") if row else frame.say(words.NOTHING_YET)
    head.translate(0, 26 * t)
    write(painter, head, f"“{said} …”" if row else said, 18 * t, colours.ink, SEMIBOLD)
    sampling = sampling_of(frame.knobs)
    now = candidates(answer.logits[row], sampling)
    lines = _lines(layout)
    ids = order_of(answer, row, len(lines))
    share = grown(frame, row, time) if newest(answer, time) == row else 1.0
    truth = true_next(answer, row)
    chosen = int(answer.chosen[row])
    names = [named(answer.target_tokens[i], frame) for i in ids]
    lead = min(max(width(name, 16 * t) for name in names) + 56, side.width() * 0.45)
    column = 62 * t
    for place, text in enumerate((words.BEFORE_CUT, words.AFTER_CUT)):
        x = lines[0].right() - (2 - place) * column
        box = QRectF(x - 10, lines[0].y() - 20 * t, column + 6, 20 * t)
        write(painter, box, frame.say(text), 14 * t, colours.muted, align=RIGHT)
    for line, token, name in zip(lines, ids, names, strict=True):
        is_chosen = int(token) == chosen and share == 1
        lit = is_chosen or frame.hover == ("bar", row, answer.target_tokens[token])
        if lit:
            painter.setPen(QPen(colours.amber if is_chosen else colours.faint, 1.8))
            painter.setBrush(colours.amber_soft if is_chosen else colours.background)
            painter.drawRoundedRect(line.adjusted(-4, 1, 4, -1), 7, 7)
        kept = bool(now.is_kept[token])
        ink = colours.ink if kept else colours.muted
        label = QRectF(line.x() + 26, line.y(), lead - 36, line.height())
        weight = SEMIBOLD if is_chosen else REGULAR
        write(painter, label, name, 16 * t, ink, weight, RIGHT)
        if answer.target_tokens[token] == truth:
            draw_diamond(painter, QPointF(line.x() + 12, line.center().y()), 6, colours)
        if is_chosen and sampling.temperature > 0:
            die = min(17.0, line.height() - 8)
            box = QRectF(line.x() + 20 - die / 2, line.center().y() - die / 2, die, die)
            if answer.target_tokens[token] != truth:
                draw_die(painter, box, colours)
        figures = 2 * column
        track = QRectF(line.x() + lead, line.y(), line.width() - lead - figures, line.height())
        before = float(answer.probabilities[row, token])
        after = float(now.probabilities[token]) * share
        _draw_bar(painter, track, before, after, kept, colours, lit=is_chosen)
        box = QRectF(line.right() - figures, line.y(), column - 4, line.height())
        write(painter, box, share_text(before), 15 * t, colours.muted, align=RIGHT)
        box.translate(column, 0)
        said = share_text(float(now.probabilities[token])) if kept else words.DASH
        write(painter, box, said, 15 * t, ink, weight, RIGHT)
        if not kept:
            y = line.center().y() + 1
            wide = min(width(name, 16 * t), label.width())
            painter.setPen(QPen(colours.wrong, 1.6))
            painter.drawLine(QPointF(label.right() - wide - 3, y), QPointF(label.right() + 3, y))
    _draw_foot(painter, layout, frame, int(now.is_kept.sum()), now.is_kept[ids].sum(), colours)


def _draw_bar(
    painter: QPainter,
    track: QRectF,
    before: float,
    now: float,
    kept: bool,
    colours: Colours,
    lit: bool,
) -> None:
    high = min(track.height() * 0.56, 24.0)
    bar = QRectF(track.x(), track.center().y() - high / 2, max(track.width() * now, 1.5), high)
    painter.setPen(Qt.PenStyle.NoPen)
    if kept:
        painter.setBrush(colours.amber if lit else colours.solid("magnitude"))
        painter.drawRoundedRect(bar, 3, 3)
    bar.setWidth(max(track.width() * before, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.muted, 1.3, Qt.PenStyle.DotLine))
    painter.drawRoundedRect(bar, 3, 3)


def _draw_foot(
    painter: QPainter, layout: TranslateLayout, frame: Frame, kept: int, seen: int, colours: Colours
) -> None:
    """Count the tokens that have no line, and name the marks."""
    t, side = layout.room.type, layout.side
    px = 14 * t
    others = len(frame.answer.target_tokens) - len(_lines(layout))
    y = side.bottom() - 88 * t
    line = QRectF(side.x() + 20, y, side.width() - 40, 22 * t)
    said = frame.say(words.OTHERS, count=others, kept=kept - int(seen))
    write(painter, line, said, px, colours.muted, align=RIGHT)
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(QPointF(line.x(), line.bottom() + 3), QPointF(line.right(), line.bottom() + 3))
    half = line.width() / 2
    sampled = sampling_of(frame.knobs).temperature > 0
    names = (
        frame.say(words.TRUTH),
        frame.say(words.DRAWN if sampled else words.LIKELIEST),
        frame.say(words.BEFORE),
        frame.say(words.CUT),
    )
    for place, name in enumerate(names):
        x = line.x() + half * (place % 2)
        box = QRectF(x, line.bottom() + 8 + (place // 2) * 26 * t, half - 6, 24 * t)
        mark = QPointF(box.x() + 9, box.center().y())
        if place == 0:
            draw_diamond(painter, mark, 6, colours)
        elif place == 1:
            painter.setPen(QPen(colours.amber, 1.8))
            painter.setBrush(colours.amber_soft)
            painter.drawRoundedRect(QRectF(mark.x() - 9, mark.y() - 7, 18, 14), 4, 4)
        elif place == 2:
            painter.setPen(QPen(colours.muted, 1.3, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(mark.x() - 9, mark.y() - 7, 18, 14))
        else:
            painter.setPen(QPen(colours.wrong, 1.6))
            painter.drawLine(mark - QPointF(9, 0), mark + QPointF(9, 0))
        write(painter, box.adjusted(26, 0, 0, 0), name, px, colours.muted)


def hit(layout: TranslateLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("bar", row, token) under a point."""
    answer: Translation = frame.answer
    row = bars_of(frame, answer, time)
    lines = _lines(layout)
    for line, token in zip(lines, order_of(answer, row, len(lines)), strict=True):
        if line.contains(point):
            return ("bar", row, answer.target_tokens[token])
    return ()


def forced(answer: Translation, row: int, token: str) -> Target:
    """Return the selection that makes the output go on from another token."""
    return ("force", *answer.output[:row], token)
