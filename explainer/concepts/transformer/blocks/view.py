"""The blocks scene: the map of the model, and the box that is open."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.blocks import moments, opened, overview, words
from explainer.concepts.transformer.blocks.layout import (
    BlocksLayout,
    blocks_layout,
    opened_name,
    way,
)
from explainer.concepts.transformer.blocks.places import BOXES
from explainer.concepts.transformer.blocks.probe import ReadWalk, Walk
from explainer.concepts.transformer.sentence import tokens_in_force
from explainer.concepts.transformer.sentence_view import SentenceView
from explainer.stage.colours import Colours
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, write


class BlocksView(SentenceView):
    """Every box of the encoder and the decoder, with its live tensors for one sentence."""

    def request(self, frame: Frame) -> Any | None:
        """Ask for the sentence's way through every box."""
        tokens = tokens_in_force(frame.knobs)
        return ReadWalk(tokens) if tokens else None

    def layout_in(self, frame: Frame, room: Room) -> BlocksLayout:
        """Return where the boxes, or the maps of one box, lie."""
        return blocks_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return levels, maps or tokens as moments."""
        return moments.beats(frame)

    def draw_still(
        self, painter: QPainter, layout: BlocksLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw what does not move."""
        t = layout.room.type
        self.draw_sentence(painter, layout, frame, colours)
        if layout.opened is not None:
            opened.draw_still(painter, layout, frame, colours)
        elif layout.overview is not None:
            overview.draw_still(painter, layout, frame, colours)
        else:
            said = frame.say(words.PREPARING)
            write(painter, layout.body, said, 20 * t, colours.muted, align=CENTRE)

    def draw_moving(
        self,
        painter: QPainter,
        layout: BlocksLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Draw what has come so far."""
        if layout.opened is not None:
            opened.draw_moving(painter, layout, frame, time, colours)
        elif layout.overview is not None:
            overview.draw_moving(painter, layout, frame, time, colours)

    def hit(self, layout: BlocksLayout, frame: Frame, point: QPointF) -> Target:
        """Return the button, box, chip, row or number under a point."""
        typed = self.hit_sentence(layout, point)
        if typed:
            return typed
        if layout.opened is not None:
            return opened.hit(layout, point)
        return overview.hit(layout, point) if layout.overview is not None else ()

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Open a box, go to a neighbour or back to the map, choose a row, take a sentence."""
        typed = self.pick_sentence(frame, target)
        if typed is not None:
            return typed
        kind = target[0] if target else ""
        if kind == "crumb":
            return Pick(selection=("box", target[1]) if target[1] else ())
        if kind in ("encoder", "decoder"):
            return Pick()
        return Pick(selection=target if target else self.above(frame.selection))

    def above(self, selection: Target) -> Target:
        """Return the box of a chosen row, or the map."""
        return selection[:2] if len(selection) > 2 else ()

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return shapes, parameters, and whether the arithmetic comes out."""
        if not isinstance(frame.answer, Walk):
            return None
        name = opened_name(frame)
        return overview.lens(frame) if name is None else opened.lens(name, frame, time)

    def described(self, frame: Frame) -> str:
        """Return which box is open."""
        name = opened_name(frame)
        return frame.say(words.MODEL) if name is None else way(BOXES[name], frame)

    def changed_to(self, frame: Frame, text: str) -> Pick:
        """Return what another sentence means: the open box stays open, a row of it does not."""
        return Pick(selection=frame.selection[:2], knobs={"sentence": text})
