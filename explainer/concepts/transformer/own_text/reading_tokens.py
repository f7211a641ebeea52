"""How the questions of the own-text scene are answered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from torch import Tensor

from explainer.concepts.transformer.own_text import probe
from explainer.concepts.transformer.own_text.copying import copied_runs, longest_copied
from explainer.concepts.transformer.own_text.corpus import Corpus
from explainer.concepts.transformer.own_text.pieces import BROKEN, texts_of
from explainer.concepts.transformer.own_text.reader import Reader
from explainer.concepts.transformer.own_text.writing import write_on

SHORTEST_RUN = 12  # characters; shorter runs stand in any text of its language
_PASSAGES = 12  # held-out passages whose copied runs are averaged
_ROUNDED = 20  # characters, their length


def cut_text(reader: Reader, asked: probe.CutText) -> probe.Cuts:
    """Return a text's bytes, merged step by step."""
    text = asked.text.strip() or reader.passage(asked.place)
    text = text.encode()[: asked.most].decode(errors="ignore").rstrip()
    pairs = reader.corpus.pairs
    learned = len(pairs.merges)
    stages = tuple(
        probe.Cut(merges, pairs.cut(text, merges))
        for merges in sorted({min(stage, learned) for stage in probe.STAGES})
    )
    merges = tuple((m.left, m.right) for m in pairs.merges[: asked.shown])
    return probe.Cuts(text, stages, merges, learned)


def _tokens(reader: Reader, text: str, place: int, most: int) -> tuple[list[int], bool]:
    """Return the first tokens of a text or a passage, and whether it was held out."""
    most = min(most, reader.net.config.context)
    if text.strip():
        return reader.numbers(text)[:most], False
    return reader.numbers(reader.passage(place))[:most], True


def foretell(reader: Reader, asked: probe.Foretell) -> probe.Foretold:
    """Return what the net gave every next token."""
    tokens, is_held_out = _tokens(reader, asked.text, asked.place, asked.most)
    pieces = reader.corpus.pairs.pieces
    new_line = reader.numbers("")
    # A new line goes before, so that the first token too is foretold from something.
    read = (new_line + tokens)[: reader.net.config.context]
    probabilities = reader.net(reader.batch(read))[0].softmax(dim=-1)  # (T + 1, V)
    first = len(new_line) - 1
    probabilities = probabilities[first : first + len(tokens)]  # (T, V)
    tokens = tokens[: len(probabilities)]
    given = probabilities[range(len(tokens)), tokens]
    chances, likeliest = probabilities.topk(probe.CANDIDATES, dim=-1)
    return probe.Foretold(
        pieces=tuple(pieces[token] for token in tokens),
        is_held_out=is_held_out,
        probability=_array(given),
        candidates=tuple(tuple(pieces[i] for i in row) for row in likeliest.tolist()),
        chances=_array(chances),
    )


def attend(reader: Reader, asked: probe.Attend) -> probe.Attention:
    """Return every head's weights."""
    tokens, _ = _tokens(reader, asked.text, asked.place, asked.most)
    _, attention = reader.net.read(reader.batch(tokens))
    pieces = reader.corpus.pairs.pieces
    weights = np.stack([_array(layer[0]) for layer in attention])
    weights.setflags(write=False)
    return probe.Attention(tuple(pieces[token] for token in tokens), weights)


def write(reader: Reader, asked: probe.Write) -> tuple[probe.Draft, ...]:
    """Return what the net writes."""
    start = reader.numbers(asked.prompt)
    pieces = reader.corpus.pairs.pieces
    drafts = []
    for tokens, chances in write_on(reader.net, start, asked.count, asked.temperature, asked.seeds):
        written = tuple(pieces[token] for token in tokens)
        texts = tuple(_known(text, reader.corpus.alphabet) for text in texts_of(written))
        drafts.append(probe.Draft(asked.prompt, written, texts, tuple(chances)))
    return tuple(drafts)


def _known(text: str, alphabet: frozenset[str]) -> str:
    """Return a text, characters that chance bytes made and the learned text never has marked."""
    return "".join(c if c in alphabet else BROKEN for c in text)


def compare(reader: Reader, asked: probe.Compare) -> probe.Copying:
    """Return a sample with what it copied, and what passages as long share with the text."""
    draft = write(reader, asked.write)[0]
    source = reader.corpus.learned
    length = max(round(len(draft.text) / _ROUNDED), 1) * _ROUNDED
    return probe.Copying(
        draft=draft,
        runs=tuple((run.start, run.end) for run in copied_runs(draft.text, source, SHORTEST_RUN)),
        longest=longest_copied(draft.text, source)[:2],
        chance=chance_run(reader.corpus, length),
    )


@lru_cache(maxsize=16)
def chance_run(corpus: Corpus, length: int) -> float:
    """Return the mean longest run, in characters, of held-out passages of a length.

    Kept, since in a text of 5 MB it takes a second.
    """
    held_out = corpus.held_out
    starts = np.linspace(0, max(len(held_out) - length, 0), _PASSAGES).astype(int)
    passages: Sequence[str] = [held_out[s : s + length] for s in starts]
    runs = [longest_copied(passage, corpus.learned).length for passage in passages]
    return float(np.mean(runs))


def _array(tensor: Tensor) -> probe.Floats:
    array: probe.Floats = tensor.detach().cpu().numpy().astype(np.float32)
    array.setflags(write=False)
    return array
