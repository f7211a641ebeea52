"""Is what was filled in read rightly? A hundred digits, beside what needs no generator."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.gan.digit_pieces import draw_tiles, frames, heading, said_small, tiles
from explainer.concepts.gan.uses import words
from explainer.concepts.gan.uses.layout import UsesLayout, whole
from explainer.concepts.gan.uses.probe import COUNT_STEPS, Count, Counted
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import cell
from explainer.stage.lettering import RIGHT, SEMIBOLD, percent, width, write
from explainer.stage.view import Keep

ANSWER = Counted


def request(frame: Frame) -> Count:
    """Ask for the count with the hole where it is."""
    return Count(whole(frame, "x", 14), whole(frame, "y", 8), whole(frame, "side", 12))


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: the search itself is what moves."""
    return (Beat("", 0.0),)


def draw_still(painter: QPainter, layout: UsesLayout, frame: Frame, colours: Colours) -> None:
    """Draw four rows of examples, one a kind, each with the share that is read rightly."""
    answer, t = frame.answer, layout.room.type
    small = min(t, 1.35)
    body, across = layout.body, 6 if layout.room.large else 8
    top = body.y() + layout.head + 6
    bar_wide = 0.25 * body.width()
    names = max(width(frame.say(text), 16 * small) for text in words.KINDS) + 20
    names = min(names, 0.24 * body.width())
    pictures_wide = body.width() - names - bar_wide - 30
    pitch = (body.bottom() - 34 * t - top) / 4
    side = min(pictures_wide / across, pitch - 16)
    head = QRectF(body.x() + names, body.y(), side * across, layout.head)
    heading(painter, head, frame.say(words.OF_100, n=answer.step, of=COUNT_STEPS), colours, small,
            16)  # fmt: skip
    left = body.right() - bar_wide
    heading(painter, QRectF(left, body.y(), bar_wide, layout.head), frame.say(words.READ_RIGHT),
            colours, small, 16)  # fmt: skip
    kinds = (answer.originals, answer.holed, answer.averaged, answer.filled)
    for row, (text, images, right) in enumerate(zip(words.KINDS, kinds, answer.right, strict=True)):
        y = top + row * pitch
        is_ours = row == 3
        name = QRectF(body.x(), y, names - 12, side)
        write(painter, name, frame.say(text), 16 * small, colours.ink if is_ours else colours.muted,
              SEMIBOLD)  # fmt: skip
        rect = QRectF(body.x() + names, y, side * across, side)
        draw_tiles(painter, rect, tiles(images[:across].astype(np.float32), across, colours))
        wrong = [cell(rect, 0, i, 1, across) for i in range(across) if not right[i]]
        frames(painter, wrong, colours.wrong, 2.2)
        share = float(right.mean())
        bar = QRectF(left, y + 0.28 * side, bar_wide - width("100 %", 24 * small) - 14, 0.44 * side)
        painter.fillRect(bar, colours.line)
        colour = (colours.real, colours.ribbon, colours.ribbon, colours.generator)[row]
        painter.fillRect(QRectF(bar.x(), bar.y(), share * bar.width(), bar.height()), colour)
        said = QRectF(bar.right(), y, body.right() - bar.right(), side)
        write(painter, said, percent(share, 0), 24 * small, colours.ink, SEMIBOLD, RIGHT)
    foot = QRectF(body.x() + names, body.bottom() - 28 * t, body.width() - names, 26 * t)
    said_small(painter, foot, frame.say(words.WRONG_FRAMED), colours, t)


def draw_moving(
    painter: QPainter,
    layout: UsesLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw nothing: the search moves the still part."""


def hit(layout: UsesLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return nothing: there is nothing to go into."""
    return ()


def pick(frame: Frame, target: Target) -> Pick:
    """Choose nothing: there is nothing to go into."""
    return Pick(selection=())


def lens(frame: Frame) -> Lens | None:
    """Return no card."""
    return None
