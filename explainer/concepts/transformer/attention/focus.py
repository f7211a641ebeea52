"""What is looked at: the layer, the head, the row and the cell, from knobs, click and pointer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from explainer.concepts.transformer.answers import Attention
from explainer.concepts.transformer.attention import words
from explainer.concepts.transformer.attention.knobs import EDGES, SILENCED
from explainer.concepts.transformer.attention.probe import Listen, Listened
from explainer.concepts.transformer.cuts import (
    ATTENTION_KINDS,
    INTACT,
    AttentionKind,
    Cuts,
    Edge,
    Head,
    RelationEdges,
    truths,
)
from explainer.concepts.transformer.grammar import RELATION_KINDS, RelationKind
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.sentence import (
    names_of,
    source_of,
    tokens_in_force,
    unit_of,
    whole,
    words_of,
)
from explainer.concepts.transformer.tokens import END
from explainer.lesson import Value
from explainer.stage.frame import Frame

Cell = tuple[int, int]
# What the grammar's relations are needed for, which join morphemes.
OF_MORPHEMES = ("relations", "cut")


def shown(frame: Frame) -> str:
    """Return the name of the step's picture."""
    return str(frame.knobs["picture"])


def answer_of(frame: Frame) -> Listened | None:
    """Return the answer if it is of the kind this scene asks for, and the picture can show it."""
    if not isinstance(frame.answer, Listened) or needs_morphemes(frame):
        return None
    return frame.answer


def needs_morphemes(frame: Frame) -> bool:
    """Return whether the picture shows relations, and the model reads other units."""
    return shown(frame) in OF_MORPHEMES and unit_of(frame.knobs) != "morpheme"


def layer_of(frame: Frame, answer: Listened) -> int:
    """Return the layer looked at, from 0, within what the model has."""
    return min(max(whole(frame.knobs, "layer", 1), 1), answer.layers) - 1


def head_of(frame: Frame, answer: Listened) -> int:
    """Return the head looked at, from 0, within what the model has."""
    return min(max(whole(frame.knobs, "head", 1), 1), answer.heads) - 1


def attention_shown(knobs: Mapping[str, Value]) -> AttentionKind:
    """Return which of the model's attentions is looked at."""
    chosen = knobs.get("attention")
    return next((kind for kind in ATTENTION_KINDS if kind == chosen), "encoder")


def attention_of(frame: Frame, answer: Listened) -> Attention:
    """Return the numbers of the layer looked at."""
    return answer.attention(layer_of(frame, answer))


def row_of(frame: Frame, answer: Listened) -> int:
    """Return the token that looks: the pointer's, the selected one, or a telling one."""
    count = len(answer.tokens)
    for target in (frame.hover, frame.selection):
        if target[:1] in (("row",), ("cell",)) and int(target[1]) < count:
            return int(target[1])
    # A homonym must look for its verb, and a verb for who does it.
    known = {truth.relation: truth.row for truth in answer.reading.truths}
    row = known.get("homonym", known.get("who"))
    return min(max(count - 4, 0), count - 1) if row is None else row


def cell_of(frame: Frame, answer: Listened, columns: np.ndarray) -> Cell:
    """Return the cell looked at; without one, the largest of the row that looks.

    Parameters
    ----------
    columns : ndarray, shape (rows, columns)
        The matrix the cell is one of.
    """
    rows, wide = columns.shape
    for target in (frame.hover, frame.selection):
        if target[:1] == ("cell",) and int(target[1]) < rows and int(target[2]) < wide:
            return int(target[1]), int(target[2])
        if target[:1] == ("row",) and int(target[1]) < rows:
            break
    row = min(row_of(frame, answer), rows - 1)
    values = columns[row]
    return row, int(np.where(np.isfinite(values), np.abs(values), -1).argmax())


def names(frame: Frame, answer: Listened) -> tuple[str, ...]:
    """Return what each token is called; unknown ones as they were typed, the end in words."""
    *tokens, last = answer.tokens
    return (*names_of(frame.knobs, tokens), frame.say(words.END) if last == END else last)


def eojeols(frame: Frame, answer: Listened) -> tuple[int, ...]:
    """Return for each token the written word it is part of; the end stands alone."""
    places = words_of(frame.knobs, answer.tokens[:-1])
    return (*places, (places[-1] if places else -1) + 1)


# -- what is cut, as knobs hold it ----------------------------------------------------------------


def pairs_in(knobs: Mapping[str, Value], key: str) -> tuple[Cell, ...]:
    """Return the pairs of whole numbers that a knob holds flat."""
    value = knobs.get(key, ())
    flat = [int(part) for part in value] if isinstance(value, tuple) else []
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def toggled(knobs: Mapping[str, Value], key: str, pair: Cell) -> tuple[float, ...]:
    """Return a knob's pairs with one put in, or taken out if it was there."""
    held = pairs_in(knobs, key)
    kept = [p for p in held if p != pair] if pair in held else [*held, pair]
    return tuple(float(part) for both in kept for part in both)


def relation_cut(knobs: Mapping[str, Value]) -> RelationKind | None:
    """Return the kind of relation that is cut everywhere, if one is."""
    return next((kind for kind in RELATION_KINDS if kind == knobs.get("relation")), None)


def cuts_of(knobs: Mapping[str, Value], tokens: int) -> Cuts:
    """Return all that is cut in this sentence.

    Parameters
    ----------
    tokens : int
        How many the sentence has with its end; edges of its own map beyond it are left out.
    """
    edges = tuple(
        Edge(kind, row, column)
        for kind in ATTENTION_KINDS
        for row, column in pairs_in(knobs, EDGES[kind])
        if kind != "encoder" or (row < tokens and column < tokens)
    )
    return Cuts(edges, *_everywhere(knobs))


def _everywhere(
    knobs: Mapping[str, Value],
) -> tuple[tuple[Head, ...], tuple[RelationEdges, ...], bool]:
    """Return what is cut in every sentence: heads, relations, positions."""
    heads = tuple(
        Head(attention, layer, head)
        for attention in ATTENTION_KINDS
        for layer, head in pairs_in(knobs, SILENCED[attention])
        if head < whole(knobs, "heads", 4)
    )
    kind = relation_cut(knobs)
    ways = ATTENTION_KINDS if knobs.get("ways") == "all" else ("encoder",)
    relations = tuple(RelationEdges(kind, way) for way in ways) if kind else ()
    return heads, relations, bool(knobs.get("positions", True))


def relations_by_hand(
    knobs: Mapping[str, Value], tokens: tuple[str, ...]
) -> tuple[RelationEdges, ...]:
    """Return the relations whose cells were cut in this sentence, so that they can be measured."""
    source = source_of(knobs)
    pair = parse(tokens, source)
    found = {
        RelationEdges(truth.relation, kind)
        for kind in ATTENTION_KINDS
        if pair and (cut := pairs_in(knobs, EDGES[kind]))
        for truth in truths(pair, source, kind)
        if truth.relation != "translation" and (truth.row, truth.column) in cut
    }
    order = RELATION_KINDS.index
    return tuple(sorted(found, key=lambda edges: (order(edges.relation), edges.kind)))


def measured_in(knobs: Mapping[str, Value], tokens: tuple[str, ...]) -> RelationKind | None:
    """Return the relation that the sentences measured over must hold, if one alone is cut."""
    kinds = {edges.relation for edges in relations_by_hand(knobs, tokens)}
    kinds |= {kind for kind in (relation_cut(knobs),) if kind}
    return kinds.pop() if len(kinds) == 1 else None


def question(frame: Frame) -> Listen | None:
    """Return what the step needs to know, or None while there is no sentence."""
    picture, knobs = shown(frame), frame.knobs
    tokens = tokens_in_force(knobs)
    if not tokens or needs_morphemes(frame):
        return None
    if picture == "pieces":
        # An export shows no times.
        return Listen(tokens, counts=True, translates=True, times=frame.measured)
    if picture == "cut":
        heads, relations, positions = _everywhere(knobs)
        by_hand = relations_by_hand(knobs, tokens)
        everywhere = Cuts((), heads, tuple(dict.fromkeys(relations + by_hand)), positions)
        cuts = cuts_of(knobs, len(tokens) + 1)
        return Listen(
            tokens, cuts, translates=True, writes=True, damage=everywhere,
            having=measured_in(knobs, tokens),
        )  # fmt: skip
    if picture == "waves":
        cuts = Cuts(positions_on=bool(knobs["positions"]))
        return Listen(tokens, cuts, translates=True, damage=Cuts(positions_on=False))
    if picture == "softmax":
        return Listen(tokens, cuts_of(knobs, len(tokens) + 1))
    scored = picture == "relations"
    return Listen(tokens, INTACT, writes=scored, scores=scored)
