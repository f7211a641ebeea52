"""A picture of the whole window, for the README and for looking at it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from explainer.lesson import Value
from explainer.shell.export import save_image
from explainer.shell.settling import is_settled, nearest_kept, show_all, wait
from explainer.shell.start import start

_PATIENCE = 60.0


def portrait(
    place: tuple[str, str, str],
    given: Any,
    size: tuple[int, int],
    chosen: Mapping[str, Value] = MappingProxyType({}),
) -> None:
    """Open the window unseen at a step, wait for its answers, and save what it shows.

    Parameters
    ----------
    place : tuple of str
        Keys of concept, scene and step.
    given : namespace
        The parsed command line.
    size : (int, int)
    chosen : mapping
        Values of knobs of the scene.

    Raises
    ------
    Problem
        If the model cannot be had, or is not ready within a minute.
    """
    asked = argparse.Namespace(
        place="/".join(place),
        lang=given.lang,
        theme=given.theme,
        device=given.device,
        present=False,
        checkpoint=given.checkpoint,
        seed=None,
    )
    qt, window = start(asked, keep=False, chosen=chosen)
    session = window.session
    try:
        window.resize(*size)
        wait(
            window,
            lambda: _stands(session, chosen) and _holds(session, chosen) and is_settled(window),
            _PATIENCE,
        )
        if given.frame is not None:
            film = session.report.film
            step = nearest_kept(film, film.branch, given.frame)
            session.seek_film(film.tracks[film.branch].id, step)
            wait(window, lambda: is_settled(window, step), _PATIENCE)
        session.play_lesson(False)
        session.seek_lesson(session.duration if given.time is None else given.time)
        show_all(window, _PATIENCE)
        save_image(window.grab().toImage(), given.out)
    finally:
        window.close()
        session.close()
        qt.processEvents()


def _stands(session: Any, chosen: Mapping[str, Value]) -> bool:
    """Whether the run that the step stands on is on the stage; nobody has trained one here.

    A setting chosen for the model makes that run the person's own.
    """
    learned = [k.key for k in session.scene.knobs if k.kind in ("live", "rebuild")]
    is_own = session.step.training == "current" or any(key in learned for key in chosen)
    return is_own or not session.shows_own_run


def _holds(session: Any, chosen: Mapping[str, Value]) -> bool:
    """Whether the model stands with the values chosen; raises Problem if it cannot."""
    if session.problem is not None:
        raise session.problem
    return all(session.knob_values[key] == value for key, value in chosen.items())
