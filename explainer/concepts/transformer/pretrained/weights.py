"""The weights of a safetensors file, under the names of our own modules, in float32."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from explainer.concepts.transformer.pretrained import problems
from explainer.concepts.transformer.pretrained.bert import Bert, BertConfig
from explainer.concepts.transformer.pretrained.folder import Folder
from explainer.concepts.transformer.pretrained.gpt2 import Gpt2
from explainer.concepts.transformer.pretrained.names import NAMES, TURNED
from explainer.concepts.transformer.pretrained.problems import problem

Net = Bert | Gpt2
MOST_PARAMETERS = 1_000_000_000  # 4 GB in float32
# A model with a head for a task keeps the rest under this name.
PREFIXES = ("", "bert.", "transformer.")
_TYPES = {torch.float32: "float32", torch.float16: "float16", torch.bfloat16: "bfloat16"}


class Named(NamedTuple):
    """One weight, as the file and as our module call it."""

    stored: str
    ours: str
    shape: tuple[int, ...]


class Loaded(NamedTuple):
    """A net, and what its file held."""

    net: Net
    named: tuple[Named, ...]
    unused: tuple[str, ...]
    stored_as: str


def stored_name(kind: str, ours: str) -> str:
    """Return what a file of that kind calls a weight of ours, such as layers.0.norm1.bias."""
    layer = next((part for part in ours.split(".") if part.isdigit()), "")
    for stored, own in NAMES[kind].items():
        filled = own.format(n=layer)
        if ours.rpartition(".")[0] == filled:
            return f"{stored.format(n=layer)}.{ours.rpartition('.')[2]}"
    raise KeyError(ours)


def load(folder: Folder) -> Loaded:
    """Read the weights of a folder into a net, on the CPU.

    Raises
    ------
    Problem
        If the file is damaged, does not fit the config, is too large, or holds numbers that are
        not finite.
    """
    from safetensors import SafetensorError, safe_open

    config = folder.config
    with torch.device("meta"):  # shapes without memory, until they are known to be right
        net: Net = Bert(config) if isinstance(config, BertConfig) else Gpt2(config)
    count = sum(p.numel() for p in net.parameters())
    if count > MOST_PARAMETERS:
        raise problem(
            problems.TOO_LARGE, folder=folder.name, count=f"{count:,}", most=f"{MOST_PARAMETERS:,}"
        )
    file = folder.path / "model.safetensors"
    state: dict[str, Tensor] = {}
    named: list[Named] = []
    try:
        with safe_open(str(file), framework="pt") as opened:
            held = set(opened.keys())
            prefix = _prefix(folder.kind, held)
            for ours, parameter in net.named_parameters():
                stored = _found(folder.kind, ours, prefix, held)
                shape = tuple(opened.get_slice(stored).get_shape())
                turned = ours.rpartition(".")[0].endswith(TURNED) and parameter.dim() == 2
                turned = turned and folder.kind == "gpt2"
                wanted = tuple(reversed(parameter.shape)) if turned else tuple(parameter.shape)
                if shape != wanted:
                    raise ValueError(f"{stored} is {list(shape)}, not {list(wanted)}")
                tensor = opened.get_tensor(stored)
                kept_as = tensor.dtype
                if kept_as not in _TYPES:
                    raise ValueError(f"{stored} is stored as {str(kept_as).split('.')[-1]}")
                whole = tensor.float()
                state[ours] = whole.T.contiguous() if turned else whole
                named.append(Named(stored, ours, shape))
                if not bool(torch.isfinite(whole).all()):
                    raise ValueError(f"{stored} holds NaN or infinity")
    except (SafetensorError, OSError) as error:
        raise problem(problems.DAMAGED, error, file=file.name) from error
    except ValueError as error:
        raise problem(problems.MISFIT, error, folder=folder.name) from error
    net.load_state_dict(state, assign=True)
    unused = tuple(sorted(held - {weight.stored for weight in named}))
    return Loaded(net.eval().requires_grad_(False), tuple(named), unused, _TYPES[kept_as])


def _prefix(kind: str, held: set[str]) -> str:
    first = stored_name(kind, "tokens.weight")
    return next((prefix for prefix in PREFIXES if prefix + first in held), "")


def _found(kind: str, ours: str, prefix: str, held: set[str]) -> str:
    name = prefix + stored_name(kind, ours)
    # Files converted from TensorFlow call a layer norm's weight and bias gamma and beta.
    older = name.replace("LayerNorm.weight", "LayerNorm.gamma")
    older = older.replace("LayerNorm.bias", "LayerNorm.beta")
    if name not in held and older not in held:
        raise ValueError(f"{name} is missing")
    return name if name in held else older


def parts(net: Net) -> dict[str, int]:
    """Return how many parameters each kind of part holds, counted from the module."""
    counted = {"tokens": 0, "positions": 0, "attention": 0, "feed_forward": 0, "norms": 0}
    for name, parameter in net.named_parameters():
        kind = next((kind for kind in counted if kind in name.split(".")), "norms")
        kind = "positions" if name.startswith("segments") else kind
        counted[kind] += parameter.numel()
    return counted


def file_sizes(path: Path) -> tuple[tuple[str, int], ...]:
    """Return (name, bytes) of the files of a folder, by name."""
    found = [f for f in path.iterdir() if f.is_file() and not f.name.startswith(".")]
    return tuple((f.name, f.stat().st_size) for f in sorted(found))
