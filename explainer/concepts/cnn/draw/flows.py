"""What flows between the columns: how they hang together, the strongest flows, the signal."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explainer.concepts.cnn.draw.layout import DrawLayout, left_of, right_of
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Frame
from explainer.stage.motion import share
from explainer.stage.ribbons import draw_pulse, draw_ribbon, draw_strands

# The strongest flows only; above this many the picture turns to fog.
_STRONGEST = 32
# Pulses of the running signal; more cost too much and show nothing.
_PULSES = 40


def draw_edges(painter: QPainter, layout: DrawLayout, colours: Colours, strength: float) -> None:
    """Draw which column feeds which, whatever flows.

    Parameters
    ----------
    strength : float
        Opacity, 0..1.
    """
    tiles = layout.tiles
    start = right_of(layout.preview)
    for tile in tiles["conv1"]:
        alpha = (0.30 * strength, 0.16 * strength)
        draw_ribbon(painter, start, 6, left_of(tile), 10, colours.ribbon, alpha)
    for before, after in (("conv1", "pool1"), ("conv2", "pool2")):
        for source, target in zip(tiles[before], tiles[after], strict=True):
            alpha = (0.05 * strength, 0.18 * strength)
            ends = source.height() * 0.8, target.height() * 0.8
            draw_ribbon(
                painter, right_of(source), ends[0], left_of(target), ends[1], colours.ribbon, alpha
            )


def draw_strongest(
    painter: QPainter, layout: DrawLayout, frame: Frame, colours: Colours, strength: float
) -> None:
    """Draw the strongest of what flows into the second layer and into the digits.

    Parameters
    ----------
    strength : float
        Opacity, 0..1.
    """
    tiles = layout.tiles
    terms = np.abs(frame.answer.conv2_terms).mean(axis=(2, 3))  # (maps out, maps in)
    _draw_strongest(painter, terms.T, tiles["pool1"], tiles["conv2"], colours, strength)
    shares = np.abs(frame.answer.map_shares)  # (10, maps)
    _draw_strongest(painter, shares.T, tiles["pool2"], bar_ends(layout), colours, strength)


def bar_ends(layout: DrawLayout) -> tuple[QRectF, ...]:
    """Return where what flows into the digits arrives."""
    return tuple(QRectF(bar.left() - 4, bar.y(), 1, bar.height()) for bar in layout.bars)


def _draw_strongest(
    painter: QPainter,
    strengths: np.ndarray,
    sources: tuple[QRectF, ...],
    targets: tuple[QRectF, ...],
    colours: Colours,
    strength: float,
) -> None:
    order = np.argsort(strengths, axis=None)[-_STRONGEST:]
    of_most = strengths.ravel()[order] / (float(strengths.max()) or 1.0)
    starts, ends = [right_of(tile) for tile in sources], [left_of(tile) for tile in targets]
    alphas = (0.1 + 0.45 * of_most) * strength
    rows, columns = np.divmod(order, strengths.shape[1])
    pairs = zip(rows.tolist(), columns.tolist(), alphas.tolist(), strict=True)
    draw_strands(painter, [(starts[i], ends[j], a) for i, j, a in pairs], colours)


def draw_signal(
    painter: QPainter, layout: DrawLayout, frame: Frame, reached: float, colours: Colours
) -> None:
    """Veil what the signal has not reached, and show it running from column to column.

    Parameters
    ----------
    reached : float
        0 at the input, 1 at conv1, 2 at pool1, 3 at conv2, 4 at pool2, 5 at the hidden layer,
        6 at the probabilities.
    """
    if reached >= 6 or frame.answer is None:
        return
    edges = [
        layout.preview.right() + 8,
        layout.tiles["conv1"][0].right() + 4,
        layout.tiles["pool1"][0].right() + 4,
        layout.tiles["conv2"][1].right() + 4,
        layout.tiles["pool2"][1].right() + 4,
        layout.hidden.right() + 4,
        layout.room.width,
    ]
    stage, part = int(reached), reached - int(reached)
    front = edges[stage] + (edges[stage + 1] - edges[stage]) * share(part, 0.0, 1.0)
    veil = QRectF(front, 64, layout.room.width - front, layout.room.height - 64 - 70)
    painter.fillRect(veil, fade(colours.background, 0.86))
    columns: list[tuple[QRectF, ...]] = [
        (layout.preview,),
        *layout.tiles.values(),
        (layout.hidden,),
        bar_ends(layout),
    ]
    sources, targets = columns[stage], columns[stage + 1]
    if len(sources) == len(targets):
        pairs = list(zip(sources, targets, strict=True))
    else:
        pairs = [(source, target) for source in sources for target in targets]
    # Evenly chosen, so that no tile is left out.
    every = -(-len(pairs) // _PULSES)
    for source, target in pairs[::every]:
        draw_pulse(painter, right_of(source), left_of(target), part, colours.amber, 2.0)
