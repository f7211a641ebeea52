"""The film: what is kept, thinned, branched and replayed."""

from __future__ import annotations

import numpy as np
import pytest

from explainer.engine.film import MOST_BRANCHES, Film, Kept
from explainer.engine.run import Run
from explainer.lesson import Problem
from tests.toy import Line


def trained(steps: int, **settings: float) -> Run:
    run = Run(Line, settings, "cpu")
    for _ in range(steps):
        run.advance()
    run.keep_end()
    return run


def weight(run: Run) -> float:
    return float(run.experiment.state()["weight"])


def test_metrics_are_kept_for_every_step() -> None:
    steps, losses = trained(400).strip().curve("loss")
    assert steps.tolist() == list(range(1, 401))
    assert np.isfinite(losses).all()


def test_what_was_handed_out_cannot_be_written_to() -> None:
    track = trained(10).strip().tracks[0]
    with pytest.raises(ValueError):
        track.metrics["loss"][1][0] = 1.0


def test_dense_at_first_thinner_with_age() -> None:
    kept = trained(900).strip().tracks[0].kept
    assert kept[:9].tolist() == list(range(9))
    assert kept[-1] == 900
    gaps = np.diff(kept[9:-1])
    assert gaps[-1] > gaps[0]


def test_the_budget_thins_but_keeps_first_and_newest() -> None:
    run = Run(Line, {}, "cpu")
    one = run.film.frames()[0].size
    run.film.budget = 12 * one
    for _ in range(600):
        run.advance()
    run.keep_end()
    kept = run.strip().tracks[0].kept
    assert run.film.size <= 12 * one
    assert kept[0] == 0 and kept[-1] == 600


def test_continuing_unchanged_replays_bit_for_bit() -> None:
    run = trained(300)
    end, losses = weight(run), run.strip().curve("loss")[1].copy()
    run.seek(0, 100)
    middle = run.experiment.steps
    assert middle != 300
    for _ in range(300 - middle):
        run.advance()
    assert weight(run) == end
    assert len(run.strip().tracks) == 1
    assert np.array_equal(run.strip().curve("loss")[1], losses)


def test_a_change_at_the_end_is_replayed_too() -> None:
    run = trained(100)
    run.set("learning_rate", 0.01)
    for _ in range(100):
        run.advance()
    end = weight(run)
    run.seek(0, 50)
    assert run.settings["learning_rate"] == 0.1
    while run.experiment.steps < 200:
        run.advance()
    assert run.settings["learning_rate"] == 0.01
    assert weight(run) == end
    assert len(run.strip().tracks) == 1


def test_another_setting_in_the_past_begins_a_branch() -> None:
    run = trained(300)
    first = run.strip().curve("loss")[1].copy()
    run.seek(0, 100)
    fork = run.experiment.steps
    run.set("learning_rate", 0.4)
    for _ in range(50):
        run.advance()
    strip = run.strip()
    assert len(strip.tracks) == 2
    assert strip.tracks[1].parent == 0 and strip.tracks[1].start == fork
    assert strip.tracks[1].changed == (("learning_rate", 0.4),)
    assert np.array_equal(strip.curve("loss", 0)[1], first)
    steps, losses = strip.curve("loss", 1)
    assert steps.tolist() == list(range(1, fork + 51))
    assert np.array_equal(losses[:fork], first[:fork])
    run.seek(0, 300)
    assert run.settings["learning_rate"] == 0.1


def test_a_setting_put_back_before_the_next_step_is_no_branch() -> None:
    run = trained(200)
    run.seek(0, 50)
    run.set("learning_rate", 0.4)
    run.set("learning_rate", 0.1)
    run.advance()
    assert len(run.strip().tracks) == 1


class Reordering(Line):
    """Draws another order when a setting changes, and no setting draws it back."""

    def set(self, knob: str, value: float) -> None:
        super().set(knob, value)
        self._random.manual_seed(int(self._random.get_state().sum()))


def test_what_is_set_and_set_back_in_the_past_leaves_no_trace() -> None:
    run = Run(Reordering, {}, "cpu")
    for _ in range(16):
        run.advance()
    run.keep_end()
    end = weight(run)
    run.seek(0, 8)
    for rate in (0.4, 0.2, 0.1):
        run.set("learning_rate", rate)
    while run.experiment.steps < 16:
        run.advance()
    assert len(run.strip().tracks) == 1
    assert weight(run) == end


def test_what_is_set_back_after_the_rewind_is_undone_from_there() -> None:
    """The state that is gone back to is the one of this rewind, not of an earlier one."""
    run = Run(Reordering, {}, "cpu")
    for _ in range(60):
        run.advance()
    run.keep_end()
    end = weight(run)
    run.seek(0, 8)
    run.set("learning_rate", 0.4)
    run.seek(0, 20)
    at = run.experiment.steps
    run.set("learning_rate", 0.2)
    run.set("learning_rate", 0.1)
    assert run.experiment.steps == at > 8
    while run.experiment.steps < 60:
        run.advance()
    assert weight(run) == end


def test_at_most_four_branches_share_the_film() -> None:
    run = trained(200)
    ends: dict[int, tuple[float, float]] = {}
    for attempt in range(8):
        run.seek(run.film.branch, 40 + attempt)
        rate = 0.01 * (attempt + 2)
        run.set("learning_rate", rate)
        for _ in range(60):
            run.advance()
        run.keep_end()
        track = run.strip().tracks[run.film.branch]
        ends[track.id] = (rate, weight(run))
    strip = run.strip()
    assert len(strip.tracks) == MOST_BRANCHES
    assert run.film.size == sum(k.size for b in run.film._branches for k in b.kept.values())
    for branch, track in enumerate(strip.tracks):
        steps, _ = strip.curve("loss", branch)
        assert steps.tolist() == list(range(1, track.last + 1))
        run.seek(branch, track.last)
        assert run.experiment.steps == track.last
        assert (run.settings["learning_rate"], weight(run)) == ends[track.id]
        assert replayed(run, branch) == ends[track.id][1]
        assert len(run.strip().tracks) == len(strip.tracks)


def test_a_film_without_a_spare_branch_is_one_line() -> None:
    """So that the root has one branch to give its past to, whatever was forked from where."""
    absorbed = []

    class Watched(Film):
        def _absorb_root(self) -> None:
            absorbed.append([branch.parent for branch in self._branches])
            super()._absorb_root()

    def kept(step: int) -> Kept:
        return Kept(step, {}, {})

    for seed in range(100):
        random = np.random.default_rng(seed)
        film = Watched(kept(0))
        for _ in range(40):
            if random.random() < 0.7:
                film.record(film.last + 1, {"loss": 1.0})
                film.keep(kept(film.last))
            else:
                branch = int(random.integers(len(film.strip(0).tracks)))
                at = film.follow(branch, int(random.integers(film.newest + 1)))
                film.fork(at, (("learning_rate", 1),))
    assert len(absorbed) > 20
    assert all(sorted(p for p in parents if p is not None) == [0, 1, 2] for parents in absorbed)


def replayed(run: Run, branch: int) -> float:
    """Return the weight at a branch's end after training there again from its start."""
    track = run.strip().tracks[branch]
    run.seek(branch, track.start)
    while run.experiment.steps < track.last:
        run.advance()
    return weight(run)


def test_at_a_fork_the_branch_shows_its_own_settings() -> None:
    run = trained(300)
    run.seek(0, 100)
    run.set("learning_rate", 0.4)
    for _ in range(50):
        run.advance()
    run.keep_end()
    end, fork = weight(run), run.strip().tracks[1].start
    run.seek(1, fork)
    assert (run.experiment.steps, run.settings["learning_rate"]) == (fork, 0.4)
    assert run.film.branch == 1
    assert replayed(run, 1) == end
    assert len(run.strip().tracks) == 2


@pytest.mark.parametrize("changed_at", range(96, 108))  # some lie nearer to the next kept frame
def test_a_setting_changed_while_it_trains_is_no_branch_on_replay(changed_at: int) -> None:
    run = Run(Line, {}, "cpu")
    for step in range(150):
        if step == changed_at:
            run.set("learning_rate", 0.02)
        run.advance()
    run.keep_end()
    end = weight(run)
    for start in (80, 95, 110):
        run.seek(0, start)
        while run.experiment.steps < 150:
            run.advance()
            assert len(run.strip().tracks) == 1
        assert weight(run) == end


def test_a_setting_changed_at_the_end_is_the_one_shown_there() -> None:
    run = trained(100)
    run.set("learning_rate", 0.01)
    run.seek(0, 50)
    run.seek(0, 100)
    assert run.settings["learning_rate"] == 0.01
    run.advance()
    assert len(run.strip().tracks) == 1


def test_evaluations_are_spaced_by_whatever_is_measured() -> None:
    class Renamed(Line):
        measured = 0

        def measure(self) -> dict[str, float]:
            Renamed.measured += 1
            return {"translated": 1.0}

    run = Run(Renamed, {}, "cpu")
    for _ in range(100):
        run.advance()
    steps = run.strip().curve("translated")[0].tolist()
    assert Renamed.measured == len(steps) == 11
    run.keep_end()
    run.seek(0, 50)
    while run.experiment.steps < 100:
        run.advance()
    assert run.strip().curve("translated")[0].tolist() == steps


def test_a_failed_update_is_never_kept() -> None:
    run = trained(20)
    run.set("learning_rate", 1e30)
    with pytest.raises(Problem, match="finite"):
        while True:
            run.advance()
    run.keep_end()
    last = run.film.last
    assert run.strip().tracks[0].kept.max() <= last
    run.seek(0, last)
    assert np.isfinite(weight(run))


def test_a_branch_keeps_its_id_when_an_older_one_goes() -> None:
    run = trained(60)
    ids = []
    for attempt in range(5):
        run.seek(run.film.branch, 40)
        run.set("learning_rate", 0.01 * (attempt + 2))
        run.advance()
        ids.append(run.strip().tracks[run.film.branch].id)
    tracks = run.strip().tracks
    assert [run.film.index_of(track.id) for track in tracks] == [0, 1, 2, 3]
    assert run.film.index_of(ids[0]) is None
    assert Run(Line, {}, "cpu").film.index_of(tracks[0].id) is None


def test_room_reserved_for_others_thins_the_film() -> None:
    run = trained(600)
    one = run.film.frames()[0].size
    run.film.reserve(run.film.budget - 12 * one)
    kept = run.strip().tracks[0].kept
    assert len(kept) == 12 and kept[0] == 0 and kept[-1] == 600
    assert run.film.size == 12 * one


def test_a_loss_that_is_not_finite_is_refused_and_the_film_stays_good() -> None:
    run = trained(20)
    run.set("learning_rate", 1e30)
    with pytest.raises(Problem, match="finite"):
        for _ in range(40):
            run.advance()
    run.seek(0, 20)
    assert np.isfinite(weight(run))


def test_nearest_goes_back_to_the_parent_before_the_fork() -> None:
    run = trained(100)
    run.seek(0, 50)
    run.set("learning_rate", 0.2)
    run.advance()
    run.seek(1, 3)
    assert run.experiment.steps == 3
    assert run.film.branch == 0


def test_the_value_in_force_is_no_change() -> None:
    run = trained(20)
    run.set("learning_rate", run.settings["learning_rate"])
    assert run.strip().tracks[0].changes == ()
    run.set("learning_rate", 0.02)
    run.set("learning_rate", 0.02)
    assert run.strip().tracks[0].changes == ((20, "learning_rate", 0.02),)


def test_a_run_that_moves_keeps_its_last_settings_and_what_was_handed_out() -> None:
    run = Run(Line, {"learning_rate": 0.001}, "cuda")
    for _ in range(154):
        run.advance()
    steps, losses = run.strip().curve("loss")
    shown = run.strip().tracks[0].metrics["loss"]
    newest = int(run.strip().tracks[0].kept[-1])
    assert newest < 152
    run.set("learning_rate", 0.02)
    run.move(Line(run.settings), "cpu")
    assert run.experiment.steps == run.film.last == newest
    assert run.settings["learning_rate"] == 0.02
    assert run.strip().tracks[0].changes == ((newest, "learning_rate", 0.02),)
    for _ in range(newest, 154):
        run.advance()
    assert len(run.strip().tracks) == 1
    assert np.array_equal(shown[1], losses)
    again, relearned = run.strip().curve("loss")
    assert np.array_equal(again, steps) and not np.array_equal(relearned, losses)


def test_a_film_of_one_frame() -> None:
    run = Run(Line, {}, "cpu")
    film = Film(Kept(0, run.experiment.state(), run.settings))
    assert film.frames()[0].step == 0
    assert film.strip(0).at_end
