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
    net: GPT, tokens: Sequence[int], count: int, temperature: float, seed: int
) -> tuple[list[int], list[float]]:
    """Return `count` tokens that go on from others, and the probabilities they were drawn with.

    The net sees the last `context` tokens only: what was before them is forgotten.
    """
    generator = torch.Generator().manual_seed(seed)
    device = net.token_embedding.weight.device
    written, probabilities = list(tokens), []
    for _ in range(count):
        seen = torch.tensor([written[-net.config.context :]], device=device)  # (1, T)
        logits = net(seen)[0, -1]  # (V,)
        token, probability = next_token(logits, temperature, generator)
        written.append(token)
        probabilities.append(probability)
    return written[len(tokens) :], probabilities
