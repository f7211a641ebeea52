"""One word hidden: what the masked model puts there, and what the grammar leaves."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.family import words
from explainer.concepts.transformer.family.candidates import (
    draw_candidates,
    draw_panel,
    likeliest,
    lines_in,
)
from explainer.concepts.transformer.family.layout import FamilyLayout
from explainer.concepts.transformer.family.questions import Filled
from explainer.concepts.transformer.sentence import source_chips, whole
from explainer.stage.arcs import draw_arcs
from explainer.stage.chips import Row, draw_chip, draw_tick
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import CENTRE, SEMIBOLD, percent, width, write
from explainer.stage.motion import share

_ARCS, _BARS, _GROWING, _END = 0.3, 0.9, 0.4, 1.6  # seconds


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return three moments: the word goes, its place looks round, the bars grow."""
    return (Beat("hide", 0.0), Beat("look", _ARCS), Beat("fill", _BARS), Beat("end", _END))


def is_known(frame: Frame) -> bool:
    """Whether the answer is of the word that is hidden now."""
    return isinstance(frame.answer, Filled)


def _come(frame: Frame, time: float, at: float) -> float:
    if time < at:
        return 0.0
    return share(time, at, 0.0 if frame.reduced else _GROWING)


def draw_still(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    """Draw the chips, the hidden one as a question mark, and what the grammar leaves."""
    t, body, row = layout.room.type, layout.body, layout.row
    assert row is not None
    hidden = frame.answer.place if is_known(frame) else None
    said = words.CLICK_TO_HIDE if hidden is None else words.HIDES
    head = QRectF(body.x(), body.y(), body.width(), 24 * t)
    write(painter, head, frame.say(said, n=(hidden or 0) + 1), 16 * t, colours.muted)
    chips = source_chips(frame.knobs)
    texts = tuple(words.HIDDEN if place == hidden else text for place, text in enumerate(row.texts))
    shown = Row(texts, row.rects, row.px, row.joined)
    for place in range(len(texts)):
        lit = place == hidden or frame.hover == ("word", place)
        unknown = place < len(chips) and not chips[place].is_known
        draw_chip(painter, shown, place, colours, lit=lit, unknown=unknown)
    if hidden is not None:
        _draw_panel(painter, layout, frame, colours)


def _columns(layout: FamilyLayout) -> tuple[QRectF, QRectF]:
    """Return where the bars lie, and what is said beside them."""
    inner = layout.panel.adjusted(20, 14, -20, -14)
    bars = QRectF(inner.x(), inner.y(), inner.width() * 0.56, inner.height())
    left = bars.right() + 36
    return bars, QRectF(left, inner.y(), inner.right() - left, inner.height())


def _draw_panel(painter: QPainter, layout: FamilyLayout, frame: Frame, colours: Colours) -> None:
    answer: Filled = frame.answer
    t = layout.room.type
    draw_panel(painter, layout.panel, colours)
    bars, beside = _columns(layout)
    head = QRectF(bars.x(), bars.y(), bars.width(), 26 * t)
    write(painter, head, frame.say(words.FILLED_IN), 16 * t, colours.muted)
    line = QRectF(beside.x(), beside.y(), beside.width(), 26 * t)
    draw_tick(painter, QPointF(line.x() + 8, line.center().y()), 6, colours.value)
    write(painter, line.adjusted(24, 0, 0, 0), frame.say(words.FITS), 15 * t, colours.muted)
    count = len(answer.fits)
    said = words.DETERMINED if count == 1 else words.LEFT_OPEN if count else words.NO_FIT
    line.translate(0, 38 * t)
    for part in _folded(frame.say(said, count=count), 17 * t, beside.width()):
        write(painter, line, part, 17 * t, colours.ink, SEMIBOLD)
        line.translate(0, 25 * t)
    if 1 < count <= 24:
        line.translate(0, 6 * t)
        for part in _folded(", ".join(answer.fits), 16 * t, beside.width())[:4]:
            write(painter, line, part, 16 * t, colours.muted)
            line.translate(0, 24 * t)


def _folded(text: str, px: float, wide: float) -> list[str]:
    """Return a text in lines that fit."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, px, SEMIBOLD) > wide:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def draw_moving(
    painter: QPainter, layout: FamilyLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw where the hidden place looks, and the bars that grow."""
    if not is_known(frame):
        return
    answer: Filled = frame.answer
    row, t = layout.row, layout.room.type
    assert row is not None
    if answer.place >= len(row.rects):
        return
    layer = min(whole(frame.knobs, "layer", 2), len(answer.weights)) - 1
    weights = [float(w) for w in answer.weights[layer][: len(row.rects)]]
    tops = [QPointF(rect.center().x(), rect.y() - 3) for rect in row.rects]
    hues = [colours.amber if i == answer.place else colours.solid("magnitude")
            for i in range(len(tops))]  # fmt: skip
    come = _come(frame, time, _ARCS)
    draw_arcs(painter, tops[answer.place], tops, weights, hues, 82.0, come)
    if come >= 1:
        px = min(14 * t, row.px)
        for place, rect in enumerate(row.rects):
            if place != answer.place and weights[place] >= 0.1:
                box = QRectF(rect.center().x() - 40, rect.bottom() + 2, 80, 22)
                said = f"{weights[place]:.2f}"
                write(painter, box, said, px, colours.solid("magnitude"), align=CENTRE)
    bars, _ = _columns(layout)
    found = likeliest(answer.names, answer.probabilities, layout.room, answer.fits)
    lines = lines_in(bars.adjusted(0, 32 * t, 0, 0), len(found), 40 * t)
    come = _come(frame, time, _BARS)
    if come > 0:
        names = [one.name for one in found]
        draw_candidates(painter, lines, found, names, 0, 17 * t, colours, come)


def hit(layout: FamilyLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("word", place) of the chip under a point."""
    place = None if layout.row is None else layout.row.at(point)
    return () if place is None else ("word", place)


def lens(frame: Frame, time: float) -> Lens | None:
    """Return the card of the hidden word."""
    if not is_known(frame):
        return None
    answer: Filled = frame.answer
    word = answer.tokens[answer.place]
    given = float(answer.probabilities[answer.names.index(word)])
    best = answer.names[int(answer.probabilities.argmax())]
    return Lens(
        f"{frame.say(words.WAS)}: {word}",
        (
            (frame.say(words.GIVEN), percent(given)),
            (frame.say(words.FILLED_IN), best),
            (frame.say(words.HOW_MANY_FIT), str(len(answer.fits))),
        ),
        answer.weights,
        1.0,
        "magnitude",
        good=best in answer.fits if answer.fits else None,
    )
