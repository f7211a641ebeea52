"""`main.py bench`: the program's own figures against their bars."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from explainer.bench.rows import Row
from explainer.concepts import CONCEPTS
from explainer.lesson import Problem, Text

# Measured once for every scene; the others once for the program.
PER_SCENE = ("frame", "interval", "speed")
# Minutes of learning: only when named.
ONLY_NAMED = ("learn",)

_UNKNOWN = Text(
    "There is nothing called '{name}' to measure; choose from: {known}.",
    "'{name}'이라는 측정 항목은 없습니다. 다음 가운데 고르세요: {known}.",
)
_FAILED = Text(
    "{name} could not be measured; run 'main.py bench {name}' alone to see why.",
    "{name} 항목을 재지 못했습니다. 'main.py bench {name}'만 따로 실행해 이유를 확인하세요.",
)
_MAIN = Path(__file__).resolve().parents[2] / "main.py"


def names() -> tuple[str, ...]:
    """Return all that can be measured, in order: "start", "frame.cnn/draw" and so on."""
    scenes = [f"{c.key}/{s.key}" for c in CONCEPTS for s in c.scenes if s.trains]
    per_scene = [f"{kind}.{scene}" for kind in PER_SCENE for scene in scenes]
    return ("start", *per_scene, "pen", "typing", "memory", *ONLY_NAMED)


def chosen(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return what the names ask for; "frame" is all frames, nothing is all but learning.

    Raises
    ------
    Problem
        If there is no such measurement.
    """
    known = names()
    if not wanted:
        return tuple(name for name in known if name not in ONLY_NAMED)
    found: dict[str, None] = {}
    for name in wanted:
        named = [k for k in known if k == name or k.startswith(f"{name}.")]
        if not named:
            offered = dict.fromkeys((*(k.partition(".")[0] for k in known), *known))
            raise Problem(_UNKNOWN.filled(name=name, known=", ".join(offered)))
        found |= dict.fromkeys(named)
    return tuple(found)


def measure(name: str) -> list[Row]:
    """Measure one thing in this process. Only `learn` does without Qt."""
    kind, _, place = name.partition(".")
    if kind == "learn":
        from explainer.bench.learn import learn

        return learn()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if kind == "start":
        from explainer.bench.start import start

        return start()
    if kind == "pen":
        from explainer.bench.pen import pen

        return pen()
    if kind == "typing":
        from explainer.bench.typing import typing

        return typing()
    if kind == "memory":
        from explainer.bench.memory import memory

        return memory()
    from explainer.bench import frames, speed

    of_scene: dict[str, Callable[[str], list[Row]]] = {
        "frame": frames.work, "interval": frames.interval, "speed": speed.speed,
    }  # fmt: skip
    return of_scene[kind](place)


def _apart(name: str) -> list[Row]:
    """Measure in a process of its own, so that nothing is warm from what came before."""
    asked = [sys.executable, str(_MAIN), "bench", name, "--json"]
    done = subprocess.run(asked, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Problem(_FAILED.filled(name=name))
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def run(wanted: Sequence[str], as_json: bool) -> None:
    """Measure and print; a missed bar is a finding, no failure."""
    todo = chosen(wanted)
    rows: list[Row] = []
    for name in todo:
        print(f"{name} …", file=sys.stderr)
        rows += measure(name) if len(todo) == 1 else _apart(name)
    if as_json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        print(table(rows))


def table(rows: Sequence[Row]) -> str:
    """Return the rows as aligned columns."""
    wide = max((len(row.name) for row in rows), default=0)
    return "\n".join(_line(row, wide) for row in rows)


def _line(row: Row, wide: int) -> str:
    bar = "" if row.bar is None else f"bar {row.bar:g}"
    verdict = {True: "ok", False: "MISSED", None: ""}[row.ok]
    disturbed = {True: "", False: "busy machine", None: ""}[row.quiet]
    value = f"{row.value:.3f}" if abs(row.value) < 10 else f"{row.value:,.1f}"
    return f"{row.name:{wide}}  {value:>9} {row.unit:16} {bar:10} {verdict:7} {disturbed}".rstrip()
