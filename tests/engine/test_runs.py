"""Which runs are kept, without a thread."""

from __future__ import annotations

import torch

from explainer.engine.run import Run
from explainer.engine.runs import Runs
from tests.toy import Line


def trained(steps: int, factory: type[Line] = Line) -> Run:
    run = Run(factory, {}, "cpu")
    for _ in range(steps):
        run.advance()
    return run


def begun(run: Run) -> Runs:
    runs = Runs()
    runs.begin(run)
    return runs


def test_a_run_set_in_place_goes_without_a_trace() -> None:
    own = trained(3)
    runs = begun(own)
    runs.place(trained(0))
    assert runs.shown is not own and not runs.has_previous
    runs.back()
    assert runs.shown is own and runs.aside is None


def test_going_back_goes_round_all_that_is_kept() -> None:
    first, second, third = trained(9), trained(4), trained(2)
    runs = begun(first)
    runs.renew(second)
    runs.renew(third)
    seen = []
    for _ in range(3):
        runs.back()
        seen.append(runs.own)
    assert seen == [second, first, third]


def test_of_the_earlier_runs_the_newest_and_the_longest_stay() -> None:
    long, short, later = trained(50), trained(5), trained(1)
    runs = begun(long)
    for run in (short, later, trained(0)):
        runs.renew(run)
    runs.back()
    assert runs.own is later
    runs.back()
    assert runs.own is long


def test_an_untrained_run_replaces_nothing() -> None:
    own = trained(5)
    runs = begun(own)
    for _ in range(4):
        runs.renew(trained(0))
    runs.back()
    assert runs.own is own and not runs.has_previous


def test_what_is_left_ends_in_a_kept_frame() -> None:
    own = trained(50)
    assert not own.film.holds(50)
    runs = begun(own)
    runs.renew(trained(0))
    assert own.film.holds(50)


class Heavy(Line):
    """Its states weigh a kilobyte."""

    def state(self) -> dict[str, torch.Tensor]:
        return super().state() | {"ballast": torch.zeros(256)}


def test_all_films_share_one_budget() -> None:
    runs = begun(trained(800, Heavy))
    budget = 40 * trained(0, Heavy).film.size
    assert runs.own is not None
    runs.own.film.budget = budget
    for _ in range(3):
        run = trained(0, Heavy)
        run.film.budget = budget
        runs.renew(run)
        for _ in range(800):
            run.advance()
        held = [run.film, *(earlier.film for earlier in runs._earlier)]
        assert sum(film.size for film in held) <= budget
        assert all(film.size > budget / 5 for film in held)
