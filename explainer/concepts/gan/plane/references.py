"""What each loss is where the discriminator can only guess: the dashed lines of the chart."""

from __future__ import annotations

import math
from dataclasses import dataclass

from explainer.concepts.gan.settings import LossName


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that a curve is held against.

    Parameters
    ----------
    value : float
    said : str
        As it is written, such as "2 ln 2".
    """

    value: float
    said: str


def references(loss: LossName) -> tuple[Reference | None, Reference | None]:
    """Return what the discriminator's and the generator's loss are where D says ½ of everything.

    None where there is no such value: a Wasserstein critic may shift all its values by any number,
    so the generator's loss alone means nothing.
    """
    if loss == "wgan-gp":
        return Reference(0.0, "0"), None
    if loss == "least-squares":
        return Reference(0.25, "1/4"), Reference(0.125, "1/8")
    two = Reference(2 * math.log(2), "2 ln 2")
    if loss == "minimax":
        return two, Reference(-math.log(2), "−ln 2")
    return two, Reference(math.log(2), "ln 2")
