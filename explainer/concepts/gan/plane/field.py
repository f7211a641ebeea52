"""The plane of the board: noise, the way through G, the fakes over D's surface, as time goes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explainer.concepts.gan.plane import words
from explainer.concepts.gan.plane.layout import PlaneLayout, shown
from explainer.concepts.gan.plane.probe import Board
from explainer.concepts.gan.plane_geometry import level_line
from explainer.concepts.gan.plane_legend import draw_legend, draw_scale
from explainer.concepts.gan.plane_picture import (
    draw_arrows,
    draw_card,
    draw_decision,
    draw_fakes,
    draw_grid,
    draw_modes,
    draw_real,
    draw_surface,
    on_plane,
    triangle,
)
from explainer.concepts.gan.reading import lattice
from explainer.concepts.gan.shapes import modes_of
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame
from explainer.stage.lettering import BOLD, CENTRE, SEMIBOLD, width, write
from explainer.stage.motion import share
from explainer.stage.view import Keep
from explainer.stage.wrapping import write_wrapped

# When a layer of the plane is there: begins, and takes so long. All others are there at once.
_TIMES: dict[str, dict[str, tuple[float, float]]] = {
    "map": {"surface": (1.0, 1.2), "line": (2.6, 0.8)},
    "arrows": {"arrows": (0.8, 1.6)},
}


def beats(picture: str) -> tuple[Beat, ...]:
    """Return when the layers of a picture are there."""
    times = _TIMES.get(picture)
    if times is None:
        return (Beat("", 0.0),)
    found = [Beat("points", 0.0)]
    found += [Beat(key, start + long) for key, (start, long) in times.items()]
    return tuple(found)


def presence(frame: Frame, layer: str, time: float) -> float:
    """Return how far, 0..1, a layer of the plane has come."""
    times = _TIMES.get(shown(frame), {}).get(layer)
    return 1.0 if times is None else share(time, *times)


def draw_field(
    painter: QPainter,
    layout: PlaneLayout,
    frame: Frame,
    board: Board,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the plane with all its layers."""
    rect, picture = layout.plane, shown(frame)
    if picture == "map":
        _draw_revealed(painter, rect, frame, board, time, colours, keep)
    else:
        draw_under(painter, rect, board, colours, keep)
    place = rect.adjusted(-1, -1, 1, 1)
    forged, large = board.forged, 1.2 if colours.is_projector else 1.0
    grown = 0.0 if picture == "map" else presence(frame, "arrows", time)

    def draw_forged(p: QPainter) -> None:
        draw_fakes(p, rect, forged.points, colours, 7.5 * large)
        if grown > 0:
            draw_arrows(
                p, rect, forged.points, forged.pull, colours, grown=grown, thick=1.8 * large
            )

    keep(painter, "forged", place, (forged.points, grown), draw_forged)
    modes = modes_of(board.shape)  # type: ignore[arg-type]
    if modes is not None and board.stands.coverage is not None and picture != "map":
        covered = tuple(board.stands.coverage.covered.tolist())
        lit = int(frame.hover[1]) if frame.hover[:1] == ("mode",) else None
        px = 14 * layout.room.type
        keep(painter, "modes", place, (board.shape, covered, lit),
             lambda p: draw_modes(p, rect, modes, covered, colours, px, lit))  # fmt: skip
    draw_one(painter, layout, frame, board, colours)


def draw_under(painter: QPainter, rect: QRectF, board: Board, colours: Colours, keep: Keep) -> None:
    """Draw all that lies under the fakes; while the nets learn, one tick behind them."""

    def draw(p: QPainter) -> None:
        draw_surface(p, rect, board.verdicts, colours)
        draw_grid(p, rect, board.warped, board.noise, board.forged.noise.shape[1], colours)
        thick = 2.4 if colours.is_projector else 1.8
        draw_decision(p, rect, level_line(board.verdicts), colours.discriminator, thick)
        draw_real(p, rect, board.real, colours, 7.2 if colours.is_projector else 6.0)

    place = rect.adjusted(-1, -1, 1, 1)
    keep(painter, "under", place, (), draw, (board.verdicts,))


def _draw_revealed(
    painter: QPainter,
    rect: QRectF,
    frame: Frame,
    board: Board,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the surface and its line as they come, over an empty plane."""
    draw_card(painter, rect, colours)
    seen = presence(frame, "surface", time)
    place = rect.adjusted(-1, -1, 1, 1)
    if seen > 0:
        painter.setOpacity(seen)
        keep(painter, "surface", place, (board.verdicts,),
             lambda p: draw_surface(p, rect, board.verdicts, colours))  # fmt: skip
    drawn = presence(frame, "line", time)
    if drawn > 0:
        thick = 2.4 if colours.is_projector else 1.8
        painter.setOpacity(drawn)
        keep(painter, "decision", place, (board.verdicts,), lambda p: draw_decision(
            p, rect, level_line(board.verdicts), colours.discriminator, thick))  # fmt: skip
    painter.setOpacity(1.0)


def draw_one(
    painter: QPainter, layout: PlaneLayout, frame: Frame, board: Board, colours: Colours
) -> None:
    """Mark the fake that is pointed at, and the noise it is made of."""
    chosen = frame.hover if frame.hover[:1] == ("fake",) else frame.selection
    if chosen[:1] != ("fake",) or int(chosen[1]) >= len(board.forged.points):
        return
    index = int(chosen[1])
    spot = fake_at(layout, board, index)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.amber, 2.4))
    painter.drawEllipse(spot, 9, 9)
    if not layout.noise.isEmpty() and board.forged.noise.shape[1] > 1:
        seed = noise_at(layout, board.noise, board.forged.noise[index, :2])
        painter.drawEllipse(seed, 7, 7)
        painter.drawLine(seed, spot)


def placed(layout: PlaneLayout, board: Board) -> np.ndarray:
    """Return where the shown fakes lie, (n, 2)."""
    return on_plane(layout.plane, board.forged.points)


def fake_at(layout: PlaneLayout, board: Board, index: int) -> QPointF:
    """Return where a shown fake lies."""
    x, y = placed(layout, board)[index].tolist()
    return QPointF(x, y)


def _reach(noise: str) -> float:
    return 1.15 if noise == "uniform" else 2.8


def noise_at(layout: PlaneLayout, noise: str, z: np.ndarray) -> QPointF:
    """Return where the first two numbers of some noise lie in its square."""
    rect, reach = layout.noise, _reach(noise)
    x, y = (np.clip(z, -reach, reach) / reach).tolist()
    centre = rect.center()
    return QPointF(centre.x() + 0.5 * x * rect.width(), centre.y() - 0.5 * y * rect.height())


def draw_beside(
    painter: QPainter,
    layout: PlaneLayout,
    frame: Frame,
    board: Board,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the noise, the way to the plane, and the legend: the same at every round."""

    def draw(p: QPainter) -> None:
        if not layout.noise.isEmpty():
            draw_noise(p, layout, frame, board, colours)
            draw_funnel(p, layout.funnel, "G", colours)
        legend(p, layout, frame, board, colours)

    # The noise that is shown never changes, though each answer brings it anew.
    size = board.forged.noise.shape[1]
    of = (shown(frame), board.noise, size, board.loss, frame.language)
    place = QRectF(0, layout.plane.y(), layout.plane.right() + 1, 0)
    place.setBottom(layout.room.height)
    keep(painter, "beside", place, of, draw)


def draw_noise(
    painter: QPainter, layout: PlaneLayout, frame: Frame, board: Board, colours: Colours
) -> None:
    """Draw the square of the noise with its lattice and the seeds of the fakes."""
    rect, t = layout.noise, layout.room.type
    draw_card(painter, rect, colours)
    head = QRectF(rect.x(), rect.y() - 28 * t, rect.width(), 24 * t)
    write(painter, head, frame.say(words.NOISE), 16 * t, colours.ink, SEMIBOLD, CENTRE)
    size, reach = board.forged.noise.shape[1], _reach(board.noise)
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(QPen(fade(colours.generator, 0.4), 0.8))
    ends = lattice(board.noise, 13).reshape(13, 13, 2)
    centre, half = rect.center(), rect.width() / 2 / reach
    # Of one number there is one line: the middle one.
    ways = ends[6:7] if size == 1 else (*ends[::2], *ends.swapaxes(0, 1)[::2])
    for row in ways:
        a, b = (QPointF(centre.x() + half * x, centre.y() - half * y) for x, y in row[[0, -1]])
        painter.drawLine(a, b)
    seeds = board.forged.noise
    if size == 1:
        seeds = np.concatenate([seeds, np.zeros_like(seeds)], axis=1)
    spots = np.clip(seeds[:90, :2], -reach, reach) * np.array([half, -half])
    spots = spots + np.array([centre.x(), centre.y()])
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for x, y in spots.tolist():
        path.addPolygon(triangle(QPointF(x, y), 6))
    painter.fillPath(path, colours.generator)
    painter.restore()
    text = words.SAME_LATTICE
    if size == 1:
        text = words.ONE_NUMBER
    elif size > 2:
        text = words.FIRST_TWO
    note = QRectF(rect.x() - 4, rect.bottom() + 10, rect.width() + 34, 110)
    said = frame.say(text, size=size) if text is words.FIRST_TWO else frame.say(text)
    write_wrapped(painter, note, said, 14 * t, colours.muted)


def draw_funnel(painter: QPainter, rect: QRectF, name: str, colours: Colours) -> None:
    """Draw the shape that opens from the noise to the plane."""
    path = QPainterPath(QPointF(rect.left(), rect.center().y() - 0.22 * rect.height()))
    middle = rect.center().x()
    low, high = rect.center().y() - 0.22 * rect.height(), rect.center().y() + 0.22 * rect.height()
    path.cubicTo(QPointF(middle, low), QPointF(middle, rect.top()), rect.topRight())
    path.lineTo(rect.bottomRight())
    path.cubicTo(QPointF(middle, rect.bottom()), QPointF(middle, high), QPointF(rect.left(), high))
    path.closeSubpath()
    painter.fillPath(path, colours.over(colours.generator, 0.16))
    write(painter, rect, name, 24, colours.generator, BOLD, CENTRE)


def legend(
    painter: QPainter, layout: PlaneLayout, frame: Frame, board: Board, colours: Colours
) -> None:
    """Name the marks, and the ends of the surface's scale."""
    rect, px = layout.legend, 14 * layout.room.type
    is_critic = board.loss == "wgan-gp"
    ends = ("D 0", "1")
    if is_critic:
        ends = (frame.say(words.CRITIC_LOW), frame.say(words.CRITIC_HIGH))
    entries = [("real", frame.say(words.REAL)), ("fake", frame.say(words.FAKE))]
    if shown(frame) != "map":
        entries.append(("pull", frame.say(words.PULL)))
    entries.append(("line", frame.say(words.UNDECIDED if is_critic else words.HALF)))
    scale = width(ends[0], px) + width(ends[1], px) + 16 + 80
    draw_legend(painter, rect.adjusted(0, 0, -scale - 20, 0), entries, px, colours)
    draw_scale(painter, QRectF(rect.right() - scale, rect.y(), scale, rect.height()), ends, px,
               colours)  # fmt: skip
