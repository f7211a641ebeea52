"""What is measured of both sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.gan.side_by_side import words
from explainer.concepts.gan.side_by_side.layout import DuelLayout, focus
from explainer.concepts.gan.side_by_side.probe import Comparison, Side
from explainer.concepts.gan.side_by_side.settings import SIDES
from explainer.lesson import Text
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame
from explainer.stage.lettering import (
    CENTRE,
    LEFT,
    RIGHT,
    SEMIBOLD,
    number,
    percent,
    write,
)
from explainer.stage.wrapping import wrapped, write_wrapped

# What each focus measures, from the top.
ROWS = {
    "same": ("weights", "fakes", "verdicts", "modes", "distance"),
    "critic": ("gap", "steepness", "modes", "distance"),
    "calm": ("distance", "steepness", "gap", "modes"),
    "pull": ("minimax", "non-saturating", "accuracy", "modes"),
    "modes": ("modes", "quality", "distance", "accuracy"),
    "own": ("modes", "quality", "distance", "accuracy"),
}
_NUMBER = 0.27  # share of the column for a number
_LEAST, _MOST = 44.0, 92.0  # height of a row
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of both sides.

    Parameters
    ----------
    name : Text
    values : (float, float)
        Left and right.
    written : (str, str)
    wanted : float or None
        What a perfect generator, or the loss, would have here.
    most : float
        What a full bar stands for.
    actor : str
        Whose it is: the role of its colour.
    """

    name: Text
    values: tuple[float, float]
    written: tuple[str, str]
    wanted: float | None
    most: float
    actor: str


def rows(frame: Frame) -> tuple[Row, ...]:
    """Return what the step measures, of what the shape allows."""
    answer: Comparison = frame.answer
    found = (_row(answer, key) for key in ROWS[focus(frame)] if key not in words.APART)
    return tuple(row for row in found if row is not None)


def _row(answer: Comparison, key: str) -> Row | None:
    sides = tuple(answer.of(side) for side in SIDES)
    standing = tuple(side.standing for side in sides)
    one = standing[0]
    name = words.MEASURE[key]
    if key in ("modes", "quality"):
        if one.coverage is None or one.ideal is None:
            return None
        if key == "modes":
            count = len(one.coverage.covered)
            covered = [float(s.coverage.covered.sum()) for s in standing if s.coverage]
            said = [f"{value:.0f} / {count}" for value in covered]
            return _made(name, covered, said, float(count), float(count), "real")
        shares = [s.coverage.high_quality for s in standing if s.coverage]
        written = [percent(share, 0) for share in shares]
        return _made(name, shares, written, one.ideal.high_quality, 1.0, "generator")
    if key == "accuracy":
        right = [s.accuracy for s in standing]
        return _made(name, right, [percent(v, 0) for v in right], 0.5, 1.0, "discriminator")
    values, wanted, actor = _lengths(sides, key)
    most = max([abs(v) for v in (*values, wanted or 0.0) if np.isfinite(v)] + [1e-9])
    return _made(name, values, [_short(v) for v in values], wanted, most, actor)


def _lengths(sides: tuple[Side, ...], key: str) -> tuple[list[float], float | None, str]:
    if key == "distance":
        found = [s.standing.distance for s in sides]
        distances = [float("nan") if v is None else v for v in found]
        return distances, sides[0].standing.floor, "generator"
    if key == "gap":
        return [s.gap for s in sides], None, "discriminator"
    if key == "steepness":
        asked = any(s.settings.loss == "wgan-gp" for s in sides)
        return [float(s.steepness.mean()) for s in sides], 1.0 if asked else None, "discriminator"
    return [s.pulls[key] for s in sides], None, "gradient"  # type: ignore[index]


def _made(
    name: Text,
    values: list[float],
    written: list[str],
    wanted: float | None,
    most: float,
    actor: str,
) -> Row:
    return Row(name, (values[0], values[1]), (written[0], written[1]), wanted, most, actor)


def _short(value: float) -> str:
    """Return a length with about three figures."""
    if not np.isfinite(value):
        return words.DASH
    if value == 0 or abs(value) >= 0.0005:
        return number(value, 1 if abs(value) >= 10 else 3)
    head, power = f"{value:.0e}".split("e")
    return f"{head}·10{str(int(power)).translate(_RAISED)}"


def draw_same(painter: QPainter, rect: QRectF, frame: Frame, colours: Colours, t: float) -> float:
    """Draw how far the two are apart; returns where it ends."""
    answer: Comparison = frame.answer
    found = {
        "weights": answer.weights_apart,
        "fakes": answer.fakes_apart,
        "verdicts": answer.verdicts_apart,
    }
    same = not any(found.values())
    hue = colours.real if same else colours.wrong
    high = 13 * t + 64 * t * len(found) + 34 * t
    card = QRectF(rect.x(), rect.y(), rect.width(), high)
    painter.setPen(QPen(hue, 1.6))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(card, 10, 10)
    y = card.y() + 10 * t
    for key, value in found.items():
        label = frame.say(words.APART[key])
        box = QRectF(card.x() + 12, y, card.width() - 24, 20 * t)
        write(painter, box, label, 14 * t, colours.muted, align=CENTRE)
        figure = QRectF(card.x() + 12, y + 20 * t, card.width() - 24, 36 * t)
        said = "0" if value == 0 else _short(value)
        write(painter, figure, said, 28 * t, hue, SEMIBOLD, CENTRE)
        y += 64 * t
    verdict = frame.say(words.SAME_TO_THE_BIT if same else words.APART_NOW)
    box = QRectF(card.x() + 12, y, card.width() - 24, 26 * t)
    write(painter, box, verdict, 16 * t, hue, SEMIBOLD, CENTRE)
    return card.bottom() + 12 * t


def draw_rows(
    painter: QPainter,
    layout: DuelLayout,
    frame: Frame,
    top: float,
    grown: float,
    colours: Colours,
) -> None:
    """Draw every measure as two bars that leave the middle, A's to the left, B's to the right."""
    t, centre = layout.room.type, layout.centre
    found = rows(frame)
    tick = any(row.wanted is not None for row in found)
    foot = (22 * t if tick else 0) + 44 * t
    room = (centre.bottom() - foot - top) / max(len(found), 1)
    each = min(_MOST * t, max(_LEAST * t, room))
    for place, row in enumerate(found):
        rect = QRectF(centre.x(), top + place * each, centre.width(), each)
        _draw_row(painter, rect, row, frame, grown, colours, t)
    bottom = top + len(found) * each
    if tick:
        asks = focus(frame) == "critic"
        box = QRectF(centre.x(), bottom, centre.width(), 20 * t)
        said = frame.say(words.TICK)
        if asks and any(frame.knobs[f"loss_{side}"] == "wgan-gp" for side in SIDES):
            said = f"{said}; |∇D| = 1"
        write(painter, box, said, 13.5 * t, colours.muted, align=CENTRE)
        bottom += 22 * t
    lines = wrapped(frame.say(words.ALL_ELSE), 13.5 * t, centre.width())
    high = min(1.4 * 13.5 * t * len(lines) + 2, centre.bottom() - bottom)
    box = QRectF(centre.x(), centre.bottom() - high, centre.width(), high)
    if high > 30:
        write_wrapped(painter, box, frame.say(words.ALL_ELSE), 13.5 * t, colours.muted,
                      align=CENTRE)  # fmt: skip


def _draw_row(
    painter: QPainter,
    rect: QRectF,
    row: Row,
    frame: Frame,
    grown: float,
    colours: Colours,
    t: float,
) -> None:
    name = QRectF(rect.x(), rect.y(), rect.width(), 21 * t)
    write(painter, name, frame.say(row.name), 15 * t, colours.muted, align=CENTRE)
    hue: QColor = getattr(colours, row.actor)
    middle, side = rect.center().x(), _NUMBER * rect.width()
    reach = rect.width() / 2 - side - 6
    y, high = rect.y() + 26 * t, min(0.3 * rect.height(), rect.height() - 32 * t)
    for sign, value, said in zip((-1, 1), row.values, row.written, strict=True):
        full = QRectF(middle + 3 if sign > 0 else middle - 3 - reach, y, reach, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.over(colours.line, 0.7))
        painter.drawRoundedRect(full, 3, 3)
        share = min(max(abs(value) / row.most, 0.0), 1.0) if np.isfinite(value) else 0.0
        long = max(share * reach * grown, 1.5)
        bar = QRectF(full.x() if sign > 0 else full.right() - long, y, long, high)
        painter.setBrush(hue)
        painter.drawRoundedRect(bar, 3, 3)
        if row.wanted is not None:
            x = middle + sign * (3 + min(row.wanted / row.most, 1.0) * reach)
            pen = QPen(colours.ink, 1.6)
            pen.setDashPattern([2.5, 1.5])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + high + 4))
        box = QRectF(rect.right() - side if sign > 0 else rect.x(), y - 5 * t, side, high + 10 * t)
        align = RIGHT if sign > 0 else LEFT
        write(painter, box, said, 19 * t, colours.ink, SEMIBOLD, align)
