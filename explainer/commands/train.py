"""`main.py train`: learning without a screen."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from explainer.commands.settings import check_seed, settings
from explainer.concepts.place import find_scene
from explainer.engine import checkpoint
from explainer.engine.device import choose, warm_up
from explainer.engine.film import Kept
from explainer.engine.run import Run
from explainer.lesson import Problem, Text

# A film for a file: enough frames to scrub through, few enough to ship.
FRAMES = 28
# The loss of one batch is noise; the figure printed is the mean of this many.
_LOSS_STEPS = 50

_SAVED = Text(
    " What was learned so far is in {file}.",
    " 그때까지 배운 것은 {file}에 있습니다.",
)


def train(
    place: str,
    *,
    seconds: float | None = None,
    steps: int | None = None,
    written: tuple[str, ...] = (),
    device: str = "auto",
    seed: int | None = None,
    start: Path | None = None,
    out: Path | None = None,
    frames: int = FRAMES,
    is_quiet: bool = False,
) -> dict[str, Any]:
    """Train a scene's experiment and return what `--json` prints.

    Parameters
    ----------
    place : str
        CONCEPT/SCENE.
    seconds, steps : float, int
        When to stop, whichever comes first; CPU seconds of step() alone, wall time on a GPU.
        10 seconds if neither is given.
    written : tuple of str
        KNOB=VALUE.
    device, seed, start, out
        As on the command line.
    frames : int
        How many frames of the film are saved at most, at least 2.
    is_quiet : bool
        No progress bar.

    Raises
    ------
    Problem
        If something asked for is not possible.
    """
    concept, scene = find_scene(place)
    chosen = settings(scene, list(written))
    if seed is not None:
        check_seed(seed)
        chosen["seed"] = seed
    if seconds is None and steps is None:
        seconds = 10.0
    used = choose(device)
    with nullcontext() if out is None else checkpoint.writable(out):
        warm_up()
        film = None
        if start is not None:
            film = checkpoint.load_for(scene.experiment, start, concept.key)
        run = Run(scene.experiment, chosen, used.key, film)
        try:
            _learn(run, seconds, steps, is_quiet)
        except (Problem, KeyboardInterrupt) as stopped:
            if out is None or not run.learned:
                raise
            _save(out, concept.key, run, frames)
            saved = _SAVED.filled(file=out)
            if isinstance(stopped, Problem):
                said = stopped.text
                raise Problem(Text(said.en + saved.en, said.ko + saved.ko)) from stopped
            print(saved.en.strip(), file=sys.stderr)
            raise
        run.keep_end()
        if out is not None:
            _save(out, concept.key, run, frames)
    losses = run.strip().curve("loss")[1][-_LOSS_STEPS:]
    metrics = {
        "loss": float(losses.mean()) if len(losses) else float("nan"),
        **(measured := _floats(run.experiment.measure())),
    }
    return {
        "concept": concept.key,
        "scene": scene.key,
        "settings": run.settings,
        "steps": run.experiment.steps,
        "seconds": run.seconds,
        "cpu_seconds": run.seconds,
        "device": used.key,
        "seed": run.settings.get("seed"),
        "metrics": metrics,
        "history": _history(run, measured),
    }


def _learn(run: Run, seconds: float | None, steps: int | None, is_quiet: bool) -> None:
    first = run.experiment.steps
    try:
        while True:
            done = max(
                run.seconds / seconds if seconds else 0.0,
                (run.experiment.steps - first) / steps if steps else 0.0,
            )
            if not is_quiet and (run.experiment.steps % 20 == 0 or done >= 1):
                _progress(run, min(done, 1.0))
            if done >= 1:
                break
            run.advance()
    finally:
        if not is_quiet:  # what is printed next begins below the bar
            print(file=sys.stderr)


def _save(out: Path, concept: str, run: Run, count: int) -> None:
    """Write the film; its settings are those of its newest frame."""
    frames = few_of(run.film.frames(), count)
    checkpoint.save(out, concept, frames[-1].settings, frames, run.strip(), run.origins)


def _history(run: Run, measured: Mapping[str, float]) -> dict[str, dict[str, list[float]]]:
    """Return what was measured along the film, by name: at which steps, and the values there."""
    strip = run.strip()
    curves = {name: strip.curve(name) for name in measured}
    return {
        name: {"steps": steps.tolist(), "values": values.tolist()}
        for name, (steps, values) in curves.items()
    }


def _floats(metrics: Mapping[str, float]) -> dict[str, float]:
    return {name: float(value) for name, value in metrics.items()}


def _progress(run: Run, done: float) -> None:
    wide = 30
    bar = "█" * round(wide * done) + "·" * (wide - round(wide * done))
    loss = run.strip().curve("loss")[1][-_LOSS_STEPS:]
    shown = f"{loss.mean():.4f}" if len(loss) else "–"
    print(f"\r{bar} {run.experiment.steps:6,} steps  loss {shown}", end="", file=sys.stderr)


def few_of(frames: tuple[Kept, ...], count: int) -> tuple[Kept, ...]:
    """Return at most `count` frames, evenly spaced by the cube root of their steps.

    Learning is quick at first: of 28 frames of 24,000 steps, eleven lie in the first thousand.
    Both ends are included.
    """
    if len(frames) <= count:
        return frames
    count = max(count, 2)
    first, last = frames[0].step ** (1 / 3), frames[-1].step ** (1 / 3)
    chosen = {}
    for place in range(count):
        wanted = first + (last - first) * place / (count - 1)
        nearest = min(frames, key=lambda frame: abs(frame.step ** (1 / 3) - wanted))
        chosen[nearest.step] = nearest
    return tuple(chosen[step] for step in sorted(chosen))


def report(result: Mapping[str, Any], as_json: bool) -> None:
    """Print a result; with --json it is the last line of stdout."""
    if as_json:
        print(json.dumps(result))
        return
    print(f"{result['concept']}/{result['scene']}: {result['steps']:,} steps on {result['device']}"
          f" in {result['cpu_seconds']:.1f} s, seed {result['seed']}")  # fmt: skip
    for name, value in result["metrics"].items():
        print(f"  {name} {value:.4f}")
