"""One sentence through the three models: how they look, what they fill in and write."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.transformer.cuts import LAYERS, AttentionKind, Place
from explainer.concepts.transformer.family.exam import LONGEST_OUTPUT, fitting
from explainer.concepts.transformer.family.exam import continued as written_on
from explainer.concepts.transformer.family.family import Family
from explainer.concepts.transformer.family.incremental import decoder_reader
from explainer.concepts.transformer.family.knowing import remembered, states_at
from explainer.concepts.transformer.family.questions import (
    MODELS,
    Continued,
    Done,
    Filled,
    Floats,
    Known,
    Looks,
    Masks,
)
from explainer.concepts.transformer.family.senses import SENSES, WORD, Said
from explainer.concepts.transformer.family.tasks import (
    MASK,
    PREFIXES,
    Task,
    both,
    expected,
    korean,
)
from explainer.concepts.transformer.model import LONGEST
from explainer.concepts.transformer.multihead import NOTHING_CUT, Trace
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.sampling import Sampling
from explainer.concepts.transformer.tokens import END, END_ID, START, START_ID

_LONGEST_INPUT = LONGEST - LONGEST_OUTPUT - 2


def masks(family: Family, tokens: Sequence[str], task: Task) -> Masks:
    """Return where each of the three models may look, and looks."""
    known, kept = korean(), tuple(tokens[:_LONGEST_INPUT])
    ids = known.encode(kept)
    masked, causal = Trace(), Trace()
    family.masked(_row(family, [*ids, END_ID]), trace=masked)
    family.causal(_row(family, [START_ID, *ids]), trace=causal)
    carried_out, trace = _carried_out(family, kept, task)
    source, rows = carried_out.source, (START, *carried_out.output)[: len(carried_out.output)]
    return Masks(
        masked=_looks(masked, "encoder", (*kept, END), (*kept, END)),
        causal=_looks(causal, "encoder", (START, *kept), (START, *kept)),
        encoder=_looks(trace, "encoder", source, source),
        decoder=_looks(trace, "decoder", rows, rows),
        cross=_looks(trace, "cross", rows, source),
    )


def filled(family: Family, tokens: Sequence[str], place: int) -> Filled:
    """Hide a word and return what the masked model puts there."""
    known, kept = korean(), tuple(tokens[:_LONGEST_INPUT])
    ids = known.encode(kept)
    ids[place] = known.ids[MASK]
    trace = Trace()
    logits = family.masked(_row(family, [*ids, END_ID]), trace=trace)
    return Filled(
        tokens=kept,
        place=place,
        names=known.tokens,
        probabilities=_array(logits[0, place].softmax(dim=-1)),
        fits=fitting(kept, place),
        weights=_array(_weights(trace, "encoder")[:, place]),
    )


def continued(family: Family, prompt: Sequence[str], temperature: float, seed: int) -> Continued:
    """Go on with a text to the end token, and return what was likely at each token."""
    kept = tuple(prompt[:_LONGEST_INPUT])
    sampling = Sampling(temperature=temperature, seed=seed)
    ids = written_on(family.causal, [kept], sampling)[0]
    logits = family.causal(_row(family, [START_ID, *ids]))[0]
    known = korean()
    names = known.decode(ids)
    behind = logits[len(kept) :].softmax(dim=-1)
    return Continued(
        prompt=kept,
        written=names[len(kept) :],
        names=known.tokens,
        probabilities=_array(behind[: len(names) - len(kept)]),
        is_sentence=names[-1:] == (END,) and parse(names[:-1], "ko") is not None,
    )


def done(family: Family, tokens: Sequence[str], task: Task) -> Done:
    """Return what the prefix model makes of a sentence under a prefix."""
    return _carried_out(family, tuple(tokens[:_LONGEST_INPUT]), task)[0]


def known(family: Family, tokens: Sequence[str]) -> Known:
    """Return what a linear probe reads of the homonym, in each model and at each place."""
    found = remembered(family)
    said = _said(tokens)
    read: tuple[tuple[str, ...], ...] = ()
    if said is not None:
        read = tuple(
            tuple(
                SENSES[int(probe.classes(states[place])[0])]
                for place, probe in enumerate(found.probes[row])
            )
            for row, model in enumerate(MODELS)
            for states in (states_at(family, model, (said,)),)
        )
    return Known(
        shares=found.shares,
        majority=found.majority,
        ceiling=found.ceiling,
        sentences=found.sentences,
        tokens=tuple(tokens),
        places=() if said is None else said.places,
        sense="" if said is None else SENSES[said.sense],
        read=read,
    )


def _said(tokens: Sequence[str]) -> Said | None:
    """Return a sentence as one with the homonym; None if it is none."""
    pair = parse(tokens, "ko")
    if pair is None or WORD not in pair.korean:
        return None
    place = pair.korean.index(WORD)
    link = next(link for link in pair.alignment if link.korean == place and link.is_content)
    sense = {"bellies": "belly"}.get(pair.english[link.english], pair.english[link.english])
    return Said(pair.korean, SENSES.index(sense), (place, place + 1, place + 2))


def _carried_out(family: Family, tokens: tuple[str, ...], task: Task) -> tuple[Done, Trace]:
    """Write the likeliest next token until the end token; read the whole once more for its maps."""
    known, net = both(), family.prefix
    source = _row(family, [known.ids[PREFIXES[task]], *known.encode(tokens), END_ID])
    trace = Trace()
    memory = net.encode(source, None, NOTHING_CUT, trace)
    reader, written = decoder_reader(net, memory), [START_ID]
    while len(written) <= LONGEST_OUTPUT and written[-1] != END_ID:
        written.append(int(reader.read(np.array([written])).argmax()))
    logits = net.decode(_row(family, written[:-1]), memory, None, NOTHING_CUT, trace)
    shares = logits[0].softmax(dim=-1)
    given = shares[torch.arange(len(written) - 1), torch.tensor(written[1:])]
    carried_out = Done(
        task=task,
        source=(PREFIXES[task], *tokens, END),
        output=known.decode(written[1:]),
        cross=_array(_weights(trace, "cross")),
        confidence=_array(given),
        expected=expected(task, tokens),
    )
    return carried_out, trace


def _weights(trace: Trace, kind: AttentionKind) -> Tensor:
    """Return attention averaged over the heads, shape (layers, rows, columns)."""
    layers = [trace.attention[Place(kind, layer)].weights[0] for layer in range(LAYERS)]
    return torch.stack(layers).mean(dim=1)


def _looks(
    trace: Trace, kind: AttentionKind, rows: tuple[str, ...], columns: tuple[str, ...]
) -> Looks:
    masked = trace.attention[Place(kind, 0)].masked[0, 0]
    is_open = torch.isfinite(masked).cpu().numpy()
    is_open.setflags(write=False)
    return Looks(rows, columns, _array(_weights(trace, kind)), is_open)


def _row(family: Family, ids: list[int]) -> Tensor:
    return torch.tensor([ids], device=family.device)


def _array(tensor: Tensor) -> Floats:
    array: Floats = tensor.detach().cpu().numpy().astype(np.float32)
    array.setflags(write=False)
    return array
