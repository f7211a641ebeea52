"""Copy the icons the program uses out of the npm package `@tabler/icons` 3.51.0, unchanged.

Get the package by ``npm pack @tabler/icons@3.51.0``, then run
``python assets/make_icons.py tabler-icons-3.51.0.tgz``.
"""

from __future__ import annotations

import sys
import tarfile
from pathlib import Path

OUT = Path(__file__).parent / "icons"

OUTLINE = """
    alert-triangle arrow-back-up arrow-forward-up arrow-left bulb camera check chevron-down
    chevron-left chevron-right chevron-up circle-check clock code contrast copy cpu device-desktop
    dice-5 download eraser eye git-branch grid-dots hand-click help history home info-circle
    keyboard language layout-sidebar list maximize menu-2 minimize minus moon palette pencil photo
    player-pause player-play player-skip-back player-skip-forward player-track-next
    player-track-prev plus presentation refresh repeat rotate search settings sun target trash
    typography x zoom-in zoom-out
"""
FILLED = ["player-pause", "player-play"]
CONCEPTS = {
    "eras": "timeline",
    "nesting": "circles",
    "cnn": "grid-4x4",
    "rnn": "repeat",
    "gan": "masks-theater",
    "transformer": "topology-star",
    "diffusion": "grain",
    "lifecycle": "recycle",
}


def main() -> None:
    """Copy each icon and the licence."""
    OUT.mkdir(exist_ok=True)
    wanted = {f"{name}.svg": f"outline/{name}" for name in OUTLINE.split()}
    wanted |= {f"filled-{name}.svg": f"filled/{name}" for name in FILLED}
    wanted |= {f"concept-{key}.svg": f"outline/{name}" for key, name in CONCEPTS.items()}
    with tarfile.open(sys.argv[1]) as tar:
        files = {name: f"package/icons/{path}.svg" for name, path in wanted.items()}
        for name, path in (files | {"LICENSE.txt": "package/LICENSE"}).items():
            member = tar.extractfile(path)
            if member is None:
                raise ValueError(f"the package holds no {path}")
            (OUT / name).write_bytes(member.read())
    print(f"{len(files)} icons and their licence")


if __name__ == "__main__":
    main()
