"""A folder's own tokeniser: WordPiece or byte-level BPE, by the library `tokenizers`, offline."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from explainer.concepts.transformer.pretrained import problems
from explainer.concepts.transformer.pretrained.folder import Folder
from explainer.concepts.transformer.pretrained.problems import problem

# More rows than this cannot be told apart on a map; the model itself may read more.
MOST_TOKENS = 48


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as the model reads it.

    Attributes
    ----------
    texts : tuple of str
        As they are called in the vocabulary; bytes that are no whole letter as hexadecimal.
    ids : tuple of int
    words : tuple of int
        Which written word each is part of; special tokens are words of their own.
    special : tuple of bool
        [CLS], [SEP] and the like, which the text does not hold.
    whole : int
        Tokens of the whole text, also where only the first are read.
    """

    texts: tuple[str, ...]
    ids: tuple[int, ...]
    words: tuple[int, ...]
    special: tuple[bool, ...]
    whole: int


class Tokeniser:
    """Splits text as the model was taught to.

    Parameters
    ----------
    folder : Folder
    vocabulary : int
        Tokens the model knows.
    positions : int
        The longest text the model has positions for.

    Raises
    ------
    Problem
        If there is none, it is damaged, or it has tokens the model does not know.
    """

    def __init__(self, folder: Folder, vocabulary: int, positions: int) -> None:
        self.most = min(positions, MOST_TOKENS)
        self._inner, self.source = _read(folder)
        self.size: int = self._inner.get_vocab_size(with_added_tokens=True)
        largest = max(self._inner.get_vocab(with_added_tokens=True).values(), default=0)
        if largest >= vocabulary:
            raise problem(
                problems.FOREIGN_TOKENS, folder=folder.name, tokens=f"{largest + 1:,}",
                known=f"{vocabulary:,}",
            )  # fmt: skip
        # A tokenizer.json may bring its own cut and padding, such as MiniLM's 128.
        self._inner.no_padding()
        self._is_byte_level = folder.kind == "gpt2"
        self._least = self._inner.num_special_tokens_to_add(False)

    def read(self, text: str) -> Tokens:
        """Return a text's tokens, cut to what can be read; a special token at the end stays."""
        self._inner.no_truncation()
        whole = len(self._inner.encode(text).ids)
        self._inner.enable_truncation(max(self.most, self._least + 1))
        found = self._inner.encode(text)
        special = tuple(bool(mark) for mark in found.special_tokens_mask)
        return Tokens(
            tuple(self.shown(token) for token in found.tokens),
            tuple(found.ids),
            _words(found.word_ids, special),
            special,
            whole,
        )

    def name(self, token: int) -> str:
        """Return what a token of the vocabulary is called."""
        return self.shown(self._inner.id_to_token(token) or "?")

    def shown(self, token: str) -> str:
        """Return a token in letters that can be read; a byte-level one's first space as ␣."""
        if not self._is_byte_level:
            return "".join(map(_standing, token))
        letters = _letters()
        if any(letter not in letters for letter in token):
            return token  # a special token, such as <|endoftext|>
        held = bytes(letters[letter] for letter in token)
        try:
            said = held.decode("utf-8")
        except UnicodeDecodeError:
            said = ""
        if not said.replace("\n", " ").isprintable() or not said:
            return held.hex(" ").upper()
        return said.replace(" ", "␣").replace("\n", "⏎")


def _standing(letter: str) -> str:
    """Return a letter as it stands alone: BERT parts a Hangul syllable into conjoining ones."""
    if not 0x1100 <= ord(letter) <= 0x11FF:
        return letter
    try:
        return unicodedata.lookup(f"HANGUL LETTER {unicodedata.name(letter).split(' ', 2)[2]}")
    except KeyError:  # an old letter that has no form of its own
        return letter


def _words(found: list[int | None], special: tuple[bool, ...]) -> tuple[int, ...]:
    """Return the word of each token, numbered anew so that special ones stand alone."""
    numbers: list[int] = []
    before: int | None = None
    for word, is_special in zip(found, special, strict=True):
        goes_on = numbers and not is_special and word is not None and word == before
        last = numbers[-1] if numbers else -1
        numbers.append(last if goes_on else last + 1)
        before = None if is_special else word
    return tuple(numbers)


@lru_cache(maxsize=1)
def _letters() -> dict[str, int]:
    """Return the byte that each letter of a byte-level vocabulary stands for.

    Printable bytes stand for themselves, the others for the letters from 256 on, in order.
    """
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {chr(b): b for b in plain} | {chr(256 + i): b for i, b in enumerate(others)}


def _read(folder: Folder) -> tuple[Any, str]:
    """Return the library's tokeniser and the file it came from."""
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise problem(problems.NO_LIBRARY) from error
    path = folder.path
    whole = path / "tokenizer.json"
    vocabulary = path / ("vocab.txt" if folder.kind == "bert" else "vocab.json")
    try:
        if whole.is_file():
            return Tokenizer.from_file(str(whole)), whole.name
        if folder.kind == "bert" and vocabulary.is_file():
            return _word_piece(folder), vocabulary.name
        if folder.kind == "gpt2" and vocabulary.is_file() and (path / "merges.txt").is_file():
            return _byte_pairs(folder), vocabulary.name
    except Exception as error:  # the library raises plain Exception for a damaged file
        name = whole.name if whole.is_file() else vocabulary.name
        raise problem(problems.DAMAGED, error, file=name) from error
    others = "vocab.txt" if folder.kind == "bert" else "vocab.json + merges.txt"
    raise problem(problems.NO_TOKENISER, folder=folder.name, others=others)


def _word_piece(folder: Folder) -> Any:
    """Return a WordPiece tokeniser from a vocab.txt, one token a line."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    # Not splitlines: a vocabulary may hold other separators, such as U+2028, as tokens.
    lines = (folder.path / "vocab.txt").read_text("utf-8").split("\n")
    vocabulary = {line.rstrip("\r"): number for number, line in enumerate(lines) if line}
    for needed in ("[UNK]", "[CLS]", "[SEP]"):
        if needed not in vocabulary:
            raise ValueError(f"{needed} is missing")
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(lowercase=folder.lowercase)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    ends = [(name, vocabulary[name]) for name in ("[SEP]", "[CLS]")]
    made.post_processor = processors.BertProcessing(*ends)
    made.add_special_tokens([name for name, _ in ends])
    return made


def _byte_pairs(folder: Folder) -> Any:
    """Return a byte-level BPE tokeniser from vocab.json and merges.txt."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    json.loads((folder.path / "vocab.json").read_text("utf-8"))  # the library's message is obscure
    files = str(folder.path / "vocab.json"), str(folder.path / "merges.txt")
    made = Tokenizer(models.BPE.from_file(*files))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    return made
