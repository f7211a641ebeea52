"""What each of the three nets makes of one sentence."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.parallel import words
from explainer.concepts.transformer.parallel.contest import colour_of, said
from explainer.concepts.transformer.parallel.layout import ParallelLayout, named
from explainer.concepts.transformer.parallel.probe import NETS, Draft
from explainer.stage.chips import chip_row, draw_chip, draw_tick
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import RIGHT, SEMIBOLD, width, write

_MOST = 14  # words shown of a net that does not stop


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: nothing moves."""
    return (Beat("", 0.0),)


def row_rect(layout: ParallelLayout, place: int) -> QRectF:
    """Return where a net's translation lies."""
    t, body = layout.room.type, layout.body
    top = body.y() + 34 * t + 38 * t + 40
    high = (body.bottom() - top) / len(NETS)
    return QRectF(body.x(), top + place * high, body.width(), high)


def draw_still(painter: QPainter, layout: ParallelLayout, frame: Frame, colours: Colours) -> None:
    """Draw the source and the three translations, wrong words dashed."""
    t = layout.room.type
    assert layout.upper is not None
    for place in range(len(layout.upper.rects)):
        draw_chip(painter, layout.upper, place, colours)
    for place, net in enumerate(NETS):
        rect, draft = row_rect(layout, place), frame.answer.drafts[place]
        name = frame.say(words.NETS[net])
        painter.fillRect(QRectF(rect.x(), rect.y() + 4, 4, 26 * t), colour_of(net, colours))
        line = QRectF(rect.x() + 14, rect.y() + 4, rect.width() - 14, 26 * t)
        write(painter, line, name, 18 * t, colours.ink, SEMIBOLD)
        if draft.is_right:
            x = rect.x() + 34 + width(name, 18 * t, SEMIBOLD)
            draw_tick(painter, QPointF(x, line.center().y()), 8 * t, colours.value)
        now = f"{frame.say(words.EXACT)}  {said(frame, net)[1]}"
        share = QRectF(line.center().x(), line.y(), line.width() / 2, line.height())
        write(painter, share, now, 15 * t, colours.muted, align=RIGHT)
        _draw_words(painter, layout, draft, rect, frame, colours)


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
    line = QRectF(rect.x() + 14, rect.y() + 44 * t, rect.width() - 14, high)
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
            return Lens(frame.say(words.NETS[net]), (("", draft.text),), good=draft.is_right)
    return None
