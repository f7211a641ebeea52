"""Three translators learning side by side, from the same batches and the same seed."""

from __future__ import annotations

import copy
import dataclasses
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from explainer.concepts.transformer.model import Transformer
from explainer.concepts.transformer.parallel.probe import NETS
from explainer.concepts.transformer.parallel.recurrent import RecurrentTranslator
from explainer.concepts.transformer.pool import exam, training_pool
from explainer.concepts.transformer.settings import Settings
from explainer.concepts.transformer.tokens import PAD_ID, vocabulary
from explainer.engine.experiment import State
from explainer.engine.optimisers import adam
from explainer.lesson import Problem, Text

SENTENCES = 16_000  # learned from
EXAM = 256  # held out, and read at every evaluation
WARM_UP = 10  # updates until the learning rate is whole
WHOLE_UNTIL = 600  # updates after which it falls with the root of their number
_BETAS = (0.9, 0.98)
# Without this and orthogonal recurrent weights, the GRU without attention is at 5 % after
# 1,500 updates instead of 88 % (measured); all three are clipped alike.
_LONGEST_GRADIENT = 1.0
_SEED = Text(
    en="The seed cannot be {value}; choose a whole number from 0 up.",
    ko="시드는 {value}일 수 없습니다. 0 이상의 정수를 고르세요.",
)


@dataclass(frozen=True, slots=True)
class RaceSettings:
    """How the three learn; all alike.

    Parameters
    ----------
    seed : int
        Draws the initial weights and the order of the sentences.
    learning_rate : float
        Step size of Adam after its warm-up; later it falls with the root of the step.
    batch_size : int
        Sentences per update, 1 to 512.

    Raises
    ------
    Problem
        If a value makes no sense.
    """

    seed: int = 0
    learning_rate: float = 0.003
    batch_size: int = 32

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise Problem(_SEED.filled(value=self.seed))
        # The translator refuses the same learning rates and batch sizes.
        Settings(learning_rate=self.learning_rate, batch_size=self.batch_size)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the stage sees of the race without asking.

    Parameters
    ----------
    step : int
        Updates made by all three together.
    loss : mapping of str to float
        Of each net's last batch, in nats a token; empty before the first update.
    parameters : mapping of str to int
        Numbers that each net learns.
    """

    step: int
    loss: Mapping[str, float]
    parameters: Mapping[str, int]


class Question(Protocol):
    """A question, as a frozen dataclass that reads the race and changes nothing."""

    def read(self, race: Race) -> Any:
        """Return the answer, its arrays read-only."""
        ...


class Race:
    """Transformer, GRU with attention and GRU without; a step is one update of one, in turn.

    Parameters
    ----------
    settings : RaceSettings
    device : str
        "cpu", "cuda" or "mps". All randomness is drawn on the CPU.
    """

    def __init__(self, settings: RaceSettings, device: str = "cpu") -> None:
        self._settings = settings
        self.device = torch.device(device)
        self.source, self.target = vocabulary("ko"), vocabulary("en")
        self.nets = {name: net.to(self.device) for name, net in self._made(settings.seed).items()}
        self._optimisers = {
            name: adam(net, settings.learning_rate, _BETAS) for name, net in self.nets.items()
        }
        self._pool = training_pool("ko-en", SENTENCES)
        self._steps = self._epoch = self._position = 0
        self._batches = self._pool.batches(settings.seed, 0, settings.batch_size)
        self._loss: dict[str, float] = {}
        self._then: Race | None = None

    def _made(self, seed: int) -> dict[str, nn.Module]:
        sizes = len(self.source), len(self.target)

        def random() -> torch.Generator:
            return torch.Generator().manual_seed(seed)

        transformer, attends, plain = NETS
        return {
            transformer: Transformer(*sizes, generator=random()),
            attends: RecurrentTranslator(*sizes, True, random()),
            plain: RecurrentTranslator(*sizes, False, random()),
        }

    @property
    def settings(self) -> RaceSettings:
        return self._settings

    @property
    def steps(self) -> int:
        return self._steps

    def step(self) -> dict[str, float]:
        """Let the net whose turn it is learn from the batch that all three get.

        Returns
        -------
        dict
            loss: in nats a token. seconds: what this update took, of this thread's CPU time, or
            of wall time on a GPU.
        """
        turn = self._steps % len(NETS)
        if turn == 0:
            self._next_batch()
        name = NETS[turn]
        net, optimiser = self.nets[name], self._optimisers[name]
        clock = time.thread_time if self.device.type == "cpu" else time.perf_counter
        rows = self._batches[self._position - 1]
        began = clock()
        source, target, pad = self._pool.batch(rows)
        source, target = source.to(self.device), target.to(self.device)
        pad = None if pad is None else pad.to(self.device)
        optimiser.param_groups[0]["lr"] = self._learning_rate(self._steps // len(NETS) + 1)
        logits = net(source, target[:, :-1], pad)
        loss = F.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten(), ignore_index=PAD_ID)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(net.parameters(), _LONGEST_GRADIENT)
        optimiser.step()
        self._loss[name] = loss.item()
        seconds = clock() - began
        self._steps += 1
        return {"loss": self._loss[name], "seconds": seconds}

    def _learning_rate(self, update: int) -> float:
        whole = self._settings.learning_rate
        return whole * min(1.0, update / WARM_UP) * math.sqrt(min(1.0, WHOLE_UNTIL / update))

    def _next_batch(self) -> None:
        if self._position == len(self._batches):
            self._begin_epoch(self._epoch + 1)
        self._position += 1

    def _begin_epoch(self, epoch: int, position: int = 0) -> None:
        self._epoch, self._position = epoch, position
        self._batches = self._pool.batches(self._settings.seed, epoch, self._settings.batch_size)

    @torch.no_grad()
    def measure(self) -> dict[str, float]:
        """Return for each net the share of held-out sentences it translates exactly, greedily.

        The true translation is fed in: the greedy one is right to the last token if and only if
        every next token is then foretold rightly.
        """
        pool = exam("ko-en", "sentences", EXAM).pool
        rights = dict.fromkeys(NETS, 0)
        for rows in np.array_split(np.arange(len(pool)), len(pool) // 64):
            source, target, pad = pool.batch(rows)
            source, target = source.to(self.device), target.to(self.device)
            pad = None if pad is None else pad.to(self.device)
            wanted = target[:, 1:]
            for name, net in self.nets.items():
                foretold = net(source, target[:, :-1], pad).argmax(dim=-1)
                right = (foretold == wanted) | (wanted == PAD_ID)
                rights[name] += int(right.all(dim=1).sum())
        return {name: right / len(pool) for name, right in rights.items()}

    def snapshot(self) -> Standing:
        sizes = {
            name: sum(parameter.numel() for parameter in net.parameters())
            for name, net in self.nets.items()
        }
        return Standing(self._steps, dict(self._loss), sizes)

    def answer(self, request: Question, state: State | None = None) -> Any:
        """Answer from the weights as they are, or as they were in a film frame."""
        with torch.no_grad():
            return request.read(self if state is None else self._as_it_was(state))

    def _as_it_was(self, state: State) -> Race:
        if self._then is None:
            self._then = copy.copy(self)
            self._then.nets = copy.deepcopy(self.nets)
        for name, net in self._then.nets.items():
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
            self._begin_epoch(self._epoch + 1, 0 if self._steps % len(NETS) == 0 else 1)

    def state(self) -> State:
        state = {name: tensor.detach().to("cpu", copy=True) for name, tensor in self._tensors()}
        counters = {
            "steps": self._steps,
            "order.epoch": self._epoch,
            "order.position": self._position,
        }
        losses = [self._loss.get(name, math.nan) for name in NETS[: self._steps]]
        losses += [0.0] * (len(NETS) - len(losses))
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
        self._loss = dict(zip(NETS[: self._steps], state["last.loss"].tolist(), strict=False))

    def _tensors(self) -> Iterator[tuple[str, Tensor]]:
        """Yield every tensor that learning changes in place, by the name it has in a state."""
        for net_name, net in self.nets.items():
            for name, parameter in net.named_parameters():
                yield f"{net_name}.{name}", parameter
                for key, tensor in self._optimisers[net_name].state[parameter].items():
                    yield f"optimiser.{net_name}.{key}.{name}", tensor
