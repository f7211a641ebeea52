"""Where the boxes of the map lie, and the maps and numbers of a box that is open."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from explainer.concepts.transformer.blocks import words
from explainer.concepts.transformer.blocks.inside import Inside, inside, rows_of
from explainer.concepts.transformer.blocks.places import BOXES, BRANCHES, STACKS, Box, Stack
from explainer.concepts.transformer.blocks.probe import Walk
from explainer.concepts.transformer.cuts import LAYERS
from explainer.concepts.transformer.grammar import eojeols_of
from explainer.concepts.transformer.notice import Notice, below, notice_in
from explainer.concepts.transformer.sentence import names_of, target_of, unit_of, words_of
from explainer.concepts.transformer.sentence_view import field_in
from explainer.concepts.transformer.tokens import END, START, UNKNOWN
from explainer.concepts.transformer.units import piece_name
from explainer.stage.chips import Row, chip_row
from explainer.stage.frame import Frame, Room
from explainer.stage.lettering import SEMIBOLD, width

MARGIN = 28.0
STRAND = 6.0
FIGURE = 54.0  # width of a number behind a row, at type 1
COLUMN_NAME = 50.0  # room for the leaning name of a column, at type 1


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole model.

    Parameters
    ----------
    boxes : mapping of str to QRectF
        By name; those of additions are the circles on the stream.
    streams : mapping of str to (float, float, float)
        Each stack's stream: x of its middle, y where it begins (below) and ends (above).
    layers : tuple of (str, int, QRectF)
        The frame round each layer.
    source, read, output : Row
        What the encoder reads, what the decoder reads, and what it writes.
    titles : mapping of str to QRectF
        The name of each stack, at the same height.
    """

    boxes: dict[str, QRectF]
    streams: dict[Stack, tuple[float, float, float]]
    layers: tuple[tuple[Stack, int, QRectF], ...]
    source: Row
    read: Row
    output: Row
    titles: dict[Stack, QRectF]
    pitch: float


@dataclass(frozen=True, slots=True)
class Opened:
    """One box, open.

    Parameters
    ----------
    name : str
    inside : Inside
    panels : tuple of QRectF
        Where each map lies; rows are level with each other.
    names : QRectF
        Where the tokens are written.
    crumbs : tuple of (str, str, QRectF)
        Target, text and place of the way back: the model, then the box itself.
    beside : tuple of (str, str, QRectF)
        The boxes before and behind.
    legend : float
        Height for a colour bar under each map; 0 where there is no room.
    numbers : QRectF
    """

    name: str
    inside: Inside
    panels: tuple[QRectF, ...]
    names: QRectF
    crumbs: tuple[tuple[str, str, QRectF], ...]
    beside: tuple[tuple[str, str, QRectF], ...]
    legend: float
    numbers: QRectF


@dataclass(frozen=True, slots=True)
class BlocksLayout:
    """Everything of the scene; one of `overview` and `opened`, neither without an answer."""

    room: Room
    field: QRectF
    another: QRectF
    notice: Notice | None
    body: QRectF
    overview: Overview | None = None
    opened: Opened | None = None


def named(token: str, frame: Frame) -> str:
    """Return a token as it is written on the stage."""
    marks = {END: words.END, START: words.START, UNKNOWN: words.UNKNOWN}
    return frame.say(marks[token]) if token in marks else piece_name(token)


def row_names(frame: Frame, walk: Walk, name: str) -> tuple[str, ...]:
    """Return what the rows of a box are called.

    A row of the decoder reads one token to write the next: both are named, but where the token
    read is itself what is shown.
    """
    box = BOXES[name]
    read = tuple(named(token, frame) for token in rows_of(walk, box))
    if box.stack == "encoder" or box.part == "embedding":
        return read
    written = (named(token, frame) for token in walk.said.output)
    return tuple(f"{one} → {next_}" for one, next_ in zip(read, written, strict=True))


def way(box: Box, frame: Frame) -> str:
    """Return a box's name with where it stands."""
    said = [frame.say(STACKS[box.stack])]
    if box.layer is not None:
        said.append(frame.say(words.LAYER, n=box.layer + 1))
    return " · ".join((*said, frame.say(box.title)))


def opened_name(frame: Frame) -> str | None:
    """Return which box is open."""
    is_box = frame.selection[:1] == ("box",) and frame.selection[1] in BOXES
    return str(frame.selection[1]) if is_box else None


def blocks_layout(frame: Frame, room: Room) -> BlocksLayout:
    """Return the layout of the whole model or of one box."""
    wide = room.width - 2 * MARGIN
    field, another = field_in(frame, room)
    notice = notice_in(frame, room, field, another)
    top = below(field, notice) + 12
    body = QRectF(MARGIN, top, wide, room.height - top - 14)
    if not isinstance(frame.answer, Walk):
        return BlocksLayout(room, field, another, notice, body)
    name = opened_name(frame)
    if name is None:
        return BlocksLayout(room, field, another, notice, body, _overview(frame, room, body))
    return BlocksLayout(room, field, another, notice, body, None, _opened(frame, room, body, name))


def _overview(frame: Frame, room: Room, body: QRectF) -> Overview:
    t = room.type
    chip = 34.0 * min(t, 1.2)
    head = 28 * t
    below, above = body.bottom() - chip - 8, body.y() + head + chip + 6
    pitch = (below - above) / (3 * LAYERS + 3)
    side = 58 * t + 50
    centres = {"encoder": body.x() + side, "decoder": body.right() - side}
    middle = body.center().x()
    boxes: dict[str, QRectF] = {}
    streams: dict[Stack, tuple[float, float, float]] = {}
    layers: list[tuple[Stack, int, QRectF]] = []
    small = width(frame.say(BOXES["encoder.0.norm1"].title), 15 * t) + 22
    for stack, branches in BRANCHES.items():
        x, count = centres[stack], len(branches)
        sign = 1 if stack == "encoder" else -1
        inner = middle - sign * 30
        near = x + sign * 46
        norm = (near, near + sign * small)
        part = (norm[1] + sign * 24, inner)
        for box in (b for b in BOXES.values() if b.stack == stack):
            row = _row_of(box, count)
            level = below - (row + 1) * pitch
            ends = part
            if box.part == "norm" and box.layer is not None:
                ends = norm
            elif box.layer is None:
                ends = (x - sign * 46, x + sign * (46 + small + 24 + 120 * t))
            rect = QRectF(min(ends), level + pitch * 0.28, abs(ends[1] - ends[0]), pitch * 0.66)
            if box.part == "add":
                rect = QRectF(x - 11, level + pitch * 0.14 - 11, 22, 22)
            boxes[box.name] = rect
        begin = boxes[f"{stack}.embedding"].top()
        streams[stack] = (x, begin, boxes[f"{stack}.norm"].bottom())
        for layer in range(LAYERS):
            y = below - (1 + (layer + 1) * count) * pitch
            left, right = sorted((x - sign * 40, inner + sign * 8))
            layers.append((stack, layer, QRectF(left, y - 2, right - left, count * pitch - 2)))
    half = body.width() / 2 - 20
    lower = QRectF(body.x(), below + 8, half, chip)
    upper = QRectF(middle + 20, body.y() + head, half, chip)
    right = QRectF(middle + 20, below + 8, half, chip)
    titles: dict[Stack, QRectF] = {
        "encoder": QRectF(lower.x(), body.y(), half, head - 4),
        "decoder": QRectF(upper.x(), body.y(), half, head - 4),
    }
    return Overview(
        boxes, streams, tuple(layers),
        _source(frame, lower, 18 * t),
        _output(frame, frame.answer.said.read, right, 18 * t),
        _output(frame, frame.answer.said.output, upper, 18 * t),
        titles,
        pitch,
    )  # fmt: skip


def _row_of(box: Box, count: int) -> int:
    """Return how many rows stand below a box."""
    if box.part == "embedding":
        return 0
    if box.layer is None:
        return LAYERS * count + (2 if box.part == "output" else 1)
    return box.layer * count + box.branch


def _output(frame: Frame, tokens: tuple[str, ...], rect: QRectF, px: float) -> Row:
    """Return the output as chips; morphemes of one written word touch, the end stands alone."""
    has_end = tokens[-1:] == (END,)
    spoken = tokens[:-1] if has_end else tokens
    is_korean = target_of(frame.knobs) == "ko"
    places = list(eojeols_of(spoken)) if is_korean else list(range(len(spoken)))
    if has_end:
        places.append(places[-1] + 1 if places else 0)
    return chip_row([named(token, frame) for token in tokens], places, rect, px, spread=False)


def _source(frame: Frame, rect: QRectF, px: float) -> Row:
    """Return the source as chips, also what the model has no token for; then its end."""
    *read, end = frame.answer.said.source
    places = words_of(frame.knobs, read)
    names = (*names_of(frame.knobs, read), named(end, frame))
    pad = 2.0 if unit_of(frame.knobs) in ("syllable", "jamo") else 12.0
    places = (*places, (places[-1] if places else -1) + 1)
    return chip_row(names, places, rect, px, spread=False, pad=pad)


def _opened(frame: Frame, room: Room, body: QRectF, name: str) -> Opened:
    t, box, walk = room.type, BOXES[name], frame.answer
    found = inside(walk, name)
    crumb = 28.0 * min(t, 1.3)
    px = 16 * t
    model = frame.say(words.MODEL)
    first = QRectF(body.x(), body.y(), width(model, px) + 24, crumb)
    here = way(box, frame)
    rest = QRectF(first.right() + 26, body.y(), width(here, px) + 30, crumb)
    crumbs = (("", model, first), (name, here, rest))
    steps = _beside(name, frame, QRectF(body.x(), body.y(), body.width(), crumb), px, rest)
    rows = rows_of(walk, box)
    lines = 4 if box.part in ("self_attention", "cross_attention") else 3
    if "attention" in box.part:
        lines = len(walk.said.attention[box.place].weights)
    tail = 26 * t if "attention" in box.part or box.part == "feed_forward" else 0.0
    deep = (26 + 20) * t + lines * line_pitch(t) + tail + 6
    numbers = QRectF(body.x(), body.bottom() - deep, body.width(), deep)
    heads = 24 * t + ((COLUMN_NAME + 4) * t if any(p.columns for p in found.panels) else 4)
    if any(p.figures for p in found.panels):
        heads = max(heads, 44 * t)
    top = body.y() + crumb + 10 + heads
    tall, legend = numbers.y() - 14 - top, 54 * t
    if tall - legend < 20 * t * len(rows):
        legend = 0.0
    high = min((tall - legend) / len(rows), 48.0)
    said = row_names(frame, walk, name)
    label = max(width(text, min(15 * t, high * 0.84), SEMIBOLD) for text in said) + 14
    names = QRectF(body.x(), top, label, high * len(rows))
    shares = [1.6 if p.values.shape[1] > 64 else 1.0 for p in found.panels]
    figures = [len(p.figures) * FIGURE * t for p in found.panels]
    gap = 40.0
    free = body.width() - label - gap * (len(shares) - 1) - sum(figures)
    x, panels = names.right(), []
    for share, extra in zip(shares, figures, strict=True):
        wide = free * share / sum(shares)
        panels.append(QRectF(x, top, wide, names.height()))
        x += wide + extra + gap
    return Opened(name, found, tuple(panels), names, crumbs, steps, legend, numbers)


def line_pitch(t: float) -> float:
    """Return how far apart the lines of numbers are; large type has less air, the maps the room."""
    return 27 * min(t, 1.2)


def _beside(
    name: str, frame: Frame, line: QRectF, px: float, crumb: QRectF
) -> tuple[tuple[str, str, QRectF], ...]:
    """Return the ways to the neighbours, at the right; only signs where names have no room."""
    order = list(BOXES)
    at = order.index(name)
    found = [(order[i], mark) for i, mark in ((at - 1, "‹"), (at + 1, "›")) if 0 <= i < len(order)]
    texts = [
        f"‹ {frame.say(BOXES[n].title)}" if mark == "‹" else f"{frame.say(BOXES[n].title)} ›"
        for n, mark in found
    ]
    whole = sum(width(text, px) + 40 for text in texts)
    if crumb.right() + whole > line.right():
        texts = [mark for _, mark in found]
    x, placed = line.right(), []
    for (target, _), text in reversed(list(zip(found, texts, strict=True))):
        wide = width(text, px) + 28
        placed.append((target, text, QRectF(x - wide, line.y(), wide, line.height())))
        x -= wide + 10
    return tuple(placed)


def chip_at(layout: Overview, point: QPointF) -> tuple[str, int] | None:
    """Return the stack and place of the chip under a point."""
    for stack, row in (("encoder", layout.source), ("decoder", layout.output)):
        place = row.at(point)
        if place is not None:
            return stack, place
    return None
