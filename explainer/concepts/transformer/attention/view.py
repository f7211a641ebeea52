"""The attention scene: eight pictures of one sentence being read."""

from __future__ import annotations

from types import ModuleType

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from explainer.concepts.transformer.attention import (
    crossing,
    cutting,
    heads,
    pieces,
    projections,
    relations,
    softmax,
    vectors,
    waves,
    words,
)
from explainer.concepts.transformer.attention.focus import (
    answer_of,
    attention_shown,
    head_of,
    layer_of,
    needs_morphemes,
    question,
    shown,
    toggled,
)
from explainer.concepts.transformer.attention.knobs import EDGES, SILENCED
from explainer.concepts.transformer.attention.layout import (
    AttentionLayout,
    attention_layout,
)
from explainer.concepts.transformer.attention.probe import SCORED, Listen
from explainer.concepts.transformer.sentence import (
    source_chips,
    spoken,
)
from explainer.concepts.transformer.sentence_view import SentenceView
from explainer.stage.colours import Colours, fade
from explainer.stage.frame import Beat, Frame, Lens, Pick, Room, Target
from explainer.stage.lettering import CENTRE, write
from explainer.stage.motion import out_quad, share

PICTURES: dict[str, ModuleType] = {
    "pieces": pieces,
    "vectors": vectors,
    "waves": waves,
    "projections": projections,
    "scores": crossing,
    "softmax": softmax,
    "mix": crossing,
    "heads": heads,
    "relations": relations,
    "cut": cutting,
}
APPEARS = 0.5  # seconds in which a part comes


class AttentionView(SentenceView):
    """From tokens to attention: every number of the encoder's reading of a sentence."""

    def request(self, frame: Frame) -> Listen | None:
        """Ask how the sentence is read, and what the step measures."""
        return question(frame)

    def layout_in(self, frame: Frame, room: Room) -> AttentionLayout:
        """Return the rectangles of the sentence and of the picture."""
        return attention_layout(frame, room)

    def beats(self, frame: Frame) -> tuple[Beat, ...]:
        """Return the moments of the step's picture."""
        answer = answer_of(frame)
        if answer is None:
            return (Beat("", 0.0),)
        found: tuple[Beat, ...] = PICTURES[shown(frame)].beats(frame, answer)
        return found

    def draw_still(
        self, painter: QPainter, layout: AttentionLayout, frame: Frame, colours: Colours
    ) -> None:
        """Draw the sentence and the whole picture; what is yet to come is veiled over it."""
        self.draw_sentence(painter, layout, frame, colours)
        answer = answer_of(frame)
        if answer is not None:
            PICTURES[shown(frame)].draw(painter, layout, frame, answer, colours)
            return
        said = frame.say(words.PREPARING)
        if not source_chips(frame.knobs):
            said = frame.say(words.NO_SENTENCE)
        elif needs_morphemes(frame):
            said = frame.say(words.NEEDS_MORPHEMES)
        elif shown(frame) == "relations" and frame.snapshot is not None:
            said = frame.say(words.MEASURING, count=SCORED)
        px = 20 * layout.room.type
        write(painter, layout.body, said, px, colours.muted, align=CENTRE)

    def draw_moving(
        self,
        painter: QPainter,
        layout: AttentionLayout,
        frame: Frame,
        time: float,
        colours: Colours,
    ) -> None:
        """Lift the veils as each part comes; a pointer or a selection lifts them all."""
        answer = answer_of(frame)
        if answer is None or frame.hover or frame.selection or frame.reduced:
            return
        if shown(frame) == "cut":
            cutting.draw_playing(painter, layout, frame, answer, time, colours)
        for rect, start in PICTURES[shown(frame)].veils(layout, frame, answer):
            left = 1 - share(time, start - APPEARS if start >= APPEARS else 0, APPEARS, out_quad)
            if left > 0:
                painter.fillRect(rect, fade(colours.background, left))

    def hit(self, layout: AttentionLayout, frame: Frame, point: QPointF) -> Target:
        """Return the button, word, token, number, cell or head under a point."""
        typed = self.hit_sentence(layout, point)
        if typed:
            return typed
        answer = answer_of(frame)
        if answer is None:
            return ()
        found: Target = PICTURES[shown(frame)].hit(layout, frame, answer, point)
        return found

    def pick(self, frame: Frame, target: Target) -> Pick:
        """Lock what was clicked; take another sentence, choose a head, or cut."""
        typed = self.pick_sentence(frame, target)
        if typed is not None:
            return typed
        kind = target[0] if target else ""
        if kind == "unit":
            return Pick(selection=(), knobs={"unit": str(target[1])})
        if kind == "attention":
            return Pick(knobs={"attention": str(target[1])}, selection=())
        if kind in ("head", "score"):
            layer, head = int(target[1]), int(target[2])
            if shown(frame) == "cut":
                key = SILENCED[attention_shown(frame.knobs)]
                return Pick(knobs={key: toggled(frame.knobs, key, (layer, head))})
            locked = ("relation", target[3]) if kind == "score" else None
            return Pick(knobs={"layer": layer + 1, "head": head + 1}, selection=locked)
        if kind == "mask" or (kind == "cell" and shown(frame) == "cut"):
            pair = int(target[1]), int(target[2])
            key = EDGES[attention_shown(frame.knobs) if kind == "cell" else "encoder"]
            return Pick(knobs={key: toggled(frame.knobs, key, pair)}, selection=())
        return Pick(selection=target if target else self.above(frame.selection))

    def changed_to(self, frame: Frame, text: str) -> Pick:
        """Return what another sentence means: in it cut edges would be other places."""
        return Pick(selection=(), knobs={"sentence": text} | dict.fromkeys(EDGES.values(), ()))

    def lens(self, frame: Frame, time: float) -> Lens | None:
        """Return the card of what is looked at, held against the model's tensors."""
        answer = answer_of(frame)
        if answer is None:
            return None
        card: Lens | None = PICTURES[shown(frame)].lens(frame, answer)
        return card

    def described(self, frame: Frame) -> str:
        """Return the step, the sentence, and the head looked at."""
        answer = answer_of(frame)
        if answer is None:
            return frame.say(frame.step.title)
        return frame.say(
            words.DESCRIBED,
            title=frame.say(frame.step.title),
            sentence=spoken(frame.knobs),
            layer=layer_of(frame, answer) + 1,
            head=head_of(frame, answer) + 1,
        )
