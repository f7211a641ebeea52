"""Moments of a film, to be laid side by side."""

from __future__ import annotations

import numpy as np

from explainer.stage.frame import Frame


def moments(frame: Frame, most: int, kind: type) -> tuple[tuple[int, np.ndarray], ...]:
    """Return (step, pictures) of kept frames, what stands on the stage among them.

    They are evenly spaced by the cube root of their steps: all is quick at first.

    Parameters
    ----------
    frame : Frame
        Its answer has `pictures`.
    most : int
        So many moments at most.
    kind : type
        Of the answers along the film, with `pictures` too; another question's are left out.
    """
    step, pictures = frame.film.step, frame.answer.pictures
    kept = [(then, each.pictures) for then, each in frame.along or () if isinstance(each, kind)]
    if not kept:
        return ((step, pictures),)
    roots = np.array([then for then, _ in kept], float) ** (1 / 3)
    wanted = np.linspace(roots[0], roots[-1], most)
    found = dict(kept[int(np.argmin(np.abs(roots - root)))] for root in wanted)
    if step not in found and len(found) >= most:
        inner = list(found)[1:-1] or list(found)
        del found[min(inner, key=lambda then: abs(then - step))]
    found[step] = pictures
    return tuple(sorted(found.items()))
