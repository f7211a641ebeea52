import numpy as np
import pytest

from explainer.concepts.cnn.exam import examine, shift
from explainer.concepts.cnn.experiment import DigitExperiment, Settings
from explainer.engine import checkpoint
from explainer.engine.assets import asset


def test_a_shift_moves_ink_and_loses_what_leaves():
    images = np.zeros((1, 28, 28), np.float32)
    images[0, 10, 5] = images[0, 10, 25] = 1
    moved = shift(images, 6, -4)
    assert np.argwhere(moved[0]).tolist() == [[6, 11]]


@pytest.mark.slow
def test_the_shipped_net_reads_what_the_readme_says():
    experiment = DigitExperiment(Settings())
    film = checkpoint.load(asset("checkpoints/cnn.safetensors"), "cnn", experiment.state())
    experiment.restore(film.frames[-1].state)
    share = examine(experiment)
    assert share["test"] >= 0.99
    assert share["shifted"] >= 0.95
    assert share["written"] >= 0.93
