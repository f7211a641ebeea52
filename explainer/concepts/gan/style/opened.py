"""What is asked of the layers: a fake with all that made it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from explainer.concepts.gan.style.noises import shown_noise
from explainer.concepts.gan.stylegan import Generator, same_in_all
from explainer.engine.arrays import read_only


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer at work on one fake; read-only.

    Parameters
    ----------
    style : ndarray, (before,)
        The factor of each map that goes in.
    demodulation : ndarray, (after,)
        The factor of each map that comes out.
    weight : ndarray, (after, before, 3, 3)
    maps : ndarray, (after, side, side)
        What comes out.
    strength : float
        Of the noise.
    """

    style: np.ndarray
    demodulation: np.ndarray
    weight: np.ndarray
    maps: np.ndarray
    strength: float


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A fake with all that made it; read-only.

    Parameters
    ----------
    constant : ndarray, (24, 7, 7)
    w : ndarray, (32,)
    layers : tuple of Layer
    picture : ndarray, (28, 28)
        Ink 0 to 1.
    """

    constant: np.ndarray
    w: np.ndarray
    layers: tuple[Layer, ...]
    picture: np.ndarray


@dataclass(frozen=True, slots=True)
class Open:
    """Ask for a fake, layer by layer, without noise.

    Parameters
    ----------
    fake : int
        Which of the fakes that are shown, 0 to 99.
    """

    fake: int = 0

    @torch.no_grad()
    def read(self, generator: Generator) -> Opened:
        """Return the layers' styles and maps."""
        synthesis = generator.synthesis
        w = generator.mapping(shown_noise(self.fake + 1)[-1:].to(synthesis.paper.device))
        x, layers = synthesis.constant, []
        for layer in synthesis.layers:
            s = layer.conv.style(w)  # (1, before)
            x = layer(x, w)  # (1, after, side, side)
            layers.append(
                Layer(
                    read_only(s[0]),
                    read_only(layer.conv.demodulation(s)[0]),
                    read_only(layer.conv.weight),
                    read_only(x[0]),
                    float(layer.strength),
                )
            )
        picture = (synthesis(same_in_all(w)) + 1) / 2
        return Opened(
            read_only(synthesis.constant[0]), read_only(w[0]), tuple(layers),
            read_only(picture[0, 0]),
        )  # fmt: skip
