"""A drawing from the pad: made thin, and drawn out at every movement of the pen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.digit_pieces import draw_one, draw_probabilities, heading
from explainer.concepts.gan.uses import words
from explainer.concepts.gan.uses.layout import UsesLayout
from explainer.concepts.gan.uses.probe import Drawn, DrawPad
from explainer.engine.strokes import centre
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import image
from explainer.stage.lettering import CENTRE, write
from explainer.stage.view import Keep

ANSWER = Drawn


def request(frame: Frame) -> DrawPad | None:
    """Ask for the drawing's picture; nothing on an empty pad."""
    found = centre(frame.drawing)
    return None if found is None else DrawPad(found.image)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: the pen is what moves."""
    return (Beat("", 0.0),)


def areas(layout: UsesLayout) -> tuple[QRectF, QRectF, QRectF]:
    """Return where the thin sketch, its picture and the probabilities lie."""
    body, t, pad = layout.body, layout.room.type, layout.pad
    left = pad.right() + 56
    wide = body.right() - left
    side = min((wide - 56) / 2, pad.height())
    sketch = QRectF(left, pad.y(), side, side)
    picture = QRectF(left + side + 56, pad.y(), side, side)
    top = sketch.bottom() + layout.head + 14 * min(t, 1.2)
    return sketch, picture, QRectF(left, top, 2 * side + 56, body.bottom() - top)


def draw_still(painter: QPainter, layout: UsesLayout, frame: Frame, colours: Colours) -> None:
    """Draw the paper with its ink, the sketch, the picture, and what is read in both."""
    t, body = layout.room.type, layout.body
    small = min(t, 1.35)
    pad = layout.pad
    sketch, picture, chances = areas(layout)
    head = QRectF(pad.x(), body.y(), pad.width() - 100, layout.head)
    heading(painter, head, frame.say(words.YOUR_SKETCH), colours, small)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(pad, image(frame.drawing, 1.0, "image", colours))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1.5))
    painter.drawRoundedRect(pad, 4, 4)
    for rect, text in ((sketch, words.THINNED), (picture, words.DRAWN_OUT)):
        heading(painter, QRectF(rect.x(), body.y(), rect.width(), layout.head), frame.say(text),
                colours, small)  # fmt: skip
        painter.setBrush(colours.surface)
        painter.setPen(QPen(colours.line, 1.2))
        painter.drawRoundedRect(rect, 4, 4)
    answer = frame.answer
    if not isinstance(answer, Drawn) or not frame.drawing.any():
        box = pad.adjusted(16, 0, -16, 0)
        write(painter, box, frame.say(words.EMPTY), 17 * small, colours.muted, align=CENTRE)
        return
    draw_one(painter, sketch, answer.sketches[0], colours.ribbon, colours)
    draw_one(painter, picture, answer.pictures[0], colours.generator, colours)
    for rect, values in ((sketch, answer.read_sketches[0]), (picture, answer.read_pictures[0])):
        box = QRectF(rect.x(), chances.y(), rect.width(), chances.height())
        title = QRectF(box.x(), box.y() - layout.head, box.width(), layout.head)
        write(painter, title, frame.say(words.READS), 15 * small, colours.muted)
        draw_probabilities(painter, box, values, colours, small)
    y = sketch.center().y()
    painter.setPen(QPen(colours.faint, 2.5))
    for left, right in ((pad, sketch), (sketch, picture)):
        painter.drawLine(QPointF(left.right() + 12, y), QPointF(right.x() - 12, y))


def draw_moving(
    painter: QPainter,
    layout: UsesLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw nothing: the pen moves the still part."""


def hit(layout: UsesLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return nothing: there is nothing to go into."""
    return ()


def pick(frame: Frame, target: Target) -> Pick:
    """Choose nothing: there is nothing to go into."""
    return Pick(selection=())


def lens(frame: Frame) -> Lens | None:
    """Return no card."""
    return None
