"""What the models learn in how many CPU seconds, and how well the shipped one reads. No Qt."""

from __future__ import annotations

import statistics
import sys

from explainer.bench.rows import Quiet, Row, at_least
from explainer.concepts.cnn.exam import examine
from explainer.concepts.cnn.experiment import DigitExperiment, Settings
from explainer.concepts.place import find_scene
from explainer.engine import checkpoint
from explainer.engine.assets import asset
from explainer.engine.device import choose, warm_up
from explainer.engine.run import Run

_SEEDS = (0, 1, 2)
# CPU seconds of training, and the share of the test digits to be read by then.
_BARS = ((3.0, 0.975), (8.0, 0.983), (15.0, 0.988))
_EXAM_BARS = {"test": 0.99, "shifted": 0.95, "shifted_worst": None, "written": 0.93}


def learn() -> list[Row]:
    """Return the test accuracy from scratch, median of three seeds, and the shipped net's marks.

    As `main.py train cnn/training --seconds S --seed N` for each S: the same run looked at
    three times, since looking changes nothing.
    """
    choose("cpu")
    warm_up()
    quiet = Quiet()
    reached: dict[float, list[float]] = {seconds: [] for seconds, _ in _BARS}
    for seed in _SEEDS:
        _, scene = find_scene("cnn/training")
        run = Run(scene.experiment, {"seed": seed}, "cpu")
        for seconds, _ in _BARS:
            while run.seconds < seconds:
                run.advance()
            accuracy = run.experiment.measure()["test_accuracy"]
            reached[seconds].append(accuracy)
            print(
                f"  seed {seed}, {seconds:g} s, {run.experiment.steps} steps: {accuracy:.3f}",
                file=sys.stderr,
            )
    judged = quiet.judged()
    rows = [
        at_least(f"learn.cnn.{s:g}s", statistics.median(reached[s]), "", bar, judged)
        for s, bar in _BARS
    ]
    return rows + shipped()


def shipped() -> list[Row]:
    """Return how the shipped net reads test digits, shifted ones and written ones."""
    experiment = DigitExperiment(Settings())
    film = checkpoint.load(asset("checkpoints/cnn.safetensors"), "cnn", experiment.state())
    experiment.restore(film.frames[-1].state)
    rows = []
    for source, share in examine(experiment).items():
        name, bar = f"learn.cnn.shipped.{source}", _EXAM_BARS.get(source)
        if bar is None:
            rows.append(Row(name, share, "", None, None, None))
        else:
            rows.append(at_least(name, share, "", bar, None))
    return rows
