"""What can be read of a homonym's sense from the vectors that the three models hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explainer.concepts.transformer.family.linear_probe import Probe, fit
from explainer.concepts.transformer.family.pool import padded
from explainer.concepts.transformer.family.questions import MODELS
from explainer.concepts.transformer.family.senses import (
    PLACES,
    SENSES,
    Said,
    ceiling,
    examples,
    majority,
)
from explainer.concepts.transformer.family.tasks import PREFIXES, both
from explainer.concepts.transformer.tokens import END_ID, PAD_ID, START_ID

if TYPE_CHECKING:
    from explainer.concepts.transformer.family.family import Family

FITTED, TRIED = 600, 400  # sentences that a probe is fitted to, and tried on


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What a linear probe reads of the homonym's sense.

    Parameters
    ----------
    shares : ndarray of float64, shape (3, places)
        Of held-out sentences told right, by `MODELS` and `PLACES`. Of the prefix model its
        encoder is read.
    majority : float
        Share right of always naming the commonest sense.
    ceiling : float
        Share right of the best guess from all that stands before the verb.
    probes : tuple of tuple of Probe
        By model and place.
    sentences : int
        Held-out sentences tried.
    """

    shares: NDArray[np.float64]
    majority: float
    ceiling: float
    probes: tuple[tuple[Probe, ...], ...]
    sentences: int


def states_at(family: Family, model: str, said: Sequence[Said]) -> NDArray[np.float32]:
    """Return what a model holds at the places of each sentence, shape (places, N, d_model).

    The homonym is not hidden. What is read is what the last layer gives, after its norm.
    """
    known = both()  # its first ids are those of all three
    lead = {"masked": [], "causal": [START_ID], "prefix": [known.ids[PREFIXES["translate"]]]}[model]
    tokens, _ = padded([[*lead, *known.encode(s.tokens), END_ID] for s in said])
    tokens = tokens.to(family.device)
    pad = tokens == PAD_ID
    if model == "prefix":
        states = family.prefix.encode(tokens, pad)
    else:
        states = (family.masked if model == "masked" else family.causal).states(tokens, pad)
    places = torch.tensor([s.places for s in said], device=family.device) + len(lead)
    rows = torch.arange(len(said), device=family.device)[:, None]
    taken: Tensor = states[rows, places].transpose(0, 1)
    found: NDArray[np.float32] = taken.cpu().numpy()
    return found


_REMEMBERED = 4


def remembered(family: Family) -> Knowledge:
    """Return the knowledge of all places, measured once for the same weights.

    It takes 0.3 s, and a sentence that is typed asks for it at every letter. Every update of a
    model changes its table of words, so the three tables tell the weights apart.
    """
    tables = (family.masked.embedding, family.causal.embedding, family.prefix.target_embedding)
    key = tuple(hash(table.weight.detach().cpu().numpy().tobytes()) for table in tables)
    if key not in family.known:
        while len(family.known) >= _REMEMBERED:
            family.known.pop(next(iter(family.known)))
        family.known[key] = knowledge(family)
    found: Knowledge = family.known[key]
    return found


def knowledge(family: Family, places: int = len(PLACES)) -> Knowledge:
    """Fit probes to sentences of the training split, and try them on sentences held out.

    Parameters
    ----------
    places : int
        How many of `PLACES` are read.
    """
    fitted, tried = examples("training", FITTED), examples("sentences", TRIED)
    classes = np.array([said.sense for said in fitted])
    truth = np.array([said.sense for said in tried])
    shares = np.zeros((len(MODELS), places))
    probes = []
    for row, model in enumerate(MODELS):
        states = states_at(family, model, (*fitted, *tried))
        learned, held_out = states[:, : len(fitted)], states[:, len(fitted) :]
        probes.append(tuple(fit(learned[i], classes, len(SENSES)) for i in range(places)))
        for place, probe in enumerate(probes[-1]):
            shares[row, place] = (probe.classes(held_out[place]) == truth).mean()
    shares.setflags(write=False)
    return Knowledge(shares, majority(fitted, tried), ceiling(), tuple(probes), len(tried))
