"""Digits written by nobody: skeletons bent, slanted and drawn with pens of many widths.

Two sets of skeletons share no shape. ``practice`` may be trained on; ``exam`` stands for a
stranger's hand, is never trained on and serves only to measure.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from explainer.engine.strokes import centre, rasterise

Source = Literal["practice", "exam"]

# A skeleton is one or more pen strokes, parted by "/". Each is a list of x,y in a box about 0.6
# wide and 1 high, y downwards; "~" bends a smooth curve through the points up to the next "|"
# corner, plain points are joined by straight lines.
_SKELETONS: dict[Source, dict[int, tuple[str, ...]]] = {
    "practice": {
        0: (
            "~ .30,0 .08,.18 0,.5 .08,.82 .30,1 .52,.82 .6,.5 .52,.18 .30,0",
            "~ .45,.06 .2,0 .02,.35 .04,.72 .24,1 .45,.8 .5,.4 .38,.08 .25,.02",
            "~ .4,.08 .15,.08 -.05,.45 .1,.9 .45,.95 .68,.6 .6,.2 .46,.1",
        ),
        1: (
            ".3,0 .3,1",
            ".05,.25 .3,0 .3,1",
            ".08,.22 .3,0 .3,1 / .05,1 .55,1",
            "~ .35,0 .3,.5 .28,1",
            ".14,.14 .28,0 .27,1",
        ),
        2: (
            "~ .03,.22 .15,.04 .4,.02 .55,.2 .45,.45 .2,.75 0,1 | 0,1 .6,1",
            "~ .05,.2 .25,0 .5,.15 .42,.5 .15,.85 .02,.95 .08,.8 .25,.88 .45,1 .62,.92",
            "~ 0,.15 .3,0 .55,.2 .3,.6 .02,.98 |~ .02,.98 .3,.92 .6,1",
            "~ .1,.1 .38,0 .55,.15 .4,.5 .05,.94 |~ .05,.94 .2,.86 .42,.98 .6,.96",
        ),
        3: (
            "~ .02,.12 .25,0 .5,.15 .42,.4 .22,.47 |~ .22,.47 .5,.55 .58,.78 .35,1 0,.88",
            ".03,.02 .52,.02 .25,.42 |~ .25,.42 .52,.52 .56,.8 .3,1 0,.9",
            "~ .05,.1 .35,0 .5,.2 .3,.46 .2,.5 .32,.48 .55,.7 .4,.97 .02,.92",
        ),
        4: (
            ".08,0 .02,.55 .6,.55 / .45,.2 .45,1",
            ".45,1 .45,0 0,.65 .62,.65",
            "~ .1,0 .05,.3 .1,.5 .5,.5 / .52,.05 .48,1",
            ".4,0 0,.68 .6,.68 / .42,.35 .42,1",
        ),
        5: (
            ".12,0 .06,.45 |~ .06,.45 .35,.38 .58,.65 .4,.97 0,.92 / .12,0 .55,0",
            ".55,0 .1,.02 .07,.42 |~ .07,.42 .4,.42 .55,.7 .35,1 0,.92",
            "~ .55,.02 .2,.03 .08,.3 .35,.45 .55,.7 .35,.98 0,.9",
        ),
        6: (
            "~ .45,0 .15,.3 0,.68 .2,1 .5,.88 .48,.6 .22,.55 .03,.72",
            "~ .3,0 .08,.4 .02,.75 .25,1 .52,.8 .35,.55 .05,.72",
            "~ .52,.12 .35,0 .1,.25 0,.65 .15,.97 .45,.95 .52,.68 .3,.5 .05,.65",
        ),
        7: (
            "0,.02 .58,.02 .2,1",
            "0,.02 .58,.02 .22,1 / .12,.5 .5,.48",
            "0,.04 .58,.03 |~ .58,.03 .4,.4 .28,1",
            "0,.22 0,.02 .58,.02 .45,.35 .3,1",
        ),
        8: (
            "~ .5,.12 .28,0 .06,.18 .25,.45 .52,.72 .3,1 .03,.78 .28,.48 .5,.25 .46,.08",
            "~ .3,0 .1,.1 .08,.32 .3,.46 .5,.32 .5,.1 .3,0 /"
            "~ .3,.46 .06,.6 .05,.88 .3,1 .56,.88 .54,.6 .3,.46",
            "~ .3,.47 .07,.25 .28,0 .5,.22 .28,.48 .02,.78 .3,1 .56,.75 .3,.47",
        ),
        9: (
            "~ .5,.2 .28,0 .03,.2 .15,.48 .4,.42 .5,.2 | .5,.2 .45,1",
            "~ .48,.16 .28,0 .03,.2 .15,.46 .4,.4 .5,.16 .53,.6 .4,.95 .1,.97",
            "~ .5,.2 .3,0 .04,.16 .12,.45 .38,.42 .5,.2 | .5,.2 .25,1",
        ),
    },
    "exam": {
        0: (
            "~ .05,.3 .3,0 .58,.25 .6,.65 .35,1 .08,.8 .02,.4 .12,.15",
            "~ .1,.05 0,.3 0,.7 .12,.95 .45,.97 .58,.7 .57,.3 .45,.04 .1,.05",
            "~ .5,.15 .25,0 .03,.4 .15,.9 .42,.95 .6,.5 .42,.1 .22,.12",
        ),
        1: (
            ".36,0 .24,1",
            "~ .12,.2 .25,.12 .35,0 | .35,0 .33,1",
            ".1,.3 .32,.02 .32,.98 / 0,.98 .64,.98",
            "~ .3,0 .31,.5 .34,1",
        ),
        2: (
            "~ .08,.3 .1,.08 .35,0 .55,.18 .5,.42 .25,.7 .02,.97 | .02,.97 .58,.95",
            "~ 0,.15 .28,.02 .5,.22 .35,.6 .1,.92 0,.88 .12,.78 .35,.95 .6,.98",
            "~ .05,.12 .3,.02 .52,.12 .5,.35 | .5,.35 0,1 .62,1",
        ),
        3: (
            "~ 0,.2 .18,.02 .48,.08 .5,.32 .28,.48 |~ .28,.48 .55,.58 .55,.88 .25,1 -.02,.82",
            "0,.05 .55,0 .2,.4 |~ .2,.4 .5,.45 .6,.7 .42,.97 .05,.95",
            "~ .05,.05 .45,.08 .5,.3 .15,.5 |~ .15,.5 .5,.6 .55,.85 .05,1",
        ),
        4: (
            ".12,.05 0,.6 .62,.58 / .42,0 .38,1",
            ".5,0 .03,.6 .66,.62 / .5,0 .48,1",
            ".05,.02 .05,.48 .5,.48 / .5,0 .5,1",
        ),
        5: (
            ".5,.03 .05,0 .02,.5 |~ .02,.5 .3,.36 .55,.55 .5,.88 .2,1 -.02,.88",
            ".1,.05 .1,.42 |~ .1,.42 .45,.4 .58,.68 .42,.95 .05,.97 / .08,.03 .6,-.02",
            "~ .6,.0 .3,.02 .12,.05 |~ .12,.05 .08,.2 .1,.38 .35,.4 .5,.62 .4,.9 .02,.98",
        ),
        6: (
            ".35,0 .06,.55 |~ .06,.55 0,.8 .25,1 .52,.82 .38,.58 .08,.68",
            "~ .5,.03 .2,.15 0,.55 .05,.9 .35,1 .55,.78 .4,.52 .1,.6",
            "~ .2,0 .05,.35 0,.75 .18,1 .45,.92 .42,.68 .2,.65 .02,.8",
        ),
        7: (
            ".02,.18 .03,0 .55,.04 |~ .55,.04 .42,.45 .36,1",
            "0,.06 .6,0 .22,1 / .15,.55 .52,.42",
            "~ 0,.08 .2,.02 .4,.08 .6,.02 | .6,.02 .3,1",
        ),
        8: (
            "~ .52,.2 .3,0 .05,.15 .15,.4 .45,.6 .5,.88 .25,1 .02,.85 .2,.55 .52,.2",
            "~ .28,0 .12,.06 .1,.26 .28,.36 .45,.26 .45,.08 .28,0 /"
            "~ .28,.36 .02,.5 0,.85 .3,1 .58,.85 .56,.52 .28,.36",
            "~ .45,.05 .1,.08 .1,.35 .45,.6 .45,.95 .1,.97 .05,.65 .4,.4 .5,.12",
        ),
        9: (
            "~ .52,.08 .2,.02 .02,.28 .2,.5 .48,.35 .52,.08 | .52,.08 .5,1",
            "~ .48,.25 .35,.02 .05,.12 .08,.42 .35,.45 .5,.18 .52,.55 .4,.9 .12,1",
            "~ .5,.1 .2,.0 .05,.3 .25,.5 .5,.3 .5,.1 |~ .5,.1 .48,.5 .3,1",
        ),
    },
}


def write_digit(
    digit: int, source: Source, random: np.random.Generator
) -> list[NDArray[np.float32]]:
    """Write one digit somewhere on a 280 px pad.

    Parameters
    ----------
    digit : int
        0 to 9.
    source : {"practice", "exam"}
        Which skeletons to write from.
    random : numpy.random.Generator
        Draws the skeleton, its wobble, aspect, slant and rotation, its height (60 to 240 px),
        its place and the pen (8 to 34 px, at most 0.28 of the height, pressed unevenly).

    Returns
    -------
    list of ndarray of float32, each of shape (points, 3)
        Strokes as `rasterise` takes them.
    """
    skeletons = _SKELETONS[source][digit]
    paths = _trace(skeletons[random.integers(len(skeletons))], random)
    height = random.uniform(60, 240)
    pen = min(random.uniform(8, 34), 0.28 * height)
    slant, turn = random.uniform(-0.25, 0.3), np.radians(random.uniform(-12, 12))
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    shape = turned @ np.array([[random.uniform(0.75, 1.35), -slant], [0, 1]])
    paths = [path @ shape.T for path in paths]
    joined = np.concatenate(paths)
    low, extent = joined.min(axis=0), np.ptp(joined, axis=0)
    scale = (height - pen) / max(extent.max(), 1e-6)
    room = np.maximum(280 - pen - scale * extent, 0)
    corner = pen / 2 + random.uniform(size=2) * room
    strokes = []
    for path in paths:
        pressure = 1 + random.uniform(0, 0.2) * np.sin(
            np.linspace(0, random.uniform(2, 6), len(path)) + random.uniform(0, 6)
        )
        strokes.append(
            np.column_stack([corner + scale * (path - low), pen * pressure]).astype(np.float32)
        )
    return strokes


def written_digits(
    count: int, source: Source, seed: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Write digits, each as often as the next, and centre them as the pad does.

    Returns
    -------
    images : ndarray of float32, shape (count, 28, 28)
        0 is paper, 1 is ink.
    labels : ndarray of int64, shape (count,)
        The digit each image shows.
    """
    random = np.random.default_rng(seed)
    labels = np.arange(count, dtype=np.int64) % 10
    images = np.zeros((count, 28, 28), np.float32)
    for index, digit in enumerate(labels):
        seen = centre(rasterise(write_digit(int(digit), source, random)))
        if seen is None:
            raise ValueError(f"digit {digit} of seed {seed} left no ink")
        images[index] = seen.image
    return images, labels


def _trace(skeleton: str, random: np.random.Generator) -> list[NDArray[np.float64]]:
    """Return the polylines of a skeleton, each control point moved a little."""
    paths = []
    for stroke in skeleton.split("/"):
        pieces = []
        corner = None
        for part in stroke.split("|"):
            pairs = part.replace("~", "").split()
            points = np.array([pair.split(",") for pair in pairs], np.float64)
            points += random.normal(0, 0.022, points.shape)
            if corner is not None:
                points[0] = corner
            corner = points[-1]
            pieces.append(_spline(points) if "~" in part else points)
        paths.append(np.concatenate(pieces))
    return paths


def _spline(points: NDArray[np.float64], pieces: int = 6) -> NDArray[np.float64]:
    """Return a Catmull-Rom curve through the points, `pieces` segments between neighbours."""
    padded = np.concatenate([points[:1], points, points[-1:]])
    before, start, end, after = (padded[i : len(points) - 1 + i, None] for i in range(4))
    t = np.linspace(0, 1, pieces, endpoint=False)[:, None]
    curve = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    return np.concatenate([curve.reshape(-1, 2), points[-1:]])
