"""Adam as a film needs it: every frame alike, the first one too; and updates of one net only."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor, nn


def adam(
    net: nn.Module, learning_rate: float, betas: tuple[float, float] = (0.9, 0.999)
) -> torch.optim.Optimizer:
    """Return Adam over a net's parameters, its state made at once.

    Left to itself it makes its state in the first step, and a frame kept before has none.
    """
    parameters = list(net.parameters())
    made = torch.optim.Adam(parameters, lr=learning_rate, betas=betas, fused=True)
    for parameter in parameters:
        made.state[parameter] = {
            "step": torch.zeros((), device=parameter.device),
            "exp_avg": torch.zeros_like(parameter),
            "exp_avg_sq": torch.zeros_like(parameter),
        }
    return made


def remembered(
    net: nn.Module, optimiser: torch.optim.Optimizer, prefix: str
) -> Iterator[tuple[str, Tensor]]:
    """Yield every tensor that an optimiser keeps for a net, by the name it has in a state."""
    for name, parameter in net.named_parameters():
        for key, tensor in optimiser.state[parameter].items():
            yield f"optimiser.{prefix}.{key}.{name}", tensor


def follow(optimiser: torch.optim.Optimizer, parameters: list[Tensor], loss: Tensor) -> None:
    """Make one update of these parameters, and of no others that the loss depends on."""
    gradients = torch.autograd.grad(loss, parameters)
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = gradient
    optimiser.step()
