"""The folder: what must lie in it, what does lie in the open one, and how names are translated."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from explainer.concepts.transformer.pretrained import words
from explainer.concepts.transformer.pretrained.focus import model_of
from explainer.concepts.transformer.pretrained.getting import draw_ways
from explainer.concepts.transformer.pretrained.layout import PretrainedLayout, draw_title
from explainer.concepts.transformer.pretrained.names import NAMES
from explainer.concepts.transformer.pretrained.probe import Model
from explainer.stage.chips import draw_cross, draw_pill
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.lettering import REGULAR, RIGHT, SEMIBOLD, number, width, write

APART = 0.7  # seconds between one file and the next


@dataclass(frozen=True, slots=True)
class Line:
    """A file, what it is for, and how large it is."""

    name: str
    said: str
    size: str
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files, the table of names and the buttons stand; an empty table is not drawn.

    While no folder is open, the ways to one stand in the table's place.
    """

    title: QRectF
    rows: tuple[QRectF, ...]
    table: QRectF
    choose: QRectF
    offer: QRectF
    drop: QRectF


def size_text(count: int) -> str:
    """Return bytes in the largest unit that leaves a whole number before the point."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            return f"{number(count / size, 1)} {unit}"
    return f"{number(count, 0)} B"


def lines(frame: Frame) -> tuple[Line, ...]:
    """Return the files of the open folder, or of any, in the order in which they are needed."""
    model = model_of(frame)
    sizes = dict(model.files)

    def size(name: str) -> str:
        return size_text(sizes[name]) if name in sizes else ""

    either = f"tokenizer.json {frame.say(words.OR)} vocab.txt"
    if not model.is_open:
        return (
            Line("config.json", frame.say(words.SHAPE), ""),
            Line("model.safetensors", frame.say(words.WEIGHTS), ""),
            Line(either, frame.say(words.PIECES), ""),
            Line("1_Pooling/config.json", frame.say(words.POOLING), ""),
            Line("pytorch_model.bin", frame.say(words.PICKLE), "", True),
        )
    kind = {"bert": "BERT", "gpt2": "GPT-2"}[model.kind]
    shape = frame.say(
        words.SHAPE_OPEN, kind=kind, layers=model.layers, heads=model.heads, width=model.width
    )
    weights = frame.say(
        words.WEIGHTS_OPEN,
        count=number(sum(model.parameters.values()), 0),
        tables=len(model.named),
        stored=model.stored_as,
    )
    pieces = frame.say(words.PIECES_OPEN, count=number(model.vocabulary, 0), file=model.tokens_from)
    found = [
        Line("config.json", shape, size("config.json")),
        Line("model.safetensors", weights, size("model.safetensors")),
        Line(model.tokens_from, pieces, size(model.tokens_from)),
    ]
    if model.kind == "bert":
        pooled = words.POOLING_OPEN[model.pooling] if model.is_said else words.POOLING_UNSAID
        found.append(Line("1_Pooling/config.json", frame.say(pooled), ""))
    found.append(Line("pytorch_model.bin", frame.say(words.PICKLE), "", True))
    return tuple(found)


def places(layout: PretrainedLayout, frame: Frame) -> Places:
    """Return where everything stands; where type is large, the table gives way to the files."""
    t, body = layout.room.type, layout.body
    high = 44 * min(t, 1.3)
    foot = QRectF(body.x(), body.bottom() - high, body.width(), high)
    wide = width(frame.say(words.CHOOSE), 17 * t) + 48
    choose = QRectF(foot.x(), foot.y(), wide, high)
    offer, x = QRectF(), choose.right() + 14
    if model_of(frame).offered:
        wide = width(frame.say(words.OFFER), 17 * t) + 48
        offer = QRectF(x, foot.y(), min(wide, foot.right() - x), high)
        x = offer.right() + 18
    drop = QRectF(x + 4, foot.y(), foot.right() - x - 4, high)
    top = body.y() + 52 * t
    is_small, is_open = layout.room.large, model_of(frame).is_open
    left = body.width() * 0.46
    if is_small:
        left = body.width() * (1.0 if is_open else 0.36)
    count = len(lines(frame))
    row = min((foot.y() - 22 - top) / count, 92.0)
    rows = tuple(QRectF(body.x(), top + i * row, left, row) for i in range(count))
    table = QRectF()
    if not (is_small and is_open):
        x = body.x() + left + 40
        table = QRectF(x, body.y(), body.right() - x, foot.y() - 22 - body.y())
    return Places(QRectF(body.x(), body.y(), left, 30 * t), rows, table, choose, offer, drop)


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one file after another, then the table."""
    said = [line.name for line in lines(frame)]
    files = [Beat("file", APART * (i + 1), name) for i, name in enumerate(said)]
    return (Beat("folder", 0.0), *files, Beat("table", APART * (len(said) + 1)))


def veils(layout: PretrainedLayout, frame: Frame) -> tuple[tuple[QRectF, float], ...]:
    """Return what is hidden until when."""
    at = places(layout, frame)
    found = [(row, APART * (i + 1)) for i, row in enumerate(at.rows)]
    return (*found, (at.table, APART * (len(at.rows) + 1)))


def draw(painter: QPainter, layout: PretrainedLayout, frame: Frame, colours: Colours) -> None:
    """Draw the files, the table and the buttons."""
    t, at, model = layout.room.type, places(layout, frame), model_of(frame)
    title = frame.say(words.LAYOUT)
    if model.is_open:
        title = frame.say(words.OPENED, name=model.name)
    elif frame.step.key != "folder":
        title = frame.say(words.NEEDS_FOLDER)
    draw_title(painter, at.title, title, "", colours, t)
    for line, row in zip(lines(frame), at.rows, strict=True):
        _draw_file(painter, row, line, colours, t)
    if not model.is_open:
        draw_ways(painter, at.table, frame, bool(model.offered), colours, t)
    elif not at.table.isEmpty():
        _draw_table(painter, at.table, frame, model, colours, t)
    px = 17 * t
    draw_pill(painter, at.choose, frame.say(words.CHOOSE), px, colours, frame.hover == ("choose",))
    if not at.offer.isEmpty():
        lit = frame.hover == ("offer",) or not model.is_open
        draw_pill(painter, at.offer, frame.say(words.OFFER), px, colours, lit)
    drop = frame.say(words.DROP)
    if width(drop, 15 * t) <= at.drop.width():
        write(painter, at.drop, drop, 15 * t, colours.muted)


def _draw_file(painter: QPainter, row: QRectF, line: Line, colours: Colours, t: float) -> None:
    painter.setPen(QPen(colours.line, 1))
    painter.drawLine(row.topLeft(), row.topRight())
    sheet = 30.0 * min(t, 1.25)
    paper = QRectF(row.x() + 4, row.center().y() - sheet / 2, sheet * 0.78, sheet)
    painter.setPen(QPen(colours.wrong if line.is_refused else colours.muted, 1.6))
    painter.setBrush(colours.surface)
    painter.drawPath(_sheet(paper))
    if line.is_refused:
        draw_cross(painter, paper.center() + QPointF(0, 2), 6, colours.wrong)
    x = paper.right() + 18
    half = min(row.height() / 2, 31 * t)
    middle = row.center().y()
    box = QRectF(x, middle - half + 3, row.right() - x, half)
    if line.size:
        write(painter, box, line.size, 15 * t, colours.muted, align=RIGHT)
        box.setRight(row.right() - width(line.size, 15 * t) - 12)
    ink = colours.muted if line.is_refused else colours.ink
    write(painter, box, line.name, 17 * t, ink, SEMIBOLD)
    under = QRectF(x, middle - 1, row.right() - x, half)
    write(painter, under, line.said, 15 * t, colours.wrong if line.is_refused else colours.muted)


def _sheet(rect: QRectF) -> QPainterPath:
    """Return a sheet of paper with a folded corner."""
    fold = rect.width() * 0.36
    path = QPainterPath(rect.topLeft())
    path.lineTo(rect.right() - fold, rect.top())
    path.lineTo(rect.right(), rect.top() + fold)
    path.lineTo(rect.bottomRight())
    path.lineTo(rect.bottomLeft())
    path.closeSubpath()
    path.moveTo(rect.right() - fold, rect.top())
    path.lineTo(rect.right() - fold, rect.top() + fold)
    path.lineTo(rect.right(), rect.top() + fold)
    return path


def _draw_table(
    painter: QPainter, rect: QRectF, frame: Frame, model: Model, colours: Colours, t: float
) -> None:
    """Draw every line of the table by which the weights are found."""
    names = NAMES[model.kind or "bert"]
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(rect, 12, 12)
    inner = rect.adjusted(20, 14, -20, -12)
    head = QRectF(inner.x(), inner.y(), inner.width(), 26 * t)
    draw_title(painter, head, frame.say(words.TABLE), "", colours, t)
    ours = max(width(name, 14 * t, SEMIBOLD) for name in names.values()) + 6
    px = 14 * t
    x = inner.right() - ours
    y = head.bottom() + 6
    line = QRectF(inner.x(), y, inner.width(), 22 * t)
    write(painter, line, frame.say(words.IN_FILE), px, colours.muted)
    write(painter, line.adjusted(x - inner.x(), 0, 0, 0), frame.say(words.IN_MODULE), px,
          colours.muted)  # fmt: skip
    foot = QRectF(inner.x(), inner.bottom() - 22 * t, inner.width(), 22 * t)
    pitch = (foot.y() - 4 - line.bottom()) / len(names)
    for place, (stored, own) in enumerate(names.items()):
        row = QRectF(inner.x(), line.bottom() + place * pitch, inner.width(), pitch)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(row.topLeft(), row.topRight())
        free = row.adjusted(0, 0, -ours - 10, 0)
        write(painter, free, stored, px, colours.muted, REGULAR)
        write(painter, row.adjusted(x - inner.x(), 0, 0, 0), own, px, colours.ink, SEMIBOLD)
    said = frame.say(words.UNUSED, count=len(model.unused))
    if model.is_open and width(said, px) <= foot.width():
        painter.setPen(Qt.PenStyle.NoPen)
        write(painter, foot, said, px, colours.muted)


def hit(layout: PretrainedLayout, frame: Frame, point: QPointF) -> Target:
    """Return the button or file under a point."""
    at = places(layout, frame)
    if at.choose.contains(point):
        return ("choose",)
    if at.offer.contains(point):
        return ("offer",)
    return next((("file", i) for i, row in enumerate(at.rows) if row.contains(point)), ())


def lens(frame: Frame) -> Lens | None:
    """Return what tables the open file holds, and how large they are."""
    model = model_of(frame)
    if not model.is_open:
        return None
    return Lens("model.safetensors", tables(model))


def tables(model: Model) -> tuple[tuple[str, str], ...]:
    """Return the weights that are tables by their own last names, with how many and their shape.

    Neighbours that are alike share a line: 24 of w_q, w_k, w_v and w_o in six layers.
    """
    found: dict[str, list[tuple[int, ...]]] = {}
    for _, ours, shape in model.named:
        if len(shape) == 2:
            found.setdefault(ours.removesuffix(".weight").split(".")[-1], []).append(shape)
    rows: list[tuple[list[str], int, tuple[int, ...]]] = []
    for name, (shape, *more) in found.items():
        if rows and more and rows[-1][2] == shape:
            names, count, _ = rows[-1]
            rows[-1] = ([*names, name], count + 1 + len(more), shape)
        else:
            rows.append(([name], 1 + len(more), shape))
    said = []
    for names, count, shape in rows:
        label = names[0] if len(names) == 1 else f"{names[0]} … {names[-1]}"
        size = "×".join(map(str, shape))
        said.append((label, size if count == 1 else f"{count} × ({size})"))
    return tuple(said)
