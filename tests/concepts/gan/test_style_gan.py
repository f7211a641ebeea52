"""The miniature StyleGAN as an experiment, and what the style scene asks of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest
import torch

from explainer.concepts.gan.style import exchanged, mapped, noises, opened, varied
from explainer.concepts.gan.style.experiment import R1_EVERY, StyleGan
from explainer.concepts.gan.style.settings import StyleSettings
from explainer.concepts.gan.stylegan import LAYERS, mixed, same_in_all, truncated
from explainer.lesson import Problem


def learned(steps: int, **settings: object) -> StyleGan:
    gan = StyleGan(StyleSettings(**settings))  # type: ignore[arg-type]
    for _ in range(steps):
        gan.step()
    return gan


@pytest.fixture(scope="module")
def gan() -> StyleGan:
    return learned(12, batch_size=8)


def test_it_goes_on_bit_for_bit_from_a_kept_state() -> None:
    one = learned(R1_EVERY - 3)
    kept = one.state()
    losses = [one.step() for _ in range(6)]  # a round with R1 and rounds without
    other = StyleGan(StyleSettings())
    other.restore(kept)
    assert [other.step() for _ in range(6)] == losses
    after, again = one.state(), other.state()
    assert all(torch.equal(after[name], again[name]) for name in after)


def test_the_discriminator_is_not_changed_by_the_generators_update(gan: StyleGan) -> None:
    before = gan.state()
    gan._teach_generator(gan._forgeries())
    after = gan.state()
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    assert any(name.startswith("generator.mapping") for name in moved)
    assert any(name.startswith("generator.synthesis") for name in moved)
    assert not any(name.startswith("discriminator") for name in moved)


def test_the_mapping_network_learns_at_a_tenth_of_the_rate() -> None:
    gan = StyleGan(StyleSettings())
    gan.set("learning_rate", 0.01)
    rates = {name: one.param_groups[0]["lr"] for name, one in gan._optimisers.items()}
    assert rates == pytest.approx(
        {"generator.mapping": 0.001, "generator.synthesis": 0.01, "discriminator": 0.01}
    )


@pytest.mark.parametrize(
    "wrong",
    [{"learning_rate": 0.0}, {"r1": -1.0}, {"mixing": 1.5}, {"batch_size": 4},
     {"learning_rate": float("nan")}],
)  # fmt: skip
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Problem):
        StyleSettings(**wrong)  # type: ignore[arg-type]


def test_clouds_tell_the_same_points_before_and_after(gan: StyleGan) -> None:
    clouds = gan.answer(mapped.ReadClouds(chosen=7))
    z = noises.noise_of(mapped.CLOUD, 21)
    stages = gan._average.mapping.stages(z)
    assert np.allclose(clouds.stages[-1], stages[-1][7].numpy(), atol=1e-5)
    assert clouds.z.shape == clouds.w.shape == (mapped.CLOUD, 2)
    shares = np.bincount(clouds.labels, minlength=10) / mapped.CLOUD
    assert clouds.chance == pytest.approx(float((shares**2).sum()))


def test_neighbours_are_counted_without_the_point_itself() -> None:
    points = torch.tensor([[0.0], [0.1], [0.2], [0.3], [0.4], [0.5], [9.0]])
    apart = np.array([0, 1, 2, 3, 4, 5, 6])
    assert mapped.alike(points, apart) == 0.0
    assert mapped.alike(points, np.zeros(7, int)) == 1.0


def test_the_opened_layers_are_those_of_the_drawing(gan: StyleGan) -> None:
    seen = gan.answer(opened.Open(3))
    synthesis = gan._average.synthesis
    ink = torch.tensor(seen.layers[-1].maps)[None]
    again = synthesis.picture(ink, torch.tensor(seen.w)[None]) + synthesis.paper
    assert np.allclose((again[0, 0].tanh().numpy() + 1) / 2, seen.picture, atol=1e-5)
    for layer in seen.layers:
        squares = np.square(layer.style) * np.square(layer.weight).sum(axis=(2, 3))
        total = squares.sum(axis=1) * layer.demodulation**2
        assert total == pytest.approx(1.0, abs=1e-3)


def test_a_mixed_grid_holds_every_pair(gan: StyleGan) -> None:
    mixture = gan.answer(exchanged.Mix(2, (0, 5), (1, 2, 3)))
    assert mixture.grid.shape == (2, 3, 28, 28)
    generator = gan._average
    coarse = generator.mapping(noises.noise_of(100, 24)[[5]])
    fine = generator.mapping(noises.noise_of(100, 25)[[3]])
    wanted = (generator.synthesis(mixed(coarse, fine, 2)) + 1) / 2
    assert np.allclose(mixture.grid[1, 2], wanted[0, 0].numpy(), atol=1e-5)
    ends = [gan.answer(exchanged.Mix(cut, (0, 5), (1, 2, 3))) for cut in (0, LAYERS)]
    assert np.allclose(ends[0].grid[0], ends[0].fine, atol=1e-5)
    assert np.allclose(ends[1].grid[:, 0], ends[1].coarse, atol=1e-5)
    assert ends[0].like_fine == ends[1].like_coarse == 1.0


def test_noise_of_strength_0_changes_nothing(gan: StyleGan) -> None:
    calm = gan.answer(varied.Speckle(strength=0.0))
    assert calm.changed == 0.0
    assert float(calm.spread.max()) < 1e-5
    loud = gan.answer(varied.Speckle(strength=1.0))
    assert float(loud.spread.mean()) > 0.01
    learned_ones = [float(layer.strength) for layer in gan._average.synthesis.layers]
    assert loud.strengths == pytest.approx(learned_ones)  # only the question was louder


def test_truncation_at_0_makes_all_fakes_one(gan: StyleGan) -> None:
    parts = gan.answer(varied.Truncate(0.0, 6))
    assert isinstance(parts, Iterator)
    *_, drawn = parts
    assert np.allclose(drawn.wall, drawn.mean, atol=1e-5)
    assert drawn.tally.classes == 1
    assert [psi for psi, _, _ in drawn.curve] == list(varied.PSIS)
    assert drawn.curve[0][2] == pytest.approx(0.0, abs=1e-2)
    generator = gan._average
    w, mean = generator.mapping(noises.shown_noise(6)), noises.mean_style(generator)
    wanted = (generator.synthesis(same_in_all(truncated(w, mean, 0.5))) + 1) / 2
    half = next(gan.answer(varied.Truncate(0.5, 6)))
    assert np.allclose(half.wall, wanted[:, 0].numpy(), atol=1e-5)


def test_spread_is_the_mean_distance_of_two() -> None:
    pictures = torch.zeros((3, 1, 28, 28))
    pictures[2, 0, 0, 0] = 3.0
    assert varied.spread(pictures) == pytest.approx(2.0)


def test_one_exchanged_layer_is_one_exchanged_layer(gan: StyleGan) -> None:
    decided = gan.answer(exchanged.Decide(first=2, rows=3, pairs=10))
    one, other = gan._average.mapping(noises.noise_of(20, 23)).chunk(2)
    styles = same_in_all(one[[4]]).clone()
    styles[:, 1] = other[4]
    wanted = (gan._average.synthesis(styles) + 1) / 2
    assert np.allclose(decided.exchanged[2, 1], wanted[0, 0].numpy(), atol=1e-5)
    assert decided.verdicts.shape == decided.pixels.shape == (LAYERS,)
    assert decided.pixels.max() <= decided.whole[1] * 2


def test_answers_are_read_only(gan: StyleGan) -> None:
    for request in (
        mapped.ReadClouds(), opened.Open(), exchanged.Mix(1, (0,), (0,)), varied.Speckle(),
        exchanged.Decide(pairs=5), varied.ReadWall(4),
    ):  # fmt: skip
        answer = gan.answer(request)
        for field in dataclasses.fields(answer):
            value = getattr(answer, field.name)
            if isinstance(value, np.ndarray):
                assert not value.flags.writeable, field.name
