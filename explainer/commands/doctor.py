"""`main.py doctor`: what is here, what is missing, how to mend it."""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import platform
from typing import Any

from explainer.engine.assets import check_assets
from explainer.engine.device import choose, memory

_PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "torch", "safetensors")
# Imported to see that they work, too. Qt is not: it may be absent where there is no screen.
_IMPORTED = ("numpy", "torch", "safetensors")
_DEVICE = ("key", "name", "memory", "reason")


def examine() -> dict[str, Any]:
    """Return versions, the device with its memory, assets with their state, and advice."""
    packages = {name: _version(name) for name in _PACKAGES}
    advice = [f"Install {name}: pip install -e ." for name, found in packages.items() if not found]
    if (packages["PySide6-Essentials"] or "").startswith("6.12"):
        advice.append("PySide6 6.12 aborts animated windows: pip install 'PySide6-Essentials<6.12'")
    assets = dict(check_assets())
    if any(state != "ok" for state in assets.values()):
        advice.append("Restore the assets marked above from the repository: git checkout assets")
    return {
        "versions": {
            "python": platform.python_version(),
            "system": platform.platform(),
            **packages,
        },
        "device": _device() if packages["torch"] else dict.fromkeys(_DEVICE),
        "fonts": {name: state for name, state in assets.items() if name.endswith(".otf")},
        "assets": assets,
        "advice": advice,
    }


def _version(name: str) -> str | None:
    """Return the version of a package that is there and works."""
    try:
        if name in _IMPORTED:
            importlib.import_module(name)
        return importlib.metadata.version(name)
    except (ImportError, OSError):  # OSError: a library of torch's is missing
        return None


def _device() -> dict[str, str | None]:
    device = choose("auto")
    reason = device.reason.en if device.reason else None
    found = device.key, device.name, memory(device.key), reason
    return dict(zip(_DEVICE, found, strict=True))


def run(as_json: bool) -> None:
    """Print the findings."""
    found = examine()
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for name, version in found["versions"].items():
        print(f"{name:20} {version or 'missing'}")
    device = found["device"]
    named = device["name"] or "unknown without torch"
    print(f"{'device':20} {named}" + (f", {device['memory']}" if device["memory"] else ""))
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
