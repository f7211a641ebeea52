"""Every measure of likeness on a perfect generator and on a collapsed one."""

from __future__ import annotations

import numpy as np
import pytest

from explainer.concepts.gan.density import best_discriminator, density
from explainer.concepts.gan.measuring import coverage, sliced_wasserstein
from explainer.concepts.gan.shapes import EXTENT, SHAPES, modes_of, sample

DRAWN = np.array([[0.1, 0.2], [-0.4, 0.3]], np.float32)


def cloud(shape: str, seed: int, count: int = 4000) -> np.ndarray:
    return sample(shape, count, np.random.default_rng(seed), DRAWN)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_cloud_lies_on_the_plane_that_is_shown(shape: str) -> None:
    points = cloud(shape, 0)
    assert points.shape == (4000, 2) and points.dtype == np.float32
    assert abs(points).max() < EXTENT


@pytest.mark.parametrize("shape", ["ring", "grid", "blobs"])
def test_a_perfect_generator_covers_every_mode(shape: str) -> None:
    modes = modes_of(shape)
    found = coverage(cloud(shape, 1), modes)
    assert found.covered.all()
    assert found.high_quality == pytest.approx(1 - np.exp(-4.5), abs=0.01)
    assert found.shares == pytest.approx(1 / len(modes.centres), abs=0.03)
    assert found.shares.sum() == pytest.approx(found.high_quality)


def test_a_collapsed_generator_covers_one() -> None:
    modes = modes_of("ring")
    found = coverage(
        modes.centres[3] + 0.01 * np.random.default_rng(0).normal(size=(500, 2)), modes
    )
    assert found.covered.sum() == 1 and found.covered[3] and found.high_quality == 1.0
    off = coverage(np.zeros((500, 2)), modes)
    assert off.covered.sum() == 0 and off.high_quality == 0.0


@pytest.mark.parametrize("shape", SHAPES)
def test_the_distance_of_a_perfect_generator_is_the_floor(shape: str) -> None:
    one, other = cloud(shape, 1, 2000), cloud(shape, 2, 2000)
    collapsed = np.zeros_like(one) + one[0]
    assert sliced_wasserstein(one, one) == 0
    assert sliced_wasserstein(one, other) < 0.05
    assert sliced_wasserstein(one, collapsed) > 4 * sliced_wasserstein(one, other)


def test_the_distance_of_a_shifted_cloud_is_its_mean_shadow() -> None:
    points = cloud("ring", 0, 500)
    shift = np.array([0.3, 0.0], np.float32)
    assert sliced_wasserstein(points, points + shift) == pytest.approx(0.3 * 2 / np.pi, rel=1e-3)


def test_the_best_discriminator_is_a_guess_where_both_are_alike() -> None:
    one, other = density(cloud("ring", 1, 20_000), 48), density(cloud("ring", 2, 20_000), 48)
    assert one.sum() == pytest.approx(1, abs=1e-3)
    often = one > 1e-3
    assert best_discriminator(one, other)[often] == pytest.approx(0.5, abs=0.08)
    assert (best_discriminator(one, np.zeros_like(one))[often] == 1).all()


def test_a_density_lies_where_the_points_do() -> None:
    found = density(np.array([[1.0, 1.2]]), 32)
    row, column = np.unravel_index(found.argmax(), found.shape)
    assert row < 8 and column > 24, "up is the top row, right the last column"
