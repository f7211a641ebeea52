"""Films on disk: safetensors with settings and version; refuses what it cannot trust."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from explainer.engine.experiment import State
from explainer.engine.film import Kept, Strip
from explainer.lesson import Problem, Text

if TYPE_CHECKING:
    import torch

FORMAT = "explainer-film-1"

_MISSING = Text(
    "The checkpoint {file} does not exist; check the path.",
    "체크포인트 {file} 파일이 없습니다. 경로를 확인하세요.",
)
_DAMAGED = Text(
    "The checkpoint {file} is damaged or no safetensors file ({why}); train a new one with"
    " 'main.py train ... --out FILE'.",
    "체크포인트 {file} 파일이 손상되었거나 safetensors 형식이 아닙니다({why})."
    " 'main.py train ... --out 파일'로 새로 만드세요.",
)
_FOREIGN = Text(
    "The checkpoint {file} was not made for {concept} by this version; train a new one with"
    " 'main.py train ... --out FILE'.",
    "체크포인트 {file} 파일은 이 버전의 {concept} 모델로 만든 것이 아닙니다."
    " 'main.py train ... --out 파일'로 새로 만드세요.",
)
_MISFIT = Text(
    "The checkpoint {file} does not fit the model ({why}); train a new one with"
    " 'main.py train ... --out FILE'.",
    "체크포인트 {file} 파일이 모델과 맞지 않습니다({why})."
    " 'main.py train ... --out 파일'로 새로 만드세요.",
)
_UNWRITABLE = Text(
    "{file} cannot be written ({why}); choose another place for --out.",
    "{file} 파일을 쓸 수 없습니다({why}). --out을 다른 위치로 바꾸세요.",
)


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a checkpoint holds.

    Attributes
    ----------
    settings : mapping
        The experiment's settings in force at its newest frame.
    frames : tuple of Kept
        Oldest first; at least one.
    metrics : mapping
        Name to (steps, values).
    """

    settings: Mapping[str, Any]
    frames: tuple[Kept, ...]
    metrics: Mapping[str, tuple[np.ndarray, np.ndarray]]


def save(
    file: Path, concept: str, settings: Mapping[str, Any], frames: tuple[Kept, ...], strip: Strip
) -> None:
    """Write a film; the file appears whole or not at all.

    Raises
    ------
    Problem
        If the file cannot be written.
    """
    import torch
    from safetensors.torch import save_file

    tensors: dict[str, torch.Tensor] = {}
    for frame in frames:
        for name, tensor in frame.state.items():
            tensors[f"{frame.step}/{name}"] = tensor.detach().cpu().contiguous().clone()
    names = sorted({name for track in strip.tracks for name in track.metrics})
    for name in names:
        steps, values = strip.curve(name)
        tensors[f"metrics/{name}/steps"] = torch.from_numpy(steps.copy())
        tensors[f"metrics/{name}/values"] = torch.from_numpy(values.copy())
    described = {
        "format": FORMAT,
        "concept": concept,
        "settings": json.dumps(dict(settings)),
        "frames": json.dumps([[f.step, dict(f.settings)] for f in frames]),
    }
    partial = file.with_name(file.name + ".partial")
    try:
        save_file(tensors, str(partial), metadata=described)
        partial.chmod(0o644)  # safetensors writes files that only their owner can read
        os.replace(partial, file)
    except OSError as error:
        raise Problem(_UNWRITABLE.filled(file=file, why=error.strerror or "error")) from error
    except Exception as error:  # safetensors raises its own class for what the disk refuses
        raise Problem(_UNWRITABLE.filled(file=file, why=_brief(error))) from error
    finally:
        partial.unlink(missing_ok=True)


def load(file: Path, concept: str, expected: State) -> Shipped:
    """Read a film and check it against the state of an untrained model.

    Parameters
    ----------
    file : Path
    concept : str
        The concept it must have been made for.
    expected : State
        Names, shapes and types that each frame must have.

    Raises
    ------
    Problem
        If the file is missing, damaged, foreign, of other shapes, or holds numbers that are not
        finite.
    """
    from safetensors import SafetensorError, safe_open

    if not file.is_file():
        raise Problem(_MISSING.filled(file=file))
    try:
        with safe_open(str(file), framework="pt") as opened:
            described = opened.metadata() or {}
            if described.get("format") != FORMAT or described.get("concept") != concept:
                raise Problem(_FOREIGN.filled(file=file.name, concept=concept))
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
        settings = json.loads(described["settings"])
        stored = [(int(step), used) for step, used in json.loads(described["frames"])]
    except (SafetensorError, OSError, KeyError, ValueError, TypeError) as error:
        raise Problem(_DAMAGED.filled(file=file.name, why=_brief(error))) from error
    frames = tuple(
        Kept(step, _checked(tensors, step, expected, file), used) for step, used in sorted(stored)
    )
    if not frames:
        raise Problem(_DAMAGED.filled(file=file.name, why="no frames"))
    metrics = {}
    for name in {n.split("/")[1] for n in tensors if n.startswith("metrics/")}:
        steps = tensors[f"metrics/{name}/steps"].numpy()
        metrics[name] = (steps, tensors[f"metrics/{name}/values"].numpy())
    return Shipped(settings, frames, metrics)


def _checked(
    tensors: Mapping[str, torch.Tensor], step: int, expected: State, file: Path
) -> State:
    import torch

    state: State = {}
    for name, wanted in expected.items():
        tensor = tensors.get(f"{step}/{name}")
        if tensor is None:
            raise Problem(_MISFIT.filled(file=file.name, why=f"{name} is missing"))
        if tensor.shape != wanted.shape or tensor.dtype != wanted.dtype:
            shapes = f"{name} is {tuple(tensor.shape)}, not {tuple(wanted.shape)}"
            raise Problem(_MISFIT.filled(file=file.name, why=shapes))
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise Problem(_MISFIT.filled(file=file.name, why=f"{name} holds NaN or infinity"))
        state[name] = tensor
    return state


def _brief(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
