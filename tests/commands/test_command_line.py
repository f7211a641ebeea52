"""What a person can get wrong on the command line: one clear sentence, status 2, no traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PySide6.QtWidgets import QApplication
from safetensors import safe_open
from safetensors.torch import save_file

from explainer.app import create, main
from explainer.concepts.cnn.experiment import DigitExperiment
from explainer.engine import assets
from tests.opened import close, pump

ROOT = Path(__file__).resolve().parents[2]
PICTURE = "picture.png"


@pytest.fixture
def refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Run a command line that must be refused; returns the sentence.

    A window that opens all the same is a failure, not an event loop to wait in.
    """

    monkeypatch.setattr(QApplication, "exec", lambda *_: pytest.fail("a window was opened"))

    def run(*arguments: str) -> str:
        try:
            status: object = main(["main.py", *arguments])
        except SystemExit as left:  # as argparse leaves
            status = left.code
        said = capsys.readouterr()
        assert status == 2
        assert said.out == ""
        return sentence(said.err)

    return run


def sentence(printed: str) -> str:
    """Return what was printed, which must be one line and no traceback; a bar may precede it."""
    lines = [line for line in printed.strip().splitlines() if "█" not in line and "·" not in line]
    assert len(lines) == 1, printed
    assert "Traceback" not in printed
    assert "{" not in printed, "a placeholder was left unfilled"
    return lines[0]


def test_no_display() -> None:
    """In a process of its own: Qt aborts where there is no display, so it must not be asked."""
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    for display in ({}, {"DISPLAY": ":999"}):
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py")],
            env={**bare, **display},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 2
        assert "no display" in sentence(done.stderr)
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py")],
        env={**bare, "LANG": "ko_KR.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "디스플레이가 없습니다" in sentence(done.stderr)


@pytest.mark.parametrize(
    ("place", "missing"),
    [("nets", "nets"), ("cnn/nowhere", "nowhere"), ("cnn/draw/nothing", "nothing"), ("", "''")],
)
def test_an_unknown_place(refused: Callable[..., str], tmp_path: Path, place: str, missing: str):
    out = tmp_path / PICTURE
    said = refused("export", place, "--out", str(out))
    assert missing in said
    assert "choose one of" in said
    assert not out.exists()
    assert missing in refused("train", place, "--steps", "1")


def test_an_unknown_place_for_the_window(refused: Callable[..., str], qapp: object) -> None:
    assert "cnn/draw/nothing" in refused("cnn/draw/nothing")
    assert "nets" in refused("nets")


def test_a_place_where_no_file_can_be_written(refused: Callable[..., str], tmp_path: Path) -> None:
    nowhere = tmp_path / "missing" / PICTURE
    said = refused("export", "cnn/draw", "--out", str(nowhere))
    assert "choose another place for --out" in said
    said = refused("train", "cnn/training", "--steps", "1", "--out", str(nowhere))
    assert "another place for --out" in said


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_a_folder_in_the_way_of_the_file(
    refused: Callable[..., str], qapp: object, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"picture{ending}"
    out.mkdir()
    said = refused("export", "cnn/draw", "--size", "640x360", "--out", str(out))
    assert "cannot be written" in said


def test_a_folder_in_the_way_of_the_checkpoint(refused: Callable[..., str], tmp_path: Path) -> None:
    out = tmp_path / "net.safetensors"
    out.mkdir()
    assert "cannot be written" in refused(
        "train", "cnn/training", "--steps", "1", "--out", str(out)
    )


@pytest.mark.parametrize("ending", ["gif", "mp4", "jpeg", ""])
def test_pictures_that_move_or_are_unknown(
    refused: Callable[..., str], tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"film.{ending}"
    said = refused("export", "cnn/draw", "--out", str(out))
    assert ".png, .svg or .pdf" in said
    assert "GIF and MP4 are not made yet" in said


@pytest.mark.parametrize("size", ["big", "1920", "0x0", "1920x", "-5x9", "99999x99999", "1e3x900"])
def test_a_bad_size(refused: Callable[..., str], tmp_path: Path, size: str) -> None:
    said = refused("export", "cnn/draw", f"--size={size}", "--out", str(tmp_path / PICTURE))
    assert f"'{size}' is no size" in said


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("learning_rate", "KNOB=VALUE"),
        ("speed=3", "no setting 'speed'"),
        ("learning_rate=fast", "'fast' is no value for learning_rate"),
        ("learning_rate=nan", "'nan' is no value for learning_rate"),
        ("learning_rate=inf", "'inf' is no value for learning_rate"),
        ("learning_rate=-1", "'-1' is no value for learning_rate"),
        ("batch_size=7", "'7' is no value for batch_size"),
        ("optimiser=magic", "'magic' is no value for optimiser"),
        ("augmentation=perhaps", "'perhaps' is no value for augmentation"),
    ],
)
def test_a_bad_setting(refused: Callable[..., str], written: str, expected: str) -> None:
    assert expected in refused("train", "cnn/training", "--steps", "1", "--set", written)


@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "cnn/training", "--seconds", "soon"),
        ("train", "cnn/training", "--seconds", "-1"),
        ("train", "cnn/training", "--seconds", "nan"),
        ("train", "cnn/training", "--steps", "0"),
        ("train",),
        ("export", "cnn/draw"),
        ("export", "cnn/draw", "--out", "x.png", "--lang", "fr"),
        ("--theme", "pink"),
        ("--device", "abacus"),
        ("--no-such-thing",),
        ("cnn", "rnn"),
    ],
)
def test_words_that_make_no_command(refused: Callable[..., str], arguments: tuple[str]) -> None:
    assert "--help" in refused(*arguments)


def test_an_absent_device(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch, qapp: object, tmp_path: Path
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    for arguments in (
        ("train", "cnn/training", "--steps", "1", "--device", "cuda"),
        ("export", "cnn/draw", "--device", "cuda", "--out", str(tmp_path / PICTURE)),
        ("--device", "cuda"),
    ):
        said = refused(*arguments)
        assert "'cuda' is not available" in said
        assert "--device auto" in said


def broken(kind: str, folder: Path) -> Path:
    """Make a checkpoint that cannot be trusted."""
    whole = assets.asset("checkpoints/cnn.safetensors")
    file = folder / f"{kind}.safetensors"
    if kind == "missing":
        return file
    if kind == "truncated":
        file.write_bytes(whole.read_bytes()[:-1000])
        return file
    if kind == "empty":
        file.write_bytes(b"")
        return file
    if kind == "text":
        file.write_text("no tensors here")
        return file
    with safe_open(str(whole), framework="pt") as opened:
        described = opened.metadata()
        tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    name = next(n for n in tensors if n.endswith("net.conv1.weight"))
    if kind == "shape":
        tensors[name] = torch.zeros(3, 1, 7, 7)
    elif kind == "nan":
        tensors[name].view(-1)[0] = float("nan")
    elif kind == "lacking":
        del tensors[name]
    elif kind == "foreign":
        described = {**described, "concept": "gan"}
    elif kind == "settings":
        described = {**described, "settings": json.dumps({"no_such_setting": 1})}
    elif kind == "metrics":
        del tensors[next(n for n in tensors if n.startswith("metrics/") and n.endswith("/values"))]
    save_file(tensors, str(file), metadata=described)
    return file


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("missing", "does not exist"),
        ("truncated", "damaged"),
        ("empty", "damaged"),
        ("text", "damaged"),
        ("shape", "does not fit the model (net.conv1.weight is (3, 1, 7, 7)"),
        ("nan", "holds NaN"),
        ("lacking", "net.conv1.weight is missing"),
        ("foreign", "was not made for cnn"),
        ("settings", "checkpoint"),
        ("metrics", "damaged"),
    ],
)
def test_a_checkpoint_that_cannot_be_trusted(
    refused: Callable[..., str], qapp: object, tmp_path: Path, kind: str, expected: str
) -> None:
    file = broken(kind, tmp_path)
    out = tmp_path / PICTURE
    given = ("--checkpoint", str(file))
    assert expected in refused("train", "cnn/training", "--steps", "1", *given)
    assert expected in refused("export", "cnn/draw", "--out", str(out), *given)
    assert not out.exists()


def test_the_window_is_not_opened_without_its_checkpoint(
    refused: Callable[..., str], qapp: object, tmp_path: Path
) -> None:
    said = refused("cnn/draw", "--checkpoint", str(tmp_path / "missing.safetensors"))
    assert "does not exist" in said


@pytest.mark.parametrize("kind", ["truncated", "shape", "nan"])
def test_the_window_says_in_its_banner_what_is_wrong_with_a_checkpoint(
    qapp: object, tmp_path: Path, kind: str
) -> None:
    """It is read on the runner's thread: the window stands before torch is there."""
    file = broken(kind, tmp_path)
    _, window = create(["main.py", "cnn/draw", "--lang", "en", "--checkpoint", str(file)])
    try:
        pump(lambda: window.session.problem is not None)
        assert file.name in window.session.problem.text.en
        pump(window.banner.isVisible)
    finally:
        close(window)


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The assets in a folder where they may be spoilt."""
    root = tmp_path / "assets"
    shutil.copytree(assets.ROOT, root)
    monkeypatch.setattr(assets, "ROOT", root)
    return root


@pytest.mark.parametrize("name", ["checkpoints/cnn.safetensors", "manifest.json"])
@pytest.mark.parametrize("harm", ["missing", "altered"])
def test_a_spoilt_asset(
    refused: Callable[..., str], qapp: object, copied: Path, tmp_path: Path, name: str, harm: str
) -> None:
    if harm == "missing":
        (copied / name).unlink()
    else:
        (copied / name).write_bytes(b"other bytes")
    said = refused("export", "cnn/draw", "--out", str(tmp_path / PICTURE))
    assert f"assets/{name}" in said
    assert "copy the program's assets folder anew" in said


@pytest.mark.parametrize("name", ["data/digits.npz", "fonts/Pretendard-Bold.otf"])
def test_a_spoilt_asset_in_a_new_process(copied: Path, tmp_path: Path, name: str) -> None:
    """Digits and fonts are read once a process, so these need their own."""
    (copied / name).write_bytes(b"other bytes")
    program = (
        "import sys; from pathlib import Path; from explainer.engine import assets;"
        f"assets.ROOT = Path({str(copied)!r});"
        "from explainer.app import main; sys.exit(main(sys.argv))"
    )
    out = str(tmp_path / PICTURE)
    done = subprocess.run(
        [sys.executable, "-c", program, "export", "cnn/draw", "--out", out],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 2
    assert f"assets/{name} is damaged or altered" in sentence(done.stderr)
    assert not done.stdout


def test_doctor_names_a_spoilt_asset(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "data/digits.npz").unlink()
    assert main(["main.py", "doctor"]) == 0
    said = capsys.readouterr().out
    assert "data/digits.npz: missing" in said
    assert "Restore the assets" in said


@pytest.mark.parametrize("package", ["torch", "numpy", "safetensors"])
def test_doctor_names_what_is_not_installed(package: str) -> None:
    """In a process of its own: this one has imported all of them."""
    program = (
        f"import sys; sys.modules[{package!r}] = None;"
        "from explainer.app import main; sys.exit(main(sys.argv))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "doctor"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert f"Install {package}: pip install -e ." in done.stdout
    assert re.search(rf"^{package} +missing$", done.stdout, re.MULTILINE)
    assert ("unknown without torch" in done.stdout) == (package == "torch")


def test_a_learning_rate_that_blows_up(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No rate on offer does so within seconds; a loss that is not finite is what it looks like."""

    def blown_up(self: DigitExperiment) -> dict[str, float]:
        return {"loss": float("nan")}

    monkeypatch.setattr(DigitExperiment, "step", blown_up)
    said = refused("train", "cnn/training", "--steps", "3")
    assert "no longer a finite number" in said
    assert "lower the learning rate" in said


def test_something_unknown_to_measure(refused: Callable[..., str]) -> None:
    said = refused("bench", "nothing")
    assert "'nothing'" in said
    assert "frame" in said
