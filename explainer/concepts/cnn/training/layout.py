"""Where the parts of the training scene lie."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from explainer.stage.frame import Room
from explainer.stage.heatmap import cell
from explainer.stage.lettering import width

MARGIN, GAP = 28.0, 40.0
BATCH_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class TrainingLayout:
    """Rectangles in design units.

    Parameters
    ----------
    heads : tuple of QRectF
        One line over each of the four parts, in reading order; empty over a part left out.
        So are all rectangles of a part left out.
    keys : QRectF
        The line that names the curves.
    plot, axis : QRectF, (float, float)
        Where the curves lie, and the room for the labels left of and below it.
    pill : QRectF
        The line in which the playhead's step stands.
    filters : QRectF
        The columns of kernels, without the steps under them.
    columns, across : int
        At most so many columns of kernels fit, each so many kernels wide.
    ribbons : QRectF
    wall, wall_shape : QRectF, (rows, columns)
    foot : QRectF
        Gradients and counters; empty where there is no room.
    names : float
        How wide the column of the branches' names right of the plot is; 0 where there is one run.
    """

    room: Room
    heads: tuple[QRectF, QRectF, QRectF, QRectF]
    keys: QRectF
    plot: QRectF
    axis: tuple[float, float]
    pill: QRectF
    filters: QRectF
    columns: int
    across: int
    ribbons: QRectF
    wall: QRectF
    wall_shape: tuple[int, int]
    foot: QRectF
    names: float = 0.0

    @property
    def wall_count(self) -> int:
        """How many test digits are on the wall."""
        return self.wall_shape[0] * self.wall_shape[1]


def training_layout(room: Room) -> TrainingLayout:
    """Return the four parts; in a large room the foot goes and the wall shows fewer digits."""
    t = room.type
    side = (room.width - 2 * MARGIN - GAP) / 2
    right = MARGIN + side + GAP
    line = 22 * t
    axis = (width("100 %", 14 * t) + 12, line + 4)
    top, head = 18.0, 28 * min(t, 1.3)
    second = 360.0 if room.large else 352.0
    bottom = room.height - 20 if room.large else 632.0
    pill_top = top + head + line + 2
    plot_top = pill_top + line + 6
    plot = QRectF(
        MARGIN + axis[0],
        plot_top,
        side - axis[0] - axis[0],
        second - 14 - axis[1] - plot_top,
    )
    label = width("20,000", 14 * t) + 12
    columns = int(max(5, min(9, side // label)))
    filters_top = top + head + (18 if room.large else 30)  # under the legend
    filters = QRectF(right, filters_top, side, second - 16 - line - filters_top)
    ribbons_top = second + head + 12
    ribbons = QRectF(plot.x(), ribbons_top, plot.width(), bottom - axis[1] - ribbons_top)
    rows, across = (5, 10) if room.large else (6, 14)
    pitch = min(side / across, (bottom - ribbons_top) / rows)
    wall = QRectF(right, ribbons_top, pitch * across, pitch * rows)
    foot = QRectF() if room.large else QRectF(MARGIN, 652, room.width - 2 * MARGIN, 52)
    return TrainingLayout(
        room=room,
        heads=(
            QRectF(MARGIN, top, side, head),
            QRectF(right, top, side, head),
            QRectF(MARGIN, second, side, head),
            QRectF(right, second, side, head),
        ),
        keys=QRectF(MARGIN, top + head, side, line),
        plot=plot,
        axis=axis,
        pill=QRectF(plot.x(), pill_top, plot.width(), line + 2),
        filters=filters,
        columns=columns,
        across=1,
        ribbons=ribbons,
        wall=wall,
        wall_shape=(rows, across),
        foot=foot,
    )


def start_layout(room: Room) -> TrainingLayout:
    """Return large kernels beside the wall: before any learning there is no curve to show."""
    wide, t = room.width - 2 * MARGIN, room.type
    top, head = 18.0, 28 * min(t, 1.3)
    upper = top + head + 44  # under the legend
    high = room.height - 30 - upper
    rows, across = 8, 10
    pitch = min(0.6 * wide / across, high / rows)
    wall = QRectF(room.width - MARGIN - pitch * across, upper, pitch * across, pitch * rows)
    left = wall.x() - GAP - MARGIN
    return TrainingLayout(
        room=room,
        heads=(
            QRectF(),
            QRectF(MARGIN, top, left, head),
            QRectF(),
            QRectF(wall.x(), top, wall.width(), head),
        ),
        keys=QRectF(),
        plot=QRectF(),
        axis=(0.0, 0.0),
        pill=QRectF(),
        filters=QRectF(MARGIN, upper + 14, left, high - 24 * t - 14),
        columns=1,
        across=2,
        ribbons=QRectF(),
        wall=wall,
        wall_shape=(rows, across),
        foot=QRectF(),
    )


def with_names(layout: TrainingLayout, wide: float) -> TrainingLayout:
    """Return the layout with room right of the curves for the branches' names."""
    plot = layout.plot.adjusted(0, 0, -wide, 0)
    pill = layout.pill.adjusted(0, 0, -wide, 0)
    return replace(layout, plot=plot, pill=pill, names=wide)


def kernels_layout(room: Room) -> TrainingLayout:
    """Return the kernels over the whole width and the curves under them.

    A kernel is about 72 units wide, at least 48 pixels on the smallest stage.
    """
    t = room.type
    wide = room.width - 2 * MARGIN
    line, head = 22 * t, 28 * min(t, 1.3)
    axis = (width("100 %", 14 * t) + 12, line + 4)
    top = 18.0
    filters = QRectF(MARGIN, top + max(head, 40) + 16, wide, 340)
    below = filters.bottom() + line + 14
    plot_top = below + head + line + 8
    plot = QRectF(
        MARGIN + axis[0], plot_top, wide - 2 * axis[0], room.height - 16 - axis[1] - plot_top
    )
    named = 0.3 * wide
    return TrainingLayout(
        room=room,
        heads=(
            QRectF(MARGIN, below, wide, head),
            QRectF(MARGIN, top, wide, head),
            QRectF(),
            QRectF(),
        ),
        keys=QRectF(MARGIN + named, below + (head - line) / 2, wide - named, line),
        plot=plot,
        axis=axis,
        pill=QRectF(plot.x(), below + head + 2, plot.width(), line + 2),
        filters=filters,
        columns=5 if room.large else 6,
        across=2,
        ribbons=QRectF(),
        wall=QRectF(),
        wall_shape=(0, 0),
        foot=QRectF(),
    )


@dataclass(frozen=True, slots=True)
class UpdateLayout:
    """Rectangles of one update in slow motion.

    Parameters
    ----------
    heads : tuple of QRectF
        One line over each of the six parts, in the order they run.
    bodies : tuple of QRectF
        The parts under their lines.
    batch : QRectF
        The grid of digits in the first part.
    shown : int
        How many of the batch are drawn.
    """

    room: Room
    heads: tuple[QRectF, ...]
    bodies: tuple[QRectF, ...]
    batch: QRectF
    shown: int

    def digit(self, index: int) -> QRectF:
        """Return where a digit of the batch lies."""
        columns = BATCH_COLUMNS if self.shown > 16 else 4
        row, column = divmod(index, columns)
        return cell(self.batch, row, column, self.shown // columns, columns)


def update_layout(room: Room) -> UpdateLayout:
    """Return three parts over three; in a large room half of the digits, larger."""
    t = min(room.type, 1.35)
    gap = 44.0
    wide = (room.width - 2 * MARGIN - 2 * gap) / 3
    head = 30 * t
    tops = (24.0, 382.0)
    heads, bodies = [], []
    for top in tops:
        for column in range(3):
            x = MARGIN + column * (wide + gap)
            heads.append(QRectF(x, top, wide, head))
            y = top + head + 12
            bodies.append(QRectF(x, y, wide, top + 326 - y))
    body = bodies[0]
    shown = 16 if room.large else 32
    pitch = min(body.width() / (4 if room.large else BATCH_COLUMNS), (body.height() - 34 * t) / 4)
    across = 4 if room.large else BATCH_COLUMNS
    batch = QRectF(body.x(), body.y(), pitch * across, pitch * 4)
    return UpdateLayout(room, tuple(heads), tuple(bodies), batch, shown)
