"""What colours mean, in one line: a text, and a colour bar between its ends."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explainer.stage.colours import Colours, RampName
from explainer.stage.heatmap import draw_map
from explainer.stage.lettering import number, width, write

_BAR, _GAP = 70.0, 8.0


def draw_scale(
    painter: QPainter,
    line: QRectF,
    text: str,
    low: float,
    high: float,
    ramp: RampName,
    colours: Colours,
    px: float,
) -> None:
    """Draw a text, the low end, a bar by the maps' own mapping, and the high end."""
    ends = number(low, 1 if low else 0), number(high, 1 if low else 0)
    taken = _BAR + 4 * _GAP + sum(width(end, px) for end in ends)
    wide = min(width(text, px), line.width() - taken)
    values = np.linspace(low, high, 128, dtype=np.float32)[None, :]
    x = line.x()
    for part, gap in ((text, 2 * _GAP), (ends[0], _GAP), (None, _GAP), (ends[1], 0.0)):
        if part is None:
            bar = QRectF(x, line.center().y() - 5, _BAR, 10)
            draw_map(painter, bar, values, max(abs(low), abs(high)), ramp, colours)
            x += _BAR + gap
            continue
        room = wide if part is text else width(part, px)
        write(painter, QRectF(x, line.y(), room, line.height()), part, px, colours.muted)
        x += room + gap
