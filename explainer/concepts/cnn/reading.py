"""What the stage asks of a digit net, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from explainer.concepts.cnn.receptive import PATH, Field, receptive_fields
from explainer.engine.arrays import read_only
from explainer.models.digit_net import DigitNet

Floats = NDArray[np.float32]


class Request(Protocol):
    """A question, as a frozen dataclass that reads a net and changes nothing."""

    def read(self, net: DigitNet) -> Any:
        """Return the answer, its arrays read-only."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A picture's way through the net; arrays are read-only.

    Parameters
    ----------
    image : ndarray, shape (28, 28)
        The picture asked about, ink 0 to 1.
    layers : mapping of str to ndarray
        Every layer's output without the batch axis, by the names of `DigitNet.layers`:
        maps (channels, height, width), then vectors.
    conv1_terms : ndarray, shape (8, 1, height, width)
        What each input channel gives to each map of conv1, before sum and bias.
    conv2_terms : ndarray, shape (16, 8, height, width)
        What each map of pool1 gives to each map of conv2, before sum and bias; their sum over
        axis 1 plus the bias is conv2's output.
    map_shares : ndarray, shape (10, 16)
        What each map of pool2 gives to each logit through the hidden neurons that are on. Their
        sum over axis 1 plus `bias_shares` is the logits: with the ReLUs fixed the rest of the
        net is linear, so the division is exact.
    hidden_shares : ndarray, shape (10, 128)
        What each hidden neuron gives to each logit.
    bias_shares : ndarray, shape (10,)
        What the biases of the two linear layers give to each logit.
    fields : mapping of str to Field
        What a unit of each map sees of the picture; ReLU sees what its convolution does.
    """

    image: Floats
    layers: Mapping[str, Floats]
    conv1_terms: Floats
    conv2_terms: Floats
    map_shares: Floats
    hidden_shares: Floats
    bias_shares: Floats
    fields: Mapping[str, Field]

    @property
    def probabilities(self) -> Floats:
        """Shape (10,), sums to 1."""
        return self.layers["probabilities"]


@dataclass(frozen=True, slots=True, eq=False)
class ReadDigit:
    """How the net reads a picture, layer by layer.

    Parameters
    ----------
    image : ndarray of float32, shape (28, 28)
        Ink 0 to 1.
    """

    image: Floats

    @torch.no_grad()
    def read(self, net: DigitNet) -> Reading:
        """Return every layer's output and what gives what to the next."""
        picture = net.batch(self.image[None])
        layers = net.layers(picture)
        is_on = (layers["hidden"] > 0).float()
        # (10, 128) through the hidden neurons that are on, then (10, 400) to pool2's cells.
        through = net.output.weight * is_on
        cells = (through @ net.hidden.weight) * layers["pool2"].flatten(1)
        return Reading(
            image=read_only(picture[0, 0]),
            layers=MappingProxyType({name: read_only(out[0]) for name, out in layers.items()}),
            conv1_terms=read_only(channel_terms(picture, net.conv1)),
            conv2_terms=read_only(channel_terms(layers["pool1"], net.conv2)),
            map_shares=read_only(cells.view(10, net.conv2.out_channels, -1).sum(dim=2)),
            hidden_shares=read_only(net.output.weight * layers["hidden"]),
            bias_shares=read_only(through @ net.hidden.bias + net.output.bias),
            fields=MappingProxyType(dict(zip(PATH, receptive_fields(net), strict=True))),
        )


@dataclass(frozen=True, slots=True, eq=False)
class ReadProbabilities:
    """Which digit the net takes a picture for.

    Parameters
    ----------
    image : ndarray of float32, shape (28, 28)
        Ink 0 to 1.
    """

    image: Floats

    @torch.no_grad()
    def read(self, net: DigitNet) -> Floats:
        """Return the probabilities, shape (10,)."""
        return read_only(net(net.batch(self.image[None])).softmax(dim=1)[0])


@dataclass(frozen=True, slots=True, eq=False)
class ReadMany:
    """Which digit the net takes each of many pictures for.

    Parameters
    ----------
    images : ndarray of float32, shape (N, 28, 28)
        Ink 0 to 1.
    """

    images: Floats

    @torch.no_grad()
    def read(self, net: DigitNet) -> NDArray[np.int64]:
        """Return the most probable digit of each, shape (N,)."""
        device = net.conv1.weight.device
        # Batches of 100 stay in the cache of a small CPU.
        batches = torch.split(torch.tensor(self.images).unsqueeze(1), 100)
        return read_only(torch.cat([net(b.to(device)).argmax(dim=1) for b in batches]))


def channel_terms(x: Tensor, conv: torch.nn.Conv2d) -> Tensor:
    """Return what each input channel of one picture gives to each output map, without bias.

    Parameters
    ----------
    x : Tensor, shape (1, channels in, height, width)
    conv : Conv2d
        Ungrouped, any kernel, stride, padding and dilation.

    Returns
    -------
    Tensor, shape (channels out, channels in, new height, new width)
    """
    out, channels = conv.weight.shape[:2]
    kernels = conv.weight.transpose(0, 1).reshape(channels * out, 1, *conv.kernel_size)
    terms = F.conv2d(x, kernels, None, conv.stride, conv.padding, conv.dilation, groups=channels)
    return terms.view(channels, out, *terms.shape[2:]).transpose(0, 1)
