"""One round in slow motion: played on a copy of the two nets, with all its numbers."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from explainer.concepts.gan.losses import discriminator_loss
from explainer.concepts.gan.pair import Pair
from explainer.concepts.gan.plane_geometry import middle_of, verdicts_shown
from explainer.concepts.gan.reading import cell_centres, forged, sealed, verdicts
from explainer.engine.arrays import read_only

if TYPE_CHECKING:
    from explainer.concepts.gan.experiment import PlaneExperiment, Update


@dataclass(frozen=True, slots=True, eq=False)
class JudgesTurn:
    """The discriminator's update; arrays are read-only.

    Parameters
    ----------
    noise, fake : ndarray, (B, noise_size), (B, 2)
    real : ndarray, (B, 2)
    real_before, real_after, fake_before, fake_after : ndarray, (B,)
        Its logits on this batch before and after.
    surface_before, surface_after : ndarray, (cells, cells)
        Its verdicts everywhere, -1 .. 1.
    loss, loss_after : float
        On this batch before and after, without penalties.
    moved, still : float
        How far all weights of the discriminator moved, and those of the generator.
    """

    noise: np.ndarray
    fake: np.ndarray
    real: np.ndarray
    real_before: np.ndarray
    real_after: np.ndarray
    fake_before: np.ndarray
    fake_after: np.ndarray
    surface_before: np.ndarray
    surface_after: np.ndarray
    loss: float
    loss_after: float
    moved: float
    still: float


@dataclass(frozen=True, slots=True, eq=False)
class ForgersTurn:
    """The generator's update through the discriminator's gradient; arrays are read-only.

    Parameters
    ----------
    fake, after : ndarray, (B, 2)
        The fakes of the same noise before and after.
    pull : ndarray, (B, 2)
        As of `reading.Forged`: what the frozen discriminator says to each.
    logits, logits_after : ndarray, (B,)
        What it says of them before and after.
    surface : ndarray, (cells, cells)
        Its verdicts everywhere, the same before and after.
    loss : float
    moved, still : float
        How far all weights of the generator moved, and those of the discriminator.
    """

    fake: np.ndarray
    after: np.ndarray
    pull: np.ndarray
    logits: np.ndarray
    logits_after: np.ndarray
    surface: np.ndarray
    loss: float
    moved: float
    still: float


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """A round: the first update of each net; None for one that has none in the settings.

    Parameters
    ----------
    step : int
        The rounds made before it.
    loss_name : str
        The loss in force.
    judge : JudgesTurn or None
    forger : ForgersTurn or None
    updates : (int, int)
        Updates of the discriminator and of the generator in the whole round.
    """

    step: int
    loss_name: str
    judge: JudgesTurn | None
    forger: ForgersTurn | None
    updates: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlayRound:
    """Ask what the next round will do: it is played on a copy.

    Parameters
    ----------
    cells : int
        Along each side of the surfaces.
    under : tuple
        The live settings in force. They are not used, but under others it is another question.
    """

    cells: int = 40
    under: tuple[Any, ...] = ()

    def watch(self, copy: PlaneExperiment) -> Round:
        """Play the round on the copy, which it moves one round on."""
        step, settings = copy.steps, copy.settings
        judge = forger = None
        before = _kept(copy.pair)
        for update in copy.play_round():
            now = copy.pair
            if update.who == "discriminator" and judge is None:
                judge = self._judges(before, now, update)
            elif update.who == "generator" and forger is None:
                forger = self._forgers(before, now, update)
            before = _kept(now)
        updates = (settings.discriminator_steps, settings.generator_steps)
        return Round(step, settings.loss, judge, forger, updates)

    def _judges(self, before: Pair, now: Pair, update: Update) -> JudgesTurn:
        assert update.real is not None
        fake, real = update.fake.detach(), update.real.detach()
        logits = [verdicts(pair, points) for points in (real, fake) for pair in (before, now)]
        middle = middle_of(now.settings.loss, logits[0], logits[2])
        return JudgesTurn(
            *(read_only(tensor) for tensor in (update.noise, fake, real)),
            *(sealed(each) for each in logits),
            surface_before=self._surface(before, middle),
            surface_after=self._surface(now, middle),
            loss=update.loss,
            loss_after=discriminator_loss(
                now.settings.loss,
                torch.from_numpy(logits[1].copy()),
                torch.from_numpy(logits[3].copy()),
                now.settings.smoothing,
            ).item(),
            moved=_distance(before.discriminator, now.discriminator),
            still=_distance(before.generator, now.generator),
        )

    def _forgers(self, before: Pair, now: Pair, update: Update) -> ForgersTurn:
        # The fakes that the update learned from; the noise is the round's own.
        found = forged(before, update.noise)
        with torch.no_grad():
            after = now.generator(update.noise.to(now.device))
        middle = middle_of(now.settings.loss, verdicts(before, torch.from_numpy(
            before.real[:1000].copy())), found.logits)  # fmt: skip
        return ForgersTurn(
            fake=found.points,
            after=read_only(after),
            pull=found.pull,
            logits=found.logits,
            logits_after=sealed(verdicts(now, after)),
            surface=self._surface(now, middle),
            loss=update.loss,
            moved=_distance(before.generator, now.generator),
            still=_distance(before.discriminator, now.discriminator),
        )

    def _surface(self, pair: Pair, middle: float) -> np.ndarray:
        logits = verdicts(pair, torch.from_numpy(cell_centres(self.cells)))
        shown = verdicts_shown(logits, pair.settings.loss, middle)
        return sealed(shown.reshape(self.cells, self.cells))


def _kept(pair: Pair) -> Pair:
    """Return the two nets as they are now, whatever becomes of them."""
    return replace(
        pair,
        generator=copy.deepcopy(pair.generator),
        discriminator=copy.deepcopy(pair.discriminator),
    )


@torch.no_grad()
def _distance(one: nn.Module, other: nn.Module) -> float:
    """Return the length of the change of all weights together."""
    parts: list[Tensor] = [
        (a - b).flatten() for a, b in zip(one.parameters(), other.parameters(), strict=True)
    ]
    return float(torch.cat(parts).norm())
