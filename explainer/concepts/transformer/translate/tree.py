"""A beam search as a tree that grows a token a beat, beside the greedy sentence."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.sentence import target_of
from explainer.concepts.transformer.tokens import join
from explainer.concepts.transformer.translate import words
from explainer.concepts.transformer.translate.layout import TranslateLayout, named
from explainer.concepts.transformer.translate.probe import Searched
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, number, percent, write
from explainer.stage.motion import in_out_cubic, share
from explainer.stage.ribbons import draw_link

_PITCH, _GROWING = 0.8, 0.4


def _depths(layout: TranslateLayout, answer: Searched) -> int:
    most = int(layout.body.width() / (100 * layout.room.type))
    return min(max(node.depth for node in answer.tree.nodes) + 1, most)


def boxes(layout: TranslateLayout, answer: Searched) -> dict[int, QRectF]:
    """Return where each node that has room is written: a column a depth, the likeliest on top."""
    t, body = layout.room.type, layout.body
    depths = _depths(layout, answer)
    top, bottom = body.y() + 6, body.bottom() - 96 * t
    rows = min(9, int((bottom - top) / (34 * t)))
    pitch, high = body.width() / depths, (bottom - top) / rows
    found: dict[int, QRectF] = {}
    for depth in range(depths):
        at = [i for i, node in enumerate(answer.tree.nodes) if node.depth == depth]
        # What is kept or on the best path is always shown.
        at.sort(key=lambda i: (not answer.tree.nodes[i].is_kept, i))
        for row, index in enumerate(at[:rows]):
            x, y = body.x() + depth * pitch, top + row * high
            wide = pitch - 30
            found[index] = QRectF(x, y + 3, wide, min(high - 6, 44 * t))
    return found


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return a beat a depth, once it has grown."""
    depths = max(node.depth for node in frame.answer.tree.nodes) + 1
    start = Beat("decode", 0.0)
    moments = [Beat("decode", i * _PITCH + _GROWING, f"{i + 1} / {depths}") for i in range(depths)]
    return (start, *moments, Beat("best", depths * _PITCH, frame.say(words.BEST)))


def draw_still(painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours) -> None:
    """Draw the whole tree; what has not grown yet is covered."""
    answer, t = frame.answer, layout.room.type
    placed = boxes(layout, answer)
    best = set(answer.tree.best)
    nodes = answer.tree.nodes
    for index, box in placed.items():
        node = nodes[index]
        if node.parent in placed:
            start = placed[node.parent]
            is_best = index in best
            colour = (
                colours.amber
                if is_best
                else (colours.solid("magnitude") if node.is_kept else colours.faint)
            )
            draw_link(
                painter,
                QPointF(start.right(), start.center().y()),
                QPointF(box.x(), box.center().y()),
                colour,
                3.4 if is_best else 1 + 2.4 * node.probability,
                1.0 if node.is_kept else 0.5,
            )
    for index, box in placed.items():
        _draw_node(painter, box, frame, index, index in best, colours, t)


def _draw_node(
    painter: QPainter,
    box: QRectF,
    frame: Frame,
    index: int,
    is_best: bool,
    colours: Colours,
    t: float,
) -> None:
    node = frame.answer.tree.nodes[index]
    edge = colours.amber if is_best else colours.solid("magnitude")
    pen = QPen(edge, 2.0 if is_best else 1.4)
    if not node.is_kept:
        pen = QPen(colours.faint, 1.0, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(colours.amber_soft if is_best else colours.surface)
    painter.drawRoundedRect(box, 7, 7)
    ink = colours.ink if node.is_kept else colours.muted
    px = min(15 * t, box.height() * 0.5)
    label = box.adjusted(5, 0, -5, -5)
    weight = SEMIBOLD if node.is_kept else REGULAR
    write(painter, label, named(node.token, frame), px, ink, weight, CENTRE)
    bar = QRectF(box.x() + 6, box.bottom() - 7, (box.width() - 12) * node.probability, 4)
    painter.fillRect(bar, colours.amber if is_best else colours.solid("magnitude"))


def draw_moving(
    painter: QPainter, layout: TranslateLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Cover what has not grown yet; at the end hold the beam's sentence against the greedy one."""
    answer, body = frame.answer, layout.body
    depths = _depths(layout, answer)
    last = min(int(time / _PITCH + 1e-9), depths)
    seconds = 0.0 if frame.reduced else _GROWING
    grown = last + share(time - last * _PITCH, 0.0, seconds, in_out_cubic)
    if grown < depths:
        pitch = body.width() / depths
        x = body.x() + grown * pitch - 26
        painter.fillRect(QRectF(x, body.y() - 4, layout.room.width - x, body.height() + 20),
                         colours.background)  # fmt: skip
    if time + 1e-6 >= beats(frame)[-1].at:
        _draw_sentences(painter, layout, frame, colours)


def _draw_sentences(
    painter: QPainter, layout: TranslateLayout, frame: Frame, colours: Colours
) -> None:
    answer, t, body = frame.answer, layout.room.type, layout.body
    target = target_of(frame.knobs)
    total = answer.tree.nodes[answer.tree.best[-1]].log_probability
    rows = (
        (frame.say(words.BEAM, width=answer.tree.width), join(answer.tree.words, target),
         math.exp(total), colours.amber_text),
        (frame.say(words.GREEDY), answer.greedy.text, answer.greedy.confidence, colours.ink),
    )  # fmt: skip
    for place, (name, text, chance, ink) in enumerate(rows):
        line = QRectF(body.x(), body.bottom() - (82 - 38 * place) * t, body.width(), 34 * t)
        name_wide, figure = 90 * t, 240 * t
        write(painter, line, name, 16 * t, ink, SEMIBOLD)
        middle = line.adjusted(name_wide, 0, -figure, 0)
        write(painter, middle, text, 18 * t, colours.ink, SEMIBOLD)
        said = frame.say(words.SENTENCE_P, p=percent(chance, 2))
        write(painter, line, said, 15 * t, colours.muted, align=RIGHT)


def hit(layout: TranslateLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("node", index) under a point."""
    for index, box in boxes(layout, frame.answer).items():
        if box.contains(point):
            return ("node", index)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the node pointed at: its probability times all before it."""
    answer = frame.answer
    target = next((x for x in (frame.hover, frame.selection) if x[:1] == ("node",)), None)
    index = (
        answer.tree.best[-1] if target is None else min(int(target[1]), len(answer.tree.nodes) - 1)
    )
    node = answer.tree.nodes[index]
    path, total = [], 0.0
    at: int | None = index
    while at is not None:
        path.append(answer.tree.nodes[at])
        total += math.log(max(answer.tree.nodes[at].probability, 1e-300))
        at = answer.tree.nodes[at].parent
    rows = (
        (frame.say(words.LAST_GIVEN), percent(node.probability, 2)),
        (frame.say(words.PRODUCT, n=len(path)), number(math.exp(total), 6)),
        (frame.say(words.LOG_P), number(node.log_probability, 4)),
    )
    said = " ".join(named(step.token, frame) for step in reversed(path))
    return Lens(said, rows, good=abs(total - node.log_probability) < 1e-4)
