"""Style mixing: the first layers in the style of one fake, the rest in that of another."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.gan.digit_pieces import draw_tiles, frames, heading, said_small, tiles
from explainer.concepts.gan.style import words
from explainer.concepts.gan.style.exchanged import Mix, Mixture
from explainer.concepts.gan.style.layout import StyleLayout, whole
from explainer.concepts.gan.stylegan import LAYERS, SIDES
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import cell, cell_at, outline
from explainer.stage.lettering import CENTRE, SEMIBOLD, percent, width, write
from explainer.stage.view import Keep

ROWS, COLUMNS = 5, 8
_PACE = 0.45
ANSWER = Mixture


def request(frame: Frame) -> Mix:
    """Ask for the grid of the fakes at hand."""
    deal = whole(frame, "deal")
    rows = tuple((deal * ROWS + place) % 100 for place in range(ROWS))
    columns = tuple((deal * COLUMNS + place) % 100 for place in range(COLUMNS))
    return Mix(whole(frame, "cut", 2), rows, columns)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the rows, one after the other."""
    return tuple(Beat("row", place * _PACE) for place in range(ROWS + 1))


def areas(layout: StyleLayout) -> tuple[tuple[QRectF, ...], QRectF, QRectF, QRectF]:
    """Return the boxes of the layers, the fakes at the left, those above, and the grid."""
    body, t = layout.body, layout.room.type
    high = 54 * min(t, 1.3)
    wide = 0.62 * body.width() / LAYERS
    layers = tuple(
        QRectF(body.x() + place * wide, body.y() + layout.head + 4, wide - 8, high)
        for place in range(LAYERS)
    )
    top = layers[0].bottom() + 24 * t + 12
    side = min((body.width() - 30) / (COLUMNS + 1), (body.bottom() - top - 12) / (ROWS + 1))
    left = body.x() + (body.width() - side * (COLUMNS + 1) - 12) / 2
    fine = QRectF(left + side + 12, top, side * COLUMNS, side)
    coarse = QRectF(left, top + side + 12, side, side * ROWS)
    grid = QRectF(fine.x(), coarse.y(), fine.width(), coarse.height())
    return layers, coarse, fine, grid


def draw_still(painter: QPainter, layout: StyleLayout, frame: Frame, colours: Colours) -> None:
    """Draw which layer takes which style, and the two kinds of fakes that lend them."""
    mixture, t = frame.answer, layout.room.type
    small = min(t, 1.35)
    body, cut = layout.body, whole(frame, "cut", 2)
    layers, coarse, fine, _ = areas(layout)
    head = QRectF(body.x(), body.y(), 0.62 * body.width(), layout.head)
    heading(painter, head, frame.say(words.WHOSE), colours, small)
    for place, box in enumerate(layers):
        is_coarse = place < cut
        colour = colours.generator if is_coarse else colours.ribbon
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colours.over(colour, 0.16))
        painter.drawRoundedRect(box, 8, 8)
        upper = box.adjusted(6, 2, -6, -box.height() / 2 + 4)
        write(painter, upper, "A" if is_coarse else "B", 18 * small, colours.ink, SEMIBOLD, CENTRE)
        lower = box.adjusted(4, box.height() / 2, -4, -2)
        text = f"{frame.say(words.LAYER, n=place + 1)} · {SIDES[place]}²"
        write(painter, lower, text, 14 * small, colours.muted, align=CENTRE)
    side = QRectF(layers[-1].right() + 36, body.y(), body.right() - layers[-1].right() - 36,
                  layers[-1].bottom() - body.y())  # fmt: skip
    half = side.height() / 2
    for place, (text, rate, colour) in enumerate(
        (
            (words.LIKE_A, mixture.like_coarse, colours.generator),
            (words.LIKE_B, mixture.like_fine, colours.ribbon),
        )
    ):
        row = QRectF(side.x(), side.y() + place * half, side.width(), half)
        said = percent(rate, 0)
        wide = width(said, 26 * small, SEMIBOLD) + 14
        painter.fillRect(QRectF(row.x(), row.y() + 8, 5, row.height() - 16), colour)
        write(painter, row.adjusted(16, 0, 0, 0), said, 26 * small, colours.ink, SEMIBOLD)
        write(painter, row.adjusted(16 + wide, 0, 0, 0), frame.say(text), 15 * small,
              colours.muted)  # fmt: skip
    _draw_givers(painter, coarse, mixture.coarse, 1, colours, is_coarse=True)
    _draw_givers(painter, fine, mixture.fine, COLUMNS, colours, is_coarse=False)
    corner = QRectF(coarse.x(), fine.y(), coarse.width(), fine.height())
    write(painter, corner.adjusted(2, 0, -2, -corner.height() / 2), frame.say(words.B_AT_RIGHT),
          14 * t, colours.muted, align=CENTRE)  # fmt: skip
    write(painter, corner.adjusted(2, corner.height() / 2, -2, 0), frame.say(words.A_BELOW),
          14 * t, colours.muted, align=CENTRE)  # fmt: skip
    note = QRectF(body.x(), layers[0].bottom() + 2, body.width(), 24 * t)
    said_small(painter, note, frame.say(words.CLICK_LAYER), colours, t)


def _draw_givers(
    painter: QPainter,
    rect: QRectF,
    pictures: object,
    columns: int,
    colours: Colours,
    is_coarse: bool,
) -> None:
    draw_tiles(painter, rect, tiles(pictures, columns, colours))  # type: ignore[arg-type]
    count = ROWS if is_coarse else COLUMNS
    boxes = [cell(rect, *divmod(place, columns), count // columns, columns)
             for place in range(count)]  # fmt: skip
    frames(painter, boxes, colours.generator if is_coarse else colours.ribbon, 2.5)


def draw_moving(
    painter: QPainter,
    layout: StyleLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the rows of the grid that have come."""
    _, coarse, fine, grid = areas(layout)
    come = min(int(time / _PACE + 1e-6), ROWS)
    mixture = frame.answer

    def draw(part: QPainter) -> None:
        if come:
            some = mixture.grid[:come].reshape(-1, 28, 28)
            rect = QRectF(grid.x(), grid.y(), grid.width(), grid.height() * come / ROWS)
            draw_tiles(part, rect, tiles(some, COLUMNS, colours))
        part.setPen(QPen(colours.line, 1))
        part.setBrush(Qt.BrushStyle.NoBrush)
        part.drawRect(grid)

    keep(painter, "grid", grid.adjusted(-2, -2, 2, 2), (mixture, come), draw)
    target = frame.hover
    if target[:1] == ("cell",):
        row, column = int(target[1]), int(target[2])
        outline(painter, cell(grid, row, column, ROWS, COLUMNS), colours, 2.5)
        outline(painter, cell(coarse, row, 0, ROWS, 1), colours, 2.5)
        outline(painter, cell(fine, 0, column, 1, COLUMNS), colours, 2.5)


def hit(layout: StyleLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("layer", n) or ("cell", row, column) under a point."""
    layers, _, _, grid = areas(layout)
    for place, box in enumerate(layers):
        if box.contains(point):
            return ("layer", place)
    found = cell_at(grid, point, ROWS, COLUMNS)
    return () if found is None else ("cell", *found)


def pick(frame: Frame, target: Target) -> Pick:
    """Hand a layer from the one to the other, and all before or after it."""
    if target[:1] != ("layer",):
        return Pick(selection=())
    place, cut = int(target[1]), whole(frame, "cut", 2)
    return Pick(knobs={"cut": place + 1 if place >= cut else place})


def lens(frame: Frame) -> Lens | None:
    """Return the mixed fake that is pointed at."""
    if frame.hover[:1] != ("cell",):
        return None
    row, column = int(frame.hover[1]), int(frame.hover[2])
    rows = ((frame.say(words.STYLES_OF), frame.say(words.OF_BOTH, row=row + 1, column=column + 1)),)
    return Lens(frame.say(words.MIXED), rows, frame.answer.grid[row, column], 1.0, "image")
