"""What the pretrained scene asks of an opened model, and what it is told; no torch until asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

    from explainer.concepts.transformer.pretrained.experiment import Reader
    from explainer.concepts.transformer.pretrained.trace import Trace

Floats = NDArray[np.float32]
LIKELIEST = 12  # next tokens told
_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Model:
    """What the stage sees of the open model without asking.

    Attributes
    ----------
    step : int
        Always 0: nothing is learned here.
    name : str
        The folder's; "" where none is open.
    kind : {"bert", "gpt2", ""}
    layers, heads, width, positions, vocabulary : int
    pooling : {"mean", "cls", ""}
        How it makes one vector of a sentence.
    is_said : bool
        Whether the folder itself says so.
    parameters : mapping of str to int
        Numbers each kind of part holds, counted from the module.
    translator : int
        Those of this concept's own translator, counted likewise.
    files : tuple of (str, int)
        Name and bytes of each file.
    named : tuple of (str, str, tuple of int)
        Weights as the file calls them, as our module does, and the shape in the file.
    unused : tuple of str
        What else the file holds.
    stored_as : str
        The number format in the file.
    tokens_from : str
        The file that told how to split.
    offered : str
        A folder with a model found on this machine; "" where there is none.
    """

    step: int = 0
    name: str = ""
    kind: str = ""
    layers: int = 0
    heads: int = 0
    width: int = 0
    positions: int = 0
    vocabulary: int = 0
    pooling: str = ""
    is_said: bool = False
    parameters: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    translator: int = 0
    files: tuple[tuple[str, int], ...] = ()
    named: tuple[tuple[str, str, tuple[int, ...]], ...] = ()
    unused: tuple[str, ...] = ()
    stored_as: str = ""
    tokens_from: str = ""
    offered: str = ""

    @property
    def is_open(self) -> bool:
        """Whether there is a model to look at."""
        return bool(self.kind)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text as the model reads it.

    Attributes
    ----------
    tokens, ids, words, special
        As in `tokeniser.Tokens`.
    whole : int
        Tokens of the whole text; more than `tokens` where it was cut.
    is_models : bool
        Whether a cut is due to the model's positions; else to the room on the stage.
    attention : ndarray, (layers, heads, T, T) float32
        Each row sums to 1.
    hidden : ndarray, (layers + 1, T, D) float32
        The embeddings, then after each layer.
    pooled : ndarray, (D,) float32
        One vector for the text; empty for a GPT-2.
    next_tokens : tuple of str
        The likeliest to come next; empty for a BERT.
    next_shares : ndarray, (LIKELIEST,) float32
        Their probabilities.
    """

    tokens: tuple[str, ...]
    ids: tuple[int, ...]
    words: tuple[int, ...]
    special: tuple[bool, ...]
    whole: int
    is_models: bool
    attention: Floats
    hidden: Floats
    pooled: Floats
    next_tokens: tuple[str, ...]
    next_shares: Floats

    @property
    def is_cut(self) -> bool:
        """Whether only the first tokens were read."""
        return self.whole > len(self.tokens)

    @property
    def ends_apart(self) -> bool:
        """Whether the last token is a special one, such as [SEP]."""
        return bool(self.special) and self.special[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Two texts held against each other.

    Attributes
    ----------
    first, second : Reading
    cosine : float
        Of the two sentence vectors, −1 .. 1.
    pairs : ndarray, (T1, T2) float32
        Cosine of each token's last vector in the first with each in the second.
    """

    first: Reading
    second: Reading
    cosine: float
    pairs: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What each head of a layer is worth for this text.

    Attributes
    ----------
    reading : Reading
    layer : int
        From 0.
    moved : ndarray, (heads,) float32
        What changes when that head alone looks evenly: of a BERT, 1 − cosine of the sentence
        vectors; of a GPT-2, half the sum of the changes of all next-token probabilities.
    """

    reading: Reading
    layer: int
    moved: Floats


@dataclass(frozen=True, slots=True)
class Read:
    """Asks how the model reads a text."""

    text: str

    def read(self, reader: Reader) -> Reading | None:
        """Return the reading; None where there is no model or no token."""
        found = _traced(reader, self.text)
        return None if found is None else found[0]


@dataclass(frozen=True, slots=True)
class Compare:
    """Asks how alike two texts are to the model."""

    first: str
    second: str

    def read(self, reader: Reader) -> Compared | Reading | None:
        """Return the comparison; of a GPT-2 the first text's reading, since it pools nothing."""
        one = _traced(reader, self.first)
        if one is None or reader.kind != "bert":
            return None if one is None else one[0]
        other = _traced(reader, self.second)
        if other is None:
            return one[0]
        pairs = cosines(one[0].hidden[-1], other[0].hidden[-1])
        cosine = float(cosines(one[0].pooled[None], other[0].pooled[None])[0, 0])
        return Compared(one[0], other[0], cosine, frozen(pairs))


@dataclass(frozen=True, slots=True)
class Weigh:
    """Asks what would change if each head of a layer looked evenly."""

    text: str
    layer: int

    def read(self, reader: Reader) -> Weighed | None:
        """Return how much each head of the layer matters; None where there is no model."""
        import torch

        from explainer.concepts.transformer.pretrained.trace import Flattened

        found = _traced(reader, self.text)
        if found is None:
            return None
        reading, trace, ids = found
        heads = reading.attention.shape[1]
        layer = min(max(self.layer, 0), len(trace.attention) - 1)
        # One sentence of the batch a head, each with another head made even.
        each = torch.eye(heads, dtype=torch.bool, device=ids.device)
        without = reader.net(ids.expand(heads, -1), Flattened(layer, each))
        if reader.kind == "bert":
            change = 1 - torch.cosine_similarity(
                reader.pooled(trace), reader.pooled(without), dim=-1
            )
        else:
            before, after = (reader.next_shares(t) for t in (trace, without))
            change = (before - after).abs().sum(dim=-1) / 2
        return Weighed(reading, layer, frozen(change.clamp(min=0).cpu().numpy()))


def _traced(reader: Reader, text: str) -> tuple[Reading, Trace, Tensor] | None:
    import torch

    if reader.tokeniser is None or not text.strip():
        return None
    tokens = reader.tokeniser.read(text)
    if not tokens.ids:
        return None
    ids = torch.tensor([tokens.ids], device=reader.device)  # (1, T)
    trace: Trace = reader.net(ids)
    is_bert = reader.kind == "bert"
    names: tuple[str, ...] = ()
    shares = np.zeros(0, np.float32)
    if not is_bert:
        best = reader.next_shares(trace)[0].topk(min(LIKELIEST, reader.vocabulary))
        names = tuple(reader.tokeniser.name(int(token)) for token in best.indices)
        shares = best.values.cpu().numpy()
    pooled = reader.pooled(trace)[0].cpu().numpy() if is_bert else np.zeros(0, np.float32)
    reading = Reading(
        tokens.texts, tokens.ids, tokens.words, tokens.special, tokens.whole,
        reader.positions <= reader.tokeniser.most,
        frozen(torch.cat(trace.attention).cpu().numpy()),
        frozen(torch.cat(trace.hidden).cpu().numpy()),
        frozen(pooled), names, frozen(shares),
    )  # fmt: skip
    return reading, trace, ids


def frozen(values: NDArray[Any]) -> Floats:
    """Return a copy that no one can write to."""
    copy = np.array(values, np.float32)
    copy.flags.writeable = False
    return copy


def cosines(one: Floats, other: Floats) -> Floats:
    """Return the cosine of each row of one with each row of the other, (n, m) from -1 to 1."""
    a = one / np.maximum(np.linalg.norm(one, axis=1, keepdims=True), 1e-12)
    b = other / np.maximum(np.linalg.norm(other, axis=1, keepdims=True), 1e-12)
    found: Floats = np.clip(a @ b.T, -1, 1)
    return found
