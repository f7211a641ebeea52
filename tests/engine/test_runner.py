"""The worker thread, without Qt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from explainer.engine import checkpoint
from explainer.engine import worker as worker_module
from explainer.engine.device import Device
from explainer.engine.run import Run
from explainer.engine.runner import Report, Runner
from explainer.lesson import Problem
from tests.toy import Ask, AskInParts, Line


class Watched:
    """A runner and the newest report taken from it."""

    def __init__(self, factory: Callable[..., Any] = Line, **given: Any) -> None:
        self.runner = Runner(factory, "toy", device="cpu", **given)
        self.runner.start()
        self.report = Report()
        self.taken = 0

    def until(self, met: Callable[[Report], bool], seconds: float = 20.0) -> Report:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            report = self.runner.take()
            if report is not None:
                self.report = report
                self.taken += 1
            if met(self.report):
                return self.report
            time.sleep(0.002)
        raise AssertionError(f"not within {seconds} s: {self.report}")

    def stand(self, step: int) -> Report:
        """Wait until a step is on the stage."""
        return self.until(lambda r: r.snapshot is not None and r.snapshot.step == step)

    def train(self, steps: int) -> Report:
        """Make updates one by one, from wherever it stands."""
        at = self.report.snapshot.step
        for _ in range(steps):
            self.runner.step()
        return self.stand(at + steps)

    def seek(self, branch: int, step: int) -> None:
        """Go to a step of a branch, counted in the newest film."""
        self.runner.seek(self.report.film.tracks[branch].id, step)

    def settle(self) -> Report:
        """Wait until all commands so far are obeyed."""
        number = self.runner.ask(Ask(1.0))
        return self.until(lambda r: r.answer is not None and r.answer.id == number)


@pytest.fixture
def watched() -> Iterator[Watched]:
    found = Watched()
    yield found
    found.runner.close()


def is_ready(report: Report) -> bool:
    return report.snapshot is not None


def test_opens_paused_with_a_snapshot(watched: Watched) -> None:
    report = watched.until(is_ready)
    assert report.snapshot.step == 0
    assert not report.playing
    assert report.device is not None and report.device.key == "cpu"
    assert report.settings["learning_rate"] == 0.1


def test_a_step_is_one_step(watched: Watched) -> None:
    watched.until(is_ready)
    watched.runner.step()
    assert watched.until(lambda r: r.snapshot.step > 0).snapshot.step == 1


def test_play_and_pause_leave_the_final_state(watched: Watched) -> None:
    watched.until(is_ready)
    watched.runner.play()
    watched.until(lambda r: r.snapshot.step > 30)
    watched.runner.pause()
    stopped = watched.until(lambda r: not r.playing)
    assert stopped.film is not None
    assert stopped.film.last == stopped.snapshot.step
    assert stopped.snapshot.step in stopped.film.tracks[0].kept


@pytest.fixture
def made() -> list[Line]:
    return []


@pytest.fixture
def counted(made: list[Line]) -> Iterator[Watched]:
    """A runner whose experiments can be looked at."""

    def factory(settings: Any, device: str) -> Line:
        made.append(Line(settings, device))
        return made[-1]

    found = Watched(factory)
    found.until(is_ready)
    yield found
    found.runner.close()


def test_a_snapshot_is_made_only_when_the_last_was_taken(
    counted: Watched, made: list[Line]
) -> None:
    counted.runner.play()
    counted.until(lambda r: r.snapshot.step > 300)
    counted.runner.pause()
    counted.until(lambda r: not r.playing)
    # One is made ahead and one may replace it at the pause.
    assert made[0].snapshots <= counted.taken + 2


def test_a_rest_makes_no_snapshots(counted: Watched, made: list[Line]) -> None:
    counted.settle()
    before = made[0].snapshots
    time.sleep(0.2)
    assert counted.runner.take() is None
    assert made[0].snapshots == before


def test_the_newest_question_wins(watched: Watched) -> None:
    watched.until(is_ready)
    for x in range(50):
        last = watched.runner.ask(Ask(float(x)))
    report = watched.until(lambda r: r.answer is not None and r.answer.id == last)
    assert report.answer is not None and report.answer.request == Ask(49.0)


def test_an_answer_follows_the_model(watched: Watched) -> None:
    watched.until(is_ready)
    watched.runner.ask(Ask(1.0))
    watched.until(lambda r: r.answer is not None)
    watched.runner.step()
    report = watched.until(lambda r: r.answer is not None and r.answer.step == 1)
    assert report.answer is not None
    assert report.answer.value == pytest.approx(float(report.snapshot.weight[0]))


def test_an_answer_is_given_even_if_the_last_report_was_not_taken(watched: Watched) -> None:
    watched.until(is_ready)
    watched.runner.step()
    worker = watched.runner._worker
    wait_for(lambda: bool(worker._mailbox))  # a report that nobody takes
    number = watched.runner.ask(Ask(2.0))
    wait_for(lambda: newest(worker).answer is not None and newest(worker).answer.id == number)


def newest(worker: Any) -> Any:
    return worker._mailbox[-1] if worker._mailbox else Report()


def wait_for(met: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end
        time.sleep(0.002)


def test_along_answers_at_every_kept_frame(watched: Watched) -> None:
    watched.until(is_ready)
    for _ in range(12):
        watched.runner.step()
    watched.runner.ask_along(Ask(1.0))
    report = watched.until(lambda r: r.along is not None and len(r.along.value) >= 12)
    assert report.along is not None and report.film is not None
    assert [step for step, _ in report.along.value] == report.film.tracks[0].kept.tolist()
    assert report.along.value[0][1] == 0.0


def test_seek_shows_the_net_as_it_was(watched: Watched) -> None:
    watched.until(is_ready)
    for _ in range(20):
        watched.runner.step()
    end = watched.until(lambda r: r.snapshot.step == 20)
    watched.seek(0, 5)
    back = watched.until(lambda r: r.snapshot.step == 5)
    assert float(back.snapshot.weight[0]) != float(end.snapshot.weight[0])
    assert back.film is not None and not back.film.at_end


def test_reset_keeps_the_earlier_run_aside(watched: Watched) -> None:
    watched.until(is_ready)
    for _ in range(5):
        watched.runner.step()
    watched.until(lambda r: r.snapshot.step == 5)
    watched.runner.reset({"seed": 1})
    fresh = watched.until(lambda r: r.snapshot.step == 0)
    assert fresh.has_previous and fresh.settings["seed"] == 1
    watched.runner.back()
    assert watched.until(lambda r: r.snapshot.step == 5).settings["seed"] == 0


def test_a_run_set_aside_comes_back(watched: Watched) -> None:
    watched.until(is_ready)
    for _ in range(5):
        watched.runner.step()
    watched.until(lambda r: r.snapshot.step == 5)
    watched.runner.show("fresh")
    assert not watched.until(lambda r: r.snapshot.step == 0).own
    watched.runner.show("current")
    assert watched.until(lambda r: r.snapshot.step == 5).own


def test_training_a_run_set_in_place_makes_it_the_persons_own(watched: Watched) -> None:
    watched.until(is_ready)
    for _ in range(5):
        watched.runner.step()
    watched.runner.show("fresh")
    watched.runner.step()
    report = watched.until(lambda r: r.snapshot.step == 1)
    assert report.own and report.has_previous


def test_an_error_ends_training_and_is_told_once() -> None:
    def factory(settings: Any, device: str) -> Line:
        line = Line(settings, device)
        line.fails_at = 3
        return line

    watched = Watched(factory)
    watched.until(is_ready)
    watched.runner.play()
    report = watched.until(lambda r: r.problem is not None)
    assert not report.playing and report.snapshot.step == 3
    assert report.problem is not None and "cat (sat)" in report.problem.text.en
    watched.seek(0, 0)
    assert watched.until(lambda r: r.problem is None).snapshot.step == 0
    watched.runner.close()


def test_a_model_that_cannot_be_built_is_told_and_tried_again() -> None:
    tries = []

    def factory(settings: Any, device: str) -> Line:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("no data")
        return Line(settings, device)

    watched = Watched(factory)
    report = watched.until(lambda r: r.problem is not None)
    assert report.snapshot is None
    watched.runner.again()
    assert watched.until(is_ready).problem is None
    watched.runner.close()


def test_out_of_memory_is_said_in_words() -> None:
    def factory(settings: Any, device: str) -> Line:
        line = Line(settings, device)
        line.step = _no_memory  # type: ignore[method-assign]
        return line

    def _no_memory() -> dict[str, float]:
        raise MemoryError

    watched = Watched(factory)
    watched.until(is_ready)
    watched.runner.play()
    report = watched.until(lambda r: r.problem is not None)
    assert report.problem is not None and "memory" in report.problem.text.en
    watched.runner.close()


def test_a_device_that_is_absent_is_refused() -> None:
    runner = Runner(Line, "toy", device="mps")
    runner.start()
    end = time.monotonic() + 20
    report = None
    while report is None and time.monotonic() < end:
        report = runner.take()
        time.sleep(0.01)
    runner.close()
    assert report is not None and report.problem is not None
    assert "mps" in report.problem.text.en


def test_closing_is_quick_and_may_be_repeated() -> None:
    watched = Watched()
    watched.until(is_ready)
    watched.runner.play()
    before = time.monotonic()
    watched.runner.close()
    watched.runner.close()
    assert time.monotonic() - before < 10.0
    assert all(thread.name != "runner" for thread in threading.enumerate())


def test_closing_while_it_prepares() -> None:
    watched = Watched()
    watched.runner.close()
    assert all(thread.name != "runner" for thread in threading.enumerate())


def test_runs_of_one_step_do_not_cost_the_long_one(watched: Watched) -> None:
    watched.until(is_ready)
    watched.train(40)
    for _ in range(3):
        watched.runner.show("fresh")
        watched.stand(0)
        watched.train(1)
    seen = []
    for _ in range(3):
        watched.runner.back()
        seen.append(watched.settle().snapshot.step)
    assert 40 in seen


def test_a_reset_over_a_fresh_run_keeps_the_trained_one(watched: Watched) -> None:
    watched.until(is_ready)
    watched.train(20)
    watched.runner.show("fresh")
    watched.runner.reset({"seed": 4})
    assert watched.until(lambda r: r.settings.get("seed") == 4).own
    watched.runner.back()
    assert watched.settle().snapshot.step == 20


def test_two_stops_of_a_slider_keep_the_trained_run(watched: Watched) -> None:
    watched.until(is_ready)
    watched.train(20)
    for seed in (1, 2, 3):
        watched.runner.reset({"seed": seed})
    watched.until(lambda r: r.settings.get("seed") == 3)
    watched.runner.back()
    assert watched.settle().snapshot.step == 20


def test_again_after_an_error_keeps_the_trained_run(counted: Watched, made: list[Line]) -> None:
    counted.train(5)
    made[-1].fails_at = 5
    counted.runner.step()
    counted.until(lambda r: r.problem is not None)
    counted.runner.again()
    assert counted.stand(0).problem is None
    counted.runner.back()
    assert counted.settle().snapshot.step == 5


class Mute(Line):
    """Cannot answer."""

    asked = 0

    def answer(self, request: Ask, state: Any = None) -> float:
        Mute.asked += 1
        raise RuntimeError("no answer")


@pytest.mark.parametrize("along", [False, True])
def test_an_answer_that_fails_is_told_once_and_waits_for_nothing(along: bool) -> None:
    Mute.asked = 0
    watched = Watched(Mute)
    watched.until(is_ready)
    number = (watched.runner.ask_along if along else watched.runner.ask)(Ask(1.0))
    report = watched.until(lambda r: r.problem is not None)
    answer = report.along if along else report.answer
    assert answer is not None and answer.id == number and not answer.value
    problem = report.problem
    for _ in range(20):
        time.sleep(0.005)
        watched.runner.take()
    assert Mute.asked == 1
    watched.runner.step()  # the model goes on, and says so
    assert watched.stand(1).problem is not problem
    watched.runner.close()


def test_a_snapshot_that_fails_is_told_and_not_tried_for_ever() -> None:
    made = []

    class Unseen(Line):
        def snapshot(self) -> Any:
            made.append(1)
            raise RuntimeError("no picture")

    watched = Watched(Unseen)
    report = watched.until(lambda r: r.problem is not None)
    assert report.film is not None and report.snapshot is None
    for _ in range(10):
        time.sleep(0.005)
        watched.runner.take()
    assert len(made) == 1
    watched.runner.close()


def test_a_damaged_film_leaves_an_untrained_net_that_trains(tmp_path: Path) -> None:
    file = tmp_path / "film.safetensors"
    file.write_bytes(b"other bytes")
    watched = Watched(shipped=file)
    report = watched.until(lambda r: r.problem is not None)
    assert report.problem is not None and "damaged" in report.problem.text.en
    assert report.snapshot.step == 0 and report.can_rewind
    watched.runner.step()
    assert watched.stand(1).problem is None
    watched.runner.again()
    assert watched.stand(0).problem is None
    watched.runner.close()


def test_without_any_run_the_problem_stays() -> None:
    def factory(settings: Any, device: str) -> Line:
        raise RuntimeError("no data")

    watched = Watched(factory)
    watched.until(lambda r: r.problem is not None)
    for command in (watched.runner.play, watched.runner.step, watched.runner.pause):
        command()
    wait_for(lambda: watched.runner._worker._commands.empty())
    time.sleep(0.05)
    report = watched.until(lambda r: True)
    assert report.problem is not None and not report.playing
    watched.runner.close()


class OutOfMemoryError(RuntimeError):
    """Named as torch names it."""


class OnGpu(Line):
    """Fails in what `fails` names once its GPU is lost."""

    fails: str | None = None

    def __init__(self, settings: Any, device: str) -> None:
        super().__init__(settings, device)
        self.device = device

    def __getattribute__(self, name: str) -> Any:
        lost = name == OnGpu.fails and self.device == "cuda"
        return lose if lost else super().__getattribute__(name)


def lose(*_: Any) -> Any:
    raise OutOfMemoryError


@pytest.fixture
def on_gpu(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setattr(worker_module, "choose", lambda _: Device("cuda", "GPU"))
    monkeypatch.setattr(OnGpu, "fails", None)
    found = Watched(OnGpu, settings={"seed": 3})
    found.until(is_ready)
    yield found
    found.runner.close()


@pytest.mark.parametrize("fails", ["step", "answer", "snapshot"])
def test_a_lost_gpu_falls_back_with_the_runs_own_settings(on_gpu: Watched, fails: str) -> None:
    watched = on_gpu
    watched.runner.reset({"seed": 8})
    watched.until(lambda r: r.settings.get("seed") == 8)
    watched.train(5)
    OnGpu.fails = fails
    watched.runner.ask(Ask(1.0))
    watched.runner.step()
    report = watched.until(lambda r: r.problem is not None and r.snapshot is not None)
    assert report.problem is not None and "goes on on the CPU" in report.problem.text.en
    assert report.device is not None and report.device.key == "cpu"
    assert report.settings["seed"] == 8 and report.snapshot.step in (5, 6)
    watched.train(1)


def test_a_lost_gpu_costs_no_run_and_no_branch(on_gpu: Watched) -> None:
    watched = on_gpu
    watched.train(30)
    watched.seek(0, 10)
    watched.stand(10)
    watched.runner.set("learning_rate", 0.02)
    watched.train(5)
    branches = watched.report.film.tracks
    watched.runner.reset({"seed": 8})
    watched.until(lambda r: r.settings["seed"] == 8)
    watched.train(7)
    watched.runner.show("fresh")
    watched.until(lambda r: not r.own)
    OnGpu.fails = "snapshot"
    watched.runner.pause()
    report = watched.until(lambda r: r.problem is not None and r.snapshot is not None)
    assert (report.own, report.own_learned, report.has_previous) == (False, 7, True)
    watched.runner.back()
    assert (watched.stand(7).own, watched.report.settings["seed"]) == (True, 8)
    watched.runner.back()
    film = watched.stand(15).film
    assert [t.id for t in film.tracks] == [t.id for t in branches]
    assert [t.last for t in film.tracks] == [30, 15] and film.branch == 1
    watched.train(2)
    assert len(watched.report.film.tracks) == 2
    watched.seek(0, 30)
    watched.stand(30)
    # What a GPU learned may differ in its last bits from what the CPU would learn there.
    watched.seek(0, 20)
    at = watched.until(lambda r: r.film.step < 30).film.step
    watched.runner.step()
    assert len(watched.stand(at + 1).film.tracks) == 3


def test_training_goes_on_when_a_gpu_is_lost(on_gpu: Watched) -> None:
    on_gpu.runner.play()
    before = on_gpu.until(lambda r: r.snapshot.step > 60).snapshot.step
    OnGpu.fails = "step"
    report = on_gpu.until(lambda r: r.problem is not None)
    assert report.playing
    lost = report.film.last
    on_gpu.until(lambda r: r.playing and r.snapshot.step > max(lost, before) + 20)
    steps = on_gpu.report.film.curve("loss")[0]
    assert steps.tolist() == list(range(1, int(steps[-1]) + 1))
    assert len(on_gpu.report.film.tracks) == 1


def test_a_problem_stays_with_its_run() -> None:
    class Diverging(Line):
        def step(self) -> dict[str, float]:
            metrics = super().step()
            return {"loss": float("nan")} if self.steps > 5 else metrics

    watched = Watched(Diverging)
    watched.until(is_ready)
    watched.runner.play()
    problem = watched.until(lambda r: r.problem is not None).problem
    # An update that failed changed the model: what is shown is the model as it stands.
    assert watched.report.snapshot.step == watched.report.film.step == 6
    watched.runner.show("fresh")
    assert watched.until(lambda r: not r.own).problem is None
    watched.runner.back()
    assert watched.until(lambda r: r.own).problem is problem
    watched.runner.reset({})
    assert watched.until(lambda r: r.has_previous).problem is None
    watched.runner.back()
    assert watched.until(lambda r: r.film.last == 5).problem is problem
    watched.seek(0, 5)
    assert watched.stand(5).problem is None
    watched.runner.close()


@pytest.mark.parametrize("fails", ["step", "answer"])
def test_the_snapshot_of_a_lost_gpu_is_let_go(on_gpu: Watched, fails: str) -> None:
    on_gpu.train(30)
    on_gpu.seek(0, 20)
    at = on_gpu.until(lambda r: r.snapshot.step < 30).snapshot.step
    before = on_gpu.report.snapshot
    OnGpu.fails = fails
    if fails == "step":
        on_gpu.runner.play()
        on_gpu.until(lambda r: r.problem is not None)
        on_gpu.runner.pause()
        on_gpu.until(lambda r: not r.playing)
        assert on_gpu.report.snapshot.step == on_gpu.report.film.step > at
    else:
        on_gpu.runner.ask_along(Ask(1.0))
        report = on_gpu.until(lambda r: r.problem is not None and r.snapshot is not before)
        assert report.snapshot.step == report.film.step == at


def test_another_run_on_the_stage_has_its_own_snapshot(watched: Watched) -> None:
    watched.until(is_ready)
    mine = watched.train(3).snapshot
    watched.runner.show("fresh")
    fresh = watched.until(lambda r: not r.own).snapshot
    assert fresh.step == 0
    watched.runner.back()
    again = watched.until(lambda r: r.own).snapshot
    assert (again.step, again.weight) == (3, mine.weight)


def test_a_snapshot_that_failed_is_made_when_the_model_goes_on() -> None:
    class Shy(Line):
        def snapshot(self) -> Any:
            if self.steps == 1:
                raise RuntimeError("no picture")
            return super().snapshot()

    watched = Watched(Shy)
    watched.until(is_ready)
    watched.runner.step()
    assert watched.until(lambda r: r.problem is not None).snapshot is None
    watched.runner.step()
    assert watched.stand(2).problem is None
    watched.runner.close()


def test_a_gpu_that_cannot_be_left_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "choose", lambda _: Device("cuda", "GPU"))

    class OnlyGpu(Line):
        def __init__(self, settings: Any, device: str) -> None:
            if device == "cpu":
                raise ValueError("no room on the CPU either")
            super().__init__(settings, device)

        def step(self) -> dict[str, float]:
            raise OutOfMemoryError

    watched = Watched(OnlyGpu)
    watched.until(is_ready)
    watched.runner.step()
    report = watched.until(lambda r: r.problem is not None)
    assert report.problem is not None and "no room" in report.problem.text.en
    watched.runner.reset({})
    assert watched.runner._thread.is_alive()
    watched.runner.close()


def test_a_thread_that_ends_says_so(monkeypatch: pytest.MonkeyPatch, watched: Watched) -> None:
    watched.until(is_ready)

    def broken() -> None:
        raise LookupError("the pace")

    monkeypatch.setattr(watched.runner._worker, "_obey", broken)
    watched.runner.step()
    report = watched.until(lambda r: r.problem is not None)
    assert report.problem is not None and "the pace" in report.problem.text.en


def film_of(steps: int, file: Path, **settings: Any) -> Path:
    run = Run(Line, settings, "cpu")
    for _ in range(steps):
        run.advance()
    run.keep_end()
    checkpoint.save(file, "toy", run.settings, run.film.frames(), run.strip())
    return file


def test_the_command_lines_seed_rules_new_runs(tmp_path: Path) -> None:
    watched = Watched(shipped=film_of(9, tmp_path / "f.safetensors"), settings={"seed": 7})
    shipped = watched.until(is_ready)
    assert shipped.snapshot.step == 9 and shipped.settings["seed"] == 0
    watched.runner.show("fresh")
    assert watched.stand(0).settings["seed"] == 7
    watched.runner.show("current")
    watched.stand(9)
    watched.runner.reset({})
    assert watched.stand(0).settings["seed"] == 7
    watched.runner.reset({"seed": 8})
    watched.until(lambda r: r.settings["seed"] == 8)
    watched.runner.reset({})
    assert watched.settle().settings["seed"] == 8
    watched.runner.close()


def test_a_live_change_on_the_film_outlives_a_reset(tmp_path: Path) -> None:
    shipped = film_of(9, tmp_path / "f.safetensors")
    watched = Watched(shipped=shipped, settings={"seed": 7, "learning_rate": 0.3})
    watched.until(is_ready)
    watched.runner.set("learning_rate", 0.2)
    watched.runner.reset({})
    fresh = watched.until(lambda r: r.has_previous)
    assert dict(fresh.settings) == {"seed": 7, "learning_rate": 0.2}
    watched.runner.close()


def test_a_reset_begins_with_the_settings_in_force_when_it_comes(watched: Watched) -> None:
    watched.until(is_ready)
    watched.train(1)
    watched.runner.set("learning_rate", 0.2)
    watched.runner.reset({}, new_seed=True)
    watched.runner.reset({}, new_seed=True)
    watched.runner.reset({"learning_rate": 0.4})
    watched.runner.reset({}, train=True)
    report = watched.until(lambda r: r.playing)
    assert dict(report.settings) == {"seed": 2, "learning_rate": 0.4}


def test_a_question_that_no_model_can_answer_is_refused() -> None:
    broken = [True]

    def factory(settings: Any, device: str) -> Line:
        if broken:
            raise RuntimeError("no data")
        return Line(settings, device)

    watched = Watched(factory)
    watched.until(lambda r: r.problem is not None)
    number = watched.runner.ask(Ask(1.0))
    answer = watched.until(lambda r: r.answer is not None and r.answer.id == number).answer
    assert answer is not None and answer.value is None
    broken.clear()
    watched.runner.again()
    watched.until(lambda r: r.answer is not None and r.answer.value == 0.0)
    watched.runner.close()


def test_all_films_of_a_runner_keep_to_its_budget() -> None:
    one = Run(Line, {}, "cpu").film.size
    watched = Watched(budget=12 * one)
    watched.until(is_ready)
    watched.train(40)
    watched.runner.reset({})
    watched.until(lambda r: r.has_previous)
    watched.train(40)
    assert 6 <= len(watched.report.film.tracks[0].kept) <= 12 - 6
    watched.runner.close()


def test_a_branch_is_shown_by_its_id(watched: Watched) -> None:
    watched.until(is_ready)
    watched.train(30)
    watched.seek(0, 10)
    watched.stand(10)
    watched.runner.set("learning_rate", 0.02)
    watched.train(2)
    first, second = watched.report.film.tracks
    watched.runner.seek(first.id, 30)
    assert watched.stand(30).film.branch == 0
    watched.runner.seek(second.id, 12)
    assert watched.stand(12).film.branch == 1
    watched.runner.seek(0, 3)  # no branch has it
    assert watched.settle().snapshot.step == 12


def test_a_branch_that_is_gone_is_not_shown(watched: Watched) -> None:
    watched.until(is_ready)
    watched.train(30)
    for attempt in range(4):
        watched.seek(watched.report.film.branch, 10)
        watched.stand(10)
        watched.runner.set("learning_rate", 0.01 * (attempt + 2))
        watched.train(1)
    # The window still shows four branches of which one has given way meanwhile.
    old = watched.report.film
    watched.seek(old.branch, 10)
    watched.stand(10)
    gone = old.tracks[0].id
    watched.runner._worker.put(watched.runner._worker.set, "learning_rate", 0.3)
    watched.runner._worker.put(watched.runner._worker.step)
    watched.runner.seek(gone, 11)
    report = watched.settle()
    assert report.problem is None
    assert report.film.tracks[report.film.branch].changed == (("learning_rate", 0.3),)


def test_an_answer_is_given_anew_when_a_setting_changes() -> None:
    class Telling(Line):
        def answer(self, request: Ask, state: Any = None) -> float:
            return self.settings.learning_rate

    watched = Watched(Telling)
    watched.until(is_ready)
    watched.runner.ask(Ask(1.0))
    watched.until(lambda r: r.answer is not None and r.answer.value == 0.1)
    watched.runner.set("learning_rate", 0.5)
    watched.until(lambda r: r.answer is not None and r.answer.value == 0.5)
    watched.runner.close()


def test_a_question_makes_no_new_snapshot(watched: Watched) -> None:
    """The pen does not wait for a copy of what has not changed; what changes it makes one."""
    before = watched.until(is_ready).snapshot
    assert watched.settle().snapshot is before
    watched.runner.set("learning_rate", 0.2)
    assert watched.settle().snapshot is not before
    before = watched.report.snapshot
    assert watched.settle().snapshot is before
    assert watched.train(1).snapshot is not before


def test_an_answer_in_parts_comes_part_by_part_and_yields_to_the_next_question(
    watched: Watched,
) -> None:
    watched.until(is_ready)
    number = watched.runner.ask(AskInParts(0.0))
    first = watched.until(lambda r: r.answer is not None and r.answer.id == number).answer
    assert first is not None and first.value == 1.0 and not first.is_whole
    last = watched.until(lambda r: r.answer is not None and r.answer.is_whole).answer
    assert last is not None and (last.id, last.value) == (number, 3.0)
    watched.runner.ask(AskInParts(0.0))
    number = watched.runner.ask(Ask(1.0))
    after = watched.until(lambda r: r.answer is not None and r.answer.id == number).answer
    assert after is not None and after.is_whole


def test_an_update_ends_an_answer_in_parts(watched: Watched) -> None:
    watched.until(is_ready)
    number = watched.runner.ask(AskInParts(1.0))
    watched.until(lambda r: r.answer is not None and r.answer.id == number)
    watched.train(1)
    weight = float(watched.report.snapshot.weight[0])
    answer = watched.until(lambda r: r.answer is not None and r.answer.step == 1).answer
    assert answer is not None and answer.value == pytest.approx(weight + 1)


def test_a_setting_that_needs_a_new_start_brings_its_film(tmp_path: Path) -> None:
    first = film_of(9, tmp_path / "0.safetensors")
    other = film_of(12, tmp_path / "1.safetensors", seed=1)
    watched = Watched(shipped=first, variants=[lambda: other])
    watched.until(is_ready)
    watched.runner.rebuild({"seed": 1})
    report = watched.stand(12)
    assert report.settings["seed"] == 1 and report.film.tracks[0].last == 12
    watched.runner.rebuild({"seed": 0})
    assert watched.stand(9).settings["seed"] == 0
    watched.runner.rebuild({"seed": 2})  # no film was made with it
    assert watched.stand(0).settings["seed"] == 2
    watched.runner.rebuild({"seed": 1})
    assert watched.stand(12).settings["seed"] == 1
    watched.runner.reset({})
    watched.stand(0)
    watched.runner.rebuild({"seed": 0})  # untrained, as what stands there
    assert watched.until(lambda r: r.settings["seed"] == 0).snapshot.step == 0
    watched.runner.close()


def test_a_step_may_stand_on_a_film_of_its_own(tmp_path: Path) -> None:
    first = film_of(9, tmp_path / "0.safetensors")
    other = film_of(12, tmp_path / "1.safetensors", seed=1)
    watched = Watched(shipped=first, variants=[other])
    watched.until(is_ready)
    watched.runner.show("shipped", other)
    shown = watched.stand(12)
    assert not shown.own and shown.settings["seed"] == 1
    watched.runner.show(0, other)
    assert watched.stand(0).settings["seed"] == 1
    watched.runner.show("shipped")
    assert watched.stand(9).settings["seed"] == 0
    watched.runner.close()


def test_a_film_that_takes_its_place_loses_nothing_learned(tmp_path: Path) -> None:
    first = film_of(9, tmp_path / "0.safetensors")
    other = film_of(12, tmp_path / "1.safetensors", seed=1)
    watched = Watched(shipped=first, variants=[other])
    watched.until(is_ready)
    watched.runner.step()
    watched.stand(10)
    watched.runner.rebuild({"seed": 1})
    assert watched.stand(12).has_previous
    watched.runner.back()
    assert watched.stand(10).own_learned == 1
    watched.runner.close()


def test_a_film_that_is_not_there_is_told(tmp_path: Path) -> None:
    first = film_of(9, tmp_path / "0.safetensors")
    watched = Watched(shipped=first, variants=[tmp_path / "none.safetensors"])
    watched.until(is_ready)
    watched.runner.rebuild({"seed": 1})
    report = watched.until(lambda r: r.problem is not None)
    assert "does not exist" in report.problem.text.en and report.snapshot.step == 9
    watched.runner.close()


def test_a_slow_answer_leaves_learning_most_of_the_time() -> None:
    slow = 0.02

    class Slow(Line):
        def answer(self, request: Ask, state: Any = None) -> float:
            time.sleep(slow)
            return super().answer(request, state)

        def step(self) -> dict[str, float]:
            time.sleep(0.001)
            return super().step()

    watched = Watched(Slow)
    try:
        number = watched.runner.ask(Ask(1.0))
        watched.until(lambda r: r.answer is not None and r.answer.id == number)
        watched.runner.play()
        began, answered = time.perf_counter(), set()
        while time.perf_counter() - began < 0.6:
            report = watched.runner.take()
            if report is not None and report.answer is not None:
                answered.add(report.answer.step)
                assert report.answer.step == report.snapshot.step
            time.sleep(0.002)
        # A fourth of the time at most, and yet it is given anew.
        assert 2 <= len(answered) <= 0.6 / (4 * slow) + 2
        watched.runner.pause()
        still = watched.until(lambda r: not r.playing)
        assert still.answer is not None and still.answer.step == still.snapshot.step
    finally:
        watched.runner.close()


def test_a_film_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"other bytes")
    first = film_of(9, tmp_path / "0.safetensors")
    other = film_of(12, tmp_path / "1.safetensors", seed=1)
    watched = Watched(shipped=first, variants=[bad, other])
    watched.until(is_ready)
    watched.runner.rebuild({"seed": 1})
    assert watched.stand(12).problem is None
    watched.runner.rebuild({"seed": 2})
    assert "damaged" in watched.until(lambda r: r.problem is not None).problem.text.en
    watched.runner.close()


def test_a_setting_chosen_goes_before_the_command_line(tmp_path: Path) -> None:
    first = film_of(9, tmp_path / "0.safetensors")
    watched = Watched(shipped=first, settings={"seed": 5})
    watched.until(is_ready)
    watched.runner.rebuild({"learning_rate": 0.3})
    assert watched.stand(0).settings["seed"] == 5
    watched.runner.rebuild({"seed": 0, "learning_rate": 0.2})
    watched.until(lambda r: r.settings["learning_rate"] == 0.2)
    assert watched.stand(0).settings["seed"] == 0
    watched.runner.close()


def test_at_a_slow_pace_the_film_is_asked_in_the_free_time() -> None:
    class Slow(Line):
        def answer(self, request: Ask, state: Any = None) -> float:
            time.sleep(0.01)
            return super().answer(request, state)

    watched = Watched(Slow)
    try:
        watched.until(is_ready)
        watched.train(60)
        kept = len(watched.report.film.tracks[0].kept)
        watched.runner.pace(1.0)
        watched.runner.play()
        watched.until(lambda r: r.playing)
        number = watched.runner.ask_along(Ask(1.0))
        began = time.perf_counter()
        watched.until(
            lambda r: r.along is not None and r.along.id == number and len(r.along.value) >= kept
        )
        assert time.perf_counter() - began < 3  # one a step took a second each
    finally:
        watched.runner.close()


def test_a_state_that_is_not_finite_is_never_kept() -> None:
    class Breaks(Line):
        """Its loss is taken before the update that breaks it."""

        def step(self) -> dict[str, float]:
            metrics = super().step()
            if self.steps >= 6:
                self._weight = torch.tensor([float("nan")])
            return {"loss": 1.0, "other": metrics["loss"]}

    run = Run(Breaks, {}, "cpu")
    for _ in range(5):
        run.advance()
    with pytest.raises(Problem, match="no longer a finite number"):
        run.advance()
    run.keep_end()
    assert all(frame.is_finite for frame in run.film.frames())
    assert run.film.frames()[-1].step == 5
    with pytest.raises(Problem, match="no longer a finite number"):
        run.advance()  # any of its losses ends it, not the first alone
