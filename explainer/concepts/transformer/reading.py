"""One sentence through the translator, with every number on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explainer.concepts.transformer.answers import (
    Attention,
    Brief,
    Floats,
    SentenceReading,
    Translation,
)
from explainer.concepts.transformer.cuts import (
    ATTENTION_KINDS,
    PLACES,
    Cuts,
    Place,
    true_alignment,
    truths,
)
from explainer.concepts.transformer.grammar import Pair
from explainer.concepts.transformer.judging import judge
from explainer.concepts.transformer.model import LONGEST
from explainer.concepts.transformer.multihead import Interventions, Trace
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.sampling import GREEDY, Sampling, choose, softmax
from explainer.concepts.transformer.tokens import END, END_ID, PAD_ID, START, START_ID, join
from explainer.concepts.transformer.translator import Translator

LONGEST_OUTPUT = 24  # tokens; true translations have at most 16


def interventions(
    cuts: Cuts, translator: Translator, pairs: Sequence[Pair | None]
) -> Interventions:
    """Return what cuts mean for a batch of sentences, whose truth relation cuts need."""
    net = translator.net
    heads = net.heads
    device = net.output.weight.device
    edges: dict[Place, Tensor] = {}
    silenced: dict[Place, Tensor] = {}

    def mask_of(place: Place) -> Tensor:
        if place not in edges:
            shape = (len(pairs), heads, LONGEST, LONGEST)
            edges[place] = torch.zeros(shape, dtype=torch.bool)
        return edges[place]

    for edge in cuts.edges:
        for place in PLACES:
            if place.kind == edge.kind and edge.layer in (None, place.layer):
                chosen = slice(None) if edge.head is None else slice(edge.head, edge.head + 1)
                mask_of(place)[:, chosen, edge.row, edge.column] = True
    if cuts.relations:
        translator.require_morphemes()
    for relation in cuts.relations:
        for row, pair in enumerate(pairs):
            for truth in (
                () if pair is None else truths(pair, translator.source.language, relation.kind)
            ):
                if truth.relation == relation.relation:
                    for place in PLACES:
                        if place.kind == relation.kind:
                            mask_of(place)[row, :, truth.row, truth.column] = True
    for head in cuts.heads:
        place = Place(head.kind, head.layer)
        silenced.setdefault(place, torch.ones(heads, device=device))[head.head] = 0
    return Interventions(
        {place: mask.to(device) for place, mask in edges.items()}, silenced, cuts.positions_on
    )


def read_sentence(translator: Translator, tokens: Sequence[str], cuts: Cuts) -> SentenceReading:
    """Return a sentence's way through the encoder.

    Raises
    ------
    Problem
        If the sentence is longer than the model has positions.
    """
    source = translator.source_ids(tokens)
    language = translator.source.language
    pair = parse(tokens, language)
    placed = pair if translator.unit == "morpheme" else None
    trace = Trace()
    translator.net.encode(source, None, interventions(cuts, translator, (pair,)), trace)
    tensors = _arrays(trace)
    return SentenceReading(
        tokens=(*translator.pieces(tokens), END),
        embedded=tensors.pop("encoder.embedded"),
        positions=tensors.pop("encoder.positions"),
        input=tensors.pop("encoder.input"),
        attention=_attention(trace),
        tensors=MappingProxyType(tensors),
        pair=pair,
        truths=truths(placed, language, "encoder") if placed else (),
    )


def translate(
    translator: Translator,
    tokens: Sequence[str],
    cuts: Cuts,
    sampling: Sampling = GREEDY,
    forced: Sequence[str] = (),
) -> Translation:
    """Return a sentence's translation with every map.

    Raises
    ------
    Problem
        If the sentence is longer than the model has positions.
    """
    net, target = translator.net, translator.target
    pair = parse(tokens, translator.source.language)
    source = translator.source_ids(tokens)
    cut = interventions(cuts, translator, (pair,))
    start = translator.target_ids(forced)
    ids = decode(translator, source, None, sampling, cut, start)[0]
    chosen = ids[1:]
    # The decoder never looks ahead: one pass over what it wrote has every step's numbers.
    trace = Trace()
    read = torch.tensor(ids[None, :-1], device=source.device)
    net(source, read, None, cut, trace)
    tensors = _arrays(trace)
    logits = tensors["decoder.logits"]
    probabilities = softmax(logits)
    output = target.decode(chosen)
    words = tuple(token for token in output if token != END)
    # Pieces other than morphemes have no place in the grammar's relations.
    placed = pair if translator.unit == "morpheme" else None
    wrong, missing = judge(tokens, words, pair, translator.source.language)
    return Translation(
        source=(*translator.pieces(tokens), END),
        read=(START, *output[:-1]),
        output=output,
        words=words,
        text=join(words, target.language),
        target_tokens=target.tokens,
        logits=logits,
        probabilities=_frozen(probabilities),
        chosen=_frozen(chosen),
        confidence=_frozen(probabilities[np.arange(len(chosen)), chosen]),
        attention=_attention(trace),
        tensors=MappingProxyType(tensors),
        pair=pair,
        expected=pair.tokens(target.language) if pair else None,
        wrong=wrong,
        missing=missing,
        judged_by="grammar" if pair else "dictionary",
        alignment=true_alignment(placed, translator.source.language) if placed else (),
        truths=MappingProxyType(
            {
                kind: truths(placed, translator.source.language, kind) if placed else ()
                for kind in ATTENTION_KINDS
            }
        ),
    )


def decode(
    translator: Translator,
    source: Tensor,
    source_pad: Tensor | None,
    sampling: Sampling,
    cut: Interventions,
    start: Tensor | None = None,
) -> NDArray[np.int64]:
    """Write token by token until all sentences have ended; ids, the start token first.

    Parameters
    ----------
    source : Tensor of int64, shape (B, source)
    source_pad : Tensor of bool, shape (B, source), optional
    sampling : Sampling
    cut : Interventions
    start : Tensor of int64, shape (B, n), optional
        What has been written already; it may have ended.

    Returns
    -------
    ndarray of int64, shape (B, longest output + 1)
        Padded after each end token.
    """
    net = translator.net
    random = np.random.default_rng(sampling.seed)
    memory = net.encode(source, source_pad, cut)
    if start is None:
        start = torch.full((len(source), 1), START_ID, device=source.device)
    written = start
    has_ended = (written == END_ID).any(dim=1).cpu().numpy()
    while written.shape[1] <= LONGEST_OUTPUT and not has_ended.all():
        logits = net.decode(written, memory, source_pad, cut)[:, -1]
        chosen = choose(logits.cpu().numpy(), sampling, random)
        chosen = np.where(has_ended, PAD_ID, chosen)
        has_ended |= chosen == END_ID
        following = torch.from_numpy(chosen).to(source.device).unsqueeze(1)
        written = torch.cat([written, following], dim=1)
    ids: NDArray[np.int64] = written.cpu().numpy()
    return ids


def translate_many(translator: Translator, sentences: Sequence[Sequence[str]]) -> tuple[Brief, ...]:
    """Return greedy translations without their maps, each token's probability multiplied."""
    rows = [translator.source_ids(tokens)[0] for tokens in sentences]
    source = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=PAD_ID)
    source_pad = source == PAD_ID
    cut = Interventions()
    ids = decode(translator, source, source_pad, GREEDY, cut)
    written = torch.from_numpy(ids).to(source.device)
    logits = translator.net(source, written[:, :-1], source_pad)
    certainty = logits.log_softmax(dim=-1).gather(2, written[:, 1:, None])[..., 0]
    certainty = certainty.masked_fill(written[:, 1:] == PAD_ID, 0).sum(dim=1).exp()
    return tuple(
        _brief(translator, tokens, row, float(sure))
        for tokens, row, sure in zip(sentences, ids, certainty, strict=True)
    )


def _brief(
    translator: Translator, tokens: Sequence[str], ids: NDArray[np.int64], confidence: float
) -> Brief:
    language = translator.target.language
    words = translator.target.decode(i for i in ids[1:] if i not in (PAD_ID, END_ID))
    pair = parse(tokens, translator.source.language)
    is_right = None if pair is None else words == pair.tokens(language)
    return Brief(words, join(words, language), confidence, is_right)


def weights(translator: Translator) -> Mapping[str, Floats]:
    """Return every parameter by name, and the position table as "positions"."""
    named = {name: _array(tensor) for name, tensor in translator.net.named_parameters()}
    return MappingProxyType(named | {"positions": _array(translator.net.positions)})


def _attention(trace: Trace) -> Mapping[Place, Attention]:
    return MappingProxyType(
        {
            place: Attention(*(_array(tensor[0]) for tensor in attended))
            for place, attended in trace.attention.items()
        }
    )


def _arrays(trace: Trace) -> dict[str, Floats]:
    return {
        name: _array(tensor[0] if tensor.dim() == 3 else tensor)
        for name, tensor in trace.tensors.items()
    }


def _array(tensor: Tensor) -> NDArray[Any]:
    """Return a copy of a tensor that no one can write to."""
    return _frozen(tensor.detach().to("cpu", copy=True).contiguous().numpy())


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array = array.copy() if array.base is not None else array
    array.flags.writeable = False
    return array
