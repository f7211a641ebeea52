"""Three models that learn in turn, from the same sentences, each by its own objective."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from explainer.concepts.transformer.family.models import LanguageModel, PrefixModel
from explainer.concepts.transformer.family.pool import hide, prefixed, training_lesson
from explainer.concepts.transformer.family.questions import MODELS
from explainer.concepts.transformer.family.settings import FamilySettings as FamilySettings
from explainer.concepts.transformer.family.tasks import both, korean
from explainer.concepts.transformer.tokens import PAD_ID
from explainer.engine.experiment import State

SENTENCES = 16_000  # learned from
WARM_UP = 30  # updates of each until the learning rate is whole
WHOLE_UNTIL = 200  # updates of each after which it falls as one over their number


@dataclass(frozen=True, slots=True)
class Standing:
    """What the stage sees of the family without asking.

    Parameters
    ----------
    step : int
        Updates made by all three together.
    loss : mapping of str to float
        Of each model's last batch, in nats a token; empty before the first update.
    parameters : mapping of str to int
        Numbers that each model learns.
    """

    step: int
    loss: Mapping[str, float]
    parameters: Mapping[str, int]


class Question(Protocol):
    """A question, as a frozen dataclass that reads the family and changes nothing."""

    def read(self, family: Family) -> Any:
        """Return the answer, its arrays read-only."""
        ...


class Family:
    """A masked, a causal and a prefix model; a step is one update of one, in turn.

    Parameters
    ----------
    settings : FamilySettings
    device : str
        "cpu", "cuda" or "mps". All randomness is drawn on the CPU.
    """

    def __init__(self, settings: FamilySettings, device: str = "cpu") -> None:
        self._settings = settings
        self.device = torch.device(device)
        random = torch.Generator().manual_seed(settings.seed)
        self.masked = LanguageModel(len(korean()), False, generator=random).to(self.device)
        self.causal = LanguageModel(len(korean()), True, generator=random).to(self.device)
        self.prefix = PrefixModel(len(both()), generator=random).to(self.device)
        self._optimisers = {
            name: _make_optimiser(net, settings.learning_rate) for name, net in self._nets.items()
        }
        self._lesson = training_lesson(SENTENCES)
        self._steps = self._epoch = self._position = 0
        self._batches = self._lesson.sentences.batches(settings.seed, 0, settings.batch_size)
        self._loss: dict[str, float] = {}
        self._then: Family | None = None
        # What probes read, by the weights they read: asked for with every sentence typed.
        self.known: dict[tuple[int, ...], Any] = {}

    @property
    def _nets(self) -> dict[str, nn.Module]:
        return dict(zip(MODELS, (self.masked, self.causal, self.prefix), strict=True))

    @property
    def settings(self) -> FamilySettings:
        return self._settings

    @property
    def steps(self) -> int:
        return self._steps

    def step(self) -> dict[str, float]:
        """Let the model whose turn it is learn from the sentences that all three get.

        Returns
        -------
        dict
            loss: in nats a token.
        """
        turn = self._steps % len(MODELS)
        if turn == 0:
            self._next_batch()
        name = MODELS[turn]
        rows = self._batches[self._position - 1]
        random = np.random.default_rng((self._settings.seed, self._epoch, self._position, turn))
        optimiser = self._optimisers[name]
        optimiser.param_groups[0]["lr"] = self._learning_rate(self._steps // len(MODELS) + 1)
        loss = getattr(self, f"_{name}_loss")(rows, random)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        self._steps += 1
        self._loss[name] = loss.item()
        return {"loss": self._loss[name]}

    def _masked_loss(self, rows: Any, random: np.random.Generator) -> Tensor:
        """Fill in the words that are hidden, seeing all others."""
        tokens, _, pad = self._lesson.sentences.batch(rows)
        shown, wanted = hide(tokens, random)
        return _cross_entropy(self.masked(self._here(shown), self._there(pad)), self._here(wanted))

    def _causal_loss(self, rows: Any, random: np.random.Generator) -> Tensor:
        """Say the next word, seeing only those before it."""
        _, tokens, _ = self._lesson.sentences.batch(rows)
        tokens = self._here(tokens)
        # What is padded behind is never seen by what stands before it.
        return _cross_entropy(self.causal(tokens[:, :-1]), tokens[:, 1:])

    def _prefix_loss(self, rows: Any, random: np.random.Generator) -> Tensor:
        """Write what the prefix asks for, seeing all of the source."""
        source, target, pad = prefixed(self._lesson, rows, random)
        target = self._here(target)
        logits = self.prefix(self._here(source), target[:, :-1], self._there(pad))
        return _cross_entropy(logits, target[:, 1:])

    def _here(self, tensor: Tensor) -> Tensor:
        return tensor.to(self.device)

    def _there(self, tensor: Tensor | None) -> Tensor | None:
        return None if tensor is None else tensor.to(self.device)

    def _learning_rate(self, update: int) -> float:
        whole = self._settings.learning_rate
        return whole * min(1.0, update / WARM_UP, WHOLE_UNTIL / update)

    def _next_batch(self) -> None:
        if self._position == len(self._batches):
            self._begin_epoch(self._epoch + 1)
        self._position += 1

    def _begin_epoch(self, epoch: int, position: int = 0) -> None:
        self._epoch, self._position = epoch, position
        settings = self._settings
        self._batches = self._lesson.sentences.batches(settings.seed, epoch, settings.batch_size)

    @torch.no_grad()
    def measure(self) -> dict[str, float]:
        """Return what each model does on sentences that none has learned from.

        Returns
        -------
        dict
            masked: share of the words right that the grammar determines. continued: share of
            drawn continuations that the grammar has. perplexity: of the next word. prefixes:
            share of outputs right to the last token. probe_masked, probe_causal: share of senses
            told by a linear probe at the homonym itself.
        """
        from explainer.concepts.transformer.family.exam import measured

        return measured(self)

    def snapshot(self) -> Standing:
        sizes = {
            name: sum(parameter.numel() for parameter in net.parameters())
            for name, net in self._nets.items()
        }
        return Standing(self._steps, dict(self._loss), sizes)

    def answer(self, request: Question, state: State | None = None) -> Any:
        """Answer from the weights as they are, or as they were in a film frame."""
        with torch.no_grad():
            return request.read(self if state is None else self._as_it_was(state))

    def _as_it_was(self, state: State) -> Family:
        if self._then is None:
            self._then = copy.copy(self)
            for name, net in self._nets.items():
                setattr(self._then, name, copy.deepcopy(net))
        for name, net in self._then._nets.items():
            for key, parameter in net.named_parameters():
                parameter.copy_(state[f"{name}.{key}"])
        return self._then

    def set(self, knob: str, value: Any) -> None:
        """Change the learning rate or the batch size, of all three.

        Raises
        ------
        Problem
            If the value makes no sense.
        ValueError
            If there is no such live setting.
        """
        if knob not in ("learning_rate", "batch_size"):
            raise ValueError(f"not a live setting: {knob}")
        before = self._settings
        self._settings = dataclasses.replace(before, **{knob: value})
        if self._settings.batch_size != before.batch_size:
            # Those whose turn is still to come learn from a batch of the new order.
            self._begin_epoch(self._epoch + 1, 0 if self._steps % len(MODELS) == 0 else 1)

    def state(self) -> State:
        state = {name: tensor.detach().to("cpu", copy=True) for name, tensor in self._tensors()}
        counters = {
            "steps": self._steps,
            "order.epoch": self._epoch,
            "order.position": self._position,
        }
        losses = [self._loss.get(name, 0.0) for name in MODELS]
        return state | {
            **{name: torch.tensor(count) for name, count in counters.items()},
            "last.loss": torch.tensor(losses, dtype=torch.float64),
        }

    @torch.no_grad()
    def restore(self, state: State) -> None:
        """Go back to a state; the settings in force stay as they are."""
        for name, tensor in self._tensors():
            tensor.copy_(state[name])
        self._steps = int(state["steps"])
        self._begin_epoch(int(state["order.epoch"]), int(state["order.position"]))
        losses = state["last.loss"].tolist()
        self._loss = dict(zip(MODELS[: self._steps], losses, strict=False))

    def _tensors(self) -> Iterator[tuple[str, Tensor]]:
        """Yield every tensor that learning changes in place, by the name it has in a state."""
        for model, net in self._nets.items():
            for name, parameter in net.named_parameters():
                yield f"{model}.{name}", parameter
                for key, tensor in self._optimisers[model].state[parameter].items():
                    yield f"optimiser.{model}.{key}.{name}", tensor


def _cross_entropy(logits: Tensor, wanted: Tensor) -> Tensor:
    return F.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=PAD_ID)


def _make_optimiser(net: nn.Module, learning_rate: float) -> torch.optim.Optimizer:
    """Return Adafactor, its state made at once so that every film frame is alike.

    T5 was trained with it. For each table it remembers a row and a column where Adam remembers
    two tables, so a film frame of the family takes 1.4 MB instead of 4 (measured), and it learns
    as quickly here.

    References
    ----------
    N. Shazeer and M. Stern, "Adafactor: adaptive learning rates with sublinear memory cost",
    ICML 2018.
    """
    parameters = list(net.parameters())
    adafactor = torch.optim.Adafactor(parameters, lr=learning_rate)
    for parameter in parameters:
        adafactor.state[parameter] = {"step": torch.tensor(0.0)} | (
            {
                "row_var": torch.zeros_like(parameter[:, :1]),
                "col_var": torch.zeros_like(parameter[:1]),
            }
            if parameter.dim() > 1
            else {"variance": torch.zeros_like(parameter)}
        )
    return adafactor
