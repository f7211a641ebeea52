"""The files that ship with the program, checked against their checksums."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Literal

from explainer.lesson import Problem, Text

ROOT = Path(__file__).resolve().parents[2] / "assets"

AssetState = Literal["ok", "missing", "altered"]

_MISSING = Text(
    en="The file assets/{name} is missing: copy the program's assets folder anew.",
    ko="assets/{name} 파일이 없습니다. assets 폴더를 다시 복사해 주세요.",
)
_ALTERED = Text(
    en="The file assets/{name} is damaged or altered: copy the program's assets folder anew.",
    ko="assets/{name} 파일이 손상되었거나 바뀌었습니다. assets 폴더를 다시 복사해 주세요.",
)
_MANIFEST = "manifest.json"


def asset(name: str, verify: bool = True) -> Path:
    """Return the path of a shipped file.

    Parameters
    ----------
    name : str
        Its path below the assets folder, with forward slashes.
    verify : bool
        Whether to compare its checksum, once per process, before it is trusted.

    Raises
    ------
    Problem
        If the file is missing, or altered when verified.
    """
    path = ROOT / name
    state: AssetState = "ok" if path.is_file() else "missing"
    if state == "ok" and verify:
        state = _verified(ROOT, name)
    if state == "missing":
        raise Problem(_MISSING.filled(name=name))
    if state == "altered":
        raise Problem(_ALTERED.filled(name=name))
    return path


def check_assets() -> list[tuple[str, AssetState]]:
    """Return every shipped file and what became of it, read anew at each call."""
    return [(name, _state(ROOT, name)) for name in _checksums(ROOT)]


def _state(root: Path, name: str) -> AssetState:
    path = root / name
    if not path.is_file():
        return "missing"
    expected = _checksums(root).get(name)
    return "ok" if hashlib.sha256(path.read_bytes()).hexdigest() == expected else "altered"


_verified = cache(_state)


@cache
def _checksums(root: Path) -> dict[str, str]:
    try:
        sums: dict[str, str] = json.loads((root / _MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Problem(_MISSING.filled(name=_MANIFEST)) from None
    except ValueError:
        raise Problem(_ALTERED.filled(name=_MANIFEST)) from None
    return sums
