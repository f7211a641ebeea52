"""One round in slow motion, beat by beat, with its figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.plane import words
from explainer.concepts.gan.plane.layout import GAP, PlaneLayout
from explainer.concepts.gan.plane.nets import draw_net
from explainer.concepts.gan.plane.round import Round
from explainer.concepts.gan.plane_geometry import level_line
from explainer.concepts.gan.plane_legend import draw_legend
from explainer.concepts.gan.plane_picture import (
    draw_arrows,
    draw_card,
    draw_decision,
    draw_fakes,
    draw_real,
    draw_surface,
)
from explainer.lesson import Text
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame
from explainer.stage.lettering import BOLD, CENTRE, SEMIBOLD, number, width, write
from explainer.stage.motion import share

LONG = 2.2  # seconds a beat takes
KEYS = ("forge", "judge", "judge-learns", "ask", "forger-learns", "over")
_WHOSE = ("generator", "discriminator", "discriminator", "generator", "generator", "")
# What each of the two does in a beat: G and D.
_STATES: tuple[tuple[Text, Text], ...] = (
    (words.FROZEN, words.RESTS),
    (words.FROZEN, words.RESTS),
    (words.FROZEN, words.LEARNS),
    (words.RESTS, words.FROZEN),
    (words.LEARNS, words.FROZEN),
    (words.RESTS, words.RESTS),
)


def beats(round_: Round) -> tuple[Beat, ...]:
    """Return the parts of the round that the settings have."""
    found = [Beat(KEYS[place], LONG * at) for at, place in enumerate(played(round_))]
    return (*found, Beat("end", found[-1].at + 0.6))


def played(round_: Round) -> tuple[int, ...]:
    """Return the places in `KEYS` of the beats that are played."""
    judge = (0, 1, 2) if round_.judge is not None else ()
    forger = (3, 4) if round_.forger is not None else ()
    return (*judge, *forger, 5)


def beat_at(round_: Round, time: float) -> tuple[int, float]:
    """Return which beat plays, as a place in `KEYS`, and how far it has come, 0..1."""
    beats_ = played(round_)
    at = min(int((time + 1e-6) / LONG), len(beats_) - 1)
    return beats_[at], share(time, at * LONG, 0.8 * LONG)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of the picture lie."""

    plane: QRectF
    legend: QRectF
    badges: tuple[QRectF, QRectF]
    rows: tuple[QRectF, ...]
    foot: QRectF


def places(layout: PlaneLayout) -> Places:
    """Return the plane at the left, the nets and the beats at the right."""
    body, t = layout.body, layout.room.type
    line = 24 * t
    side = min(body.height() - line - 8, 0.54 * body.width())
    y = body.y() + (body.height() - side - line - 8) / 2
    plane = QRectF(body.x(), y, side, side)
    right = QRectF(plane.right() + GAP, body.y(), 0, body.height())
    right.setRight(body.right())
    wide, high = (right.width() - 16) / 2, 60 + 26 * t
    badges = (
        QRectF(right.x(), right.y(), wide, high),
        QRectF(right.x() + wide + 16, right.y(), wide, high),
    )
    foot = QRectF(right.x(), right.bottom() - 24 * t, right.width(), 24 * t)
    top = right.y() + high + 18
    pitch = (foot.y() - 10 - top) / len(KEYS)
    rows = tuple(
        QRectF(right.x(), top + place * pitch, right.width(), pitch - 8)
        for place in range(len(KEYS))
    )
    return Places(plane, QRectF(plane.x(), plane.bottom() + 8, side, line), badges, rows, foot)


def draw_moving(
    painter: QPainter,
    layout: PlaneLayout,
    frame: Frame,
    round_: Round,
    time: float,
    colours: Colours,
) -> None:
    """Draw the round as far as it has come."""
    place, t = places(layout), layout.room.type
    now, come = beat_at(round_, time)
    _draw_plane(painter, place.plane, round_, now, come, colours)
    names = {"real": words.REAL, "fake": words.FAKE, "pull": words.PULL, "line": _half(round_)}
    entries = [(mark, frame.say(names[mark])) for mark in marks(round_, now)]
    draw_legend(painter, place.legend, entries, 14 * t, colours)
    for rect, colour, name, state in zip(
        place.badges,
        (colours.generator, colours.discriminator),
        (words.GENERATOR, words.DISCRIMINATOR),
        _STATES[now],
        strict=True,
    ):
        draw_net(painter, rect, t, frame.say(name), frame.say(state), colour, state, colours)
    shown = played(round_)
    for index, rect in enumerate(place.rows):
        is_past = index in shown and index <= now
        _draw_row(painter, rect, t, frame, round_, index, index == now, is_past, colours)
    foot = frame.say(words.ROUND, step=number(round_.step + 1, 0))
    if max(round_.updates) > 1:
        foot += " · " + frame.say(words.UPDATES, first=1, count=max(round_.updates))
    if now >= 4:
        foot += " · " + frame.say(words.SHOWN_LARGER, times=number(magnified(round_), 0))
    write(painter, place.foot, foot, 14 * t, colours.muted)


def marks(round_: Round, now: int) -> tuple[str, ...]:
    """Return what lies on the plane in a beat, as `draw_legend` names it."""
    judge, forger = round_.judge, round_.forger
    reals = judge is not None and (now <= 2 or forger is None)
    pulls = forger is not None and now in (3, 4)
    judged = judge is not None if now in (1, 2) else now >= 3
    found = (("real", reals), ("fake", True), ("pull", pulls), ("line", judged))
    return tuple(mark for mark, is_drawn in found if is_drawn)


def _half(round_: Round) -> Text:
    return words.UNDECIDED if round_.loss_name == "wgan-gp" else words.HALF


def magnified(round_: Round) -> float:
    """Return by how much the fakes' moves are drawn longer, so that one update is seen at all.

    The median move becomes a twentieth of the plane; a whole number, 1 to 200.
    """
    forger = round_.forger
    if forger is None:
        return 1.0
    moves = np.linalg.norm(forger.after - forger.fake, axis=1)
    return float(np.clip(round(0.16 / max(float(np.median(moves)), 1e-9)), 1, 200))


def _draw_plane(
    painter: QPainter, rect: QRectF, round_: Round, now: int, come: float, colours: Colours
) -> None:
    """Draw what the beat has done to the surface, the fakes and the arrows."""
    judge, forger = round_.judge, round_.forger
    draw_card(painter, rect, colours)
    surface = None
    if now in (1, 2) and judge is not None:
        learned = come if now == 2 else 0.0
        surface = judge.surface_before + learned * (judge.surface_after - judge.surface_before)
    elif now >= 3 and forger is not None:
        surface = forger.surface
    elif now >= 3 and judge is not None:
        surface = judge.surface_after
    if surface is not None:
        painter.setOpacity(come if now == 1 else 1.0)
        draw_surface(painter, rect, surface, colours)
        draw_decision(painter, rect, level_line(surface), colours.discriminator, 2.0)
        painter.setOpacity(1.0)
    if judge is not None and now <= 2:
        count = len(judge.fake) if now else max(round(come * len(judge.fake)), 1)
        draw_real(painter, rect, judge.real[:count], colours, 6)
        draw_fakes(painter, rect, judge.fake[:count], colours, 7.5)
    elif forger is not None:
        moved = come if now == 4 else float(now > 4)
        way = moved * magnified(round_) * (forger.after - forger.fake)
        draw_fakes(painter, rect, forger.fake + way, colours, 7.5)
        if now in (3, 4):
            grown = come if now == 3 else 1.0
            draw_arrows(painter, rect, forger.fake, forger.pull, colours, grown=grown, thick=1.8)
    elif judge is not None:
        draw_real(painter, rect, judge.real, colours, 6)
        draw_fakes(painter, rect, judge.fake, colours, 7.5)


def _draw_row(
    painter: QPainter,
    rect: QRectF,
    t: float,
    frame: Frame,
    round_: Round,
    index: int,
    is_now: bool,
    is_past: bool,
    colours: Colours,
) -> None:
    """Draw a beat: its number, what it does, and its figures once it has come."""
    is_played = index in played(round_)
    lit = is_now or frame.hover == ("beat", index)
    painter.setPen(QPen(colours.amber if lit else colours.line, 2.0 if is_now else 1.2))
    painter.setBrush(colours.amber_soft if is_now else colours.surface)
    painter.drawRoundedRect(rect, 10, 10)
    radius = 15 * min(t, 1.2)
    centre = QPointF(rect.x() + 14 + radius, rect.center().y())
    whose = _WHOSE[index]
    colour = colours.muted if not whose else getattr(colours, whose)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour if is_played else colours.line)
    painter.drawEllipse(centre, radius, radius)
    badge = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    write(painter, badge, str(index + 1), 15 * min(t, 1.2), colours.text_on(colour), BOLD, CENTRE)
    left = centre.x() + radius + 14
    text = QRectF(left, rect.y() + 6, rect.right() - left - 12, rect.height() - 12)
    ink = colours.ink if is_past else colours.muted
    upper = QRectF(text.x(), text.y(), text.width(), text.height() / 2)
    lower = upper.translated(0, text.height() / 2)
    said = figures(frame, round_, index) if is_past else ""
    if not is_played:
        said = frame.say(words.NOT_PLAYED)
    head = headline(frame, round_, index) if is_past else frame.say(words.BEATS[index])
    write(painter, upper if said else text, head, 16 * t, ink, SEMIBOLD)
    px = 14 * t * min(1.0, lower.width() / max(width(said, 14 * t), 1.0))
    write(painter, lower, said, px, colours.ink if is_past else colours.muted)


def headline(frame: Frame, round_: Round, index: int) -> str:
    """Return what a beat has done; of the discriminator's update, what became of its loss."""
    judge = round_.judge
    if KEYS[index] != "judge-learns" or judge is None:
        return frame.say(words.BEATS[index])
    before, after = (number(loss, 4) for loss in (judge.loss, judge.loss_after))
    if before == after:
        text = words.D_STAYS
    else:
        text = words.D_FALLS if judge.loss_after < judge.loss else words.D_RISES
    return frame.say(text, before=before, after=after)


def figures(frame: Frame, round_: Round, index: int) -> str:
    """Return the numbers of a beat, all of the nets that played it."""
    judge, forger = round_.judge, round_.forger
    if index <= 2 and judge is not None:
        if index == 0:
            return frame.say(words.BATCH_IS, count=len(judge.fake))
        if index == 1:
            loss = frame.say(words.D_LOSS_IS, loss=number(judge.loss, 3))
            return f"{loss} · {_means(frame, round_, judge.real_before, judge.fake_before)}"
        moved = frame.say(words.D_MOVED, moved=number(judge.moved, 3), still=_exact(judge.still))
        return f"{moved} · {_means(frame, round_, judge.real_after, judge.fake_after)}"
    if index in (3, 4) and forger is not None:
        if index == 3:
            pull = float(np.linalg.norm(forger.pull, axis=1).mean())
            loss = frame.say(words.G_LOSS_IS, loss=number(forger.loss, 3))
            return f"{loss} · {frame.say(words.PULL_IS, pull=number(pull, 3))}"
        return frame.say(words.G_MOVED, moved=number(forger.moved, 3), still=_exact(forger.still))
    if index == 5 and forger is not None:
        before, after = (_mean(round_, each) for each in (forger.logits, forger.logits_after))
        return frame.say(words.FOOLED_MORE, before=number(before, 4), after=number(after, 4))
    return ""


def _exact(still: float) -> str:
    return "0" if still == 0 else f"{still:.2g}"


def _mean(round_: Round, logits: np.ndarray) -> float:
    """Return the mean of D; of a critic, or with least squares, of what it says."""
    if round_.loss_name in ("wgan-gp", "least-squares"):
        return float(logits.mean())
    return float((1 / (1 + np.exp(-logits))).mean())


def _means(frame: Frame, round_: Round, real: np.ndarray, fake: np.ndarray) -> str:
    text = words.MEAN_CRITIC if round_.loss_name == "wgan-gp" else words.MEAN_D
    values = (number(_mean(round_, each), 3) for each in (real, fake))
    return frame.say(text, **dict(zip(("real", "fake"), values, strict=True)))
