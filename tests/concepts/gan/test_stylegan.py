"""The arithmetic of the miniature StyleGAN, against loops that say what is meant."""

from __future__ import annotations

import pytest
import torch

from explainer.concepts.gan.stylegan import (
    LAYERS,
    NOISE,
    SIDES,
    STYLE,
    Discriminator,
    Generator,
    ModulatedConv,
    StyleLayer,
    draw_noise,
    mixed,
    same_in_all,
    truncated,
)


@pytest.fixture
def random() -> torch.Generator:
    return torch.Generator().manual_seed(5)


@pytest.fixture
def generator(random: torch.Generator) -> Generator:
    made = Generator(random).requires_grad_(False)
    for layer in made.synthesis.layers:  # as if it had learned to use the noise
        layer.strength.fill_(0.3)
    return made


def test_a_modulated_convolution_is_a_convolution_by_scaled_kernels(
    random: torch.Generator,
) -> None:
    conv = ModulatedConv(4, 3, random=random).requires_grad_(False)
    x = torch.randn((2, 4, 6, 6), generator=random)
    w = torch.randn((2, STYLE), generator=random)
    found = conv(x, w)
    styles = conv.style(w)
    for picture in range(2):
        for o in range(3):
            kernels = [styles[picture, i] * conv.weight[o, i] for i in range(4)]
            length = sum(kernel.square().sum() for kernel in kernels).sqrt()
            padded = torch.nn.functional.pad(x[picture], (1, 1, 1, 1))
            for row in range(6):
                for column in range(6):
                    wanted = sum(
                        (kernels[i] / length * padded[i, row : row + 3, column : column + 3]).sum()
                        for i in range(4)
                    )
                    assert found[picture, o, row, column] == pytest.approx(float(wanted), abs=1e-5)


def test_demodulation_brings_any_style_back_to_unit_variance(random: torch.Generator) -> None:
    conv = ModulatedConv(24, 8, random=random).requires_grad_(False)
    x = torch.randn((1, 24, 200, 200), generator=random)
    w = 3 * torch.randn((1, STYLE), generator=random)
    inner = conv(x, w)[..., 1:-1, 1:-1]  # the edge reads padding
    assert inner.std(dim=(0, 2, 3)).numpy() == pytest.approx(1.0, abs=0.02)
    conv.demodulated = False
    assert (conv(x, w).std(dim=(0, 2, 3)) - 1).abs().max() > 0.5


def test_noise_is_added_times_its_strength_and_alike_in_every_map(random: torch.Generator) -> None:
    layer = StyleLayer(4, 3, 7, random).requires_grad_(False)
    x = torch.randn((2, 4, 7, 7), generator=random)
    w = torch.randn((2, STYLE), generator=random)
    noise = torch.randn((2, 1, 7, 7), generator=random)
    assert torch.equal(layer(x, w, noise), layer(x, w))  # it begins with a strength of 0
    layer.strength.fill_(0.5)
    layer.bias.fill_(100.0)  # above the bend of LeakyReLU
    added = layer(x, w, noise) - layer(x, w)
    wanted = (0.5 * 2**0.5 * noise).expand(-1, 3, -1, -1)
    assert torch.allclose(added, wanted, atol=1e-3)


def test_the_mapping_network_reads_directions_only(generator: Generator) -> None:
    z = torch.randn((3, NOISE), generator=torch.Generator().manual_seed(1))
    stages = generator.mapping.stages(z)
    assert len(stages) == 4
    assert stages[0].norm(dim=1).numpy() == pytest.approx(NOISE**0.5, rel=1e-4)
    assert torch.allclose(generator.mapping(7 * z), generator.mapping(z), atol=1e-4)


def test_mixing_uses_exactly_the_two_styles(generator: Generator, random: torch.Generator) -> None:
    one, other = generator.mapping(torch.randn((2, NOISE), generator=random)).split(1)
    for cut in range(LAYERS + 1):
        styles = mixed(one, other, cut)
        assert styles.shape == (1, LAYERS, STYLE)
        for place in range(LAYERS):
            assert torch.equal(styles[:, place], one if place < cut else other)
    by_picture = mixed(one.expand(3, -1), other.expand(3, -1), torch.tensor([0, 2, LAYERS]))
    assert torch.equal(by_picture[0], same_in_all(other)[0])
    assert torch.equal(by_picture[1], mixed(one, other, 2)[0])
    assert torch.equal(by_picture[2], same_in_all(one)[0])
    pictures = generator.synthesis(mixed(one, other, LAYERS))
    assert torch.equal(pictures, generator.synthesis(same_in_all(one)))


def test_a_layer_hears_its_own_style_only(generator: Generator, random: torch.Generator) -> None:
    one, other = generator.mapping(torch.randn((2, NOISE), generator=random)).split(1)
    synthesis = generator.synthesis
    heard = []
    for layer in synthesis.layers:
        layer.register_forward_hook(lambda module, inputs, output: heard.append(output))
    synthesis(same_in_all(one))
    styles = same_in_all(one).clone()
    styles[:, 3] = other
    synthesis(styles)
    same = [torch.equal(heard[place], heard[LAYERS + place]) for place in range(LAYERS)]
    assert same == [True, True, True, False, False]


def test_truncation_moves_towards_the_mean(random: torch.Generator) -> None:
    w = torch.randn((6, STYLE), generator=random)
    mean = torch.randn(STYLE, generator=random)
    assert torch.allclose(truncated(w, mean, 1.0), w, atol=1e-6)
    assert torch.equal(truncated(w, mean, 0.0), mean.expand(6, -1))
    half = truncated(w, mean, 0.5)
    assert torch.allclose(half - mean, (w - mean) / 2, atol=1e-6)


def test_pictures_have_the_size_and_range_of_digits(
    generator: Generator, random: torch.Generator
) -> None:
    z = torch.randn((5, NOISE), generator=random)
    noise = draw_noise(5, random)
    assert [part.shape for part in noise] == [(5, 1, side, side) for side in SIDES]
    pictures = generator(z, noise)
    assert pictures.shape == (5, 1, 28, 28)
    assert float(pictures.abs().max()) <= 1.0
    assert not torch.equal(pictures, generator(z))


def test_the_discriminator_is_told_how_much_a_batch_differs(random: torch.Generator) -> None:
    judge = Discriminator(random).requires_grad_(False)
    pictures = torch.randn((8, 1, 28, 28), generator=random)
    alone = judge(pictures[:1].expand(8, -1, -1, -1))
    assert torch.allclose(alone, alone[:1].expand(8))
    judge.real.weight[0, -1] += 1.0
    again = judge(pictures[:1].expand(8, -1, -1, -1))
    assert torch.allclose(again, alone, atol=2e-4)  # copies differ by nothing
    assert not torch.allclose(judge(pictures)[:1], again[:1], atol=1e-2)
