"""Fakes held against the training set, and one fake taken through both nets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explainer.concepts.gan.digits.experiment import Pair, forged
from explainer.concepts.gan.digits.probe import Pictures, asked_of, wall_noise
from explainer.concepts.gan.judge import (
    nearest,
    real_distances,
)
from explainer.engine.arrays import read_only
from explainer.engine.datasets import digits


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """Fakes beside the training digits nearest to them; arrays are read-only.

    Parameters
    ----------
    places : tuple of int
        Which of the wall's fakes.
    pictures, nearest : ndarray, (n, 28, 28)
    labels : ndarray, (n,)
        What the nearest digits are, as they were labelled.
    distances : ndarray, (n,)
        Euclidean, over pixels with ink 0 to 1.
    wall : ndarray, (60, 28, 28)
        Every fake on the wall.
    all_distances, real_distances : ndarray
        Of every fake on the wall, and of 200 real digits that nobody trained on.
    """

    places: tuple[int, ...]
    pictures: Pictures
    nearest: Pictures
    labels: np.ndarray
    distances: np.ndarray
    wall: Pictures
    all_distances: np.ndarray
    real_distances: np.ndarray


@dataclass(frozen=True, slots=True)
class ReadCopies:
    """Whether fakes are copies of training digits.

    Parameters
    ----------
    places : tuple of int
        Which of the wall's fakes are shown.
    """

    places: tuple[int, ...]

    def read(self, pair: Pair) -> Copies:
        noise, digit = wall_noise()
        pictures = forged(pair, noise, asked_of(pair, digit))
        found = nearest(pictures)
        shown = list(self.places)
        data = digits()
        known = data.train_images[found.places[shown]].astype(np.float32) / 255
        known.flags.writeable = False
        return Copies(
            places=self.places,
            pictures=read_only(pictures[shown, 0]),
            nearest=known,
            labels=data.train_labels[found.places[shown]],
            distances=found.distances[shown],
            wall=read_only(pictures[:, 0]),
            all_distances=found.distances,
            real_distances=real_distances(),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """One fake on its way through both nets; arrays are read-only.

    Parameters
    ----------
    noise : ndarray, (32,)
    grown : tuple of ndarray
        The generator's maps after each ReLU: (32, 7, 7) and (16, 14, 14).
    picture : ndarray, (28, 28)
        Ink 0 to 1.
    shrunk : tuple of ndarray
        The discriminator's maps after each LeakyReLU: (16, 14, 14) and (32, 7, 7).
    logit : float
    """

    noise: np.ndarray
    grown: tuple[np.ndarray, np.ndarray]
    picture: Pictures
    shrunk: tuple[np.ndarray, np.ndarray]
    logit: float


@dataclass(frozen=True, slots=True)
class ReadLayers:
    """One of the wall's fakes, layer by layer; the wall is the batch it is judged among.

    Parameters
    ----------
    place : int
        Which of the wall's.
    """

    place: int = 0

    @torch.no_grad()
    def read(self, pair: Pair) -> Layers:
        generator, discriminator = pair.generator, pair.discriminator
        device = next(generator.parameters()).device
        noise, digit = (tensor.to(device) for tensor in wall_noise())
        asked = asked_of(pair, digit)
        seen: dict[str, Tensor] = {}

        def keep(name: str):  # type: ignore[no-untyped-def]
            return lambda module, given, made: seen.__setitem__(name, made)

        hooks = [
            net.get_submodule(name).register_forward_hook(keep(f"{net_name}.{name}"))
            for net_name, net, names in (
                ("g", generator, ("norm1", "norm2")),
                ("d", discriminator, ("down1", "norm2")),
            )
            for name in names
        ]
        try:
            pictures = generator(noise, asked)
            logits = discriminator(pictures, asked)
        finally:
            for hook in hooks:
                hook.remove()
        at = self.place
        leaky = torch.nn.functional.leaky_relu
        return Layers(
            noise=read_only(noise[at]),
            grown=(read_only(seen["g.norm1"][at].relu()), read_only(seen["g.norm2"][at].relu())),
            picture=read_only((pictures[at, 0] + 1) / 2),
            shrunk=(
                read_only(leaky(seen["d.down1"][at], 0.2)),
                read_only(leaky(seen["d.norm2"][at], 0.2)),
            ),
            logit=float(logits[at]),
        )
