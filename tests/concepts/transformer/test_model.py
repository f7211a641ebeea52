import math

import pytest
import torch
import torch.nn.functional as F

from explainer.concepts.transformer.cuts import PLACES, Place
from explainer.concepts.transformer.model import Transformer, sinusoids
from explainer.concepts.transformer.multihead import (
    D_MODEL,
    Interventions,
    MultiHeadAttention,
    Trace,
)


def net_and_tokens(heads=4):
    random = torch.Generator().manual_seed(0)
    net = Transformer(20, 30, heads, random)
    source = torch.randint(4, 20, (3, 7), generator=random)
    target = torch.randint(4, 30, (3, 6), generator=random)
    return net, source, target


def test_the_net_is_small():
    net = Transformer(112, 129)
    assert sum(p.numel() for p in net.parameters()) == 183_104
    assert net.output.weight is net.target_embedding.weight


@pytest.mark.parametrize("heads", [1, 4])
@pytest.mark.parametrize("is_causal", [False, True])
def test_attention_equals_torchs_own(heads, is_causal):
    torch.manual_seed(1)
    attention = MultiHeadAttention(Place("decoder", 0), heads)
    x, memory = torch.randn(2, 5, D_MODEL), torch.randn(2, 8, D_MODEL)
    memory = x if is_causal else memory
    mask = torch.ones(5, memory.shape[1], dtype=torch.bool).triu(1) if is_causal else None
    trace = Trace()
    output = attention(x, memory, mask, trace=trace)
    tensors = trace.attention[Place("decoder", 0)]
    reference = F.scaled_dot_product_attention(
        tensors.q, tensors.k, tensors.v, attn_mask=None if mask is None else ~mask
    )
    assert torch.allclose(tensors.heads, reference, atol=1e-6)
    assert torch.allclose(output, attention.w_o(attention.merge(reference)), atol=1e-6)
    assert torch.allclose(tensors.weights.sum(dim=-1), torch.ones(2, heads, 5), atol=1e-6)
    assert torch.allclose(tensors.scaled, tensors.scores / math.sqrt(D_MODEL / heads))


def test_the_decoder_cannot_look_ahead():
    net, source, target = net_and_tokens()
    before = net(source, target)
    target[:, 4] = 5
    assert torch.equal(net(source, target)[:, :4], before[:, :4])


def test_padding_changes_nothing():
    net, source, target = net_and_tokens()
    padded = F.pad(source, (0, 4))
    after = net(padded, target, padded == 0)
    assert torch.allclose(after, net(source, target), atol=1e-5)


def test_a_trace_holds_every_tensor_and_changes_none():
    net, source, target = net_and_tokens()
    trace = Trace()
    assert torch.equal(net(source, target, trace=trace), net(source, target))
    assert set(trace.attention) == set(PLACES)
    tensors = trace.tensors
    assert torch.equal(
        tensors["encoder.input"], tensors["encoder.embedded"] + tensors["encoder.positions"]
    )
    for layer in range(2):
        name = f"encoder.{layer}"
        x = tensors["encoder.input"] if layer == 0 else tensors["encoder.0.residual2"]
        attended = trace.attention[Place("encoder", layer)].output
        assert torch.equal(tensors[f"{name}.residual1"], x + attended)
        grown = tensors[f"{name}.residual1"] + tensors[f"{name}.feed_forward.output"]
        assert torch.equal(tensors[f"{name}.residual2"], grown)
        for norm in ("norm1", "norm2"):
            assert tensors[f"{name}.{norm}"].shape == (3, 7, D_MODEL)
        for norm in ("norm1", "norm2", "norm3"):
            assert tensors[f"decoder.{layer}.{norm}"].shape == (3, 6, D_MODEL)
    assert tensors["decoder.logits"].shape == (3, 6, 30)


def test_a_cut_edge_takes_its_weight_and_no_other_score():
    net, source, target = net_and_tokens()
    place = Place("encoder", 1)
    edges = torch.zeros(1, 4, 10, 10, dtype=torch.bool)
    edges[0, 2, 3, 1] = True
    whole, cut = Trace(), Trace()
    net(source, target, trace=whole)
    net(source, target, None, Interventions({place: edges}), cut)
    before, after = whole.attention[place], cut.attention[place]
    assert (after.weights[:, 2, 3, 1] == 0).all()
    assert torch.equal(before.scores, after.scores)
    changed = (before.weights != after.weights).any(dim=-1)
    assert changed[:, 2, 3].all() and changed.sum() == len(source)


def test_a_row_without_any_key_gets_nothing():
    net, source, target = net_and_tokens()
    place = Place("cross", 0)
    edges = torch.ones(1, 1, 10, 10, dtype=torch.bool)
    trace = Trace()
    logits = net(source, target, None, Interventions({place: edges}), trace)
    assert (trace.attention[place].heads == 0).all()
    assert torch.isfinite(logits).all()


def test_a_silenced_head_says_nothing():
    net, source, target = net_and_tokens()
    place = Place("cross", 1)
    silenced = Interventions(heads={place: torch.tensor([1.0, 0.0, 1.0, 1.0])})
    trace = Trace()
    logits = net(source, target, None, silenced, trace)
    heads = trace.attention[place].heads
    assert (heads[:, 1] == 0).all() and (heads[:, 0] != 0).any()
    assert not torch.equal(logits, net(source, target))


def test_without_positions_the_encoder_reads_a_bag_of_words():
    net, source, _ = net_and_tokens()
    order = torch.tensor([3, 1, 0, 2, 6, 5, 4])
    off = Interventions(positions_on=False)
    memory = net.encode(source, None, off)
    assert torch.allclose(net.encode(source[:, order], None, off), memory[:, order], atol=1e-5)
    assert not torch.allclose(net.encode(source[:, order]), net.encode(source)[:, order], atol=1e-2)


def test_the_position_table():
    table = sinusoids(48, 64)
    assert table[0, 0] == 0 and table[0, 1] == 1
    assert table[5, 0] == pytest.approx(math.sin(5), abs=1e-6)
    assert table[7, 11] == pytest.approx(math.cos(7 / 10000 ** (10 / 64)), abs=1e-6)
