"""Writing on: one token after another, each drawn from what the net foretells."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from explainer.concepts.transformer.own_text.model import GPT


def next_token(
    logits: Tensor, temperature: float, generator: torch.Generator
) -> tuple[int, float]:
    """Draw a token.

    Parameters
    ----------
    logits : Tensor, shape (V,)
        Of the last token.
    temperature : float
        Divides them: below 1 the likely becomes likelier; 0 always takes the likeliest.
    generator : torch.Generator
        On the CPU.

    Returns
    -------
    int, float
        The token, and the probability it was drawn with.
    """
    if temperature == 0:
        return int(logits.argmax()), 1.0
    probability = (logits.cpu().double() / temperature).softmax(dim=-1)  # (V,)
    token = int(torch.multinomial(probability, 1, generator=generator))
    return token, float(probability[token])


def write_on(
    net: GPT, tokens: Sequence[int], count: int, temperature: float, seeds: Sequence[int]
) -> list[tuple[list[int], list[float]]]:
    """Return for each seed `count` tokens that go on from others, and their probabilities.

    The net sees the last `context` tokens only: what was before them is forgotten.
    """
    generators = [torch.Generator().manual_seed(seed) for seed in seeds]
    device = net.token_embedding.weight.device
    written = torch.tensor([list(tokens)] * len(seeds), device=device)  # (B, T)
    drawn: list[tuple[list[int], list[float]]] = [([], []) for _ in seeds]
    for _ in range(count):
        logits = net(written[:, -net.config.context :])[:, -1]  # (B, V)
        for row, generator, (new, probabilities) in zip(logits, generators, drawn, strict=True):
            token, probability = next_token(row, temperature, generator)
            new.append(token)
            probabilities.append(probability)
        last = torch.tensor([[new[-1]] for new, _ in drawn], device=device)  # (B, 1)
        written = torch.cat((written, last), dim=1)
    return drawn
