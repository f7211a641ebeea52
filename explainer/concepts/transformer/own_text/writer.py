"""The small GPT learning from a text on the stage, and what can be asked of it."""

from __future__ import annotations

import copy
import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from explainer.concepts.transformer.own_text.copying import longest_copied
from explainer.concepts.transformer.own_text.corpus import Baselines, corpus
from explainer.concepts.transformer.own_text.model import GPT, GPTConfig
from explainer.concepts.transformer.own_text.probe import Question
from explainer.concepts.transformer.own_text.reader import Reader
from explainer.concepts.transformer.own_text.settings import WriterSettings
from explainer.concepts.transformer.own_text.writing import write_on
from explainer.engine.experiment import State
from explainer.engine.optimisers import adam

BATCH = 5  # windows of a whole context per update: 11 ms (measured)
WARM_UP = 10  # updates until the learning rate is whole
WHOLE_UNTIL = 300  # updates after which it falls with the root of their number
SAMPLE, TEMPERATURE = 80, 0.7  # tokens of the sample that is searched for copies
_WINDOWS = 32  # read for each evaluation, of what was learned and of what was held out
_BETAS = (0.9, 0.98)
_SHOWN = 1_200  # characters of the text in a snapshot


@dataclass(frozen=True, slots=True)
class Standing:
    """What the stage sees without asking.

    Parameters
    ----------
    step : int
        Updates made.
    loss : float or None
        Of the last batch, in nats a token; None before the first update.
    name, encoding : str
        Of the text's file; the name is a key of `corpus.COURSE` for the program's own lessons.
    opening : str
        How the text begins.
    size, characters : int
        Bytes of the file, and characters of the text.
    tokens, held_tokens : int
        Learned from, and held out.
    vocabulary, parameters, context : int
        Tokens there are, numbers that learn, tokens seen at once.
    bytes_per_token : float
        On average, in the held-out text.
    passes : float
        How often every token was learned from, on average.
    baselines : Baselines
        Bits per byte of held-out text without a net.
    """

    step: int
    loss: float | None
    name: str
    encoding: str
    opening: str
    size: int
    characters: int
    tokens: int
    held_tokens: int
    vocabulary: int
    parameters: int
    context: int
    bytes_per_token: float
    passes: float
    baselines: Baselines


class Writer:
    """A `GPT` that learns a text by foretelling its next token, at every place of a window.

    Parameters
    ----------
    settings : WriterSettings
    device : str
        "cpu", "cuda" or "mps". All randomness is drawn on the CPU.

    Raises
    ------
    Problem
        If the text cannot be learned from.
    """

    def __init__(self, settings: WriterSettings, device: str = "cpu") -> None:
        self._settings = settings
        self._device = torch.device(device)
        self._corpus = corpus(settings.text)
        self._tokens = torch.from_numpy(self._corpus.tokens.copy()).to(self._device)
        # A short text is seen whole: a window needs a token more than the context.
        shortest = min(len(self._corpus.tokens), len(self._corpus.held_tokens))
        config = GPTConfig(len(self._corpus.pairs), context=min(64, shortest - 1))
        net = GPT(config, torch.Generator().manual_seed(settings.seed))
        self._net = net.to(self._device)
        self._net.dropout.share = settings.dropout
        self._then = copy.deepcopy(self._net).requires_grad_(False)
        self._optimiser = adam(self._net, settings.learning_rate, _BETAS)
        self._steps = 0
        self._loss = 0.0

    @property
    def settings(self) -> WriterSettings:
        return self._settings

    @property
    def steps(self) -> int:
        return self._steps

    def step(self) -> dict[str, float]:
        """Learn from a batch of windows; returns the loss on it, in nats a token."""
        tokens = self._next_batch()  # (B, T + 1)
        self._optimiser.param_groups[0]["lr"] = self._learning_rate(self._steps + 1)
        logits = self._net(tokens[:, :-1])  # (B, T, V)
        loss = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimiser.step()
        self._steps += 1
        self._loss = loss.item()
        return {"loss": self._loss}

    def _next_batch(self) -> Tensor:
        """Return windows at random places, which the seed and the step alone decide."""
        generator = self._net.dropout.generator
        generator.manual_seed(self._settings.seed * 1_000_003 + self._steps + 1)
        context = self._net.config.context
        places = torch.randint(len(self._tokens) - context, (BATCH, 1), generator=generator)
        windows = places + torch.arange(context + 1)  # (B, T + 1)
        return self._tokens[windows.to(self._device)]

    def _learning_rate(self, step: int) -> float:
        whole = self._settings.learning_rate
        return whole * min(1.0, step / WARM_UP) * math.sqrt(min(1.0, WHOLE_UNTIL / step))

    @torch.no_grad()
    def measure(self) -> dict[str, float]:
        """Return how well it foretells, and how far it copies.

        held_out: bits per byte of text kept apart. learned: the same of as much text that it
        learns from. copied: characters of the longest run of a sample that stands in the learned
        text.
        """
        reader, text = Reader(self._net, self._corpus), self._corpus
        learned_bytes = len(text.learned.encode()) / len(text.tokens)
        [(tokens, _)] = write_on(self._net, reader.numbers(""), SAMPLE, TEMPERATURE, seeds=(0,))
        copied = longest_copied(text.pairs.decode(tokens), text.learned)
        return {
            "held_out": reader.bits(text.held_tokens, text.bytes_per_token, _WINDOWS),
            "learned": reader.bits(text.tokens, learned_bytes, _WINDOWS),
            "copied": float(copied.length),
        }

    def snapshot(self) -> Standing:
        source, text = self._corpus.source, self._corpus
        seen = self._steps * BATCH * self._net.config.context
        return Standing(
            step=self._steps,
            loss=self._loss if self._steps else None,
            name=source.name,
            encoding=source.encoding,
            opening=source.text[:_SHOWN],
            size=source.size,
            characters=len(source.text),
            tokens=len(text.tokens),
            held_tokens=len(text.held_tokens),
            vocabulary=len(text.pairs),
            parameters=sum(parameter.numel() for parameter in self._net.parameters()),
            context=self._net.config.context,
            bytes_per_token=text.bytes_per_token,
            passes=seen / len(text.tokens),
            baselines=text.baselines,
        )

    def answer(self, request: Question, state: State | None = None) -> Any:
        """Answer from the weights as they are, or as they were in a film frame."""
        with torch.no_grad():
            net = self._net if state is None else self._as_it_was(state)
            return request.read(Reader(net, self._corpus))

    def _as_it_was(self, state: State) -> GPT:
        for name, parameter in self._then.named_parameters():
            parameter.copy_(state[f"net.{name}"])
        return self._then

    def set(self, knob: str, value: Any) -> None:
        """Change the learning rate or the dropout.

        Raises
        ------
        Problem
            If the value makes no sense.
        ValueError
            If there is no such live setting.
        """
        if knob not in ("learning_rate", "dropout"):
            raise ValueError(f"not a live setting: {knob}")
        self._settings = dataclasses.replace(self._settings, **{knob: value})
        self._net.dropout.share = self._settings.dropout

    def state(self) -> State:
        state = {name: tensor.detach().to("cpu", copy=True) for name, tensor in self._changing()}
        return state | {
            "steps": torch.tensor(self._steps),
            "last.loss": torch.tensor(self._loss, dtype=torch.float64),
        }

    @torch.no_grad()
    def restore(self, state: State) -> None:
        """Go back to a state; the settings in force stay as they are."""
        for name, tensor in self._changing():
            tensor.copy_(state[name])
        self._steps = int(state["steps"])
        self._loss = float(state["last.loss"])

    def _changing(self) -> Iterator[tuple[str, Tensor]]:
        """Yield every tensor that learning changes in place, by the name it has in a state."""
        for name, parameter in self._net.named_parameters():
            yield f"net.{name}", parameter
            for key, tensor in self._optimiser.state[parameter].items():
                yield f"optimiser.{key}.{name}", tensor
