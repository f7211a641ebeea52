"""Parts of a concept that are imported when they are first needed: torch and views take time."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def on_demand(path: str) -> Callable[..., Any]:
    """Return a callable that imports what it calls when it is called.

    Parameters
    ----------
    path : str
        As "explainer.concepts.cnn.draw.view:DrawView".
    """
    module, name = path.split(":")

    def call(*given: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*given, **named)

    return call
