"""What is done to try a claim, on copies of the nets: each returns before, after and figures."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.losses import discriminator_loss, generator_loss
from explainer.concepts.gan.misconceptions.seen import (
    SHOWN,
    Figures,
    Seen,
    copied,
    fresh_real,
    seen,
)
from explainer.concepts.gan.model import Discriminator, Generator
from explainer.concepts.gan.pair import Pair
from explainer.concepts.gan.reading import Stand, sealed
from explainer.concepts.gan.shapes import EXTENT
from explainer.concepts.gan.side_by_side.settings import SideName
from explainer.engine.optimisers import adam, follow

BATCH = 150
SHIFT = (0.7, 0.45)  # by which the real points are moved
JUDGED = 300  # updates of a judge that begins anew
# A judge that trains alone may become as sure as it can: no R1, and quick.
_ALONE_RATE = 0.01
_BETAS = (0.5, 0.9)
_NOISE, _NEW, _UNSEEN = 31, 32, 34

Deed = tuple[Seen, Seen, Figures]

# -- the generator looks at real points --------------------------------------------------------


def real_points(amount: int, pair: Pair) -> Deed:
    """Move the real points (1), or call them forged (2), and take both losses again."""
    noise = pair.noise(BATCH, torch.Generator().manual_seed(_NOISE)).to(pair.device)
    real = torch.from_numpy(pair.real[:BATCH].copy()).to(pair.device)
    moved = real + torch.tensor(SHIFT, device=pair.device) if amount == 1 else real
    one = _both_losses(pair, noise, real, False)
    other = _both_losses(pair, noise, moved, amount == 2)
    gradient = torch.cat([part.flatten() for part in one[2]])
    again = torch.cat([part.flatten() for part in other[2]])
    figures = {
        "discriminator_loss": (one[0], other[0]),
        "generator_loss": (one[1], other[1]),
        "gradient": (float(gradient.norm()), float(again.norm())),
        "gradient_apart": (0.0, float((gradient - again).abs().max())),
        # 1: torch knows no way from the loss to the real points; 0: there is one.
        "unused": (float(one[3]), float(other[3])),
    }
    before = seen(pair)
    after = replace(before, real=sealed(moved.cpu().numpy()[:SHOWN].copy()))
    return before, after, figures


def _both_losses(
    pair: Pair, noise: Tensor, real: Tensor, swapped: bool
) -> tuple[float, float, tuple[Tensor, ...], bool]:
    """Return both losses, the generator's gradient, and whether the real points are not in it."""
    loss = pair.settings.loss
    real = real.clone().requires_grad_()
    fake = pair.generator(noise)
    on_real, on_fake = pair.discriminator(real), pair.discriminator(fake)
    labelled = (on_fake, on_real) if swapped else (on_real, on_fake)
    judged = discriminator_loss(loss, *labelled)
    forged = generator_loss(loss, on_fake)
    weights = list(pair.generator.parameters())
    gradient = torch.autograd.grad(forged, weights, retain_graph=True)
    (to_real,) = torch.autograd.grad(forged, real, allow_unused=True)
    return judged.item(), forged.item(), gradient, to_real is None


# -- a falling loss means better fakes ------------------------------------------------------------


def frozen_judge(amount: int, pair: Pair) -> Deed:
    """Let the generator alone learn, against a judge that stands still."""
    alone = copied(pair)
    optimiser = adam(alone.generator, pair.settings.generator_rate, _BETAS)
    weights: list[Tensor] = list(alone.generator.parameters())
    random = torch.Generator().manual_seed(_NOISE)
    for _ in range(amount):
        fake = alone.generator(alone.noise(BATCH, random).to(pair.device))
        follow(optimiser, weights, generator_loss(pair.settings.loss, alone.discriminator(fake)))
    before, after = seen(pair), seen(alone)
    stood, stands = (Stand(1000).read(each) for each in (pair, alone))
    figures = {
        "generator_loss": (_loss_of_fakes(pair), _loss_of_fakes(alone)),
        "distance": (stood.distance or 0.0, stands.distance or 0.0),
        "modes": (float(sum(before.covered)), float(sum(after.covered))),
        "off": (_off(before), _off(after)),
        "judge_apart": (0.0, float(np.abs(before.surface - after.surface).max())),
    }
    return before, after, figures


def _off(shown: Seen) -> float:
    """Return which share of the fakes shown lies off the plane."""
    return float((np.abs(shown.fakes) > EXTENT).any(axis=1).mean())


def _loss_of_fakes(pair: Pair) -> float:
    noise = pair.noise(1000, torch.Generator().manual_seed(_NEW)).to(pair.device)
    with torch.no_grad():
        return generator_loss(pair.settings.loss, pair.discriminator(pair.generator(noise))).item()


# -- a better judge makes a better forger ---------------------------------------------------------


def better_judge(amount: int, pair: Pair) -> Deed:
    """Let the judge alone learn, and look at the gradient that the minimax loss sends back."""
    alone = copied(replace(pair, settings=replace(pair.settings, loss="minimax", r1=0.0)))
    standing = replace(pair, settings=alone.settings)
    teach_judge(alone, alone.generator, amount)
    before, after = seen(standing), seen(alone)
    stood, stands = (Stand(1000, distance=False).read(each) for each in (standing, alone))
    open_ended = [
        Stand(1000, distance=False).read(
            replace(each, settings=replace(each.settings, loss="non-saturating"))
        )
        for each in (standing, alone)
    ]
    figures = {
        "accuracy": (stood.accuracy, stands.accuracy),
        "pull": (stood.pull, stands.pull),
        "other_pull": (open_ended[0].pull, open_ended[1].pull),
    }
    return before, after, figures


def teach_judge(pair: Pair, forger: Generator | None, updates: int) -> None:
    """Train a discriminator alone; without a forger its fakes are fresh real points."""
    optimiser = adam(pair.discriminator, _ALONE_RATE, _BETAS)
    weights: list[Tensor] = list(pair.discriminator.parameters())
    random = torch.Generator().manual_seed(_NOISE)
    perfect = torch.from_numpy(fresh_real(pair, 20_000, _NEW)).to(pair.device)
    real = torch.from_numpy(pair.real.copy()).to(pair.device)
    for _ in range(updates):
        picked = torch.randint(len(real), (2, BATCH), generator=random).to(pair.device)
        if forger is None:
            fake = perfect[picked[1]]
        else:
            with torch.no_grad():
                fake = forger(pair.noise(BATCH, random).to(pair.device))
        on_real, on_fake = pair.discriminator(torch.cat((real[picked[0]], fake))).chunk(2)
        follow(optimiser, weights, discriminator_loss("non-saturating", on_real, on_fake))


# -- the losses should go to zero; with perfect fakes a judge can only guess ----------------------


def new_judge(amount: int, pair: Pair) -> Deed:
    """Let a judge begin anew against a forger without skill (1), this one (2), a perfect one (3).

    A perfect forger's fakes are real points that nobody has learned from.
    """
    settings, random = pair.settings, torch.Generator().manual_seed(_NEW)
    size = (settings.layers, settings.units, settings.activation, random)
    unskilled = Generator(settings.noise_size, *size).to(pair.device)
    judge = Discriminator(*size).to(pair.device)
    forger = {1: unskilled, 3: None}.get(amount, pair.generator)
    alone = replace(pair, discriminator=judge, generator=forger or pair.generator)
    first = _judged(alone, forger)
    before = seen(alone, fakes=_fakes(alone, forger, SHOWN))
    if amount:
        alone = replace(alone, discriminator=copy.deepcopy(judge))
        teach_judge(alone, forger, JUDGED)
    last = _judged(alone, forger)
    after = seen(alone, fakes=_fakes(alone, forger, SHOWN))
    figures = {name: (first[name], last[name]) for name in first}
    return before, after, figures


def _fakes(pair: Pair, forger: Generator | None, count: int) -> np.ndarray:
    if forger is None:
        return fresh_real(pair, count)
    with torch.no_grad():
        noise = pair.noise(count, torch.Generator().manual_seed(_NEW)).to(pair.device)
        made: np.ndarray = forger(noise).cpu().numpy()
    return made


@torch.no_grad()
def _judged(pair: Pair, forger: Generator | None) -> dict[str, float]:
    """Return both losses and the judge's accuracy on points that it has not learned from."""
    real, fake = fresh_real(pair, 2000, _UNSEEN), _fakes(pair, forger, 2000)
    on_real = pair.discriminator(torch.from_numpy(real).to(pair.device))
    on_fake = pair.discriminator(torch.from_numpy(fake).to(pair.device))
    right = ((on_real > 0).float().mean() + (on_fake <= 0).float().mean()) / 2
    return {
        "discriminator_loss": discriminator_loss("non-saturating", on_real, on_fake).item(),
        "generator_loss": generator_loss("non-saturating", on_fake).item(),
        "accuracy": float(right),
    }


# -- GANs memorise the training points ------------------------------------------------------------


def nearest(amount: int, pair: Pair) -> Deed:
    """Measure how far the nearest training point is from fakes, and from fresh real points."""
    before = seen(pair)
    count = max(amount, 1)
    noise = pair.noise(count, torch.Generator().manual_seed(_NEW)).to(pair.device)
    with torch.no_grad():
        fakes = pair.generator(noise).cpu().numpy()
    others = fresh_real(pair, count)
    to_fakes, to_others = (_distances(points, pair.real) for points in (fakes, others))
    # Of two clouds as far from the training points, half of one lies nearer than the other's
    # middle; copies would all lie nearer.
    figures = {
        "nearest": (float(np.median(to_others)), float(np.median(to_fakes))),
        "nearer": (0.5, float((to_fakes < np.median(to_others)).mean())),
    }
    return before, before, figures


def _distances(points: np.ndarray, pool: np.ndarray) -> np.ndarray:
    """Return how far the nearest point of a pool is from each point."""
    nearest_of = [
        np.sqrt(np.square(part[:, None, :] - pool[None, :, :]).sum(axis=2).min(axis=1))
        for part in np.array_split(points, max(1, len(points) // 50))
    ]
    return np.concatenate(nearest_of)


# -- mode collapse is seen in the loss; more rounds are always better -----------------------------


def both_sides(pairs: Mapping[SideName, Pair]) -> Deed:
    """Look at both sides as they stand: A before, B after."""
    left, right = (Stand(1000).read(pairs[side]) for side in ("left", "right"))
    before, after = seen(pairs["left"]), seen(pairs["right"])
    figures = {
        "modes": (float(sum(before.covered)), float(sum(after.covered))),
        "distance": (left.distance or 0.0, right.distance or 0.0),
        "floor": (left.floor, right.floor),
    }
    return before, after, figures
