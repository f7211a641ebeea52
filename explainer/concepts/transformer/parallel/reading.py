"""One sentence through all three translators of the race."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from explainer.concepts.transformer.cuts import LAYERS, Place
from explainer.concepts.transformer.judging import judge
from explainer.concepts.transformer.model import LONGEST, Transformer
from explainer.concepts.transformer.multihead import NOTHING_CUT, Trace
from explainer.concepts.transformer.parallel.probe import NETS, BothWays, Draft, Floats
from explainer.concepts.transformer.parallel.race import Race
from explainer.concepts.transformer.parallel.recurrent import RecurrentTranslator
from explainer.concepts.transformer.parsing import parse
from explainer.concepts.transformer.tokens import END, END_ID, START_ID, join

LONGEST_OUTPUT = 20  # tokens; true translations have at most 16


def read_both(race: Race, tokens: tuple[str, ...]) -> BothWays:
    """Read a sentence in both ways, and write what each net makes of it."""
    kept = tokens[: LONGEST - 1]
    ids = torch.tensor([[*race.source.encode(kept), END_ID]], device=race.device)
    transformer, recurrent, plain = (race.nets[name] for name in NETS)
    assert isinstance(transformer, Transformer)
    assert isinstance(recurrent, RecurrentTranslator) and isinstance(plain, RecurrentTranslator)
    trace = Trace()
    transformer.encode(ids, None, NOTHING_CUT, trace)
    states, _ = recurrent.encode(ids)  # (1, T, hidden)
    vectors = [trace.tensors[f"encoder.{layer}.residual2"][0] for layer in range(LAYERS)]
    attention = [trace.attention[Place("encoder", layer)] for layer in range(LAYERS)]
    weights = [attended.weights[0].mean(dim=0) for attended in attention]  # (T, T) each
    return BothWays(
        source=(*kept, END),
        states=_array(states[0]),
        vectors=_array(torch.stack(vectors)),
        weights=_array(torch.stack(weights)),
        last=_array(plain.encode(ids)[1][0]),
        drafts=tuple(_draft(race, race.nets[name], ids, kept) for name in NETS),
    )


def _draft(race: Race, net: nn.Module, ids: torch.Tensor, tokens: tuple[str, ...]) -> Draft:
    """Write the likeliest next token until the end token."""
    written = [START_ID]
    while len(written) <= LONGEST_OUTPUT:
        logits = net(ids, torch.tensor([written], device=race.device))
        written.append(int(logits[0, -1].argmax()))
        if written[-1] == END_ID:
            break
    words = race.target.decode(i for i in written[1:] if i != END_ID)
    wrong, missing = judge(tokens, words, parse(tokens, "ko"), "ko")
    is_right = written[-1] == END_ID and not any(wrong) and not missing
    looks = _looks(net, ids, torch.tensor([written[:-1]], device=race.device))
    kept = None if looks is None else looks[: len(words)]
    return Draft(words, join(words, "en"), wrong, is_right, kept)


def _looks(net: nn.Module, source: torch.Tensor, target: torch.Tensor) -> Floats | None:
    """Return how much the word after each target token takes of each source token."""
    if isinstance(net, Transformer):
        trace = Trace()
        net(source, target, None, NOTHING_CUT, trace)
        return _array(trace.attention[Place("cross", LAYERS - 1)].weights[0].mean(dim=0))
    assert isinstance(net, RecurrentTranslator)
    if not net.attends:
        return None
    states, last = net.encode(source)
    embedded = net.embed(target, net.target_embedding)
    decoded, _ = net.decoder(embedded, last.unsqueeze(0))  # (1, target, hidden)
    return _array(net.attention(decoded, states, None)[0])


def _array(tensor: torch.Tensor) -> Floats:
    array: Floats = tensor.detach().cpu().numpy().astype(np.float32)
    array.setflags(write=False)
    return array
