"""The nets of the scene's other shipped films, for pictures that hold two runs side by side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from safetensors import safe_open

from explainer.concepts.gan.dcgan import NOISE, Discriminator, Generator
from explainer.concepts.gan.digits.experiment import Pair, learned
from explainer.engine.assets import asset

COLLAPSED = "checkpoints/gan-digits-collapsed.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """A pair as a shipped film left it.

    Parameters
    ----------
    pair : Pair
    step : int
        Rounds it had learned for.
    settings : dict
        Those it learned with.
    """

    pair: Pair
    step: int
    settings: dict[str, Any]


@cache
def as_shipped(name: str) -> Learned:
    """Return the pair of a film's newest frame, never to be changed.

    Raises
    ------
    Problem
        If the film is missing or altered.
    """
    with safe_open(str(asset(name)), framework="pt") as film:
        settings = json.loads(film.metadata()["settings"])
        newest = max(step for step, _ in json.loads(film.metadata()["frames"]))
        generator = Generator(NOISE, settings["conditional"]).eval().requires_grad_(False)
        discriminator = Discriminator(settings["conditional"]).requires_grad_(False)
        for prefix, net in (("average", generator), ("discriminator", discriminator)):
            for tensor_name, tensor in learned(net):
                tensor.copy_(film.get_tensor(f"{newest}/{prefix}.{tensor_name}"))
    return Learned(Pair(generator, discriminator, settings["conditional"]), newest, settings)
