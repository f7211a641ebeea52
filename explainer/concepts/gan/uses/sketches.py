"""Sketches, what the generator draws over them, and the digits they were made from."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.gan.digit_pieces import draw_tiles, frames, heading, tiles
from explainer.concepts.gan.uses import words
from explainer.concepts.gan.uses.layout import UsesLayout, whole
from explainer.concepts.gan.uses.probe import Drawn, DrawOut
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Target
from explainer.stage.heatmap import cell
from explainer.stage.lettering import RIGHT, SEMIBOLD, percent, width, write
from explainer.stage.view import Keep

ACROSS = 6
_PACE = 0.4
ANSWER = Drawn


def request(frame: Frame) -> DrawOut:
    """Ask for all unseen sketches, of which eight are shown."""
    return DrawOut(0, 200)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the sketches, one after the other."""
    return tuple(Beat("draw", place * _PACE) for place in range(ACROSS + 1))


def areas(layout: UsesLayout) -> tuple[tuple[QRectF, QRectF, QRectF], QRectF, float]:
    """Return the three rows, the room of the figures, and how wide the rows' names are."""
    body, t = layout.body, layout.room.type
    small = min(t, 1.35)
    names = 104 * small
    top = body.y() + layout.head + 6
    foot = 100 * small
    side = min((body.width() - names) / ACROSS, (body.bottom() - foot - top - 20) / 3)
    rows = tuple(
        QRectF(body.x() + names, top + place * (side + 6), side * ACROSS, side)
        for place in range(3)
    )
    figures = QRectF(body.x(), body.bottom() - foot, body.width(), foot)
    return (rows[0], rows[1], rows[2]), figures, names


def _first(frame: Frame) -> int:
    return (whole(frame, "page", 0) * ACROSS) % 192


def draw_still(painter: QPainter, layout: UsesLayout, frame: Frame, colours: Colours) -> None:
    """Draw sketches and digits, and how many are read rightly."""
    answer, t = frame.answer, layout.room.type
    small = min(t, 1.35)
    rows, figures, names = areas(layout)
    body, first = layout.body, _first(frame)
    heading(painter, QRectF(body.x(), body.y(), body.width(), layout.head),
            frame.say(words.UNSEEN), colours, small)  # fmt: skip
    for rect, text, images, colour in (
        (rows[0], words.SKETCH, answer.sketches, colours.ribbon),
        (rows[1], words.ANSWER, None, colours.generator),
        (rows[2], words.TRUTH, answer.truths, colours.real),
    ):
        name = QRectF(body.x() + 12, rect.y(), names - 20, rect.height())
        write(painter, name, frame.say(text), 16 * small, colours.ink, SEMIBOLD)
        mark = QRectF(body.x(), rect.center().y() - 12 * small, 5, 24 * small)
        painter.fillRect(mark, colour)
        if images is not None:
            draw_tiles(painter, rect, tiles(images[first : first + ACROSS], ACROSS, colours))
    heading(painter, QRectF(figures.x(), figures.y(), figures.width(), 28 * small),
            frame.say(words.OF_200), colours, small, 16)  # fmt: skip
    right = [
        float((chances.argmax(axis=1) == answer.labels).mean())
        for chances in (answer.read_sketches, answer.read_pictures)
    ]
    texts = (words.SKETCHES_READ, words.PICTURES_READ)
    wide = max(width(frame.say(text), 15 * small) for text in texts) + 20
    for place, (text, share, colour) in enumerate(
        zip(texts, right, (colours.ribbon, colours.generator), strict=True)
    ):
        row = QRectF(figures.x(), figures.y() + (30 + place * 32) * small, figures.width(),
                     32 * small)  # fmt: skip
        write(painter, row, frame.say(text), 15 * small, colours.ink)
        bar = row.adjusted(wide, 8 * small, -width("100 %", 20 * small) - 12, -8 * small)
        painter.fillRect(bar, colours.line)
        painter.fillRect(QRectF(bar.x(), bar.y(), share * bar.width(), bar.height()), colour)
        write(painter, row, percent(share, 0), 20 * small, colours.ink, SEMIBOLD, RIGHT)


def draw_moving(
    painter: QPainter,
    layout: UsesLayout,
    frame: Frame,
    time: float,
    colours: Colours,
    keep: Keep,
) -> None:
    """Draw the generator's pictures that have come."""
    answer, first = frame.answer, _first(frame)
    rows, _, _ = areas(layout)
    come = min(int(time / _PACE + 1e-6), ACROSS)

    def draw(part: QPainter) -> None:
        if not come:
            return
        some = answer.pictures[first : first + come]
        rect = QRectF(rows[1])
        rect.setWidth(rect.width() * come / ACROSS)
        draw_tiles(part, rect, tiles(some, come, colours))
        wrong = [
            cell(rows[1], 0, place, 1, ACROSS)
            for place in range(come)
            if answer.read_pictures[first + place].argmax() != answer.labels[first + place]
        ]
        frames(part, wrong, colours.wrong, 2.4)

    keep(painter, "drawn", rows[1], (answer, come, first), draw)


def hit(layout: UsesLayout, frame: Frame, time: float, point: QPointF) -> Target:
    """Return ("sketch", place) of the column under a point."""
    rows, _, _ = areas(layout)
    whole_rect = rows[0].united(rows[2])
    if not whole_rect.contains(point):
        return ()
    return ("sketch", int((point.x() - whole_rect.x()) / whole_rect.width() * ACROSS))


def pick(frame: Frame, target: Target) -> Pick:
    """Choose nothing: there is nothing to go into."""
    return Pick(selection=())


def lens(frame: Frame) -> Lens | None:
    """Return the picture that is pointed at, and what it is read as."""
    if frame.hover[:1] != ("sketch",):
        return None
    place = _first(frame) + int(frame.hover[1])
    answer = frame.answer
    rows = (
        (frame.say(words.SKETCH), frame.say(words.READ_AS,
                                            digit=int(answer.read_sketches[place].argmax()))),
        (frame.say(words.ANSWER), frame.say(words.READ_AS,
                                            digit=int(answer.read_pictures[place].argmax()))),
    )  # fmt: skip
    return Lens(frame.say(words.ANSWER), rows, answer.pictures[place], 1.0, "image")
