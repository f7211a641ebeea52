"""When each part is reached: the encoder for all tokens at once, the decoder token by token."""

from __future__ import annotations

import numpy as np

from explainer.concepts.transformer.blocks.inside import inside, rows_of
from explainer.concepts.transformer.blocks.layout import opened_name
from explainer.concepts.transformer.blocks.places import BOXES, BRANCHES
from explainer.concepts.transformer.blocks.probe import Walk
from explainer.concepts.transformer.cuts import LAYERS
from explainer.stage.frame import Beat, Frame
from explainer.stage.motion import out_cubic, share

START, LEVEL, TOKEN, GROWING, REST = 0.4, 0.45, 0.6, 0.35, 0.6  # seconds
LEVELS = LAYERS * len(BRANCHES["encoder"]) + 2  # of the encoder: embedding, branches, norm
_PANEL = 0.9


def beats(frame: Frame) -> tuple[Beat, ...]:
    """Return the levels of the encoder, or maps, or tokens as moments."""
    walk, name = frame.answer, opened_name(frame)
    if not isinstance(walk, Walk):
        return (Beat("", 0.0),)
    count = len(walk.said.read)
    if name is None:
        found = [Beat("encode", START + i * LEVEL) for i in range(LEVELS)]
        begin = START + LEVELS * LEVEL
        found += [Beat("decode", begin + i * TOKEN, f"{i + 1} / {count}") for i in range(count)]
        return (Beat("encode", 0.0), *found, Beat("decode", begin + count * TOKEN + REST))
    if BOXES[name].stack == "decoder":
        found = [Beat("row", START + i * TOKEN, f"{i + 1} / {count}") for i in range(count)]
        return (Beat("row", 0.0), *found, Beat("row", START + count * TOKEN + REST))
    keys = ("first", "second", "third")[: len(inside(walk, name).panels)]
    found = [Beat(key, i * _PANEL + GROWING) for i, key in enumerate(keys)]
    return (Beat(keys[0], 0.0), *found, Beat(keys[-1], len(keys) * _PANEL + REST))


def appeared(frame: Frame, panel: int, time: float) -> float:
    """Return how far, 0..1, a map of an open encoder box has come."""
    if time < panel * _PANEL:
        return 0.0
    return 1.0 if frame.reduced else share(time, panel * _PANEL, GROWING, out_cubic)


def levels_reached(time: float) -> int:
    """Return how many levels of the encoder are done on the map."""
    return int(min(max((time - START) / LEVEL + 1 + 1e-9, 0), LEVELS))


def written(walk: Walk, name: str | None, time: float) -> int:
    """Return how many tokens the decoder has gone through."""
    begin = START + (LEVELS * LEVEL if name is None else 0.0)
    return int(min(max((time - begin) / TOKEN + 1 + 1e-9, 0), len(walk.said.read)))


def rows_shown(walk: Walk, name: str, time: float) -> int:
    """Return how many rows of an open box are there: all of them in the encoder."""
    box = BOXES[name]
    return written(walk, name, time) if box.stack == "decoder" else len(rows_of(walk, box))


def focus(frame: Frame, name: str, time: float) -> tuple[int, int]:
    """Return the row and column looked at: pointed at, chosen, else newest and largest."""
    walk = frame.answer
    shown = rows_shown(walk, name, time)
    for target in (frame.hover, frame.selection):
        if target[:2] == ("box", name) and len(target) > 2 and int(target[2]) < shown:
            row = int(target[2])
            return row, int(target[3]) if len(target) > 3 else largest(walk, name, row)
    row = max(shown - 1, 0) if BOXES[name].stack == "decoder" else 0
    return row, largest(walk, name, row)


def largest(walk: Walk, name: str, row: int) -> int:
    """Return the column where the box gives, or its branch adds, most."""
    panels = inside(walk, name).panels
    panel = panels[1] if BOXES[name].part == "add" else panels[-1]
    return int(np.abs(panel.values[row]).argmax())
