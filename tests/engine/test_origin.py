"""Where a film's updates were made: kept in the file, cut with the branch, never guessed."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from explainer.engine import checkpoint
from explainer.engine.device import processor
from explainer.engine.origin import Origin, clipped, here, read
from explainer.engine.run import Run
from explainer.lesson import Problem
from tests.toy import Line

ELSEWHERE = Origin(30, "a faster machine", "cuda", "2024-05-06")


def film(folder: Path, origins: tuple[Origin, ...]) -> checkpoint.Shipped:
    run = Run(Line, {}, "cpu")
    for _ in range(30):
        run.advance()
    run.keep_end()
    file = folder / "line.safetensors"
    checkpoint.save(file, "toy", run.settings, run.film.frames(), run.strip(), origins)
    return checkpoint.load(file, "toy", Line({}).state())


def test_what_is_learned_here_is_of_this_machine_and_day(tmp_path: Path) -> None:
    run = Run(Line, {}, "cpu")
    assert run.origins == () and run.strip().given == 0
    run.advance()
    (origin,) = run.origins
    assert origin == Origin(1, processor("cpu"), "cpu", datetime.date.today().isoformat())
    assert run.strip().origins == ()


def test_a_film_keeps_where_it_was_made_and_what_came_after(tmp_path: Path) -> None:
    run = Run(Line, {}, "cpu", film(tmp_path, (ELSEWHERE,)))
    assert run.strip().origins == run.origins == (ELSEWHERE,)
    assert run.strip().given == 30
    for _ in range(5):
        run.advance()
    assert run.strip().given == 30
    assert run.origins == (ELSEWHERE, here(35, "cpu"))


def test_a_branch_has_of_a_film_what_lies_before_its_fork(tmp_path: Path) -> None:
    run = Run(Line, {}, "cpu", film(tmp_path, (ELSEWHERE,)))
    run.seek(0, 8)
    step = run.experiment.steps
    assert 0 < step < 30 and run.strip().given == 30
    run.set("learning_rate", 0.01)
    run.advance()
    assert run.strip().given == step
    assert run.origins[0].until == step and run.origins[1].until == step + 1
    run.seek(0, 30)
    assert run.strip().given == 30


def test_an_older_film_says_nothing(tmp_path: Path) -> None:
    assert film(tmp_path, ()).origins == ()
    file = tmp_path / "line.safetensors"
    with safe_open(str(file), framework="pt") as opened:
        said = {k: v for k, v in opened.metadata().items() if k != "origins"}
    save_file(load_file(str(file)), str(file), metadata=said)
    assert checkpoint.load(file, "toy", Line({}).state()).origins == ()


@pytest.mark.parametrize("wrong", [[[30, "a"]], [[0, "a", "b", "c"]], [[5, 1, "b", "c"]], [7], 7])
def test_what_cannot_be_an_origin_is_refused(tmp_path: Path, wrong: object) -> None:
    film(tmp_path, ())
    file = tmp_path / "line.safetensors"
    with safe_open(str(file), framework="pt") as opened:
        said = opened.metadata() | {"origins": json.dumps(wrong)}
    save_file(load_file(str(file)), str(file), metadata=said)
    with pytest.raises(Problem, match="damaged"):
        checkpoint.load(file, "toy", Line({}).state())


def test_origins_are_clipped_in_order() -> None:
    both = (ELSEWHERE, Origin(50, "b", "cpu", "2025-01-01"))
    assert clipped(both, 60) == both
    assert [origin.until for origin in clipped(both, 40)] == [30, 40]
    assert [origin.until for origin in clipped(both, 30)] == [30]
    assert clipped(both, 0) == ()
    assert read([[30, "a faster machine", "cuda", "2024-05-06"]]) == (ELSEWHERE,)


def test_where_an_older_film_was_made_is_not_guessed(tmp_path: Path) -> None:
    run = Run(Line, {}, "cpu", film(tmp_path, ()))
    nobody = Origin(30, "", "", "")
    assert run.strip().given == 30 and run.origins == (nobody,)
    run.advance()
    assert run.origins == (nobody, here(31, "cpu"))


def test_what_a_lost_device_made_stays_its_own(tmp_path: Path) -> None:
    run = Run(Line, {}, "cpu", film(tmp_path, (ELSEWHERE,)))
    run.device = "cuda"
    for _ in range(4):
        run.advance()
    run.keep_end()
    run.move(Line({}), "cpu")
    run.advance()
    assert [(o.until, o.device) for o in run.origins] == [(30, "cuda"), (34, "cuda"), (35, "cpu")]
    run.set("learning_rate", 0.02)
    run.seek(0, 34)
    run.set("learning_rate", 0.03)
    run.advance()
    assert [(o.until, o.device) for o in run.origins] == [(30, "cuda"), (34, "cuda"), (35, "cpu")]
