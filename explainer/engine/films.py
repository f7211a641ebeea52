"""The trained films that an experiment can begin with; no thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from explainer.engine.checkpoint import Shipped, load_for, settings_of
from explainer.engine.experiment import Factory
from explainer.lesson import Problem

# Where a film lies; a callable is called on the runner's thread, so it may verify the file there.
Place = Path | Callable[[], Path]


class Films:
    """Reads films when they are first asked for.

    Parameters
    ----------
    factory : callable
        (settings, device) to an Experiment.
    concept : str
        What they must have been made for.
    first : Path or callable, optional
        The film it begins with.
    variants : sequence of Path or callable
        Films made with other settings.
    """

    def __init__(
        self, factory: Factory, concept: str, first: Place | None, variants: Sequence[Place]
    ) -> None:
        self._factory = factory
        self._concept = concept
        self._first = first
        self._variants = variants

    @cached_property
    def first(self) -> Shipped | None:
        """The film it begins with; Problem if it cannot be had."""
        return None if self._first is None else self._read(_path(self._first))

    def made_with(self, settings: Mapping[str, Any]) -> Shipped | None:
        """Return the film made with these settings, or None.

        Raises
        ------
        Problem
            If none is known to be, and one that cannot be read might be.
        """
        first = self.first
        if first is not None and first.settings == settings:
            return first
        trouble: Problem | None = None
        for place in self._variants:
            try:
                file = _path(place)
                if settings_of(file, self._concept) == settings:
                    return self._read(file)
            except Problem as problem:
                trouble = problem
        if trouble is not None:
            raise trouble
        return None

    def at(self, place: Place) -> Shipped:
        """Return the film that lies there; Problem if it cannot be had."""
        return self._read(_path(place))

    def _read(self, file: Path) -> Shipped:
        return load_for(self._factory, file, self._concept)


def _path(place: Place) -> Path:
    return place() if callable(place) else place
