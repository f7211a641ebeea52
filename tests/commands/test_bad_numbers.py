"""Numbers and places that no command can use, and training that is cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.app import main
from explainer.commands import train
from explainer.concepts.place import find
from explainer.engine.run import Run
from explainer.lesson import Problem

SCENE = "cnn/training"


@pytest.mark.parametrize(
    "arguments",
    [
        ("train", SCENE, "--steps", "1", "--seed", "9999999999999999999999"),
        ("train", SCENE, "--steps", "1", "--seed", "-1"),
        ("--seed", "9999999999999999999999"),
        ("export", "cnn/draw", "--size", "²00x300", "--out", "x.png"),
        ("export", "cnn/draw", "--size", "9" * 5000 + "x300", "--out", "x.png"),
        ("export", "cnn/draw", "--time", "nan", "--out", "x.png"),
        ("export", "cnn/draw", "--frame", "-5", "--out", "x.png"),
        ("cnn/draw/map/a/b",),
        ("export", "cnn/draw/map/a/b", "--out", "x.png"),
    ],
)
def test_it_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    try:
        status: object = main(["main.py", *arguments])
    except SystemExit as left:
        status = left.code
    assert status == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1 and "Traceback" not in said


def test_a_place_is_named_whole() -> None:
    with pytest.raises(Problem, match="There is no step 'cnn/draw/nothing'"):
        find("cnn/draw/nothing")
    with pytest.raises(Problem, match="There is no scene 'cnn/nothing'"):
        find("cnn/nothing")


def trained(**given: object) -> dict[str, object]:
    return train.train(SCENE, device="cpu", is_quiet=True, **given)  # type: ignore[arg-type]


def test_another_live_setting_goes_on_and_another_seed_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "net.safetensors"
    trained(steps=3, out=out)
    result = trained(steps=1, start=out, written=("learning_rate=0.01",))
    assert result["settings"]["learning_rate"] == 0.01  # type: ignore[index]
    assert result["steps"] == 4
    with pytest.raises(Problem, match="would need a new start"):
        trained(steps=1, start=out, seed=5)


def test_an_unwritable_place_is_refused_before_anything_is_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Run, "advance", lambda _: pytest.fail("it trained"))
    with pytest.raises(Problem, match="cannot be written"):
        trained(steps=1, out=tmp_path)
    with pytest.raises(Problem, match="cannot be written"):
        trained(steps=1, out=tmp_path / "none" / "x.safetensors")


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, Problem])
def test_what_was_learned_is_saved_when_it_is_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped: type[BaseException]
) -> None:
    advance = Run.advance

    def cut(run: Run) -> None:
        if run.experiment.steps == 5:
            raise stopped(train._SAVED) if stopped is Problem else stopped
        advance(run)

    monkeypatch.setattr(Run, "advance", cut)
    out = tmp_path / "net.safetensors"
    with pytest.raises(stopped):
        trained(steps=9, out=out)
    monkeypatch.undo()
    assert [p.name for p in tmp_path.iterdir()] == [out.name]
    assert trained(steps=1, start=out)["steps"] == 6


def test_nothing_is_left_where_nothing_was_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(run: Run) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Run, "advance", cut)
    with pytest.raises(KeyboardInterrupt):
        trained(steps=9, out=tmp_path / "net.safetensors")
    assert not list(tmp_path.iterdir())
