"""Samples at moments of training, one under the other: from noise to words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.own_text import words
from explainer.concepts.transformer.own_text.layout import OwnTextLayout
from explainer.concepts.transformer.own_text.paragraph import paragraph
from explainer.concepts.transformer.own_text.probe import Draft
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, percent, write

_RUNGS = 6


@dataclass(frozen=True, slots=True)
class Rung:
    """A sample of the net as it was.

    Parameters
    ----------
    step : int
        The training step.
    draft : Draft
    """

    step: int
    draft: Draft


def rungs(frame: Frame, most: int = _RUNGS) -> tuple[Rung, ...]:
    """Return samples from the first frame of the film to the one on the stage, evenly by √step."""
    step = 0 if frame.film is None else frame.film.step
    known = [Rung(at, drafts[0]) for at, drafts in frame.along or () if at <= step and drafts]
    if len(known) <= most:
        return tuple(known)
    chosen = {}
    for place in range(most):
        wanted = (known[-1].step ** 0.5) * place / (most - 1)
        nearest = min(known, key=lambda rung: abs(rung.step**0.5 - wanted))
        chosen[nearest.step] = nearest
    return tuple(chosen[at] for at in sorted(chosen))


def is_behind(frame: Frame) -> bool:
    """Whether what the net writes where the film stands is not known yet."""
    return frame.film is not None and frame.film.step not in {at for at, _ in frame.along or ()}


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: here training is what moves."""
    return (Beat("", 0.0),)


def row_rect(layout: OwnTextLayout, place: int) -> QRectF:
    """Return where a sample lies."""
    body, t = layout.body, layout.room.type
    top, foot = body.y() + 40 * t, 34 * t
    high = (body.height() - 40 * t - foot) / _RUNGS
    return QRectF(body.x(), top + place * high, body.width(), high)


def draw_still(painter: QPainter, layout: OwnTextLayout, frame: Frame, colours: Colours) -> None:
    """Draw the samples, the newest in amber."""
    body, t = layout.body, layout.room.type
    head = QRectF(body.x(), body.y() - 4, body.width(), 28 * t)
    write(painter, head, frame.say(words.SAMPLES), 18 * t, colours.ink, SEMIBOLD)
    foot = QRectF(body.x(), body.bottom() - 26 * t, body.width(), 24 * t)
    write(painter, foot, frame.say(words.BROKEN), 14 * t, colours.muted)
    waits = is_behind(frame)
    shown = rungs(frame, _RUNGS - waits)
    if waits:
        row = row_rect(layout, len(shown)).adjusted(0, 8, 0, -4)
        label = QRectF(row.x(), row.y(), 104 * t, 26 * t)
        assert frame.film is not None
        said = frame.say(words.STEP_AT, step=number(frame.film.step, 0))
        write(painter, label, said, 15 * t, colours.amber_text, SEMIBOLD, RIGHT)
        line = QRectF(row.x() + 128 * t, row.y(), row.width() - 128 * t, 26 * t)
        write(painter, line, frame.say(words.WRITING), 17 * t, colours.muted)
    for place, rung in enumerate(shown):
        rect, is_now = row_rect(layout, place), place == len(shown) - 1 and not waits
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(rect.topLeft(), rect.topRight())
        ink = colours.amber_text if is_now else colours.muted
        label = QRectF(rect.x(), rect.y() + 8, 104 * t, 26 * t)
        said = frame.say(words.STEP_AT, step=number(rung.step, 0))
        write(painter, label, said, 15 * t, ink, SEMIBOLD, RIGHT)
        box = rect.adjusted(128 * t, 8, 0, -4)
        px = 19 * t
        for stretch in paragraph([rung.draft.text], box, px):
            write(painter, stretch.rect.adjusted(0, 0, 4, 0), stretch.text, px, colours.ink)


def draw_moving(
    painter: QPainter, layout: OwnTextLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw nothing: a sample is there at once."""


def hit(layout: OwnTextLayout, frame: Frame, point: QPointF) -> Target:
    """Return ("step", training step) of the sample under a point."""
    for place, rung in enumerate(rungs(frame, _RUNGS - is_behind(frame))):
        if row_rect(layout, place).contains(point):
            return ("step", rung.step)
    return ()


def lens(frame: Frame, time: float) -> Lens | None:
    """Return how likely the net thought the tokens it wrote."""
    shown = rungs(frame, _RUNGS - is_behind(frame))
    if not shown:
        return None
    wanted = frame.hover[1] if frame.hover[:1] == ("step",) else shown[-1].step
    rung = next((rung for rung in shown if rung.step == wanted), shown[-1])
    mean = sum(rung.draft.probabilities) / len(rung.draft.probabilities)
    rows = ((frame.say(words.MEAN), percent(mean)),)
    return Lens(frame.say(words.STEP_AT, step=number(rung.step, 0)), rows)
