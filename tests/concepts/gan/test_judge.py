"""The judge: what a perfect generator scores, what a collapsed one, and the nearest digit."""

from __future__ import annotations

import numpy as np
import torch

from explainer.concepts.gan.judge import (
    COVERED_FROM,
    ink_of,
    judged,
    nearest,
    real_distances,
    real_tally,
    tallied,
)
from explainer.engine.datasets import digits
from explainer.models.digit_net import trained


def test_real_digits_score_as_a_perfect_generator_would() -> None:
    tally = real_tally()
    assert tally.classes == 10
    assert tally.confidence > 0.97
    assert abs(tally.shares.sum() - 1) < 1e-9
    truth = np.bincount(digits().test_labels[:500], minlength=10) / 500
    assert np.abs(tally.shares - truth).max() < 0.01


def test_one_digit_repeated_is_sure_and_covers_one_class() -> None:
    clear = judged(ink_of(digits().test_images[:100])).confidence.argmax()
    copies = ink_of(np.repeat(digits().test_images[clear][None], 500, axis=0))
    tally = tallied(judged(copies))
    assert tally.classes == 1
    assert tally.confidence > 0.99  # more than real digits: confidence alone misleads
    assert tally.confidence > real_tally().confidence


def test_a_class_counts_as_covered_from_two_per_cent_on() -> None:
    images, labels = digits().test_images, digits().test_labels
    zeros, sevens = (ink_of(images[labels == digit]) for digit in (0, 7))
    sure = [judged(part).labels == digit for part, digit in ((zeros, 0), (sevens, 7))]
    zeros, sevens = zeros[torch.from_numpy(sure[0])], sevens[torch.from_numpy(sure[1])]
    for count, classes in ((2, 2), (1, 1)):
        pictures = torch.cat((zeros[:1].expand(100 - count, 1, 28, 28), sevens[:count]))
        assert tallied(judged(pictures)).classes == classes
    assert COVERED_FROM == 0.02


def test_the_verdict_is_the_classifiers_own() -> None:
    pictures = ink_of(digits().test_images[:7])
    expected = trained()(pictures).softmax(dim=1).numpy()
    assert np.allclose(judged(pictures).probabilities, expected, atol=1e-6)


def test_the_nearest_digit_is_the_one_a_plain_search_finds() -> None:
    known = digits().train_images.astype(np.float64) / 255
    random = np.random.default_rng(0)
    asked = (digits().test_images[:4] / 255 + random.uniform(0, 0.2, (4, 28, 28))).clip(0, 1)
    found = nearest(torch.tensor(asked, dtype=torch.float32).unsqueeze(1))
    for picture, place, distance in zip(asked, found.places, found.distances, strict=True):
        apart = np.sqrt(np.square(known - picture).sum(axis=(1, 2)))
        assert place == apart.argmin()
        assert abs(distance - apart.min()) < 1e-3


def test_a_training_digit_is_its_own_nearest() -> None:
    found = nearest(ink_of(digits().train_images[40:43]))
    assert found.places.tolist() == [40, 41, 42]
    assert found.distances.max() == 0
    assert real_distances().min() > 0
