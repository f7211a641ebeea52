"""A translator that learns on the stage, and what can be asked of it."""

from __future__ import annotations

import copy
import dataclasses
import math
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from explainer.concepts.transformer.cuts import LAYERS, Place
from explainer.concepts.transformer.model import Transformer
from explainer.concepts.transformer.multihead import Trace
from explainer.concepts.transformer.pool import Exam, exam, training_pool
from explainer.concepts.transformer.settings import Settings as Settings
from explainer.concepts.transformer.tokens import PAD_ID, vocabulary
from explainer.concepts.transformer.translator import Request, Translator
from explainer.concepts.transformer.units import korean_pieces
from explainer.engine.experiment import State
from explainer.engine.optimisers import adam

SENTENCES = 16_000  # learned from
EXAM, COMBINATIONS = 384, 128  # held out, and read at every evaluation
WARM_UP = 50  # steps until the learning rate is whole
WHOLE_UNTIL = 200  # steps after which it falls with the root of the step
_BETAS = (0.9, 0.98)
_RATE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the stage sees of the translator without asking.

    Parameters
    ----------
    step : int
        Updates made.
    loss : float or None
        Cross-entropy per token of the last batch, in nats; None before the first update.
    learning_rate : float
        Step size of the last update.
    sentences_seen : int
        Sentences trained on so far, repeats counted.
    sentences_per_second, tokens_per_second : float
        Over the last second of training, source and target tokens; 0 before they are known.
    """

    step: int
    loss: float | None
    learning_rate: float
    sentences_seen: int
    sentences_per_second: float
    tokens_per_second: float


class TranslationExperiment:
    """A `Transformer` learning to translate the sentences of the grammar.

    Parameters
    ----------
    settings : Settings
    device : str
        "cpu", "cuda" or "mps". All randomness is drawn on the CPU, so that a seed means the
        same everywhere.
    sentences : int
        How many different ones it learns from.
    """

    def __init__(self, settings: Settings, device: str = "cpu", sentences: int = SENTENCES) -> None:
        self._settings = settings
        self._device = torch.device(device)
        pieces = korean_pieces(settings.unit)
        source = pieces if settings.source == "ko" else vocabulary("en")
        target = pieces if settings.target == "ko" else vocabulary("en")
        random = torch.Generator().manual_seed(settings.seed)
        net = Transformer(len(source), len(target), settings.heads, random)
        self._net = net.to(self._device)
        self._parameters: list[Tensor] = list(self._net.parameters())
        # Holds the weights of the film frame that was asked about last.
        scratch = copy.deepcopy(self._net).requires_grad_(False)
        self._translator = Translator(self._net, source, target, settings.unit)
        self._translator_then = Translator(scratch, source, target, settings.unit)
        self._optimiser = adam(self._net, settings.learning_rate, _BETAS)
        self._pool = training_pool(settings.direction, sentences, settings.unit)
        self._steps = self._sentences = self._tokens_seen = self._epoch = self._position = 0
        self._batches = self._pool.batches(settings.seed, 0, settings.batch_size)
        self._loss = 0.0
        self._stamps: deque[tuple[float, int, int]] = deque()

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def steps(self) -> int:
        return self._steps

    def step(self) -> dict[str, float]:
        """Learn from one batch; returns the loss on it, in nats a token."""
        source, target, source_pad = (
            None if part is None else part.to(self._device) for part in self._next_batch()
        )
        assert source is not None and target is not None
        self._optimiser.param_groups[0]["lr"] = self._learning_rate(self._steps + 1)
        logits = self._net(source, target[:, :-1], source_pad)
        loss = F.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten(), ignore_index=PAD_ID)
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimiser.step()
        self._steps += 1
        self._loss = loss.item()
        self._sentences += len(source)
        self._tokens_seen += source.numel() + target.numel()
        self._stamp()
        return {"loss": self._loss}

    def _learning_rate(self, step: int) -> float:
        whole = self._settings.learning_rate
        return whole * min(1.0, step / WARM_UP) * math.sqrt(min(1.0, WHOLE_UNTIL / max(step, 1)))

    def _next_batch(self) -> tuple[Tensor, Tensor, Tensor | None]:
        if self._position == len(self._batches):
            self._begin_epoch(self._epoch + 1)
        self._position += 1
        return self._pool.batch(self._batches[self._position - 1])

    def _begin_epoch(self, epoch: int, position: int = 0) -> None:
        self._epoch, self._position = epoch, position
        self._batches = self._pool.batches(self._settings.seed, epoch, self._settings.batch_size)

    def _stamp(self) -> None:
        now = time.perf_counter()
        self._stamps.append((now, self._sentences, self._tokens_seen))
        while len(self._stamps) > 2 and now - self._stamps[0][0] > _RATE_SECONDS:
            self._stamps.popleft()

    @torch.no_grad()
    def measure(self) -> dict[str, float]:
        """Return shares over sentences that were never learned from.

        exact_match: held-out sentences whose greedy translation is right to the last token.
        combinations: the same for subjects and nouns that were never learned together.
        alignment: content words whose largest cross-attention weight, averaged over heads, falls
        on the token they translate, in the better layer.
        """
        direction, unit = self._settings.direction, self._settings.unit
        exact_match, alignment = self._read(exam(direction, "sentences", EXAM, unit))
        combinations, _ = self._read(exam(direction, "combinations", COMBINATIONS, unit))
        return {
            "exact_match": exact_match,
            "alignment": alignment,
            "combinations": combinations,
        }

    def _read(self, sentences: Exam) -> tuple[float, float]:
        """Return exact match and alignment.

        The true translation is fed in: the greedy translation is right to the last token if and
        only if every next token is then foretold rightly, at a tenth of the cost.
        """
        rights, found, words = 0, np.zeros(LAYERS), 0
        for rows in np.array_split(np.arange(len(sentences.pool)), len(sentences.pool) // 64):
            source, target, source_pad = sentences.pool.batch(rows)
            trace = Trace()
            pad = None if source_pad is None else source_pad.to(self._device)
            logits = self._net(
                source.to(self._device), target[:, :-1].to(self._device), pad, trace=trace
            )
            wanted = target[:, 1:]
            right = (logits.argmax(dim=-1).cpu() == wanted) | (wanted == PAD_ID)
            rights += int(right.all(dim=1).sum())
            first, behind = np.moveaxis(sentences.true_keys[rows, : wanted.shape[1]], 2, 0)
            words += int((first >= 0).sum())
            for layer in range(LAYERS):
                weights = trace.attention[Place("cross", layer)].weights.mean(dim=1)
                largest = weights.argmax(dim=-1).cpu().numpy()
                found[layer] += ((largest >= first) & (largest < behind)).sum()
        return rights / len(sentences.pool), float(found.max() / words)

    def snapshot(self) -> Snapshot:
        sentences, tokens = self._rates()
        return Snapshot(
            step=self._steps,
            loss=self._loss if self._steps else None,
            learning_rate=self._learning_rate(self._steps),
            sentences_seen=self._sentences,
            sentences_per_second=sentences,
            tokens_per_second=tokens,
        )

    def _rates(self) -> tuple[float, float]:
        if len(self._stamps) < 2:
            return 0.0, 0.0
        (then, *before), (now, *seen) = self._stamps[0], self._stamps[-1]
        seconds = max(now - then, 1e-9)
        return (seen[0] - before[0]) / seconds, (seen[1] - before[1]) / seconds

    def answer(self, request: Request, state: State | None = None) -> Any:
        """Answer from the weights as they are, or as they were in a film frame."""
        with torch.no_grad():
            return request.read(self._translator if state is None else self._as_it_was(state))

    def _as_it_was(self, state: State) -> Translator:
        for name, parameter in self._translator_then.net.named_parameters():
            parameter.copy_(state[f"net.{name}"])
        return self._translator_then

    def set(self, knob: str, value: Any) -> None:
        """Change the learning rate or the batch size.

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
            self._begin_epoch(self._epoch + 1)

    def state(self) -> State:
        state = {name: tensor.detach().to("cpu", copy=True) for name, tensor in self._tensors()}
        counters = {
            "steps": self._steps,
            "sentences": self._sentences,
            "tokens": self._tokens_seen,
            "order.epoch": self._epoch,
            "order.position": self._position,
        }
        return state | {
            **{name: torch.tensor(count) for name, count in counters.items()},
            "last.loss": torch.tensor(self._loss, dtype=torch.float64),
        }

    @torch.no_grad()
    def restore(self, state: State) -> None:
        """Go back to a state; the settings in force stay as they are."""
        for name, tensor in self._tensors():
            tensor.copy_(state[name])
        self._steps = int(state["steps"])
        self._sentences = int(state["sentences"])
        self._tokens_seen = int(state["tokens"])
        self._begin_epoch(int(state["order.epoch"]), int(state["order.position"]))
        self._loss = float(state["last.loss"])
        self._stamps.clear()

    def _tensors(self) -> Iterator[tuple[str, Tensor]]:
        """Yield every tensor that learning changes in place, by the name it has in a state."""
        for name, parameter in self._net.named_parameters():
            yield f"net.{name}", parameter
            for key, tensor in self._optimiser.state[parameter].items():
                yield f"optimiser.{key}.{name}", tensor
