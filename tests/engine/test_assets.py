import json

import numpy as np
import pytest

from explainer.engine import assets
from explainer.engine.datasets import digits, written_practice
from explainer.lesson import Problem


def test_every_shipped_file_is_whole():
    states = assets.check_assets()
    assert len(states) > 70
    assert {state for _, state in states} == {"ok"}


def test_a_missing_and_an_altered_file_are_told_apart(tmp_path, monkeypatch):
    (tmp_path / "manifest.json").write_text(json.dumps({"here.txt": "0" * 64, "gone.txt": "0"}))
    (tmp_path / "here.txt").write_text("other than it was")
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    assert assets.check_assets() == [("here.txt", "altered"), ("gone.txt", "missing")]
    with pytest.raises(Problem, match="damaged or altered"):
        assets.asset("here.txt")
    with pytest.raises(Problem, match="missing"):
        assets.asset("gone.txt")
    assert assets.asset("here.txt", verify=False) == tmp_path / "here.txt"


def test_a_missing_manifest_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    with pytest.raises(Problem, match=r"manifest\.json"):
        assets.check_assets()


def test_the_digits_are_mnist_split_for_good():
    data = digits()
    assert data.train_images.shape == (9000, 28, 28)
    assert data.test_images.shape == (1000, 28, 28)
    assert data.train_images.dtype == data.test_images.dtype == np.uint8
    every = np.concatenate([data.train_labels, data.test_labels])
    counts = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]
    assert np.bincount(every).tolist() == counts
    # What MNIST is known for: mean 0.131, deviation 0.309, the longer side of the ink 20 px.
    assert data.train_images.mean() / 255 == pytest.approx(0.131, abs=0.001)
    assert data.train_images.std() / 255 == pytest.approx(0.309, abs=0.001)
    inked = data.train_images > 0
    longer = np.maximum(inked.any(axis=2).sum(axis=1), inked.any(axis=1).sum(axis=1))
    assert np.median(longer) == longer.max() == 20


def test_no_test_digit_is_trained_on():
    data = digits()
    trained = {image.tobytes() for image in data.train_images}
    assert not trained & {image.tobytes() for image in data.test_images}


def test_data_cannot_be_written_to():
    for array in (digits().train_images, written_practice().images):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
