"""How well a digit net reads what it was not trained on, by source."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explainer.concepts.cnn.experiment import DigitExperiment
from explainer.concepts.cnn.reading import ReadMany
from explainer.engine.datasets import digits
from explainer.engine.handwriting import written_digits

SHIFT = 6  # pixels
# Eight directions; a diagonal of 4 px along each axis is 5.7 px long.
_DIRECTIONS = ((-6, 0), (6, 0), (0, -6), (0, 6), (-4, -4), (-4, 4), (4, -4), (4, 4))
_WRITTEN, _WRITTEN_SEED = 1000, 7


def examine(experiment: DigitExperiment) -> dict[str, float]:
    """Return the share read rightly of each source, 0 to 1.

    Parameters
    ----------
    experiment : DigitExperiment
        Its averaged weights are examined; nothing changes.

    Returns
    -------
    dict of str to float
        "test": the 1,000 test digits. "shifted", "shifted_worst": the same, moved by 6 px and not
        centred again, the mean and the worst of eight directions; ink leaves the picture.
        "written": 1,000 digits of the exam skeletons, drawn on the pad and centred.
    """
    data = digits()
    images = (data.test_images / 255).astype(np.float32)
    shifted = [_share(experiment, shift(images, x, y), data.test_labels) for x, y in _DIRECTIONS]
    written, labels = written_digits(_WRITTEN, "exam", _WRITTEN_SEED)
    return {
        "test": _share(experiment, images, data.test_labels),
        "shifted": float(np.mean(shifted)),
        "shifted_worst": min(shifted),
        "written": _share(experiment, written, labels),
    }


def shift(images: NDArray[np.float32], x: int, y: int) -> NDArray[np.float32]:
    """Return images (N, height, width) moved right and down by whole pixels, paper drawn in."""
    reach = max(abs(x), abs(y))
    height, width = images.shape[1:]
    wide = np.pad(images, ((0, 0), (reach, reach), (reach, reach)))
    return wide[:, reach - y : reach - y + height, reach - x : reach - x + width]


def _share(
    experiment: DigitExperiment, images: NDArray[np.float32], labels: NDArray[np.integer]
) -> float:
    return float((experiment.answer(ReadMany(images)) == labels).mean())
