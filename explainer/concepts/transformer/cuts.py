"""The attentions of the model by name, and what can be taken out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from explainer.concepts.transformer.grammar import Pair, RelationKind
from explainer.lesson import Language

LAYERS = 2

AttentionKind = Literal["encoder", "decoder", "cross"]
ATTENTION_KINDS: tuple[AttentionKind, ...] = ("encoder", "decoder", "cross")


class Place(NamedTuple):
    """One attention of the model: encoder self, decoder self or cross, and its layer from 0."""

    kind: AttentionKind
    layer: int


PLACES = tuple(Place(kind, layer) for kind in ATTENTION_KINDS for layer in range(LAYERS))


@dataclass(frozen=True, slots=True)
class Edge:
    """One cell of an attention map.

    Parameters
    ----------
    kind : {"encoder", "decoder", "cross"}
    row, column : int
        The query's and the key's place in the map. Rows of the decoder's maps are the tokens
        read, the start token first, so that row i writes output token i.
    layer, head : int, optional
        Every layer and every head if not given.
    """

    kind: AttentionKind
    row: int
    column: int
    layer: int | None = None
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """One head of one attention, from 0."""

    kind: AttentionKind
    layer: int
    head: int


@dataclass(frozen=True, slots=True)
class RelationEdges:
    """In each sentence of the grammar, the edges that a kind of relation would use.

    Parameters
    ----------
    relation : str
        One of `grammar.RELATION_KINDS`.
    kind : {"encoder", "decoder", "cross"}
        Cut in every layer and head of these maps.
    """

    relation: RelationKind
    kind: AttentionKind = "encoder"


@dataclass(frozen=True, slots=True)
class Cuts:
    """What is taken out of the model while it answers; its weights stay as they are.

    Parameters
    ----------
    edges : tuple of Edge
        A query may not see a key: its score becomes −∞.
    heads : tuple of Head
        A head's output becomes 0.
    relations : tuple of RelationEdges
    positions_on : bool
        Whether position is added to the embeddings.
    """

    edges: tuple[Edge, ...] = ()
    heads: tuple[Head, ...] = ()
    relations: tuple[RelationEdges, ...] = ()
    positions_on: bool = True


INTACT = Cuts()


@dataclass(frozen=True, slots=True)
class Truth:
    """A cell of an attention map that the grammar knows to matter.

    Parameters
    ----------
    relation : str
        A kind of relation, or "translation" for a word and what it translates.
    row, column : int
        As in `Edge`.
    """

    relation: RelationKind | Literal["translation"]
    row: int
    column: int


def truths(pair: Pair, source: Language, kind: AttentionKind) -> tuple[Truth, ...]:
    """Return the relations of a sentence as cells of one kind of attention map.

    In the decoder's own map only those that look back: the word needed must have been written
    before the row that writes the word that needs it.
    """
    target: Language = "en" if source == "ko" else "ko"
    query_in = source if kind == "encoder" else target
    key_in = target if kind == "decoder" else source
    shift = 1 if kind == "decoder" else 0  # the start token stands before the words written
    return tuple(
        Truth(relation.kind, relation.query, relation.key + shift)
        for relation in pair.relations
        if relation.query_language == query_in
        and relation.key_language == key_in
        and not (kind == "decoder" and relation.key >= relation.query)
    )


def true_alignment(pair: Pair, source: Language) -> tuple[Truth, ...]:
    """Return the true word alignment as cells of the cross-attention map."""
    return tuple(
        Truth("translation", link.english, link.korean)
        if source == "ko"
        else Truth("translation", link.korean, link.english)
        for link in pair.alignment
    )
