"""Films on disk: round trips, and every file that must not be trusted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
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


SETTINGS = {"seed": 0, "learning_rate": 0.1}


def altered(file: Path, change: Callable[[dict[str, Any], dict[str, str]], object]) -> Path:
    """Write the film again with its tensors or its description changed."""
    with safe_open(str(file), framework="pt") as opened:
        described = opened.metadata()
        tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    change(tensors, described)
    save_file(tensors, str(file), metadata=described)
    return file


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("settings", [1], "damaged"),
        ("settings", {"magic": 1}, "damaged"),
        ("settings", {"seed": "x", "learning_rate": 0.1}, "damaged"),
        ("settings", {"seed": True, "learning_rate": 0.1}, "damaged"),
        ("frames", [[30, None]], "damaged"),
        ("frames", [[30, {"magic": 1}]], "damaged"),
        ("frames", [], "damaged"),
        ("frames", [["x", {}]], "damaged"),
        ("frames", [[7_000, SETTINGS]], "does not fit"),
    ],
)
def test_a_description_that_is_wrong_is_refused(
    file: Path, name: str, value: Any, said: str
) -> None:
    altered(file, lambda _, described: described.update({name: json.dumps(value)}))
    with pytest.raises(Problem, match=said):
        checkpoint.load(file, "toy", expected(), SETTINGS)


@pytest.mark.parametrize("part", ["values", "steps"])
def test_half_a_metric_is_refused(file: Path, part: str) -> None:
    altered(file, lambda tensors, _: tensors.pop(f"metrics/loss/{part}"))
    with pytest.raises(Problem, match="damaged"):
        checkpoint.load(file, "toy", expected(), SETTINGS)


@pytest.mark.parametrize(("counter", "said"), [(-3, "steps is -3"), (29, "made at step 29")])
def test_a_counter_that_cannot_be_is_refused(file: Path, counter: int, said: str) -> None:
    altered(file, lambda tensors, _: tensors.update({"30/steps": torch.tensor(counter)}))
    with pytest.raises(Problem, match=said):
        checkpoint.load(file, "toy", expected(), SETTINGS)


def test_a_state_that_cannot_be_restored_is_refused(file: Path) -> None:
    altered(file, lambda tensors, _: tensors["30/random"].zero_())
    shipped = checkpoint.load(file, "toy", expected(), SETTINGS)
    with pytest.raises(Problem, match="does not fit"):
        Run(Line, {}, "cpu", shipped)


def test_settings_that_the_model_does_not_know_are_refused(file: Path) -> None:
    both = {"settings": '{"magic": 1}', "frames": '[[30, {"magic": 1}]]'}
    altered(file, lambda _, described: described.update(both))
    with pytest.raises(Problem, match="does not fit"):
        Run(Line, {}, "cpu", checkpoint.load(file, "toy", expected()))


def test_a_film_goes_on_with_another_live_setting(file: Path) -> None:
    shipped = checkpoint.load(file, "toy", expected())
    run = Run(Line, {"learning_rate": 0.2, "seed": 0}, "cpu", shipped)
    assert run.settings["learning_rate"] == 0.2
    run.advance()
    run.seek(0, 30)
    assert run.settings["learning_rate"] == 0.2


def test_a_film_of_another_seed_is_refused(file: Path) -> None:
    shipped = checkpoint.load(file, "toy", expected())
    with pytest.raises(Problem, match="made with seed 0, and 5 would need a new start"):
        Run(Line, {"seed": 5}, "cpu", shipped)


def test_a_place_held_for_a_film_is_left_clean(file: Path, tmp_path: Path) -> None:
    with checkpoint.writable(tmp_path / "new.safetensors"):
        assert len(list(tmp_path.iterdir())) == 2
    assert [p.name for p in tmp_path.iterdir()] == [file.name]
    for place in (tmp_path, tmp_path / "none" / "x", Path("")):
        with pytest.raises(Problem, match="cannot be written"), checkpoint.writable(place):
            pass


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    run = Run(Line, {}, "cpu")
    target = tmp_path / "none" / "x.safetensors"
    with pytest.raises(Problem, match="cannot be written"):
        checkpoint.save(target, "toy", run.settings, run.film.frames(), run.strip())
