"""Films on disk: round trips, and every file that must not be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from explainer.engine import checkpoint
from explainer.engine.run import Run
from explainer.lesson import Problem
from tests.toy import Line


@pytest.fixture
def file(tmp_path: Path) -> Path:
    run = Run(Line, {"learning_rate": 0.05}, "cpu")
    for _ in range(30):
        run.advance()
    run.keep_end()
    target = tmp_path / "line.safetensors"
    checkpoint.save(target, "toy", run.settings, run.film.frames(), run.strip())
    return target


def expected() -> dict[str, torch.Tensor]:
    return Line({}).state()


def test_a_film_comes_back_and_goes_on_bit_for_bit(file: Path) -> None:
    shipped = checkpoint.load(file, "toy", expected())
    run = Run(Line, {}, "cpu", shipped)
    assert run.experiment.steps == 30
    assert run.settings["learning_rate"] == 0.05
    assert run.strip().curve("loss")[0].tolist() == list(range(1, 31))
    straight = Run(Line, {"learning_rate": 0.05}, "cpu")
    for _ in range(40):
        straight.advance()
    for _ in range(10):
        run.advance()
    assert torch.equal(run.experiment.state()["weight"], straight.experiment.state()["weight"])


def test_nothing_is_left_beside_the_file(file: Path) -> None:
    assert [p.name for p in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("size", [0, 5, 200])
def test_a_truncated_file_is_refused(file: Path, size: int) -> None:
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(Problem, match="damaged"):
        checkpoint.load(file, "toy", expected())


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "x.safetensors"
    other.write_text("hello " * 100)
    with pytest.raises(Problem, match="damaged"):
        checkpoint.load(other, "toy", expected())
    save_file({"a": torch.zeros(1)}, str(other))
    with pytest.raises(Problem, match="was not made for toy"):
        checkpoint.load(other, "toy", expected())


def test_another_concepts_film_is_refused(file: Path) -> None:
    with pytest.raises(Problem, match="was not made for cnn"):
        checkpoint.load(file, "cnn", expected())


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="does not exist"):
        checkpoint.load(tmp_path / "none.safetensors", "toy", expected())


def test_wrong_shapes_and_names_are_refused(file: Path) -> None:
    with pytest.raises(Problem, match=r"weight is \(1,\), not \(2,\)"):
        checkpoint.load(file, "toy", {**expected(), "weight": torch.zeros(2)})
    with pytest.raises(Problem, match="bias is missing"):
        checkpoint.load(file, "toy", {**expected(), "bias": torch.zeros(1)})


def test_numbers_that_are_not_finite_are_refused(tmp_path: Path) -> None:
    run = Run(Line, {}, "cpu")
    run.experiment._weight = torch.tensor([float("nan")])  # type: ignore[attr-defined]
    frame = run._frame()
    target = tmp_path / "nan.safetensors"
    checkpoint.save(target, "toy", run.settings, (frame,), run.strip())
    with pytest.raises(Problem, match="NaN"):
        checkpoint.load(target, "toy", expected())


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    run = Run(Line, {}, "cpu")
    target = tmp_path / "none" / "x.safetensors"
    with pytest.raises(Problem, match="cannot be written"):
        checkpoint.save(target, "toy", run.settings, run.film.frames(), run.strip())
