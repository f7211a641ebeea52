"""Films on disk: safetensors with settings and version; refuses what it cannot trust."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from explainer.engine import origin
from explainer.engine.experiment import Factory, State
from explainer.engine.film import Kept, Strip
from explainer.engine.origin import Origin
from explainer.lesson import Problem, Text

if TYPE_CHECKING:
    import torch

FORMAT = "explainer-film-1"

MISSING = Text(
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
    name : str
        What its file is called.
    origins : tuple of Origin
        Where and when it was made; empty if that was not written down.
    """

    settings: Mapping[str, Any]
    frames: tuple[Kept, ...]
    metrics: Mapping[str, tuple[np.ndarray, np.ndarray]]
    name: str = ""
    origins: tuple[Origin, ...] = ()


def misfit(name: str, error: Exception) -> Problem:
    """Return what to say of a film that the model does not take."""
    return Problem(_MISFIT.filled(file=name, why=_brief(error)))


def _partial(file: Path) -> Path:
    return file.with_name(file.name + ".partial")


@contextmanager
def writable(file: Path) -> Iterator[None]:
    """Hold a place for a film while it is made.

    Raises
    ------
    Problem
        If no file can be written there.
    """
    if file.is_dir():
        raise Problem(_UNWRITABLE.filled(file=file, why="it is a folder"))
    partial = _partial(file)
    try:
        partial.touch()
    except OSError as error:
        raise Problem(_UNWRITABLE.filled(file=file, why=error.strerror or "error")) from error
    try:
        yield
    finally:
        partial.unlink(missing_ok=True)


def save(
    file: Path,
    concept: str,
    settings: Mapping[str, Any],
    frames: tuple[Kept, ...],
    strip: Strip,
    origins: tuple[Origin, ...] = (),
) -> None:
    """Write a film and where it was made; the file appears whole or not at all.

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
        "origins": json.dumps([dataclasses.astuple(made) for made in origins]),
    }
    partial = _partial(file)
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


def settings_of(
    file: Path, concept: str, expected: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the settings a film was made with, without reading its frames.

    Parameters
    ----------
    expected : mapping, optional
        The names and types they must have.

    Raises
    ------
    Problem
        If the file is missing, damaged or foreign.
    """
    with _opened(file, concept) as (_, described):
        settings = _settings(json.loads(described["settings"]))
        _check_settings(settings, settings if expected is None else expected)
        return settings


def load_for(factory: Factory, file: Path, concept: str) -> Shipped:
    """Read a film and check it against the model that its own settings make.

    Parameters
    ----------
    factory : callable
        (settings, device) to an Experiment.
    file : Path
    concept : str

    Raises
    ------
    Problem
        As `load`, and if the model refuses the settings.
    """
    untrained = factory({}, "cpu")
    known = dataclasses.asdict(untrained.settings)
    used = settings_of(file, concept, known)
    if used != known:
        untrained = factory(used, "cpu")
    return load(file, concept, untrained.state(), known)


@contextmanager
def _opened(file: Path, concept: str) -> Iterator[tuple[Any, Mapping[str, str]]]:
    """Hold a film's file open with what is written at its head; Problem if it is no such film."""
    from safetensors import SafetensorError, safe_open

    if not file.is_file():
        raise Problem(MISSING.filled(file=file))
    try:
        with safe_open(str(file), framework="pt") as opened:
            described = opened.metadata() or {}
            if described.get("format") != FORMAT or described.get("concept") != concept:
                raise Problem(_FOREIGN.filled(file=file.name, concept=concept))
            yield opened, described
    except (SafetensorError, OSError, KeyError, ValueError, TypeError) as error:
        raise Problem(_DAMAGED.filled(file=file.name, why=_brief(error))) from error


def load(
    file: Path, concept: str, expected: State, settings: Mapping[str, Any] | None = None
) -> Shipped:
    """Read a film and check it against an untrained model.

    Parameters
    ----------
    file : Path
    concept : str
        The concept it must have been made for.
    expected : State
        Names, shapes and types that each frame must have.
    settings : mapping, optional
        The untrained model's settings: the names and types that the film's must have.

    Raises
    ------
    Problem
        If the file is missing, damaged, foreign, of other shapes, or holds numbers that are not
        finite.
    """
    with _opened(file, concept) as (opened, described):
        tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
        used = _settings(json.loads(described["settings"]))
        frames_made = json.loads(described["frames"])
        stored = {int(step): _settings(of_step) for step, of_step in frames_made}
        metrics = _metrics(tensors)
        origins = origin.read(json.loads(described.get("origins", "[]")))
        if not stored:
            raise ValueError("no frames")
        for written in (used, *stored.values()):
            _check_settings(written, used if settings is None else settings)
    try:
        frames = tuple(
            Kept(step, _checked(tensors, step, expected), of_step)
            for step, of_step in sorted(stored.items())
        )
    except ValueError as error:
        raise misfit(file.name, error) from error
    return Shipped(used, frames, metrics, file.name, origins)


def _settings(written: Any) -> dict[str, Any]:
    """Return settings as they were: a file knows lists, where settings have tuples."""
    if not isinstance(written, dict):
        raise ValueError("its settings are not the model's")
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in written.items()
    }


def _metrics(
    tensors: Mapping[str, torch.Tensor],
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return the film's metrics; KeyError or ValueError if they are not whole."""
    metrics = {}
    for name in sorted({n.split("/")[1] for n in tensors if n.startswith("metrics/")}):
        steps = tensors[f"metrics/{name}/steps"].numpy()
        values = tensors[f"metrics/{name}/values"].numpy()
        if steps.ndim != 1 or steps.shape != values.shape or bool((np.diff(steps) <= 0).any()):
            raise ValueError(f"metric {name} is not whole")
        metrics[name] = (steps, values)
    return metrics


def _check_settings(written: Any, expected: Mapping[str, Any]) -> None:
    """Raise ValueError unless settings have the names and types of the expected ones."""
    if not isinstance(written, dict) or written.keys() != expected.keys():
        raise ValueError("its settings are not the model's")
    for name, value in expected.items():
        if type(written[name]) is not type(value) and not (
            isinstance(value, float) and type(written[name]) is int
        ):
            raise ValueError(f"its setting {name} is {written[name]!r}")


def _checked(tensors: Mapping[str, torch.Tensor], step: int, expected: State) -> State:
    """Return a frame's state; ValueError if the model cannot have been in it."""
    import torch

    state: State = {}
    for name, wanted in expected.items():
        tensor = tensors.get(f"{step}/{name}")
        if tensor is None:
            raise ValueError(f"{name} is missing")
        if tensor.shape != wanted.shape or tensor.dtype != wanted.dtype:
            raise ValueError(f"{name} is {tuple(tensor.shape)}, not {tuple(wanted.shape)}")
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise ValueError(f"{name} holds NaN or infinity")
        # Whole numbers without a dimension are counters: steps, epoch, place in the data.
        if not tensor.is_floating_point() and tensor.ndim == 0 and int(tensor) < 0:
            raise ValueError(f"{name} is {int(tensor)}")
        state[name] = tensor
    if "steps" in state and int(state["steps"]) != step:
        raise ValueError(f"frame {step} was made at step {int(state['steps'])}")
    return state


def _brief(error: Exception) -> str:
    lines = str(error).splitlines() or [""]
    if isinstance(error, KeyError):
        lines[0] = f"{lines[0]} is missing"
    brief = lines[0][:120] or type(error).__name__
    return brief.replace("{", "(").replace("}", ")")
