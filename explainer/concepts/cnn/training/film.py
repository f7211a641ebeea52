"""What the whole of training looks like at once: kernels, the drawing's shares, the test digits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from explainer.concepts.cnn.training.curves import reach
from explainer.concepts.cnn.training.layout import TrainingLayout
from explainer.concepts.cnn.training.words import DASH
from explainer.concepts.cnn.training.written import log_share, significant
from explainer.engine.datasets import digits
from explainer.stage.colours import COLOURS, Colours, ThemeName, fade, levels
from explainer.stage.digit_wall import Sheet, sheet
from explainer.stage.frame import Frame
from explainer.stage.heatmap import draw_legend, outline, packed
from explainer.stage.lettering import CENTRE, REGULAR, RIGHT, SEMIBOLD, width, write
from explainer.stage.share_ribbons import Stack, stacked

_FUTURE = 0.5
OF_A_KIND = 5.0  # in the shipped run the largest weights grow 1.9 times
_FINER = 4  # pixels a weight, so that the gap between two kernels can be narrower than a weight


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The first layer's kernels at one step; (maps, k, k)."""

    step: int
    filters: np.ndarray
    is_now: bool


def columns(frame: Frame, most: int) -> tuple[Column, ...]:
    """Return kept frames spread on a √step axis, the nearest one replaced by what is shown now."""
    if frame.snapshot is None or frame.film is None:
        return ()
    now = frame.film.step
    shown = Column(now, frame.snapshot.weights["conv1.weight"][:, 0], True)
    end = reach(frame)
    kept = [(step, moment.filters) for step, moment in frame.along or () if step**0.5 < end + 0.5]
    if not kept:
        return (shown,)
    roots = np.array([step for step, _ in kept], float) ** 0.5
    wanted = np.linspace(0, max(roots[-1], now**0.5), most)
    chosen = sorted({int(np.argmin(np.abs(roots - root))) for root in wanted})
    others = [Column(*kept[index], False) for index in chosen]
    if now >= kept[-1][0] and len(others) == most:
        others[-1] = shown
    else:
        near = min(range(len(others)), key=lambda i: abs(others[i].step ** 0.5 - now**0.5))
        if len(others) >= most or others[near].step == now:
            others[near] = shown
        else:
            others.append(shown)
    return tuple(sorted(others, key=lambda column: column.step))


def column_rects(layout: TrainingLayout, shown: tuple[Column, ...]) -> tuple[QRectF, ...]:
    """Return where each column of kernels lies."""
    maps, side = shown[0].filters.shape[:2]
    area, across = QRectF(layout.filters), layout.across
    if not scales(shown)[1]:  # a line more under the blocks, for their peaks
        area.setHeight(area.height() - 18 * layout.room.type)
    pitch = area.width() / layout.columns
    # Height to width of a column: kernels and the gaps between them.
    gap = _gap(side) / (_FINER * side)
    rows = -(-maps // across)
    tall = (rows + (rows - 1) * gap) / (across + (across - 1) * gap)
    # The amber frame needs 8.
    wide = min((area.height() - 8) / tall, pitch * (0.66 if across == 1 else 0.8))
    left = area.x() + (pitch - wide) / 2
    high = wide * tall
    return tuple(QRectF(left + place * pitch, area.y(), wide, high) for place in range(len(shown)))


def scales(shown: tuple[Column, ...]) -> tuple[tuple[float, ...], bool]:
    """Return the weight at the end of each block's colour scale, and whether all share one.

    They share one while the largest weights are of a kind; a block that blew up would leave the
    others almost white, so then each has its own.
    """
    peaks = tuple(float(np.abs(column.filters).max()) for column in shown)
    if max(peaks) <= OF_A_KIND * min(peaks):
        return (max(peaks),) * len(peaks), True
    return peaks, False


def draw_filters(
    painter: QPainter,
    layout: TrainingLayout,
    shown: tuple[Column, ...],
    own_scales: str,
    colours: Colours,
) -> None:
    """Draw the kernels: one column a step, every kernel at the same place in each."""
    if not shown:
        return
    peaks, is_shared = scales(shown)
    rects = column_rects(layout, shown)
    now = next(column.step for column in shown if column.is_now)
    px = 14 * layout.room.type
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    for column, rect, peak in zip(shown, rects, peaks, strict=True):
        painter.setOpacity(_FUTURE if column.step > now else 1.0)
        painter.drawImage(rect, _stack(column.filters, layout.across, peak, colours))
        painter.setOpacity(1.0)
        label = _under(layout, rect)
        colour = colours.amber_text if column.is_now else colours.muted
        weight = SEMIBOLD if column.is_now else REGULAR
        write(painter, label, f"{column.step:,}", px, colour, weight, CENTRE)
        if not is_shared:
            over = label.translated(0, -18 * layout.room.type)
            write(painter, over, f"±{significant(peak, 2)}", px, colour, weight, CENTRE)
        if column.is_now:
            outline(painter, rect.adjusted(-6, -6, 6, 6), colours, 3)
    # The legend takes the heading's right end, its own title line staying empty; a short heading
    # has it under itself.
    head, large = layout.heads[1], layout.room.large
    long = 190.0 if large else 150.0
    bar = QRectF(head.right() - long, head.y() - 16, long, 40)
    if is_under(layout):
        bar.moveTo(head.x(), head.bottom() - 14)
    if is_shared:
        draw_legend(painter, bar, "", -peaks[0], peaks[0], "weight", colours, min(px, 17))
    else:
        write(painter, bar.translated(0, 12), own_scales, px, colours.muted, REGULAR, RIGHT)


def is_under(layout: TrainingLayout) -> bool:
    """Whether the kernels' legend lies under their heading, which has no room for both."""
    return layout.columns == 1


def _stack(filters: np.ndarray, across: int, peak: float, colours: Colours) -> QImage:
    """Return kernels (maps, k, k) in rows of `across`, parted by a sixth of their height."""
    maps, side = filters.shape[:2]
    entries = levels(filters, peak).repeat(_FINER, axis=1).repeat(_FINER, axis=2)
    gap, fine = _gap(side), _FINER * side
    rows = -(-maps // across)
    rgb = np.empty((rows * across, fine + gap, fine + gap, 3), np.uint8)
    rgb[:] = np.array(colours.background.getRgb()[:3], np.uint8)
    rgb[:maps, :fine, :fine] = colours.tables["weight"][entries]
    grid = rgb.reshape(rows, across, fine + gap, fine + gap, 3).swapaxes(1, 2)
    whole = grid.reshape(rows * (fine + gap), across * (fine + gap), 3)
    return packed(whole[:-gap, :-gap])


def _gap(side: int) -> int:
    return max(1, round(_FINER * side / 6))


def _under(layout: TrainingLayout, rect: QRectF) -> QRectF:
    pitch = layout.filters.width() / layout.columns
    x = rect.center().x() - pitch / 2
    return QRectF(x, layout.filters.bottom() + 2, pitch, 22 * layout.room.type)


def drawing_stack(frame: Frame) -> Stack | None:
    """Return the drawing's probabilities along the film; None on an empty pad or until known."""
    if frame.film is None or frame.along is None:
        return None
    points: dict[int, np.ndarray] = {
        step: moment.drawing for step, moment in frame.along if moment.drawing is not None
    }
    now: Any = frame.answer
    if now is not None and getattr(now, "drawing", None) is not None:
        points.setdefault(frame.film.step, now.drawing)
    if not points:
        return None
    steps = sorted(points)
    shares = np.stack([points[step] for step in steps])
    # The class the net was ever surest of, so that the order holds while the film is scrubbed.
    bottom = int(np.argmax(shares.max(axis=0)))
    return stacked(np.array(steps, float) ** 0.5, shares, bottom, reach(frame))


@lru_cache(maxsize=8)
def wall_pictures(rows: int, columns: int, theme: ThemeName) -> tuple[Sheet, np.ndarray]:
    """Return (pictures, labels) of the first test digits."""
    data, count = digits(), rows * columns
    images = data.test_images[:count].astype(np.float32) / 255
    return sheet(images, columns, COLOURS[theme]), data.test_labels[:count]


def draw_playhead(
    painter: QPainter, rect: QRectF, share: float, colours: Colours, thick: float = 2
) -> None:
    """Draw the amber line where the film stands."""
    x = rect.x() + share * rect.width()
    painter.setPen(QPen(colours.amber, thick * (1.5 if colours.is_projector else 1)))
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))


def draw_pill(
    painter: QPainter, line: QRectF, share: float, text: str, px: float, colours: Colours
) -> None:
    """Write the step in amber over the playhead, inside the line."""
    wide = width(text, px, SEMIBOLD) + 22
    x = line.x() + share * line.width() - wide / 2
    x = min(max(x, line.x() - 12), line.right() + 12 - wide)
    box = QRectF(x, line.y(), wide, line.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.amber)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    write(painter, box, text, px, colours.on_amber, SEMIBOLD, CENTRE)


def draw_gradients(
    painter: QPainter,
    rect: QRectF,
    title: str,
    scale: str,
    names: tuple[str, ...],
    norms: np.ndarray,
    colours: Colours,
    px: float,
) -> None:
    """Draw one bar a layer, side by side, and say their scale; all zero is none yet."""
    title_wide = max(width(title, px, SEMIBOLD), width(scale, px)) + 24
    upper = QRectF(rect.x(), rect.y(), title_wide, rect.height() * 0.55)
    write(painter, upper, title, px, colours.ink, SEMIBOLD)
    write(painter, upper.translated(0, upper.height()), scale, px, colours.muted)
    pitch = (rect.width() - title_wide) / len(names)
    for place, (name, norm) in enumerate(zip(names, norms, strict=True)):
        box = QRectF(rect.x() + title_wide + place * pitch, rect.y(), pitch - 18, rect.height())
        label = QRectF(box.x(), box.y(), box.width(), upper.height())
        said = DASH if norms.max() == 0 else significant(float(norm))
        named = label.adjusted(0, 0, -width(said, px) - 6, 0)
        write(painter, named, name, px, colours.muted)
        write(painter, label, said, px, colours.ink, REGULAR, RIGHT)
        track = QRectF(box.x(), box.y() + box.height() * 0.66, box.width(), 7)
        _draw_bar(painter, track, log_share(float(norm)), colours)


def draw_gradients_column(
    painter: QPainter,
    rect: QRectF,
    names: tuple[str, ...],
    norms: np.ndarray,
    colours: Colours,
    px: float,
) -> None:
    """Draw one bar a layer, one under the other, on the scale that holds along the film."""
    pitch = rect.height() / len(names)
    px = min(px, 0.54 * pitch)
    for place, (name, norm) in enumerate(zip(names, norms, strict=True)):
        line = QRectF(rect.x(), rect.y() + place * pitch, rect.width(), px * 1.3)
        write(painter, line, name, px, colours.muted)
        write(painter, line, significant(float(norm)), px, colours.ink, SEMIBOLD, RIGHT)
        track = QRectF(rect.x(), line.bottom() + 2, rect.width(), min(12.0, pitch * 0.2))
        _draw_bar(painter, track, log_share(float(norm)), colours)


def _draw_bar(painter: QPainter, track: QRectF, share: float, colours: Colours) -> None:
    radius = track.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fade(colours.gradient, 0.18))
    painter.drawRoundedRect(track, radius, radius)
    painter.setBrush(colours.gradient)
    bar = QRectF(track.x(), track.y(), track.width() * share, track.height())
    painter.drawRoundedRect(bar, radius, radius)


def kernel_at(
    layout: TrainingLayout, shown: tuple[Column, ...], point: QPointF
) -> tuple[int, int] | None:
    """Return (step, map) of the kernel under a point; anywhere in its column is near enough."""
    if not shown:
        return None
    for column, rect in zip(shown, column_rects(layout, shown), strict=True):
        if rect.adjusted(-8, -8, 8, 30).contains(point):
            maps, across = len(column.filters), layout.across
            rows = -(-maps // across)
            row = int((point.y() - rect.y()) / max(rect.height(), 1) * rows)
            place = int((point.x() - rect.x()) / max(rect.width(), 1) * across)
            index = min(max(row, 0), rows - 1) * across + min(max(place, 0), across - 1)
            return column.step, min(index, maps - 1)
    return None
