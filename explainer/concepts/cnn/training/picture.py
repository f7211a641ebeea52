"""The picture of the whole training: curves, kernels, ribbons, wall and counters."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.cnn.draw.input import network_input
from explainer.concepts.cnn.training.curves import (
    OVERHANG,
    accuracy_colour,
    accuracy_now,
    branch_colour,
    branch_name,
    changes_shown,
    is_log,
    loss_axis,
    loss_now,
    name_places,
    plain,
    reach,
    step_ticks,
)
from explainer.concepts.cnn.training.film import (
    columns,
    draw_filters,
    draw_gradients,
    draw_pill,
    draw_playhead,
    drawing_stack,
    is_under,
    wall_pictures,
)
from explainer.concepts.cnn.training.layout import TrainingLayout
from explainer.concepts.cnn.training.words import (
    ACCURACY,
    ALL_DIGITS,
    ASKING,
    BATCH_SIZE,
    DASH,
    EMPTY,
    GRADIENTS,
    HEADS,
    LAYERS,
    LOSS,
    NORM_SCALE,
    OWN_SCALES,
    RATE,
    SEEN,
    SETTING,
    STEP,
    WRONG,
)
from explainer.concepts.cnn.training.written import LEAST_NORM, MOST_NORM
from explainer.stage.colours import Colours
from explainer.stage.digit_wall import draw_wall
from explainer.stage.frame import Frame
from explainer.stage.heatmap import draw_map
from explainer.stage.lettering import (
    CENTRE,
    REGULAR,
    RIGHT,
    SEMIBOLD,
    number,
    percent,
    width,
    write,
)
from explainer.stage.share_ribbons import draw_shares


def draw_training(
    painter: QPainter, layout: TrainingLayout, frame: Frame, colours: Colours
) -> None:
    """Draw the four parts and the foot; the chart itself lies over its place."""
    px = 18 * min(layout.room.type, 1.3)
    shown = columns(frame, layout.columns)
    for place, head in enumerate(layout.heads):
        if head.isEmpty():
            continue
        said = frame.say(HEADS[place], n=len(shown[0].filters), count=layout.wall_count)
        right = (0, 0 if is_under(layout) else 170, 60, 120)[place]
        write(painter, head.adjusted(0, 0, -right, 0), said, px, colours.ink, SEMIBOLD)
    share = float(frame.film.step) ** 0.5 / reach(frame)
    if not layout.plot.isEmpty():
        _draw_keys(painter, layout, frame, colours)
        step = frame.say(STEP, step=f"{frame.film.step:,}")
        _draw_changes(painter, layout, frame, share, step, colours)
        draw_pill(painter, layout.pill, share, step, 15 * layout.room.type, colours)
        _draw_axes(painter, layout, frame, colours)
        _draw_names(painter, layout, frame, colours)
    draw_filters(painter, layout, shown, frame.say(OWN_SCALES), colours)
    if not layout.ribbons.isEmpty():
        _draw_ribbons(painter, layout, frame, share, colours)
    if not layout.wall.isEmpty():
        _draw_wall(painter, layout, frame, colours)
    if not layout.foot.isEmpty():
        _draw_foot(painter, layout, frame, colours)


def name_width(frame: Frame, t: float) -> float:
    """Return how wide the names of the branches are; 0 for one run alone."""
    if frame.film is None or len(frame.film.tracks) < 2:
        return 0.0
    names = (branch_name(frame, index) for index in range(len(frame.film.tracks)))
    return min(max(width(name, 14 * t, SEMIBOLD) for name in names) + 14, 130 * t)


def _draw_names(painter: QPainter, layout: TrainingLayout, frame: Frame, colours: Colours) -> None:
    """Write beside the end of each curve what was set otherwise in it."""
    if not layout.names:
        return
    t, plot = layout.room.type, layout.plot
    for index, place in name_places(layout, frame):
        middle = plot.center().y() + (0.5 - place) * plot.height()
        box = QRectF(plot.right() + 6, middle - 9 * t, layout.names - 10, 18 * t)
        weight = SEMIBOLD if index == frame.film.branch else REGULAR
        hue = branch_colour(index, colours)
        write(painter, box, branch_name(frame, index), 14 * t, hue, weight)


def _draw_changes(
    painter: QPainter,
    layout: TrainingLayout,
    frame: Frame,
    share: float,
    step: str,
    colours: Colours,
) -> None:
    """Write over the curves what was set on the way, where the playhead's step leaves room."""
    line, px, end = layout.pill, 13.5 * layout.room.type, reach(frame)
    half = width(step, 15 * layout.room.type, SEMIBOLD) / 2 + 18
    here = min(max(line.x() + share * line.width(), line.x() + half), line.right() - half)
    taken = [(here - half, here + half)]
    for at, said in reversed(changes_shown(frame)):
        wide = width(said, px)
        x = line.x() + at**0.5 / end * line.width() - wide / 2
        x = max(min(x, line.right() - wide), line.x())
        if x < here + half + 8 and x + wide + 8 > here - half:
            x = here - half - wide - 9  # just before the playhead's step
            if x < line.x() or line.x() + at**0.5 / end * line.width() > here + half:
                continue
        if all(x + wide + 8 < left or x > right + 8 for left, right in taken):
            taken.append((x, x + wide))
            box = QRectF(x, line.y(), wide + 2, line.height())
            write(painter, box, said, px, colours.muted)


def _keys(frame: Frame, colours: Colours) -> list[tuple[str, QColor, bool]]:
    """Return what each curve is called, with its value where the film stands: colour, dashed."""
    film = frame.film
    loss, accuracy = loss_now(film), accuracy_now(film)
    value = DASH if loss is None else number(loss, 3)
    measured = DASH if accuracy is None else frame.say(ALL_DIGITS, accuracy=percent(accuracy))
    return [
        (f"{frame.say(LOSS)} {value}", branch_colour(film.branch, colours), False),
        (
            f"{frame.say(ACCURACY)} {measured}",
            accuracy_colour(film.branch, colours),
            film.branch > 0,
        ),
    ]


def _draw_keys(painter: QPainter, layout: TrainingLayout, frame: Frame, colours: Colours) -> None:
    """Name the curves on one line; where that is too narrow, all of them in smaller type."""
    line, mark, gap = layout.keys, 22.0, 22.0
    said = _keys(frame, colours)
    px = 15 * layout.room.type
    free = line.width() - len(said) * mark - (len(said) - 1) * gap
    px = min(px, px * free / sum(width(text, px) for text, _, _ in said))
    x, middle = line.x(), line.center().y()
    for text, colour, dashed in said:
        pen = QPen(colour, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if dashed:
            pen.setDashPattern([2.0, 4 / 3])  # two dashes on the mark's 16 units
        painter.setPen(pen)
        painter.drawLine(QPointF(x, middle), QPointF(x + 16, middle))
        wide = width(text, px) + 2
        write(painter, QRectF(x + mark, line.y(), wide, line.height()), text, px, colours.ink)
        x += mark + wide + gap


def _draw_axes(painter: QPainter, layout: TrainingLayout, frame: Frame, colours: Colours) -> None:
    """Write the loss on the left of the chart, the accuracy on its right, the steps below."""
    px = 14 * layout.room.type
    plot, side = layout.plot, layout.axis[0]
    inner = plot.height() / (1 + 2 * OVERHANG)
    low, high, ticks = loss_axis(frame.film, is_log(frame))
    colour = accuracy_colour(0, colours)
    labels = [((place - low) / (high - low), label, True) for place, label in ticks]
    labels += [(share, f"{100 * share:.0f} %", False) for share in (0.0, 0.5, 1.0)]
    for share, label, is_loss in labels:
        y = plot.center().y() + (0.5 - share) * inner
        if is_loss:
            box = QRectF(plot.x() - side, y - px, side - 8, 2 * px)
            write(painter, box, label, px, colours.muted, REGULAR, RIGHT)
        else:
            box = QRectF(plot.right() + layout.names + 8, y - px, side - 8, 2 * px)
            write(painter, box, label, px, colour)
    _draw_steps(painter, layout, plot, frame, colours)


def _draw_steps(
    painter: QPainter, layout: TrainingLayout, rect: QRectF, frame: Frame, colours: Colours
) -> None:
    px = 14 * layout.room.type
    end = reach(frame)
    for place, label in step_ticks(end):
        x = rect.x() + place / end * rect.width()
        box = QRectF(x - 60, rect.bottom() + 4, 120, 20 * layout.room.type)
        write(painter, box, label, px, colours.muted, REGULAR, CENTRE)


def _draw_ribbons(
    painter: QPainter, layout: TrainingLayout, frame: Frame, share: float, colours: Colours
) -> None:
    px = 14 * layout.room.type
    rect = layout.ribbons
    image = network_input(frame)
    stack = drawing_stack(frame)
    painter.setPen(QPen(colours.line, 1))
    if image is None or stack is None:
        painter.drawRoundedRect(rect, 4, 4)
        word = EMPTY if image is None else ASKING
        write(painter, rect, frame.say(word), 16 * layout.room.type, colours.muted, align=CENTRE)
        return
    lit = int(frame.hover[2]) if frame.hover[:1] == ("ribbon",) else None
    draw_shares(painter, rect, stack, share * stack.reach, colours, px * 1.1, lit)
    for level, label in ((1.0, "100 %"), (0.0, "0 %")):
        y = rect.bottom() - level * rect.height()
        box = QRectF(rect.x() - layout.axis[0], y - px, layout.axis[0] - 8, 2 * px)
        write(painter, box, label, px, colours.muted, REGULAR, RIGHT)
    _draw_steps(painter, layout, rect, frame, colours)
    draw_playhead(painter, rect, share, colours)
    # The drawing itself, as the net gets it, at the end of its heading.
    head = layout.heads[2]
    side = head.height() + 8
    tile = QRectF(rect.right() - side, head.y() - 4, side, side)
    draw_map(painter, tile, image, 1.0, "image", colours)
    painter.setPen(QPen(colours.faint, 1))
    painter.setBrush(QColor(0, 0, 0, 0))
    painter.drawRect(tile)


def _draw_wall(painter: QPainter, layout: TrainingLayout, frame: Frame, colours: Colours) -> None:
    t = layout.room.type
    pictures, labels = wall_pictures(*layout.wall_shape, colours.name)
    guesses = frame.snapshot.wall_predictions[: layout.wall_count]
    lit = next((int(x[1]) for x in (frame.hover, frame.selection) if x[:1] == ("wall",)), None)
    size = min(14 * t, 20.0)
    draw_wall(painter, layout.wall, pictures, guesses, labels, colours, size, lit)
    said = frame.say(WRONG, wrong=int((guesses != labels).sum()))
    head = layout.heads[3]
    write(painter, head, said, 15 * t, colours.muted, REGULAR, RIGHT)


def _draw_foot(painter: QPainter, layout: TrainingLayout, frame: Frame, colours: Colours) -> None:
    t = layout.room.type
    foot, shot = layout.foot, frame.snapshot
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(foot.topLeft(), foot.topRight())
    row = foot.adjusted(0, 12, 0, 0)
    left = QRectF(row.x(), row.y(), foot.width() * 0.60, row.height())
    names = tuple(frame.say(text) for text in LAYERS)
    scale = frame.say(NORM_SCALE, least=f"{LEAST_NORM:g}", most=f"{MOST_NORM:g}")
    title = frame.say(GRADIENTS)
    draw_gradients(painter, left, title, scale, names, shot.gradient_norms, colours, 14 * t)
    is_known = frame.measured and frame.live and shot.examples_per_second > 0
    rate = f"{shot.examples_per_second:,.0f}" if is_known else DASH
    settings = ((RATE, rate), (SEEN, f"{shot.examples_seen:,}"))
    settings += ((BATCH_SIZE, plain(frame.knobs.get("batch_size", DASH))),)
    settings += ((SETTING, plain(frame.knobs.get("learning_rate", DASH))),)
    right = QRectF(left.right() + 16, row.y(), row.right() - left.right() - 16, row.height())
    pitch = right.width() / len(settings)
    for place, (label, value) in enumerate(settings):
        box = QRectF(right.x() + place * pitch, right.y(), pitch - 10, right.height() / 2)
        write(painter, box, frame.say(label), 14 * t, colours.muted)
        box.translate(0, right.height() / 2)
        write(painter, box, value, 15 * t, colours.ink, SEMIBOLD)
