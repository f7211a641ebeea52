"""What the parallel scene asks of the race, and what it is told; no torch until asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from explainer.concepts.transformer.parallel.race import Race

Net = str
# In the order in which they take turns: step n is an update of NETS[(n - 1) % 3].
NETS: tuple[Net, ...] = ("transformer", "gru_attention", "gru")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """One net's translation.

    Parameters
    ----------
    words : tuple of str
        Without the end token; cut where a net does not stop.
    text : str
    wrong : tuple of bool
        Per word, against the true translation, or by the dictionary where none is known.
    is_right : bool
        Whether all is said, and all that is said is right.
    looks : ndarray or None, shape (words, T)
        How much each word took of each token read, averaged over the heads of the last layer; None
        without attention.
    """

    words: tuple[str, ...]
    text: str
    wrong: tuple[bool, ...]
    is_right: bool
    looks: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class BothWays:
    """A sentence read by the GRU with attention and by the transformer, and three translations.

    Parameters
    ----------
    source : tuple of str
        Tokens read, the end token last: T of them.
    states : ndarray, shape (T, hidden)
        What the GRU holds after each token.
    vectors : ndarray, shape (layers, T, d_model)
        What each layer of the transformer's encoder makes of each token.
    weights : ndarray, shape (layers, T, T)
        Each layer's attention, averaged over heads.
    last : ndarray, shape (hidden,)
        All that the GRU without attention writes from.
    drafts : tuple of Draft
        In the order of `NETS`.
    """

    source: tuple[str, ...]
    states: Floats
    vectors: Floats
    weights: Floats
    last: Floats
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class ReadBoth:
    """How both read a sentence, and what each of the three nets makes of it."""

    tokens: tuple[str, ...]

    def read(self, race: Race) -> BothWays:
        from explainer.concepts.transformer.parallel.reading import read_both

        return read_both(race, self.tokens)


WAYS = ("attention", "attention_fused", "gru_loop", "gru", "lstm")


@dataclass(frozen=True, slots=True, eq=False)
class Timings:
    """Milliseconds that one layer takes, the median of some runs.

    Parameters
    ----------
    lengths : tuple of int
        Tokens in a sentence, T.
    forward, training : ndarray of float64, shape (5, lengths)
        By way of `WAYS`; training is forward and backward.
    operators : mapping of str to ndarray of int, shape (5, lengths)
        How many operators torch ran for it, for "forward" and for "training".
    device : str
        "cpu", "cuda" or "mps".
    processor : str
        Its name, as far as it is known.
    threads : int
        Threads torch may use.
    batch, width, runs : int
        Sentences side by side, numbers per token, and runs per median.
    """

    lengths: tuple[int, ...]
    forward: NDArray[np.float64]
    training: NDArray[np.float64]
    operators: Mapping[str, NDArray[np.int_]]
    device: str
    processor: str
    threads: int
    batch: int
    width: int
    runs: int

    def is_fused(self, way: str) -> bool:
        """Whether a way runs no more operators for a longer sentence."""
        counts = self.operators["forward"][WAYS.index(way)]
        return bool(counts[0] == counts[-1])


@dataclass(frozen=True, slots=True)
class TimeLayers:
    """How long a layer takes, by length.

    Measured once for each `take` while the program runs: what is on the stage again is the same,
    and measuring anew would only disturb the training.
    """

    take: int = 0

    def read(self, race: Race) -> Timings:
        from explainer.concepts.transformer.parallel.timing import time_layers

        return time_layers(race.device, self.take)
