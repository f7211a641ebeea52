"""Which errors say that a GPU is gone."""

from __future__ import annotations

import pytest

from explainer.engine.device import is_lost


class OutOfMemoryError(RuntimeError):
    """Named as torch names it."""


class AcceleratorError(RuntimeError):
    """Named as torch names it."""


@pytest.mark.parametrize(
    "error",
    [
        OutOfMemoryError(),
        AcceleratorError(),
        RuntimeError("CUDA error: an illegal memory access was encountered"),
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError("CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`"),
        RuntimeError("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"),
        RuntimeError("MPS backend out of memory (MPS allocated: 9.05 GB)"),
    ],
)
def test_a_gpu_that_is_gone_is_recognised(error: Exception) -> None:
    assert is_lost(error)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("The size of tensor a (3) must match the size of tensor b (4)"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:117] not enough memory"),
        ValueError("CUDA error"),
        MemoryError(),
    ],
)
def test_other_errors_are_not_the_gpus(error: Exception) -> None:
    assert not is_lost(error)
