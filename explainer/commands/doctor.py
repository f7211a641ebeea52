"""`main.py doctor`: what is here, what is missing, how to mend it."""

from __future__ import annotations

import importlib.metadata
import json
from typing import Any

from explainer.engine.assets import check_assets
from explainer.engine.device import choose, memory, versions

_PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "torch", "safetensors")


def examine() -> dict[str, Any]:
    """Return versions, the device with its memory, assets with their state, and advice."""
    advice: list[str] = []
    packages: dict[str, str | None] = {}
    for name in _PACKAGES:
        try:
            packages[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            packages[name] = None
            advice.append(f"Install {name}: pip install -e .")
    if (packages["PySide6-Essentials"] or "").startswith("6.12"):
        advice.append("PySide6 6.12 aborts animated windows: pip install 'PySide6-Essentials<6.12'")
    device = choose("auto")
    assets = dict(check_assets())
    if any(state != "ok" for state in assets.values()):
        advice.append("Restore the assets marked above from the repository: git checkout assets")
    return {
        "versions": {**versions(), **packages},
        "device": {
            "key": device.key,
            "name": device.name,
            "memory": memory(device.key),
            "reason": device.reason.en if device.reason else None,
        },
        "fonts": {name: state for name, state in assets.items() if name.endswith(".otf")},
        "assets": assets,
        "advice": advice,
    }


def run(as_json: bool) -> None:
    """Print the findings."""
    found = examine()
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for name, version in found["versions"].items():
        print(f"{name:20} {version or 'missing'}")
    device = found["device"]
    print(f"{'device':20} {device['name']}" + (f", {device['memory']}" if device["memory"] else ""))
    if device["reason"]:
        print(f"{'':20} {device['reason']}")
    wrong = {name: state for name, state in found["assets"].items() if state != "ok"}
    print(f"{'assets':20} {len(found['assets']) - len(wrong)} of {len(found['assets'])} as shipped")
    for name, state in wrong.items():
        print(f"{'':20} {name}: {state}")
    for sentence in found["advice"]:
        print(sentence)
    if not found["advice"]:
        print("Nothing is missing.")
