"""What differs between the two sides, and what is set otherwise than in a paper."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.side_by_side import words
from explainer.concepts.gan.side_by_side.layout import DuelLayout, focus
from explainer.concepts.gan.side_by_side.settings import OWN, SHARED, SIDES
from explainer.lesson import Value
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import CENTRE, LEFT, RIGHT, SEMIBOLD, write
from explainer.stage.wrapping import wrapped, write_wrapped

_NUMBER = 0.27  # share of the column for a number
_HEADED, _LINE, _NOTE = 31.0, 25.0, 20.0


def differing(frame: Frame) -> tuple[tuple[str, Value, Value], ...]:
    """Return (setting, left, right) of all that differs."""
    knobs = frame.knobs
    pairs = ((name, knobs[f"{name}_left"], knobs[f"{name}_right"]) for name in OWN)
    return tuple((name, left, right) for name, left, right in pairs if left != right)


def plain(frame: Frame, value: Value) -> str:
    """Return a setting as it is written."""
    if isinstance(value, str):
        return frame.say(words.LOSS[value])
    return f"{value:.4g}"


def notes(frame: Frame) -> tuple[str, ...]:
    """Return what is set otherwise than in the paper of a loss in force, a line each."""
    knobs = frame.knobs
    critics = [side for side in SIDES if knobs[f"loss_{side}"] == "wgan-gp"]
    if not critics or focus(frame) == "own":
        return ()
    found = []
    if knobs["r1_left"] == knobs["r1_right"]:
        found.append(frame.say(words.R1_BOTH, r1=plain(frame, knobs["r1_left"])))
    side = critics[-1]
    found.append(frame.say(words.LAMBDA_IS, penalty=plain(frame, knobs[f"penalty_{side}"])))
    updates = int(knobs[f"discriminator_steps_{side}"])  # type: ignore[call-overload]
    text = words.CRITIC_ONCE if updates == 1 else words.CRITIC_UPDATES
    found.append(frame.say(text, count=updates))
    return tuple(found)


def height_of_differences(layout: DuelLayout, frame: Frame) -> float:
    """Return where the table of what differs ends."""
    t, centre = layout.room.type, layout.centre
    found = differing(frame)
    if not found:
        lines = len(wrapped(_nothing(frame), 15 * t, centre.width()))
        return centre.y() + _HEADED * t + 1.4 * 15 * t * lines + 10 * t
    lines_of = sum(1.8 if name == "loss" else 1.0 for name, _, _ in found)
    return centre.y() + _HEADED * t + (lines_of * _LINE + len(notes(frame)) * _NOTE) * t + 12 * t


def _nothing(frame: Frame) -> str:
    return frame.say(words.NOTHING_DIFFERS, count=len(OWN) + len(SHARED))


def draw_differences(painter: QPainter, layout: DuelLayout, frame: Frame, colours: Colours) -> None:
    """Draw the table of what differs."""
    t, centre = layout.room.type, layout.centre
    px, line = 15 * t, _LINE * t
    head = QRectF(centre.x(), centre.y(), centre.width(), 26 * t)
    write(painter, head, frame.say(words.DIFFERS), 17 * t, colours.ink, SEMIBOLD, CENTRE)
    y = centre.y() + _HEADED * t
    found = differing(frame)
    if not found:
        box = QRectF(centre.x(), y, centre.width(), 4 * line)
        write_wrapped(painter, box, _nothing(frame), px, colours.muted, align=CENTRE)
    for name, left, right in found:
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(centre.x(), y), QPointF(centre.right(), y))
        side = _NUMBER * centre.width()
        inner = QRectF(centre.x(), y, centre.width(), line)
        if name == "loss":  # its values are words: they take a line of their own
            side, y = centre.width() / 2, y + 0.8 * line
        else:
            inner.adjust(side, 0, -side, 0)
        write(painter, inner, frame.say(words.SETTING[name]), px, colours.muted, align=CENTRE)
        ends = ((centre.x(), left, LEFT), (centre.right() - side + 6, right, RIGHT))
        for x, value, align in ends:
            rect = QRectF(x, y, side - 6, line)
            write(painter, rect, plain(frame, value), px, colours.ink, SEMIBOLD, align)
        y += line
    for said in notes(frame):
        box = QRectF(centre.x(), y + 2, centre.width(), _NOTE * t)
        write(painter, box, said, 14 * t, colours.muted, align=CENTRE)
        y += _NOTE * t
