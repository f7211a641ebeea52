"""The right column of the board: verdicts, losses, gradient, modes, measures, diagnosis."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.gan.plane import curves, words
from explainer.concepts.gan.plane.counts import (
    draw_measures,
    draw_modes,
    draw_verdicts,
    heading,
)
from explainer.concepts.gan.plane.diagnosis import Diagnosis, Numbers, diagnose
from explainer.concepts.gan.plane.layout import PlaneLayout
from explainer.concepts.gan.plane.probe import Board
from explainer.concepts.gan.plane.references import references
from explainer.concepts.gan.shapes import modes_of
from explainer.stage.chart import Chart
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Frame
from explainer.stage.lettering import (
    REGULAR,
    RIGHT,
    SEMIBOLD,
    number,
    width,
    write,
)
from explainer.stage.wrapping import write_wrapped


def numbers_of(frame: Frame, board: Board) -> Numbers:
    """Return what the diagnosis is made from."""
    stands = board.stands
    empty = None
    if stands.coverage is not None:
        empty = tuple(int(place) for place in np.flatnonzero(~stands.coverage.covered))
    strongest = max(curves.strongest(frame), stands.pull)
    modes = 0 if stands.coverage is None else len(stands.coverage.covered)
    step = 0 if frame.snapshot is None else int(frame.snapshot.step)
    return Numbers(
        step,
        stands.accuracy,
        stands.pull,
        strongest,
        empty,
        modes,
        curves.most_covered(frame),
        stands.spread,
    )


def draw_parts(
    painter: QPainter, layout: PlaneLayout, frame: Frame, board: Board, colours: Colours
) -> None:
    """Draw everything in the right column but the curves."""
    t = layout.room.type
    for name, rect in layout.parts:
        match name:
            case "verdicts":
                draw_verdicts(painter, rect, t, frame, board, colours)
            case "diagnosis":
                found = diagnose(numbers_of(frame, board))
                draw_diagnosis(painter, rect, t, frame, found, colours)
            case "losses":
                _draw_losses(painter, rect, t, frame, colours)
            case "pull":
                _draw_pull(painter, rect, t, frame, board, colours)
            case "modes":
                draw_modes(painter, rect, t, frame, board, colours)
            case "history":
                _draw_history(painter, rect, t, frame, board, colours)
            case "measures":
                draw_measures(painter, rect, t, frame, board, colours)


def plot_of(name: str, rect: QRectF, t: float) -> QRectF:
    """Return where the curves of a part lie, under its heading and over its axis."""
    right = {"losses": 76 * t, "pull": 0.0, "history": 0.0}[name]
    return rect.adjusted(0, 28 * t, -right, -22 * t)


def charts(
    layout: PlaneLayout, frame: Frame, board: Board | None, colours: Colours
) -> tuple[Chart, ...]:
    """Return the charts of the right column."""
    found = []
    for name, rect in layout.parts:
        if name not in ("losses", "pull", "history"):
            continue
        plot = plot_of(name, rect, layout.room.type)
        if name == "losses":
            found.append(curves.losses(plot, frame, colours))
        elif name == "pull":
            found.append(curves.pull(plot, frame, colours))
        elif board is not None and (modes := modes_of(board.shape)) is not None:  # type: ignore[arg-type]
            found.append(curves.history(plot, frame, colours, len(modes.centres)))
    return tuple(found)


def _draw_axis(painter: QPainter, plot: QRectF, t: float, frame: Frame, colours: Colours) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1.2))
    painter.drawRect(plot.adjusted(-0.5, -0.5, 0.5, 0.5))
    last = 0 if frame.film is None else max(frame.film.last, frame.film.step)
    foot = QRectF(plot.x(), plot.bottom() + 2, plot.width(), 20 * t)
    write(painter, foot, "0", 14 * t, colours.muted)
    said = frame.say(words.ROUND, step=number(last, 0))
    write(painter, foot, said, 14 * t, colours.muted, align=RIGHT)


def _draw_losses(painter: QPainter, rect: QRectF, t: float, frame: Frame, colours: Colours) -> None:
    """Write what the curves of the losses are, and what the dashed lines stand for."""
    heading(painter, rect, t, frame.say(words.LOSSES, count=curves.SMOOTHED), colours)
    plot, ends = plot_of("losses", rect, t), curves.loss_range(frame)
    _draw_axis(painter, plot, t, frame, colours)
    px, room = 14 * t, QRectF(plot.right() + 8, 0, rect.right() - plot.right() - 8, 18 * t)
    loss = str(frame.knobs.get("loss", "non-saturating"))
    wanted: list[tuple[float, str, QColor, QFontWeight]] = []
    for name, letter, colour, reference in zip(
        ("discriminator_loss", "generator_loss"),
        "DG",
        (colours.discriminator, colours.generator),
        references(loss),  # type: ignore[arg-type]
        strict=True,
    ):
        value = curves.loss_now(frame, name)
        if value is not None:
            wanted.append((value, f"{letter} {curves.said(value)}", colour, SEMIBOLD))
        if reference is not None:
            wanted.append((reference.value, reference.said, fade(colour, 0.9), REGULAR))
    heights = [curves.height_of(plot, value, ends) for value, *_ in wanted]
    placed = apart(heights, plot.top() + 9 * t, plot.bottom() - 9 * t, 18 * t)
    for (_, said, colour, weight), y in zip(wanted, placed, strict=True):
        spot = QRectF(room.x(), y - 9 * t, room.width(), 18 * t)
        write(painter, spot, said, px, colour, weight)


QFontWeight = type(REGULAR)


def apart(places: list[float], least: float, most: float, gap: float) -> list[float]:
    """Return places moved as little as needed to lie `gap` apart within a range, in their order."""
    order = sorted(range(len(places)), key=lambda place: places[place])
    found = [0.0] * len(places)
    floor = least
    for place in order:
        found[place] = floor = max(places[place], floor)
        floor += gap
    ceiling = most
    for place in reversed(order):
        found[place] = min(found[place], ceiling)
        ceiling = found[place] - gap
    return found


def _draw_pull(
    painter: QPainter, rect: QRectF, t: float, frame: Frame, board: Board, colours: Colours
) -> None:
    heading(painter, rect, t, frame.say(words.PULL_CURVE), colours)
    numbers = numbers_of(frame, board)
    said = frame.say(words.PULL_NOW, now=number(numbers.pull, 3), most=number(numbers.strongest, 3))
    plot = plot_of("pull", rect, t)
    beside = rect.width() - width(frame.say(words.PULL_CURVE), 16 * t, SEMIBOLD) - 16
    if width(said, 14 * t) <= beside:
        head = QRectF(rect.x(), rect.y(), rect.width(), 24 * t)
        write(painter, head, said, 14 * t, colours.gradient, SEMIBOLD, RIGHT)
        _draw_axis(painter, plot, t, frame, colours)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.line, 1.2))
        painter.drawRect(plot.adjusted(-0.5, -0.5, 0.5, 0.5))
        foot = QRectF(plot.x(), plot.bottom() + 2, plot.width(), 20 * t)
        write(painter, foot, said, 14 * t, colours.gradient, SEMIBOLD)


def _draw_history(
    painter: QPainter, rect: QRectF, t: float, frame: Frame, board: Board, colours: Colours
) -> None:
    heading(painter, rect, t, frame.say(words.MODES_CURVE), colours)
    if board.stands.coverage is None:
        write_wrapped(painter, rect.adjusted(0, 30 * t, 0, 0), frame.say(words.NO_MODES), 14 * t,
                      colours.muted)  # fmt: skip
        return
    _draw_axis(painter, plot_of("history", rect, t), t, frame, colours)


def draw_diagnosis(
    painter: QPainter, rect: QRectF, t: float, frame: Frame, found: Diagnosis, colours: Colours
) -> None:
    """Draw the card that says in words how the two stand."""
    edge = colours.amber if found.is_fine else colours.wrong
    painter.setPen(QPen(edge, 1.6))
    painter.setBrush(colours.amber_soft if found.is_fine else colours.surface)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 10, 10)
    inner = rect.adjusted(16, 10, -14, -8)
    title = f"{frame.say(words.DIAGNOSIS)}: {frame.say(found.title)}"
    head = QRectF(inner.x(), inner.y(), inner.width(), 24 * t)
    write(painter, head, title, 17 * t, colours.ink, SEMIBOLD)
    rest = QRectF(inner.x(), head.bottom() + 4, inner.width(), inner.bottom() - head.bottom() - 4)
    text = " ".join(frame.say(sentence) for sentence in found.said)
    write_wrapped(painter, rest, text, 15 * t, colours.ink)
