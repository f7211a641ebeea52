"""How long one layer takes to read a sentence, in four ways, on this machine."""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from explainer.concepts.transformer.cuts import Place
from explainer.concepts.transformer.multihead import D_MODEL, MultiHeadAttention
from explainer.concepts.transformer.parallel.probe import Timings

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


class LoopedLSTM(nn.Module):
    """An LSTM one Python step a word: each needs the state before it."""

    def __init__(self) -> None:
        super().__init__()
        self.cell = nn.LSTMCell(D_MODEL, D_MODEL)

    def forward(self, x: Tensor) -> Tensor:
        """Return shape (B, T, d_model)."""
        h = c = x.new_zeros(x.shape[0], D_MODEL)
        states = []
        for word in x.unbind(dim=1):
            h, c = self.cell(word, (h, c))  # waits for the h before it
            states.append(h)
        return torch.stack(states, dim=1)


def layers(device: torch.device) -> tuple[tuple[nn.Module, Layer], ...]:
    """Return each way's module, and how it is called, in the order of `probe.WAYS`."""
    place = Place("encoder", 0)
    written_out = MultiHeadAttention(place, HEADS).to(device)
    fused = FusedAttention(place, HEADS).to(device)
    lstm = nn.LSTM(D_MODEL, D_MODEL, batch_first=True).to(device)
    loop = LoopedLSTM().to(device)
    return (
        (written_out, lambda x: written_out(x, x, None)),
        (fused, fused.read),
        (lstm, lambda x: lstm(x)[0]),
        (loop, loop),
    )


@lru_cache(maxsize=16)
def time_layers(device: torch.device, take: int = 0) -> Timings:
    """Measure every way at every length, forward alone and with the way back.

    Every `take` is measured once. The random state of training is left as it was.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        made = layers(device)
        forward = np.zeros((len(made), len(LENGTHS)))
        training = np.zeros_like(forward)
        for column, length in enumerate(LENGTHS):
            x = torch.randn(BATCH, length, D_MODEL, device=device)
            for row, (module, layer) in enumerate(made):
                forward[row, column] = _median(partial(_read, layer, x), device)
                training[row, column] = _median(partial(_learn, module, layer, x), device)
    for table in (forward, training):
        table.setflags(write=False)
    return Timings(
        LENGTHS, forward, training, device.type, _processor(device), torch.get_num_threads(),
        BATCH, D_MODEL, RUNS,
    )  # fmt: skip


def _read(layer: Layer, x: Tensor) -> None:
    with torch.no_grad():
        layer(x)


def _learn(module: nn.Module, layer: Layer, x: Tensor) -> None:
    with torch.enable_grad():
        module.zero_grad()
        layer(x).sum().backward()  # type: ignore[no-untyped-call]


def _median(run: Callable[[], None], device: torch.device) -> float:
    """Return the median of `RUNS` runs after one that warms up, in milliseconds."""
    taken = []
    for _ in range(RUNS + 1):
        _settle(device)
        began = time.perf_counter()
        run()
        _settle(device)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken[1:])


def _settle(device: torch.device) -> None:
    """Wait until a GPU has done what it was told."""
    if device.type == "cuda":
        torch.cuda.synchronize()
    elif device.type == "mps":
        torch.mps.synchronize()


def _processor(device: torch.device) -> str:
    if device.type == "cuda":
        return torch.cuda.get_device_name()
    cpus = Path("/proc/cpuinfo")
    if device.type == "cpu" and cpus.exists():
        for line in cpus.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
