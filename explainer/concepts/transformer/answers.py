"""What the translator answers: read-only numpy arrays; no torch, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from explainer.concepts.transformer.cuts import Place, Truth
from explainer.concepts.transformer.grammar import Pair, RelationKind

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Attention:
    """Every number of one attention; the last axes of all maps are (rows, columns).

    Attributes
    ----------
    q : ndarray, shape (heads, rows, d_k)
    k, v : ndarray, shape (heads, columns, d_k)
    scores : ndarray, shape (heads, rows, columns)
        Q Kᵀ.
    scaled : ndarray, shape (heads, rows, columns)
        Scores over √d_k.
    masked : ndarray, shape (heads, rows, columns)
        −∞ where a row may not look.
    weights : ndarray, shape (heads, rows, columns)
        Softmax of `masked`; each row sums to 1.
    heads : ndarray, shape (heads, rows, d_k)
        Weights times V.
    output : ndarray, shape (rows, d_model)
        The heads side by side, through W_O.
    """

    q: Floats
    k: Floats
    v: Floats
    scores: Floats
    scaled: Floats
    masked: Floats
    weights: Floats
    heads: Floats
    output: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SentenceReading:
    """A sentence's way through the encoder.

    Attributes
    ----------
    tokens : tuple of str, T of them
        As the model reads them, the end token last.
    embedded, positions, input : ndarray, shape (T, d_model)
        Token vectors, position vectors, and what the first layer gets: their sum, or the token
        vectors alone if positions are off.
    attention : mapping of Place to Attention
        Of both encoder layers.
    tensors : mapping of str to ndarray
        All else in the order computed: "encoder.0.norm1", "encoder.0.residual1",
        "encoder.0.norm2", "encoder.0.feed_forward.hidden" (T, 128),
        "encoder.0.feed_forward.output", "encoder.0.residual2", the same of layer 1, and
        "encoder.memory"; (T, 64) each but the hidden one.
    pair : Pair or None
        What the sentence means; None if the grammar does not know it.
    truths : tuple of Truth
        Cells of the encoder's maps that the grammar knows to matter.
    """

    tokens: tuple[str, ...]
    embedded: Floats
    positions: Floats
    input: Floats
    attention: Mapping[Place, Attention]
    tensors: Mapping[str, Floats]
    pair: Pair | None
    truths: tuple[Truth, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Translation:
    """A sentence translated, every map kept. Row i of the decoder's maps writes output token i.

    Attributes
    ----------
    source : tuple of str, S of them
        The end token last: the columns of the encoder's and the cross maps.
    read : tuple of str, R of them
        What the decoder read: the start token, then the output. The rows of the decoder's and
        cross maps, and the columns of the decoder's.
    output : tuple of str
        What was written, R of them with the end token, if it came, last.
    words : tuple of str
        The output without the end token.
    text : str
        The output as natural text.
    target_tokens : tuple of str, V of them
        The vocabulary: what each logit stands for.
    logits, probabilities : ndarray, shape (R, V)
        Of each next token, before temperature and cut.
    chosen : ndarray of int64, shape (R,)
        Ids of the output.
    confidence : ndarray, shape (R,)
        The probability of each output token, before temperature and cut.
    attention : mapping of Place to Attention
        Of all six attentions.
    tensors : mapping of str to ndarray
        As in `SentenceReading`, and "decoder.0.norm1" ... "decoder.1.residual3",
        "decoder.norm", "decoder.logits".
    pair : Pair or None
        What the source means; None if the grammar does not know it.
    expected : tuple of str or None
        The true translation.
    wrong : tuple of bool, one for each of `words`
        Against the true translation where it is known; else a content word that translates
        nothing in the source is wrong.
    missing : tuple of str
        Words of the true translation that the output lacks; content words of the source that
        no output word translates if the truth is not known.
    judged_by : {"grammar", "dictionary"}
        Which of the two told right from wrong.
    alignment : tuple of Truth
        The true word alignment as cells of the cross maps, if the truth is known.
    truths : mapping of str to tuple of Truth
        By kind of attention, the cells the grammar knows to matter.
    """

    source: tuple[str, ...]
    read: tuple[str, ...]
    output: tuple[str, ...]
    words: tuple[str, ...]
    text: str
    target_tokens: tuple[str, ...]
    logits: Floats
    probabilities: Floats
    chosen: NDArray[np.int64]
    confidence: Floats
    attention: Mapping[Place, Attention]
    tensors: Mapping[str, Floats]
    pair: Pair | None
    expected: tuple[str, ...] | None
    wrong: tuple[bool, ...]
    missing: tuple[str, ...]
    judged_by: Literal["grammar", "dictionary"]
    alignment: tuple[Truth, ...]
    truths: Mapping[str, tuple[Truth, ...]]


@dataclass(frozen=True, slots=True)
class Brief:
    """A translation without its maps.

    Attributes
    ----------
    words : tuple of str
    text : str
    confidence : float
        The product of the probabilities of all its tokens.
    is_right : bool or None
        Against the true translation; None if that is not known.
    """

    words: tuple[str, ...]
    text: str
    confidence: float
    is_right: bool | None


@dataclass(frozen=True, slots=True)
class BeamNode:
    """A token in the tree of a beam search.

    Attributes
    ----------
    token : str
    parent : int or None
        Place in `BeamTree.nodes`; None under the start.
    depth : int
        The output token it is, from 0.
    probability : float
        Of this token after its parents.
    log_probability : float
        Of all tokens up to this one, in nats.
    is_kept : bool
        Whether it was among the best of its depth; the others end here.
    is_end : bool
        Whether it is the end token.
    """

    token: str
    parent: int | None
    depth: int
    probability: float
    log_probability: float
    is_kept: bool
    is_end: bool


@dataclass(frozen=True, slots=True)
class BeamTree:
    """A beam search, every candidate kept.

    Attributes
    ----------
    nodes : tuple of BeamNode
        Parents before children, depth by depth, the likeliest first in each.
    best : tuple of int
        The nodes of the likeliest finished sentence, from first to last token.
    words : tuple of str
        That sentence without its end token.
    width : int
    """

    nodes: tuple[BeamNode, ...]
    best: tuple[int, ...]
    words: tuple[str, ...]
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class HeadScores:
    """How often each head's largest weight falls where the grammar knows it matters.

    Attributes
    ----------
    relations : tuple of str
        The kinds scored, and "translation" last: content words and what they translate.
    shares : mapping of Place to ndarray, shape (heads, relations)
        Share of true cells that have the largest weight of their row; NaN where the map cannot
        hold the relation.
    weights : mapping of Place to ndarray, shape (heads, relations)
        Mean weight on the true cell.
    chance : mapping of Place to ndarray, shape (relations,)
        The share that a blind choice among the columns a row may see would have.
    counts : mapping of Place to ndarray of int64, shape (relations,)
        True cells scored.
    sentences : int
    """

    relations: tuple[str, ...]
    shares: Mapping[Place, Floats]
    weights: Mapping[Place, Floats]
    chance: Mapping[Place, Floats]
    counts: Mapping[Place, NDArray[np.int64]]
    sentences: int


@dataclass(frozen=True, slots=True)
class DamageReport:
    """What a cut costs, measured over held-out sentences.

    Attributes
    ----------
    intact, cut : float
        Share of sentences translated right to the last token, before and after.
    words : mapping of str to (float, float, int)
        By kind of relation: of the output words that need it, the share foretold rightly after
        the true words before them, intact and cut, and how many such words there are.
    sentences, wanted : int
        Measured over so far, and in the end.
    """

    intact: float
    cut: float
    words: Mapping[RelationKind, tuple[float, float, int]]
    sentences: int
    wanted: int


@dataclass(frozen=True, slots=True)
class SamplingRate:
    """What became of sentences sampled at one temperature.

    Attributes
    ----------
    temperature : float
        0 is greedy.
    right : float
        Share translated right to the last token.
    fluent_wrong : float
        Share that are sentences of the grammar, but say something else: hallucinations.
    broken : float
        Share that are no sentences of the grammar.
    confidence : float
        Mean probability the model gave the tokens of its hallucinations, before temperature;
        NaN if there are none.
    sentences : int
    """

    temperature: float
    right: float
    fluent_wrong: float
    broken: float
    confidence: float
    sentences: int
