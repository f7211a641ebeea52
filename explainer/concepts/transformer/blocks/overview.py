"""The map of the whole model: two stacks of boxes, each along a stream of vectors."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explainer.concepts.transformer.answers import Floats
from explainer.concepts.transformer.blocks import words
from explainer.concepts.transformer.blocks.inside import inside, rows_of
from explainer.concepts.transformer.blocks.layout import (
    BlocksLayout,
    Overview,
    chip_at,
    way,
)
from explainer.concepts.transformer.blocks.moments import levels_reached, written
from explainer.concepts.transformer.blocks.opened import counted
from explainer.concepts.transformer.blocks.places import BOXES, BRANCHES, STACKS, Box
from explainer.concepts.transformer.blocks.probe import Walk
from explainer.concepts.transformer.blocks.strands import draw_stream, longest
from explainer.concepts.transformer.cuts import LAYERS
from explainer.concepts.transformer.sentence import is_known
from explainer.stage.chips import draw_chip
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Lens, Target
from explainer.stage.heatmap import draw_legend, draw_map
from explainer.stage.lettering import CENTRE, SEMIBOLD, percent, write

SQUARE = 1000  # parameters that one square stands for


def level_of(box: Box) -> int:
    """Return the level at which a box of the encoder is reached."""
    if box.part == "embedding":
        return 1
    count = len(BRANCHES[box.stack])
    if box.layer is None:
        return LAYERS * count + 2
    return box.layer * count + box.branch + 1


def picture_of(box: Box, walk: Walk) -> tuple[Floats, float, str] | None:
    """Return the small map in a box: values, peak and ramp; None where there is none."""
    if box.part in ("norm", "add"):
        return None
    panels = inside(walk, box.name).panels
    is_middle = "attention" in box.part or box.part == "feed_forward"
    panel = panels[1] if is_middle else panels[-1]
    return panel.values, panel.peak, panel.ramp


def small_map(rect: QRectF) -> QRectF:
    """Return where a box's small map lies."""
    wide = min(rect.width() * 0.3, 110.0)
    return QRectF(rect.right() - wide - 6, rect.y() + 5, wide, rect.height() - 10)


def draw_still(painter: QPainter, layout: BlocksLayout, frame: Frame, colours: Colours) -> None:
    """Draw boxes, lines and headings."""
    map_, t = layout.overview, layout.room.type
    assert map_ is not None
    walk = frame.answer
    for stack, layer, rect in map_.layers:
        painter.setPen(QPen(colours.line, 1.2))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(rect, 10, 10)
        is_left = stack == "encoder"
        x = layout.body.x() if is_left else rect.right() + 6
        wide = rect.x() - x - 6 if is_left else layout.body.right() - x
        box = QRectF(x, rect.center().y() - 14 * t, wide, 28 * t)
        said = frame.say(words.LAYER, n=layer + 1)
        write(painter, box, said, 15 * t, colours.muted, align=CENTRE)
    _draw_lines(painter, map_, colours)
    for name, rect in map_.boxes.items():
        _draw_box(painter, layout, name, rect, frame, colours)
    left = map_.boxes["encoder.norm"]
    for stack, how in (("encoder", words.PARALLEL), ("decoder", words.ONE_BY_ONE)):
        said = f"{frame.say(STACKS[stack])} · {frame.say(how)}"
        write(painter, map_.titles[stack], said, 18 * t, colours.ink, SEMIBOLD)
    bar = QRectF(left.x(), map_.titles["encoder"].bottom() + 12, 210 * t, 48 * t)
    if bar.bottom() < left.y() - 8:
        title = frame.say(words.LENGTH)
        draw_legend(painter, bar, title, 0, longest(walk), "magnitude", colours, 14 * t)
    if frame.knobs.get("figures"):
        _draw_square_legend(painter, bar, frame, colours, t)
    _draw_way_back(painter, layout.body.right() + 14, map_, colours)
    for place, token in enumerate(walk.said.source):
        lit, unknown = frame.hover == ("encoder", place), not is_known(frame.knobs, token)
        draw_chip(painter, map_.source, place, colours, lit=lit, unknown=unknown)


def _draw_square_legend(
    painter: QPainter, above: QRectF, frame: Frame, colours: Colours, t: float
) -> None:
    line = QRectF(above.x(), above.bottom() + 14 * t, 300 * t, 22 * t)
    side = 9.0
    painter.fillRect(QRectF(line.x(), line.center().y() - side / 2, side, side), colours.muted)
    said = frame.say(words.SQUARE, count=f"{SQUARE:,}")
    write(painter, line.adjusted(18, 0, 0, 0), said, 14 * t, colours.ink)


def _draw_way_back(painter: QPainter, x: float, map_: Overview, colours: Colours) -> None:
    """Lead what the decoder has written round to what it reads next."""
    begin, end = map_.output.rects[-1], map_.read.rects[-1]
    tip = QPointF(end.right() + 6, end.center().y())
    first = QPointF(begin.right() + 4, begin.center().y())
    corners = [QPointF(x, first.y()), QPointF(x, tip.y())]
    painter.setPen(QPen(colours.ribbon, 2))
    painter.drawPolyline([first, *corners, tip + QPointF(4, 0)])
    painter.setBrush(colours.ribbon)
    painter.drawPolygon([tip, tip + QPointF(9, -5), tip + QPointF(9, 5)])


def _draw_lines(painter: QPainter, map_: Overview, colours: Colours) -> None:
    """Draw each branch: off the stream, through its norm and its box, and back to the plus."""
    path = QPainterPath()
    boxes = map_.boxes
    for box in BOXES.values():
        if box.part != "add":
            continue
        x = map_.streams[box.stack][0]
        part = next(
            b for b in BOXES.values()
            if (b.stack, b.layer, b.branch) == (box.stack, box.layer, box.branch)
            and b.part not in ("norm", "add")
        )  # fmt: skip
        norm, inner = boxes[f"{box.stack}.{box.layer}.norm{box.branch}"], boxes[part.name]
        y, back = norm.center().y(), boxes[box.name].center().y()
        sign = 1 if box.stack == "encoder" else -1
        path.moveTo(x, y)
        path.lineTo(norm.left() if sign > 0 else norm.right(), y)
        path.moveTo(norm.right() if sign > 0 else norm.left(), y)
        path.lineTo(inner.left() if sign > 0 else inner.right(), y)
        up = inner.left() + 20 if sign > 0 else inner.right() - 20
        path.moveTo(up, inner.top())
        path.lineTo(up, back)
        path.lineTo(x, back)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.ribbon, 2))
    top = boxes["decoder.norm"], boxes["output"]
    path.moveTo(map_.streams["decoder"][0], top[0].top())
    path.lineTo(map_.streams["decoder"][0], top[1].bottom())
    painter.drawPath(path)
    bus = QPainterPath()
    memory = boxes["encoder.norm"]
    middle = (
        boxes["encoder.0.self_attention"].right() + boxes["decoder.0.self_attention"].left()
    ) / 2
    bus.moveTo(memory.right(), memory.center().y())
    lowest = max(boxes[f"decoder.{layer}.cross_attention"].center().y() for layer in range(LAYERS))
    highest = min(boxes[f"decoder.{layer}.cross_attention"].center().y() for layer in range(LAYERS))
    bus.lineTo(middle, memory.center().y())
    bus.moveTo(middle, min(highest, memory.center().y()))
    bus.lineTo(middle, lowest)
    for layer in range(LAYERS):
        cross = boxes[f"decoder.{layer}.cross_attention"]
        bus.moveTo(middle, cross.center().y())
        bus.lineTo(cross.left(), cross.center().y())
    painter.setPen(QPen(colours.value, 3))
    painter.drawPath(bus)


def _draw_box(
    painter: QPainter,
    layout: BlocksLayout,
    name: str,
    rect: QRectF,
    frame: Frame,
    colours: Colours,
) -> None:
    box, t, walk = BOXES[name], layout.room.type, frame.answer
    lit = frame.hover == ("box", name)
    if box.part == "add":
        return
    painter.setPen(QPen(colours.amber if lit else colours.faint, 2.2 if lit else 1.3))
    painter.setBrush(colours.amber_soft if lit else colours.background)
    painter.drawRoundedRect(rect, 7, 7)
    inner = rect.adjusted(8, 2, -8, -2)
    if box.part == "norm" and box.layer is not None:
        write(painter, inner, frame.say(box.title), 15 * t, colours.ink, align=CENTRE)
        return
    if picture_of(box, walk) is not None:
        inner.setRight(small_map(rect).x() - 8)
    count = walk.count(name)
    counts = f"{count:,}" if count else frame.say(words.TIED)
    if frame.knobs.get("figures") and picture_of(box, walk) is not None:
        _draw_squares(painter, small_map(rect), count, colours)
        if count:
            counts = f"{counts} · {percent(count / walk.total)}"
    if layout.room.large or rect.height() < 36:
        write(painter, inner, frame.say(box.title), 15 * t, colours.ink, SEMIBOLD)
        return
    half = inner.height() / 2
    upper = QRectF(inner.x(), inner.y(), inner.width(), half)
    write(painter, upper, frame.say(box.title), 15 * t, colours.ink, SEMIBOLD)
    write(painter, upper.translated(0, half), counts, 14 * t, colours.muted)


def squares(area: QRectF, count: int) -> tuple[QRectF, ...]:
    """Return a square for each thousand parameters, two rows of them; the last may be narrower."""
    rows = 2
    pitch = min(area.height() / rows, area.width() / 9)
    side = pitch * 0.8
    left, top = area.right() - 9 * pitch, area.center().y() - rows * pitch / 2 + 0.1 * pitch
    found = []
    for place in range(-(-count // SQUARE)):
        part = min(1.0, count / SQUARE - place)
        x, y = left + (place // rows) * pitch, top + (place % rows) * pitch
        found.append(QRectF(x, y, side * part, side))
    return tuple(found)


def _draw_squares(painter: QPainter, area: QRectF, count: int, colours: Colours) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.muted)
    painter.drawRects(squares(area, count))


def draw_moving(
    painter: QPainter, layout: BlocksLayout, frame: Frame, time: float, colours: Colours
) -> None:
    """Draw the strands and the small maps as far as the sentence has come."""
    map_ = layout.overview
    assert map_ is not None
    walk: Walk = frame.answer
    reached, tokens = levels_reached(time), written(walk, None, time)
    peak = longest(walk)
    for stack in BRANCHES:
        draw_stream(painter, map_, stack, walk, peak, reached, tokens, colours)
    if not frame.knobs.get("figures"):
        for name, rect in map_.boxes.items():
            box = BOXES[name]
            found = picture_of(box, walk)
            rows = tokens if box.stack == "decoder" else len(rows_of(walk, box))
            if found is None or not rows or (box.stack == "encoder" and level_of(box) > reached):
                continue
            values, top, ramp = found
            where = small_map(rect)
            part = QRectF(where)
            part.setHeight(where.height() * rows / len(values))
            draw_map(painter, part, values[:rows], top, ramp, colours)  # type: ignore[arg-type]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.line, 1))
            painter.drawRect(where)
    for name, rect in map_.boxes.items():
        if BOXES[name].part == "add":
            lit = frame.hover == ("box", name)
            painter.setPen(QPen(colours.amber if lit else colours.ink, 2 if lit else 1.4))
            painter.setBrush(colours.amber_soft if lit else colours.surface)
            painter.drawEllipse(rect)
            centre, arm = rect.center(), 5.5
            painter.drawLine(centre - QPointF(arm, 0), centre + QPointF(arm, 0))
            painter.drawLine(centre - QPointF(0, arm), centre + QPointF(0, arm))
    if tokens:
        chip, below = map_.output.rects[tokens - 1], map_.boxes["output"]
        x, middle = map_.streams["decoder"][0], (chip.bottom() + below.top()) / 2
        corners = (QPointF(x, middle), QPointF(chip.center().x(), middle))
        ends = QPointF(x, below.top()), QPointF(chip.center().x(), chip.bottom())
        painter.setPen(QPen(colours.amber, 2))
        painter.drawPolyline([ends[0], *corners, ends[1]])
    for place in range(tokens):
        draw_chip(painter, map_.read, place, colours, faint=place == 0)
        lit = place == tokens - 1 or frame.hover == ("decoder", place)
        draw_chip(painter, map_.output, place, colours, lit=lit)


def hit(layout: BlocksLayout, point: QPointF) -> Target:
    """Return the box or chip under a point."""
    map_ = layout.overview
    assert map_ is not None
    for name, rect in map_.boxes.items():
        grown = rect.adjusted(-4, -4, 4, 4) if BOXES[name].part == "add" else rect
        if grown.contains(point):
            return ("box", name)
    return chip_at(map_, point) or ()


def lens(frame: Frame) -> Lens:
    """Return the box pointed at, or the whole model."""
    walk: Walk = frame.answer
    if frame.hover[:1] == ("box",) and frame.hover[1] in BOXES:
        name = str(frame.hover[1])
        shape = inside(walk, name).panels[-1].values.shape
        rows = (
            (frame.say(words.SHAPE), f"{shape[0]} × {shape[1]}"),
            (frame.say(words.TOTAL), counted(walk, name, frame)),
        )
        return Lens(way(BOXES[name], frame), rows)
    counts = dict.fromkeys(BRANCHES, 0)
    for name, box in BOXES.items():
        counts[box.stack] += walk.count(name)
    shares = tuple(
        (frame.say(STACKS[stack]), f"{count:,} · {percent(count / walk.total)}")
        for stack, count in counts.items()
    )
    total = (frame.say(words.TOTAL), f"{walk.total:,}")
    return Lens(frame.say(words.MODEL), (total, *shares), good=sum(counts.values()) == walk.total)
