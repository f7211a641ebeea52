"""How tokens are written on the stage; no torch."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Sequence

BROKEN = "\N{REPLACEMENT CHARACTER}"
UNKNOWN = "∅"  # as BROKEN is written: the bundled font has no sign for it


def visible(text: str) -> str:
    """Return a text in signs that can be seen, character by character.

    An empty set stands for bytes that make no character, and for what cannot stand alone in a
    line from left to right: controls, combining marks, scripts from right to left.
    """
    return "".join(_sign(c) for c in text)


def _sign(c: str) -> str:
    if c == "\n":
        return "¶"
    if c in " \t":
        return " "
    is_alone = c.isprintable() and unicodedata.category(c)[0] != "M"
    runs_back = unicodedata.bidirectional(c) in ("R", "AL")
    return UNKNOWN if c == BROKEN or runs_back or not is_alone else c


def texts_of(pieces: Sequence[bytes]) -> tuple[str, ...]:
    """Return what each token adds to the text: a character counts where its last byte comes."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    last = len(pieces) - 1
    return tuple(decoder.decode(piece, place == last) for place, piece in enumerate(pieces))


def written(piece: bytes) -> str:
    """Return a token's text; bytes that make no character as two digits, a space as ␣."""
    shown = ""
    for c in piece.decode("utf-8", "surrogateescape"):
        byte = ord(c) - 0xDC00 if 0xDC80 <= ord(c) <= 0xDCFF else None
        if byte is None and visible(c) == UNKNOWN:
            digits = " ".join(f"{b:02X}" for b in c.encode())
        elif byte is None:
            digits, shown = "", shown + visible(c).replace(" ", "␣")
        else:
            digits = f"{byte:02X}"
        if digits:
            shown += f" {digits}" if shown else digits
    return shown


def chip_text(piece: bytes) -> str:
    """Return a token's text on a chip, where a gap stands for the space before it."""
    return written(piece[1:] if len(piece) > 1 and piece[:1] == b" " else piece)


def words_of(pieces: Sequence[bytes]) -> tuple[int, ...]:
    """Return the written word each token is part of: a space or a new line begins another."""
    found, word = [], -1
    begins = True
    for piece in pieces:
        if piece[:1] in (b" ", b"\n") or begins:
            word += 1
        begins = piece[-1:] in (b"\n", b" ")
        found.append(word)
    return tuple(found)
