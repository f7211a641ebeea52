import pytest
import torch

from explainer.engine.augmentation import augment


def blot(count=256):
    images = torch.zeros(count, 1, 28, 28)
    images[:, :, 10:18, 11:17] = 1
    return images


def middles(images):
    spots = torch.arange(28.0)
    ink = images.sum(dim=(1, 2, 3))
    across = (images.sum(dim=(1, 2)) * spots).sum(dim=1) / ink
    down = (images.sum(dim=(1, 3)) * spots).sum(dim=1) / ink
    return torch.stack([across, down])


def test_the_same_seed_augments_alike_and_the_images_are_left_alone():
    images = blot()
    first = augment(images, torch.Generator().manual_seed(3), 2, 0)
    second = augment(images, torch.Generator().manual_seed(3), 2, 0)
    assert torch.equal(first, second)
    assert torch.equal(images, blot())
    assert not torch.equal(first, augment(images, torch.Generator().manual_seed(4), 2, 0))


@pytest.mark.parametrize("shift", [0.0, 2.0, 6.0])
def test_shifts_reach_their_limit_and_no_further(shift):
    moved = middles(augment(blot(), torch.Generator().manual_seed(0), shift, 0)) - 13.5
    assert moved.abs().max() < 1.2 * shift + 0.1
    assert moved.abs().max() > 0.85 * shift


def test_most_images_stray_little_and_some_far():
    moved = (middles(augment(blot(2000), torch.Generator().manual_seed(0), 0, 5)) - 13.5).abs()
    assert moved.median() < 1
    assert 4.5 < moved.max() < 6


def test_ink_stays_between_paper_and_black():
    images = augment(blot(), torch.Generator().manual_seed(0), 6, 0)
    assert images.min() >= 0 and images.max() <= 1
    # Scales of 0.88 to 1.12 along each axis; the rest keeps the area.
    share = images.sum(dim=(1, 2, 3)) / blot().sum(dim=(1, 2, 3))
    assert 0.75 < share.min() < 0.9 and 1.1 < share.max() < 1.35


def test_every_image_gets_a_map_of_its_own():
    images = augment(blot(8), torch.Generator().manual_seed(0), 2, 0)
    assert len({image.numpy().tobytes() for image in images}) == 8
