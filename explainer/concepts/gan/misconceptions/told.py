"""What is written on a card: the claim, the choice, what was measured, the answer."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.gan.misconceptions import words
from explainer.concepts.gan.misconceptions.closing import closing
from explainer.concepts.gan.misconceptions.deeds import JUDGED
from explainer.concepts.gan.misconceptions.layout import CardLayout, card_of, levels
from explainer.concepts.gan.misconceptions.seen import Trial
from explainer.concepts.gan.misconceptions.state import (
    amount,
    guess,
    is_answered,
    is_done,
    was_right,
)
from explainer.stage.chips import draw_pill
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Frame
from explainer.stage.lettering import CENTRE, RIGHT, SEMIBOLD, number, percent, width, write
from explainer.stage.smoothing import running_mean
from explainer.stage.wrapping import LINE, wrapped, write_wrapped

# What each card's table holds, from the top, and whose each figure is.
ROWS = {
    "real": ("discriminator_loss", "generator_loss", "gradient", "gradient_apart", "unused"),
    "frozen": ("generator_loss", "distance", "modes", "off", "judge_apart"),
    "judge": ("accuracy", "pull", "other_pull"),
    "zero": ("discriminator_loss", "generator_loss", "accuracy"),
    "half": ("accuracy", "discriminator_loss", "generator_loss"),
    "memorise": ("nearest", "nearer"),
    "collapse": ("discriminator_loss", "generator_loss", "modes", "distance"),
    "rounds": ("distance", "modes", "floor"),
}
_OF = {
    "discriminator_loss": "discriminator",
    "judge_apart": "discriminator",
    "accuracy": "discriminator",
    "generator_loss": "generator",
    "gradient": "gradient",
    "gradient_apart": "gradient",
    "pull": "gradient",
    "other_pull": "gradient",
}
# Cards whose two columns are two sides, both seen from the start.
PAIRED = ("collapse", "rounds")
_HIDDEN = ("modes", "distance")  # what would give the collapsed side away
_MEAN = 50
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def written(frame: Frame, key: str, value: float) -> str:
    """Return a figure as it stands in the table."""
    if key == "unused":
        return frame.say(words.NO_PATH) if value else "✓"
    if key in ("accuracy", "nearer", "off"):
        return percent(value, 0)
    if key == "modes":
        return number(value, 0)
    return length(value)


def length(value: float) -> str:
    """Return a figure with three decimals, a power of ten where it is less, 0 where it is 0."""
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    if abs(value) < 0.0005:
        head, power = f"{value:.0e}".split("e")
        return f"{head}·10{str(int(power)).translate(_RAISED)}"
    return number(value, 3 if abs(value) < 10 else 1)


def figures(frame: Frame) -> dict[str, tuple[float, float]]:
    """Return what was measured, of both sides' losses as the film has them."""
    answer: Trial = frame.answer
    found = dict(answer.figures)
    if card_of(frame) == "collapse" and frame.film is not None:
        for actor in ("discriminator", "generator"):
            values = [_mean_loss(frame, f"{actor}_loss_{side}") for side in ("left", "right")]
            found[f"{actor}_loss"] = (values[0], values[1])
    return found


def _mean_loss(frame: Frame, name: str) -> float:
    steps, values = running_mean(*frame.film.curve(name), _MEAN)
    place = int(np.searchsorted(steps, frame.film.step, "right")) - 1
    return float(values[place]) if place >= 0 else float("nan")


def draw_card(painter: QPainter, layout: CardLayout, frame: Frame, colours: Colours) -> None:
    """Draw the claim, both choices, and the pills with which it is tried."""
    t = layout.room.type
    painter.setPen(QPen(colours.line, 1.4))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(layout.card, 12, 12)
    said = f"“{frame.say(words.SAID[card_of(frame)])}”"
    write(painter, layout.said, said, 23 * min(t, 1.3), colours.ink, SEMIBOLD)
    names = {"true": words.TRUE, "false": words.FALSE}
    for key, rect in layout.guesses:
        chosen = guess(frame) == key
        lit = chosen or frame.hover == ("guess", key)
        _draw_choice(painter, rect, frame.say(names[key]), 18 * t, colours, lit, chosen)
    ready = guess(frame) != "none"
    head = words.DO_IT if ready else words.GUESS_FIRST
    ink = colours.ink if ready else colours.amber_text
    write(painter, layout.deed, frame.say(head), 17 * t, ink, SEMIBOLD)
    for (value, rect), (_, text) in zip(layout.pills, levels(frame), strict=True):
        lit = ready and (amount(frame) == value or frame.hover == ("do", value))
        if not ready:
            painter.setPen(QPen(colours.line, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
            inner = rect.adjusted(8, 0, -8, 0)
            write(painter, inner, frame.say(text), 15.5 * t, colours.muted, align=CENTRE)
        else:
            draw_pill(painter, rect, frame.say(text), 15.5 * t, colours, lit)


def _draw_choice(
    painter: QPainter,
    rect: QRectF,
    text: str,
    px: float,
    colours: Colours,
    lit: bool,
    chosen: bool,
) -> None:
    painter.setPen(QPen(colours.amber if lit else colours.faint, 2.2 if chosen else 1.4))
    painter.setBrush(colours.amber_soft if lit else colours.surface)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    write(painter, rect, text, px, colours.ink, SEMIBOLD, CENTRE)


def draw_table(
    painter: QPainter, layout: CardLayout, frame: Frame, told: float, colours: Colours
) -> None:
    """Draw the figures before and after; what is after comes with `told`, 0..1."""
    card, t, table = card_of(frame), layout.room.type, layout.table
    heads = words.HEADS.get(card, (words.BEFORE, words.AFTER))
    rows, found = ROWS[card], figures(frame)
    head = 26 * t
    each = min(72 * t, (table.height() - head) / len(rows))
    columns = _columns(table)
    for column, text in zip(columns, heads, strict=True):
        box = QRectF(column.x(), table.y(), column.width(), head)
        write(painter, box, frame.say(text), 14.5 * t, colours.muted, align=RIGHT)
    for place, key in enumerate(rows):
        y = table.y() + head + place * each
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(table.x(), y), QPointF(table.right(), y))
        name = QRectF(table.x(), y, columns[0].x() - table.x() - 8, each)
        lines = wrapped(frame.say(words.FIGURE[key]), 15 * t, name.width())
        high = min(len(lines) * LINE * 15 * t, each)
        box = QRectF(name.x(), y + (each - high) / 2, name.width(), high)
        write_wrapped(painter, box, frame.say(words.FIGURE[key]), 15 * t, colours.muted)
        hue: QColor = getattr(colours, _OF.get(key, "ink"))
        for column, value, is_after in zip(columns, found[key], (False, True), strict=True):
            said = _said(frame, key, value, is_after)
            comes = is_after and card not in PAIRED and is_done(frame) and told < 1
            ink = fade(hue, told) if comes else hue
            px = (21 if is_after else 18) * t
            box = QRectF(column.x(), y, column.width(), each)
            write(painter, box, said, px, ink, SEMIBOLD, RIGHT)


def _said(frame: Frame, key: str, value: float, is_after: bool) -> str:
    """Return a figure; a question mark where it is not to be seen yet."""
    if card_of(frame) == "collapse":
        return "?" if key in _HIDDEN and not is_done(frame) else written(frame, key, value)
    if card_of(frame) == "rounds":
        return written(frame, key, value)
    return "?" if is_after and not is_done(frame) else written(frame, key, value)


def _columns(table: QRectF) -> tuple[QRectF, QRectF]:
    wide = 0.235 * table.width()
    return (
        QRectF(table.right() - 2 * wide, table.y(), wide - 8, table.height()),
        QRectF(table.right() - wide, table.y(), wide, table.height()),
    )


def verdict(frame: Frame) -> str:
    """Return the answer with what was measured."""
    card, found = card_of(frame), figures(frame)

    def say(key: str, side: int) -> str:
        return written(frame, key, found[key][side])

    match card:
        case "real":
            judge, generator = (
                length(abs(found[f"{who}_loss"][1] - found[f"{who}_loss"][0]))
                for who in ("discriminator", "generator")
            )
            values = {"judge": judge, "generator": generator, "apart": say("gradient_apart", 1)}
        case "frozen":
            values = {
                "still": say("judge_apart", 1),
                "loss": say("generator_loss", 0),
                "now": say("generator_loss", 1),
                "distance": say("distance", 0),
                "far": say("distance", 1),
            }
        case "judge":
            values = {"right": say("accuracy", 1), "pull": say("pull", 0), "now": say("pull", 1)}
        case "zero":
            values = {"judge": say("discriminator_loss", 1), "generator": say("generator_loss", 1)}
        case "half":
            values = {"updates": str(JUDGED), "right": say("accuracy", 1)}
        case "memorise":
            values = {"fakes": say("nearest", 1), "real": say("nearest", 0)}
        case "collapse":
            values = {
                "left": say("generator_loss", 0),
                "right": say("generator_loss", 1),
                "modes": say("modes", 0),
                "few": say("modes", 1),
            }
        case _:
            values = _rounds(frame)
    measured = frame.say(words.VERDICT[card], **values)
    last = closing(card, _course(frame) if card == "rounds" else found)
    return measured if last is None else f"{measured} {frame.say(last)}"


def _course(frame: Frame) -> dict[str, tuple[float, float]]:
    """Return the best distance there was and the last one, of both sides."""
    found = {}
    for name, side in (("with", "left"), ("without", "right")):
        _, values = frame.film.curve(f"sliced_wasserstein_{side}")
        found[name] = (float(np.min(values)), float(values[-1]))
    return found


def _rounds(frame: Frame) -> dict[str, str]:
    steps, values = frame.film.curve("sliced_wasserstein_right")
    _, others = frame.film.curve("sliced_wasserstein_left")
    best = int(np.argmin(values))
    return {
        "best": length(float(values[best])),
        "at": f"{int(steps[best]):,}",
        "last": f"{int(steps[-1]):,}",
        "now": length(float(values[-1])),
        "other": length(float(others[-1])),
    }


def draw_verdict(
    painter: QPainter, layout: CardLayout, frame: Frame, told: float, colours: Colours
) -> None:
    """Draw the answer, or what is still to be done for it."""
    t, rect = layout.room.type, layout.verdict
    done = is_answered(frame) and is_done(frame) and told > 0
    if not done:
        pen = QPen(colours.faint, 1.4)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 10, 10)
        inner = rect.adjusted(16, 0, -16, 0)
        lines = wrapped(frame.say(words.WAITS), 16 * t, inner.width())
        high = len(lines) * LINE * 16 * t
        box = QRectF(inner.x(), rect.center().y() - high / 2, inner.width(), high)
        write_wrapped(painter, box, frame.say(words.WAITS), 16 * t, colours.muted, align=CENTRE)
        return
    truth = words.TRUTH[card_of(frame)]
    hue = colours.real if truth else colours.wrong
    painter.setPen(QPen(hue, 2))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(rect, 10, 10)
    inner = rect.adjusted(16, 8, -16, -8)
    name = frame.say(words.TRUE if truth else words.FALSE)
    line = 28 * min(t, 1.35)
    px = 21 * min(t, 1.35)
    write(painter, QRectF(inner.x(), inner.y(), inner.width(), line), name, px, hue, SEMIBOLD)
    said = frame.say(words.TRUE if guess(frame) == "true" else words.FALSE)
    reply = frame.say(words.YOU_RIGHT if was_right(frame) else words.YOU_WRONG, said=said)
    start = inner.x() + width(name, px, SEMIBOLD) + 18
    box = QRectF(start, inner.y(), inner.right() - start, line)
    write(painter, box, reply, 15 * t, colours.muted, align=RIGHT)
    rest = QRectF(inner.x(), inner.y() + line + 4, inner.width(), inner.height() - line - 4)
    write_wrapped(painter, rest, verdict(frame), 18 * t, colours.ink)
