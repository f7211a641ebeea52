"""What `main.py bench` offers and prints; the figures themselves are no test of a busy machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.bench.rows import Quiet, Row, at_least, at_most, percentile
from explainer.commands import bench
from explainer.concepts import CONCEPTS
from explainer.lesson import Problem

ROOT = Path(__file__).resolve().parents[2]


def test_every_scene_is_measured() -> None:
    for concept in CONCEPTS:
        for scene in concept.scenes:
            for kind in bench.PER_SCENE:
                name = f"{kind}.{concept.key}/{scene.key}"
                assert (name in bench.names()) == scene.trains


def test_without_names_all_but_learning_is_measured() -> None:
    everything = bench.chosen([])
    assert "learn" not in everything
    assert {"start", "pen", "memory"} <= set(everything)
    assert bench.chosen(["learn"]) == ("learn",)


def test_a_kind_stands_for_all_its_scenes_and_nothing_is_measured_twice() -> None:
    frames = bench.chosen(["frame"])
    assert len(frames) == sum(scene.trains for concept in CONCEPTS for scene in concept.scenes)
    assert bench.chosen(["frame", frames[0]]) == frames


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(Problem, match="'fram'"):
        bench.chosen(["fram"])


def test_bars() -> None:
    assert at_most("a", 0.7, "s", 0.7, None).ok
    assert not at_most("a", 0.71, "s", 0.7, None).ok
    assert at_least("a", 0.8, "", 0.8, None).ok
    assert not at_least("a", float("nan"), "", 0.8, None).ok
    assert percentile([1.0, 2.0, 3.0], 50) == 2


def test_the_table_names_what_missed_and_what_was_disturbed() -> None:
    rows = [
        Row("start.window", 0.5, "s", 0.7, True, True),
        Row("pen.idle.p95", 41.6, "ms", 20, False, False),
        Row("memory.resident", 512.0, "MB", None, None, None),
    ]
    good, missed, told = bench.table(rows).splitlines()
    assert "ok" in good and "busy" not in good
    assert "MISSED" in missed and "busy machine" in missed
    assert "512.0 MB" in told and "bar" not in told


def test_quiet_is_judged_or_unknown() -> None:
    assert Quiet().judged() in (True, False, None)


def test_rows_are_printed_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = Row("start.window", 0.9, "s", 0.7, False, True)
    monkeypatch.setattr(bench, "measure", lambda name: [row])
    bench.run(["start"], True)
    printed = json.loads(capsys.readouterr().out.splitlines()[-1])
    expected = {"name": "start.window", "value": 0.9, "unit": "s", "bar": 0.7, "ok": False}
    assert printed == [{**expected, "quiet": True}]


def test_learning_is_measured_without_qt() -> None:
    program = (
        "import sys; sys.modules['PySide6'] = None;"
        "from explainer.commands import bench; import explainer.bench.learn"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)
