"""The learned discriminator beside the best there could be, p / (p + q)."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from explainer.concepts.gan.plane import words
from explainer.concepts.gan.plane.layout import PlaneLayout
from explainer.concepts.gan.plane.probe import Compared
from explainer.concepts.gan.plane_legend import draw_scale
from explainer.concepts.gan.plane_picture import draw_card, draw_fakes, draw_real
from explainer.stage.colours import Colours, fade, levels
from explainer.stage.frame import Beat, Frame, Lens, Target
from explainer.stage.heatmap import packed
from explainer.stage.lettering import RIGHT, SEMIBOLD, number, write

_GAP = 26.0


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return one moment: the picture follows the film."""
    return (Beat("", 0.0),)


def planes(layout: PlaneLayout) -> tuple[QRectF, QRectF, QRectF]:
    """Return the densities, the learned D and the best D, side by side."""
    body, t = layout.body, layout.room.type
    side = min((body.width() - 2 * _GAP) / 3, 0.47 * body.height())
    gap = (body.width() - 3 * side) / 2
    y = body.y() + 28 * t
    one, two, three = (QRectF(body.x() + n * (side + gap), y, side, side) for n in range(3))
    return one, two, three


def cut_rect(layout: PlaneLayout) -> QRectF:
    """Return where the cross-section lies, its axis' labels outside."""
    body, t = layout.body, layout.room.type
    top = planes(layout)[0].bottom() + 64 * t + 12
    bottom = layout.pills[0][1].y() - 16
    return QRectF(body.x() + 44 * t, top, body.width() - 44 * t, bottom - top)


def row_of(frame: Frame, answer: Compared) -> int:
    """Return the row that is cut: the chosen one, else the one most points fall on."""
    if frame.selection[:1] == ("row",):
        return min(int(frame.selection[1]), len(answer.real) - 1)
    return int((answer.real + answer.fake).sum(axis=1).argmax())


def _d_image(values: np.ndarray, colours: Colours) -> np.ndarray:
    """Return D, 0..1, as colours of the verdict ramp; grey where there is none."""
    known = np.isfinite(values)
    table = colours.tables["verdict"]
    rgb = table[levels(np.where(known, 2 * np.nan_to_num(values) - 1, 0.0), 1.0)]
    line = colours.line
    rgb[~known] = (line.red(), line.green(), line.blue())
    return rgb


def _draw_d(painter: QPainter, rect: QRectF, values: np.ndarray, colours: Colours) -> None:
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawImage(rect, packed(_d_image(values, colours)))
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)


def draw_still(
    painter: QPainter, layout: PlaneLayout, frame: Frame, answer: Compared, colours: Colours
) -> None:
    """Draw the three planes, the figure that compares them, and the cut."""
    t, rects = layout.room.type, planes(layout)
    heads = (words.DENSITIES, words.LEARNED, words.BEST)
    for rect, text in zip(rects, heads, strict=True):
        head = QRectF(rect.x(), rect.y() - 27 * t, rect.width(), 24 * t)
        write(painter, head, frame.say(text), 16 * t, colours.ink, SEMIBOLD)
    draw_card(painter, rects[0], colours)
    draw_real(painter, rects[0], answer.points, colours, 5)
    draw_fakes(painter, rects[0], answer.forged, colours, 6.5)
    _draw_d(painter, rects[1], answer.learned, colours)
    _draw_d(painter, rects[2], answer.best, colours)
    row = row_of(frame, answer)
    for rect in rects:
        y = rect.y() + (row + 0.5) / len(answer.real) * rect.height()
        painter.setPen(QPen(colours.amber, 2))
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
    y = rects[0].bottom() + 8
    px, high = 14 * t, 22 * t
    learned = QRectF(rects[1].x(), y, rects[1].width(), high)
    draw_scale(painter, learned, ("D 0", "1"), px, colours)
    note = QRectF(rects[2].x(), y, rects[2].width(), high)
    write(painter, note, frame.say(words.NEITHER), px, colours.muted)
    gap = QRectF(rects[0].x(), y, rects[1].x() - rects[0].x() - 16, high)
    if answer.loss == "wgan-gp":
        write(painter, gap, frame.say(words.NO_CRITIC), px, colours.wrong)
    else:
        said = frame.say(words.GAP, gap=number(answer.apart, 3))
        write(painter, gap, said, px, colours.ink, SEMIBOLD)
    _draw_cut(painter, layout, frame, answer, row, colours)


def _draw_cut(
    painter: QPainter,
    layout: PlaneLayout,
    frame: Frame,
    answer: Compared,
    row: int,
    colours: Colours,
) -> None:
    """Draw p and q along the chosen row, and both discriminators over them."""
    rect, t = cut_rect(layout), layout.room.type
    entries: tuple[tuple[str, QColor, bool], ...] = (
        (frame.say(words.CUT), colours.amber_text, False),
        (frame.say(words.P), colours.real, False),
        (frame.say(words.Q), colours.generator, False),
        (frame.say(words.LEARNED_SHORT), colours.discriminator, False),
        (frame.say(words.BEST_SHORT), colours.ink, True),
    )
    x = layout.body.x()
    for place, (said, colour, _) in enumerate(entries):
        wide = layout.body.width() * (0.24 if place == 0 else 0.19)
        spot = QRectF(x, rect.y() - 32 * t, wide - 8, 22 * t)
        write(painter, spot, said, 15 * t, colour, SEMIBOLD)
        x += wide
    painter.setPen(QPen(colours.line, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for value in (0.0, 0.5, 1.0):
        y = rect.bottom() - value * rect.height()
        painter.setPen(QPen(colours.line, 1.2))
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        label = QRectF(layout.body.x(), y - 10 * t, 36 * t, 20 * t)
        write(painter, label, f"{value:g}", 14 * t, colours.muted, align=RIGHT)
    xs = rect.x() + (np.arange(len(answer.real)) + 0.5) / len(answer.real) * rect.width()
    p, q = answer.real[row], answer.fake[row]
    most = max(float(p.max()), float(q.max()), 1e-9)
    for values, colour in ((p, colours.real), (q, colours.generator)):
        path = QPainterPath(QPointF(float(xs[0]), rect.bottom()))
        for at, value in zip(xs.tolist(), values.tolist(), strict=True):
            path.lineTo(at, rect.bottom() - 0.96 * value / most * rect.height())
        path.lineTo(float(xs[-1]), rect.bottom())
        painter.fillPath(path, fade(colour, 0.28))
        painter.setPen(QPen(colour, 1.4))
        painter.drawPath(path)
    for values, colour, dashed in (
        (answer.learned[row], colours.discriminator, False),
        (answer.best[row], colours.ink, True),
    ):
        pen = QPen(colour, 2.4)
        if dashed:
            pen.setDashPattern([3, 2.2])
        painter.setPen(pen)
        for run in _runs(np.isfinite(values)):
            line = [
                QPointF(float(xs[n]), rect.bottom() - float(values[n]) * rect.height()) for n in run
            ]
            painter.drawPolyline(QPolygonF(line))


def _runs(known: np.ndarray) -> list[range]:
    """Return the stretches where something is known."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(int)))
    return [range(start, end) for start, end in edges.reshape(-1, 2).tolist()]


def hit(layout: PlaneLayout, answer: Compared, point: QPointF) -> Target:
    """Return the row and column under a point of any plane."""
    cells = len(answer.real)
    for rect in planes(layout):
        if rect.contains(point):
            row = int((point.y() - rect.y()) / rect.height() * cells)
            column = int((point.x() - rect.x()) / rect.width() * cells)
            return ("row", min(row, cells - 1), min(column, cells - 1))
    return ()


def lens(frame: Frame, answer: Compared) -> Lens | None:
    """Return the arithmetic of the cell that is pointed at."""
    target = frame.hover or frame.selection
    if target[:1] != ("row",) or len(target) < 3:
        return None
    row, column = int(target[1]), int(target[2])
    p, q = float(answer.real[row, column]), float(answer.fake[row, column])
    best = float(answer.best[row, column])
    rows = (
        (frame.say(words.P), number(1000 * p, 2) + " ‰"),
        (frame.say(words.Q), number(1000 * q, 2) + " ‰"),
        ("p / (p + q)", "–" if np.isnan(best) else number(best, 3)),
        (frame.say(words.LEARNED_SHORT), number(float(answer.learned[row, column]), 3)),
    )
    return Lens(frame.say(words.BEST), rows)
