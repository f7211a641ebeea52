"""The program's own source for the code pane, read without importing it."""

from __future__ import annotations

import ast
import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """Lines of the program's source.

    Attributes
    ----------
    text : str
        Dedented as it stands in the file.
    first : int
        Its first line's number in the file.
    file : str
        The file's name from the package down.
    running : int or None
        The line of the file that the animation is at.
    """

    text: str
    first: int
    file: str
    running: int | None = None


@lru_cache(maxsize=64)
def source_of(name: str) -> Source:
    """Return the source of "module:qualname".

    Torch stays unimported: the file is found and parsed, never run.

    Raises
    ------
    LookupError
        If there is no such module, function or class.
    """
    module, _, qualname = name.partition(":")
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise LookupError(name)
    written = Path(spec.origin).read_text(encoding="utf-8")
    body: list[ast.stmt] = ast.parse(written).body
    found: ast.stmt | None = None
    for part in qualname.split("."):
        found = next((node for node in body if getattr(node, "name", None) == part), None)
        if found is None:
            raise LookupError(name)
        body = getattr(found, "body", [])
    assert found is not None and found.end_lineno is not None
    decorators = getattr(found, "decorator_list", [])
    first = min([found.lineno] + [d.lineno for d in decorators])
    lines = written.splitlines()[first - 1 : found.end_lineno]
    indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    text = "\n".join(line[indent:] for line in lines)
    return Source(text, first, "/".join(module.split(".")) + ".py")


def line_of(source: Source, wanted: str) -> int:
    """Return the file's line that holds a text found exactly once.

    Raises
    ------
    LookupError
        If it is found never or more than once.
    """
    hits = [i for i, line in enumerate(source.text.splitlines()) if wanted in line]
    if len(hits) != 1:
        raise LookupError(f"{wanted!r} is found {len(hits)} times in {source.file}")
    return source.first + hits[0]
