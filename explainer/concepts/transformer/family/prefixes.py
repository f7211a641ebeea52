"""A prefix names the task: the same weights translate, negate, ask and put into the past."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explainer.concepts.transformer.family import words
from explainer.concepts.transformer.family.candidates import figures_under
from explainer.concepts.transformer.family.going_on import (
    GROWING,
    come,
    newest,
    token_beats,
    written_at,
)
from explainer.concepts.transformer.family.layout import FamilyLayout, named
from explainer.concepts.transformer.family.questions import Done, Floats
from explainer.concepts.transformer.family.tasks import NAMES, said
from explainer.concepts.transformer.sentence import whole
from explainer.concepts.transformer.tokens import END
from explainer.concepts.transformer.translate.bars import rounded, share_text
from explainer.stage.chips import (
    draw_chip,
    draw_cross,
    draw_pill,
    draw_tick,
    fall,
    fill_path,
)
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, SEMIBOLD, number, percent, width, write

_LEAST = 0.08  # weights below are not drawn: they cost more than they tell
_FULL = 46.0  # how wide a weight of 1 falls, in units


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a beat a token."""
    return token_beats(frame, len(frame.answer.output))


def weights_of(frame: Frame, answer: Done) -> Floats:
    """Return cross-attention in the layer shown, shape (output, source)."""
    weights: Floats = answer.cross[min(whole(frame.knobs, "layer", 2), len(answer.cross)) - 1]
    return weights


def written(answer: Done) -> tuple[str, ...]:
    """Return the output without the end token."""
    return tuple(token for token in answer.output if token != END)


def is_right(answer: Done) -> bool | None:
    """Whether the output is right to the last token; None where the grammar does not know."""
    if answer.expected is None:
        return None
    return answer.output == (*answer.expected, END)


def row_of(frame: Frame, time: float) -> int:
    """Return the output token looked at: pointed at, chosen, else the newest; -1 at the end."""
    count = len(frame.answer.output)
    last = newest(count, time)
    for target in (frame.hover, frame.selection):
        if target[:1] == ("row",) and int(target[1]) <= last:
            return int(target[1])
    return -1 if time >= written_at(count - 1) + GROWING else last


def ribbons(layout: FamilyLayout, weights: Floats) -> tuple[QPainterPath, ...]:
    """Return each output token's ribbons from the source as one path, as wide as the weights."""
    assert layout.row is not None and layout.output is not None
    drawn = np.where(weights >= _LEAST, weights, 0.0)
    # What leaves a chip of the source must fit under it.
    used = np.maximum(drawn.sum(axis=0) * _FULL, 1e-6)
    room = np.array([rect.width() * 0.92 for rect in layout.row.rects])
    narrow = np.minimum(1.0, room / used)
    left = np.array([rect.center().x() for rect in layout.row.rects]) - np.minimum(used, room) / 2
    paths = []
    for line, rect in zip(drawn, layout.output.rects, strict=True):
        unit = min(_FULL, rect.width() * 0.9)
        x = rect.center().x() - line.sum() * unit / 2
        path = QPainterPath()
        for column in np.flatnonzero(line):
            above, below = _FULL * line[column] * narrow[column], unit * line[column]
            start = QPointF(left[column] + above / 2, layout.row.rects[0].bottom() + 2)
            path.addPath(fall(start, above, QPointF(x + below / 2, rect.top() - 3), below))
            left[column] += above
            x += below
        paths.append(path)
    return tuple(paths)


def draw_still(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    """Draw the prefixes to choose from, and what the encoder reads."""
    t, row = layout.room.type, layout.row
    answer: Done = frame.answer
    assert row is not None
    for task, rect in layout.pills:
        chosen = task == answer.task
        lit = chosen or frame.hover == ("task", task)
        draw_pill(painter, rect, frame.say(NAMES[task]), 16 * t, colours, lit)  # type: ignore[index]
    line = QRectF(layout.body.x(), row.rects[0].y() - 34 * t, layout.body.width(), 24 * t)
    write(painter, line, frame.say(words.READS), 15 * t, colours.muted)
    for place in range(len(row.texts)):
        is_end = place == len(row.texts) - 1
        draw_chip(painter, row, place, colours, lit=place == 0, faint=is_end)


def draw_moving(
    painter: QPainter, layout: FamilyLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the ribbons and the output as far as it is written, at the end the verdict."""
    answer: Done = frame.answer
    source, output, t = layout.row, layout.output, layout.room.type
    assert source is not None and output is not None
    weights = weights_of(frame, answer)
    row, last = row_of(frame, time), newest(len(answer.output), time)
    violet, faint = colours.solid("magnitude"), 0.22 if row >= 0 else 0.5
    paths = ribbons(layout, weights)
    for place in sorted(range(last + 1), key=lambda i: i == row):
        lit, grown = place == row, come(frame, place, time)
        painter.save()
        if grown < 1:
            top = source.rects[0].bottom()
            high = (output.rects[0].top() - top) * grown
            painter.setClipRect(QRectF(0, top, layout.room.width, high))
        fill_path(painter, paths[place], colours.amber if lit else violet, 0.85 if lit else faint)
        painter.restore()
    for place in range(last + 1):
        painter.setOpacity(come(frame, place, time))
        is_end = answer.output[place] == END
        draw_chip(painter, output, place, colours, lit=place == row, faint=is_end)
    px = min(14 * t, output.px)
    given = [rounded(float(share)) for share in answer.confidence[: last + 1]]
    for place, box in figures_under(output.rects, given, px, row):
        painter.setOpacity(come(frame, place, time))
        write(painter, box, given[place], px, colours.muted, align=CENTRE)
    painter.setOpacity(1.0)
    if last + 1 < len(output.rects):
        painter.setPen(QPen(colours.faint, 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(output.rects[last + 1], 8, 8)
    if row >= 0:
        _draw_weights(painter, layout, weights[row], colours)
    if time >= written_at(len(answer.output) - 1) + GROWING:
        _draw_verdict(painter, layout, frame, colours)


def _draw_weights(
    painter: QPainter, layout: FamilyLayout, weights: Floats, colours: Colours
) -> None:
    """Write the largest weights of a row under the source chips they come from."""
    assert layout.row is not None
    px = 14 * layout.room.type
    for column in np.flatnonzero(weights >= 0.1):
        rect = layout.row.rects[int(column)]
        box = QRectF(rect.center().x() - px * 1.5, rect.bottom() + 10, px * 3, px * 1.6)
        painter.setPen(QPen(colours.amber, 1.4))
        painter.setBrush(colours.background)
        painter.drawRoundedRect(box, 5, 5)
        write(painter, box.adjusted(3, 0, -3, 0), number(float(weights[column]), 2), px,
              colours.ink, SEMIBOLD, CENTRE)  # fmt: skip


def _draw_verdict(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    answer: Done = frame.answer
    t, panel = layout.room.type, layout.panel
    line = QRectF(panel.x(), panel.y() + 26 * t, panel.width(), 30 * t)
    text = said(written(answer), answer.task)
    lead = frame.say(words.WRITES)
    write(painter, line, lead, 16 * t, colours.muted)
    after = line.adjusted(width(lead, 16 * t) + 12, 0, 0, 0)
    write(painter, after, text, 19 * t, colours.ink, SEMIBOLD)
    line.translate(0, 30 * t)
    right = is_right(answer)
    if right is None:
        write(painter, line, frame.say(words.UNKNOWN), 16 * t, colours.muted)
        return
    hue = colours.value if right else colours.wrong
    (draw_tick if right else draw_cross)(painter, QPointF(line.x() + 9, line.center().y()), 7, hue)
    assert answer.expected is not None
    verdict = words.RIGHT if right else words.WRONG.filled(said=said(answer.expected, answer.task))
    write(painter, line.adjusted(28, 0, 0, 0), frame.say(verdict), 16 * t, colours.ink)


def hit(layout: FamilyLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return the task or the output token under a point."""
    for task, rect in layout.pills:
        if rect.contains(point):
            return ("task", task)
    row = None if layout.output is None else layout.output.at(point, 26)
    return () if row is None else ("row", row)


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the card of the token looked at: how sure it is, and where it looks."""
    answer: Done = frame.answer
    row = row_of(frame, time)
    if row < 0:
        return None
    weights = weights_of(frame, answer)
    best = int(weights[row].argmax())
    looks = f"{named(answer.source[best], frame)} {percent(float(weights[row, best]), 0)}"
    return Lens(
        frame.say(words.TOKEN, n=row + 1, token=named(answer.output[row], frame)),
        (
            (frame.say(words.GIVEN), share_text(float(answer.confidence[row]))),
            (frame.say(words.LOOKS_MOST), looks),
            (frame.say(words.ROW_SUM), number(float(weights[row].sum()), 4)),
        ),
        weights[row][None, :],
        1.0,
        "magnitude",
    )
