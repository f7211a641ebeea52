"""Byte-level byte-pair encoding, learned from a text.

After R. Sennrich et al., "Neural machine translation of rare words with subword units", 2016, on
bytes as in GPT-2. The merges are learned by the library `tokenizers`, from the text alone.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# One thread, as all that learns here; the library's own would also outlive a test.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

BYTES = 256
VOCABULARY = 768


def _byte_of_letter() -> dict[str, int]:
    """Return the byte that each letter of the byte-level alphabet stands for (GPT-2)."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {chr(byte): byte for byte in plain}
    others = [byte for byte in range(BYTES) if byte not in plain]
    return letters | {chr(BYTES + place): byte for place, byte in enumerate(others)}


_BYTE = _byte_of_letter()


@dataclass(frozen=True, slots=True)
class Merge:
    """Two neighbouring tokens that became one.

    Parameters
    ----------
    left, right : bytes
    """

    left: bytes
    right: bytes


class BytePairs:
    """A vocabulary of 256 bytes and the pairs merged most often, as learned from a text.

    Parameters
    ----------
    text : str
        What it is learned from.
    size : int
        Tokens, from 256.

    Attributes
    ----------
    pieces : tuple of bytes
        What each token stands for, by its number.
    merges : tuple of Merge
        In the order they were learned.
    """

    def __init__(self, text: str, size: int = VOCABULARY) -> None:
        alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
        trainer = trainers.BpeTrainer(
            vocab_size=size, initial_alphabet=alphabet, show_progress=False
        )
        self._tokenizer = Tokenizer(models.BPE())
        # Words are cut apart first, a space at the front of each: no merge crosses them.
        self._words = pre_tokenizers.ByteLevel(add_prefix_space=False)
        self._tokenizer.pre_tokenizer = self._words
        self._tokenizer.decoder = decoders.ByteLevel()
        self._tokenizer.train_from_iterator(text.splitlines(keepends=True), trainer)
        by_number = sorted(self._tokenizer.get_vocab().items(), key=lambda item: item[1])
        self.pieces = tuple(_bytes(letters) for letters, _ in by_number)
        learned = json.loads(self._tokenizer.to_str())["model"]["merges"]
        self.merges = tuple(Merge(_bytes(left), _bytes(right)) for left, right in learned)
        self._rank = {(m.left, m.right): place for place, m in enumerate(self.merges)}

    def __len__(self) -> int:
        return len(self.pieces)

    def encode(self, text: str) -> list[int]:
        """Return the numbers of a text's tokens."""
        return list(self._tokenizer.encode(text).ids)

    def decode(self, tokens: Iterable[int]) -> str:
        """Return the text of tokens; bytes that are no whole character become a mark."""
        return b"".join(self.pieces[token] for token in tokens).decode("utf-8", "replace")

    def cut(self, text: str, merges: int) -> tuple[bytes, ...]:
        """Return a text cut by the first merges alone, as it was while they were learned."""
        words = self._words.pre_tokenize_str(text)
        return tuple(part for letters, _ in words for part in self._joined(_bytes(letters), merges))

    def _joined(self, word: bytes, merges: int) -> list[bytes]:
        parts = [bytes([byte]) for byte in word]
        while len(parts) > 1:
            ranks = [self._rank.get(p, merges) for p in itertools.pairwise(parts)]
            at = min(range(len(ranks)), key=ranks.__getitem__)
            if ranks[at] >= merges:
                break
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return parts


def _bytes(letters: Sequence[str]) -> bytes:
    return bytes(_BYTE[letter] for letter in letters)
