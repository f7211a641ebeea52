"""The convolutional network that reads a digit."""

from __future__ import annotations

from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from torch import Tensor, nn

from explainer.engine.assets import asset

# What each layer is called, and the module whose output it is.
LAYERS = {
    "conv1": "conv1",
    "relu1": "relu1",
    "pool1": "pool1",
    "conv2": "conv2",
    "relu2": "relu2",
    "pool2": "pool2",
    "hidden": "relu3",
    "logits": "output",
}


class DigitNet(nn.Module):
    """Two convolutions with max pooling, then two linear layers: 53,866 parameters.

    Measured, median of three seeds after 3, 8 and 15 s: 97.9, 98.6 and 99.1 % of the test digits.
    Neither kernels of 5x5 nor normalised pixels gain anything, and padding slows a step by a
    third: so windows are small, ink is 0 to 1, and paper is 0.

    Parameters
    ----------
    generator : torch.Generator, optional
        Draws the initial weights.

    References
    ----------
    Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to document
    recognition", Proceedings of the IEEE 86(11), 1998: LeNet-5, here with ReLU and max pooling.
    """

    def __init__(self, generator: torch.Generator | None = None) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, kernel_size=3)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(8, 16, kernel_size=3)
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(2)
        self.flatten = nn.Flatten()
        self.hidden = nn.Linear(16 * 5 * 5, 128)
        self.relu3 = nn.ReLU()
        self.output = nn.Linear(128, 10)
        for name, parameter in self.named_parameters():
            if name.endswith("weight"):
                nn.init.kaiming_uniform_(parameter, nonlinearity="relu", generator=generator)
            else:
                nn.init.zeros_(parameter)

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits, shape (B, 10), of images of shape (B, 1, 28, 28) with ink 0 to 1."""
        x = self.conv1(x)  # (B, 8, 26, 26)
        x = self.relu1(x)  # (B, 8, 26, 26)
        x = self.pool1(x)  # (B, 8, 13, 13)
        x = self.conv2(x)  # (B, 16, 11, 11)
        x = self.relu2(x)  # (B, 16, 11, 11)
        x = self.pool2(x)  # (B, 16, 5, 5)
        x = self.flatten(x)  # (B, 400)
        x = self.hidden(x)  # (B, 128)
        x = self.relu3(x)  # (B, 128)
        x = self.output(x)  # (B, 10)
        return x

    def layers(self, x: Tensor) -> dict[str, Tensor]:
        """Return every layer's output in order, `LAYERS` and then the probabilities."""
        outputs: dict[str, Tensor] = {}

        def keep(name: str):  # type: ignore[no-untyped-def]
            return lambda module, inputs, output: outputs.__setitem__(name, output)

        hooks = [
            self.get_submodule(module).register_forward_hook(keep(name))
            for name, module in LAYERS.items()
        ]
        try:
            logits = self(x)
        finally:
            for hook in hooks:
                hook.remove()
        outputs["probabilities"] = logits.softmax(dim=1)
        return outputs

    def batch(self, pictures: NDArray[np.float32]) -> Tensor:
        """Return pictures (B, 28, 28), ink 0 to 1, as an input (B, 1, 28, 28) where the net is."""
        weight = self.conv1.weight
        return torch.tensor(pictures, dtype=weight.dtype, device=weight.device).unsqueeze(1)


@cache
def trained() -> DigitNet:
    """Return the net as the shipped film left it: its averaged weights, never to be changed.

    Raises
    ------
    Problem
        If the film is missing or altered.
    """
    net = DigitNet()
    with safe_open(str(asset("checkpoints/cnn.safetensors")), framework="pt") as film:
        steps = {name.split("/")[0] for name in film.keys()}  # noqa: SIM118
        newest = max(int(step) for step in steps if step.isdigit())
        net.load_state_dict(
            {name: film.get_tensor(f"{newest}/average.{name}") for name in net.state_dict()}
        )
    return net.requires_grad_(False)
