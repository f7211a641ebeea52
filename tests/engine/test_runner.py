"""The worker thread, without Qt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from explainer.engine.runner import Report, Runner
from tests.toy import Ask, Line


class Watched:
    """A runner and the newest report taken from it."""

    def __init__(self, factory: Callable[..., Any] = Line) -> None:
        self.runner = Runner(factory, "toy", device="cpu")
        self.runner.start()
        self.report = Report()

    def until(self, met: Callable[[Report], bool], seconds: float = 20.0) -> Report:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            report = self.runner.take()
            if report is not None:
                self.report = report
            if met(self.report):
                return self.report
            time.sleep(0.002)
        raise AssertionError(f"not within {seconds} s: {self.report}")


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
    time.sleep(0.05)
    assert watched.runner.take() is None


def test_a_rest_makes_no_snapshots() -> None:
    made: list[Line] = []

    def factory(settings: Any, device: str) -> Line:
        made.append(Line(settings, device))
        return made[-1]

    watched = Watched(factory)
    watched.until(is_ready)
    time.sleep(0.1)
    before = made[0].snapshots
    time.sleep(0.2)
    assert made[0].snapshots == before
    watched.runner.close()


def test_a_snapshot_is_made_only_when_the_last_was_taken() -> None:
    made: list[Line] = []

    def factory(settings: Any, device: str) -> Line:
        made.append(Line(settings, device))
        return made[-1]

    watched = Watched(factory)
    watched.until(is_ready)
    watched.runner.play()
    time.sleep(0.3)
    assert made[0].steps > 100
    assert made[0].snapshots <= 4
    watched.runner.close()


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
    time.sleep(0.1)
    number = watched.runner.ask(Ask(2.0))
    time.sleep(0.1)
    report = watched.runner.take()
    assert report is not None and report.answer is not None and report.answer.id == number


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
    watched.runner.seek(0, 5)
    back = watched.until(lambda r: r.snapshot.step == 5)
    assert float(back.snapshot.weight[0]) != float(end.snapshot.weight[0])
    assert back.film is not None and not back.film.at_end


def test_pace_limits_the_updates(watched: Watched) -> None:
    watched.until(is_ready)
    watched.runner.pace(20.0)
    watched.runner.play()
    time.sleep(0.5)
    watched.runner.pause()
    report = watched.until(lambda r: not r.playing and r.snapshot.step > 0)
    assert 3 <= report.snapshot.step <= 14


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
    watched.runner.seek(0, 0)
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
    assert time.monotonic() - before < 1.0
    assert all(thread.name != "runner" for thread in threading.enumerate())


def test_closing_while_it_prepares() -> None:
    watched = Watched()
    watched.runner.close()
    assert all(thread.name != "runner" for thread in threading.enumerate())
