"""Reading token by token with keys and values kept, against reading the whole text anew."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explainer.concepts.transformer.cache import gather
from explainer.concepts.transformer.family.incremental import causal_reader, decoder_reader
from explainer.concepts.transformer.family.models import LanguageModel, PrefixModel
from explainer.concepts.transformer.own_text.model import GPT, GPTConfig
from explainer.concepts.transformer.own_text.writing import next_token, reader_of, write_on


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture(autouse=True)
def spread() -> None:
    torch.set_num_threads(1)


def moved(net: torch.nn.Module) -> None:
    """Give every weight something to do: biases and norms begin at 0 and 1."""
    with torch.no_grad():
        for parameter in net.parameters():
            parameter += 0.05 * torch.randn(parameter.shape, generator=seeded(7))


TEXT = torch.randint(40, (3, 20), generator=seeded(1))


@torch.no_grad()
def test_the_causal_model_foretells_the_same_token_by_token() -> None:
    net = LanguageModel(40, True, generator=seeded(2))
    moved(net)
    reader, whole = causal_reader(net, 3), net(TEXT)
    for length in (5, 6, 7, 12, 20):  # several new tokens at once, and one
        found = reader.read(TEXT[:, :length].numpy())
        assert np.allclose(found, whole[:, length - 1].numpy(), atol=1e-5)


@torch.no_grad()
def test_the_decoder_foretells_the_same_token_by_token() -> None:
    net = PrefixModel(40, generator=seeded(3))
    moved(net)
    memory = net.encode(TEXT[:, :9])
    whole, reader = net.decode(TEXT, memory), decoder_reader(net, memory)
    for length in (1, 2, 3, 8, 20):
        found = reader.read(TEXT[:, :length].numpy())
        assert np.allclose(found, whole[:, length - 1].numpy(), atol=1e-5)


@torch.no_grad()
def test_the_small_gpt_foretells_the_same_token_by_token() -> None:
    net = GPT(GPTConfig(40, context=32), seeded(4))
    moved(net)
    whole, reader = net(TEXT), reader_of(net, 3)
    for length in (1, 2, 9, 20):
        found = reader.read(TEXT[:, :length].numpy())
        assert np.allclose(found, whole[:, length - 1].numpy(), atol=1e-5)


@torch.no_grad()
@pytest.mark.parametrize("prompt", [[3], list(range(12)), list(range(40))])
def test_what_is_written_is_what_the_net_writes_that_reads_all_anew(prompt: list[int]) -> None:
    """Past its places, it has forgotten the older half."""
    net = GPT(GPTConfig(40, context=16), seeded(4))
    moved(net)
    drawn = write_on(net, prompt, 30, 0.8, (5, 6))
    for seed, (tokens, chances) in zip((5, 6), drawn, strict=True):
        random, seen = np.random.default_rng(seed), prompt[-16:]
        for token, chance in zip(tokens, chances, strict=True):
            if len(seen) > 16:
                seen = seen[-8:]
            logits = net(torch.tensor([seen]))[0, -1].numpy()
            wanted, probability = next_token(logits, 0.8, random)
            assert token == wanted and chance == pytest.approx(probability, rel=1e-4)
            seen = [*seen, token]


def test_tokens_are_drawn_as_often_as_they_are_likely() -> None:
    logits, random = np.log(np.array([0.5, 0.3, 0.2], np.float32)), np.random.default_rng(1)
    drawn = [next_token(logits, 1.0, random) for _ in range(4000)]
    shares = np.bincount([token for token, _ in drawn], minlength=3) / 4000
    assert np.allclose(shares, [0.5, 0.3, 0.2], atol=0.03)
    assert {token: pytest.approx(p) for token, p in drawn} == {0: 0.5, 1: 0.3, 2: 0.2}
    assert next_token(logits, 0.0, random) == (0, 1.0)
    cold = [next_token(logits, 0.5, random)[0] for _ in range(4000)]
    assert cold.count(0) / 4000 == pytest.approx(0.25 / 0.38, abs=0.03)


def test_gathering_is_what_torch_computes() -> None:
    q, k, v = (torch.randn(2, 4, 7, 16, generator=seeded(i)) for i in range(3))
    fused = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
    found = gather(q[:, :, 4:].numpy(), k.numpy(), v.numpy(), is_causal=True)
    wanted = fused[:, :, 4:].transpose(1, 2).flatten(2).flatten(0, 1)
    assert np.allclose(found, wanted.numpy(), atol=1e-5)
