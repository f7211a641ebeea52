"""What the own-text scene asks of the small GPT, and what it is told; no torch until asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from explainer.concepts.transformer.own_text.reader import Reader

Floats = NDArray[np.float32]
STAGES = (0, 16, 64, 1_000_000)  # merges of each row of the cut text; the last: all there are
CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut by the first merges.

    Parameters
    ----------
    merges : int
        How many were used.
    pieces : tuple of bytes
    """

    merges: int
    pieces: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Cuts:
    """How a text became tokens while merges were learned.

    Parameters
    ----------
    text : str
    stages : tuple of Cut
        From bytes to tokens.
    merges : tuple of (bytes, bytes)
        The first that were learned, in order.
    learned : int
        Merges there are.
    """

    text: str
    stages: tuple[Cut, ...]
    merges: tuple[tuple[bytes, bytes], ...]
    learned: int


@dataclass(frozen=True, slots=True)
class CutText:
    """How a text is cut; without one, a passage that was held out is taken.

    Parameters
    ----------
    text : str
    place : int
        Which passage.
    most : int
        Bytes shown, of whole characters.
    shown : int
        Merges listed.
    """

    text: str
    place: int
    most: int = 36
    shown: int = 40

    def read(self, reader: Reader) -> Cuts:
        from explainer.concepts.transformer.own_text import reading_tokens

        return reading_tokens.cut_text(reader, self)


@dataclass(frozen=True, slots=True, eq=False)
class Foretold:
    """What the net gave each next token of a text.

    Parameters
    ----------
    pieces : tuple of bytes
        T tokens.
    is_held_out : bool
        Whether the text is from what was kept apart.
    probability : ndarray, shape (T,)
        Given to each token by those before it; that of the first is 0, since none is.
    candidates : tuple of tuple of bytes
        For each place, the likeliest tokens there, the likeliest first.
    chances : ndarray, shape (T, candidates)
        Their probabilities.
    """

    pieces: tuple[bytes, ...]
    is_held_out: bool
    probability: Floats
    candidates: tuple[tuple[bytes, ...], ...]
    chances: Floats


@dataclass(frozen=True, slots=True)
class Foretell:
    """What comes next at every place of a text, or of a held-out passage."""

    text: str
    place: int
    most: int = 18

    def read(self, reader: Reader) -> Foretold:
        from explainer.concepts.transformer.own_text import reading_tokens

        return reading_tokens.foretell(reader, self)


@dataclass(frozen=True, slots=True, eq=False)
class Attention:
    """Who looks at whom.

    Parameters
    ----------
    pieces : tuple of bytes
        T tokens.
    weights : ndarray, shape (layers, heads, T, T)
        Of each query, a row, on the keys up to it.
    """

    pieces: tuple[bytes, ...]
    weights: Floats


@dataclass(frozen=True, slots=True)
class Attend:
    """The attention within a text, or within a held-out passage."""

    text: str
    place: int
    most: int = 18

    def read(self, reader: Reader) -> Attention:
        from explainer.concepts.transformer.own_text import reading_tokens

        return reading_tokens.attend(reader, self)


@dataclass(frozen=True, slots=True)
class Draft:
    """A text the net wrote.

    Parameters
    ----------
    prompt : str
        What it went on from; empty: a new line.
    pieces : tuple of bytes
        Its tokens.
    texts : tuple of str
        What each token adds, a character where its last byte comes; U+FFFD where the bytes make
        no character of the learned text.
    probabilities : tuple of float
        With which each was drawn.
    """

    prompt: str
    pieces: tuple[bytes, ...]
    texts: tuple[str, ...]
    probabilities: tuple[float, ...]

    @property
    def text(self) -> str:
        """All that was written, without the prompt."""
        return "".join(self.texts)


@dataclass(frozen=True, slots=True)
class Write:
    """Texts that go on from a prompt, one for each seed."""

    prompt: str
    temperature: float
    count: int
    seeds: tuple[int, ...] = (0,)

    def read(self, reader: Reader) -> tuple[Draft, ...]:
        from explainer.concepts.transformer.own_text import reading_tokens

        return reading_tokens.write(reader, self)


@dataclass(frozen=True, slots=True)
class Copying:
    """How far a sample repeats the text, beside a text that nobody copied.

    Parameters
    ----------
    draft : Draft
    runs : tuple of (int, int)
        Where characters of its text stand in the learned text just so, start and end; short runs,
        which any text shares, are left out.
    longest : (int, int)
        The longest of all.
    chance : float
        The longest run, in characters, that a held-out passage as long as the sample shares with
        the learned text, on average.
    """

    draft: Draft
    runs: tuple[tuple[int, int], ...]
    longest: tuple[int, int]
    chance: float


@dataclass(frozen=True, slots=True)
class Compare:
    """A sample, and how much of any such text is copied."""

    write: Write

    def read(self, reader: Reader) -> Copying:
        from explainer.concepts.transformer.own_text import reading_tokens

        return reading_tokens.compare(reader, self)


Question = CutText | Foretell | Attend | Write | Compare
