"""The picture of the whole training: curves, kernels, ribbons, wall and counters."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explainer.concepts.cnn.draw.input import PREPARING, network_input
from explainer.concepts.cnn.training.curves import (
    OVERHANG,
    accuracy_colour,
    accuracy_now,
    branch_named,
    is_log,
    loss_axis,
    loss_colour,
    loss_now,
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
    wall_pictures,
)
from explainer.concepts.cnn.training.layout import TrainingLayout
from explainer.concepts.cnn.training.words import (
    ACCURACY,
    BATCH_SIZE,
    DASH,
    EMPTY,
    FIRST_LOSS,
    GRADIENTS,
    HEADS,
    LAYERS,
    LOSS,
    LOSS_UNDER,
    NORM_SCALE,
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
        said = frame.say(HEADS[place], n=len(shown[0].filters))
        write(painter, head.adjusted(0, 0, -160, 0), said, px, colours.ink, SEMIBOLD)
    share = float(frame.film.step) ** 0.5 / reach(frame)
    _draw_keys(painter, layout, frame, colours)
    step = frame.say(STEP, step=f"{frame.film.step:,}")
    draw_pill(painter, layout.pill, share, step, 15 * layout.room.type, colours)
    _draw_axes(painter, layout, frame, colours)
    draw_filters(painter, layout, shown, colours)
    if not layout.ribbons.isEmpty():
        _draw_ribbons(painter, layout, frame, share, colours)
    if not layout.wall.isEmpty():
        _draw_wall(painter, layout, frame, colours)
    if not layout.foot.isEmpty():
        _draw_foot(painter, layout, frame, colours)


def _keys(frame: Frame, colours: Colours) -> list[tuple[str, QColor, bool]]:
    """Return what each curve is called, with its value where the film stands: colour, dashed."""
    film = frame.film
    loss, accuracy = loss_now(film), accuracy_now(film)
    value = DASH if loss is None else number(loss, 3)
    measured = DASH if accuracy is None else percent(accuracy)
    named = branch_named(film, frame)
    on_branch = film.branch > 0
    if named is None:
        said = [(f"{frame.say(LOSS)} {value}", loss_colour(0, colours), False)]
    else:
        first = frame.say(FIRST_LOSS) + ("" if on_branch else f": {value}")
        other = frame.say(LOSS_UNDER, setting=named[1]) if named[1] else frame.say(LOSS)
        other += f": {value}" if on_branch else ""
        said = [
            (first, loss_colour(0, colours), False),
            (other, loss_colour(named[0], colours), False),
        ]
    said.append((f"{frame.say(ACCURACY)} {measured}", accuracy_colour(colours), on_branch))
    return said


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
    colour = accuracy_colour(colours)
    labels = [((place - low) / (high - low), label, True) for place, label in ticks]
    labels += [(share, f"{100 * share:.0f} %", False) for share in (0.0, 0.5, 1.0)]
    for share, label, is_loss in labels:
        y = plot.center().y() + (0.5 - share) * inner
        if is_loss:
            box = QRectF(plot.x() - side, y - px, side - 8, 2 * px)
            write(painter, box, label, px, colours.muted, REGULAR, RIGHT)
        else:
            box = QRectF(plot.right() + 8, y - px, side - 8, 2 * px)
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
        word = EMPTY if image is None else PREPARING
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
    said = frame.say(WRONG, wrong=int((guesses != labels).sum()), count=len(labels))
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
