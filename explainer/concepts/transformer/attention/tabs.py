"""The model's three attentions as pills over the picture: which of them is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from explainer.concepts.transformer.attention.knobs import ATTENTION_NAMES
from explainer.concepts.transformer.cuts import ATTENTION_KINDS, AttentionKind
from explainer.stage.colours import Colours
from explainer.stage.frame import Frame, Target
from explainer.stage.lettering import CENTRE, REGULAR, SEMIBOLD, width, write

_GAP, _PAD = 8.0, 13.0


def pills(frame: Frame, line: QRectF, t: float, right: bool) -> dict[AttentionKind, QRectF]:
    """Return a pill for each attention on a line, at its right or its left end."""
    px = 15 * t
    wides = [width(frame.say(ATTENTION_NAMES[k]), px, SEMIBOLD) + 2 * _PAD for k in ATTENTION_KINDS]
    x = line.right() - sum(wides) - _GAP * (len(wides) - 1) if right else line.x()
    placed = {}
    for kind, wide in zip(ATTENTION_KINDS, wides, strict=True):
        placed[kind] = QRectF(x, line.y(), wide, line.height())
        x += wide + _GAP
    return placed


def draw_pills(
    painter: QPainter,
    frame: Frame,
    placed: dict[AttentionKind, QRectF],
    chosen: AttentionKind,
    colours: Colours,
    t: float,
) -> None:
    """Draw the pills, that of the attention shown in ink."""
    for kind, rect in placed.items():
        is_shown, is_lit = kind == chosen, frame.hover == ("attention", kind)
        edge = colours.ink if is_shown else colours.amber if is_lit else colours.faint
        painter.setPen(QPen(edge, 2.0 if is_shown else 1.2))
        painter.setBrush(colours.amber_soft if is_lit else colours.surface)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        ink, weight = (colours.ink, SEMIBOLD) if is_shown else (colours.muted, REGULAR)
        write(painter, rect, frame.say(ATTENTION_NAMES[kind]), 15 * t, ink, weight, CENTRE)


def pill_at(placed: dict[AttentionKind, QRectF], point: QPointF) -> Target:
    """Return ("attention", kind) of the pill under a point."""
    for kind, rect in placed.items():
        if rect.contains(point):
            return ("attention", kind)
    return ()
