"""What the training scene asks: now, along the film, and about the update that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from explainer.concepts.cnn.reading import ReadProbabilities
from explainer.engine.arrays import read_only
from explainer.engine.datasets import digits
from explainer.models.digit_net import DigitNet

if TYPE_CHECKING:
    from explainer.concepts.cnn.experiment import DigitExperiment, Parts

Floats = NDArray[np.float32]
SHOWN = 32  # digits of a batch that are copied out for the stage


@dataclass(frozen=True, slots=True, eq=False)
class NowReading:
    """What the net says now; arrays are read-only.

    Parameters
    ----------
    drawing : ndarray, shape (10,), or None
        Probabilities of the drawing; None on an empty pad.
    wall : int or None
        The test digit that was asked about.
    wall_probabilities : ndarray, shape (10,), or None
    """

    drawing: Floats | None
    wall: int | None
    wall_probabilities: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class ReadNow:
    """What the net says about the drawing and about one test digit.

    Parameters
    ----------
    image : ndarray of float32, shape (28, 28), or None
        The drawing as the net gets it.
    wall : int or None
        A test digit.
    """

    image: Floats | None
    wall: int | None = None

    def read(self, net: DigitNet) -> NowReading:
        """Return the probabilities of both."""
        wall = None
        if self.wall is not None:
            wall = _probabilities(net, digits().test_images[self.wall].astype(np.float32) / 255)
        drawing = None if self.image is None else _probabilities(net, self.image)
        return NowReading(drawing, self.wall, wall)


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """The net at one frame of the film; arrays are read-only.

    Parameters
    ----------
    filters : ndarray, shape (maps, k, k)
        Kernels of the first layer, averaged.
    drawing : ndarray, shape (10,), or None
        Probabilities of the drawing.
    """

    filters: Floats
    drawing: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class ReadMoment:
    """The first layer's kernels and the probabilities of the drawing, at any frame of the film.

    Parameters
    ----------
    image : ndarray of float32, shape (28, 28), or None
        The drawing as the net gets it.
    """

    image: Floats | None

    def read(self, net: DigitNet) -> Moment:
        """Return both as the net has them."""
        drawing = None if self.image is None else _probabilities(net, self.image)
        return Moment(read_only(net.conv1.weight[:, 0]), drawing)


def _probabilities(net: DigitNet, image: Floats) -> Floats:
    return ReadProbabilities(image).read(net)


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """One update, taken apart; arrays are read-only.

    Parameters
    ----------
    step : int
        The update's number, from 1.
    images : ndarray, shape (up to 32, 28, 28)
        The first digits of its batch, augmented as they were learned from; ink 0 to 1.
    labels : ndarray of int, shape (batch size,)
    logits, probabilities : ndarray, shape (batch size, 10)
        What the net said before the update. It is the net that learns: the averaged one, which
        the rest of the stage shows, follows it.
    losses : ndarray, shape (batch size,)
        Minus the logarithm of the probability of each right answer, in nats.
    loss : float
        The mean that `step` itself returned.
    gradient_norms : ndarray, shape (4,)
    index : tuple of int
        The weight of conv1 that the update changes most, as (map, row, column).
    kernel, kernel_gradient : ndarray, shape (k, k)
        The kernel it belongs to before the update, and its gradient.
    before, gradient, after : float
        That weight before and after, and the slope of the loss along it.
    direction : float
        What the optimiser makes of the gradient: the weight moves by minus
        `learning_rate` times this.
    learning_rate : float
    average_before, average_after : float
        The same weight in the averaged net.
    """

    step: int
    images: Floats
    labels: NDArray[np.int64]
    logits: Floats
    probabilities: Floats
    losses: Floats
    loss: float
    gradient_norms: Floats
    index: tuple[int, int, int]
    kernel: Floats
    kernel_gradient: Floats
    before: float
    gradient: float
    after: float
    direction: float
    learning_rate: float
    average_before: float
    average_after: float

    @property
    def computed(self) -> float:
        """The weight after the update, by the arithmetic the stage shows."""
        return self.before - self.learning_rate * self.direction


@dataclass(frozen=True, slots=True)
class NextUpdate:
    """What the next update will do: it is made, looked at, and taken back.

    Parameters
    ----------
    under : tuple
        The live settings in force. They are not used, but under others it is another question.
    """

    under: tuple[Any, ...] = ()

    @torch.no_grad()
    def watch(self, experiment: DigitExperiment) -> Update:
        """Make one step and return what it did; the caller takes it back.

        Parameters
        ----------
        experiment : DigitExperiment
            Left one step further on.
        """
        before = [weight.detach().clone() for weight in experiment.first_kernels()]
        with torch.enable_grad():
            metrics = experiment.step()
        parts = experiment.parts()
        net, average = experiment.first_kernels()
        change = (net - before[0])[:, 0].abs()
        where = np.unravel_index(int(change.argmax()), tuple(change.shape))
        index = int(where[0]), int(where[1]), int(where[2])
        at = index[0], 0, index[1], index[2]
        assert net.grad is not None  # step() has just filled it
        return Update(
            step=experiment.steps,
            images=read_only(parts.images[:SHOWN, 0]),
            labels=read_only(parts.labels),
            logits=read_only(parts.logits),
            probabilities=read_only(parts.logits.softmax(dim=1)),
            losses=read_only(F.cross_entropy(parts.logits, parts.labels, reduction="none")),
            loss=metrics["loss"],
            gradient_norms=experiment.snapshot().gradient_norms,
            index=index,
            kernel=read_only(before[0][index[0], 0]),
            kernel_gradient=read_only(net.grad[index[0], 0]),
            before=float(before[0][at]),
            gradient=float(net.grad[at]),
            after=float(net[at]),
            direction=float(_direction(parts, net)[at]),
            learning_rate=float(parts.optimiser.param_groups[0]["lr"]),
            average_before=float(before[1][at]),
            average_after=float(average[at]),
        )


def _direction(parts: Parts, weight: Tensor) -> Tensor:
    """Return what the optimiser made of a weight's gradients, from its own state.

    References
    ----------
    D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
    """
    kept: dict[str, Any] = parts.optimiser.state[weight]
    if "momentum_buffer" in kept:
        return kept["momentum_buffer"]
    group = parts.optimiser.param_groups[0]
    first, second = group["betas"]
    count = float(kept["step"])
    mean = kept["exp_avg"] / (1 - first**count)
    square = kept["exp_avg_sq"] / (1 - second**count)
    return mean / (square.sqrt() + group["eps"])
