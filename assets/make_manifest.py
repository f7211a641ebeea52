"""Write manifest.json, the SHA-256 of every asset the program reads."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

ASSETS = Path(__file__).parent
FOLDERS = ("checkpoints", "data", "fonts", "icons")


def main() -> None:
    """Hash each file below the asset folders, in order of name."""
    files = sorted(path for folder in FOLDERS for path in (ASSETS / folder).rglob("*.*"))
    sums = {
        path.relative_to(ASSETS).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
    (ASSETS / "manifest.json").write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")
    print(f"{len(sums)} files")


if __name__ == "__main__":
    main()
