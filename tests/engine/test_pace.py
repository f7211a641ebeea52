"""How fast updates follow each other, by a clock that the test winds."""

from __future__ import annotations

import pytest

from explainer.engine.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def play(pace: Pace, clock: Clock, seconds: float, step_seconds: float) -> int:
    """Make updates as they fall due; returns their number."""
    made, end = 0, clock.now + seconds
    while clock.now < end:
        if pace.wait:
            clock.now += pace.wait
            continue
        clock.now += step_seconds
        pace.note()
        made += 1
    return made


@pytest.mark.parametrize("speed", [0.5, 1.0, 5.0, 20.0])
def test_pace_limits_the_updates_and_the_rate_tells_it(speed: float) -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.set(speed)
    pace.begin()
    made = play(pace, clock, 20.0, 0.003)
    assert made == pytest.approx(20 * speed, abs=1.5)
    assert pace.rate() == pytest.approx(speed, rel=0.12)


def test_flat_out_is_never_waited_for() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.begin()
    assert play(pace, clock, 2.0, 0.002) == pytest.approx(1000, abs=2)
    assert pace.rate() == pytest.approx(500, rel=0.01)


def test_a_delay_is_not_made_up_for_by_a_burst() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.set(10.0)
    pace.begin()
    play(pace, clock, 1.0, 0.001)
    clock.now += 5.0
    assert play(pace, clock, 1.0, 0.001) <= 12


def test_no_rate_before_two_stamps() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.begin()
    assert pace.rate() == 0.0
    pace.note()
    assert pace.rate() == 0.0


def test_training_stands_back_for_a_picture_but_keeps_three_quarters() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.stands_back == 0
    began, stood = clock.now, 0.0
    while clock.now < began + 10:  # a pen that asks every five milliseconds
        pace.stand_back()
        stood += 0.001 if pace.stands_back else 0.0
        clock.now += 0.001
    assert 0.2 < stood / 10 < 0.27
