"""A sentence flows into another: chips, cross-attention ribbons, what is true of them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.answers import Floats, Translation
from explainer.concepts.transformer.sampling import candidates
from explainer.concepts.transformer.sentence import is_known, names_of, target_of, unit_of
from explainer.concepts.transformer.tokens import END, join
from explainer.concepts.transformer.translate import bars, words
from explainer.concepts.transformer.translate.layout import TranslateLayout, named, shown
from explainer.concepts.transformer.translate.moments import (
    grown,
    is_over,
    looked_at,
    newest,
    token_beats,
)
from explainer.concepts.transformer.translate.probe import sampling_of
from explainer.concepts.transformer.translate.ribbons import (
    draw_settled,
    hits,
    ribbons,
    true_columns,
    weights_of,
)
from explainer.lesson import Text
from explainer.stage.chips import (
    draw_chip,
    draw_cross,
    draw_diamond,
    draw_tick,
    fall,
    fill_path,
)
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, percent, width, write


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a beat a token."""
    return token_beats(frame, frame.answer)


def draw_still(painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours) -> None:
    """Draw the source and the names of things."""
    source, t = layout.source, layout.room.type
    assert source is not None and layout.output is not None
    px = 15 * t
    flow = layout.flow
    head = QRectF(flow.x(), flow.y(), flow.width(), 22 * t)
    said = frame.say(words.CROSS, layer=frame.knobs.get("layer", 2))
    legend = f"{said}: {frame.say(words.WIDTH_IS)}"
    wide = width(legend, px, SEMIBOLD) + 4
    write(painter, head, legend, px, colours.solid("magnitude"), SEMIBOLD, RIGHT)
    room = head.adjusted(0, 0, -wide - 20, 0)
    said = frame.say(words.ENCODER)
    if width(said, px) > room.width():
        said = frame.say(words.ENCODER_SHORT)
    write(painter, room, said, px, colours.muted)
    for place, token in enumerate(frame.answer.source):
        unknown, is_end = not is_known(frame.knobs, token), token == END
        draw_chip(painter, source, place, colours, unknown=unknown, faint=is_end)


def draw_moving(
    painter: QPainter, layout: TranslateLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the ribbons and the output as far as it is written."""
    answer, source, output = frame.answer, layout.source, layout.output
    assert source is not None and output is not None
    row, last = looked_at(frame, answer, time), newest(answer, time)
    weights = weights_of(frame, answer)
    paths = ribbons(layout, weights)
    violet = colours.solid("magnitude")
    faint = 0.22 if row >= 0 else 0.5
    settled = tuple(i for i in range(last + 1) if i != row and grown(frame, i, time) == 1)
    draw_settled(painter, layout, weights, settled, fade(violet, faint))
    for place in sorted(set(range(last + 1)) - set(settled), key=lambda i: i == row):
        share = grown(frame, place, time)
        lit = place == row
        painter.save()
        if share < 1:
            top = source.rects[0].bottom()
            high = (output.rects[0].top() - top) * share
            painter.setClipRect(QRectF(0, top, layout.room.width, high))
        colour = colours.amber if lit else violet
        fill_path(painter, paths[place], colour, 0.85 if lit else faint)
        painter.restore()
    _draw_truth(painter, layout, frame, row, last, colours)
    for place in range(last + 1):
        painter.setOpacity(grown(frame, place, time))
        wrong = place < len(answer.words) and answer.wrong[place] and is_over(answer, time)
        is_end = place >= len(answer.words)
        draw_chip(painter, output, place, colours, lit=place == row, wrong=wrong, faint=is_end)
        painter.setOpacity(1)
    if last + 1 < len(output.rects):
        painter.setPen(QPen(colours.faint, 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(output.rects[last + 1], 8, 8)
    if row >= 0:
        _draw_weights(painter, layout, frame, weights[row], colours)
    _draw_figures(painter, layout, frame, last, time, colours)
    _draw_verdict(painter, layout, frame, time, colours)
    if not layout.side.isEmpty():
        bars.draw_bars(painter, layout, frame, time, colours)


def _draw_truth(
    painter: QPainter,
    layout: TranslateLayout,
    frame: Frame,
    row: int,
    last: int,
    colours: Colours,
) -> None:
    """Mark the true word pairs: a diamond over each token that has one, a line for this one."""
    source, output = layout.source, layout.output
    assert source is not None and output is not None
    best = weights_of(frame, frame.answer).argmax(axis=1)
    for place, column in true_columns(frame.answer).items():
        if place > last:
            continue
        foot = QPointF(output.rects[place].center().x(), output.rects[place].top() - 9)
        if place == row:
            start = QPointF(source.rects[column].center().x(), source.rects[column].bottom() + 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.value, 2.4, Qt.PenStyle.DashLine))
            painter.drawPath(fall(start, 0, foot, 0))
            draw_diamond(painter, start, 6, colours)
        draw_diamond(painter, foot, 5, colours, filled=int(best[place]) == column)


def _draw_weights(
    painter: QPainter, layout: TranslateLayout, frame: Frame, weights: Floats, colours: Colours
) -> None:
    """Write the largest weights of a row under the source chips they come from."""
    source = layout.source
    assert source is not None
    px = 14 * layout.room.type
    for column in np.flatnonzero(weights >= 0.1):
        rect = source.rects[int(column)]
        text = f"{float(weights[column]):.2f}"
        wide = width(text, px, SEMIBOLD) + 12
        box = QRectF(rect.center().x() - wide / 2, rect.bottom() + 12, wide, px * 1.6)
        painter.setPen(QPen(colours.amber, 1.4))
        painter.setBrush(colours.background)
        painter.drawRoundedRect(box, 5, 5)
        write(painter, box, text, px, colours.ink, SEMIBOLD, CENTRE)


def _draw_figures(
    painter: QPainter,
    layout: TranslateLayout,
    frame: Frame,
    last: int,
    time: float,
    colours: Colours,
) -> None:
    """Write under each token the probability the model gave it."""
    output, t = layout.output, layout.room.type
    assert output is not None
    px = min(14 * t, output.px)
    for place in range(last + 1):
        rect = output.rects[place]
        box = QRectF(rect.x() - 6, rect.bottom() + 4, rect.width() + 12, 20 * t)
        given = bars.rounded(float(frame.answer.confidence[place]))
        write(painter, box, given, px, colours.muted, align=CENTRE)


def _draw_verdict(
    painter: QPainter, layout: TranslateLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Say what the figures are; at the end, whether it is right and what the source says."""
    answer, output, t = frame.answer, layout.output, layout.room.type
    assert output is not None
    px = 15 * t
    y = output.rects[0].bottom() + 30 * t
    flow = layout.flow
    line = QRectF(flow.x(), y, flow.width(), 24 * t)
    given = f"%: {frame.say(words.CONFIDENCE)}"
    is_next = shown(frame) == "next"  # beside it stand what temperature and cut make of them
    figures = f"{given}, {frame.say(words.BEFORE_CUT)}" if is_next else given
    decoder = figures if is_next else f"{frame.say(words.DECODER)}  ·  {figures}"
    write(painter, line, decoder, px, colours.muted)
    if not is_over(answer, time):
        return
    count = sum(answer.wrong)
    is_right = count == 0 and not answer.missing
    line.translate(0, 30 * t)
    mark = QPointF(line.x() + 10, line.center().y())
    (draw_tick if is_right else draw_cross)(
        painter, mark, 7, colours.value if is_right else colours.wrong
    )
    box = line.adjusted(28, 0, 0, 0)
    ways = (verdict(frame, answer), verdict(frame, answer, words.WRONG_SHORT))
    said = next((way for way in ways if width(way, 17 * t, SEMIBOLD) <= box.width()), ways[-1])
    write(painter, box, said, 17 * t, colours.ink if is_right else colours.wrong, SEMIBOLD)
    line.translate(0, 28 * t)
    if answer.pair is None:
        write(painter, line, frame.say(words.BY_DICTIONARY), px, colours.muted)
        return
    if unit_of(frame.knobs) != "morpheme":
        write(painter, line, frame.say(words.OF_MORPHEMES), px, colours.muted)
        return
    found, of = hits(frame, answer)
    draw_diamond(painter, QPointF(line.x() + 10, line.center().y()), 6, colours)
    aligned = frame.say(words.ALIGNED, hits=found, count=of)
    write(painter, line.adjusted(28, 0, 0, 0), aligned, px, colours.muted)


def verdict(frame: Frame, answer: Translation, counted: Text = words.WRONG) -> str:
    """Return whether a translation is right, and else what the source says."""
    target = target_of(frame.knobs)
    count = sum(answer.wrong)
    if count == 0 and not answer.missing:
        return frame.say(words.FAITHFUL if answer.pair is None else words.ALL_RIGHT)
    said = [frame.say(counted, wrong=count, count=len(answer.words))] if count else []
    if answer.expected is not None:
        said.append(frame.say(words.SAYS, said=join(answer.expected, target)))
    elif answer.missing:
        said.append(frame.say(words.MISSING, words=", ".join(answer.missing)))
    return "  ".join(said)


def hit(layout: TranslateLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return the token or bar under a point."""
    assert layout.output is not None
    row = layout.output.at(point, 26)
    if row is not None:
        return ("row", row)
    return bars.hit(layout, frame, time, point) if not layout.side.isEmpty() else ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the card of the token looked at: its probability, checked; where it looks."""
    answer: Translation = frame.answer
    row = bars.bars_of(frame, answer, time)
    weights = weights_of(frame, answer)[row]
    best = int(weights.argmax())
    shares = np.exp(answer.logits[row].astype(np.float64) - float(answer.logits[row].max()))
    own = float(shares[answer.chosen[row]] / shares.sum())
    off = abs(own - float(answer.confidence[row]))
    rows = [(frame.say(words.GIVEN), percent(own, 2))]
    if shown(frame) == "next":
        kept = candidates(answer.logits[row], sampling_of(frame.knobs))
        after = float(kept.probabilities[answer.chosen[row]])
        rows = [
            (frame.say(words.BEFORE_CUT), percent(own, 2)),
            (
                frame.say(words.AFTER_CUT),
                percent(after, 2),
            ),
        ]
    rows += [
        (frame.say(words.SUM_IS), f"{off:.0e}"),
        (frame.say(words.LOOKS_AT), f"{_named(frame, answer, best)} {float(weights[best]):.2f}"),
        (frame.say(words.ROW_SUM), f"{float(weights.sum()):.4f}"),
    ]
    column = true_columns(answer).get(row)
    if column is not None:
        rows.append((frame.say(words.TRUE_IS), _named(frame, answer, column)))
    token = answer.output[row]
    title = frame.say(words.ROW, n=row + 1, token=named(token, frame))
    return Lens(title, tuple(rows), weights[None, :], 1.0, "magnitude", good=off < 1e-5)


def _named(frame: Frame, answer: Translation, place: int) -> str:
    """Return a token of the source as it was typed, also one the model does not know."""
    *read, end = answer.source
    return (*names_of(frame.knobs, read), named(end, frame))[place]
