"""Beam search, every candidate kept for the tree on the stage."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from explainer.concepts.transformer.answers import BeamNode, BeamTree
from explainer.concepts.transformer.multihead import Interventions
from explainer.concepts.transformer.reading import LONGEST_OUTPUT
from explainer.concepts.transformer.tokens import END_ID
from explainer.concepts.transformer.translator import Translator


def search(translator: Translator, tokens: Sequence[str], width: int, shown: int) -> BeamTree:
    """Return the tree of a beam search; sentences are compared by their whole probability.

    Parameters
    ----------
    tokens : sequence of str
        Of the source language, without the end token.
    width : int
        Sentences kept at each depth.
    shown : int
        Candidates noted under each kept sentence; at least the width are looked at.
    """
    net = translator.net
    memory = net.encode(translator.source_ids(tokens), None, Interventions())
    nodes: list[BeamNode] = []
    beams: list[tuple[int | None, list[int], float]] = [(None, [], 0.0)]  # node, ids, log p
    finished: list[tuple[float, int]] = []
    for depth in range(LONGEST_OUTPUT):
        written = torch.cat(
            [translator.target_ids(translator.target.decode(ids)) for _, ids, _ in beams]
        )
        # All sentences of a depth are equally long, so they go through the decoder together.
        logits = net.decode(written, memory.expand(len(beams), -1, -1))[:, -1]
        likeliest = logits.log_softmax(dim=-1).topk(max(width, shown), dim=-1)
        found = []
        for row, (node, ids, so_far) in enumerate(beams):
            pairs = zip(likeliest.values[row], likeliest.indices[row], strict=True)
            for rank, (log_p, token) in enumerate((float(p), int(t)) for p, t in pairs):
                found.append((so_far + log_p, log_p, node, [*ids, token], rank))
        found.sort(key=lambda candidate: -candidate[0])
        beams = []
        for place, (total, log_p, parent, ids, rank) in enumerate(found):
            is_kept = place < width - len(finished)
            if not is_kept and rank >= shown:
                continue
            is_end = ids[-1] == END_ID
            nodes.append(
                BeamNode(
                    token=translator.target.tokens[ids[-1]],
                    parent=parent,
                    depth=depth,
                    probability=float(torch.tensor(log_p).exp()),
                    log_probability=total,
                    is_kept=is_kept,
                    is_end=is_end,
                )
            )
            if is_kept and is_end:
                finished.append((total, len(nodes) - 1))
            elif is_kept:
                beams.append((len(nodes) - 1, ids, total))
        if not beams:
            break
    ends = finished or [(total, node) for node, _, total in beams if node is not None]
    best = _path(nodes, max(ends)[1])
    words = tuple(nodes[i].token for i in best if not nodes[i].is_end)
    return BeamTree(tuple(nodes), best, words, width)


def _path(nodes: list[BeamNode], last: int) -> tuple[int, ...]:
    path: list[int] = []
    node: int | None = last
    while node is not None:
        path.append(node)
        node = nodes[node].parent
    return tuple(reversed(path))
