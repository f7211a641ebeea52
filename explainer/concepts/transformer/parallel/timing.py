"""How long one layer takes to read a sentence, in five ways, on this machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode

from explainer.concepts.transformer.cuts import Place
from explainer.concepts.transformer.multihead import D_MODEL, MultiHeadAttention
from explainer.concepts.transformer.parallel.probe import Timings
from explainer.engine.device import processor

LENGTHS = (8, 16, 32, 64, 128, 256)
BATCH, HEADS, RUNS = 8, 4, 5

Layer = Callable[[Tensor], Tensor]


class FusedAttention(MultiHeadAttention):
    """The same attention, scores, softmax and sum computed in one call."""

    def read(self, x: Tensor) -> Tensor:
        """Return shape (B, T, d_model)."""
        q, k, v = (self.split(w(x)) for w in (self.w_q, self.w_k, self.w_v))
        output: Tensor = self.w_o(self.merge(F.scaled_dot_product_attention(q, k, v)))
        return output


class LoopedGRU(nn.Module):
    """A GRU one Python step a word: each needs the state before it."""

    def __init__(self) -> None:
        super().__init__()
        self.cell = nn.GRUCell(D_MODEL, D_MODEL)

    def forward(self, x: Tensor) -> Tensor:
        """Return shape (B, T, d_model)."""
        h = x.new_zeros(x.shape[0], D_MODEL)
        states = []
        for word in x.unbind(dim=1):
            h = self.cell(word, h)  # waits for the h before it
            states.append(h)
        return torch.stack(states, dim=1)


class Operators(TorchDispatchMode):
    """Counts the operators that torch runs while it is entered.

    What is fused is one operator however long the sentence; a loop inside a call is not.
    """

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.count += 1
        return func(*args, **(kwargs or {}))


def layers(device: torch.device) -> tuple[tuple[nn.Module, Layer], ...]:
    """Return each way's module, and how it is called, in the order of `probe.WAYS`."""
    place = Place("encoder", 0)
    written_out = MultiHeadAttention(place, HEADS).to(device)
    fused = FusedAttention(place, HEADS).to(device)
    loop = LoopedGRU().to(device)
    gru = nn.GRU(D_MODEL, D_MODEL, batch_first=True).to(device)
    lstm = nn.LSTM(D_MODEL, D_MODEL, batch_first=True).to(device)
    return (
        (written_out, lambda x: written_out(x, x, None)),
        (fused, fused.read),
        (loop, loop),
        (gru, lambda x: gru(x)[0]),
        (lstm, lambda x: lstm(x)[0]),
    )


@lru_cache(maxsize=16)
def time_layers(device: torch.device, take: int = 0) -> Timings:
    """Measure every way at every length, forward alone and with the way back.

    Every `take` is measured once. The random state of training is left as it was.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        made = layers(device)
        shape = len(made), len(LENGTHS)
        forward, training = np.zeros(shape), np.zeros(shape)
        operators = {"forward": np.zeros(shape, int), "training": np.zeros(shape, int)}
        for column, length in enumerate(LENGTHS):
            x = torch.randn(BATCH, length, D_MODEL, device=device)
            for row, (module, layer) in enumerate(made):
                read, learn = partial(_read, layer, x), partial(_learn, module, layer, x)
                # The run that counts is also the one that warms up.
                operators["forward"][row, column] = _counted(read)
                forward[row, column] = _median(read, device)
                operators["training"][row, column] = _counted(learn)
                training[row, column] = _median(learn, device)
    for table in (forward, training, *operators.values()):
        table.setflags(write=False)
    return Timings(
        LENGTHS, forward, training, operators, device.type, processor(device.type),
        torch.get_num_threads(), BATCH, D_MODEL, RUNS,
    )  # fmt: skip


def _read(layer: Layer, x: Tensor) -> None:
    with torch.no_grad():
        layer(x)


def _learn(module: nn.Module, layer: Layer, x: Tensor) -> None:
    with torch.enable_grad():
        module.zero_grad()
        layer(x).sum().backward()  # type: ignore[no-untyped-call]


def _median(run: Callable[[], None], device: torch.device) -> float:
    """Return the median of `RUNS` runs, in milliseconds."""
    taken = []
    for _ in range(RUNS):
        _settle(device)
        began = time.perf_counter()
        run()
        _settle(device)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def _counted(run: Callable[[], None]) -> int:
    with Operators() as counter:
        run()
    return counter.count


def _settle(device: torch.device) -> None:
    """Wait until a GPU has done what it was told."""
    if device.type == "cuda":
        torch.cuda.synchronize()
    elif device.type == "mps":
        torch.mps.synchronize()
