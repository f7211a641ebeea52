"""A folder in Hugging Face layout: what lies in it, and the sizes its config.json gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from explainer.concepts.transformer.pretrained import problems
from explainer.concepts.transformer.pretrained.bert import ACTIVATIONS, BertConfig
from explainer.concepts.transformer.pretrained.gpt2 import Gpt2Config
from explainer.concepts.transformer.pretrained.problems import problem

Kind = Literal["bert", "gpt2"]
PICKLES = ("pytorch_model.bin", "model.bin", "pytorch_model.pt", "tf_model.h5")
# Larger counts are a mistake in the file, and would fill the memory before it shows.
_MOST = {
    "layers": 200,
    "heads": 200,
    "width": 16_384,
    "inner": 65_536,
    "vocabulary": 2_000_000,
    "positions": 200_000,
    "segments": 1_000,
}


class Sizes(NamedTuple):
    """What both kinds of model have, whatever their config.json calls it."""

    layers: int
    heads: int
    width: int
    positions: int


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder says of its model before any weight is read.

    Attributes
    ----------
    path : Path
    kind : {"bert", "gpt2"}
    config : BertConfig or Gpt2Config
    pooling : {"mean", "cls", ""}
        How a sentence encoder makes one vector; "" for a GPT-2.
    is_said : bool
        Whether the folder itself says how to pool.
    lowercase : bool
        Whether a WordPiece vocabulary wants small letters.
    """

    path: Path
    kind: Kind
    config: BertConfig | Gpt2Config
    pooling: str
    is_said: bool
    lowercase: bool

    @property
    def name(self) -> str:
        """What to call it."""
        return self.path.name

    @property
    def sizes(self) -> Sizes:
        """The model's sizes."""
        c = self.config
        if isinstance(c, BertConfig):
            return Sizes(
                c.num_hidden_layers, c.num_attention_heads, c.hidden_size,
                c.max_position_embeddings,
            )  # fmt: skip
        return Sizes(c.n_layer, c.n_head, c.n_embd, c.n_positions)


def read_folder(path: Path) -> Folder:
    """Look into a folder.

    Raises
    ------
    Problem
        If it is missing, no model folder, of another kind, or its config makes no sense.
    """
    try:
        return _looked_into(path)
    except OSError as error:  # a folder that may not be entered
        raise problem(problems.UNREADABLE, error, file=path) from error


def _looked_into(path: Path) -> Folder:
    if path.is_file():
        path = path.parent  # one of its files was chosen
    if not path.is_dir():
        raise problem(problems.NO_FOLDER, folder=path)
    if not (path / "config.json").is_file():
        raise problem(problems.NO_CONFIG, folder=path.name or path)
    config = _json(path / "config.json")
    _check_weights(path)
    kind = config.get("model_type")
    try:
        if kind == "bert":
            pooling = _pooling(path)
            lower = _optional(path / "tokenizer_config.json").get("do_lower_case", True)
            return Folder(
                path, "bert", _bert(path, config), pooling or "mean", bool(pooling), bool(lower)
            )
        if kind == "gpt2":
            return Folder(path, "gpt2", _gpt2(path, config), "", False, False)
    except (KeyError, TypeError, ValueError) as error:
        raise problem(problems.BAD_CONFIG, error, folder=path.name) from error
    named = kind or config.get("architectures") or "?"
    raise problem(problems.UNKNOWN_KIND, folder=path.name, kind=named)


def _check_weights(path: Path) -> None:
    if (path / "model.safetensors").is_file():
        return
    pickled = next((name for name in PICKLES if (path / name).is_file()), None)
    if pickled:
        raise problem(problems.PICKLED, folder=path.name, file=pickled)
    if (path / "model.safetensors.index.json").is_file():
        raise problem(problems.IN_PARTS, folder=path.name)
    raise problem(problems.NO_WEIGHTS, folder=path.name)


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text("utf-8"))
        if not isinstance(found, dict):
            raise ValueError("it is no table of names and values")
    except OSError as error:
        raise problem(problems.UNREADABLE, error, file=file.name) from error
    except (ValueError, RecursionError) as error:  # malformed, or not UTF-8
        raise problem(problems.DAMAGED, error, file=file.name) from error
    return found


def _optional(file: Path) -> dict[str, Any]:
    return _json(file) if file.is_file() else {}


def _count(config: Mapping[str, Any], key: str, what: str) -> int:
    value = config[key] if key in config else _missing(key)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST[what]:
        raise ValueError(f"{key} is {value!r}")
    return value


def _missing(key: str) -> Any:
    raise ValueError(f"{key} is missing")


def _small(config: Mapping[str, Any], key: str, otherwise: float) -> float:
    value = config.get(key, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1:
        raise ValueError(f"{key} is {value!r}")
    return float(value)


def _only(path: Path, config: Mapping[str, Any], **plain: object) -> None:
    """Refuse what would change the arithmetic and is not built here."""
    for key, wanted in plain.items():
        value = config.get(key, wanted)
        if value != wanted:
            raise problem(problems.UNSUPPORTED, folder=path.name, key=key, value=value)


def _activation(path: Path, config: Mapping[str, Any], key: str, otherwise: str) -> str:
    name = config.get(key, otherwise)
    if name not in ACTIVATIONS:
        raise problem(problems.UNSUPPORTED, folder=path.name, key=key, value=name)
    return str(name)


def _divided(width: int, heads: int) -> None:
    if width % heads:
        raise ValueError(f"{heads} heads cannot share a width of {width}")


def _bert(path: Path, config: Mapping[str, Any]) -> BertConfig:
    _only(path, config, position_embedding_type="absolute", is_decoder=False)
    made = BertConfig(
        vocab_size=_count(config, "vocab_size", "vocabulary"),
        hidden_size=_count(config, "hidden_size", "width"),
        num_hidden_layers=_count(config, "num_hidden_layers", "layers"),
        num_attention_heads=_count(config, "num_attention_heads", "heads"),
        intermediate_size=_count(config, "intermediate_size", "inner"),
        max_position_embeddings=_count(config, "max_position_embeddings", "positions"),
        type_vocab_size=_count({"type_vocab_size": 2, **config}, "type_vocab_size", "segments"),
        layer_norm_eps=_small(config, "layer_norm_eps", 1e-12),
        hidden_act=_activation(path, config, "hidden_act", "gelu"),
    )
    _divided(made.hidden_size, made.num_attention_heads)
    return made


def _gpt2(path: Path, config: Mapping[str, Any]) -> Gpt2Config:
    _only(
        path,
        config,
        scale_attn_weights=True,
        scale_attn_by_inverse_layer_idx=False,
        add_cross_attention=False,
        tie_word_embeddings=True,
    )
    width = _count(config, "n_embd", "width")
    inner = {"n_inner": 4 * width} if config.get("n_inner") is None else config
    made = Gpt2Config(
        vocab_size=_count(config, "vocab_size", "vocabulary"),
        n_embd=width,
        n_layer=_count(config, "n_layer", "layers"),
        n_head=_count(config, "n_head", "heads"),
        n_positions=_count(config, "n_positions", "positions"),
        n_inner=_count(inner, "n_inner", "inner"),
        layer_norm_epsilon=_small(config, "layer_norm_epsilon", 1e-5),
        activation_function=_activation(path, config, "activation_function", "gelu_new"),
    )
    _divided(made.n_embd, made.n_head)
    return made


def _pooling(path: Path) -> str:
    """Return how the folder says to pool; "" if it does not, or in a way not built here."""
    said = _optional(path / "1_Pooling" / "config.json")
    ways = {"mean": "pooling_mode_mean_tokens", "cls": "pooling_mode_cls_token"}
    on = [way for way, key in ways.items() if said.get(key)]
    return on[0] if len(on) == 1 else ""
