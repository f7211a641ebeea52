"""What the uses scene asks: a digit filled in, many filled in and counted, sketches drawn out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import torch

from explainer.concepts.gan.judge import judged
from explainer.concepts.gan.sketch import Generator
from explainer.concepts.gan.uses.experiment import on_paper
from explainer.concepts.gan.uses.keeping import Kept
from explainer.concepts.gan.uses.restoring import clamped, mean_image, search, window
from explainer.concepts.gan.uses.thinning import thinned, unseen
from explainer.engine.arrays import read_only
from explainer.engine.datasets import digits

STARTS, STEPS, EVERY = 6, 60, 5
COUNTED, COUNT_STARTS, COUNT_STEPS = 100, 2, 25


@dataclass(frozen=True, slots=True, eq=False)
class Restored:
    """A digit with a hole, and how far the search for it has come; read-only.

    Parameters
    ----------
    original : ndarray, (28, 28)
        Ink 0 to 1.
    label : int
    known : ndarray of bool, (28, 28)
    steps : tuple of int
        When the search was looked at.
    pictures : ndarray, (moments, STARTS, 28, 28)
    losses : ndarray, (moments, STARTS)
        Mean squared difference over the known pixels, ink -1 to 1.
    read_holed, read_filled : int
        What the classifier reads with the hole left blank, and in the best start, clamped.
    """

    original: np.ndarray
    label: int
    known: np.ndarray
    steps: tuple[int, ...]
    pictures: np.ndarray
    losses: np.ndarray
    read_holed: int
    read_filled: int

    @property
    def best(self) -> int:
        """The start that fits the known pixels best so far."""
        return int(self.losses[-1].argmin())


@dataclass(frozen=True, slots=True)
class Restore:
    """Ask for a digit to be filled in.

    Parameters
    ----------
    digit : int
        Which of the test digits.
    x, y, side : int
        The hole's middle, and its side.
    """

    digit: int
    x: int
    y: int
    side: int

    def read(self, generator: Generator, kept: Kept) -> Iterator[Restored]:
        """Return where the search stands, again and again, from where it was left."""
        return kept.parts(self, self._parts)

    def _parts(self) -> Iterator[Restored]:
        original, known = _digit(self.digit), window(self.x, self.y, self.side)
        wanted = on_paper(original[None])
        mask = torch.from_numpy(known.astype(np.float32))
        holed = _read(clamped(np.zeros_like(original), original, known)[None])[0]
        steps: list[int] = []
        pictures: list[np.ndarray] = []
        losses: list[np.ndarray] = []
        for step, (found, loss) in enumerate(search(wanted, mask, STARTS, STEPS)):
            if step % EVERY:
                continue
            steps.append(step)
            pictures.append(((found[0] + 1) / 2).numpy())
            losses.append(loss[0].numpy())
            best = pictures[-1][losses[-1].argmin()]
            filled = _read(clamped(best, original, known)[None])[0]
            yield Restored(
                read_only(original),
                int(digits().test_labels[self.digit]),
                read_only(known),
                tuple(steps),
                read_only(np.stack(pictures)),
                read_only(np.stack(losses)),
                int(holed),
                int(filled),
            )


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Many digits filled in, beside what needs no generator; read-only.

    Parameters
    ----------
    step : int
        Of the search, of `COUNT_STEPS`: so many were made for every digit, for half of them
        perhaps one more.
    originals, holed, averaged, filled : ndarray, (COUNTED, 28, 28)
        As written; the hole left blank; filled from the mean of all digits; from the generator.
    labels : ndarray of int, (COUNTED,)
    right : tuple of ndarray of bool, each (COUNTED,)
        Where the classifier reads each kind, in that order, as the digit that was written.
    known : ndarray of bool, (28, 28)
    """

    step: int
    originals: np.ndarray
    holed: np.ndarray
    averaged: np.ndarray
    filled: np.ndarray
    labels: np.ndarray
    right: tuple[np.ndarray, ...]
    known: np.ndarray


@dataclass(frozen=True, slots=True)
class Count:
    """Ask how many of 100 test digits are read rightly once filled in.

    Parameters
    ----------
    x, y, side : int
        The hole's middle, and its side.
    """

    x: int
    y: int
    side: int

    def read(self, generator: Generator, kept: Kept) -> Iterator[Counted]:
        """Return the count as the search goes on, from where it was left."""
        return kept.parts(self, self._parts)

    def _parts(self) -> Iterator[Counted]:
        originals = (digits().test_images[:COUNTED] / 255).astype(np.float32)
        labels = digits().test_labels[:COUNTED].astype(np.int64)
        known = window(self.x, self.y, self.side)
        mask = torch.from_numpy(known.astype(np.float32))
        holed = clamped(np.zeros_like(originals), originals, known)
        averaged = clamped(mean_image()[None], originals, known).astype(np.float32)
        fixed = [_read(kind) == labels for kind in (originals, holed, averaged)]
        halves = [  # so that a part is short: a step with all of them takes 80 ms on one core
            (rows, search(on_paper(originals[rows]), mask, COUNT_STARTS, COUNT_STEPS))
            for rows in (slice(COUNTED // 2), slice(COUNTED // 2, COUNTED))
        ]
        filled = holed.copy()
        for step, (rows, half) in product(range(COUNT_STEPS + 1), halves):
            found, losses = next(half)
            best = found[torch.arange(len(found)), losses.argmin(dim=1)]  # (COUNTED / 2, 28, 28)
            filled[rows] = clamped(((best + 1) / 2).numpy(), originals[rows], known)
            if step == 0 and rows.start is None:
                continue  # of the second half nothing is known yet
            have_made = step if rows.start else step - 1
            right = (*fixed, _read(filled) == labels)
            yield Counted(
                step=have_made,
                originals=read_only(originals),
                holed=read_only(holed),
                averaged=read_only(averaged),
                filled=read_only(filled),
                labels=read_only(labels),
                right=tuple(read_only(each) for each in right),
                known=read_only(known),
            )


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Sketches and what the generator makes of them; read-only.

    Parameters
    ----------
    sketches, pictures : ndarray, (n, 28, 28)
        Ink 0 to 1.
    truths : ndarray, (n, 28, 28)
        The digits that the sketches were made from; no rows for a sketch from the pad.
    labels : ndarray of int, (n,)
        The digits those are; -1 for the pad.
    read_sketches, read_pictures : ndarray, (n, 10)
        The classifier's probabilities.
    """

    sketches: np.ndarray
    pictures: np.ndarray
    truths: np.ndarray
    labels: np.ndarray
    read_sketches: np.ndarray
    read_pictures: np.ndarray


@dataclass(frozen=True, slots=True)
class DrawOut:
    """Ask for the pictures of unseen sketches.

    Parameters
    ----------
    first, count : int
        Which of the 200.
    """

    first: int = 0
    count: int = 8

    def read(self, generator: Generator, kept: Kept) -> Drawn:
        """Return them, judged."""
        sketches, truths = (part[self.first : self.first + self.count] for part in unseen())
        labels = digits().test_labels[self.first : self.first + self.count].astype(np.int64)
        return _drawn(generator, sketches, truths, labels)


@dataclass(frozen=True, slots=True, eq=False)
class DrawPad:
    """Ask for the picture of a drawing, whose strokes are made thin first.

    Parameters
    ----------
    image : ndarray, (28, 28)
        The drawing, centred, ink 0 to 1.
    """

    image: np.ndarray

    def read(self, generator: Generator, kept: Kept) -> Drawn:
        """Return it, judged."""
        sketch = thinned(self.image[None])
        return _drawn(generator, sketch, np.zeros((0, 28, 28), np.float32), np.array([-1]))


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """One digit restored and one sketch drawn out; read-only.

    Parameters
    ----------
    restored : Restored
    drawn : Drawn
    """

    restored: Restored
    drawn: Drawn


@dataclass(frozen=True, slots=True)
class ShowBoth:
    """Ask for one example of each use.

    Parameters
    ----------
    restore : Restore
    draw : DrawOut
    """

    restore: Restore
    draw: DrawOut

    def read(self, generator: Generator, kept: Kept) -> Iterator[Examples]:
        """Return both, the digit as far as the search for it has come."""
        drawn = self.draw.read(generator, kept)
        for restored in self.restore.read(generator, kept):
            yield Examples(restored, drawn)


@torch.no_grad()
def _drawn(
    generator: Generator, sketches: np.ndarray, truths: np.ndarray, labels: np.ndarray
) -> Drawn:
    device = next(generator.parameters()).device
    pictures = (generator(on_paper(sketches).to(device)).cpu()[:, 0].numpy() + 1) / 2
    return Drawn(
        read_only(sketches), read_only(pictures), read_only(truths), read_only(labels),
        judged(torch.tensor(sketches)[:, None]).probabilities,
        judged(torch.tensor(pictures)[:, None]).probabilities,
    )  # fmt: skip


def _digit(place: int) -> np.ndarray:
    image: np.ndarray = (digits().test_images[place] / 255).astype(np.float32)
    return image


def _read(pictures: np.ndarray) -> np.ndarray:
    """Return the digits that the classifier reads in pictures (n, 28, 28)."""
    return judged(torch.tensor(pictures, dtype=torch.float32)[:, None]).labels
