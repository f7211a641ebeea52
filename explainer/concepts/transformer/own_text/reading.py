"""A text file of the person's own, in whatever encoding it is; refusals in one clear sentence."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from explainer.lesson import Problem, Text

SMALLEST, LARGEST = 2_000, 5_000_000  # bytes
_SAMPLE = 200_000  # characters looked through for what no text holds
_MOST_CONTROLS = 0.01

_MISSING = Text(
    "There is no file {file}; choose another text file.",
    "{file} 파일이 없습니다. 다른 텍스트 파일을 고르세요.",
)
_FOLDER = Text(
    "{file} is a folder; choose a text file in it.",
    "{file}은(는) 폴더입니다. 그 안의 텍스트 파일을 고르세요.",
)
_UNREADABLE = Text(
    "{file} cannot be read; allow reading it, or choose another text file.",
    "{file} 파일을 읽을 수 없습니다. 읽기 권한을 주거나 다른 텍스트 파일을 고르세요.",
)
_EMPTY = Text(
    "{file} is empty; choose a text file of at least 2 kB, about a page.",
    "{file} 파일이 비어 있습니다. 2 kB(한 쪽쯤) 이상인 텍스트 파일을 고르세요.",
)
_SHORT = Text(
    "{file} has only {size} bytes, too few to learn from; choose a text of at least 2 kB, about a"
    " page.",
    "{file} 파일은 {size}바이트뿐이라 배우기에 모자랍니다. 2 kB(한 쪽쯤) 이상인 글을 고르세요.",
)
_LONG = Text(
    "{file} has {size} MB, more than can be learned from here; save a part of at most 5 MB as a"
    " file of its own and choose that.",
    "{file} 파일은 {size} MB라 여기서 배우기에 너무 큽니다. 5 MB 이하로 잘라 따로 저장한 뒤 그"
    " 파일을 고르세요.",
)
_BINARY = Text(
    "{file} is no plain text; save its text as a .txt file and choose that.",
    "{file} 파일은 일반 텍스트가 아닙니다. 글만 .txt 파일로 저장한 뒤 그 파일을 고르세요.",
)
_ENCODING = Text(
    "The encoding of {file} is neither UTF-8, UTF-16 nor CP949; save it as UTF-8 and choose it"
    " again.",
    "{file} 파일의 인코딩이 UTF-8, UTF-16, CP949 어느 것도 아닙니다. UTF-8로 저장한 뒤 다시"
    " 고르세요.",
)

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text as it was read.

    Parameters
    ----------
    name : str
        Of its file.
    text : str
        With line ends as newlines and Hangul composed.
    encoding : str
        "UTF-8", "UTF-16" or "CP949".
    size : int
        Bytes of the file.
    """

    name: str
    text: str
    encoding: str
    size: int


def read_text(path: str | Path) -> TextFile:
    """Return what a text file says.

    Raises
    ------
    Problem
        If it is missing, a folder, unreadable, empty, too short or too long, no text, or in an
        encoding that is not known.
    """
    file = Path(path).expanduser()
    name = file.name or str(file)
    data = _bytes_of(file, name)
    if not data:
        raise Problem(_EMPTY.filled(file=name))
    text, encoding = _decoded(data, name)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _is_no_text(text):
        raise Problem(_BINARY.filled(file=name))
    if len(data) < SMALLEST or len(text.strip().encode()) < SMALLEST:
        raise Problem(_SHORT.filled(file=name, size=f"{len(data):,}"))
    return TextFile(name, text, encoding, len(data))


def _bytes_of(file: Path, name: str) -> bytes:
    try:
        if file.is_dir():
            raise Problem(_FOLDER.filled(file=name))
        if not file.exists():
            raise Problem(_MISSING.filled(file=name))
        if not file.is_file():  # a pipe or a device might never end
            raise Problem(_UNREADABLE.filled(file=name))
        size = file.stat().st_size
        if size > LARGEST:
            raise Problem(_LONG.filled(file=name, size=f"{size / 1e6:.1f}"))
        return file.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise Problem(_UNREADABLE.filled(file=name)) from error


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and its encoding: UTF-8 first, since little else passes for it."""
    try:
        for mark, codec in _MARKS:
            if data.startswith(mark):
                return data.decode(codec), "UTF-16"
    except UnicodeDecodeError as error:
        raise Problem(_BINARY.filled(file=name)) from error
    if b"\0" in data:
        raise Problem(_BINARY.filled(file=name))
    for codec, said in (("utf-8-sig", "UTF-8"), ("cp949", "CP949")):
        try:
            return data.decode(codec), said
        except UnicodeDecodeError:
            continue
    raise Problem(_ENCODING.filled(file=name))


def _is_no_text(text: str) -> bool:
    """Whether there are NULs, or more control characters than any text has."""
    part = text[:_SAMPLE]
    controls = sum(ord(c) < 32 and c not in "\n\t\f" for c in part)
    return "\0" in part or controls > _MOST_CONTROLS * len(part)
