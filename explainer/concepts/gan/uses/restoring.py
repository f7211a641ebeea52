"""Filling in what is missing of a digit, by a search for the noise that fits what is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

import numpy as np
import torch
from safetensors import safe_open
from torch import Tensor

from explainer.concepts.gan.stylegan import NOISE, Generator
from explainer.engine.assets import asset
from explainer.engine.datasets import digits

FILM = "checkpoints/gan-style.safetensors"
RATE = 0.1
TRIED = 200
_SEED = 41


@cache
def forger() -> Generator:
    """Return the StyleGAN of the style scene as its shipped film left it, never to be changed.

    Raises
    ------
    Problem
        If the film is missing or altered.
    """
    generator = Generator()
    with safe_open(str(asset(FILM)), framework="pt") as film:
        newest = max(step for step, _ in json.loads(film.metadata()["frames"]))
        generator.load_state_dict(
            {name: film.get_tensor(f"{newest}/average.{name}") for name in generator.state_dict()}
        )
    return generator.requires_grad_(False)


def window(x: int, y: int, side: int) -> np.ndarray:
    """Return which pixels are known, (28, 28) bool: all but a square about (x, y).

    A square that would reach over the edge is moved inside.
    """
    known = np.ones((28, 28), bool)
    left = min(max(x - side // 2, 0), 28 - side)
    top = min(max(y - side // 2, 0), 28 - side)
    known[top : top + side, left : left + side] = False
    return known


def mismatch(pictures: Tensor, wanted: Tensor, known: Tensor) -> Tensor:
    """Return the mean squared difference over the known pixels, for each picture, (B,).

    Parameters
    ----------
    pictures : Tensor, shape (B, 1, 28, 28)
    wanted : Tensor
        Of that shape, or one that fits it; what it says of unknown pixels does not count.
    known : Tensor, shape (28, 28)
        1 where a pixel is known, 0 elsewhere.
    """
    return ((pictures - wanted).square() * known).sum(dim=(1, 2, 3)) / known.sum()


def search(
    wanted: Tensor, known: Tensor, starts: int, steps: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield, before every step and after the last, where the search stands.

    The generator stays as it is: the gradient of the mismatch goes through it to the noise, and
    the noise is moved.

    Parameters
    ----------
    wanted : Tensor, shape (B, 1, 28, 28)
        Pictures with holes, ink -1 to 1.
    known : Tensor, shape (28, 28)
    starts : int
        Noises that are followed for each picture: of `TRIED` the ones that fit best as they are.
    steps : int

    Yields
    ------
    pictures : Tensor, shape (B, starts, 28, 28)
        Ink -1 to 1.
    losses : Tensor, shape (B, starts)

    References
    ----------
    R. Yeh et al., "Semantic image inpainting with deep generative models", CVPR 2017.
    """
    generator, count = forger(), len(wanted)
    z = _best_of_many(wanted, known, starts)  # (B · starts, NOISE)
    target = wanted.repeat_interleave(starts, dim=0)  # (B · starts, 1, 28, 28)
    slope, size = torch.zeros_like(z), torch.zeros_like(z)
    for step in range(steps + 1):
        with torch.enable_grad():
            z.requires_grad_()
            pictures = generator(z)  # (B · starts, 1, 28, 28)
            losses = mismatch(pictures, target, known)  # (B · starts,)
        yield pictures.detach().view(count, starts, 28, 28), losses.detach().view(count, starts)
        (gradient,) = torch.autograd.grad(losses.sum(), z)
        z = z.detach()
        # Adam, by hand: each start follows its own slope, measured in its own size.
        slope = 0.9 * slope + 0.1 * gradient
        size = 0.99 * size + 0.01 * gradient.square()
        unbiased = (size / (1 - 0.99 ** (step + 1))).sqrt() + 1e-8
        z = z - RATE * (slope / (1 - 0.9 ** (step + 1))) / unbiased


def _best_of_many(wanted: Tensor, known: Tensor, starts: int) -> Tensor:
    """Return the noises whose fakes fit best, (B · starts, NOISE), those of a picture together."""
    z, fakes = _tried()
    # |a - b|² = |a|² - 2 a·b + |b|²: |b|², of the known pixels of what is wanted, orders nothing.
    flat = (fakes * known).flatten(1)
    fit = flat.square().sum(dim=1) - 2 * (wanted * known).flatten(1) @ flat.T  # (B, TRIED)
    return z[fit.topk(starts, dim=1, largest=False).indices.flatten()]


@cache
def _tried() -> tuple[Tensor, Tensor]:
    """Return noises to choose from, (TRIED, NOISE), and their fakes, (TRIED, 1, 28, 28)."""
    z = torch.randn((TRIED, NOISE), generator=torch.Generator().manual_seed(_SEED))
    return z, torch.cat([forger()(part) for part in torch.split(z, 50)])


def clamped(pictures: np.ndarray, original: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return pictures whose known pixels are the original's."""
    return np.where(known, original, pictures)


@cache
def mean_image() -> np.ndarray:
    """Return the mean of the training digits, (28, 28), ink 0 to 1."""
    mean: np.ndarray = (digits().train_images.mean(axis=0) / 255).astype(np.float32)
    return mean
