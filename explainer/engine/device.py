"""Where tensors live: cuda, mps or cpu, chosen with a reason."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

from explainer.lesson import Problem, Text

NAMES = ("auto", "cpu", "cuda", "mps")


@dataclass(frozen=True, slots=True)
class Device:
    """A device in use.

    Attributes
    ----------
    key : str
        "cpu", "cuda" or "mps", as torch calls it.
    name : str
        As a person would call it.
    reason : Text or None
        Why it is not the one hoped for.
    """

    key: str
    name: str
    reason: Text | None = None


NO_GPU = Text(
    "No GPU that PyTorch can use was found, so the CPU trains.",
    "PyTorch가 쓸 수 있는 GPU가 없어 CPU로 학습합니다.",
)
GPU_LOST = Text(
    "The GPU ran out of memory or was lost, so training goes on on the CPU.",
    "GPU 메모리가 모자라거나 연결이 끊겨 CPU에서 학습을 이어 갑니다.",
)
_ABSENT = Text(
    "The device '{name}' is not available here; choose --device auto or --device cpu.",
    "이 컴퓨터에서는 '{name}' 장치를 쓸 수 없습니다. --device auto나 --device cpu를 고르세요.",
)

# What torch says in a plain RuntimeError.
_LOST = ("CUDA error", "CUDA out of memory", "CUBLAS", "cuDNN error", "MPS backend out of memory")


def choose(wanted: str = "auto") -> Device:
    """Return the device to train on; prepares torch for one-threaded work.

    Parameters
    ----------
    wanted : str
        One of `NAMES`. Only "auto" falls back.

    Raises
    ------
    Problem
        If a named device is absent.
    """
    import torch

    # With the interface running, two threads cost more than they gain (DESIGN.md, section 4).
    torch.set_num_threads(1)
    # Shown arithmetic is compared with the modules' own to 1e-5, which TF32 does not keep.
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        return Device("cuda", torch.cuda.get_device_name())
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        return Device("mps", "Apple GPU")
    if wanted == "cpu":
        return Device("cpu", "CPU")
    if wanted == "auto":
        return Device("cpu", "CPU", NO_GPU)
    raise Problem(_ABSENT.filled(name=wanted))


def warm_up() -> None:
    """Import what the first optimiser imports (1.8 s, measured), before anyone waits for it."""
    import torch

    weight = torch.nn.Parameter(torch.zeros(1))
    optimiser = torch.optim.Adam([weight], fused=True)
    weight.sum().backward()  # type: ignore[no-untyped-call]
    optimiser.step()


def is_lost(error: BaseException) -> bool:
    """Return whether an error says that a GPU has no memory left or does not answer."""
    # By name, so that asking needs no torch.
    if type(error).__name__ in ("OutOfMemoryError", "AcceleratorError"):
        return True
    return isinstance(error, RuntimeError) and any(said in str(error) for said in _LOST)


def memory(key: str) -> str | None:
    """Return a device's memory in words, or None where torch does not tell."""
    import torch

    if key != "cuda":
        return None
    free, total = torch.cuda.mem_get_info()
    return f"{free / 2**30:.1f} of {total / 2**30:.1f} GiB free"


def processor(key: str) -> str:
    """Return the name of what computes on a device, as far as it is known; "" of a lost GPU."""
    import torch

    if key == "cuda":
        return torch.cuda.get_device_name() if torch.cuda.is_available() else ""
    cpus = Path("/proc/cpuinfo")
    if key == "cpu" and cpus.exists():
        for line in cpus.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
