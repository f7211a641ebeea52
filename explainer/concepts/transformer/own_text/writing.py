"""Writing on: one token after another, each drawn from what the net foretells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explainer.concepts.transformer.cache import (
    FeedForward,
    Floats,
    Linear,
    Norm,
    Reader,
    SelfAttention,
    array,
    room,
)
from explainer.concepts.transformer.own_text.model import GPT


def next_token(
    logits: Floats, temperature: float, random: np.random.Generator
) -> tuple[int, float]:
    """Draw a token.

    Parameters
    ----------
    logits : ndarray, shape (V,)
        Of the last token.
    temperature : float
        Divides them: below 1 the likely becomes likelier; 0 always takes the likeliest.
    random : numpy.random.Generator

    Returns
    -------
    int, float
        The token, and the probability it was drawn with.
    """
    if temperature == 0:
        return int(logits.argmax()), 1.0
    scaled = (logits - logits.max()).astype(np.float64) / temperature
    powers = np.exp(scaled)
    reached = powers.cumsum() / powers.sum()  # (V,), up to 1
    token = min(int(reached.searchsorted(random.random(), side="right")), len(logits) - 1)
    return token, float(powers[token] / powers.sum())


def write_on(
    net: GPT, tokens: Sequence[int], count: int, temperature: float, seeds: Sequence[int]
) -> list[tuple[list[int], list[float]]]:
    """Return for each seed `count` tokens that go on from others, and their probabilities.

    The net has places for `context` tokens. Once they are full it forgets the older half of what
    it sees, and reads the newer half from its first place on.
    """
    randoms = [np.random.default_rng(seed) for seed in seeds]
    context = net.config.context
    seen = np.array([list(tokens)[-context:]] * len(seeds))  # (B, T)
    drawn: list[tuple[list[int], list[float]]] = [([], []) for _ in seeds]
    reader = reader_of(net, len(seeds))
    for _ in range(count):
        if seen.shape[1] > context:
            seen, reader.length = seen[:, -(context // 2) :], 0
        for row, random, (new, probabilities) in zip(
            reader.read(seen), randoms, drawn, strict=True
        ):
            token, probability = next_token(row, temperature, random)
            new.append(token)
            probabilities.append(probability)
        last = np.array([[new[-1]] for new, _ in drawn])  # (B, 1)
        seen = np.concatenate((seen, last), axis=1)
    return drawn


def reader_of(net: GPT, batch: int) -> Reader:
    """Return a net as one that reads `batch` texts piece by piece, no token twice."""
    config = net.config
    parts: list[SelfAttention | FeedForward] = []
    for block in net.blocks:
        attention, forward = block.attention, block.feed_forward
        k, v = (room(batch, config.heads, config.context, config.d_model) for _ in range(2))
        qkv, output = Linear.of(attention.w_qkv), Linear.of(attention.w_o)
        parts += [
            SelfAttention(Norm.of(block.norm1), qkv, output, config.heads, k, v),
            FeedForward(Norm.of(block.norm2), Linear.of(forward.w_1), Linear.of(forward.w_2)),
        ]
    positions = array(net.position_embedding.weight)
    return Reader(array(net.token_embedding.weight), 1.0, positions, parts, Norm.of(net.norm))
