"""What the family scene asks of the three models, and what it is told; no torch until asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explainer.concepts.transformer.family.tasks import Task

if TYPE_CHECKING:
    from explainer.concepts.transformer.family.family import Family

# In the order in which they take turns: step n is an update of MODELS[(n - 1) % 3].
MODELS = ("masked", "causal", "prefix")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """One attention map and its mask.

    Parameters
    ----------
    rows, columns : tuple of str
        The tokens that look, and those that are looked at.
    weights : ndarray, shape (layers, rows, columns)
        Averaged over the heads; each row sums to 1.
    is_open : ndarray of bool, shape (rows, columns)
        Where the mask lets a row look.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    weights: Floats
    is_open: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Masks:
    """Every attention of the three models on one sentence.

    Parameters
    ----------
    masked, causal, encoder, decoder, cross : Looks
        The last three are the prefix model's, while it does what the prefix asks.
    """

    masked: Looks
    causal: Looks
    encoder: Looks
    decoder: Looks
    cross: Looks


@dataclass(frozen=True, slots=True)
class SeeMasks:
    """Where each of the three models may look, and looks."""

    tokens: tuple[str, ...]
    task: Task

    def read(self, family: Family) -> Masks:
        from explainer.concepts.transformer.family.reading import masks

        return masks(family, self.tokens, self.task)


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """What the masked model puts where a word is hidden.

    Parameters
    ----------
    tokens : tuple of str
        The whole sentence.
    place : int
        Of the word that is hidden.
    names : tuple of str
        The vocabulary, V tokens.
    probabilities : ndarray, shape (V,)
    fits : tuple of str
        What makes a sentence of the grammar there; the word is determined if it is one.
    weights : ndarray, shape (layers, T)
        Where the hidden place looks, averaged over the heads; the end token is the last.
    """

    tokens: tuple[str, ...]
    place: int
    names: tuple[str, ...]
    probabilities: Floats
    fits: tuple[str, ...]
    weights: Floats


@dataclass(frozen=True, slots=True)
class FillIn:
    """What stands at a place of a sentence, if its word is hidden."""

    tokens: tuple[str, ...]
    place: int

    def read(self, family: Family) -> Filled:
        from explainer.concepts.transformer.family.reading import filled

        return filled(family, self.tokens, self.place)


@dataclass(frozen=True, slots=True, eq=False)
class Continued:
    """A text that the causal model goes on with.

    Parameters
    ----------
    prompt, written : tuple of str
        What was given, and what came after; the end token is the last, unless it did not stop.
    names : tuple of str
        The vocabulary, V tokens.
    probabilities : ndarray, shape (written, V)
        Of each next token, at temperature 1.
    is_sentence : bool
        Whether the grammar has prompt and continuation as one sentence.
    """

    prompt: tuple[str, ...]
    written: tuple[str, ...]
    names: tuple[str, ...]
    probabilities: Floats
    is_sentence: bool


@dataclass(frozen=True, slots=True)
class GoOn:
    """How a text goes on, drawn at a temperature; at 0 the likeliest token is taken."""

    prompt: tuple[str, ...]
    temperature: float
    seed: int

    def read(self, family: Family) -> Continued:
        from explainer.concepts.transformer.family.reading import continued

        return continued(family, self.prompt, self.temperature, self.seed)


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """What the prefix model makes of a sentence under a prefix.

    Parameters
    ----------
    task : str
    source : tuple of str
        Prefix, sentence and end token.
    output : tuple of str
        The end token is the last, unless it did not stop.
    cross : ndarray, shape (layers, output, source)
        Where each output token looks, averaged over the heads.
    confidence : ndarray, shape (output,)
        The probability each token was given.
    expected : tuple of str or None
        What is right; None where the grammar does not have the sentence.
    """

    task: Task
    source: tuple[str, ...]
    output: tuple[str, ...]
    cross: Floats
    confidence: Floats
    expected: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class DoTask:
    """What becomes of a sentence under a prefix, written greedily."""

    tokens: tuple[str, ...]
    task: Task

    def read(self, family: Family) -> Done:
        from explainer.concepts.transformer.family.reading import done

        return done(family, self.tokens, self.task)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What a linear probe reads of the homonym 배 in each model.

    Parameters
    ----------
    shares : ndarray of float64, shape (3, 3)
        Of held-out sentences told right, by model and by place: at the homonym, its particle and
        the verb.
    majority, ceiling : float
        Share right of always naming the commonest sense, and of the best guess from all that
        stands before the verb.
    sentences : int
        Held-out sentences tried.
    tokens : tuple of str
        The sentence that was asked about.
    places : tuple of int
        Where homonym, particle and verb stand in it; empty if it has no such homonym.
    sense : str
        The true sense, in English; empty as well.
    read : tuple of tuple of str
        The sense that each probe reads in it, by model and place; empty as well.
    """

    shares: NDArray[np.float64]
    majority: float
    ceiling: float
    sentences: int
    tokens: tuple[str, ...]
    places: tuple[int, ...]
    sense: str
    read: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadSense:
    """What a linear probe reads of the homonym, over held-out sentences and in this one."""

    tokens: tuple[str, ...]

    def read(self, family: Family) -> Known:
        from explainer.concepts.transformer.family.reading import known

        return known(family, self.tokens)
